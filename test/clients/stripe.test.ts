import StripeSdk from 'stripe';

import { checkoutSessionBody } from '../../nodes/shared/clients/stripe/checkoutSessions';
import { readStripeCredential, STRIPE_API_VERSION } from '../../nodes/shared/clients/stripe/credential';
import { checkStripeCredential } from '../../nodes/shared/clients/stripe/credentialCheck';
import { createPaymentLink, getPaymentLink, paymentLinkBody } from '../../nodes/shared/clients/stripe/paymentLinks';
import { refundBody } from '../../nodes/shared/clients/stripe/refunds';
import { openStripe } from '../../nodes/shared/clients/stripe/stripe';
import { createWebhookEndpoint, listWebhookEndpoints } from '../../nodes/shared/clients/stripe/webhookEndpoints';
import { RequestFailure } from '../../nodes/shared/http/failure';
import { signatureOf, startStripeSimulator, type StripeSimulator } from '../simulators/stripe';

let simulator: StripeSimulator;

beforeEach(async () => {
	simulator = await startStripeSimulator({ latencyMs: 10 });
});

afterEach(async () => {
	await simulator.stop();
});

const LINK = {
	item: { currency: 'COP', unitAmount: 25_000_000, name: 'Impresora & «tinta» = 1', quantity: 1 },
	subscription: false,
	metadata: { payment_id: 'p-1' },
	uses: 1,
	collectPhone: true,
} as const;

const open = () => openStripe(readStripeCredential(simulator.credential), { pausesMs: [5, 10, 20] });

async function failureOf(work: Promise<unknown>): Promise<RequestFailure> {
	const error: unknown = await work.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (error instanceof RequestFailure) return error;
	throw new Error('It was expected to fail');
}

test('what is sent is what the types of Stripe know, in the version that is pinned', () => {
	const link: StripeSdk.PaymentLinkCreateParams = paymentLinkBody({
		...LINK,
		item: { ...LINK.item, recurring: { interval: 'month', intervalCount: 1 }, adjustable: { minimum: 1, maximum: 9 } },
		thanks: 'Gracias',
	});
	const session: StripeSdk.Checkout.SessionCreateParams = checkoutSessionBody({
		item: { price: 'price_1', quantity: 2 },
		subscription: true,
		metadata: {},
		successUrl: 'https://wa.me/573001234567',
		expiresAt: 1_800_000_000,
		recovery: true,
		collectPhone: false,
		reference: 'p-1',
		locale: 'es-419',
	});
	const refund: StripeSdk.RefundCreateParams = refundBody({ paymentIntent: 'pi_1', amount: 5, metadata: {} });

	expect(link.line_items[0]).toMatchObject({ adjustable_quantity: { enabled: true, minimum: 1, maximum: 9 } });
	expect(session).toMatchObject({ mode: 'subscription', locale: 'es-419', subscription_data: { metadata: {} } });
	expect(refund).toEqual({ payment_intent: 'pi_1', amount: 5, metadata: {} });
	expect(STRIPE_API_VERSION).toBe(StripeSdk.API_VERSION);
});

test('the simulator signs as Stripe does', () => {
	const sdk = new StripeSdk('sk_test_oracle');
	const payload = '{"id":"evt_1","object":"event"}';
	const timestamp = Math.floor(Date.now() / 1000);
	const header = sdk.webhooks.generateTestHeaderString({ payload, secret: 'whsec_1', timestamp });

	expect(header).toContain(signatureOf(payload, 'whsec_1', timestamp));
	expect(sdk.webhooks.constructEvent(payload, signatureOf(payload, 'whsec_1', timestamp), 'whsec_1').id).toBe('evt_1');
});

test('a form arrives as it was meant, with version and key', async () => {
	const link = await createPaymentLink(open(), LINK, 'key-1');

	expect(simulator.get(link.id)).toMatchObject({
		currency: 'cop',
		metadata: { payment_id: 'p-1' },
		phone_number_collection: { enabled: true },
		restrictions: { completed_sessions: { limit: 1 } },
	});
	expect(await (await fetch(link.url)).text()).toContain('Impresora &#38; «tinta» = 1');
	expect(simulator.requests).toEqual([
		{ method: 'POST', path: '/payment_links', key: 'key-1', version: STRIPE_API_VERSION },
	]);
});

test('S8: the same key makes one link, at once and afterwards; with something else it is refused in words', async () => {
	const links = await Promise.all(
		Array.from({ length: 8 }, async () => await createPaymentLink(open(), LINK, 'key-1').then(({ id }) => id)),
	);
	expect(new Set(links).size).toBe(1);
	expect((await createPaymentLink(open(), LINK, 'key-1')).id).toBe(links[0]);

	const other = await failureOf(createPaymentLink(open(), { ...LINK, uses: 2 }, 'key-1'));
	expect(other).toMatchObject({ kind: 'rejected', code: 'idempotency_error' });
	expect(other.message).toContain("'Request ID' was used for another payment");
	expect(simulator.all('payment_link')).toHaveLength(1);
});

test.each(['lock_timeout', 'unavailable', 'lost'] as const)(
	'S8: after %s the same key is tried again',
	async (kind) => {
		simulator.inject({ path: '/payment_links', times: 2, kind });
		await createPaymentLink(open(), LINK, 'key-1');

		expect(simulator.all('payment_link')).toHaveLength(1);
		expect(simulator.requests.map(({ key }) => key)).toEqual(['key-1', 'key-1', 'key-1']);
	},
);

