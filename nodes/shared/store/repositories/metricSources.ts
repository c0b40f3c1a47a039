import { sql, type Transaction } from 'kysely';

import type { CountedEffect, CountedMessage } from '../../domain/metrics/conversationDays';
import type { CountedCase, CountedLead, CountedModelCall, CountedPayment } from '../../domain/metrics/recordParts';
import type { PaymentFacts } from '../../domain/payments/payment';
import { isAwaited } from '../../domain/payments/reminders';
import type { Database } from '../schema';

/** Where a reading by time of change has come; the id decides between rows of the same millisecond. */
export interface ChangeCursor {
	readonly at: number;
	readonly id: string;
}

export interface ChangedRow extends ChangeCursor {
	readonly conversationId: string;
	/** The moment in the figures that it concerns. */
	readonly concerns: number;
}

/** Messages by the time of their last change. */
export async function changedMessages(
	tx: Transaction<Database>,
	workspaceId: string,
	after: ChangeCursor,
	limit: number,
): Promise<ChangedRow[]> {
	return await tx
		.selectFrom('messages')
		.select(['changed_at as at', 'id', 'conversation_id as conversationId', 'at as concerns'])
		.where('workspace_id', '=', workspaceId)
		.where('changed_at', '>=', after.at)
		.where((row) => row.or([row('changed_at', '>', after.at), row('id', '>', after.id)]))
		.orderBy('changed_at')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Conversations by the time of their last change: what happened in them without a message. */
export async function changedConversations(
	tx: Transaction<Database>,
	workspaceId: string,
	after: ChangeCursor,
	limit: number,
): Promise<ChangedRow[]> {
	return await tx
		.selectFrom('conversations')
		.select(['updated_at as at', 'id', 'id as conversationId', 'updated_at as concerns'])
		.where('workspace_id', '=', workspaceId)
		.where('updated_at', '>=', after.at)
		.where((row) => row.or([row('updated_at', '>', after.at), row('id', '>', after.id)]))
		.orderBy('updated_at')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Meta's answer about the price, and ours about the template: only what is counted of the JSON. */
interface Pricing {
	readonly billable?: boolean;
	readonly category?: string;
}
interface TemplateContent {
	readonly name?: string;
}
interface ReplyContent {
	readonly content?: { readonly reply?: { readonly via?: string } };
	readonly context?: { readonly messageId?: string };
}

function billedAs(pricing: string | null): string | null {
	if (pricing === null) return null;
	const { billable, category } = JSON.parse(pricing) as Pricing;
	return billable === false || category === undefined ? null : category.toLowerCase();
}

function tapped(content: string): string | null {
	const { content: said, context } = JSON.parse(content) as ReplyContent;
	return said?.reply?.via === 'template_button' ? (context?.messageId ?? null) : null;
}

/** Messages of a conversation within a time, by their own time, with nothing that anybody wrote. */
export async function countedMessages(
	tx: Transaction<Database>,
	workspaceId: string,
	conversationId: string,
	time: { readonly from: number; readonly to: number },
): Promise<CountedMessage[]> {
	const rows = await tx
		.selectFrom('messages')
		.select(['at', 'direction', 'author', 'advisor_id', 'vendor_id', 'delivery_status', 'about_vendor_id'])
		.select(['pricing', 'type'])
		.select(sql<string | null>`case when type in ('template', 'reply') then content end`.as('content'))
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('at', '>=', time.from)
		.where('at', '<', time.to)
		.orderBy('at')
		.orderBy('id')
		.execute();
	return rows.map(({ content, ...row }) => ({
		at: row.at,
		direction: row.direction,
		author: row.author,
		advisorId: row.advisor_id,
		vendorId: row.vendor_id,
		deliveryStatus: row.delivery_status,
		isAboutAnother: row.about_vendor_id !== null,
		billedAs: billedAs(row.pricing),
		template:
			row.type === 'template' && content !== null ? ((JSON.parse(content) as TemplateContent).name ?? '') : null,
		tapped: row.type === 'reply' && content !== null ? tapped(content) : null,
	}));
}

/** What the bot asked of branches in a conversation within a time. */
export async function countedEffects(
	tx: Transaction<Database>,
	workspaceId: string,
	conversationId: string,
	time: { readonly from: number; readonly to: number },
): Promise<CountedEffect[]> {
	const rows = await tx
		.selectFrom('effects')
		.select(['output', 'payload', 'created_at as at'])
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('output', 'in', ['handoff', 'closed'])
		.where('created_at', '>=', time.from)
		.where('created_at', '<', time.to)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	return rows.flatMap(({ output, payload, at }): CountedEffect[] => {
		const { strength, reason } = JSON.parse(payload) as { readonly strength?: string; readonly reason?: string };
		if (output === 'handoff') return [{ at, kind: strength === 'take_over' ? 'take_over' : 'handoff' }];
		return reason === 'incomplete' ? [{ at, kind: 'incomplete' }] : [];
	});
}

export interface ChangedRecord<Counted> extends ChangeCursor {
	readonly counted: Counted;
}

/** Cases by the time of their last change; those of erased people keep what they were counted for. */
export async function changedCases(
	tx: Transaction<Database>,
	workspaceId: string,
	after: ChangeCursor,
	limit: number,
): Promise<Array<ChangedRecord<CountedCase | undefined>>> {
	const rows = await tx
		.selectFrom('cases')
		.leftJoin('contacts', 'contacts.id', 'cases.contact_id')
		.select(['cases.id', 'cases.updated_at', 'cases.channel_id', 'cases.advisor_id', 'cases.area', 'cases.option'])
		.select(['cases.type', 'cases.created_at', 'cases.closed_at', 'contacts.erased_at'])
		.where('cases.workspace_id', '=', workspaceId)
		.where('cases.updated_at', '>=', after.at)
		.where((row) => row.or([row('cases.updated_at', '>', after.at), row('cases.id', '>', after.id)]))
		.orderBy('cases.updated_at')
		.orderBy('cases.id')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		at: row.updated_at,
		id: row.id,
		counted:
			row.erased_at !== null
				? undefined
				: {
						channelId: row.channel_id,
						advisorId: row.advisor_id,
						area: row.area,
						option: row.option,
						type: row.type,
						createdAt: row.created_at,
						closedAt: row.closed_at,
					},
	}));
}

