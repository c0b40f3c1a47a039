import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { AdvisorInboxTrigger } from '../../nodes/AdvisorInboxTrigger/AdvisorInboxTrigger.node';
import { OUTPUT_NAMES, OUTPUTS } from '../../nodes/AdvisorInboxTrigger/outputs';
import * as pageFolder from '../../nodes/AdvisorInboxTrigger/pageFolder';
import type { SessionView } from '../../nodes/shared/domain/inbox/views';
import { appendJournal } from '../../nodes/shared/store/repositories/journal';
import { inboxAddress } from '../../nodes/shared/store/repositories/inboxAddress';
import { insertLinkedNumber } from '../../nodes/shared/store/repositories/linkedNumbers';
import { updateAttachment } from '../../nodes/shared/store/repositories/attachments';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { createLoginLink } from '../../nodes/shared/usecases/inbox/loginLink';
import { journalTopic } from '../../nodes/shared/usecases/emit/journalTopic';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { newLinkedNumber } from '../../nodes/shared/usecases/signup/startSignup';
import { tellTeam } from '../../nodes/shared/usecases/notify/tellTeam';
import { callWebhook, callWebhookMethod, startTrigger } from '../support/engine';
import { messageFrom, webhookId } from '../support/events';
import { eventually } from '../support/eventually';
import { GivenTime } from '../support/givenTime';
import { INBOX_WEBHOOK, InboxDesk, writePage, type Heard, type Login } from '../support/inboxDesk';
import { customerWho, type Customer } from '../support/records';

const folder = mkdtempSync(path.join(tmpdir(), 'inbox-page-'));
const PASSWORD = 'cuatro palabras faciles 9';

let desk: InboxDesk;

