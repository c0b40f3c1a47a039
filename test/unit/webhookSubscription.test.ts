import {
	APP_FIELDS,
	isRegistrationOf,
	planRegistration,
	planRemoval,
	type RegisteredWebhooks,
	type Registration,
	type SubscriptionRequest,
	type SubscriptionStep,
} from '../../nodes/shared/usecases/receive/subscription';

const PRODUCTION = 'https://n8n.example.com/webhook/11111111-aaaa/whatsapp';
const TEST = 'https://n8n.example.com/webhook-test/11111111-aaaa/whatsapp';
const OTHER = 'https://other.example.com/webhook/22222222-bbbb/whatsapp?token=hidden';
const APP_ID = '1000';

const request = (changes: Partial<SubscriptionRequest> = {}): SubscriptionRequest => ({
	level: 'businessAccount',
	purpose: 'production',
	callbackUrl: PRODUCTION,
	nodePath: '11111111-aaaa/whatsapp',
	businessAccountId: '2000',
	phoneNumberIds: ['3000'],
	replaceExisting: false,
	useTestUrl: false,
	vendorIsLocal: false,
	...changes,
});

const listening = (changes: Partial<SubscriptionRequest> = {}) =>
	request({ purpose: 'test', callbackUrl: TEST, ...changes });

const registered = (changes: Partial<RegisteredWebhooks> = {}): RegisteredWebhooks => ({
	subscribed: true,
	phoneNumbers: {},
	othersDepend: false,
	...changes,
});

const appAt = (callbackUrl: string, fields: readonly string[] = APP_FIELDS) => ({ app: { callbackUrl, fields } });

const stepsOf = (wanted: SubscriptionRequest, found: RegisteredWebhooks): readonly SubscriptionStep[] => {
	const plan = planRegistration(wanted, found, APP_ID);
	if (plan.kind !== 'register') throw new Error(`expected steps, got ${JSON.stringify(plan)}`);
	return plan.steps;
};

const registrationOf = (wanted: SubscriptionRequest, found: RegisteredWebhooks): Registration => {
	const plan = planRegistration(wanted, found, APP_ID);
	if (plan.kind !== 'register') throw new Error(`expected a registration, got ${plan.kind}`);
	return plan.registration;
};

