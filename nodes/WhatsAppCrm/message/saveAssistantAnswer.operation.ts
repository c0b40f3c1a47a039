import type { IDataObject } from 'n8n-workflow';

import { readAssistantAnswer } from '../../shared/domain/conversation/assistant';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { crmItemOf } from '../../shared/n8n/crmItem';
import { everybodysData } from '../../shared/n8n/everybodysData';
import { parameter, words } from '../../shared/n8n/parameters';
import { answerTurn } from '../../shared/usecases/assistant/answerTurn';
import type { WhatsAppCrmOperation } from '../services';

export const saveAssistantAnswer: WhatsAppCrmOperation = {
	value: 'saveAssistantAnswer',
	name: 'Save Assistant Answer',
	action: 'Save assistant answer to message',
	description:
		'Queue what an assistant answers, once. Where it is unsure, fails or says what it must not, a person or the bot answers.',
	properties: [
		{
			displayName: 'Answer',
			name: 'answer',
			type: 'string',
			default: '={{ $json.output }}',
			typeOptions: { rows: 3 },
			placeholder: 'e.g. Tu pedido sale mañana',
			hint: 'Empty means that the assistant failed: the bot answers at once',
			description: "What the assistant says, from the field of n8n's AI Agent or any other node",
		},
		{
			displayName: 'Hand-Over Word',
			name: 'handOver',
			type: 'string',
			default: '[PERSONA]',
			placeholder: 'e.g. [PERSONA]',
			description: 'The word with which the assistant is told to ask for a person. An answer that has it is not sent.',
		},
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const { node, itemIndex, manual } = context;
		const crm = crmItemOf(node, itemIndex);
		const text = parameter(context, 'answer', 'Answer', words.catch(''));
		const handOver = parameter(context, 'handOver', 'Hand-Over Word', words).trim();
		const carried: IDataObject = { crm: { ...crm } as IDataObject };
		if (manual) return { ...carried, simulated: true, reading: readAssistantAnswer(text, handOver) };
		if (crm.requestId === undefined) {
			throw new InvalidInput({
				message: "The item brings no turn that an assistant could answer ('crm.requestId')",
				description: "Connect this node behind the own branch 'Questions for an Assistant' of Bot Conversation.",
			});
		}
		const { contactId, conversationId, emissionId, requestId: turnId } = crm;
		const done = await answerTurn(store, { turnId, contactId, conversationId, emissionId, text, handOver });
		const { outcome, reason, outboxIds } = done;
		return {
			crm: { ...crm, outboxIds: [...outboxIds] },
			outcome,
			...(reason === undefined ? {} : { reason }),
			...(outcome === 'answered' ? { text } : {}),
		} as IDataObject;
	},
};
