import { auditChains, auditOfChain, firstBrokenLine, type AuditRow } from '../../store/repositories/auditLog';
import { listSeals } from '../../store/repositories/auditSeals';
import type { Store } from '../../store/store';
import { contentOfDay, signatureOfSeal } from './sealAudit';

export interface AuditVerdict {
	readonly intact: boolean;
	readonly chains: number;
	readonly lines: number;
	/** The first line of each chain that is not as it was written. */
	readonly broken: readonly AuditRow[];
	/** Days whose count and digest were checked; none when one chain only is verified. */
	readonly sealedDays: number;
	/** Days (UTC) that do not hold any more what they held when they were sealed. */
	readonly brokenDays: readonly string[];
}

/** Rows in one read; a chain is read whole, because each line vouches for the one before. */
const PAGE = 500;

async function wholeChain(store: Store, chain: string): Promise<AuditRow[]> {
	const rows: AuditRow[] = [];
	for (;;) {
		const page = await auditOfChain(store.db, store.workspaceId, chain, { after: rows.at(-1)?.sequence, limit: PAGE });
		rows.push(...page);
		if (page.length < PAGE) return rows;
	}
}

/** Days that were changed after they were sealed, and seals that were changed or removed themselves. */
async function checkSeals(store: Store): Promise<Pick<AuditVerdict, 'sealedDays' | 'brokenDays'>> {
	const brokenDays: string[] = [];
	let sealedDays = 0;
	let previous = '';
	let after: string | undefined;
	for (;;) {
		const page = await listSeals(store.db, store.workspaceId, { after, limit: PAGE });
		for (const seal of page) {
			const content = { day: seal.day, ...(await contentOfDay(store, seal.day)) };
			const intact =
				content.lines === seal.lines &&
				content.new_chains === seal.new_chains &&
				content.digest === seal.digest &&
				signatureOfSeal(store, previous, content) === seal.hmac;
			if (!intact) brokenDays.push(seal.day);
			previous = seal.hmac;
		}
		sealedDays += page.length;
		if (page.length < PAGE) return { sealedDays, brokenDays };
		after = page.at(-1)?.day;
	}
}

/**
 * Checks that nobody changed, removed or added a line of the bitácora: of one chain (a contact's id or `actor:<name>`),
 * or of all of them, then with the days' seals, which also see that a chain's end or a whole chain is gone.
 */
export async function verifyAudit(store: Store, onlyChain?: string): Promise<AuditVerdict> {
	const broken: AuditRow[] = [];
	let chains = 0;
	let lines = 0;
	const check = async (chain: string) => {
		const rows = await wholeChain(store, chain);
		if (rows.length === 0) return;
		chains += 1;
		lines += rows.length;
		const found = firstBrokenLine(store, rows);
		if (found) broken.push(found);
	};
	if (onlyChain !== undefined) {
		await check(onlyChain);
		return { intact: broken.length === 0, chains, lines, broken, sealedDays: 0, brokenDays: [] };
	}
	let after: string | undefined;
	for (;;) {
		const page = await auditChains(store.db, store.workspaceId, { after, limit: PAGE });
		for (const chain of page) await check(chain);
		if (page.length < PAGE) break;
		after = page.at(-1);
	}
	const seals = await checkSeals(store);
	return { intact: broken.length === 0 && seals.brokenDays.length === 0, chains, lines, broken, ...seals };
}
