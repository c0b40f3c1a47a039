/** What comes back after something went wrong on the way: files, lists and threads stay where the reader was (P3). */
import type { Page } from 'playwright-core';

import { inBrowser } from '../support/chromium';
import { NOW } from '../support/inboxPage/desk';
import { inboxOfEachTest, type HowToOpen, type OpenInbox } from '../support/inboxPage/browser';

inBrowser('After a failure the inbox goes on where one was', () => {
	const openOne = inboxOfEachTest();
	let inbox: OpenInbox;
	let page: Page;

	async function open(how: HowToOpen): Promise<void> {
		inbox = await openOne(how);
		page = inbox.page;
	}
	const composer = () => page.getByRole('textbox', { name: 'Escribe un mensaje' });
	const cut = () => inbox.context.setOffline(true);
	async function reconnect(): Promise<void> {
		const asked = page.waitForResponse((response) => response.url().includes('query=conversations'));
		await inbox.context.setOffline(false);
		await asked;
	}

	describe('a file that did not get there', () => {
		const pdf = (name: string, content = '%PDF-1.4') => ({
			name,
			mimeType: 'application/pdf',
			buffer: Buffer.from(content),
		});

		test('says why, holds the message back, and is tried again with one click', async () => {
			await open({ place: '/conversations/conv-mariana' });
			await composer().waitFor();
			await cut();
			await page.locator('input[type=file]').setInputFiles(pdf('cotización.pdf'));
			const thread = page.getByRole('region', { name: /^Conversación con/ });
			await thread.getByRole('alert').getByText('Sin conexión con la bandeja.').waitFor();
			await composer().fill('Aquí va');
			// Nothing leaves without the file that somebody put beside it.
			expect(await page.getByRole('button', { name: 'Enviar', exact: true }).isDisabled()).toBe(true);

			await inbox.context.setOffline(false);
			await page.getByRole('button', { name: 'Reintentar cotización.pdf' }).click();
			await page.getByRole('button', { name: 'Reintentar cotización.pdf' }).waitFor({ state: 'detached' });
			await page.getByRole('button', { name: 'Enviar', exact: true }).click();
			await page.locator('.message').filter({ hasText: 'Aquí va' }).locator('.ticks.sent').waitFor();
			expect(await inbox.inputOf('reply')).toMatchObject({ text: 'Aquí va', uploadIds: ['upload-1'] });
		});

		test('what the desk refuses is said in its words, as often as it is tried; removed, the rest leaves', async () => {
			await open({ place: '/conversations/conv-mariana' });
			await composer().waitFor();
			await page.locator('input[type=file]').setInputFiles([pdf('bien.pdf'), pdf('mal.pdf', '<script>')]);
			await page.getByText('mal.pdf no es lo que dice ser').waitFor();
			await page.getByRole('button', { name: 'Reintentar mal.pdf' }).click();
			await page.getByText('mal.pdf no es lo que dice ser').waitFor();
			await page.getByRole('button', { name: 'Quitar mal.pdf' }).click();
			await page.getByRole('button', { name: 'Enviar', exact: true }).click();
			await page.locator('.message').filter({ hasText: 'bien.pdf' }).first().waitFor();
			expect(await inbox.inputOf('reply')).toMatchObject({ uploadIds: [expect.stringMatching(/^upload-\d$/)] });
		});
	});

	test('the list stays as long as it was and where it was, with what changed meanwhile', async () => {
		await open({});
		await page.getByRole('tab', { name: /Todas/ }).click();
		await page.locator('.row').first().waitFor();
		const place = page.locator('.rowsPlace');
		await place.evaluate((box) => box.scrollTo(0, box.scrollHeight));
		await page.locator('.row').nth(70).waitFor();
		await place.evaluate((box) => box.scrollTo(0, 2000));
		const before = await place.evaluate((box) => box.scrollTop);
		const count = await page.locator('.row').count();
		expect(before).toBe(2000);

		await cut();
		// Nobody is told while there is no connection.
		const one = inbox.standIn.desk.conversations.get('conv-x05');
		if (one === undefined) throw new Error('There is no such conversation.');
		one.summary = { ...one.summary, contactName: 'Nombre nuevo', revision: one.summary.revision + 1 };
		await reconnect();
		await page.locator('.row', { hasText: 'Nombre nuevo' }).waitFor();
		expect(await page.locator('.row').count()).toBe(count);
		expect(await place.evaluate((box) => box.scrollTop)).toBe(before);
		const ids = await page.locator('.row').evaluateAll((rows) => rows.map(({ id }) => id));
		expect(new Set(ids).size).toBe(ids.length);
	});

	test('whoever reads further up a thread goes on there, however much was written meanwhile', async () => {
		await open({ place: '/conversations/conv-long' });
		await page.getByText('Mensaje 140:').waitFor();
		await page.getByText('Mensaje 92:').scrollIntoViewIfNeeded();
		await page.mouse.move(700, 400);
		await page.mouse.wheel(0, -200);
		await page.getByText('Mensaje 60:').waitFor({ state: 'attached' });
		await page.getByText('Mensaje 60:').scrollIntoViewIfNeeded();
		const height = () => page.getByText('Mensaje 60:').evaluate((row) => Math.round(row.getBoundingClientRect().top));
		const before = await height();

		await cut();
		const one = inbox.standIn.desk.conversations.get('conv-long');
		if (one === undefined) throw new Error('There is no such conversation.');
		for (let number = 1; number <= 120; number += 1) {
			one.rows.push({
				id: `missed-${String(number).padStart(3, '0')}`,
				kind: 'message',
				direction: 'in',
				author: 'customer',
				type: 'text',
				text: `Perdido ${number}`,
				at: new Date(NOW + number * 1000).toISOString(),
			});
		}
		await reconnect();
		await page.getByRole('button', { name: /nuevo/ }).waitFor();
		expect(Math.abs((await height()) - before)).toBeLessThan(3);
		expect(await page.getByText('Perdido ', { exact: false }).count()).toBe(120);
		expect(await page.getByText('Mensaje 140:').count()).toBe(1);
	});

	test('a view of several pages stays where one had read to', async () => {
		await open({
			place: '/audit',
			prepare: ({ desk }) => {
				const [line] = desk.audit;
				for (let number = 0; number < 130; number += 1)
					desk.audit.push({ ...line, id: `more-${number}`, actor: `Persona ${number}` });
			},
		});
		await page.getByRole('button', { name: 'Cargar más' }).click();
		await page.getByRole('cell', { name: 'Persona 30' }).waitFor();
		await cut();
		const asked = page.waitForResponse((response) => response.url().includes('query=audit'));
		await inbox.context.setOffline(false);
		await asked;
		await page.waitForTimeout(300);
		expect(await page.getByRole('cell', { name: 'Persona 30' }).count()).toBe(1);
		await page.getByRole('button', { name: 'Cargar más' }).click();
		await page.getByRole('cell', { name: 'Persona 85' }).waitFor();
	});
});
