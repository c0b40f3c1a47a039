import { RequestFailure } from '../../nodes/shared/http/failure';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { getConversation } from '../../nodes/shared/store/repositories/conversations';
import { listPayments, paymentOfProvider } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import {
	requestPayment,
	type CreatedAtProvider,
	type PaymentRequest,
	type ProviderCall,
} from '../../nodes/shared/usecases/payments/requestPayment';
import { queueMessage } from '../../nodes/shared/usecases/send/queueMessage';
import { watched } from '../support/plans';
import { customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

/** A provider that remembers its keys, as they all do. */
class Provider {
	readonly calls: ProviderCall[] = [];
	readonly links = new Map<string, CreatedAtProvider>();

	readonly create = async (call: ProviderCall): Promise<CreatedAtProvider> => {
		this.calls.push(call);
		await new Promise((resolve) => setImmediate(resolve));
		const known = this.links.get(call.idempotencyKey);
		if (known) return known;
		const link = { providerId: `link_${this.links.size + 1}`, url: `https://pay.example/${this.links.size + 1}` };
		this.links.set(call.idempotencyKey, link);
		return link;
	};
}

eachDatabase((name, open) => {
	describe(`asking for a payment on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let provider: Provider;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			laura = await customerWho(store, '573001112233', 'quiero pagar');
			provider = new Provider();
		});

		const asked = (more: Partial<PaymentRequest> = {}): PaymentRequest => ({
			requestId: 'pay-1',
			provider: 'somebody',
			mode: 'test',
			kind: 'full',
			amount: 5_000_000,
			currency: 'cop',
			description: 'Pedido 17',
			contactId: laura.contactId,
			conversationId: laura.conversationId,
			...more,
		});
		const payments = async () => await listPayments(store.db, store.workspaceId, { limit: 9 });

		test('S3: the payment is in the store before the provider is asked, the link after', async () => {
			const seen: unknown[] = [];
			const row = await requestPayment(store, asked(), async (call) => {
				seen.push(...(await payments()));
				return await provider.create(call);
			});
			expect(seen).toMatchObject([{ state: 'requested', url: null, amount: 5_000_000, currency: 'COP' }]);
			expect(row).toMatchObject({ provider_id: 'link_1', url: 'https://pay.example/1', owner: null });
			expect(await paymentOfProvider(store.db, store.workspaceId, 'somebody', 'link_1')).toMatchObject({ id: row.id });
			const lines = await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 99 });
			expect(lines.filter(({ action }) => action === 'payment.link_created')).toHaveLength(1);
		});

		test('S3: asked again, the same link comes back and nobody asks the provider', async () => {
			const first = await requestPayment(store, asked(), provider.create);
			const second = await requestPayment(store, asked(), provider.create);
			expect(second.url).toBe(first.url);
			expect(provider.calls).toHaveLength(1);
		});

		test('S3: of many at once one asks, all get its link, and the customer is written to once', async () => {
			const conversation = await getConversation(store.db, store.workspaceId, laura.conversationId);
			if (conversation === undefined) throw new Error('no conversation');
			const rows = await Promise.all(
				Array.from(
					{ length: 25 },
					async () =>
						await requestPayment(store, asked(), provider.create, async (tx, payment) => {
							await queueMessage(tx, store, conversation, {
								message: { type: 'url_button', text: 'Su pago', label: 'Pagar', url: payment.url ?? '' },
								requestId: payment.request_id,
								sequence: 0,
								author: 'workflow',
								owner: store.bootId,
							});
						}),
				),
			);
			expect(new Set(rows.map(({ url }) => url))).toEqual(new Set(['https://pay.example/1']));
			expect(provider.calls).toHaveLength(1);
			const queued = await store.db
				.selectFrom('outbox')
				.select('id')
				.where('conversation_id', '=', laura.conversationId)
				.execute();
			expect(queued).toHaveLength(1);
		});

		test('S3: a process that died between the provider and the store is followed by one with the same key', async () => {
			let heard: () => void = () => undefined;
			const asking = new Promise<void>((resolve) => (heard = resolve));
			void requestPayment(store, asked(), async (call) => {
				await provider.create(call);
				heard();
				return await new Promise<never>(() => undefined);
			});
			await asking;
			await store.db.updateTable('payments').set({ owner: 'a process without heartbeat' }).execute();
			const row = await requestPayment(store, asked(), provider.create);
			expect(row.provider_id).toBe('link_1');
			expect(new Set(provider.calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
			expect(provider.links.size).toBe(1);
		});

		test('S3: no answer is no answer: the next try asks with the same key, and with nothing else', async () => {
			const silent = async (call: ProviderCall) => {
				await provider.create(call);
				throw new RequestFailure({ vendor: 'stripe', kind: 'unknown_outcome', message: 'No answer' });
			};
			await expect(requestPayment(store, asked(), silent)).rejects.toThrow('No answer');
			await expect(requestPayment(store, asked({ amount: 1 }), provider.create)).rejects.toMatchObject({
				parameter: 'Request ID',
			});
			const row = await requestPayment(store, asked(), provider.create);
			expect(row.provider_id).toBe('link_1');
			expect(provider.links.size).toBe(1);
		});

		/** What a provider answers that keeps its own failure under the key. */
		const failsForGood = () =>
			new RequestFailure({
				vendor: 'stripe',
				kind: 'temporary',
				message: 'It failed and keeps failing',
				status: 500,
				isReplayed: true,
			});

		test('S8: a failure that the provider keeps under its key is asked past at once, under another key and with the word that it may exist', async () => {
			const row = await requestPayment(store, asked(), async (call) => {
				if (call.mayExist) return await provider.create(call);
				provider.calls.push(call);
				throw failsForGood();
			});
			expect(row).toMatchObject({ provider_id: 'link_1', owner: null });
			expect(provider.calls.map(({ mayExist }) => mayExist)).toEqual([false, true]);
			expect(new Set(provider.calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
			expect(new Set(provider.calls.map(({ paymentId }) => paymentId)).size).toBe(1);
			expect(await requestPayment(store, asked(), provider.create)).toMatchObject({ provider_id: 'link_1' });
			expect(provider.calls).toHaveLength(2);
		});

		test('S8: it fails under the other key too: told, and the next run goes on under a third', async () => {
			const keys: string[] = [];
			const fails = async ({ idempotencyKey }: ProviderCall) => {
				keys.push(idempotencyKey);
				return await Promise.reject(failsForGood());
			};
			await expect(requestPayment(store, asked(), fails)).rejects.toThrow('keeps failing');
			expect(await payments()).toMatchObject([{ provider_attempt: 1, owner: null, error: null, url: null }]);
			await expect(requestPayment(store, asked(), fails)).rejects.toThrow('keeps failing');
			expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 1, 1, 3]);
			expect(await requestPayment(store, asked(), provider.create)).toMatchObject({ provider_id: 'link_1' });
			expect(provider.links.size).toBe(1);
		});

		test('S8: dies after it has gone on to another key: whoever follows asks under that one and looks first', async () => {
			let heard: () => void = () => undefined;
			const asking = new Promise<void>((resolve) => (heard = resolve));
			void requestPayment(store, asked(), async (call) => {
				if (!call.mayExist) throw failsForGood();
				await provider.create(call);
				heard();
				return await new Promise<never>(() => undefined);
			});
			await asking;
			await store.db.updateTable('payments').set({ owner: 'a process without heartbeat' }).execute();
			expect(await requestPayment(store, asked(), provider.create)).toMatchObject({ provider_id: 'link_1' });
			expect(provider.calls.map(({ mayExist }) => mayExist)).toEqual([true, true]);
			expect(provider.links.size).toBe(1);
		});

		test('S3: after a clear no the same request may be made with better values', async () => {
			const refused = async () =>
				await Promise.reject(
					new RequestFailure({ vendor: 'stripe', kind: 'rejected', message: 'Amount is too small' }),
				);
			await expect(requestPayment(store, asked({ amount: 1 }), refused)).rejects.toThrow('Amount is too small');
			expect(await payments()).toMatchObject([{ error: 'Amount is too small', url: null }]);
			const row = await requestPayment(store, asked(), provider.create);
			expect(row).toMatchObject({ amount: 5_000_000, error: null, url: 'https://pay.example/1' });
			expect(await payments()).toHaveLength(1);
		});

		test('S2: a page that was refused is asked for anew: its time begins then, and no key of before speaks for it', async () => {
			const refused = async (call: ProviderCall) => {
				provider.calls.push(call);
				return await Promise.reject(
					new RequestFailure({ vendor: 'stripe', kind: 'rejected', message: 'expires_at is too soon' }),
				);
			};
			const early = now;
			await expect(requestPayment(store, asked(), refused)).rejects.toThrow('too soon');
			now += 7_200_000;
			const row = await requestPayment(store, asked(), provider.create);
			expect(row.created_at).toBe(early + 7_200_000);
			expect(new Set(provider.calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
			expect(new Set(provider.calls.map(({ paymentId }) => paymentId)).size).toBe(1);
		});

		test('S3: a request ID that has its link is refused for another amount', async () => {
			await requestPayment(store, asked(), provider.create);
			await expect(requestPayment(store, asked({ amount: 7 }), provider.create)).rejects.toMatchObject({
				parameter: 'Request ID',
			});
			expect(await payments()).toMatchObject([{ amount: 5_000_000 }]);
		});

		test('S3: asking reads no table from end to end', async () => {
			const { store: watchedStore, assertNoScan } = watched(store);
			await requestPayment(watchedStore, asked(), provider.create);
			await requestPayment(watchedStore, asked(), provider.create);
			await listPayments(watchedStore.db, store.workspaceId, { conversationId: laura.conversationId, limit: 9 });
			await listPayments(watchedStore.db, store.workspaceId, { contactId: laura.contactId, limit: 9 });
			await listPayments(watchedStore.db, store.workspaceId, { state: 'paid', limit: 9 });
			await assertNoScan();
		});
	});
});
