import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { INBOX_OUTPUTS } from '../../nodes/shared/domain/inbox/requests';
import { listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import { claimEmission, failEmission } from '../../nodes/shared/usecases/emit/emissions';
import { runCommand } from '../../nodes/shared/usecases/inbox/runCommand';
import { viewerOf } from '../../nodes/shared/usecases/inbox/viewer';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const INBOX = 'inbox-of-the-template';

const template = shippedWorkflow('customer-payment-link.json');
const inbox = shippedWorkflow('advisor-inbox.json');

let desk: TemplateDesk;
let stripe: StripeSimulator;
let conversationId = '';
let contactId = '';

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina Rojas', areas: ['sales'] },
			{ name: 'Marta Ruiz', role: 'administrator' },
		],
	});
	stripe = await startStripeSimulator();
	await desk.simulator.customer({ waId: LAURA, profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	conversationId = conversation?.id ?? '';
	contactId = conversation?.contact_id ?? '';
	await desk.store.db.updateTable('conversations').set({ area: 'sales' }).execute();
});

afterEach(async () => {
	await stripe.stop();
	await desk.close();
});

const advisor = async (name: string) => {
	const found = (await listAdvisors(desk.store.db, 'desk')).find((one) => one.name === name);
	if (found === undefined) throw new Error(`There is no ${name}`);
	return found;
};

/** Carolina asks for a link in the inbox; the items are what the inbox's branch hands to the template. */
async function click(input: IDataObject): Promise<INodeExecutionData[]> {
	await runCommand(desk.store, viewerOf(await advisor('Carolina Rojas')), {
		command: 'requestPaymentLink',
		requestId: desk.store.newId(),
		input: { conversationId, currency: 'COP', description: '3 impresoras', ...input },
		webhookId: INBOX,
	});
	return await branchItems();
}

/** The inbox's own workflow carries the click; what reaches the node that calls the template, which ships switched off. */
async function branchItems(): Promise<INodeExecutionData[]> {
	const emission = await claimEmission(desk.store, INBOX, 100);
	if (emission === undefined) throw new Error('Nothing was clicked');
	const run = await runWorkflow({
		nodes: inbox.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections: inbox.connections,
		settings: inbox.settings,
		credentials: desk.credentials,
		startNode: 'Cuando el equipo usa la bandeja',
		inputItems: INBOX_OUTPUTS.map((output) =>
			output === 'due' ? [] : (emission.items[output] ?? []).map((json) => ({ json: json as IDataObject })),
		),
		executionId: emission.id,
	});
	expect(run.status).toBe('success');
	// It dies before n8n says that it ended: the click is carried once more.
	await failEmission(desk.store, emission.id, 'n8n stopped');
	return run.outputs['Crear y enviar el enlace']?.[0] ?? [];
}

const again = async (): Promise<INodeExecutionData[]> => {
	await desk.store.db.updateTable('journal').set({ ready_at: 0 }).where('state', '=', 'ready').execute();
	return await branchItems();
};

async function carry(inputItems: readonly INodeExecutionData[], mode: 'integrated' | 'manual' = 'integrated') {
	const run = await runWorkflow({
		nodes: template.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections: template.connections,
		settings: template.settings,
		credentials: { ...desk.credentials, stripePaymentsApi: stripe.credential },
		startNode: 'Cuando se pide un enlace de pago',
		mode,
		...(mode === 'manual' ? { pinData: template.pinData } : { inputItems: inputItems.map(({ json }) => ({ json })) }),
	});
	await desk.settle();
	return run;
}

const succeeded = (run: RunOutcome) => {
	expect([run.status, run.error?.message, run.errors]).toEqual(['success', undefined, {}]);
	return run;
};

const payments = async () => await listPayments(desk.store.db, 'desk', { limit: 10 });
const toldTo = async (name: string): Promise<string[]> => {
	const { id } = await advisor(name);
	return (await listNotifications(desk.store.db, 'desk', { advisorId: id, limit: 20 })).map(({ text }) => text);
};
const buttons = () =>
	desk.simulator.ledger.sends.map((send) => JSON.stringify(send)).filter((send) => send.includes('cta_url'));

test('S1, S3: the advisor asks in the inbox, and the customer has one button with the amount', async () => {
	succeeded(await carry(await click({ amount: '250.000' })));

	const [payment, ...others] = await payments();
	const { id } = await advisor('Carolina Rojas');
	expect(others).toEqual([]);
	expect(payment).toMatchObject({
		amount: 25_000_000,
		currency: 'COP',
		description: '3 impresoras',
		kind: 'full',
		state: 'requested',
		contact_id: contactId,
		conversation_id: conversationId,
		created_by: `advisor:${id}`,
	});
	expect(buttons()).toHaveLength(1);
	expect(buttons()[0]).toContain(String(payment?.url));
	expect(buttons()[0]).toMatch(/Pagar \$.250\.000/u);
	expect(desk.bubbles(LAURA).at(-1)).toContain('3 impresoras');
});

