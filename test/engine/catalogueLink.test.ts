import type { IDataObject, WorkflowExecuteMode } from 'n8n-workflow';

import { StripePaymentLink } from '../../nodes/StripePaymentLink/StripePaymentLink.node';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import { importItems } from '../../nodes/shared/usecases/knowledge/importItems';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { WAYS_OF_AGENTS } from '../support/agentTool';
import { pressNode, runWorkflow, type RunOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;
let stripe: StripeSimulator;
let crm: IDataObject;
let written: IDataObject;

beforeEach(async () => {
	written = {};
	desk = await TemplateDesk.open();
	stripe = await startStripeSimulator({ latencyMs: 2 });
	await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	crm = {
		workspaceId: 'desk',
		channelId: PHONE_NUMBER_ID,
		contactId: conversation?.contact_id,
		conversationId: conversation?.id,
		requestId: 'turn-1',
	};
	await importItems(
		desk.store,
		[
			{ sku: 'HP-107W', name: 'Impresora HP 107w', price: '450000', currency: 'COP' },
			{ sku: 'OLD-1', name: 'Fax', price: '90000', currency: 'COP', priceValidUntil: '2020-01-01' },
			{ sku: 'GONE-1', name: 'Teletipo', price: '90000', currency: 'COP', active: 'no' },
		],
		{ dryRun: false, actor: 'test', columns: { priceValidUntil: 'priceValidUntil', active: 'active' } },
	);
});

afterEach(async () => {
	await stripe.stop();
	await desk.close();
});

const credentials = () => ({ ...desk.credentials, stripePaymentsApi: stripe.credential });
const parameters = (sku: string, quantity = 1) => ({
	resource: 'paymentLink',
	operation: 'createFromCatalogue',
	sku,
	quantity,
	mostPieces: 5,
});

async function create(sku: string, quantity = 1, mode: WorkflowExecuteMode = 'trigger') {
	return await pressNode({
		node: StripePaymentLink,
		mode,
		parameters: parameters(sku, quantity),
		inputItems: [{ json: { crm } }],
		credentials: credentials(),
	});
}

describe.each(WAYS_OF_AGENTS)('S11: a model that makes a link %s', (_way, asTool) => {
	const call = async (sku: string, quantity = 1, agentItem: IDataObject = { crm }): Promise<RunOutcome> =>
		await runWorkflow({
			nodes: [
				{ name: 'Bot', type: 'n8n-nodes-base.noOp' },
				{
					name: 'Tool',
					type: 'n8n-nodes-whatsapp-crm.stripePaymentLink',
					parameters: parameters(sku, quantity),
				},
			],
			nodeClasses: [asTool(StripePaymentLink, () => written)],
			connections: { Bot: { main: [[{ node: 'Tool', type: 'main', index: 0 }]] } },
			credentials: credentials(),
			startNode: 'Bot',
			inputItems: [{ json: agentItem }],
		});

	test('chooses what and how many, never the price or the customer', async () => {
		written = { amount: '1', price: 1, crm: { ...crm, contactId: 'somebody-else' }, contactId: 'somebody-else' };
		const { error } = await call('HP-107W', 2);

		expect(error).toBeUndefined();
		expect(await listPayments(desk.store.db, 'desk', { limit: 5 })).toMatchObject([
			{ amount: 90_000_000, currency: 'COP', contact_id: crm.contactId, description: '2 × Impresora HP 107w' },
		]);
	});

	test('makes one link a turn: another one in the same turn is refused', async () => {
		await call('HP-107W');
		await call('HP-107W');
		expect(stripe.all('payment_link')).toHaveLength(1);
		expect((await call('HP-107W', 3)).error).toBeDefined();
		expect(stripe.all('payment_link')).toHaveLength(1);
	});

	test('works for nobody: nothing is made', async () => {
		expect((await call('HP-107W', 1, { question: 'x' })).error?.message).toContain('The model works for no customer');
		expect(stripe.all('payment_link')).toEqual([]);
	});
});

test.each([
	['of what is not sold', 'NOBODY', 1, "Nothing is sold under 'Product Code' 'NOBODY'"],
	['of nothing', ' ', 1, "'Product Code' is empty"],
	['of what was taken out of the catalogue', 'GONE-1', 1, "Nothing is sold under 'Product Code' 'GONE-1'"],
	['whose price is out of date', 'OLD-1', 1, "'Fax' has no price today"],
	['of a name that every object has', 'constructor', 1, 'Nothing is sold'],
	['of more pieces than allowed', 'HP-107W', 6, "'Quantity' is more than 'Most Pieces': 6 of 5"],
])('S1: a link %s is refused in words', async (_what, sku, quantity, sentence) => {
	expect((await create(sku, quantity)).error?.message).toContain(sentence);
	expect(stripe.all('payment_link')).toEqual([]);
});

test('S1: the customer gets the message with its button once, and can pay', async () => {
	const made = (await create('HP-107W', 2)).outputs[0]?.[0]?.json;
	expect(made).toMatchObject({ amountText: expect.stringMatching(/^\$\s900\.000$/u), message: { type: 'url_button' } });
	expect((await create('HP-107W', 2)).outputs[0]?.[0]?.json.url).toBe(made?.url);
	expect(await stripe.customer(String(made?.url), 'pay')).toMatchObject({ amount_total: 90_000_000 });
});

test('U5: by hand it shows the exact request and makes nothing', async () => {
	expect((await create('HP-107W', 1, 'manual')).outputs[0]?.[0]?.json).toMatchObject({ simulated: true });
	expect(stripe.all('payment_link')).toEqual([]);
});
