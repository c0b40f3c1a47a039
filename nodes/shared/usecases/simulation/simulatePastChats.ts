import { setImmediate } from 'node:timers/promises';

import type { KnowledgeFinding } from '../../domain/knowledge/knowledge';
import type { PastChat } from '../../domain/simulation/chatMessage';
import { simulateChats } from '../../domain/simulation/simulateChats';
import type { SimulatedConversationReport, SimulationReport } from '../../domain/simulation/simulationReport';
import { InvalidInput } from '../../domain/invalidInput';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { validateProfile } from '../../domain/profile/validateProfile';
import type { Store } from '../../store/store';
import { render } from '../../text/render';
import { simulationPage } from '../../text/simulationPage/simulationPage';
import { answerableKinds, answerFromKnowledge } from '../knowledge/answerFromKnowledge';
import { profileInForce } from '../profile/businessProfile';
import type { ItemJson } from '../emit/items';
import { readableText } from '../send/queueMessage';

export interface PastChatsRequest {
	readonly chats: readonly PastChat[];
	readonly profile: BusinessProfile;
	readonly businessNames?: readonly string[];
	readonly assumesAnswers: boolean;
}

export interface SimulatedPastChats {
	readonly report: SimulationReport;
	/** The report as one HTML file. */
	readonly page: string;
}

/**
 * The profile that past chats are simulated with: the one in force, in which the given fields are others. A whole profile
 * (the draft of an earlier report) takes its place.
 * @throws InvalidInput naming what is wrong with it.
 */
export async function profileToSimulate(
	store: Store,
	changes: Readonly<Record<string, unknown>>,
): Promise<BusinessProfile> {
	const { profile } = await profileInForce(store);
	const checked = validateProfile({ ...profile, ...changes });
	if ('profile' in checked) return checked.profile;
	throw new InvalidInput({
		message: `The profile to try out is not valid: ${checked.problems.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
		description: "Correct the named fields in 'Options'.",
		parameter: 'Options',
	});
}

/** Looked up at a time; in between, webhooks are answered. */
const TEXTS_AT_A_TIME = 100;

/** What the knowledge that is kept says to the texts of the chats, each looked up once. */
async function knowledgeOf(
	store: Store,
	chats: readonly PastChat[],
	profile: BusinessProfile,
): Promise<ReadonlyMap<string, KnowledgeFinding>> {
	const found = new Map<string, KnowledgeFinding>();
	const kept = await answerableKinds(store, profile);
	if (kept === undefined) return found;
	const texts = [...new Set(chats.flatMap(({ messages }) => messages.map(({ text }) => text)))];
	for (let from = 0; from < texts.length; from += TEXTS_AT_A_TIME) {
		const asked = texts
			.slice(from, from + TEXTS_AT_A_TIME)
			.map((text) => ({ id: text, text: text.trim(), language: profile.language }));
		const findings = await answerFromKnowledge(store, profile, kept, asked);
		for (const [text, finding] of Object.entries(findings)) found.set(text, finding);
		await setImmediate();
	}
	return found;
}

/**
 * What the bot would have done with past chats, with the knowledge that the business keeps today. Nothing is stored or sent, and
 * no model is asked.
 */
export async function simulatePastChats(
	store: Store,
	{ chats, profile, ...settings }: PastChatsRequest,
): Promise<SimulatedPastChats> {
	const knowledge = await knowledgeOf(store, chats, profile);
	const report = simulateChats(chats, { profile, knowledge, ...settings });
	return { report, page: simulationPage(report, profile) };
}

/** One conversation as an item: what was said and what the bot would have answered, readable. */
export function conversationItem(
	{ steps, chatIndex: _chatIndex, ...detail }: SimulatedConversationReport,
	profile: BusinessProfile,
): ItemJson {
	return {
		simulated: true,
		...detail,
		dialogue: steps.map(({ said, files, assumed, bubbles, language }) => ({
			customer: said,
			files,
			assumed,
			bot: bubbles.map((bubble) => readableText(render(bubble, profile, language)) ?? ''),
		})),
	};
}

/** The whole in one item, with the draft profile. */
export function summaryItem({ details: _details, ...report }: SimulationReport): ItemJson {
	return { simulated: true, ...report };
}
