import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { optionalWords, optionsOf, parameter, rowsOf, words } from '../shared/n8n/parameters';
import { areaOption, caseField, chosenOption } from '../shared/n8n/storeLists';
import { addTagsField, optionalTags, removeTagsField } from '../shared/n8n/tagFields';
import { caseCard } from '../shared/usecases/cards';
import { editCase, previewCaseEdit } from '../shared/usecases/cases/editCase';
import { PRIORITIES, priorityField } from './priorityField';
import { caseCustomer } from './caseCustomer';
import type { CaseOperation } from './services';

const answerRow = z.object({ field: words, value: words });

const updateSchema = optionsOf({
	addTags: optionalTags,
	answers: rowsOf<z.infer<typeof answerRow>>('answer', answerRow),
	area: chosenOption,
	externalId: optionalWords,
	externalUrl: optionalWords,
	priority: z.enum(PRIORITIES).optional(),
	removeTags: optionalTags,
	subject: optionalWords,
});

export const updateCaseOperation: CaseOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update case',
	description: 'Correct what a case is about; what is left out stays as it is',
	properties: [
		caseField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				addTagsField,
				{
					displayName: 'Answers',
					name: 'answers',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add answer',
					default: {},
					description: 'Answers of the customer to correct or add; the others stay',
					options: [
						{
							displayName: 'Answer',
							name: 'answer',
							values: [
								{
									displayName: 'Field',
									name: 'field',
									type: 'string',
									default: '',
									placeholder: 'e.g. quantity',
									description: 'Field of the question in the business profile',
								},
								{
									displayName: 'Value',
									name: 'value',
									type: 'string',
									default: '',
									placeholder: 'e.g. 25',
									description: 'What the answer is now',
								},
							],
						},
					],
				},
				areaOption,
				{
					displayName: 'External ID',
					name: 'externalId',
					type: 'string',
					default: '',
					placeholder: 'e.g. TCK-1042',
					description: 'ID of the case in another system',
				},
				{
					displayName: 'External URL',
					name: 'externalUrl',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://helpdesk.example/TCK-1042',
					description: 'Link to the case in another system',
				},
				priorityField,
				removeTagsField,
				{
					displayName: 'Subject',
					name: 'subject',
					type: 'string',
					default: '',
					placeholder: 'e.g. 20 portátiles para la oficina',
					description: 'What the customer needs, in a few words',
				},
			],
		},
	],
	customerOf: caseCustomer,
	async execute(context, { store }) {
		const caseKey = parameter(context, 'case', 'Case', words).trim();
		const { answers, ...said } = parameter(context, 'updateFields', 'Update Fields', updateSchema);
		const fields = Object.fromEntries(
			answers.filter(({ field }) => field.trim() !== '').map(({ field, value }) => [field.trim(), value]),
		);
		const edit = { caseKey, ...said, fields: Object.keys(fields).length === 0 ? undefined : fields };
		const edited = context.manual ? await previewCaseEdit(store, edit) : await editCase(store, edit);
		return {
			...(context.manual ? { simulated: true } : {}),
			...caseCard(edited.case),
			changed: Object.keys(edited.changes).length > 0 || edited.tagsChanged,
			changes: edited.changes,
		} as IDataObject;
	},
};
