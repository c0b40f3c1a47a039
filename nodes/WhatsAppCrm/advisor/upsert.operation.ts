import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { flag, optionalWords, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import { advisorCard } from '../../shared/usecases/cards';
import { previewAdvisor, saveAdvisor, type AdvisorInput } from '../../shared/usecases/team/saveAdvisor';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';

const advisorFields: INodeProperties[] = [
	{
		displayName: 'Absent Until',
		name: 'absentUntil',
		type: 'dateTime',
		default: '',
		description: 'Nothing is assigned to the person before; empty when they are there',
	},
	{
		displayName: 'Areas',
		name: 'areas',
		type: 'string',
		default: '',
		placeholder: 'e.g. sales, support',
		description: 'Keys of areas of the business profile, separated by commas',
	},
	{
		displayName: 'Available',
		name: 'available',
		type: 'boolean',
		default: true,
		description: 'Whether requests are assigned to the person',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. carolina@example.com',
		description: 'For notifications by mail',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1042',
		description: 'ID of the person in another system',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Carolina Rojas',
		description: 'As customers know the person',
	},
	{
		displayName: 'Other Names',
		name: 'aliases',
		type: 'string',
		default: '',
		placeholder: 'e.g. Caro, Carito',
		description: 'What else customers call the person, separated by commas',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +57 300 123 4567',
		description: 'For notifications by WhatsApp',
	},
	{
		displayName: 'Role',
		name: 'role',
		type: 'options',
		options: [
			{ name: 'Administrator', value: 'administrator' },
			{ name: 'Advisor', value: 'advisor' },
			{ name: 'Supervisor', value: 'supervisor' },
		],
		default: 'advisor',
		description: 'What the person may do in the inbox',
	},
];

const listOf = words.transform((text) =>
	text
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== ''),
);

const filledList = listOf.transform((entries) => (entries.length === 0 ? undefined : entries));

const advisorRow = z.object({
	name: words,
	aliases: filledList.optional(),
	areas: filledList.optional(),
	phone: optionalWords.optional(),
	email: optionalWords.optional(),
	externalId: optionalWords.optional(),
	role: z.enum(['administrator', 'advisor', 'supervisor']).optional(),
	available: z.boolean().optional(),
	absentUntil: z
		.union([z.literal(''), z.coerce.date()])
		.optional()
		.transform((value) => (value === '' ? undefined : value)),
}) satisfies z.ZodType<AdvisorInput, z.ZodTypeDef, unknown>;

export const createOrUpdateAdvisor: WhatsAppCrmOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update advisor',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	// Everybody who writes afterwards is answered by it: not for a model alone.
	needsApproval: true,
	properties: [
		{
			displayName: 'Advisors',
			name: 'advisors',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add advisor',
			default: {},
			description: 'The same person is recognised by external ID, phone or name',
			options: [{ displayName: 'Advisor', name: 'advisor', values: advisorFields }],
		},
		saveByHandField,
	],
	async execute(context, { store }) {
		const advisors = parameter(context, 'advisors', 'Advisors', rowsOf<AdvisorInput>('advisor', advisorRow));
		if (advisors.length === 0) {
			throw new InvalidInput({
				message: "'Advisors' is empty",
				description: 'Add at least one person with a name.',
				parameter: 'Advisors',
			});
		}
		const saves = !context.manual || parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false));
		const saved: IDataObject[] = [];
		for (const input of advisors) {
			const { advisor, action } = saves
				? await saveAdvisor(store, input, SETTINGS_ACTOR)
				: await previewAdvisor(store, input);
			saved.push({ ...(saves ? {} : { simulated: true }), ...advisorCard(advisor), action } as IDataObject);
		}
		return saved;
	},
};
