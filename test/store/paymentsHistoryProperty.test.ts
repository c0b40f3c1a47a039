import { readStripeCredential } from '../../nodes/shared/clients/stripe/credential';
import { openStripe } from '../../nodes/shared/clients/stripe/stripe';
import type { PaymentState } from '../../nodes/shared/domain/payments/payment';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { getPayment, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { reconcilePayments } from '../../nodes/shared/usecases/payments/reconcilePayments';
import { receivePaymentEvents, settlePaymentEvents } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { collectOrder } from '../../nodes/shared/usecases/stripe/collectOrder';
import { stripeProvider } from '../../nodes/shared/usecases/stripe/stripeProvider';
import { parseStripeWebhook } from '../../nodes/shared/webhooks/stripe';
import { startStripeSimulator, type StripeObject, type StripeSimulator } from '../simulators/stripe';
import * as fc from '../support/properties';
import { customerWho, type Customer } from '../support/records';
import { endStoreProcesses, startStoreProcess } from '../support/storeProcess';
import { eachDatabase } from '../support/stores';

const WEBHOOK = 'payments-trigger';
const AMOUNT = 25_000_000;
const DAY = 86_400_000;
const LEASE = 121_000;

/** What may happen at Stripe, and which of its webhooks arrives in between. `of` chooses among what there is. */
type Step =
	| { readonly does: 'visit'; readonly of: number; readonly how: 'pay' | 'fail' | 'pending' | 'abandon' }
	| { readonly does: 'try again'; readonly of: number; readonly how: 'pay' | 'fail' }
	| { readonly does: 'transfer ends'; readonly of: number; readonly arrives: boolean }
	| { readonly does: 'refund'; readonly of: number; readonly part: number; readonly status: 'succeeded' | 'pending' }
	| { readonly does: 'refund ends'; readonly of: number; readonly arrives: boolean }
	| { readonly does: 'dispute'; readonly of: number }
	| { readonly does: 'dispute ends'; readonly of: number; readonly won: boolean }
	| { readonly does: 'day passes' }
	| { readonly does: 'webhook arrives'; readonly of: number }
	| { readonly does: 'settle' };

const of = fc.nat(50);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			does: fc.constant('visit' as const),
			of,
			how: fc.constantFrom('pay' as const, 'pay' as const, 'fail' as const, 'pending' as const, 'abandon' as const),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			does: fc.constant('try again' as const),
			of,
			how: fc.constantFrom('pay' as const, 'fail' as const),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ does: fc.constant('transfer ends' as const), of, arrives: fc.boolean() }) },
	{
		weight: 2,
		arbitrary: fc.record({
			does: fc.constant('refund' as const),
			of,
			part: fc.integer({ min: 1, max: 4 }),
			status: fc.constantFrom('succeeded' as const, 'pending' as const),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('refund ends' as const), of, arrives: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('dispute' as const), of }) },
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('dispute ends' as const), of, won: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.constant({ does: 'day passes' as const }) },
	{ weight: 6, arbitrary: fc.record({ does: fc.constant('webhook arrives' as const), of }) },
	{ weight: 3, arbitrary: fc.constant({ does: 'settle' as const }) },
);

/** Two webhooks of each event may still arrive after the history, in any order; the rest is lost. */
const history = fc.record({
	steps: fc.array(step, { minLength: 4, maxLength: 30 }) as fc.Arbitrary<readonly Step[]>,
	late: fc.array(of, { maxLength: 20 }) as fc.Arbitrary<readonly number[]>,
});

type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

/** Nothing of it was heard: what is found late hides nothing that happened after it. */
const OLD_NEWS: ReadonlyArray<readonly Step[]> = [
	[
		{ does: 'visit', of: 0, how: 'pending' },
		{ does: 'visit', of: 0, how: 'abandon' },
		{ does: 'transfer ends', of: 0, arrives: false },
		{ does: 'day passes' },
	],
	[{ does: 'visit', of: 0, how: 'abandon' }, { does: 'day passes' }, { does: 'visit', of: 0, how: 'fail' }],
];

const chosen = <Item>(items: readonly Item[], place: number): Item | undefined => items[place % (items.length || 1)];

