import { effect, signal } from '@preact/signals';

import type { MessageView } from '../../../shared/domain/inbox/views';
import { command, newRequestId, NoConnection, Refusal, type CommandRequest } from '../server/ask';
import { inWords, type Said } from './notices';
import { connection, myId, phase } from './session';
import { catchUp, forgetNew } from './thread';

/** Something the advisor wrote that the desk has not taken yet. Its request id stays the same however often it is tried. */
export interface Outgoing {
	readonly requestId: string;
	readonly advisorId: string;
	readonly conversationId: string;
	readonly kind: 'reply' | 'note';
	readonly text?: string;
	readonly files: readonly string[];
	readonly uploadIds: readonly string[];
	readonly template?: NonNullable<CommandRequest<'reply'>['template']>;
	readonly quoted?: Pick<MessageView, 'id' | 'author' | 'text' | 'type'>;
	readonly at: string;
	/** `waiting`: for the connection. `refused`: the desk said why. */
	readonly state: 'sending' | 'waiting' | 'refused';
	readonly said?: Said;
}

const PLACE = 'inbox.outgoing';

function stored(): Outgoing[] {
	try {
		const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? '[]') as Outgoing[];
		return kept.map((one) => (one.state === 'sending' ? { ...one, state: 'waiting' } : one));
	} catch {
		// Nothing readable is nothing waiting.
		return [];
	}
}

export const outgoing = signal<readonly Outgoing[]>(stored());

effect(() => sessionStorage.setItem(PLACE, JSON.stringify(outgoing.value)));

const change = (requestId: string, to: Partial<Outgoing>): void => {
	outgoing.value = outgoing.value.map((one) => (one.requestId === requestId ? { ...one, ...to } : one));
};

export const discard = (requestId: string): void => {
	outgoing.value = outgoing.value.filter((one) => one.requestId !== requestId);
};

const give = (one: Outgoing): Promise<unknown> =>
	one.kind === 'note'
		? command('note', { conversationId: one.conversationId, text: one.text ?? '' }, one.requestId)
		: command(
				'reply',
				{
					conversationId: one.conversationId,
					...(one.text ? { text: one.text } : {}),
					uploadIds: [...one.uploadIds],
					...(one.template ? { template: one.template } : {}),
					...(one.quoted ? { quotedMessageId: one.quoted.id } : {}),
				},
				one.requestId,
			);

/** What another try may settle: given again under its request id, what was done is not done twice. */
const isForLater = (reason: unknown): boolean =>
	reason instanceof NoConnection || (reason instanceof Refusal && [401, 503].includes(reason.status));

const busy = new Set<string>();
const NEXT_TRY_MS = 5000;

/** Sends what waits in a conversation, in the order written: one that has to wait holds back those after it. */
async function drain(conversationId: string): Promise<void> {
	if (busy.has(conversationId)) return;
	busy.add(conversationId);
	try {
		while (phase.value === 'ready') {
			const next = outgoing.value.find(
				(one) => one.conversationId === conversationId && one.state !== 'refused' && one.advisorId === myId.value,
			);
			if (next === undefined) return;
			change(next.requestId, { state: 'sending', said: undefined });
			try {
				await give(next);
				// The row is on the screen before the one that stood for it goes: who sees neither would write it again.
				const unseen = await catchUp(conversationId);
				if (isForLater(unseen)) throw unseen;
				discard(next.requestId);
			} catch (reason) {
				if (isForLater(reason)) {
					change(next.requestId, { state: 'waiting' });
					// A session that ended or a cut that is noticed tries again by itself; a desk that was busy does not say when it is not.
					window.setTimeout(() => void drain(conversationId), NEXT_TRY_MS);
					return;
				}
				change(next.requestId, { state: 'refused', said: inWords(reason) });
			}
		}
	} finally {
		busy.delete(conversationId);
	}
}

const drainAll = (): void => {
	for (const conversationId of new Set(outgoing.value.map((one) => one.conversationId))) void drain(conversationId);
};

/** Writes to the customer, or a note to the team. */
export function send(wish: Pick<Outgoing, 'conversationId' | 'kind'> & Partial<Outgoing>): void {
	const one: Outgoing = {
		files: [],
		uploadIds: [],
		...wish,
		requestId: newRequestId(),
		advisorId: myId.value,
		at: new Date().toISOString(),
		state: 'sending',
	};
	outgoing.value = [...outgoing.value, one];
	forgetNew(one.conversationId);
	void drain(one.conversationId);
}

/** Tries one that was refused or waits once more, under its own request id. */
export function tryAgain(requestId: string): void {
	const found = outgoing.value.find((one) => one.requestId === requestId);
	if (found === undefined) return;
	change(requestId, { state: 'waiting', said: undefined });
	void drain(found.conversationId);
}

/** Sends what waited as soon as the desk is there again. */
export const followConnection = (): (() => void) =>
	effect(() => {
		if (connection.value === 'live' && phase.value === 'ready') queueMicrotask(drainAll);
	});
