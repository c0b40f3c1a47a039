import { openMatters, waitsForAnything, type OpenMatters } from '../../nodes/shared/domain/payments/openMatters';
import {
	applyPaymentEvent,
	newPayment,
	paymentOfFacts,
	type AttemptEvent,
	type DisputeEvent,
	type Payment,
	type PaymentEffect,
	type PaymentEvent,
	type RefundEvent,
} from '../../nodes/shared/domain/payments/payment';
import * as fc from '../support/properties';

const asked = { amount: 5_000_000, currency: 'COP' };
const START = Date.parse('2026-03-10T15:00:00Z');

const attempt = (kind: AttemptEvent['kind'], at: number, more: Partial<AttemptEvent> = {}): AttemptEvent => ({
	id: `evt_${kind}_${more.attempt ?? 'a1'}_${at}`,
	kind,
	attempt: 'a1',
	at: START + at * 1_000,
	...asked,
	...more,
});
const refund = (state: RefundEvent['state'], at: number, amount: number = asked.amount, id = 'r1'): RefundEvent => ({
	id: `evt_${id}_${state}_${at}`,
	kind: 'refund',
	refund: id,
	state,
	at: START + at * 1_000,
	amount,
	currency: 'COP',
});
const dispute = (state: DisputeEvent['state'], at: number): DisputeEvent => ({
	id: `evt_d1_${state}`,
	kind: 'dispute',
	dispute: 'd1',
	state,
	at: START + at * 1_000,
	...asked,
});

function told(...events: readonly PaymentEvent[]): { payment: Payment; effects: PaymentEffect[] } {
	let payment = newPayment(asked);
	const effects: PaymentEffect[] = [];
	for (const event of events) {
		const next = applyPaymentEvent(payment, event);
		({ payment } = next);
		effects.push(...next.effects);
	}
	return { payment, effects };
}

const kinds = (effects: readonly PaymentEffect[]) => effects.map(({ kind }) => kind);

