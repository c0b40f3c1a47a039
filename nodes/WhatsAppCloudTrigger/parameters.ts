import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { EmittedEvents } from '../shared/usecases/receive/receiving';
import type { SubscriptionLevel } from '../shared/usecases/receive/subscription';

type Context = IHookFunctions | IWebhookFunctions;

function listParameter(context: Context, name: string): string[] {
	const value: unknown = context.getNodeParameter(name, []);
	const entries: unknown[] = Array.isArray(value) ? value : String(value).split(',');
	return entries.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
}

/** Which outputs get items. Everything is stored whatever is chosen. */
export function emittedEvents(context: Context): EmittedEvents {
	const chosen = listParameter(context, 'triggerOn');
	return {
		messages: chosen.includes('messages'),
		statuses: chosen.includes('statuses'),
		echoes: chosen.includes('echoes'),
		account: chosen.includes('account'),
	};
}

/** Numbers of ours; empty means all. An expression may give a list or text with commas. */
export function phoneNumberIds(context: Context): string[] {
	return listParameter(context, 'phoneNumberIds');
}

export interface SubscriptionChoice {
	readonly level: SubscriptionLevel;
	readonly replaceExisting: boolean;
	readonly useTestUrl: boolean;
}

const LEVELS: readonly SubscriptionLevel[] = ['manual', 'businessAccount', 'phoneNumber', 'app'];

export function subscriptionChoice(context: IHookFunctions): SubscriptionChoice {
	const chosen: unknown = context.getNodeParameter('subscription', 'manual');
	const options: unknown = context.getNodeParameter('options', {});
	const { replaceExisting, useTestUrl } = (options ?? {}) as Readonly<Record<string, unknown>>;
	return {
		level: LEVELS.find((level) => level === chosen) ?? 'manual',
		replaceExisting: replaceExisting === true,
		useTestUrl: useTestUrl === true,
	};
}
