import type { INodeExecutionData } from 'n8n-workflow';

import { StripePaymentLink } from '../../nodes/StripePaymentLink/StripePaymentLink.node';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import { savePaymentTrigger } from '../../nodes/shared/store/repositories/paymentTriggers';
import { claimEmission } from '../../nodes/shared/usecases/emit/emissions';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { pressNode, runWorkflow, type RunOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const WEBHOOK = 'payments-of-the-template';

let desk: TemplateDesk;
let stripe: StripeSimulator;
let asked = 0;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina Rojas', areas: ['sales'] },
			{ name: 'Marta Ruiz', role: 'administrator' },
		],
	});
	stripe = await startStripeSimulator({ now: () => Date.now() });
	await savePaymentTrigger(desk.store, 'stripe', 'test', WEBHOOK);
	await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
});

afterEach(async () => {
	await stripe.stop();
	await desk.close();
});

const credentials = () => ({ ...desk.credentials, stripePaymentsApi: stripe.credential });

async function ask(description: string): Promise<string> {
	asked += 1;
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	const crm = {
		workspaceId: 'desk',
		channelId: PHONE_NUMBER_ID,
		contactId: conversation?.contact_id,
		conversationId: conversation?.id,
		requestId: `quote-${asked}`,
	};
	const { outputs, error } = await pressNode({
		node: StripePaymentLink,
		mode: 'trigger',
		parameters: { resource: 'paymentLink', operation: 'create', priceSource: 'item' },
		inputItems: [{ json: { crm, amount: '250.000', currency: 'COP', description } }],
		credentials: credentials(),
	});
	if (error) throw error;
	return String(outputs[0]?.[0]?.json.url);
}

async function reconcile(mode: 'trigger' | 'manual' = 'trigger'): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('payment-reconciliation.json');
	const run = await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials: credentials(),
		startNode: mode === 'manual' ? 'Probar la conciliación' : 'Cada mañana',
		mode,
		inputItems: [{ json: {} }],
	});
	expect([run.status, run.error?.message]).toEqual(['success', undefined]);
	return run;
}

const report = (run: RunOutcome): INodeExecutionData['json'] =>
	run.outputs['Comparar con Stripe']?.[0]?.[0]?.json ?? {};
const told = async () => {
	const rows = await listNotifications(desk.store.db, 'desk', { limit: 50 });
	return rows.filter(({ kind }) => kind === 'team.told').map(({ text }) => text);
};
const states = async () =>
	(await listPayments(desk.store.db, 'desk', { limit: 9 })).map(({ description, state }) => [description, state]);

test('S9: what a lost webhook left out is repaired, leaves on the payment trigger, and the administrators read the list', async () => {
	await stripe.customer(await ask('3 impresoras'), 'pay');
	const forged = await stripe.customer(await ask('Una silla'), 'pay');
	forged.amount_total = 100;
	await ask('Una mesa');
	expect((await states()).map(([, state]) => state)).toEqual(['requested', 'requested', 'requested']);

	await reconcile();

	expect(Object.fromEntries(await states())).toEqual({
		'3 impresoras': 'paid',
		'Una silla': 'requested',
		'Una mesa': 'requested',
	});
	const [text, ...others] = await told();
	expect(others).toEqual([]);
	expect(text).toContain('Conciliación de pagos · PROSUMINISTROS · 2026-01-13');
	expect(text).toContain('Comparados: 2. Puestos al día: 1. Por revisar: 1.');
	expect(text).toMatch(/• \$.250\.000 · 3 impresoras: pedido → pagado/u);
	expect(text).toMatch(/Una silla: no coincide \(el valor es otro\) y no se confirmó/u);
	const emission = await claimEmission(desk.store, WEBHOOK, 10);
	expect(Object.keys(emission?.items ?? {}).sort()).toEqual(['mismatch', 'paid']);
});

test('S9: run again, or with nothing to tell, nobody is told', async () => {
	const run = await reconcile();
	expect(report(run)).toMatchObject({ compared: 0, text: expect.stringContaining('Todo coincide con Stripe') });
	await stripe.customer(await ask('3 impresoras'), 'pay');
	await reconcile();
	await reconcile();
	expect(await told()).toHaveLength(1);
});

test('S9: Stripe does not answer: the administrators read why, and nothing is changed', async () => {
	await stripe.customer(await ask('3 impresoras'), 'pay');
	stripe.inject({ path: '/checkout/sessions', times: 9, kind: 'unavailable' });
	await reconcile();
	expect(await told()).toEqual([expect.stringContaining('Stripe is unavailable for now')]);
	expect(await states()).toEqual([['3 impresoras', 'requested']]);
});

test('U3: by hand it is compared and shown, and nobody is told', async () => {
	await stripe.customer(await ask('3 impresoras'), 'pay');
	const run = await reconcile('manual');
	expect(report(run)).toMatchObject({
		simulated: true,
		repaired: 1,
		text: expect.stringContaining('3 impresoras: pedido → pagado'),
	});
	expect(await told()).toEqual([]);
	expect(await states()).toEqual([['3 impresoras', 'requested']]);
});
