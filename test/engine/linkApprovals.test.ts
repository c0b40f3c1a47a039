/** A payment link of a free amount that a model asks a person for: that link, for that customer, once (C4, S1). */
import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { StripePaymentLink } from '../../nodes/StripePaymentLink/StripePaymentLink.node';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import { expireApprovals } from '../../nodes/shared/usecases/approvals/expireApprovals';
import type { Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { WAYS_OF_AGENTS } from '../support/agentTool';
import { pressNode, runWorkflow, type PressOutcome, type RunOutcome } from '../support/engine';
import { ask, clicks, command, viewer } from '../support/inbox';
import { TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const PEDRO = '573004445566';

let desk: TemplateDesk;
let stripe: StripeSimulator;
let boss: Viewer;
let laura: IDataObject;
let pedro: IDataObject;
/** What the model writes into the tool's item. */
let written: IDataObject;

beforeEach(async () => {
	desk = await TemplateDesk.open();
	stripe = await startStripeSimulator({ latencyMs: 2 });
	written = {};
	boss = await viewer(desk.store, 'Sofía Peña', [], 'supervisor');
	laura = await desk.newcomer(LAURA, 'Laura');
	pedro = await desk.newcomer(PEDRO, 'Pedro');
});

afterEach(async () => {
	await stripe.stop();
	await desk.close();
});

const credentials = () => ({ ...desk.credentials, stripePaymentsApi: stripe.credential });

const asked = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'paymentLink',
	operation: 'create',
	priceSource: 'amount',
	kind: 'full',
	amount: '350.000',
	currency: 'COP',
	description: 'Instalación de la impresora',
	quantity: 1,
	options: {},
	...more,
});

/** The tool as an agent runs it. */
async function callTool(
	asTool: (typeof WAYS_OF_AGENTS)[number][1],
	more: INodeParameters = {},
	agentItems: readonly IDataObject[] = [{ crm: laura }],
): Promise<RunOutcome> {
	return await runWorkflow({
		nodes: [
			{ name: 'Bot', type: 'n8n-nodes-base.noOp' },
			{ name: 'Tool', type: 'n8n-nodes-whatsapp-crm.stripePaymentLink', parameters: asked(more) },
		],
		nodeClasses: [asTool(StripePaymentLink, () => written)],
		connections: { Bot: { main: [[{ node: 'Tool', type: 'main', index: 0 }]] } },
		credentials: credentials(),
		startNode: 'Bot',
		inputItems: agentItems.map((json) => ({ json })),
	});
}

function result({ outputs, error }: RunOutcome): IDataObject {
	if (error) throw error;
	return outputs.Tool?.[0]?.[0]?.json ?? {};
}

const [[, asTool]] = WAYS_OF_AGENTS;

/** A supervisor's click, and the item with which the inbox's trigger starts the workflow. */
async function decided(decision: 'approve' | 'reject' = 'approve'): Promise<IDataObject> {
	const { rows } = await ask(desk.store, boss, 'approvals');
	await command(desk.store, boss, 'decideApproval', { approvalId: rows.at(-1)?.id, decision, reason: 'visto' });
	return (await clicks(desk.store)).filter(({ output }) => output === 'other').at(-1)?.item as unknown as IDataObject;
}

async function createApproved(
	json: IDataObject,
	more: INodeParameters = {},
	mode: WorkflowExecuteMode = 'trigger',
): Promise<PressOutcome> {
	return await pressNode({
		node: StripePaymentLink,
		mode,
		parameters: { resource: 'paymentLink', operation: 'createApproved', ...more },
		inputItems: [{ json }],
		credentials: credentials(),
	});
}

const approvals = async () =>
	await desk.store.db.selectFrom('approvals').selectAll().where('workspace_id', '=', 'desk').orderBy('id').execute();
const payments = async (of: IDataObject = laura) =>
	await listPayments(desk.store.db, 'desk', { contactId: String(of.contactId), limit: 10 });
const queued = async (of: IDataObject = laura) =>
	(
		await desk.store.db
			.selectFrom('outbox')
			.select('message')
			.where('contact_id', '=', String(of.contactId))
			.where('request_id', 'like', 'payment:%')
			.execute()
	).map(({ message }) => JSON.parse(message) as { text: string; url: string });

