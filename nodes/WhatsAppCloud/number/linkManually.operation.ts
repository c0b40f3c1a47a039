import { simulated } from '../../shared/n8n/manualMode';
import { flag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { linkManually as link } from '../../shared/usecases/signup/linkManually';
import type { WhatsAppCloudOperation } from '../services';
import {
	ACTOR,
	advisorField,
	advisorIdOf,
	excludedNumbersField,
	historyField,
	numbersIn,
	shownExclusions,
	webhookAddressField,
} from './numberFields';
import { numberItem } from './numberItem';

export const linkManually: WhatsAppCloudOperation = {
	value: 'linkManually',
	name: 'Link Manually',
	action: 'Link number manually',
	description: "Link an advisor's number with its IDs and a token of its account; needs no Tech Provider",
	needsApproval: true,
	properties: [
		advisorField,
		{
			displayName: 'Phone Number ID',
			name: 'numberId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 106540352242922',
			description: 'In the app dashboard of Meta under WhatsApp, API Setup',
		},
		{
			displayName: 'WhatsApp Business Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 102290129340398',
			description: 'On the same page; the account of the number, not the company’s',
		},
		{
			displayName: 'Access Token',
			name: 'numberToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. EAAG…',
			description:
				'Permanent token of a system user that has the same Meta app as the credential, and this account. Kept encrypted in the store; take it out of this field afterwards.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [excludedNumbersField, historyField, webhookAddressField],
		},
	],
	async execute(context, { client, withStore }) {
		const options = parameter(
			context,
			'options',
			'Options',
			optionsOf({ excludedNumbers: optionalWords, history: flag.optional(), webhookAddress: optionalWords }),
		);
		const excludedNumbers = numbersIn(options.excludedNumbers);
		const phoneNumberId = parameter(context, 'numberId', 'Phone Number ID', words);
		const businessAccountId = parameter(context, 'accountId', 'WhatsApp Business Account ID', words);
		return await withStore(async (store) => {
			if (context.manual) {
				const { profile } = await profileInForce(store);
				return {
					...simulated({ method: 'POST', url: `${client.root}/${businessAccountId.trim()}/subscribed_apps` }),
					...shownExclusions(excludedNumbers, profile.country),
				};
			}
			const row = await link(store, client.credential, {
				advisorId: advisorIdOf(context),
				phoneNumberId,
				businessAccountId,
				accessToken: parameter(context, 'numberToken', 'Access Token', words),
				history: options.history ?? false,
				excludedNumbers,
				actor: ACTOR,
				receiverUrl: options.webhookAddress,
			});
			return await numberItem(store, row);
		});
	},
};
