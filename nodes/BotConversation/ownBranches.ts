import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { CASE_TYPES } from '../shared/domain/profile/businessProfile';
import { parameter, rowsOf } from '../shared/n8n/parameters';
import { chooseField, chosenOption } from '../shared/n8n/storeLists';

const CASE_TYPE_NAMES: Readonly<Record<(typeof CASE_TYPES)[number], string>> = {
	billing: 'Billing',
	documents: 'Documents',
	information: 'Information',
	order_status: 'Order Status',
	other: 'Other',
	quotation: 'Quotation',
	support: 'Support',
};

/** How long an assistant has, seconds. */
const WAIT_SECONDS = 45;
const MOST_SECONDS = 300;

/** Outputs that a client adds after the fixed ones. */
export const ownBranchesField: INodeProperties = {
	displayName: 'Own Branches',
	name: 'ownBranches',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	noDataExpression: true,
	placeholder: 'Add branch',
	default: {},
	description:
		'Outputs of your own, after the fixed ones, in this order. A request that belongs to one leaves there instead of on Case: connect a Case node to it too. The first branch that fits takes it. Wires belong to the place in this list: add new branches at the end.',
	options: [
		{
			displayName: 'Branch',
			name: 'branch',
			values: [
				{
					displayName: 'Case Type',
					name: 'caseType',
					type: 'options',
					noDataExpression: true,
					options: Object.entries(CASE_TYPE_NAMES).map(([value, name]) => ({ name, value })),
					default: 'support',
					displayOptions: { show: { takes: ['caseType'] } },
					description: 'Requests of this kind leave here, whichever menu option they came from',
				},
				{
					...chooseField({
						displayName: 'Menu Option',
						name: 'option',
						description: 'Requests of this menu option leave here',
						search: 'searchMenuOptions',
						by: { displayName: 'By ID', placeholder: 'e.g. quotation' },
					}),
					noDataExpression: true,
					displayOptions: { show: { takes: ['option'] } },
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					noDataExpression: true,
					default: '',
					placeholder: 'e.g. Garantías',
					description: 'What the output is called on the canvas',
				},
				{
					displayName: 'Takes',
					name: 'takes',
					type: 'options',
					noDataExpression: true,
					options: [
						{ name: 'Case Type', value: 'caseType' },
						{ name: 'Menu Option', value: 'option' },
						{
							name: 'Questions for an Assistant',
							value: 'assistant',
							description:
								'What known customers ask about orders and payments leaves here first; WhatsApp CRM: Save Assistant Answer brings the answer',
						},
					],
					default: 'option',
					description: 'What the requests of this branch have in common',
				},
				{
					displayName: 'Wait at Most (Seconds)',
					name: 'seconds',
					type: 'number',
					noDataExpression: true,
					typeOptions: { minValue: 5, maxValue: MOST_SECONDS },
					default: WAIT_SECONDS,
					displayOptions: { show: { takes: ['assistant'] } },
					description: 'After this the bot answers as if there were no assistant',
				},
			],
		},
	],
};

const branchSchema = z.object({
	takes: z.enum(['option', 'caseType', 'assistant']).default('option'),
	option: chosenOption,
	caseType: z.enum(CASE_TYPES).default('support'),
	seconds: z.coerce.number().min(5).max(MOST_SECONDS).default(WAIT_SECONDS),
});

/** One of the outputs that a client added. */
export type OwnBranch = z.infer<typeof branchSchema>;

/** The node's own branches, in the order of their outputs. */
export function ownBranchesOf(node: IExecuteFunctions): readonly OwnBranch[] {
	const context = { node, itemIndex: 0, item: { json: {} }, manual: false };
	return parameter(context, 'ownBranches', 'Own Branches', rowsOf('branch', branchSchema));
}

/** Which own branch takes the request of an item; -1 for none. */
export function branchTaking(request: Readonly<IDataObject>, branches: readonly OwnBranch[]): number {
	return branches.findIndex(({ takes, option, caseType }) =>
		takes === 'option'
			? option !== undefined && option === request.option
			: takes === 'caseType' && caseType === request.type,
	);
}

/** The branch on which questions leave for an assistant; -1 where there is none. */
export const assistantBranch = (branches: readonly OwnBranch[]): number =>
	branches.findIndex(({ takes }) => takes === 'assistant');

/** How long an assistant has before the dialogue answers, ms; 0 where there is none. */
export const assistantWaitOf = (branches: readonly OwnBranch[]): number =>
	(branches[assistantBranch(branches)]?.seconds ?? 0) * 1_000;
