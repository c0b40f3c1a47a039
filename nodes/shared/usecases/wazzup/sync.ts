import type { WazzupClient } from '../../clients/wazzup/client';
import { accountFingerprint } from '../../clients/wazzup/credential';
import { LEAD_STAGES } from '../../domain/leads/leadStage';
import type { Money } from '../../domain/payments/money';
import { isBehind, isSettled, nextLook, type SyncCursor } from '../../domain/sync/cursor';
import {
	checkMapping,
	syncedContact,
	syncedDeal,
	syncedUser,
	type DealFacts,
	type SyncedContact,
	type SyncedDeal,
	type SyncMapping,
} from '../../domain/sync/mapping';
import { listAdvisors } from '../../store/repositories/advisors';
import type { CaseRow } from '../../store/repositories/cases';
import type { ContactRow } from '../../store/repositories/contacts';
import type { LeadRow } from '../../store/repositories/leads';
import { paidCases } from '../../store/repositories/paidCases';
import {
	casesByIds,
	changedCases,
	changedContacts,
	changedLeads,
	claimSyncRun,
	contactsByIds,
	dueSyncStates,
	leadsByIds,
	releaseSyncRun,
	saveSyncCursors,
	syncCursors,
	syncedDealsOf,
	syncedUserIds,
	syncStates,
	type SyncCursors,
} from '../../store/repositories/syncState';
import { wazzupChatsOf } from '../../store/repositories/wazzupChats';
import type { Store } from '../../store/store';
import { Carrier, SyncInterrupted, WAVE, type KindReport, type Wanted } from './carry';
import { caseFacts, contactFacts, dealFacts, inboxLinks, type InboxLink } from './ourSide';
import { responsibleOf } from './responsibleUser';

/** The calls that this needs of the client. */
export type SyncClient = Pick<WazzupClient, 'credential' | 'users' | 'contacts' | 'deals' | 'pipelines'>;

export interface SyncRequest {
	readonly mapping: SyncMapping;
	/** Who is responsible for what is nobody's; the first supervisor or administrator when absent. */
	readonly defaultResponsible?: string;
	/** Where a name leads while there is no inbox. */
	readonly home: string;
	/** Says what would change, and changes nothing. */
	readonly dryRun: boolean;
	/** Compares every row, not only those that changed since the last run. */
	readonly everything: boolean;
	/** Leaves leads and their stages out, for a team that keeps no deals in Wazzup. What is there stays. */
	readonly withoutDeals?: boolean;
	/** Cases without a lead are no deals. Those that are there stay. */
	readonly withoutCases?: boolean;
}

export interface SyncReport {
	readonly state: 'done' | 'interrupted' | 'busy';
	/** Why it was interrupted; the next run goes on from there. */
	readonly problem?: string;
	readonly users: KindReport;
	readonly pipelines: KindReport;
	readonly contacts: KindReport;
	readonly deals: KindReport;
}

/** The stages of a lead at Wazzup, which asks for deals only once it knows a pipeline. */
const pipelineOf = ({ pipelineName, stageNames }: SyncMapping) => ({
	id: 'leads',
	name: pipelineName,
	stages: LEAD_STAGES.map((id) => ({ id, name: stageNames.get(id) ?? id })),
});

const NO_CONTACT = 'Its contact is not in Wazzup';
const NO_LINK = 'There is no card that it could lead to: activate the inbox, or fill in the link of deals';

class Sync {
	private readonly account: string;
	private readonly users;
	private readonly pipelines;
	private readonly contacts;
	private readonly deals;
	private cursors: SyncCursors = {};
	private advisors: ReadonlySet<string> = new Set();
	private responsible = '';
	/** Deals whose contact was erased or has become another. */
	private readonly orphans = new Set<string>();

	constructor(
		private readonly store: Store,
		client: SyncClient,
		private readonly request: SyncRequest,
		private readonly link: InboxLink,
	) {
		this.account = accountFingerprint(client.credential);
		const { dryRun } = request;
		this.users = new Carrier(store, this.account, 'user', client.users, dryRun);
		this.pipelines = new Carrier(store, this.account, 'pipeline', client.pipelines, dryRun);
		this.contacts = new Carrier(store, this.account, 'contact', client.contacts, dryRun);
		this.deals = new Carrier(store, this.account, 'deal', client.deals, dryRun);
	}

