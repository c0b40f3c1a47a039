import { createHash } from 'node:crypto';

import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { PaymentEvent } from '../../nodes/shared/domain/payments/payment';
import type { PaymentProvider, ProviderHint, ProviderTruth } from '../../nodes/shared/domain/payments/provider';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { dismissDeadLetter, listDeadLetters } from '../../nodes/shared/store/repositories/deadLetters';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import { getPayment, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { previewReconciliation, reconcilePayments } from '../../nodes/shared/usecases/payments/reconcilePayments';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { receivePaymentEvents, settlePaymentEvents } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { previewRetry, retryDeadLetter } from '../../nodes/shared/usecases/send/retryDeadLetter';
import { checkAlerts } from '../../nodes/shared/usecases/alerts/checkAlerts';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const WEBHOOK = 'payments-trigger';

/** A provider that is not Stripe: it knows attempts and refunds under names of its own, and forgets to call now and then. */
class Cashier implements PaymentProvider {
	readonly name = 'cashier';
	readonly mode = 'test';
	readonly truths = new Map<string, ProviderTruth>();
	down = false;
	asked = 0;

	constructor(private readonly clock: () => number) {}

	/** Something happened; whether the desk hears of it is another matter. */
	happens(object: string, truth: Omit<ProviderTruth, 'event'>, event: Omit<PaymentEvent, 'id' | 'at'>): ProviderHint {
		const at = this.clock();
		const id = createHash('sha256').update(`${object}${event.kind}${at}`).digest('hex').slice(0, 12);
		this.truths.set(object, { ...truth, event: { ...event, id, at } as PaymentEvent });
		return { id, at, type: event.kind, object: { kind: 'thing', id: object } };
	}

	async readBack(hint: ProviderHint): Promise<ProviderTruth | undefined> {
		this.asked += 1;
		if (this.down) throw new Error('The cashier does not answer');
		const truth = this.truths.get(hint.object.id);
		return await Promise.resolve(truth && { ...truth, event: { ...truth.event, id: hint.id, at: hint.at } });
	}

	async list({ after }: { readonly since: number; readonly after?: string }) {
		const all = [...this.truths.values()];
		const from = Number(after ?? 0);
		return await Promise.resolve({
			truths: all.slice(from, from + 1),
			...(from + 1 < all.length ? { after: String(from + 1) } : {}),
		});
	}

	/** It lists everything, however old. */
	async lookAgain(): Promise<readonly ProviderTruth[]> {
		return await Promise.resolve([]);
	}
}

eachDatabase((name, open) => {
	describe(`payments of any provider on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let cashier: Cashier;
		let payment: PaymentRow;
		const amount = 25_000_000;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			await saveAdvisor(store, { name: 'Diana', phone: '+573009990000', areas: ['sales'], role: 'supervisor' }, 'test');
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			await createLead(store, { ...laura, requestId: 'lead-1' });
			const opened = await caseOf(store, laura, { requestId: 'case-1' });
			cashier = new Cashier(() => now);
			payment = await requestPayment(
				store,
				{
					requestId: 'pay-1',
					provider: 'cashier',
					mode: 'test',
					kind: 'full',
					amount,
					currency: 'COP',
					description: '20 portátiles',
					contactId: laura.contactId,
					conversationId: laura.conversationId,
					caseId: opened.case.id,
				},
				async () => await Promise.resolve({ providerId: 'link_1', url: 'https://pay.example/1' }),
			);
		});

		const about = { mode: 'test', providerId: 'link_1' } as const;
		const attempt = (kind: 'paid' | 'pending' | 'failed' | 'expired', more: object = {}) => ({
			kind,
			attempt: 'a1',
			amount,
			currency: 'COP',
			...more,
		});
		const tap = (kind: Parameters<typeof attempt>[0], more: object = {}, truth: object = {}) =>
			cashier.happens('a1', { ...about, ...truth }, attempt(kind, more));
		const arrive = async (...hints: readonly ProviderHint[]) =>
			await receivePaymentEvents(store, WEBHOOK, cashier.name, hints);
		const settle = async () => await settlePaymentEvents(store, WEBHOOK, cashier);
		const row = async () => await getPayment(store.db, store.workspaceId, payment.id);
		const said = async () =>
			(
				await store.db
					.selectFrom('messages')
					.select('text')
					.where('conversation_id', '=', laura.conversationId)
					.where('author', '=', 'workflow')
					.orderBy('id')
					.execute()
			).map(({ text }) => text ?? '');
		const emitted = async () =>
			await store.db
				.selectFrom('journal')
				.select(['output', 'payload'])
				.where('webhook_id', '=', WEBHOOK)
				.where('workspace_id', '=', store.workspaceId)
				.orderBy('id')
				.execute();
		const outputs = async () => (await emitted()).map(({ output }) => output);
		const lines = async (action: string) =>
			(await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 200 })).filter(
				(line) => line.action === action,
			);
		const notices = async () =>
			(
				await store.db
					.selectFrom('notifications')
					.select(['kind', 'text'])
					.where('workspace_id', '=', store.workspaceId)
					.where('kind', 'like', 'payment.%')
					.orderBy('id')
					.execute()
			).map(({ text }) => text);

		test('S5, S6: paid: receipt, note of the case, won lead, the team, the bitácora and the branch, each once', async () => {
			const paid = tap('paid');
			expect(await arrive(paid, paid, paid)).toBe(1);
			expect(cashier.asked).toBe(0);
			await settle();
			await arrive(paid, { ...paid, id: 'another event of the same' });
			await settle();
			expect(await row()).toMatchObject({ state: 'paid', amount_paid: amount, paid_at: now });
			expect(await said()).toEqual([
				expect.stringMatching(/^¡Gracias! Recibimos tu pago de \$\s?250\.000 por 20 portátiles\./),
			]);
			expect(await listLeads(store.db, store.workspaceId, { limit: 9 })).toMatchObject([
				{ stage: 'Won', amount: '250000', currency: 'COP' },
			]);
			expect(await lines('case.note_added')).toHaveLength(1);
			const confirmed = await lines('payment.confirmed');
			// As people write it: they read it in the thread, and other systems in their webhooks.
			expect(confirmed.map(({ payload }) => JSON.parse(payload ?? '{}') as unknown)).toMatchObject([
				{ amount: '250000', currency: 'COP' },
			]);
			expect(await notices()).toEqual([expect.stringContaining('pagó $')]);
			expect(await outputs()).toEqual(['paid']);
			expect(JSON.parse((await emitted())[0]?.payload ?? '{}')).toMatchObject({
				kind: 'paid',
				amount: '250000',
				customerTold: true,
				payment: { id: payment.id, state: 'paid', currency: 'COP' },
				crm: { contactId: laura.contactId, conversationId: laura.conversationId },
			});
		});

		test.each([
			['amount', { amount: 100 }, {}],
			['currency', { currency: 'USD' }, {}],
			['mode', {}, { mode: 'live' }],
			['link', {}, { providerId: 'link_of_somebody', paymentId: 'ours' }],
		])('S5: a payment of another %s confirms nothing and goes to a person', async (what, more, truth) => {
			const forged = tap('paid', more, 'paymentId' in truth ? { ...truth, paymentId: payment.id } : truth);
			await arrive(forged, { ...forged, id: 'again' });
			await settle();
			expect(await row()).toMatchObject({ state: 'requested', amount_paid: 0 });
			expect(await said()).toEqual([]);
			expect((await listLeads(store.db, store.workspaceId, { limit: 9 }))[0]?.stage).not.toBe('Won');
			expect(await outputs()).toEqual(['mismatch']);
			expect(JSON.parse((await emitted())[0]?.payload ?? '{}')).toMatchObject({ kind: 'mismatch', reason: what });
			expect(await lines('payment.mismatch')).toHaveLength(1);
		});

		test('S11: the receipt of the first purchase welcomes, that of the second does not; the profile may say it otherwise', async () => {
			await arrive(tap('paid'));
			await settle();
			const [first] = await said();
			expect(first).toMatch(/siguiente paso\.\n\n¡Te damos la bienvenida a PROSUMINISTROS! 🎉/u);
			expect(JSON.parse((await emitted())[0]?.payload ?? '{}')).toMatchObject({ firstPurchase: true });
			const again = await requestPayment(
				store,
				{
					requestId: 'pay-2',
					provider: 'cashier',
					mode: 'test',
					kind: 'full',
					amount,
					currency: 'COP',
					contactId: laura.contactId,
					conversationId: laura.conversationId,
				},
				async () => await Promise.resolve({ providerId: 'link_2', url: 'https://pay.example/2' }),
			);
			await arrive(
				cashier.happens(
					'a2',
					{ mode: 'test', providerId: 'link_2', paymentId: again.id },
					attempt('paid', { attempt: 'a2' }),
				),
			);
			await settle();
			expect((await said())[1]).not.toContain('bienvenida');
			expect(JSON.parse((await emitted())[1]?.payload ?? '{}')).toMatchObject({ firstPurchase: false });
		});

		test.each([
			['Gracias por elegir a {business}.', /paso\.\n\nGracias por elegir a PROSUMINISTROS\.$/u],
			['', /siguiente paso\.$/u],
		])('S11: the words of the first purchase are the profile’s: «%s»', async (welcome, read) => {
			const { payments } = profiles.prosuministros;
			await saveProfile(store, { ...profiles.prosuministros, payments: { ...payments, welcome } }, 'test');
			await arrive(tap('paid'));
			await settle();
			expect((await said())[0]).toMatch(read);
		});

		test('S7: a renewal that fails is told with where it can be paid, in the hours that the law allows', async () => {
			await arrive(tap('paid'));
			await settle();
			const fails = async (subject: string) => {
				const renewal = { renewal: true, attempt: subject, payUrl: 'https://pay.example/invoice' };
				await arrive(cashier.happens(subject, about, attempt('failed', renewal)));
				await settle();
			};
			now += 60_000;
			await fails('invoice-1');
			// Eleven at night.
			now = Date.parse('2026-03-11T04:00:00Z');
			await fails('invoice-2');
			const told = (await said()).filter((text) => text.includes('renovación'));
			expect(told).toEqual([expect.stringContaining('Puedes pagarla con otro medio de pago')]);
			const [button] = await store.db
				.selectFrom('outbox')
				.select('message')
				.where('contact_id', '=', laura.contactId)
				.where('request_id', 'like', '%:failed:invoice-1:%')
				.execute();
			expect(JSON.parse(button?.message ?? '{}')).toMatchObject({ url: 'https://pay.example/invoice' });
			expect(await outputs()).toEqual(['paid', 'subscription', 'subscription']);
		});

		test('D25: a renewal that fails on the day of a reminder is not one more message about money', async () => {
			await arrive(tap('paid'));
			await settle();
			await store.db
				.updateTable('payments')
				.set({ reminded_at: now })
				.where('contact_id', '=', laura.contactId)
				.execute();
			now += 60_000;
			const renewal = { renewal: true, attempt: 'invoice-1', payUrl: 'https://pay.example/invoice' };
			await arrive(cashier.happens('invoice-1', about, attempt('failed', renewal)));
			await settle();
			expect((await said()).filter((text) => text.includes('renovación'))).toEqual([]);
			// The workflow hears of it all the same.
			expect(await outputs()).toEqual(['paid', 'subscription']);
		});

		test('S6: fails, then succeeds: the customer reads why, gets the link again, then the receipt', async () => {
			await arrive(tap('failed', { reason: 'insufficient_funds' }));
			await settle();
			now += 60_000;
			await arrive(tap('paid'));
			await settle();
			const [why, receipt] = await said();
			expect(why).toContain('no hay fondos suficientes');
			expect(receipt).toContain('¡Gracias!');
			expect(await outputs()).toEqual(['failed', 'paid']);
		});

		test('S6: pending, then paid', async () => {
			await arrive(tap('pending'));
			await settle();
			now += 60_000;
			await arrive(tap('paid'));
			await settle();
			expect(await outputs()).toEqual(['pending', 'paid']);
			expect(await row()).toMatchObject({ state: 'paid' });
		});

		test('S6: paid by two taps: one receipt, and a person learns of the second', async () => {
			await arrive(tap('paid'));
			await settle();
			now += 1_000;
			await arrive(cashier.happens('a2', about, attempt('paid', { attempt: 'a2' })));
			await settle();
			expect(await said()).toHaveLength(1);
			expect(await outputs()).toEqual(['paid', 'mismatch']);
			expect((await notices()).at(-1)).toContain('pagó dos veces');
		});

		test('S8: given back in part, then whole; and a dispute goes to a person', async () => {
			await arrive(tap('paid'));
			await settle();
			const back = (refund: string, part: number) =>
				cashier.happens(refund, { ...about }, {
					kind: 'refund',
					refund,
					state: 'succeeded',
					amount: part,
					currency: 'COP',
				} as Omit<PaymentEvent, 'id' | 'at'>);
			now += 1_000;
			await arrive(back('r1', 5_000_000));
			await settle();
			expect(await row()).toMatchObject({ state: 'partially_refunded', amount_refunded: 5_000_000 });
			await arrive(back('r2', 20_000_000));
			await settle();
			expect(await row()).toMatchObject({ state: 'refunded' });
			await arrive(
				cashier.happens('d1', about, { kind: 'dispute', dispute: 'd1', state: 'open', amount, currency: 'COP' } as Omit<
					PaymentEvent,
					'id' | 'at'
				>),
			);
			await settle();
			expect(await outputs()).toEqual(['paid', 'refunded', 'refunded', 'disputed']);
		});

		test('S6: whoever asked not to be written to, or wrote a day ago, gets nothing; the team and the branch know', async () => {
			now += 25 * 3_600_000;
			await arrive(tap('paid'));
			await settle();
			expect(await said()).toEqual([]);
			expect(await row()).toMatchObject({ state: 'paid' });
			expect(JSON.parse((await emitted())[0]?.payload ?? '{}')).toMatchObject({ customerTold: false });
		});

		test('S9, O10: what the provider could not be asked about for a day is a dead letter that people see, and is asked about again', async () => {
			const hint = tap('paid');
			await arrive(hint);
			cashier.down = true;
			for (let look = 0; look < 12; look += 1) {
				now += 43_200_000;
				await settle();
			}
			expect(await row()).toMatchObject({ state: 'requested' });
			const [letter] = await listDeadLetters(store.db, store.workspaceId, { limit: 9 });
			expect(letter).toMatchObject({ kind: 'payment', about: 'cashier', error: 'The cashier does not answer' });
			expect(await checkAlerts(store)).toMatchObject([{ kind: 'dead_letters' }]);

			cashier.down = false;
			const id = letter?.id ?? '';
			expect(await previewRetry(store, id)).toEqual({ action: 'retried', kind: 'payment' });
			expect(await retryDeadLetter(store, id, 'advisor:diana')).toMatchObject({ action: 'retried' });
			expect(await retryDeadLetter(store, id, 'advisor:diana')).toEqual({ action: 'unchanged' });
			await settle();
			expect(await row()).toMatchObject({ state: 'paid' });
			expect(await outputs()).toEqual(['paid']);
			expect(await listDeadLetters(store.db, store.workspaceId, { limit: 9 })).toEqual([]);
		});

		test('O10: news that nobody wants to know any more is put away and asked about no more', async () => {
			await arrive(tap('paid'));
			cashier.down = true;
			for (let look = 0; look < 12; look += 1) {
				now += 43_200_000;
				await settle();
			}
			const { store: watchedStore, assertNoScan } = watched(store);
			const [letter] = await listDeadLetters(watchedStore.db, store.workspaceId, { kind: 'payment', limit: 9 });
			await assertNoScan();
			await store.transaction(async (tx) => await dismissDeadLetter(tx, store, letter?.id ?? ''));
			cashier.down = false;
			now += 43_200_000;
			await settle();
			expect(await listDeadLetters(store.db, store.workspaceId, { limit: 9 })).toEqual([]);
			expect(await row()).toMatchObject({ state: 'requested' });
		});

		test('S5: while the provider does not answer nothing is believed; it is asked again and then settled once', async () => {
			cashier.down = true;
			await arrive(tap('paid'));
			await settle();
			expect(await row()).toMatchObject({ state: 'requested' });
			expect(await settle()).toBe(0);
			cashier.down = false;
			now += 2_000;
			await Promise.all([settle(), settle(), settle()]);
			expect(await row()).toMatchObject({ state: 'paid' });
			expect(await said()).toHaveLength(1);
		});

		test('S5: a process that died with an event leaves it to the next', async () => {
			await arrive(tap('paid'));
			const asked = Promise.withResolvers<void>();
			const dying: PaymentProvider = {
				...cashier,
				name: cashier.name,
				mode: cashier.mode,
				list: cashier.list,
				lookAgain: cashier.lookAgain,
				readBack: async () => {
					asked.resolve();
					return await new Promise(() => undefined);
				},
			};
			void settlePaymentEvents(store, WEBHOOK, dying);
			await asked.promise;
			expect(await settle()).toBe(0);
			now += 121_000;
			await settle();
			expect(await row()).toMatchObject({ state: 'paid' });
			expect(await outputs()).toEqual(['paid']);
		});

		test('S5: what is none of ours is left alone', async () => {
			await arrive(cashier.happens('x', { mode: 'test', providerId: 'somebody-else' }, attempt('paid')));
			await settle();
			expect(await outputs()).toEqual([]);
			expect(await row()).toMatchObject({ state: 'requested' });
		});

		test('S9: a webhook that was lost is found by reconciliation, once', async () => {
			tap('paid');
			cashier.happens('other', { mode: 'test', providerId: 'somebody-else' }, attempt('paid', { attempt: 'z' }));
			const request = { since: 0, webhookId: WEBHOOK };
			expect(await previewReconciliation(store, cashier, request.since)).toMatchObject({
				compared: 1,
				foreign: 1,
				differences: [{ before: 'requested', payment: { state: 'paid' }, news: ['paid'] }],
			});
			expect(await row()).toMatchObject({ state: 'requested' });
			expect(await outputs()).toEqual([]);
			expect(await reconcilePayments(store, cashier, request)).toMatchObject({
				compared: 1,
				foreign: 1,
				differences: [{ before: 'requested', payment: { state: 'paid' }, news: ['paid'] }],
			});
			now += 60_000;
			expect(await reconcilePayments(store, cashier, request)).toMatchObject({ compared: 1, differences: [] });
			expect(await said()).toHaveLength(1);
			expect(await outputs()).toEqual(['paid']);
		});

		test('O6: settling reads no table from end to end', async () => {
			const { store: watchedStore, assertNoScan } = watched(store);
			await receivePaymentEvents(watchedStore, WEBHOOK, cashier.name, [tap('paid')]);
			await settlePaymentEvents(watchedStore, WEBHOOK, cashier);
			await assertNoScan({ except: ['business_profiles'] });
		});
	});
});
