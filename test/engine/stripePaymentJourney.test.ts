import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { StripePaymentLink } from '../../nodes/StripePaymentLink/StripePaymentLink.node';
import { OUTPUTS } from '../../nodes/StripePaymentTrigger/outputs';
import { StripePaymentTrigger } from '../../nodes/StripePaymentTrigger/StripePaymentTrigger.node';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import {
	callWebhookMethod,
	pressNode,
	runWorkflow,
	serveWebhooks,
	startTrigger,
	type Emission,
	type RunningTrigger,
	type ServedWebhooks,
} from '../support/engine';
import { PHONE_NUMBER_ID, shippedWorkflow, TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;
let stripe: StripeSimulator;
let served: ServedWebhooks;
let running: RunningTrigger | undefined;
let customer: IDataObject;
let journey = 0;

/** A customer in a conversation, and the trigger of the workflow at its address. */
beforeEach(async () => {
	journey += 1;
	desk = await TemplateDesk.open();
	stripe = await startStripeSimulator();
	await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	customer = {
		workspaceId: 'desk',
		channelId: PHONE_NUMBER_ID,
		contactId: conversation?.contact_id,
		conversationId: conversation?.id,
		requestId: 'quote-1042',
	};
	served = await serveWebhooks(StripePaymentTrigger, ofTrigger());
});

afterEach(async () => {
	for (const emission of running?.emissions ?? []) emission.finish();
	await running?.close();
	running = undefined;
	await stripe.stop();
	await served.close();
	await desk.close();
});

const credentials = () => ({ ...desk.credentials, stripePaymentsApi: stripe.credential });

const ofTrigger = (parameters: INodeParameters = {}) => ({
	credentials: credentials(),
	workflowId: `payments-${journey}`,
	parameters,
});

const registration = async (
	method: 'checkExists' | 'create' | 'delete',
	more: { readonly parameters?: INodeParameters; readonly base?: string; readonly mode?: 'manual' } = {},
) =>
	(
		await callWebhookMethod(StripePaymentTrigger, method, {
			...ofTrigger(more.parameters),
			instanceBaseUrl: more.base ?? `http://127.0.0.1:${served.port}`,
			...(more.mode === undefined ? {} : { mode: more.mode }),
		})
	).result;

/** As n8n activates: what does not exist is made. */
const activate = async () => {
	if (!(await registration('checkExists'))) await registration('create');
};

const start = async (): Promise<RunningTrigger> => {
	running = await startTrigger(StripePaymentTrigger, ofTrigger());
	return running;
};

const endpoints = () => stripe.all('webhook_endpoint');

async function createLink(caseId?: string): Promise<IDataObject> {
	const { outputs, error } = await pressNode({
		node: StripePaymentLink,
		mode: 'trigger',
		parameters: {
			resource: 'paymentLink',
			operation: 'create',
			kind: 'full',
			priceSource: 'amount',
			amount: '250.000',
			currency: 'COP',
			description: '3 impresoras',
			quantity: 1,
		},
		inputItems: [{ json: { crm: customer, ...(caseId === undefined ? {} : { caseId }) } }],
		credentials: credentials(),
	});
	if (error) throw error;
	return outputs[0]?.[0]?.json ?? {};
}

/** The next news, and the branch that they left on. */
async function nextNews(trigger: RunningTrigger): Promise<{ readonly output: string; readonly json: IDataObject }> {
	for (;;) {
		const emission = await trigger.next();
		emission.finish();
		const index = emission.outputs.findIndex((items) => items.length > 0);
		const output = OUTPUTS[index] ?? 'nothing';
		if (output !== 'due') return { output, json: emission.outputs[index]?.[0]?.json ?? {} };
	}
}

const payment = async () => (await listPayments(desk.store.db, 'desk', { limit: 1 }))[0];

/** What the customer is told of the payment, by key. */
const told = async (): Promise<string[]> =>
	(await desk.store.db.selectFrom('outbox').select('request_id').where('request_id', 'like', 'payment:%:%').execute())
		.map(({ request_id: id }) => id.split(':').slice(2).join(':'))
		.sort();

const quiet = async (trigger: RunningTrigger, count: number) => {
	await new Promise((waited) => setTimeout(waited, 1_200));
	const news = trigger.emissions.filter(({ outputs }) => outputs.slice(0, -1).some((items) => items.length > 0));
	expect(news).toHaveLength(count);
};

describe('Stripe Payment Trigger: from the link to the receipt', () => {
	test('S6: a link for a case that does not exist is confirmed all the same', async () => {
		await activate();
		const trigger = await start();
		await stripe.customer(String((await createLink('case-of-nobody')).url), 'pay');
		expect(await nextNews(trigger)).toMatchObject({ output: 'paid' });
	});

	test('S4, S6: paid, each event delivered five times: Paid once, one receipt in the queue', async () => {
		await activate();
		const trigger = await start();
		stripe.copies = 5;
		await stripe.customer(String((await createLink()).url), 'pay');
		const { output, json } = await nextNews(trigger);
		await stripe.settled();

		expect(output).toBe('paid');
		expect(json).toMatchObject({ customerTold: true, payment: { state: 'paid', amountPaid: '250000' } });
		await quiet(trigger, 1);
		expect(await told()).toEqual([expect.stringMatching(/^paid:pi_/u)]);
		expect(served.errors).toEqual([]);
	});

	test('S6: a transfer is pending, then arrives, and the first event is told again after it', async () => {
		await activate();
		const trigger = await start();
		const session = await stripe.customer(String((await createLink()).url), 'pending');
		expect(await nextNews(trigger)).toMatchObject({ output: 'pending' });
		stripe.finishPending(session.id, true);
		expect(await nextNews(trigger)).toMatchObject({ output: 'paid', json: { payment: { state: 'paid' } } });
		for (const { id } of stripe.events) stripe.resend(id);
		await stripe.settled();
		await quiet(trigger, 2);
		expect(await told()).toEqual([expect.stringMatching(/^paid:pi_/u), expect.stringMatching(/^pending:pi_/u)]);
		expect(await payment()).toMatchObject({ state: 'paid' });
	});

	test('S6: what Stripe told while the workflow was not active is told by reading back, in whatever order', async () => {
		await activate();
		stripe.copies = 2;
		const url = String((await createLink()).url);
		await stripe.customer(url, 'fail');
		await stripe.customer(url, 'pay');
		await stripe.settled();
		expect(await payment()).toMatchObject({ state: 'requested' });
		const trigger = await start();
		const { outputs } = await trigger.next();
		const heard = new Set(OUTPUTS.filter((_name, index) => (outputs[index] ?? []).length > 0));
		if (!heard.has('paid')) heard.add((await nextNews(trigger)).output as 'paid');
		expect([...heard].sort()).toEqual(['failed', 'paid']);
		expect(await payment()).toMatchObject({ state: 'paid' });
	});

	test('S5: forged to another amount at Stripe itself: Mismatch, nothing is confirmed and the customer reads nothing', async () => {
		await activate();
		const trigger = await start();
		const link = await createLink();
		stripe.copies = 0;
		const session = await stripe.customer(String(link.url), 'pay');
		session.amount_total = 100;
		const [event] = stripe.events;
		stripe.resend(String(event?.id));
		expect(await nextNews(trigger)).toMatchObject({ output: 'mismatch', json: { reason: 'amount' } });
		expect(await payment()).toMatchObject({ state: 'requested', amount_paid: 0 });
		expect(await told()).toEqual([]);
	});

	test('S8: given back, and disputed: each on its branch', async () => {
		await activate();
		const trigger = await start();
		const session = await stripe.customer(String((await createLink()).url), 'pay');
		expect(await nextNews(trigger)).toMatchObject({ output: 'paid' });
		await pressNode({
			node: StripePaymentLink,
			mode: 'trigger',
			parameters: {
				resource: 'refund',
				operation: 'create',
				payment: { __rl: true, mode: 'id', value: String((await payment())?.id) },
				approvedBy: 'Ana',
			},
			inputItems: [{ json: {} }],
			credentials: credentials(),
		});
		expect(await nextNews(trigger)).toMatchObject({ output: 'refunded', json: { payment: { state: 'refunded' } } });
		stripe.dispute(String(session.payment_intent));
		expect(await nextNews(trigger)).toMatchObject({ output: 'disputed', json: { payment: { state: 'disputed' } } });
	});
});

describe('workflows/customer-payment-confirmation.json', () => {
	const template = shippedWorkflow('customer-payment-confirmation.json');

	const carry = async (emission: Emission) => {
		const run = await runWorkflow({
			nodes: template.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
			connections: template.connections,
			settings: template.settings,
			credentials: credentials(),
			startNode: 'Cuando pasa algo con un pago',
			inputItems: emission.outputs,
		});
		emission.finish(run.status);
		expect(run).toMatchObject({ status: 'success' });
	};
	const read = () => desk.bubbles('573001112233');

	test('S6: refused, then paid: the customer reads each once, also when an execution is repeated', async () => {
		await activate();
		const before = read().length;
		const trigger = await start();
		const url = String((await createLink()).url);
		await stripe.customer(url, 'fail');
		const refused = await trigger.next();
		await carry(refused);
		await carry(refused);
		await stripe.customer(url, 'pay');
		await carry(await trigger.next());
		expect(await payment()).toMatchObject({ state: 'paid' });
		// The link itself was queued before them, and leaves first.
		const words = read().slice(before);
		expect(words).toHaveLength(3);
		expect(words.at(-1)).toMatch(/250\.000/u);
	});

	test('S5: a payment that belongs to no conversation ends the execution well and is told to no customer', async () => {
		await activate();
		const before = read().length;
		const trigger = await start();
		customer = { workspaceId: 'desk', requestId: 'counter-7' };
		await stripe.customer(String((await createLink()).url), 'pay');
		const emission = await trigger.next();
		expect(emission.outputs[0]).toHaveLength(1);
		await carry(emission);
		expect(read()).toHaveLength(before);
	});
});

describe('Stripe Payment Link: Reconcile (S9)', () => {
	const reconcile = async (mode: 'manual' | 'trigger' = 'trigger') =>
		await pressNode({
			node: StripePaymentLink,
			mode,
			parameters: { resource: 'payment', operation: 'reconcile', days: 2 },
			inputItems: [{ json: {} }],
			credentials: credentials(),
		});
	const report = async (mode?: 'manual') => (await reconcile(mode)).outputs[0]?.[0]?.json;

	test('a webhook that was lost is found, leaves on the trigger, and the customer reads the receipt once', async () => {
		await activate();
		const trigger = await start();
		stripe.copies = 0;
		await stripe.customer(String((await createLink()).url), 'pay');
		expect(await report('manual')).toMatchObject({ simulated: true, compared: 1, repaired: 1 });
		expect(await payment()).toMatchObject({ state: 'requested' });
		expect(await report()).toMatchObject({
			compared: 1,
			repaired: 1,
			mismatches: 0,
			differences: [{ stateBefore: 'requested', state: 'paid', news: ['paid'] }],
		});
		expect(await nextNews(trigger)).toMatchObject({ output: 'paid' });
		expect(await report()).toMatchObject({ compared: 1, repaired: 0, differences: [] });
		for (const { id } of stripe.events) stripe.resend(id);
		await stripe.settled();
		await quiet(trigger, 1);
		expect(await told()).toEqual([expect.stringMatching(/^paid:pi_/u)]);
	});

	test('before any trigger was active it says what to do', async () => {
		expect((await reconcile()).error?.message).toContain('No Stripe Payment Trigger is active');
	});
});

describe('Stripe Payment Trigger: its endpoint (S4)', () => {
	test('activated, deactivated and activated again there is one endpoint, with the same secret; in between it is disabled', async () => {
		await activate();
		const [{ id }] = endpoints();
		await registration('delete');
		expect(endpoints()).toMatchObject([{ id, status: 'disabled' }]);
		expect(await registration('checkExists')).toBe(false);
		for (let times = 0; times < 20; times += 1) {
			await activate();
			await registration('delete');
		}
		await activate();
		expect(endpoints()).toMatchObject([{ id, status: 'enabled' }]);
		const trigger = await start();
		await stripe.customer(String((await createLink()).url), 'pay');
		expect(await nextNews(trigger)).toMatchObject({ output: 'paid' });
	});

	test('at another address it is the same endpoint; one that is somebody else’s is left alone', async () => {
		await fetch(`${stripe.url}/v1/webhook_endpoints`, {
			method: 'POST',
			headers: { authorization: `Bearer ${stripe.secretKey}`, 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ url: 'https://shop.example/stripe', 'enabled_events[0]': '*' }).toString(),
		});
		const [others] = structuredClone(endpoints());
		await activate();
		const id = endpoints()[1]?.id;
		const base = 'http://127.0.0.1:9';
		expect(await registration('checkExists', { base })).toBe(false);
		await registration('create', { base });
		expect(endpoints()).toMatchObject([others, { id, url: expect.stringContaining(base) }]);
	});

	test('a signing secret that is lost is replaced: one endpoint, and its events are taken', async () => {
		await activate();
		const [{ id }] = endpoints();
		await desk.store.db.deleteFrom('store_settings').where('name', 'like', 'payment_endpoint/%').execute();
		expect(await registration('checkExists')).toBe(false);
		await registration('create');
		expect(endpoints()).toHaveLength(1);
		expect(endpoints()[0]?.id).not.toBe(id);
		const trigger = await start();
		await stripe.customer(String((await createLink()).url), 'pay');
		expect(await nextNews(trigger)).toMatchObject({ output: 'paid' });
	});

	test('an answer that never came makes no second one', async () => {
		stripe.inject({ path: '/webhook_endpoints', times: 1, kind: 'lost' });
		await activate();
		expect(endpoints()).toHaveLength(1);
		expect(await registration('checkExists')).toBe(true);
	});

	test('its secret is in the store, encrypted, and nowhere else', async () => {
		await activate();
		const rows = await desk.store.db.selectFrom('store_settings').selectAll().execute();
		expect(rows.filter(({ name }) => name.startsWith('payment_endpoint/'))).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toContain('whsec_');
	});

	test('chosen by hand, what an activation had made goes, and nothing is made', async () => {
		await activate();
		await registration('create', { parameters: { endpoint: 'manual' } });
		expect(endpoints()).toEqual([]);
		expect(await registration('delete', { parameters: { endpoint: 'manual' } })).toBe(true);
	});

	test('listening in the editor makes nothing', async () => {
		expect(await registration('checkExists', { mode: 'manual' })).toBe(true);
		expect(await registration('create', { mode: 'manual' })).toBe(true);
		expect(await registration('delete', { mode: 'manual' })).toBe(true);
		expect(stripe.requests).toEqual([]);
	});

	test('a key without the permission says so, and nothing is left half made', async () => {
		stripe.inject({ path: '/webhook_endpoints', times: 9, kind: 'forbidden' });
		await expect(registration('create')).rejects.toThrow('The key may not do this');
		expect(endpoints()).toEqual([]);
	});
});
