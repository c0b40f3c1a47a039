import { afterOpenMinutes } from '../conversation/businessHours';
import type { BusinessProfile } from '../profile/businessProfile';
import { DAY, localDay, localHour } from './localDay';
import { PartSum, type Part } from './parts';

/**
 * How far one message reaches, ms: an answer, or a tap on a template's button, that comes later belongs to nothing. Long enough
 * for a weekend with a holiday.
 */
export const REACH = 4 * DAY;

export interface CountedMessage {
	readonly at: number;
	readonly direction: 'in' | 'out';
	readonly author: 'customer' | 'bot' | 'advisor' | 'phone' | 'workflow';
	readonly advisorId: string | null;
	readonly vendorId: string | null;
	readonly deliveryStatus: string | null;
	/** A reaction, an edit or a deletion: no message of its own. */
	readonly isAboutAnother: boolean;
	/** Category that Meta bills it in; null when it bills nothing. */
	readonly billedAs: string | null;
	/** Name of the message template. */
	readonly template: string | null;
	/** The vendor's id of the template message whose button was tapped. */
	readonly tapped: string | null;
}

/** What the bot asked of a branch. */
export interface CountedEffect {
	readonly at: number;
	readonly kind: 'handoff' | 'take_over' | 'incomplete';
}

export interface CountedConversation {
	readonly channelId: string;
	/** By time. Beginning and ending at least `REACH` before and after the days that are counted. */
	readonly messages: readonly CountedMessage[];
	readonly effects: readonly CountedEffect[];
}

const DELIVERED = new Set(['delivered', 'read', 'played']);
const READ = new Set(['read', 'played']);

interface Day {
	inbound: number;
	person: boolean;
	asked: boolean;
}

/** Waiting times, with what each was within. */
class Waits {
	private bot: number[] = [];
	private person: number[] = [];
	private lastPerson = -Infinity;

	constructor(
		private readonly handoffs: readonly number[],
		private readonly sum: PartSum,
		private readonly profile: BusinessProfile,
		private readonly channel: string,
	) {}

	asked(at: number): void {
		this.bot.push(at);
		this.person.push(at);
	}

	answered(message: CountedMessage, day: string): void {
		const byPerson = message.author === 'advisor' || message.author === 'phone';
		const { at } = message;
		const since = this.bot.find((asked) => asked >= at - REACH);
		if (message.author === 'bot' && since !== undefined) {
			this.sum.add({ day, name: 'first_response_bot', by: { channel: this.channel }, sum: seconds(since, at) });
		}
		this.bot = [];
		if (!byPerson) return;
		const first = this.person.find((asked) => asked >= at - REACH);
		if (first !== undefined) this.byPerson(first, message, day);
		this.person = [];
		this.lastPerson = at;
	}

	/** A person's clock runs from the moment at which the bot handed over, else from the customer's first word. */
	private byPerson(first: number, { at, advisorId }: CountedMessage, day: string): void {
		const earliest = Math.max(this.lastPerson, at - REACH - 1);
		const since = this.handoffs.find((handoff) => handoff > earliest && handoff <= at) ?? first;
		const by = { channel: this.channel, advisor: advisorId };
		this.sum.add({ day, name: 'first_response', by, sum: seconds(since, at) });
		const { waitingMinutes, waitingInHoursOnly } = this.profile.handoff;
		if (waitingMinutes === 0) return;
		const until = waitingInHoursOnly
			? afterOpenMinutes(this.profile, new Date(since), waitingMinutes).getTime()
			: since + waitingMinutes * 60_000;
		this.sum.add({ day, name: 'sla', by, sum: at <= until ? 1 : 0 });
	}
}

const seconds = (from: number, to: number): number => Math.round((to - from) / 1000);

function countOutbound(sum: PartSum, message: CountedMessage, day: string, channel: string, taps: number): void {
	const { template, deliveryStatus, billedAs } = message;
	const by = { channel, advisor: message.advisorId };
	sum.add({ day, name: 'outbound_messages', by });
	if (deliveryStatus === 'failed') sum.add({ day, name: 'failed_messages', by });
	if (billedAs !== null) sum.add({ day, name: 'billed', unit: billedAs, by: { ...by, template } });
	if (template === null) return;
	sum.add({ day, name: 'templates_sent', by: { channel, template } });
	if (DELIVERED.has(deliveryStatus ?? '')) sum.add({ day, name: 'templates_delivered', by: { channel, template } });
	if (READ.has(deliveryStatus ?? '')) sum.add({ day, name: 'templates_read', by: { channel, template } });
	if (taps > 0) sum.add({ day, name: 'templates_clicked', by: { channel, template } });
}

/** Templates whose button was tapped in time. */
function tappedIn(messages: readonly CountedMessage[]): (message: CountedMessage) => number {
	const taps = new Map<string, number[]>();
	for (const { tapped, at } of messages) if (tapped !== null) taps.set(tapped, [...(taps.get(tapped) ?? []), at]);
	return ({ vendorId, at }) =>
		vendorId === null ? 0 : (taps.get(vendorId) ?? []).filter((tap) => tap >= at && tap <= at + REACH).length;
}

/**
 * What a conversation adds to the figures of each of these days (O8, O9). Only what lies within `REACH` of a day decides about it,
 * so that a day can be counted again without reading the whole conversation.
 */
export function conversationDays(
	{ channelId, messages, effects }: CountedConversation,
	days: ReadonlySet<string>,
	profile: BusinessProfile,
): ReadonlyMap<string, readonly Part[]> {
	const sum = new PartSum();
	const byDay = new Map<string, Day>();
	const dayOf = (at: number): string => localDay(at, profile.timeZone);
	const of = (day: string): Day => {
		const known = byDay.get(day) ?? { inbound: 0, person: false, asked: false };
		byDay.set(day, known);
		return known;
	};
	const handoffs = effects.filter(({ kind }) => kind !== 'incomplete').map(({ at }) => at);
	const waits = new Waits(handoffs, sum, profile, channelId);
	const tapsOf = tappedIn(messages);
	for (const message of messages) {
		if (message.isAboutAnother) continue;
		const day = dayOf(message.at);
		if (message.direction === 'in') {
			of(day).inbound += 1;
			waits.asked(message.at);
			const by = { channel: channelId, hour: localHour(message.at, profile.timeZone) };
			sum.add({ day, name: 'inbound_messages', by });
			continue;
		}
		waits.answered(message, day);
		if (message.author === 'advisor' || message.author === 'phone') of(day).person = true;
		countOutbound(sum, message, day, channelId, tapsOf(message));
	}
	for (const { at, kind } of effects) {
		if (kind === 'take_over') of(dayOf(at)).asked = true;
		if (kind === 'incomplete') sum.add({ day: dayOf(at), name: 'incomplete', by: { channel: channelId } });
	}
	for (const [day, { inbound, person, asked }] of byDay) {
		if (inbound === 0) continue;
		sum.add({ day, name: 'conversations', by: { channel: channelId } });
		const alone = person || asked ? 0 : 1;
		sum.add({ day, name: 'resolved_without_person', by: { channel: channelId }, sum: alone });
	}
	const counted = new Map<string, Part[]>([...days].map((day) => [day, []]));
	for (const part of sum.parts()) counted.get(part.day)?.push(part);
	return counted;
}
