import { classify } from '../../domain/classifier/classify';
import { readable } from '../../domain/classifier/normalise';
import type { ChoicePart } from '../../domain/conversation/types';
import { literalChoice } from '../../domain/conversation/questions';
import { asksAboutItem, asksPrice, asksWhere, isQuestion } from '../../domain/knowledge/asking';
import { findEntry, type EntryDecision, type RankedEntry } from '../../domain/knowledge/findEntry';
import { findItem, MOST_CHOICES, type ItemDecision, type RankedItem } from '../../domain/knowledge/findItem';
import { itemAnswer } from '../../domain/knowledge/itemAnswer';
import type { KnowledgeFinding } from '../../domain/knowledge/knowledge';
import { decidingWords, searchWords, type SearchWord } from '../../domain/knowledge/searchWords';
import type { MessageEvent } from '../../domain/messages/events';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import {
	entriesById,
	findByWords,
	itemsById,
	keptKinds,
	type KnowledgeKind,
	type WantedWords,
} from '../../store/repositories/knowledge';
import type { Store } from '../../store/store';
import { entryOf, itemOf } from './knowledgeRows';
import { MODEL_PATIENCE, type ModelCall } from '../models/modelReply';
import { phraseFromPassages } from './phraseFromPassages';

/** What a customer sent, as far as an answer depends on it. */
export interface AskedMessage {
	readonly id: string;
	readonly text: string;
	/** Id of a tapped button. */
	readonly tap?: string;
	/** Of the conversation. */
	readonly language: string;
}

export interface AnswerSettings {
	/** A connected model, for what the rules are not sure of, as it is asked about a message. */
	readonly modelFor?: (messageId: string) => ModelCall;
	/** Milliseconds. */
	readonly patience?: number;
}

/** A question of more words is a story; its first ones say what it is about. */
const MOST_WORDS = 8;
/** As many as are ranked; the index has done its part by then. */
const MOST_CANDIDATES = 60;
/** More things than this that fit alike are no choice but a catalogue. */
const MOST_ALIKE = 6;
/** An entry that is asked in its own words. */
const WORD_FOR_WORD = 1;
/** A question about an order or a fault is only answered by an entry that plainly means it. */
const SURE = 0.8;

/** A word, its other endings, and what sounds like it. */
const formsOf = ({ stem, sound }: SearchWord): string[] => (sound === undefined ? [stem] : [stem, sound]);

async function idsFor(store: Store, kind: KnowledgeKind, wanted: readonly WantedWords[]): Promise<string[]> {
	const ids = new Set<string>();
	for (const words of wanted)
		for (const id of await findByWords(store.db, store, kind, words, MOST_CANDIDATES)) ids.add(id);
	return [...ids];
}

/**
 * Everything named, else all but one word, else any one word: a slip or a word too many still finds the thing. A model number is
 * never left out: another one is another thing.
 */
async function candidateItems(store: Store, asked: readonly SearchWord[]): Promise<string[]> {
	if (asked.length === 0) return [];
	const all = await idsFor(store, 'item', [asked.map(formsOf)]);
	if (all.length > 0 || asked.length === 1) return all;
	const isNumber = ({ word }: SearchWord): boolean => /\d/.test(word);
	const allButOne = asked
		.filter((left) => !isNumber(left))
		.map((left) => asked.filter((word) => word !== left).map(formsOf));
	const found = await idsFor(store, 'item', allButOne);
	if (found.length > 0) return found;
	const numbers = asked.filter(isNumber);
	return await idsFor(
		store,
		'item',
		numbers.length > 0 ? [numbers.map(formsOf)] : asked.map((word) => [formsOf(word)]),
	);
}

async function findItemFor(store: Store, profile: BusinessProfile, product: string): Promise<ItemDecision | undefined> {
	const asked = decidingWords(product).slice(0, MOST_WORDS);
	if (asked.length === 0) return undefined;
	const rows = await itemsById(store.db, store.workspaceId, await candidateItems(store, asked));
	return findItem(product, rows.map(itemOf), profile.knowledge.minimumScore);
}

async function findEntryFor(
	store: Store,
	profile: BusinessProfile,
	text: string,
	language: string,
): Promise<EntryDecision> {
	const deciding = decidingWords(text).slice(0, MOST_WORDS);
	// «¿Quiénes son?» has no word that decides and may still be written down word for word.
	const words = deciding.length > 0 ? deciding : searchWords(text).slice(0, MOST_WORDS);
	const groups = words.map(formsOf);
	const ids = await idsFor(store, 'entry', [groups, ...groups.map((group) => [group])]);
	const rows = await entriesById(store.db, store.workspaceId, ids);
	return findEntry(text, rows.map(entryOf), profile.knowledge.minimumScore, language);
}

