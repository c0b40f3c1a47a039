import type { KyselyPlugin } from 'kysely';

import { createWhatsAppClient } from '../../nodes/shared/clients/whatsapp/client';
import { saveInboxAddress } from '../../nodes/shared/store/repositories/inboxAddress';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import type { LinkedNumberRow } from '../../nodes/shared/store/repositories/linkedNumbers';
import { saveReceiver } from '../../nodes/shared/store/repositories/receivers';
import type { Store } from '../../nodes/shared/store/store';
import { claimEmission } from '../../nodes/shared/usecases/emit/emissions';
import { dueNumberItems } from '../../nodes/shared/usecases/linkedNumbers/dueNumbers';
import { linkedNumbersFor } from '../../nodes/shared/usecases/linkedNumbers/linkedNumbersFor';
import { requestNumberSync } from '../../nodes/shared/usecases/linkedNumbers/requestNumberSync';
import { unlinkNumber } from '../../nodes/shared/usecases/linkedNumbers/unlinkNumber';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { continueLinking } from '../../nodes/shared/usecases/signup/continueLinking';
import { linkManually } from '../../nodes/shared/usecases/signup/linkManually';
import { completeSignup } from '../../nodes/shared/usecases/signup/completeSignup';
import { startSignup } from '../../nodes/shared/usecases/signup/startSignup';
import { COMPANY, INBOX, openLinkingDesk, RECEIVER, type LinkingDesk } from '../support/linkingDesk';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;

/** A store whose process is killed when it goes on after so many steps of the linking were written. */
function dyingAfter(store: Store, steps: number): Store {
	let left = steps;
	const plugin: KyselyPlugin = {
		transformQuery: ({ node }) => {
			const isRead = node.kind === 'SelectQueryNode' && JSON.stringify(node.from).includes('"linked_numbers"');
			if (isRead && !JSON.stringify(node.where).includes('"channel_id"')) {
				if (left === 0) throw new Error('killed');
				left -= 1;
			}
			return node;
		},
		transformResult: async ({ result }) => result,
	};
	return { ...store, db: store.db.withPlugin(plugin) };
}

