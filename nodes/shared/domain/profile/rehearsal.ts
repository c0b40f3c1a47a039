import { areaName } from '../cases/areaRouting';
import type { ReplayOutcome } from '../conversation/replay';
import type { BusinessProfile } from './businessProfile';
import { optionTitle } from './expectation';
import type { OperatorLanguage } from './fieldNames';

/** One real conversation, played with the profile in force and with the one that may replace it. */
export interface RehearsedConversation {
	readonly conversationId: string;
	readonly before: ReplayOutcome;
	readonly after: ReplayOutcome;
}

export interface Rehearsal {
	readonly total: number;
	/** Conversations that would end differently, each with how in words. */
	readonly changed: ReadonlyArray<{ readonly conversationId: string; readonly before: string; readonly after: string }>;
	/** What would change, in the words of the business, the most important first. */
	readonly sentences: readonly string[];
}

/** Whether two outcomes are the same to the business; how many messages it takes is counted apart. */
function endsTheSame(one: ReplayOutcome, other: ReplayOutcome): boolean {
	const essence = ({ cases, takenOver, ended }: ReplayOutcome) => JSON.stringify({ cases, takenOver, ended });
	return essence(one) === essence(other);
}

const unique = (values: ReadonlyArray<string | undefined>): string[] => [
	...new Set(values.filter((value): value is string => value !== undefined)),
];

const areasOf = ({ cases }: ReplayOutcome): string[] => unique(cases.map(({ area }) => area));
const optionsOf = ({ cases }: ReplayOutcome): string[] => unique(cases.map(({ option }) => option));

/** By name: how many conversations have it only afterwards, and how many only before. */
function gainsAndLosses(
	rehearsed: readonly RehearsedConversation[],
	namesOf: (outcome: ReplayOutcome) => readonly string[],
): Map<string, { gained: number; lost: number }> {
	const counts = new Map<string, { gained: number; lost: number }>();
	const count = (name: string, what: 'gained' | 'lost') => {
		const known = counts.get(name) ?? { gained: 0, lost: 0 };
		counts.set(name, { ...known, [what]: known[what] + 1 });
	};
	for (const { before, after } of rehearsed) {
		const [old, now] = [namesOf(before), namesOf(after)];
		for (const name of now) if (!old.includes(name)) count(name, 'gained');
		for (const name of old) if (!now.includes(name)) count(name, 'lost');
	}
	return counts;
}

interface Words {
	none(total: number): string;
	differ(count: number, total: number): string;
	toArea(count: number, total: number, area: string): string;
	notToArea(count: number, total: number, area: string): string;
	option(count: number, total: number, option: string): string;
	notOption(count: number, total: number, option: string): string;
	/** By measure: more or fewer, from and to. */
	readonly measures: Readonly<Record<Measure, (count: number, more: boolean) => string>>;
	range(from: number, to: number): string;
}

type Measure = 'person' | 'case' | 'lead' | 'unfinished' | 'notUnderstood' | 'questions' | 'bubbles';

const MEASURES: ReadonlyArray<{ readonly measure: Measure; of(outcome: ReplayOutcome): number }> = [
	{ measure: 'person', of: ({ takenOver }) => (takenOver === undefined ? 0 : 1) },
	{ measure: 'case', of: ({ cases }) => (cases.some(({ incomplete }) => !incomplete) ? 1 : 0) },
	{ measure: 'lead', of: ({ cases }) => (cases.some(({ lead }) => lead) ? 1 : 0) },
	{ measure: 'unfinished', of: ({ ended }) => (ended === 'incomplete' || ended === 'open' ? 1 : 0) },
	{ measure: 'notUnderstood', of: ({ notUnderstood }) => notUnderstood },
	{ measure: 'questions', of: ({ asked }) => asked.length },
	{ measure: 'bubbles', of: ({ bubbles }) => bubbles },
];

const spanish = (count: number, one: string, many: string) => (count === 1 ? one : many);

