import type { WazzupClient } from '../../clients/wazzup/client';
import { accountFingerprint } from '../../clients/wazzup/credential';
import { RequestFailure } from '../../http/failure';

/** How often Wazzup is asked at most, however much happens and however many pages are open, ms. */
const ASK_EVERY = 15_000;

/** How often it is asked when nothing has been heard: not every chat of Wazzup is told to this desk, ms. */
const ASK_ANYWAY = 60_000;

/** Advisors that are asked for at once. */
const ABREAST = 8;

/** The calls that this needs of the client. */
export type CounterClient = Pick<WazzupClient, 'credential' | 'getUnanswered'>;

interface Listener {
	readonly userId: string;
	readonly tell: (count: number) => void;
}

/**
 * Unanswered chats of an account's users, for all pages that are open in this process: asked of Wazzup when something has
 * happened, once for everybody, and told when it is another number.
 */
class UnansweredCounter {
	private readonly listeners = new Set<Listener>();
	private readonly counts = new Map<string, number>();
	/** When each user was asked for. */
	private readonly askedFor = new Map<string, number>();
	private timer: NodeJS.Timeout | undefined;
	private askedAt = -Infinity;
	private dueAt = Infinity;
	private asking = false;

	constructor(
		private client: CounterClient,
		private readonly onEnd: () => void,
		private readonly log: (message: string) => void,
	) {}

	/** From now on `tell` hears the number of one user, first the one that is known. */
	join(client: CounterClient, listener: Listener): () => void {
		this.client = client;
		this.listeners.add(listener);
		const { userId } = listener;
		const now = Date.now();
		const known = this.counts.get(userId);
		if (known !== undefined) listener.tell(known);
		// Whoever is new need not wait until everybody is asked for again.
		else if (now >= (this.askedFor.get(userId) ?? -Infinity) + ASK_EVERY) void this.askFor(userId);
		if (this.askedAt === -Infinity) this.askedAt = now;
		this.askAt(now + ASK_ANYWAY);
		return () => this.leave(listener);
	}

	/** Something was written or read: the numbers may be others. */
	wake(): void {
		this.askAt(Math.max(this.askedAt + ASK_EVERY, Date.now()));
	}

	private leave(listener: Listener): void {
		this.listeners.delete(listener);
		if (this.listeners.size > 0) return;
		clearTimeout(this.timer);
		this.onEnd();
	}

	private askAt(at: number): void {
		if (at >= this.dueAt || this.listeners.size === 0) return;
		clearTimeout(this.timer);
		this.dueAt = at;
		this.timer = setTimeout(() => void this.ask(), Math.max(0, at - Date.now())).unref();
	}

	private async ask(): Promise<void> {
		this.dueAt = Infinity;
		if (this.asking) {
			this.askAt(Date.now() + ASK_EVERY);
			return;
		}
		this.asking = true;
		this.askedAt = Date.now();
		try {
			const userIds = [...new Set([...this.listeners].map(({ userId }) => userId))];
			for (let start = 0; start < userIds.length; start += ABREAST) {
				await Promise.all(userIds.slice(start, start + ABREAST).map(async (userId) => await this.askFor(userId)));
			}
		} finally {
			this.asking = false;
			this.askAt(this.askedAt + ASK_ANYWAY);
		}
	}

	private async askFor(userId: string): Promise<void> {
		this.askedFor.set(userId, Date.now());
		try {
			const { count } = await this.client.getUnanswered(userId);
			if (this.counts.get(userId) === count) return;
			this.counts.set(userId, count);
			for (const listener of [...this.listeners]) if (listener.userId === userId) listener.tell(count);
		} catch (error) {
			// Wazzup does not know the advisor yet: there is no number to show.
			if (error instanceof RequestFailure && error.kind === 'rejected') return;
			this.log(error instanceof Error ? error.message : String(error));
		}
	}
}

// n8n loads the package anew after an update while the old copy still serves pages: one counter for both.
const KEY = Symbol.for('n8n-nodes-whatsapp-crm.unansweredCounters');
const held = globalThis as { [KEY]?: Map<string, UnansweredCounter> };

function counters(): Map<string, UnansweredCounter> {
	held[KEY] ??= new Map();
	return held[KEY];
}

/**
 * Tells `tell` how many chats of an advisor wait at Wazzup, whenever the number changes.
 * @returns how to wake it when something happened, and how to leave.
 */
export function followUnanswered(
	client: CounterClient,
	listener: Listener,
	log: (message: string) => void,
): { readonly wake: () => void; readonly leave: () => void } {
	const account = accountFingerprint(client.credential);
	const all = counters();
	const counter: UnansweredCounter =
		all.get(account) ??
		new UnansweredCounter(
			client,
			() => {
				if (all.get(account) === counter) all.delete(account);
			},
			log,
		);
	all.set(account, counter);
	const leave = counter.join(client, listener);
	return { wake: () => counter.wake(), leave };
}
