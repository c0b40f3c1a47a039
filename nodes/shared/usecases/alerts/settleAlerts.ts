import { ALERT_KINDS, type AlertKind, type Finding } from '../../domain/alerts/alerts';
import type { Language } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { alertAbout, insertAlert, listOpenAlerts, updateAlert, type AlertRow } from '../../store/repositories/alerts';
import { appendAudit } from '../../store/repositories/auditLog';
import { appendJournal } from '../../store/repositories/journal';
import type { Store, StoreTransaction } from '../../store/store';
import { leaveNotification } from '../notify/leaveNotification';
import { supervisorsOf } from '../notify/tellSupervisors';
import { alertCard, type AlertCard } from './openAlerts';

/** Two processes that look at once tell once. */
export const alertsLock = ({ workspaceId }: Store): string => `alerts:${workspaceId}`;

/** To whom and how alerts are told. */
export interface Telling {
	readonly language: Language;
	readonly team: readonly AdvisorRow[];
	/** The trigger whose Account output carries them. */
	readonly webhookId: string | undefined;
}

/** Rings the bell of those who lead and leaves an item for the workflow, with the change itself. */
async function tell(tx: StoreTransaction, store: Store, row: AlertRow, telling: Telling): Promise<AlertCard> {
	const card = alertCard(row, telling.language);
	const requestId = `alert:${row.id}:${row.revision}`;
	// Waiting customers ring by themselves, where their conversation is.
	if (row.kind !== 'sla') {
		for (const person of supervisorsOf(telling.team)) {
			await leaveNotification(tx, store, person, { kind: 'alert', text: card.message, requestId });
		}
	}
	await appendAudit(tx, store, {
		actor: 'desk',
		action: row.state === 'open' ? 'alert.raised' : 'alert.resolved',
		subjectKind: 'alert',
		subjectId: row.id,
		payload: { kind: row.kind, level: row.level },
	});
	if (telling.webhookId === undefined) return card;
	const now = store.now();
	await appendJournal(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: telling.webhookId,
		channel_id: null,
		output: 'account',
		contact_id: null,
		conversation_id: null,
		message_id: null,
		dedupe_key: requestId,
		payload: JSON.stringify({
			kind: 'alert',
			alert: card,
			crm: { workspaceId: store.workspaceId, webhookId: telling.webhookId, requestId },
		}),
		created_at: now,
	});
	return card;
}

/** One finding: opened, changed, or known already. Returns what was told of it. */
export async function raiseAlert(
	tx: StoreTransaction,
	store: Store,
	finding: Finding,
	telling: Telling,
): Promise<AlertCard | undefined> {
	const now = store.now();
	const { kind, subject, level } = finding;
	const facts = JSON.stringify(finding.facts);
	const known = await alertAbout(tx, store.workspaceId, kind, subject);
	if (!known) {
		const row: AlertRow = {
			id: store.newId(),
			workspace_id: store.workspaceId,
			kind,
			subject,
			state: 'open',
			facts,
			level,
			revision: 1,
			since: now,
			changed_at: now,
			resolved_at: null,
		};
		await insertAlert(tx, row);
		return await tell(tx, store, row, telling);
	}
	if (known.state === 'open' && known.level === level) {
		if (known.facts !== facts) await updateAlert(tx, known.id, { facts });
		return undefined;
	}
	const changes = {
		state: 'open',
		facts,
		level,
		revision: known.revision + 1,
		since: known.state === 'open' ? known.since : now,
		changed_at: now,
		resolved_at: null,
	} as const;
	await updateAlert(tx, known.id, changes);
	return await tell(tx, store, { ...known, ...changes }, telling);
}

/** It is over: told once. */
export async function resolveAlert(
	tx: StoreTransaction,
	store: Store,
	known: AlertRow,
	telling: Telling,
): Promise<AlertCard> {
	const now = store.now();
	const changes = { state: 'resolved', revision: known.revision + 1, changed_at: now, resolved_at: now } as const;
	// Whoever waited is named only while they wait.
	await updateAlert(tx, known.id, known.kind === 'sla' ? { ...changes, facts: '{}' } : changes);
	return await tell(tx, store, { ...known, ...changes }, telling);
}

/** Open alerts of one look; more than these are settled by the next. */
const PAGE = 500;

/**
 * Compares what was found with what is known: new and changed findings are told, those that are gone are told as over, the rest stays
 * quiet. Kinds that were not looked at stay as they are. The caller holds the lock.
 */
export async function settleAlerts(
	tx: StoreTransaction,
	store: Store,
	looked: { readonly kinds: readonly AlertKind[]; readonly findings: readonly Finding[] },
	telling: Telling,
): Promise<readonly AlertCard[]> {
	const told: AlertCard[] = [];
	const kinds = new Set<string>(ALERT_KINDS.filter((kind) => looked.kinds.includes(kind)));
	const found = new Set(looked.findings.map(({ kind, subject }) => `${kind} ${subject}`));
	for (const known of await listOpenAlerts(tx, store.workspaceId, { limit: PAGE })) {
		if (!kinds.has(known.kind) || found.has(`${known.kind} ${known.subject}`)) continue;
		told.push(await resolveAlert(tx, store, known, telling));
	}
	for (const finding of looked.findings) {
		const card = await raiseAlert(tx, store, finding, telling);
		if (card !== undefined) told.push(card);
	}
	return told;
}
