import type { Browser, Locator } from 'playwright-core';

import { startBrowser } from '../support/chromium';
import { GivenTime } from '../support/givenTime';
import { openInbox, type PersonAtInbox } from '../support/host/inboxPage';
import { carolina, paula } from '../support/host/inboxTeam';
import { startServiceDesk, type DeskClient, type ServiceDesk } from '../support/host/serviceDesk';
import { restingEnding } from '../support/host/storeEnding';
import { talks } from '../support/host/talking';
import { shippedTemplate } from '../support/host/templates';
import type { AdvisorPhone, Customer, SignupOutcome } from '../simulators/graph';

/** New messages are on the page within this time, ms. */
const SEEN_WITHIN = 2_000;

let desk: ServiceDesk;
let client: DeskClient;
let browser: Browser;
let boss: PersonAtInbox;
let caro: PersonAtInbox;

beforeAll(async () => {
	[desk, browser] = await Promise.all([
		startServiceDesk({
			templates: ['setup.json', 'customer-service-bot.json', 'advisor-inbox.json'].map(shippedTemplate),
		}),
		startBrowser(),
	]);
	[client] = desk.clients;
	[boss, caro] = [await openInbox(browser, desk.n8n, paula), await openInbox(browser, desk.n8n, carolina)];
});

afterAll(async () => {
	await browser.close();
	await desk.stop();
});

const criterion = (name: string, work: () => Promise<void>): void => {
	it(name, () =>
		desk.explain(async () => {
			try {
				await work();
			} catch (error) {
				await boss.screenshot('Número vinculado administrador');
				await caro.screenshot('Número vinculado asesora');
				throw error;
			}
		}),
	);
};

/** The advisor goes to Meta's window as the page sends her there. */
async function goToMeta({ history = false } = {}): Promise<void> {
	await caro.goTo('Números');
	await caro.page.getByRole('button', { name: 'Vincular mi WhatsApp Business' }).click();
	const sheet = caro.page.getByRole('dialog');
	// Template J, in the client's words.
	await sheet
		.getByText(
			'Por favor confirma tu número de WhatsApp Business para vincularlo a la plataforma. Este proceso se llama embedded sign-up.',
		)
		.waitFor();
	if (history) await sheet.getByLabel(/últimos 6 meses/).check();
	await sheet.getByRole('button', { name: 'Continuar con Meta' }).click();
	await caro.page.getByRole('heading', { name: 'Conecta tu WhatsApp Business' }).waitFor();
}

const card = (at: PersonAtInbox): Locator => at.page.locator('.numberCard').first();

