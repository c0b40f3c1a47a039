import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { areaOf } from '../shared/domain/cases/areaRouting';
import type { CaseType } from '../shared/domain/conversation/types';
import { crmItemOf, type CrmItem } from '../shared/n8n/crmItem';
import type { OperationContext } from '../shared/n8n/operation';
import { CASE_TYPE_OPTIONS } from '../shared/n8n/caseTypeOptions';
import { optionalFlag, optionalWords, optionsOf, parameter } from '../shared/n8n/parameters';
import { requestIdField, requestIdOf } from '../shared/n8n/requestId';
import { areaOption, chosenOption } from '../shared/n8n/storeLists';
import type { Store } from '../shared/store/store';
import { profileInForce } from '../shared/usecases/profile/businessProfile';
import { caseCard } from '../shared/usecases/cards';
import { openCase, type OpenCaseRequest } from '../shared/usecases/cases/openCase';
import { previewCase } from '../shared/usecases/cases/previewCase';
import { PRIORITIES, priorityField } from './priorityField';
import { caseType, simulationOfItem, textOfItem, wishOfItem, type ItemsWish } from './requestedCase';
import type { CaseOperation } from './services';

const additionalFields: readonly INodeProperties[] = [
	areaOption,
	{
		displayName: 'Continue Open Case',
		name: 'continueOpenCase',
		type: 'boolean',
		default: true,
		description:
			"Whether a request of the same kind and subject goes into the customer's open case instead of making a new one",
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. TCK-1042',
		description: 'ID of the case in another system',
	},
	{
		displayName: 'External URL',
		name: 'externalUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://helpdesk.example/TCK-1042',
		description: 'Link to the case in another system',
	},
	{
		displayName: 'Number',
		name: 'number',
		type: 'string',
		default: '',
		placeholder: 'e.g. TCK-1042',
		description: 'Number that another system gave. Empty for the next one of the business profile.',
	},
	priorityField,
	requestIdField,
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Incomplete', value: 'incomplete', description: 'Kept for later; the customer gets no number' },
			{ name: 'Open', value: 'open' },
		],
		default: 'open',
		description: 'Empty for what the item says: open, or incomplete when the customer did not go on',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20 portátiles para la oficina',
		description: 'What the customer needs, in a few words',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [...CASE_TYPE_OPTIONS],
		default: 'other',
		description: 'Kind of case',
	},
];

const saidSchema = optionsOf({
	area: chosenOption,
	continueOpenCase: optionalFlag,
	externalId: optionalWords,
	externalUrl: optionalWords,
	number: optionalWords,
	priority: z.enum(PRIORITIES).optional(),
	requestId: optionalWords,
	status: z.enum(['open', 'incomplete']).optional(),
	subject: optionalWords,
	type: caseType.optional(),
});

type Said = z.infer<typeof saidSchema>;

/** The item's wish with what the node's fields say instead. */
async function requestOf(
	context: OperationContext,
	store: Store,
	crm: CrmItem,
	wish: Exclude<ItemsWish, { readonly kind: 'nothing' }>,
	said: Said,
): Promise<OpenCaseRequest> {
	const asked = wish.kind === 'silent' ? undefined : wish.request;
	const type: CaseType = said.type ?? asked?.type ?? 'other';
	const area = said.area ?? asked?.area ?? areaOf(type, (await profileInForce(store)).profile);
	return {
		contactId: crm.contactId,
		conversationId: crm.conversationId,
		requestId: requestIdOf(context, said.requestId, asked?.requestId ?? crm.requestId),
		type,
		area,
		option: asked?.option,
		subject: said.subject ?? asked?.subject ?? textOfItem(context),
		fields: asked?.fields ?? {},
		attachments: asked?.attachments ?? [],
		advisorName: asked?.advisorName,
		reopens: asked?.reopens,
		status: said.status ?? (wish.kind === 'incomplete' ? 'incomplete' : 'open'),
		number: said.number,
		priority: said.priority,
		// Bot Conversation has looked for duplicates itself, and asked the customer.
		continueOpenCase: wish.kind === 'silent' && said.continueOpenCase === true,
		externalId: said.externalId,
		externalUrl: said.externalUrl,
		emissionId: crm.emissionId,
		createLead: asked?.createLead ?? false,
	};
}

/** By hand: what would be registered and said; no number is used up. */
async function show(
	context: OperationContext,
	store: Store,
	crm: CrmItem,
	request: OpenCaseRequest,
): Promise<IDataObject> {
	const simulation = simulationOfItem(context);
	const preview = await previewCase(store, request, simulation);
	const { number, areaName, advisorName, confirmation, messages } = preview;
	return {
		simulated: true,
		crm: { ...crm, requestId: request.requestId },
		number,
		type: request.type,
		area: request.area,
		areaName,
		status: request.status,
		subject: request.subject,
		fields: request.fields,
		advisorName,
		created: true,
		createLead: request.createLead,
		confirmation,
		...(simulation.to === undefined ? {} : { queued: { ...simulation.to, messages: [...messages] } }),
		simulation: context.item.json.simulation,
	} as IDataObject;
}

export const createCase: CaseOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create case',
	description: 'Register a case with number, area, advisor and files, and queue its confirmation',
	properties: [
		{
			displayName:
				'Behind the Case output of Bot Conversation nothing needs to be filled in. The confirmation waits for <b>WhatsApp Cloud: Send Queued</b>; connect it behind this node.',
			name: 'createNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [...additionalFields],
		},
	],
	async execute(context, { store }) {
		const crm = crmItemOf(context.node, context.itemIndex);
		const wish = wishOfItem(context);
		if (wish.kind === 'nothing') return { crm: { ...crm }, created: false, createLead: false };
		const said = parameter(context, 'additionalFields', 'Additional Fields', saidSchema);
		const request = await requestOf(context, store, crm, wish, said);
		if (context.manual) return await show(context, store, crm, request);
		const opened = await openCase(store, request);
		return {
			crm: { ...crm, requestId: request.requestId, outboxIds: [...opened.outboxIds] },
			...caseCard(opened.case),
			areaName: opened.areaName,
			advisorName: opened.advisorName,
			created: opened.created,
			continued: opened.continued === true,
			createLead: request.createLead === true,
			confirmation: opened.confirmation,
			attachmentIds: [...opened.attachmentIds],
		} as IDataObject;
	},
};
