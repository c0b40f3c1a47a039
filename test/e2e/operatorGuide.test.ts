import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

import { startBrowser } from '../support/chromium';
import { openInEditor } from '../support/host/editor';
import { projectRoot } from '../support/host/folders';
import type { WorkflowFile, WorkflowNode } from '../support/host/n8nApi';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { shippedTemplate } from '../support/host/templates';
import type { Customer } from '../simulators/graph';

const FORM = 'Datos del negocio';
const BOT = 'Atender al cliente';
const OWN = 'Registrar la garantía';

const withParameters = (file: WorkflowFile, name: string, more: Readonly<Record<string, unknown>>): WorkflowFile => ({
	...file,
	nodes: file.nodes.map((node) =>
		node.name === name ? { ...node, parameters: { ...node.parameters, ...more } } : node,
	),
});

/** The setup workflow after an operator changed what workflows/README.md explains, as its form stores it. */
function changedSetup(): WorkflowFile {
	const setup = shippedTemplate('setup.json');
	const { areas, menuOptions } = setup.nodes.find(({ name }) => name === FORM)?.parameters as {
		areas: { area: object[] };
		menuOptions: { option: object[] };
	};
	return withParameters(setup, FORM, {
		businessName: 'Ferretería El Tornillo',
		areas: { area: [...areas.area, { key: 'warranty', name: 'Garantías' }] },
		menuOptions: {
			option: [
				...menuOptions.option,
				{
					area: 'warranty',
					title: '4. Garantía',
					caseType: 'support',
					id: 'warranty',
					keywords: 'garantía, devolución',
					label: 'Reclamar una garantía',
					questions: { question: [{ type: 'text', words: '¿Cuál es el serial del equipo?' }] },
				},
			],
		},
		additionalFields: {
			keywords: { keyword: [{ intent: 'support', phrase: 'chirri*', weight: 4 }] },
			languages: ['es', 'en'],
			texts: {
				text: [{ language: 'en', key: { __rl: true, mode: 'id', value: 'A2' }, words: 'May I have your full name?' }],
			},
		},
	});
}

/** The bot with an output of its own for the new option, and a Case node behind it. */
function changedBot(): WorkflowFile {
	const shipped = shippedTemplate('customer-service-bot.json');
	const bot = withParameters(shipped, BOT, {
		ownBranches: {
			branch: [{ name: 'Garantías', takes: 'option', option: { __rl: true, mode: 'id', value: 'warranty' } }],
		},
	});
	const register = bot.nodes.find(({ name }) => name === 'Registrar otra solicitud');
	if (register === undefined) throw new Error('The bot registers no other request');
	const own: WorkflowNode = { ...register, id: 'garantia', name: OWN, position: [1600, 740] };
	const { [BOT]: wires, ...others } = bot.connections as Record<string, { main: object[][] }>;
	return {
		...bot,
		nodes: [...bot.nodes, own],
		connections: {
			...others,
			[BOT]: { main: [...(wires?.main ?? []), [{ node: OWN, type: 'main', index: 0 }]] },
			[OWN]: { main: [[{ node: 'Enviar por WhatsApp', type: 'main', index: 0 }]] },
		},
	};
}

