import type { Browser } from 'playwright-core';

import { startBrowser } from '../support/chromium';
import { asksToPay } from '../support/host/askingToPay';
import { connectTemplates } from '../support/host/connectedTemplates';
import { openInbox, type PersonAtInbox } from '../support/host/inboxPage';
import { paula } from '../support/host/inboxTeam';
import { laura, playQuotation } from '../support/host/quotationJourney';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { restingEnding } from '../support/host/storeEnding';
import { shippedTemplate } from '../support/host/templates';
import { eventually } from '../support/host/waiting';
import { PATIENCE } from '../support/patience';
import type { Customer } from '../simulators/graph';
import type { StripeObject } from '../simulators/stripe';

const INBOX = 'advisor-inbox.json';
const LINK = 'customer-payment-link.json';

/** What a customer types on the page of who collects, and nothing of it may be anywhere else. */
const CARD = { number: '4000002760003184', cvc: '9137' } as const;

let desk: ServiceDesk;
let browser: Browser;
let person: PersonAtInbox;
let customers = 0;

/** Somebody new who has written, so that the window is open. */
async function writer(): Promise<Customer> {
	customers += 1;
	const customer = desk.clients[0].simulator.customer({
		waId: `57300222${String(customers).padStart(4, '0')}`,
		profileName: `Cliente ${String.fromCharCode(64 + customers)}`,
	});
	customer.text('hola');
	await customer.waitForCount(1);
	return customer;
}

/** Paula sets the amount in the inbox; the address that the customer can tap. */
const asks = async (customer: Customer, amount: string, name?: string): Promise<string> =>
	await asksToPay(person, customer, { amount, name });

const reads = async (customer: Customer, words: RegExp) => await customer.waitFor(({ text }) => words.test(text));

const timesRead = (customer: Customer, words: RegExp): number =>
	customer.received.filter(({ text }) => words.test(text)).length;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

interface StoredPayment {
	readonly id: string;
	readonly state: string;
	readonly amount_paid: number;
	readonly amount_refunded: number;
}

async function paymentOf(customer: Customer): Promise<StoredPayment | undefined> {
	const [row] = await desk.store.rows(
		`select payments.id, state, amount_paid, amount_refunded from payments
		join contacts on contacts.id = payments.contact_id where contacts.phone = ${quoted(`+${customer.waId}`)}`,
	);
	if (row === undefined) return undefined;
	return {
		id: String(row.id),
		state: String(row.state),
		amount_paid: Number(row.amount_paid),
		amount_refunded: Number(row.amount_refunded),
	};
}

const becomes = async (customer: Customer, state: string): Promise<StoredPayment> =>
	await eventually(`the payment to be ${state}`, async () => {
		const payment = await paymentOf(customer);
		return payment?.state === state ? payment : undefined;
	});

/** What those who lead have been told of a payment, by kind. */
async function toldTeam(customer: Customer): Promise<string[]> {
	const payment = await paymentOf(customer);
	const rows = await desk.store.rows(
		`select distinct kind from notifications where request_id like ${quoted(`payment:${payment?.id}:%`)} order by kind`,
	);
	return rows.map(({ kind }) => String(kind));
}

/** Nothing is on its way any more. */
async function rests(): Promise<void> {
	await desk.stripe.settled();
	await desk.clients[0].simulator.settled();
	await restingEnding(desk.store, desk.clients[0].workspaceId);
}

const intentOf = ({ payment_intent: intent }: StripeObject): string => String(intent);

const RECEIPT = /¡Gracias! Recibimos tu pago/u;
const REFUSED = /no se completó/u;
const PENDING = /está en proceso/u;
const GIVEN_BACK = /Te devolvimos/u;

beforeAll(async () => {
	desk = await startServiceDesk({
		templates: ['customer-service-bot.json', INBOX, LINK, 'customer-payment-confirmation.json'].map(shippedTemplate),
	});
	await connectTemplates(desk.n8n.api, desk.clients[0].workflows);
	browser = await startBrowser();
	person = await openInbox(browser, desk.n8n, paula);
});

afterAll(async () => {
	await browser?.close();
	await desk?.stop();
});

