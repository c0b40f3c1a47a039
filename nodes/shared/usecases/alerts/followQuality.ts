import { z } from 'zod';

import { qualityFinding, templateFinding, type AlertKind, type Finding } from '../../domain/alerts/alerts';
import type { AccountEvent } from '../../domain/messages/events';
import type { Language } from '../../domain/profile/businessProfile';
import { listAdvisors } from '../../store/repositories/advisors';
import { alertAbout } from '../../store/repositories/alerts';
import { listChannels } from '../../store/repositories/channels';
import type { Store, StoreTransaction } from '../../store/store';
import { alertsLock, raiseAlert, resolveAlert } from './settleAlerts';

/** Meta's words of both: https://developers.facebook.com/docs/graph-api/webhooks/reference/whatsapp-business-account */
const numberSchema = z.object({ display_phone_number: z.string(), event: z.string() });
const templateSchema = z.object({
	event: z.string(),
	message_template_name: z.string(),
	message_template_language: z.string(),
});

/** What is told: a finding, or that the one before is over. */
interface News {
	readonly kind: AlertKind;
	readonly subject: string;
	readonly finding: Finding | undefined;
	readonly isOver: boolean;
}

function valueOf<Value>(raw: unknown, schema: z.ZodType<Value>): Value | undefined {
	const change = z.object({ value: schema }).safeParse(raw);
	return change.success ? change.data.value : schema.safeParse(raw).data;
}

function newsOf({ field, raw }: AccountEvent): News | undefined {
	if (field === 'phone_number_quality_update') {
		const value = valueOf(raw, numberSchema);
		if (value === undefined) return undefined;
		const number = `+${value.display_phone_number.replace(/\D/g, '')}`;
		const finding = qualityFinding({ number, rating: value.event });
		return { kind: 'quality', subject: number, finding, isOver: value.event === 'UNFLAGGED' };
	}
	if (field !== 'message_template_status_update') return undefined;
	const value = valueOf(raw, templateSchema);
	if (value === undefined) return undefined;
	const { event, message_template_name: name, message_template_language: language } = value;
	const isOver = ['APPROVED', 'REINSTATED', 'UNPAUSED'].includes(event.toUpperCase());
	return {
		kind: 'template',
		subject: `${name}|${language}`,
		finding: templateFinding({ name, language, event }),
		isOver,
	};
}

/**
 * What Meta decided about a number or a message template, told at once where the app's callback brings it: flagged, rejected, paused,
 * and that it is over.
 */
export async function followQuality(
	tx: StoreTransaction,
	store: Store,
	event: AccountEvent,
	language: Language,
): Promise<void> {
	const news = newsOf(event);
	if (news === undefined || (news.finding === undefined && !news.isOver)) return;
	await store.lock(tx, alertsLock(store));
	const channels = await listChannels(tx, store.workspaceId);
	const team = await listAdvisors(tx, store.workspaceId);
	const webhookId = channels.find((channel) => channel.webhook_id !== null)?.webhook_id ?? undefined;
	const telling = { language, team, webhookId };
	if (news.finding !== undefined) {
		await raiseAlert(tx, store, news.finding, telling);
		return;
	}
	const known = await alertAbout(tx, store.workspaceId, news.kind, news.subject);
	if (known?.state === 'open') await resolveAlert(tx, store, known, telling);
}
