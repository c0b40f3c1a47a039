import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { isLinkingProblem } from '../../shared/domain/linkedNumbers/problems';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { linkingProblemInWords } from '../../shared/text/linkingProblems';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { linkedNumberById } from '../../shared/usecases/linkedNumbers/linkedNumberById';
import { completeSignup as complete } from '../../shared/usecases/signup/completeSignup';
import { continueLinking } from '../../shared/usecases/signup/continueLinking';
import type { WhatsAppCloudOperation, WhatsAppCloudServices } from '../services';
import { linkedNumberField, linkedNumberIdOf, webhookAddressField } from './numberFields';
import { numberItem } from './numberItem';

const SOURCES = ['linkedNumber', 'redirect'] as const;

const ofRedirect = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { source: ['redirect'] } },
});

/** News of the Onboarding output are told, not done. */
function isNews({ item }: OperationContext): boolean {
	const { event } = item.json;
	return typeof event === 'string' && event !== 'continue';
}

async function goOn(context: OperationContext, { client, withStore }: WhatsAppCloudServices): Promise<IDataObject> {
	if (isNews(context)) return context.item.json;
	const linkedNumberId = linkedNumberIdOf(context);
	const { phoneNumberId, webhookAddress } = parameter(
		context,
		'options',
		'Options',
		optionsOf({ phoneNumberId: optionalWords, webhookAddress: optionalWords }),
	);
	return await withStore(async (store) => {
		const row = context.manual
			? await linkedNumberById(store, linkedNumberId)
			: await continueLinking(store, client.credential, linkedNumberId, {
					phoneNumberId,
					receiverUrl: webhookAddress,
				});
		return { ...(context.manual ? { simulated: true } : {}), ...(await numberItem(store, row)) };
	});
}

async function comeBack(context: OperationContext, { client, withStore }: WhatsAppCloudServices): Promise<IDataObject> {
	const value = (name: string, displayName: string): string | undefined =>
		parameter(context, name, displayName, optionalWords);
	const returned = {
		state: value('state', 'State'),
		code: value('code', 'Code'),
		error: value('error', 'Error'),
		errorDescription: value('errorDescription', 'Error Description'),
	};
	// A code is good once: by hand it is left for production.
	if (context.manual) return { simulated: true, error: returned.error ?? null, codeGiven: returned.code !== undefined };
	return await withStore(async (store) => {
		const { profile } = await profileInForce(store);
		const { linkedNumber, problem, detail } = await complete(store, client.credential, returned);
		if (linkedNumber !== undefined) return await numberItem(store, linkedNumber);
		const words = isLinkingProblem(problem ?? null) ? problem : undefined;
		return {
			linkedNumberId: null,
			state: 'failed',
			problem: words === undefined ? null : { ...linkingProblemInWords(words, profile.language, detail) },
		};
	});
}

export const completeSignup: WhatsAppCloudOperation = {
	value: 'completeSignup',
	name: 'Complete Signup',
	action: 'Complete signup of number',
	description:
		'Go on with linking a number wherever it stopped, or look after it once it is linked; news of the Onboarding output pass through',
	needsApproval: true,
	properties: [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{
					name: 'Linked Number',
					value: 'linkedNumber',
					description: 'A signup that was begun: what the Onboarding output of Advisor Inbox Trigger brings',
				},
				{
					name: 'Redirect',
					value: 'redirect',
					description: "What Meta's redirect brought to a page of your own; the code is good for 30 seconds",
				},
			],
			default: 'linkedNumber',
			description: 'What is gone on with',
		},
		{ ...linkedNumberField, displayOptions: { show: { source: ['linkedNumber'] } } },
		ofRedirect({
			displayName: 'State',
			name: 'state',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.query.state }}',
			description: 'The field <code>state</code> of the redirect, unchanged',
		}),
		ofRedirect({
			displayName: 'Code',
			name: 'code',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. {{ $json.query.code }}',
			description: 'The field <code>code</code> of the redirect',
		}),
		ofRedirect({
			displayName: 'Error',
			name: 'error',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.query.error }}',
			description: 'The field <code>error</code> of the redirect, when there is no code',
		}),
		ofRedirect({
			displayName: 'Error Description',
			name: 'errorDescription',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.query.error_description }}',
			description: 'The field <code>error_description</code> of the redirect',
		}),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions: { show: { source: ['linkedNumber'] } },
			options: [
				{
					displayName: 'Phone Number ID',
					name: 'phoneNumberId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 106540352242922',
					description: 'Which number it is, when the shared account has several',
				},
				webhookAddressField,
			],
		},
	],
	async execute(context, services) {
		const source = parameter(context, 'source', 'Source', z.enum(SOURCES).default('linkedNumber'));
		return source === 'redirect' ? await comeBack(context, services) : await goOn(context, services);
	},
};
