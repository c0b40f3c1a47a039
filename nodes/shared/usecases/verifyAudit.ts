import { auditChains, auditOfChain, firstBrokenLine, type AuditRow } from '../store/repositories/auditLog';
import type { Store } from '../store/store';

export interface AuditVerdict {
	readonly intact: boolean;
	readonly chains: number;
	readonly lines: number;
	/** The first line of each chain that is not as it was written. */
	readonly broken: readonly AuditRow[];
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

/**
 * Checks that nobody changed, removed or added a line of the bitácora: of one chain (a contact's id or `actor:<name>`),
 * or of all of them.
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
		return { intact: broken.length === 0, chains, lines, broken };
	}
	let after: string | undefined;
	for (;;) {
		const page = await auditChains(store.db, store.workspaceId, { after, limit: PAGE });
		for (const chain of page) await check(chain);
		if (page.length < PAGE) break;
		after = page.at(-1);
	}
	return { intact: broken.length === 0, chains, lines, broken };
}
