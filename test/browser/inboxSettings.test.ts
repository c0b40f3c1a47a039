/** The forms of the business profile in a real browser: what an operator changes, and what nobody touched (U6, O12). */
import type { Locator, Page } from 'playwright-core';

import { businessProfileSchema, type BusinessProfile } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { inBrowser } from '../support/chromium';
import { inboxOfEachTest, PHONE, type HowToOpen, type OpenInbox } from '../support/inboxPage/browser';

/** A profile that uses everything, also what a form shows in no field of its own. */
const rich: BusinessProfile = businessProfileSchema.parse({
	...prosuministros,
	languages: ['es', 'en'],
	address: 'Calle 12 # 34-56, Bogotá',
	channels: ['106540352242922'],
	testNumbers: ['+57 300 123 4567, oficina'],
	texts: {
		es: { warranty_serial: '¿Cuál es el serial del equipo?', unused: 'Nadie dice esto.' },
		en: { warranty_serial: 'Which serial number?' },
		// Of a language that is switched off at the moment.
		'pt-BR': { A2: 'Qual é o seu nome?' },
	},
	options: [
		...prosuministros.options,
		{
			id: 'warranty',
			title: '4. Garantía',
			label: 'Reclamar una garantía',
			translations: { en: { title: '4. Warranty', label: 'Claim a warranty', firstLabel: 'Warranty' } },
			keywords: ['garantía, devolución', 'cambio'],
			intents: ['support'],
			area: 'support',
			caseType: 'support',
			questions: [
				{
					field: 'state',
					type: 'choice',
					textKey: 'E1',
					choices: [
						{ value: 'broken', title: 'Dañado', keywords: ['roto'], area: 'support', translations: { en: 'Broken' } },
						{ value: 'other', title: 'Otro', caseType: 'other' },
					],
				},
				{
					field: 'serial',
					type: 'text',
					textKey: 'warranty_serial',
					invalidTextKey: 'A3',
					attempts: 3,
					onlyWhen: [{ field: 'state', is: ['broken', 'gone'] }],
				},
			],
			confirmation: ['E2', 'I'],
			confirmationWithoutAdvisor: ['area_notified', 'I'],
		},
	],
	tags: {
		rules: [
			{ tag: 'Urgente', on: 'case', words: ['hoy, ya'], caseTypes: ['support'], areas: ['support'], minScore: 10 },
		],
	},
	notifications: { channels: ['workflow', 'whatsapp'] },
	contactHours: { rule: 'own', week: { monday: [{ from: '09:00', to: '12:00' }] }, collectionEveryDays: 3 },
	approvals: { decisionHours: 48 },
	costs: {
		messages: [{ category: 'marketing', amount: '0.0125', currency: 'USD' }],
		models: [{ model: 'gpt-4o-mini', input: '0.15', output: '0.60', currency: 'USD' }],
	},
});

