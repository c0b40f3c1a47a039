/** The advisors' page in a real browser: what an advisor does all day (P1-P3, P5, P10-P12, U1). */
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import type { Page, Route } from 'playwright-core';

import { inBrowser } from '../support/chromium';
import { eventually } from '../support/eventually';
import { inboxOfEachTest, PHONE, type HowToOpen, type OpenInbox } from '../support/inboxPage/browser';

const MARIANA = '/conversations/conv-mariana';
const JORGE = '/conversations/conv-jorge';

inBrowser('The inbox page', () => {
	const openOne = inboxOfEachTest();
	let inbox: OpenInbox;
	let page: Page;

	async function open(how: HowToOpen = {}): Promise<void> {
		inbox = await openOne(how);
		page = inbox.page;
	}

	const commands = (): string[] =>
		inbox.standIn.done.map(({ command }) => command).filter((name) => name !== 'markRead');
	const composer = () => page.getByRole('textbox', { name: 'Escribe un mensaje' });
	const bubble = (text: string) => page.locator('.message').filter({ hasText: text });
	const dialog = () => page.getByRole('dialog');

	describe('logging in', () => {
		test('a wrong password is said, a right one opens the desk', async () => {
			await open({ loggedIn: false });
			await page.getByLabel('Correo, teléfono o nombre').fill('laura@prosuministros.example');
			await page.getByLabel('Contraseña', { exact: true }).fill('no es esta');
			await page.getByRole('button', { name: 'Entrar' }).click();
			await page.getByRole('alert').getByText('La cuenta o la contraseña no coincide.').waitFor();

			await page.getByLabel('Contraseña', { exact: true }).fill('una clave larga');
			await page.keyboard.press('Enter');
			await page.getByRole('heading', { name: 'Conversaciones' }).waitFor();
		});

		test('a login link leaves the address at once, and a short or mistyped password is said before it is sent', async () => {
			await open({ loggedIn: false, place: 'enlace=once-only' });
			await page.getByRole('heading', { name: 'Crea tu contraseña' }).waitFor();
			expect(page.url()).not.toContain('once-only');

			await page.getByLabel('Contraseña nueva').fill('corta');
			await page.getByLabel('Repítela').fill('corta');
			await page.getByText('Usa al menos 10 caracteres.').waitFor();
			const refused = page.locator('input[aria-invalid="true"]');
			expect(await refused.count()).toBe(0);
			await page.getByRole('button', { name: 'Crear contraseña' }).click();
			await refused.waitFor();
			await page.getByLabel('Contraseña nueva').fill('una clave larga');
			await page.getByText('Las dos contraseñas no son iguales.').waitFor();
			await page.getByLabel('Repítela').fill('una clave larga');
			await page.getByRole('button', { name: 'Crear contraseña' }).click();
			await page.getByRole('heading', { name: 'Conversaciones' }).waitFor();
		});

		test('a session that ends puts the login over the page, and what was being written stays', async () => {
			await open({ place: MARIANA });
			await composer().fill('Con mucho gusto, te confirmo');
			inbox.standIn.expire();
			await dialog().getByText('Tu sesión terminó').waitFor();

			await dialog().getByLabel('Correo, teléfono o nombre').fill('Laura Gómez');
			await dialog().getByLabel('Contraseña', { exact: true }).fill('una clave larga');
			await page.keyboard.press('Enter');
			await dialog().waitFor({ state: 'detached' });
			expect(await composer().inputValue()).toBe('Con mucho gusto, te confirmo');
		});
	});

	describe('the list', () => {
		test('P1: who waits too long is said, who is new is counted, tabs hold what they say', async () => {
			await open();
			await page.getByRole('tab', { name: /Sin asignar/ }).click();
			const rows = page.getByRole('tabpanel').getByRole('link');
			await rows.filter({ hasText: 'Jorge Iván Pérez' }).waitFor();
			expect(await rows.count()).toBe(2);
			await rows.filter({ hasText: 'Jorge Iván Pérez' }).filter({ hasText: 'Tarde 11 min' }).waitFor();
			await rows.filter({ hasText: 'Ferretería El Tornillo' }).filter({ hasText: 'Espera 4 min' }).waitFor();
		});

		test('P3: the search finds without accents, marks what it found, and says when nothing matches', async () => {
			await open();
			await page.locator('.row').first().waitFor();
			await page.keyboard.press('/');
			await page.keyboard.type('ferreteria');
			await page.locator('.row mark', { hasText: 'Ferretería' }).waitFor();
			expect(await page.locator('.row').count()).toBe(1);
			await page.keyboard.type(' que no hay');
			await page.getByText('Nada coincide').waitFor();
			await page.keyboard.press('Escape');
			await page.locator('.row', { hasText: 'Mariana Ospina' }).waitFor();
		});

		test('it goes on as one scrolls, and no conversation stands twice', async () => {
			await open();
			await page.locator('.row').first().waitFor();
			expect(await page.locator('.row').count()).toBe(50);
			await page.locator('.rowsPlace').evaluate((place) => place.scrollTo(0, place.scrollHeight));
			await page.locator('.row').nth(50).waitFor();
			const ids = await page.locator('.row').evaluateAll((rows) => rows.map(({ id }) => id));
			expect(new Set(ids).size).toBe(ids.length);
		});

		test('a list that cannot be loaded says why, and the next try shows it', async () => {
			await open({ prepare: (standIn) => standIn.failQuery('conversations', 503) });
			await page.getByText('La bandeja está ocupada.').waitFor();
			await page.getByRole('button', { name: 'Reintentar' }).click();
			await page.locator('.row').first().waitFor();
		});

		test("a customer's message comes up by itself, first in the list and counted", async () => {
			await open();
			await page.locator('.row').first().waitFor();
			inbox.standIn.customerWrites('conv-x10', 'Sigo pendiente de la garantía');
			const first = page.locator('.row').first();
			await first.filter({ hasText: 'Sigo pendiente de la garantía' }).filter({ hasText: '1 sin leer' }).waitFor();
			await page.getByText('Mensaje nuevo de').waitFor({ state: 'attached' });
		});

		test("P3: what comes after the list was read and before the desk's updates are heard is not missed", async () => {
			await open();
			await page.route(
				(url) => url.searchParams.has('updates'),
				async (route) => {
					await page.locator('.row').first().waitFor();
					inbox.standIn.customerWrites('conv-x10', 'Sigo pendiente de la garantía');
					await route.continue();
				},
				{ times: 1 },
			);
			await page.reload();
			await page.locator('.row').first().filter({ hasText: 'Sigo pendiente de la garantía' }).waitFor();
		});

		test('what comes while another list is on its way stands in it, though the answer was read before', async () => {
			await open();
			await page.locator('.row').first().waitFor();
			await page.route(
				(url) => url.searchParams.get('query') === 'conversations',
				async (route) => {
					const response = await route.fetch();
					inbox.standIn.customerWrites('conv-x10', '¿Ya está lista?');
					await page.getByText('Mensaje nuevo de').waitFor({ state: 'attached' });
					await route.fulfill({ response });
				},
				{ times: 1 },
			);
			await page.getByRole('tab', { name: /^Todas/ }).click();
			await page.locator('.row').first().filter({ hasText: '¿Ya está lista?' }).waitFor();
		});
	});

	describe('the thread', () => {
		test('P3: everything a customer can send is shown as what it is', async () => {
			await open({ place: MARIANA });
			await bubble('Hola, buenos días').waitFor();
			await page.getByRole('button', { name: 'Ampliar imagen' }).waitFor();
			await page
				.getByRole('link', { name: /Ficha técnica portátiles 2026\.pdf/ })
				.first()
				.waitFor();
			await bubble('Quería saber si nos los pueden entregar').first().waitFor();
			await bubble('Oficina principal').getByRole('link', { name: 'Ver en el mapa' }).waitFor();
			await bubble('Se eliminó este mensaje').waitFor();
			expect(await bubble('Esa es la dirección').locator('s').innerText()).toBe('un poquito');
			expect(await bubble('Esa es la dirección').innerText()).toContain('editado');
			expect(await bubble('soy Laura').locator('strong').innerText()).toBe('Laura');
			await bubble('Ojo: compraron').getByText('Nota interna · Diana Salazar').waitFor();
			await page.getByText('Se creó el caso PS-2026-000123').waitFor();
			await page.getByText('Mensajes nuevos').waitFor();
		});

		test('a conversation that is opened is asked for once', async () => {
			await open({ loggedIn: false, place: MARIANA });
			const asked: string[] = [];
			page.on('request', (request) => {
				const { searchParams: parameters } = new URL(request.url());
				const isOpening = parameters.get('query') === 'thread' && !parameters.has('after');
				if (isOpening) asked.push(parameters.get('conversationId') ?? '');
			});
			await page.getByLabel('Correo, teléfono o nombre').fill('Laura Gómez');
			await page.getByLabel('Contraseña', { exact: true }).fill('una clave larga');
			await page.keyboard.press('Enter');
			await bubble('Hola, buenos días').waitFor();
			await page.goto(`${inbox.standIn.url}#${JORGE}`);
			await page.locator('.threadWho').getByText('Jorge Iván Pérez').waitFor();
			await page.locator('.freshMark').waitFor();
			expect(asked).toEqual(['conv-mariana', 'conv-jorge']);
		});

		test('P3: what was written while one was elsewhere is marked, however late its answer comes', async () => {
			await open({ place: MARIANA });
			await page.getByText('Mensajes nuevos').waitFor();
			await page.goto(`${inbox.standIn.url}#${JORGE}`);
			inbox.standIn.customerWrites('conv-mariana', '¿Alcanzan a llegar el viernes?');
			await page.locator('#row-conv-mariana').filter({ hasText: '1 sin leer' }).waitFor();
			await page.route(
				(url) => url.searchParams.get('query') === 'conversation',
				async (route) => {
					// Long enough for a page that reads before it has seen.
					await new Promise((resolve) => setTimeout(resolve, 300));
					await route.continue();
				},
				{ times: 1 },
			);
			await page.goto(`${inbox.standIn.url}#${MARIANA}`);
			await bubble('¿Alcanzan a llegar el viernes?').waitFor();
			await page.getByText('Mensajes nuevos').waitFor();
			await page.locator('#row-conv-mariana').filter({ hasNotText: 'sin leer' }).waitFor();
		});

		test('a message that failed says why, and is sent again by a click', async () => {
			await open({ place: MARIANA });
			await page.getByText('El mensaje no le puede llegar a esta persona.').waitFor();
			await page.getByRole('button', { name: 'Enviar de nuevo' }).click();
			await page.getByText('el cliente no ha aceptado').waitFor({ state: 'detached' });
			expect(await inbox.inputOf('retryMessage')).toEqual({ conversationId: 'conv-mariana', messageId: 'm13' });
		});

		test('«¿Por qué?» tells rule, words and what was learned', async () => {
			await open({ place: MARIANA });
			await bubble('He registrado tu solicitud').getByRole('button', { name: '¿Por qué?' }).click();
			await dialog().getByText('cotiz* → Cotización').waitFor();
			const text = await dialog().innerText();
			expect(text).toContain('92');
			expect(text).toContain('20 portátiles');
			// What was asked has been answered: that it is asked no more is nothing learned.
			expect(await dialog().getByRole('row').allInnerTexts()).toEqual([
				'Dato\tAntes\tDespués',
				'Producto\t—\tPortátil 14"',
				'Cantidad\t—\t20',
			]);
			await page.keyboard.press('Escape');
			await dialog().waitFor({ state: 'detached' });
		});

		test('older rows load above without moving what is being read', async () => {
			await open({ place: '/conversations/conv-long' });
			await bubble('Mensaje 140:').waitFor();
			const rows = page.getByRole('log');
			const anchor = bubble('Mensaje 92:');
			await anchor.scrollIntoViewIfNeeded();
			await page.mouse.move(700, 400);
			await page.mouse.wheel(0, -200);
			await bubble('Mensaje 60:').waitFor({ state: 'attached' });
			const before = await rows.evaluate((box) => box.scrollHeight - box.scrollTop);
			await bubble('Mensaje 41:').waitFor({ state: 'attached' });
			const after = await rows.evaluate((box) => box.scrollHeight - box.scrollTop);
			expect(Math.abs(after - before)).toBeLessThan(400);
			expect(await page.getByRole('article').count()).toBeLessThan(140);
		});

		test('who reads further up is told of new messages instead of being pulled down', async () => {
			await open({ place: '/conversations/conv-long' });
			await bubble('Mensaje 140:').waitFor();
			await page.mouse.move(700, 400);
			await page.mouse.wheel(0, -900);
			await page.getByText('Ir al último mensaje').waitFor({ state: 'attached' });
			inbox.standIn.customerWrites('conv-long', '¿Siguen ahí?');
			await page.getByRole('button', { name: '1 mensaje nuevo' }).click();
			await bubble('¿Siguen ahí?').waitFor();
		});
	});

	describe('answering', () => {
		test('P3: Enter sends, Shift+Enter makes a line, and the thread shows it as sent', async () => {
			await open({ place: MARIANA });
			await composer().fill('Claro que sí');
			await page.keyboard.press('Shift+Enter');
			await page.keyboard.type('te la envío ya');
			await page.keyboard.press('Enter');
			await bubble('te la envío ya').locator('.ticks.sent').waitFor();
			expect(await inbox.inputOf('reply')).toMatchObject({
				conversationId: 'conv-mariana',
				text: 'Claro que sí\nte la envío ya',
			});
			expect(await composer().inputValue()).toBe('');
			await page.getByText('Mensajes nuevos').waitFor({ state: 'detached' });
		});

		test('P3: what was written stands once, also while its row is there before the answer', async () => {
			await open({ place: MARIANA });
			const shown = new Promise<number>((resolve, reject) => {
				const answerLate = async (route: Route): Promise<void> => {
					const response = await route.fetch();
					if (route.request().postData()?.includes('"reply"')) {
						await page.locator('#message-new-0001').waitFor();
						resolve(await bubble('Con mucho gusto').count());
					}
					await route.fulfill({ response });
				};
				page
					.route(
						(url) => url.search === '',
						(route) => answerLate(route).catch(reject),
					)
					.catch(reject);
			});
			await composer().fill('Con mucho gusto');
			await page.keyboard.press('Enter');
			expect(await shown).toBe(1);
		});

		test('no answer after sending: the same request id again, and the customer gets it once', async () => {
			await open({ place: MARIANA });
			await composer().waitFor();
			inbox.standIn.refuse('reply', 'swallow');
			const tries = () => inbox.standIn.attempts.filter(({ command }) => command === 'reply');
			await composer().fill('Una sola vez');
			await page.keyboard.press('Enter');
			await eventually('the desk has it', () => tries().length > 0);

			await inbox.context.setOffline(true);
			await inbox.context.setOffline(false);
			await eventually('it is sent once more', () => tries().length > 1);
			await bubble('Una sola vez').locator('.ticks.sent').waitFor();
			// The one that stood for it goes once the row is on the screen.
			await bubble('Una sola vez').nth(1).waitFor({ state: 'detached' });
			expect(new Set(tries().map(({ requestId }) => requestId)).size).toBe(1);
			expect(commands().filter((name) => name === 'reply')).toHaveLength(1);
			expect(await bubble('Una sola vez').count()).toBe(1);
		});

		test('offline: the page says so, keeps what is written in order, and sends it when the connection is back', async () => {
			await open({ place: MARIANA });
			await composer().waitFor();
			await inbox.context.setOffline(true);
			await page.getByText('Sin conexión. Lo que escribas sale cuando vuelva.').waitFor();
			for (const text of ['primero', 'segundo']) {
				await composer().fill(text);
				await page.keyboard.press('Enter');
			}
			await bubble('segundo').waitFor();
			expect(commands()).toEqual([]);
			await inbox.context.setOffline(false);
			await bubble('segundo').locator('.ticks.sent').waitFor();
			expect(inbox.standIn.done.flatMap(({ command, input }) => (command === 'reply' ? [input] : []))).toMatchObject([
				{ text: 'primero' },
				{ text: 'segundo' },
			]);
		});

		test('a refusal is said beside the message, which can be tried again or taken back into the field', async () => {
			await open({ place: MARIANA });
			await composer().waitFor();
			inbox.standIn.refuse('reply', {
				status: 409,
				body: { message: 'Carlos la tiene ahora.', description: 'Tómala para escribir.' },
			});
			await composer().fill('¿sigues ahí?');
			await page.keyboard.press('Enter');
			await page.getByText('Carlos la tiene ahora. Tómala para escribir.').waitFor();
			await page.getByRole('button', { name: 'Editar', exact: true }).click();
			expect(await composer().inputValue()).toBe('¿sigues ahí?');
			expect(await bubble('¿sigues ahí?').count()).toBe(0);
		});

		test('P3: what the desk refuses is read in the language of the page; what it has no words for, as it came', async () => {
			const refuseReply = async (field: string, words: string, body: object): Promise<void> => {
				inbox.standIn.refuse('reply', { status: 409, body });
				await page.getByRole('textbox', { name: field }).fill('¿sigues ahí?');
				await page.keyboard.press('Enter');
				await page.getByText(words).waitFor();
			};
			const taken = {
				message: 'Carlos Ruiz has this conversation',
				description: 'Take it over to answer.',
				code: 'takenBy',
				values: { name: 'Carlos Ruiz' },
			};
			await open({ place: MARIANA });
			await refuseReply('Escribe un mensaje', 'Carlos Ruiz tiene esta conversación. Tómala para responder.', taken);
			expect(await page.getByText('has this conversation').count()).toBe(0);

			await page.goto(`${inbox.standIn.url}#/settings/me`);
			await page.getByLabel('Idioma de esta página').selectOption('en');
			await page.getByRole('heading', { name: 'Settings' }).waitFor();
			await page.goto(`${inbox.standIn.url}#${MARIANA}`);
			await refuseReply('Write a message', 'Carlos Ruiz has this conversation. Take it over to answer.', taken);
			const newer = { ...taken, message: 'Carlos is on his way', code: 'onTheWay' };
			await refuseReply('Write a message', 'Carlos is on his way Take it over to answer.', newer);
		});

		test('what comes while nobody looks at the page is read when somebody does', async () => {
			await open({ place: MARIANA });
			await page.locator('.row.open:not(.unread)').waitFor();
			const look = (hidden: boolean): Promise<unknown> =>
				page.evaluate(
					`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} }); document.dispatchEvent(new Event('visibilitychange'))`,
				);
			await look(true);
			inbox.standIn.customerWrites('conv-mariana', '¿Alcanza para hoy?');
			await bubble('¿Alcanza para hoy?').waitFor();
			await page.locator('.row.open.unread').waitFor();
			await look(false);
			await page.locator('.row.open:not(.unread)').waitFor();
		});

		test('a note is for the team only', async () => {
			await open({ place: MARIANA });
			await composer().waitFor();
			await page.getByRole('heading', { name: 'Mariana Ospina' }).first().click();
			await page.keyboard.press('n');
			await page.keyboard.type('Revisar inventario');
			await page.keyboard.press('Enter');
			await bubble('Revisar inventario').getByText('Nota interna · Tú').waitFor();
			await inbox.inputOf('note');
			expect(commands()).toEqual(['note']);
		});

		test('a file is checked, shown, handed over and sent; what WhatsApp refuses is said before', async () => {
			await open({ place: MARIANA });
			await composer().waitFor();
			const picker = page.locator('input[type=file]');
			await picker.setInputFiles({
				name: 'virus.exe',
				mimeType: 'application/x-msdownload',
				buffer: Buffer.from('MZ'),
			});
			await page.getByText('WhatsApp no recibe archivos como virus.exe.').waitFor();
			await picker.setInputFiles({ name: 'vacío.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
			await page.getByText('vacío.pdf está vacío.').waitFor();
			await picker.setInputFiles({
				name: 'cotización.pdf',
				mimeType: 'application/pdf',
				buffer: Buffer.from('%PDF-1.4'),
			});
			await page.getByText('cotización.pdf').waitFor();
			await composer().fill('Aquí va');
			await page.getByRole('button', { name: 'Enviar', exact: true }).click();
			await bubble('cotización.pdf').waitFor();
			expect(await inbox.inputOf('reply')).toMatchObject({ text: 'Aquí va', uploadIds: ['upload-1'] });
		});

		test('P12: «/» finds a canned answer by keyboard, with the names filled in', async () => {
			await open({ place: MARIANA });
			await composer().fill('/sal');
			await page.getByRole('option', { name: /saludo/ }).waitFor();
			await page.keyboard.press('Enter');
			expect(await composer().inputValue()).toBe('Hola Mariana, soy Laura Gómez de PROSUMINISTROS. ¿En qué te ayudo?');
		});

		test('a quoted message goes along', async () => {
			await open({ place: MARIANA });
			await bubble('Con Windows Pro. Te mando').hover();
			await bubble('Con Windows Pro. Te mando').getByRole('button', { name: 'Responder' }).click();
			await page.getByText('Respondes a Cliente').waitFor();
			await composer().fill('Sí, con licencia');
			await page.keyboard.press('Enter');
			await bubble('Sí, con licencia').waitFor();
			expect(await inbox.inputOf('reply')).toMatchObject({ quotedMessageId: 'm08' });
		});

		test('outside the 24 hours only an approved template leaves, filled in and seen before', async () => {
			await open({ place: '/conversations/conv-closed-window' });
			await page.getByText('WhatsApp solo permite plantillas aprobadas').waitFor();
			expect(await composer().count()).toBe(0);
			await page.getByRole('button', { name: 'Elegir plantilla' }).click();
			expect(await dialog().getByText('sin_aprobar').count()).toBe(0);
			await dialog()
				.getByRole('button', { name: /continuar_conversacion/ })
				.click();
			await dialog().getByLabel('Valor de {{1}}').fill('Andrea');
			await dialog().getByLabel('Valor de {{2}}').fill('Laura');
			expect(await dialog().getByRole('button', { name: 'Enviar plantilla' }).isDisabled()).toBe(true);
			await dialog().getByLabel('Valor de {{3}}').fill('PS-2026-000123');
			await dialog()
				.getByText('Hola Andrea, soy Laura de PROSUMINISTROS. ¿Seguimos con tu solicitud PS-2026-000123?')
				.waitFor();
			await dialog().getByRole('button', { name: 'Enviar plantilla' }).click();
			await bubble('Hola Andrea, soy Laura').getByText('Plantilla continuar_conversacion').first().waitFor();
			expect(await inbox.inputOf('reply')).toMatchObject({
				template: { name: 'continuar_conversacion', languageCode: 'es', values: ['Andrea', 'Laura', 'PS-2026-000123'] },
			});
		});

		test('a draft stays with its conversation', async () => {
			await open({ place: MARIANA });
			await composer().fill('a medias');
			await page.goto(`${inbox.standIn.url}#/conversations/conv-andres`);
			await page.getByRole('heading', { name: 'Andrés Villa' }).first().waitFor();
			expect(await composer().inputValue()).toBe('');
			await page.goto(`${inbox.standIn.url}#${MARIANA}`);
			await bubble('Hola, buenos días').waitFor();
			expect(await composer().inputValue()).toBe('a medias');
		});
	});

	describe('what an advisor decides', () => {
		test('P5: take over, and give back to the bot', async () => {
			await open({ place: JORGE });
			await page.getByRole('button', { name: 'Tomar' }).click();
			await page.getByText('La conversación es tuya.').waitFor();
			await page.getByText('La atiende una persona').waitFor();
			await page.getByRole('button', { name: 'Tomar' }).waitFor({ state: 'detached' });
			await page.getByRole('button', { name: 'Más acciones' }).click();
			await page.getByRole('button', { name: 'Devolver al bot' }).click();
			await page.getByText('Volvió al bot').waitFor();
			expect(commands()).toEqual(['takeOver', 'giveBack']);
		});

		test('P3: what is refused in a form is said beside the field that is meant, and below where there is no such field', async () => {
			const refusedHere = 'Nadie de «Ventas» está disponible ahora.';
			await open({ place: JORGE });
			await page.getByRole('button', { name: 'Más acciones' }).click();
			await page.getByRole('button', { name: 'Asignar' }).click();
			inbox.standIn.refuse('assign', {
				status: 409,
				body: {
					message: "Nobody of 'sales' is on duty",
					field: 'to',
					code: 'nobodyOnDuty',
					values: { area: 'Ventas' },
				},
			});
			await dialog()
				.getByRole('radio', { name: /Carlos Restrepo/ })
				.click();
			await dialog().getByRole('button', { name: 'Asignar' }).click();
			await dialog().getByRole('alert').getByText(refusedHere).waitFor();

			await page.goto(`${inbox.standIn.url}#/settings/team`);
			await page.getByRole('button', { name: 'Agregar asesor' }).click();
			await dialog().getByLabel('Nombre', { exact: true }).fill('Nueva Persona');
			await dialog().getByLabel('Teléfono').fill('abc');
			inbox.standIn.refuse('saveAdvisor', {
				status: 422,
				body: { message: "'Phone' is not a phone number", field: 'phone', code: 'notAPhone', values: { phone: 'abc' } },
			});
			await dialog().getByRole('button', { name: 'Guardar' }).click();
			await dialog().getByText('«abc» no es un número de teléfono.').waitFor();
			expect(await dialog().getByText('«abc» no es un número de teléfono.').count()).toBe(1);
		});

		test('P3: assign to a person, or by rule', async () => {
			await open({ place: JORGE });
			await page.getByRole('button', { name: 'Más acciones' }).click();
			await page.getByRole('button', { name: 'Asignar' }).click();
			await dialog()
				.getByRole('radio', { name: /Carlos Restrepo/ })
				.click();
			await dialog().getByLabel('Motivo (opcional)').fill('Es su cliente');
			await dialog().getByRole('button', { name: 'Asignar' }).click();
			await page.getByText('Asignada a Carlos Restrepo').waitFor();
			expect(await inbox.inputOf('assign')).toEqual({
				conversationId: 'conv-jorge',
				to: { advisorId: 'adv-carlos' },
				reason: 'Es su cliente',
			});
		});

		test('P2, P12: «Crear Lead» shows what is saved and takes corrections; then it is «Actualizar Lead» with before and after', async () => {
			await open({ place: MARIANA });
			await page.getByRole('button', { name: 'Crear Lead' }).first().click();
			await dialog().getByLabel('Cantidad: Después').fill('22');
			await dialog().getByRole('button', { name: 'Crear Lead' }).click();
			await page.getByText('Lead creado.').waitFor();
			expect(await inbox.inputOf('saveLead')).toEqual({ conversationId: 'conv-mariana', values: { quantity: '22' } });

			await page.getByRole('button', { name: 'Actualizar Lead' }).first().click();
			const row = dialog().getByRole('row', { name: /Cantidad/ });
			await row.waitFor();
			expect(await row.getByRole('cell').first().innerText()).toBe('22');
			expect(await row.getByRole('textbox').inputValue()).toBe('24');
			const kind = dialog().getByRole('row', { name: /Tipo de solicitud/ });
			expect(await kind.getByRole('cell').first().innerText()).toBe('Cotización');
			await dialog().getByLabel('Solo lo que cambia').check();
			expect(await dialog().getByRole('row').count()).toBe(2);
			await dialog().getByRole('button', { name: 'Actualizar Lead' }).click();
			await page.getByText('Lead actualizado.').waitFor();
		});

		test('P2: a lead that was won is done, and the next wish to buy is a new one', async () => {
			await open({ place: MARIANA });
			await page.getByRole('button', { name: 'Crear Lead' }).first().click();
			await dialog().getByRole('button', { name: 'Crear Lead' }).click();
			await page.getByRole('button', { name: 'Actualizar Lead' }).first().waitFor();
			await page.getByRole('combobox', { name: 'Etapa' }).selectOption('Won');
			await dialog().getByLabel('Valor').fill('1.250.000');
			await dialog().getByRole('button', { name: 'Guardar' }).click();
			await page.getByRole('button', { name: 'Actualizar Lead' }).first().waitFor({ state: 'detached' });
			expect(await page.getByRole('button', { name: 'Crear Lead' }).count()).toBe(2);
			expect(await inbox.inputOf('changeLeadStage')).toMatchObject({ stage: 'Won', amount: '1.250.000' });
		});

		test("D20: an advisor's link is offered in the client's words, and only after saying that nothing there is on record", async () => {
			await open({ place: JORGE });
			await page.getByRole('button', { name: 'Más acciones' }).click();
			await page.getByRole('button', { name: 'Enviar enlace del asesor' }).click();
			await dialog()
				.getByText(
					'⚠️ Meta no permite transferir conversaciones entre números distintos. Podemos enviarte un enlace al número del asesor, pero se perderá la trazabilidad.',
				)
				.waitFor();
			await dialog().getByLabel('Asesor').selectOption('adv-carlos');
			const send = dialog().getByRole('button', { name: 'Enviar ofrecimiento' });
			expect(await send.isDisabled()).toBe(true);
			await dialog().getByRole('checkbox').check();
			await send.click();
			await dialog().waitFor({ state: 'detached' });
			expect(await inbox.inputOf('offerLink')).toEqual({
				conversationId: 'conv-jorge',
				advisorId: 'adv-carlos',
				confirmed: true,
			});
		});

		test('P10: tags, the status of a case and a follow-up, from the customer’s details', async () => {
			await open({ place: MARIANA });
			const panel = page.getByRole('complementary');
			await panel.getByLabel('Agregar etiqueta').fill('vip');
			await page.keyboard.press('Enter');
			await panel.getByText('vip', { exact: true }).waitFor();
			await panel.getByLabel('Estado PS-2026-000123').selectOption('resolved');
			await page.getByText('Estado cambiado.').waitFor();
			await panel.getByRole('button', { name: 'Nuevo seguimiento' }).click();
			await dialog().getByLabel('Qué hay que hacer').fill('Llamar el jueves');
			await dialog().getByLabel('Cuándo').fill('2026-03-12T09:30');
			await dialog().getByRole('button', { name: 'Guardar' }).click();
			await panel.getByText('Llamar el jueves').waitFor();
			// 09:30 in Bogotá, wherever the browser is.
			expect(await inbox.inputOf('saveFollowUp')).toMatchObject({ dueAt: '2026-03-12T14:30:00.000Z' });
			expect(commands()).toEqual(['tag', 'changeCaseStatus', 'saveFollowUp']);
		});

		test('C4: what the assistant asks for says until when, before the yes and until it is done', async () => {
			await open({ place: MARIANA });
			const card = page.locator('.listCard').filter({ hasText: 'Devolver $ 50.000' });
			await card.getByText('Por decidir').waitFor();
			const until = await card.locator('time').innerText();
			expect(until).toMatch(/^Vence /);
			await card.getByRole('button', { name: 'Aprobar' }).click();
			await dialog().getByRole('button', { name: 'Aprobar' }).click();
			await card.getByText('Aprobado, por hacer').waitFor();
			expect(await card.locator('time').innerText()).toBe(until);
			expect(await inbox.inputOf('decideApproval')).toEqual({ approvalId: 'apr-1', decision: 'approve' });
		});

		test('a command that is refused for going too fast says how long to wait', async () => {
			await open({ place: JORGE });
			await page.getByRole('button', { name: 'Tomar' }).waitFor();
			inbox.standIn.refuse('takeOver', { status: 429, retryAfter: 30 });
			await page.getByRole('button', { name: 'Tomar' }).click();
			await page.getByText('Demasiados intentos. Espera 30 s y vuelve a intentarlo.').waitFor();
		});
	});

	describe('taking words along', () => {
		test('a message is copied and that is said; where the browser lets nothing be copied, that is said', async () => {
			await open({ place: MARIANA });
			await inbox.context.grantPermissions(['clipboard-read', 'clipboard-write']);
			await bubble('Esa es la dirección').hover();
			await bubble('Esa es la dirección').getByRole('button', { name: 'Copiar texto' }).click();
			await page.getByText('Copiado', { exact: true }).waitFor();
			expect(await page.evaluate('navigator.clipboard.readText()')).toContain('Esa es la dirección');

			// As on a plain http address that is not this machine.
			await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
			await bubble('Esa es la dirección').getByRole('button', { name: 'Copiar texto' }).click();
			await page.getByText('El navegador no dejó copiar.').waitFor();
		});

		test('what is said to be done never lies over where one writes', async () => {
			await open({ place: JORGE });
			await page.getByRole('button', { name: 'Tomar' }).click();
			const notice = page.locator('.notice.done');
			await notice.waitFor();
			const [said, written] = [await notice.boundingBox(), await page.locator('.composer').boundingBox()];
			expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThan(written?.y ?? 0);
			await page.getByRole('button', { name: 'Nota', exact: true }).click();
		});
	});

	describe('much of everything', () => {
		test('P9: forty labels are folded, and seen when one asks', async () => {
			await open({
				place: MARIANA,
				prepare: ({ desk }) => {
					const one = desk.conversations.get('conv-mariana');
					if (one === undefined) throw new Error('There is no such conversation.');
					const tags = Array.from({ length: 40 }, (_, index) => `etiqueta ${index + 1}`);
					one.detail = { ...one.detail, contact: { ...one.detail.contact, tags } };
				},
			});
			const panel = page.getByRole('complementary');
			await panel.getByText('etiqueta 10', { exact: true }).waitFor();
			expect(await panel.getByText('etiqueta 11', { exact: true }).count()).toBe(0);
			await panel.getByRole('button', { name: 'Ver: +30' }).click();
			await panel.getByText('etiqueta 40', { exact: true }).waitFor();
		});

		test('P1: hundreds unread are counted up to 99, inside of the row', async () => {
			await open({
				prepare: ({ desk }) => {
					const one = desk.conversations.get('conv-mariana');
					if (one !== undefined) one.summary = { ...one.summary, unread: 1_250 };
				},
			});
			const row = page.locator('.row', { hasText: 'Mariana Ospina' });
			await row.getByText('99+').waitFor();
			await row.getByText('1250 sin leer').waitFor({ state: 'attached' });
		});
	});

	describe('the rest of the desk', () => {
		test('U6: a text is changed, seen as its bubble, kept as a draft and published', async () => {
			await open({ place: '/settings/texts' });
			await page.getByRole('button', { name: /^A2/ }).click();
			await page.getByLabel('Tu texto').fill('¿Cómo te llamas? *{business}*');
			expect(await page.locator('.previewGround strong').innerText()).toBe('PROSUMINISTROS');
			await page.getByLabel('Tu texto').fill('Hola {nadie}');
			await page.getByText('{nadie} no se conoce en este texto.').waitFor();
			await page.getByLabel('Tu texto').fill('¿Cómo te llamas?');
			await page.getByRole('button', { name: 'Guardar borrador' }).click();
			await page.getByText('1 cambio sin publicar').waitFor();
			await page.getByRole('button', { name: 'Publicar' }).click();
			await dialog().getByRole('button', { name: 'Publicar' }).click();
			await page.getByText('Publicado.').waitFor();
			expect(commands()).toEqual(['saveDraft', 'publishDraft']);
			expect(await inbox.inputOf('saveDraft')).toMatchObject({
				profile: { texts: { es: { A2: '¿Cómo te llamas?' } } },
			});
		});

		test('what was changed and not saved is still there after a look at another part', async () => {
			await open({ place: '/settings/business' });
			await page.getByLabel('Eslogan').fill('Todo para tu oficina');
			await page.getByRole('link', { name: 'Equipo' }).click();
			await page.getByText('Felipe Arango').waitFor();
			await page.getByRole('link', { name: 'Negocio' }).click();
			expect(await page.getByLabel('Eslogan').inputValue()).toBe('Todo para tu oficina');
			await page.getByText('Hay cambios sin guardar').waitFor();
			await page.getByRole('button', { name: 'Descartar borrador' }).click();
			await page.getByText('Hay cambios sin guardar').waitFor({ state: 'detached' });
			expect(await page.getByLabel('Eslogan').inputValue()).toContain('Tu aliado en hardware');
		});

		test('what of a profile does not fit is said and nothing is lost', async () => {
			await open({ place: '/settings/business' });
			await page.getByLabel('Nombre del negocio').fill('');
			await page.getByText('Escribe algo aquí.').waitFor();
			await page.getByText('Falta corregir 1 dato').waitFor();
			expect(await page.getByRole('button', { name: 'Guardar borrador' }).isDisabled()).toBe(true);
			await page.getByLabel('Nombre del negocio').fill('Otra empresa');
			await page.getByRole('button', { name: 'Guardar borrador' }).click();
			await page.getByText('1 cambio sin publicar').waitFor();
		});

		test("an administrator makes an advisor's login link", async () => {
			await open({ place: '/settings/team' });
			await page.getByRole('button', { name: 'Enlace de acceso' }).last().click();
			expect(await dialog().getByLabel('Enlace de acceso').inputValue()).toContain('#enlace=once-only');
		});

		test('O9: figures against the span before, as a chart and as a table', async () => {
			await open({ place: '/metrics' });
			await page.getByText('31,2%').or(page.getByText('31,2 %')).waitFor();
			await page.locator('.chart canvas').waitFor();
			await page.getByRole('button', { name: 'Ver como tabla' }).click();
			expect(await page.getByRole('region', { name: 'Conversaciones' }).getByRole('row').count()).toBe(31);
		});

		test('O4: what nobody could do is tried again by a click', async () => {
			await open({ place: '/problems' });
			await page.getByText('Un enlace de pago pedido por un asesor que no se pudo crear').waitFor();
			await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
			await page
				.getByText('Un enlace de pago pedido por un asesor que no se pudo crear')
				.waitFor({ state: 'detached' });
			expect(await inbox.inputOf('retryDeadLetter')).toEqual({ deadLetterId: 'dead-1' });
		});

		test('the audit log is searched and taken along as CSV that no spreadsheet runs', async () => {
			await open({ place: '/audit' });
			await page.getByRole('button', { name: 'Descargar CSV' }).waitFor();
			await page.getByLabel('Quién').fill('Carlos');
			await page.getByRole('button', { name: 'Buscar' }).click();
			await page.getByRole('cell', { name: 'Carlos Restrepo' }).first().waitFor();
			await page.getByRole('cell', { name: 'Laura Gómez' }).waitFor({ state: 'detached' });
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: 'Descargar CSV' }).click(),
			]);
			expect(download.suggestedFilename()).toBe('bitacora.csv');
			await page.getByText('16 líneas descargadas.').waitFor();
		});

		test('P7: a line of the audit log says what happened to whom in words, and the file has the whole record', async () => {
			const about = { contactName: 'Ana Peña', subjectId: '01a203b6-be69' };
			await open({
				place: '/audit',
				prepare: ({ desk }) => {
					const [line] = desk.audit;
					desk.audit.splice(
						0,
						desk.audit.length,
						{
							...line,
							...about,
							id: 'opened',
							actor: 'bot',
							action: 'case.opened',
							subjectKind: 'case',
							payload: {
								number: 'PS-2026-000003',
								type: 'order_status',
								area: 'sales',
								status: 'open',
								attachmentIds: ['f1'],
							},
						},
						{
							...line,
							...about,
							id: 'turn',
							actor: 'bot',
							action: 'turn.taken',
							subjectKind: 'conversation',
							payload: {
								requestId: 'r1',
								understood: 'advisor: Paula',
								said: ['Ya notifiqué a Paula.'],
								before: { asked: 'advisor' },
							},
						},
					);
				},
			});
			await page.getByRole('row', { name: /Caso abierto/ }).waitFor();
			const cells = async (name: RegExp) =>
				(await page.getByRole('row', { name }).getByRole('cell').allInnerTexts()).slice(1);
			expect(await cells(/Caso abierto/)).toEqual([
				'Bot',
				'Caso abierto',
				'Caso PS-2026-000003 · Ana Peña',
				'Tipo: Estado de pedido · Área: Comercial · Estado: Abierto',
			]);
			expect(await cells(/El bot respondió/)).toEqual([
				'Bot',
				'El bot respondió',
				'Conversación · Ana Peña',
				'Ya notifiqué a Paula.',
			]);
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: 'Descargar CSV' }).click(),
			]);
			const file = await text(await download.createReadStream());
			expect(file).toContain('"case 01a203b6-be69","Ana Peña"');
			expect(file).toContain('""attachmentIds"":[""f1""]');
			expect(file).toContain('""understood"":""advisor: Paula""');
		});

		test('what a role may not is not offered', async () => {
			await open({ role: 'advisor' });
			await page.locator('.row').first().waitFor();
			const places = await page.getByRole('navigation', { name: 'Principal' }).getByRole('link').allInnerTexts();
			expect(places.join(' ')).not.toMatch(/Indicadores|Problemas|Bitácora/);
			await page.goto(`${inbox.standIn.url}#/settings/team`);
			await page.getByRole('heading', { name: 'Apariencia' }).waitFor();
			expect(await page.getByRole('link', { name: 'Equipo' }).count()).toBe(0);
		});

		test('what an advisor waits for at first is under 80 KB: places that few open come when they are opened', async () => {
			await open({ loggedIn: true, place: MARIANA });
			await composer().waitFor();
			const assets = new Map<string, Promise<Buffer>>();
			page.on('response', (response) => {
				if (!response.url().includes('asset=') || !/\.(js|css)$/.test(response.url())) return;
				assets.set(response.url(), response.body());
			});
			await page.goto('about:blank');
			await page.goto(`${inbox.standIn.url}#${MARIANA}`);
			await composer().waitFor();
			await page.waitForLoadState('load');
			const bodies = await Promise.all(assets.values());
			const sent = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
			expect(sent).toBeGreaterThan(30_000);
			expect(sent).toBeLessThan(80 * 1024);
		});

		test('language and theme are one person’s choice and stay', async () => {
			await open({ place: '/settings/me' });
			await page.getByLabel('Idioma de esta página').selectOption('en');
			await page.getByRole('heading', { name: 'Settings' }).waitFor();
			await page.getByRole('radio', { name: 'Dark' }).check();
			await page.reload();
			await page.getByRole('heading', { name: 'Settings' }).waitFor();
			expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
			expect(await page.evaluate('document.documentElement.lang')).toBe('en');
		});
	});

	describe('on a phone, by keyboard, and under attack', () => {
		test('phone: every place is one tap away from the account, also those that the bar has no room for', async () => {
			await open({ viewport: PHONE });
			await page.locator('.row').first().waitFor();
			await page.getByRole('button', { name: 'Tu cuenta' }).click();
			await page.locator('.accountPlaces').getByRole('link', { name: 'Ajustes' }).click();
			await page.getByRole('heading', { name: 'Apariencia' }).waitFor();
			expect(await page.locator('.accountPlaces').count()).toBe(0);
		});

		test('phone: one pane at a time, and back', async () => {
			await open({ viewport: PHONE });
			await page.locator('.row', { hasText: 'Mariana Ospina' }).click();
			await bubble('Esa es la dirección').waitFor();
			expect(await page.locator('.listPane').isVisible()).toBe(false);
			expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
			await page.getByRole('button', { name: 'Datos del cliente' }).click();
			await page.getByRole('complementary').getByText('Andina Textil S.A.S.').waitFor();
			await page.getByRole('complementary').getByRole('button', { name: 'Ocultar datos' }).click();
			await page.getByRole('link', { name: 'Volver' }).click();
			await page.locator('.row', { hasText: 'Mariana Ospina' }).waitFor();
		});

		test('keyboard only: to a conversation, answer, take over, help', async () => {
			await open();
			await page.locator('.row').first().waitFor();
			await page.keyboard.press('ArrowDown');
			await page.getByRole('heading', { name: 'Mariana Ospina' }).first().waitFor();
			await composer().waitFor();
			await page.keyboard.press('r');
			await page.keyboard.type('Por teclado');
			await page.keyboard.press('Enter');
			await bubble('Por teclado').locator('.ticks.sent').waitFor();
			await page.keyboard.press('Escape');
			await page.keyboard.press('?');
			await dialog().getByText('Moverse por la lista').waitFor();
			await page.keyboard.press('Escape');
			await dialog().waitFor({ state: 'detached' });
		});

		test('a key pressed in the instant in which the list appears is heard', async () => {
			await open();
			await page.addInitScript(`
				new MutationObserver((changes, seen) => {
					if (document.querySelector('.row') === null) return;
					seen.disconnect();
					window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
				}).observe(document, { childList: true, subtree: true });
			`);
			await page.reload();
			await page.getByRole('heading', { name: 'Mariana Ospina' }).first().waitFor();
		});

		test('XSS: what strangers write stays text in every place, and only web addresses become links', async () => {
			const evil = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>';
			await open({
				place: MARIANA,
				prepare: ({ desk }) => {
					const one = desk.conversations.get('conv-mariana');
					if (one === undefined) throw new Error('Mariana is missing.');
					one.summary = {
						...one.summary,
						contactName: evil,
						tags: [evil],
						lastMessage: { author: 'customer', type: 'text', preview: evil, at: one.summary.lastMessage?.at ?? '' },
					};
					one.detail.contact = {
						...one.detail.contact,
						name: evil,
						company: evil,
						tags: [evil],
						externalUrl: 'javascript:window.broken=1',
					};
					one.rows.push({
						id: 'zz',
						kind: 'message',
						direction: 'in',
						author: 'customer',
						type: 'text',
						at: one.rows.at(-1)?.at ?? '',
						text: `${evil} javascript:window.broken=1 data:text/html,x https://ok.example/a?b="><b>`,
						quoted: { preview: evil },
						link: { label: evil, url: 'javascript:window.broken=1' },
						contacts: [{ name: evil, phones: [evil] }],
					});
				},
			});
			await page.getByRole('log').getByText('<script>window.broken=1</script>').first().waitFor();
			expect(await page.evaluate("'broken' in window")).toBe(false);
			expect(await page.locator('img[src="x"]').count()).toBe(0);
			expect(await page.locator('#inbox script').count()).toBe(0);
			const links = await page
				.locator('a[href]')
				.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
			expect(links.filter((href) => /^\s*(javascript|data):/i.test(href))).toEqual([]);
			expect(links).toContain('https://ok.example/a?b=');
			const outside = await page
				.locator('a[target="_blank"]')
				.evaluateAll((found) => found.map((link) => link.getAttribute('rel') ?? ''));
			expect(outside.length).toBeGreaterThan(0);
			expect(outside.every((rel) => rel.includes('noopener') && rel.includes('noreferrer'))).toBe(true);
		});
	});
});
