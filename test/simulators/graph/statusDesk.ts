import type { EventEmitter } from 'node:events';
import { webhookError } from './graphErrors';
import type { Chat } from './people';
import type { Bubble, DeliveryReport, Json, StatusOptions } from './types';

type Status = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** What a status webhook tells about one accepted message. */
export interface StatusSubject {
	readonly chat: Chat;
	readonly bubble: Bubble;
	/** It was sent to a phone (not to a scoped id). */
	readonly toPhone: boolean;
	readonly category: string;
	readonly callbackData?: string;
}

const rank: Readonly<Record<Bubble['status'], number>> = { waiting: 0, sent: 1, delivered: 2, read: 3, failed: 4 };
const FREE_SERVICE_MESSAGES = 1_000;
const SERVICE_BILLING_STARTS = Date.UTC(2026, 9, 1);

/** Tells the business what became of its messages. */
export class StatusDesk {
	private readonly subjects = new Map<string, StatusSubject>();
	private readonly buffers = new Map<
		string,
		Array<{ readonly chat: Chat; readonly status: Json; readonly resolve: (report: DeliveryReport) => void }>
	>();
	private readonly flushing = new Map<string, NodeJS.Timeout>();
	private readonly timers = new Set<NodeJS.Timeout>();
	private readonly servicesThisMonth = new Map<string, number>();
	/** Statuses that are planned but not handed over yet. */
	waiting = 0;

	constructor(
		private readonly options: StatusOptions,
		private readonly now: () => number,
		private readonly live: EventEmitter,
		private readonly post: (
			chat: Chat,
			statuses: readonly Json[],
			contacts: readonly Json[],
		) => Promise<DeliveryReport>,
	) {}

	subject(wamid: string): StatusSubject | undefined {
		return this.subjects.get(wamid);
	}

	/** A message was accepted: the usual statuses follow. */
	begin(subject: StatusSubject): void {
		this.subjects.set(subject.bubble.wamid, subject);
		const { sent = true, delivered = true, read = false, beforeAnswer = false } = this.options;
		const steps: Status[] = [];
		if (sent && !beforeAnswer) steps.push('sent');
		if (delivered) steps.push('delivered');
		if (read) steps.push('read');
		this.plan(subject, steps);
	}

	/** The `sent` status that overtakes the answer of the send itself. */
	overtake(subject: StatusSubject): Promise<DeliveryReport> | undefined {
		if (!this.options.beforeAnswer || this.options.sent === false) return undefined;
		this.subjects.set(subject.bubble.wamid, subject);
		return this.report(subject, 'sent');
	}

	/** A message was accepted and will not arrive. */
	fail(subject: StatusSubject, code: number, details?: string): void {
		this.subjects.set(subject.bubble.wamid, subject);
		this.later(this.options.delayMs ?? 0, () => void this.report(subject, 'failed', code, details));
	}

	private plan(subject: StatusSubject, steps: readonly Status[]): void {
		const [step, ...rest] = steps;
		if (step === undefined) return;
		this.later(this.options.delayMs ?? 0, () => {
			void this.report(subject, step);
			this.plan(subject, rest);
		});
	}

	private later(delayMs: number, action: () => void): void {
		this.waiting += 1;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			this.waiting -= 1;
			action();
		}, delayMs);
		this.timers.add(timer);
	}

	private pricing(subject: StatusSubject): Json {
		const { category } = subject;
		const at = this.now();
		if (category !== 'service') return { billable: true, pricing_model: 'PMP', type: 'regular', category };
		const month = `${subject.chat.phoneNumberId}:${new Date(at).toISOString().slice(0, 7)}`;
		const used = this.servicesThisMonth.get(month) ?? 0;
		const free = at < SERVICE_BILLING_STARTS || used < FREE_SERVICE_MESSAGES;
		return {
			billable: !free,
			pricing_model: 'PMP',
			type: free ? 'free_customer_service' : 'regular',
			category,
		};
	}

	/** Writes one status and posts it, alone or with its neighbours. */
	report(subject: StatusSubject, status: Status, code?: number, details?: string): Promise<DeliveryReport> {
		const { chat, bubble } = subject;
		const entry: Json = { id: bubble.wamid, status, timestamp: String(Math.floor(this.now() / 1000)) };
		if (chat.visibleWaId) entry.recipient_id = chat.visibleWaId;
		if (status !== 'failed' || !subject.toPhone) {
			entry.recipient_user_id = chat.person.userId;
			if (chat.person.parentUserId) entry.recipient_parent_user_id = chat.person.parentUserId;
		}
		if (subject.callbackData !== undefined) entry.biz_opaque_callback_data = subject.callbackData;
		if (status === 'failed') {
			entry.errors = [webhookError(code ?? 131000, details)];
		} else if (status === 'sent' || status === 'delivered') {
			entry.pricing = this.pricing(subject);
			if (status === 'delivered' && subject.category === 'service') {
				const month = `${chat.phoneNumberId}:${new Date(this.now()).toISOString().slice(0, 7)}`;
				this.servicesThisMonth.set(month, (this.servicesThisMonth.get(month) ?? 0) + 1);
			}
		}
		const shown = status === 'played' ? 'read' : status;
		if (rank[shown] > rank[bubble.status]) {
			bubble.status = shown;
			this.live.emit('bubble', chat, bubble);
		}
		return this.hand(chat, entry);
	}

	private hand(chat: Chat, status: Json): Promise<DeliveryReport> {
		const { batch = 1 } = this.options;
		if (batch <= 1) return this.post(chat, [status], status.status === 'failed' ? [] : [chat.contact()]);
		return new Promise((resolve) => {
			const key = chat.phoneNumberId;
			const buffer = this.buffers.get(key) ?? [];
			this.buffers.set(key, buffer);
			buffer.push({ chat, status, resolve });
			this.waiting += 1;
			if (buffer.length >= batch) {
				this.flush(key);
			} else if (!this.flushing.has(key)) {
				const timer = setTimeout(() => this.flush(key), 10);
				this.flushing.set(key, timer);
			}
		});
	}

	private flush(key: string): void {
		clearTimeout(this.flushing.get(key));
		this.flushing.delete(key);
		const buffer = this.buffers.get(key) ?? [];
		this.buffers.delete(key);
		if (buffer.length === 0) return;
		this.waiting -= buffer.length;
		const chats = new Set(buffer.filter(({ status }) => status.status !== 'failed').map(({ chat }) => chat));
		void this.post(
			buffer[0].chat,
			buffer.map(({ status }) => status),
			[...chats].map((chat) => chat.contact()),
		).then((report) => buffer.forEach(({ resolve }) => resolve(report)));
	}

	close(): void {
		for (const timer of [...this.timers, ...this.flushing.values()]) clearTimeout(timer);
		this.timers.clear();
		this.flushing.clear();
		this.waiting = 0;
	}
}