describe.each(WAYS_OF_AGENTS)('C4: a link of a free amount that a model asks for %s', (_way, tool) => {
	test('makes none: a person sees amount, customer and reason, once, however often it is asked', async () => {
		const answers = [result(await callTool(tool)), result(await callTool(tool))];

		expect(answers[1]).toEqual(answers[0]);
		expect(answers[0]).toEqual({
			approval: {
				number: 'A-1',
				state: 'pending',
				summary: expect.stringMatching(
					/^Enviar a .+ un enlace para pagar \$\s350\.000 por Instalación de la impresora$/u,
				),
			},
			message: expect.stringContaining("needs a person's approval. The request has the number A-1"),
		});
		expect((await ask(desk.store, boss, 'approvals')).rows).toMatchObject([
			{ number: 'A-1', conversationId: laura.conversationId, state: 'pending' },
		]);
		expect([stripe.all('payment_link'), await payments(), await queued()]).toEqual([[], [], []]);
	});

	test('is made and sent once after the yes, by the workflow, the model’s next call and a repeat at once', async () => {
		await callTool(tool);
		const item = await decided();
		const [byModel, byWorkflow, again] = await Promise.all([
			callTool(tool),
			createApproved(item),
			createApproved(item),
		]);

		expect(result(byModel)).toMatchObject({ approval: { number: 'A-1', state: 'used' } });
		expect(byWorkflow.error ?? again.error).toBeUndefined();
		const made = await payments();
		expect(made).toMatchObject([
			{ amount: 35_000_000, currency: 'COP', kind: 'full', conversation_id: laura.conversationId },
		]);
		expect(stripe.all('payment_link')).toHaveLength(1);
		expect(await queued()).toEqual([expect.objectContaining({ url: made[0]?.url })]);
		expect(await stripe.customer(String(made[0]?.url), 'pay')).toMatchObject({ amount_total: 35_000_000 });
		expect(byWorkflow.outputs[0]?.[0]?.json).toMatchObject({
			approval: 'A-1',
			crm: { contactId: laura.contactId, outboxIds: [expect.any(String)] },
			url: made[0]?.url,
		});
		expect(result(await callTool(tool))).toMatchObject({
			approval: { state: 'used' },
			message: expect.stringContaining('has been done already'),
		});
		const lines = await auditOfChain(desk.store.db, 'desk', String(laura.contactId), { limit: 100 });
		expect(lines.filter(({ action }) => action === 'approval.used')).toHaveLength(1);
		expect(lines.filter(({ action }) => action === 'payment.link_created')).toMatchObject([{ actor: 'assistant' }]);
	});

	test('is for the customer of the conversation, whatever the model writes', async () => {
		written = { crm: pedro, contactId: pedro.contactId, caseId: 'case-of-pedro', advisorId: 'boss', amount: 1 };
		await callTool(tool);
		expect(await approvals()).toMatchObject([{ contact_id: laura.contactId }]);
		await createApproved(await decided());
		expect(await payments(pedro)).toEqual([]);
		expect(await payments()).toMatchObject([{ amount: 35_000_000, case_id: null, created_by: 'assistant' }]);
	});

	test('of nobody’s conversation leaves nothing', async () => {
		expect((await callTool(tool, {}, [{ question: 'x' }])).error?.message).toContain('The model works for no customer');
		expect((await callTool(tool, {}, [{ crm: laura }, { crm: pedro }])).error?.message).toContain(
			'for several at once',
		);
		expect(await approvals()).toEqual([]);
	});
});

