import { DateTime } from 'luxon';
import type { Browser } from 'playwright-core';

import { starterTemplates } from '../../nodes/shared/text/starterTemplates';
import { startBrowser } from '../support/chromium';
import { addressesRead, asksToPay } from '../support/host/askingToPay';
import { connectTemplates } from '../support/host/connectedTemplates';
import { openInbox, type PersonAtInbox } from '../support/host/inboxPage';
import { paula } from '../support/host/inboxTeam';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { restingEnding } from '../support/host/storeEnding';
import { answerTo } from '../support/host/talking';
import { shippedTemplate } from '../support/host/templates';
import { eventually } from '../support/host/waiting';
import type { Bubble, Customer, TemplateSeed } from '../simulators/graph';

const LINK = 'customer-payment-link.json';
const RECONCILIATION = 'payment-reconciliation.json';
const BOGOTA = 'America/Bogota';

/** The Monday after this Friday is a holiday in Colombia (Día de la Raza). */
const FRIDAY = '2026-10-09T16:30:00-05:00';

/** What a customer can read here, by its words. */
const READ: ReadonlyArray<readonly [name: string, words: RegExp]> = [
	['greeting', /^👋 ¡Hola! Bienvenido/u],
	['link', /^Este es tu link para pagar/u],
	['are you there', /^¿Sigues ahí\?/u],
	['opted out', /^Listo, no te escribiremos más/u],
	['reminder', /^Hola Cliente \w 😊\. Tu link para pagar \*\$.[\d.]+\* por 3 impresoras sigue pendiente/u],
	['reminder with a new link', /^Hola Cliente \w 😊\. El link para pagar .* venció, así que te dejo uno nuevo/u],
	['reminder by template', /^Hola Cliente \w, tu enlace de pago de 3 impresoras por \$.[\d.]+ sigue pendiente/u],
	['receipt', /^¡Gracias! Recibimos tu pago/u],
];

let desk: ServiceDesk;
let browser: Browser;
let person: PersonAtInbox;
let customers = 0;

function approved(name: string): TemplateSeed {
	const starter = starterTemplates(['es']).find((one) => one.name === name);
	if (starter === undefined) throw new Error(`The starter set has no ${name}`);
	const { body, samples } = starter;
	const components = [{ type: 'BODY', text: body, example: { body_text: [[...samples]] } }];
	return { name, language: 'es', category: 'UTILITY', status: 'APPROVED', components };
}

/** Nobody does anything until then. */
async function itIs(time: string): Promise<void> {
	await rests();
	await desk.clock.moveTo(time);
	await person.context.clock.setFixedTime(desk.clock.now());
	desk.stripe.expireDue();
}

/** Nothing is on its way any more. */
async function rests(): Promise<void> {
	await desk.stripe.settled();
	await desk.clients[0].simulator.settled();
	await restingEnding(desk.store, desk.clients[0].workspaceId);
}

async function writer(): Promise<Customer> {
	customers += 1;
	const customer = desk.clients[0].simulator.customer({
		waId: `57300333${String(customers).padStart(4, '0')}`,
		profileName: `Cliente ${String.fromCharCode(64 + customers)}`,
	});
	customer.text('hola');
	await customer.waitForCount(1);
	return customer;
}

const asks = async (customer: Customer): Promise<string> => await asksToPay(person, customer, { amount: '120.000' });

const nameOf = ({ text }: Bubble): string => READ.find(([, words]) => words.test(text))?.[0] ?? text;

/** What the customer has read until now, each with the day and the hour on the desk. */
const diary = ({ received }: Customer): string[] =>
	received.map((bubble) => `${DateTime.fromMillis(bubble.at, { zone: BOGOTA }).toFormat('ccc HH')} ${nameOf(bubble)}`);

const reads = async (customer: Customer, name: string): Promise<Bubble> =>
	await customer.waitFor((bubble) => nameOf(bubble) === name);

interface StoredPayment {
	readonly state: string;
	readonly reminders: number | null;
	/** When they are reminded next, as the clocks of the business show it. */
	readonly next: string | undefined;
}

/** The customer's payments, oldest first. */
async function paymentsOf({ waId }: Customer): Promise<StoredPayment[]> {
	const rows = await desk.store.rows(
		`select state, reminders, reminder_due_at from payments join contacts on contacts.id = payments.contact_id
		where contacts.phone = '+${waId}' order by payments.created_at, payments.id`,
	);
	return rows.map(({ state, reminders, reminder_due_at: due }) => ({
		state: String(state),
		reminders: reminders === null ? null : Number(reminders),
		next: due === null ? undefined : DateTime.fromMillis(Number(due), { zone: BOGOTA }).toFormat('ccc HH:mm'),
	}));
}

