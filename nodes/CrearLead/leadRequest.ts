import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { draftLead, fillLead } from '../shared/domain/leads/leadDraft';
import type { ContactFacts, ConversationState } from '../shared/domain/conversation/types';
import { crmItemOf, type CrmItem } from '../shared/n8n/crmItem';
import { usableModel } from '../shared/n8n/languageModel';
import type { OperationContext } from '../shared/n8n/operation';
import { parameter } from '../shared/n8n/parameters';
import { requestIdOf } from '../shared/n8n/requestId';
import type { Store } from '../shared/store/store';
import { profileInForce } from '../shared/usecases/profile/businessProfile';
import { changesOf, previewLead, type CreateLeadRequest, type LeadPreview } from '../shared/usecases/leads/createLead';
import { countedModel } from '../shared/usecases/models/countedModel';
import { describeLeadWithModel } from '../shared/usecases/leads/leadWithModel';
import { saidSchema, valuesOf } from './leadFields';

export interface LeadOfItem {
	readonly crm: CrmItem;
	readonly request: CreateLeadRequest;
}

/** The conversation and case that the item brings, with what the node's fields say. */
export function leadOfItem(context: OperationContext): LeadOfItem {
	const crm = crmItemOf(context.node, context.itemIndex);
	const said = parameter(context, 'additionalFields', 'Additional Fields', saidSchema);
	const { caseId } = context.item.json;
	return {
		crm,
		request: {
			contactId: crm.contactId,
			conversationId: crm.conversationId,
			requestId: requestIdOf(context, said.requestId, crm.requestId),
			caseKey: typeof caseId === 'string' ? caseId : undefined,
			values: valuesOf(said),
			addTags: said.addTags,
			removeTags: said.removeTags,
			externalId: said.externalId,
			externalUrl: said.externalUrl,
		},
	};
}

const simulatedCase = z.object({
	type: z.string(),
	subject: z.string(),
	fields: z.record(z.string()).default({}),
});

/** A lead of a conversation that was simulated by hand: drawn from the item alone. */
async function simulatedLead(store: Store, json: IDataObject, request: CreateLeadRequest): Promise<LeadPreview> {
	const { profile } = await profileInForce(store);
	// Made by Bot Conversation in the same run by hand.
	const known = (json.simulation ?? {}) as { state?: ConversationState; contact?: ContactFacts };
	const found = simulatedCase.safeParse(json).data;
	const draft = fillLead(
		draftLead({
			contact: {
				name: known.contact?.name ?? known.contact?.profileName,
				phone: known.contact?.phone,
				identification: known.contact?.identification,
			},
			case: found && { ...found, isNamed: true },
			state: known.state,
			messages: [],
			profile,
		}),
		request.values ?? {},
	);
	return { action: 'create', button: 'Crear Lead', draft, changes: changesOf({}, draft) };
}

/** The request with what a connected model reads from the conversation; without a model as it is. */
export async function describedByModel(
	context: OperationContext,
	store: Store,
	request: CreateLeadRequest,
): Promise<CreateLeadRequest> {
	const model = await usableModel(context.node);
	if (!model) return request;
	const { contactId, conversationId } = request;
	// By hand nothing is written down.
	const isCounted = !context.manual && conversationId !== undefined;
	const asked = isCounted ? countedModel(store, model, { contactId, conversationId, purpose: 'lead' }) : model;
	return { ...request, described: await describeLeadWithModel(store, request, asked) };
}

/** What would be created or changed for the item; nothing is written. */
export async function leadPreviewOf(context: OperationContext, store: Store): Promise<IDataObject> {
	const { crm, request } = leadOfItem(context);
	const { json } = context.item;
	const preview =
		json.simulated === true
			? await simulatedLead(store, json, request)
			: await previewLead(store, await describedByModel(context, store, request));
	return {
		crm: { ...crm },
		action: preview.action,
		button: preview.button,
		lead: { ...preview.draft },
		changes: preview.changes,
		leadId: preview.lead?.id ?? null,
	} as IDataObject;
}
