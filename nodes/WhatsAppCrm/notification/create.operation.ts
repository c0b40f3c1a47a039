import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { requestIdField, requestIdOf } from '../../shared/n8n/requestId';
import { advisorOption, areaOption } from '../../shared/n8n/storeLists';
import type { Store } from '../../shared/store/store';
import { peopleToTell, tellTeam, type TeamChoice } from '../../shared/usecases/notify/tellTeam';
import type { OperationContext } from '../../shared/n8n/operation';
import type { WhatsAppCrmOperation } from '../services';

const RECIPIENTS = ['administrators', 'advisor', 'area', 'asker', 'everybody', 'supervisors'] as const;

const itemCrm = z.object({ workspaceId: z.string(), contactId: z.string().optional() });

function chosenPeople(context: OperationContext): TeamChoice {
	switch (parameter(context, 'recipients', 'Who', z.enum(RECIPIENTS).default('supervisors'))) {
		case 'administrators':
			return { role: 'administrator' };
		case 'supervisors':
			return { role: 'supervisor' };
		case 'advisor':
			return { advisorId: parameter(context, 'advisor', 'Advisor', words).trim() };
		case 'asker': {
			const advisorId = optionalWords.parse(context.item.json.advisorId);
			return advisorId === undefined ? { role: 'supervisor' } : { advisorId };
		}
		case 'area':
			return { area: parameter(context, 'area', 'Area', words).trim() };
		default:
			return { everybody: true };
	}
}

/** Whom the news is about: their page is a click away, and their erasure takes the words along. */
function customerOfItem({ item }: OperationContext, { workspaceId }: Store): string | undefined {
	const crm = itemCrm.safeParse(item.json.crm).data;
	return crm?.workspaceId === workspaceId ? crm.contactId : undefined;
}

const maybe = z.string().optional().catch(undefined);

const failedItem = z.object({ error: z.string(), message: maybe, customer: maybe, amountText: maybe });

/** What an item of an error output says: whom and how much it was about, and what happened. */
function failureOf(item: unknown): string | undefined {
	const failed = failedItem.safeParse(item);
	if (!failed.success) return undefined;
	const { error, message, customer, amountText } = failed.data;
	const about = [customer, amountText].filter((part) => part !== undefined).join(', ');
	const said = message === undefined ? error : `${error}. ${message}`;
	return about === '' ? said : `${about}: ${said}`;
}

export const createNotification: WhatsAppCrmOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create notification',
	description: 'Tell people of the team something, once each',
	properties: [
		{
			displayName: 'Who',
			name: 'recipients',
			type: 'options',
			options: [
				{ name: 'Administrators', value: 'administrators' },
				{ name: 'Advisor', value: 'advisor', description: 'One person' },
				{ name: 'Area', value: 'area', description: 'Everybody who attends it' },
				{ name: 'Everybody', value: 'everybody' },
				{ name: 'Supervisors', value: 'supervisors' },
				{
					name: 'Whoever Asked',
					value: 'asker',
					description: "The advisor in the item's field advisorId; supervisors when it has none",
				},
			],
			default: 'supervisors',
			description: 'Who is told. A team without a supervisor or administrator is told as a whole.',
		},
		{ ...advisorOption, required: true, displayOptions: { show: { recipients: ['advisor'] } } },
		{ ...areaOption, required: true, displayOptions: { show: { recipients: ['area'] } } },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					...requestIdField,
					description:
						"The same request is told once, however often it arrives. Empty for the item's field requestId, else this execution.",
				},
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. El proveedor cambió la lista de precios',
					description:
						"What they read. Empty for the item's field text, else what its error says, with its customer and amountText.",
				},
			],
		},
	],
	async execute(context, { store }) {
		const said = parameter(context, 'options', 'Options', optionsOf({ requestId: optionalWords, text: optionalWords }));
		const text = said.text ?? optionalWords.parse(context.item.json.text) ?? failureOf(context.item.json);
		if (text === undefined) {
			throw new InvalidInput({
				message: 'There is nothing to tell',
				description: "Add 'Text' in Options, or give the item a field 'text', e.g. with an Edit Fields node.",
				parameter: 'Text',
			});
		}
		const to = chosenPeople(context);
		const requestId = requestIdOf(context, said.requestId, optionalWords.parse(context.item.json.requestId));
		if (context.manual) {
			const people = await peopleToTell(store.db, store, to);
			return { simulated: true, text, requestId, told: people.map(({ name }) => name) } as IDataObject;
		}
		const told = await tellTeam(store, { to, text, requestId, contactId: customerOfItem(context, store) });
		return {
			text,
			requestId,
			told: told.map(({ advisor }) => advisor.name),
			toldBefore: told.length > 0 && told.every(({ isNew }) => !isNew),
		} as IDataObject;
	},
};
