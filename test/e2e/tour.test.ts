import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

import { startBrowser } from '../support/chromium';
import { projectRoot, runFolder } from '../support/host/folders';
import { startProcess, type RunningProcess } from '../support/host/processes';
import { eventually } from '../support/host/waiting';
import { PATIENCE } from '../support/patience';

const guides = ['README.es.md', 'README.md'].map((file) => readFileSync(join(projectRoot, file), 'utf8'));

/** Buttons, tabs and places that a step of both guides names; a step that is not written fails. */
function written(...names: readonly string[]): void {
	for (const guide of guides) for (const name of names) expect(guide).toContain(name);
}

let demo: RunningProcess;
let browser: Browser;
let phone: Page;
let inbox: Page;

const received = (text: string): Locator => phone.locator('.row.received', { hasText: text });
const dialog = (): Locator => inbox.getByRole('dialog');
const place = (name: string): Locator =>
	inbox.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name });

/** The customer writes and reads an answer that says this. */
async function writes(text: string, answer: string): Promise<void> {
	const field = phone.getByLabel('Escribe un mensaje');
	await field.fill(text);
	await field.press('Enter');
	await received(answer).last().waitFor();
}

async function open(customerName: string): Promise<void> {
	await inbox.getByRole('tab', { name: /^Todas/ }).click();
	await inbox.locator('.row', { hasText: customerName }).first().click();
	await inbox.locator('.threadHead h2', { hasText: customerName }).waitFor();
}

async function chooseMore(name: string): Promise<void> {
	await inbox.getByRole('button', { name: 'Más acciones' }).click();
	await inbox.getByRole('button', { name, exact: true }).click();
}

/** The program of `npm run demo`, with its data in a folder of their own; the addresses that it prints. */
async function addresses(): Promise<{ phone: string; inbox: string }> {
	return await eventually(
		'the demo to print its addresses',
		() => {
			const told = demo.log(200);
			const phoneAddress = /customer's phone\s+(http:\S+)/.exec(told)?.[1];
			const inboxAddress = /advisors' inbox\s+(http:\S+#enlace=\S+)/.exec(told)?.[1];
			if (phoneAddress === undefined || inboxAddress === undefined) return undefined;
			return { phone: phoneAddress, inbox: inboxAddress };
		},
		{
			within: 180_000,
			every: 250,
			hopeless: () => (demo.ending() === undefined ? undefined : `it ${demo.ending()}\n${demo.log()}`),
		},
	);
}

beforeAll(async () => {
	const folder = runFolder('tour');
	demo = startProcess({
		name: 'demo',
		command: process.execPath,
		args: ['--import', 'tsx', join('test', 'demo', 'demo.ts'), '--folder', join(folder, 'desk')],
		cwd: projectRoot,
		env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
		logFile: join(folder, 'demo.log'),
	});
	browser = await startBrowser();
	const at = await addresses();
	phone = await browser.newPage({ viewport: { width: 900, height: 860 }, locale: 'es-CO' });
	phone.setDefaultTimeout(PATIENCE);
	const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'es-CO' });
	context.setDefaultTimeout(PATIENCE);
	inbox = await context.newPage();
	await phone.goto(at.phone);
	await inbox.goto(at.inbox);
});

afterAll(async () => {
	await browser?.close();
	await demo?.stop('SIGINT', 20_000);
});

