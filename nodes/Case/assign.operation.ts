import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { InvalidInput } from '../shared/domain/invalidInput';
import type { OperationContext } from '../shared/n8n/operation';
import { optionalWords, optionsOf, parameter, words } from '../shared/n8n/parameters';
import { crmItemIfAny, requestIdField, requestIdOf } from '../shared/n8n/requestId';
import { advisorOption, caseField } from '../shared/n8n/storeLists';
import { assignCase, previewCaseAssignment, type CaseAssignment } from '../shared/usecases/cases/assignCase';
import { caseCard } from '../shared/usecases/cards';
import { noticeCard } from '../shared/usecases/notify/noticeCard';
import { caseCustomer } from './caseCustomer';
import type { CaseOperation } from './services';

const RULES = ['advisor', 'leastBusy', 'named', 'roundRobin'] as const;

function filled(context: OperationContext, name: string, displayName: string): string {
	const said = parameter(context, name, displayName, words).trim();
	if (said !== '') return said;
	throw new InvalidInput({
		message: `'${displayName}' is empty`,
		description: "Fill it, or let 'Round Robin' or 'Least Busy' find somebody.",
		parameter: displayName,
	});
}

function assignmentOf(context: OperationContext): CaseAssignment {
	const rule = parameter(context, 'rule', 'Assign To', z.enum(RULES).default('roundRobin'));
	if (rule === 'advisor') return { rule, advisorId: filled(context, 'advisor', 'Advisor') };
	if (rule === 'named') return { rule, advisorName: filled(context, 'advisorName', 'Advisor Name') };
	return { rule };
}

export const assignCaseOperation: CaseOperation = {
	value: 'assign',
	name: 'Assign',
	action: 'Assign case',
	description: 'Give a case to a person of the team and tell them',
	properties: [
		caseField,
		{
			displayName: 'Assign To',
			name: 'rule',
			type: 'options',
			options: [
				{
					name: 'Least Busy',
					value: 'leastBusy',
					description: 'Who is on duty in the area with the fewest open cases',
				},
				{ name: 'Person by Name', value: 'named', description: 'Whom the customer named, typos allowed' },
				{ name: 'Person From List', value: 'advisor', description: 'Whom you choose, also when they are away' },
				{
					name: 'Round Robin',
					value: 'roundRobin',
					description: 'Who is on duty in the area and was assigned longest ago',
				},
			],
			default: 'roundRobin',
			description: 'How the person is found',
		},
		{ ...advisorOption, required: true, displayOptions: { show: { rule: ['advisor'] } } },
		{
			displayName: 'Advisor Name',
			name: 'advisorName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Carolina',
			displayOptions: { show: { rule: ['named'] } },
			description: 'Name or nickname of the person; who stands in for them when they are away',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [requestIdField],
		},
	],
	customerOf: caseCustomer,
	async execute(context, { store }) {
		const caseKey = parameter(context, 'case', 'Case', words).trim();
		const { requestId } = parameter(context, 'options', 'Options', optionsOf({ requestId: optionalWords }));
		// The item's own id made the case and told its first advisor: assigning is a request of its own.
		const brought = crmItemIfAny(context)?.requestId;
		const request = {
			caseKey,
			assignment: assignmentOf(context),
			requestId: requestIdOf(context, requestId, brought && `${brought}:assign:${context.node.getNode().id}`),
		};
		const assigned = context.manual ? await previewCaseAssignment(store, request) : await assignCase(store, request);
		const { advisor } = assigned;
		return {
			...(context.manual ? { simulated: true } : {}),
			...(context.item.json.crm === undefined ? {} : { crm: context.item.json.crm }),
			...caseCard(assigned.case),
			...(await noticeCard(store, {
				advisor,
				text: `${assigned.case.number}: ${assigned.case.subject}`,
				conversationId: assigned.case.conversation_id ?? undefined,
			})),
			assigned: advisor !== undefined,
			changed: assigned.changed,
			advisorId: advisor?.id ?? null,
			advisorName: advisor?.name ?? null,
			advisorPhone: advisor?.phone ?? null,
			advisorEmail: advisor?.email ?? null,
		} as IDataObject;
	},
};