beforeAll(() => {
	writePage(folder);
	jest.replaceProperty(pageFolder, 'PAGE_FOLDER', folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
	desk = await new InboxDesk().open();
});

afterEach(async () => {
	expect(desk.thrown).toEqual([]);
	await desk.close();
});

/** A file that a customer sent, as it lies in the store once it was downloaded. */
async function fileOf(customer: string, filename: string, bytes: Buffer, mimeType = 'image/png') {
	const { store } = desk;
	const id = `wamid.file.${filename}.${customer}`;
	await receiveEvents(store, {
		webhookId,
		vendor: 'whatsapp',
		emit: { messages: true, statuses: false, echoes: false, account: false },
		events: [
			messageFrom(customer, '', {
				id,
				at: store.now(),
				media: { type: 'document', mediaId: `m-${filename}`, mimeType, filename },
			}),
		],
	});
	const attachment = await store.db
		.selectFrom('attachments')
		.innerJoin('messages', 'messages.id', 'attachments.message_id')
		.select(['attachments.id', 'messages.conversation_id'])
		.where('messages.vendor_id', '=', id)
		.executeTakeFirstOrThrow();
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	await store.writeBytes(sha256, bytes);
	await updateAttachment(store.db, attachment.id, { sha256, size: bytes.length, state: 'stored' });
	return { attachmentId: attachment.id, conversationId: attachment.conversation_id };
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');

describe('the page', () => {
	it('is the same for everybody and kept by no browser; what it is made of is kept for ever', async () => {
		const page = await desk.call();
		expect([page.status, page.text]).toEqual([200, '<!doctype html><title>Bandeja</title>']);
		expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
		expect(page.headers['cache-control']).toBe('no-store');

		const asset = await desk.call({ query: 'asset=inbox.ABCDEFGH.js' });
		expect([asset.status, asset.text]).toEqual([200, 'export {};']);
		expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
		const again = await desk.call({
			query: 'asset=inbox.ABCDEFGH.js',
			headers: { 'if-none-match': String(asset.headers.etag) },
		});
		expect([again.status, again.text]).toEqual([304, '']);
		expect((await desk.call({ query: 'asset=licenses.txt' })).headers['cache-control']).toBe('no-cache');
	});

	it('a request that nobody foresaw is answered in words, and starts no execution', async () => {
		const unknown = await desk.call({ query: 'asset=no.js' });
		expect(unknown.status).toBe(404);
		const asked = await desk.call({ query: 'query=session' });
		expect([asked.status, asked.json().message]).toEqual([401, 'You are not logged in (any more)']);
	});
});

describe('login', () => {
	async function administrator() {
		const { advisor } = await saveAdvisor(
			desk.store,
			{ name: 'Carolina Rojas', email: 'caro@example.com', role: 'administrator' },
			'workflow',
		);
		return advisor;
	}

	const cookieOf = (headers: Record<string, unknown>): string => String(headers['set-cookie']).split(';')[0];

	it('P7: the first administrator sets a password with the link, logs out and logs in with it', async () => {
		const advisor = await administrator();
		await callWebhookMethod(AdvisorInboxTrigger, 'checkExists', {
			...desk.given(),
			instanceBaseUrl: desk.origin,
		});
		expect((await inboxAddress(desk.store.db, 'acme'))?.url).toBe(desk.url);
		const { url } = await createLoginLink(desk.store, { advisorId: advisor.id, actor: 'workflow' });
		expect(url.startsWith(`${desk.url}#enlace=`)).toBe(true);

		const token = new URL(url).hash.replace('#enlace=', '');
		const set = await desk.call({
			method: 'POST',
			headers: desk.ownPage(),
			body: { setPassword: { token, password: PASSWORD } },
		});
		expect([set.status, set.text]).toEqual([204, '']);
		const written = String(set.headers['set-cookie']);
		expect(written).toContain('HttpOnly');
		expect(written).toContain('SameSite=Strict');
		expect(written).toContain(`Path=/webhook/${INBOX_WEBHOOK}/inbox;`);
		expect(written).not.toContain('Secure');

		const session = (
			await desk.call({ query: 'query=session', headers: { cookie: cookieOf(set.headers) } })
		).json<SessionView>();
		expect(session.advisor.name).toBe('Carolina Rojas');
		expect(session.permissions).toContain('editAdvisors');
		expect(session.uploadLimit).toBe(16 * 1024 * 1024);

		const as: Login = { advisorId: advisor.id, cookie: cookieOf(set.headers), csrf: session.csrfToken };
		const out = await desk.command(as, 'logOut', {});
		expect([out.status, String(out.headers['set-cookie'])]).toEqual([204, expect.stringContaining('Max-Age=0')]);
		expect((await desk.ask(as, 'query=session')).status).toBe(401);

		const back = await desk.call({
			method: 'POST',
			headers: desk.ownPage(),
			body: { login: { account: 'caro@example.com', password: PASSWORD } },
		});
		expect(back.status).toBe(204);
		expect((await desk.call({ query: 'query=session', headers: { cookie: cookieOf(back.headers) } })).status).toBe(200);
	});

	it('behind a proxy the cookie is for the address that the browser sees, and never travels in the clear', async () => {
		await desk.close();
		desk = await new InboxDesk().open({ publicAddress: 'https://desk.example.com/crm/webhook/1/inbox' });
		const advisor = await administrator();
		const { url } = await createLoginLink(desk.store, {
			advisorId: advisor.id,
			actor: 'workflow',
			address: 'https://desk.example.com/crm/webhook/1/inbox',
		});
		const set = await desk.call({
			method: 'POST',
			headers: { origin: 'https://desk.example.com', 'sec-fetch-site': 'same-origin' },
			body: { setPassword: { token: new URL(url).hash.replace('#enlace=', ''), password: PASSWORD } },
		});
		expect(set.status).toBe(204);
		expect(String(set.headers['set-cookie'])).toContain('Path=/crm/webhook/1/inbox;');
		expect(String(set.headers['set-cookie'])).toContain('Secure');
	});

	it('nobody logs in where somebody may listen', async () => {
		await administrator();
		const refused = await desk.call({
			method: 'POST',
			headers: { host: 'desk.example.com', origin: 'http://desk.example.com' },
			body: { login: { account: 'caro@example.com', password: PASSWORD } },
		});
		expect(refused.status).toBe(403);
		expect(refused.json().description).toContain('https://');
	});
});

describe('uploads and attachments', () => {
	it('P3: a file waits under an id until a reply takes it', async () => {
		const caro = await desk.advisor('Carolina');
		const sent = await desk.call({
			method: 'POST',
			as: caro,
			query: `upload=${encodeURIComponent('../foto ñ.png')}`,
			headers: { 'content-type': 'image/png' },
			body: PNG,
		});
		expect(sent.status).toBe(200);
		const { uploadId } = sent.json<{ uploadId: string }>();
		const row = await desk.store.db
			.selectFrom('uploads')
			.selectAll()
			.where('id', '=', uploadId)
			.executeTakeFirstOrThrow();
		expect([row.filename, row.mime_type, row.size, row.advisor_id]).toEqual([
			'foto ñ.png',
			'image/png',
			PNG.length,
			caro.advisorId,
		]);
	});

	it('text that n8n reads by itself is taken too', async () => {
		const caro = await desk.advisor('Carolina');
		const sent = await desk.call({
			method: 'POST',
			as: caro,
			query: 'upload=lista.txt',
			headers: { 'content-type': 'text/plain' },
			body: 'uno\ndos\n',
		});
		expect([sent.status, sent.json().mimeType]).toEqual([200, 'text/plain']);
	});

	it('P3: a picture is shown, a voice note is played piece by piece, a document is saved', async () => {
		const caro = await desk.advisor('Carolina', 'supervisor');
		const picture = await fileOf('573001110001', 'foto.png', PNG);
		const shown = await desk.ask(caro, `attachment=${picture.attachmentId}`);
		expect([shown.status, shown.headers['content-type'], shown.bytes.equals(PNG)]).toEqual([200, 'image/png', true]);
		expect(shown.headers['content-disposition']).toMatch(/^inline; filename="foto.png"/);

		const voice = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(996, 7)]);
		const note = await fileOf('573001110001', 'nota.ogg', voice, 'audio/ogg');
		const part = await desk.call({
			as: caro,
			query: `attachment=${note.attachmentId}`,
			headers: { range: 'bytes=4-9' },
		});
		expect([part.status, part.headers['content-range'], part.bytes.length]).toEqual([206, 'bytes 4-9/1000', 6]);
		const end = await desk.call({
			as: caro,
			query: `attachment=${note.attachmentId}`,
			headers: { range: 'bytes=-10' },
		});
		expect(end.headers['content-range']).toBe('bytes 990-999/1000');
		const beyond = await desk.call({
			as: caro,
			query: `attachment=${note.attachmentId}`,
			headers: { range: 'bytes=1000-' },
		});
		expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */1000']);

		const document = await fileOf('573001110001', 'año (1).pdf', Buffer.from('%PDF-1.7\n'), 'application/pdf');
		const saved = await desk.ask(caro, `attachment=${document.attachmentId}`);
		expect(saved.headers['content-type']).toBe('application/octet-stream');
		expect(saved.headers['content-disposition']).toBe(
			`attachment; filename="a_o _1_.pdf"; filename*=UTF-8''a%C3%B1o%20%281%29.pdf`,
		);
	});
});

