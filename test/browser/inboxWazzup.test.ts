import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

import { createDealForWazzup } from '../../nodes/shared/usecases/wazzup/createDeal';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { inBrowser } from '../support/chromium';
import { messageFrom, webhookId } from '../support/events';
import { InboxDesk, type Login } from '../support/inboxDesk';
import { PHONE, WIDE } from '../support/inboxPage/browser';
import { nodePageOfEachTest, type Looks } from '../support/inboxPage/nodePage';
import { customerWho, type Customer } from '../support/records';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const KEY = 'key-of-the-account';
const CHANNEL = '0b9e1f0a-7c51-4a1e-9f3e-2f3f5f6a7b8c';
const ANA = '573001234567';

/** The real node with its real page, store and Wazzup: nothing between them is pretended. */
inBrowser("Wazzup's chat window in the inbox (W5, W6, W8)", () => {
	const openNodePage = nodePageOfEachTest();
	let wazzup: WazzupSimulator;
	let desk: InboxDesk;
	let laura: Login;
	let ana: Customer;

	async function openDesk(credentials: InboxDesk['credentials']): Promise<void> {
		desk = new InboxDesk();
		desk.credentials = credentials;
		await desk.open();
		laura = await desk.advisor('Laura Gómez', 'supervisor');
		ana = await customerWho(desk.store, ANA, 'hola, necesito 20 portátiles');
	}

	beforeEach(async () => {
		wazzup = await startWazzupSimulator({
			apiKey: KEY,
			channels: [{ channelId: CHANNEL, transport: 'whatsapp', plainId: '573001112233' }],
		});
		await openDesk({ wazzupApi: { apiKey: KEY, baseUrl: wazzup.baseUrl } });
		wazzup.account.users.set(laura.advisorId, { id: laura.advisorId, name: 'Laura Gómez' });
		talk(ANA, 'Ana Torres', 'hola');
		talk('573009998877', 'Bruno Díaz', 'buenas');
	});

	afterEach(async () => {
		await desk.close();
		await wazzup.close();
	});

	/** Somebody wrote on a channel of Wazzup. */
	function talk(chatId: string, name: string, text: string): void {
		const chat = wazzup.account.chat(CHANNEL, 'whatsapp', chatId, name);
		chat.unanswered = 1;
		wazzup.account.add(chat, { direction: 'inbound', type: 'text', text, status: 'inbound' });
	}

	const openPage = (place = '', looks: Looks = {}): Promise<Page> => openNodePage(desk, laura, place, looks);

	async function windowOf(page: Page): Promise<Frame> {
		const handle = await page.waitForSelector('.chatWindow > iframe');
		const frame = await handle.contentFrame();
		if (frame === null) throw new Error('The frame has no page');
		await frame.waitForSelector('nav');
		return frame;
	}

	/** Wazzup shows somebody's chat as a page of its own: also who was shown before is shown anew. */
	async function openDealsOf(frame: Frame, name: string): Promise<void> {
		await frame.locator('nav a', { hasText: name }).click();
		await frame.waitForURL(/[?]chat=/);
		await frame.locator('header strong', { hasText: name }).waitFor();
		await frame.locator('summary').click();
	}

	const leads = async () =>
		await desk.store.db.selectFrom('leads').selectAll().where('workspace_id', '=', 'acme').execute();
	const asked = () => wazzup.requestsTo('POST /iframe').length;
	/** What axe-core finds on our side of the frame. */
	async function problems(page: Page): Promise<string[]> {
		await page.evaluate(axe);
		const { violations } = await page.evaluate<AxeResults>(
			"axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'] })",
		);
		return violations
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
	}

	it('W5, W6: the bar has a button with what waits, and it opens every chat of the advisor', async () => {
		const page = await openPage();
		const button = page.getByRole('link', { name: /Chats de Wazzup 2 sin responder/ });
		await button.click();
		const frame = await windowOf(page);
		expect(await frame.locator('nav a').count()).toBe(2);
		expect(wazzup.requestsTo('POST /iframe')[0]?.body).toMatchObject({
			user: { id: laura.advisorId },
			scope: 'global',
		});
		expect(await page.locator('.chatWindow > iframe').getAttribute('sandbox')).not.toMatch(/top-navigation/);
		expect(await problems(page)).toEqual([]);
	});

	it('W5: on the card there is a tab with the chats of this customer only; the arrows move between the tabs', async () => {
		const page = await openPage(`/conversations/${ana.conversationId}`);
		const tab = page.getByRole('tab', { name: 'Wazzup' });
		await page.getByRole('tab', { name: 'Bandeja' }).focus();
		expect(asked()).toBe(0);
		await page.keyboard.press('ArrowRight');
		expect(await tab.getAttribute('aria-selected')).toBe('true');
		const frame = await windowOf(page);
		expect(await frame.locator('nav a').allInnerTexts()).toEqual([expect.stringContaining('Ana Torres')]);
		expect(await page.locator('#composer').count()).toBe(0);
		expect(await problems(page)).toEqual([]);
		await tab.focus();
		await page.keyboard.press('ArrowLeft');
		await page.waitForSelector('#composer');
	});

	it('W8: the "+" makes the lead once and opens its conversation; pressed again it opens the same', async () => {
		const page = await openPage('/wazzup');
		for (const said of ['Lead creado', 'Este cliente ya tenía un lead abierto']) {
			const frame = await windowOf(page);
			await openDealsOf(frame, 'Ana Torres');
			await frame.locator('[data-add]').click();
			await page.getByText(said).waitFor();
			await page.waitForSelector('.threadHead');
			expect(new URL(page.url()).hash).toBe(`#/conversations/${ana.conversationId}`);
			await page.locator('.leadCard').first().waitFor();
			await page.goto(`${desk.url}#/wazzup`);
		}
		expect(await leads()).toMatchObject([{ contact_id: ana.contactId, conversation_id: ana.conversationId }]);
	});

	it('W8: the "+" of somebody who never wrote to the desk makes contact and lead, and says that there is no thread', async () => {
		const page = await openPage('/wazzup');
		const frame = await windowOf(page);
		await openDealsOf(frame, 'Bruno');
		await frame.locator('[data-add]').click();
		await page.getByText('Todavía no ha escrito a un número de esta bandeja.').waitFor();
		expect(await leads()).toMatchObject([{ phone: '+573009998877', advisor_id: laura.advisorId }]);
	});

	it('W8: a deal of the menu opens the conversation of its lead', async () => {
		const deal = await createDealForWazzup(desk.store, {
			webhookId: 'w',
			emit: false,
			home: 'https://n8n.test/',
			event: { kind: 'create_deal', contactIds: [ana.contactId], raw: {} },
		});
		if (!deal) throw new Error('No deal');
		wazzup.account.contacts.set(ana.contactId, {
			id: ana.contactId,
			responsibleUserId: laura.advisorId,
			name: 'Ana',
			contactData: [{ chatType: 'whatsapp', chatId: ANA }],
		});
		wazzup.account.deals.set(deal.id, { ...deal, contacts: [...deal.contacts] });
		const page = await openPage('/wazzup');
		const frame = await windowOf(page);
		await openDealsOf(frame, 'Ana Torres');
		await frame.locator('[data-deal]').click();
		await page.waitForURL(`${desk.url}#/conversations/${ana.conversationId}`);
	});

	describe('attacks', () => {
		it('a message that did not come from the frame does nothing, whatever it says', async () => {
			const page = await openPage('/wazzup');
			await windowOf(page);
			// In its own words from the page itself, then under the right origin, but not from the frame.
			await page.evaluate(`{
				const data = { type: 'WZ_CREATE_ENTITY', data: { chatType: 'whatsapp', chatId: '${ANA}' } };
				window.postMessage(data, '*');
				const { origin } = new URL(document.querySelector('iframe').src);
				window.dispatchEvent(new MessageEvent('message', { data, origin, source: window }));
				window.dispatchEvent(new MessageEvent('message', { data, origin }));
			}`);
			await page.waitForTimeout(300);
			expect(await leads()).toEqual([]);
		});

		it('a page of another origin in the same frame is not heard', async () => {
			const stranger = await startWazzupSimulator({ apiKey: 'another' });
			try {
				const page = await openPage('/wazzup');
				await windowOf(page);
				const refused = page.waitForEvent('console', (message) => /frame-src/.test(message.text()));
				await page.evaluate(`document.querySelector('iframe').src = '${stranger.baseUrl}'`);
				await refused;
			} finally {
				await stranger.close();
			}
			expect(await leads()).toEqual([]);
		});

		it('forged ids and shapes from the frame itself open nothing and make nothing', async () => {
			const page = await openPage('/wazzup');
			const frame = await windowOf(page);
			const messages = [
				{ type: 'WZ_CREATE_ENTITY', data: { chatType: 'constructor', chatId: ANA } },
				{ type: 'WZ_CREATE_ENTITY', data: { chatType: 'whatsapp' } },
				{ type: 'constructor' },
				'WZ_CREATE_ENTITY',
				null,
				{ type: 'WZ_OPEN_ENTITY', data: { entity: { id: "' or 1=1 --" } } },
			];
			await frame.evaluate(`for (const said of ${JSON.stringify(messages)}) window.parent.postMessage(said, '*')`);
			await page.getByText('Ya no existe o ya no es visible para ti.').waitFor();
			expect(new URL(page.url()).hash).toBe('#/wazzup');
			expect(await leads()).toEqual([]);
		});

		it('the frame may ask for the microphone, for voice notes, and for no camera or place', async () => {
			const frame = await windowOf(await openPage('/wazzup'));
			const may = async (feature: string) =>
				await frame.evaluate<boolean>(`document.featurePolicy.allowsFeature('${feature}')`);
			expect([await may('microphone'), await may('camera'), await may('geolocation')]).toEqual([true, false, false]);
		});

		it('the frame cannot send the page elsewhere', async () => {
			const page = await openPage('/wazzup');
			const frame = await windowOf(page);
			const refused = await frame.evaluate<string>(
				"(() => { try { window.top.location.assign('about:blank'); return ''; } catch (error) { return String(error); } })()",
			);
			expect(refused).toMatch(/SecurityError|sandbox/i);
			expect(page.url()).toBe(`${desk.url}#/wazzup`);
		});
	});

	it('while Wazzup is away the place says so and opens with another try', async () => {
		wazzup.faults.inject({ on: 'POST /iframe', kind: 500, times: 20 });
		const page = await openPage('/wazzup');
		await page.getByText('Wazzup no responde en este momento.').waitFor();
		expect(await problems(page)).toEqual([]);
		wazzup.faults.clear();
		await page.getByRole('button', { name: 'Reintentar' }).click();
		await windowOf(page);
	});

	it('without a connection it says so, and opens when it is back', async () => {
		const page = await openPage(`/conversations/${ana.conversationId}`);
		const tab = page.getByRole('tab', { name: 'Wazzup' });
		await tab.click();
		await windowOf(page);
		await page.getByRole('tab', { name: 'Bandeja' }).click();
		await page.context().setOffline(true);
		await tab.click();
		await page.getByText('Sin conexión con la bandeja.').waitFor();
		await page.context().setOffline(false);
		await page.getByRole('button', { name: 'Reintentar' }).click();
		await windowOf(page);
	});

	it('when the session ends the window goes: behind the login nothing of a customer stays open', async () => {
		const page = await openPage('/wazzup');
		await windowOf(page);
		await desk.store.db.deleteFrom('inbox_sessions').execute();
		await page.getByRole('button', { name: 'Entrar' }).waitFor();
		expect(await page.locator('.chatWindow > iframe').count()).toBe(0);
		expect(asked()).toBe(1);
	});

	it('W2: the link of a contact leads to their conversation, and says so where there is none for these eyes', async () => {
		const page = await openPage(`/contacts/${ana.contactId}`);
		await page.waitForURL(`${desk.url}#/conversations/${ana.conversationId}`);
		await page.goto(`${desk.url}#/contacts/nobody`);
		await page.getByText('Este cliente no tiene una conversación que puedas ver').waitFor();
		expect(await problems(page)).toEqual([]);
	});

	it('a customer without any chat of Wazzup has an empty tab that says why', async () => {
		await receiveEvents(desk.store, {
			webhookId,
			vendor: 'whatsapp',
			emit: { messages: true, statuses: false, echoes: false, account: false },
			events: [{ ...messageFrom('', 'hola', { at: desk.store.now() }), from: { userId: 'CO.1234567890' } }],
		});
		const row = await desk.store.db
			.selectFrom('contact_identities')
			.innerJoin('conversations', 'conversations.contact_id', 'contact_identities.contact_id')
			.select('conversations.id')
			.where('contact_identities.value', '=', 'CO.1234567890')
			.executeTakeFirstOrThrow();
		const page = await openPage(`/conversations/${row.id}`);
		await page.getByRole('tab', { name: 'Wazzup' }).click();
		await page.getByText('Este cliente no tiene chat en Wazzup').waitFor();
	});

	it('without an account of Wazzup there is no button, no tab and no request', async () => {
		await desk.close();
		await openDesk({});
		const page = await openPage(`/conversations/${ana.conversationId}`);
		await page.waitForSelector('#composer');
		expect(await page.getByRole('tab', { name: 'Wazzup' }).count()).toBe(0);
		expect(await page.getByRole('link', { name: /Wazzup/ }).count()).toBe(0);
		expect(wazzup.account.requests).toEqual([]);
	});

	it.each([
		['light', WIDE],
		['dark', WIDE],
		['light', PHONE],
		['dark', PHONE],
	] as const)('fits and reads in %s at %j', async (colorScheme, viewport) => {
		const page = await openPage(`/conversations/${ana.conversationId}`, { viewport, colorScheme });
		await page.getByRole('tab', { name: 'Wazzup' }).click();
		await windowOf(page);
		const width = await page.evaluate<number>('document.documentElement.scrollWidth');
		const box = (await page.locator('.chatWindow > iframe').boundingBox()) ?? { width: 0, height: 0 };
		expect(width).toBeLessThanOrEqual(viewport.width);
		expect(box.height).toBeGreaterThan(viewport.height / 2);
		expect(box.width).toBeGreaterThan(Math.min(viewport.width, 700) / 2);
		expect(await problems(page)).toEqual([]);
		if (process.env.PICTURES !== undefined) {
			await page.screenshot({ path: path.join(process.env.PICTURES, `wazzup-${colorScheme}-${viewport.width}.png`) });
		}
	});
});
