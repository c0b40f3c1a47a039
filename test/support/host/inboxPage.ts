import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { PATIENCE } from '../patience';
import { projectRoot } from './folders';
import { loginLinkFor, type TeamMember } from './inboxTeam';
import type { RunningN8n } from './n8n';

export const INBOX_PASSWORD = 'cuatro palabras faciles 9';

export interface InboxWindow {
	readonly width?: number;
	readonly height?: number;
	readonly colorScheme?: 'light' | 'dark';
	/** What the browser takes for the time, ms; the machine's own when absent. */
	readonly at?: number;
}

/** Somebody of the team with the inbox open, in a browser of their own. */
export interface PersonAtInbox {
	readonly member: TeamMember;
	readonly context: BrowserContext;
	readonly page: Page;
	/** Everything the browser complained about, blocked content included. */
	readonly complaints: readonly string[];
	/** Opens the conversation with this customer, in the list of all. */
	openConversation(customerName: string): Promise<void>;
	/** Goes to one of the places of the page, by its name in the menu. */
	goTo(place: string): Promise<void>;
	screenshot(name: string): Promise<void>;
	close(): Promise<void>;
}

/** Follows a new login link, chooses a password, and is in. */
export async function openInbox(
	browser: Browser,
	n8n: RunningN8n,
	member: TeamMember,
	{ width = 1440, height = 900, colorScheme = 'light', at }: InboxWindow = {},
): Promise<PersonAtInbox> {
	const link = await loginLinkFor(n8n, member);
	const context = await browser.newContext({
		viewport: { width, height },
		colorScheme,
		locale: 'es-CO',
		timezoneId: 'America/Bogota',
		acceptDownloads: true,
	});
	context.setDefaultTimeout(PATIENCE);
	if (at !== undefined) await context.clock.setFixedTime(at);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (message) => {
		const { url } = message.location();
		const isOurs = url === '' || url.startsWith(n8n.webhookUrl);
		// Asking who is logged in is how the page finds out that nobody is.
		if (message.type() !== 'error' || !isOurs || message.text().includes('401')) return;
		complaints.push(`${message.text()} ${url}`);
	});
	page.on('pageerror', (error) => complaints.push(String(error)));
	await page.goto(link);
	await page.getByLabel('Contraseña nueva').fill(INBOX_PASSWORD);
	await page.getByLabel('Repítela').fill(INBOX_PASSWORD);
	await page.getByRole('button', { name: 'Crear contraseña' }).click();
	const lists = page.getByRole('tablist', { name: 'Lista de conversaciones' });
	await lists.waitFor();
	return {
		member,
		context,
		page,
		complaints,
		goTo: async (place) => {
			await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: place }).click();
		},
		openConversation: async (customerName) => {
			await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Conversaciones' }).click();
			await lists.getByRole('tab', { name: /^Todas/ }).click();
			await page.locator('.row', { hasText: customerName }).first().click();
			await page.locator('.threadHead h2', { hasText: customerName }).waitFor();
		},
		screenshot: async (name) => {
			const folder = join(projectRoot, '.cache', 'screenshots');
			mkdirSync(folder, { recursive: true });
			await page.screenshot({ path: join(folder, `${name}.png`) });
		},
		close: () => context.close(),
	};
}
