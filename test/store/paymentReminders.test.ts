import type { BusinessProfile } from '../../nodes/shared/domain/profile/businessProfile';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { PaymentEvent } from '../../nodes/shared/domain/payments/payment';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { getPayment, listPayments, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import { savePaymentTrigger } from '../../nodes/shared/store/repositories/paymentTriggers';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import type { PageState, PaymentPages, PaymentWithPage } from '../../nodes/shared/usecases/payments/paymentPages';
import { forgetPage } from '../../nodes/shared/usecases/payments/forgetPage';
import { remindPayment, type Reminded } from '../../nodes/shared/usecases/payments/remindPayment';
import {
	requestPayment,
	type CreatedAtProvider,
	type ProviderCall,
} from '../../nodes/shared/usecases/payments/requestPayment';
import { takeInTruth, underPaymentLock } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const WEBHOOK = 'payments-trigger';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Pages of a provider that is not Stripe. */
class Pages implements PaymentPages {
	readonly states = new Map<string, PageState>();
	readonly made = new Map<string, CreatedAtProvider>();
	readonly calls: string[] = [];
	/** Breaks before, or after, a new page was made. */
	breaks: 'before' | 'after' | undefined;
	/** Somebody pays in the instant in which the page is closed. */
	quicker = false;

	async stateOf({ provider_id: id }: PaymentWithPage): Promise<PageState> {
		this.calls.push(`state ${id}`);
		return await Promise.resolve(this.states.get(id) ?? 'open');
	}

	async close({ provider_id: id }: PaymentWithPage): Promise<PageState> {
		this.calls.push(`close ${id}`);
		this.states.set(id, this.quicker ? 'complete' : 'closed');
		return await this.stateOf({ provider_id: id } as PaymentWithPage);
	}

	async again(payment: PaymentWithPage, { idempotencyKey }: ProviderCall): Promise<CreatedAtProvider> {
		this.calls.push(`again ${payment.provider_id}`);
		if (this.breaks === 'before') throw new Error('The cashier does not answer');
		const known = this.made.get(idempotencyKey);
		const page = known ?? {
			providerId: `page_${this.made.size + 2}`,
			url: `https://pay.example/${this.made.size + 2}`,
		};
		this.made.set(idempotencyKey, page);
		if (this.breaks === 'after') throw new Error('The answer was lost');
		return await Promise.resolve(page);
	}

	payable(): string[] {
		return ['page_1', ...[...this.made.values()].map(({ providerId }) => providerId)].filter(
			(id) => (this.states.get(id) ?? 'open') === 'open',
		);
	}
}

eachDatabase((name, open) => {
	describe(`reminders of payments on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let pages: Pages;

		beforeEach(async () => {
			// A Tuesday, ten in the morning in Bogotá.
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			await savePaymentTrigger(store, 'cashier', 'test', WEBHOOK);
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			pages = new Pages();
		});

		const ask = async (more: { requestId?: string; caseId?: string; expiresAt?: number; page?: string } = {}) =>
			await requestPayment(
				store,
				{
					requestId: more.requestId ?? 'pay-1',
					provider: 'cashier',
					mode: 'test',
					kind: 'full',
					amount: 25_000_000,
					currency: 'COP',
					description: '20 portátiles',
					contactId: laura.contactId,
					conversationId: laura.conversationId,
					caseId: more.caseId,
				},
				async () =>
					await Promise.resolve({
						providerId: more.page ?? 'page_1',
						url: `https://pay.example/${more.page ?? '1'}`,
						expiresAt: more.expiresAt,
					}),
			);
		const row = async (id: string): Promise<PaymentRow> => {
			const found = await getPayment(store.db, store.workspaceId, id);
			if (found === undefined) throw new Error(`There is no payment ${id}`);
			return found;
		};
		const due = async (webhookId = WEBHOOK) =>
			(await collectDue(store, webhookId))
				.flatMap(({ items }) => items)
				.filter((item) => item.due === 'payment_reminder')
				.map(({ paymentId, reminder }) => ({
					paymentId: String(paymentId),
					until: (reminder as { until: number }).until,
				}));
		/** The branch of Due, for one payment. */
		const carry = async ({ paymentId, until }: { paymentId: string; until?: number }): Promise<Reminded> =>
			await remindPayment(store, pages, await row(paymentId), { paymentId, until, owner: store.bootId });
		/** Everything that is due now, done. */
		const look = async (): Promise<Reminded[]> => {
			const done: Reminded[] = [];
			for (const item of await due()) done.push(await carry(item));
			return done;
		};
		const said = async () =>
			(
				await store.db
					.selectFrom('outbox')
					.select(['request_id', 'message', 'state'])
					.where('contact_id', '=', laura.contactId)
					.where('request_id', 'like', 'payment:%:reminder:%')
					.orderBy('id')
					.execute()
			).map(({ message, ...rest }) => ({
				...rest,
				...(JSON.parse(message) as { type: string; text?: string; url?: string }),
			}));
		const tell = async (paymentId: string, kind: 'paid' | 'pending' | 'failed' | 'expired', providerId = 'page_1') => {
			await underPaymentLock(store, await row(paymentId), async (tx) => {
				const event: PaymentEvent = {
					id: `e${now}`,
					at: now,
					kind,
					attempt: `a-${providerId}`,
					amount: 25_000_000,
					currency: 'COP',
				};
				await takeInTruth(tx, store, profiles.prosuministros, WEBHOOK, paymentId, { mode: 'test', providerId, event });
			});
		};
		const pass = (milliseconds: number) => {
			now += milliseconds;
		};

		test('S6: the item of the reminder writes the amount as its reader writes it', async () => {
			const amountFor = async (profile: BusinessProfile): Promise<unknown> => {
				await saveProfile(store, profile, 'test');
				const [item] = (await collectDue(store, WEBHOOK)).flatMap(({ items }) => items);
				return item?.amountText;
			};
			await ask();
			pass(2 * HOUR);
			expect(await amountFor(profiles.prosuministros)).toMatch(/^\$\s250\.000$/u);
			// As long as the execution before had to do it.
			pass(2 * MINUTE);
			const brazilian: BusinessProfile = { ...profiles.prosuministros, language: 'pt-BR', languages: ['pt-BR'] };
			expect(await amountFor(brazilian)).toMatch(/^COP\s250\.000$/u);
		});

		test('S6: two hours after the link the customer is reminded with the same button, a day later once more, then never', async () => {
			const { id } = await ask();
			pass(2 * HOUR - 1);
			expect(await due()).toEqual([]);
			pass(1);
			expect(await due('another-trigger')).toEqual([]);
			expect(await look()).toMatchObject([{ sent: true, renewed: false, number: 1 }]);
			expect(await said()).toMatchObject([
				{
					type: 'url_button',
					url: 'https://pay.example/1',
					text: expect.stringMatching(/250\.000\* por 20 portátiles sigue pendiente/u),
					request_id: `payment:${id}:reminder:1`,
				},
			]);
			expect(await due()).toEqual([]);
			pass(24 * HOUR);
			expect(await look()).toMatchObject([{ sent: true, number: 2 }]);
			pass(400 * HOUR);
			expect(await due()).toEqual([]);
			expect(await said()).toHaveLength(2);
			const lines = await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 50 });
			expect(lines.filter(({ action }) => action === 'payment.reminded')).toHaveLength(2);
		});

		test('S6: two looks at once start one execution; one that dies is started again, and whoever comes late says nothing', async () => {
			await ask();
			pass(2 * HOUR);
			const [first, second] = await Promise.all([due(), due()]);
			const [item] = [...first, ...second];
			expect([...first, ...second]).toHaveLength(1);
			if (item === undefined) throw new Error('Nothing is due');
			expect(await due()).toEqual([]);
			pass(2 * MINUTE);
			const [again] = await due();
			if (again === undefined) throw new Error('It was not started again');
			expect(await carry(item)).toMatchObject({ sent: false, reason: expect.stringContaining('Another execution') });
			const twice = await Promise.all([carry(again), carry(again)]);
			expect(twice.filter(({ sent }) => sent)).toHaveLength(1);
			expect(await said()).toHaveLength(1);
		});

		test('S6: where no branch does it, five executions are started and no more', async () => {
			await ask();
			pass(2 * HOUR);
			let started = 0;
			for (let look = 0; look < 12; look += 1) {
				started += (await due()).length;
				pass(16 * MINUTE);
			}
			expect(started).toBe(5);
		});

		test('D25: never outside of the lawful hours: what falls due on Saturday afternoon waits until Tuesday after a holiday', async () => {
			// Saturday, 14:30 in Bogotá; the Monday after it is Saint Joseph's.
			now = Date.parse('2026-03-21T19:30:00Z');
			const { id } = await ask();
			const { reminder_due_at: at } = await row(id);
			expect(new Date(at ?? 0).toISOString()).toBe('2026-03-24T12:00:00.000Z');
		});

		test('D25: hours that were passed while n8n stood still are kept too: it is put off, not said', async () => {
			const { id } = await ask();
			// Nine in the evening.
			now = Date.parse('2026-03-11T02:00:00Z');
			expect(await look()).toMatchObject([{ sent: false, nextAt: Date.parse('2026-03-11T12:00:00Z') }]);
			expect(await said()).toEqual([]);
			now = Date.parse('2026-03-11T12:00:00Z');
			expect(await look()).toMatchObject([{ sent: true }]);
			expect((await row(id)).reminders).toBe(1);
		});

		test('D25: own hours of the business and its pause between two reminders are kept', async () => {
			const usual = profiles.prosuministros;
			const tuesday = [{ from: '16:30', to: '17:00' }];
			const contactHours = { rule: 'own' as const, week: { tuesday, friday: tuesday }, collectionEveryDays: 4 };
			await saveProfile(store, { ...usual, contactHours }, 'test');
			const { id } = await ask();
			// Half past four of the same Tuesday in Bogotá.
			now = Date.parse('2026-03-10T21:30:00Z');
			expect((await row(id)).reminder_due_at).toBe(now);
			expect(await look()).toMatchObject([{ sent: true, number: 1 }]);
			// Friday is three days later: Tuesday it is.
			expect((await row(id)).reminder_due_at).toBe(Date.parse('2026-03-17T21:30:00Z'));
		});

		test('D25: hours that are changed while a reminder waits count when it comes due', async () => {
			const { id } = await ask();
			const contactHours = {
				rule: 'own' as const,
				week: { wednesday: [{ from: '11:00', to: '12:00' }] },
			};
			await saveProfile(store, { ...profiles.prosuministros, contactHours }, 'test');
			pass(2 * HOUR);
			const wednesday = Date.parse('2026-03-11T16:00:00Z');
			expect(await look()).toMatchObject([
				{ sent: false, nextAt: wednesday, reason: 'Such messages leave Wednesday 11:00–12:00 only.' },
			]);
			now = wednesday;
			expect(await look()).toMatchObject([{ sent: true }]);
			expect((await row(id)).reminders).toBe(1);
		});

		test('D25: a customer with two payments is reminded once a day', async () => {
			await ask();
			await ask({ requestId: 'pay-2', page: 'page_b' });
			pass(2 * HOUR);
			const outcomes = await look();
			expect(outcomes.map(({ sent }) => sent).sort()).toEqual([false, true]);
			expect(await said()).toHaveLength(1);
			now = Date.parse('2026-03-11T12:00:00Z');
			expect(await look()).toMatchObject([{ sent: true }]);
		});

		test.each([
			['paid', async (id: string) => await tell(id, 'paid')],
			['on its way', async (id: string) => await tell(id, 'pending')],
			[
				'opted out',
				async () =>
					await store.db.updateTable('contacts').set({ opted_out_at: now }).where('id', '=', laura.contactId).execute(),
			],
			[
				'closed by a person',
				async () =>
					await store.db
						.updateTable('conversations')
						.set({ mode: 'closed' })
						.where('id', '=', laura.conversationId)
						.execute(),
			],
			[
				'closed case',
				async () =>
					await store.db
						.updateTable('cases')
						.set({ status: 'resolved' })
						.where('contact_id', '=', laura.contactId)
						.execute(),
			],
			['page closed by an operator', async () => await forgetPage(store, 'cashier', 'page_1')],
			['page closed at the provider', async () => await Promise.resolve(pages.states.set('page_1', 'closed'))],
			['paid, and the webhook lost', async () => await Promise.resolve(pages.states.set('page_1', 'complete'))],
		] as const)('S6: it stops: %s', async (_name, happens) => {
			const opened = await caseOf(store, laura, { requestId: 'case-1' });
			const { id } = await ask({ caseId: opened.case.id });
			pass(HOUR);
			await happens(id);
			pass(HOUR);
			const outcomes = await look();
			expect(outcomes.filter(({ sent }) => sent)).toEqual([]);
			expect(await said()).toEqual([]);
			expect((await row(id)).reminder_due_at).toBeNull();
			pass(200 * HOUR);
			expect(await due()).toEqual([]);
		});

		test('S6: what the bot closed because nobody answered is when a reminder is wanted', async () => {
			await ask();
			await store.db
				.updateTable('conversations')
				.set({ mode: 'closed', incomplete_at: now })
				.where('id', '=', laura.conversationId)
				.execute();
			pass(2 * HOUR);
			expect(await look()).toMatchObject([{ sent: true }]);
		});

		test('S6: paid while the reminder waits to be sent: it is not sent', async () => {
			const { id } = await ask();
			pass(2 * HOUR);
			await look();
			expect(await said()).toMatchObject([{ state: 'queued' }]);
			await tell(id, 'paid');
			expect(await said()).toMatchObject([{ state: 'cancelled' }]);
		});

		test('S6: a try that fails puts the reminder off, and the reminder speaks of it', async () => {
			const { id } = await ask();
			pass(115 * MINUTE);
			await tell(id, 'failed');
			pass(5 * MINUTE);
			expect(await due()).toEqual([]);
			pass(115 * MINUTE);
			expect(await look()).toMatchObject([{ sent: true }]);
			expect((await said())[0]?.text).toContain('no alcanzó a completarse');
		});

		test('S6: a day after their last word the customer gets the approved template; without one nothing', async () => {
			await ask();
			now = Date.parse('2026-03-11T16:00:00Z');
			expect(await look()).toMatchObject([
				{
					sent: true,
					message: {
						type: 'template',
						name: 'payment_reminder',
						languageCode: 'es',
						components: [
							{ type: 'body', parameters: [{}, { text: '20 portátiles' }, {}, { text: 'https://pay.example/1' }] },
						],
					},
				},
			]);
			await ask({ requestId: 'pay-2', page: 'page_b' });
			await saveProfile(
				store,
				{ ...profiles.prosuministros, payments: { ...profiles.prosuministros.payments, template: '' } },
				'test',
			);
			now = Date.parse('2026-03-13T16:00:00Z');
			expect((await look()).map((one) => ('reason' in one ? one.reason : ''))).toEqual(
				expect.arrayContaining([expect.stringContaining('names no template')]),
			);
			expect(await said()).toHaveLength(1);
		});

		test('S6: reminders switched off: nobody is reminded', async () => {
			await saveProfile(
				store,
				{ ...profiles.prosuministros, payments: { ...profiles.prosuministros.payments, reminders: 0 } },
				'test',
			);
			await ask();
			pass(100 * HOUR);
			expect(await due()).toEqual([]);
		});

		describe('a page that has expired', () => {
			const abandoned = async () => {
				const payment = await ask({ expiresAt: now + HOUR });
				pass(HOUR);
				pages.states.set('page_1', 'expired');
				await tell(payment.id, 'expired');
				pass(2 * HOUR);
				return payment;
			};

			test('S6: is asked for again: a payment of its own that knows what it replaces, and counts on', async () => {
				const { id } = await abandoned();
				const [outcome] = await look();
				expect(outcome).toMatchObject({ sent: true, renewed: true, number: 1 });
				const [renewed] = await listPayments(store.db, store.workspaceId, { limit: 5 });
				expect(renewed).toMatchObject({
					replaces_id: id,
					reminders: 1,
					state: 'requested',
					url: 'https://pay.example/2',
					amount: 25_000_000,
					contact_id: laura.contactId,
				});
				expect(await row(id)).toMatchObject({ replaced_by: renewed?.id, reminder_due_at: null, state: 'expired' });
				expect(await said()).toMatchObject([
					{ url: 'https://pay.example/2', text: expect.stringContaining('te dejo uno nuevo') },
				]);
				pass(24 * HOUR);
				expect(await look()).toMatchObject([{ sent: true, renewed: false, number: 2 }]);
				pass(100 * HOUR);
				expect(await due()).toEqual([]);
			});

			test.each(['before', 'after'] as const)(
				'S6: the provider breaks off %s the new page is made: it is tried again, with one page and one message',
				async (when) => {
					await abandoned();
					pages.breaks = when;
					await expect(look()).rejects.toThrow(/cashier|lost/);
					expect(await said()).toEqual([]);
					pages.breaks = undefined;
					pass(2 * MINUTE);
					expect(await look()).toMatchObject([{ sent: true, renewed: true }]);
					expect(pages.made.size).toBe(1);
					expect(await said()).toHaveLength(1);
					expect(pages.payable()).toEqual(['page_2']);
				},
			);

			test('S6: two executions at once ask for it again once', async () => {
				const { id } = await abandoned();
				const [item] = await due();
				const outcomes = await Promise.all([carry({ paymentId: id, until: item?.until }), carry({ paymentId: id })]);
				expect(outcomes.filter(({ sent }) => sent)).toHaveLength(1);
				expect(pages.made.size).toBe(1);
				expect(await said()).toHaveLength(1);
			});

			test('S6: one that is about to expire is closed before there is another: never two can be paid', async () => {
				const { id } = await ask({ expiresAt: now + 2 * HOUR + 10 * MINUTE });
				pass(2 * HOUR);
				expect(await look()).toMatchObject([{ sent: true, renewed: true }]);
				expect(pages.calls).toEqual(['state page_1', 'close page_1', 'state page_1', 'again page_1']);
				expect(pages.payable()).toEqual(['page_2']);
				// The provider tells of the page that we have closed: nobody has let anything expire.
				await tell(id, 'expired');
				const told = await store.db
					.selectFrom('journal')
					.select('output')
					.where('webhook_id', '=', WEBHOOK)
					.where('workspace_id', '=', store.workspaceId)
					.execute();
				expect(told).toEqual([]);
			});

			test('S6: somebody who pays while it is being closed is quicker: no second page, no reminder', async () => {
				await ask({ expiresAt: now + 2 * HOUR + 10 * MINUTE });
				pass(2 * HOUR);
				pages.quicker = true;
				expect(await look()).toMatchObject([{ sent: false, reason: expect.stringContaining('paid') }]);
				expect(pages.made.size).toBe(0);
				expect(await said()).toEqual([]);
			});
		});

		test('what is due is found by an index', async () => {
			const observed = watched(store);
			await ask();
			pass(2 * HOUR);
			await collectDue(observed.store, WEBHOOK);
			await observed.assertNoScan();
		});
	});
});
