import type { Browser } from 'playwright-core';

import { startBrowser } from '../support/chromium';
import { addressesRead, asksToPay } from '../support/host/askingToPay';
import { connectTemplates } from '../support/host/connectedTemplates';
import { documentedRecipe, startEventReceiver, type EventReceiver } from '../support/host/eventReceiver';
import { openInbox, type PersonAtInbox } from '../support/host/inboxPage';
import { carolina, type TeamMember } from '../support/host/inboxTeam';
import { atAnAddress, doneByHand } from '../support/host/oneNode';
import { laura, photo, playQuotation } from '../support/host/quotationJourney';
import { startServiceDesk, type DeskClient, type ServiceDesk } from '../support/host/serviceDesk';
import { restingEnding } from '../support/host/storeEnding';
import { shippedTemplate } from '../support/host/templates';
import { eventually } from '../support/host/waiting';
import { PATIENCE } from '../support/patience';
import type { Customer } from '../simulators/graph';

const EVENTS = 'business-events.json';

/** A working day: somebody of sales is on duty. */
const TUESDAY = '2026-10-06T10:00:00-05:00';

/** Who attends sales in the example team of setup.json, as they are when they attend in the inbox. */
const SALES: readonly TeamMember[] = [
	carolina,
	{ name: 'Andrés Mejía', role: 'advisor', areas: 'sales, finance', email: 'andres@prosuministros.example' },
];

const RECEIPT = /¡Gracias! Recibimos tu pago/u;

let desk: ServiceDesk;
let client: DeskClient;
let browser: Browser;
let other: EventReceiver;
/** Whoever has the customer's lead. */
let advisor: PersonAtInbox;

beforeAll(async () => {
	desk = await startServiceDesk({
		startsAt: TUESDAY,
		templates: [
			'setup.json',
			'customer-service-bot.json',
			'advisor-inbox.json',
			'customer-payment-link.json',
			'customer-payment-confirmation.json',
			'wazzup-with-customer-management.json',
			EVENTS,
		].map(shippedTemplate),
	});
	[client] = desk.clients;
	await connectTemplates(desk.n8n.api, client.workflows);
	other = await startEventReceiver(desk.clock);
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await other?.stop();
	await desk?.stop();
});

const rows = async (statement: string) => await desk.store.rows(statement);
const dealsThere = () => [...client.wazzup.account.deals.values()];
const countOf = (customer: Customer, words: RegExp): number =>
	customer.received.filter(({ text }) => words.test(text)).length;

/** Nothing is on its way any more. */
async function rests(): Promise<void> {
	await desk.stripe.settled();
	await client.simulator.settled();
	await restingEnding(desk.store, client.workspaceId);
}

/** What other systems are told from now on reaches this receiver. */
async function registers(options: Readonly<Record<string, unknown>>): Promise<string> {
	return await doneByHand(desk.n8n, {
		name: `Avisar al ERP ${JSON.stringify(options)}`,
		parameters: {
			resource: 'eventWebhook',
			operation: 'upsert',
			name: 'ERP',
			url: other.url,
			options,
			saveByHand: true,
		},
	});
}

it('O16: an address of this network is refused in words until it is allowed; then there is a signing secret', () =>
	desk.explain(async () => {
		await expect(registers({})).rejects.toThrow('leads into a private network');
		const told = await registers({ allowsPrivate: true });
		other.secret = /whsec_[\w+/=-]+/u.exec(told)?.[0] ?? '';
		expect(other.secret).not.toBe('');
	}));

