import { z } from 'zod';

import { LIMITS } from '../../shared/domain/messages/limits';
import type { Choice } from '../../shared/domain/messages/outbound';
import { optionalWords, optionsOf, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { bodyField, choiceOf, choiceShape, footerField, otherwise, otherwiseField } from './interactiveFields';
import { addressFields, send, sendOptions } from './send';

const optionsSchema = optionsOf({ footer: optionalWords, headerText: optionalWords, otherwise });

const rowSchema = z.object({ ...choiceShape, section: optionalWords });

interface Section {
	readonly title?: string;
	readonly rows: Choice[];
}

/** Rows in their order, gathered under the section that each names. */
function sectionsOf(rows: ReadonlyArray<z.output<typeof rowSchema>>): Section[] {
	const sections: Section[] = [];
	for (const { section, ...row } of rows) {
		const known = sections.find((candidate) => candidate.title === section);
		if (known === undefined) sections.push({ title: section, rows: [choiceOf(row)] });
		else known.rows.push(choiceOf(row));
	}
	return sections;
}

export const sendList: WhatsAppCloudOperation = {
	value: 'sendList',
	name: 'Send List',
	action: 'Send message with list',
	description: 'Send a text with a button that opens a list of up to ten options',
	properties: [
		...addressFields,
		bodyField(LIMITS.listBody),
		{
			displayName: 'List Label',
			name: 'listLabel',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Ver opciones',
			description: 'On the button that opens the list, up to 20 characters',
		},
		{
			displayName: 'Rows',
			name: 'rows',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Row',
			default: { row: [{ title: '', description: '', id: '', section: '' }] },
			required: true,
			description: 'Up to ten',
			options: [
				{
					displayName: 'Row',
					name: 'row',
					values: [
						{
							displayName: 'Title',
							name: 'title',
							type: 'string',
							default: '',
							placeholder: 'e.g. Soporte técnico',
							description: 'Up to 24 characters',
						},
						{
							displayName: 'Description',
							name: 'description',
							type: 'string',
							default: '',
							placeholder: 'e.g. Equipos con garantía',
							description: 'Small text below the title, up to 72 characters',
						},
						{
							displayName: 'ID',
							name: 'id',
							type: 'string',
							default: '',
							placeholder: 'e.g. support',
							description: 'Comes back when the row is chosen. Empty for the title.',
						},
						{
							displayName: 'Section',
							name: 'section',
							type: 'string',
							default: '',
							placeholder: 'e.g. Posventa',
							description: 'Heading that the row stands under, up to 24 characters; needed for all rows or for none',
						},
					],
				},
			],
		},
		sendOptions([
			footerField,
			{
				displayName: 'Header Text',
				name: 'headerText',
				type: 'string',
				default: '',
				placeholder: 'e.g. Tu solicitud',
				description: 'Bold text above, up to 60 characters',
			},
			otherwiseField,
		]),
	],
	async execute(context, services) {
		const options = parameter(context, 'options', 'Options', optionsSchema);
		return await send(context, services, {
			type: 'list',
			text: parameter(context, 'text', 'Text', words),
			label: parameter(context, 'listLabel', 'List Label', words),
			sections: sectionsOf(parameter(context, 'rows', 'Rows', rowsOf('row', rowSchema))),
			headerText: options.headerText,
			footer: options.footer,
			otherwise: options.otherwise,
		});
	},
};