const WORDS: Readonly<Record<OperatorLanguage, Words>> = {
	es: {
		none: (total) =>
			total === 0
				? 'Todavía no hay conversaciones reales con las que ensayar.'
				: total === 1
					? 'La única conversación ensayada terminaría igual que hoy.'
					: `Las ${total} conversaciones ensayadas terminarían igual que hoy.`,
		differ: (count, total) => `${count} de ${total} ${spanish(count, 'terminaría', 'terminarían')} de otra manera.`,
		toArea: (count, total, area) => `${count} de ${total} ${spanish(count, 'iría', 'irían')} ahora a ${area}.`,
		notToArea: (count, total, area) => `${count} de ${total} ya no ${spanish(count, 'iría', 'irían')} a ${area}.`,
		option: (count, total, option) =>
			`${count} de ${total} ${spanish(count, 'tomaría', 'tomarían')} ahora la opción «${option}».`,
		notOption: (count, total, option) =>
			`${count} de ${total} ya no ${spanish(count, 'tomaría', 'tomarían')} la opción «${option}».`,
		measures: {
			person: (count, more) =>
				`${count} ${more ? 'más' : 'menos'} ${spanish(count, 'pasaría', 'pasarían')} a una persona`,
			case: (count, more) =>
				`${count} ${more ? 'más' : 'menos'} ${spanish(count, 'terminaría', 'terminarían')} con un caso registrado`,
			lead: (count, more) => `${count} ${more ? 'más' : 'menos'} ${spanish(count, 'crearía', 'crearían')} un lead`,
			unfinished: (count, more) =>
				`${count} ${more ? 'más' : 'menos'} ${spanish(count, 'quedaría', 'quedarían')} sin terminar`,
			notUnderstood: (count, more) =>
				`El bot no entendería ${count} ${spanish(count, 'mensaje', 'mensajes')} ${more ? 'más' : 'menos'}`,
			questions: (count, more) =>
				`El bot haría ${count} ${spanish(count, 'pregunta', 'preguntas')} ${more ? 'más' : 'menos'}`,
			bubbles: (count, more) =>
				`El bot enviaría ${count} ${spanish(count, 'mensaje', 'mensajes')} ${more ? 'más' : 'menos'}`,
		},
		range: (from, to) => ` (de ${from} a ${to}).`,
	},
	en: {
		none: (total) =>
			total === 0
				? 'There are no real conversations to rehearse with yet.'
				: total === 1
					? 'The only conversation rehearsed would end as it does today.'
					: `All ${total} conversations rehearsed would end as they do today.`,
		differ: (count, total) => `${count} of ${total} would end differently.`,
		toArea: (count, total, area) => `${count} of ${total} would now go to ${area}.`,
		notToArea: (count, total, area) => `${count} of ${total} would no longer go to ${area}.`,
		option: (count, total, option) => `${count} of ${total} would now take the option “${option}”.`,
		notOption: (count, total, option) => `${count} of ${total} would no longer take the option “${option}”.`,
		measures: {
			person: (count, more) => `${count} ${more ? 'more' : 'fewer'} would go to a person`,
			case: (count, more) => `${count} ${more ? 'more' : 'fewer'} would end with a registered case`,
			lead: (count, more) => `${count} ${more ? 'more' : 'fewer'} would make a lead`,
			unfinished: (count, more) => `${count} ${more ? 'more' : 'fewer'} would be left unfinished`,
			notUnderstood: (count, more) =>
				`The bot would not understand ${count} ${more ? 'more' : 'fewer'} ${count === 1 ? 'message' : 'messages'}`,
			questions: (count, more) =>
				`The bot would ask ${count} ${more ? 'more' : 'fewer'} ${count === 1 ? 'question' : 'questions'}`,
			bubbles: (count, more) =>
				`The bot would send ${count} ${more ? 'more' : 'fewer'} ${count === 1 ? 'message' : 'messages'}`,
		},
		range: (from, to) => ` (from ${from} to ${to}).`,
	},
};

/** How a conversation ends, in a few words. */
export function endingInWords(outcome: ReplayOutcome, profile: BusinessProfile, language: OperatorLanguage): string {
	const english = language === 'en';
	const cases = outcome.cases.map(({ option, area, incomplete }) => {
		const title = optionTitle(option, profile);
		const kind = english ? (incomplete ? 'incomplete case' : 'case') : incomplete ? 'caso incompleto' : 'caso';
		const by = title === undefined ? '' : english ? ` by “${title}”` : ` por «${title}»`;
		return `${kind} ${english ? 'in' : 'en'} ${areaName(area, profile)}${by}`;
	});
	const person = outcome.takenOver === undefined ? [] : [english ? 'a person takes over' : 'pasa a una persona'];
	const silent = english ? 'no case and no person' : 'sin caso y sin persona';
	const optedOut = outcome.ended === 'opted_out' ? [english ? 'opted out' : 'pidió no recibir más mensajes'] : [];
	return [...cases, ...person, ...optedOut].join('; ') || silent;
}

/** What a profile would change in conversations that really happened, in the words of the business. */
export function compareRehearsed(
	rehearsed: readonly RehearsedConversation[],
	profiles: { readonly before: BusinessProfile; readonly after: BusinessProfile },
	language: OperatorLanguage,
): Rehearsal {
	const words = WORDS[language];
	const total = rehearsed.length;
	const different = rehearsed.filter(({ before, after }) => !endsTheSame(before, after));
	const byArea = [...gainsAndLosses(different, areasOf)];
	const byOption = [...gainsAndLosses(different, optionsOf)];
	const nameOfArea = (key: string) =>
		areaName(key, profiles.after.areas.some((area) => area.key === key) ? profiles.after : profiles.before);
	const titleOf = (id: string) =>
		optionTitle(id, profiles.after.options.some((option) => option.id === id) ? profiles.after : profiles.before) ?? id;
	const measured = MEASURES.flatMap(({ measure, of }) => {
		const sum = (which: 'before' | 'after') => rehearsed.reduce((so, entry) => so + of(entry[which]), 0);
		const [from, to] = [sum('before'), sum('after')];
		if (from === to) return [];
		return [`${words.measures[measure](Math.abs(to - from), to > from)}${words.range(from, to)}`];
	});
	return {
		total,
		changed: different.map(({ conversationId, before, after }) => ({
			conversationId,
			before: endingInWords(before, profiles.before, language),
			after: endingInWords(after, profiles.after, language),
		})),
		sentences: [
			different.length === 0 ? words.none(total) : words.differ(different.length, total),
			...byArea.flatMap(([key, { gained }]) => (gained > 0 ? [words.toArea(gained, total, nameOfArea(key))] : [])),
			...byArea.flatMap(([key, { lost }]) => (lost > 0 ? [words.notToArea(lost, total, nameOfArea(key))] : [])),
			...byOption.flatMap(([id, { gained }]) => (gained > 0 ? [words.option(gained, total, titleOf(id))] : [])),
			...byOption.flatMap(([id, { lost }]) => (lost > 0 ? [words.notOption(lost, total, titleOf(id))] : [])),
			...measured,
		],
	};
}