/** Leads by the time of their last change; those of erased people keep what they were counted for. */
export async function changedLeads(
	tx: Transaction<Database>,
	workspaceId: string,
	after: ChangeCursor,
	limit: number,
): Promise<Array<ChangedRecord<CountedLead | undefined>>> {
	const rows = await tx
		.selectFrom('leads')
		.leftJoin('contacts', 'contacts.id', 'leads.contact_id')
		.leftJoin('conversations', 'conversations.id', 'leads.conversation_id')
		.select(['leads.id', 'leads.updated_at', 'leads.channel_id', 'leads.advisor_id', 'leads.request_type'])
		.select(['leads.stage', 'leads.amount', 'leads.currency', 'leads.created_at', 'leads.closed_at'])
		.select(['contacts.erased_at', 'conversations.created_at as started_at'])
		.where('leads.workspace_id', '=', workspaceId)
		.where('leads.updated_at', '>=', after.at)
		.where((row) => row.or([row('leads.updated_at', '>', after.at), row('leads.id', '>', after.id)]))
		.orderBy('leads.updated_at')
		.orderBy('leads.id')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		at: row.updated_at,
		id: row.id,
		counted:
			row.erased_at !== null
				? undefined
				: {
						channelId: row.channel_id,
						advisorId: row.advisor_id,
						requestType: row.request_type,
						stage: row.stage,
						amount: row.amount,
						currency: row.currency,
						createdAt: row.created_at,
						startedAt: row.started_at,
						closedAt: row.closed_at,
					},
	}));
}

type CountedMoney = CountedPayment['collected'];

function moneyIn(facts: PaymentFacts): { readonly collected: CountedMoney; readonly refunded: CountedMoney } {
	const attempts = Object.values(facts.attempts).filter(({ state }) => state === 'paid');
	const refunds = Object.values(facts.refunds).filter(({ state }) => state === 'succeeded');
	const when = ({ at, amount }: { readonly at: number; readonly amount: number }) => ({ at, amount });
	return { collected: attempts.map(when), refunded: refunds.map(when) };
}

const SOLD_BY = /^advisor:(.+)$/u;

/**
 * Payments by the time of their last change; those of erased people keep what they were counted for. Once there is real money,
 * money of the test mode is not counted.
 */
