import type { SidedChat } from './chatSides';

type SidedMessage = SidedChat['messages'][number];

/** One visit of a customer: what was written without a long silence between. */
export interface ChatConversation {
	/** Place of its chat among those that were given. */
	readonly chatIndex: number;
	readonly chat: string;
	readonly customer: string;
	/** From 1, in its chat. */
	readonly number: number;
	readonly messages: readonly SidedMessage[];
}

/**
 * Android writes minutes only, and people send one thought in several messages: what follows within a minute, with nobody
 * answering in between, would have been one turn.
 */
const ONE_THOUGHT = 60_000;

/** Cuts a chat where nobody wrote for longer than the bot keeps a conversation open. */
export function splitConversations(chat: SidedChat, chatIndex: number, silenceMinutes: number): ChatConversation[] {
	const parts: SidedMessage[][] = [];
	let before: number | undefined;
	for (const message of chat.messages) {
		const at = message.at.getTime();
		if (before === undefined || at - before >= silenceMinutes * 60_000) parts.push([]);
		parts.at(-1)?.push(message);
		before = at;
	}
	return parts.map((messages, index) => ({
		chatIndex,
		chat: chat.title,
		customer: chat.customer,
		number: index + 1,
		messages,
	}));
}

/** The customer's messages of a conversation, as the turns that the bot would have answered. */
export function turnsOf({ messages }: ChatConversation): SidedMessage[][] {
	const turns: SidedMessage[][] = [];
	let open: SidedMessage | undefined;
	for (const message of messages) {
		if (message.direction === 'out') {
			open = undefined;
			continue;
		}
		if (message.kind !== 'message') continue;
		const last = turns.at(-1);
		if (last !== undefined && open !== undefined && message.at.getTime() - open.at.getTime() <= ONE_THOUGHT)
			last.push(message);
		else turns.push([message]);
		open = message;
	}
	return turns;
}
