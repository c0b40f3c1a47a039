import { GivenTime } from '../support/givenTime';
import { laura, photo } from '../support/host/quotationJourney';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { shippedTemplate } from '../support/host/templates';
import { eventually } from '../support/host/waiting';

const PASSWORD = 'cuatro palabras faciles 9';

let desk: ServiceDesk;
let page = '';
let origin = '';
let cookie = '';
let csrf = '';

interface Call {
	/** After `inbox`. */
	readonly path?: string;
	readonly query?: string;
	readonly method?: 'GET' | 'POST';
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: object | Uint8Array<ArrayBuffer>;
}

/** As our own page asks, unless told otherwise. */
async function call({ path = '', query = '', method = 'GET', headers, body }: Call = {}): Promise<Response> {
	const isJson = body !== undefined && !(body instanceof Uint8Array);
	return await fetch(`${page}${path}${query === '' ? '' : `?${query}`}`, {
		method,
		redirect: 'manual',
		headers: headers ?? {
			cookie,
			origin,
			'sec-fetch-site': 'same-origin',
			'x-csrf-token': csrf,
			...(isJson ? { 'content-type': 'application/json' } : {}),
		},
		...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
	});
}

const jsonOf = async <Body>(answer: Response): Promise<Body> => (await answer.json()) as Body;

async function command(name: string, input: object, requestId = `e2e-${Math.random().toString(36).slice(2)}-id`) {
	return await call({ method: 'POST', body: { command: name, requestId, ...input } });
}

/** Counts executions even when n8n keeps none of their data. */
async function executionsSoFar(): Promise<unknown> {
	const [row] = await desk.postgres.query('n8n', 'select is_called, last_value from execution_entity_id_seq');
	return row;
}

/** The text of the stream so far, and how to stop listening. */
function listen(): { heard: () => string; ended: () => boolean; stop: () => void } {
	const stopper = new AbortController();
	let heard = '';
	let ended = false;
	const reading = async (): Promise<void> => {
		const answer = await fetch(`${page}?updates`, { headers: { cookie }, signal: stopper.signal });
		const decoder = new TextDecoder();
		for await (const chunk of answer.body ?? []) heard += decoder.decode(chunk as Uint8Array, { stream: true });
	};
	reading().then(
		() => (ended = true),
		() => (ended = true),
	);
	return { heard: () => heard, ended: () => ended, stop: () => stopper.abort() };
}

beforeAll(async () => {
	desk = await startServiceDesk({
		templates: [
			shippedTemplate('setup.json'),
			shippedTemplate('customer-service-bot.json'),
			shippedTemplate('advisor-inbox.json'),
		],
	});
	page = desk.clients[0].inboxUrl ?? '';
	origin = new URL(page).origin;
});

afterAll(() => desk.stop());

