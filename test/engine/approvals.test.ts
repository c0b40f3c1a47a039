import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { StripePaymentLink } from '../../nodes/StripePaymentLink/StripePaymentLink.node';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { listPayments, updatePayment, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import type { Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { WAYS_OF_AGENTS } from '../support/agentTool';
import { pressNode, runWorkflow, type PressOutcome, type RunOutcome } from '../support/engine';
import { clicks, command, viewer } from '../support/inbox';
import { TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const PEDRO = '573004445566';

let desk: TemplateDesk;
let stripe: StripeSimulator;
let boss: Viewer;
let laura: IDataObject;
let pedro: IDataObject;
let payment: PaymentRow;
let foreign: PaymentRow;
let written: IDataObject;

const credentials = () => ({ ...desk.credentials, stripePaymentsApi: stripe.credential });
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

beforeEach(async () => {
	desk = await TemplateDesk.open();
	stripe = await startStripeSimulator({ latencyMs: 2 });
	written = {};
	boss = await viewer(desk.store, 'Sofía Peña', [], 'supervisor');
	laura = await desk.newcomer(LAURA, 'Laura');
	pedro = await desk.newcomer(PEDRO, 'Pedro');
	payment = await paid(laura, 'quote-1');
	foreign = await paid(pedro, 'quote-2');
});

afterEach(async () => {
	await stripe.stop();
	await desk.close();
});

/** A link that the customer has paid, as the desk knows it after Stripe told it. */
async function paid(crm: IDataObject, requestId: string): Promise<PaymentRow> {
	const made = await press(
		'paymentLink',
		'create',
		{
			kind: 'full',
			priceSource: 'amount',
			amount: '250.000',
			currency: 'COP',
			description: '3 impresoras',
			quantity: 1,
		},
		{ crm: { ...crm, requestId } },
	);
	const { paymentId, url } = made.outputs[0]?.[0]?.json ?? {};
	await stripe.customer(String(url), 'pay');
	await desk.store.transaction(async (tx) => {
		await updatePayment(tx, desk.store, String(paymentId), { state: 'paid', amount_paid: 25_000_000 });
	});
	const rows = await listPayments(desk.store.db, 'desk', { contactId: String(crm.contactId), limit: 1 });
	if (rows[0] === undefined) throw new Error('There is no payment');
	return rows[0];
}

async function press(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	json: IDataObject,
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

/** What the inbox's trigger emits for the decision of a supervisor. */
async function decided(decision: 'approve' | 'reject'): Promise<IDataObject> {
	const [row] = await desk.store.db.selectFrom('approvals').select('id').orderBy('id', 'desc').limit(1).execute();
	const input = { approvalId: row?.id, decision, reason: 'visto con la clienta' };
	await command(desk.store, boss, 'decideApproval', input);
	return (await clicks(desk.store)).filter(({ output }) => output === 'other').at(-1)?.item as unknown as IDataObject;
}

const createApproved = async (json: IDataObject, mode?: WorkflowExecuteMode) =>
	await press('refund', 'createApproved', {}, json, mode);

describe.each(WAYS_OF_AGENTS)('C4: a refund that a model asks for %s', (_way, asTool) => {
	const refund = async (
		amount: string | undefined,
		of: PaymentRow = payment,
		agentItems: readonly IDataObject[] = [{ crm: laura }],
	): Promise<RunOutcome> => {
		const options = amount === undefined ? {} : { amount };
		return await runWorkflow({
			nodes: [
				{ name: 'Bot', type: 'n8n-nodes-base.noOp' },
				{
					name: 'Tool',
					type: 'n8n-nodes-whatsapp-crm.stripePaymentLink',
					parameters: {
						resource: 'refund',
						operation: 'create',
						payment: byId(of.id),
						approvedBy: 'el modelo',
						options,
					},
				},
			],
			nodeClasses: [asTool(StripePaymentLink, () => written)],
			connections: { Bot: { main: [[{ node: 'Tool', type: 'main', index: 0 }]] } },
			credentials: credentials(),
			startNode: 'Bot',
			inputItems: agentItems.map((json) => ({ json })),
		});
	};
	const result = ({ outputs, error }: RunOutcome): IDataObject => {
		if (error) throw error;
		return outputs.Tool?.[0]?.[0]?.json ?? {};
	};

	test('moves no money: it leaves a request with the exact amount, once, and the model is told that a person decides', async () => {
		const answers = [result(await refund('50.000')), result(await refund('50.000'))];

		expect(answers[1]).toEqual(answers[0]);
		expect(answers[0]).toEqual({
			approval: {
				number: 'A-1',
				state: 'pending',
				summary: expect.stringMatching(/^Devolver \$\s50\.000 a .+ por 3 impresoras$/u),
			},
			message: expect.stringContaining("needs a person's approval. The request has the number A-1"),
		});
		expect(stripe.all('refund')).toEqual([]);
		expect(result(await refund(undefined))).toMatchObject({ approval: { number: 'A-2' } });
		const [, whole] = await desk.store.db.selectFrom('approvals').select('parameters').orderBy('id').execute();
		expect(JSON.parse(whole?.parameters ?? '')).toMatchObject({ amount: 25_000_000, currency: 'COP' });
	});

	test('is done once after the yes, by the workflow and by the model’s next call alike, with who approved it', async () => {
		await refund('50.000');
		const item = await decided('approve');
		const [byModel, byWorkflow, again] = await Promise.all([
			refund('50.000'),
			createApproved(item),
			createApproved(item),
		]);

		expect(result(byModel)).toMatchObject({ approval: { number: 'A-1' } });
		expect(byWorkflow.error ?? again.error).toBeUndefined();
		expect(stripe.all('refund')).toMatchObject([{ amount: 5_000_000, metadata: { approved_by: 'Sofía Peña (A-1)' } }]);
		expect(result(await refund('50.000'))).toMatchObject({
			approval: { state: 'used' },
			message: expect.stringContaining('has been done already'),
		});
		const lines = await auditOfChain(desk.store.db, 'desk', String(laura.contactId), { limit: 100 });
		expect(lines.filter(({ action }) => action === 'approval.used')).toHaveLength(1);
	});

	test('of another amount is another request, whatever was approved before', async () => {
		await refund('50.000');
		await decided('approve');
		expect(result(await refund('50.001'))).toMatchObject({ approval: { number: 'A-2', state: 'pending' } });
		expect(stripe.all('refund')).toEqual([]);
	});

	test('that was rejected is not done, and the model is told so', async () => {
		await refund('50.000');
		const item = await decided('reject');
		expect((await createApproved(item)).outputs[0]).toEqual([]);
		expect(result(await refund('50.000'))).toMatchObject({
			approval: { state: 'rejected' },
			message: expect.stringContaining('A person rejected A-1'),
		});
		expect(stripe.all('refund')).toEqual([]);
	});

	test('of another customer’s payment leaves nothing, whatever ids the model writes', async () => {
		written = { crm: pedro, contactId: pedro.contactId };
		const { error } = await refund('50.000', foreign);
		expect(error?.message).toBe("A model may do 'Create' only for the customer whose conversation it works on");
		expect(await desk.store.db.selectFrom('approvals').select('id').execute()).toEqual([]);
	});

	test.each([
		['more than was paid', '900.000', "'Amount' is not between 0 and what is left: 250000 COP"],
		['nothing', '0', 'Amount'],
	])('of %s is refused in words before anybody is asked', async (_what, amount, sentence) => {
		expect((await refund(amount)).error?.message).toContain(sentence);
		expect(await desk.store.db.selectFrom('approvals').select('id').execute()).toEqual([]);
	});
});

test('C4: Stripe does not answer after the yes: the execution fails, and its repeat gives the money back once', async () => {
	const crm = { crm: laura };
	await pressTool(crm);
	const item = await decided('approve');
	stripe.inject({ path: '/refunds', times: 1, kind: 'lost' });
	const outcomes = [await createApproved(item), await createApproved(item)];

	expect(outcomes.at(-1)?.error).toBeUndefined();
	expect(stripe.all('refund')).toHaveLength(1);
});

async function pressTool(agentItem: IDataObject): Promise<void> {
	const [, asTool] = WAYS_OF_AGENTS[1] ?? [];
	if (asTool === undefined) throw new Error('There is no such way');
	await runWorkflow({
		nodes: [
			{ name: 'Bot', type: 'n8n-nodes-base.noOp' },
			{
				name: 'Tool',
				type: 'n8n-nodes-whatsapp-crm.stripePaymentLink',
				parameters: {
					resource: 'refund',
					operation: 'create',
					payment: byId(payment.id),
					approvedBy: 'x',
					options: {},
				},
			},
		],
		nodeClasses: [asTool(StripePaymentLink, () => ({}))],
		connections: { Bot: { main: [[{ node: 'Tool', type: 'main', index: 0 }]] } },
		credentials: credentials(),
		startNode: 'Bot',
		inputItems: [{ json: agentItem }],
	});
}

test('C4: everything else that leaves on Other passes Create Approved without a refund', async () => {
	for (const json of [
		{ crm: laura, command: 'tag' },
		{ crm: laura, decision: 'approved', approval: { id: 'x', operation: 'other' } },
		{ decision: 'approved', approval: 'constructor' },
	]) {
		const { outputs, error } = await createApproved(json);
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([]);
	}
});

test('U5: by hand Create Approved shows the exact request and gives nothing back', async () => {
	await pressTool({ crm: laura });
	const shown = await createApproved(await decided('approve'), 'manual');

	expect(shown.outputs[0]?.[0]?.json).toMatchObject({
		simulated: true,
		request: { method: 'POST', body: { amount: 25_000_000 } },
	});
	expect(stripe.all('refund')).toEqual([]);
	expect(await desk.store.db.selectFrom('approvals').select('state').execute()).toEqual([{ state: 'approved' }]);
});
