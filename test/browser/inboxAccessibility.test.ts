/** Every view of the advisors' page, in light and dark, wide and on a phone, as axe-core judges it. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';

import { inBrowser, startBrowser } from '../support/chromium';
import { openInbox, PHONE, WIDE, type OpenInbox } from '../support/inboxPage/browser';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

type Step = readonly [view: string, place: string, open: (page: Page) => Promise<unknown>];

const dialogAfter =
	(...names: readonly string[]) =>
	async (page: Page): Promise<void> => {
		for (const name of names) await page.getByRole('button', { name, exact: true }).first().click();
		await page.getByRole('dialog').waitFor();
	};
const heading = (name: string) => (page: Page) => page.getByRole('heading', { name, exact: true }).first().waitFor();

/** Views with what shows that they are there. */
const VIEWS: readonly Step[] = [
	['list', '', (page) => page.locator('.row').first().waitFor()],
	['thread, composer and details', '/conversations/conv-mariana', (page) => page.locator('#message-m16').waitFor()],
	['closed window', '/conversations/conv-closed-window', (page) => page.getByText('solo permite plantillas').waitFor()],
	['template dialog', '/conversations/conv-closed-window', dialogAfter('Elegir plantilla')],
	['lead dialog', '/conversations/conv-mariana', dialogAfter('Crear Lead')],
	['assign dialog', '/conversations/conv-jorge', dialogAfter('Más acciones', 'Asignar')],
	['link dialog', '/conversations/conv-jorge', dialogAfter('Más acciones', 'Enviar enlace del asesor')],
	['follow-ups', '/followUps', heading('Atrasado')],
	['approvals', '/approvals', (page) => page.getByText('Devolver $ 50.000 a Mariana').waitFor()],
	['approval dialog', '/approvals', dialogAfter('Rechazar')],
	['metrics', '/metrics', (page) => page.locator('.chart canvas').waitFor()],
	[
		'problems',
		'/problems',
		(page) => page.getByText('Un enlace de pago pedido por un asesor que no se pudo crear').waitFor(),
	],
	['audit log', '/audit', (page) => page.getByRole('cell', { name: 'Laura Gómez' }).first().waitFor()],
	['numbers', '/numbers', (page) => page.getByText('+57 315 777 8899').waitFor()],
	['my own settings', '/settings/me', heading('Apariencia')],
	['canned answers', '/settings/canned', (page) => page.getByText('/saludo').waitFor()],
	['business', '/settings/business', (page) => page.getByLabel('Nombre del negocio').waitFor()],
	['hours', '/settings/hours', heading('Horario de atención')],
	[
		'own contact hours',
		'/settings/hours',
		async (page) => {
			await page.getByRole('radio', { name: 'Propias' }).check();
			await page.getByLabel('Lunes: hasta').last().fill('06:00');
			await page.keyboard.press('Tab');
			await page.getByText('Debe ser después de').waitFor();
		},
	],
	['menu', '/settings/menu', (page) => page.getByText('Palabras que la eligen').first().waitFor()],
	[
		'a question with buttons',
		'/settings/menu',
		async (page) => {
			await page.locator('.questionCard > summary').nth(1).click();
			await page.getByText('Palabras, destino y traducciones').first().click();
			await page.getByRole('button', { name: 'Agregar condición' }).click();
			await page.getByLabel('Botón (máximo 20 caracteres)').nth(1).fill('');
			await page.getByText('Escribe algo aquí.').waitFor();
		},
	],
	['notices and bridge', '/settings/notices', heading('Puente por WhatsApp')],
	[
		'costs and data',
		'/settings/data',
		async (page) => {
			await page.getByRole('button', { name: 'Agregar tarifa' }).click();
			await page.getByRole('button', { name: 'Agregar precio' }).click();
		},
	],
	['texts', '/settings/texts', (page) => page.getByText('Así llega').waitFor()],
	['rules', '/settings/rules', heading('Paso a una persona')],
	['team', '/settings/team', (page) => page.getByText('Felipe Arango').waitFor()],
	['versions', '/settings/history', (page) => page.getByText('Versión 7').waitFor()],
];

