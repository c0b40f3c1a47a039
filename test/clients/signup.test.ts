import { createWhatsAppClient, type WhatsAppClient } from '../../nodes/shared/clients/whatsapp/client';
import { readWhatsAppCredential, type WhatsAppCredential } from '../../nodes/shared/clients/whatsapp/credential';
import { hostedSignupUrl, signupDialogUrl } from '../../nodes/shared/clients/whatsapp/onboarding';
import { startGraphSimulator, type FaultRule, type GraphSimulator, type SignupOutcome } from '../simulators/graph';

const REDIRECT = 'https://n8n.example.com/webhook/id/inbox/signup';
const CONFIGURATION = '1122334455667788';
const APP = { appId: '670412345678901', appSecret: 'app-secret-of-the-signup', verifyToken: 'verify-of-the-signup' };
const COMPANY = { wabaId: '2000', phoneNumberId: '3000' };
const OWN = { wabaId: '4000', phoneNumberId: '5000' };
const HOUR = 3_600_000;

let now: number;
let simulator: GraphSimulator;
let credential: WhatsAppCredential;

beforeEach(async () => {
	now = 1_760_000_000_000;
	simulator = await startGraphSimulator({
		...APP,
		accessToken: 'EAAcompanyOfTheSignup',
		now: () => now,
		seed: 5,
		signup: { configurationId: CONFIGURATION, redirectUris: [REDIRECT] },
		numbers: [
			{ ...COMPANY, displayPhoneNumber: '+57 300 999 8877', verifiedName: 'PROSUMINISTROS', country: 'CO' },
			{
				...OWN,
				displayPhoneNumber: '+57 311 555 0001',
				verifiedName: 'Carolina',
				country: 'CO',
				onBusinessApp: true,
				ofAdvisor: true,
			},
		],
	});
	credential = readWhatsAppCredential({
		...APP,
		accessToken: 'EAAcompanyOfTheSignup',
		businessAccountId: COMPANY.wabaId,
		baseUrl: simulator.baseUrl,
		signupConfigurationId: CONFIGURATION,
	});
});
afterEach(async () => await simulator.close());

const link = (state = 'signed-state') => signupDialogUrl(credential, CONFIGURATION, { redirectUri: REDIRECT, state });
const finish = (outcome: SignupOutcome = { kind: 'finished', phoneNumberId: OWN.phoneNumberId }, url = link()) =>
	new URL(simulator.finishSignup(url, outcome)).searchParams;
const code = () => finish().get('code') ?? '';
const clientWith = (accessToken: string): WhatsAppClient => createWhatsAppClient({ ...credential, accessToken });
const exchange = async (given = code(), redirectUri = REDIRECT) =>
	await createWhatsAppClient(credential).exchangeCode({ code: given, redirectUri });

describe('the way into Meta’s dialog', () => {
	it('at Meta it is Facebook’s own address, with everything that coexistence needs', () => {
		const real = { ...credential, baseUrl: 'https://graph.facebook.com' };
		const dialog = new URL(signupDialogUrl(real, CONFIGURATION, { redirectUri: REDIRECT, state: 'a.b' }));
		expect(`${dialog.origin}${dialog.pathname}`).toBe('https://www.facebook.com/v25.0/dialog/oauth');
		const { extras, ...query } = Object.fromEntries(dialog.searchParams);
		expect(query).toEqual({
			client_id: APP.appId,
			config_id: CONFIGURATION,
			response_type: 'code',
			override_default_response_type: 'true',
			redirect_uri: REDIRECT,
			state: 'a.b',
		});
		expect(JSON.parse(extras ?? '')).toEqual({
			setup: {},
			featureType: 'whatsapp_business_app_onboarding',
			sessionInfoVersion: '3',
			version: 'v4',
		});
		const hosted = new URL(hostedSignupUrl(real, CONFIGURATION, { redirectUri: REDIRECT, state: 'a.b' }));
		expect(`${hosted.origin}${hosted.pathname}`).toBe('https://business.facebook.com/messaging/whatsapp/onboard/');
	});

	it('a proxy in front of the API changes nothing of the dialog: it opens in a person’s browser', () => {
		const proxied = { ...credential, baseUrl: 'https://proxy.example.com' };
		expect(new URL(signupDialogUrl(proxied, CONFIGURATION, { redirectUri: REDIRECT, state: 's' })).host).toBe(
			'www.facebook.com',
		);
	});

	it('never carries a secret', () => {
		for (const secret of [APP.appSecret, APP.verifyToken, credential.accessToken]) expect(link()).not.toContain(secret);
	});
});

