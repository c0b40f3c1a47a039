import { DEFAULT_MAPPING, syncedContact, syncedDeal, type DealFacts } from '../../nodes/shared/domain/sync/mapping';
import { windowOrigin, windowSources } from '../../nodes/shared/domain/wazzup/windowOrigins';

const API = 'https://api.wazzup24.com/v3';
const SIMULATOR = 'http://127.0.0.1:4100/v3';

describe("from where Wazzup's chat window may come (W5)", () => {
	it.each([
		['https://app.wazzup24.com/chat?token=1', 'https://app.wazzup24.com'],
		['https://wazzup24.com/chat', 'https://wazzup24.com'],
		['https://a.b.wazzup24.ru/chat', 'https://a.b.wazzup24.ru'],
	])('%s is Wazzup', (url, origin) => {
		expect(windowOrigin(url, API)).toBe(origin);
	});

	it.each([
		['http://app.wazzup24.com/chat'],
		['https://app.wazzup24.com:8443/chat'],
		['https://evilwazzup24.com/chat'],
		['https://wazzup24.com.evil.example/chat'],
		['https://evil.example/?wazzup24.com'],
		['https://wazzup24.com@evil.example/chat'],
		['https://user:word@app.wazzup24.com/chat'],
		['javascript:alert(1)//wazzup24.com'],
		['data:text/html,wazzup24.com'],
		['//app.wazzup24.com/chat'],
		['https://127.0.0.1:4100/chat'],
		[''],
	])('%j is not', (url) => {
		expect(windowOrigin(url, API)).toBeUndefined();
	});

	it('a simulator may show its own window and nobody else’s', () => {
		expect(windowSources(SIMULATOR)).toEqual(['http://127.0.0.1:4100']);
		expect(windowOrigin('http://127.0.0.1:4100/chat-window/1', SIMULATOR)).toBe('http://127.0.0.1:4100');
		expect(windowOrigin('http://127.0.0.1:4101/chat-window/1', SIMULATOR)).toBeUndefined();
		expect(windowOrigin('https://app.wazzup24.com/chat', SIMULATOR)).toBeUndefined();
	});

	it('what the page may frame is what is taken for Wazzup', () => {
		expect(windowSources(API)).toEqual([
			'https://wazzup24.com',
			'https://*.wazzup24.com',
			'https://wazzup24.ru',
			'https://*.wazzup24.ru',
		]);
	});
});

describe('how a deal is called and where its name leads (W3)', () => {
	const facts: DealFacts = {
		id: 'deal-1',
		kind: 'lead',
		responsibleUserId: 'laura',
		contactId: 'ana',
		closed: false,
		values: { name: 'Ana', inboxLink: 'https://desk.test/inbox', dealId: 'deal-1' },
	};
	const named = (pattern: string, values: DealFacts['values']) =>
		syncedDeal({ ...facts, values: { ...facts.values, ...values } }, { ...DEFAULT_MAPPING, dealName: pattern })?.name;
	const linked = (pattern: string, values: DealFacts['values'] = {}) =>
		syncedDeal({ ...facts, values: { ...facts.values, ...values } }, { ...DEFAULT_MAPPING, dealLink: pattern })?.uri;

	it.each([
		[
			{ requestType: 'quotation', product: 'portátiles', amount: '250000', currency: 'COP' },
			'quotation: portátiles · 250000 COP',
		],
		[{ requestType: 'quotation', product: 'portátiles' }, 'quotation: portátiles'],
		[{ requestType: 'quotation', amount: '250000', currency: 'COP' }, 'quotation · 250000 COP'],
		[{ product: 'portátiles' }, 'portátiles'],
		[{ product: '  ' }, 'Ana'],
		[{}, 'Ana'],
	])('%j is «%s»', (values, name) => {
		expect(named(DEFAULT_MAPPING.dealName, values)).toBe(name);
	});

	it.each([
		['Pedido {product}', { product: '88' }, 'Pedido 88'],
		['{name} ({company})', { company: 'Acme' }, 'Ana (Acme)'],
		['{constructor}', {}, 'Ana'],
	])('%s with %j is «%s»', (pattern, values, name) => {
		expect(named(pattern, values)).toBe(name);
	});

	it('a link of which a part is missing is the inbox’s, and a deal without any link is none', () => {
		expect(linked('https://crm.test/{externalId}', { externalId: '7' })).toBe('https://crm.test/7');
		expect(linked('https://crm.test/{externalId}')).toBe('https://desk.test/inbox');
		expect(linked('javascript:alert({dealId})')).toBeUndefined();
		expect(linked('https://crm.test/{externalId}', { inboxLink: null })).toBeUndefined();
	});

	it('a contact of Instagram has no phone and its chat as its name', () => {
		const contact = syncedContact(
			{ id: 'c', responsibleUserId: 'laura', chats: [{ wazzupChat: 'instagram:maria.shop' }], values: {} },
			DEFAULT_MAPPING,
		);
		expect(contact).toEqual({
			id: 'c',
			responsibleUserId: 'laura',
			name: 'maria.shop',
			contactData: [{ chatType: 'instagram', chatId: 'maria.shop' }],
		});
	});
});
