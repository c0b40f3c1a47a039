import type { IDataObject } from 'n8n-workflow';

import { crmItemOf } from '../../shared/n8n/crmItem';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { messageCard } from '../../shared/usecases/cards';
import {
	previewTranscript,
	saveTranscript,
	type TranscriptToSave,
} from '../../shared/usecases/dialogue/saveTranscript';
import { SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { everybodysData } from '../../shared/n8n/everybodysData';

function messageIdOf({ node, itemIndex }: OperationContext): string {
	const { messageId } = crmItemOf(node, itemIndex);
	if (messageId !== undefined) return messageId;
	throw new InvalidInput({
		message: 'The item names no message',
		description:
			"Connect this node behind the Attachment output of Bot Conversation, with the transcription between them, or add 'Message ID' in Options.",
		parameter: 'Message ID',
	});
}

/** Which node spoke for the voice. n8n throws where it handed the input over itself: pinned data, an agent's tool. */
function sourceOf({ node }: OperationContext): string {
	try {
		return node.getInputSourceData(0).previousNode;
	} catch {
		return node.getNode().name;
	}
}

function requestOf(context: OperationContext): TranscriptToSave {
	const { item } = context;
	const options = parameter(
		context,
		'options',
		'Options',
		optionsOf({ language: optionalWords, messageId: optionalWords }),
	);
	return {
		messageId: options.messageId?.trim() ?? messageIdOf(context),
		text: parameter(context, 'transcript', 'Transcript', words),
		language: options.language?.trim() ?? optionalWords.parse(item.json.language),
		source: sourceOf(context),
		actor: SETTINGS_ACTOR,
	};
}

export const saveTranscriptOperation: WhatsAppCrmOperation = {
	value: 'saveTranscript',
	name: 'Save Transcript',
	action: 'Save transcript of message',
	description: 'Keep what a voice note says: it is the message from then on, and the bot answers it',
	properties: [
		{
			displayName: 'Transcript',
			name: 'transcript',
			type: 'string',
			default: '={{ $json.text }}',
			typeOptions: { rows: 3 },
			placeholder: 'e.g. Necesito cotizar veinte portátiles',
			hint: 'Empty means that it could not be understood: the customer is then asked to write',
			description: 'What was spoken, from the field of any transcription node',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Language',
					name: 'language',
					type: 'string',
					default: '',
					placeholder: 'e.g. es',
					description: "ISO 639-1 code. Empty for the item's field 'language', if it has one.",
				},
				{
					displayName: 'Message ID',
					name: 'messageId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0198c1f2-…',
					description: 'Empty for the message that the item comes from',
				},
			],
		},
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const { crm } = context.item.json;
		const carried: IDataObject = crm === undefined ? {} : { crm };
		if (context.manual && context.item.json.simulated === true) {
			const transcript = parameter(context, 'transcript', 'Transcript', words).trim();
			return { ...context.item.json, simulated: true, transcript };
		}
		const request = requestOf(context);
		const { message, outcome, turn } = await (context.manual ? previewTranscript : saveTranscript)(store, request);
		return {
			...carried,
			...(context.manual ? { simulated: true } : {}),
			...messageCard(message),
			transcript: outcome === 'unchanged' ? message.text : request.text.trim(),
			outcome,
			turn,
		} as IDataObject;
	},
};