describe('C4: attacks on an approved link', () => {
	test.each<[string, INodeParameters]>([
		['another amount', { amount: '350.001' }],
		['another currency', { currency: 'USD', amount: '350' }],
		['another reason', { description: 'Una moto' }],
		['more pieces', { quantity: 2 }],
	])('%s is another request, whatever was approved before', async (_what, more) => {
		await callTool(asTool);
		await decided();
		expect(result(await callTool(asTool, more))).toMatchObject({ approval: { number: 'A-2', state: 'pending' } });
		expect(stripe.all('payment_link')).toEqual([]);
	});

	test('the same wish of another customer is their own request', async () => {
		await callTool(asTool);
		await decided();
		expect(result(await callTool(asTool, {}, [{ crm: pedro }]))).toMatchObject({
			approval: { number: 'A-2', state: 'pending' },
		});
		expect(stripe.all('payment_link')).toEqual([]);
	});

	test('an amount that somebody changed in the database after it was asked for is not charged', async () => {
		await callTool(asTool);
		const item = await decided();
		const [row] = await approvals();
		const forged = JSON.stringify({ ...(JSON.parse(row?.parameters ?? '{}') as object), amount: 100, unitAmount: 100 });
		await desk.store.db.updateTable('approvals').set({ parameters: forged }).execute();
		expect((await createApproved(item)).error?.message).toContain('A-1 is not what was asked for any more');
		expect(stripe.all('payment_link')).toEqual([]);
	});

	test('values that somebody changed on the way to the node change nothing: only the id of the approval counts', async () => {
		await callTool(asTool);
		const item = await decided();
		const approval = { ...(item.approval as IDataObject), amount: 1, unitAmount: 1, description: 'Nada' };
		await createApproved({ ...item, approval });
		expect(await payments()).toMatchObject([{ amount: 35_000_000, description: 'Instalación de la impresora' }]);
	});

	test('with the item of another customer nothing is made', async () => {
		await callTool(asTool);
		const item = await decided();
		expect((await createApproved({ ...item, crm: pedro })).error?.message).toBe(
			'A-1 is for another customer than the item',
		);
		expect(stripe.all('payment_link')).toEqual([]);
	});

	test('what nobody has approved, what was rejected and what does not exist is not made', async () => {
		await callTool(asTool);
		const [row] = await approvals();
		const byId = async (approval: string) => (await createApproved({ crm: laura }, { approval })).error?.message;
		expect(await byId(String(row?.id))).toContain('Nobody has approved A-1 yet');
		expect(await byId('constructor')).toContain("There is no approval 'constructor' for this");
		const item = await decided('reject');
		expect((await createApproved(item)).outputs[0]).toEqual([]);
		expect(await byId(String(row?.id))).toContain('A-1 was rejected');
		expect(result(await callTool(asTool))).toMatchObject({ approval: { state: 'rejected' } });
		expect(stripe.all('payment_link')).toEqual([]);
	});

	test.each(['before', 'after'])(
		'whose time was over %s the yes is not made; asked anew it is another request',
		async (when) => {
			await callTool(asTool);
			const [row] = await approvals();
			const item = when === 'after' ? await decided() : undefined;
			await desk.store.db.updateTable('approvals').set({ expires_at: desk.store.now() }).execute();
			if (item === undefined) {
				const input = { approvalId: row?.id, decision: 'approve' };
				await expect(command(desk.store, boss, 'decideApproval', input)).rejects.toThrow(
					'The time to decide A-1 is over',
				);
			} else expect((await createApproved(item)).error?.message).toContain('The time of A-1 is over');
			expect(await expireApprovals(desk.store)).toBe(1);
			expect(result(await callTool(asTool))).toMatchObject({ approval: { number: 'A-2', state: 'pending' } });
			expect(stripe.all('payment_link')).toEqual([]);
		},
	);

	test('an approved refund makes no link, and an approved link gives nothing back', async () => {
		await callTool(asTool);
		const item = await decided();
		const { outputs, error } = await pressNode({
			node: StripePaymentLink,
			mode: 'trigger',
			parameters: { resource: 'refund', operation: 'createApproved' },
			inputItems: [{ json: item }],
			credentials: credentials(),
		});
		expect([error, outputs[0]]).toEqual([undefined, []]);
		const approval = { ...(item.approval as IDataObject), operation: 'stripePaymentLink.refund.create' };
		expect((await createApproved({ ...item, approval })).outputs[0]).toEqual([]);
		expect(stripe.all('payment_link')).toEqual([]);
	});

	test('what is to be decided is one line, read from left to right, whatever the model or the customer’s name says', async () => {
		await desk.store.db
			.updateTable('contacts')
			.set({ name: 'Laura\n\n{amount} \u202E000.1 $' })
			.where('id', '=', String(laura.contactId))
			.execute();
		await callTool(asTool, { description: 'Instalación\n\n\u2066ya aprobada\u2069 {number} $&' });
		expect((await ask(desk.store, boss, 'approvals')).rows[0]?.summary.replace(/\s/gu, ' ')).toBe(
			'Enviar a Laura {amount} 000.1 $ un enlace para pagar $ 350.000 por Instalación ya aprobada {number} $&',
		);
	});

	test.each<[string, INodeParameters, string]>([
		['a deposit', { kind: 'deposit', depositBy: 'percentage', depositPercentage: 1 }, "'Kind' is not 'One-Time'"],
		['a subscription', { kind: 'subscription', interval: 'day' }, "'Kind' is not 'One-Time'"],
		['what stands in the item', { priceSource: 'item' }, "'Price Source' is not 'Amount'"],
		[
			'a price of Stripe',
			{ priceSource: 'existing', price: { __rl: true, mode: 'id', value: 'price_1' } },
			"'Price Source' is not 'Amount'",
		],
		['words of the model above the button', { options: { text: 'Paga aquí' } }, "'Options' cannot be part"],
		['many payments', { options: { uses: 0 } }, "'Options' cannot be part"],
		['a request of its own', { options: { requestId: 'mine' } }, "'Options' cannot be part"],
		['nothing', { amount: '0' }, "'Amount'"],
		['less than nothing', { amount: '-5000' }, "'Amount'"],
		['no number', { amount: 'constructor' }, "'Amount' is no amount"],
		['no money', { currency: '__proto__' }, "'Currency' is no currency"],
		['no reason', { description: ' ' }, "'Description' is empty"],
		['half a piece', { quantity: 0.5 }, "'Quantity'"],
		['more than can be charged', { amount: '999999999', quantity: 999_999 }, 'more than can be charged'],
	])('%s is refused in words before anybody is asked', async (_what, more, said) => {
		expect((await callTool(asTool, more)).error?.message).toContain(said);
		expect(await approvals()).toEqual([]);
	});
});