/** Views that are laid out anew where there is little room. */
const OTHERWISE_ON_A_PHONE = [
	'list',
	'thread, composer and details',
	'template dialog',
	'metrics',
	'texts',
	'hours',
	'own contact hours',
	'a question with buttons',
	'costs and data',
];

async function findings(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const { violations } = await page.evaluate<AxeResults>(
		"axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'] })",
	);
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`));
}

inBrowser('Accessibility of the inbox page', () => {
	let browser: Browser;
	let inbox: OpenInbox | undefined;

	beforeAll(async () => {
		browser = await startBrowser();
	});
	afterAll(() => browser.close());
	afterEach(() => inbox?.close());

	test.each([
		['wide, light', WIDE, 'light', VIEWS],
		['wide, dark', WIDE, 'dark', VIEWS],
		['phone, light', PHONE, 'light', VIEWS.filter(([view]) => OTHERWISE_ON_A_PHONE.includes(view))],
	] as const)('no serious finding in any view: %s', async (_name, viewport, colorScheme, views) => {
		inbox = await openInbox(browser, { viewport, colorScheme });
		const { page, standIn } = inbox;
		const found: Record<string, string[]> = {};
		for (const [view, place, ready] of views) {
			// Another document each time, so that no view stands on the one before.
			await page.goto('about:blank');
			await page.goto(`${standIn.url}#${place}`);
			await ready(page);
			const those = await findings(page);
			if (those.length > 0) found[view] = those;
		}
		expect(found).toEqual({});
	});

	test('U1: no view is wider than its screen, and a thread says whose it is, from a phone to a desk', async () => {
		inbox = await openInbox(browser, { viewport: WIDE });
		const { page, standIn } = inbox;
		const found: string[] = [];
		for (const [view, place, ready] of VIEWS) {
			await page.setViewportSize(WIDE);
			await page.goto('about:blank');
			await page.goto(`${standIn.url}#${place}`);
			await ready(page);
			for (const width of [1440, 1181, 901, 768, 390]) {
				await page.setViewportSize({ width, height: 844 });
				const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
				if (beyond > 0) found.push(`${view} at ${width}: ${beyond} pixels too wide`);
				const name = await page
					.locator('.threadWho h2')
					.evaluateAll((headings) => headings.map((one) => one.getBoundingClientRect().width));
				// Where the list stands alone there is no thread to read.
				if (name.some((room) => room > 0 && room < 80))
					found.push(`${view} at ${width}: the name has ${name.join()} pixels`);
			}
		}
		expect(found).toEqual([]);
	});

	test.each(['light', 'dark'] as const)('no serious finding in the login: %s', async (colorScheme) => {
		inbox = await openInbox(browser, { loggedIn: false, colorScheme });
		await inbox.page.getByRole('button', { name: 'Entrar' }).waitFor();
		expect(await findings(inbox.page)).toEqual([]);
		await inbox.page.goto(`${inbox.standIn.url}#enlace=x`);
		await inbox.page.getByRole('heading', { name: 'Crea tu contraseña' }).waitFor();
		expect(await findings(inbox.page)).toEqual([]);
	});

	test('a dialog keeps the focus inside, and gives it back to what opened it', async () => {
		inbox = await openInbox(browser, { place: '/conversations/conv-mariana' });
		const { page } = inbox;
		const opener = page.getByRole('button', { name: 'Crear Lead' }).first();
		await opener.click();
		await page.getByLabel('Cantidad: Después').waitFor();
		for (let press = 0; press < 20; press += 1) await page.keyboard.press('Tab');
		expect(
			await page.evaluate(
				"document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))",
			),
		).toBe(true);
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		expect(await opener.evaluate((button) => button.ownerDocument.activeElement === button)).toBe(true);
	});
});
