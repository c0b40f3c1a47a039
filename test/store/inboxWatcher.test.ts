import type { InboxUpdate } from '../../nodes/shared/domain/inbox/requests';
import { saveInboxClosed } from '../../nodes/shared/store/repositories/inboxAddress';
import { insertLinkedNumber } from '../../nodes/shared/store/repositories/linkedNumbers';
import type { Store } from '../../nodes/shared/store/store';
import { beginSession, digestOfToken } from '../../nodes/shared/usecases/inbox/sessions';
import { viewerOf } from '../../nodes/shared/usecases/inbox/viewer';
import type { InboxPage } from '../../nodes/shared/usecases/inbox/watcher';
import { closePagesOf, inboxWatcher, openPages } from '../../nodes/shared/usecases/inbox/watchers';
import { newLinkedNumber } from '../../nodes/shared/usecases/signup/startSignup';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { tellTeam } from '../../nodes/shared/usecases/notify/tellTeam';
import { eventually } from '../support/eventually';
import { watched } from '../support/plans';
import { customerWho } from '../support/records';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;

class FakePage implements InboxPage {
	readonly updates: InboxUpdate[] = [];
	closed = 0;
	takes = true;

	constructor(
		readonly tokenHash: string,
		readonly viewer: InboxPage['viewer'],
		readonly webhookId = 'inbox-1',
		readonly idleMs = 12 * HOUR,
	) {}

	send(update: InboxUpdate): boolean {
		if (this.takes) this.updates.push(update);
		return this.takes;
	}

	beat(): boolean {
		return this.takes;
	}

	close(): void {
		this.closed += 1;
	}

	async hears(kind: InboxUpdate['kind']): Promise<InboxUpdate | undefined> {
		const found = (): InboxUpdate | undefined => this.updates.find((update) => update.kind === kind);
		await eventually(`the page hears ${kind}`, () => found() !== undefined);
		return found();
	}
}

eachDatabase((_name, open) => {
	let store: Store;
	const logged: string[] = [];

	beforeEach(async () => {
		logged.length = 0;
		store = await open();
	});

	afterEach(() => {
		closePagesOf('inbox-1');
		closePagesOf('inbox-2');
		expect(logged).toEqual([]);
	});

	async function pageOf(name: string, webhookId?: string): Promise<FakePage> {
		const { advisor } = await saveAdvisor(store, { name, role: 'supervisor' }, 'test');
		const token = await store.transaction(async (tx) => await beginSession(tx, store, advisor, '127.0.0.1'));
		return new FakePage(digestOfToken(token), viewerOf(advisor), webhookId);
	}

	const watch = async (around: Store = store) =>
		await inboxWatcher(
			around,
			async () => ({ ...around, close: async () => await Promise.resolve() }),
			(message) => logged.push(message),
		);

	it('O8: what another process wrote is on the page too, as in queue mode', async () => {
		const page = await pageOf('Carolina');
		(await watch()).join(page, undefined);
		const elsewhere = await open({ bootId: 'another-process' });
		const { conversationId } = await customerWho(elsewhere, '573001230001', 'hola');
		expect(await page.hears('conversation')).toMatchObject({ conversation: { id: conversationId, unread: 1 } });
		expect(await page.hears('counts')).toMatchObject({ counts: { notifications: 0 } });
		await tellTeam(elsewhere, { requestId: 'bell', text: 'Llama a Ana', to: { everybody: true } });
		expect(await page.hears('notification')).toMatchObject({ notification: { text: 'Llama a Ana' } });
	});

	it('P4: a page that comes is told how far numbers are, also what changed while it was on its way', async () => {
		const [first, other] = [await pageOf('Carolina'), await pageOf('Ana')];
		const number = newLinkedNumber(store, {
			advisor_id: first.viewer.advisorId,
			inbox_webhook_id: null,
			state: 'started',
			history: 'off',
		});
		await store.transaction(async (tx) => await insertLinkedNumber(tx, number));
		const watcher = await watch();
		watcher.join(first, undefined);
		watcher.join(other, undefined);
		expect(await first.hears('linkedNumber')).toMatchObject({ linkedNumber: { id: number.id, state: 'started' } });
		// Nothing changes any more, and who comes later is told the same.
		const later = new FakePage(first.tokenHash, first.viewer);
		watcher.join(later, undefined);
		expect(await later.hears('linkedNumber')).toMatchObject({ linkedNumber: { id: number.id } });
		expect(first.updates.filter(({ kind }) => kind === 'linkedNumber')).toHaveLength(1);
		expect(other.updates.filter(({ kind }) => kind === 'linkedNumber')).toEqual([]);
	});

	it('a page that takes no more is dropped, and the others hear on', async () => {
		const [full, other] = [await pageOf('Carolina'), await pageOf('Ana')];
		const watcher = await watch();
		watcher.join(full, undefined);
		watcher.join(other, undefined);
		full.takes = false;
		await customerWho(store, '573001230001', 'hola');
		await other.hears('conversation');
		expect([full.closed, watcher.size]).toEqual([1, 1]);
	});

	it('one watcher serves all pages, ends with the last one and begins again with the next', async () => {
		const first = await watch();
		expect(await watch()).toBe(first);
		const leave = first.join(await pageOf('Carolina'), undefined);
		const leaveToo = first.join(await pageOf('Ana'), undefined);
		expect(openPages()).toBe(2);
		leave();
		leaveToo();
		leaveToo();
		expect(openPages()).toBe(0);
		const next = await watch();
		expect(next).not.toBe(first);
		const page = await pageOf('Carolina');
		next.join(page, undefined);
		await customerWho(store, '573001230001', 'hola');
		await page.hears('conversation');
	});

	it('deactivating one inbox leaves the pages of another one open', async () => {
		const watcher = await watch();
		const [mine, other] = [await pageOf('Carolina', 'inbox-1'), await pageOf('Ana', 'inbox-2')];
		watcher.join(mine, undefined);
		watcher.join(other, undefined);
		closePagesOf('inbox-1');
		expect([mine.closed, other.closed, watcher.size]).toEqual([1, 0, 1]);
	});

	it('O8: an inbox that is switched off in another process ends its pages here, and no page that came later', async () => {
		const watcher = await watch();
		const [mine, other] = [await pageOf('Carolina', 'inbox-1'), await pageOf('Ana', 'inbox-2')];
		watcher.join(mine, undefined);
		watcher.join(other, undefined);
		const elsewhere = await open({ bootId: 'another-process' });
		await saveInboxClosed(elsewhere.db, elsewhere.workspaceId, 'inbox-1', elsewhere.now());
		await new Promise((resolve) => setTimeout(resolve, 5));
		const later = await pageOf('Carolina', 'inbox-1');
		watcher.join(later, undefined);
		await eventually('the page is closed', () => mine.closed > 0);
		expect([mine.closed, other.closed, later.closed]).toEqual([1, 0, 0]);
	});

	it('O2: a look reads no whole table, however much there is', async () => {
		await customerWho(store, '573001230001', 'hola');
		const spied = watched(store);
		const page = await pageOf('Carolina');
		(await watch(spied.store)).join(page, undefined);
		await customerWho(store, '573001230002', 'hola');
		await page.hears('conversation');
		await page.hears('counts');
		// Tens of rows for ever; and the counts look at the newest hundred only (inboxQueries.test.ts).
		const bounded = ['newest', 'conversations_activity', 'conversations_unassigned'];
		await spied.assertNoScan({ except: ['linked_numbers', 'business_profiles', ...bounded] });
	});
});
