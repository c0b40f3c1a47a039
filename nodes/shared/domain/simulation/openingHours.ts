import type { BusinessProfile } from '../profile/businessProfile';
import type { ChatConversation } from './chatConversations';
import type { WallClock } from '../conversation/wallClock';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const DAY_NAMES = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'];
const WORKDAYS = 5;
/** Fewer answers than this say nothing about a day. */
const LEAST_ANSWERS = 5;
/** A day with far fewer answers than the others is one on which somebody only looked in. */
const LEAST_SHARE = 0.15;
const HALF_HOUR = 30;

export interface SeenHours {
	readonly week: BusinessProfile['hours']['week'];
	readonly inWords: string;
}

interface Range {
	readonly from: number;
	readonly to: number;
}

const written = (minute: number): string =>
	`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function said(minute: number): string {
	const hour = Math.floor(minute / 60) % 24;
	return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute % 60).padStart(2, '0')} ${hour < 12 ? 'a. m.' : 'p. m.'}`;
}

/** From when to when most answers were written, in half hours: one late evening is no opening hour. */
function usualRange(minutes: readonly number[]): Range {
	const ordered = [...minutes].sort((one, other) => one - other);
	const cut = Math.floor(ordered.length * 0.05);
	const first = ordered[cut] ?? 0;
	const last = ordered[ordered.length - 1 - cut] ?? 0;
	return {
		from: Math.floor(first / HALF_HOUR) * HALF_HOUR,
		to: Math.min(24 * 60, (Math.floor(last / HALF_HOUR) + 1) * HALF_HOUR),
	};
}

/** When the business answers, by the clock of its answers; undefined when there are too few to tell. */
export function seenHours(
	conversations: readonly ChatConversation[],
	clock: WallClock,
	automatic: ReadonlySet<string>,
): SeenHours | undefined {
	const answers: number[][] = DAYS.map(() => []);
	for (const { messages } of conversations)
		for (const { direction, at, text } of messages) {
			if (direction !== 'out' || automatic.has(text)) continue;
			const { weekday, minute } = clock.shows(at);
			answers[weekday]?.push(minute);
		}
	const most = Math.max(...answers.map(({ length }) => length));
	const works = answers.map(({ length }) => length >= LEAST_ANSWERS && length >= most * LEAST_SHARE);
	if (!works.some(Boolean)) return undefined;
	// Monday to Friday are one habit: a quiet Tuesday does not open later.
	const workdays = usualRange(answers.slice(0, WORKDAYS).flat());
	const ranges = answers.map((minutes, day): Range | undefined =>
		works[day] !== true ? undefined : day < WORKDAYS ? workdays : usualRange(minutes),
	);
	const open = (day: number) => {
		const range = ranges[day];
		return range === undefined ? [] : [{ from: written(range.from), to: written(range.to) }];
	};
	return {
		week: {
			monday: open(0),
			tuesday: open(1),
			wednesday: open(2),
			thursday: open(3),
			friday: open(4),
			saturday: open(5),
			sunday: open(6),
		},
		inWords: hoursInWords(ranges),
	};
}

function hoursInWords(ranges: ReadonlyArray<Range | undefined>): string {
	const groups: Array<{ from: number; to: number; range: Range }> = [];
	ranges.forEach((range, day) => {
		if (range === undefined) return;
		const last = groups.at(-1);
		if (last?.to === day - 1 && last.range.from === range.from && last.range.to === range.to) last.to = day;
		else groups.push({ from: day, to: day, range });
	});
	return groups
		.map(({ from, to, range }) => {
			const first = DAY_NAMES[from] ?? '';
			const days = from === to ? first : `${first} ${to - from === 1 ? 'y' : 'a'} ${DAY_NAMES[to] ?? ''}`;
			return `${days} de ${said(range.from)} a ${said(range.to)}`;
		})
		.join('; ');
}
