import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { CASE_TYPES } from '../../shared/domain/profile/businessProfile';
import type { Expectation } from '../../shared/domain/profile/expectation';
import { CASE_TYPE_OPTIONS } from '../../shared/n8n/caseTypeOptions';
import { flag, optionalFlag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { areaOption, chosenOption } from '../../shared/n8n/storeLists';
import { keepConversationAsTest, previewConversationTest } from '../../shared/usecases/profile/keepConversationAsTest';
import { conversationField, existingConversation } from '../conversation/conversationField';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';

export const keepConversationTest: WhatsAppCrmOperation = {
	value: 'keepTest',
	name: 'Keep Conversation as Test',
	action: 'Keep conversation as test of business profile',
	description:
		'Remember how a real conversation must end; publishing a draft reports the tests that would end differently',
	needsApproval: true,
	properties: [
		conversationField,
		{
			displayName: 'Test Name',
			name: 'testName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Factura que no llegó',
			description: 'What it is about, for the report',
		},
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			description: 'How it must end, where that is not how it ends with the published profile',
			options: [
				areaOption,
				{
					displayName: 'Case Type',
					name: 'caseType',
					type: 'options',
					options: [...CASE_TYPE_OPTIONS],
					default: 'other',
					description: 'Kind of case that it must make',
				},
				{
					displayName: 'Goes to a Person',
					name: 'person',
					type: 'boolean',
					default: false,
					description: 'Whether a person must take over',
				},
				{
					displayName: 'Makes a Lead',
					name: 'lead',
					type: 'boolean',
					default: false,
					description: 'Whether it must make a lead',
				},
				{
					displayName: 'Menu Option ID',
					name: 'option',
					type: 'string',
					default: '',
					placeholder: 'e.g. quotation',
					description: 'The menu option that it must take',
				},
			],
		},
	],
	async execute(context, { store }) {
		const conversationId = parameter(context, 'conversation', 'Conversation', words).trim();
		const chosen = parameter(
			context,
			'options',
			'Options',
			optionsOf({
				area: chosenOption,
				caseType: z.enum(CASE_TYPES).optional(),
				person: optionalFlag,
				lead: optionalFlag,
				option: optionalWords.optional(),
			}),
		);
		const expected = Object.fromEntries(
			Object.entries(chosen).filter(([, value]) => value !== undefined),
		) as Expectation;
		const request = {
			conversation: await existingConversation(store, conversationId),
			name: parameter(context, 'testName', 'Test Name', words).trim() || conversationId,
			expected,
		};
		if (context.manual && !parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false)))
			return { simulated: true, ...(await previewConversationTest(store, request)) } as IDataObject;
		return { ...(await keepConversationAsTest(store, request, SETTINGS_ACTOR)) } as IDataObject;
	},
};
