import type { Browser, Locator } from 'playwright-core';

import { startBrowser } from '../support/chromium';
import { GivenTime } from '../support/givenTime';
import { openInbox, type PersonAtInbox } from '../support/host/inboxPage';
import { carolina, paula } from '../support/host/inboxTeam';
import type { WorkflowFile } from '../support/host/n8nApi';
import { publishing } from '../support/host/profileChange';
import { photo, photoDigest, quotationBubbles } from '../support/host/quotationJourney';
import { startServiceDesk, type DeskClient, type ServiceDesk } from '../support/host/serviceDesk';
import { restingEnding } from '../support/host/storeEnding';
import { answerTo, talks, tapping } from '../support/host/talking';
import { shippedTemplate } from '../support/host/templates';
import { eventually } from '../support/host/waiting';
import { PATIENCE } from '../support/patience';
import type { Customer } from '../simulators/graph';

/** What the client's story allows between what happens and its being seen, ms. */
const SEEN_WITHIN = 2_000;

const [greeting, askIdentification, menu] = quotationBubbles('');
const askAdvisor = 'Para ayudarte mejor, ¿puedes decirme qué comercial te atendió cuando realizaste este pedido?';
const askProcess = 'Para ayudarte mejor, ¿puedes decirme qué proceso necesitas realizar?';

let desk: ServiceDesk;
let client: DeskClient;
let browser: Browser;
/** The administrator's page, and the page of the advisor whom customers name. */
let boss: PersonAtInbox;
let caro: PersonAtInbox;

beforeAll(async () => {
	[desk, browser] = await Promise.all([
		startServiceDesk({
			templates: [
				shippedTemplate('setup.json'),
				// People answer each other here within a second; a real client's answer delay would only make this slow.
				publishing({ answerDelayMs: 300 }, 'Sin espera'),
				shippedTemplate('customer-service-bot.json'),
				shippedTemplate('advisor-inbox.json'),
			],
		}),
		startBrowser(),
	]);
	[client] = desk.clients;
	boss = await openInbox(browser, desk.n8n, paula);
	caro = await openInbox(browser, desk.n8n, carolina);
});

afterAll(async () => {
	await browser.close();
	await desk.stop();
});

let people = 0;

/** Somebody who has never written before. */
function newCustomer(profileName: string): Customer {
	people += 1;
	return client.simulator.customer({ waId: `57300222${String(people).padStart(4, '0')}`, profileName });
}

async function atRest(): Promise<void> {
	await client.simulator.settled();
	await restingEnding(desk.store, client.workspaceId);
}

/** The messages of the open thread. */
const bubbles = (at: PersonAtInbox): Locator => at.page.locator('.thread article.message');

const dialog = (at: PersonAtInbox): Locator => at.page.getByRole('dialog');

/** The button above the thread; there is another in the panel beside it. */
const leadButton = (at: PersonAtInbox, name: string): Locator =>
	at.page.locator('.threadHead').getByRole('button', { name, exact: true });

/** One thing that a workflow does by hand, e.g. what an operator presses in the editor; what it told. */
async function byHand(name: string, parameters: Readonly<Record<string, unknown>>): Promise<string> {
	const setup = shippedTemplate('setup.json');
	const start = setup.nodes.find(({ type }) => type.endsWith('.manualTrigger'));
	const form = setup.nodes.find(({ type }) => type.endsWith('.whatsAppCrm'));
	if (start === undefined || form === undefined) throw new Error('setup.json has no button or no form');
	const file: WorkflowFile = {
		name,
		nodes: [start, { ...form, parameters }],
		connections: { [start.name]: { main: [[{ node: form.name, type: 'main', index: 0 }]] } },
	};
	const { id } = await desk.n8n.api.importWorkflow(file);
	const execution = await desk.n8n.api.runByHand(id, start.name);
	expect(execution.status).toBe('success');
	return await desk.n8n.api.executionData(execution.id);
}

interface CaseOfTheStore {
	readonly number: string;
	readonly type: string;
	readonly area: string;
	readonly advisor: string | null;
}