test.each([
	['lock_timeout', 'rate_limited', 4],
	['unavailable', 'temporary', 4],
	['malformed', 'temporary', 1],
	['forbidden', 'unauthorized', 1],
] as const)('%s that does not end is told as %s', async (kind, told, tries) => {
	simulator.inject({ path: '/payment_links', times: 9, kind });
	const failure = await failureOf(createPaymentLink(open(), LINK, 'key-1'));

	expect(failure).toMatchObject({ vendor: 'stripe', kind: told });
	expect(simulator.requests).toHaveLength(tries);
});

test('an unknown id says so, with the id of the request for the support of Stripe', async () => {
	const failure = await failureOf(getPaymentLink(open(), 'plink_none'));

	expect(failure).toMatchObject({
		kind: 'rejected',
		code: 'resource_missing',
		traceId: expect.stringMatching(/^req_/),
	});
});

test('live and test are never mixed', async () => {
	const credential = readStripeCredential({ ...simulator.credential });
	const live = await startStripeSimulator({ secretKey: 'sk_live_simulator0123456789' });
	// A proxy that answers for another account.
	const wrong = { ...readStripeCredential(live.credential) };
	const link = await createPaymentLink(openStripe(wrong), LINK, 'key-1');
	live.get(link.id).livemode = false;

	expect((await failureOf(getPaymentLink(openStripe(wrong), link.id))).code).toBe('mode_mismatch');
	expect(credential.secretKey).not.toBe(wrong.secretKey);
	await live.stop();
});

test('no key is in any failure', async () => {
	const wrong = readStripeCredential({ ...simulator.credential, secretKey: 'sk_test_wrongKeyOfSomebody' });
	const failure = await failureOf(getPaymentLink(openStripe(wrong), 'plink_1'));

	expect(failure.message).toContain("Stripe did not accept the key in 'Secret Key'");
	expect(JSON.stringify([failure, failure.message, failure.stack])).not.toContain('sk_test_wrongKeyOfSomebody');
});

test.each([
	[{ secretKey: 'pk_test_123' }, 'publishable key'],
	[{ secretKey: '' }, "'Secret Key' is empty"],
	[{ webhookSecrets: 'abc' }, 'must each begin with whsec_'],
	[{ baseUrl: 'http://api.stripe.com' }, "'Base URL'"],
	[{ apiVersion: 'newest' }, "'API Version'"],
])('a credential with %j is refused in words', (values, words) => {
	expect(() => readStripeCredential({ ...simulator.credential, ...values })).toThrow(words);
});

test('several signing secrets stand beside each other while one is changed for another', () => {
	const { webhookSecrets } = readStripeCredential({
		...simulator.credential,
		webhookSecrets: ' whsec_a, whsec_b\nwhsec_c ',
	});

	expect(webhookSecrets).toEqual(['whsec_a', 'whsec_b', 'whsec_c']);
});

describe('the Test button', () => {
	test('says whose account it is and that no real money moves', async () => {
		expect(await checkStripeCredential(simulator.credential)).toEqual({
			ok: true,
			message: 'Connected to PROSUMINISTROS (acct_1PgafTB7WZ01zgkW, US). Test mode: no real money moves.',
		});
	});

	test.each([
		['/refunds', 'Refunds'],
		['/invoice_payments', 'Invoices'],
	])('names the permissions that are missing: %s', async (path, permission) => {
		simulator.inject({ path, times: 1, kind: 'forbidden' });

		expect(await checkStripeCredential(simulator.credential)).toMatchObject({
			ok: false,
			message: expect.stringContaining(`The key may not use ${permission}.`),
		});
	});

	test.each([
		['/refunds', 'Refunds'],
		['/payment_links', 'Payment Links'],
		['/checkout/sessions', 'Checkout Sessions'],
	])('names what the key may read and not write, and makes nothing to find out: %s', async (path, permission) => {
		simulator.inject({ path, method: 'POST', times: 1, kind: 'forbidden' });

		expect(await checkStripeCredential(simulator.credential)).toMatchObject({
			ok: false,
			message: expect.stringContaining(`The key may not use ${permission} (write).`),
		});
		for (const object of ['payment_link', 'checkout.session', 'refund', 'webhook_endpoint']) {
			expect(simulator.all(object)).toEqual([]);
		}
	});

	test('says what is wrong with the key', async () => {
		expect(await checkStripeCredential({ ...simulator.credential, secretKey: 'sk_test_other' })).toMatchObject({
			ok: false,
			message: expect.stringContaining("Stripe did not accept the key in 'Secret Key'"),
		});
	});
});

test('an endpoint tells its secret once, and the seventeenth is refused', async () => {
	const endpoint = { url: 'http://127.0.0.1:9/hook', events: ['*'], description: 'desk', metadata: {} };
	for (let made = 0; made < 16; made += 1) {
		expect((await createWebhookEndpoint(open(), endpoint, `key-${made}`)).secret).toMatch(/^whsec_/);
	}

	expect((await failureOf(createWebhookEndpoint(open(), endpoint, 'key-16'))).message).toContain('Stripe refused');
	const listed = await listWebhookEndpoints(open(), { limit: 100 });
	expect(listed).toHaveLength(16);
	expect(listed.some(({ secret }) => secret !== undefined)).toBe(false);
});
