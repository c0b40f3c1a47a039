import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import * as pageFolder from '../../nodes/AdvisorInboxTrigger/pageFolder';
import type { QueryAnswers } from '../../nodes/shared/domain/inbox/requests';
import type { SessionView } from '../../nodes/shared/domain/inbox/views';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { InboxDesk, writePage, type Login } from '../support/inboxDesk';
import { customerWho } from '../support/records';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';

const KEY = 'key-of-the-account';
const CHANNEL = '0b9e1f0a-7c51-4a1e-9f3e-2f3f5f6a7b8c';

const folder = mkdtempSync(path.join(tmpdir(), 'inbox-wazzup-'));
let wazzup: WazzupSimulator;
let desk: InboxDesk;
let laura: Login;

beforeAll(() => {
	writePage(folder);
	jest.replaceProperty(pageFolder, 'PAGE_FOLDER', folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function openDesk(credentials: InboxDesk['credentials']): Promise<void> {
	desk = new InboxDesk();
	desk.credentials = credentials;
	await desk.open();
	laura = await desk.advisor('Laura Gómez', 'supervisor');
}

beforeEach(async () => {
	wazzup = await startWazzupSimulator({
		apiKey: KEY,
		channels: [{ channelId: CHANNEL, transport: 'whatsapp', plainId: '573001112233' }],
	});
	await openDesk({ wazzupApi: { apiKey: KEY, baseUrl: wazzup.baseUrl } });
});

afterEach(async () => {
	expect(desk.thrown).toEqual([]);
	await desk.close();
	await wazzup.close();
});

const ask = async (query: string, as: Login | undefined = laura) =>
	await desk.call({ query: `query=${query}`, headers: as ? desk.ownPage(as) : {} });
const policyOf = async (): Promise<string> => String((await desk.call()).headers['content-security-policy']);

describe("Wazzup's chat window in the inbox (W5, Build 8)", () => {
	it('W5: is asked of Wazzup for the advisor who looks, and nobody keeps the address', async () => {
		const answer = await ask('chatWindow');
		expect(answer.status).toBe(200);
		expect(answer.headers['cache-control']).toBe('no-store');
		const { url, origin } = answer.json<QueryAnswers['chatWindow']>();
		expect(origin).toBe(new URL(wazzup.baseUrl).origin);
		expect(new URL(url).origin).toBe(origin);
		expect(wazzup.requestsTo('POST /iframe').map(({ body }) => body)).toEqual([
			{
				user: { id: laura.advisorId, name: 'Laura Gómez' },
				scope: 'global',
				options: { useDealsEvents: true, useMessageEvents: false },
			},
		]);
		const written = await desk.store.db.selectFrom('audit_log').selectAll().execute();
		expect(JSON.stringify(written)).not.toContain(new URL(url).pathname);
	});

	it('W5: the card has the chats of its customer, and only for who sees the conversation', async () => {
		const { conversationId } = await customerWho(desk.store, '573001234567', 'hola');
		expect((await ask(`chatWindow&conversationId=${conversationId}`)).status).toBe(200);
		expect(wazzup.requestsTo('POST /iframe')[0]?.body).toMatchObject({
			scope: 'card',
			filter: [{ chatType: 'whatsapp', chatId: '573001234567' }],
		});
		const { advisor } = await saveAdvisor(desk.store, { name: 'Pedro Díaz', areas: ['support'] }, 'test');
		const pedro = await desk.loginOf(advisor.id);
		expect((await ask(`chatWindow&conversationId=${conversationId}`, pedro)).status).toBe(404);
		expect((await ask('chatWindow&conversationId=constructor')).status).toBe(404);
		expect(wazzup.requestsTo('POST /iframe')).toHaveLength(1);
	});

	it('W5: a forged user changes nothing: who is logged in is the user, and without login there is no window', async () => {
		await ask(`chatWindow&user=${encodeURIComponent('{"id":"boss"}')}&userId=boss`);
		expect(wazzup.requestsTo('POST /iframe')[0]?.body).toMatchObject({ user: { id: laura.advisorId } });
		expect((await ask('chatWindow', { ...laura, cookie: 'inbox_session=forged' })).status).toBe(401);
		expect(wazzup.requestsTo('POST /iframe')).toHaveLength(1);
	});

	it('the page may frame Wazzup and nothing else; other answers may frame nothing', async () => {
		const origin = new URL(wazzup.baseUrl).origin;
		expect(await policyOf()).toContain(`frame-src ${origin};`);
		const page = await desk.call();
		expect(page.headers['permissions-policy']).toContain(`microphone=(self "${origin}")`);
		expect(String((await ask('session')).headers['content-security-policy'])).toContain("frame-src 'none'");
	});

	it("in production the page may frame Wazzup's own domains", async () => {
		await desk.close();
		await openDesk({ wazzupApi: { apiKey: KEY, baseUrl: 'https://api.wazzup24.com/v3' } });
		const [, sources] = /frame-src ([^;]+);/.exec(await policyOf()) ?? [];
		expect(sources?.split(' ').every((source) => /^https:\/\/(\*\.)?wazzup24\.(com|ru)$/.test(source))).toBe(true);
	});

	it('without a credential there is no tab, no frame and no request', async () => {
		await desk.close();
		await openDesk({});
		expect((await ask('session')).json<SessionView>().features.wazzup).toBe(false);
		expect(await policyOf()).toContain("frame-src 'none'");
		expect((await ask('chatWindow')).status).toBe(404);
		expect(wazzup.account.requests).toEqual([]);
	});

	it('a credential that cannot be read leaves the inbox as it is without one', async () => {
		await desk.close();
		await openDesk({ wazzupApi: { apiKey: '', baseUrl: wazzup.baseUrl } });
		expect((await desk.call()).status).toBe(200);
		expect((await ask('session')).json<SessionView>().features.wazzup).toBe(false);
	});

	it('while Wazzup does not answer, the person is told so in words and when to try again', async () => {
		wazzup.faults.inject({ on: 'POST /iframe', kind: 500, times: 10 });
		const answer = await ask('chatWindow');
		expect([answer.status, answer.json().message]).toEqual([503, 'Wazzup does not answer just now']);
		expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
	});

	it('W6: every page of an advisor hears how many chats wait at Wazzup, which is asked once', async () => {
		wazzup.account.users.set(laura.advisorId, { id: laura.advisorId, name: 'Laura Gómez' });
		wazzup.account.chat(CHANNEL, 'whatsapp', '573001234567').unanswered = 2;
		const first = await desk.hear(laura);
		expect(await first.until(({ kind }) => kind === 'unanswered')).toMatchObject({ count: 2 });
		const second = await desk.hear(laura);
		expect(await second.until(({ kind }) => kind === 'unanswered')).toMatchObject({ count: 2 });
		expect(wazzup.requestsTo(`GET /unanswered/${laura.advisorId}`)).toHaveLength(1);
	});
});