async function casesOf(customer: Customer): Promise<readonly CaseOfTheStore[]> {
	const rows = await desk.store.rows(
		`select c.number, c.type, c.area, a.name as advisor from cases c join contacts p on p.id = c.contact_id
		left join advisors a on a.id = c.advisor_id where p.phone = '+${customer.waId}' order by c.id`,
	);
	return rows as unknown as CaseOfTheStore[];
}

/** Runs one criterion; what goes wrong leaves pictures of both pages. */
const criterion = (name: string, work: () => Promise<void>): void => {
	it(name, () =>
		desk.explain(async () => {
			try {
				await work();
			} catch (error) {
				const [file] = /^Criterio \d+/.exec(name) ?? ['Criterio'];
				await boss.screenshot(`${file} administrador`);
				await caro.screenshot(`${file} asesora`);
				// The next criterion begins on a page without an open dialog.
				await Promise.all([boss.page.reload(), caro.page.reload()]);
				throw error;
			}
		}),
	);
};

describe('criterios de aceptación de HU-0012, en un n8n real y en Chromium', () => {
	criterion('Criterio 1 · El menú inicial funciona con las opciones 1, 2 y 3', async () => {
		const phone = await browser.newPage({ viewport: { width: 390, height: 780 }, locale: 'es-CO' });
		phone.setDefaultTimeout(PATIENCE);
		await phone.goto(client.simulator.baseUrl);
		await phone.getByRole('button', { name: 'Nuevo cliente' }).click();
		await phone.getByLabel('Nombre', { exact: true }).fill('Andrea del Menú');
		await phone.getByRole('button', { name: 'Crear cliente' }).click();
		const writes = async (text: string, beginning: string): Promise<void> => {
			await phone.getByLabel('Escribe un mensaje').fill(text);
			await phone.keyboard.press('Enter');
			await phone.locator('.row.received', { hasText: beginning }).waitFor();
		};
		await writes('hola', '¿Cuál es tu nombre completo?');
		await writes('Andrea del Menú', 'número de identificación');
		await writes('1020304051', 'qué deseas hacer hoy');
		for (const option of ['1. Cotización', '2. Estado de pedido', '3. Otro motivo']) {
			expect(await phone.getByRole('button', { name: option }).count()).toBe(1);
		}
		await phone.getByRole('button', { name: '1. Cotización' }).click();
		await phone.locator('.row.received', { hasText: '¿Sobre qué producto' }).waitFor();
		await phone.close();

		const [second, third] = [newCustomer('Bruno Dos'), newCustomer('Clara Tres')];
		await Promise.all([
			talks(second, 'hola', 'Bruno Dos Ríos', '1020304052'),
			talks(third, 'hola', 'Clara Tres Peña', '1020304053'),
		]);
		expect(second.received.map(({ text }) => text)).toEqual([greeting, askIdentification, menu]);
		expect(await tapping(second, '2. Estado de pedido')).toBe(askAdvisor);
		// A digit is as good as a tap.
		expect(await talks(third, '3')).toEqual([askProcess]);

		await boss.openConversation('Andrea del Menú');
		await bubbles(boss).filter({ hasText: '¿Sobre qué producto' }).waitFor();
		expect(await boss.page.locator('.choices li').allInnerTexts()).toEqual([
			'1. Cotización',
			'2. Estado de pedido',
			'3. Otro motivo',
		]);
	});

	criterion('Criterio 2 · El bot clasifica la intención por palabras clave, y dice por cuáles', async () => {
		const elena = newCustomer('Elena Palabras');
		await talks(elena, 'buenas, me regalan una cotización de dos impresoras láser?');

		await boss.openConversation('Elena Palabras');
		const answer = bubbles(boss).filter({ hasText: '¿Cuál es tu nombre completo?' });
		await answer.hover();
		await answer.getByRole('button', { name: '¿Por qué?' }).click();
		const why = dialog(boss);
		await why.getByText('Entendió').waitFor();
		expect((await why.innerText()).toLowerCase()).toContain('cotización');
		expect(await why.locator('mark').allInnerTexts()).not.toEqual([]);
		expect(await why.getByRole('link', { name: 'Ver la ejecución en n8n' }).getAttribute('href')).toContain(
			'/executions/',
		);
		await boss.page.keyboard.press('Escape');
		await boss.page.locator('.chip.intent').first().waitFor();
	});

	criterion('Criterio 5 · La conversación tiene el botón «Crear Lead», que después es «Actualizar Lead»', async () => {
		const fabian = newCustomer('Fabián Compra');
		await talks(fabian, 'quiero cotizar 15 sillas ergonómicas', 'Fabián Andrés Mora', '1020304055');

		await boss.openConversation('Fabián Andrés Mora');
		await leadButton(boss, 'Crear Lead').click();
		const sheet = dialog(boss);
		await sheet.getByRole('button', { name: 'Crear Lead' }).click();
		await boss.page.getByText('Lead creado.').waitFor();
		const update = leadButton(boss, 'Actualizar Lead');
		await update.waitFor();
		const lead = async (): Promise<readonly object[]> =>
			await desk.store.rows(
				`select l.name, l.stage, l.quantity from leads l join contacts p on p.id = l.contact_id where p.phone = '+${fabian.waId}'`,
			);
		expect(await lead()).toEqual([{ name: 'Fabián Andrés Mora', stage: 'Lead', quantity: '15' }]);

		await update.click();
		await sheet.getByLabel('Cantidad').fill('20');
		await sheet.getByRole('button', { name: 'Actualizar Lead' }).click();
		await boss.page.getByText('Lead actualizado.').waitFor();
		// Updated, not made a second time.
		expect(await lead()).toEqual([{ name: 'Fabián Andrés Mora', stage: 'Lead', quantity: '20' }]);
	});

	criterion('Criterio 6 · La conversación convertida en Lead conserva sus mensajes y adjuntos', async () => {
		const gina = newCustomer('Gina Archivos');
		await talks(gina, 'necesito cotizar un rack para servidores', 'Gina Paola Archivos', '1020304056');
		await answerTo(gina, async () => {
			client.simulator.hold();
			gina.image(photo, 'así es el cuarto', { mimeType: 'image/jpeg' });
			gina.document(Buffer.from('%PDF-1.4 plano'), undefined, { filename: 'plano.pdf', mimeType: 'application/pdf' });
			await client.simulator.release();
		});
		await atRest();

		await boss.openConversation('Gina Paola Archivos');
		await leadButton(boss, 'Crear Lead').click();
		const sheet = dialog(boss);
		await sheet.getByText(/^Lleva 2 archivos y [1-9]\d* mensajes\.$/).waitFor();
		await sheet.getByRole('button', { name: 'Crear Lead' }).click();
		await boss.page.getByText('Lead creado.').waitFor();

		const kept = await desk.store.rows(
			`select f.sha256, f.state from leads l join contacts p on p.id = l.contact_id
			join attachment_links k on k.kind = 'lead' and k.target_id = l.id join attachments f on f.id = k.attachment_id
			where p.phone = '+${gina.waId}' order by f.id`,
		);
		expect(kept).toHaveLength(2);
		expect(kept).toContainEqual({ sha256: photoDigest, state: 'stored' });
		// What was said before is still there for whoever opens it, and the files can be taken.
		for (const said of ['necesito cotizar un rack', 'así es el cuarto', 'plano.pdf']) {
			await bubbles(boss).filter({ hasText: said }).waitFor();
		}
		const [download] = await Promise.all([
			boss.page.waitForEvent('download'),
			boss.page
				.getByRole('link', { name: /plano\.pdf/ })
				.first()
				.click(),
		]);
		expect(download.suggestedFilename()).toBe('plano.pdf');
	});

	criterion('Criterio 8 · «Seguimiento de pedido» siempre pide el comercial que atendió', async () => {
		const hugo = newCustomer('Hugo Pedido');
		await talks(hugo, 'hola', 'Hugo Andrés Pedido', '1020304058');
		expect(await tapping(hugo, '2. Estado de pedido')).toBe(askAdvisor);
		// Another fact is no answer to it.
		expect((await talks(hugo, 'es el pedido 4512 del lunes'))[0]).toMatch(/comercial|asesor/i);
		expect(await casesOf(hugo)).toEqual([]);
		const [confirmation] = await talks(hugo, 'Carolina');
		expect(confirmation).toContain('Ya notifiqué a Carolina Rojas');
		await atRest();
		expect(await casesOf(hugo)).toMatchObject([{ type: 'order_status', area: 'sales', advisor: 'Carolina Rojas' }]);

		// Whoever says it all at once is asked too, unless the name is in it.
		const irene = newCustomer('Irene Pedido');
		await talks(irene, '¿cómo va mi pedido?', 'Irene Marcela Pedido');
		expect((await talks(irene, '1020304059'))[0]).toBe(askAdvisor);
	});

	criterion('Criterio 9 · «Otro motivo» identifica la necesidad y la dirige a su área', async () => {
		const areas = [
			['Julio Soporte', 'Soporte técnico', 'la impresora se apaga sola desde ayer', 'support', 'Diana Torres'],
			['Karen Factura', 'Facturación y pagos', 'necesito el paz y salvo del mes pasado', 'finance', 'Andrés Mejía'],
		] as const;
		for (const [name, process, details, area, advisor] of areas) {
			const customer = newCustomer(name);
			await talks(customer, 'hola', `${name} Ruiz`, '1020304060');
			expect(await tapping(customer, '3. Otro motivo')).toBe(askProcess);
			await tapping(customer, process);
			expect((await talks(customer, details))[0]).toContain(`Ya notifiqué a ${advisor}`);
			await atRest();
			const [one, ...others] = await casesOf(customer);
			expect([one, others]).toMatchObject([{ area, advisor }, []]);

			await boss.openConversation(`${name} Ruiz`);
			const panel = boss.page.getByRole('complementary', { name: 'Datos del cliente' });
			await panel
				.getByText(one?.number ?? '')
				.first()
				.waitFor();
			await panel.getByText(advisor).first().waitFor();
		}
	});

	criterion(
		'Criterio 10 · El comercial que el cliente nombra recibe una notificación interna en 2 segundos',
		async () => {
			const luis = newCustomer('Luis Nombra');
			await talks(luis, 'hola', 'Luis Felipe Nombra', '1020304061');
			await tapping(luis, '2. Estado de pedido');
			const bell = caro.page.getByRole('button', { name: /^Notificaciones/ });
			const before = await bell.getAttribute('aria-label');

			const watch = new GivenTime();
			luis.text('me atendió Carolina Rojas');
			const seenAt = await eventually(
				'the bell of Carolina',
				async () => ((await bell.getAttribute('aria-label')) === before ? undefined : Date.now()),
				{ every: 20 },
			);
			const [told] = await desk.store.rows(
				`select n.created_at as at, n.text from notifications n join advisors a on a.id = n.advisor_id
			where a.name = 'Carolina Rojas' order by n.id desc limit 1`,
			);
			watch.stop();
			expect((seenAt - Number(told?.at)) * watch.share()).toBeLessThan(SEEN_WITHIN);

			await bell.click();
			const news = caro.page.locator('.bellList li').first();
			expect(await news.innerText()).toContain('Luis Felipe Nombra');
			await news.getByRole('button').click();
			await caro.page.locator('.threadHead h2', { hasText: 'Luis Felipe Nombra' }).waitFor();
		},
	);

	criterion(
		'Criterio 11 · Se envía el enlace del asesor cuando aplica, con la confirmación de que se pierde la trazabilidad',
		async () => {
			const marta = newCustomer('Marta Enlace');
			await talks(marta, 'hola', 'Marta Lucía Enlace', '1020304062');

			await boss.openConversation('Marta Lucía Enlace');
			await boss.page.getByRole('button', { name: 'Más acciones' }).click();
			await boss.page.getByRole('button', { name: 'Enviar enlace del asesor' }).click();
			const sheet = dialog(boss);
			const send = sheet.getByRole('button', { name: 'Enviar ofrecimiento' });
			await sheet.getByText('Meta no permite transferir conversaciones entre números distintos').waitFor();
			await sheet.getByLabel('Asesor').selectOption({ label: 'Carolina Rojas · +57 311 555 0001' });
			expect(await send.isDisabled()).toBe(true);
			await sheet.getByLabel(/no queda registrado aquí/).check();
			await send.click();
			const offer = await marta.waitFor(({ text }) => text.includes('se perderá la trazabilidad'));
			expect(JSON.stringify(marta.received)).not.toContain('wa.me');

			const yes = offer.buttons?.[0]?.title ?? '';
			expect(await tapping(marta, yes)).toBeTruthy();
			await eventually('the link', () => JSON.stringify(marta.received).includes('wa.me/573115550001'));
			await boss.page
				.locator('.eventLine, .linkButton, .words a')
				.filter({ hasText: /enlace|wa\.me/i })
				.first()
				.waitFor();
		},
	);

	criterion('Criterio 7 · El bot maneja adjuntos, duplicados e inactividad', async () => {
		const nora = newCustomer('Nora Calla');
		await answerTo(nora, async () => {
			client.simulator.hold();
			nora.text('necesito cotizar 4 monitores');
			nora.image(photo, undefined, { mimeType: 'image/jpeg' });
			await client.simulator.release();
		});
		await talks(nora, 'Nora Isabel Calla', '1020304063', 'formal');
		await atRest();
		expect(await casesOf(nora)).toMatchObject([{ type: 'quotation' }]);
		await boss.openConversation('Nora Isabel Calla');
		await eventually(
			'the photo to be shown',
			async () => await boss.page.evaluate<boolean>("document.querySelector('.message .picture img').naturalWidth > 0"),
		);

		expect((await talks(nora, 'los monitores que sean con base ajustable'))[0]).toContain(
			'Ya tenemos un caso abierto para esta misma solicitud',
		);
		await atRest();
		expect(await casesOf(nora)).toHaveLength(1);

		const oscar = newCustomer('Óscar Inactivo');
		await talks(oscar, 'hola', 'Óscar Iván Inactivo', '43567890', '1', 'impresoras láser');
		const asked = oscar.received.length;
		// The same clock as in life, with seconds for minutes and no quiet hours.
		const times = publishing(
			{
				times: {
					firstReminderMinutes: 0.1,
					secondReminderMinutes: 0.2,
					closeMinutes: 0.3,
					quietFrom: '00:00',
					quietTo: '00:00',
				},
			},
			'Otros tiempos',
		);
		const { id } = await desk.n8n.api.importWorkflow(times);
		expect((await desk.n8n.api.runByHand(id, times.nodes[0]?.name ?? '')).status).toBe('success');
		await talks(oscar, 'mmm');
		await oscar.waitFor(({ text }) => text.startsWith('No recibimos respuesta'));
		expect(oscar.received.slice(asked + 1).map(({ text }) => text)).toEqual([
			'¿Sigues ahí? 😊 Solo necesito tu respuesta anterior para continuar.',
			'Si necesitas más tiempo, no te preocupes. Continuaré esperando tu información.',
			'No recibimos respuesta, por lo que la conversación se ha cerrado. Si necesitas ayuda, puedes escribirnos de nuevo cuando quieras.',
		]);
		await boss.page.getByRole('tab', { name: /^Incompletas/ }).click();
		await boss.page.locator('.row', { hasText: 'Óscar Iván Inactivo' }).waitFor();
	});

	criterion('Criterio 12 · Todas las acciones quedan en la bitácora, encadenada y exportable', async () => {
		await boss.goTo('Bitácora');
		await boss.page.getByRole('table').waitFor();
		const [file] = await Promise.all([
			boss.page.waitForEvent('download'),
			boss.page.getByRole('button', { name: 'Descargar CSV' }).click(),
		]);
		const chunks: Buffer[] = [];
		for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
		const csv = Buffer.concat(chunks).toString('utf8');
		// What this file's people did: the customers, the bot, the administrator.
		for (const action of ['case.opened', 'lead.created', 'lead.updated', 'link.offered', 'password.set']) {
			expect(csv).toContain(action);
		}
		expect(csv).toContain('Paula Restrepo');

		await boss.page.getByLabel('Qué', { exact: true }).selectOption({ label: 'Enlace del asesor ofrecido' });
		await boss.page.getByRole('button', { name: 'Buscar' }).click();
		await eventually('only offers of links', async () => {
			const actions = await boss.page.locator('tbody .auditAction').allInnerTexts();
			return actions.length > 0 && actions.every((action) => action === 'Enlace del asesor ofrecido');
		});

		const verdict = await byHand('Verificar la bitácora', { resource: 'auditLog', operation: 'verify' });
		expect(verdict).toContain('"intact":true');
		expect(boss.complaints).toEqual([]);
		expect(caro.complaints).toEqual([]);
	});
});
