/** The phone page in a real browser: what somebody sees who tries the bot without an account anywhere. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { startGraphSimulator, type GraphSimulator, type Json } from '../simulators/graph';
import { inBrowser, startBrowser } from '../support/chromium';
import { eventually } from '../support/eventually';
import { PATIENCE } from '../support/patience';

const phoneNumberId = '300000000000001';
const wide = { width: 1280, height: 860 };
const narrow = { width: 390, height: 780 };

/** Relative luminance of `rgb(…)`, as WCAG 2 defines it. */
function luminance(color: string): number {
	const [red, green, blue] = (color.match(/[\d.]+/g) ?? []).map(Number).map((part) => {
		const share = part / 255;
		return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

inBrowser('The phone page', () => {
	let browser: Browser;
	let context: BrowserContext | undefined;
	let page: Page;
	let simulator: GraphSimulator;
	/** Everything the browser complained about, blocked content included. */
	let complaints: string[];

	beforeAll(async () => {
		browser = await startBrowser();
	});
	afterAll(() => browser.close());

	beforeEach(async () => {
		simulator = await startGraphSimulator({
			appId: '1',
			appSecret: 'secret',
			accessToken: 'token',
			numbers: [
				{
					wabaId: '2',
					phoneNumberId,
					displayPhoneNumber: '+57 300 111 2233',
					verifiedName: 'PROSUMINISTROS',
					country: 'CO',
				},
			],
		});
	});
	afterEach(async () => {
		await context?.close();
		await simulator.close();
	});

	async function open(
		viewport: { width: number; height: number },
		colorScheme: 'light' | 'dark' = 'light',
		prepare = async (): Promise<void> => {},
	): Promise<void> {
		context = await browser.newContext({ viewport, colorScheme, locale: 'es-CO' });
		context.setDefaultTimeout(PATIENCE);
		page = await context.newPage();
		complaints = [];
		page.on('console', (message) => {
			if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
		});
		page.on('pageerror', (error) => complaints.push(String(error)));
		await prepare();
		await page.goto(simulator.baseUrl);
	}

	async function send(to: string, message: Json): Promise<void> {
		const response = await fetch(`${simulator.baseUrl}/v25.0/${phoneNumberId}/messages`, {
			method: 'POST',
			headers: { Authorization: 'Bearer token', 'Content-Type': 'application/json' },
			body: JSON.stringify({ messaging_product: 'whatsapp', to, ...message }),
		});
		expect(response.status).toBe(200);
	}

	const offerQuotation = (to: string): Promise<void> =>
		send(to, {
			type: 'interactive',
			interactive: {
				type: 'button',
				body: { text: 'Elige' },
				action: { buttons: [{ type: 'reply', reply: { id: 'quote', title: '1. Cotización' } }] },
			},
		});
	const say = (to: string, body: string): Promise<void> => send(to, { type: 'text', text: { body } });
	const lastReceived = (): Promise<string> => page.locator('.row.received').last().innerText();

	it.each([
		['wide', wide],
		['narrow', narrow],
	])('somebody new starts with one click and chats, on a %s screen', async (_name, viewport) => {
		await open(viewport);
		if (viewport === narrow) {
			await page.getByRole('button', { name: 'Nuevo cliente' }).click();
			await page.getByRole('button', { name: 'Crear cliente' }).click();
		} else {
			await page.getByRole('button', { name: 'Empezar como cliente nuevo' }).click();
		}
		await page.getByLabel('Escribe un mensaje').fill('necesito cotizar 20 portátiles');
		await page.keyboard.press('Enter');
		await page.locator('.row.written').waitFor();
		const [customer] = simulator.customers;
		expect(customer.chat.map(({ text }) => text)).toEqual(['necesito cotizar 20 portátiles']);
		await say(`+${customer.waId ?? ''}`, 'Con gusto. ¿A nombre de quién?');
		await page.locator('.row.received', { hasText: 'Con gusto. ¿A nombre de quién?' }).waitFor();
		expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
		expect(complaints).toEqual([]);
	});

	it('given somebody new who is slow to come, what is written meanwhile does not go to who was open before', async () => {
		const ana = simulator.customer({ waId: '573001234567', profileName: 'Ana' });
		await open(wide);
		await page.locator('.person').click();
		const come = Promise.withResolvers<void>();
		await page.route('**/phone/customers', async (route) => {
			await come.promise;
			await route.continue();
		});
		await page.getByRole('button', { name: 'Nuevo cliente' }).click();
		await page.getByRole('button', { name: 'Crear cliente' }).click();
		const field = page.getByLabel('Escribe un mensaje');
		expect(await field.isDisabled()).toBe(true);
		const written = field.fill('¿tienen tóner?');
		come.resolve();
		await written;
		await page.keyboard.press('Enter');
		await page.locator('.row.written').waitFor();
		const [, other] = simulator.customers;
		expect([ana.chat, other?.chat].map((chat) => chat?.map(({ text }) => text))).toEqual([[], ['¿tienen tóner?']]);
	});

	it('given somebody new who comes before the page knows who is there, they stay on the screen', async () => {
		const read = Promise.withResolvers<void>();
		const come = Promise.withResolvers<void>();
		await open(narrow, 'light', async () => {
			await page.route('**/phone/state', async (route) => {
				const response = await route.fetch();
				read.resolve();
				await come.promise;
				await route.fulfill({ response });
			});
		});
		await read.promise;
		await page.getByRole('button', { name: 'Nuevo cliente' }).click();
		await page.getByRole('button', { name: 'Crear cliente' }).click();
		await eventually('the new customer', () => simulator.customers.length === 1);
		const known = page.waitForResponse('**/phone/state');
		come.resolve();
		await (await known).finished();
		await page.getByLabel('Escribe un mensaje').fill('¿tienen tóner?');
		await page.keyboard.press('Enter');
		await page.locator('.row.written').waitFor();
		expect(simulator.customers[0].chat.map(({ text }) => text)).toEqual(['¿tienen tóner?']);
	});

	it('what is pressed while something changes around it is done', async () => {
		const ana = simulator.customer({ waId: '573001234567', profileName: 'Ana Pérez' });
		ana.text('hola');
		await open(wide);
		await offerQuotation('+573001234567');
		await page.getByRole('button', { name: '1. Cotización' }).hover();
		await page.mouse.down();
		ana.reaction(ana.received[0].wamid, '👍');
		await page.locator('.reactions').waitFor();
		await page.mouse.up();
		await page.locator('.row.written', { hasText: '1. Cotización' }).waitFor();

		const beto = simulator.customer({ waId: '573009876543', profileName: 'Beto Ruiz' });
		beto.text('buenas');
		const row = page.locator('.person', { hasText: 'Beto' });
		await row.filter({ hasText: 'buenas' }).hover();
		await page.mouse.down();
		await say('+573009876543', 'Hola, Beto');
		await row.getByText('Hola, Beto').waitFor();
		await page.mouse.up();
		await page.locator('.speaker', { hasText: 'Beto Ruiz' }).waitFor();
	});

	it('text is text: no tag, no script, no other scheme gets into the page', async () => {
		const ana = simulator.customer({ waId: '573001234567', profileName: '<img src=x onerror=alert(1)>' });
		ana.text('<script>document.title="hacked"</script>');
		await open(wide);
		await page.locator('.person').click();
		await say('+573001234567', '<b>hola</b> *fuerte* javascript:alert(1) https://example.com/pago');
		await page.locator('.row.received').waitFor();
		expect(await lastReceived()).toContain('<b>hola</b> fuerte javascript:alert(1) https://example.com/pago');
		expect(await page.locator('.messages b, .messages script, .people img').count()).toBe(0);
		expect(await page.locator('.row.received strong').innerText()).toBe('fuerte');
		expect(
			await page
				.locator('.messages a')
				.evaluateAll((links) => links.map((link) => [link.getAttribute('href'), link.getAttribute('rel')])),
		).toEqual([['https://example.com/pago', 'noopener noreferrer']]);
		expect(await page.title()).toBe('Teléfono de prueba');
		expect(complaints).toEqual([]);
	});

	it('a button, a row of a list, a place and the own contact go to the business', async () => {
		const ana = simulator.customer({ waId: '573001234567', profileName: 'Ana Pérez' });
		ana.text('hola');
		await open(wide);
		await offerQuotation('+573001234567');
		await page.getByRole('button', { name: '1. Cotización' }).click();
		await send('+573001234567', {
			type: 'interactive',
			interactive: {
				type: 'list',
				body: { text: '¿Qué área?' },
				action: {
					button: 'Ver áreas',
					sections: [{ rows: [{ id: 'support', title: 'Soporte técnico', description: 'Garantías' }] }],
				},
			},
		});
		await page.getByRole('button', { name: 'Ver áreas' }).click();
		const confirm = page.locator('.sheet').getByRole('button', { name: 'Enviar' });
		expect(await confirm.isDisabled()).toBe(true);
		await page.getByText('Soporte técnico').click();
		await confirm.click();
		await send('+573001234567', {
			type: 'interactive',
			interactive: { type: 'location_request_message', body: { text: '¿Dónde?' }, action: { name: 'send_location' } },
		});
		await page.getByRole('button', { name: 'Enviar ubicación' }).click();
		await page.getByRole('button', { name: /Oficina en Bogotá/ }).click();
		await page.getByRole('button', { name: 'Adjuntar' }).click();
		await page.getByRole('button', { name: 'Mi contacto' }).click();
		await page.locator('.card-contact').waitFor();
		expect(ana.chat.filter(({ direction }) => direction === 'written').map(({ type, text }) => [type, text])).toEqual([
			['text', 'hola'],
			['interactive', '1. Cotización'],
			['interactive', 'Soporte técnico'],
			['location', 'Oficina en Bogotá\nCarrera 7 # 71-21, Bogotá'],
			['contacts', 'Ana Pérez'],
		]);
		expect(complaints).toEqual([]);
	});

	it('photos and documents are sent with a comment, and a document keeps its name', async () => {
		const ana = simulator.customer({ waId: '573001234567', profileName: 'Ana Pérez' });
		ana.text('hola');
		await open(wide);
		const picture = await page.screenshot({ type: 'jpeg' });
		await page.locator('#pick-photo').setInputFiles({ name: 'equipo.jpg', mimeType: 'image/jpeg', buffer: picture });
		await page.getByLabel('Comentario').fill('como este');
		await page.locator('.sheet').getByRole('button', { name: 'Enviar' }).click();
		await page.locator('.picture img').waitFor();
		await page.waitForFunction("document.querySelector('.picture img')?.naturalWidth === 1280");
		await page
			.locator('#pick-document')
			.setInputFiles({ name: 'lista de productos.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
		await page.locator('.sheet').getByRole('button', { name: 'Enviar' }).click();
		await page.locator('.row .paper').waitFor();
		expect(ana.chat.slice(1)).toMatchObject([
			{ type: 'image', text: 'como este', media: { mimeType: 'image/jpeg', sizeBytes: picture.byteLength } },
			{ type: 'document', text: '', media: { filename: 'lista de productos.pdf' } },
		]);
		expect(complaints).toEqual([]);
	});

	it('ticks follow the webhook and the reading; typing is shown and ends with the answer', async () => {
		const ana = simulator.customer({ waId: '573001234567', profileName: 'Ana Pérez' });
		const { wamid } = ana.text('¿siguen ahí?');
		await open(wide);
		await page.getByRole('img', { name: 'Sin entregar todavía' }).waitFor();
		await fetch(`${simulator.baseUrl}/v25.0/${phoneNumberId}/messages`, {
			method: 'POST',
			headers: { Authorization: 'Bearer token', 'Content-Type': 'application/json' },
			body: JSON.stringify({
				messaging_product: 'whatsapp',
				status: 'read',
				message_id: wamid,
				typing_indicator: { type: 'text' },
			}),
		});
		await page.getByRole('img', { name: 'Leído' }).waitFor();
		await page.getByText('escribiendo…').waitFor();
		await say('+573001234567', 'Sí, dime.');
		await page.getByText('escribiendo…').waitFor({ state: 'detached' });
		expect(await lastReceived()).toContain('Sí, dime.');
	});

	it('several customers live side by side; who is not on screen gets a number of unread messages', async () => {
		simulator.customer({ waId: '573001234567', profileName: 'Ana Pérez' }).text('hola');
		const beto = simulator.customer({ waId: '573009876543', profileName: 'Beto Ruiz' });
		beto.text('buenas');
		await open(wide);
		await page.locator('.person', { hasText: 'Ana' }).click();
		await say('+573009876543', 'Hola, Beto');
		await say('+573009876543', '¿En qué te ayudo?');
		const row = page.locator('.person', { hasText: 'Beto' });
		await row.getByText('2', { exact: true }).waitFor();
		expect(beto.received.map(({ status }) => status)).not.toContain('read');
		await row.click();
		await page.locator('.row.received', { hasText: 'Hola, Beto' }).waitFor();
		expect(await row.locator('.unread').count()).toBe(0);
	});

	it.each(['light', 'dark'] as const)('words stand out from their bubble (%s)', async (scheme) => {
		const ana = simulator.customer({ waId: '573001234567', profileName: 'Ana Pérez' });
		ana.text('hola');
		await open(wide, scheme);
		await say('+573001234567', 'Buenos días');
		await page.locator('.row.received').waitFor();
		const colors = await page.evaluate<Array<[string, string]>>(`
			['.row.received', '.row.written'].flatMap((row) => ['.bubble-text', '.meta'].map((words) => [
				getComputedStyle(document.querySelector(row + ' .bubble')).backgroundColor,
				getComputedStyle(document.querySelector(row + ' ' + words)).color,
			]))
		`);
		const ratios = colors.map((pair) => {
			const [darker, lighter] = pair.map(luminance).sort((one, other) => one - other);
			return (lighter + 0.05) / (darker + 0.05);
		});
		for (const ratio of ratios) expect(ratio).toBeGreaterThanOrEqual(4.5);
	});

	it('nothing from elsewhere: strict policy, no strangers, no other site may use its interface', async () => {
		await open(wide);
		const response = await fetch(simulator.baseUrl);
		const policy = response.headers.get('content-security-policy') ?? '';
		expect(policy).toContain("default-src 'none'");
		expect(policy).not.toMatch(/unsafe|\*/);
		const requests = await page.evaluate<string[]>(
			"performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)",
		);
		expect(new Set(requests)).toEqual(new Set([simulator.baseUrl]));
		const foreign = await fetch(`${simulator.baseUrl}/phone/customers`, {
			method: 'POST',
			headers: { 'Sec-Fetch-Site': 'cross-site' },
			body: '{"name":"x","phone":"573000000000"}',
		});
		expect([foreign.status, simulator.customers.length]).toEqual([403, 0]);
	});
});
