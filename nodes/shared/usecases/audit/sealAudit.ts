import { createHash } from 'node:crypto';

import { auditOfTime, firstAuditTime, type AuditRow } from '../../store/repositories/auditLog';
import { insertSeal, lastSeal, type SealRow } from '../../store/repositories/auditSeals';
import type { Store } from '../../store/store';

const DAY = 24 * 3_600_000;

/** A line's time is taken before its commit: a day is sealed when nothing of it can still be under way. */
const SETTLED = 3_600_000;

/** Lines in one read. */
const PAGE = 1_000;

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** What a day of the bitácora holds: how many lines and new chains, and a digest over every line's own HMAC. */
export async function contentOfDay(
	store: Store,
	day: string,
): Promise<Pick<SealRow, 'lines' | 'new_chains' | 'digest'>> {
	const from = Date.parse(`${day}T00:00:00.000Z`);
	const digest = createHash('sha256');
	let lines = 0;
	let newChains = 0;
	let after: Pick<AuditRow, 'at' | 'id'> | undefined;
	for (;;) {
		const page = await auditOfTime(store.db, store.workspaceId, { from, to: from + DAY, after, limit: PAGE });
		for (const row of page) {
			digest.update(`${row.hmac}\n`);
			if (row.sequence === 1) newChains += 1;
		}
		lines += page.length;
		after = page.at(-1);
		if (page.length < PAGE) return { lines, new_chains: newChains, digest: digest.digest('hex') };
	}
}

/** The HMAC of a seal over the one of the day before: a removed or changed seal is seen too. */
export function signatureOfSeal(
	store: Store,
	previous: string,
	{ day, lines, new_chains, digest }: Pick<SealRow, 'day' | 'lines' | 'new_chains' | 'digest'>,
): string {
	return store.sign(`${previous}|${day}|${lines}|${new_chains}|${digest}`);
}

/**
 * Seals the days that are over (UTC): a chain cannot tell that its last lines were cut off, or that all of it is gone; the
 * day's count and digest can. Safe from several processes at once. @returns the days that were sealed now
 */
export async function sealAudit(store: Store): Promise<readonly string[]> {
	const last = await lastSeal(store.db, store.workspaceId);
	const first = last === undefined ? await firstAuditTime(store.db, store.workspaceId) : undefined;
	if (last === undefined && first === undefined) return [];
	const sealed: string[] = [];
	let previous = last?.hmac ?? '';
	let day = last === undefined ? dayOf(first ?? 0) : dayOf(Date.parse(last.day) + DAY);
	while (Date.parse(day) + DAY + SETTLED <= store.now()) {
		const content = { day, ...(await contentOfDay(store, day)) };
		const hmac = signatureOfSeal(store, previous, content);
		await insertSeal(store.db, { workspace_id: store.workspaceId, ...content, hmac, created_at: store.now() });
		sealed.push(day);
		previous = hmac;
		day = dayOf(Date.parse(day) + DAY);
	}
	return sealed;
}
