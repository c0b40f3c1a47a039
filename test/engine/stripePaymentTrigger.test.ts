import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import StripeLibrary from 'stripe';

import { OUTPUT_NAMES, OUTPUTS } from '../../nodes/StripePaymentTrigger/outputs';
import { StripePaymentTrigger } from '../../nodes/StripePaymentTrigger/StripePaymentTrigger.node';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import { getPayment } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { callWebhook, startTrigger, type RunningTrigger, type WebhookAnswer } from '../support/engine';

const SECRET = 'whsec_of_the_test';
const API_KEY = 'sk_test_of_the_test';
const KEY = 'ab'.repeat(32);
const AMOUNT = 25_000_000;

const folder = mkdtempSync(path.join(tmpdir(), 'stripe-trigger-'));
const library = new StripeLibrary(API_KEY);
let fileNumber = 0;
let filePath = '';
let store: Store;
let stripe: Server;
let baseUrl = '';
let running: RunningTrigger | undefined;
/** What Stripe answers, by path; and what it was asked. */
let objects: Map<string, object>;
let asked: string[];

const credentials = (changes: Record<string, string> = {}) => ({
	stripePaymentsApi: { secretKey: API_KEY, webhookSecrets: SECRET, baseUrl, apiVersion: '', ...changes },
	whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'acme', filePath, encryptionKey: KEY },
});

beforeAll(async () => {
	stripe = createServer((request, response) => {
		asked.push(request.url ?? '');
		const found = objects.get(request.url ?? '');
		response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify(
				found ?? { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such' } },
			),
		);
	}).listen(0, '127.0.0.1');
	await once(stripe, 'listening');
	baseUrl = `http://127.0.0.1:${(stripe.address() as AddressInfo).port}`;
});

beforeEach(async () => {
	fileNumber += 1;
	objects = new Map();
	asked = [];
	filePath = path.join(folder, `store-${fileNumber}.sqlite`);
	store = await openStore({ database: 'sqlite', workspaceId: 'acme', path: filePath, encryptionKey: KEY });
});

afterEach(async () => {
	// The end of an execution is waited for at deactivation.
	for (const emission of running?.emissions ?? []) emission.finish();
	await running?.close();
	running = undefined;
	await store.close();
	await closeIdleStores();
});

afterAll(async () => {
	stripe.close();
	await once(stripe, 'close');
	rmSync(folder, { recursive: true, force: true });
});

const session = (paymentId: string, changes: object = {}) => ({
	id: 'cs_test_1',
	object: 'checkout.session',
	mode: 'payment',
	status: 'complete',
	payment_status: 'paid',
	amount_total: AMOUNT,
	currency: 'cop',
	created: 1_773_154_000,
	expires_at: 1_773_240_000,
	livemode: false,
	payment_link: 'plink_1',
	payment_intent: 'pi_1',
	metadata: { payment_id: paymentId },
	...changes,
});

const event = (object: object, changes: object = {}) =>
	JSON.stringify({
		id: 'evt_1',
		object: 'event',
		api_version: '2026-10-28.endive',
		created: Math.floor(Date.now() / 1_000),
		livemode: false,
		type: 'checkout.session.completed',
		data: { object },
		...changes,
	});

const sign = (payload: string, secret = SECRET) => library.webhooks.generateTestHeaderString({ payload, secret });

const deliver = async (
	body: string,
	more: { signature?: string | null; using?: ReturnType<typeof credentials>; mode?: 'manual' } = {},
): Promise<WebhookAnswer> =>
	await callWebhook(StripePaymentTrigger, {
		body,
		mode: more.mode,
		workflowId: `workflow-${fileNumber}`,
		credentials: more.using ?? credentials(),
		headers: {
			'content-type': 'application/json',
			...(more.signature === null ? {} : { 'stripe-signature': more.signature ?? sign(body) }),
		},
	});

const start = async () => {
	running = await startTrigger(StripePaymentTrigger, {
		credentials: credentials(),
		workflowId: `workflow-${fileNumber}`,
	});
	return running;
};

const askedFor = async () =>
	await requestPayment(
		store,
		{ requestId: 'pay-1', provider: 'stripe', mode: 'test', kind: 'full', amount: AMOUNT, currency: 'COP' },
		async () => await Promise.resolve({ providerId: 'plink_1', url: 'https://buy.stripe.com/test_1' }),
	);

const stored = async () => await store.db.selectFrom('payment_events').select(['event_id', 'state']).execute();

