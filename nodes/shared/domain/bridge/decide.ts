import { plain } from '../classifier/normalise';
import { lookupTable } from '../lookupTable';
import type { AdvisorMessage, AttendedCustomer, BridgeAct, BridgeFacts, Wish } from './types';

type Command = 'take' | 'pass' | 'giveBack' | 'close' | 'shiftOn' | 'shiftOff' | 'help';

/** Whole messages that mean something to the bridge. Anything else is for the customer. */
const COMMANDS = lookupTable<Command>({
	'lo tomo': 'take',
	tomo: 'take',
	'i take it': 'take',
	'eu pego': 'take',
	paso: 'pass',
	'yo paso': 'pass',
	pass: 'pass',
	passo: 'pass',
	fin: 'giveBack',
	end: 'giveBack',
	fim: 'giveBack',
	cerrar: 'close',
	close: 'close',
	encerrar: 'close',
	entro: 'shiftOn',
	'on duty': 'shiftOn',
	salgo: 'shiftOff',
	'off duty': 'shiftOff',
	saio: 'shiftOff',
	ayuda: 'help',
	help: 'help',
	ajuda: 'help',
	'?': 'help',
});

/** Types of message that change what was written before: what the customer already has stays as it is. */
const CHANGES = new Set(['edit', 'revoke']);
const SILENT = new Set(['reaction', 'system']);

function commandOf(text: string | undefined): Command | undefined {
	const words = plain(text ?? '')
		.replace(/[«»"'¡!.,]/g, ' ')
		.replace(/\p{Extended_Pictographic}|\uFE0F/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return COMMANDS.get(words);
}

/** Whether a text is for the team only. */
export const isNote = (text: string | undefined): boolean => /^\s*#/.test(text ?? '');

/** What of a note is kept. */
export const noteText = (text: string): string => text.replace(/^\s*#+\s*/, '');

function cardAct(kind: 'take' | 'pass', message: AdvisorMessage, facts: BridgeFacts): BridgeAct {
	const said = { messageIds: [message.id] };
	if (message.quoted?.kind === 'card') return { kind, cardId: message.quoted.id, messageId: message.id };
	const [only, ...others] = facts.openCards;
	if (only === undefined) return { kind: 'say', text: 'card_gone', ...said };
	if (others.length > 0) return { kind: 'say', text: 'quote_a_card', ...said };
	return { kind, cardId: only.id, messageId: message.id };
}

/** The act on a customer: the one who is quoted, else the only one who is attended, else it is asked. */
function customerAct(wish: Wish, message: AdvisorMessage, facts: BridgeFacts): BridgeAct {
	const messageIds = [message.id];
	const quoted = message.quoted?.customer;
	if (quoted !== undefined) return actOn(wish, quoted, messageIds);
	const [only, ...others] = facts.attending;
	if (only === undefined) return { kind: 'say', text: 'nobody_attended', messageIds };
	if (others.length > 0) return { kind: 'ask', about: wish, messageIds, among: facts.attending };
	return actOn(wish, only, messageIds);
}

function actOn(wish: Wish, customer: AttendedCustomer, messageIds: readonly string[]): BridgeAct {
	if (wish === 'reply' && !customer.windowOpen) return { kind: 'windowClosed', customer, messageIds };
	return { kind: wish, conversationId: customer.conversationId, messageIds };
}

function tapped(message: AdvisorMessage): BridgeAct | undefined {
	const { tapped: button, question } = message;
	if (button === undefined) return undefined;
	switch (button.kind) {
		case 'take':
		case 'pass':
			return { kind: button.kind, cardId: button.cardId, messageId: message.id };
		case 'template':
			return { kind: 'template', conversationId: button.conversationId, messageIds: [message.id] };
		case 'answer':
			if (question?.customer === undefined || question.answered) return { kind: 'nothing', messageId: message.id };
			return actOn(question.about, question.customer, question.messageIds);
	}
}

function actOf(message: AdvisorMessage, facts: BridgeFacts): BridgeAct {
	const said = { messageIds: [message.id] };
	const tap = tapped(message);
	if (tap !== undefined) return tap;
	if (SILENT.has(message.type)) return { kind: 'nothing', messageId: message.id };
	if (CHANGES.has(message.type)) return { kind: 'say', text: 'sent_stays', ...said };
	if (!message.readable) return { kind: 'say', text: 'unreadable', ...said };
	if (isNote(message.text)) return customerAct('note', message, facts);
	const command = commandOf(message.text);
	switch (command) {
		case 'take':
		case 'pass':
			return cardAct(command, message, facts);
		case 'giveBack':
		case 'close':
			return customerAct(command, message, facts);
		case 'shiftOn':
		case 'shiftOff':
			return { kind: 'shift', available: command === 'shiftOn', messageId: message.id };
		case 'help':
			return { kind: 'say', text: 'help', ...said };
		default:
			return customerAct('reply', message, facts);
	}
}

/** Whether two acts are one: the same question or sentence is not repeated for every message of a burst. */
function joined(one: BridgeAct, other: BridgeAct): BridgeAct | undefined {
	if (one.kind === 'ask' && other.kind === 'ask' && one.about === other.about)
		return { ...one, messageIds: [...one.messageIds, ...other.messageIds] };
	if (one.kind === 'say' && other.kind === 'say' && one.text === other.text)
		return { ...one, messageIds: [...one.messageIds, ...other.messageIds] };
	if (
		one.kind === 'windowClosed' &&
		other.kind === 'windowClosed' &&
		one.customer.conversationId === other.customer.conversationId
	)
		return { ...one, messageIds: [...one.messageIds, ...other.messageIds] };
	return undefined;
}

/**
 * What an advisor wants with what they wrote to the company's number. A quote says of which customer; without one it is the only
 * customer they attend, and with several it is asked: nothing ever reaches a customer whom the advisor did not mean.
 *
 * @param messages in the order they were written
 * @returns one act for each message; those that would say or ask the same are one
 */
export function decideBridge(messages: readonly AdvisorMessage[], facts: BridgeFacts): BridgeAct[] {
	const acts: BridgeAct[] = [];
	for (const message of messages) {
		const act = actOf(message, facts);
		const place = acts.findIndex((earlier) => joined(earlier, act) !== undefined);
		const earlier = acts[place];
		const together = earlier === undefined ? undefined : joined(earlier, act);
		if (together === undefined) acts.push(act);
		else acts[place] = together;
	}
	return acts;
}
