import { createHmac } from 'node:crypto';

import {
	CHAT_TYPES,
	chatTypeOfTransport,
	isActiveState,
	normalizeChatId,
} from '../../nodes/shared/domain/wazzup/chatTypes';
import { CONNECT_LIFETIME, holdState, readHeldState } from '../../nodes/shared/domain/wazzup/connectState';
import { longestText } from '../../nodes/shared/domain/wazzup/limits';
import { linkProblem } from '../../nodes/shared/domain/wazzup/links';

describe('chats of Wazzup', () => {
	it.each([
		['wapi', 'whatsapp'],
		['WAPI', 'whatsapp'],
		['tgapi', 'telegram'],
		['maxbot', 'max'],
		['newmessenger', undefined],
	])('W12: a channel of the transport %s has chats of the type %s', (transport, chatType) => {
		expect(chatTypeOfTransport(transport)).toBe(chatType);
	});

	it.each([
		['whatsapp', '+57 (300) 123-4567', '573001234567'],
		['viber', '57.300.123.4567', '573001234567'],
		['whatsapp', 'Ana', undefined],
		['whatsapp', '123', undefined],
		['instagram', '@prosuministros', 'prosuministros'],
		['telegram', ' 100200300 ', '100200300'],
		['max', '  ', undefined],
	] as const)('%s: %s is the chat %s', (chatType, written, id) => {
		expect(normalizeChatId(chatType, written)).toBe(id);
	});

	it('states are compared without case, and every type of chat has a limit', () => {
		expect([isActiveState('Active'), isActiveState('openElsewhere')]).toEqual([true, false]);
		expect(CHAT_TYPES.map(longestText).every((longest) => longest >= 1_000)).toBe(true);
	});
});

describe('W9: a link that leads nowhere is told by how it is written', () => {
	it.each([
		[undefined, 'empty'],
		['   ', 'empty'],
		['crm/42', 'not_an_address'],
		['http://crm.example.com/42', 'not_https'],
		['javascript:alert(1)', 'not_https'],
		[`https://crm.example.com/${'4'.repeat(200)}`, 'too_long'],
		['https://crm.example.com.evil.example/42', 'wrong_host'],
		['https://crm.example.com/42', undefined],
		['https://CRM.example.com/42', undefined],
	])('%s: %s', (uri, kind) => {
		expect(linkProblem(uri, 'crm.example.com')?.kind).toBe(kind);
	});

	it('without a host any server will do', () => {
		expect(linkProblem('https://anywhere.example/1')).toBeUndefined();
	});
});

describe("W10: Wazzup's state on its way through a login", () => {
	const sign = (text: string): string => createHmac('sha256', 'key of the installation').update(text).digest('hex');
	const NOW = 1_790_000_000_000;
	const browser = 'a'.repeat(64);
	const held = holdState('state.of|Wazzup', browser, NOW, sign);

	it('comes back as it was', () => {
		expect(readHeldState(held, browser, NOW + 1_000, sign)).toEqual({ state: 'state.of|Wazzup' });
	});

	it.each<[string, string, string, number, object]>([
		['too late', held, browser, NOW + CONNECT_LIFETIME, { problem: 'expired' }],
		['from another browser', held, 'b'.repeat(64), NOW, { problem: 'other_browser' }],
		[
			'with another signature',
			`${held.slice(0, -1)}${held.endsWith('0') ? '1' : '0'}`,
			browser,
			NOW,
			{ problem: 'not_ours' },
		],
		['with another content', `e30.${held.split('.')[1] ?? ''}`, browser, NOW, { problem: 'not_ours' }],
		['signed for something else', `e30.${sign('e30')}`, browser, NOW, { problem: 'not_ours' }],
		['with more behind it', `${held}.x`, browser, NOW, { problem: 'not_ours' }],
		['empty', '', browser, NOW, { problem: 'not_ours' }],
	])('%s it is refused', (_how, text, from, at, problem) => {
		expect(readHeldState(text, from, at, sign)).toEqual(problem);
	});

	it('what cannot be a state of Wazzup is never signed', () => {
		expect(() => holdState('', browser, NOW, sign)).toThrow('state');
		expect(() => holdState('x'.repeat(3_000), browser, NOW, sign)).toThrow('state');
	});
});
