import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { webhookIdOf } from '../shared/n8n/webhookId';
import type { InboxAddress } from '../shared/store/repositories/inboxAddress';

const MEGABYTE = 1024 * 1024;
const HOUR = 3_600_000;

export interface InboxSettings {
	/** Bytes. */
	readonly uploadLimit: number;
	/** Milliseconds without use after which a session ends. */
	readonly idleMs: number;
}

/** An expression may give anything: what is no number, or out of bounds, is the standard value or the bound. */
function bounded(value: unknown, standard: number, least: number, most: number): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) return standard;
	return Math.min(most, Math.max(least, number));
}

export function inboxSettings(context: IWebhookFunctions): InboxSettings {
	const options: unknown = context.getNodeParameter('options', {});
	const { uploadMegabytes, sessionHours } = (options ?? {}) as Readonly<Record<string, unknown>>;
	return {
		uploadLimit: bounded(uploadMegabytes, 16, 1, 100) * MEGABYTE,
		idleMs: bounded(sessionHours, 12, 1, 168) * HOUR,
	};
}

/** Where people reach the page: as the parameter says, else as n8n does. Undefined when neither is a web address. */
export function publicAddress(context: IHookFunctions | IWebhookFunctions): InboxAddress | undefined {
	const given: unknown = context.getNodeParameter('publicAddress', '');
	const webhookUrl = context.getNodeWebhookUrl('default');
	const url = typeof given === 'string' && given.trim() !== '' ? given.trim() : webhookUrl;
	if (url === undefined || !URL.canParse(url)) return undefined;
	const { protocol, origin, pathname } = new URL(url);
	if (protocol !== 'https:' && protocol !== 'http:') return undefined;
	return { url: `${origin}${pathname}`, webhookId: webhookIdOf(context), webhookUrl };
}
