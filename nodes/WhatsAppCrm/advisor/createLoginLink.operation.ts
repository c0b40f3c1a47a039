import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { readAddress } from '../../shared/http/address';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { createLoginLink, previewLoginLink } from '../../shared/usecases/inbox/loginLink';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { advisorField } from './advisorField';

/** The page's address without what a link must not carry. @throws InvalidInput */
function pageAddress(given: string | undefined): string | undefined {
	if (given === undefined) return undefined;
	const address = readAddress(given.trim());
	if (typeof address !== 'string') return `${address.origin}${address.pathname}`;
	throw new InvalidInput({
		message: `'Inbox Address' cannot be used: ${address}`,
		description: "Copy the production URL of 'Advisor Inbox Trigger'.",
		parameter: 'Inbox Address',
	});
}

export const createLoginLinkOperation: WhatsAppCrmOperation = {
	value: 'createLoginLink',
	name: 'Create Login Link',
	action: 'Create login link for advisor',
	description: 'Make a link with which a person of the team sets a password for the inbox, once, within 15 minutes',
	// Whoever has the link is that person.
	needsApproval: true,
	properties: [
		{
			displayName:
				'Whoever opens the link logs in as this person: hand it over in person or to their own number. It replaces their earlier links; their password works until a new one is set.',
			name: 'loginLinkNotice',
			type: 'notice',
			default: '',
		},
		advisorField,
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Inbox Address',
					name: 'address',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://n8n.example.com/webhook/4f1c…/inbox',
					description: 'Production URL of Advisor Inbox Trigger. Empty for the one that was activated last.',
				},
			],
		},
	],
	async execute(context, { store }) {
		const { address } = parameter(context, 'options', 'Options', optionsOf({ address: optionalWords }));
		const request = {
			advisorId: parameter(context, 'advisor', 'Advisor', words).trim(),
			actor: SETTINGS_ACTOR,
			address: pageAddress(address),
		};
		const saves = changesNow(context);
		const link = saves ? await createLoginLink(store, request) : await previewLoginLink(store, request);
		return {
			...(saves ? {} : { simulated: true }),
			advisorId: link.advisor.id,
			name: link.advisor.name,
			role: link.advisor.role,
			phone: link.advisor.phone,
			email: link.advisor.email,
			url: link.url ?? null,
			expiresAt: new Date(link.expiresAt).toISOString(),
		} as IDataObject;
	},
};
