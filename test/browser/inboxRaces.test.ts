/** The inbox page while answers are on their way: what happens meanwhile is neither lost nor undone (P1, P3). */
import type { Page, Route } from 'playwright-core';

import { inBrowser } from '../support/chromium';
import { eventually } from '../support/eventually';
import { inboxOfEachTest, type HowToOpen, type OpenInbox } from '../support/inboxPage/browser';

interface ListAnswer {
	readonly rows: ReadonlyArray<{ readonly id: string }>;
	readonly nextCursor?: string;
}

inBrowser('The inbox page while answers are on their way', () => {
	let inbox: OpenInbox;
	let page: Page;
	// What is still held when a test ends goes with its page.
	afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));
	const openOne = inboxOfEachTest();

	async function open(how: HowToOpen = {}): Promise<void> {
		inbox = await openOne(how);
		page = inbox.page;
	}

	const rows = () => page.locator('.row');
	const shownIds = (): Promise<string[]> => rows().evaluateAll((all) => all.map(({ id }) => id.replace(/^row-/, '')));
	const toEndOfList = () => page.locator('.rowsPlace').evaluate((place) => place.scrollTo(0, place.scrollHeight));
	const toTopOfList = () => page.locator('.rowsPlace').evaluate((place) => place.scrollTo(0, 0));
	/** The conversations of whoever is logged in, as the desk has them now. */
	const myList = (): string[] =>
		[...inbox.standIn.desk.conversations.values()]
			.map(({ summary }) => summary)
			.filter(({ owner, mode }) => owner?.id === 'adv-laura' && mode !== 'closed')
			.sort((one, other) => ((one.lastMessage?.at ?? '') < (other.lastMessage?.at ?? '') ? 1 : -1))
			.map(({ id }) => id);
	const isList = (url: URL): boolean => url.searchParams.get('query') === 'conversations';
	const isFirstPage = (url: URL): boolean => isList(url) && !url.searchParams.has('cursor');
	const isNextPage = (url: URL): boolean => isList(url) && url.searchParams.has('cursor');
	/** The page has heard of everything that was told before. */
	async function everythingHeard(): Promise<void> {
		inbox.standIn.customerWrites('conv-jorge', 'Hasta aquí');
		await page.getByText('Mensaje nuevo de Jorge').waitFor({ state: 'attached' });
	}

	test('a conversation that goes while the next page is on its way does not come back with it', async () => {
		await open();
		await rows().nth(49).waitFor();
		let gone: string | undefined;
		await page.route(
			isNextPage,
			async (route) => {
				const response = await route.fetch();
				gone = ((await response.json()) as ListAnswer).rows[3].id;
				inbox.standIn.tell({ kind: 'conversationGone', conversationId: gone });
				await everythingHeard();
				await route.fulfill({ response });
			},
			{ times: 1 },
		);
		await toEndOfList();
		await rows().nth(60).waitFor();
		expect(await shownIds()).not.toContain(gone);
	});

	test('a next page whose place in the list is gone when it comes is asked for again from the new place', async () => {
		await open();
		await rows().nth(49).waitFor();
		let first: Route | undefined;
		const firstAsked = Promise.withResolvers<void>();
		const late = Promise.withResolvers<void>();
		await page.route(isFirstPage, async (route) => {
			if (first !== undefined) await route.fallback();
			first ??= route;
			firstAsked.resolve();
		});
		await page.route(
			isNextPage,
			async (route) => {
				const response = await route.fetch();
				// The first page, read anew, ends one earlier by now.
				inbox.standIn.customerWrites(myList()[70], 'Una más');
				await rows().filter({ hasText: 'Una más' }).waitFor();
				const newFirst = await first?.fetch();
				await first?.fulfill({ response: newFirst });
				await everythingHeard();
				const arrived = page.waitForEvent('requestfinished', (request) => request === route.request());
				await route.fulfill({ response });
				await arrived;
				late.resolve();
			},
			{ times: 1 },
		);
		inbox.standIn.tell({ kind: 'session' });
		await firstAsked.promise;
		await toEndOfList();
		await late.promise;
		await rows().nth(60).waitFor();
		const wanted = myList();
		const shown = await shownIds();
		expect(shown).toEqual(wanted.slice(0, shown.length));
	});

	test('a next page that was given up for a list that then does not come is asked for again', async () => {
		await open();
		await rows().nth(49).waitFor();
		const asked = Promise.withResolvers<void>();
		const kept: Route[] = [];
		await page.route(
			isNextPage,
			(route) => {
				kept.push(route);
				asked.resolve();
			},
			{ times: 1 },
		);
		await toEndOfList();
		await asked.promise;
		inbox.standIn.failQuery('conversations', 503);
		const failed = page.waitForResponse(
			(response) => isFirstPage(new URL(response.url())) && response.status() === 503,
		);
		inbox.standIn.tell({ kind: 'session' });
		await (await failed).finished();
		await toTopOfList();
		await everythingHeard();
		await toEndOfList();
		await rows().nth(60).waitFor();
	});

	const MARIANA = '/conversations/conv-mariana';
	const bubble = (text: string) => page.locator('.message').filter({ hasText: text });
	const composer = () => page.getByRole('textbox', { name: 'Escribe un mensaje' });
	const isThread = (url: URL): boolean => url.searchParams.get('query') === 'thread';
	const isNewestPage = (url: URL): boolean => isThread(url) && !url.searchParams.has('after');
	const isWhatIsNew = (url: URL): boolean => isThread(url) && url.searchParams.has('after');

	/** Holds every answer to a question, as it was when it was asked; `next` is the next one that waits. */
	async function hold(question: (url: URL) => boolean): Promise<{ next: () => Promise<() => Promise<void>> }> {
		const held: Array<() => Promise<void>> = [];
		await page.route(question, async (route) => {
			const response = await route.fetch();
			held.push(() => route.fulfill({ response }));
		});
		return {
			next: async () => {
				await eventually('the question', () => held.length > 0);
				return held.shift() ?? (() => Promise.resolve());
			},
		};
	}

	test('what was sent stays on the screen until its row is there, though the page was asking already', async () => {
		await open({ place: MARIANA });
		await composer().waitFor();
		const news = await hold(isWhatIsNew);
		inbox.standIn.customerWrites('conv-mariana', '¿Siguen ahí?');
		const beforeTheReply = await news.next();
		await composer().fill('Aquí seguimos');
		await page.keyboard.press('Enter');
		await eventually('the reply', () => inbox.standIn.done.some(({ command }) => command === 'reply'));
		await everythingHeard();
		await beforeTheReply();
		const withTheReply = await news.next();
		expect(await bubble('Aquí seguimos').count()).toBe(1);
		await withTheReply();
		await bubble('Aquí seguimos').locator('.ticks.sent').waitFor();
	});

	test('what was sent stays on the screen while the desk cannot be asked for its row, and leaves once', async () => {
		await open({ place: MARIANA });
		await composer().waitFor();
		await page.route(isWhatIsNew, (route) => route.abort());
		await composer().fill('Una sola vez');
		await page.keyboard.press('Enter');
		await bubble('Una sola vez').getByText('Sale cuando vuelva la conexión').waitFor();
		await page.unroute(isWhatIsNew);
		await inbox.context.setOffline(true);
		await inbox.context.setOffline(false);
		await bubble('Una sola vez').locator('.ticks.sent').waitFor();
		await bubble('Una sola vez').nth(1).waitFor({ state: 'detached' });
		expect(inbox.standIn.done.filter(({ command }) => command === 'reply')).toHaveLength(1);
	});

	test('an answer that a later one overtook takes nothing back', async () => {
		await open({ place: MARIANA });
		await composer().waitFor();
		const opening = await hold(isNewestPage);
		inbox.standIn.tell({ kind: 'session' });
		const older = await opening.next();
		const one = inbox.standIn.desk.conversations.get('conv-mariana');
		const last = one?.rows.findLast(({ kind, author }) => kind === 'message' && author === 'customer');
		if (one === undefined || last === undefined) throw new Error('Mariana has written nothing.');
		one.rows = one.rows.map((row) => (row.id === last.id ? { ...row, text: 'Ya lo corregí' } : row));
		inbox.standIn.customerWrites('conv-mariana', 'Lo de arriba está corregido');
		await bubble('Ya lo corregí').waitFor();
		await older();
		await everythingHeard();
		await bubble('Lo de arriba está corregido').waitFor();
		expect(await bubble('Ya lo corregí').count()).toBe(1);
	});

	test('P3: what comes while one leaves a conversation is not read with it', async () => {
		await open();
		await rows().first().waitFor();
		const marks: Route[] = [];
		await page.route('**', async (route) => {
			if (marks.length === 0 && route.request().postData()?.includes('markRead')) marks.push(route);
			else await route.fallback();
		});
		await page.goto(`${inbox.standIn.url}#${MARIANA}`);
		await eventually('the conversation is read', () => marks.length > 0);
		await page.goto(`${inbox.standIn.url}#/conversations/conv-jorge`);
		inbox.standIn.customerWrites('conv-mariana', '¿Alcanzan a llegar el viernes?');
		await page.locator('#row-conv-mariana').filter({ hasText: '4 sin leer' }).waitFor();
		await marks[0].continue();
		await page.locator('#row-conv-mariana').filter({ hasText: '1 sin leer' }).waitFor();
	});

	test('counts that are told while others are on their way stay', async () => {
		await open();
		await rows().first().waitFor();
		const counts = await hold((url) => url.searchParams.get('query') === 'counts');
		inbox.standIn.tell({ kind: 'session' });
		const older = await counts.next();
		const told = { mine: 41, unassigned: 42, all: 43, notifications: 0 };
		inbox.standIn.tell({ kind: 'counts', counts: told });
		await page.getByRole('tab', { name: /41/ }).waitFor();
		await older();
		// Asked again: what is the newest only the desk knows.
		await counts.next();
		await page.getByRole('tab', { name: /41/ }).waitFor();
	});

	test('a key pressed in the instant in which a dialog opens is the dialog’s', async () => {
		await open({ place: MARIANA });
		await page.getByRole('button', { name: 'Más acciones' }).click();
		const button = page.getByRole('button', { name: 'Asignar' });
		await button.waitFor();
		// As soon as the dialog is drawn, before the browser shows it.
		await page.evaluate(`
			new MutationObserver((_changes, observer) => {
				if (document.querySelector('dialog') === null) return;
				observer.disconnect();
				document.body.dataset.heard = document.activeElement?.closest('dialog') ? 'dialog' : 'page';
			}).observe(document.body, { childList: true, subtree: true });
		`);
		await button.click();
		await page.getByRole('dialog').waitFor();
		expect(await page.locator('body').getAttribute('data-heard')).toBe('dialog');
	});
});
