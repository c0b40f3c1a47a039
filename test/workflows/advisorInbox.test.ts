import type { INodeExecutionData } from 'n8n-workflow';

import { INBOX_OUTPUTS, type CommandName } from '../../nodes/shared/domain/inbox/requests';
import { getAdvisor, listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, failEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import { askApproval } from '../../nodes/shared/usecases/approvals/askApproval';
import { storeUpload } from '../../nodes/shared/usecases/inbox/upload';
import { runCommand } from '../../nodes/shared/usecases/inbox/runCommand';
import { viewerOf } from '../../nodes/shared/usecases/inbox/viewer';
import { LINK_OPERATION, linkToApprove } from '../../nodes/shared/usecases/stripe/linkApproval';
import type { Customer } from '../simulators/graph';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const INBOX = 'inbox-of-the-template';
const TRIGGER = 'Cuando el equipo usa la bandeja';

const inbox = shippedWorkflow('advisor-inbox.json');

let desk: TemplateDesk;
let laura: Customer;
let conversationId = '';
/** Of a test that collects: then a person has switched on what ships switched off. */
let stripe: StripeSimulator | undefined;
const DOES_APPROVED: ReadonlySet<string> = new Set(['Devolver lo aprobado', 'Cobrar lo aprobado']);

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina Rojas', areas: ['sales'], phone: '+57 300 555 0101' },
			{ name: 'Marta Ruiz', role: 'administrator' },
		],
	});
	laura = desk.simulator.customer({ waId: LAURA, profileName: 'Laura' });
	await laura.text('hola').delivered;
	await desk.settle();
	const row = await desk.store.db.selectFrom('conversations').select('id').executeTakeFirstOrThrow();
	conversationId = row.id;
	await desk.store.db.updateTable('conversations').set({ area: 'sales' }).execute();
});

afterEach(async () => {
	await stripe?.stop();
	stripe = undefined;
	await desk.close();
});

async function advisor(name: string) {
	const found = (await listAdvisors(desk.store.db, 'desk')).find((one) => one.name === name);
	if (!found) throw new Error(`There is no ${name}`);
	return found;
}

/** A click of Carolina's in the page. */
async function click(command: CommandName, input: object, requestId: string = desk.store.newId()): Promise<unknown> {
	const viewer = viewerOf(await advisor('Carolina Rojas'));
	return await runCommand(desk.store, viewer, { command, requestId, input, webhookId: INBOX });
}

const itemsOf = (json: readonly object[] = []): INodeExecutionData[] =>
	json.map((item) => ({ json: item as INodeExecutionData['json'] }));

async function run(emissionId: string, inputItems: INodeExecutionData[][]): Promise<RunOutcome> {
	return await runWorkflow({
		nodes: inbox.nodes
			.filter(({ type }) => !type.endsWith('.stickyNote'))
			.map((node) => (stripe !== undefined && DOES_APPROVED.has(node.name) ? { ...node, disabled: false } : node)),
		connections: inbox.connections,
		settings: inbox.settings,
		credentials: { ...desk.credentials, ...(stripe === undefined ? {} : { stripePaymentsApi: stripe.credential }) },
		startNode: TRIGGER,
		inputItems,
		executionId: emissionId,
	});
}

/** One execution for the clicks that wait, as the trigger's pump starts it. `dies`: n8n stops before it ends. */
async function emit(dies = false): Promise<RunOutcome | undefined> {
	const emission = await claimEmission(desk.store, INBOX, 100);
	if (!emission) return undefined;
	const outcome = await run(
		emission.id,
		INBOX_OUTPUTS.map((output) => (output === 'due' ? [] : itemsOf(emission.items[output]))),
	);
	if (dies) await failEmission(desk.store, emission.id, 'n8n stopped');
	else if (outcome.status === 'success') await finishEmission(desk.store, emission.id);
	else await failEmission(desk.store, emission.id, outcome.error?.message ?? outcome.status);
	return outcome;
}

const sentTexts = (): string[] => desk.bubbles(LAURA);
const deadOrWaiting = async () =>
	await desk.store.db
		.selectFrom('journal')
		.select(['output', 'state'])
		.where('webhook_id', '=', INBOX)
		.where('state', '!=', 'done')
		.execute();

