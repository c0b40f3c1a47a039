import { isOpenStage } from '../leads/leadStage';
import { decimalOf } from '../payments/money';
import { localDay } from './localDay';
import { PartSum, type Part } from './parts';

export interface CountedCase {
	readonly channelId: string;
	readonly advisorId: string | null;
	readonly area: string;
	readonly option: string | null;
	readonly type: string;
	readonly createdAt: number;
	readonly closedAt: number | null;
}

/** What a case adds to the figures: one more on its day, and how long it took on the day it was closed. */
export function caseParts(counted: CountedCase, timeZone: string): readonly Part[] {
	const sum = new PartSum();
	const { channelId, advisorId, area, createdAt, closedAt } = counted;
	const by = { channel: channelId, advisor: advisorId, area, option: counted.option ?? counted.type };
	sum.add({ day: localDay(createdAt, timeZone), name: 'cases', by });
	if (closedAt !== null) {
		const took = Math.max(0, Math.round((closedAt - createdAt) / 1000));
		sum.add({ day: localDay(closedAt, timeZone), name: 'cases_closed', by, sum: took });
	}
	return sum.parts();
}

export interface CountedLead {
	readonly channelId: string | null;
	readonly advisorId: string | null;
	readonly requestType: string | null;
	readonly stage: string;
	/** Decimal. */
	readonly amount: string | null;
	readonly currency: string | null;
	readonly createdAt: number;
	/** When the conversation that it came from began. */
	readonly startedAt: number | null;
	readonly closedAt: number | null;
}

/** Money is counted in whole ten-thousandths: sums of them are exact. */
export const MONEY_SCALE = 10_000;

/** What a lead adds: to the day it was made whether it paid in the end, to the day it was closed time and money. */
export function leadParts(lead: CountedLead, timeZone: string): readonly Part[] {
	const sum = new PartSum();
	const { stage, closedAt, createdAt } = lead;
	const by = { channel: lead.channelId, advisor: lead.advisorId, option: lead.requestType };
	const made = localDay(createdAt, timeZone);
	sum.add({ day: made, name: 'leads', by });
	if (stage === 'Won') sum.add({ day: made, name: 'paid_leads', by });
	if (closedAt === null || isOpenStage(stage)) return sum.parts();
	const day = localDay(closedAt, timeZone);
	sum.add({ day, name: 'abandoned', by, sum: stage === 'Lost' ? 1 : 0 });
	if (stage === 'Lost') return sum.parts();
	const since = Math.min(lead.startedAt ?? createdAt, createdAt);
	sum.add({ day, name: 'won', by, sum: Math.max(0, Math.round((closedAt - since) / 1000)) });
	const money = lead.amount === null ? Number.NaN : Math.round(Number(lead.amount) * MONEY_SCALE);
	if (Number.isSafeInteger(money) && lead.currency !== null) {
		sum.add({ day, name: 'revenue', unit: lead.currency, by, sum: money });
	}
	return sum.parts();
}

export interface CountedPayment {
	readonly channelId: string | null;
	readonly advisorId: string | null;
	readonly area: string | null;
	readonly option: string | null;
	readonly currency: string;
	readonly createdAt: number;
	/** Whether the customer had a page to pay at. */
	readonly hasPage: boolean;
	/** Whether it was asked for again with another page: then only that one counts. */
	readonly isReplaced: boolean;
	readonly isPaid: boolean;
	/** Not paid, and nobody is reminded of it any more. */
	readonly isAbandoned: boolean;
	/** Money that came and went, in minor units. */
	readonly collected: ReadonlyArray<{ readonly at: number; readonly amount: number }>;
	readonly refunded: ReadonlyArray<{ readonly at: number; readonly amount: number }>;
}

/** What a payment adds: to the day of its link what became of it, to the days on which money came or went the money (O12). */
export function paymentParts(payment: CountedPayment, timeZone: string): readonly Part[] {
	const sum = new PartSum();
	const { advisorId: advisor, channelId: channel, area, option, currency } = payment;
	const by = { channel, advisor, area, option };
	if (payment.hasPage && !payment.isReplaced) {
		const day = localDay(payment.createdAt, timeZone);
		sum.add({ day, name: 'links', by });
		if (payment.isPaid) sum.add({ day, name: 'links_paid', by });
		if (payment.isAbandoned) sum.add({ day, name: 'links_abandoned', by });
	}
	for (const name of ['collected', 'refunded'] as const) {
		for (const { at, amount } of payment[name]) {
			const money = Math.round(Number(decimalOf({ minor: amount, currency })) * MONEY_SCALE);
			sum.add({ day: localDay(at, timeZone), name, unit: currency, by, sum: money });
		}
	}
	return sum.parts();
}

export interface CountedModelCall {
	readonly channelId: string | null;
	readonly model: string;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly estimated: boolean;
	readonly at: number;
}

/** What asking a connected model adds to its day: the call, whether its tokens are a guess, and the tokens (O12). */
export function modelCallParts(call: CountedModelCall, timeZone: string): readonly Part[] {
	const sum = new PartSum();
	const about = { day: localDay(call.at, timeZone), unit: call.model, by: { channel: call.channelId } };
	sum.add({ ...about, name: 'model_calls', sum: call.estimated ? 1 : 0 });
	sum.add({ ...about, name: 'model_input', sum: call.inputTokens });
	sum.add({ ...about, name: 'model_output', sum: call.outputTokens });
	return sum.parts();
}
