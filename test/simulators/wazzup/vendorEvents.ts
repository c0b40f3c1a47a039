import { z } from 'zod';

import type { Account } from './account';
import type { Bubble, Chat, DeliveryReport, Json, SimulatedContact, SimulatedDeal } from './types';
import type { WebhookCourier } from './webhookCourier';
import { saveRows } from './entityEndpoints';

/** What Wazzup tells by webhook, when it is asked to. */
export class VendorEvents {
	constructor(
		private readonly account: Account,
		private readonly courier: WebhookCourier,
	) {}

	message(chat: Chat, bubble: Bubble, more: Json = {}): Promise<DeliveryReport> {
		if (!this.account.subscriptions.messagesAndStatuses) return notWanted();
		return this.courier.tell({ messages: [this.messageObject(chat, bubble, more)] });
	}

	messages(entries: ReadonlyArray<{ readonly chat: Chat; readonly bubble: Bubble }>): Promise<DeliveryReport> {
		if (!this.account.subscriptions.messagesAndStatuses) return notWanted();
		return this.courier.tell({ messages: entries.map(({ chat, bubble }) => this.messageObject(chat, bubble, {})) });
	}

	status(messageId: string, status: string, error?: { error: string; description: string }): Promise<DeliveryReport> {
		const found = this.account.findMessage(messageId);
		if (found !== undefined) found.bubble.status = status;
		if (!this.account.subscriptions.messagesAndStatuses) return notWanted();
		return this.courier.tell({
			statuses: [{ messageId, timestamp: this.timestamp(), status, ...(error === undefined ? {} : { error }) }],
		});
	}

	channel(channelId: string, state: string, more: Json = {}): Promise<DeliveryReport> {
		const channel = this.account.channels.get(channelId);
		if (channel !== undefined) channel.state = state;
		if (!this.account.subscriptions.channelsUpdates) return notWanted();
		return this.courier.tell({ channelsUpdates: [{ channelId, state, timestamp: this.account.now(), ...more }] });
	}

	template(templateGuid: string, status: string): Promise<DeliveryReport> {
		const template = this.account.templates.get(templateGuid);
		if (template !== undefined) template.status = status.toLowerCase();
		if (!this.account.subscriptions.templateStatus) return notWanted();
		return this.courier.tell({ templateStatus: { templateGuid, name: template?.name ?? '', status } });
	}

	/** Waits for the contact in the answer and keeps it. Sent only when pipelines were uploaded, and never again. */
	async createContact(request: {
		readonly responsibleUserId: string;
		readonly name: string;
		readonly contactData: SimulatedContact['contactData'];
		readonly source: 'auto' | 'byUser';
	}): Promise<DeliveryReport> {
		return await this.create('contacts', { createContact: request });
	}

	async createDeal(request: {
		readonly responsibleUserId: string;
		readonly contacts: SimulatedDeal['contacts'];
		readonly source: 'auto' | 'byUser';
	}): Promise<DeliveryReport> {
		return await this.create('deals', { createDeal: request });
	}

	private async create(kind: 'contacts' | 'deals', body: Json): Promise<DeliveryReport> {
		const { pipelines, subscriptions } = this.account;
		if (!subscriptions.contactsAndDealsCreation || pipelines.size === 0) return await notWanted();
		const report = await this.courier.ask(body);
		const entity = z.object({ id: z.string() }).passthrough().safeParse(report.answer);
		if (!report.delivered || !entity.success) return { ...report, delivered: false };
		try {
			saveRows(this.account, kind, [entity.data]);
			return report;
		} catch (error) {
			// Wazzup keeps nothing of an answer that it would not take from the API either.
			return { ...report, delivered: false, answer: { refused: error instanceof Error ? error.message : error } };
		}
	}

	private messageObject(chat: Chat, bubble: Bubble, more: Json): Json {
		const { messageId, type, text, contentUri, authorId, authorName, direction, by } = bubble;
		return {
			messageId,
			channelId: chat.channelId,
			chatType: chat.chatType,
			chatId: chat.chatId,
			dateTime: new Date(bubble.at).toISOString(),
			type,
			status: direction === 'inbound' ? 'inbound' : bubble.status,
			...(text === undefined ? {} : { text }),
			...(contentUri === undefined ? {} : { contentUri }),
			...(authorId === undefined ? {} : { authorId }),
			...(authorName === undefined ? {} : { authorName }),
			isEcho: direction === 'outbound',
			...(by === 'phone' ? { sentFromApp: true } : {}),
			...(bubble.isEdited ? { isEdited: true } : {}),
			...(bubble.isDeleted ? { isDeleted: true } : {}),
			contact: { name: chat.name, ...(chat.chatType === 'whatsapp' ? { phone: chat.chatId } : {}) },
			...more,
		};
	}

	private timestamp(): string {
		return new Date(this.account.now()).toISOString();
	}
}

const notWanted = async (): Promise<DeliveryReport> => await Promise.resolve({ delivered: false });