test('P3: a reply reaches the customer once, from the advisor, and the bot is silent from then on (D13)', async () => {
	await click('reply', { conversationId, text: 'Hola Laura, soy Carolina.' });
	expect((await emit())?.status).toBe('success');
	await desk.settle();
	expect(sentTexts().at(-1)).toBe('Hola Laura, soy Carolina.');
	const before = sentTexts().length;
	await laura.text('gracias').delivered;
	await desk.settle();
	expect(sentTexts()).toHaveLength(before);
	expect(await deadOrWaiting()).toEqual([]);
});

test('O4: a reply whose execution dies after it was sent is not sent again', async () => {
	await click('reply', { conversationId, text: 'Una sola vez' });
	await emit(true);
	await desk.store.db.updateTable('journal').set({ ready_at: 0 }).where('state', '=', 'ready').execute();
	expect((await emit())?.status).toBe('success');
	await desk.settle();
	expect(sentTexts().filter((text) => text === 'Una sola vez')).toHaveLength(1);
	expect(await deadOrWaiting()).toEqual([]);
});

test('P3: a file of the page reaches the customer', async () => {
	const { id } = await advisor('Carolina Rojas');
	const bytes = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF');
	const { uploadId } = await storeUpload(desk.store, { advisorId: id, filename: 'cotización.pdf', bytes });
	await click('reply', { conversationId, text: 'Aquí va', uploadIds: [uploadId] });
	const outcome = await emit();
	await desk.settle();
	expect([outcome?.status, outcome?.error?.message]).toEqual(['success', undefined]);
	expect(JSON.stringify(desk.simulator.ledger.sends.at(-1))).toContain('cotización.pdf');
});

test('P5: the link to an advisor’s own number is offered to the customer, with the loss of record confirmed (D20)', async () => {
	const { id } = await advisor('Carolina Rojas');
	await click('offerLink', { conversationId, advisorId: id, confirmed: true });
	expect((await emit())?.status).toBe('success');
	await desk.settle();
	expect(sentTexts().at(-1)).toContain('enlace al número del asesor');
});

test('C4: a link that the assistant asked for and a person approved reaches the customer once, also when n8n dies', async () => {
	stripe = await startStripeSimulator({ latencyMs: 2 });
	const { contact_id: contactId } = await desk.store.db
		.selectFrom('conversations')
		.select('contact_id')
		.executeTakeFirstOrThrow();
	const wish = { price: { minor: 35_000_000, currency: 'COP' }, quantity: 1, description: 'Instalación' };
	const { approval } = await askApproval(desk.store, {
		...(await linkToApprove(desk.store, contactId, wish)),
		operation: LINK_OPERATION,
		contactId,
		conversationId,
		askedBy: 'Cobrar',
	});
	await runCommand(desk.store, viewerOf(await advisor('Marta Ruiz')), {
		command: 'decideApproval',
		requestId: desk.store.newId(),
		input: { approvalId: approval.id, decision: 'approve' },
		webhookId: INBOX,
	});
	const before = desk.simulator.ledger.sends.length;
	expect((await emit(true))?.status).toBe('success');
	await desk.store.db.updateTable('journal').set({ ready_at: 0 }).where('state', '=', 'ready').execute();
	expect((await emit())?.status).toBe('success');
	await desk.settle();

	expect(stripe.all('payment_link')).toHaveLength(1);
	expect(desk.simulator.ledger.sends).toHaveLength(before + 1);
	expect(sentTexts().at(-1)).toMatch(/\$\s350\.000/u);
	expect(await deadOrWaiting()).toEqual([]);
});

test('a payment link that is asked for rings at whoever administrates, once, with amount, customer and reason', async () => {
	await click('requestPaymentLink', { conversationId, amount: '250.000', currency: 'COP', description: 'Anticipo' });
	await emit(true);
	await desk.store.db.updateTable('journal').set({ ready_at: 0 }).where('state', '=', 'ready').execute();
	expect((await emit())?.status).toBe('success');
	const { id } = await advisor('Marta Ruiz');
	const told = await listNotifications(desk.store.db, 'desk', { advisorId: id, limit: 20 });
	const asked = told.filter(({ text }) => text.includes('enlace de pago'));
	expect(asked).toHaveLength(1);
	expect(asked[0]?.text).toMatch(/Carolina Rojas.*Laura.*250.*COP.*Anticipo/);
	expect((await getAdvisor(desk.store.db, 'desk', id))?.role).toBe('administrator');
});