describe('the tour of five minutes, as README.md and README.es.md tell it', () => {
	it('1: the link of the inbox lets Paula in', async () => {
		written('Paula Restrepo');
		await inbox.getByLabel('Contraseña nueva').fill('cuatro palabras faciles 9');
		await inbox.getByLabel('Repítela').fill('cuatro palabras faciles 9');
		await inbox.getByRole('button', { name: 'Crear contraseña' }).click();
		await inbox.getByRole('tab', { name: /^Todas/ }).waitFor();
	});

	it('2: a customer asks for a quotation, and the conversation grows in the inbox', async () => {
		written('«Empezar como cliente nuevo»', '`hola`', '«1. Cotización»', '`20 portátiles para la oficina`', '«Todas»');
		await phone.getByRole('button', { name: 'Empezar como cliente nuevo' }).click();
		await inbox.getByRole('tab', { name: /^Todas/ }).click();
		await writes('hola', '¿Cuál es tu nombre completo?');
		await inbox.locator('.row').first().waitFor();
		await writes('Laura Gómez Restrepo', 'número de identificación');
		await writes('1020304050', 'qué deseas hacer hoy');
		await phone.getByRole('button', { name: '1. Cotización' }).click();
		await received('¿Sobre qué producto').waitFor();
		await writes('20 portátiles para la oficina', 'cotización formal');
		await inbox.locator('.row', { hasText: 'Laura Gómez Restrepo' }).waitFor();
	});

	it('3: the bot says why', async () => {
		written('«¿Por qué?»');
		await open('Laura Gómez Restrepo');
		const answer = inbox.locator('article.message', { hasText: 'cotización formal' }).last();
		await answer.hover();
		await answer.getByRole('button', { name: '¿Por qué?' }).click();
		await dialog().getByText('Entendió').waitFor();
		await dialog().getByRole('button', { name: 'Cerrar' }).click();
	});

	it('4: the conversation becomes a lead', async () => {
		written('«Crear Lead»', '«Actualizar Lead»');
		const head = inbox.locator('.threadHead');
		await head.getByRole('button', { name: 'Crear Lead' }).click();
		await dialog().getByRole('button', { name: 'Crear Lead' }).click();
		await head.getByRole('button', { name: 'Actualizar Lead' }).waitFor();
	});

	it('5: Paula answers, and gives the conversation back to the bot', async () => {
		written('«Tomar»', '«Enviar»', '«Devolver al bot»');
		await inbox.getByRole('button', { name: 'Tomar' }).click();
		await inbox.getByText('La conversación es tuya.').waitFor();
		await inbox.getByLabel('Escribe un mensaje').fill('Hola Laura, soy Paula. Ya te preparo la cotización.');
		await inbox.getByRole('button', { name: 'Enviar', exact: true }).click();
		await received('soy Paula').waitFor();
		await inbox.locator('article.message', { hasText: 'soy Paula' }).locator('.ticks.read').waitFor();
		await chooseMore('Devolver al bot');
		await inbox.getByText('El bot atiende de nuevo.').waitFor();
	});

	it('6: a customer names Paula, and her bell tells', async () => {
		written('«Nuevo cliente»', '«2. Estado de pedido»', '`Paula`');
		await phone.getByRole('button', { name: 'Nuevo cliente' }).click();
		await phone.getByRole('button', { name: 'Crear cliente' }).click();
		await writes('hola', '¿Cuál es tu nombre completo?');
		await writes('Mateo Ríos Salgado', 'número de identificación');
		await writes('1030405060', 'qué deseas hacer hoy');
		await phone.getByRole('button', { name: '2. Estado de pedido' }).click();
		await received('qué comercial te atendió').waitFor();
		await writes('Paula', 'Ya notifiqué a Paula Restrepo');
		await inbox.getByRole('button', { name: /^Notificaciones: \d+ sin leer/ }).waitFor();
	});

	it("7: the customer is offered an advisor's own number, and decides", async () => {
		written('«Enviar enlace del asesor»', 'Carolina Rojas');
		await open('Mateo Ríos Salgado');
		await chooseMore('Enviar enlace del asesor');
		await dialog().getByLabel('Asesor').selectOption({ label: 'Carolina Rojas · +57 311 555 0001' });
		await dialog()
			.getByLabel(/no queda registrado aquí/)
			.check();
		await dialog().getByRole('button', { name: 'Enviar ofrecimiento' }).click();
		const offer = received('se perderá la trazabilidad');
		await offer.waitFor();
		await offer.getByRole('button', { name: 'Sí, enviar enlace' }).click();
		await phone.locator('.row.received a[href*="wa.me/573115550001"]').waitFor();
	});

	it('8: an own number is linked, and what is written on its telephone is seen', async () => {
		written('«Números»', '«Vincular mi WhatsApp Business»', '«Continuar con Meta»', '«En vivo»');
		await place('Números').click();
		await inbox.getByRole('button', { name: 'Vincular mi WhatsApp Business' }).click();
		await dialog().getByRole('button', { name: 'Continuar con Meta' }).click();
		await inbox.getByRole('button', { name: /\+57 311 555 0001/ }).click();
		await inbox.locator('.numberCard').getByText('En vivo').waitFor();

		await phone.getByRole('button', { name: 'Nuevo cliente' }).click();
		await phone.getByLabel('Nombre', { exact: true }).fill('Sofía Directa');
		await phone.getByLabel('Escribe a').selectOption({ label: 'Ventas PROSUMINISTROS · +57 311 555 0001' });
		await phone.getByRole('button', { name: 'Crear cliente' }).click();
		await phone.getByLabel('Escribe un mensaje').fill('¿Tienes switches de 24 puertos?');
		await phone.keyboard.press('Enter');
		await place('Conversaciones').click();
		await open('Sofía Directa');
		const telephone = await inbox.context().newPage();
		await telephone.goto(new URL('/advisor', phone.url()).href);
		await telephone.getByLabel('Mensaje a Sofía Directa').fill('Sí, me quedan tres');
		await telephone.keyboard.press('Enter');
		await inbox.locator('article.message', { hasText: 'Sí, me quedan tres' }).getByText('Desde el teléfono').waitFor();
		await telephone.close();
	});

	it('9: everything is in the bitácora, and can be taken along', async () => {
		written('«Bitácora»', '«Descargar CSV»');
		await place('Bitácora').click();
		await inbox.getByRole('table').waitFor();
		const [file] = await Promise.all([
			inbox.waitForEvent('download'),
			inbox.getByRole('button', { name: 'Descargar CSV' }).click(),
		]);
		const csv = readFileSync(await file.path(), 'utf8');
		for (const action of [
			'lead.created',
			'conversation.bot_paused',
			'message.written',
			'link.offered',
			'case.opened',
		]) {
			expect(csv).toContain(action);
		}
	});
});
