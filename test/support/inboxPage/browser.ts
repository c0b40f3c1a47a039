import type { Browser, BrowserContext, Page } from 'playwright-core';

import type { InboxRole } from '../../../nodes/shared/domain/inbox/permissions';
import type { CommandName } from '../../../nodes/shared/domain/inbox/requests';
import { startBrowser } from '../chromium';
import { eventually } from '../eventually';
import { PATIENCE } from '../patience';
import { NOW } from './desk';
import { startStandIn, type StandIn } from './standIn';

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** The page as somebody sees it, the desk behind it, and what the browser complained about. */
export interface OpenInbox {
	readonly page: Page;
	readonly standIn: StandIn;
	readonly context: BrowserContext;
	readonly complaints: string[];
	/** What the first command of a name was given, once the desk has carried it out: the page may show the wish before. */
	readonly inputOf: (command: CommandName) => Promise<unknown>;
	readonly close: () => Promise<void>;
}

export interface HowToOpen {
	readonly role?: InboxRole;
	readonly loggedIn?: boolean;
	readonly viewport?: { readonly width: number; readonly height: number };
	readonly colorScheme?: 'light' | 'dark';
	/** What follows the "#". */
	readonly place?: string;
	/** Changes the desk before anybody looks. */
	readonly prepare?: (standIn: StandIn) => void;
}

/** What a browser writes down by itself when a request is answered with no. */
const ANSWERED_NO = /Failed to load resource|net::ERR_/;

export async function openInbox(
	browser: Browser,
	{ role, loggedIn, viewport = WIDE, colorScheme = 'light', place = '', prepare }: HowToOpen = {},
): Promise<OpenInbox> {
	const standIn = await startStandIn({ role, loggedIn });
	prepare?.(standIn);
	const context = await browser.newContext({ viewport, colorScheme, locale: 'es-CO', reducedMotion: 'reduce' });
	context.setDefaultTimeout(PATIENCE);
	await context.clock.setFixedTime(NOW);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (message) => {
		if (!['error', 'warning'].includes(message.type()) || ANSWERED_NO.test(message.text())) return;
		complaints.push(message.text());
	});
	page.on('pageerror', (error) => complaints.push(String(error)));
	await page.goto(`${standIn.url}${place === '' ? '' : `#${place}`}`);
	return {
		page,
		standIn,
		context,
		complaints,
		inputOf: async (command) => {
			const given = (): StandIn['done'][number] | undefined => standIn.done.find((one) => one.command === command);
			await eventually(`the command ${command}`, () => given() !== undefined);
			return given()?.input;
		},
		close: async () => {
			await context.close();
			await standIn.close();
		},
	};
}

/**
 * For the suite that calls it: one browser for all tests, and after each its inbox closed, without a complaint.
 *
 * @returns how a test opens its inbox
 */
export function inboxOfEachTest(): (how?: HowToOpen) => Promise<OpenInbox> {
	let browser: Browser;
	let inbox: OpenInbox;
	beforeAll(async () => {
		browser = await startBrowser();
	});
	afterAll(() => browser.close());
	afterEach(async () => {
		const { complaints } = inbox;
		await inbox.close();
		expect(complaints).toEqual([]);
	});
	return async (how) => {
		inbox = await openInbox(browser, how);
		return inbox;
	};
}