describe('from a conversation to the money, on the real n8n', () => {
	it('S1, S3, S5: a quotation, the amount in the inbox, the link in the chat, the card on the page; receipt, note, won lead, each once', () =>
		desk.explain(async () => {
			const { simulator } = desk.clients[0];
			const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });
			await playQuotation(simulator, customer);
			const url = await asks(customer, '250.000', laura.name);

			const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'es-CO' });
			phone.setDefaultTimeout(PATIENCE);
			await phone.goto(url);
			await phone.getByText('250.000').first().waitFor();
			await phone.getByLabel('Número de tarjeta').fill(CARD.number);
			await phone.getByLabel('CVC').fill(CARD.cvc);
			await phone.getByRole('button', { name: /^Pagar/ }).click();
			await phone.getByText('Pago recibido').waitFor();
			await phone.close();

			await reads(customer, RECEIPT);
			await rests();
			expect(timesRead(customer, RECEIPT)).toBe(1);
			expect(await paymentOf(customer)).toMatchObject({ state: 'paid', amount_paid: 25_000_000 });
			expect(await desk.store.rows('select stage, amount, currency from leads')).toEqual([
				{ stage: 'Won', amount: '250000', currency: 'COP' },
			]);
			expect(await desk.store.rows("select action from audit_log where action = 'case.note_added'")).toHaveLength(1);
			expect(await toldTeam(customer)).toEqual(['payment.paid']);
			await person.openConversation(laura.name);
			await person.page.getByText('Pagado').first().waitFor();
			await person.screenshot('payment-paid');
			// The used link collects nothing more.
			expect((await fetch(url)).status).toBe(410);
		}));

	it('S6: refused, then paid on the same page: why, the link again, one receipt', () =>
		desk.explain(async () => {
			const customer = await writer();
			const url = await asks(customer, '120.000');
			const { id } = await desk.stripe.customer(url, 'fail');
			await reads(customer, REFUSED);
			await desk.stripe.customer(url, 'pay', id);
			await reads(customer, RECEIPT);
			await rests();
			expect([timesRead(customer, REFUSED), timesRead(customer, RECEIPT)]).toEqual([1, 1]);
			expect(await becomes(customer, 'paid')).toMatchObject({ amount_paid: 12_000_000 });
		}));

	it('S4: a transfer is pending, then paid', () =>
		desk.explain(async () => {
			const customer = await writer();
			const session = await desk.stripe.customer(await asks(customer, '80.000'), 'pending');
			await reads(customer, PENDING);
			expect(timesRead(customer, RECEIPT)).toBe(0);
			desk.stripe.finishPending(session.id, true);
			await reads(customer, RECEIPT);
			await rests();
			expect([timesRead(customer, PENDING), timesRead(customer, RECEIPT)]).toEqual([1, 1]);
		}));

	it('S6: abandoned until the visit expires, then paid in another visit of the same link', () =>
		desk.explain(async () => {
			const customer = await writer();
			const url = await asks(customer, '60.000');
			const { id } = await desk.stripe.customer(url, 'abandon');
			desk.stripe.letExpire(id);
			await becomes(customer, 'expired');
			await desk.stripe.customer(url, 'pay');
			await reads(customer, RECEIPT);
			await rests();
			expect(timesRead(customer, RECEIPT)).toBe(1);
			expect(await becomes(customer, 'paid')).toMatchObject({ amount_paid: 6_000_000 });
		}));

	it('S8: given back in part, then whole, then disputed: the customer reads each once, a person learns of the dispute', () =>
		desk.explain(async () => {
			const customer = await writer();
			const session = await desk.stripe.customer(await asks(customer, '90.000'), 'pay');
			await reads(customer, RECEIPT);
			desk.stripe.refund(intentOf(session), 3_000_000);
			await becomes(customer, 'partially_refunded');
			desk.stripe.refund(intentOf(session));
			await becomes(customer, 'refunded');
			const { id } = desk.stripe.dispute(intentOf(session));
			await becomes(customer, 'disputed');
			desk.stripe.closeDispute(id, true);
			await becomes(customer, 'refunded');
			await rests();
			expect([timesRead(customer, RECEIPT), timesRead(customer, GIVEN_BACK)]).toEqual([1, 2]);
			expect(await toldTeam(customer)).toEqual([
				'payment.dispute_closed',
				'payment.dispute_opened',
				'payment.paid',
				'payment.refunded',
			]);
		}));

	it('S1: two taps at once collect once', () =>
		desk.explain(async () => {
			const customer = await writer();
			const url = await asks(customer, '70.000');
			const taps = await Promise.allSettled([desk.stripe.customer(url, 'pay'), desk.stripe.customer(url, 'pay')]);
			expect(taps.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			await reads(customer, RECEIPT);
			await rests();
			expect(timesRead(customer, RECEIPT)).toBe(1);
			expect(await becomes(customer, 'paid')).toMatchObject({ amount_paid: 7_000_000 });
		}));

	it('S4: another amount at Stripe than was asked for confirms nothing; a person learns of it', () =>
		desk.explain(async () => {
			const customer = await writer();
			const url = await asks(customer, '95.000');
			desk.stripe.hold();
			const session = await desk.stripe.customer(url, 'pay');
			session.amount_total = 100;
			await desk.stripe.letGo();
			await eventually('those who lead to be told', async () => (await toldTeam(customer)).length > 0);
			await rests();
			expect(await toldTeam(customer)).toEqual(['payment.mismatch']);
			expect(await paymentOf(customer)).toMatchObject({ state: 'requested', amount_paid: 0 });
			expect(timesRead(customer, RECEIPT)).toBe(0);
			// Stripe's own again, so that what follows finds an honest account.
			session.amount_total = 9_500_000;
			session.metadata = {};
			session.payment_link = null;
		}));

	it('S6: each event five times, in reverse order: the end is the same, each message once', () =>
		desk.explain(async () => {
			const customer = await writer();
			const url = await asks(customer, '45.000');
			desk.stripe.hold();
			desk.stripe.copies = 5;
			const { id } = await desk.stripe.customer(url, 'fail');
			const session = await desk.stripe.customer(url, 'pay', id);
			desk.stripe.refund(intentOf(session), 1_000_000);
			desk.stripe.copies = 1;
			await desk.stripe.letGo((held) => [...held].reverse());
			await reads(customer, RECEIPT);
			await reads(customer, GIVEN_BACK);
			await rests();
			expect([timesRead(customer, RECEIPT), timesRead(customer, GIVEN_BACK), timesRead(customer, REFUSED)]).toEqual([
				1, 1, 0,
			]);
			expect(await becomes(customer, 'partially_refunded')).toMatchObject({ amount_paid: 4_500_000 });
		}));
});

