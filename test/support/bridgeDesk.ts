import { createHash } from 'node:crypto';

import type { Selectable } from 'kysely';

import type { MediaReference, MessageEvent, ReplyContent } from '../../nodes/shared/domain/messages/events';
import type { BusinessProfileInput } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import type { Database } from '../../nodes/shared/store/schema';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor, type AdvisorInput } from '../../nodes/shared/usecases/team/saveAdvisor';
import type { Sendable } from '../../nodes/shared/usecases/send/sendQueued';
import { walkBranches, type Outside } from './branches';
import { channel, messageFrom, statusOf, webhookId } from './events';

const emit = { messages: true, statuses: false, echoes: false, account: false };

export const LAURA = '573001112233';
export const PEDRO = '573004445566';
export const CAROLINA = '573150000001';
export const BRUNO = '573150000002';
export const DIANA = '573150000003';

export const TEAM: readonly AdvisorInput[] = [
	{ name: 'Carolina Rojas', phone: `+${CAROLINA}`, email: 'carolina@example.com', areas: ['sales'] },
	{ name: 'Bruno Díaz', phone: `+${BRUNO}`, areas: ['sales'] },
	{ name: 'Diana Torres', phone: `+${DIANA}`, areas: ['support'], role: 'supervisor' },
];

/** A bubble as it left. */
export interface Bubble {
	readonly to: string;
	readonly text: string;
	/** The vendor's id of it, for quotes. */
	readonly id: string;
	/** Ids of the buttons by their title. */
	readonly buttons: Readonly<Record<string, string>>;
	readonly sendable: Sendable;
}

/**
 * A desk whose advisors have ordinary phones: what arrives is received, and `work` does what the pump does, with every execution
 * succeeding, until nothing is due.
 */
export class BridgeDesk {
	readonly bubbles: Bubble[] = [];
	/** Ids of persons who cannot be reached, and why. */
	readonly unreachable = new Map<string, Error>();
	private count = 0;

	private constructor(
		readonly store: Store,
		private readonly clock: { now: number },
	) {}

	static async open(
		open: (options: { readonly clock: () => number }) => Promise<Store>,
		options: {
			readonly profile?: Partial<BusinessProfileInput>;
			readonly team?: readonly AdvisorInput[];
			readonly at?: string;
		} = {},
	): Promise<BridgeDesk> {
		const clock = { now: Date.parse(options.at ?? '2026-03-10T15:00:00Z') };
		const store = await open({ clock: () => clock.now });
		await saveProfile(
			store,
			{ ...prosuministros, answerDelayMs: 0, bridge: { enabled: true }, ...options.profile },
			'test',
		);
		for (const advisor of options.team ?? TEAM) await saveAdvisor(store, advisor, 'test');
		return new BridgeDesk(store, clock);
	}

	get now(): number {
		return this.clock.now;
	}

	/** An event that a person caused at this moment. */
	event(
		waId: string,
		text: string,
		more: { readonly quotes?: string; readonly taps?: ReplyContent; readonly media?: MediaReference } = {},
	): MessageEvent {
		this.count += 1;
		const event = messageFrom(waId, text, {
			at: this.clock.now,
			media: more.media,
			id: `wamid.${this.store.workspaceId}.${this.count}`,
		});
		return {
			...event,
			...(more.quotes === undefined ? {} : { context: { messageId: more.quotes } }),
			...(more.taps === undefined
				? {}
				: { content: { type: 'reply', text: more.taps.title, reply: more.taps } as const }),
		};
	}

	async receive(...events: readonly MessageEvent[]): Promise<void> {
		await receiveEvents(this.store, { webhookId, vendor: 'whatsapp', emit, events });
	}

	/** A person writes, and everything that follows is done. */
	async says(waId: string, text: string, more: Parameters<BridgeDesk['event']>[2] = {}): Promise<void> {
		await this.receive(this.event(waId, text, more));
		await this.work();
	}

	/** A person taps a button of a bubble. */
	async taps(waId: string, bubble: Bubble, title: string): Promise<void> {
		await this.says(waId, title, { taps: this.tapOf(bubble, title), quotes: bubble.id });
	}