/** What Stripe's own objects say of a payment, read without our code. */
function stateAtStripe(simulator: StripeSimulator, payment: PaymentRow) {
	const sessions = simulator.all('checkout.session').filter((session) => session.payment_link === payment.provider_id);
	const intents = new Set(sessions.map((session) => session.payment_intent));
	const ofIntents = (object: string): StripeObject[] =>
		simulator.all(object).filter((found) => intents.has(found.payment_intent));
	const sum = (rows: readonly StripeObject[], field: string): number =>
		rows.reduce((total, row) => total + Number(row[field]), 0);
	const paid = sum(
		sessions.filter((session) => session.payment_status === 'paid'),
		'amount_total',
	);
	const refunded = sum(
		ofIntents('refund').filter(({ status }) => status === 'succeeded'),
		'amount',
	);
	const disputed = ofIntents('dispute').some(({ status }) => status !== 'won');
	const unpaid = (): PaymentState => {
		const pending = sessions.some(
			({ payment_intent: intent }) => typeof intent === 'string' && simulator.get(intent).status === 'processing',
		);
		if (pending) return 'pending';
		const ends = simulator.events.flatMap(({ type, data }): PaymentState[] => {
			const { object } = data as { readonly object: StripeObject };
			if (!sessions.some(({ id, payment_intent: intent }) => id === object.id || intent === object.id)) return [];
			if (type === 'checkout.session.expired') return ['expired'];
			return type === 'payment_intent.payment_failed' || type === 'checkout.session.async_payment_failed'
				? ['failed']
				: [];
		});
		return ends.at(-1) ?? 'requested';
	};
	const state: PaymentState =
		paid === 0
			? unpaid()
			: disputed
				? 'disputed'
				: refunded === 0
					? 'paid'
					: refunded >= paid
						? 'refunded'
						: 'partially_refunded';
	return { state, amount_paid: paid, amount_refunded: refunded };
}

