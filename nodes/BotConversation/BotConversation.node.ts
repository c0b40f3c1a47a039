import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { languageModelInput } from '../shared/n8n/languageModel';
import { storeCredential, testStore } from '../shared/n8n/storeCredential';
import { searchMenuOptions } from '../shared/n8n/storeLists';
import { converse } from './converse';
import { OUTPUT_NAMES, OUTPUTS_EXPRESSION } from './outputs';
import { ownBranchesField } from './ownBranches';
import { voiceNoteFields } from './voiceNotes';

export class BotConversation implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bot Conversation',
		name: 'botConversation',
		icon: { light: 'file:botConversation.svg', dark: 'file:botConversation.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Answers customers',
		description: 'Answers each customer by the business profile and says what is to be done next',
		defaults: { name: 'Bot Conversation' },
		inputs: [NodeConnectionTypes.Main, languageModelInput],
		outputs: OUTPUTS_EXPRESSION,
		outputNames: OUTPUT_NAMES,
		credentials: [storeCredential],
		properties: [
			{
				displayName:
					'Connect the outputs Messages and Due of a trigger of this package. Greeting, questions, texts, areas and times are the <b>business profile</b>: change them in the setup workflow or with WhatsApp CRM, not here.',
				name: 'profileNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName:
					'A connected model is asked only when the rules are unsure what a message wants. It chooses from a fixed list. To a question it may put passages of your <b>knowledge</b> into words, which it must cite: anything else is not sent.',
				name: 'modelNotice',
				type: 'notice',
				default: '',
			},
			...voiceNoteFields,
			ownBranchesField,
		],
	};

	methods = { credentialTest: { testStore }, listSearch: { searchMenuOptions } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await converse(this);
	}
}
