import { areaName } from '../../domain/cases/areaRouting';
import { caseCounter, formatCaseNumber } from '../../domain/cases/caseNumber';
import { newConversation } from '../../domain/conversation/newConversation';
import { step } from '../../domain/conversation/step';
import type { ContactFacts, ConversationState } from '../../domain/conversation/types';
import type { OutboundMessage } from '../../domain/messages/outbound';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { countSoFar } from '../../store/repositories/cases';
import { getConversation } from '../../store/repositories/conversations';
import type { Store } from '../../store/store';
import { render } from '../../text/render';
import { chooseAdvisor } from '../team/assignAdvisor';
import { profileInForce } from '../profile/businessProfile';
import { contactFacts } from '../dialogue/contactFacts';
import type { OpenCaseRequest } from './openCase';
import { readableText } from '../send/queueMessage';

/** What registering a case would do now. */
export interface CasePreview {
	/** The number it would get if it were the next one. */
	readonly number: string;
	readonly areaName: string;
	/** Who would be told. */
	readonly advisorName?: string;
	/** The one confirmation with the number. */
	readonly messages: readonly OutboundMessage[];
	readonly confirmation: string;
	/** The dialogue's memory afterwards. */
	readonly state: ConversationState;
}

/** What a simulated conversation knows that the store does not. */
export interface SimulatedKnowledge {
	readonly state?: ConversationState;
	readonly contact?: ContactFacts;
	/** Cases that the simulation made before this one. */
	readonly casesBefore?: number;
}

async function stateFrom(store: Store, profile: BusinessProfile, conversationId: string): Promise<ConversationState> {
	const conversation = await getConversation(store.db, store.workspaceId, conversationId);
	if (!conversation || conversation.state === null) return newConversation(profile);
	return { ...(JSON.parse(conversation.state) as ConversationState), mode: conversation.mode };
}

/** What `openCase` would do with the request, without writing anything or using a number up. */
export async function previewCase(
	store: Store,
	request: OpenCaseRequest,
	known: SimulatedKnowledge = {},
): Promise<CasePreview> {
	const { profile } = await profileInForce(store);
	const at = new Date(store.now());
	const { numberPattern } = profile.cases;
	const counted = await countSoFar(store.db, store.workspaceId, caseCounter(numberPattern, at, profile.timeZone));
	const next = counted + 1 + (known.casesBefore ?? 0);
	const number = request.number ?? formatCaseNumber(numberPattern, next, at, profile.timeZone);
	const area = areaName(request.area, profile);
	const state = known.state ?? (await stateFrom(store, profile, request.conversationId));
	if (request.status === 'incomplete') return { number, areaName: area, messages: [], confirmation: '', state };
	const advisor = await chooseAdvisor(store.db, store, request);
	const result = step(
		state,
		{
			kind: 'case_opened',
			at,
			requestId: request.requestId,
			caseId: 'simulated',
			number,
			type: request.type,
			advisorName: advisor?.name,
			areaName: area,
			contact: known.contact ?? (await contactFacts(store.db, store, profile, request.contactId)),
		},
		profile,
	);
	const messages = result.effects.flatMap((effect) =>
		effect.kind === 'say' ? [render(effect, profile, result.state.language)] : [],
	);
	return {
		number,
		areaName: area,
		advisorName: advisor?.name,
		messages,
		confirmation: messages.map((message) => readableText(message) ?? '').join('\n\n'),
		state: result.state,
	};
}