describe('S10: afterwards', () => {
	/** Where a text is, in all that the desk has written down. */
	async function placesWith(text: string): Promise<string[]> {
		const places: string[] = [];
		const tables = await desk.store.rows(
			"select name from sqlite_master where type = 'table' and sql not like 'create virtual%'",
		);
		for (const { name } of tables) {
			const rows = await desk.store.rows(`select * from ${String(name)}`);
			const readable = rows.map((row) =>
				Object.values(row).map((value) =>
					value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value),
				),
			);
			if (readable.some((row) => row.some((value) => value.includes(text)))) places.push(`store: ${String(name)}`);
		}
		const ofN8n = await desk.postgres.query(
			'n8n',
			"select table_name as name from information_schema.tables where table_schema = 'public'",
		);
		for (const { name } of ofN8n) {
			const found = await desk.postgres.query(
				'n8n',
				`select 1 from "${String(name)}" as one where strpos(one::text, $1) > 0 limit 1`,
				[text],
			);
			if (found.length > 0) places.push(`n8n: ${String(name)}`);
		}
		if (desk.n8n.logs(1_000_000).includes(text)) places.push('log');
		return places;
	}

	it('the search finds what is there: words of a customer, a name of a workflow, a line of the log', () =>
		desk.explain(async () => {
			expect(await placesWith(laura.need)).toContain('store: messages');
			expect(await placesWith(shippedTemplate(LINK).name)).toContain('n8n: workflow_entity');
			expect(await placesWith('Editor is now accessible')).toEqual(['log']);
		}));

	it('no card number, code or secret is in the store, the executions or the logs', () =>
		desk.explain(async () => {
			const secrets = [CARD.number, CARD.number.replace(/(.{4})(?=.)/gu, '$1 '), desk.stripe.secretKey, 'whsec_'];
			const found = await Promise.all(secrets.map(async (secret) => [secret, await placesWith(secret)]));
			expect(found).toEqual(secrets.map((secret) => [secret, []]));
			const code = await placesWith(`"cvc":"${CARD.cvc}"`);
			expect(code).toEqual([]);
		}));
});
