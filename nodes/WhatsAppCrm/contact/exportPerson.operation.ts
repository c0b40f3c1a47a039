import type { IDataObject } from 'n8n-workflow';

import { flag, parameter, words } from '../../shared/n8n/parameters';
import { exportPerson } from '../../shared/usecases/contacts/exportPerson';
import { outputField } from '../outputField';
import { SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { contactOption } from './contactField';

export const exportPersonOperation: WhatsAppCrmOperation = {
	value: 'exportPerson',
	name: 'Export Person',
	action: 'Export person',
	description: 'Gather everything that is kept of one person, as their right by law, with a list of their files',
	// Personal data leave the store: a person decides it.
	needsApproval: true,
	properties: [
		{ ...contactOption, required: true },
		{
			displayName: 'As File',
			name: 'asFile',
			type: 'boolean',
			default: false,
			description: 'Whether to put everything into a JSON file, too',
		},
		{ ...outputField, displayOptions: { show: { asFile: [true] } } },
	],
	async execute(context, { store }) {
		const key = parameter(context, 'contact', 'Contact', words).trim();
		const { contactId, ...everything } = await exportPerson(store, key, {
			actor: SETTINGS_ACTOR,
			log: !context.manual,
		});
		const json = {
			...(context.manual ? { simulated: true } : {}),
			contactId,
			...everything,
		} as unknown as IDataObject;
		if (!parameter(context, 'asFile', 'As File', flag.default(false))) return json;
		const field = parameter(context, 'outputField', 'Put Output File in Field', words).trim();
		const file = await context.node.helpers.prepareBinaryData(
			Buffer.from(JSON.stringify(everything, null, '\t'), 'utf8'),
			`person-${contactId}.json`,
			'application/json',
		);
		return [{ json, binary: { [field]: file } }];
	},
};