it('from a quotation in the chat to money in the bank: case, lead, deal, link, page, receipt, note, won, closed, told; each once', () =>
	desk.explain(async () => {
		const customer = client.simulator.customer({ waId: laura.waId, profileName: laura.profileName });
		await playQuotation(client.simulator, customer, { now: desk.clock.now });
		await eventually('the deal at Wazzup', () => dealsThere().length > 0);
		const [lead] = await rows(
			`select leads.id, leads.stage, leads.case_id, advisors.name as advisor from leads
			join advisors on advisors.id = leads.advisor_id`,
		);
		expect(lead).toMatchObject({ stage: 'MQL', case_id: expect.any(String) });
		expect(dealsThere()).toMatchObject([{ id: lead?.id, closed: false }]);

		const member = SALES.find(({ name }) => name === lead?.advisor);
		if (member === undefined) throw new Error(`${String(lead?.advisor)} attends nothing in sales`);
		advisor = await openInbox(browser, desk.n8n, member, { at: desk.clock.now() });
		const url = await asksToPay(advisor, customer, { amount: '250.000', name: laura.name });
		const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'es-CO' });
		phone.setDefaultTimeout(PATIENCE);
		await phone.goto(url);
		await phone.getByLabel('Número de tarjeta').fill('4242424242424242');
		await phone.getByLabel('CVC').fill('123');
		await phone.getByRole('button', { name: /^Pagar/ }).click();
		await phone.getByText('Pago recibido').waitFor();
		await phone.close();
		await customer.waitFor(({ text }) => RECEIPT.test(text));
		await eventually('the closed deal', () => client.wazzup.account.deals.get(String(lead?.id))?.closed === true);
		await rests();

		expect(countOf(customer, RECEIPT)).toBe(1);
		expect(addressesRead(customer)).toEqual([url]);
		expect(await rows('select state, amount_paid, lead_id, case_id from payments')).toEqual([
			{ state: 'paid', amount_paid: 25_000_000, lead_id: lead?.id, case_id: lead?.case_id },
		]);
		expect(await rows('select id, stage, amount, currency from leads')).toEqual([
			{ id: lead?.id, stage: 'Won', amount: '250000', currency: 'COP' },
		]);
		expect(await rows("select action from audit_log where action = 'case.note_added'")).toHaveLength(1);
		expect(dealsThere()).toHaveLength(1);
		expect(
			await rows(
				`select advisors.name, notifications.text from notifications
				join advisors on advisors.id = notifications.advisor_id where kind = 'payment.paid'`,
			),
		).toEqual([{ name: member.name, text: expect.stringMatching(/Laura Gómez Restrepo pagó \$.250\.000/u) }]);
		await advisor.page.getByRole('button', { name: /^Notificaciones/ }).click();
		await advisor.page.locator('.bellList li', { hasText: 'pagó' }).waitFor();
		await advisor.page.keyboard.press('Escape');
		expect((await fetch(url)).status).toBe(410);
	}));

it('O16: business-events.json told another system of it within a minute: in order, each once, each proven as the documentation says', () =>
	desk.explain(async () => {
		await eventually('the last event', () => other.received.some(({ type }) => type === 'lead.won'), {
			within: 120_000,
		});
		await eventually(
			'every event to be delivered',
			async () => (await rows("select id from business_events where state <> 'sent'")).length === 0,
			{ within: 120_000 },
		);
		// What happens in one transaction has no order of its own.
		expect(other.received.slice(0, 3).map(({ type }) => type)).toEqual([
			'case.created',
			'lead.created',
			'payment.link_created',
		]);
		expect(
			other.received
				.slice(3)
				.map(({ type }) => type)
				.sort(),
		).toEqual(['lead.won', 'payment.confirmed']);
		expect(other.received.find(({ type }) => type === 'payment.confirmed')?.body).toMatchObject({
			customer: { name: laura.name },
			change: { amount: '250000', currency: 'COP' },
			payment: { state: 'paid', amountPaid: '250000' },
		});
		expect(new Set(other.received.map(({ id }) => id)).size).toBe(5);
		expect(other.received.filter(({ isProven }) => !isProven)).toEqual([]);
		// The same recipe refuses another secret, and what was changed on the way.
		const isOurs = documentedRecipe(desk.clock);
		for (const { text, signature } of other.received) {
			expect(isOurs(text, signature, 'whsec_of_somebody')).toBe(false);
			expect(isOurs(text.replace('250000', '1'), signature, other.secret)).toBe(!text.includes('250000'));
		}
		// By hand, for the address that was refused.
		const failed = await desk.n8n.api.executions({ status: 'error' });
		expect(failed.map(({ mode }) => mode)).toEqual(['manual']);
	}));