describe('el número propio de una asesora, en un n8n real y en Chromium', () => {
	criterion('Criterio 3 · Lo que puede fallar al vincular se explica, con lo que hay que hacer', async () => {
		await goToMeta();
		await caro.page.getByRole('button', { name: 'Cancelar' }).click();
		await caro.page.getByText('Cancelaste la vinculación en la ventana de Meta').waitFor();
		await caro.page.getByText('No cambió nada. Cuando quieras, empieza de nuevo.').waitFor();

		await goToMeta();
		await caro.page.getByRole('button', { name: 'Simular un error de Meta' }).click();
		await caro.page.getByText('Meta no completó la vinculación').first().waitFor();
		await caro.page.getByText('The number is not eligible for onboarding.').first().waitFor();

		// What a person can do in Meta's window beyond its buttons here.
		const choices: ReadonlyArray<readonly [Omit<SignupOutcome, 'kind'>, string]> = [
			[{ shareNothing: true }, 'No se compartió ninguna cuenta de WhatsApp Business'],
			[{ withoutMessaging: true }, 'El permiso dado no alcanza para enviar y recibir'],
		];
		for (const [choice, sentence] of choices) {
			await goToMeta();
			await caro.page.goto(client.simulator.finishSignup(caro.page.url(), { kind: 'finished', ...choice }));
			await caro.page.getByText(sentence).first().waitFor();
		}

		// A way back that nobody was sent on.
		await caro.page.goto(`${client.inboxUrl}/signup?code=somebody-elses&state=made-up`);
		await caro.page.getByText('Este enlace no es de esta plataforma').first().waitFor();
		await caro.page.goto(client.inboxUrl ?? '');
	});

	criterion('Criterio 3 · La asesora vincula su número con embedded sign-up desde la plataforma', async () => {
		const { phone, phoneNumberId } = client.advisorNumber;
		client.simulator.advisorPhone(phoneNumberId).past.push({
			id: '573209990001',
			messages: [
				{
					from: '573209990001',
					id: 'wamid.past.1',
					timestamp: String(Math.floor(Date.now() / 1000) - 86_400),
					type: 'text',
					text: { body: 'Caro, ¿me separas los cables de ayer?' },
					history_context: { status: 'READ' },
				},
			],
		});
		await goToMeta({ history: true });
		await caro.page.getByRole('button', { name: new RegExp(phone.replace('+', '\\+')) }).click();

		await caro.page.getByRole('heading', { name: 'Números vinculados' }).waitFor();
		await card(caro).getByText('En vivo').waitFor();
		await card(caro).getByText('Historial completo').waitFor();
		expect(await card(caro).innerText()).toContain('Carolina Rojas');
		await boss.goTo('Números');
		await card(boss).getByText('En vivo').waitFor();
		expect(client.simulator.callbackOf(phoneNumberId)).toBe(client.callbackUrl);
		// The company's own number still goes where it went.
		expect(client.simulator.callbackOf(client.phoneNumberId)).toBe(client.callbackUrl);
	});

	describe('Criterio 4 · Las conversaciones del número vinculado se ven en la plataforma', () => {
		let telephone: AdvisorPhone;
		let sofia: Customer;
		beforeAll(() => {
			const { phoneNumberId } = client.advisorNumber;
			telephone = client.simulator.advisorPhone(phoneNumberId);
			sofia = client.simulator.customer({ waId: '573207770001', profileName: 'Sofía Directa', phoneNumberId });
		});

		criterion('las de antes de vincularlo, con el nombre de la agenda', async () => {
			await caro.openConversation('Ferretería La 80');
			await caro.page.locator('article.message', { hasText: '¿me separas los cables de ayer?' }).waitFor();
		});

		criterion(
			'las nuevas, en vivo: lo que escribe el cliente y lo que responde la asesora desde el teléfono',
			async () => {
				const watch = new GivenTime();
				const { delivered } = sofia.text('Hola Caro, ¿tienes switches de 24 puertos?');
				await caro.goTo('Conversaciones');
				await caro.page.getByRole('tab', { name: /^Todas/ }).click();
				await caro.page.locator('.row', { hasText: 'Sofía Directa' }).waitFor();
				await delivered;
				expect(watch.now()).toBeLessThan(SEEN_WITHIN + 1_000);
				await caro.openConversation('Sofía Directa');

				const { wamid, delivered: echoed } = telephone.write(sofia, 'Sí, me quedan tres 🙌');
				await echoed;
				const arrived = watch.now();
				const answer = caro.page.locator('article.message', { hasText: 'Sí, me quedan tres' });
				await answer.waitFor();
				watch.stop();
				expect(watch.now() - arrived).toBeLessThan(SEEN_WITHIN);
				expect(await answer.innerText()).toContain('Desde el teléfono');

				telephone.edit(sofia, wamid, 'Sí, me quedan dos 🙌');
				await caro.page.locator('article.message', { hasText: 'Sí, me quedan dos' }).getByText('editado').waitFor();
			},
		);

		criterion('el bot no se mete en ellas, y la asesora responde también desde la plataforma', async () => {
			expect(sofia.received.map(({ text }) => text)).toEqual(['Sí, me quedan tres 🙌']);
			await caro.page.getByLabel('Escribe un mensaje').fill('¿Te los separo?');
			await caro.page.getByRole('button', { name: 'Enviar', exact: true }).click();
			await sofia.waitFor(({ text }) => text === '¿Te los separo?');
			const sent = client.simulator.ledger.sends.at(-1);
			expect(sent).toMatchObject({ phoneNumberId: client.advisorNumber.phoneNumberId });
		});

		criterion('y las del número de la empresa siguen con el bot', async () => {
			const samuel = client.simulator.customer({ waId: '573207770002', profileName: 'Samuel Empresa' });
			expect((await talks(samuel, 'hola'))[0]).toContain('¿Cuál es tu nombre completo?');
		});

		criterion('hasta que la asesora desconecta el número desde su teléfono', async () => {
			// News of the account come by the app's own address only (WhatsApp Cloud Trigger, At the App).
			await client.simulator.setCallback(client.callbackUrl, { verify: true });
			expect(await telephone.disconnect()).toMatchObject({ acknowledged: true });
			await caro.goTo('Números');
			await card(caro).getByText('Desvinculado', { exact: true }).waitFor();
			await restingEnding(desk.store, client.workspaceId);
			// What went wrong above was answered as what it was.
			const others = [...boss.complaints, ...caro.complaints].filter((text) => !text.includes('/inbox/signup'));
			expect(others).toEqual([]);
		});
	});
});