describe('S5: a payment by what the provider tells', () => {
	test.each([
		['nothing', [], 'requested'],
		['a delayed payment', [attempt('pending', 1)], 'pending'],
		['a delayed payment that arrives', [attempt('pending', 1), attempt('paid', 2)], 'paid'],
		['a delayed payment that does not', [attempt('pending', 1), attempt('failed', 2)], 'failed'],
		['a refused card and a new try', [attempt('failed', 1), attempt('paid', 2)], 'paid'],
		['a page left open', [attempt('expired', 1)], 'expired'],
		['a part given back', [attempt('paid', 1), refund('succeeded', 2, 1_000_000)], 'partially_refunded'],
		[
			'all given back in two parts',
			[attempt('paid', 1), refund('succeeded', 2, 1_000_000), refund('succeeded', 3, 4_000_000, 'r2')],
			'refunded',
		],
		['a refund under way', [attempt('paid', 1), refund('pending', 2)], 'paid'],
		['a refund that came back', [attempt('paid', 1), refund('succeeded', 2), refund('failed', 3)], 'paid'],
		['a dispute', [attempt('paid', 1), dispute('open', 2)], 'disputed'],
		['a dispute that was won', [attempt('paid', 1), dispute('open', 2), dispute('won', 3)], 'paid'],
		['a dispute that was lost', [attempt('paid', 1), dispute('open', 2), dispute('lost', 3)], 'disputed'],
		['a renewal that failed', [attempt('paid', 1), attempt('failed', 9, { attempt: 'in_2', renewal: true })], 'paid'],
	] as const)('%s', (_case, events, state) => {
		expect(told(...events).payment.state).toBe(state);
	});

	test('S5: told twice, nothing is done twice', () => {
		const paid = attempt('paid', 1);
		expect(kinds(told(paid, paid, { ...paid, id: 'evt_other' }).effects)).toEqual(['paid']);
		const given = refund('succeeded', 2);
		expect(kinds(told(paid, given, given).effects)).toEqual(['paid', 'refunded']);
	});

	test('S5: what is told too late asks for nothing: the failure before a payment, the expiry after it', () => {
		expect(told(attempt('paid', 5), attempt('failed', 1), attempt('pending', 1)).effects).toHaveLength(1);
		expect(kinds(told(attempt('paid', 5), attempt('expired', 9, { attempt: 'a2' })).effects)).toEqual(['paid']);
		const { payment, effects } = told(refund('succeeded', 6), attempt('paid', 5));
		expect(payment.state).toBe('refunded');
		expect(effects).toEqual([expect.objectContaining({ kind: 'refunded', whole: true })]);
	});

	test('S6: two taps that both paid are noticed, and both sums are known', () => {
		const { payment, effects } = told(attempt('paid', 1), attempt('paid', 2, { attempt: 'a2' }));
		expect(kinds(effects)).toEqual(['paid', 'paid_again']);
		expect(payment).toMatchObject({ state: 'paid', amountPaid: 10_000_000, paidAt: START + 1_000 });
	});

	test.each([
		[undefined, ['paid', 'paid_again', 'paid_again']],
		[2, ['paid', 'paid', 'paid_again']],
		[0, ['paid', 'paid', 'paid']],
	])('S1: what may be paid %s times is paid again only after that', (uses, expected) => {
		let payment = newPayment({ ...asked, ...(uses === undefined ? {} : { uses }) });
		const seen: string[] = [];
		for (const [place, id] of ['a1', 'a2', 'a3'].entries()) {
			const next = applyPaymentEvent(payment, attempt('paid', place, { attempt: id }));
			seen.push(...kinds(next.effects));
			({ payment } = next);
		}
		expect(seen).toEqual(expected);
		expect(payment.amountPaid).toBe(3 * asked.amount);
	});

	test('S6: however many words tell of one refusal it has one key; another refusal has another', () => {
		const { effects } = told(
			attempt('failed', 1, { refusal: 'ch_1' }),
			attempt('failed', 4, { refusal: 'ch_1' }),
			attempt('failed', 9, { refusal: 'ch_2' }),
		);
		expect(effects.map(({ key }) => key)).toEqual(['failed:ch_1', 'failed:ch_1', 'failed:ch_2']);
	});

	test.each([
		['a card that is refused', undefined, [], undefined],
		['a transfer that does not arrive', undefined, [attempt('pending', 1)], true],
		['a transfer through a link that may be paid again', 0, [attempt('pending', 1)], undefined],
	] as const)('S6: %s: whether its page is spent', (_what, uses, before, pageIsSpent) => {
		let payment = newPayment({ ...asked, ...(uses === undefined ? {} : { uses }) });
		for (const event of before) ({ payment } = applyPaymentEvent(payment, event));
		const { effects } = applyPaymentEvent(payment, attempt('failed', 5));
		expect(effects).toHaveLength(1);
		expect(effects[0]).toEqual({
			kind: 'failed',
			key: expect.any(String),
			...(pageIsSpent === undefined ? {} : { pageIsSpent }),
		});
	});

	test.each<[string, readonly PaymentEvent[], Partial<OpenMatters>]>([
		['nothing that has ended', [attempt('paid', 1), refund('succeeded', 2, 5), dispute('lost', 3)], {}],
		['a card that was refused is over', [attempt('failed', 1)], {}],
		['money on its way', [attempt('pending', 1)], { attempts: ['a1'] }],
		['a period that is still tried', [attempt('failed', 1, { renewal: true })], { attempts: ['a1'] }],
		['a refund that may come back', [attempt('paid', 1), refund('pending', 2)], { refunds: ['r1'] }],
		['a dispute', [attempt('paid', 1), dispute('open', 2)], { disputes: ['d1'] }],
	])('S9: what is still open: %s', (_what, events, expected) => {
		const { facts } = told(...events).payment;
		const open = openMatters(facts);
		expect(open).toEqual({ attempts: [], refunds: [], disputes: [], ...expected });
		expect(waitsForAnything(open)).toBe(Object.keys(expected).length > 0);
		expect(waitsForAnything(openMatters(facts, START + 60_000))).toBe(false);
	});

	test('S6: the renewals of a subscription are not paid twice', () => {
		const { effects } = told(
			attempt('paid', 1),
			attempt('paid', 50, { attempt: 'in_2', renewal: true }),
			attempt('failed', 90, { attempt: 'in_3', renewal: true, reason: 'insufficient_funds' }),
		);
		expect(kinds(effects)).toEqual(['paid', 'renewed', 'renewal_failed']);
	});

	const someAttempt = fc
		.record({
			kind: fc.constantFrom<AttemptEvent['kind']>('pending', 'failed', 'expired', 'paid'),
			attempt: fc.constantFrom('a1', 'a2', 'a3'),
			at: fc.integer({ min: 0, max: 5 }),
			amount: fc.integer({ min: 1, max: 3 }),
			reason: fc.option(fc.constantFrom('card_declined', 'expired_card'), { nil: undefined }),
			renewal: fc.option(fc.constant(true as const), { nil: undefined }),
		})
		.map(({ kind, at, ...more }) => attempt(kind, at, more));
	const someRefund = fc
		.record({
			state: fc.constantFrom<RefundEvent['state']>('pending', 'succeeded', 'failed'),
			at: fc.integer({ min: 0, max: 5 }),
			id: fc.constantFrom('r1', 'r2'),
			amount: fc.integer({ min: 1, max: 3 }),
		})
		.map(({ state, at, amount, id }) => refund(state, at, amount, id));
	const someDispute = fc
		.record({
			state: fc.constantFrom<DisputeEvent['state']>('open', 'won', 'lost'),
			at: fc.integer({ min: 0, max: 5 }),
		})
		.map(({ state, at }) => dispute(state, at));
	const history = fc.array(fc.oneof(someAttempt, someRefund, someDispute), { maxLength: 12 });

	test.each<[string, PaymentEvent, PaymentEvent]>([
		['two reasons', attempt('paid', 2, { reason: 'card_declined' }), attempt('paid', 2)],
		['a renewal and none', attempt('paid', 2, { renewal: true }), attempt('paid', 2)],
		[
			'two refusals',
			attempt('failed', 2, { reason: 'expired_card' }),
			attempt('failed', 2, { reason: 'card_declined' }),
		],
		['a refusal of a renewal', attempt('failed', 2, { renewal: true }), attempt('failed', 2)],
	])('S5: of the same second, told both ways: %s', (_what, one, other) => {
		expect(told(one, other).payment).toEqual(told(other, one).payment);
	});

	test('S5: any order and any repetition of the same events ends the same', () => {
		fc.assert(
			fc.property(
				history.chain((events) =>
					fc.tuple(
						fc.constant(events),
						fc.array(fc.nat({ max: Math.max(0, events.length - 1) }), { maxLength: 12 }),
						fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
					),
				),
				([events, repeated, order]) => {
					const shuffled = [...events, ...repeated.flatMap((index) => events.slice(index, index + 1))]
						.map((event, index) => ({ event, place: order[index % order.length] }))
						.sort((one, other) => one.place - other.place)
						.map(({ event }) => event);
					expect(told(...shuffled).payment).toEqual(told(...events).payment);
				},
			),
			{ numRuns: 500 },
		);
	});

	test('S9: what was lost on the way is made up for by hearing the whole again', () => {
		fc.assert(
			fc.property(history, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (events, arrived) => {
				const some = events.filter((_event, index) => arrived[index]);
				expect(told(...some, ...events).payment).toEqual(told(...events).payment);
			}),
		);
	});

	test('S5: an effect is asked for once under its key, and the state is the facts and nothing else', () => {
		fc.assert(
			fc.property(history, (events) => {
				const { payment, effects } = told(...events);
				expect(payment).toEqual(paymentOfFacts(asked, payment.facts));
				const confirmed = effects.filter(({ kind }) => kind === 'paid' || kind === 'paid_again');
				const attempts = Object.values(payment.facts.attempts).filter(({ state }) => state === 'paid');
				expect(confirmed.length).toBeLessThanOrEqual(attempts.length);
				expect(kinds(confirmed).filter((kind) => kind === 'paid').length).toBeLessThanOrEqual(1);
			}),
		);
	});
});
