import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { crmItemIfAny, requestIdField, requestIdOf } from '../../shared/n8n/requestId';
import { notificationCard } from '../../shared/usecases/cards';
import { noticeCard } from '../../shared/usecases/notify/noticeCard';
import { previewNotice, sendNotice } from '../../shared/usecases/notify/sendNotice';
import type { WhatsAppCrmOperation } from '../services';
import { advisorField } from '../advisor/advisorField';

export const sendNotification: WhatsAppCrmOperation = {
	value: 'send',
	name: 'Send',
	action: 'Send notification',
	description: 'Tell one person of the team by the inbox and, as the business profile says, by WhatsApp',
	properties: [
		advisorField,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			placeholder: 'e.g. El pedido 1042 está listo',
			description: 'What the person reads',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Conversation ID',
					name: 'conversationId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0198c1f2-…',
					description:
						"The customer it is about. Empty for the item's conversation, if it comes from one: then the person can attend the customer from the notification.",
				},
				{
					displayName: 'Kind',
					name: 'kind',
					type: 'string',
					default: '',
					placeholder: 'e.g. order.ready',
					description: 'What kind of news it is, for filters',
				},
				requestIdField,
			],
		},
	],
	async execute(context, { store }) {
		const said = parameter(
			context,
			'options',
			'Options',
			optionsOf({ conversationId: optionalWords, kind: optionalWords, requestId: optionalWords }),
		);
		const crm = crmItemIfAny(context);
		const text = parameter(context, 'text', 'Text', words).trim();
		if (text === '') {
			throw new InvalidInput({
				message: "'Text' is empty",
				description: 'Write what the person is to read.',
				parameter: 'Text',
			});
		}
		const brought = crm?.requestId;
		const request = {
			advisorId: parameter(context, 'advisor', 'Advisor', words).trim(),
			text,
			kind: said.kind ?? 'workflow.notice',
			conversationId: said.conversationId ?? crm?.conversationId,
			// The item's own id may have told somebody already: this notice is a request of its own.
			requestId: requestIdOf(context, said.requestId, brought && `${brought}:notice:${context.node.getNode().id}`),
		};
		const carried = context.item.json.crm === undefined ? {} : { crm: context.item.json.crm };
		if (context.manual) {
			const { advisor, channels } = await previewNotice(store, request);
			const card = await noticeCard(store, { advisor, text, conversationId: request.conversationId });
			return { simulated: true, ...carried, ...card, requestId: request.requestId, channels } as IDataObject;
		}
		const { notification, advisor, isNew, channels, whatsApp } = await sendNotice(store, request);
		return {
			...carried,
			...notificationCard(notification),
			...(await noticeCard(store, { advisor, text, conversationId: request.conversationId })),
			requestId: request.requestId,
			toldBefore: !isNew,
			channels,
			whatsApp: whatsApp ?? null,
		} as IDataObject;
	},
};