	async run(): Promise<SyncReport> {
		const { store, account, request } = this;
		if (request.dryRun) return await this.reported();
		const owner = `${store.bootId}.${store.newId()}`;
		const living = await store.livingOwners();
		const [claimed] = await store.eachLocked(
			[`sync:${account}`],
			async (tx) => await claimSyncRun(tx, store, account, owner, living),
		);
		if (claimed === undefined || 'error' in claimed) throw claimed?.error ?? new Error('The run was not claimed');
		if (!claimed.value) return this.reportOf('busy');
		let done = false;
		try {
			const report = await this.reported();
			done = report.state === 'done';
			return report;
		} finally {
			await releaseSyncRun(store, account, owner, done);
		}
	}

	private reportOf(state: SyncReport['state'], problem?: string): SyncReport {
		const { users, pipelines, contacts, deals } = this;
		return {
			state,
			...(problem === undefined ? {} : { problem }),
			users: users.report,
			pipelines: pipelines.report,
			contacts: contacts.report,
			deals: deals.report,
		};
	}

	private async reported(): Promise<SyncReport> {
		try {
			await this.carryAll();
			return this.reportOf('done');
		} catch (error) {
			if (error instanceof SyncInterrupted) return this.reportOf('interrupted', error.message);
			throw error;
		}
	}

	private async carryAll(): Promise<void> {
		const { store, account } = this;
		const advisors = await listAdvisors(store.db, store.workspaceId);
		this.advisors = new Set(advisors.map(({ id }) => id));
		this.responsible = responsibleOf(advisors, this.request.defaultResponsible).id;
		const left = (await syncedUserIds(store.db, store, account)).filter((id) => !this.advisors.has(id));
		// What belonged to who has left belongs to somebody else now.
		const everything = this.request.everything || left.length > 0;
		this.cursors = everything ? {} : await syncCursors(store.db, store, account);
		const team = advisors.map((advisor) => ({ id: advisor.id, entity: syncedUser(advisor) }));
		await this.users.carry(await this.users.differing(team));
		const withDeals = this.request.withoutDeals !== true;
		const withCases = withDeals && this.request.withoutCases !== true;
		await this.noteScope(withDeals, withCases);
		if (withDeals) {
			const pipeline = pipelineOf(this.request.mapping);
			await this.pipelines.carry(await this.pipelines.differing([{ id: pipeline.id, entity: pipeline }]));
		}
		await this.retry('contact');
		await this.carryContacts();
		// Whoever was erased here is erased there, whatever else is carried.
		await this.carryDealsOf([...this.orphans]);
		if (withDeals) {
			await this.retry('deal');
			await this.carryLeads();
			if (withCases) await this.carryCases();
		}
		await this.users.carry(left.map((id) => ({ id })));
	}

	/** Leads and cases that changed ask for a run only where they are carried. */
	private async noteScope(withDeals: boolean, withCases: boolean): Promise<void> {
		const isSame =
			(this.cursors.withoutDeals !== true) === withDeals && (this.cursors.withoutCases !== true) === withCases;
		if (this.request.dryRun || isSame) return;
		this.cursors = { ...this.cursors, withoutDeals: !withDeals, withoutCases: !withCases };
		await saveSyncCursors(this.store.db, this.store, this.account, this.cursors);
	}

	private responsibleFor(...owners: ReadonlyArray<string | null | undefined>): string {
		return owners.find((owner) => typeof owner === 'string' && this.advisors.has(owner)) ?? this.responsible;
	}

	/** Rows that were refused, once their pause is over. */
	private async retry(kind: 'contact' | 'deal'): Promise<void> {
		const { store, account } = this;
		const ids = (await dueSyncStates(store.db, store, account, [kind], WAVE)).map(({ id }) => id);
		if (kind === 'deal') return await this.carryDealsOf(ids);
		const rows = await contactsByIds(store.db, store, ids);
		await this.contacts.carry(await this.contacts.differing(await this.wantedContacts(rows)));
	}

	private async carryContacts(): Promise<void> {
		await this.carryChanged(
			'contacts',
			this.contacts,
			async (after) => await changedContacts(this.store.db, this.store, after, WAVE),
			async (rows) => await this.wantedContacts(rows),
		);
	}