describe('the simulated dialog refuses what Meta refuses', () => {
	const changed = (change: (query: URLSearchParams) => void): string => {
		const url = new URL(link());
		change(url.searchParams);
		return url.href;
	};

	it.each([
		['another app', (query: URLSearchParams) => query.set('client_id', '1'), 'Invalid App ID'],
		['another configuration', (query: URLSearchParams) => query.set('config_id', '1'), 'Invalid config_id'],
		[
			'a token instead of a code',
			(query: URLSearchParams) => query.set('response_type', 'token'),
			'Invalid response_type',
		],
		[
			'a redirect in the clear',
			(query: URLSearchParams) => query.set('redirect_uri', 'http://n8n.example.com/x'),
			'Insecure Login Blocked',
		],
		[
			'a redirect that the app does not allow',
			(query: URLSearchParams) => query.set('redirect_uri', `${REDIRECT}/`),
			'URL Blocked',
		],
		['no coexistence', (query: URLSearchParams) => query.set('extras', '{}'), 'featureType'],
	])('%s', async (_what, change, words) => {
		const answer = await fetch(changed(change), { redirect: 'manual' });
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain(words);
	});

	it('a person chooses the number in the browser and comes back with code and state', async () => {
		const page = await fetch(link());
		const html = await page.text();
		expect(page.status).toBe(200);
		expect(html).toContain('+57 311 555 0001');
		expect(html).not.toContain('+57 300 999 8877');
		const back = await fetch(`${link()}&simulate=finished:${OWN.phoneNumberId}`, { redirect: 'manual' });
		expect(back.status).toBe(302);
		const location = new URL(back.headers.get('location') ?? '');
		expect(`${location.origin}${location.pathname}`).toBe(REDIRECT);
		expect(location.searchParams.get('state')).toBe('signed-state');
		expect(location.searchParams.get('code')).not.toBeNull();
	});

	it.each([
		[{ kind: 'cancelled' } as const, { error: 'access_denied', error_reason: 'user_denied' }],
		[
			{ kind: 'error', code: '7', message: 'no' } as const,
			{ error: 'server_error', error_code: '7', error_description: 'no' },
		],
	])('%o comes back without a code', (outcome, expected) => {
		expect(Object.fromEntries(finish(outcome))).toMatchObject({ ...expected, state: 'signed-state' });
		expect(finish(outcome).has('code')).toBe(false);
	});
});

describe('Exchange signup code', () => {
	it('gives a token that opens the shared account and no other', async () => {
		const advisor = clientWith(await exchange());
		expect(await advisor.inspectToken()).toMatchObject({ valid: true, businessAccountIds: [OWN.wabaId] });
		expect((await advisor.getPhoneNumber(OWN.phoneNumberId)).isOnBusinessApp).toBe(true);
		await expect(advisor.getPhoneNumber(COMPANY.phoneNumberId)).rejects.toMatchObject({ code: '100' });
		await expect(createWhatsAppClient(credential).getPhoneNumber(OWN.phoneNumberId)).rejects.toMatchObject({
			code: '100',
		});
	});

	it('a code is good once, for 30 s, and with the very same redirect address', async () => {
		const used = code();
		await exchange(used);
		await expect(exchange(used)).rejects.toMatchObject({ kind: 'rejected', code: '100', subcode: '36009' });
		const late = code();
		now += 30_001;
		await expect(exchange(late)).rejects.toMatchObject({ subcode: '36007' });
		await expect(exchange(code(), `${REDIRECT}?x=1`)).rejects.toMatchObject({ subcode: '36008' });
	});

	it.each<readonly [FaultRule['kind'], string]>([
		['hang', 'unknown_outcome'],
		['reset', 'unknown_outcome'],
		['malformed', 'unknown_outcome'],
		['503', 'temporary'],
		['429', 'rate_limited'],
	])('%s: asked once, and no secret in the error', async (kind, expected) => {
		simulator.faults.inject({ on: 'tokens', kind, times: 9, delayMs: 0 });
		const given = code();
		const asked = () => simulator.ledger.requests.filter(({ path }) => path.includes('access_token')).length;
		const before = asked();
		const trial = exchange(given);
		if (kind === 'hang') setTimeout(() => void simulator.close(), 200);
		const failure: unknown = await trial.catch((error: unknown) => error);
		expect(failure).toMatchObject({ kind: expected });
		expect(JSON.stringify(failure) + String(failure)).not.toMatch(new RegExp(`${APP.appSecret}|${given}`));
		if (expected !== 'rate_limited') expect(asked() - before).toBe(1);
		if (kind === 'hang')
			simulator = await startGraphSimulator({
				...APP,
				accessToken: 't',
				numbers: [{ ...COMPANY, displayPhoneNumber: '+57 300 999 8877', verifiedName: 'x' }],
			});
	});

	it('the wrong app secret is refused', async () => {
		const wrong = createWhatsAppClient({ ...credential, appSecret: 'somebody-elses-secret' });
		await expect(wrong.exchangeCode({ code: code(), redirectUri: REDIRECT })).rejects.toMatchObject({
			details: expect.stringContaining('client secret'),
		});
	});
});

