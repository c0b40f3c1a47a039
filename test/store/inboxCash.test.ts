import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { PaymentEvent } from '../../nodes/shared/domain/payments/payment';
import { listAudit } from '../../nodes/shared/store/repositories/auditLog';
import { getLead } from '../../nodes/shared/store/repositories/leads';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { getPayment, listPayments, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { verifyAudit } from '../../nodes/shared/usecases/audit/verifyAudit';
import type { Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { catchUpMetrics } from '../../nodes/shared/usecases/metrics/catchUpMetrics';
import { readSummary } from '../../nodes/shared/usecases/metrics/readMetrics';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { takeInTruth, underPaymentLock } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { ask, clicks, command, inboxWebhookId, viewer } from '../support/inbox';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;

eachDatabase((name, open) => {
	describe(`S14: cash on delivery in the inbox on ${name}`, () => {
		let now: number;
		let store: Store;
		/** Attends. */
		let laura: Viewer;
		/** Leads: says that money came. */
		let sofia: Viewer;
		let ana: Customer;
		let caseId: string;
		let number: string;

		beforeEach(async () => {
			// A Tuesday, ten in the morning in Bogotá.
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await viewer(store, 'Laura Gómez', []);
			sofia = await viewer(store, 'Sofía Peña', [], 'supervisor');
			ana = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			await store.db.updateTable('conversations').set({ area: 'sales' }).where('id', '=', ana.conversationId).execute();
			({
				case: { id: caseId, number },
			} = await caseOf(store, ana, { requestId: 'case-1' }));
		});

		const agree = async (
			more: Readonly<Record<string, unknown>> = {},
			{ who = laura, requestId, on = store }: { who?: Viewer; requestId?: string; on?: Store } = {},
		): Promise<string> => {
			const { paymentId } = await command(
				on,
				who,
				'agreeCash',
				{
					conversationId: ana.conversationId,
					amount: '250.000',
					currency: 'cop',
					description: '3 impresoras',
					...more,
				},
				requestId === undefined ? {} : { requestId },
			);
			return String(paymentId);
		};
		const collect = async (
			paymentId: string,
			more: Readonly<Record<string, unknown>> = {},
			{ who = sofia, requestId, on = store }: { who?: Viewer; requestId?: string; on?: Store } = {},
		) =>
			await command(
				on,
				who,
				'collectCash',
				{ paymentId, amount: '250000', collectedBy: 'Pedro, mensajero', ...more },
				requestId === undefined ? {} : { requestId },
			);
		const payment = async (id: string): Promise<PaymentRow> => {
			const found = await getPayment(store.db, store.workspaceId, id);
			if (found === undefined) throw new Error(`There is no payment ${id}`);
			return found;
		};
		const link = async (requestId: string, more: { caseId?: string; kind?: 'full' | 'deposit' } = {}) =>
			await requestPayment(
				store,
				{
					requestId,
					provider: 'cashier',
					mode: 'live',
					kind: more.kind ?? 'full',
					amount: 25_000_000,
					currency: 'COP',
					contactId: ana.contactId,
					conversationId: ana.conversationId,
					caseId: more.caseId ?? caseId,
				},
				async () => await Promise.resolve({ providerId: `page_${requestId}`, url: `https://pay.example/${requestId}` }),
			);
		/** The customer pays at the link, with a card. */
		const paysAt = async (row: PaymentRow): Promise<void> => {
			const event: PaymentEvent = {
				id: `e-${row.id}`,
				kind: 'paid',
				attempt: `card-${row.id}`,
				at: now,
				amount: row.amount,
				currency: row.currency,
			};
			await underPaymentLock(store, row, async (tx) => {
				const truth = { mode: row.mode, event, ...(row.provider_id === null ? {} : { providerId: row.provider_id }) };
				await takeInTruth(tx, store, profiles.prosuministros, 'payments', row.id, truth);
			});
		};
		const actions = async (): Promise<string[]> =>
			(await listAudit(store.db, store.workspaceId, { chain: ana.contactId, limit: 99 })).map(({ action }) => action);
		const count = async (wanted: string): Promise<number> =>
			(await actions()).filter((action) => action === wanted).length;
		const receipts = async (): Promise<string[]> =>
			(
				await store.db
					.selectFrom('messages')
					.select('text')
					.where('workspace_id', '=', store.workspaceId)
					.where('author', '=', 'workflow')
					.execute()
			).map(({ text }) => text ?? '');
		const leave = async () => (await clicks(store)).filter(({ output }) => output === 'cash');
		const shown = async () =>
			(await ask(store, sofia, 'conversation', { conversationId: ana.conversationId })).payments;
		/** A desk whose process dies before the commit. */
		const dying = (): Store => ({
			...store,
			eachLocked: async (keys, work) =>
				await store.eachLocked(keys, async (tx, key) => {
					await work(tx, key);
					throw new Error('killed before the commit');
				}),
		});

		describe('what customer and advisor agreed', () => {
			test('it is a payment of the newest open case that nobody confirms yet, with a note, and leaves on its branch', async () => {
				const id = await agree();
				expect(await payment(id)).toMatchObject({
					provider: 'cash_on_delivery',
					state: 'requested',
					amount: 25_000_000,
					amount_paid: 0,
					case_id: caseId,
					created_by: `advisor:${laura.advisorId}`,
				});
				expect(await shown()).toMatchObject([
					{ id, status: 'requested', amount: '250000', currency: 'COP', onDelivery: { number } },
				]);
				expect(await actions()).toEqual(expect.arrayContaining(['payment.cash_recorded', 'case.note_added']));
				expect(await count('payment.confirmed')).toBe(0);
				const [left] = await leave();
				expect(left?.item).toMatchObject({
					action: 'agreed',
					paymentId: id,
					amount: '250000',
					amountText: expect.stringMatching(/^\$\s250\.000$/u),
					caseId,
					number,
					advisor: 'Laura Gómez',
				});
				expect(await receipts()).toEqual([]);
				expect(await verifyAudit(store, ana.contactId)).toMatchObject({ intact: true });
			});

			test('without a case it is for the open lead; of a case, for the lead of that case', async () => {
				const { lead } = await createLead(store, { ...ana, requestId: 'lead-1' });
				await store.db
					.updateTable('cases')
					.set({ status: 'closed', closed_at: now })
					.where('id', '=', caseId)
					.execute();
				const row = await payment(await agree());
				expect([row.case_id, row.lead_id]).toEqual([null, lead.id]);
			});

			test('a case of somebody else is none that exists here', async () => {
				const luis = await customerWho(store, '573004445566', 'mi impresora no enciende');
				const other = await caseOf(store, luis, { requestId: 'case-2' });
				await expect(agree({ caseId: other.case.id })).rejects.toMatchObject({ status: 404 });
				await expect(agree({ caseId: 'constructor' })).rejects.toMatchObject({ status: 404 });
				expect(await leave()).toEqual([]);
			});

			test.each([
				[{ amount: 'mucho' }, { field: 'amount', code: 'unreadableAmount' }],
				[{ amount: '0' }, { field: 'amount', code: 'unreadableAmount' }],
				[{ amount: '9999999999999999' }, { field: 'amount', code: 'amountTooLarge' }],
				[{ currency: 'XYZ' }, { field: 'currency', code: 'unknownCurrency' }],
			])('what cannot be an amount is said beside its field: %j', async (more, said) => {
				await expect(agree(more)).rejects.toMatchObject({ status: 422, ...said });
			});

			test('clicked twice it is one; by two advisors at once it is one, and the other is told', async () => {
				const [first, again] = await Promise.all([agree({}, { requestId: 'w' }), agree({}, { requestId: 'w' })]);
				expect(again).toBe(first);
				await expect(agree({}, { who: sofia })).rejects.toMatchObject({ status: 422, code: 'cashAgreed' });
				expect(await count('payment.cash_recorded')).toBe(1);
				await command(store, laura, 'cancelCash', { paymentId: first });
				const both = await Promise.allSettled([agree({}, { who: laura }), agree({}, { who: sofia })]);
				expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
				expect((await shown()).filter(({ status }) => status === 'requested')).toHaveLength(1);
			});

			test('dies in the middle: nothing of it is left, and the same click does all', async () => {
				await expect(agree({}, { requestId: 'k', on: dying() })).rejects.toThrow('killed');
				expect(await shown()).toEqual([]);
				expect(await leave()).toEqual([]);
				await agree({}, { requestId: 'k' });
				expect([await shown(), await leave()].map((rows) => rows.length)).toEqual([1, 1]);
			});

			test('D33: the bot leaves whoever agreed with the customer alone', async () => {
				await agree();
				const { mode, owner_advisor_id: owner } = await store.db
					.selectFrom('conversations')
					.selectAll()
					.where('id', '=', ana.conversationId)
					.executeTakeFirstOrThrow();
				expect([mode, owner]).toEqual(['human', laura.advisorId]);
			});

			test('S6: nobody is reminded any more of a link for the same, and cancelled, the link counts again', async () => {
				const [whole, deposit] = [await link('l1'), await link('l2', { kind: 'deposit' })];
				expect(whole.reminder_due_at).not.toBeNull();
				const id = await agree();
				expect(await payment(whole.id)).toMatchObject({ replaced_by: id, reminder_due_at: null });
				// The rest is another money than the deposit.
				expect(await payment(deposit.id)).toMatchObject({ replaced_by: null, reminder_due_at: expect.any(Number) });
				expect((await shown()).find((one) => one.id === whole.id)?.url).toBeUndefined();
				now += HOUR;
				await command(store, laura, 'cancelCash', { paymentId: id });
				expect(await payment(whole.id)).toMatchObject({ replaced_by: null, reminder_due_at: expect.any(Number) });
				expect((await shown()).find((one) => one.id === whole.id)?.url).toBe('https://pay.example/l1');
			});

			test('what was paid with a card is not collected at the door unless somebody says that more is due', async () => {
				await paysAt(await link('l1'));
				const refused = { status: 422, code: 'paidAlready', field: 'despitePaid' };
				await expect(agree()).rejects.toMatchObject(refused);
				await agree({ despitePaid: true });
				expect((await shown()).filter(({ onDelivery }) => onDelivery !== undefined)).toHaveLength(1);
			});

			test('what is left after a deposit is collected at the door without a question', async () => {
				await paysAt(await link('l1', { kind: 'deposit' }));
				await collect(await agree());
				expect(await count('payment.confirmed')).toBe(2);
			});
		});

		describe('the money came', () => {
			test('who attends cannot say so; who leads can', async () => {
				const id = await agree();
				await expect(collect(id, {}, { who: laura })).rejects.toMatchObject({ status: 403, code: 'notAllowed' });
				expect((await payment(id)).state).toBe('requested');
				await collect(id);
				expect((await payment(id)).state).toBe('paid');
			});

			test('it is like any other money: receipt, case, lead, team, bitácora, figures, other systems', async () => {
				const { lead } = await createLead(store, { ...ana, requestId: 'lead-1' });
				const id = await agree();
				now += 2 * HOUR;
				await collect(id, { note: 'Pagó con billetes de 50' });
				expect(await payment(id)).toMatchObject({ state: 'paid', amount_paid: 25_000_000, paid_at: now });
				expect(await shown()).toMatchObject([
					{ status: 'paid', onDelivery: { number, collectedBy: 'Pedro, mensajero', note: 'Pagó con billetes de 50' } },
				]);
				const [receipt, ...others] = await receipts();
				expect(receipt).toMatch(/^¡Gracias! Recibimos tu pago en efectivo de \$\s250\.000 por 3 impresoras\./u);
				expect(others).toEqual([]);
				expect(await getLead(store.db, store.workspaceId, lead.id)).toMatchObject({ stage: 'Won', amount: '250000' });
				const lines = await listAudit(store.db, store.workspaceId, { chain: ana.contactId, limit: 99 });
				const confirmed = lines.filter(({ action }) => action === 'payment.confirmed');
				expect(confirmed.map(({ actor, payload }) => [actor, JSON.parse(payload ?? '{}') as unknown])).toEqual([
					[
						`advisor:${sofia.advisorId}`,
						expect.objectContaining({ amount: '250000', currency: 'COP', collectedBy: 'Pedro, mensajero' }),
					],
				]);
				const notes = lines.filter(({ action }) => action === 'case.note_added').map(({ payload }) => payload ?? '');
				expect(notes.join()).toMatch(/en efectivo por 3 impresoras\. Lo recibió Pedro, mensajero/u);
				const told = await listNotifications(store.db, store.workspaceId, { advisorId: laura.advisorId, limit: 9 });
				expect(told.filter(({ kind }) => kind === 'payment.paid')).toHaveLength(1);
				await catchUpMetrics(store);
				const figures = await readSummary(store, { from: '2026-03-10', to: '2026-03-10' });
				const figure = (wanted: string) => figures.find((one) => one.name === wanted);
				expect(figure('collected')).toMatchObject({ value: 250_000, currency: 'COP' });
				// Nobody was sent a link.
				expect(figure('payment_links')?.value ?? 0).toBe(0);
				const [, left] = await leave();
				expect(left?.item).toMatchObject({
					action: 'collected',
					paymentId: id,
					amount: '250000',
					collectedBy: 'Pedro, mensajero',
					customerTold: true,
					firstPurchase: true,
					paidTwice: false,
					caseId,
					number,
					customer: expect.any(String),
				});
				expect(left?.item.crm.outboxIds).toHaveLength(1);
			});

			test('after 24 hours of silence it counts the same, and the customer is not written to', async () => {
				const id = await agree();
				now += 25 * HOUR;
				await collect(id);
				expect(await receipts()).toEqual([]);
				expect((await leave()).at(-1)?.item).toMatchObject({ action: 'collected', customerTold: false });
			});

			test('clicked twice, and by two at once, it came once: whoever was slower is told who received it', async () => {
				const id = await agree();
				const diego = await viewer(store, 'Diego Ruiz', [], 'administrator');
				await Promise.all([collect(id, {}, { requestId: 'w' }), collect(id, {}, { requestId: 'w' })]);
				const late = collect(id, { collectedBy: 'Diego' }, { who: diego });
				await expect(late).rejects.toMatchObject({ code: 'cashCollected', values: { name: 'Pedro, mensajero' } });
				expect(await receipts()).toHaveLength(1);
				expect(await count('payment.confirmed')).toBe(1);

				const other = await agree({ despitePaid: true });
				const both = await Promise.allSettled([
					collect(other, { despitePaid: true }, { who: sofia }),
					collect(other, { despitePaid: true }, { who: diego }),
				]);
				expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
				expect(await payment(other)).toMatchObject({ state: 'paid', amount_paid: 25_000_000 });
				expect(await count('payment.confirmed')).toBe(2);
			});

			test('dies in the middle: neither money, receipt, lead nor branch, and the same click does all once', async () => {
				const { lead } = await createLead(store, { ...ana, requestId: 'lead-1' });
				const id = await agree();
				await expect(collect(id, {}, { requestId: 'k', on: dying() })).rejects.toThrow('killed');
				expect((await payment(id)).state).toBe('requested');
				expect(await receipts()).toEqual([]);
				expect((await getLead(store.db, store.workspaceId, lead.id))?.stage).not.toBe('Won');
				expect(await leave()).toHaveLength(1);
				await collect(id, {}, { requestId: 'k' });
				await collect(id, {}, { requestId: 'k' });
				expect([await receipts(), (await leave()).slice(1)].map((rows) => rows.length)).toEqual([1, 1]);
			});

			test('another amount needs a word why, and both amounts stay on record', async () => {
				const id = await agree();
				await expect(collect(id, { amount: '245.000' })).rejects.toMatchObject({ code: 'cashDiffers', field: 'note' });
				expect((await payment(id)).state).toBe('requested');
				await collect(id, { amount: '245.000', note: 'No había cambio' });
				expect(await payment(id)).toMatchObject({ amount: 25_000_000, amount_paid: 24_500_000 });
				expect(await shown()).toMatchObject([
					{ amount: '250000', onDelivery: { collected: '245000', note: 'No había cambio' } },
				]);
				expect((await leave()).at(-1)?.item).toMatchObject({ amount: '245000', agreed: '250000' });
			});

			test('paid with a card meanwhile: it is said, and if the cash came too the team gives one back', async () => {
				const whole = await link('l1');
				const id = await agree();
				await paysAt(await payment(whole.id));
				expect(await receipts()).toHaveLength(1);
				const refused = { code: 'paidAlready', field: 'despitePaid' };
				await expect(collect(id)).rejects.toMatchObject(refused);
				expect((await payment(id)).state).toBe('requested');
				await collect(id, { despitePaid: true });
				// The customer is not thanked for paying twice.
				expect(await receipts()).toHaveLength(1);
				const told = await listNotifications(store.db, store.workspaceId, { advisorId: laura.advisorId, limit: 9 });
				expect(told.filter(({ kind }) => kind === 'payment.paid_again')).toMatchObject([
					{ text: expect.stringContaining('pagó dos veces') },
				]);
				expect((await leave()).at(-1)?.item).toMatchObject({ action: 'collected', paidTwice: true });
			});

			test('what was given back whole may be collected without a question', async () => {
				const whole = await link('l1');
				await paysAt(whole);
				await store.db.updateTable('payments').set({ state: 'refunded' }).where('id', '=', whole.id).execute();
				await collect(await agree());
				expect((await leave()).at(-1)?.item).toMatchObject({ paidTwice: false });
			});

			test('a link is not collected by hand, and nothing of another workspace is', async () => {
				const { id } = await link('l1');
				await expect(collect(id)).rejects.toMatchObject({ status: 404 });
				await expect(collect('__proto__')).rejects.toMatchObject({ status: 404 });
				const cash = await agree();
				const elsewhere = await open({ clock: () => now, workspaceId: `other-${store.workspaceId}` });
				const stranger = await viewer(elsewhere, 'Otra Persona', [], 'administrator');
				for (const wish of ['collectCash', 'cancelCash'] as const) {
					const input = { paymentId: cash, amount: '250000', collectedBy: 'Otra' };
					await expect(command(elsewhere, stranger, wish, input)).rejects.toMatchObject({ status: 404 });
				}
				expect((await payment(cash)).state).toBe('requested');
			});
		});

		describe('cancelled', () => {
			test('it is told why, cannot be collected any more, and cancelled twice is cancelled once', async () => {
				const id = await agree();
				const reason = 'Prefirió pagar con tarjeta';
				await command(store, laura, 'cancelCash', { paymentId: id, reason });
				await command(store, sofia, 'cancelCash', { paymentId: id });
				expect(await count('payment.cash_cancelled')).toBe(1);
				expect(await shown()).toMatchObject([{ status: 'cancelled' }]);
				expect((await leave()).map(({ item }) => [item.action, item.reason])).toEqual([
					['agreed', undefined],
					['cancelled', reason],
				]);
				await expect(collect(id)).rejects.toMatchObject({ code: 'cashCancelled' });
				// What is agreed anew is another one.
				await collect(await agree());
				expect(await count('payment.confirmed')).toBe(1);
			});

			test('what came cannot be cancelled', async () => {
				const id = await agree();
				await collect(id);
				const cancelled = command(store, sofia, 'cancelCash', { paymentId: id });
				await expect(cancelled).rejects.toMatchObject({ code: 'cashCollected' });
				expect((await payment(id)).state).toBe('paid');
			});

			test('collected and cancelled at the same instant, one of the two holds and the other is refused', async () => {
				const id = await agree();
				const [came, cancelled] = await Promise.allSettled([
					collect(id),
					command(store, laura, 'cancelCash', { paymentId: id }),
				]);
				expect([came.status, cancelled.status].sort()).toEqual(['fulfilled', 'rejected']);
				expect((await payment(id)).state).toBe(came.status === 'fulfilled' ? 'paid' : 'expired');
			});
		});

		test('P3: the thread tells all of it, with the amounts and who did it', async () => {
			const id = await agree();
			now += 1_000;
			await collect(id);
			const { rows } = await ask(store, laura, 'thread', { conversationId: ana.conversationId });
			const told = rows.flatMap(({ event }) => (event?.action.startsWith('payment.') ? [event] : []));
			expect(told.map(({ action, actor, values }) => [action, actor, values?.amount, values?.collectedBy])).toEqual([
				['payment.confirmed', 'Sofía Peña', '250000', 'Pedro, mensajero'],
				['payment.cash_recorded', 'Laura Gómez', '250000', undefined],
			]);
		});

		test('an erased customer’s cash stays on the books without who and why', async () => {
			const id = await agree();
			await collect(id, { note: 'Pagó con billetes de 50' });
			const admin = await viewer(store, 'Diego Ruiz', [], 'administrator');
			await command(store, admin, 'erasePerson', { contactId: ana.contactId, confirmed: true });
			const row = await payment(id);
			expect([row.amount_paid, row.details, row.description]).toEqual([25_000_000, '{}', null]);
		});

		test('O6: no table is read from end to end for it', async () => {
			await link('l1');
			const { store: observed, assertNoScan } = watched(store);
			const id = await agree({}, { on: observed });
			await collect(id, {}, { on: observed });
			expect(await listPayments(store.db, store.workspaceId, { state: 'paid', limit: 9 })).toHaveLength(1);
			await assertNoScan({ except: ['business_profiles', 'advisors', 'areas'] });
		});

		test('the trigger emits each of them once', async () => {
			const id = await agree();
			await collect(id);
			const rows = await store.db
				.selectFrom('journal')
				.select(['dedupe_key', 'state'])
				.where('workspace_id', '=', store.workspaceId)
				.where('webhook_id', '=', inboxWebhookId)
				.where('output', '=', 'cash')
				.execute();
			expect(new Set(rows.map((row) => row.dedupe_key)).size).toBe(2);
			expect(rows.every(({ state }) => state === 'ready')).toBe(true);
		});
	});
});
