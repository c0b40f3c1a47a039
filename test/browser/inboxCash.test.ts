import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

import { updatePayment } from '../../nodes/shared/store/repositories/payments';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { inBrowser } from '../support/chromium';
import { InboxDesk, type Login } from '../support/inboxDesk';
import { PHONE, WIDE } from '../support/inboxPage/browser';
import { nodePageOfEachTest, type Looks } from '../support/inboxPage/nodePage';
import { caseOf, customerWho, type Customer } from '../support/records';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The real node with its real page and store: nothing between them is pretended. */
inBrowser('Cash on delivery in the inbox (S14)', () => {
	const openNodePage = nodePageOfEachTest();
	let desk: InboxDesk;
	let laura: Login;
	let sofia: Login;
	let ana: Customer;
	let caseId: string;
	let number: string;

	beforeEach(async () => {
		desk = await new InboxDesk().open();
		laura = await desk.advisor('Laura Gómez', 'advisor');
		sofia = await desk.advisor('Sofía Peña', 'supervisor');
		ana = await customerWho(desk.store, '573001234567', 'hola, necesito 3 impresoras');
		await desk.store.db.updateTable('conversations').set({ area: 'sales' }).execute();
		({
			case: { id: caseId, number },
		} = await caseOf(desk.store, ana, { requestId: 'case-1', subject: '3 impresoras térmicas' }));
	});

	afterEach(async () => {
		expect(desk.thrown).toEqual([]);
		await desk.close();
	});

	async function openPage(who: Login, looks: Looks = {}): Promise<Page> {
		const page = await openNodePage(desk, who, `/conversations/${ana.conversationId}`, looks);
		await page.locator('.eventLine').first().waitFor();
		if (looks.viewport === PHONE) await page.getByRole('button', { name: 'Datos del cliente' }).click();
		return page;
	}

	const dialog = (page: Page) => page.getByRole('dialog');
	const payments = (page: Page) =>
		page.locator('details.section').filter({ has: page.getByRole('heading', { name: 'Pagos', exact: true }) });

	/** Fills in what was agreed, up to the button. */
	async function fillAgreement(page: Page, amount = '250.000'): Promise<void> {
		await page.getByRole('button', { name: 'Pedir pago' }).click();
		await dialog(page).getByRole('radio', { name: 'Contra entrega' }).check();
		await dialog(page).getByLabel('Valor').fill(amount);
		await dialog(page).getByLabel('Concepto').fill('3 impresoras');
	}

	async function agree(page: Page): Promise<void> {
		await fillAgreement(page);
		await dialog(page).getByRole('button', { name: 'Dejar contra entrega' }).click();
		await dialog(page).waitFor({ state: 'detached' });
		await payments(page).getByText('Contra entrega', { exact: true }).waitFor();
	}

	const openCollection = async (page: Page): Promise<void> =>
		await page.getByRole('button', { name: /Registrar el efectivo/ }).click();
	const save = async (page: Page): Promise<void> => await dialog(page).getByRole('button', { name: 'Guardar' }).click();

	const rows = async () =>
		await desk.store.db
			.selectFrom('payments')
			.select(['state', 'amount_paid', 'case_id', 'details'])
			.where('provider', '=', 'cash_on_delivery')
			.orderBy('id')
			.execute();

	test('who attends agrees on it for the case; who leads records it, with amount and who received it already filled in', async () => {
		const attending = await openPage(laura);
		await fillAgreement(attending);
		// What is delivered is the open case, and no link is promised.
		expect(await dialog(attending).getByLabel('Qué se entrega').inputValue()).toBe(caseId);
		await dialog(attending).getByText('No sale ningún enlace', { exact: false }).waitFor();
		await dialog(attending).getByRole('button', { name: 'Dejar contra entrega' }).click();
		await attending.getByText('Quedó contra entrega.').waitFor();
		await payments(attending).getByText(number, { exact: false }).waitFor();
		expect(await attending.getByRole('button', { name: /Registrar el efectivo/ }).count()).toBe(0);

		const leading = await openPage(sofia);
		await openCollection(leading);
		expect(await dialog(leading).getByLabel('Valor').inputValue()).toBe('250000');
		expect(await dialog(leading).getByLabel('Moneda').inputValue()).toBe('COP');
		expect(await dialog(leading).getByLabel('Quién lo recibió').inputValue()).toBe('Sofía Peña');
		await dialog(leading).getByLabel('Quién lo recibió').fill('Pedro, mensajero');
		await save(leading);
		await leading.getByText('Efectivo registrado.').waitFor();
		await payments(leading).getByText('Lo recibió Pedro, mensajero', { exact: false }).waitFor();
		await payments(leading).getByText('Pagado', { exact: true }).waitFor();
		expect(await leading.getByRole('button', { name: /Registrar el efectivo/ }).count()).toBe(0);
		expect(await rows()).toMatchObject([{ state: 'paid', amount_paid: 25_000_000, case_id: caseId }]);

		// Both read it in the thread, whoever did it.
		for (const page of [attending, leading]) {
			await page.getByText(/Se paga contra entrega: \$\s250\.000 · Laura Gómez/u).waitFor();
			await page.getByText(/Efectivo recibido: \$\s250\.000, por Pedro, mensajero · Sofía Peña/u).waitFor();
		}
	});

	test('another amount asks for a word why, beside the note', async () => {
		await agree(await openPage(laura));
		const page = await openPage(sofia);
		await openCollection(page);
		await dialog(page).getByLabel('Valor').fill('245.000');
		await save(page);
		await dialog(page).getByRole('alert').getByText('llegó otro valor', { exact: false }).waitFor();
		await dialog(page).getByLabel('Nota: por qué llegó otro valor').fill('No había cambio');
		await save(page);
		await payments(page).getByText('No había cambio', { exact: false }).waitFor();
		await payments(page)
			.getByText(/Acordado: \$\s250\.000/u)
			.waitFor();
		expect(await rows()).toMatchObject([{ state: 'paid', amount_paid: 24_500_000 }]);
	});

	test('paid with a card meanwhile: the desk says so, and only somebody who knows goes on', async () => {
		const attending = await openPage(laura);
		await agree(attending);
		const card = await requestPayment(
			desk.store,
			{
				requestId: 'card',
				provider: 'cashier',
				mode: 'live',
				kind: 'full',
				amount: 25_000_000,
				currency: 'COP',
				...{ contactId: ana.contactId, conversationId: ana.conversationId, caseId },
			},
			async () => await Promise.resolve({ providerId: 'page_1', url: 'https://pay.example/1' }),
		);
		const paid = { state: 'paid', amount_paid: 25_000_000, paid_at: desk.store.now() } as const;
		await desk.store.transaction(async (tx) => await updatePayment(tx, desk.store, card.id, paid));
		const page = await openPage(sofia);
		await openCollection(page);
		expect(await dialog(page).getByRole('checkbox').count()).toBe(0);
		await save(page);
		await dialog(page)
			.getByRole('alert')
			.getByText(/ya pagó \$\s250\.000/u)
			.waitFor();
		await dialog(page).getByLabel('Pagó dos veces; hay que devolverle un pago').check();
		await save(page);
		await dialog(page).waitFor({ state: 'detached' });
		expect(await rows()).toMatchObject([{ state: 'paid' }]);
		await page.getByText(/Pagó dos veces: otros \$\s250\.000/u).waitFor();
	});

	test('two who look at the same payment: the slower one is told who received it', async () => {
		await agree(await openPage(laura));
		const [one, other] = [await openPage(sofia), await openPage(await desk.advisor('Diego Ruiz', 'administrator'))];
		await openCollection(one);
		await openCollection(other);
		await save(one);
		await dialog(one).waitFor({ state: 'detached' });
		// The other page has heard of it, and what is being filled in there stays.
		await payments(other).getByText('Pagado', { exact: true }).waitFor({ state: 'attached' });
		await save(other);
		await dialog(other).getByText('Este efectivo ya se registró: lo recibió Sofía Peña.').waitFor();
		expect(await rows()).toHaveLength(1);
	});

	test('agreed on twice it is refused in words; cancelled, it can be agreed on anew', async () => {
		const page = await openPage(laura);
		await agree(page);
		await fillAgreement(page, '300.000');
		await dialog(page).getByRole('button', { name: 'Dejar contra entrega' }).click();
		await dialog(page)
			.getByText(/Esto ya se paga contra entrega: \$\s250\.000\./u)
			.waitFor();
		await dialog(page).getByRole('button', { name: 'Cancelar' }).click();
		await page.getByRole('button', { name: /Cancelar contra entrega/ }).click();
		await dialog(page).getByRole('button', { name: 'Dejarlo' }).waitFor();
		await dialog(page).getByLabel('Motivo').fill('Acordamos otro valor');
		await dialog(page).getByRole('button', { name: 'Cancelar contra entrega' }).click();
		await page.getByText('Ya no se paga contra entrega: Acordamos otro valor', { exact: false }).waitFor();
		await payments(page).getByText('Cancelado', { exact: true }).waitFor();
		await fillAgreement(page, '300.000');
		await dialog(page).getByRole('button', { name: 'Dejar contra entrega' }).click();
		await dialog(page).waitFor({ state: 'detached' });
		expect((await rows()).map(({ state }) => state)).toEqual(['expired', 'requested']);
	});

	test.each([
		['light', WIDE],
		['dark', WIDE],
		['light', PHONE],
		['dark', PHONE],
	] as const)('the dialogs fit and read in %s at %j', async (colorScheme, viewport) => {
		const page = await openPage(sofia, { viewport, colorScheme });
		const look = async (name: string): Promise<void> => {
			await page.evaluate(axe);
			const { violations } = await page.evaluate<AxeResults>(
				"axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'] })",
			);
			const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
			expect(serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))).toEqual([]);
			expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
			if (process.env.PICTURES === undefined) return;
			await page.screenshot({ path: path.join(process.env.PICTURES, `${name}-${colorScheme}-${viewport.width}.png`) });
		};
		await fillAgreement(page);
		await look('agree');
		await dialog(page).getByRole('button', { name: 'Dejar contra entrega' }).click();
		await dialog(page).waitFor({ state: 'detached' });
		await payments(page).getByText('Contra entrega', { exact: true }).waitFor();
		await payments(page).scrollIntoViewIfNeeded();
		await look('agreed');
		await openCollection(page);
		await dialog(page).getByLabel('Valor').fill('245.000');
		await save(page);
		await dialog(page).getByRole('alert').waitFor();
		await look('collect');
		await dialog(page).getByLabel('Nota: por qué llegó otro valor').fill('No había cambio');
		await save(page);
		await payments(page).getByText('Lo recibió', { exact: false }).waitFor();
		await payments(page).scrollIntoViewIfNeeded();
		await look('collected');
	});
});