describe('Request contacts and history', () => {
	it('each once, within 24 hours, and only for a number of the app', async () => {
		const advisor = clientWith(await exchange());
		expect(await advisor.requestSync(OWN.phoneNumberId, 'smb_app_state_sync')).not.toBe('');
		await expect(advisor.requestSync(OWN.phoneNumberId, 'smb_app_state_sync')).rejects.toMatchObject({
			kind: 'rejected',
			code: '2593107',
		});
		now += 24 * HOUR + 1;
		await expect(advisor.requestSync(OWN.phoneNumberId, 'history')).rejects.toMatchObject({ code: '2593108' });
		await expect(createWhatsAppClient(credential).requestSync(COMPANY.phoneNumberId, 'history')).rejects.toMatchObject({
			code: '2593108',
		});
	});

	it('an answer that never comes is not repeated: Meta counts requests', async () => {
		const advisor = clientWith(await exchange());
		simulator.faults.inject({ on: 'numbers', kind: 'reset', applied: true, times: 1 });
		await expect(advisor.requestSync(OWN.phoneNumberId, 'history')).rejects.toMatchObject({ kind: 'unknown_outcome' });
		expect(simulator.ledger.requests.filter(({ path }) => path.includes('smb_app_data'))).toHaveLength(1);
	});
});

describe('the advisor’s telephone beside the customer’s (demo)', () => {
	it('shows the chats of its number as text, writes as the advisor, and takes the permission back', async () => {
		const url = `${simulator.baseUrl}/advisor/${OWN.phoneNumberId}`;
		const ana = simulator.customer({
			waId: '573001234567',
			profileName: '<b>Ana</b>',
			phoneNumberId: OWN.phoneNumberId,
		});
		void ana.text('<script>alert(1)</script>').delivered;
		const html = await (await fetch(url)).text();
		expect(html).toContain('&#60;script&#62;');
		expect(html).not.toMatch(/<script|<b>Ana/);
		const [chat] = /name="chat" value="([^"]*)"/.exec(html)?.slice(1) ?? [];
		const post = async (form: Record<string, string>, headers: Record<string, string> = {}) =>
			await fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) });
		expect((await post({ do: 'write', chat: chat ?? '', text: 'Hola Ana' })).status).toBe(303);
		expect(ana.chat.at(-1)).toMatchObject({ direction: 'received', text: 'Hola Ana' });

		const token = await exchange();
		expect((await post({ do: 'disconnect' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
		expect((await clientWith(token).inspectToken()).valid).toBe(true);
		expect((await post({ do: 'disconnect' })).status).toBe(303);
		expect((await clientWith(token).inspectToken()).valid).toBe(false);
	});

	it('obeys the remote control', async () => {
		const order = async (body: object) =>
			await fetch(`${simulator.baseUrl}/simulator/advisor-phone`, { method: 'POST', body: JSON.stringify(body) });
		expect(
			(await order({ phoneNumberId: OWN.phoneNumberId, do: 'write', waId: '573001234567', text: 'Hola' })).status,
		).toBe(200);
		expect(simulator.customers.at(-1)?.chat.at(-1)?.text).toBe('Hola');
		expect((await order({ phoneNumberId: OWN.phoneNumberId, do: 'sing' })).status).toBe(400);
	});
});
