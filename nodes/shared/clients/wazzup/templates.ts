import { z } from 'zod';

import type { Wazzup } from './wazzup';

/** A template of a WhatsApp Business API channel. */
export interface Template {
	/** What a message names it by. */
	readonly templateGuid: string;
	readonly name: string;
	/** Lower case: `approved`, `pending`, `rejected`, `paused`, `disabled`, `archived`. */
	readonly status: string;
	readonly language?: string;
	readonly category?: string;
	/** `@template: <guid> { [[v1]]; [[v2]] }`: as many values as the template asks for. */
	readonly templateCode?: string;
	/** As Wazzup gives them. */
	readonly raw: Readonly<Record<string, unknown>>;
}

const optional = z.string().optional().catch(undefined);
const templateSchema = z
	.object({
		templateGuid: z.string().min(1),
		name: optional,
		title: optional,
		status: z.string().default(''),
		language: optional,
		category: optional,
		templateCode: optional,
	})
	.passthrough()
	.transform(
		(raw): Template => ({
			templateGuid: raw.templateGuid,
			name: raw.name ?? raw.title ?? raw.templateGuid,
			status: raw.status.toLowerCase(),
			language: raw.language,
			category: raw.category,
			templateCode: raw.templateCode,
			raw,
		}),
	);

/** Every WhatsApp template of the account: `GET /templates/whatsapp`. @throws RequestFailure */
export async function listTemplates(wazzup: Wazzup): Promise<readonly Template[]> {
	return await wazzup.request({
		method: 'GET',
		path: '/templates/whatsapp',
		answer: z.array(templateSchema),
		idempotent: true,
		timeout: 'read',
		purpose: 'Get templates',
	});
}

/** How many values a template asks for, by its code; undefined when it has none that can be read. */
export function valuesAskedFor({ templateCode }: Pick<Template, 'templateCode'>): number | undefined {
	const values = /\{(.*)\}/s.exec(templateCode ?? '')?.[1];
	return values === undefined ? undefined : (values.match(/\[\[.*?\]\]/gs) ?? []).length;
}
