import type { CaseType } from '../conversation/types';
import type { KnowledgeFinding } from '../knowledge/knowledge';
import type { BusinessProfile } from '../profile/businessProfile';
import { splitConversations, type ChatConversation } from './chatConversations';
import { askedFor, findKeywords, firstAnswers, hoursOf, lateQuotations, mostFirst } from './chatInsights';
import type { PastChat } from './chatMessage';
import { findAdvisors, findAutomaticAnswers } from './chatPeople';
import { findSides, isPhoneNumber } from './chatSides';
import { draftProfileFromChats } from './draftProfile';
import { seenHours } from './openingHours';
import { newCustomer, simulateConversation } from './simulateConversation';
import {
	OUTCOMES,
	WITH_A_NEED,
	type Outcome,
	type SimulatedConversationReport,
	type SimulationReport,
} from './simulationReport';
import { WallClock } from '../conversation/wallClock';

export interface SimulateChatsSettings {
	readonly profile: BusinessProfile;
	/** Names under which the business writes; found when absent. */
	readonly businessNames?: readonly string[];
	/**
	 * Whether customers are taken to answer what the bot asks (their name, a button). A past chat holds no answers to
	 * questions that nobody asked; without this only the words of the chat count.
	 */
	readonly assumesAnswers?: boolean;
	/** What the business's own knowledge says to a text of the chats (B20). */
	readonly knowledge?: ReadonlyMap<string, KnowledgeFinding>;
}

/** Fields of cases that hold the thing that was asked for. */
const PRODUCT = 'product';
const MOST_PRODUCTS = 10;

function countOutcomes(details: readonly SimulatedConversationReport[]): Record<Outcome, number> {
	const counts: Record<Outcome, number> = {
		registered: 0,
		continued: 0,
		opted_out: 0,
		handed_over: 0,
		unfinished: 0,
		small_talk: 0,
		not_asked: 0,
	};
	for (const { outcome } of details) counts[outcome] += 1;
	return counts;
}

const sumOf = (counts: Readonly<Record<Outcome, number>>, which: readonly Outcome[]): number =>
	OUTCOMES.filter((outcome) => which.includes(outcome)).reduce((sum, outcome) => sum + counts[outcome], 0);

const earliest = (details: readonly SimulatedConversationReport[]): string | null =>
	details.reduce<string | null>(
		(first, { startedAt }) => (first === null || startedAt < first ? startedAt : first),
		null,
	);
const latest = (details: readonly SimulatedConversationReport[]): string | null =>
	details.reduce<string | null>((last, { endedAt }) => (last === null || endedAt > last ? endedAt : last), null);

/**
 * What the bot would have done with past chats: the same reducer that answers customers, over their own words, and what a
 * consultant reads from them. Pure: nothing is stored or sent, and the same chats always give the same report.
 */
export function simulateChats(pastChats: readonly PastChat[], settings: SimulateChatsSettings): SimulationReport {
	const { profile, assumesAnswers = true, knowledge = new Map<string, KnowledgeFinding>() } = settings;
	const { chats, businessNames, evidence } = findSides(pastChats, {
		profileName: profile.name,
		...(settings.businessNames === undefined ? {} : { businessNames: settings.businessNames }),
	});
	const clock = new WallClock(profile.timeZone);
	const byChat = chats.map((chat, index) => splitConversations(chat, index, profile.times.closeMinutes));
	const conversations = byChat.flat();
	const automaticAnswers = findAutomaticAnswers(conversations);
	const { advisors, advisorOf } = findAdvisors(conversations, businessNames);
	const details = byChat.flatMap((ofOneCustomer) => {
		const customer = newCustomer(ofOneCustomer[0]?.customer ?? '', profile);
		return ofOneCustomer.map((conversation: ChatConversation) =>
			simulateConversation(conversation, customer, { profile, assumesAnswers, automaticAnswers, knowledge, advisorOf }),
		);
	});
	const outcomes = countOutcomes(details);
	const withNeed = sumOf(outcomes, WITH_A_NEED);
	const resolved = details.filter((detail) => detail.resolved).length;
	const cases = details.flatMap((detail) => detail.cases);
	const asked = askedFor(details);
	const businessName = businessNames.find((name) => !isPhoneNumber(name));
	const keywords = findKeywords(details, profile, [
		...businessNames,
		...advisors.map(({ name }) => name),
		...chats.map(({ customer }) => customer),
	]);
	return {
		business: businessName ?? profile.name,
		businessNames,
		evidence,
		from: earliest(details),
		to: latest(details),
		timeZone: profile.timeZone,
		chats: chats.length,
		messages: chats.reduce((sum, { messages }) => sum + messages.length, 0),
		customerMessages: details.reduce((sum, { customerMessages }) => sum + customerMessages, 0),
		conversations: details.length,
		withNeed,
		outcomes,
		resolvedShare: withNeed === 0 ? null : resolved / withNeed,
		assumesAnswers,
		registered: Object.fromEntries(mostFirst(cases.map(({ type }) => type))) as Partial<Record<CaseType, number>>,
		leads: cases.filter(({ createLead }) => createLead).length,
		questions: mostFirst(details.flatMap((detail) => detail.asked)).map(([field, times]) => ({ field, times })),
		handoffReasons: mostFirst(
			details.flatMap(({ outcome, handoffs }) => {
				const taken = handoffs.find(({ strength }) => strength === 'take_over');
				return outcome === 'handed_over' ? [taken?.reason ?? 'with_a_person'] : [];
			}),
		).map(([reason, times]) => ({ reason, conversations: times })),
		askedFor: asked,
		products: mostFirst(cases.flatMap(({ fields }) => fields[PRODUCT]?.toLowerCase() ?? []))
			.slice(0, MOST_PRODUCTS)
			.map(([product, times]) => ({ product, conversations: times })),
		hours: hoursOf(conversations, clock),
		outsideHours: details.filter(({ outsideHours, customerMessages }) => outsideHours && customerMessages > 0).length,
		firstAnswer: firstAnswers(details),
		automaticAnswers: [...automaticAnswers],
		lateQuotations: lateQuotations(details),
		draft: draftProfileFromChats(profile, {
			businessName,
			askedFor: asked,
			keywords,
			advisors,
			hours: seenHours(conversations, clock, automaticAnswers),
		}),
		details,
	};
}