export async function changedPayments(
	tx: Transaction<Database>,
	workspaceId: string,
	after: ChangeCursor,
	limit: number,
): Promise<Array<ChangedRecord<CountedPayment | undefined>>> {
	const isReal = await tx
		.selectFrom('payments')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('mode', '=', 'live')
		.limit(1)
		.executeTakeFirst();
	const rows = await tx
		.selectFrom('payments')
		.leftJoin('contacts', 'contacts.id', 'payments.contact_id')
		.leftJoin('conversations', 'conversations.id', 'payments.conversation_id')
		.leftJoin('cases', 'cases.id', 'payments.case_id')
		.leftJoin('leads', 'leads.id', 'payments.lead_id')
		.selectAll('payments')
		.select(['contacts.erased_at', 'conversations.channel_id', 'conversations.owner_advisor_id', 'conversations.area'])
		.select(['cases.advisor_id as case_advisor', 'cases.area as case_area', 'cases.option', 'cases.type'])
		.select(['leads.advisor_id as lead_advisor', 'leads.request_type'])
		.where('payments.workspace_id', '=', workspaceId)
		.where('payments.updated_at', '>=', after.at)
		.where((row) => row.or([row('payments.updated_at', '>', after.at), row('payments.id', '>', after.id)]))
		.orderBy('payments.updated_at')
		.orderBy('payments.id')
		.limit(limit)
		.execute();
	return rows.map((row) => {
		const isCounted = row.erased_at === null && (row.mode === 'live' || isReal === undefined);
		const asked = SOLD_BY.exec(row.created_by ?? '')?.[1];
		const isPaid = row.paid_at !== null;
		const isGivenUp = row.state === 'expired' || ((row.reminders ?? 0) > 0 && row.reminder_due_at === null);
		return {
			at: row.updated_at,
			id: row.id,
			counted: !isCounted
				? undefined
				: {
						channelId: row.channel_id,
						advisorId: asked ?? row.lead_advisor ?? row.case_advisor ?? row.owner_advisor_id,
						area: row.case_area ?? row.area,
						option: row.option ?? row.type ?? row.request_type,
						currency: row.currency,
						createdAt: row.created_at,
						hasPage: row.provider_id !== null,
						isReplaced: row.replaced_by !== null,
						isPaid,
						isAbandoned: isAwaited(row.state) && isGivenUp,
						...moneyIn(JSON.parse(row.facts) as PaymentFacts),
					},
		};
	});
}

/** Answers of connected models by their time; they never change. */
export async function newModelCalls(
	tx: Transaction<Database>,
	workspaceId: string,
	after: ChangeCursor,
	limit: number,
): Promise<Array<ChangedRecord<CountedModelCall>>> {
	const rows = await tx
		.selectFrom('model_calls')
		.leftJoin('conversations', 'conversations.id', 'model_calls.conversation_id')
		.select(['model_calls.id', 'model_calls.at', 'model_calls.model', 'conversations.channel_id'])
		.select(['model_calls.input_tokens', 'model_calls.output_tokens', 'model_calls.estimated'])
		.where('model_calls.workspace_id', '=', workspaceId)
		.where('model_calls.at', '>=', after.at)
		.where((row) => row.or([row('model_calls.at', '>', after.at), row('model_calls.id', '>', after.id)]))
		.orderBy('model_calls.at')
		.orderBy('model_calls.id')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		at: row.at,
		id: row.id,
		counted: {
			channelId: row.channel_id,
			model: row.model,
			inputTokens: row.input_tokens,
			outputTokens: row.output_tokens,
			estimated: row.estimated === 1,
			at: row.at,
		},
	}));
}

/** The channels of these conversations. */
export async function channelsOfConversations(
	tx: Transaction<Database>,
	workspaceId: string,
	conversationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	if (conversationIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('conversations')
		.select(['id', 'channel_id'])
		.where('workspace_id', '=', workspaceId)
		.where('id', 'in', [...conversationIds])
		.execute();
	return new Map(rows.map((row) => [row.id, row.channel_id]));
}

export interface Trouble {
	readonly errors: number;
	readonly retries: number;
}

const STATES = {
	journal: { all: ['ready', 'claimed', 'done', 'dead'], given_up: 'dead' },
	effects: { all: ['emitted', 'ready', 'done', 'dead'], given_up: 'dead' },
	outbox: { all: ['queued', 'sending', 'accepted', 'unknown', 'failed', 'cancelled'], given_up: 'failed' },
} as const;

/** What went wrong with work that was begun within a time: given up, and how often it was tried again. */
export async function troubleWithin(
	tx: Transaction<Database>,
	workspaceId: string,
	time: { readonly from: number; readonly to: number },
): Promise<Trouble> {
	let errors = 0;
	let retries = 0;
	for (const [table, { all, given_up }] of Object.entries(STATES)) {
		const rows = await tx
			.selectFrom(sql<TroubledRow>`${sql.table(table)}`.as('row'))
			.select('row.state')
			.select((row) => [row.fn.countAll<number>().as('count'), row.fn.sum<number>('row.attempts').as('attempts')])
			.where('row.workspace_id', '=', workspaceId)
			.where('row.state', 'in', [...all])
			.where('row.error', 'is not', null)
			.where('row.created_at', '>=', time.from)
			.where('row.created_at', '<', time.to)
			.groupBy('row.state')
			.execute();
		for (const { state, count, attempts } of rows) {
			if (state === given_up) errors += Number(count);
			retries += Math.max(0, Number(attempts) - Number(count));
		}
	}
	return { errors, retries };
}

interface TroubledRow {
	readonly workspace_id: string;
	readonly state: string;
	readonly error: string | null;
	readonly attempts: number;
	readonly created_at: number;
}
