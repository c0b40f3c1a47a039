import type { MessageEvent } from '../../messages/events';
import { ownValue } from '../../ownValue';
import type { Turn } from '../turn';
import type { TurnEvent } from '../types';
import { absorbCatalogueOrder, absorbFile, absorbLocation, sharedContacts } from './files';
import { absorbTap } from './tap';
import { absorbText } from './text';

/**
 * Takes in everything a turn's messages say, in the order they were sent, before anything is decided: answers, facts, files,
 * taps, needs and wishes.
 */
export function absorb(turn: Turn, event: TurnEvent): void {
	if (turn.state.openRequestId === undefined) absorbAfterthoughts(turn);
	for (const message of inOrder(event.messages)) absorbMessage(turn, message, event);
}

/** What came while a case was being registered is taken in first. */
function absorbAfterthoughts(turn: Turn): void {
	const afterthoughts = turn.memory.afterthoughts ?? [];
	delete turn.memory.afterthoughts;
	for (const { text, tap, title } of afterthoughts) {
		turn.answerable = true;
		if (tap !== undefined) absorbTap(turn, { id: tap, ...(title === undefined ? {} : { title }) }, undefined);
		else if (text !== undefined) absorbText(turn, text, undefined);
	}
}

/** By the vendor's time, then by id; a message that came twice counts once. */
export function inOrder(messages: readonly MessageEvent[]): MessageEvent[] {
	const once = [...new Map(messages.map((message) => [message.id, message])).values()];
	return once.sort((left, right) => left.at.getTime() - right.at.getTime() || (left.id < right.id ? -1 : 1));
}

function absorbMessage(turn: Turn, message: MessageEvent, event: TurnEvent): void {
	const content = message.content.type === 'edit' ? (message.content.edited ?? message.content) : message.content;
	if (message.groupId !== undefined) {
		turn.quietReason ??= 'The message was written in a group.';
		return;
	}
	const finding = ownValue(event.knowledge, message.id);
	switch (content.type) {
		case 'reaction':
			turn.quietReason ??= 'A reaction needs no answer.';
			return;
		case 'system':
		case 'revoke':
			turn.quietReason ??= 'WhatsApp reported a change; nobody wrote.';
			return;
		case 'reply':
			turn.answerable = true;
			if (finding !== undefined) turn.findings.push(finding);
			absorbTap(turn, content.reply ?? {}, ownValue(event.classified, message.id));
			return;
		case 'location':
			turn.answerable = true;
			turn.locations += 1;
			absorbLocation(turn, content);
			return;
		case 'order':
			turn.answerable = true;
			absorbCatalogueOrder(turn, content);
			return;
		case 'unsupported':
		case 'unknown':
			turn.answerable = true;
			turn.unreadable += 1;
			return;
		default:
			turn.answerable = true;
	}
	if (content.media !== undefined) absorbFile(turn, message.id, content);
	if (finding !== undefined) turn.findings.push(finding);
	const text = ownValue(event.transcripts, message.id) ?? content.text ?? content.media?.caption ?? '';
	if (content.media?.type === 'voice' && text.trim() === '') turn.voiceNotes.push(message.id);
	if (text.trim() !== '') absorbText(turn, text.trim(), ownValue(event.classified, message.id), finding);
	else if (content.type === 'text') turn.unreadable += 1;
	else if (content.type === 'contacts') absorbText(turn, sharedContacts(content), undefined);
}
