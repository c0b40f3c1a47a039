import type { WhatsAppClient } from '../../clients/whatsapp/client';
import { readsTheSame, templateComponents } from '../../domain/templates/templateRules';
import type { Store } from '../../store/store';
import { starterTemplates, templateStateInWords, type StarterLanguage } from '../../text/starterTemplates';
import { readMetrics } from '../metrics/readMetrics';
import { dayAfter, localDay } from '../../domain/metrics/localDay';
import { profileInForce } from '../profile/businessProfile';
import { accountTemplates, keyOf } from './accountTemplates';

export interface TemplateUse {
	readonly sent: number;
	readonly readRate: number | null;
	readonly clickRate: number | null;
}

export interface StarterStatus {
	readonly name: string;
	readonly languageCode: string;
	readonly purpose: string;
	/** Meta's, or `MISSING`. */
	readonly status: string;
	readonly isReady: boolean;
	readonly templateId: string | null;
	readonly category: string | null;
	/** Meta moved it: the price is another. */
	readonly categoryChanged: boolean;
	readonly ownWords: boolean;
	/** In words, with what to do. */
	readonly message: string;
}

/** Where the starter set stands in the account: approved, in review, rejected and why, missing. @throws RequestFailure */
export async function starterSetStatus(
	client: Pick<WhatsAppClient, 'listTemplates'>,
	languages: readonly StarterLanguage[],
): Promise<readonly StarterStatus[]> {
	const known = await accountTemplates(client);
	return starterTemplates(languages).map((draft): StarterStatus => {
		const { name, languageCode, purpose, category } = draft;
		const there = known.get(keyOf(name, languageCode));
		const status = there?.status.toUpperCase() ?? 'MISSING';
		const moved = there !== undefined && there.category !== 'UNKNOWN' && there.category !== category;
		const state = templateStateInWords(status, there?.rejected_reason);
		return {
			name,
			languageCode,
			purpose,
			status,
			isReady: status === 'APPROVED',
			templateId: there?.id ?? null,
			category: there?.category ?? null,
			categoryChanged: moved,
			ownWords:
				there !== undefined &&
				!readsTheSame({ components: templateComponents(draft) as typeof there.components }, there),
			message: moved ? `${state}. Meta moved it to ${there.category.toLowerCase()}` : state,
		};
	});
}

/** Days that the use of templates is told for. */
const USE_DAYS = 30;

/** How often each template was sent, read and tapped in the last days (O8). */
export async function templateUse(store: Store): Promise<ReadonlyMap<string, TemplateUse>> {
	const { profile } = await profileInForce(store);
	const to = localDay(store.now(), profile.timeZone);
	const rows = await readMetrics(store, {
		from: dayAfter(to, -USE_DAYS + 1),
		to,
		granularity: 'span',
		by: 'template',
	});
	const use = new Map<string, TemplateUse>();
	for (const { key } of rows) {
		const value = (name: string): number | null =>
			rows.find((row) => row.key === key && row.name === name)?.value ?? null;
		const sent = value('template_sent') ?? 0;
		use.set(key, { sent, readRate: value('template_read_rate'), clickRate: value('template_click_rate') });
	}
	return use;
}
