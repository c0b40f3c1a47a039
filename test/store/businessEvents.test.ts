import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import StripeSdk from 'stripe';

import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { deliver } from '../../nodes/shared/http/deliver';
import { listBusinessEvents, retryDeadEvents } from '../../nodes/shared/store/repositories/businessEvents';
import { listEventWebhooks } from '../../nodes/shared/store/repositories/eventWebhooks';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { removeEventWebhook, saveEventWebhook } from '../../nodes/shared/usecases/businessEvents/saveEventWebhook';
import { sendBusinessEvents } from '../../nodes/shared/usecases/businessEvents/sendBusinessEvents';
import { changeCaseStatus } from '../../nodes/shared/usecases/cases/changeCase';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { verifyStripeSignature } from '../../nodes/shared/webhooks/stripe';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

interface Received {
	readonly type: string;
	readonly id: string;
	readonly signature: string;
	readonly body: string;
}

eachDatabase((name, open) => {
	describe(`O16: business events for other systems on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let receiver: Server;
		let url: string;
		let received: Received[];
		/** What is answered to the next deliveries; 0 hangs up. */
		let answers: number[];
		/** Runs before an answer is given. */
		let meanwhile: (() => Promise<unknown>) | undefined;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			received = [];
			answers = [];
			meanwhile = undefined;
			receiver = createServer((request, response) => {
				let body = '';
				request.setEncoding('utf8').on('data', (part: string) => (body += part));
				request.on('end', () => {
					const header = (one: string): string => request.headers[one]?.toString() ?? '';
					received.push({
						type: header('whatsapp-crm-event'),
						id: header('idempotency-key'),
						signature: header('whatsapp-crm-signature'),
						body,
					});
					void Promise.resolve(meanwhile?.()).then(() => {
						const status = answers.shift() ?? 204;
						if (status === 0) request.socket.destroy();
						else response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end();
					});
				});
			});
			await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
			url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
		});

		afterEach(async () => {
			receiver.closeAllConnections();
			await new Promise((closed) => receiver.close(closed));
		});

		const webhook = async (more: Partial<Parameters<typeof saveEventWebhook>[1]> = {}) =>
			await saveEventWebhook(store, {
				name: 'Make',
				url,
				events: [],
				allowsPrivate: true,
				replacesSecret: false,
				actor: 'test',
				...more,
			});
		const send = async () => await sendBusinessEvents(store);
		const types = () => received.map(({ type }) => type);
		const caseAndLead = async () => {
			await caseOf(store, laura, { requestId: 'case-1' });
			now += 1_000;
			await createLead(store, { ...laura, requestId: 'lead-1' });
		};

		test('a case and a lead are told once, in order, with the customer and the record, signed so that the package of Stripe takes it', async () => {
			const { secret = '' } = await webhook();
			await caseAndLead();
			await send();
			await send();
			expect(types()).toEqual(['case.created', 'lead.created']);
			const [{ body, signature, id }] = received;
			expect(JSON.parse(body)).toMatchObject({
				id,
				type: 'case.created',
				createdAt: '2026-03-10T15:00:00.000Z',
				workspace: store.workspaceId,
				customer: { contactId: laura.contactId, phone: '+573001112233' },
				change: { type: 'quotation', area: 'sales' },
				case: { type: 'quotation', status: 'open', subject: '20 portátiles para la oficina' },
			});
			const sdk = new StripeSdk('sk_test_oracle');
			expect(sdk.webhooks.constructEvent(body, signature, secret, 300, undefined, now).id).toBe(id);
			const bytes = Buffer.from(body);
			expect(verifyStripeSignature(bytes, signature, [secret], { now: new Date(now) })).toBe(true);
			expect(verifyStripeSignature(bytes, signature, [secret], { now: new Date(now + 301_000) })).toBe(false);
			expect(verifyStripeSignature(Buffer.from(`${body} `), signature, [secret], { now: new Date(now) })).toBe(false);
		});

		test('only what a webhook wants is queued for it, and nothing from before it was there', async () => {
			await caseOf(store, laura, { requestId: 'early' });
			await webhook({ name: 'cases', events: ['case.closed'] });
			await webhook({ name: 'all' });
			const { case: opened } = await caseOf(store, laura, { requestId: 'case-2', subject: 'otra cosa distinta' });
			await changeCaseStatus(store, { caseKey: opened.id, status: 'closed', requestId: 'close-1' });
			await send();
			expect(types().sort()).toEqual(['case.closed', 'case.closed', 'case.created']);
			expect(new Set(received.map(({ id }) => id)).size).toBe(3);
		});

		test('what is not taken comes again after 1 s and 30 s under the same id; the next one of the customer waits for it', async () => {
			await webhook();
			await caseAndLead();
			answers = [500, 0, 302];
			expect(await send()).toMatchObject([{ outcome: 'retried', error: 'the receiver answered 500' }]);
			expect(await send()).toEqual([]);
			now += 1_000;
			await send();
			expect(await send()).toEqual([]);
			now += 30_000;
			expect(await send()).toMatchObject([{ outcome: 'retried', error: 'the receiver answered 302' }]);
			now += 300_000;
			await send();
			expect(types()).toEqual(['case.created', 'case.created', 'case.created', 'case.created', 'lead.created']);
			expect(new Set(received.map(({ id }) => id)).size).toBe(2);
		});

		test('what is refused to the end is given up and on record; the others go on, and it can be tried again', async () => {
			await webhook();
			await caseAndLead();
			answers = Array<number>(6).fill(410);
			for (let tries = 0; tries < 6; tries += 1) {
				await send();
				now += 21_600_000;
			}
			await send();
			expect(types().at(-1)).toBe('lead.created');
			const [dead] = await listBusinessEvents(store.db, store.workspaceId, { state: 'dead', limit: 9 });
			expect(dead).toMatchObject({ type: 'case.created', attempts: 6, error: 'the receiver answered 410' });
			expect(await store.transaction(async (tx) => await retryDeadEvents(tx, store))).toBe(1);
			expect(await send()).toMatchObject([{ outcome: 'sent' }]);
			expect(received.at(-1)?.id).toBe(dead?.id);
		});

		test('two processes at once deliver each event once', async () => {
			await webhook();
			const second = await open({ clock: () => now, bootId: 'second' });
			for (let count = 0; count < 12; count += 1) {
				const customer = await customerWho(store, `57300111${1000 + count}`, 'hola');
				await caseOf(store, customer, { requestId: `case-${count}` });
			}
			await Promise.all([send(), sendBusinessEvents(second), send()]);
			await send();
			expect(received).toHaveLength(12);
			expect(new Set(received.map(({ id }) => id)).size).toBe(12);
		});

		test('what a process that died was delivering is delivered by the next, under the same id', async () => {
			await webhook();
			await caseOf(store, laura, { requestId: 'case-1' });
			await store.db
				.updateTable('business_events')
				.set({ state: 'sending', owner: 'a-process-that-died', attempts: 1 })
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			expect(await send()).toMatchObject([{ outcome: 'sent' }]);
			expect(types()).toEqual(['case.created']);
		});

		test('the secret is told once and is encrypted in the store; a new one makes the old one worth nothing', async () => {
			const first = await webhook();
			expect(first.secret).toMatch(/^whsec_/u);
			const again = await webhook({ events: ['case.created'] });
			expect([again.created, again.secret]).toEqual([false, undefined]);
			expect(again.webhook.id).toBe(first.webhook.id);
			const rows = await store.db.selectFrom('event_webhooks').selectAll().execute();
			expect(JSON.stringify(rows)).not.toContain('whsec_');
			const { secret = '' } = await webhook({ replacesSecret: true });
			await caseOf(store, laura, { requestId: 'case-1' });
			await send();
			const [{ body, signature }] = received;
			const at = { now: new Date(now) };
			expect(verifyStripeSignature(Buffer.from(body), signature, [secret], at)).toBe(true);
			expect(verifyStripeSignature(Buffer.from(body), signature, [first.secret ?? ''], at)).toBe(false);
		});

		test('a webhook that is deleted while it is told hears of nothing more', async () => {
			await webhook();
			await caseAndLead();
			meanwhile = async () => {
				meanwhile = undefined;
				await removeEventWebhook(store, 'Make', 'test');
			};
			await send();
			expect(await send()).toEqual([]);
			expect(types()).toEqual(['case.created']);
			expect(await listBusinessEvents(store.db, store.workspaceId, { limit: 9 })).toEqual([]);
		});

		test('whoever is erased is told of to nobody', async () => {
			await webhook();
			await caseOf(store, laura, { requestId: 'case-1' });
			await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'test' });
			await send();
			expect(received).toEqual([]);
		});

		test('without a webhook nothing is queued', async () => {
			await caseAndLead();
			expect(await listBusinessEvents(store.db, store.workspaceId, { limit: 9 })).toEqual([]);
		});

		test('O6: queueing and sending read no table from end to end', async () => {
			await webhook();
			const { store: watchedStore, assertNoScan } = watched(store);
			await caseOf(watchedStore, laura, { requestId: 'case-1' });
			await sendBusinessEvents(watchedStore);
			expect(types()).toEqual(['case.created']);
			await assertNoScan({ except: ['business_profiles', 'event_webhooks', 'advisors'] });
		});

		test.each([
			['http://hooks.example.com/x', 'not encrypted'],
			['https://10.0.0.7/x', 'private network'],
			['https://[::1]/x', 'private network'],
			['https://[::ffff:10.0.0.7]/x', 'private network'],
			['https://169.254.169.254/latest/meta-data', 'private network'],
			['https://2130706433/x', 'private network'],
			['https://localhost/x', 'private network'],
			['https://user:word@hooks.example.com/x', 'user name or password'],
			['ftp://hooks.example.com/x', 'not encrypted'],
			['hooks.example.com', 'not a web address'],
		])('%s is refused', async (address, why) => {
			await expect(webhook({ url: address, allowsPrivate: false })).rejects.toMatchObject({
				message: expect.stringContaining(why),
				parameter: 'URL',
			});
			expect(await listEventWebhooks(store.db, store.workspaceId, { limit: 9 })).toEqual([]);
		});
	});
});

describe('O16: names that lead inside', () => {
	const to = { url: 'https://hooks.example.com/x', body: '{}', headers: {}, allowsPrivate: false };

	test.each([
		['the machine itself', ['127.0.0.1']],
		['a neighbour', ['192.168.1.4']],
		['the cloud’s own data', ['169.254.169.254']],
		['one private among public ones', ['93.184.216.34', 'fd00::1']],
		['an IPv4 address inside of IPv6', ['::ffff:10.1.2.3']],
		['nothing', []],
	])('%s: nothing is connected', async (_what, addresses) => {
		const resolve = async () => await Promise.resolve(addresses.map((address) => ({ address })));
		expect(await deliver(to, resolve)).toBe('hooks.example.com leads into a private network.');
	});

	test('a name that does not exist is told as such', async () => {
		const resolve = async () => await Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
		expect(await deliver(to, resolve)).toBe('the receiver cannot be reached (ENOTFOUND)');
	});
});