describe('S14: what does not prove a payment', () => {
	let customer: Customer;
	let url: string;

	/** What the desk made of the files until now, and what whoever attends was told, oldest first. */
	const verdicts = async (): Promise<unknown[]> =>
		(await rows("select payload from audit_log where action = 'payment.proof_checked' order by told_at, id")).map(
			({ payload }) => (JSON.parse(String(payload)) as { readonly verdict: string }).verdict,
		);
	const told = async (): Promise<string[]> =>
		(await rows("select text from notifications where kind = 'payment.proof_checked' order by created_at, id")).map(
			({ text }) => String(text),
		);
	const states = async () =>
		await rows(
			`select state, amount_paid from payments join contacts on contacts.id = payments.contact_id
			where contacts.phone = '+${customer.waId}' order by payments.created_at`,
		);
	/** The same photo is the same bytes; another one has something behind its end. */
	const picture = (place: number): Buffer => Buffer.concat([photo, Buffer.from([place])]);

	async function sends(file: Buffer, from = customer): Promise<void> {
		const before = (await verdicts()).length;
		from.image(file, 'ya pagué', { mimeType: 'image/jpeg' });
		await eventually('the file to be looked at', async () => (await verdicts()).length > before);
		await rests();
	}

	it('a photo of a receipt confirms nothing: none, used before, match, as the advisor sees it in the inbox', () =>
		desk.explain(async () => {
			customer = client.simulator.customer({ waId: '573004445566', profileName: 'Beto Ruiz' });
			customer.text('hola');
			await customer.waitForCount(1);
			const boss = await openInbox(
				browser,
				desk.n8n,
				{ name: 'Paula Restrepo', role: 'administrator', areas: '', email: 'paula@prosuministros.example' },
				{ at: desk.clock.now() },
			);
			url = await asksToPay(boss, customer, { amount: '80.000' });
			await sends(picture(1));
			expect(await states()).toEqual([{ state: 'requested', amount_paid: 0 }]);
			await sends(picture(1));
			await desk.stripe.customer(url, 'pay');
			await customer.waitFor(({ text }) => RECEIPT.test(text));
			await sends(picture(2));

			expect(await verdicts()).toEqual(['none', 'used', 'match']);
			expect(await told()).toEqual([
				expect.stringMatching(/^Comprobante de Beto Ruiz: ningún pago confirmado coincide/u),
				expect.stringMatching(/^Comprobante de Beto Ruiz: el mismo archivo ya había llegado el 6\/10\/2026/u),
				expect.stringMatching(/^Comprobante de Beto Ruiz: coincide con un pago confirmado de \$.80\.000/u),
			]);
			expect(await states()).toEqual([{ state: 'paid', amount_paid: 8_000_000 }]);
			expect(countOf(customer, RECEIPT)).toBe(1);
			await boss.openConversation('Beto Ruiz');
			for (const words of [
				'Comprobante: ningún pago confirmado coincide',
				'Comprobante ya usado: no lo des por pagado',
				'Comprobante: coincide con un pago confirmado',
				/^Pago recibido: \$.80\.000/u,
			]) {
				await boss.page.locator('.thread').getByText(words).first().waitFor();
			}
			await boss.screenshot('payment-proofs');
			await boss.close();
		}));

	it('cash on delivery of a case: on record once, with a note, never confirmed by itself and never reminded of', () =>
		desk.explain(async () => {
			const [openCase] = await rows("select id, number from cases where type = 'quotation'");
			const number = String(openCase?.number);
			const asks = await atAnAddress(desk.n8n, {
				name: 'Pago contra entrega',
				node: 'case',
				parameters: {
					resource: 'case',
					operation: 'recordCashOnDelivery',
					case: { __rl: true, mode: 'id', value: number },
					amount: '180.000',
					currency: 'COP',
				},
			});
			expect(await asks()).toMatchObject({ number, amount: '180000', recordedBefore: false });
			expect(await asks()).toMatchObject({ number, amount: '180000', recordedBefore: true });
			await rests();

			expect(
				await rows(
					"select state, amount, amount_paid, case_id, reminder_due_at from payments where provider = 'cash_on_delivery'",
				),
			).toEqual([
				{ state: 'requested', amount: 18_000_000, amount_paid: 0, case_id: openCase?.id, reminder_due_at: null },
			]);
			expect(await rows("select action from audit_log where action = 'payment.cash_recorded'")).toHaveLength(1);
			await advisor.openConversation(laura.name);
			await advisor.page.getByText('180.000').first().waitFor();
			await advisor.screenshot('cash-on-delivery');
		}));
});
