import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { startBrowser } from '../support/chromium';
import { openInEditor } from '../support/host/editor';
import { projectRoot } from '../support/host/folders';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { shippedTemplates } from '../support/host/templates';

describe("the templates in n8n's editor (U1)", () => {
	let desk: ServiceDesk;
	let browser: Browser;
	beforeAll(async () => {
		desk = await startServiceDesk();
		browser = await startBrowser();
	});
	afterAll(async () => {
		await browser.close();
		await desk.stop();
	});

	it.each([...shippedTemplates()])('%s: every node is known and none shows an issue', (file, template) =>
		desk.explain(async () => {
			const workflow = desk.clients[0].workflows.find(({ name }) => name === template.name);
			const screenshot = join(projectRoot, '.cache', 'screenshots', file.replace('.json', '.png'));

			const canvas = await openInEditor(browser, desk.n8n, workflow?.id ?? '', screenshot);

			const named = template.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).map(({ name }) => name);
			expect([...canvas.nodes].sort()).toEqual(named.sort());
			expect(canvas.unknownNodes).toEqual([]);
			expect(canvas.nodesWithIssues).toEqual([]);
		}),
	);
});
