import { z } from 'zod';

import type { TextPart } from './types';

/** A message that could not be answered when it came: words, or the id and title of a tapped button. */
export interface Afterthought {
	readonly text?: string;
	readonly tap?: string;
	readonly title?: string;
}

/** What somebody asked for besides, in their words. */
export interface HeldNeed {
	readonly option: string;
	readonly subject: string;
}

/**
 * What the flows remember besides the fixed part of the state. It comes back from the store, so it is read tolerantly: what
 * does not fit is forgotten instead of stopping a conversation.
 */
export interface Memory {
	/** What was said once and is not said again in this session, by text key. */
	readonly told?: readonly string[];
	/** Turns in a row that nothing could be made of. */
	readonly misses?: number;
	/** Voice notes without a transcript in this session (D18). */
	readonly voiceNotes?: number;
	/** Voice notes that the customer was asked to put in writing: a transcript that comes late is the answer. */
	readonly untranscribed?: readonly string[];
	/** The contact was known when the session began; decides between A5 and B3. */
	readonly knownContact?: boolean;
	/** A need that waits for its turn (D15). */
	readonly heldNeed?: HeldNeed;
	/** Needs of the same turn that wait behind it. */
	readonly laterNeeds?: readonly HeldNeed[];
	/** The case of this session. */
	readonly caseId?: string;
	readonly caseOption?: string;
	readonly caseSubject?: string;
	readonly caseAt?: string;
	/** Cases of which the customer was told that they go on (D16), with the time. */
	readonly duplicateTold?: Readonly<Record<string, string>>;
	/** The advisor's name was given up (D9). */
	readonly advisorGivenUp?: boolean;
	/** The menu was shown and nothing of it chosen yet: "1" while the person's data are asked still means it. */
	readonly menuShown?: boolean;
	/** The direct link to an advisor that was offered (template K). */
	readonly linkOffer?: { readonly number: string; readonly advisor?: string; readonly at?: string };
	/** Sentences that go with the confirmation of the case under way. */
	readonly withCase?: readonly string[];
	/** Answers from the business's knowledge that go with the confirmation of the case under way. */
	readonly answersWithCase?: readonly TextPart[];
	/** Questions of this session that nothing answered. */
	readonly unanswered?: number;
	/** Request of the incomplete case that this conversation was closed with (D19). */
	readonly incompleteRequestId?: string;
	/** Names offered as buttons. */
	readonly advisorsOffered?: readonly string[];
	/** Since when a person has the conversation. */
	readonly personSince?: string;
	/** The wait since then for which the team was told again (D13). */
	readonly waitTold?: string;
	/** A request that may be the same as an open case is meant as a new one. */
	readonly anotherRequest?: boolean;
	/** What came while a case was being registered, and after that what of it still waits for an answer. */
	readonly afterthoughts?: readonly Afterthought[];
	/** What was last added to an open case, in case it is another request after all. */
	readonly lastAdded?: string;
	/** Needs of one turn, until the customer says which comes first (D15). */
	readonly severalNeeds?: ReadonlyArray<{ readonly option: string; readonly text: string }>;
	/** The sentence of template F that waits for its answer. */
	readonly organising?: boolean;
	/** Option of the case that is being registered; absent for a case from free words. */
	readonly openOption?: string;
	/** Area of the case that is being registered. */
	readonly openArea?: string;
	readonly optedOut?: boolean;
	/** How the conversation was closed. */
	readonly closedAs?: string;
}

const textPart: z.ZodType<TextPart> = z.object({
	text: z.string(),
	values: z.record(z.union([z.string(), z.number()])).optional(),
	lines: z.lazy(() => z.array(textPart)).optional(),
});

const heldNeed = z.object({ option: z.string(), subject: z.string() });

const memorySchema = z
	.object({
		told: z.array(z.string()),
		misses: z.number(),
		voiceNotes: z.number(),
		untranscribed: z.array(z.string()),
		knownContact: z.boolean(),
		heldNeed,
		laterNeeds: z.array(heldNeed),
		caseId: z.string(),
		caseOption: z.string(),
		caseSubject: z.string(),
		caseAt: z.string(),
		duplicateTold: z.record(z.string()),
		advisorGivenUp: z.boolean(),
		menuShown: z.boolean(),
		linkOffer: z.object({ number: z.string(), advisor: z.string().optional(), at: z.string().optional() }),
		withCase: z.array(z.string()),
		answersWithCase: z.array(textPart),
		unanswered: z.number(),
		incompleteRequestId: z.string(),
		advisorsOffered: z.array(z.string()),
		personSince: z.string(),
		waitTold: z.string(),
		anotherRequest: z.boolean(),
		afterthoughts: z.array(
			z.object({ text: z.string().optional(), tap: z.string().optional(), title: z.string().optional() }),
		),
		lastAdded: z.string(),
		severalNeeds: z.array(z.object({ option: z.string(), text: z.string() })),
		organising: z.boolean(),
		openOption: z.string(),
		openArea: z.string(),
		optedOut: z.boolean(),
		closedAs: z.string(),
	})
	.partial();

/** The memory of a conversation whose request a person dealt with. */
export function withoutRequest(memory: Memory): Memory {
	const {
		personSince: _personSince,
		waitTold: _waitTold,
		heldNeed: _heldNeed,
		laterNeeds: _laterNeeds,
		severalNeeds: _severalNeeds,
		anotherRequest: _anotherRequest,
		advisorGivenUp: _advisorGivenUp,
		advisorsOffered: _advisorsOffered,
		organising: _organising,
		...remembered
	} = memory;
	return remembered;
}

/** Reads the free room of the state. */
export function readMemory(memory: Readonly<Record<string, unknown>>): Memory {
	const whole = memorySchema.safeParse(memory);
	if (whole.success) return whole.data;
	const broken = new Set(whole.error.issues.map((issue) => String(issue.path[0])));
	return memorySchema.parse(Object.fromEntries(Object.entries(memory).filter(([key]) => !broken.has(key))));
}
