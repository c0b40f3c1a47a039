import Stripe from 'stripe';

import { parseStripeWebhook, verifyStripeSignature } from '../../index';
import * as fc from '../support/properties';

const SECRET = 'whsec_test_of_the_day';
const NOW = new Date('2026-03-10T15:00:00Z');
const seconds = Math.floor(NOW.getTime() / 1_000);
const body = JSON.stringify({ id: 'evt_1', note: 'Señal €', nested: { amount: 5_000_000 } });
const stripe = new Stripe('sk_test_of_nobody');

const signed = (timestamp = seconds, secret = SECRET, payload = body) =>
	stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
const accepted = (header: string | string[] | undefined, secret: string | readonly string[] = SECRET, payload = body) =>
	verifyStripeSignature(Buffer.from(payload), header, secret, { now: NOW });

describe("S4: Stripe's signature", () => {
	test("what Stripe's own library signs is accepted, as bytes and as text", () => {
		expect(accepted(signed())).toBe(true);
		expect(verifyStripeSignature(body, signed(), SECRET, { now: NOW })).toBe(true);
	});

	test('one byte less or more is refused, and so is the same JSON written otherwise', () => {
		expect(accepted(signed(), SECRET, body.slice(0, -1))).toBe(false);
		expect(accepted(signed(), SECRET, `${body} `)).toBe(false);
		expect(accepted(signed(), SECRET, JSON.stringify(JSON.parse(body), null, 1))).toBe(false);
	});

	test('while secrets are rotated either one is enough, on both sides', () => {
		const both = `${signed(seconds, 'whsec_old')},${signed(seconds, SECRET).split(',')[1] ?? ''}`;
		expect(accepted(both)).toBe(true);
		expect(accepted(signed(), ['whsec_other', SECRET])).toBe(true);
		expect(accepted(signed(), ['whsec_other', 'whsec_another'])).toBe(false);
	});

	test('without a secret nothing is accepted', () => {
		expect(accepted(signed(seconds, ''), '')).toBe(false);
		expect(accepted(signed(), [])).toBe(false);
		expect(accepted(signed(), null as unknown as string)).toBe(false);
	});

	test.each([
		['five minutes old', 300, true],
		['older', 301, false],
		['of a clock that is ahead', -60, true],
	])('a signature %s', (_case, age, expected) => {
		expect(accepted(signed(seconds - age))).toBe(expected);
	});

	test('a tolerance or a time that is no number accepts nothing', () => {
		const header = signed();
		expect(verifyStripeSignature(body, header, SECRET, { now: NOW, toleranceSeconds: Number.NaN })).toBe(false);
		expect(verifyStripeSignature(body, header, SECRET, { now: new Date(Number.NaN) })).toBe(false);
	});

	test('the time is signed with it: another one is refused', () => {
		expect(accepted(signed(seconds - 900).replace(`t=${seconds - 900}`, `t=${seconds}`))).toBe(false);
		expect(accepted(`t=${seconds - 10},${signed()}`)).toBe(false);
	});

	test('a signature of another scheme counts for nothing', () => {
		expect(accepted(signed().replace('v1=', 'v0='))).toBe(false);
	});

	test.each([undefined, '', 't=', 'v1=', 't=1,v1=zz', ['t=1', 'v1=2'], 'a=b=c', `t=${seconds}`])(
		'%p is no signature',
		(header) => {
			expect(accepted(header)).toBe(false);
		},
	);

	test('whatever arrives is answered with yes or no', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.string(), (payload, header, secret) => {
				expect(verifyStripeSignature(payload, header, secret, { now: NOW })).toBe(false);
			}),
		);
	});
});

describe("S4: Stripe's events", () => {
	const event = {
		id: 'evt_1',
		object: 'event',
		api_version: '2026-07-29.dahlia',
		created: 1_773_154_800,
		livemode: false,
		type: 'checkout.session.completed',
		data: {
			object: { id: 'cs_test_1', object: 'checkout.session', customer_details: { email: 'laura@example.com' } },
		},
	};

	test('say what they are about and when it happened, and nothing of a person', () => {
		expect(parseStripeWebhook(event)).toEqual({
			id: 'evt_1',
			type: 'checkout.session.completed',
			at: 1_773_154_800_000,
			mode: 'test',
			apiVersion: '2026-07-29.dahlia',
			object: { kind: 'checkout.session', id: 'cs_test_1' },
		});
	});

	test.each([
		['nothing', undefined],
		['a list', [event]],
		['another object', { ...event, object: 'charge' }],
		['no time', { ...event, created: 'now' }],
		['no mode', { ...event, livemode: undefined }],
		['nothing that it is about', { ...event, data: {} }],
		['something without a name', { ...event, data: { object: { object: 'charge' } } }],
	])('%s is no event', (_case, given) => {
		expect(parseStripeWebhook(given)).toBeUndefined();
	});

	test('whatever arrives, nothing is thrown', () => {
		fc.assert(fc.property(fc.anything(), (anything) => void parseStripeWebhook(anything)));
	});
});
