/** The page as the real node serves it, with its real store: nothing between them is pretended. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Browser, BrowserContext, Page } from 'playwright-core';

import * as pageFolder from '../../../nodes/AdvisorInboxTrigger/pageFolder';
import { startBrowser } from '../chromium';
import type { InboxDesk, Login } from '../inboxDesk';
import { PATIENCE } from '../patience';
import { projectFolder } from '../registered';
import { WIDE } from './browser';

/** How somebody looks at the page. */
export interface Looks {
	readonly viewport?: typeof WIDE;
	readonly colorScheme?: 'light' | 'dark';
}

/**
 * For the suite that calls it: the page is bundled once for the node to serve, one browser is there for all tests, and what
 * a test opened is closed after it, before the suite's own hooks.
 *
 * @returns how a test opens the page: of which desk, for whom, and what follows the "#"
 */
export function nodePageOfEachTest(): (desk: InboxDesk, who: Login, place?: string, looks?: Looks) => Promise<Page> {
	const folder = mkdtempSync(path.join(tmpdir(), 'inbox-node-page-'));
	const contexts: BrowserContext[] = [];
	let browser: Browser;
	beforeAll(async () => {
		const bundle = path.join(projectFolder, 'nodes/AdvisorInboxTrigger/page/bundle.cjs');
		await promisify(execFile)(process.execPath, [bundle, folder]);
		jest.replaceProperty(pageFolder, 'PAGE_FOLDER', folder);
		browser = await startBrowser();
	});
	afterEach(async () => {
		for (const context of contexts.splice(0)) await context.close();
	});
	afterAll(async () => {
		await browser.close();
		rmSync(folder, { recursive: true, force: true });
	});
	return async (desk, who, place = '', { viewport = WIDE, colorScheme = 'light' } = {}) => {
		const context = await browser.newContext({ viewport, colorScheme, locale: 'es-CO', reducedMotion: 'reduce' });
		contexts.push(context);
		context.setDefaultTimeout(PATIENCE);
		const [name = '', value = ''] = who.cookie.split('=');
		await context.addCookies([{ name, value, url: desk.url }]);
		const page = await context.newPage();
		await page.goto(`${desk.url}${place === '' ? '' : `#${place}`}`);
		return page;
	};
}
