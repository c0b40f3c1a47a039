import { setImmediate } from 'node:timers/promises';

import {
	confirmed,
	RECORD_KINDS,
	type Disagreement,
	type Finding,
	type RecordKind,
} from '../../domain/consistency/findings';
import { listAdvisors } from '../../store/repositories/advisors';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { lookAtCases } from './cases';
import { chooseRecords, type Chosen } from './chooseRecords';
import { lookAtContacts } from './contacts';
import { lookAtConversations } from './conversations';
import { lookAtFiles } from './files';
import { lookAtLeads } from './leads';
import type { Desk, Look, LookedAt } from './looked';
import { lookAtPayments } from './payments';
import { accountsInUse, lookAtDesk } from './wholeDesk';

const LOOKS: Readonly<Record<RecordKind, Look>> = {
	payment: lookAtPayments,
	lead: lookAtLeads,
	case: lookAtCases,
	file: lookAtFiles,
	conversation: lookAtConversations,
	contact: lookAtContacts,
};

/** Records in one look. */
const PAGE = 50;

/** Findings of one rule that are told one by one. More are counted: nobody repairs a thousand by hand. */
const TOLD = 20;

export interface ConsistencyQuestion extends Omit<Chosen, 'since'> {
	/** How far back a change is lately. */
	readonly days: number;
	/** How long an open case may have a closed conversation. */
	readonly idleDays: number;
}

/** One thing that does not agree, and where. */
export interface FoundThere extends Finding {
	/** Undefined: it concerns the desk, no single record. */
	readonly where?: Omit<LookedAt, 'findings'>;
}

export interface Consistency {
	/** Records that were looked at, and those of them that agree with all others. */
	readonly checked: number;
	readonly agree: number;
	readonly byKind: Readonly<Record<RecordKind, number>>;
	/** How often each rule was broken, most often first. */
	readonly byRule: ReadonlyArray<{ readonly rule: Disagreement; readonly count: number }>;
	/** At most twenty of each rule. */
	readonly findings: readonly FoundThere[];
}

/** Looks twice at what seems wrong: between two reads somebody may have been at work. */
async function lookTwice(look: Look, desk: Desk, ids: readonly string[]): Promise<readonly LookedAt[]> {
	const first = await look(desk, ids);
	const doubtful = new Map(first.flatMap((row) => (row.findings.length === 0 ? [] : [[row.id, row.findings]])));
	if (doubtful.size === 0) return first;
	const again = new Map((await look(desk, [...doubtful.keys()])).map((row) => [row.id, row]));
	return first.flatMap((row) => {
		const earlier = doubtful.get(row.id);
		if (earlier === undefined) return [row];
		const second = again.get(row.id);
		return second === undefined ? [] : [{ ...second, findings: confirmed(earlier, second.findings) }];
	});
}

class Findings {
	private readonly counts = new Map<Disagreement, number>();
	readonly told: FoundThere[] = [];

	add(finding: Finding, where?: FoundThere['where']): void {
		const count = (this.counts.get(finding.rule) ?? 0) + 1;
		this.counts.set(finding.rule, count);
		if (count <= TOLD) this.told.push(where === undefined ? finding : { ...finding, where });
	}

	byRule(): Consistency['byRule'] {
		return [...this.counts].map(([rule, count]) => ({ rule, count })).sort((one, other) => other.count - one.count);
	}
}

/**
 * Whether the records of the desk agree with each other (O15): numbers, money, files, messages on their way, what names what, what
 * another system was told. Reads only, page by page, and says of each finding what and where it is. What is being changed meanwhile
 * is looked at twice.
 */
export async function checkConsistency(store: Store, question: ConsistencyQuestion): Promise<Consistency> {
	const now = store.now();
	const { profile } = await profileInForce(store);
	const desk: Desk = {
		store,
		profile,
		now,
		team: new Set((await listAdvisors(store.db, store.workspaceId)).map(({ id }) => id)),
		accounts: (await accountsInUse(store, now)).map(({ account }) => account),
		idleDays: question.idleDays,
	};
	const { choice, records, sample, days } = question;
	const chosen = await chooseRecords(store, { choice, records, sample, since: now - days * 86_400_000 });
	const findings = new Findings();
	const byKind = { payment: 0, lead: 0, case: 0, file: 0, conversation: 0, contact: 0 };
	let agree = 0;
	for (const kind of RECORD_KINDS) {
		const ids = chosen.get(kind) ?? [];
		for (let start = 0; start < ids.length; start += PAGE) {
			const looked = await lookTwice(LOOKS[kind], desk, ids.slice(start, start + PAGE));
			byKind[kind] += looked.length;
			agree += looked.filter((row) => row.findings.length === 0).length;
			for (const { findings: found, ...where } of looked) for (const finding of found) findings.add(finding, where);
			// SQLite answers at once: without a pause nobody else would have a turn.
			await setImmediate();
		}
	}
	for (const finding of confirmed(await lookAtDesk(desk, records), await lookAtDesk(desk, records))) {
		findings.add(finding);
	}
	const checked = Object.values(byKind).reduce((sum, count) => sum + count, 0);
	return { checked, agree, byKind, byRule: findings.byRule(), findings: findings.told };
}
