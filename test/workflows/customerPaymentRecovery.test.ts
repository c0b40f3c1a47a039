import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { StripePaymentLink } from '../../nodes/StripePaymentLink/StripePaymentLink.node';
import { openStripe } from '../../nodes/shared/clients/stripe/stripe';
import { readStripeCredential } from '../../nodes/shared/clients/stripe/credential';
import { starterTemplates } from '../../nodes/shared/text/starterTemplates';
import { listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import { savePaymentTrigger } from '../../nodes/shared/store/repositories/paymentTriggers';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import { receivePaymentEvents, settlePaymentEvents } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { stripeProvider } from '../../nodes/shared/usecases/stripe/stripeProvider';
import { parseStripeWebhook } from '../../nodes/shared/webhooks/stripe';
import { startStripeSimulator, type StripeSimulator } from '../simulators/stripe';
import { pressNode, runWorkflow, type RunOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const WEBHOOK = 'payments-of-the-template';
const REMIND = 'Recordar o renovar el enlace';
const HOURS = 60;

const template = shippedWorkflow('customer-payment-recovery.json');

let desk: TemplateDesk;
let stripe: StripeSimulator;
let customer: IDataObject | undefined;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina Rojas', areas: ['sales'] },
			{ name: 'Marta Ruiz', role: 'supervisor', areas: ['sales'] },
		],
	});
	stripe = await startStripeSimulator({ now: () => Date.now() });
	await savePaymentTrigger(desk.store, 'stripe', 'test', WEBHOOK);
	await desk.simulator.customer({ waId: LAURA, profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	customer = {
		workspaceId: 'desk',
		channelId: PHONE_NUMBER_ID,
		contactId: conversation?.contact_id,
		conversationId: conversation?.id,
		requestId: 'quote-1042',
	};
	// A person attends: the bot's own reminders are another matter.
	await desk.store.db.updateTable('conversations').set({ mode: 'human', wake_at: null }).execute();
});

afterEach(async () => {
	await stripe.stop();
	await desk.close();
});

const credentials = () => ({ ...desk.credentials, stripePaymentsApi: stripe.credential });

/** A page to pay at, with its message on the customer's phone. */
async function ask(resource: 'paymentLink' | 'checkoutSession', more: INodeParameters = {}): Promise<string> {
	const { outputs, error } = await pressNode({
		node: StripePaymentLink,
		mode: 'trigger',
		parameters: {
			resource,
			operation: 'create',
			priceSource: 'amount',
			kind: 'full',
			amount: '250.000',
			currency: 'COP',
			description: '3 impresoras',
			quantity: 1,
			...more,
		},
		inputItems: [{ json: customer === undefined ? {} : { crm: customer } }],
		credentials: credentials(),
	});
	if (error) throw error;
	await desk.wait(2);
	return String(outputs[0]?.[0]?.json.url);
}

/** As Due of the payment trigger starts executions. `dies`: nobody hears of their end. */
async function due(): Promise<INodeExecutionData[]> {
	const emissions = await collectDue(desk.store, WEBHOOK);
	return emissions.flatMap(({ items }) => items.map((json) => ({ json: json as IDataObject })));
}

/** What the trigger's other outputs carry, once Stripe has been asked. */
async function news(): Promise<INodeExecutionData[]> {
	const stripeOfTheTest = openStripe(readStripeCredential(stripe.credential));
	const hints = stripe.events.map((event) => parseStripeWebhook(event)).filter((notice) => notice !== undefined);
	await receivePaymentEvents(desk.store, WEBHOOK, 'stripe', hints);
	const provider = stripeProvider(stripeOfTheTest, () => desk.store.now());
	while ((await settlePaymentEvents(desk.store, WEBHOOK, provider)) > 0);
	const emission = await claimEmission(desk.store, WEBHOOK, 100);
	if (emission === undefined) return [];
	await finishEmission(desk.store, emission.id);
	return Object.values(emission.items).flatMap((items) => items.map((json) => ({ json: json as IDataObject })));
}

async function carry(
	inputItems: readonly INodeExecutionData[],
	mode: 'integrated' | 'manual' = 'integrated',
): Promise<RunOutcome> {
	const run = await runWorkflow({
		nodes: template.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections: template.connections,
		settings: template.settings,
		credentials: credentials(),
		startNode: 'Cuando hay un pago por recuperar',
		mode,
		inputItems: inputItems.map(({ json }) => ({ json })),
	});
	expect([run.status, run.error?.message, run.errors]).toEqual(['success', undefined, {}]);
	return run;
}

const outcomes = (run: RunOutcome) => (run.outputs[REMIND]?.[0] ?? []).map(({ json }) => json);
const read = () => desk.bubbles(LAURA);
const payments = async () => await listPayments(desk.store.db, 'desk', { limit: 10 });
/** Whose the conversation is. */
const holder = async (): Promise<string | undefined> => {
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	const team = await listAdvisors(desk.store.db, 'desk');
	return team.find(({ id }) => id === conversation?.owner_advisor_id)?.name;
};
const told = async (): Promise<string[]> =>
	(await listNotifications(desk.store.db, 'desk', { limit: 50 })).map(({ text }) => text);

test('S6: a link that was not used: reminded after two hours and the next day, each once, and never after it was paid', async () => {
	const url = await ask('paymentLink');
	const before = read().length;
	await desk.wait(2 * HOURS);
	const items = await due();
	await carry(items);
	// n8n repeats the execution.
	expect(outcomes(await carry(items))).toMatchObject([{ skipped: true }]);
	expect(read().slice(before)).toEqual([
		expect.stringMatching(/Hola Laura.*250\.000\* por 3 impresoras sigue pendiente/u),
	]);

	await desk.wait(24 * HOURS - 30);
	await stripe.customer(url, 'pay');
	await news();
	await desk.wait(60);
	await desk.settle();
	expect(await due()).toEqual([]);
	expect(
		read()
			.slice(before)
			.filter((text) => text.includes('sigue pendiente')),
	).toHaveLength(1);
});

