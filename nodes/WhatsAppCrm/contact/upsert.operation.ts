import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { advisorOption, chosenOption } from '../../shared/n8n/storeLists';
import { addTagsField, optionalTags, removeTagsField } from '../../shared/n8n/tagFields';
import { contactCard } from '../../shared/usecases/cards';
import { previewContact, saveContact } from '../../shared/usecases/contacts/saveContact';
import { changesNow, saveByHandField, type WhatsAppCrmOperation } from '../services';
import { contactOption } from './contactField';
import { everybodysData } from '../../shared/n8n/everybodysData';

const text = (displayName: string, name: string, placeholder: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
});

const fieldsSchema = optionsOf({
	addTags: optionalTags,
	advisor: chosenOption,
	city: optionalWords,
	company: optionalWords,
	contact: chosenOption,
	email: optionalWords,
	externalId: optionalWords,
	externalUrl: optionalWords,
	identification: optionalWords,
	language: optionalWords,
	name: optionalWords,
	removeTags: optionalTags,
});

export const createOrUpdateContact: WhatsAppCrmOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
	properties: [
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. +57 300 123 4567',
			description: 'The customer is recognised by it; empty when another field says who it is',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				addTagsField,
				{ ...advisorOption, description: 'The person of the team that the customer belongs to' },
				text('City', 'city', 'e.g. Medellín', 'Where the customer is'),
				text('Company', 'company', 'e.g. Ferretería El Tornillo', 'For whom the customer buys'),
				{ ...contactOption, description: 'The customer that is meant, when phone or e-mail are to change' },
				text('Email', 'email', 'e.g. laura@example.com', 'Where the customer can be reached by mail'),
				text('External ID', 'externalId', 'e.g. 1042', 'ID of the customer in another system'),
				text(
					'External URL',
					'externalUrl',
					'e.g. https://crm.example/contacts/1042',
					'Link to the customer in another system',
				),
				text('Identification', 'identification', 'e.g. NIT 900123456-8', 'ID or tax number, checked for the country'),
				text('Language', 'language', 'e.g. es', 'Language that the customer is answered in'),
				text('Name', 'name', 'e.g. Laura Gómez', 'Full name of the customer, or of the company'),
				removeTagsField,
			],
		},
		saveByHandField,
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const phone = parameter(context, 'phone', 'Phone', optionalWords);
		const { addTags, removeTags, advisor, contact, ...person } = parameter(
			context,
			'additionalFields',
			'Additional Fields',
			fieldsSchema,
		);
		const brought = context.item.json.crm as IDataObject | undefined;
		const nobodySaid = phone === undefined && Object.values(person).every((value) => value === undefined);
		const ofItem = typeof brought?.contactId === 'string' ? brought.contactId : undefined;
		const request = {
			contactKey: contact ?? (nobodySaid || phone === undefined ? ofItem : undefined),
			person: { ...person, phone },
			ownerAdvisorId: advisor,
			addTags,
			removeTags,
		};
		const saves = changesNow(context);
		const saved = saves ? await saveContact(store, request) : await previewContact(store, request);
		return {
			...(saves ? {} : { simulated: true }),
			...contactCard(saved.contact),
			action: saved.action,
			fixed: saved.fixed,
		} as IDataObject;
	},
};