inBrowser('The forms of the business profile', () => {
	const openOne = inboxOfEachTest();
	let inbox: OpenInbox;
	let page: Page;

	async function open(part: string, published: BusinessProfile = prosuministros, how: HowToOpen = {}): Promise<void> {
		inbox = await openOne({
			...how,
			place: `/settings/${part}`,
			prepare: ({ desk }) => {
				desk.profile = { ...desk.profile, published };
			},
		});
		page = inbox.page;
	}
	const saved = (): BusinessProfile | undefined => {
		const given = inbox.standIn.done.find(({ command }) => command === 'saveDraft')?.input as
			| { profile: BusinessProfile }
			| undefined;
		return given?.profile;
	};
	async function save(): Promise<BusinessProfile> {
		await page.getByRole('button', { name: 'Guardar borrador' }).click();
		await page.getByText('sin publicar').waitFor();
		const profile = saved();
		if (profile === undefined) throw new Error('Nothing was saved.');
		return profile;
	}
	const option = (title: string): Locator => page.locator('.optionCard').filter({ hasText: title });
	const question = (words: string): Locator => page.locator('.questionCard').filter({ hasText: words });
	const choices = (): Locator => page.getByRole('group', { name: 'Botones' });

	test('what nobody changed stays as it is, whatever was looked at', async () => {
		await open('business', rich);
		for (const part of ['Horario', 'Menú y preguntas', 'Textos', 'Reglas', 'Avisos y puente', 'Costos y datos']) {
			await page.getByRole('link', { name: part }).click();
			await page.locator('.settingsBody :is(.settingsCard, .optionCard)').first().waitFor();
			// Everything is unfolded, and every field is entered and left again.
			for (let round = 0; round < 3; round += 1) {
				for (const folded of await page.locator('.settingsBody details:not([open]) > summary').all())
					if (await folded.isVisible()) await folded.click();
			}
			await page
				.locator('.settingsBody :is(input, textarea, select)')
				.evaluateAll((fields) => fields.forEach((field) => (field.focus(), field.blur())));
			expect(await page.getByRole('button', { name: 'Guardar borrador' }).count()).toBe(0);
		}
		await page.getByRole('link', { name: 'Negocio' }).click();
		await page.getByLabel('Eslogan').fill('Todo para tu oficina');
		expect(await save()).toEqual({ ...rich, slogan: 'Todo para tu oficina' });
	});

	test('a question with buttons is added, with where each leads and what depends on it', async () => {
		await open('menu');
		await option('3. Otro motivo').locator('> summary').click();
		const card = option('3. Otro motivo');
		await card.getByRole('button', { name: 'Agregar pregunta' }).click();
		await card.getByRole('textbox', { name: 'Pregunta', exact: true }).fill('¿Qué equipo falla?');
		await card.getByLabel('Dato que se guarda').fill('equipment');
		await card.getByLabel('Qué respuesta espera').selectOption('choice');
		await card.getByText('Agrega al menos dos botones.').waitFor();
		for (const title of ['Portátil', 'Impresora láser']) {
			await choices().getByRole('button', { name: 'Agregar botón' }).click();
			await choices().getByLabel('Botón (máximo 20 caracteres)').last().fill(title);
			await page.keyboard.press('Tab');
		}
		await choices().getByText('Palabras, destino y traducciones').last().click();
		await choices().getByLabel('Otras palabras que lo eligen').last().fill('impresora, tóner');
		await page.keyboard.press('Enter');
		await choices().getByLabel('Área').last().selectOption('support');
		await card.getByRole('button', { name: 'Agregar condición' }).last().click();
		await card.getByRole('combobox', { name: 'Respuesta a' }).selectOption('process');
		await card.getByText('Elige al menos uno.').waitFor();
		await card.getByRole('group', { name: 'es una de' }).getByLabel('Soporte técnico').check();
		// As the customer's phone shows it.
		const bubble = card.locator('.questionCard[open] .bubble');
		expect(await bubble.innerText()).toContain('¿Qué equipo falla?');
		expect(await bubble.getByRole('listitem').allInnerTexts()).toEqual(['Portátil', 'Impresora láser']);

		const profile = await save();
		expect(profile.options[2].questions.slice(0, 2)).toEqual(prosuministros.options[2].questions);
		expect(profile.options[2].questions[2]).toEqual({
			field: 'equipment',
			type: 'choice',
			textKey: 'other_field3',
			ask: true,
			attempts: 2,
			choices: [
				{ value: 'portatil', title: 'Portátil', keywords: [], intents: [], translations: {} },
				{
					value: 'impresoraLaser',
					title: 'Impresora láser',
					keywords: ['impresora', 'tóner'],
					intents: [],
					area: 'support',
					translations: {},
				},
			],
			onlyWhen: [{ field: 'process', is: ['support'] }],
		});
		expect(profile.texts.es?.other_field3).toBe('¿Qué equipo falla?');
		expect({ ...profile, options: prosuministros.options, texts: {} }).toEqual({ ...prosuministros, texts: {} });
	});

	test('a sentence that other places say too is written for this place alone, in each language', async () => {
		await open('menu', rich);
		const card = option('4. Garantía');
		await card.locator('> summary').click();
		await question('Claro').first().waitFor({ state: 'visible' });
		const process = card.locator('.questionCard').first();
		await process.locator('> summary').click();
		await process.getByText('También se usa en otro lugar').waitFor();
		await process.getByRole('textbox', { name: 'Pregunta', exact: true }).fill('¿Cómo está el equipo?');
		await process.getByRole('radio', { name: 'English' }).first().check();
		await process.getByRole('textbox', { name: 'Pregunta', exact: true }).fill('What state is it in?');

		const profile = await save();
		expect(profile.options[3].questions[0].textKey).toBe('warranty_state');
		expect(profile.options[2]).toEqual(rich.options[2]);
		expect(profile.texts).toEqual({
			...rich.texts,
			es: { ...rich.texts.es, warranty_state: '¿Cómo está el equipo?' },
			en: { ...rich.texts.en, warranty_state: 'What state is it in?' },
		});
	});

	test('by keyboard: an option is moved, the focus goes with it, and it is taken away', async () => {
		await open('menu');
		await page.getByRole('button', { name: 'Bajar 1. Cotización' }).focus();
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Bajar 1. Cotización' }).waitFor();
		expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Bajar 1. Cotización');
		await page.keyboard.press('Enter');
		// There is no further down: the way back up has the focus.
		expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Subir 1. Cotización');
		await page.getByRole('button', { name: 'Quitar 3. Otro motivo' }).focus();
		await page.keyboard.press('Enter');
		expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Quitar 1. Cotización');
		const profile = await save();
		expect(profile.options.map(({ id }) => id)).toEqual(['order_status', 'quotation']);
	});

	test('what is wrong is said beside its field, and found from anywhere', async () => {
		await open('menu');
		await option('2. Estado de pedido').locator('> summary').click();
		await option('2. Estado de pedido').getByLabel('Línea del menú').fill('');
		await page.getByText('Escribe algo aquí.').waitFor();
		await page.getByRole('link', { name: 'Horario' }).click();
		await page.getByText('Falta corregir 1 dato').waitFor();
		expect(await page.getByRole('button', { name: 'Guardar borrador' }).isDisabled()).toBe(true);
		await page.getByRole('button', { name: 'Ver', exact: true }).click();
		await page.getByText('Escribe algo aquí.').waitFor();
		await page.waitForFunction("document.activeElement.getAttribute('aria-invalid') === 'true'");
		await page.keyboard.type('Consultar mi pedido');
		expect((await save()).options[1].label).toBe('Consultar mi pedido');
	});

	test('texts in every language, beside what the main one says; a wrong one is found among all', async () => {
		await open('texts', rich);
		await page.getByRole('button', { name: /^A2/ }).click();
		await page.getByRole('radio', { name: 'English' }).check();
		await page.getByLabel('Tu texto').fill('Your name, {nobody}?');
		await page.locator('.standardText', { hasText: '¿Cuál es tu nombre completo?' }).waitFor();
		await page.getByRole('button', { name: /^A1/ }).click();
		await page.getByRole('link', { name: 'Horario' }).click();
		await page.getByRole('button', { name: 'Ver', exact: true }).click();
		await page.getByText('{nobody} no se conoce en este texto.').waitFor();
		await page.getByLabel('Tu texto').fill('And your name?');
		expect((await save()).texts).toEqual({ ...rich.texts, en: { ...rich.texts.en, A2: 'And your name?' } });
	});

	test('O12: rates of Meta and prices of models are entered as people write numbers', async () => {
		await open('data');
		await page.getByRole('button', { name: 'Agregar tarifa' }).click();
		await page.getByLabel('Categoría').selectOption('utility');
		await page.getByLabel('Valor').fill('0,0008');
		await page.getByLabel('Moneda').fill('usd');
		await page.getByRole('button', { name: 'Agregar precio' }).click();
		await page.getByRole('textbox', { name: 'Modelo' }).fill('gpt-4o-mini');
		await page.getByRole('textbox', { name: 'Entrada' }).fill('gratis');
		await page.getByText('Escribe un valor como 0.0125.').waitFor();
		await page.getByRole('textbox', { name: 'Entrada' }).fill('0.15');
		await page.getByLabel('Salida').fill('0.6');
		expect((await save()).costs).toEqual({
			messages: [{ category: 'utility', amount: '0.0008', currency: 'USD' }],
			models: [{ model: 'gpt-4o-mini', input: '0.15', output: '0.6', currency: 'USD' }],
		});
	});

	test('D25: the hours of the law are told by country; own ones begin as those, and what cannot be is said', async () => {
		await open('hours');
		const card = page.locator('.settingsCard').filter({ hasText: 'Horas de cobro y publicidad' });
		await card
			.getByText(
				'lunes a viernes 7:00–19:00, sábado 8:00–15:00, nunca en festivos, un cobro al día. Norma: Ley 2300 de 2023.',
			)
			.waitFor();
		expect(await card.getByRole('textbox').count()).toBe(0);

		await card.getByRole('radio', { name: 'Propias' }).check();
		expect(await card.getByLabel('Sábado: desde').inputValue()).toBe('08:00');
		await card.getByRole('button', { name: 'Quitar Sábado 08:00' }).click();
		await card.getByLabel('Lunes: hasta').fill('06:00');
		await page.keyboard.press('Tab');
		await card.getByText('Debe ser después de 07:00.').waitFor();
		await card.getByLabel('Lunes: hasta').fill('18:00');
		await card.getByLabel('También en festivos').check();
		await card.getByLabel('Un cobro al mismo cliente cada (días)').fill('2');
		await card
			.getByText('lunes 7:00–18:00, martes a viernes 7:00–19:00, también en festivos, un cobro cada 2 días.')
			.waitFor();
		const { contactHours } = await save();
		const usual = [{ from: '07:00', to: '19:00' }];
		expect(contactHours).toEqual({
			rule: 'own',
			week: {
				monday: [{ from: '07:00', to: '18:00' }],
				tuesday: usual,
				wednesday: usual,
				thursday: usual,
				friday: usual,
				saturday: [],
				sunday: [],
			},
			onHolidays: true,
			collectionEveryDays: 2,
		});
	});

	test('D25: of a country without a rule that we know it is said that nobody knows one', async () => {
		await open('hours', { ...prosuministros, country: 'AR' });
		await page.getByText('No conocemos una norma de AR que fije estas horas').waitFor();
		await page.getByRole('link', { name: 'Avisos y puente' }).click();
		await page.getByText('Los recordatorios salen lunes a viernes 9:00–19:00, nunca en festivos').waitFor();
	});

	test('D25: own hours without a day are not saved, and are found from anywhere', async () => {
		const { contactHours } = prosuministros;
		await open('hours', {
			...rich,
			contactHours: {
				...contactHours,
				rule: 'own',
				week: { ...contactHours.week, friday: [{ from: '08:00', to: '12:00' }] },
			},
		});
		await page.getByRole('button', { name: 'Quitar Viernes 08:00' }).last().click();
		await page.getByText('Pon horas en al menos un día').waitFor();
		expect(await page.getByRole('button', { name: 'Guardar borrador' }).isDisabled()).toBe(true);
		await page.getByRole('link', { name: 'Reglas' }).click();
		await page.getByRole('button', { name: 'Ver', exact: true }).click();
		await page.getByText('Pon horas en al menos un día').waitFor();
	});

	test('C4: how long an approval waits is a field of the rules', async () => {
		await open('rules');
		const field = page.getByLabel('Horas para decidir una aprobación');
		expect(await field.inputValue()).toBe('24');
		await field.fill('200');
		await page.getByText('Debe ser 168 o menos.').waitFor();
		await field.fill('72');
		expect((await save()).approvals).toEqual({ decisionHours: 72 });
	});

	test('who is told how, the bridge, reminders and alerts', async () => {
		await open('notices');
		await page.getByRole('button', { name: 'Agregar: WhatsApp al número del asesor' }).click();
		await page.getByRole('button', { name: 'Subir WhatsApp al número del asesor' }).click();
		await page.getByLabel('Atender desde el WhatsApp del asesor').check();
		await page.getByText('Carlos Restrepo').waitFor();
		await page.getByLabel('Recordatorios de un pago pendiente').fill('3');
		await page.getByLabel('Días de aviso antes de que venza el acceso a WhatsApp').fill('0');
		await page.getByText('Debe ser 1 o más.').waitFor();
		await page.getByLabel('Días de aviso antes de que venza el acceso a WhatsApp').fill('30');
		const profile = await save();
		expect(profile.notifications.channels).toEqual(['whatsapp', 'workflow']);
		expect(profile.bridge.enabled).toBe(true);
		expect(profile.payments.reminders).toBe(3);
		expect(profile.alerts.tokenDays).toBe(30);
	});

	test('what is discarded is gone from every field', async () => {
		await open('menu');
		await page.getByLabel('Palabras que la eligen').first().fill('presupuesto');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Quitar 3. Otro motivo' }).click();
		await page.getByRole('button', { name: 'Descartar borrador' }).click();
		await page.getByText('3. Otro motivo').waitFor();
		expect(await page.getByText('presupuesto').count()).toBe(0);
	});

	test('phone: nothing is wider than the screen, with long words in every place', async () => {
		const long = 'Electroencefalografista'.repeat(3);
		await open(
			'menu',
			businessProfileSchema.parse({
				...rich,
				options: rich.options.map((one) => ({ ...one, label: long, keywords: [long] })),
				texts: { es: { ...rich.texts.es, warranty_serial: long } },
			}),
			{ viewport: PHONE },
		);
		for (const part of ['menu', 'rules', 'notices', 'data', 'hours', 'texts']) {
			await page.goto(`${inbox.standIn.url}#/settings/${part}`);
			await page.locator('.settingsBody :is(.settingsCard, .optionCard)').first().waitFor();
			expect([part, await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')]).toEqual([
				part,
				true,
			]);
			const wide = await page.evaluate<string[]>(
				"[...document.querySelectorAll('.settingsBody *')].filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1).map((one) => one.className)",
			);
			expect([part, wide]).toEqual([part, []]);
		}
	});
});
