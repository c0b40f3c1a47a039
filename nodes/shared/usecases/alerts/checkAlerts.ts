import { DateTime } from 'luxon';

import {
	deadLetterFinding,
	errorFinding,
	qualityFinding,
	tokenFinding,
	volumeFinding,
	waitingFinding,
	type AlertKind,
	type Finding,
} from '../../domain/alerts/alerts';
import { dayAfter, localDay } from '../../domain/metrics/localDay';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { listAdvisors } from '../../store/repositories/advisors';
import { waitingCustomers } from '../../store/repositories/alerts';
import { listCompanyChannels } from '../../store/repositories/channels';
import { listDeadLetters } from '../../store/repositories/deadLetters';
import { dailyRows } from '../../store/repositories/metricRows';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { catchUpMetrics } from '../metrics/catchUpMetrics';
import type { AlertCard } from './openAlerts';
import { alertsLock, settleAlerts } from './settleAlerts';

/** What only WhatsApp knows. */
export interface Observed {
	readonly numbers: ReadonlyArray<{ readonly number: string; readonly rating: string }>;
	readonly tokenExpiresAt?: Date;
}

/** Weeks that say what is usual. */
const WEEKS = 4;

/** Waiting customers and dead letters that are looked at. */
const MOST = 200;

async function volumeOf(store: Store, profile: BusinessProfile): Promise<Finding | undefined> {
	const hour = DateTime.fromMillis(store.now(), { zone: profile.timeZone }).minus({ hours: 1 });
	const day = hour.toFormat('yyyy-MM-dd');
	const key = hour.toFormat('HH');
	const countOf = async (asked: string, counted: { dimension: string; key?: string }): Promise<number | undefined> => {
		const names = ['inbound_messages'];
		const [row] = await dailyRows(store.db, store.workspaceId, { names, from: asked, to: asked, ...counted });
		return row?.count;
	};
	const before: number[] = [];
	for (let week = 1; week <= WEEKS; week += 1) {
		const earlier = dayAfter(day, -7 * week);
		// A day without any message was before the desk, or a holiday: it says nothing about an hour.
		if ((await countOf(earlier, { dimension: 'all' })) === undefined) continue;
		before.push((await countOf(earlier, { dimension: 'hour', key })) ?? 0);
	}
	const count = (await countOf(day, { dimension: 'hour', key })) ?? 0;
	return volumeFinding({ hour: key, count, before }, profile);
}

async function errorsOf(store: Store, profile: BusinessProfile): Promise<Finding | undefined> {
	const today = localDay(store.now(), profile.timeZone);
	const rows = await dailyRows(store.db, store.workspaceId, {
		names: ['integration_errors', 'inbound_messages', 'outbound_messages'],
		dimension: 'all',
		from: today,
		to: today,
	});
	const total = (...names: string[]): number =>
		rows.filter(({ name }) => names.includes(name)).reduce((sum, { count }) => sum + count, 0);
	return errorFinding(
		{ errors: total('integration_errors'), messages: total('inbound_messages', 'outbound_messages') },
		profile,
	);
}

async function findingsOf(store: Store, profile: BusinessProfile): Promise<Finding[]> {
	const now = store.now();
	const dead = await listDeadLetters(store.db, store.workspaceId, { limit: MOST });
	const waiting = await waitingCustomers(store.db, store.workspaceId, MOST);
	const found = [
		await volumeOf(store, profile),
		await errorsOf(store, profile),
		deadLetterFinding(dead.length),
		...waiting.map(({ name, ...one }) => waitingFinding({ ...one, name: name ?? 'WhatsApp' }, profile, now)),
	];
	return found.filter((finding) => finding !== undefined);
}

/**
 * Looks whether something is unusual (O10) and tells what is new, what is another and what is over: a bell for those who lead, an item
 * on the trigger's Account output, a line of the bitácora. The same look twice tells nothing the second time.
 * @param observed what WhatsApp said of numbers and token; without it those alerts stay as they are.
 */
export async function checkAlerts(store: Store, observed?: Observed): Promise<readonly AlertCard[]> {
	await catchUpMetrics(store);
	const { profile } = await profileInForce(store);
	const findings = await findingsOf(store, profile);
	const kinds: AlertKind[] = ['dead_letters', 'errors', 'sla', 'volume'];
	if (observed !== undefined) {
		const ofMeta = [
			...observed.numbers.map(qualityFinding),
			tokenFinding(observed.tokenExpiresAt, profile, store.now()),
		];
		kinds.push('quality', 'token');
		findings.push(...ofMeta.filter((finding) => finding !== undefined));
	}
	const team = await listAdvisors(store.db, store.workspaceId);
	const channels = await listCompanyChannels(store.db, store.workspaceId);
	const webhookId = channels.find((channel) => channel.webhook_id !== null)?.webhook_id ?? undefined;
	return await store.transaction(async (tx) => {
		await store.lock(tx, alertsLock(store));
		return await settleAlerts(tx, store, { kinds, findings }, { language: profile.language, team, webhookId });
	});
}