const sourcesOf = (ranked: readonly RankedItem[]): KnowledgeFinding['sources'] =>
	ranked.map(({ item, score }) => ({ kind: 'item', id: item.id, title: item.name, score }));

/** What tells a name apart from the others, short enough for a button. */
function shortName(name: string, others: readonly string[]): string {
	const shared = (word: string): boolean =>
		others.every((other) => other.toLowerCase().split(/\s+/).includes(word.toLowerCase()));
	const own = name.split(/\s+/).filter((word) => !shared(word));
	return own.length === 0 ? name : own.join(' ');
}

function productField(profile: BusinessProfile): string {
	const options = [...profile.options].sort(
		(one, other) => Number(other.intents.includes('quotation')) - Number(one.intents.includes('quotation')),
	);
	return options.flatMap(({ questions }) => questions).find(({ type }) => type === 'product')?.field ?? 'product';
}

function severalItems(ranked: readonly RankedItem[], profile: BusinessProfile): KnowledgeFinding | undefined {
	if (ranked.length > MOST_ALIKE) return undefined;
	const offered = ranked.slice(0, MOST_CHOICES);
	const names = offered.map(({ item }) => item.name);
	const field = productField(profile);
	const choices: ChoicePart[] = names.map((name) => literalChoice(`answer:${field}:${name}`, shortName(name, names)));
	return {
		kind: 'several',
		parts: [{ text: 'knowledge_several', values: { list: names.map((name) => `• ${name}`).join('\n') } }],
		choices,
		sources: sourcesOf(offered),
		complete: false,
		by: 'rules',
	};
}

function itemFinding(
	decision: ItemDecision | undefined,
	at: Date,
	profile: BusinessProfile,
	language: string,
): KnowledgeFinding | undefined {
	if (decision?.kind === 'several') return severalItems(decision.ranked, profile);
	if (decision?.kind !== 'found') return undefined;
	const { item } = decision.best;
	return {
		kind: 'answer',
		parts: [itemAnswer(item, at, profile, language)],
		sources: sourcesOf([decision.best]),
		product: item.name,
		complete: false,
		by: 'rules',
	};
}

/** Id of the button that chooses an entry. */
const ENTRY_TAP = 'entry:';

function severalEntries(alike: readonly RankedEntry[]): KnowledgeFinding {
	const offered = alike.slice(0, MOST_CHOICES);
	const titles = offered.map(({ entry }) => entry.title);
	return {
		kind: 'several',
		parts: [{ text: 'knowledge_several', values: { list: titles.map((title) => `• ${title}`).join('\n') } }],
		choices: offered.map(({ entry }) => literalChoice(`${ENTRY_TAP}${entry.id}`, shortName(entry.title, titles))),
		sources: offered.map(({ entry, score }) => ({ kind: 'entry', id: entry.id, title: entry.title, score })),
		complete: offered.every(({ complete }) => complete),
		by: 'rules',
	};
}

function answerOf({ entry, score, complete }: RankedEntry): KnowledgeFinding {
	return {
		kind: 'answer',
		parts: [{ text: 'knowledge_answer', values: { answer: entry.answer } }],
		sources: [{ kind: 'entry', id: entry.id, title: entry.title, score }],
		complete,
		by: 'rules',
	};
}

function entryFinding({ best, alike }: EntryDecision, minimumScore: number): KnowledgeFinding | undefined {
	if (best === undefined || best.score < minimumScore) return undefined;
	return alike.length > 1 && best.score < WORD_FOR_WORD ? severalEntries(alike) : answerOf(best);
}

async function tappedEntry(store: Store, tap: string): Promise<KnowledgeFinding | undefined> {
	const [row] = await entriesById(store.db, store.workspaceId, [tap.slice(ENTRY_TAP.length)]);
	return row === undefined ? undefined : answerOf({ entry: entryOf(row), score: 1, complete: true });
}

const none = (complete: boolean): KnowledgeFinding => ({
	kind: 'none',
	parts: [{ text: 'knowledge_none' }],
	sources: [],
	complete,
	by: 'rules',
});

/** A button of `knowledge_several`: the item's whole name stands in its id. */
async function tappedItem(
	store: Store,
	profile: BusinessProfile,
	{ tap = '', language }: AskedMessage,
): Promise<KnowledgeFinding | undefined> {
	const prefix = `answer:${productField(profile)}:`;
	if (!tap.startsWith(prefix)) return undefined;
	const name = tap.slice(prefix.length);
	const asked = decidingWords(name).slice(0, MOST_WORDS);
	const rows = await itemsById(store.db, store.workspaceId, await candidateItems(store, asked));
	const item = rows.map(itemOf).find((candidate) => candidate.name === name);
	return item === undefined
		? undefined
		: itemFinding(
				{ kind: 'found', best: { item, score: 1 }, ranked: [{ item, score: 1 }] },
				new Date(store.now()),
				profile,
				language,
			);
}