describe('the inbox on a real n8n', () => {
	it('serves the page and everything that it is made of, under its own headers', () =>
		desk.explain(async () => {
			const html = await call({ headers: {} });
			const text = await html.text();
			expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
			const assets = [...text.matchAll(/asset=([\w.-]+)/g)].map(([, name]) => name);
			expect(assets.length).toBeGreaterThanOrEqual(3);
			expect(text).not.toMatch(/<script(?![^>]*src=)|style=|\son\w+=|https?:/);
			for (const name of ['', ...assets.map((asset) => `asset=${asset}`)]) {
				const answer = await call({ query: name, headers: { origin: 'https://evil.example' } });
				expect([name, answer.status]).toEqual([name, 200]);
				const csp = answer.headers.get('content-security-policy') ?? '';
				expect(csp).toMatch(/^default-src 'none'; script-src 'self'; /);
				expect(csp).not.toMatch(/unsafe|sandbox/);
				expect(answer.headers.get('access-control-allow-origin')).toBeNull();
				expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
				expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
				await answer.arrayBuffer();
			}
		}));

	it('P7: the first administrator sets a password with the link', () =>
		desk.explain(async () => {
			const link = await desk.clients[0].inboxLink({ name: 'Carolina Rojas', role: 'administrator' });
			const token = new URL(link).hash.replace('#enlace=', '');
			const set = await call({ method: 'POST', body: { setPassword: { token, password: PASSWORD } } });
			expect(set.status).toBe(204);
			const written = set.headers.get('set-cookie') ?? '';
			expect(written).toContain(`Path=${new URL(page).pathname};`);
			expect(written).toContain('HttpOnly; SameSite=Strict');
			cookie = written.split(';')[0] ?? '';
			const session = await jsonOf<{ csrfToken: string; advisor: { name: string } }>(
				await call({ query: 'query=session' }),
			);
			expect(session.advisor.name).toBe('Carolina Rojas');
			csrf = session.csrfToken;
			const again = await call({ method: 'POST', body: { setPassword: { token, password: PASSWORD } } });
			expect(again.status).toBe(403);
		}));

	it('P3: a customer’s message is on the page within two seconds, the answer on their phone, and the bot is silent', () =>
		desk.explain(async () => {
			const [{ simulator }] = desk.clients;
			const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });
			const stream = listen();
			await eventually('the stream', () => stream.heard().includes('event: counts'));
			await customer.text('hola').delivered;
			const watch = new GivenTime();
			await eventually('the customer on the page', () => stream.heard().includes('event: conversation'));
			watch.stop();
			expect(watch.now()).toBeLessThan(2_000);
			await customer.waitForCount(1);

			const list = await jsonOf<{ rows: Array<{ id: string }> }>(await call({ query: 'query=conversations&list=all' }));
			const conversationId = list.rows[0]?.id ?? '';
			const requestId = 'the-same-request-twice';
			const answers = await Promise.all(
				[1, 2].map(async () => await command('reply', { conversationId, text: 'Soy Carolina, te ayudo' }, requestId)),
			);
			expect(answers.map(({ status }) => status)).toEqual([200, 200]);
			await eventually('the answer', () => customer.received.some(({ text }) => text === 'Soy Carolina, te ayudo'));
			const before = customer.received.length;
			await customer.text('gracias').delivered;
			await simulator.settled();
			expect(customer.received).toHaveLength(before);
			expect(customer.received.filter(({ text }) => text === 'Soy Carolina, te ayudo')).toHaveLength(1);
			stream.stop();
		}));

	it('stored XSS: a customer’s photo is shown in a sandbox', () =>
		desk.explain(async () => {
			const [{ simulator }] = desk.clients;
			const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });
			await customer.image(photo, '<script>alert(1)</script>').delivered;
			const [row] = await eventually('the file', async () => {
				const rows = await desk.store.rows("select id from attachments where state = 'stored' limit 1");
				return rows.length > 0 && rows;
			});
			const file = await call({ query: `attachment=${String(row?.id)}` });
			expect(file.status).toBe(200);
			expect(file.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
			expect(file.headers.get('x-content-type-options')).toBe('nosniff');
			expect(file.headers.get('content-disposition')).not.toContain('<');
		}));

	it.each([
		['a question without a login', { query: 'query=conversations&list=all', headers: {} }, 401],
		['a stream without a login', { query: 'updates', headers: {} }, 401],
		['a file without a login', { query: 'attachment=1', headers: {} }, 401],
		['path traversal', { query: 'asset=..%2f..%2fpackage.json', headers: {} }, 404],
		[
			'a command of another site',
			{
				method: 'POST',
				headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
				body: { command: 'logOut' },
			},
			403,
		],
		[
			'a login of another site',
			{
				method: 'POST',
				headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
				body: { login: {} },
			},
			403,
		],
		[
			'a command as a form',
			{
				method: 'POST',
				headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' },
				body: { command: 'logOut' },
			},
			415,
		],
		['a forged return of the signup', { path: '/signup', query: 'state=x&code=y', headers: {} }, 400],
	] as ReadonlyArray<readonly [string, Call, number]>)(
		'%s is answered in words and starts no execution',
		(_name, attack, status) =>
			desk.explain(async () => {
				const before = await executionsSoFar();
				const answer = await call(attack);
				expect(answer.status).toBe(status);
				expect(await answer.text()).not.toMatch(/at .+:\d+:\d+|node_modules|scrypt/);
				expect(await executionsSoFar()).toEqual(before);
			}),
	);

	it('brute force: a flood of logins is turned away and the bot answers meanwhile', () =>
		desk.explain(async () => {
			const [{ simulator }] = desk.clients;
			const flood = Promise.all(
				Array.from({ length: 200 }, async (_, index) => {
					const answer = await call({
						method: 'POST',
						body: { login: { account: 'Carolina Rojas', password: `clave-${index}-xyz` } },
					});
					return answer.status;
				}),
			);
			const customer = simulator.customer({ waId: '573009990001', profileName: 'Pedro' });
			await customer.text('hola').delivered;
			await customer.waitForCount(1);
			const statuses = await flood;
			expect(new Set(statuses)).toEqual(new Set([401, 429]));
			expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(15);
		}));

	it('unpublishing the workflow ends the pages', () =>
		desk.explain(async () => {
			const stream = listen();
			await eventually('the stream', () => stream.heard().includes('event: counts'));
			const inbox = desk.clients[0].workflows.find(({ nodes }) =>
				nodes.some(({ type }) => type.endsWith('.advisorInboxTrigger')),
			);
			await desk.n8n.api.unpublish(inbox?.id ?? '');
			await eventually('the end of the stream', () => stream.ended());
			// As n8n answers for an address that never was.
			const nobodys = await fetch(page.replace(/[^/]+\/inbox$/, '00000000-0000-4000-8000-000000000000/inbox'));
			await eventually('the end of the page', async () => (await call({ headers: {} })).status === nobodys.status);
			expect(nobodys.status).toBeGreaterThanOrEqual(400);
		}));
});
