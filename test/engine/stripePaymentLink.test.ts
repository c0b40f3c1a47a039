import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { stripePaymentLinkResources } from '../../nodes/StripePaymentLink/resources';
import { StripePaymentLink } from '../../nodes/StripePaymentLink/StripePaymentLink.node';
import { WhatsAppCloud } from '../../nodes/WhatsAppCloud/WhatsAppCloud.node';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import { openCase } from '../../nodes/shared/usecases/cases/openCase';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { pressNode, searchList, type PressOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;
let stripe: StripeSimulator;
let item: IDataObject;

/** A customer in a conversation, for whom an amount was agreed. */
beforeEach(async () => {
	desk = await TemplateDesk.open();
	stripe = await startStripeSimulator({ latencyMs: 5 });
	await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	item = {
		crm: {
			workspaceId: 'desk',
			channelId: PHONE_NUMBER_ID,
			contactId: conversation?.contact_id,
			conversationId: conversation?.id,
			requestId: 'quote-1042',
		},
		caseId: 'case-7',
	};
});

afterEach(async () => {
	await stripe.stop();
	await desk.close();
});

const ORDER: INodeParameters = {
	kind: 'full',
	priceSource: 'amount',
	amount: '250.000',
	currency: 'COP',
	description: '3 impresoras',
	quantity: 1,
};

const credentials = () => ({ ...desk.credentials, stripePaymentsApi: stripe.credential });

async function press(
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	json: IDataObject = item,
	mode: WorkflowExecuteMode = 'trigger',
): Promise<PressOutcome> {
	return await pressNode({
		node: StripePaymentLink,
		mode,
		parameters: { resource, operation, ...parameters },
		inputItems: [{ json }],
		credentials: credentials(),
	});
}

const all = ({ outputs, error }: PressOutcome): IDataObject[] => {
	if (error) throw error;
	return (outputs[0] ?? []).map(({ json }) => json);
};
const first = (outcome: PressOutcome): IDataObject => all(outcome)[0] ?? {};
const createLink = async (more: INodeParameters = {}, json = item) =>
	first(await press('paymentLink', 'create', { ...ORDER, ...more }, json));
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const posts = () => stripe.requests.filter(({ method }) => method === 'POST');

test('S1: a link carries the ready message with the amount as people write it, and Send Queued sends it', async () => {
	const made = await createLink();

	expect(made).toMatchObject({
		amountText: expect.stringMatching(/^\$\s250\.000$/u),
		state: 'requested',
		mode: 'test',
	});
	expect(made.message).toMatchObject({ type: 'url_button', label: expect.stringMatching(/^Pagar \$/u), url: made.url });
	const sent = await pressNode({
		node: WhatsAppCloud,
		mode: 'trigger',
		parameters: { resource: 'message', operation: 'sendQueued' },
		inputItems: [{ json: made }],
		credentials: desk.credentials,
	});
	expect(sent.error).toBeUndefined();
	expect(JSON.stringify(desk.simulator.ledger.sends.at(-1))).toContain(String(made.url));
});

test('S1: metadata leads from the link, the payment and the session back to payment, conversation and case; one use', async () => {
	const made = await createLink();
	const [link] = stripe.all('payment_link');
	const session = await stripe.customer(String(made.url), 'pay');
	const ids = { payment_id: made.paymentId, request_id: 'quote-1042', workspace_id: 'desk', case_id: 'case-7' };

	expect(link?.metadata).toMatchObject(ids);
	expect(session).toMatchObject({ metadata: ids, client_reference_id: made.paymentId, amount_total: 25_000_000 });
	expect(stripe.get(String(session.payment_intent)).metadata).toMatchObject(ids);
	await expect(stripe.customer(String(made.url), 'pay')).rejects.toThrow('410');
});

test('S1: a session is shown in the chosen language', async () => {
	const made = first(
		await press(
			'checkoutSession',
			'create',
			{
				...ORDER,
				successUrl: 'https://wa.me/573001234567',
				expiresAfterMinutes: 60,
				options: { locale: 'pt-BR' },
			},
			item,
			'manual',
		),
	);
	expect(made).toMatchObject({ simulated: true, request: { body: { locale: 'pt-BR' } } });
});

test('S1: with all metadata of one’s own and an invoice Stripe still takes the link; what it cannot keep is named', async () => {
	const pairs = (count: number, key = 'key') => ({
		metadata: { pairs: Array.from({ length: count }, (_, index) => ({ key: `${key} ${index}`, value: 'v' })) },
	});
	const invoice = {
		data: { city: 'Medellín', email: 'a@b.co', legalName: 'Ferretería', taxId: '900123456-8', taxes: 'with' },
	};
	const json = { ...item, leadId: 'lead-1' };
	await createLink({ options: { ...pairs(35), invoice } }, json);
	expect(Object.keys(stripe.all('payment_link')[0]?.metadata ?? {}).length).toBeGreaterThan(45);

	const more = await press('paymentLink', 'create', { ...ORDER, options: pairs(36) });
	expect(more.error?.message).toContain("'Metadata' has more than 35 values");
	const nested = await press('paymentLink', 'create', { ...ORDER, options: pairs(1, 'order[0]') });
	expect(nested.error?.message).toContain("'Metadata' cannot be kept at 'order[0] 0'");
});

test('S8: the same request gives the same link and one message, also when fifty ask at once', async () => {
	const made = await Promise.all(Array.from({ length: 50 }, async () => await createLink()));

	expect(new Set(made.map(({ url }) => url)).size).toBe(1);
	expect(new Set(made.flatMap(({ crm }) => (crm as { outboxIds: string[] }).outboxIds)).size).toBe(1);
	expect(stripe.all('payment_link')).toHaveLength(1);
	expect(await listPayments(desk.store.db, 'desk', { limit: 10 })).toHaveLength(1);
});

test('S8: an answer that never came is asked for again with the same key, and there is one link', async () => {
	stripe.inject({ path: '/payment_links', times: 1, kind: 'lost' });
	const made = await createLink();

	expect(stripe.all('payment_link').map(({ id }) => id)).toEqual([made.paymentLinkId]);
	expect(new Set(posts().map(({ key }) => key)).size).toBe(1);
	expect(posts().length).toBeGreaterThan(1);
});

test('S8: when Stripe stays away nothing is sent, and the next run makes the link with the same key', async () => {
	stripe.inject({ path: '/payment_links', times: 4, kind: 'unavailable' });
	const { error } = await press('paymentLink', 'create', ORDER);
	expect(error?.message).toContain('Stripe is unavailable for now');
	expect((await listPayments(desk.store.db, 'desk', { limit: 10 }))[0]).toMatchObject({
		url: null,
		state: 'requested',
	});

	expect(await createLink()).toMatchObject({ url: expect.stringContaining('/pay/') });
	expect(new Set(posts().map(({ key }) => key)).size).toBe(1);
	expect(stripe.all('payment_link')).toHaveLength(1);
});

test('S8: a request that has its link is refused with another amount', async () => {
	await createLink();

	const { error } = await press('paymentLink', 'create', { ...ORDER, amount: '260.000' });
	expect(error?.message).toContain("'Request ID'");
	expect(stripe.all('payment_link')).toHaveLength(1);
});

test.each([
	['a deposit of a percentage', { kind: 'deposit', depositBy: 'percentage', depositPercentage: 30 }, 7_500_000],
	['a deposit of an amount', { kind: 'deposit', depositBy: 'amount', depositAmount: '100 mil' }, 10_000_000],
	['several pieces', { quantity: 3 }, 75_000_000],
])('S2: %s is collected exactly', async (_what, parameters, minor) => {
	const made = await createLink(parameters);

	expect(await stripe.customer(String(made.url), 'pay')).toMatchObject({ amount_total: minor, currency: 'cop' });
	expect((await listPayments(desk.store.db, 'desk', { limit: 1 }))[0]).toMatchObject({
		amount: minor,
		currency: 'COP',
	});
});

test('S2: the least that is charged is held against all pieces together, not against one', async () => {
	const made = await createLink({ amount: '0.10', currency: 'USD', quantity: 100 });
	expect(await stripe.customer(String(made.url), 'pay')).toMatchObject({ amount_total: 1_000, currency: 'usd' });

	const { error } = await press('paymentLink', 'create', { ...ORDER, amount: '0.10', currency: 'USD', quantity: 4 });
	expect(error?.message).toContain("'Amount' is less than can be charged");
});

test.each([
	['100 mil', '250 mil', undefined],
	['250 mil', '250 mil', "'amount' of the item is no deposit"],
	['300 mil', '250 mil', "'amount' of the item is no deposit"],
])('S2: a deposit of %s of %s that comes with the item', async (amount, total, refusal) => {
	const asked = { amount, total, currency: 'COP', description: 'Anticipo', kind: 'deposit' };
	const { error } = await press('paymentLink', 'create', { priceSource: 'item' }, { ...item, ...asked });

	if (refusal === undefined) expect(error).toBeUndefined();
	else expect(error?.message).toContain(refusal);
	expect(stripe.all('payment_link')).toHaveLength(refusal === undefined ? 1 : 0);
});

test('S2: a subscription of an existing price is one, and its metadata is on the subscription', async () => {
	const price = stripe.addPrice('Soporte', 4_990, 'usd', 'month');
	const list = await searchList(StripePaymentLink, 'searchPrices', { credentials: credentials() });
	expect(list.results).toMatchObject([
		{ name: expect.stringContaining('Soporte · $49.90 · every 1 month'), value: price },
	]);

	const made = await createLink({ kind: 'subscription', priceSource: 'existing', price: byId(price) });
	const session = await stripe.customer(String(made.url), 'pay');
	expect(session).toMatchObject({ mode: 'subscription', amount_total: 4_990 });
	expect(stripe.get(String(session.subscription)).metadata).toMatchObject({ payment_id: made.paymentId });

	const { error } = await press('paymentLink', 'create', { ...ORDER, priceSource: 'existing', price: byId(price) });
	expect(error?.message).toContain("'Price' cannot be used: it is paid again and again");
});

test.each([
	[{ amount: 'gratis' }, "'Amount' is no amount"],
	[
		{ amount: '12,345', currency: 'USD', kind: 'deposit', depositBy: 'amount', depositAmount: '99.999' },
		"'Deposit Amount'",
	],
	[{ currency: 'pesos' }, "'Currency' is no currency"],
	[{ description: ' ' }, "'Description' is empty"],
	[{ options: { buttonLabel: 'Pagar ahora mismo sin falta' } }, "'Button Label' is longer than 20"],
])('S2: %j is refused in words before anything is asked of Stripe', async (parameters: INodeParameters, words) => {
	const { error } = await press('paymentLink', 'create', { ...ORDER, ...parameters });

	expect(error?.message).toContain(words);
	expect(posts()).toEqual([]);
});

test('P6: by hand the exact request is shown, and nothing is written or asked', async () => {
	const shown = first(await press('paymentLink', 'create', ORDER, item, 'manual'));

	expect(shown).toMatchObject({
		simulated: true,
		request: {
			method: 'POST',
			url: `${stripe.url}/v1/payment_links`,
			body: {
				line_items: [{ price_data: { currency: 'cop', unit_amount: 25_000_000 }, quantity: 1 }],
				restrictions: { completed_sessions: { limit: 1 } },
			},
		},
		queued: { phoneNumberId: PHONE_NUMBER_ID },
	});
	expect(JSON.stringify(shown)).not.toContain(stripe.secretKey);
	expect(posts()).toEqual([]);
	expect(await listPayments(desk.store.db, 'desk', { limit: 1 })).toEqual([]);
});

test('Payment Link: Get, Get Many and Deactivate', async () => {
	const made = await createLink();
	const paymentLink = byId(made.paymentLinkId);

	expect(first(await press('paymentLink', 'get', { paymentLink }))).toMatchObject({
		active: true,
		uses: 1,
		timesPaid: 0,
	});
	expect(all(await press('paymentLink', 'getAll', { returnAll: true }))).toHaveLength(1);
	const list = await searchList(StripePaymentLink, 'searchPaymentLinks', { credentials: credentials() });
	expect(list.results).toMatchObject([{ name: expect.stringContaining('quote-1042'), value: made.paymentLinkId }]);
	expect(first(await press('paymentLink', 'deactivate', { paymentLink }, item, 'manual'))).toMatchObject({
		simulated: true,
	});
	expect(first(await press('paymentLink', 'deactivate', { paymentLink }))).toMatchObject({ active: false });
	await expect(stripe.customer(String(made.url), 'pay')).rejects.toThrow('410');
	expect((await press('paymentLink', 'get', { paymentLink: byId('plink_gone') })).error?.message).toContain(
		'Stripe does not know this ID',
	);
});

test('S3: a session expires, gives a link to start over, and takes nothing any more', async () => {
	const made = first(
		await press('checkoutSession', 'create', {
			...ORDER,
			successUrl: 'https://wa.me/573001234567',
			expiresAfterMinutes: 60,
			options: { recovery: true },
		}),
	);
	const sessionId = String(made.sessionId);
	expect(first(await press('checkoutSession', 'get', { sessionId }))).toMatchObject({
		status: 'open',
		amount: '250000',
		currency: 'COP',
		paymentId: made.paymentId,
	});

	expect(first(await press('checkoutSession', 'expire', { sessionId }))).toMatchObject({
		status: 'expired',
		url: null,
		recoveryUrl: expect.stringContaining('recover'),
	});
	await expect(stripe.customer(String(made.url), 'pay')).rejects.toThrow('410');
});

test('Payment: Get shows what the desk knows beside what Stripe says; Get Many lists', async () => {
	const made = await createLink();
	await stripe.customer(String(made.url), 'pay');
	const payment = byId(made.paymentId);

	expect(first(await press('payment', 'get', { payment }))).toMatchObject({
		amount: '250000',
		caseId: 'case-7',
		attempts: [{ status: 'complete', paymentStatus: 'paid', amount: '250000' }],
	});
	expect(all(await press('payment', 'getAll', { filters: { state: 'requested' } }))).toHaveLength(1);
	expect(all(await press('payment', 'getAll', { filters: { state: 'refunded' } }))).toEqual([]);
	expect((await press('payment', 'get', { payment: byId('nobody') })).error?.message).toContain('There is no payment');
});

test('S10: a refund in part and then the rest, each once, with who approved it in the audit log', async () => {
	const made = await createLink();
	await stripe.customer(String(made.url), 'pay');
	const refund = async (requestId: string, amount?: string) =>
		await press('refund', 'create', {
			payment: byId(made.paymentId),
			approvedBy: 'Carolina Rojas',
			options: { requestId, reason: 'requested_by_customer', ...(amount === undefined ? {} : { amount }) },
		});

	const part = first(await refund('back-1', '50.000'));
	expect(part).toMatchObject({ amount: '50000', status: 'succeeded', approvedBy: 'Carolina Rojas' });
	expect(first(await refund('back-1', '50.000')).refundId).toBe(part.refundId);
	expect(first(await press('refund', 'get', { refundId: String(part.refundId) }))).toMatchObject({ amount: '50000' });
	expect(first(await refund('back-2'))).toMatchObject({ amount: '200000' });
	expect((await refund('back-3')).error?.message).toContain('This payment has been refunded in whole');
	expect(stripe.all('refund')).toHaveLength(2);
	const { contactId } = item.crm as { contactId: string };
	const audit = await auditOfChain(desk.store.db, 'desk', contactId, { limit: 100 });
	expect(audit.filter(({ action }) => action === 'payment.refund_created')).toMatchObject([
		{ actor: 'Carolina Rojas' },
		{ actor: 'Carolina Rojas' },
	]);
});

test('S8: Stripe fails at a refund: the item says so and when to run it again, and what went back all the same is found', async () => {
	const made = await createLink();
	await stripe.customer(String(made.url), 'pay');
	const refund = async () =>
		await press('refund', 'create', {
			payment: byId(made.paymentId),
			approvedBy: 'Carolina Rojas',
			options: { amount: '50.000', requestId: 'back-1' },
		});
	stripe.inject({ path: '/refunds', method: 'POST', times: 1, kind: 'server_error_done' });
	const { error } = await refund();
	expect(error?.message).toBe('Stripe failed at this refund and does not say whether the money went back');
	expect(error?.description).toContain('Run this node again in 30 minutes');
	expect(first(await refund())).toMatchObject({ amount: '50000', refundId: stripe.all('refund')[0]?.id });
	expect(stripe.all('refund')).toHaveLength(1);
});

test('S10: of a subscription the period that is chosen goes back', async () => {
	const made = await createLink({ kind: 'subscription', interval: 'month' });
	const { subscription } = await stripe.customer(String(made.url), 'pay');
	stripe.renew(String(subscription), true);
	const refund = async (options: INodeParameters) =>
		await press('refund', 'create', { payment: byId(made.paymentId), approvedBy: 'Carolina Rojas', options });
	const { error } = await refund({});
	expect(error?.message).toContain("'Payment' was collected more than once");
	const [period] = stripe.all('payment_intent').map(({ id }) => id);
	expect(error?.description).toContain(period);
	expect(first(await refund({ paymentIntent: period, amount: '50.000' }))).toMatchObject({ paymentIntentId: period });
});

test('S10: nothing that was not collected is refunded', async () => {
	const made = await createLink();
	const { error } = await press('refund', 'create', { payment: byId(made.paymentId), approvedBy: 'Carolina Rojas' });

	expect(error?.message).toContain("'Payment' has nothing that could be refunded");
});

test('Price: Get Many lists what is sold', async () => {
	stripe.addPrice('Soporte', 4_990, 'usd', 'month');
	stripe.addPrice('Visita', 15_990, 'clp');

	expect(all(await press('price', 'getAll'))).toMatchObject([
		{ product: 'Visita', amount: '15990', currency: 'CLP', interval: null },
		{ product: 'Soporte', amount: '49.90', currency: 'USD', interval: 'month' },
	]);
});

test('C4: whatever moves money is refused to models, and what they may read is bound to a customer', () => {
	const operations = stripePaymentLinkResources.flatMap((resource) =>
		resource.operations.map((operation) => ({ name: `${resource.value}:${operation.value}`, operation })),
	);
	const refused = operations.filter(({ operation }) => operation.needsApproval === true).map(({ name }) => name);
	const free = operations
		.filter(({ operation }) => operation.needsApproval !== true && !('customerOf' in operation))
		.map(({ name }) => name);

	expect(refused.sort()).toEqual([
		'checkoutSession:create',
		'checkoutSession:expire',
		'paymentLink:create',
		'paymentLink:createApproved',
		'paymentLink:deactivate',
		'refund:create',
		'refund:createApproved',
	]);
	expect(free).toEqual(['price:getAll']);
});

describe('S13: what a formal invoice is made out to', () => {
	const data = {
		legalName: 'Ferretería La 80 S.A.S.',
		taxId: '800.197.268-4',
		email: 'compras@la80.example',
		city: 'Medellín',
		taxes: 'with',
	};
	const kept = {
		invoice_name: 'Ferretería La 80 S.A.S.',
		invoice_tax_id: '800197268-4',
		invoice_tax_id_type: 'NIT',
		invoice_email: 'compras@la80.example',
		invoice_city: 'Medellín',
		invoice_taxes: 'with',
	};
	const detailsOf = async () =>
		JSON.parse((await listPayments(desk.store.db, 'desk', { limit: 1 }))[0]?.details ?? '{}') as object;

	test('given in the node it is kept with the payment and reaches Stripe with link and payment', async () => {
		const made = await createLink({ options: { invoice: { data } } });
		expect(stripe.all('payment_link')[0]?.metadata).toMatchObject(kept);
		const session = await stripe.customer(String(made.url), 'pay');
		expect(stripe.get(String(session.payment_intent)).metadata).toMatchObject(kept);
		expect(await detailsOf()).toMatchObject({ invoice: { taxId: '800197268-4', city: 'Medellín' } });
	});

	test('a tax id with a wrong check digit makes no link', async () => {
		const options = { invoice: { data: { ...data, taxId: '800.197.268-5' } } };
		const { error } = await press('paymentLink', 'create', { ...ORDER, options });
		expect(error?.message).toContain("'Tax ID' cannot be used: its check digit does not fit");
		expect(stripe.all('payment_link')).toEqual([]);
	});

	test('without the option it is what the case holds', async () => {
		const { conversationId, contactId } = item.crm as { conversationId: string; contactId: string };
		const opened = await openCase(desk.store, {
			contactId,
			conversationId,
			requestId: 'case-invoice',
			type: 'quotation',
			area: 'sales',
			subject: '3 impresoras',
			fields: {},
			attachments: [],
		});
		await desk.store.db
			.updateTable('cases')
			.set({ fields: JSON.stringify({ invoice: data }) })
			.where('id', '=', opened.case.id)
			.execute();
		await createLink({}, { ...item, caseId: opened.case.id });
		expect(stripe.all('payment_link')[0]?.metadata).toMatchObject(kept);
	});
});