eachDatabase((name, open) => {
	describe(`linking an advisor's own number on ${name}`, () => {
		let now: number;
		let store: Store;
		let desk: LinkingDesk;

		beforeEach(async () => {
			now = 1_760_000_000_000;
			store = await open({ clock: () => now });
			desk = await openLinkingDesk(store, { now: () => now });
		});
		afterEach(async () => {
			await desk.close();
		});

		const asked = (path: RegExp, method = 'POST') =>
			desk.simulator.ledger.requests.filter((request) => request.method === method && path.test(request.path));
		const rows = async () =>
			await store.db.selectFrom('linked_numbers').selectAll().where('workspace_id', '=', store.workspaceId).execute();
		const syncs = () => asked(/smb_app_data/).map(({ body }) => (body as { sync_type: string }).sync_type);
		const exchanges = () => asked(/oauth\/access_token/, 'GET');
		const news = async () => {
			const emission = await claimEmission(store, INBOX, 100);
			return (emission?.items.onboarding ?? []).map((item) => item as { event: string; problem?: { key: string } });
		};
		const told = async () =>
			(await listNotifications(store.db, store.workspaceId, { limit: 50 })).map(({ kind }) => kind);
		const fresh = async (options: Omit<Parameters<typeof openLinkingDesk>[1], 'now'>) => {
			await desk.close();
			desk = await openLinkingDesk(store, { now: () => now, ...options });
		};

		describe('P4, scenario 6: the whole way', () => {
			it('from «Vincular» to a linked number: token encrypted, account subscribed to our trigger, contacts asked for, history only where wanted', async () => {
				const started = await desk.start();
				expect(new URL(started.url).pathname).toBe('/v25.0/dialog/oauth');
				const linked = await desk.link();

				expect(linked).toMatchObject({
					state: 'linked',
					problem: null,
					channel_id: desk.own.phoneNumberId,
					waba_id: desk.own.wabaId,
					display_phone_number: desk.own.phone,
					verified_name: 'Carolina Ventas',
					history: 'off',
					contacts: 'requested',
					code: null,
				});
				expect(linked.access_token).toMatch(/^v1\./);
				expect(store.decrypt(linked.access_token ?? '')).toMatch(/^EAA/);
				expect(desk.simulator.callbackOf(desk.own.phoneNumberId)).toContain(`/${RECEIVER}/whatsapp`);
				expect(syncs()).toEqual(['smb_app_state_sync']);
				await desk.simulator.settled();
				expect((await news()).map(({ event }) => event)).toEqual(['linked']);
				expect(await told()).toEqual(['number.linked', 'number.linked']);
			});

			it('D31: with history wanted both are asked for, each once', async () => {
				const linked = await desk.link({ history: true });
				await desk.simulator.settled();
				await continueLinking(store, desk.credential, linked.id);

				expect(syncs()).toEqual(['smb_app_state_sync', 'history']);
				expect((await desk.row(linked.id)).history).toBe('done');
			});

			it('the code is exchanged before anything else is asked of Meta, with the very same redirect address', async () => {
				await desk.link();
				expect(desk.simulator.ledger.requests[0]?.path).toMatch(/oauth\/access_token/);
				expect(exchanges()).toHaveLength(1);
			});

			it('an invitation carries its link to the workflow, and may be finished in any browser', async () => {
				const started = await desk.start({ for: 'invitation' });
				expect(started.cookie).toBeUndefined();
				expect(await news()).toMatchObject([
					{ event: 'invitation', url: started.url, advisor: { name: 'Carolina Rojas' } },
				]);
				const { linkedNumber } = await desk.complete(desk.dialog(started));
				expect(linkedNumber?.state).toBe('linked');
			});

			it('Meta’s hosted page leads to the same end', async () => {
				const started = await desk.start();
				const returned = desk.dialog({ ...started, url: started.hostedUrl });
				expect((await desk.complete(returned)).linkedNumber?.state).toBe('linked');
			});

			it('what people see never has the token, and an advisor sees only their own', async () => {
				const linked = await desk.link();
				const all = await linkedNumbersFor(store, { advisorId: 'somebody', seesAll: true });
				expect(all).toMatchObject([
					{
						id: linked.id,
						advisor: { name: 'Carolina Rojas' },
						phone: desk.own.phone,
						state: 'linked',
						history: 'off',
					},
				]);
				expect(JSON.stringify(all)).not.toMatch(/EAA|v1\./);
				expect(await linkedNumbersFor(store, { advisorId: 'somebody', seesAll: false })).toEqual([]);
				expect(await linkedNumbersFor(store, { advisorId: desk.advisorId, seesAll: false })).toHaveLength(1);
			});
		});

		describe('forged, old, foreign and repeated redirects', () => {
			const unchanged = async (linkedNumberId: string) =>
				expect(await desk.row(linkedNumberId)).toMatchObject({ state: 'started', access_token: null, code: null });

			it('a state with one letter changed, of nobody, or cut off is none of ours', async () => {
				const started = await desk.start();
				const returned = desk.dialog(started);
				const state = returned.state ?? '';
				for (const forged of [`${state}0`, state.slice(1), state.split('.')[0], '', 'a.b.c', undefined]) {
					expect(await desk.complete({ ...returned, state: forged })).toEqual({ problem: 'link_invalid' });
				}
				await unchanged(started.linkedNumberId);
				expect(exchanges()).toEqual([]);
			});

			it('a state that another workspace signed with the same key is refused', async () => {
				const other = await open({ workspaceId: 'other-workspace', clock: () => now });
				const returned = desk.dialog(await desk.start());
				expect(await completeSignup(other, desk.credential, returned)).toEqual({ problem: 'link_invalid' });
			});

			it('after 15 minutes the link has expired', async () => {
				const started = await desk.start();
				now += 15 * 60_000 + 1;
				expect(await desk.complete(desk.dialog(started))).toEqual({ problem: 'link_expired' });
				await unchanged(started.linkedNumberId);
			});

			it('a link that was started in one browser is not finished in another: nobody links a number for somebody else', async () => {
				const started = await desk.start();
				const returned = desk.dialog(started);
				for (const cookie of [undefined, 'x', started.cookie?.value.slice(1)]) {
					expect(await desk.complete({ ...returned, cookie })).toEqual({ problem: 'other_browser' });
				}
				await unchanged(started.linkedNumberId);
			});

			it('an invitation is not for whoever else is logged in there', async () => {
				const started = await desk.start({ for: 'invitation' });
				expect(await desk.complete({ ...desk.dialog(started), advisorId: 'somebody-else' })).toEqual({
					problem: 'link_invalid',
				});
				await unchanged(started.linkedNumberId);
			});

			it('a redirect that is repeated changes nothing and tells how far it has come', async () => {
				const returned = desk.dialog(await desk.start());
				const first = await desk.complete(returned);
				const second = await desk.complete(returned);
				expect(second.linkedNumber).toEqual(first.linkedNumber);
				expect(exchanges()).toHaveLength(1);
				expect(syncs()).toHaveLength(1);
			});

			it('two redirects at once exchange the code once and link once', async () => {
				const returned = desk.dialog(await desk.start({ history: true }));
				const outcomes = await Promise.all([desk.complete(returned), desk.complete(returned), desk.complete(returned)]);
				expect(exchanges()).toHaveLength(1);
				expect(outcomes.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
				expect(
					await store.db
						.selectFrom('linked_numbers')
						.selectAll()
						.where('workspace_id', '=', store.workspaceId)
						.execute(),
				).toMatchObject([{ state: expect.stringMatching(/linked|mirroring/) }]);
			});

			it('starting again leaves one attempt, and the older link still works until it is used', async () => {
				const first = await desk.start();
				const second = await desk.start();
				expect(second.linkedNumberId).toBe(first.linkedNumberId);
				expect((await desk.complete(desk.dialog(second))).linkedNumber?.state).toBe('linked');
			});
		});

		describe('what goes wrong in Meta’s window is explained', () => {
			const ends = async (linked: LinkedNumberRow, problem: string) => {
				expect(linked).toMatchObject({ state: 'failed', problem });
				const [view] = await linkedNumbersFor(store, { advisorId: desk.advisorId, seesAll: false });
				expect(view?.problem).toEqual({
					key: problem,
					...(linked.problem_detail === null ? {} : { said: linked.problem_detail }),
				});
				expect((await news()).filter(({ event }) => event === 'problem')).toMatchObject([
					{ problem: { key: problem } },
				]);
			};

			it('cancelled', async () => {
				await ends(await desk.link({}, { kind: 'cancelled' }), 'cancelled');
				expect(exchanges()).toEqual([]);
			});

			it('an error of Meta, with its words', async () => {
				const linked = await desk.link({}, { kind: 'error', code: '4711', message: 'This number cannot be used.' });
				await ends(linked, 'dialog_refused');
				expect(linked.problem_detail).toBe('This number cannot be used. (4711)');
			});

			it('an app that is not live', async () => {
				await fresh({ live: false });
				await ends(await desk.link(), 'app_not_live');
			});

			it('no account shared', async () => {
				await ends(await desk.link({}, { kind: 'finished', shareNothing: true }), 'no_account');
			});

			it('a permission taken off', async () => {
				const linked = await desk.link({}, { kind: 'finished', withoutMessaging: true });
				await ends(linked, 'missing_permission');
				expect(linked.problem_detail).toBe('whatsapp_business_messaging');
			});

			it('a number that is not in the app (any more) is not eligible', async () => {
				desk.simulator.advisorPhone(desk.own.phoneNumberId).leaveApp();
				await ends(await desk.link(), 'not_on_app');
			});

			it('a code older than 30 s, and one that was used', async () => {
				const late = desk.dialog(await desk.start());
				now += 31_000;
				await ends((await desk.complete(late)).linkedNumber as LinkedNumberRow, 'code_expired');
				const returned = desk.dialog(await desk.start());
				await createWhatsAppClient(desk.credential).exchangeCode({
					code: returned.code ?? '',
					redirectUri: (
						await store.db
							.selectFrom('signups')
							.selectAll()
							.where('workspace_id', '=', store.workspaceId)
							.executeTakeFirstOrThrow()
					).redirect_uri,
				});
				expect((await desk.complete(returned)).linkedNumber).toMatchObject({ state: 'failed', problem: 'code_used' });
			});

			it('after a failure the advisor starts again and it works', async () => {
				await desk.link({}, { kind: 'cancelled' });
				expect(await desk.link()).toMatchObject({ state: 'linked', problem: null });
			});

			it('several numbers: the one of the advisor’s own record is taken, else it is asked which, and naming it goes on', async () => {
				await fresh({ oneAccount: true });
				const several = await desk.link({}, { kind: 'finished' });
				expect(several).toMatchObject({ state: 'failed', problem: 'several_numbers' });
				expect(several.problem_detail).toContain(desk.second.phoneNumberId);

				const chosen = await continueLinking(store, desk.credential, several.id, {
					phoneNumberId: desk.second.phoneNumberId,
				});
				expect(chosen).toMatchObject({ state: 'linked', channel_id: desk.second.phoneNumberId });
			});

			it('several numbers, and the advisor’s telephone is known', async () => {
				await fresh({ oneAccount: true });
				await saveAdvisor(store, { name: 'Carolina Rojas', phone: desk.own.phone }, 'test');
				expect(await desk.link({}, { kind: 'finished' })).toMatchObject({ channel_id: desk.own.phoneNumberId });
			});
		});

		describe('whose number it is', () => {
			it('a number that another advisor has is refused; the same advisor links it again', async () => {
				const first = await desk.link();
				const again = await desk.link();
				expect(again).toMatchObject({ state: 'linked' });
				expect(await desk.row(first.id)).toMatchObject({ state: 'unlinked', access_token: null });

				const { advisor } = await saveAdvisor(store, { name: 'Marta Díaz' }, 'test');
				expect(await desk.link({ advisorId: advisor.id })).toMatchObject({
					state: 'failed',
					problem: 'already_linked',
				});
				expect(await desk.row(again.id)).toMatchObject({ state: 'linked' });
			});

			it('a number that another workspace of the database has is refused, without saying which', async () => {
				const other = await open({ workspaceId: `${store.workspaceId}-other`, clock: () => now });
				const otherDesk = await openLinkingDesk(other, { now: () => now, own: desk.own });
				await otherDesk.link();
				const refused = await desk.link();
				expect(refused).toMatchObject({ state: 'failed', problem: 'already_linked', problem_detail: desk.own.phone });
				await otherDesk.close();
			});

			it('the company’s own number is nobody’s', async () => {
				const linked = await linkManually(store, desk.credential, {
					advisorId: desk.advisorId,
					phoneNumberId: COMPANY.phoneNumberId,
					businessAccountId: COMPANY.wabaId,
					accessToken: desk.credential.accessToken,
					history: false,
					excludedNumbers: [],
					actor: 'test',
				});
				expect(linked).toMatchObject({ state: 'failed', problem: 'company_number' });
			});
		});

		describe('dying and going on', () => {
			const due = async () => {
				const items = await dueNumberItems(store, INBOX, 'emission');
				for (const { linkedNumberId } of items) await continueLinking(store, desk.credential, String(linkedNumberId));
				return items.length;
			};

			it('Meta fails for a moment at the exchange: it is tried again within the code’s 30 seconds', async () => {
				desk.simulator.faults.inject({ on: 'tokens', kind: '503', times: 1 });
				const waiting = await desk.link();
				expect(waiting).toMatchObject({ state: 'exchanging', problem: 'meta_unavailable' });
				now += 2_000;
				expect(await due()).toBe(1);
				expect(await desk.row(waiting.id)).toMatchObject({ state: 'linked', problem: null });
			});

			it('Meta fails at the exchange for longer: the advisor is told to start again', async () => {
				desk.simulator.faults.inject({ on: 'tokens', kind: '503', times: 2 });
				const waiting = await desk.link();
				now += 40_000;
				await due();
				expect(await desk.row(waiting.id)).toMatchObject({ state: 'failed', problem: 'code_expired', code: null });
			});

			it.each([
				['numbers', 'authorized'],
				['subscriptions', 'located'],
			] as const)('Meta does not answer about %s: it is gone on with from «%s», without alarm', async (on, state) => {
				desk.simulator.faults.inject({ on, kind: '503', times: 2 });
				const waiting = await desk.link();
				expect(waiting).toMatchObject({ state, problem: 'meta_unavailable' });
				expect(await news()).toEqual([]);
				now += 2_000;
				await due();
				expect(await desk.row(waiting.id)).toMatchObject({ state: 'linked', problem: null });
			});

			it.each(['exchanging', 'authorized', 'located', 'subscribed'] as const)(
				'a crash after the state «%s» was written repeats nothing that Meta takes once',
				async (state) => {
					const returned = desk.dialog(await desk.start({ history: true }));
					// The process is gone as soon as the state is written: it never reads its row again.
					const reads = ['exchanging', 'authorized', 'located', 'subscribed'].indexOf(state);
					await expect(completeSignup(dyingAfter(store, reads), desk.credential, returned)).rejects.toThrow('killed');
					const [left] = await rows();
					expect(left?.state).toBe(state);

					now += state === 'exchanging' ? 10_000 : 60_000;
					expect(await due()).toBe(1);
					await desk.simulator.settled();
					expect(await rows()).toMatchObject([{ state: expect.stringMatching(/linked|mirroring/), problem: null }]);
					expect(exchanges()).toHaveLength(1);
					expect(syncs().sort()).toEqual(['history', 'smb_app_state_sync']);
				},
			);

			it('a crash between asking for the history and its answer: Meta’s «requested before» is our own request', async () => {
				const linked = await desk.link({ history: true });
				await desk.simulator.settled();
				await store.db
					.updateTable('linked_numbers')
					.set({ history: 'requesting', state: 'subscribed', due_at: now })
					.where('id', '=', linked.id)
					.execute();
				await due();
				expect(await desk.row(linked.id)).toMatchObject({ state: 'linked', history: 'requested', problem: null });
			});

			it('two executions of Due at once take a number once', async () => {
				const linked = await desk.link();
				now += HOUR;
				const [one, other] = await Promise.all([dueNumberItems(store, INBOX, 'a'), dueNumberItems(store, INBOX, 'b')]);
				expect([...one, ...other]).toMatchObject([{ event: 'continue', linkedNumberId: linked.id }]);
			});

			it('no trigger receives yet: it waits, says so once, and goes on by itself when one is activated', async () => {
				await store.db
					.deleteFrom('store_settings')
					.where('workspace_id', '=', store.workspaceId)
					.where('name', '=', 'whatsapp_receiver')
					.execute();
				const waiting = await desk.link();
				expect(waiting).toMatchObject({ state: 'located', problem: 'no_receiver' });
				now += 2_000;
				await due();
				expect((await news()).filter(({ event }) => event === 'problem')).toHaveLength(1);
				await saveReceiver(store.db, store.workspaceId, RECEIVER);
				now += 31_000;
				await due();
				expect(await desk.row(waiting.id)).toMatchObject({ state: 'linked', problem: null });
			});

			it('people reach the inbox at an address of its own: the trigger is found beside n8n’s', async () => {
				await saveInboxAddress(store.db, store.workspaceId, {
					url: 'https://bandeja.example.com/',
					webhookId: INBOX,
					webhookUrl: `${desk.base}/${INBOX}/inbox`,
				});
				expect(await desk.link()).toMatchObject({
					state: 'linked',
					redirect_uri: 'https://bandeja.example.com/signup',
					receiver_url: `${desk.base}/${RECEIVER}/whatsapp`,
				});
			});

			it('Meta cannot verify the receiving address: it waits until it can', async () => {
				desk.answering = false;
				const waiting = await desk.link();
				expect(waiting).toMatchObject({ state: 'located', problem: 'receiver_unreachable' });
				desk.answering = true;
				now += 2_000;
				await due();
				expect(await desk.row(waiting.id)).toMatchObject({ state: 'linked' });
			});
		});

		describe('D31: contacts and history', () => {
			it('history may still be asked for within 24 hours, and only once', async () => {
				const linked = await desk.link();
				now += 23 * HOUR;
				await requestNumberSync(store, desk.credential, { linkedNumberId: linked.id, what: 'history', actor: 'test' });
				await requestNumberSync(store, desk.credential, { linkedNumberId: linked.id, what: 'both', actor: 'test' });
				expect(syncs()).toEqual(['smb_app_state_sync', 'history']);
			});

			it('after 24 hours it is too late, and Meta is not even asked', async () => {
				const linked = await desk.link();
				now += 24 * HOUR + 1;
				const after = await requestNumberSync(store, desk.credential, {
					linkedNumberId: linked.id,
					what: 'history',
					actor: 'test',
				});
				expect(after).toMatchObject({ history: 'too_late', problem: 'sync_too_late' });
				expect(syncs()).toEqual(['smb_app_state_sync']);
			});

			it('contacts that somebody asked for before are said to be so, and the number is linked all the same', async () => {
				const returned = desk.dialog(await desk.start());
				const { linkedNumber } = await desk.complete(returned);
				await desk.simulator.settled();
				await store.db
					.updateTable('linked_numbers')
					.set({ contacts: 'wanted', state: 'subscribed' })
					.where('id', '=', linkedNumber?.id ?? '')
					.execute();
				expect(await continueLinking(store, desk.credential, linkedNumber?.id ?? '')).toMatchObject({
					state: 'linked',
					problem: 'sync_repeated',
				});
			});
		});

		describe('D32: without a Tech Provider', () => {
			const pasted = (changes: Partial<Parameters<typeof linkManually>[2]> = {}) => ({
				advisorId: desk.advisorId,
				phoneNumberId: desk.own.phoneNumberId,
				businessAccountId: desk.own.wabaId,
				accessToken: 'EAAnotGivenByAnybody00000',
				history: false,
				excludedNumbers: [],
				actor: 'test',
				...changes,
			});

			it('pasted ids and token take the same steps', async () => {
				const token = store.decrypt((await desk.link()).access_token ?? '');
				const linked = await linkManually(store, desk.credential, pasted({ accessToken: token }));
				expect(linked).toMatchObject({ state: 'linked', channel_id: desk.own.phoneNumberId });
			});

			it('a token of nobody is refused in words, and nothing is subscribed', async () => {
				expect(await linkManually(store, desk.credential, pasted())).toMatchObject({
					state: 'failed',
					problem: 'foreign_token',
				});
				expect(asked(/subscribed_apps/)).toEqual([]);
			});

			it.each([
				['phoneNumberId', { phoneNumberId: '+57 300' }, 'Phone Number ID'],
				['businessAccountId', { businessAccountId: 'abc' }, 'WhatsApp Business Account ID'],
				['accessToken', { accessToken: 'short' }, 'Access Token'],
				['excludedNumbers', { excludedNumbers: ['mamá'] }, 'Excluded Numbers'],
				['advisorId', { advisorId: 'nobody' }, 'Advisor'],
			])('what cannot be right is refused before anything is done: %s', async (_field, changes, parameter) => {
				await expect(linkManually(store, desk.credential, pasted(changes))).rejects.toMatchObject({ parameter });
				expect(desk.simulator.ledger.requests).toEqual([]);
			});

			it('without a configuration id, starting says which other ways there are', async () => {
				const request = {
					advisorId: desk.advisorId,
					history: false,
					excludedNumbers: [],
					actor: 'test',
					for: 'browser',
				} as const;
				await expect(
					startSignup(store, { ...desk.credential, signupConfigurationId: undefined }, request),
				).rejects.toMatchObject({ description: expect.stringContaining('Wazzup') });
			});
		});

		it('no step, list or look reads a whole table', async () => {
			const looked = watched(store);
			const linked = await completeSignup(
				looked.store,
				desk.credential,
				desk.dialog(await desk.start({ history: true })),
			);
			const id = linked.linkedNumber?.id ?? '';
			now += HOUR;
			await dueNumberItems(looked.store, INBOX, 'e');
			await continueLinking(looked.store, desk.credential, id);
			await linkedNumbersFor(looked.store, { advisorId: desk.advisorId, seesAll: false });
			await linkedNumbersFor(looked.store, { advisorId: desk.advisorId, seesAll: true });
			await unlinkNumber(looked.store, desk.credential, { linkedNumberId: id, actor: 'test' });
			await looked.assertNoScan();
		});

		describe('its end', () => {
			it('unlinking takes our app off the account, forgets the token, tells the team once', async () => {
				const linked = await desk.link();
				const ended = await unlinkNumber(store, desk.credential, { linkedNumberId: linked.id, actor: 'test' });
				await unlinkNumber(store, desk.credential, { linkedNumberId: linked.id, actor: 'test' });
				expect(ended).toMatchObject({ state: 'unlinked', access_token: null, problem: 'unlinked_here', due_at: null });
				expect(desk.simulator.callbackOf(desk.own.phoneNumberId)).toBeUndefined();
				expect((await news()).filter(({ event }) => event === 'unlinked')).toHaveLength(1);
			});

			it('disconnected on the phone: Meta’s news unlink it, the advisor and the administrators are told', async () => {
				const linked = await desk.link();
				await desk.simulator.advisorPhone(desk.own.phoneNumberId).disconnect();
				expect(await desk.row(linked.id)).toMatchObject({
					state: 'unlinked',
					problem: 'unlinked_on_phone',
					access_token: null,
				});
				expect((await told()).filter((kind) => kind === 'number.unlinked')).toHaveLength(2);
			});

			it('a break for inactivity keeps the token, and the return goes on by itself', async () => {
				const linked = await desk.link();
				const phone = desk.simulator.advisorPhone(desk.own.phoneNumberId);
				await phone.fallAsleep();
				expect(await desk.row(linked.id)).toMatchObject({ state: 'disconnected', problem: 'inactive' });
				await phone.wakeUp();
				expect(await desk.row(linked.id)).toMatchObject({ state: 'linked', problem: null });
			});

			it('the hourly look notices what no webhook told: a permission taken back', async () => {
				const linked = await desk.link();
				desk.simulator.advisorPhone(desk.own.phoneNumberId).revokeSilently();
				now += HOUR;
				for (const { linkedNumberId } of await dueNumberItems(store, INBOX, 'e'))
					await continueLinking(store, desk.credential, String(linkedNumberId));
				expect(await desk.row(linked.id)).toMatchObject({
					state: 'unlinked',
					problem: 'token_revoked',
					access_token: null,
				});
			});

			it('the hourly look keeps what Meta says of the number’s health', async () => {
				const linked = await desk.link();
				now += HOUR;
				await continueLinking(store, desk.credential, linked.id);
				expect(JSON.parse((await desk.row(linked.id)).facts ?? '{}')).toMatchObject({
					qualityRating: 'GREEN',
					isOnBusinessApp: true,
				});
			});
		});
	});
});
