import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { crmItemOf } from '../../shared/n8n/crmItem';
import { optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { requestIdField, requestIdOf } from '../../shared/n8n/requestId';
import { advisorOption, areaOption, chosenOption } from '../../shared/n8n/storeLists';
import { getAdvisor } from '../../shared/store/repositories/advisors';
import type { Store } from '../../shared/store/store';
import { handoffReason } from '../../shared/text/handoffReasons';
import { chooseAdvisor } from '../../shared/usecases/team/assignAdvisor';
import { assignConversation, type AssignConversationRequest } from '../../shared/usecases/team/assignConversation';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { noticeCard } from '../../shared/usecases/notify/noticeCard';
import type { WhatsAppCrmOperation } from '../services';

/** What Bot Conversation asks for on its Handoff output. */
const handoff = z
	.object({
		strength: z.enum(['notify', 'take_over']),
		reason: z.string(),
		area: z.string(),
		advisorName: z.string(),
		caseRequestId: z.string(),
	})
	.partial();

async function nameOf(store: Store, advisorId: string | undefined): Promise<string | undefined> {
	if (advisorId === undefined) return undefined;
	// By hand a name may be written where the list gives an id.
	return (await getAdvisor(store.db, store.workspaceId, advisorId))?.name ?? advisorId;
}

export const assignConversationOperation: WhatsAppCrmOperation = {
	value: 'assign',
	name: 'Assign',
	action: 'Assign conversation',
	description: 'Give a conversation to a person of the team and tell them',
	properties: [
		{
			displayName:
				'Behind the Handoff output of Bot Conversation nothing needs to be filled in: the named person, else the one the customer belongs to, else whoever is on duty in the area and was assigned longest ago.',
			name: 'assignNotice',
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
				advisorOption,
				areaOption,
				{
					displayName: 'Reason',
					name: 'reason',
					type: 'string',
					default: '',
					placeholder: 'e.g. Pide hablar con una persona',
					description: 'What the person reads in the notification',
				},
				requestIdField,
				{
					displayName: 'Strength',
					name: 'strength',
					type: 'options',
					options: [
						{ name: 'Notify', value: 'notify', description: 'The bot goes on until a person writes' },
						{ name: 'Take Over', value: 'take_over', description: 'The bot is silent from now on' },
					],
					default: 'take_over',
					description: 'Empty for what the item says',
				},
			],
		},
	],
	async execute(context, { store }) {
		const crm = crmItemOf(context.node, context.itemIndex);
		const wish = handoff.safeParse(context.item.json).data ?? {};
		const said = parameter(
			context,
			'options',
			'Options',
			optionsOf({
				advisor: chosenOption,
				area: chosenOption,
				reason: optionalWords,
				requestId: optionalWords,
				strength: z.enum(['notify', 'take_over']).optional(),
			}),
		);
		const { profile } = await profileInForce(store);
		const request: AssignConversationRequest = {
			contactId: crm.contactId,
			conversationId: crm.conversationId,
			requestId: requestIdOf(context, said.requestId, crm.requestId),
			area: said.area ?? wish.area ?? profile.withoutOption.area,
			advisorName: (await nameOf(store, said.advisor)) ?? wish.advisorName,
			reason: said.reason ?? wish.reason ?? 'handoff',
			strength: said.strength ?? wish.strength ?? 'take_over',
			caseRequestId: wish.caseRequestId,
		};
		const shown: IDataObject = {
			crm: { ...crm },
			area: request.area,
			reason: request.reason,
			strength: request.strength,
		};
		const text = handoffReason(request.reason, profile.language);
		const { conversationId } = request;
		if (context.manual) {
			const advisor = await chooseAdvisor(store.db, store, request);
			const notice = await noticeCard(store, { advisor, text, conversationId });
			return {
				simulated: true,
				...shown,
				...notice,
				assigned: advisor !== undefined,
				advisorName: advisor?.name ?? null,
			} as IDataObject;
		}
		const { advisor, mode, escalatedTo } = await assignConversation(store, request);
		return {
			...shown,
			...(await noticeCard(store, { advisor: advisor ?? escalatedTo, text, conversationId })),
			mode,
			assigned: advisor !== undefined,
			advisorId: advisor?.id ?? null,
			advisorName: advisor?.name ?? null,
			advisorPhone: advisor?.phone ?? null,
			advisorEmail: advisor?.email ?? null,
		} as IDataObject;
	},
};
