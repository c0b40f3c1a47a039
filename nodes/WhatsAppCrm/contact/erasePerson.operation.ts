import type { IDataObject } from 'n8n-workflow';

import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { erasePerson, previewErasure } from '../../shared/usecases/contacts/erasePerson';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { contactOption } from './contactField';

export const erasePersonOperation: WhatsAppCrmOperation = {
	value: 'erasePerson',
	name: 'Erase Person',
	action: 'Erase person',
	description: 'Erase everything personal of one customer on their request; it cannot be taken back',
	needsApproval: true,
	properties: [
		{ ...contactOption, required: true },
		{
			displayName: 'Confirm',
			name: 'confirm',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +57 300 123 4567',
			description: "The customer's phone number or ID once more",
		},
		{
			displayName:
				'Messages, files and identities are deleted. Cases and leads keep number, status and dates without anything personal; the audit log still verifies.',
			name: 'eraseNotice',
			type: 'notice',
			default: '',
		},
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Reason',
					name: 'reason',
					type: 'string',
					default: '',
					placeholder: 'e.g. Solicitud 2026-014 por correo',
					description: 'For the audit log, without personal data: it stays',
				},
			],
		},
	],
	async execute(context, { store }) {
		const { reason } = parameter(context, 'options', 'Options', optionsOf({ reason: optionalWords }));
		const request = {
			contactKey: parameter(context, 'contact', 'Contact', words).trim(),
			confirm: parameter(context, 'confirm', 'Confirm', words),
			actor: SETTINGS_ACTOR,
			reason,
		};
		const saves = changesNow(context);
		const erased = saves ? await erasePerson(store, request) : await previewErasure(store, request);
		return { ...(saves ? {} : { simulated: true }), ...erased } as IDataObject;
	},
};