describe('Stripe Payment Trigger', () => {
	test('S4: its outputs are these, in this order, because wires are kept by index', () => {
		expect(OUTPUT_NAMES).toEqual([
			'Paid',
			'Pending',
			'Failed',
			'Expired',
			'Refunded',
			'Disputed',
			'Subscription',
			'Mismatch',
			'Due',
		]);
		expect(OUTPUTS.map((output) => output.toLowerCase())).toEqual(OUTPUT_NAMES.map((name) => name.toLowerCase()));
	});

	test.each<[string, Parameters<typeof deliver>[1]]>([
		['without a signature', { signature: null }],
		[
			'signed with another secret',
			{ signature: sign(event({ id: 'cs_1', object: 'checkout.session' }), 'whsec_other') },
		],
		['with nothing in the credential to check it by', { using: undefined }],
	])('S4: an event %s is refused, and nothing is stored', async (_case, more = {}) => {
		const using = 'using' in more ? credentials({ webhookSecrets: '' }) : undefined;
		const answer = await deliver(event({ id: 'cs_1', object: 'checkout.session' }), { ...more, using });
		expect(answer).toMatchObject({ status: 401, body: '' });
		expect(await stored()).toEqual([]);
	});

	test('S4: it is in the store before the 200, and Stripe is not asked anything until then', async () => {
		const { id } = await askedFor();
		objects.set('/v1/checkout/sessions/cs_test_1', session(id));
		const body = event(session(id));
		for (let times = 0; times < 5; times += 1) expect(await deliver(body)).toMatchObject({ status: 200 });
		expect(asked).toEqual([]);
		expect(await stored()).toEqual([{ event_id: 'evt_1', state: 'received' }]);
		const { outputs } = await (await start()).next();
		expect(asked).toEqual(['/v1/checkout/sessions/cs_test_1']);
		expect(outputs.map((items) => items.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
		expect(outputs[0]?.[0]?.json).toMatchObject({ kind: 'paid', amount: '250000', payment: { id, state: 'paid' } });
	});

	test('S5: the event says paid, Stripe says another amount: Mismatch, and nothing is confirmed', async () => {
		const { id } = await askedFor();
		objects.set('/v1/checkout/sessions/cs_test_1', session(id, { amount_total: 100 }));
		const trigger = await start();
		await deliver(event(session(id)));
		const { outputs } = await trigger.next();
		expect(outputs[OUTPUTS.indexOf('mismatch')]?.[0]?.json).toMatchObject({ kind: 'mismatch', reason: 'amount' });
		expect(outputs[OUTPUTS.indexOf('paid')]).toEqual([]);
		expect(await getPayment(store.db, 'acme', id)).toMatchObject({ state: 'requested', amount_paid: 0 });
	});

	test('S6: a refused card, a refund and a dispute find their payment through the intent', async () => {
		const { id } = await askedFor();
		const intent = {
			id: 'pi_1',
			object: 'payment_intent',
			amount: AMOUNT,
			currency: 'cop',
			created: 1_773_154_800,
			livemode: false,
			status: 'requires_payment_method',
			last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds' },
			metadata: { payment_id: id },
		};
		objects.set('/v1/payment_intents/pi_1', intent);
		const trigger = await start();
		await deliver(event(intent, { type: 'payment_intent.payment_failed' }));
		const failed = await trigger.next();
		expect(failed.outputs[OUTPUTS.indexOf('failed')]?.[0]?.json).toMatchObject({ reason: 'insufficient_funds' });
		failed.finish();
		objects.set('/v1/checkout/sessions/cs_test_1', session(id));
		await deliver(event(session(id), { id: 'evt_2' }));
		(await trigger.next()).finish();
		const refund = {
			id: 're_1',
			object: 'refund',
			amount: 5_000_000,
			currency: 'cop',
			created: 1_773_154_900,
			status: 'succeeded',
			payment_intent: 'pi_1',
			metadata: {},
		};
		objects.set('/v1/refunds/re_1', refund);
		await deliver(event(refund, { id: 'evt_3', type: 'refund.created' }));
		const refunded = await trigger.next();
		expect(refunded.outputs[OUTPUTS.indexOf('refunded')]?.[0]?.json).toMatchObject({
			amount: '50000',
			payment: { state: 'partially_refunded', amountRefunded: '50000' },
		});
		refunded.finish();
		const dispute = {
			id: 'du_1',
			object: 'dispute',
			amount: AMOUNT,
			currency: 'cop',
			livemode: false,
			status: 'needs_response',
			reason: 'fraudulent',
			payment_intent: 'pi_1',
		};
		objects.set('/v1/disputes/du_1', dispute);
		await deliver(event(dispute, { id: 'evt_4', type: 'charge.dispute.created' }));
		const disputed = await trigger.next();
		expect(disputed.outputs[OUTPUTS.indexOf('disputed')]?.[0]?.json).toMatchObject({ payment: { state: 'disputed' } });
		disputed.finish();
	});

	test('S6: the renewal of a subscription leaves on Subscription', async () => {
		const { id } = await askedFor();
		const invoice = {
			id: 'in_2',
			object: 'invoice',
			amount_due: AMOUNT,
			amount_paid: AMOUNT,
			currency: 'cop',
			livemode: false,
			status: 'paid',
			billing_reason: 'subscription_cycle',
			parent: { subscription_details: { metadata: { payment_id: id } } },
		};
		objects.set('/v1/invoices/in_2', invoice);
		const trigger = await start();
		await deliver(event(invoice, { type: 'invoice.paid' }));
		const { outputs } = await trigger.next();
		expect(outputs[OUTPUTS.indexOf('subscription')]?.[0]?.json).toMatchObject({ kind: 'renewed', amount: '250000' });
	});

	test('S4: listening by hand shows what Stripe says in the editor; nothing is stored', async () => {
		const { id } = await askedFor();
		objects.set('/v1/checkout/sessions/cs_test_1', session(id));
		const answer = await deliver(event(session(id)), { mode: 'manual' });
		expect(answer.workflowData?.[0]?.[0]?.json).toMatchObject({ paymentId: id, event: { kind: 'paid' } });
		expect(await stored()).toEqual([]);
		expect(await getPayment(store.db, 'acme', id)).toMatchObject({ state: 'requested' });
	});

	test.each([
		['of the other mode', event({ id: 'cs_1', object: 'checkout.session' }, { livemode: true })],
		['that is no event', '{"hello":"world"}'],
		['deeper than anything that Stripe writes', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
	])('S4: something signed %s is taken and forgotten', async (_case, body) => {
		expect(await deliver(body)).toMatchObject({ status: 200 });
		expect(await stored()).toEqual([]);
	});

	test('S4: a store that cannot be opened is answered with 503, so that Stripe delivers it again', async () => {
		const using = credentials();
		// A file where a folder should be.
		using.whatsAppCrmStoreApi.filePath = path.join(filePath, 'store.sqlite');
		const answer = await deliver(event({ id: 'cs_1', object: 'checkout.session' }), { using });
		expect(answer).toMatchObject({ status: 503, body: '' });
		expect(answer.headers['retry-after']).toBe('5');
		expect(answer.error).toBeUndefined();
		for (const secret of [SECRET, API_KEY, KEY])
			expect(`${answer.body}${JSON.stringify(answer.headers)}`).not.toContain(secret);
	});

	test('S4: a signature of six minutes ago is refused; one of several v1 and one of several secrets are enough', async () => {
		const body = event({ id: 'cs_1', object: 'checkout.session' });
		const old = library.webhooks.generateTestHeaderString({
			payload: body,
			secret: SECRET,
			timestamp: Math.floor(Date.now() / 1_000) - 360,
		});
		expect(await deliver(body, { signature: old })).toMatchObject({ status: 401 });
		expect(await stored()).toEqual([]);
		const other = sign(body, 'whsec_before').replace(/^.*v1=/u, 'v1=');
		const using = credentials({ webhookSecrets: `whsec_next, ${SECRET}` });
		expect(await deliver(body, { signature: `${sign(body)},${other}`, using })).toMatchObject({ status: 200 });
		expect(await stored()).toHaveLength(1);
	});

	test('S5: while Stripe does not answer nothing is told; it is asked again and then told once', async () => {
		const { id } = await askedFor();
		const trigger = await start();
		// 404 is an answer of Stripe for an object it does not know yet.
		await deliver(event(session(id)));
		await new Promise((waited) => setTimeout(waited, 700));
		expect(trigger.emissions.filter(({ outputs }) => outputs.some((items) => items.length > 0))).toEqual([]);
		objects.set('/v1/checkout/sessions/cs_test_1', session(id));
		const { outputs } = await trigger.next();
		expect(outputs[0]).toHaveLength(1);
	});

	test('S4: nothing of a card, a person or a secret is in the store', async () => {
		const { id } = await askedFor();
		objects.set(
			'/v1/checkout/sessions/cs_test_1',
			session(id, { customer_details: { email: 'laura@example.com', name: 'Laura' }, card: { last4: '4242' } }),
		);
		const trigger = await start();
		await deliver(event(session(id, { customer_details: { email: 'laura@example.com' } })));
		(await trigger.next()).finish();
		const rows = [
			await store.db.selectFrom('payment_events').selectAll().execute(),
			await store.db.selectFrom('payments').selectAll().execute(),
			await store.db.selectFrom('journal').selectAll().execute(),
			await store.db.selectFrom('audit_log').selectAll().execute(),
		];
		// As a value of its own: the four digits alone are also part of some random digest.
		expect(JSON.stringify(rows)).not.toMatch(/laura@example|"4242\\*"|last4|whsec_|sk_test_of/);
	});
});