/** What administrators were told beside the payments themselves. */
const told = async (): Promise<string[]> =>
	(await desk.store.rows("select text from notifications where kind = 'team.told' order by created_at")).map(
		({ text }) => String(text),
	);

/** The link's workflow as a consultant changes it who prefers pages that expire, or links again. */
async function collectsWith(resource: 'paymentLink' | 'checkoutSession'): Promise<void> {
	const { api } = desk.n8n;
	const saved = await api.workflowNamed(shippedTemplate(LINK).name);
	if (saved === undefined) throw new Error('The workflow of the link is not on the desk');
	const { id, name, nodes, connections, settings, versionId } = saved;
	const more = resource === 'paymentLink' ? {} : { successUrl: 'https://wa.me/573000000001' };
	const changed = nodes.map((node) =>
		node.type.endsWith('.stripePaymentLink')
			? { ...node, parameters: { ...node.parameters, resource, operation: 'create', ...more } }
			: node,
	);
	await api.request('PATCH', `/workflows/${id}`, { name, nodes: changed, connections, settings, versionId });
	await api.publish(id);
}

/** It is a moment before half past six: the schedule, counted anew from now, has the payments compared. */
async function comparesByItself(): Promise<void> {
	const { api } = desk.n8n;
	const saved = await api.workflowNamed(shippedTemplate(RECONCILIATION).name);
	if (saved === undefined) throw new Error('The workflow that reconciles is not on the desk');
	const lists = (): number =>
		desk.stripe.requests.filter(({ method, path }) => method === 'GET' && path === '/refunds').length;
	const before = lists();
	await api.unpublish(saved.id);
	await api.publish(saved.id);
	// n8n chooses a second of that minute by the workflow's id.
	await eventually('Stripe to be asked', () => lists() > before, { within: 90_000 });
}

beforeAll(async () => {
	desk = await startServiceDesk({
		startsAt: FRIDAY,
		templates: [
			'customer-service-bot.json',
			'advisor-inbox.json',
			LINK,
			'customer-payment-confirmation.json',
			'customer-payment-recovery.json',
			RECONCILIATION,
		].map(shippedTemplate),
		simulator: { templates: [approved('payment_reminder')] },
	});
	await connectTemplates(desk.n8n.api, desk.clients[0].workflows);
	browser = await startBrowser();
	person = await openInbox(browser, desk.n8n, paula, { at: desk.clock.now() });
});

afterAll(async () => {
	await browser?.close();
	await desk?.stop();
});

