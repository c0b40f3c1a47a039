import { readMemory } from '../conversation/memory';
import type { ConversationState } from '../conversation/types';
import { parsePersonName } from '../identity/personName';
import type { BusinessProfile, Question } from '../profile/businessProfile';
import type { Intent } from '../classifier/types';

/** What is known of the customer from the chat, for answering in their place. */
export interface StandInKnowledge {
	readonly customer: string;
	/** Needs of the whole conversation, the first one first. */
	readonly intents: readonly Intent[];
	/** The person of the business whom the customer talked to. */
	readonly advisor?: string;
}

/** Everybody has a name; this one is nobody's. */
const SOME_NAME = 'Ana Ejemplo';

function questionOf(state: ConversationState, profile: BusinessProfile): Question | undefined {
	const option = profile.options.find(({ id }) => id === state.flow);
	return [...profile.contactFields, ...(option?.questions ?? [])].find(({ field }) => field === state.asked);
}

/**
 * What the customer would answer to the question that the bot has just asked. A past chat cannot hold answers to questions
 * that nobody asked; who the customer is and which button they would tap follow from the chat. What they want does not: it
 * must come from their own words, so those questions stay open.
 */
export function standInAnswer(
	state: ConversationState,
	profile: BusinessProfile,
	known: StandInKnowledge,
): string | undefined {
	const question = questionOf(state, profile);
	switch (question?.type) {
		case 'name':
			return parsePersonName(known.customer) ?? SOME_NAME;
		case 'identification':
		case 'email':
		case 'phone':
		case 'city':
			// A way out that the bot has for everybody, and that invents nothing.
			return 'no tengo';
		case 'advisor':
			return known.advisor ?? 'no recuerdo';
		case 'choice': {
			const fitting = question.choices.find((choice) =>
				known.intents.some((intent) => choice.intents.includes(intent)),
			);
			return (fitting ?? question.choices[0])?.title;
		}
		default:
			return undefined;
	}
}

/** The button for the need that was named first, when the bot asks which of several comes first. */
export function standInChoice({ menuPending, memory }: ConversationState): string | undefined {
	const [first] = (menuPending ? readMemory(memory).severalNeeds : undefined) ?? [];
	return first === undefined ? undefined : `option:${first.option}`;
}
