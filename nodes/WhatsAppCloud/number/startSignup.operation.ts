import type { IDataObject } from 'n8n-workflow';

import { signupDialogUrl } from '../../shared/clients/whatsapp/onboarding';
import { simulated } from '../../shared/n8n/manualMode';
import { flag, optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { startSignup as start } from '../../shared/usecases/signup/startSignup';
import type { WhatsAppCloudOperation } from '../services';
import {
	ACTOR,
	advisorField,
	advisorIdOf,
	excludedNumbersField,
	historyField,
	numbersIn,
	shownExclusions,
} from './numberFields';

export const startSignup: WhatsAppCloudOperation = {
	value: 'startSignup',
	name: 'Start Signup',
	action: 'Start signup of number',
	description:
		'Make a link with which an advisor lets their own WhatsApp Business number be linked, once, within 15 minutes',
	needsApproval: true,
	properties: [
		{
			displayName:
				"Meta offers this to Tech Providers only. Without being one, use Link Manually with the number's IDs, or a Wazzup channel.",
			name: 'techProviderNotice',
			type: 'notice',
			default: '',
		},
		advisorField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				excludedNumbersField,
				historyField,
				{
					displayName: 'Redirect Address',
					name: 'redirectAddress',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://n8n.example.com/webhook/…/inbox/signup',
					description:
						"Where Meta sends the person back to, exactly as it is allowed in the app dashboard of Meta. Empty: the inbox's own page.",
				},
			],
		},
	],
	async execute(context, { client, withStore }) {
		const options = parameter(
			context,
			'options',
			'Options',
			optionsOf({ excludedNumbers: optionalWords, history: flag.optional(), redirectAddress: optionalWords }),
		);
		const excludedNumbers = numbersIn(options.excludedNumbers);
		const { credential } = client;
		if (context.manual) {
			const shown = await withStore(async (store) =>
				shownExclusions(excludedNumbers, (await profileInForce(store)).profile.country),
			);
			const url = signupDialogUrl(credential, credential.signupConfigurationId ?? '', {
				redirectUri: options.redirectAddress ?? '',
				state: 'simulated',
			});
			return { ...simulated({ method: 'GET', url }), ...shown };
		}
		const started = await withStore(
			async (store) =>
				await start(store, credential, {
					advisorId: advisorIdOf(context),
					history: options.history ?? false,
					excludedNumbers,
					actor: ACTOR,
					for: 'invitation',
					redirectUri: options.redirectAddress,
				}),
		);
		return {
			linkedNumberId: started.linkedNumberId,
			url: started.url,
			hostedUrl: started.hostedUrl,
			expiresAt: started.expiresAt.toISOString(),
		} satisfies IDataObject;
	},
};