describe('what an operator changes without code and without expressions (U5, U6)', () => {
	type Box = Record<'x' | 'y' | 'width' | 'height', number>;

	let desk: ServiceDesk;
	let browser: Browser;
	beforeAll(async () => {
		desk = await startServiceDesk({ templates: [changedSetup(), changedBot()] });
		browser = await startBrowser();
	});
	afterAll(async () => {
		await browser.close();
		await desk.stop();
	});

	const person = (waId: string): Customer => desk.clients[0].simulator.customer({ waId, profileName: 'Cliente' });

	async function answerTo(customer: Customer, text: string): Promise<string> {
		const before = customer.received.length;
		customer.text(text);
		const received = await customer.waitForCount(before + 1);
		return received[before]?.text ?? '';
	}

	async function talks(customer: Customer, ...texts: readonly string[]): Promise<string[]> {
		const answers: string[] = [];
		for (const text of texts) answers.push(await answerTo(customer, text));
		return answers;
	}

	const idOf = (file: WorkflowFile): string =>
		desk.clients[0].workflows.find(({ name }) => name === file.name)?.id ?? '';

	const picture = (name: string): string => join(projectRoot, '.cache', 'screenshots', `${name}.png`);

	/** Keeps a picture of everything on the canvas, as n8n fits it on the screen. */
	async function pictureOfCanvas(page: Page, name: string): Promise<void> {
		await page.setViewportSize({ width: 2_200, height: 1_700 });
		await page.locator('[data-test-id="zoom-to-fit"]').click();
		await page.waitForTimeout(1_500);
		const boxes = await page
			.locator('.vue-flow__node')
			.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON() as Box));
		const left = Math.min(...boxes.map(({ x }) => x)) - 20;
		const top = Math.min(...boxes.map(({ y }) => y)) - 20;
		const right = Math.max(...boxes.map(({ x, width }) => x + width)) + 40;
		const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + 40;
		await page.screenshot({
			path: picture(name),
			clip: { x: left, y: top, width: right - left, height: bottom - top },
		});
	}

	/** Opens a node's panel on a high screen. */
	async function openPanel(page: Page, node: string): Promise<void> {
		await page.setViewportSize({ width: 1280, height: 1500 });
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
		await page.getByText('Parameters', { exact: true }).first().waitFor();
		await page.waitForTimeout(1_500);
	}

	/** Keeps a picture of the panel's middle, its form, for workflows/README.md; with a button of it as the last thing. */
	async function pictureOfForm(page: Page, name: string, height: number, lastButton?: string): Promise<void> {
		if (lastButton !== undefined) {
			const button = page.getByRole('button', { name: lastButton, exact: true }).last();
			await button.evaluate((element) => element.scrollIntoView({ block: 'end' }));
			await page.waitForTimeout(500);
		}
		const bottom = lastButton === undefined ? 70 + height : 1_482;
		await page.screenshot({ path: picture(name), clip: { x: 431, y: bottom - height, width: 420, height } });
	}

	it('a fourth menu option asks its own question and arrives at its own area, on its own output; the name is the new one', () =>
		desk.explain(async () => {
			const customer = person('573002220001');
			const [greeting, , menu, question, confirmation] = await talks(
				customer,
				'hola',
				'Laura Gómez Restrepo',
				'1020304050',
				'4',
				'SN-8841-X',
			);

			expect(greeting).toContain('Bienvenido a Ferretería El Tornillo');
			expect(menu).toContain('4️⃣ Reclamar una garantía');
			expect(question).toContain('¿Cuál es el serial del equipo?');
			const cases = await desk.store.rows('select number, type, area, "option" from cases');
			expect(cases).toMatchObject([{ type: 'support', area: 'warranty', option: 'warranty' }]);
			expect(confirmation).toContain(String(cases[0]?.number));
		}));

	it('a new keyword is understood, so that the menu is not asked (D2)', () =>
		desk.explain(async () => {
			const answers = await talks(person('573002220002'), 'el taladro chirría mucho', 'Pedro Pérez Gil', '1032456789');

			expect(answers.at(-1)).not.toContain('1️⃣');
		}));

	it('a translated text is what a customer of that language reads', () =>
		desk.explain(async () => {
			expect(await answerTo(person('573002220003'), 'hello, good morning, I need some help please')).toContain(
				'May I have your full name?',
			);
		}));

	it('the forms show all of it, and the canvas the new output', () =>
		desk.explain(async () => {
			const setup = await openInEditor(browser, desk.n8n, idOf(changedSetup()));
			await openPanel(setup.page, FORM);
			await pictureOfForm(setup.page, 'guide-profile', 640);
			await pictureOfForm(setup.page, 'guide-option', 1_200, 'Add menu option');
			await pictureOfForm(setup.page, 'guide-words', 760, 'Add text');
			const bot = await openInEditor(browser, desk.n8n, idOf(changedBot()));
			await bot.page.screenshot({
				path: picture('guide-canvas'),
				clip: { x: 600, y: 130, width: 1_020, height: 390 },
			});
			expect(bot.nodesWithIssues).toEqual([]);
			await pictureOfCanvas(bot.page, 'guide-bot');
			await openPanel(bot.page, BOT);
			await pictureOfForm(bot.page, 'guide-branches', 650);
			expect(await bot.page.getByText('Garantías').count()).toBeGreaterThan(0);
		}));
});
