import { afterOpenMinutes } from '../conversation/businessHours';
import type { BusinessProfile } from '../profile/businessProfile';

export const ALERT_KINDS = ['dead_letters', 'errors', 'quality', 'sla', 'template', 'token', 'volume'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Something that the team must know; told again when its level is another. */
export interface Finding {
	readonly kind: AlertKind;
	/** The number or conversation that it is about; empty for the desk. */
	readonly subject: string;
	readonly level: string;
	/** What it is told with. */
	readonly facts: Readonly<Record<string, string | number>>;
}

/** An hour against the same hour of the same weekday of the weeks before. */
export function volumeFinding(
	{ hour, count, before }: { readonly hour: string; readonly count: number; readonly before: readonly number[] },
	{ alerts }: BusinessProfile,
): Finding | undefined {
	if (before.length === 0) return undefined;
	const usual = before.reduce((sum, one) => sum + one, 0) / before.length;
	if (Math.max(usual, count) < alerts.minimumMessages || usual === 0) return undefined;
	const percent = Math.round((count / usual) * 100);
	if (percent >= alerts.volumeFromPercent && percent <= alerts.volumeToPercent) return undefined;
	const level = percent < alerts.volumeFromPercent ? 'low' : 'high';
	return { kind: 'volume', subject: '', level, facts: { hour, count, usual: Math.round(usual), percent } };
}

/** What failed today against what was done. */
export function errorFinding(
	{ errors, messages }: { readonly errors: number; readonly messages: number },
	{ alerts }: BusinessProfile,
): Finding | undefined {
	if (messages < alerts.minimumMessages || (errors / messages) * 100 <= alerts.errorPercent) return undefined;
	const percent = Math.round((errors / messages) * 1000) / 10;
	return { kind: 'errors', subject: '', level: 'over', facts: { errors, messages, percent } };
}

/** What was given up and waits for a person. Told again when it is many. */
export function deadLetterFinding(count: number): Finding | undefined {
	if (count === 0) return undefined;
	return { kind: 'dead_letters', subject: '', level: count < 10 ? 'some' : 'many', facts: { count } };
}

/** A customer who waits for a person longer than was promised. */
export function waitingFinding(
	waiting: { readonly conversationId: string; readonly name: string; readonly since: number },
	profile: BusinessProfile,
	now: number,
): Finding | undefined {
	const { waitingMinutes, waitingInHoursOnly } = profile.handoff;
	if (waitingMinutes === 0) return undefined;
	const until = waitingInHoursOnly
		? afterOpenMinutes(profile, new Date(waiting.since), waitingMinutes).getTime()
		: waiting.since + waitingMinutes * 60_000;
	if (now <= until) return undefined;
	const minutes = Math.round((now - waiting.since) / 60_000);
	return { kind: 'sla', subject: waiting.conversationId, level: 'late', facts: { name: waiting.name, minutes } };
}

const BAD_QUALITY = new Set(['RED', 'YELLOW', 'FLAGGED']);

/** What Meta thinks of a number: flagged, or rated lower than green. */
export function qualityFinding(number: { readonly number: string; readonly rating: string }): Finding | undefined {
	const level = number.rating.toUpperCase();
	return BAD_QUALITY.has(level)
		? { kind: 'quality', subject: number.number, level, facts: { number: number.number, rating: level } }
		: undefined;
}

const BAD_STATES = new Set(['REJECTED', 'PAUSED', 'DISABLED', 'FLAGGED']);

/** What Meta decided about a message template: the team cannot send it, or soon cannot. */
export function templateFinding(template: {
	readonly name: string;
	readonly language: string;
	readonly event: string;
}): Finding | undefined {
	const level = template.event.toUpperCase();
	if (!BAD_STATES.has(level)) return undefined;
	const { name, language } = template;
	return { kind: 'template', subject: `${name}|${language}`, level, facts: { name, language, state: level } };
}

/** An access token that ends soon: told a fortnight before, and again in the last three days. */
export function tokenFinding(
	expiresAt: Date | undefined,
	{ alerts }: BusinessProfile,
	now: number,
): Finding | undefined {
	if (expiresAt === undefined) return undefined;
	const days = Math.floor((expiresAt.getTime() - now) / 86_400_000);
	if (days > alerts.tokenDays) return undefined;
	const level = days < 0 ? 'ended' : days <= 3 ? 'now' : 'soon';
	return {
		kind: 'token',
		subject: '',
		level,
		facts: { day: expiresAt.toISOString().slice(0, 10), days: Math.max(0, days) },
	};
}
