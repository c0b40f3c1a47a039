import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { PATIENCE } from '../patience';
import type { RunningN8n } from './n8n';

/** What a person sees who opens a workflow in n8n's editor. */
export interface CanvasView {
	/** Names on the canvas. */
	readonly nodes: readonly string[];
	/** Names of nodes with a red "issues" mark. */
	readonly nodesWithIssues: readonly string[];
	/** Names of nodes whose type n8n does not know ("Install this node to use it"). */
	readonly unknownNodes: readonly string[];
	readonly page: Page;
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** One login a browser: n8n takes five of an account in a minute, and refuses the sixth. */
const sessions = new WeakMap<Browser, Promise<Session>>();

async function signIn(browser: Browser, n8n: RunningN8n): Promise<Session> {
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		await page.goto(`${n8n.url}/signin`);
		await page.locator('input[name="emailOrLdapLoginId"]').fill(n8n.owner.email);
		await page.locator('input[name="password"]').fill(n8n.owner.password);
		await page.locator('[data-test-id="form-submit-button"]').click();
		await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
		return await context.storageState();
	} finally {
		await context.close();
	}
}

function sessionOf(browser: Browser, n8n: RunningN8n): Promise<Session> {
	const session = sessions.get(browser) ?? signIn(browser, n8n);
	sessions.set(browser, session);
	return session;
}

/** Opens the workflow as the owner, whole, on a large screen. */
export async function openInEditor(
	browser: Browser,
	n8n: RunningN8n,
	workflowId: string,
	screenshotFile?: string,
): Promise<CanvasView> {
	const context = await browser.newContext({
		viewport: { width: 1920, height: 1080 },
		storageState: await sessionOf(browser, n8n),
	});
	const page = await context.newPage();
	await page.goto(`${n8n.url}/workflow/${workflowId}`);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor({ timeout: PATIENCE });
	await page.keyboard.press('1');
	await page.waitForTimeout(1_000);
	if (screenshotFile !== undefined) {
		mkdirSync(dirname(screenshotFile), { recursive: true });
		await page.screenshot({ path: screenshotFile });
	}
	const nodes = page.locator('[data-test-id="canvas-node"]');
	const namesWith = async (mark: string): Promise<string[]> => {
		const found: string[] = [];
		for (const node of await nodes.all()) {
			if ((await node.locator(mark).count()) > 0) found.push((await node.getAttribute('data-node-name')) ?? '?');
		}
		return found;
	};
	return {
		page,
		nodes: await nodes.evaluateAll((elements) =>
			elements.map((element) => element.getAttribute('data-node-name') ?? '?'),
		),
		nodesWithIssues: await namesWith('[data-test-id="node-issues"]'),
		unknownNodes: await namesWith('[data-test-id="node-not-installed"]'),
	};
}
