import { randomUUID } from 'node:crypto';

import type {
	Bubble,
	Chat,
	RecordedRequest,
	SimulatedChannel,
	SimulatedContact,
	SimulatedDeal,
	SimulatedPipeline,
	SimulatedTemplate,
	SimulatedUser,
	WazzupOptions,
	WebhookAttempt,
} from './types';

/** What Wazzup calls its subscriptions when it is asked for them. */
export interface Subscriptions {
	messagesAndStatuses: boolean;
	contactsAndDealsCreation: boolean;
	channelsUpdates: boolean;
	templateStatus: boolean;
}

/** One account of Wazzup with everything in it. */
export class Account {
	readonly channels: Map<string, SimulatedChannel>;
	readonly templates: Map<string, SimulatedTemplate>;
	readonly users = new Map<string, SimulatedUser>();
	readonly contacts = new Map<string, SimulatedContact>();
	readonly deals = new Map<string, SimulatedDeal>();
	readonly pipelines = new Map<string, SimulatedPipeline>();
	readonly chats = new Map<string, Chat>();
	readonly windows = new Map<string, { readonly request: Record<string, unknown> }>();
	/** When each crmMessageId was taken. */
	/** Rows that Wazzup fails at, whoever sends them: it answers 500 to their whole batch. */
	readonly poisoned = new Set<string>();
	/** Rows that Wazzup does not let go. */
	readonly undeletable = new Set<string>();
	readonly crmMessageIds = new Map<string, number>();
	webhooksUri: string | undefined;
	subscriptions: Subscriptions = {
		messagesAndStatuses: false,
		contactsAndDealsCreation: false,
		channelsUpdates: false,
		templateStatus: false,
	};
	readonly requests: RecordedRequest[] = [];
	readonly webhookAttempts: WebhookAttempt[] = [];

	constructor(readonly options: WazzupOptions) {
		this.channels = new Map(
			(options.channels ?? []).map((channel) => [channel.channelId, { ...channel, state: channel.state ?? 'active' }]),
		);
		this.templates = new Map(
			(options.templates ?? []).map((template) => [
				template.templateGuid,
				{ ...template, status: template.status ?? 'approved' },
			]),
		);
	}

	now(): number {
		return this.options.now?.() ?? Date.now();
	}

	chat(channelId: string, chatType: string, chatId: string, name = chatId): Chat {
		const key = `${channelId}:${chatType}:${chatId}`;
		const known = this.chats.get(key);
		if (known !== undefined) return known;
		const chat: Chat = { channelId, chatType, chatId, name, unanswered: 0, bubbles: [] };
		this.chats.set(key, chat);
		return chat;
	}

	findMessage(messageId: string): { readonly chat: Chat; readonly bubble: Bubble } | undefined {
		for (const chat of this.chats.values()) {
			const bubble = chat.bubbles.find((candidate) => candidate.messageId === messageId);
			if (bubble !== undefined) return { chat, bubble };
		}
		return undefined;
	}

	add(chat: Chat, bubble: Omit<Bubble, 'messageId' | 'at' | 'isEdited' | 'isDeleted'>): Bubble {
		const added: Bubble = { messageId: randomUUID(), at: this.now(), isEdited: false, isDeleted: false, ...bubble };
		chat.bubbles.push(added);
		return added;
	}

	/** Forgets what was recorded, not what is kept. */
	clearRecords(): void {
		this.requests.length = 0;
		this.webhookAttempts.length = 0;
	}
}