describe('live updates', () => {
	const conversationOf = (id: string) => (update: { kind: string; conversation?: { id: string } }) =>
		update.kind === 'conversation' && update.conversation?.id === id;

	async function assign(customer: Customer, advisorId: string | null) {
		await desk.store.db
			.updateTable('conversations')
			.set({ owner_advisor_id: advisorId, area: 'sales', mode: 'human', updated_at: desk.store.now() })
			.where('id', '=', customer.conversationId)
			.execute();
	}

	it('P3: a message is on every page that may see it within two seconds, without the page asking', async () => {
		const [caro, ana] = [await desk.advisor('Carolina', 'supervisor'), await desk.advisor('Ana', 'supervisor')];
		const [one, other] = [await desk.hear(caro), await desk.hear(ana)];
		expect([one.status, one.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
		expect(one.headers['cache-control']).toContain('no-transform');
		const watch = new GivenTime();
		const customer = await customerWho(desk.store, '573001234567', 'hola, necesito cotizar');
		for (const page of [one, other]) {
			const update = await page.until(conversationOf(customer.conversationId));
			expect(update).toMatchObject({ conversation: { contactName: 'Ana', unread: 1 } });
		}
		watch.stop();
		expect(watch.now()).toBeLessThan(2000);
	});

	it('fifty open pages hear each of a thousand messages a minute within two seconds', async () => {
		const pages: Heard[] = [];
		for (let number = 0; number < 50; number += 1) {
			pages.push(await desk.hear(await desk.advisor(`Asesor ${number}`, 'supervisor')));
		}
		const delays: number[] = [];
		const watch = new GivenTime();
		const begun = performance.now();
		const waits: Array<Promise<unknown>> = [];
		for (let message = 0; message < 50; message += 1) {
			const { conversationId } = await customerWho(desk.store, `57300${1_000_000 + message}`, 'hola');
			const written = watch.now();
			waits.push(
				...pages.map(async (page) => {
					await page.until(conversationOf(conversationId));
					delays.push(watch.now() - written);
				}),
			);
			await new Promise((resolve) => setTimeout(resolve, Math.max(0, begun + (message + 1) * 60 - performance.now())));
		}
		await Promise.all(waits);
		watch.stop();
		expect(delays).toHaveLength(2500);
		expect(delays.sort((one, other) => one - other)[Math.floor(delays.length * 0.95)]).toBeLessThan(2000);
	});

	it('forced browsing: a page hears nothing of conversations that are not for its eyes', async () => {
		const [caro, ana] = [
			await desk.advisor('Carolina', 'advisor', ['sales']),
			await desk.advisor('Ana', 'advisor', ['sales']),
		];
		const mine = await customerWho(desk.store, '573001230001', 'para Carolina');
		await assign(mine, caro.advisorId);
		await new Promise((resolve) => setTimeout(resolve, 5));
		const [hers, others] = [await desk.hear(caro), await desk.hear(ana)];
		await customerWho(desk.store, '573001230001', 'secreto');
		await hers.until(conversationOf(mine.conversationId));
		// A later change of everybody's, so that what would have come has come.
		const open = await customerWho(desk.store, '573001230002', 'para todos');
		await assign(open, ana.advisorId);
		await others.until(conversationOf(open.conversationId));
		expect(others.updates.filter(conversationOf(mine.conversationId))).toEqual([]);
		expect(JSON.stringify(others.updates)).not.toContain('secreto');
	});

	it('a conversation that went to somebody else leaves the page', async () => {
		const [caro, ana] = [
			await desk.advisor('Carolina', 'advisor', ['sales']),
			await desk.advisor('Ana', 'advisor', ['sales']),
		];
		const customer = await customerWho(desk.store, '573001230001', 'hola');
		await assign(customer, caro.advisorId);
		const page = await desk.hear(caro);
		await assign(customer, caro.advisorId);
		await page.until(conversationOf(customer.conversationId));
		await assign(customer, ana.advisorId);
		const gone = await page.until(({ kind }) => kind === 'conversationGone');
		expect(gone).toMatchObject({ conversationId: customer.conversationId });
	});

	it('who was away is told what was missed, and only that', async () => {
		const caro = await desk.advisor('Carolina', 'supervisor');
		const before = await customerWho(desk.store, '573001230001', 'antes');
		await desk.store.db
			.updateTable('conversations')
			.set({ updated_at: desk.store.now() - 60_000 })
			.execute();
		await desk.store.db
			.updateTable('messages')
			.set({ changed_at: desk.store.now() - 60_000 })
			.execute();
		const heardUntil = String(desk.store.now() - 10_000);
		const missed = await customerWho(desk.store, '573001230002', 'mientras tanto');
		const page = await desk.hear(caro, { lastEventId: heardUntil });
		await page.until(conversationOf(missed.conversationId));
		expect(page.updates.filter(conversationOf(before.conversationId))).toEqual([]);
	});

	it('P3: what happened after a page asked for its lists and before it heard is told', async () => {
		const [caro, ana] = [await desk.advisor('Carolina', 'supervisor'), await desk.advisor('Ana', 'supervisor')];
		const others = await desk.hear(ana);
		const { updatesFrom } = (await desk.ask(caro, 'query=session')).json<{ updatesFrom: number }>();
		const { conversationId } = await customerWho(desk.store, '573001230001', 'hola');
		// Told once to those who were there: nobody looks for it again.
		await others.until(conversationOf(conversationId));
		const page = await desk.hear(caro, { from: updatesFrom });
		await page.until(conversationOf(conversationId));
	});

	it('who was away for long asks for everything again', async () => {
		const caro = await desk.advisor('Carolina', 'supervisor');
		const page = await desk.hear(caro, { lastEventId: String(desk.store.now() - 3_600_000) });
		await page.until(({ kind }) => kind === 'session');
	});

	it('P6: the bell rings on the page of the person who is told, and on no other', async () => {
		const [caro, ana] = [await desk.advisor('Carolina'), await desk.advisor('Ana')];
		const [hers, others] = [await desk.hear(caro), await desk.hear(ana)];
		await tellTeam(desk.store, {
			requestId: 'bell-1',
			text: 'Llama a Ana Gómez',
			to: { advisorId: caro.advisorId },
		});
		const bell = await hers.until(({ kind }) => kind === 'notification');
		expect(bell).toMatchObject({ notification: { text: 'Llama a Ana Gómez', read: false } });
		await others.until(({ kind }) => kind === 'counts');
		expect(others.updates.filter(({ kind }) => kind === 'notification')).toEqual([]);
	});

	it('P4: how far a number has come is told to whose it is and to who may link numbers, and to nobody else', async () => {
		const [caro, ana] = [await desk.advisor('Carolina'), await desk.advisor('Ana')];
		const boss = await desk.advisor('Boss', 'administrator');
		const pages = [await desk.hear(caro), await desk.hear(boss), await desk.hear(ana)];
		// At once: what changes before the first look is told too.
		await desk.store.transaction(async (tx) => {
			await insertLinkedNumber(
				tx,
				newLinkedNumber(desk.store, {
					advisor_id: caro.advisorId,
					inbox_webhook_id: null,
					state: 'started',
					history: 'off',
				}),
			);
		});
		for (const page of pages.slice(0, 2)) {
			const update = await page.until(({ kind }) => kind === 'linkedNumber');
			expect(update).toMatchObject({ linkedNumber: { advisor: { name: 'Carolina' }, state: 'started' } });
		}
		expect(pages[2]?.updates.filter(({ kind }) => kind === 'linkedNumber')).toEqual([]);
	});

	it('logging out, leaving the team or another role ends the page at once or within seconds', async () => {
		const [caro, ana] = [await desk.advisor('Carolina'), await desk.advisor('Ana')];
		const [hers, others] = [await desk.hear(caro), await desk.hear(ana)];
		expect((await desk.command(caro, 'logOut', {})).status).toBe(204);
		await hers.until(({ kind }) => kind === 'loggedOut');
		await hers.whenEnded();
		await deleteAdvisor(desk.store, { advisorId: ana.advisorId, actor: 'workflow' });
		await others.until(({ kind }) => kind === 'loggedOut');
	});

	it('deactivating the workflow ends the pages', async () => {
		const trigger = await startTrigger(AdvisorInboxTrigger, desk.given());
		const page = await desk.hear(await desk.advisor('Carolina'));
		await trigger.close();
		await page.whenEnded();
	});

	it('one login cannot open pages without end', async () => {
		const caro = await desk.advisor('Carolina');
		for (let opened = 0; opened < 10; opened += 1) expect((await desk.hear(caro)).status).toBe(200);
		const refused = await desk.ask(caro, 'updates');
		expect([refused.status, refused.headers['retry-after']]).toEqual([429, '30']);
	});
});

describe('clicks on the canvas', () => {
	const click = async (output: (typeof OUTPUTS)[number], requestId: string) => {
		if (output === 'due') throw new Error('Due is no click');
		await desk.store.transaction(async (tx) => {
			await appendJournal(tx, {
				id: desk.store.newId(),
				workspace_id: 'acme',
				webhook_id: INBOX_WEBHOOK,
				channel_id: null,
				output,
				contact_id: null,
				conversation_id: null,
				message_id: null,
				dedupe_key: requestId,
				payload: JSON.stringify({ crm: { workspaceId: 'acme', webhookId: INBOX_WEBHOOK, requestId }, action: output }),
				created_at: desk.store.now(),
			});
			desk.store.signal(journalTopic(INBOX_WEBHOOK));
		});
	};

	it('outputs stand in the order of the contract', () => {
		expect(OUTPUTS).toHaveLength(OUTPUT_NAMES.length);
		expect(new AdvisorInboxTrigger().description.outputs).toHaveLength(10);
	});

	it.each(OUTPUTS.filter((output) => output !== 'due'))('O4: a click leaves on %s, once', async (output) => {
		const trigger = await startTrigger(AdvisorInboxTrigger, desk.given());
		try {
			await click(output, `request-${output}`);
			const emission = await trigger.next();
			const index = OUTPUTS.indexOf(output);
			expect(emission.outputs.map((items) => items.length)).toEqual(OUTPUTS.map((_, at) => (at === index ? 1 : 0)));
			expect(emission.outputs[index]?.[0]?.json).toMatchObject({
				action: output,
				crm: { requestId: `request-${output}`, webhookId: INBOX_WEBHOOK },
			});
			emission.finish();
		} finally {
			await trigger.close();
		}
	});

	it('O4: a click whose execution fails comes again, then is a dead letter with its sentence', async () => {
		const trigger = await startTrigger(AdvisorInboxTrigger, desk.given());
		try {
			await click('assign', 'request-fails');
			(await trigger.next()).finish('error');
			(await trigger.next()).finish('error');
			const row = async () =>
				await desk.store.db
					.selectFrom('journal')
					.select(['state', 'attempts', 'error'])
					.where('dedupe_key', '=', 'request-fails')
					.executeTakeFirstOrThrow();
			const isBack = async () => (({ state, attempts }) => state === 'ready' && attempts === 2)(await row());
			await eventually('the click is back', isBack);
			await desk.store.db.updateTable('journal').set({ ready_at: 0 }).where('state', '=', 'ready').execute();
			(await trigger.next()).finish('error');
			await eventually('the click is a dead letter', async () => (await row()).state === 'dead');
			expect(await row()).toMatchObject({ state: 'dead', attempts: 3, error: expect.stringContaining('error') });
		} finally {
			await trigger.close();
		}
	});
});

describe('by hand', () => {
	it('the test URL shows a sample click and opens nothing of production', async () => {
		const answer = await callWebhook(AdvisorInboxTrigger, { ...desk.given(), method: 'GET', mode: 'manual' });
		expect(answer.status).toBe(200);
		expect(answer.workflowData?.[0]?.[0]?.json).toMatchObject({ simulated: true, action: 'reply' });
		expect(await desk.store.db.selectFrom('journal').selectAll().execute()).toEqual([]);
	});
});