test('C4: several pieces are told and collected as such', async () => {
	expect(result(await callTool(asTool, { quantity: 3 }))).toMatchObject({
		approval: { summary: expect.stringMatching(/\$\s1\.050\.000 por 3 × Instalación de la impresora$/u) },
	});
	await createApproved(await decided());
	const [made] = await payments();
	expect(made).toMatchObject({ amount: 105_000_000, description: '3 × Instalación de la impresora' });
	expect(await stripe.customer(String(made?.url), 'pay')).toMatchObject({ amount_total: 105_000_000 });
});

test('C4: Stripe does not answer after the yes: the execution fails, and its repeat makes the same link and one message', async () => {
	await callTool(asTool);
	const item = await decided();
	stripe.inject({ path: '/payment_links', times: 1, kind: 'lost' });
	const outcomes = [await createApproved(item), await createApproved(item)];

	expect(outcomes.at(-1)?.error).toBeUndefined();
	expect(stripe.all('payment_link')).toHaveLength(1);
	expect(await queued()).toHaveLength(1);
});

test.each([
	['opted out', 'contacts', 'opted_out_at', 'is not written to any more'],
	['last wrote more than a day ago', 'conversations', 'last_inbound_at', 'has not written for 24 hours'],
] as const)(
	'B16: for who %s meanwhile no link is made; one that was made stays the same',
	async (_who, table, column, said) => {
		await callTool(asTool);
		const first = await decided();
		await callTool(asTool, { amount: '90.000' });
		const second = await decided();
		const made = (await createApproved(first)).outputs[0]?.[0]?.json;
		const id = String(table === 'contacts' ? laura.contactId : laura.conversationId);
		await desk.store.db
			.updateTable(table)
			.set({ [column]: desk.store.now() - 25 * 3_600_000 })
			.where('id', '=', id)
			.execute();

		expect((await createApproved(second)).error?.message).toContain(said);
		expect(stripe.all('payment_link')).toHaveLength(1);
		expect((await createApproved(first)).outputs[0]?.[0]?.json.url).toBe(made?.url);
	},
);

test('U5: by hand the model’s wish and the approved link are shown, and nothing is written or made', async () => {
	await callTool(asTool);
	const shown = await createApproved(await decided(), {}, 'manual');

	expect(shown.outputs[0]?.[0]?.json).toMatchObject({
		simulated: true,
		approval: 'A-1',
		amountText: expect.stringMatching(/350\.000$/u),
		request: { method: 'POST', url: expect.stringContaining('/payment_links') },
	});
	expect([stripe.all('payment_link'), await payments()]).toEqual([[], []]);
	expect(await approvals()).toMatchObject([{ state: 'approved' }]);
});

test('C4: everything else that leaves on Other passes Create Approved without a link', async () => {
	for (const json of [
		{ crm: laura, command: 'tag' },
		{ crm: laura, decision: 'approved', approval: { id: 'x', operation: 'constructor' } },
		{ decision: 'approved', approval: '__proto__' },
	]) {
		const { outputs, error } = await createApproved(json);
		expect([error, outputs[0]]).toEqual([undefined, []]);
	}
});
