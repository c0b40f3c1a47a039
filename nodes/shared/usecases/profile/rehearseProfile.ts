import { setImmediate } from 'node:timers/promises';

import { replay, type PastConversation, type ReplayFacts, type ReplayOutcome } from '../../domain/conversation/replay';
import type { AdvisorFacts } from '../../domain/conversation/types';
import { InvalidInput } from '../../domain/invalidInput';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import {
	expectationSchema,
	unmetExpectations,
	unmetInWords,
	type UnmetExpectation,
} from '../../domain/profile/expectation';
import type { OperatorLanguage } from '../../domain/profile/fieldNames';
import { compareRehearsed, type RehearsedConversation, type Rehearsal } from '../../domain/profile/rehearsal';
import { listAdvisors } from '../../store/repositories/advisors';
import { getConversation, listLatestConversations, type ConversationRow } from '../../store/repositories/conversations';
import { listProfileTests } from '../../store/repositories/profileTests';
import type { Store } from '../../store/store';
import { render, TextError } from '../../text/render';
import { answerableKinds, answerFromKnowledge, askedMessage } from '../knowledge/answerFromKnowledge';
import { advisorFacts } from '../team/assignAdvisor';
import { profileInForce } from './businessProfile';
import { pastConversation } from '../simulation/pastConversation';

/** Rows of one page; a larger one would hold the database for long. */
const PAGE = 100;

export interface RehearsalSettings {
	/** How many conversations are played, from the one written in last; 0: only the tests. */
	readonly conversations: number;
	readonly language: OperatorLanguage;
}

/** A conversation that was kept as a test, and how it ends now. */
export interface PlayedTest {
	readonly name: string;
	readonly conversationId: string;
	/** `gone`: its messages were erased, so nothing can be said. */
	readonly result: 'passed' | 'different' | 'gone';
	/** What is different, in words. */
	readonly differences: readonly string[];
	readonly unmet: readonly UnmetExpectation[];
}

export interface ProfileRehearsal extends Rehearsal {
	readonly tests: readonly PlayedTest[];
}

async function teamOf(store: Store): Promise<readonly AdvisorFacts[] | undefined> {
	const team = (await listAdvisors(store.db, store.workspaceId)).map(advisorFacts);
	return team.length > 0 ? team : undefined;
}

/** What the knowledge that is kept today says to the conversation's messages (B20); no model is asked. */
async function knowledgeFor(
	store: Store,
	{ messages }: PastConversation,
	profile: BusinessProfile,
): Promise<Pick<ReplayFacts, 'knowledge'>> {
	const kept = await answerableKinds(store, profile);
	if (kept === undefined) return {};
	const asked = messages.flatMap((message) => askedMessage(message, profile.language));
	return { knowledge: await answerFromKnowledge(store, profile, kept, asked) };
}

/** Plays a conversation and says every sentence: a text that cannot be said is found here and not by a customer. */
async function play(
	store: Store,
	conversation: PastConversation,
	profile: BusinessProfile,
	advisors: readonly AdvisorFacts[] | undefined,
): Promise<ReplayOutcome> {
	const { outcome, steps } = replay(conversation, profile, {
		...(advisors === undefined ? {} : { advisors }),
		...(await knowledgeFor(store, conversation, profile)),
	});
	try {
		for (const { result } of steps)
			for (const effect of result.effects) if (effect.kind === 'say') render(effect, profile, result.state.language);
	} catch (error) {
		if (!(error instanceof TextError)) throw error;
		throw new InvalidInput({
			message: `The business profile cannot be said: ${error.message}`,
			description: "Correct the text under 'Texts' and rehearse again.",
			parameter: 'Texts',
			reason: { code: 'textNotSayable', values: { text: error.key } },
		});
	}
	return outcome;
}

/** Ends of one conversation with a profile, as a test would look at it. */
export async function outcomeOf(
	store: Store,
	conversation: PastConversation,
	profile: BusinessProfile,
): Promise<ReplayOutcome> {
	return await play(store, conversation, profile, await teamOf(store));
}

async function playTests(
	store: Store,
	profile: BusinessProfile,
	advisors: readonly AdvisorFacts[] | undefined,
	language: OperatorLanguage,
): Promise<PlayedTest[]> {
	const played: PlayedTest[] = [];
	for (let after: string | undefined; ; ) {
		const tests = await listProfileTests(store.db, store.workspaceId, { after, limit: PAGE });
		for (const { name, conversation_id: conversationId, until_at: untilAt, expected } of tests) {
			const row = await getConversation(store.db, store.workspaceId, conversationId);
			const past = row && (await pastConversation(store, row, untilAt));
			if (!past) {
				played.push({ name, conversationId, result: 'gone', differences: [], unmet: [] });
				continue;
			}
			const outcome = await play(store, past, profile, advisors);
			const unmet = unmetExpectations(expectationSchema.parse(JSON.parse(expected)), outcome);
			played.push({
				name,
				conversationId,
				result: unmet.length === 0 ? 'passed' : 'different',
				differences: unmet.map((one) => unmetInWords(one, profile, language)),
				unmet,
			});
		}
		after = tests.at(-1)?.id;
		if (tests.length < PAGE || after === undefined) return played;
	}
}

/** The conversations in which somebody wrote last: an old customer who is back counts as much as a new one. */
async function playLatest(
	store: Store,
	profiles: { readonly before: BusinessProfile; readonly after: BusinessProfile },
	advisors: readonly AdvisorFacts[] | undefined,
	wanted: number,
): Promise<RehearsedConversation[]> {
	const rehearsed: RehearsedConversation[] = [];
	let before: ConversationRow | undefined;
	while (rehearsed.length < wanted) {
		const rows = await listLatestConversations(store.db, store.workspaceId, { before, limit: PAGE });
		for (const row of rows) {
			if (rehearsed.length === wanted) break;
			const past = await pastConversation(store, row);
			if (!past) continue;
			rehearsed.push({
				conversationId: row.id,
				before: await play(store, past, profiles.before, advisors),
				after: await play(store, past, profiles.after, advisors),
			});
			// Hundreds of conversations are seconds of work: webhooks are answered in between.
			await setImmediate();
		}
		before = rows.at(-1);
		if (rows.length < PAGE) break;
	}
	return rehearsed;
}

/**
 * What a profile would have made of the conversations that really happened, beside the one in force, and whether those kept as
 * tests still end as expected. Only reads: nothing is stored or sent, and no model is asked.
 */
export async function rehearseProfile(
	store: Store,
	candidate: BusinessProfile,
	{ conversations, language }: RehearsalSettings,
): Promise<ProfileRehearsal> {
	const { profile: inForce } = await profileInForce(store);
	const profiles = { before: inForce, after: candidate };
	const advisors = await teamOf(store);
	const rehearsed = await playLatest(store, profiles, advisors, conversations);
	return {
		...compareRehearsed(rehearsed, profiles, language),
		tests: await playTests(store, candidate, advisors, language),
	};
}