eachDatabase((name, open, settings) => {
	describe(`S6, S9: payments after any history on ${name}`, () => {
		let now: number;
		let store: Store;
		let simulator: StripeSimulator;
		let laura: Customer;
		let asked = 0;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			simulator = await startStripeSimulator({ now: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
		});

		afterEach(async () => {
			await endStoreProcesses();
			await simulator.stop();
		});

		const stripe = () => openStripe(readStripeCredential(simulator.credential), { pausesMs: [1] });
		const provider = () => stripeProvider(stripe(), () => now);

		const ask = async (): Promise<PaymentRow> => {
			asked += 1;
			const { payment } = await collectOrder(store, stripe(), {
				requestId: `order-${asked}`,
				kind: 'full',
				item: { currency: 'COP', unitAmount: AMOUNT, name: 'Impresora', quantity: 1 },
				amount: { minor: AMOUNT, currency: 'COP' },
				description: 'una impresora',
				page: { kind: 'link' },
				collectPhone: false,
				metadata: {},
				customer: laura,
			});
			return payment;
		};

		const arrive = async (event: StripeObject): Promise<void> => {
			const notice = parseStripeWebhook(structuredClone(event));
			if (notice === undefined) throw new Error(`${String(event.type)} is not read`);
			const { id, at, type, object } = notice;
			await receivePaymentEvents(store, WEBHOOK, 'stripe', [{ id, at, type, object }]);
		};

		const settleAll = async (): Promise<void> => {
			while ((await settlePaymentEvents(store, WEBHOOK, provider())) > 0);
		};

		/** Does a step, where there is something that it can be done to. */
		const perform = async (action: Step, payments: readonly PaymentRow[], from: number): Promise<void> => {
			now += 2_000;
			const own = (object: string) => simulator.all(object).filter(({ created }) => created * 1_000 >= from);
			const first = <Item>(items: readonly Item[]) => ('of' in action ? chosen(items, action.of) : items[0]);
			switch (action.does) {
				case 'visit': {
					const payment = first(payments);
					if (payment?.url) await simulator.customer(payment.url, action.how);
					return;
				}
				case 'try again': {
					const session = first(own('checkout.session').filter(({ status }) => status === 'open'));
					const payment = payments.find(({ provider_id: id }) => id === session?.payment_link);
					if (session && payment?.url) await simulator.customer(payment.url, action.how, session.id);
					return;
				}
				case 'transfer ends': {
					const session = first(
						own('checkout.session').filter(
							({ payment_intent: intent }) =>
								typeof intent === 'string' && simulator.get(intent).status === 'processing',
						),
					);
					if (session) simulator.finishPending(session.id, action.arrives);
					return;
				}
				case 'refund': {
					const intent = first(own('payment_intent').filter(({ status }) => status === 'succeeded'));
					const back = own('refund').filter(
						({ payment_intent: of, status }) => of === intent?.id && status !== 'failed',
					);
					const left = AMOUNT - back.reduce((total, { amount }) => total + Number(amount), 0);
					if (intent && left > 0) simulator.refund(intent.id, Math.ceil(left / action.part), { status: action.status });
					return;
				}
				case 'refund ends': {
					const refund = first(own('refund').filter(({ status }) => status === 'pending'));
					if (refund) simulator.finishRefund(refund.id, action.arrives);
					return;
				}
				case 'dispute': {
					const intent = first(own('payment_intent').filter(({ status }) => status === 'succeeded'));
					if (intent) simulator.dispute(intent.id);
					return;
				}
				case 'dispute ends': {
					const dispute = first(own('dispute').filter(({ status }) => status === 'needs_response'));
					if (dispute) simulator.closeDispute(dispute.id, action.won);
					return;
				}
				case 'day passes':
					now += DAY;
					return simulator.expireDue();
				case 'webhook arrives': {
					const event = first(own('event'));
					return event && (await arrive(event));
				}
				case 'settle':
					return await settleAll();
			}
		};

		/** Whether events still wait to be read back. */
		const unsettled = async (): Promise<boolean> =>
			(await store.db
				.selectFrom('payment_events')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.where('state', '=', 'received')
				.executeTakeFirst()) !== undefined;

		const expectStripesState = async (payments: readonly PaymentRow[]): Promise<void> => {
			for (const { id } of payments) {
				const row = await getPayment(store.db, store.workspaceId, id);
				if (row === undefined) throw new Error('The payment is not in the store any more');
				expect(row).toMatchObject(stateAtStripe(simulator, row));
			}
			const told = await store.db
				.selectFrom('journal')
				.select('dedupe_key')
				.where('workspace_id', '=', store.workspaceId)
				.where('webhook_id', '=', WEBHOOK)
				.execute();
			expect(new Set(told.map(({ dedupe_key: key }) => key)).size).toBe(told.length);
			const messages = await store.db
				.selectFrom('outbox')
				.select('request_id')
				.where('workspace_id', '=', store.workspaceId)
				.where('request_id', 'like', 'payment:%')
				.execute();
			expect(new Set(messages.map(({ request_id: id }) => id)).size).toBe(messages.length);
			const confirmed = messages.flatMap(
				({ request_id: id }) => /:paid:(?<intent>pi_.+)$/u.exec(id)?.groups?.intent ?? [],
			);
			for (const intent of confirmed) expect(simulator.get(intent).status).toBe('succeeded');
		};

		/** One history with two payments, from its links to reconciliation. */
		const live = async ({ steps, late }: History): Promise<void> => {
			// What Stripe did before belongs to another history.
			now += 40 * DAY;
			const from = now;
			const payments = [await ask(), await ask()];
			for (const action of steps) await perform(action, payments, from);
			const events = simulator.all('event').filter(({ created }) => created * 1_000 >= from);
			for (const place of late) {
				const event = chosen(events, place);
				if (event) await arrive(event);
			}
			await settleAll();
			now += 60_000;
			const request = { since: from - DAY, webhookId: WEBHOOK };
			await reconcilePayments(store, provider(), request);
			await expectStripesState(payments);
			now += 60_000;
			expect((await reconcilePayments(store, provider(), request)).differences).toEqual([]);
		};

		test('shuffled, repeated and lost webhooks end as Stripe says, each thing told once', async () => {
			await fc.assert(fc.asyncProperty(history, live), {
				numRuns: name === 'SQLite' ? 60 : 15,
				examples: OLD_NEWS.map((steps): [History] => [{ steps, late: [] }]),
			});
		});

		test('a process that is killed at any step leaves nothing undone and nothing told twice', async () => {
			const payments = [await ask(), await ask()];
			const from = now;
			const steps: readonly Step[] = [
				{ does: 'visit', of: 0, how: 'fail' },
				{ does: 'try again', of: 0, how: 'pay' },
				{ does: 'visit', of: 1, how: 'pending' },
				{ does: 'transfer ends', of: 0, arrives: true },
				{ does: 'refund', of: 0, part: 2, status: 'succeeded' },
				{ does: 'dispute', of: 1 },
			];
			for (const action of steps) await perform(action, payments, from);
			const [lost, ...heard] = simulator.events;
			expect(lost?.type).toBe('payment_intent.payment_failed');
			for (const event of heard) await arrive(event);
			// Steps at which each process is killed, counted from its own start; the last one lives.
			for (const dieAt of [1, 2, 3, 5, 7, 9, 4, Infinity]) {
				// What the one before had taken is free again.
				now += LEASE;
				const other = startStoreProcess({
					act: 'settle payments',
					settings: settings(),
					webhookId: WEBHOOK,
					stripe: simulator.credential,
					now,
					since: from - DAY,
					...(dieAt === Infinity ? {} : { dieAt }),
				});
				await other.ended;
				expect(await unsettled()).toBe(dieAt !== Infinity);
			}
			await expectStripesState(payments);
			now += LEASE;
			expect(await settlePaymentEvents(store, WEBHOOK, provider())).toBe(0);
		});
	});
});
