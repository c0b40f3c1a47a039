import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { LeadDraft } from '../shared/domain/leads/leadDraft';
import { optionalWords, optionsOf } from '../shared/n8n/parameters';
import { requestIdField } from '../shared/n8n/requestId';
import { addTagsField, optionalTags, removeTagsField } from '../shared/n8n/tagFields';

export const STAGES = ['Lead', 'MQL', 'SQL', 'Opportunity', 'Won', 'Lost'] as const;

export const stageField: INodeProperties = {
	displayName: 'Stage',
	name: 'stage',
	type: 'options',
	options: [
		{ name: 'Lead', value: 'Lead' },
		{ name: 'Lost', value: 'Lost' },
		{ name: 'MQL', value: 'MQL', description: 'Marketing qualified lead' },
		{ name: 'Opportunity', value: 'Opportunity' },
		{ name: 'SQL', value: 'SQL', description: 'Sales qualified lead' },
		{ name: 'Won', value: 'Won' },
	],
	default: 'Lead',
	description: 'How far the sale has come',
};

const OPEN_STAGES = ['Lead', 'MQL', 'SQL', 'Opportunity'] as const;

/** Won and Lost say an amount or a reason too: that is Change Stage. */
const openStageField: INodeProperties = {
	displayName: 'Stage',
	name: 'stage',
	type: 'options',
	options: [
		{ name: 'Lead', value: 'Lead' },
		{ name: 'MQL', value: 'MQL', description: 'Marketing qualified lead' },
		{ name: 'Opportunity', value: 'Opportunity' },
		{ name: 'SQL', value: 'SQL', description: 'Sales qualified lead' },
	],
	default: 'Lead',
	description: 'How far the sale has come; won and lost with Change Stage',
};

const text = (displayName: string, name: string, placeholder: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
});

/** What an operator or another system knows better than the chat. */
export const leadFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		addTagsField,
		text('Budget', 'budget', 'e.g. hasta 40 millones', 'What the customer can spend, in their words'),
		text('City', 'city', 'e.g. Medellín', 'Where the customer is'),
		text('Company', 'company', 'e.g. Ferretería El Tornillo', 'For whom the customer buys'),
		text('Email', 'email', 'e.g. laura@example.com', 'Where the customer can be reached by mail'),
		text('External ID', 'externalId', 'e.g. 00Q5e00000', 'ID of the lead in another system'),
		text('External URL', 'externalUrl', 'e.g. https://crm.example/leads/1042', 'Link to the lead in another system'),
		text('Identification', 'identification', 'e.g. 1020304050', 'ID or tax number of the customer'),
		text('Name', 'name', 'e.g. Laura Gómez', "The customer's full name"),
		text('Need', 'need', 'e.g. 20 portátiles para la oficina', 'What the customer needs'),
		text('Next Step', 'nextStep', 'e.g. Enviar cotización formal', 'What is to be done now'),
		text('Phone', 'phone', 'e.g. +57 300 123 4567', 'Where the customer can be called'),
		text('Product', 'product', 'e.g. Portátil de 14 pulgadas', 'What the customer wants to buy'),
		text('Quantity', 'quantity', 'e.g. 20', 'How many of it'),
		removeTagsField,
		requestIdField,
		openStageField,
		{
			displayName: 'Urgency',
			name: 'urgency',
			type: 'options',
			options: [
				{ name: 'High', value: 'high' },
				{ name: 'Normal', value: 'normal' },
			],
			default: 'normal',
			description: 'How soon the customer needs it',
		},
	],
};

export const saidSchema = optionsOf({
	addTags: optionalTags,
	budget: optionalWords,
	city: optionalWords,
	company: optionalWords,
	email: optionalWords,
	externalId: optionalWords,
	externalUrl: optionalWords,
	identification: optionalWords,
	name: optionalWords,
	need: optionalWords,
	nextStep: optionalWords,
	phone: optionalWords,
	product: optionalWords,
	quantity: optionalWords,
	removeTags: optionalTags,
	requestId: optionalWords,
	stage: z.enum(OPEN_STAGES).optional(),
	urgency: z.enum(['high', 'normal']).optional(),
});

/** The fields of the lead itself, without tags and those that only say where it lives. */
export function valuesOf(said: z.infer<typeof saidSchema>): Partial<LeadDraft> {
	const {
		addTags: _addTags,
		removeTags: _removeTags,
		externalId: _externalId,
		externalUrl: _externalUrl,
		requestId: _requestId,
		...values
	} = said;
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