describe('Subscribing (issue 2.4): where webhooks come from', () => {
	const account: SubscriptionStep = { do: 'overrideAccount', businessAccountId: '2000', url: PRODUCTION };
	const number: SubscriptionStep = { do: 'overrideNumber', phoneNumberId: '3000', url: PRODUCTION };
	const app: SubscriptionStep = { do: 'setApp', url: PRODUCTION, fields: APP_FIELDS };
	const subscribe: SubscriptionStep = { do: 'subscribeAccount', businessAccountId: '2000' };

	it.each<[string, SubscriptionRequest, RegisteredWebhooks, readonly SubscriptionStep[]]>([
		['an account that the app does not receive', request(), registered({ subscribed: false }), [subscribe, account]],
		['a free account', request(), registered(), [account]],
		['an account, beside the app of another system', request(), registered(appAt(OTHER)), [account]],
		[
			'an account with the test address of this node left over',
			request(),
			registered({ businessAccount: TEST }),
			[account],
		],
		['a free number', request({ level: 'phoneNumber' }), registered(), [number]],
		[
			'a number in an account that goes elsewhere',
			request({ level: 'phoneNumber' }),
			registered({ businessAccount: OTHER }),
			[number],
		],
		[
			'a number that goes elsewhere, with permission',
			request({ level: 'phoneNumber', replaceExisting: true }),
			registered({ phoneNumbers: { '3000': OTHER } }),
			[number],
		],
		['a free app', request({ level: 'app' }), registered(), [app]],
		[
			'an app that is ours, with fields missing',
			request({ level: 'app' }),
			registered(appAt(PRODUCTION, ['messages'])),
			[app],
		],
		[
			'an app of which an account override takes the messages, with permission',
			request({ level: 'app', replaceExisting: true }),
			registered({ businessAccount: OTHER }),
			[app, { do: 'clearAccount', businessAccountId: '2000' }],
		],
		['a test of a node that nobody writes to yet', listening(), registered(), [{ ...account, url: TEST }]],
		[
			'a test that may take the messages',
			listening({ useTestUrl: true }),
			registered({ businessAccount: PRODUCTION }),
			[{ ...account, url: TEST }],
		],
	])('given %s, does exactly what is missing', (_case, wanted, found, steps) => {
		expect(stepsOf(wanted, found)).toEqual(steps);
	});

	it.each<[string, SubscriptionRequest, RegisteredWebhooks]>([
		['account', request(), registered({ businessAccount: PRODUCTION })],
		['number', request({ level: 'phoneNumber' }), registered({ phoneNumbers: { '3000': PRODUCTION } })],
		['app', request({ level: 'app' }), registered(appAt(PRODUCTION, [...APP_FIELDS, 'flows']))],
	])('given the %s registered already, activating twice changes nothing', (_case, wanted, found) => {
		expect(planRegistration(wanted, found, APP_ID)).toEqual({ kind: 'registered' });
	});

	it.each<[string, SubscriptionRequest, RegisteredWebhooks, RegExp]>([
		[
			'account',
			request(),
			registered({ businessAccount: OTHER }),
			/Business Account 2000 already go to 'https:\/\/other/,
		],
		[
			'number',
			request({ level: 'phoneNumber' }),
			registered({ phoneNumbers: { '3000': OTHER } }),
			/phone number 3000 already go/,
		],
		['app', request({ level: 'app' }), registered(appAt(OTHER)), /app 1000 already go/],
		[
			'app by an override',
			request({ level: 'app' }),
			registered({ businessAccount: OTHER }),
			/Business Account 2000 already go/,
		],
		[
			'test of an account in production here',
			listening(),
			registered({ businessAccount: PRODUCTION }),
			/Listening now would take the messages that go to 'https:\/\/n8n/,
		],
		[
			'test of an account that the app serves elsewhere',
			listening(),
			registered(appAt(OTHER)),
			/Listening now would take/,
		],
		[
			'test of a number that its account serves elsewhere',
			listening({ level: 'phoneNumber' }),
			registered({ businessAccount: OTHER }),
			/Listening now would take/,
		],
		[
			'test where somebody else is, even with the test option',
			listening({ useTestUrl: true }),
			registered({ businessAccount: OTHER }),
			/already go/,
		],
		[
			'numbers that nobody chose',
			request({ level: 'phoneNumber', phoneNumberIds: [] }),
			registered(),
			/'Phone Number Names or IDs' is empty/,
		],
		[
			'plain http',
			request({ callbackUrl: 'http://n8n.example.com/webhook/11111111-aaaa/whatsapp' }),
			registered(),
			/only https/,
		],
		[
			'this machine',
			request({ callbackUrl: 'http://localhost:5678/webhook/11111111-aaaa/whatsapp' }),
			registered(),
			/cannot reach/,
		],
		['no address', request({ callbackUrl: '' }), registered(), /no valid webhook address/],
		[
			'an address of 201 characters',
			request({ callbackUrl: PRODUCTION.padEnd(201, 'x') }),
			registered(),
			/201 characters/,
		],
	])('given %s in the way, refuses in words and shows no query', (_case, wanted, found, message) => {
		const plan = planRegistration(wanted, found, APP_ID);
		expect(plan).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
		expect(plan.kind === 'refused' && plan.description.length).toBeGreaterThan(20);
		expect(JSON.stringify(plan)).not.toContain('hidden');
	});

	it('given a simulator on this machine, an address of this machine is fine, and so are 200 characters', () => {
		const local = request({ callbackUrl: 'http://127.0.0.1:5678/webhook/11111111-aaaa/whatsapp', vendorIsLocal: true });
		expect(planRegistration(local, registered(), APP_ID).kind).toBe('register');
		expect(planRegistration(request({ callbackUrl: PRODUCTION.padEnd(200, 'x') }), registered(), APP_ID).kind).toBe(
			'register',
		);
	});
});