test('S1: n8n stops before the click is acknowledged: carried twice there is one link and one message', async () => {
	succeeded(await carry(await click({ amount: '250.000' })));
	succeeded(await carry(await again()));

	expect(stripe.all('payment_link')).toHaveLength(1);
	expect(buttons()).toHaveLength(1);
	expect(await payments()).toHaveLength(1);
});

test('S1: a deposit and a subscription are asked for as the dialog names them', async () => {
	succeeded(await carry(await click({ amount: '100.000', kind: 'deposit', description: 'Anticipo' })));
	succeeded(await carry(await click({ amount: '80.000', kind: 'subscription', description: 'Soporte' })));

	expect((await payments()).map(({ kind, amount }) => [kind, amount]).sort()).toEqual([
		['deposit', 10_000_000],
		['subscription', 8_000_000],
	]);
	expect(buttons()).toHaveLength(2);
});

test('S6: Stripe takes less for nobody: who asked reads why, once, the customer nothing, and the click beside it goes on', async () => {
	const before = desk.simulator.ledger.sends.length;
	const refused = await click({ amount: '5', currency: 'MXN', description: 'Muy poco' });
	const fine = await click({ amount: '250.000' });
	succeeded(await carry([...refused, ...fine]));
	succeeded(await carry(refused));

	const told = (await toldTo('Carolina Rojas')).filter((text) => text.includes('No se pudo crear'));
	expect(told).toEqual([expect.stringMatching(/de Laura por 5 MXN: 'Amount' is less than can be charged/u)]);
	expect(buttons()).toHaveLength(1);
	expect(desk.simulator.ledger.sends).toHaveLength(before + 1);
	expect((await payments()).map(({ description }) => description)).toEqual(['3 impresoras']);
});

test('S6: while Stripe is away who asked is told, and asking for the same again makes the one link', async () => {
	stripe.inject({ path: '/payment_links', times: 4, kind: 'unavailable' });
	succeeded(await carry(await click({ amount: '250.000' })));
	expect(await toldTo('Carolina Rojas')).toEqual([expect.stringContaining('Stripe is unavailable for now')]);
	expect(buttons()).toEqual([]);

	succeeded(await carry(await again()));
	expect(stripe.all('payment_link')).toHaveLength(1);
	expect(buttons()).toHaveLength(1);
});

test('S1: a branch of the bot asks for the payment of a case', async () => {
	const crm = { workspaceId: 'desk', channelId: PHONE_NUMBER_ID, contactId, conversationId, requestId: 'effect-7' };
	succeeded(
		await carry([
			{
				json: {
					crm,
					caseId: 'case-7',
					amount: 100000,
					total: 400000,
					currency: 'COP',
					description: 'Anticipo',
					kind: 'deposit',
				},
			},
		]),
	);

	expect(await payments()).toMatchObject([{ kind: 'deposit', case_id: 'case-7', request_id: 'effect-7' }]);
	expect(desk.bubbles(LAURA).at(-1)).toMatch(/anticipo de .*100\.000.*de un total de .*400\.000/u);
});

test('S1: a request of nobody’s conversation makes its link, and there is nobody to send it to', async () => {
	const run = succeeded(
		await carry([{ json: { requestId: 'counter-7', amount: '80.000', currency: 'COP', description: 'Mostrador' } }]),
	);

	expect(run.outputs['Enviar el enlace al cliente']?.[0]?.[0]?.json).toMatchObject({
		skipped: true,
		reason: expect.stringContaining('no conversation'),
	});
	expect(await payments()).toMatchObject([{ description: 'Mostrador', contact_id: null }]);
	expect(buttons()).toEqual([]);
});

test('S6: a request without an amount says what is missing', async () => {
	succeeded(await carry([{ json: { description: 'Algo', currency: 'COP' } }]));

	expect(await toldTo('Marta Ruiz')).toEqual([
		expect.stringContaining("'Price Source' finds no request in the item: 'amount' is missing"),
	]);
	expect(await payments()).toEqual([]);
});

test('U3: by hand the request to Stripe is shown, and nothing is made or sent', async () => {
	const before = desk.simulator.ledger.sends.length;
	const run = succeeded(await carry([], 'manual'));

	expect(run.outputs['Crear el enlace de pago']?.[0]?.[0]?.json).toMatchObject({
		simulated: true,
		request: { method: 'POST', url: expect.stringContaining('/payment_links') },
	});
	expect(stripe.all('payment_link')).toEqual([]);
	expect(desk.simulator.ledger.sends).toHaveLength(before);
	expect(await payments()).toEqual([]);
});
