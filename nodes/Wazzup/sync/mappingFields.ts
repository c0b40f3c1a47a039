import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import {
	CASE_FIELDS,
	CONTACT_FIELDS,
	DEAL_FIELDS,
	DEFAULT_MAPPING,
	LINK_FIELDS,
	type SyncMapping,
} from '../../shared/domain/sync/mapping';
import { LONGEST_PIPELINE_NAME } from '../../shared/domain/wazzup/limits';
import { LEAD_STAGES } from '../../shared/domain/leads/leadStage';
import { parameter } from '../../shared/n8n/parameters';
import type { OperationContext } from '../../shared/n8n/operation';
import type { SyncRequest } from '../../shared/usecases/wazzup/sync';

const stageOptions = [...LEAD_STAGES].sort().map((stage) => ({ name: stage, value: stage }));

const named = (fields: readonly string[]): string => fields.map((field) => `{${field}}`).join(', ');

/** What both operations ask for. */
export const syncFields: INodeProperties[] = [
	{
		displayName:
			'Brings Wazzup to what the CRM says: people of the team as users, contacts, and leads and cases as deals with whether they are closed. What was changed in Wazzup stays until the same row changes in the CRM; then the CRM wins. What is deleted or erased here is deleted there.',
		name: 'syncNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Case Name',
				name: 'caseName',
				type: 'string',
				default: '{caseNumber}: {subject} · {amount} {currency}',
				description: `How the deal of a case without a lead is called in Wazzup. Fields: ${named(CASE_FIELDS)}.`,
			},
			{
				displayName: 'Cases as Deals',
				name: 'casesAsDeals',
				type: 'boolean',
				default: true,
				description:
					'Whether a case without a lead is a deal too. It closes when the case ends or its payment is confirmed.',
			},
			{
				displayName: 'Closed Stages',
				name: 'closedStages',
				type: 'multiOptions',
				options: stageOptions,
				default: [...DEFAULT_MAPPING.closedStages],
				description: 'Stages of a lead in which its deal is closed. A confirmed payment wins the lead.',
			},
			{
				displayName: 'Compare Everything',
				name: 'everything',
				type: 'boolean',
				default: false,
				description: 'Whether to compare every contact and lead, not only those that changed since the last run',
			},
			{
				displayName: 'Contact Link',
				name: 'contactLink',
				type: 'string',
				default: '{inboxLink}',
				description: `Where a contact's name in Wazzup leads. Fields: ${named(CONTACT_FIELDS)}.`,
			},
			{
				displayName: 'Contact Name',
				name: 'contactName',
				type: 'string',
				default: '{name}',
				description: `How a contact is called in Wazzup. Fields: ${named(CONTACT_FIELDS)}.`,
			},
			{
				displayName: 'Contacts Only',
				name: 'withoutDeals',
				type: 'boolean',
				default: false,
				description:
					'Whether to leave leads and their stages out, for a team that works in Wazzup without deals. Wazzup then asks for no contacts or deals of its own.',
			},
			{
				displayName: 'Deal Link',
				name: 'dealLink',
				type: 'string',
				default: '{inboxLink}',
				description: `Where a deal's name in Wazzup leads. Fields: ${named(LINK_FIELDS)}.`,
			},
			{
				displayName: 'Deal Name',
				name: 'dealName',
				type: 'string',
				default: '{requestType}: {product} · {amount} {currency}',
				description: `How a deal is called in Wazzup. Fields: ${named(DEAL_FIELDS)}.`,
			},
			{
				displayName: 'Default Responsible ID',
				name: 'defaultResponsible',
				type: 'string',
				default: '',
				placeholder: 'e.g. 0198c1f2-…',
				description:
					'Person of the team who is responsible for what is nobody’s. The first supervisor or administrator when empty.',
			},
			{
				displayName: 'Pipeline Name',
				name: 'pipelineName',
				type: 'string',
				default: 'Leads',
				description: "What the pipeline is called in Wazzup's settings",
			},
			{
				displayName: 'Stage Names',
				name: 'stageNames',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add stage',
				default: {},
				description: "What the stages are called in Wazzup's settings, where it is not what they are called here",
				options: [
					{
						displayName: 'Stage',
						name: 'stage',
						values: [
							{
								displayName: 'Stage',
								name: 'stage',
								type: 'options',
								options: stageOptions,
								default: 'Lead',
								description: 'Stage of a lead here',
							},
							{
								displayName: 'Name in Wazzup',
								name: 'name',
								type: 'string',
								default: '',
								placeholder: 'e.g. Nuevo',
								description: 'What Wazzup calls it',
							},
						],
					},
				],
			},
		],
	},
];

/** Wazzup takes no pipeline or stage without a name. */
const withinName = (displayName: string) =>
	z
		.string()
		.trim()
		.min(1, `'${displayName}' is empty`)
		.max(LONGEST_PIPELINE_NAME, `'${displayName}' is longer than ${LONGEST_PIPELINE_NAME} characters`);

const optionsSchema = z.object({
	everything: z.boolean().default(false),
	withoutDeals: z.boolean().default(false),
	contactName: z.string().default(DEFAULT_MAPPING.contactName),
	dealName: z.string().default(DEFAULT_MAPPING.dealName),
	caseName: z.string().default(DEFAULT_MAPPING.caseName),
	casesAsDeals: z.boolean().default(true),
	closedStages: z.array(z.enum(LEAD_STAGES)).default(['Won', 'Lost']),
	pipelineName: withinName('Pipeline Name').default(DEFAULT_MAPPING.pipelineName),
	stageNames: z
		.object({
			stage: z.array(z.object({ stage: z.enum(LEAD_STAGES), name: withinName('Name in Wazzup') })).default([]),
		})
		.default({}),
	contactLink: z.string().default(DEFAULT_MAPPING.contactLink),
	dealLink: z.string().default(DEFAULT_MAPPING.dealLink),
	defaultResponsible: z.string().default(''),
});

/** What is to be carried, as the panel says. @throws InvalidInput */
export function syncRequestOf(context: OperationContext, dryRun: boolean): SyncRequest {
	const { everything, withoutDeals, casesAsDeals, defaultResponsible, stageNames, ...mapping } = parameter(
		context,
		'options',
		'Options',
		optionsSchema,
	);
	return {
		mapping: {
			...mapping,
			stageNames: new Map(stageNames.stage.map(({ stage, name }) => [stage, name])),
		} satisfies SyncMapping,
		home: context.node.getInstanceBaseUrl(),
		dryRun,
		everything,
		withoutDeals,
		withoutCases: !casesAsDeals,
		...(defaultResponsible.trim() === '' ? {} : { defaultResponsible: defaultResponsible.trim() }),
	};
}