test('S14: the receipt for cash that came reaches the customer once, also when n8n dies; what was agreed writes to nobody', async () => {
	const order = { amount: '250.000', currency: 'COP', description: '3 impresoras' };
	const { paymentId } = (await click('agreeCash', { conversationId, ...order })) as { paymentId: string };
	const before = desk.simulator.ledger.sends.length;
	const agreed = await emit();
	expect(agreed?.status).toBe('success');
	expect(agreed?.order).toContain('Enviar por WhatsApp');
	await desk.settle();
	expect(desk.simulator.ledger.sends).toHaveLength(before);

	await runCommand(desk.store, viewerOf(await advisor('Marta Ruiz')), {
		command: 'collectCash',
		requestId: desk.store.newId(),
		input: { paymentId, amount: '250.000', collectedBy: 'Pedro, mensajero' },
		webhookId: INBOX,
	});
	await emit(true);
	await desk.store.db.updateTable('journal').set({ ready_at: 0 }).where('state', '=', 'ready').execute();
	expect((await emit())?.status).toBe('success');
	await desk.settle();
	expect(desk.simulator.ledger.sends).toHaveLength(before + 1);
	expect(sentTexts().at(-1)).toMatch(/pago en efectivo de \$\s250\.000 por 3 impresoras/u);
	expect(await deadOrWaiting()).toEqual([]);
});

test('S14: the node for the accounting gets every cash on delivery once somebody switches it on', () => {
	const cash = inbox.connections[TRIGGER]?.main?.[INBOX_OUTPUTS.indexOf('cash')];
	expect(cash?.map(({ node }) => node)).toEqual(['Enviar por WhatsApp', 'Llevar el efectivo a contabilidad']);
	const due = inbox.connections[TRIGGER]?.main?.[INBOX_OUTPUTS.indexOf('due')];
	expect(due?.map(({ node }) => node)).toEqual(['Enviar por WhatsApp']);
});

test.each([
	['takeOver', {}],
	['assign', { to: { rule: 'roundRobin', area: 'sales' } }],
	['saveLead', { values: { product: '20 portátiles' } }],
] as const)('a click that writes to nobody walks its branch and sends nothing: %s', async (command, input) => {
	const before = desk.simulator.ledger.sends.length;
	await click(command, { conversationId, ...input });
	expect((await emit())?.status).toBe('success');
	await desk.settle();
	expect(desk.simulator.ledger.sends).toHaveLength(before);
	expect(await deadOrWaiting()).toEqual([]);
});

test('O4: what WhatsApp refuses does not stop the clicks beside it', async () => {
	await click('reply', { conversationId, text: 'Este no llega' });
	await click('requestPaymentLink', { conversationId, amount: '1000', currency: 'COP', description: 'Prueba' });
	desk.simulator.faults.inject({ on: 'send', kind: 131000, times: 1 });
	await emit();
	const { id } = await advisor('Marta Ruiz');
	const told = await listNotifications(desk.store.db, 'desk', { advisorId: id, limit: 20 });
	expect(told.some(({ text }) => text.includes('enlace de pago'))).toBe(true);
});

test('U3: by hand a click is shown and nothing is sent', async () => {
	await click('reply', { conversationId, text: 'No por la mano' });
	const before = desk.simulator.ledger.sends.length;
	const [due] = await collectDue(desk.store, 'nobody');
	expect(due).toBeUndefined();
	const outcome = await runWorkflow({
		nodes: inbox.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections: inbox.connections,
		settings: inbox.settings,
		credentials: desk.credentials,
		startNode: TRIGGER,
		mode: 'manual',
		pinData: {
			[TRIGGER]: [
				{
					json: {
						crm: {
							workspaceId: 'desk',
							contactId: 'sample',
							conversationId: 'sample',
							channelId: 'sample',
							requestId: 'sample',
						},
					},
				},
			],
		},
	});
	expect([outcome.status, outcome.error?.message]).toEqual(['success', undefined]);
	expect(desk.simulator.ledger.sends).toHaveLength(before);
});
