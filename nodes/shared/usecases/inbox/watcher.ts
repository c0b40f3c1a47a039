import { LRUCache } from 'lru-cache';

import { may } from '../../domain/inbox/permissions';
import type { InboxUpdate } from '../../domain/inbox/requests';
import { inboxClosedAt } from '../../store/repositories/inboxAddress';
import { conversationsChangedSince, inboxConversations } from '../../store/repositories/inboxConversations';
import { linkedNumbersChangedAt } from '../../store/repositories/linkedNumbers';
import { notifiedSince } from '../../store/repositories/notifications';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { linkedNumbersFor } from '../linkedNumbers/linkedNumbersFor';
import { answerQuery } from './answerQuery';
import { sessionOfDigest, SESSIONS_TOPIC } from './sessions';
import { summariesFor, summariesOf, type SharedSummary } from './summaries';
import { viewerOf, visibleTo, type Sighted, type Viewer } from './viewer';

/** How often the store is asked what changed, ms: also what another process did is on the page within a second. */
const LOOK_EVERY = 400;

/** A transaction becomes visible a little after the time it bears; so far each look goes back, ms. */
const OVERLAP = 2_000;

/** Changes that one look takes; the rest comes with the next. */
const CHANGES_A_LOOK = 1_000;

/** How often the counts of one person are counted anew at most, ms. */
const COUNT_EVERY = 1_000;

/** How often sessions and what everybody sees (profile, team) are looked at, ms. */
const CHECK_EVERY = 5_000;

/** How often linked numbers are looked at, ms: somebody waits while theirs is set up. */
const NUMBERS_EVERY = 1_000;

/** How often it is asked whether what pages show was erased meanwhile, ms. */
const ERASED_EVERY = 15_000;

/** Proxies close what is silent for a minute or less, ms. */
const HEARTBEAT_EVERY = 20_000;

/** A page that was away for longer asks for everything again. */
const LONGEST_GAP = 10 * 60_000;

/** A stream ends after this and the browser opens another: so it also ends where nothing says that the workflow did, ms. */
const LONGEST_STREAM = 3_600_000;

/** An open page, as the watcher knows it. */
export interface InboxPage {
	/** Digest of its session's cookie. */
	readonly tokenHash: string;
	readonly viewer: Viewer;
	/** Of the node that serves it. */
	readonly webhookId: string;
	/** How long a session may be unused, ms. */
	readonly idleMs: number;
	/** False when the page takes no more: it is dropped. */
	send(update: InboxUpdate, id: string): boolean;
	beat(): boolean;
	close(): void;
	/** Called when something happened in any conversation, also in one that is not for these eyes. */
	onChanges?(): void;
}

interface Watched {
	page: InboxPage;
	viewer: Viewer;
	readonly until: number;
	countsWanted: boolean;
	countedAt: number;
	/** Whether it was told all linked numbers: it may have asked for them before the last change and come after it. */
	hasNumbers: boolean;
}