async function answerOne(
	store: Store,
	profile: BusinessProfile,
	message: AskedMessage,
	kept: ReadonlySet<KnowledgeKind>,
	settings: AnswerSettings,
): Promise<KnowledgeFinding | undefined> {
	if (message.tap?.startsWith(ENTRY_TAP) === true) return await tappedEntry(store, message.tap);
	if (message.tap !== undefined) return kept.has('item') ? await tappedItem(store, profile, message) : undefined;
	const { language } = message;
	const text = readable(message.text);
	const aboutItem = asksAboutItem(text);
	const where = profile.address !== '' && asksWhere(text);
	if (!aboutItem && !where && !isQuestion(text)) return undefined;
	const { intent, entities } = classify(text, { profile });
	if (intent === 'greeting' || intent === 'thanks' || intent === 'opt_out' || intent === 'human') return undefined;
	const { minimumScore } = profile.knowledge;
	const entries: EntryDecision = kept.has('entry')
		? await findEntryFor(store, profile, text, language)
		: { alike: [], ranked: [] };
	const sure = intent === 'order_status' || intent === 'support' ? Math.max(SURE, minimumScore) : minimumScore;
	const entry = entryFinding(entries, sure);
	if (where && entry === undefined)
		return {
			kind: 'answer',
			parts: [{ text: 'business_address' }],
			sources: [{ kind: 'profile', id: '', title: 'Address', score: 1 }],
			complete: entities.product === undefined,
			by: 'rules',
		};
	const product = entities.product ?? text;
	const mayBeItem = aboutItem && kept.has('item') && (intent === 'quotation' || intent === 'unknown');
	const item = mayBeItem
		? itemFinding(await findItemFor(store, profile, product), new Date(store.now()), profile, language)
		: undefined;
	// A price is asked of a thing; anything else that an entry says is meant by the entry.
	const found = asksPrice(text) ? (item ?? entry) : (entry ?? item);
	if (found !== undefined) return found;
	const passages = entries.ranked.map(({ entry: passage }) => passage);
	const phrased =
		settings.modelFor === undefined
			? undefined
			: await phraseFromPassages(
					text,
					passages,
					profile,
					language,
					settings.modelFor(message.id),
					settings.patience ?? MODEL_PATIENCE,
				);
	if (phrased !== undefined)
		return {
			kind: 'answer',
			parts: [{ text: 'knowledge_answer', values: { answer: phrased.text } }],
			sources: phrased.cited.map(({ id, title }) => ({ kind: 'entry', id, title, score: 1 })),
			complete: true,
			by: 'model',
		};
	if (decidingWords(product).length === 0) return undefined;
	if (intent === 'unknown') return kept.size > 0 ? none(true) : undefined;
	// Of a thing only the catalogue knows, of anything else the entries.
	const ofThing = entities.product !== undefined || asksPrice(text);
	return intent === 'quotation' && kept.has(ofThing ? 'item' : 'entry') && (!ofThing || aboutItem)
		? none(false)
		: undefined;
}

/** Of what kinds the business keeps knowledge; undefined where nothing can be answered, so that nothing need be looked up. */
export async function answerableKinds(
	store: Store,
	profile: BusinessProfile,
): Promise<ReadonlySet<KnowledgeKind> | undefined> {
	if (profile.knowledge.answers === 'off') return undefined;
	const kept = await keptKinds(store.db, store.workspaceId);
	return kept.size === 0 && profile.address === '' ? undefined : kept;
}

/** What of a message may ask something; nothing of a reaction or a file without words. */
export function askedMessage({ id, content }: MessageEvent, language: string): AskedMessage[] {
	const said = content.type === 'edit' ? (content.edited ?? content) : content;
	if (said.type === 'reply' && said.reply?.id !== undefined)
		return [{ id, text: said.reply.title ?? '', tap: said.reply.id, language }];
	const text = (said.text ?? said.media?.caption ?? '').trim();
	return text === '' ? [] : [{ id, text, language }];
}

/**
 * What the business's own knowledge says to each message: the catalogue's price and stock, an entry's words, the address, or that
 * nothing is known. By rules, and where they are not sure by a connected model out of found passages only. Reads the store and
 * takes no lock.
 *
 * @param kept from `answerableKinds`
 * @returns findings by message id; a message that asks nothing has none
 */
export async function answerFromKnowledge(
	store: Store,
	profile: BusinessProfile,
	kept: ReadonlySet<KnowledgeKind>,
	messages: readonly AskedMessage[],
	settings: AnswerSettings = {},
): Promise<Readonly<Record<string, KnowledgeFinding>>> {
	const found = await Promise.all(
		messages.map(async (message) => [message.id, await answerOne(store, profile, message, kept, settings)] as const),
	);
	return Object.fromEntries(found.flatMap(([id, finding]) => (finding === undefined ? [] : [[id, finding]])));
}
