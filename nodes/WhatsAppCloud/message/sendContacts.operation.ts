import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { normalizePhone } from '../../shared/domain/identity/phone';
import type { ContactCard } from '../../shared/clients/whatsapp/messageRequest';
import { optionalWords, optionsOf, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { addressFields, send, sendOptions } from './send';

const cardRow = z.object({
	firstName: words,
	lastName: optionalWords,
	phone: words,
	email: optionalWords,
	company: optionalWords,
	jobTitle: optionalWords,
	website: optionalWords,
});

/** A number with its WhatsApp id gets a button to write to it; one that cannot be read is shown as it is. */
function cardOf(row: z.output<typeof cardRow>, defaultCountry: string): ContactCard {
	if (row.phone.trim() === '' && row.email === undefined) {
		throw new InvalidInput({
			message: "'Contacts' has a card without a phone number and an email",
			description: "Fill in 'Phone' or 'Email' of every card.",
			parameter: 'Contacts',
		});
	}
	const phone = normalizePhone(row.phone, defaultCountry)?.e164;
	return {
		formattedName: [row.firstName, row.lastName]
			.filter((part) => part !== undefined)
			.join(' ')
			.trim(),
		firstName: row.firstName.trim(),
		lastName: row.lastName,
		phones:
			row.phone.trim() === ''
				? []
				: [
						{
							phone: phone ?? row.phone.trim(),
							type: 'WORK',
							...(phone === undefined ? {} : { waId: phone.slice(1) }),
						},
					],
		emails: row.email === undefined ? [] : [{ email: row.email, type: 'WORK' }],
		company: row.company,
		title: row.jobTitle,
		urls: row.website === undefined ? [] : [{ url: row.website, type: 'WORK' }],
	};
}

export const sendContacts: WhatsAppCloudOperation = {
	value: 'sendContacts',
	name: 'Send Contacts',
	action: 'Send contact cards',
	description: 'Send up to five contact cards, for example of the advisor',
	properties: [
		...addressFields,
		{
			displayName: 'Contacts',
			name: 'contacts',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Contact',
			default: { contact: [{ firstName: '', phone: '' }] },
			required: true,
			description: 'Up to five',
			options: [
				{
					displayName: 'Contact',
					name: 'contact',
					values: [
						{
							displayName: 'Company',
							name: 'company',
							type: 'string',
							default: '',
							placeholder: 'e.g. Prosuministros',
						},
						{
							displayName: 'Email',
							name: 'email',
							type: 'string',
							default: '',
							placeholder: 'e.g. ana@example.com',
						},
						{
							displayName: 'First Name',
							name: 'firstName',
							type: 'string',
							default: '',
							placeholder: 'e.g. Ana',
						},
						{
							displayName: 'Job Title',
							name: 'jobTitle',
							type: 'string',
							default: '',
							placeholder: 'e.g. Asesora comercial',
						},
						{
							displayName: 'Last Name',
							name: 'lastName',
							type: 'string',
							default: '',
							placeholder: 'e.g. Gómez',
						},
						{
							displayName: 'Phone',
							name: 'phone',
							type: 'string',
							default: '',
							placeholder: 'e.g. +57 300 123 4567',
						},
						{
							displayName: 'Website',
							name: 'website',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://example.com',
						},
					],
				},
			],
		},
		sendOptions(),
	],
	async execute(context, services) {
		const { defaultCountry } = parameter(context, 'options', 'Options', optionsOf({ defaultCountry: words }));
		const rows = parameter(context, 'contacts', 'Contacts', rowsOf('contact', cardRow));
		return await send(context, services, {
			type: 'contacts',
			contacts: rows.map((row) => cardOf(row, defaultCountry)),
		});
	},
};