test('S6: a session that expired: the customer gets a new page and pays there; the old one takes nothing', async () => {
	const old = await ask('checkoutSession', { successUrl: 'https://wa.me/573009998877', expiresAfterMinutes: 60 });
	await desk.wait(70);
	stripe.expireDue();
	await news();
	await desk.wait(2 * HOURS);
	const run = await carry(await due());

	expect(outcomes(run)).toMatchObject([{ renewed: true, reminder: 1 }]);
	const [renewed, first] = await payments();
	expect(first).toMatchObject({ state: 'expired', replaced_by: renewed?.id });
	expect(read().at(-1)).toContain('te dejo uno nuevo');
	await expect(stripe.customer(old, 'pay')).rejects.toThrow();
	await stripe.customer(String(renewed?.url), 'pay');
	await news();
	expect((await payments()).map(({ state }) => state)).toEqual(['paid', 'expired']);
});

test('S6: a day after their last word the approved template leaves, in lawful hours', async () => {
	const found = starterTemplates(['es']).find(({ name }) => name === 'payment_reminder');
	if (found === undefined) throw new Error('The starter set has no reminder of payments');
	desk.simulator.addTemplate({
		name: found.name,
		language: 'es',
		category: 'UTILITY',
		status: 'APPROVED',
		components: [{ type: 'BODY', text: found.body, example: { body_text: [[...found.samples]] } }],
	});
	await ask('paymentLink');
	await desk.wait(26 * HOURS);
	await carry(await due());
	await desk.settle();

	const [last] = desk.simulator.ledger.sends.slice(-1);
	expect(JSON.stringify(last)).toContain('payment_reminder');
	expect(JSON.stringify(last)).toContain('3 impresoras');
});

test('S6: paid, and the webhook lost: Stripe is asked first, and nobody is reminded of what they have paid', async () => {
	const url = await ask('paymentLink');
	const before = read().length;
	await stripe.customer(url, 'pay');
	await desk.wait(2 * HOURS);

	expect(outcomes(await carry(await due()))).toMatchObject([
		{ skipped: true, reason: expect.stringContaining('has paid') },
	]);
	expect(read()).toHaveLength(before);
});

test('S6: who asked not to be written to is not reminded', async () => {
	await ask('paymentLink');
	const before = read().length;
	await desk.store.db.updateTable('contacts').set({ opted_out_at: desk.store.now() }).execute();
	await desk.wait(2 * HOURS);

	expect(outcomes(await carry(await due()))).toMatchObject([{ skipped: true }]);
	expect(read()).toHaveLength(before);
	await desk.wait(48 * HOURS);
	expect(await due()).toEqual([]);
});

test('S6: Stripe stays away: the team is told once, the customer nothing; afterwards they are reminded', async () => {
	await ask('paymentLink');
	const before = read().length;
	await desk.wait(2 * HOURS);
	stripe.inject({ path: '/payment_links', times: 8, kind: 'unavailable' });
	await carry(await due());
	await desk.wait(3);
	await carry(await due());
	expect((await told()).filter((text) => text.includes('Stripe is unavailable'))).toEqual([
		expect.stringMatching(/^Laura, \$\s?250\.000: Stripe is unavailable/u),
	]);
	expect(read()).toHaveLength(before);

	await desk.wait(10);
	expect(outcomes(await carry(await due()))).toMatchObject([{ reminder: 1 }]);
	expect(read()).toHaveLength(before + 1);
});

test('S7: a renewal that fails: the customer reads where to pay it, and a person has the conversation', async () => {
	const url = await ask('paymentLink', { kind: 'subscription', interval: 'month' });
	const session = await stripe.customer(url, 'pay');
	await news();
	stripe.renew(String(session.subscription), false);
	const items = await news();
	expect(items.map(({ json }) => json.kind)).toEqual(['renewal_failed']);
	await carry(items);
	await desk.wait(2);

	expect(await holder()).toMatch(/Carolina|Marta/u);
	expect(read().some((text) => text.includes('No pudimos cobrar la renovación'))).toBe(true);
	expect(await told()).toEqual(expect.arrayContaining([expect.stringContaining('no se pudo cobrar')]));
});

test('S8: a dispute reaches a person; one of nobody’s conversation ends the execution well', async () => {
	const session = await stripe.customer(await ask('paymentLink'), 'pay');
	await news();
	stripe.dispute(String(session.payment_intent));
	await carry(await news());
	expect(await holder()).toMatch(/Carolina|Marta/u);
	expect(await told()).toEqual(expect.arrayContaining([expect.stringContaining('reclamó a su banco')]));

	customer = undefined;
	const other = await stripe.customer(await ask('paymentLink', { options: { requestId: 'counter-7' } }), 'pay');
	await news();
	stripe.dispute(String(other.payment_intent));
	const run = await carry(await news());
	expect(run.outputs['Lo demás ya quedó hecho']?.[0]).toHaveLength(1);
});

test('U3: by hand the reminder is shown, and nothing leaves or is counted', async () => {
	await ask('paymentLink');
	const before = desk.simulator.ledger.sends.length;
	await desk.wait(2 * HOURS);
	const items = await due();
	const run = await carry(items, 'manual');

	expect(outcomes(run)).toMatchObject([{ simulated: true, message: { type: 'url_button' } }]);
	expect(desk.simulator.ledger.sends).toHaveLength(before);
	expect((await payments())[0]?.reminders).toBeNull();
});
