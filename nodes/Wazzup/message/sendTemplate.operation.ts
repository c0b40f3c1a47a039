import { z } from 'zod';

import { valuesAskedFor } from '../../shared/clients/wazzup/templates';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { LONGEST_ID, withinLimit } from '../../shared/domain/wazzup/limits';
import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, rowsOf, words } from '../../shared/n8n/parameters';
import { addressFields, send, sendOptions } from './send';
import { templateField } from '../fields';
import type { WazzupOperation, WazzupServices } from '../services';

/** @throws InvalidInput when the template is not there, is not approved or asks for another number of values */
async function checkTemplate(templateId: string, values: readonly string[], { client }: WazzupServices): Promise<void> {
	const template = (await client.listTemplates()).find(({ templateGuid }) => templateGuid === templateId);
	if (template === undefined || template.status !== 'approved') {
		throw new InvalidInput({
			message:
				template === undefined
					? `'Template' is not known to Wazzup: '${templateId}'`
					: `'Template' cannot be sent: '${template.name}' is ${template.status}`,
			description: "Choose an approved 'Template' from the list.",
			parameter: 'Template',
		});
	}
	const wanted = valuesAskedFor(template);
	if (wanted === undefined || wanted === values.length) return;
	throw new InvalidInput({
		message: `'Values' has ${values.length} entries; '${template.name}' asks for ${wanted}`,
		description: "Fill in one of 'Values' for each placeholder of the template, in their order.",
		parameter: 'Values',
	});
}

function valuesOf(context: OperationContext): readonly string[] {
	const rows = parameter(context, 'values', 'Values', rowsOf('value', z.object({ text: words })));
	const empty = rows.findIndex(({ text }) => text.trim() === '');
	if (empty < 0) return rows.map(({ text }) => text);
	throw new InvalidInput({
		message: `'Values' is empty at ${empty + 1}`,
		description: 'WhatsApp takes no empty value. Write a word that fits, e.g. "cliente".',
		parameter: 'Values',
	});
}

export const sendTemplate: WazzupOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send template message',
	description: 'Send an approved template of a WhatsApp Business API channel, also outside the 24-hour window',
	properties: [
		...addressFields,
		templateField,
		{
			displayName: 'Values',
			name: 'values',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Value',
			default: {},
			description: 'What the placeholders of the template are filled with, in their order',
			options: [
				{
					displayName: 'Value',
					name: 'value',
					values: [{ displayName: 'Text', name: 'text', type: 'string', default: '', placeholder: 'e.g. Ana' }],
				},
			],
		},
		{
			displayName: 'Button Payloads',
			name: 'buttonPayloads',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Payload',
			default: {},
			description: 'What comes back when a button of the template is tapped, in their order; without it, its text',
			options: [
				{
					displayName: 'Payload',
					name: 'payload',
					values: [{ displayName: 'Text', name: 'text', type: 'string', default: '', placeholder: 'e.g. order-1042' }],
				},
			],
		},
		sendOptions,
	],
	async execute(context, services) {
		const templateId = withinLimit(parameter(context, 'templateId', 'Template', words), 'Template', LONGEST_ID);
		const values = valuesOf(context);
		await checkTemplate(templateId, values, services);
		const payloads = rowsOf('payload', z.object({ text: words }));
		return await send(context, services, {
			type: 'template',
			templateId,
			values,
			buttonPayloads: parameter(context, 'buttonPayloads', 'Button Payloads', payloads).map(({ text }) => text),
		});
	},
};
