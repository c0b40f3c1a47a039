import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { updatePayment, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import { savePaymentTrigger } from '../../nodes/shared/store/repositories/paymentTriggers';
import type { Store } from '../../nodes/shared/store/store';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { ask, command, viewer } from '../support/inbox';
import { watched } from '../support/plans';
import { customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const URL = 'https://buy.stripe.com/test_1';

eachDatabase((name, open) => {
	describe(`payments in the inbox on ${name}`, () => {
		let now: number;
		let store: Store;
		let ana: Customer;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			ana = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
		});

		const askFor = async (customer: Customer, requestId: string): Promise<PaymentRow> => {
			const { contactId, conversationId } = customer;
			return await requestPayment(
				store,
				{
					requestId,
					provider: 'stripe',
					mode: 'test',
					kind: 'deposit',
					amount: 7_500_050,
					currency: 'COP',
					description: 'Anticipo',
					contactId,
					conversationId,
				},
				async () => await Promise.resolve({ providerId: `plink_${requestId}`, url: URL }),
			);
		};

		const shown = async (customer: Customer, from = store) => {
			const boss = await viewer(store, 'Sofía Peña', [], 'supervisor');
			return (await ask(from, boss, 'conversation', { conversationId: customer.conversationId })).payments;
		};

		test('O12: the panel shows what was asked for in this conversation, newest first, and nobody else’s', async () => {
			const luis = await customerWho(store, '573004445566', 'mi impresora no enciende');
			await askFor(luis, 'other');
			const first = await askFor(ana, 'one');
			now += 1_000;
			const second = await askFor(ana, 'two');
			expect(await shown(ana)).toEqual([
				{
					id: second.id,
					status: 'requested',
					amount: '75000.50',
					currency: 'COP',
					description: 'Anticipo',
					url: URL,
					createdAt: '2026-03-10T15:00:01.000Z',
					updatedAt: '2026-03-10T15:00:01.000Z',
				},
				expect.objectContaining({ id: first.id }),
			]);
		});

		test.each<[PaymentRow['state'], boolean]>([
			['requested', true],
			['failed', true],
			['pending', false],
			['paid', false],
			['disputed', false],
		])('S6: a payment that is %s offers its link to pay: %s', async (state, offered) => {
			const { id } = await askFor(ana, 'one');
			await store.transaction(async (tx) => await updatePayment(tx, store, id, { state }));
			const [payment] = await shown(ana);
			expect(payment).toMatchObject({ id, status: state });
			expect(payment?.url).toBe(offered ? URL : undefined);
		});

		test('O12: what a conversation has collected is what was paid in it and not given back, in each currency', async () => {
			const luis = await customerWho(store, '573004445566', 'mi impresora no enciende');
			for (const [customer, requestId] of [
				[ana, 'one'],
				[ana, 'two'],
				[luis, 'three'],
			] as const) {
				const { id } = await askFor(customer, requestId);
				await store.transaction(
					async (tx) => await updatePayment(tx, store, id, { state: 'paid', amount_paid: 7_500_050, paid_at: now }),
				);
			}
			const { id } = await askFor(ana, 'back');
			await store.transaction(
				async (tx) =>
					await updatePayment(tx, store, id, {
						state: 'partially_refunded',
						amount_paid: 100_000,
						amount_refunded: 40_000,
						paid_at: now,
					}),
			);
			await askFor(ana, 'open');
			const boss = await viewer(store, 'Sofía Peña', [], 'supervisor');
			const { cost } = await ask(store, boss, 'conversation', { conversationId: ana.conversationId });
			expect(cost.filter(({ kind }) => kind === 'collected')).toEqual([
				{ kind: 'collected', currency: 'COP', amount: '150601', count: 3 },
			]);
		});

		test('S6: what was asked for again with another page offers no link', async () => {
			const earlier = await askFor(ana, 'one');
			await store.transaction(async (tx) => await updatePayment(tx, store, earlier.id, { replaced_by: 'later' }));
			expect((await shown(ana))[0]?.url).toBeUndefined();
		});

		test('O6: the panel reads no table of payments from end to end', async () => {
			await askFor(ana, 'one');
			const { store: observed, assertNoScan } = watched(store);
			expect(await shown(ana, observed)).toHaveLength(1);
			await assertNoScan({ except: ['business_profiles', 'advisors'] });
		});

		describe('D33: who asks a customer to pay attends them', () => {
			const asking = { amount: '250.000', currency: 'COP', description: '3 impresoras' };
			const asks = async (person: Viewer): Promise<unknown> =>
				await command(store, person, 'requestPaymentLink', { conversationId: ana.conversationId, ...asking });
			const conversation = async () =>
				await store.db
					.selectFrom('conversations')
					.select(['mode', 'owner_advisor_id', 'wake_at', 'waiting_since'])
					.where('id', '=', ana.conversationId)
					.executeTakeFirstOrThrow();

			test('the bot neither reminds of its question nor closes for want of an answer', async () => {
				now += 60_000;
				await takeTurns(store, [{ ...ana }]);
				const laura = await viewer(store, 'Laura Gómez', [], 'supervisor');
				expect(await conversation()).toMatchObject({ mode: 'bot', wake_at: expect.any(Number) });
				await asks(laura);
				expect(await conversation()).toMatchObject({
					mode: 'human',
					owner_advisor_id: laura.advisorId,
					waiting_since: null,
				});
				const before = await store.db.selectFrom('outbox').select('id').execute();
				// Just before the conversation comes back to the bot, after as long without a word.
				now += 12 * 3_600_000 - 1;
				await takeTurns(store, [{ ...ana }]);
				expect(await store.db.selectFrom('outbox').select('id').execute()).toEqual(before);
				expect((await conversation()).mode).toBe('human');
			});

			test('whoever has the conversation keeps it when somebody else collects', async () => {
				const laura = await viewer(store, 'Laura Gómez', [], 'supervisor');
				await command(store, laura, 'takeOver', { conversationId: ana.conversationId });
				await asks(await viewer(store, 'Sofía Peña', [], 'supervisor'));
				expect(await conversation()).toMatchObject({ mode: 'human', owner_advisor_id: laura.advisorId });
			});
		});

		test('S1: links are offered once a payment trigger was active in the workspace', async () => {
			const boss = await viewer(store, 'Sofía Peña', [], 'supervisor');
			const offered = async () => (await ask(store, boss, 'session', {})).features.paymentLinks;
			expect(await offered()).toBe(false);
			await savePaymentTrigger(store, 'stripe', 'test', 'payments');
			expect(await offered()).toBe(true);
		});
	});
});