describe('S6: a weekend of links that nobody has used, on the real n8n', () => {
	/** Pays when reminded; never pays; asks for silence; asked late on Friday; has a page that expires; pays unheard. */
	let [ana, beto, cata, dora, elsa, fabio]: Customer[] = [];
	let expired: string;

	it('two hours after the link: reminded once in the chat; who pays there has one receipt; who wants silence has it', () =>
		desk.explain(async () => {
			elsa = await writer();
			await collectsWith('checkoutSession');
			expired = await asks(elsa);
			await collectsWith('paymentLink');
			[ana, beto, cata] = [await writer(), await writer(), await writer()];
			for (const customer of [ana, beto, cata]) await asks(customer);
			await answerTo(cata, () => cata.text('no me escriban más'));

			await itIs('2026-10-09T17:50:00-05:00');
			await eventually('her page to have expired', async () => (await paymentsOf(elsa))[0]?.state === 'expired');
			await itIs('2026-10-09T18:40:00-05:00');
			await reads(ana, 'reminder');
			await reads(beto, 'reminder');
			await desk.stripe.customer(addressesRead(ana).at(-1) ?? '', 'pay');
			await reads(ana, 'receipt');
			await rests();

			expect(await paymentsOf(ana)).toEqual([{ state: 'paid', reminders: 1, next: undefined }]);
			expect(await paymentsOf(beto)).toEqual([{ state: 'requested', reminders: 1, next: 'Tue 07:00' }]);
			expect(await paymentsOf(cata)).toEqual([{ state: 'requested', reminders: null, next: undefined }]);
			expect(await paymentsOf(elsa)).toEqual([{ state: 'expired', reminders: null, next: 'Sat 08:00' }]);
		}));

	it('D25: asked for on Friday evening: the reminder waits until Saturday at eight', () =>
		desk.explain(async () => {
			[dora, fabio] = [await writer(), await writer()];
			await asks(dora);
			const url = await asks(fabio);
			expect(await paymentsOf(dora)).toEqual([{ state: 'requested', reminders: null, next: 'Sat 08:00' }]);
			await itIs('2026-10-09T20:45:00-05:00');
			desk.stripe.copies = 0;
			await desk.stripe.customer(url, 'pay');
			desk.stripe.copies = 1;
		}));

	it('S9: payment-reconciliation.json by its own schedule at half past six: a webhook that never came is found, repaired and told', () =>
		desk.explain(async () => {
			await itIs('2026-10-10T06:29:58-05:00');
			await comparesByItself();
			await reads(fabio, 'receipt');
			await eventually('those who lead to be told', async () => (await told()).length > 0);
			await rests();

			expect(await paymentsOf(fabio)).toEqual([{ state: 'paid', reminders: null, next: undefined }]);
			expect(await told()).toEqual([expect.stringMatching(/Puestos al día: 1\.[^]*3 impresoras: pedido → pagado/u)]);
		}));

	it('a page that expired gets a successor at eight, and only this one can be paid', () =>
		desk.explain(async () => {
			await itIs('2026-10-10T08:00:00-05:00');
			await reads(dora, 'reminder');
			await reads(elsa, 'reminder with a new link');
			const successor = addressesRead(elsa).at(-1) ?? '';
			expect(successor).not.toBe(expired);
			expect((await fetch(expired)).status).toBe(410);
			await desk.stripe.customer(successor, 'pay');
			await reads(elsa, 'receipt');
			await rests();

			expect((await paymentsOf(elsa)).map(({ state }) => state)).toEqual(['expired', 'paid']);
			expect((await fetch(successor)).status).toBe(410);
			expect(await paymentsOf(dora)).toEqual([{ state: 'requested', reminders: 1, next: 'Tue 07:00' }]);
		}));

	it('S9: compared again the next morning, there is nothing to repair or to tell', () =>
		desk.explain(async () => {
			await itIs('2026-10-11T06:29:58-05:00');
			await comparesByItself();
			await rests();
			expect(await told()).toHaveLength(1);
		}));

	it('not on Sunday, not on the holiday; on Tuesday by template, because the 24 hours are over; Stripe away: the team knows, then it leaves', () =>
		desk.explain(async () => {
			await itIs('2026-10-11T10:00:00-05:00');
			await itIs('2026-10-12T10:00:00-05:00');
			// The two requests, each tried four times.
			desk.stripe.inject({ path: '/payment_links', times: 8, kind: 'unavailable' });
			await itIs('2026-10-13T07:00:00-05:00');
			await eventually('the team to be told twice', async () => (await told()).length === 3);
			expect((await told()).slice(1)).toEqual(Array(2).fill(expect.stringContaining('Stripe is unavailable')));
			await itIs('2026-10-13T07:10:00-05:00');
			await reads(beto, 'reminder by template');
			await reads(dora, 'reminder by template');
			await rests();

			const ended = { state: 'requested', reminders: 2, next: undefined };
			expect(await paymentsOf(beto)).toEqual([ended]);
			expect(await paymentsOf(dora)).toEqual([ended]);
		}));

	it('a week later everybody has read what they had to, once and at a lawful hour, and no execution has failed', () =>
		desk.explain(async () => {
			await itIs('2026-10-15T10:00:00-05:00');
			await rests();

			expect(
				Object.fromEntries([ana, beto, cata, dora, elsa, fabio].map((one) => [one.profileName, diary(one)])),
			).toEqual({
				[elsa.profileName]: ['Fri 16 greeting', 'Fri 16 link', 'Sat 08 reminder with a new link', 'Sat 08 receipt'],
				[ana.profileName]: ['Fri 16 greeting', 'Fri 16 link', 'Fri 18 reminder', 'Fri 18 receipt'],
				[beto.profileName]: ['Fri 16 greeting', 'Fri 16 link', 'Fri 18 reminder', 'Tue 07 reminder by template'],
				[cata.profileName]: ['Fri 16 greeting', 'Fri 16 link', 'Fri 16 opted out'],
				[dora.profileName]: ['Fri 18 greeting', 'Fri 18 link', 'Sat 08 reminder', 'Tue 07 reminder by template'],
				[fabio.profileName]: ['Fri 18 greeting', 'Fri 18 link', 'Sat 06 receipt'],
			});
			expect(await desk.n8n.api.executions({ status: 'error' })).toEqual([]);
		}));
});
