import { z } from 'zod';

import { qualityFinding } from '../../domain/alerts/alerts';
import type { AccountEvent } from '../../domain/messages/events';
import type { Language } from '../../domain/profile/businessProfile';
import { listAdvisors } from '../../store/repositories/advisors';
import { alertAbout } from '../../store/repositories/alerts';
import { listChannels } from '../../store/repositories/channels';
import type { Store, StoreTransaction } from '../../store/store';
import { alertsLock, raiseAlert, resolveAlert } from './settleAlerts';

/** Meta's words of it: https://developers.facebook.com/docs/graph-api/webhooks/reference/whatsapp-business-account */
const valueSchema = z.object({ display_phone_number: z.string(), event: z.string() });

const digitsOf = (number: string): string => number.replace(/\D/g, '');

/** Meta flags a number, or takes the flag back: told at once, where the app's callback brings it. */
export async function followQuality(
	tx: StoreTransaction,
	store: Store,
	event: AccountEvent,
	language: Language,
): Promise<void> {
	if (event.field !== 'phone_number_quality_update') return;
	const raw = z.object({ value: valueSchema }).safeParse(event.raw);
	const value = raw.success ? raw.data.value : valueSchema.safeParse(event.raw).data;
	if (value === undefined || (value.event !== 'FLAGGED' && value.event !== 'UNFLAGGED')) return;
	await store.lock(tx, alertsLock(store));
	const channels = await listChannels(tx, store.workspaceId);
	const team = await listAdvisors(tx, store.workspaceId);
	const webhookId = channels.find((channel) => channel.webhook_id !== null)?.webhook_id ?? undefined;
	const telling = { language, team, webhookId };
	const number = `+${digitsOf(value.display_phone_number)}`;
	const finding = qualityFinding({ number, rating: value.event });
	if (finding !== undefined) {
		await raiseAlert(tx, store, finding, telling);
		return;
	}
	const known = await alertAbout(tx, store.workspaceId, 'quality', number);
	if (known?.state === 'open') await resolveAlert(tx, store, known, telling);
}