/** Time from which ids made by us sort: UUIDv7 begins with its milliseconds. */
function firstIdOf(at: number): string {
	const hex = Math.max(0, at).toString(16).padStart(12, '0');
	return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/**
 * Watches the store for all open pages of one workspace in this process: what changed is read once, by an index, and told
 * to every page that may see it. Begins with the first page and ends with the last.
 */
export class InboxWatcher {
	private readonly pages = new Set<Watched>();
	private readonly timers: NodeJS.Timeout[] = [];
	private readonly unsubscribe: () => void;
	/** Until when changes are known, by the store's clock. */
	private until: number;
	/** Time of the last change told of a conversation: what a look finds again because it goes back is not told again. */
	private readonly told = new LRUCache<string, number>({ max: 20_000 });
	/** Who could see a conversation when it was last told. */
	private readonly sighted = new LRUCache<string, Sighted>({ max: 20_000 });
	private readonly notified = new LRUCache<string, true>({ max: 5_000 });
	private profileVersion: number | undefined;
	private numbersAt: number | undefined;
	private numbersTold: ReadonlyMap<string, string> = new Map();
	private looking = false;
	private checking = false;
	private ended = false;

	/**
	 * @param store its own, closed with the watcher.
	 * @param onEnd called when the last page has left.
	 */
	constructor(
		private readonly store: Store,
		private readonly onEnd: () => void,
		private readonly log: (message: string) => void,
	) {
		this.until = store.now();
		this.unsubscribe = store.onSignal(SESSIONS_TOPIC, () => this.guard(async () => await this.check()));
		this.every(LOOK_EVERY, async () => await this.look());
		this.every(CHECK_EVERY, async () => await this.check());
		this.every(NUMBERS_EVERY, async () => await this.tellNumbers());
		this.every(ERASED_EVERY, async () => await this.findErased());
		this.every(HEARTBEAT_EVERY, async () => await Promise.resolve(this.beat()));
	}

	get size(): number {
		return this.pages.size;
	}

	/** How many pages one session has open. */
	sizeOf(tokenHash: string): number {
		return [...this.pages].filter(({ page }) => page.tokenHash === tokenHash).length;
	}

	/**
	 * Takes a page in.
	 * @param since the last thing it heard, when it was here before: it is told what it missed.
	 */
	join(page: InboxPage, since: number | undefined): () => void {
		const now = this.store.now();
		const watched: Watched = {
			page,
			viewer: page.viewer,
			until: now + LONGEST_STREAM,
			countsWanted: true,
			countedAt: 0,
			hasNumbers: false,
		};
		this.pages.add(watched);
		if (since !== undefined) this.guard(async () => await this.tellMissed(watched, since));
		return () => this.leave(watched);
	}

	/** Ends the pages of one node; of all when none is named. */
	closePages(webhookId?: string): void {
		for (const watched of [...this.pages]) {
			if (webhookId !== undefined && watched.page.webhookId !== webhookId) continue;
			watched.page.close();
			this.leave(watched);
		}
	}

	private every(interval: number, work: () => Promise<void>): void {
		this.timers.push(setInterval(() => this.guard(work), interval).unref());
	}

	private guard(work: () => Promise<void>): void {
		if (this.ended) return;
		// The store is away for now; the next look comes soon and goes on from where this one stood.
		work().catch((error: unknown) => this.log(error instanceof Error ? error.message : String(error)));
	}

	private leave(watched: Watched): void {
		this.pages.delete(watched);
		if (this.pages.size > 0 || this.ended) return;
		this.ended = true;
		for (const timer of this.timers) clearInterval(timer);
		this.unsubscribe();
		this.onEnd();
		void this.store.close();
	}

	private send(watched: Watched, update: InboxUpdate): void {
		if (watched.page.send(update, String(this.until))) return;
		watched.page.close();
		this.leave(watched);
	}

	private beat(): void {
		const now = this.store.now();
		for (const watched of [...this.pages]) {
			if (now < watched.until && watched.page.beat()) continue;
			watched.page.close();
			this.leave(watched);
		}
	}

	private async look(): Promise<void> {
		if (this.looking) return;
		this.looking = true;
		try {
			await this.tellChanges();
			await this.tellNotifications();
			await this.tellCounts();
		} finally {
			this.looking = false;
		}
	}

	private async tellChanges(): Promise<void> {
		const { store } = this;
		const now = store.now();
		const since = this.until - OVERLAP;
		const found = await conversationsChangedSince(store.db, store.workspaceId, since, CHANGES_A_LOOK);
		const changed = found.filter(({ id, at }) => (this.told.get(id) ?? 0) < at);
		if (changed.length > 0) {
			for (const { page } of [...this.pages]) page.onChanges?.();
			await this.tell(
				changed.map(({ id }) => id),
				[...this.pages],
			);
		}
		// Something else may still happen within the millisecond that has just begun: it is told once more.
		for (const { id, at } of changed) if (at < now) this.told.set(id, at);
		const last = found.at(-1)?.at ?? 0;
		this.until = found.length < CHANGES_A_LOOK ? Math.max(this.until, last, now) : Math.max(this.until, last);
	}

	private async tell(conversationIds: readonly string[], pages: readonly Watched[]): Promise<void> {
		const summaries = await summariesOf(this.store, conversationIds);
		for (const watched of pages) {
			const seen = summaries.filter((summary) => visibleTo(watched.viewer, summary));
			for (const conversation of await summariesFor(this.store.db, watched.viewer, seen)) {
				this.send(watched, { kind: 'conversation', conversation });
			}
			for (const summary of summaries) {
				if (seen.includes(summary) || !this.couldSee(watched.viewer, summary)) continue;
				this.send(watched, { kind: 'conversationGone', conversationId: summary.row.id });
			}
			watched.countsWanted = true;
		}
		for (const { row, ownerAdvisorId, area, mode, advisorIds } of summaries) {
			this.sighted.set(row.id, { ownerAdvisorId, area, mode, advisorIds });
		}
	}

	/** Whether it may be on the page: of what was not told since this watcher began, nobody knows. */
	private couldSee(viewer: Viewer, { row }: SharedSummary): boolean {
		const before = this.sighted.get(row.id);
		return before === undefined || visibleTo(viewer, before);
	}

	private async tellMissed(watched: Watched, since: number): Promise<void> {
		const { store } = this;
		const from = since - OVERLAP;
		const found =
			store.now() - since > LONGEST_GAP
				? undefined
				: await conversationsChangedSince(store.db, store.workspaceId, from, CHANGES_A_LOOK);
		if (found === undefined || found.length >= CHANGES_A_LOOK) {
			this.send(watched, { kind: 'session' });
			return;
		}
		await this.tell(
			found.map(({ id }) => id),
			[watched],
		);
	}

	private async tellNotifications(): Promise<void> {
		const { store } = this;
		const from = firstIdOf(store.now() - OVERLAP);
		const fresh = (await notifiedSince(store.db, store.workspaceId, from)).filter(({ id }) => !this.notified.has(id));
		for (const { id } of fresh) this.notified.set(id, true);
		for (const watched of [...this.pages]) {
			const own = new Set(
				fresh.filter(({ advisor_id }) => advisor_id === watched.viewer.advisorId).map(({ id }) => id),
			);
			if (own.size === 0) continue;
			const { rows } = await answerQuery(store, watched.viewer, 'notifications', {
				limit: Math.min(200, own.size + 20),
			});
			for (const notification of rows.filter(({ id }) => own.has(id)).reverse()) {
				this.send(watched, { kind: 'notification', notification });
			}
			watched.countsWanted = true;
		}
	}

	private async tellCounts(): Promise<void> {
		const now = this.store.now();
		const counted = new Map<string, Promise<InboxUpdate>>();
		for (const watched of [...this.pages]) {
			if (!watched.countsWanted || now < watched.countedAt + COUNT_EVERY) continue;
			watched.countsWanted = false;
			watched.countedAt = now;
			const { advisorId } = watched.viewer;
			const counting = counted.get(advisorId) ?? this.countsOf(watched.viewer);
			counted.set(advisorId, counting);
			this.send(watched, await counting);
		}
	}

	private async countsOf(viewer: Viewer): Promise<InboxUpdate> {
		return { kind: 'counts', counts: await answerQuery(this.store, viewer, 'counts', {}) };
	}

	/** Tells whose number it is, and who may link them, how far a number has come. */
	private async tellNumbers(): Promise<void> {
		const { store } = this;
		const at = await linkedNumbersChangedAt(store.db, store.workspaceId);
		const pages = [...this.pages];
		if (at === this.numbersAt && pages.every(({ hasNumbers }) => hasNumbers)) return;
		// The millisecond that has just begun is looked at again.
		this.numbersAt = at < store.now() ? at : -1;
		const views = await linkedNumbersFor(store, { advisorId: '', seesAll: true });
		const before = this.numbersTold;
		this.numbersTold = new Map(views.map((view) => [view.id, JSON.stringify(view)]));
		const changed = views.filter(({ id }) => before.get(id) !== this.numbersTold.get(id));
		for (const watched of pages) {
			const { role, advisorId } = watched.viewer;
			for (const linkedNumber of watched.hasNumbers ? changed : views) {
				if (!may(role, 'linkNumbers') && linkedNumber.advisor.id !== advisorId) continue;
				this.send(watched, { kind: 'linkedNumber', linkedNumber });
			}
			watched.hasNumbers = true;
		}
	}

	/** Ends pages whose session ended, and says when somebody's rights or the business changed. */
	private async check(): Promise<void> {
		if (this.checking) return;
		this.checking = true;
		try {
			const { version } = await profileInForce(this.store);
			const newProfile = this.profileVersion !== undefined && this.profileVersion !== version;
			this.profileVersion = version;
			await this.closeSwitchedOff();
			for (const watched of [...this.pages]) await this.checkPage(watched, newProfile);
		} finally {
			this.checking = false;
		}
	}

	/** In queue mode the trigger runs elsewhere: that its workflow was switched off stands in the store. */
	private async closeSwitchedOff(): Promise<void> {
		for (const webhookId of new Set([...this.pages].map(({ page }) => page.webhookId))) {
			const closedAt = await inboxClosedAt(this.store.db, this.store.workspaceId, webhookId);
			for (const watched of [...this.pages]) {
				if (watched.page.webhookId !== webhookId || watched.until - LONGEST_STREAM > closedAt) continue;
				watched.page.close();
				this.leave(watched);
			}
		}
	}

	private async checkPage(watched: Watched, newProfile: boolean): Promise<void> {
		const { tokenHash, idleMs } = watched.page;
		const session = await sessionOfDigest(this.store, tokenHash, { idleMs, touch: false });
		if (!session) {
			this.send(watched, { kind: 'loggedOut' });
			watched.page.close();
			this.leave(watched);
			return;
		}
		const viewer = viewerOf(session.advisor);
		const changed = JSON.stringify(viewer) !== JSON.stringify(watched.viewer);
		watched.viewer = viewer;
		if (changed || newProfile) this.send(watched, { kind: 'session' });
	}

	/** Rows that are gone bear no time: what was told lately is asked for. */
	private async findErased(): Promise<void> {
		const ids = [...this.sighted.keys()].slice(0, 500);
		const there = new Set((await inboxConversations(this.store.db, this.store.workspaceId, ids)).map(({ id }) => id));
		for (const conversationId of ids.filter((id) => !there.has(id))) {
			const before = this.sighted.get(conversationId);
			this.sighted.delete(conversationId);
			for (const watched of [...this.pages]) {
				if (before !== undefined && !visibleTo(watched.viewer, before)) continue;
				this.send(watched, { kind: 'conversationGone', conversationId });
			}
		}
	}
}
