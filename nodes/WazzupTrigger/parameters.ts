import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

type Context = IHookFunctions | IWebhookFunctions | ITriggerFunctions;

function optionsOf(context: Context): Readonly<Record<string, unknown>> {
	const options: unknown = context.getNodeParameter('options', {});
	return (options ?? {}) as Readonly<Record<string, unknown>>;
}

/** Which outputs get items. Everything is stored whatever is chosen. */
export function chosenOutputs(context: Context): ReadonlySet<string> {
	const value: unknown = context.getNodeParameter('triggerOn', []);
	const entries: unknown[] = Array.isArray(value) ? value : String(value).split(',');
	return new Set(entries.map((entry) => String(entry).trim()));
}

export interface AddressChoice {
	readonly automatic: boolean;
	readonly replaceExisting: boolean;
	readonly useTestUrl: boolean;
}

export function addressChoice(context: Context): AddressChoice {
	const { replaceExisting, useTestUrl } = optionsOf(context);
	return {
		automatic: context.getNodeParameter('subscription', 'automatic') !== 'manual',
		replaceExisting: replaceExisting === true,
		useTestUrl: useTestUrl === true,
	};
}

/** Whether Due asks for a run of Sync when contacts, leads or the team have changed. */
export function syncsOnChanges(context: Context): boolean {
	return optionsOf(context).syncOnChanges === true;
}
