import type { Classification } from '../../domain/classifier/types';
import type { KnowledgeFinding } from '../../domain/knowledge/knowledge';
import { contactAfter } from '../../domain/conversation/contactAfter';
import { newConversation } from '../../domain/conversation/newConversation';
import { step } from '../../domain/conversation/step';
import type { AdvisorFacts, ContactFacts, ConversationState, OpenCaseEffect } from '../../domain/conversation/types';
import type { MessageEvent } from '../../domain/messages/events';
import type { OutboundMessage } from '../../domain/messages/outbound';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { listAdvisors } from '../../store/repositories/advisors';
import type { Store } from '../../store/store';
import { render } from '../../text/render';
import { answerableKinds, answerFromKnowledge, askedMessage } from '../knowledge/answerFromKnowledge';
import { advisorFacts } from '../team/assignAdvisor';
import { profileInForce } from '../profile/businessProfile';
import { classifyMessages } from '../models/classifyMessages';
import type { ItemJson } from '../emit/items';
import type { ModelCall } from '../models/modelReply';
import { previewCase, type SimulatedKnowledge } from '../cases/previewCase';
import { readableText } from '../send/queueMessage';
import type { BotOutput } from '../dialogue/stepWriter';
import type { BotItem } from '../dialogue/turnContext';

export interface SimulatedInput {
	readonly message: MessageEvent;
	readonly inputIndex: number;
	/** Ids that the item brought, if any; they only travel on. */
	readonly crm?: ItemJson;
}

interface SimulatedConversation {
	state: ConversationState;
	contact: ContactFacts;
	turns: number;
}

interface Simulation {
	readonly store: Store;
	readonly profile: BusinessProfile;
	readonly advisors: readonly AdvisorFacts[] | undefined;
	readonly classified: Readonly<Record<string, Classification>>;
	readonly knowledge: Readonly<Record<string, KnowledgeFinding>>;
	readonly conversations: Map<string, SimulatedConversation>;
	cases: number;
}

function personOf({ from }: MessageEvent): string {
	return from.userId ?? from.waId ?? 'simulated';
}

function addressOf({ from, channel }: MessageEvent): ItemJson {
	return { phoneNumberId: channel.phoneNumberId, to: { waId: from.waId, userId: from.userId } };
}

/** What Send Queued by hand shows the requests of. */
function queuedFor(message: MessageEvent, messages: readonly OutboundMessage[]): ItemJson {
	return { ...addressOf(message), messages };
}

function conversationWith(simulation: Simulation, message: MessageEvent): SimulatedConversation {
	const person = personOf(message);
	const known = simulation.conversations.get(person);
	if (known) return known;
	const conversation: SimulatedConversation = {
		state: newConversation(simulation.profile),
		contact: {
			contactId: person,
			phone: message.from.waId === undefined ? undefined : `+${message.from.waId}`,
			profileName: message.from.profileName,
			returning: false,
			openCases: [],
		},
		turns: 0,
	};
	simulation.conversations.set(person, conversation);
	return conversation;
}

/** The case would be registered by the next node: the conversation goes on as it would afterwards. */
async function registerSimulated(
	simulation: Simulation,
	conversation: SimulatedConversation,
	effect: OpenCaseEffect,
): Promise<void> {
	const { store } = simulation;
	const preview = await previewCase(
		store,
		{ ...effect, contactId: conversation.contact.contactId, conversationId: 'simulated' },
		{ state: conversation.state, contact: conversation.contact, casesBefore: simulation.cases },
	);
	simulation.cases += 1;
	conversation.state = preview.state;
	conversation.contact = {
		...conversation.contact,
		returning: conversation.contact.name !== undefined,
		openCases: [
			{
				id: 'simulated',
				number: preview.number,
				type: effect.type,
				status: 'open',
				subject: effect.subject,
				updatedAt: new Date(store.now()).toISOString(),
				ownerName: preview.advisorName,
			},
			...conversation.contact.openCases,
		],
	};
}

async function simulateTurn(simulation: Simulation, input: SimulatedInput): Promise<BotItem[]> {
	const { store, profile } = simulation;
	const { message, inputIndex } = input;
	const conversation = conversationWith(simulation, message);
	conversation.turns += 1;
	const requestId = `simulated:${personOf(message)}:${conversation.turns}`;
	const result = step(
		conversation.state,
		{
			kind: 'turn',
			at: new Date(store.now()),
			requestId,
			messages: [message],
			contact: conversation.contact,
			classified: simulation.classified,
			knowledge: simulation.knowledge,
			advisors: simulation.advisors,
		},
		profile,
	);
	conversation.state = result.state;
	conversation.contact = contactAfter(conversation.contact, result.effects);
	const crmOf = (id: string): ItemJson => ({
		workspaceId: store.workspaceId,
		channelId: message.channel.phoneNumberId,
		contactId: personOf(message),
		conversationId: 'simulated',
		...input.crm,
		requestId: id,
	});
	const items: BotItem[] = [];
	const put = (output: BotOutput, id: string, json: ItemJson) =>
		items.push({ output, inputIndex, json: { simulated: true, crm: crmOf(id), ...json } });
	const messages = result.effects.flatMap((effect) =>
		effect.kind === 'say' ? [render(effect, profile, result.state.language)] : [],
	);
	put('reply', requestId, {
		text: messages.map((bubble) => readableText(bubble) ?? '').join('\n\n'),
		queued: queuedFor(message, messages),
		...result.explanation,
		effects: result.effects,
	});
	const knowledge: SimulatedKnowledge & ItemJson = {
		to: addressOf(message),
		state: result.state,
		contact: conversation.contact,
		casesBefore: simulation.cases,
	};
	for (const effect of result.effects) {
		if (effect.kind === 'openCase') {
			put('case', effect.requestId, { ...effect, simulation: knowledge });
			await registerSimulated(simulation, conversation, effect);
		}
		if (effect.kind === 'handoff') put('handoff', effect.requestId, { ...effect });
		if (effect.kind === 'close') put('closed', effect.requestId, { ...effect, simulation: knowledge });
	}
	const { media } = message.content;
	if (media) {
		put('attachment', `${requestId}:attachment`, {
			attachmentId: 'simulated',
			type: media.type,
			filename: media.filename ?? null,
			mimeType: media.mimeType ?? null,
		});
	}
	return items;
}

/**
 * What the bot would answer, by hand in the editor: each message is stepped through the dialogue with the profile in
 * force; messages of one person that follow each other continue one simulated conversation with somebody new. Nothing
 * is claimed, stored, sent or counted. Items are those of `takeTurns`, marked `simulated`, with the rendered bubbles and
 * the exact effects.
 */
export async function simulateTurns(
	store: Store,
	inputs: readonly SimulatedInput[],
	model?: ModelCall,
): Promise<BotItem[]> {
	const { profile } = await profileInForce(store);
	const team = (await listAdvisors(store.db, store.workspaceId)).map(advisorFacts);
	const kept = await answerableKinds(store, profile);
	const asked = inputs.flatMap(({ message }) => askedMessage(message, profile.language));
	const simulation: Simulation = {
		store,
		profile,
		advisors: team.length > 0 ? team : undefined,
		classified: model
			? await classifyMessages(
					inputs.map(({ message }) => message),
					profile,
					() => model,
				)
			: {},
		knowledge:
			kept === undefined
				? {}
				: await answerFromKnowledge(store, profile, kept, asked, { modelFor: model && (() => model) }),
		conversations: new Map(),
		cases: 0,
	};
	const items: BotItem[] = [];
	for (const input of inputs) items.push(...(await simulateTurn(simulation, input)));
	return items;
}
