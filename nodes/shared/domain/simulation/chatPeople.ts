import { plain } from '../classifier/normalise';
import { parsePersonName } from '../identity/personName';
import type { ChatConversation } from './chatConversations';
import { isPhoneNumber } from './chatSides';
import type { FoundAdvisor } from './simulationReport';

/** "Hola, le habla Carolina Rojas de PROSUMINISTROS": how people of a business say who they are. */
const INTRODUCTION =
	/(?:^|[\s,.!¡(])(?:(?:te|le|les|se) (?:habla|saluda|escribe|atiende)|mi nombre es|me llamo|soy|con gusto le atiende|my name is|this is|meu nome é|aqui é)\s+(?:(?:el|la|o|a)\s+)?((?:\p{Lu}[\p{L}'’]+)(?:\s+(?:de(?:\s+la)?\s+)?\p{Lu}[\p{L}'’]+){0,3})/u;
/** "*Carolina Rojas:*" above the text: how shared inboxes sign for their people. */
const SIGNATURE = /^\*?(\p{Lu}[\p{L}'’]+(?:\s+\p{Lu}[\p{L}'’]+){0,3})\s*:?\*?:?\n/u;

const same = (one: string, other: string): boolean => plain(one) === plain(other);

/** The name that a message of the business gives, if it gives one. */
export function introducedIn(text: string, businessNames: readonly string[]): string | undefined {
	const signed = SIGNATURE.exec(text);
	const written = INTRODUCTION.exec(text)?.[1] ?? (signed?.[0].includes('*') === true ? signed[1] : undefined);
	if (written === undefined) return undefined;
	// "Soy Andrés de Prosuministros" names the business behind the person.
	const business = businessNames.find((name) => plain(written).endsWith(` ${plain(name)}`));
	const person = business === undefined ? written : written.slice(0, -business.length).replace(/\s+de\s*$/u, '');
	const name = parsePersonName(person.replace(/\s+de\s*$/u, ''));
	return name === undefined || businessNames.some((one) => same(one, name)) ? undefined : name;
}

/** People of the business: who signs or introduces themselves, and names that write for it besides the business's own. */
export function findAdvisors(
	conversations: readonly ChatConversation[],
	businessNames: readonly string[],
): {
	readonly advisors: readonly FoundAdvisor[];
	readonly advisorOf: (conversation: ChatConversation) => string | undefined;
} {
	const [business = '', ...others] = businessNames;
	// The name with most messages is the number's own; the others are people who write from it or beside it.
	const writers = new Set(others.filter((name) => !isPhoneNumber(name) && parsePersonName(name) !== undefined));
	const counts = new Map<string, number>();
	const byConversation = new Map<ChatConversation, string>();
	const named = new Map<string, string | undefined>();
	for (const conversation of conversations) {
		let speaking: string | undefined;
		for (const { direction, from, text } of conversation.messages) {
			if (direction !== 'out') continue;
			if (!named.has(text)) named.set(text, introducedIn(text, [business]));
			speaking = named.get(text) ?? (writers.has(from) ? (parsePersonName(from) ?? from) : speaking);
			if (speaking === undefined) continue;
			counts.set(speaking, (counts.get(speaking) ?? 0) + 1);
			if (!byConversation.has(conversation)) byConversation.set(conversation, speaking);
		}
	}
	return { advisors: joinedNames(counts), advisorOf: (conversation) => byConversation.get(conversation) };
}

/** "Carolina" and "Carolina Rojas" are one person when only one Carolina has a family name. */
function joinedNames(counts: ReadonlyMap<string, number>): FoundAdvisor[] {
	const names = [...counts.keys()];
	const joined = new Map<string, number>();
	for (const [name, messages] of counts) {
		const longer = names.filter((other) => plain(other).startsWith(`${plain(name)} `));
		const whole = longer.length === 1 ? (longer[0] ?? name) : name;
		const known = [...joined.keys()].find((other) => same(other, whole)) ?? whole;
		joined.set(known, (joined.get(known) ?? 0) + messages);
	}
	return [...joined]
		.map(([name, messages]) => ({ name, messages }))
		.sort((one, other) => other.messages - one.messages || one.name.localeCompare(other.name));
}

/** A greeting of the business that comes by itself: the same words within a minute, in several conversations. */
export function findAutomaticAnswers(conversations: readonly ChatConversation[]): Set<string> {
	const quick = new Map<string, number>();
	const slow = new Set<string>();
	for (const { messages } of conversations) {
		const asked = messages.findIndex(({ direction, kind }) => direction === 'in' && kind === 'message');
		if (asked < 0) continue;
		const answer = messages.slice(asked).find(({ direction }) => direction === 'out');
		const question = messages[asked];
		if (answer === undefined || question === undefined || answer.text.length < MACHINE_LENGTH) continue;
		if (answer.at.getTime() - question.at.getTime() > 60_000) slow.add(answer.text);
		else quick.set(answer.text, (quick.get(answer.text) ?? 0) + 1);
	}
	return new Set([...quick].filter(([text, times]) => times >= MACHINE_TIMES && !slow.has(text)).map(([text]) => text));
}

/** People also write "Hola, buenas tardes" at once and often. */
const MACHINE_LENGTH = 30;
const MACHINE_TIMES = 3;