	tapOf(bubble: Bubble, title: string): ReplyContent {
		const id = bubble.buttons[title];
		if (id === undefined)
			throw new Error(`There is no button '${title}' among ${Object.keys(bubble.buttons).join(', ')}`);
		return { id, title, via: 'button' };
	}

	async failed(bubble: Bubble, code: number, title: string): Promise<void> {
		const status = statusOf(bubble.id, 'failed', { callbackData: bubble.sendable.outboxId, at: this.clock.now });
		await receiveEvents(this.store, {
			webhookId,
			vendor: 'whatsapp',
			emit,
			events: [{ ...status, errors: [{ code, title }] }],
		});
		await this.work();
	}

	get outside(): Outside {
		const bytes = Buffer.from('a file');
		return {
			send: async (sendable) => {
				const to = sendable.to.waId ?? '';
				const refused = this.unreachable.get(to);
				if (refused) throw refused;
				const id = `wamid.out.${sendable.outboxId}`;
				const { message } = sendable;
				const text = 'text' in message ? message.text : '';
				const buttons =
					message.type === 'choices' ? Object.fromEntries(message.choices.map((one) => [one.title, one.id])) : {};
				this.bubbles.push({ to, text, id, buttons, sendable });
				return await Promise.resolve({ vendorId: id });
			},
			fetchMedia: async () =>
				await Promise.resolve({
					bytes,
					mimeType: 'image/jpeg',
					sha256: createHash('sha256').update(bytes).digest('hex'),
					size: bytes.length,
				}),
		};
	}

	/** One look of the pump: what is ready, then what is due. */
	async look(): Promise<boolean> {
		const emission = await claimEmission(this.store, webhookId, 100);
		if (emission) {
			await walkBranches(this.store, emission.items.messages ?? [], this.outside);
			await finishEmission(this.store, emission.id);
		}
		const due = await collectDue(this.store, webhookId);
		for (const { id, items } of due) {
			await walkBranches(this.store, items, this.outside);
			await finishEmission(this.store, id);
		}
		return emission !== undefined || due.length > 0;
	}

	async work(): Promise<void> {
		for (let looks = 0; looks < 20; looks += 1) if (!(await this.look())) return;
		throw new Error('The desk never comes to rest');
	}

	async wait(milliseconds: number): Promise<void> {
		this.clock.now += milliseconds;
		await this.work();
	}

	pass(milliseconds: number): void {
		this.clock.now += milliseconds;
	}

	/** What a person has read so far. */
	to(waId: string): Bubble[] {
		return this.bubbles.filter((bubble) => bubble.to === waId);
	}

	last(waId: string): Bubble {
		const found = this.to(waId).at(-1);
		if (found === undefined) throw new Error(`${waId} has read nothing`);
		return found;
	}

	async conversation(waId: string) {
		return await this.store.db
			.selectFrom('conversations')
			.innerJoin('contacts', 'contacts.id', 'conversations.contact_id')
			.selectAll('conversations')
			.where('contacts.workspace_id', '=', this.store.workspaceId)
			.where('contacts.phone', '=', `+${waId}`)
			.where('conversations.channel_id', '=', channel.phoneNumberId)
			.executeTakeFirstOrThrow();
	}

	async rows<Table extends 'cases' | 'notifications' | 'bridge_tasks' | 'bridge_messages' | 'notes'>(
		table: Table,
	): Promise<Array<Selectable<Database[Table]>>> {
		// The tables have these two columns in common, and nothing else matters to the query.
		const rows = await this.store.db
			.selectFrom(table as 'cases')
			.selectAll()
			.where('workspace_id', '=', this.store.workspaceId)
			.orderBy('id')
			.execute();
		return rows as unknown as Array<Selectable<Database[Table]>>;
	}

	async advisorId(name: string): Promise<string> {
		const found = await this.store.db
			.selectFrom('advisors')
			.select('id')
			.where('workspace_id', '=', this.store.workspaceId)
			.where('name', '=', name)
			.executeTakeFirstOrThrow();
		return found.id;
	}

	async actions(): Promise<string[]> {
		const rows = await this.store.db
			.selectFrom('audit_log')
			.select('action')
			.where('workspace_id', '=', this.store.workspaceId)
			.orderBy('id')
			.execute();
		return rows.map(({ action }) => action);
	}
}