describe('Unsubscribing (issue 2.4): what was found is what is left', () => {
	it.each<[string, SubscriptionRequest, RegisteredWebhooks, RegisteredWebhooks, readonly SubscriptionStep[]]>([
		[
			'an account that was free',
			request(),
			registered(),
			registered({ businessAccount: PRODUCTION }),
			[{ do: 'clearAccount', businessAccountId: '2000' }],
		],
		[
			'an account that nobody needs otherwise',
			request(),
			registered({ subscribed: false }),
			registered({ businessAccount: PRODUCTION }),
			[{ do: 'unsubscribeAccount', businessAccountId: '2000' }],
		],
		[
			'an account that somebody else came to need',
			request(),
			registered({ subscribed: false }),
			registered({ businessAccount: PRODUCTION, othersDepend: true }),
			[{ do: 'clearAccount', businessAccountId: '2000' }],
		],
		[
			'an account that went elsewhere meanwhile',
			request(),
			registered({ subscribed: false }),
			registered({ businessAccount: OTHER }),
			[],
		],
		[
			'a number that somebody else had',
			request({ level: 'phoneNumber', replaceExisting: true }),
			registered({ phoneNumbers: { '3000': OTHER } }),
			registered({ phoneNumbers: { '3000': PRODUCTION } }),
			[{ do: 'overrideNumber', phoneNumberId: '3000', url: OTHER }],
		],
		[
			'one of two numbers that went elsewhere meanwhile',
			request({ level: 'phoneNumber', phoneNumberIds: ['3000', '3001'] }),
			registered(),
			registered({ phoneNumbers: { '3000': OTHER, '3001': PRODUCTION } }),
			[{ do: 'clearNumber', phoneNumberId: '3001' }],
		],
		[
			'an app that was free',
			request({ level: 'app' }),
			registered(),
			registered(appAt(PRODUCTION)),
			[{ do: 'deleteApp' }],
		],
		[
			'an app that somebody else had',
			request({ level: 'app', replaceExisting: true }),
			registered(appAt(OTHER, ['messages'])),
			registered(appAt(PRODUCTION)),
			[{ do: 'setApp', url: OTHER, fields: ['messages'] }],
		],
		['an app that was taken from us', request({ level: 'app' }), registered(), registered(appAt(OTHER)), []],
		[
			'a test that took the messages of production',
			listening({ useTestUrl: true }),
			registered({ businessAccount: PRODUCTION }),
			registered({ businessAccount: TEST }),
			[{ do: 'overrideAccount', businessAccountId: '2000', url: PRODUCTION }],
		],
		[
			'an account override that stood in the way of the app',
			request({ level: 'app', replaceExisting: true }),
			registered({ businessAccount: OTHER }),
			registered(appAt(PRODUCTION)),
			[{ do: 'deleteApp' }, { do: 'overrideAccount', businessAccountId: '2000', url: OTHER }],
		],
	])('given %s, undoes exactly its own', (_case, wanted, before, after, steps) => {
		expect(planRemoval(registrationOf(wanted, before), after)).toEqual(steps);
	});

	it('given production that finds its own test address, does not restore it later', () => {
		expect(registrationOf(request(), registered({ businessAccount: TEST })).targets).toEqual([
			{ level: 'businessAccount', id: '2000' },
		]);
	});

	it('given another address, level or account, knows that an old registration is not the one asked for', () => {
		const registration = registrationOf(request(), registered());
		expect(isRegistrationOf(registration, request(), APP_ID)).toBe(true);
		for (const changed of [
			request({ callbackUrl: 'https://new.example.com/webhook/11111111-aaaa/whatsapp' }),
			request({ level: 'phoneNumber' }),
			request({ level: 'app' }),
			request({ businessAccountId: '2001' }),
		])
			expect(isRegistrationOf(registration, changed, APP_ID)).toBe(false);
	});
});
