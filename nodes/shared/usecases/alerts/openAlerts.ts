import { listOpenAlerts, type AlertRow } from '../../store/repositories/alerts';
import type { Store } from '../../store/store';
import { alertInWords } from '../../text/alertTexts';
import type { Language } from '../../domain/profile/businessProfile';
import { profileInForce } from '../profile/businessProfile';

/** An alert as a person reads it. */
export interface AlertCard {
	readonly alertId: string;
	readonly kind: string;
	/** The number or conversation that it is about; null for the desk. */
	readonly subject: string | null;
	readonly level: string;
	readonly state: 'open' | 'resolved';
	readonly message: string;
	readonly since: string;
	readonly changedAt: string;
	readonly resolvedAt: string | null;
	readonly facts: Readonly<Record<string, string | number>>;
}

export function alertCard(row: AlertRow, language: Language): AlertCard {
	const facts = JSON.parse(row.facts) as Readonly<Record<string, string | number>>;
	const { kind, level, state } = row;
	return {
		alertId: row.id,
		kind,
		subject: row.subject === '' ? null : row.subject,
		level,
		state,
		message: alertInWords({ kind, level, facts, isOver: state === 'resolved' }, language),
		since: new Date(row.since).toISOString(),
		changedAt: new Date(row.changed_at).toISOString(),
		resolvedAt: row.resolved_at === null ? null : new Date(row.resolved_at).toISOString(),
		facts,
	};
}

/** Alerts that a person can still look through. */
const MOST = 100;

/** What is unusual at the moment, the oldest first. */
export async function openAlerts(store: Store): Promise<readonly AlertCard[]> {
	const { profile } = await profileInForce(store);
	const rows = await listOpenAlerts(store.db, store.workspaceId, { limit: MOST });
	return rows.map((row) => alertCard(row, profile.language));
}