	private async carryLeads(): Promise<void> {
		await this.carryChanged(
			'leads',
			this.deals,
			async (after) => await changedLeads(this.store.db, this.store, after, WAVE),
			async (rows) => await this.wantedLeads(rows),
		);
	}

	private async carryCases(): Promise<void> {
		await this.carryChanged(
			'cases',
			this.deals,
			async (after) => await changedCases(this.store.db, this.store, after, WAVE),
			async (rows) => await this.wantedCases(rows),
		);
	}

	/** Deals by their ids, whether they are leads, cases or neither any more. */
	private async carryDealsOf(ids: readonly string[]): Promise<void> {
		const { db } = this.store;
		for (let start = 0; start < ids.length; start += WAVE) {
			const page = ids.slice(start, start + WAVE);
			const leads = await this.wantedLeads(await leadsByIds(db, this.store, page));
			const cases = await this.wantedCases(await casesByIds(db, this.store, page));
			const found = new Set([...leads, ...cases].map(({ id }) => id));
			const gone = page.filter((id) => !found.has(id)).map((id) => ({ id }));
			await this.deals.carry(await this.deals.differing([...leads, ...cases, ...gone]));
		}
	}

	/**
	 * Pages through what changed, gathers what differs into full batches, and moves the cursor only over what Wazzup has: after
	 * a crash the same rows are looked at again, and those that were carried differ no more.
	 */
	private async carryChanged<
		Row extends { readonly id: string; readonly updated_at: number },
		Entity extends { readonly id: string },
	>(
		table: 'contacts' | 'leads' | 'cases',
		carrier: Carrier<Entity>,
		read: (after: SyncCursor) => Promise<readonly Row[]>,
		wantedOf: (rows: readonly Row[]) => Promise<ReadonlyArray<Wanted<Entity>>>,
	): Promise<void> {
		const lookedAt = this.store.now();
		const pageAfter = async (from: SyncCursor) => {
			const rows = await read(from);
			const last = rows.at(-1);
			const after = last === undefined ? from : { at: last.updated_at, id: last.id };
			const differing = await carrier.differing(await wantedOf(rows));
			return { after, differing, ended: rows.length < WAVE };
		};
		const carryFull = async (
			rows: ReadonlyArray<Wanted<Entity>>,
			{ after, ended }: { after: SyncCursor; ended: boolean },
		) => {
			let waiting = rows;
			while (waiting.length >= WAVE || (ended && waiting.length > 0)) {
				const wave = waiting.slice(0, WAVE);
				await carrier.carry(wave);
				waiting = waiting.slice(WAVE);
				await this.moveCursor(table, waiting.length === 0 ? after : wave.at(-1)?.position, lookedAt);
			}
			return waiting;
		};
		let page = await pageAfter(nextLook(this.cursors[table]));
		let waiting = page.differing;
		while (!page.ended) {
			// The next page is read while this one is on its way, so that Wazzup's limit sets the pace and not the database.
			const [carried, next] = await Promise.allSettled([carryFull(waiting, page), pageAfter(page.after)]);
			if (carried.status === 'rejected') throw carried.reason;
			if (next.status === 'rejected') throw next.reason;
			page = next.value;
			waiting = [...carried.value, ...page.differing];
		}
		await carryFull(waiting, page);
		const known = this.cursors[table];
		await this.moveCursor(table, known !== undefined && isBehind(page.after, known) ? known : page.after, lookedAt);
	}

	/** Never back: until the run has passed the known mark again, what was looked at anew may be so once more. */
	private async moveCursor(
		table: 'contacts' | 'leads' | 'cases',
		to: SyncCursor | undefined,
		lookedAt: number,
	): Promise<void> {
		const known = this.cursors[table];
		if (this.request.dryRun || to === undefined || to.id === '') return;
		if (known !== undefined && isBehind(to, known)) return;
		if (known?.at === to.at && known.id === to.id && isSettled(known)) return;
		this.cursors = { ...this.cursors, [table]: { at: to.at, id: to.id, lookedAt } };
		await saveSyncCursors(this.store.db, this.store, this.account, this.cursors);
	}

