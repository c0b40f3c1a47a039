import { LRUCache } from 'lru-cache';

import { createWhatsAppClient } from '../../clients/whatsapp/client';
import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import type { MessageTemplate } from '../../clients/whatsapp/templates';
import type { TemplateView } from '../../domain/inbox/views';
import { getChannel } from '../../store/repositories/channels';
import type { Store } from '../../store/store';
import { clientOfChannel } from '../linkedNumbers/clientOfChannel';

/** Templates of an account that an advisor chooses from. Meta allows 6,000; nobody scrolls through more than these. */
const MOST = 500;

/** How long they are remembered, ms: an advisor opens the list again and again, and Meta counts the questions. */
const KEPT_FOR = 60_000;

const kept = new LRUCache<string, Promise<readonly TemplateView[]>>({ max: 100, ttl: KEPT_FOR });

const PLACEHOLDER = /\{\{\s*([\w.]+)\s*\}\}/g;

const variablesIn = (text: string): string[] => [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]))];

/** Meta's samples of the body: a list of lists by number, or a list of names with their samples. */
function samplesOf(example: unknown, variables: readonly string[]): string[] {
	const { body_text: numbered, body_text_named_params: named } = (example ?? {}) as {
		readonly body_text?: unknown;
		readonly body_text_named_params?: unknown;
	};
	if (Array.isArray(numbered)) {
		const first: unknown = Array.isArray(numbered[0]) ? numbered[0] : numbered;
		return (first as unknown[]).map(String);
	}
	if (!Array.isArray(named)) return [];
	const samples = named as ReadonlyArray<{ readonly param_name?: unknown; readonly example?: unknown }>;
	return variables.map((name) => String(samples.find((sample) => sample.param_name === name)?.example ?? ''));
}

/** A template as an advisor reads it. */
export function templateView(template: MessageTemplate): TemplateView {
	const part = (type: string) => template.components.find((component) => component.type.toUpperCase() === type);
	const body = part('BODY');
	const [header, footer] = [part('HEADER'), part('FOOTER')];
	const variables = variablesIn(body?.text ?? '');
	return {
		name: template.name,
		languageCode: template.language,
		category: template.category,
		status: template.status,
		body: body?.text ?? '',
		...(header?.text === undefined ? {} : { header: header.text }),
		...(footer?.text === undefined ? {} : { footer: footer.text }),
		variables,
		samples: samplesOf(body?.example, variables),
	};
}

/**
 * Whether the composer can fill it: placeholders in the header or in a button's address, and media headers, are for a
 * workflow to send.
 */
function isForPeople({ components }: MessageTemplate): boolean {
	return components.every(({ type, format, text, buttons }) =>
		type.toUpperCase() !== 'HEADER'
			? !(buttons ?? []).some(({ url }) => variablesIn(url ?? '').length > 0)
			: (format ?? 'TEXT') === 'TEXT' && variablesIn(text ?? '').length === 0,
	);
}

async function read(store: Store, credential: WhatsAppCredential, channelId: string): Promise<readonly TemplateView[]> {
	const client = await clientOfChannel(store, createWhatsAppClient(credential), channelId);
	const businessAccountId = (await getChannel(store.db, store.workspaceId, channelId))?.waba_id ?? undefined;
	const views: TemplateView[] = [];
	let after: string | undefined;
	do {
		const page = await client.listTemplates({ status: 'APPROVED', businessAccountId, after });
		views.push(...page.rows.filter(isForPeople).map(templateView));
		after = page.nextCursor;
	} while (after !== undefined && views.length < MOST);
	return views.sort((one, other) => one.name.localeCompare(other.name));
}

/** Approved templates of a number of ours, by name. @throws RequestFailure */
export async function approvedTemplates(
	store: Store,
	credential: WhatsAppCredential,
	channelId: string,
): Promise<readonly TemplateView[]> {
	const key = [store.workspaceId, channelId, credential.businessAccountId, credential.baseUrl].join('/');
	const known = kept.get(key);
	if (known !== undefined) return await known;
	const reading = read(store, credential, channelId);
	kept.set(key, reading);
	reading.catch(() => kept.delete(key));
	return await reading;
}