	private async wantedContacts(rows: readonly ContactRow[]): Promise<Array<Wanted<SyncedContact>>> {
		const { store } = this;
		const gone = rows.filter((row) => row.merged_into !== null || row.erased_at !== null).map(({ id }) => id);
		for (const id of await syncedDealsOf(store.db, store, this.account, gone)) this.orphans.add(id);
		const chats = await wazzupChatsOf(
			store.db,
			store.workspaceId,
			rows.map(({ id }) => id),
		);
		return rows.map((row) => {
			const position = { at: row.updated_at, id: row.id };
			if (row.merged_into !== null || row.erased_at !== null) return { id: row.id, position };
			const facts = contactFacts(row, {
				responsibleUserId: this.responsibleFor(row.owner_advisor_id),
				chats: chats.get(row.id) ?? [],
				inboxLink: this.link(row.id),
			});
			return { id: row.id, position, entity: syncedContact(facts, this.request.mapping) };
		});
	}

	private async wantedLeads(rows: readonly LeadRow[]): Promise<Array<Wanted<SyncedDeal>>> {
		const { closedStages } = this.request.mapping;
		return await this.wantedDeals(rows, (row, contact) =>
			dealFacts(row, {
				responsibleUserId: this.responsibleFor(row.advisor_id, contact.owner_advisor_id),
				inboxLink: this.link(row.contact_id, row.conversation_id),
				closedStages,
			}),
		);
	}

	/** A case with a lead is the lead's deal. */
	private async wantedCases(rows: readonly CaseRow[]): Promise<Array<Wanted<SyncedDeal>>> {
		const { store } = this;
		const own = rows.filter(({ lead_id: leadId }) => leadId === null);
		const caseIds = own.map(({ id }) => id);
		const contactIds = [...new Set(own.map((row) => row.contact_id))];
		const paid = new Map<string, Money>();
		for (const { caseId, currency, amount } of await paidCases(store.db, store, contactIds, caseIds)) {
			if (!paid.has(caseId)) paid.set(caseId, { minor: amount, currency });
		}
		const wanted = await this.wantedDeals(own, (row, contact) =>
			caseFacts(row, {
				responsibleUserId: this.responsibleFor(row.advisor_id, contact.owner_advisor_id),
				inboxLink: this.link(row.contact_id, row.conversation_id),
				contact,
				paid: paid.get(row.id),
			}),
		);
		const byId = new Map(wanted.map((one) => [one.id, one]));
		return rows.map((row) => byId.get(row.id) ?? { id: row.id, position: { at: row.updated_at, id: row.id } });
	}

	/** Deals of customers that Wazzup has; whoever was erased has none. */
	private async wantedDeals<Row extends LeadRow | CaseRow>(
		rows: readonly Row[],
		factsOf: (row: Row, contact: ContactRow) => DealFacts,
	): Promise<Array<Wanted<SyncedDeal>>> {
		const { store, account, request } = this;
		const contactIds = [...new Set(rows.map((row) => row.contact_id))];
		const people = new Map((await contactsByIds(store.db, store, contactIds)).map((row) => [row.id, row]));
		const known = await syncStates(store.db, store, account, 'contact', contactIds);
		return rows.map((row): Wanted<SyncedDeal> => {
			const contact = people.get(row.contact_id);
			const base = { id: row.id, parentId: row.contact_id, position: { at: row.updated_at, id: row.id } };
			if (contact === undefined || contact.erased_at !== null) return base;
			// A rehearsal has carried no contact.
			const hasContact = request.dryRun || (known.get(row.contact_id)?.digest ?? null) !== null;
			if (!hasContact) return { ...base, missing: NO_CONTACT };
			const entity = syncedDeal(factsOf(row, contact), request.mapping);
			return entity === undefined ? { ...base, missing: NO_LINK } : { ...base, entity };
		});
	}
}

/**
 * Brings a Wazzup account to what the store says: the team as users, the stages as a pipeline, contacts, and leads as deals;
 * what is gone here goes there. Only what changed since the last run is read, and only what differs is sent. May be cut off
 * anywhere and run by two at once: the next run ends equal, with nothing twice, because every row keeps our id.
 * @throws InvalidInput when the mapping or the team cannot be used
 */
export async function syncWazzup(store: Store, client: SyncClient, request: SyncRequest): Promise<SyncReport> {
	checkMapping(request.mapping);
	const link = await inboxLinks(store.db, store.workspaceId, request.home);
	return await new Sync(store, client, request, link).run();
}
