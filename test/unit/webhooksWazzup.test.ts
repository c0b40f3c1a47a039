import { parseWazzupWebhook, verifyWazzupSecret, type WazzupEvent } from '../../nodes/shared/webhooks/wazzup';
import * as fc from '../support/properties';

const CHANNEL = '0b2c1a52-7f0e-4a38-9df6-8b1f6f1f7a11';

const message = (changes: Record<string, unknown> = {}) => ({
	messageId: '2e1f3c3a-1111-4222-8333-444455556666',
	channelId: CHANNEL,
	chatType: 'whatsapp',
	chatId: '573001234567',
	dateTime: '2026-03-10T14:16:00.002Z',
	type: 'text',
	status: 'inbound',
	text: 'hola',
	isEcho: false,
	contact: { name: 'Ana', phone: '573001234567' },
	...changes,
});

const only = (body: unknown): WazzupEvent => {
	const events = parseWazzupWebhook(body);
	expect(events).toHaveLength(1);
	return events[0];
};

describe('parseWazzupWebhook: what customers write (W2)', () => {
	test('a text is the same event as one of the Cloud API', () => {
		expect(only({ messages: [message()] })).toMatchObject({
			kind: 'message',
			id: '2e1f3c3a-1111-4222-8333-444455556666',
			at: new Date('2026-03-10T14:16:00.002Z'),
			channel: { phoneNumberId: CHANNEL },
			from: { waId: '573001234567', profileName: 'Ana' },
			content: { type: 'text', text: 'hola' },
		});
	});

	test.each<[string, Record<string, unknown>, object]>([
		['a picture', { type: 'image', text: '', contentUri: 'https://files.test/a.jpg' }, { type: 'image' }],
		[
			'a picture with words',
			{ type: 'image', contentUri: 'https://files.test/a.jpg' },
			{ type: 'image', text: 'hola' },
		],
		[
			'a sticker, which Wazzup calls a picture',
			{ type: 'image', text: '', contentUri: 'https://files.test/s.was' },
			{ type: 'sticker' },
		],
		['a voice note', { type: 'audio', text: '', contentUri: 'https://files.test/v.ogg?x=1' }, { type: 'voice' }],
		['music', { type: 'audio', text: '', contentUri: 'https://files.test/m.mp3' }, { type: 'audio' }],
		[
			'a document',
			{ type: 'document', text: '', contentUri: 'https://files.test/Cotizaci%C3%B3n.pdf' },
			{ type: 'document' },
		],
		[
			'a place',
			{ type: 'geo', text: '4.711, -74.0721' },
			{ type: 'location', location: { latitude: 4.711, longitude: -74.0721 } },
		],
		['a place that says nothing of where', { type: 'geo', text: 'aquí' }, { type: 'unsupported', text: 'aquí' }],
		['a card', { type: 'vcard', text: 'BEGIN:VCARD' }, { type: 'contacts' }],
		['a missed call', { type: 'missing_call', text: undefined }, { type: 'system' }],
		['something newer than this package', { type: 'hologram', text: undefined }, { type: 'unknown' }],
	])('%s', (_name, changes, content) => {
		expect(only({ messages: [message(changes)] })).toMatchObject({ kind: 'message', content });
	});

	test('a file is named and found by its address', () => {
		expect(
			only({ messages: [message({ type: 'document', contentUri: 'https://files.test/Cotizaci%C3%B3n.pdf' })] }),
		).toMatchObject({
			content: {
				media: { mediaId: 'https://files.test/Cotizaci%C3%B3n.pdf', filename: 'Cotización.pdf', caption: 'hola' },
			},
		});
	});

	test.each<[string, unknown]>([
		['beside the button', { payload: 'option.quote' }],
		['inside a list', [{ type: 'button', payload: 'option.quote', text: 'x' }]],
		['deep inside', { type: 'button_reply', button_reply: { id: 'option.quote', title: 'x' } }],
	])('a tapped button carries what was given with it, %s', (_name, interactive) => {
		expect(only({ messages: [message({ text: '1. Cotización', interactive })] })).toMatchObject({
			content: { type: 'reply', text: '1. Cotización', reply: { id: 'option.quote', title: '1. Cotización' } },
		});
	});

	test('a person of another messenger is known by the chat', () => {
		expect(only({ messages: [message({ chatType: 'instagram', chatId: 'ana.perez' })] })).toMatchObject({
			from: { wazzupChat: 'instagram:ana.perez' },
		});
	});

	test('a group is marked, so that the bot stays silent there', () => {
		expect(only({ messages: [message({ chatType: 'whatsgroup', chatId: '12036@g.us' })] })).toMatchObject({
			kind: 'message',
			groupId: '12036@g.us',
			from: { wazzupChat: 'whatsgroup:12036@g.us' },
		});
	});

	test('a changed and a deleted message are news of their own about the first', () => {
		const [edited, deleted] = parseWazzupWebhook({
			messages: [message({ isEdited: true, text: 'buenas' }), message({ isDeleted: 'true' })],
		});
		expect(edited).toMatchObject({ content: { type: 'edit', text: 'buenas', originalMessageId: message().messageId } });
		expect(deleted).toMatchObject({ content: { type: 'revoke', originalMessageId: message().messageId } });
		expect(new Set([message().messageId, (edited as { id: string }).id, (deleted as { id: string }).id]).size).toBe(3);
	});
});

describe('parseWazzupWebhook: our side', () => {
	test.each<[string, Record<string, unknown>]>([
		['an echo', { isEcho: true, status: 'sent' }],
		['an echo marked in words', { isEcho: 'true', status: 'sent' }],
		['an unmarked one that was delivered', { status: 'delivered' }],
	])('%s is never taken for the customer (echo answered by the bot)', (_name, changes) => {
		expect(only({ messages: [message(changes)] })).toMatchObject({ kind: 'echo', to: { waId: '573001234567' } });
	});

	test.each([
		['sent', 'sent'],
		['DELIVERED', 'delivered'],
		['read', 'read'],
		['error', 'failed'],
	])('the status %s is %s', (status, expected) => {
		const event = only({ statuses: [{ messageId: 'm1', timestamp: '2026-03-10T14:16:01.000Z', status }] });
		expect(event).toMatchObject({ kind: 'status', id: `m1:${expected}`, messageId: 'm1', status: expected });
		expect(event).not.toHaveProperty('channel');
	});

	test('a closed window has the number that Meta gives it, and keeps Wazzup’s word', () => {
		const error = { error: '24_HOURS_EXCEEDED', description: 'Too late' };
		expect(only({ statuses: [{ messageId: 'm1', status: 'error', error }] })).toMatchObject({
			errors: [{ code: 131_047, name: '24_HOURS_EXCEEDED', message: 'Too late' }],
		});
	});

	test('messages and statuses of one body are all read, in their order', () => {
		const events = parseWazzupWebhook({
			messages: [message(), message({ messageId: 'm2' })],
			statuses: [{ messageId: 'm3', status: 'read' }],
		});
		expect(events.map(({ kind }) => kind)).toEqual(['message', 'message', 'status']);
	});
});

describe('parseWazzupWebhook: what the account says and asks', () => {
	test('the probe', () => expect(only({ test: true })).toEqual({ kind: 'probe' }));

	test('a contact that is asked for', () => {
		const contactData = [{ chatType: 'whatsapp', chatId: '573001234567' }];
		expect(only({ createContact: { responsibleUserId: 7, name: 'Ana', contactData, source: 'auto' } })).toMatchObject({
			kind: 'create_contact',
			responsibleUserId: '7',
			name: 'Ana',
			chats: contactData,
			source: 'auto',
		});
	});

	test('a deal that is asked for', () => {
		expect(only({ createDeal: { responsibleUserId: '7', contacts: [12], source: 'byUser' } })).toMatchObject({
			kind: 'create_deal',
			contactIds: ['12'],
		});
	});

	test('the state of a channel and of a template', () => {
		const [channel, template] = parseWazzupWebhook({
			channelsUpdates: [{ channelId: CHANNEL, state: 'disabled', timestamp: 1_760_000_000_000 }],
			templateStatus: { templateGuid: 't1', name: 'aviso', status: 'approved' },
		});
		expect(channel).toMatchObject({ kind: 'account', field: 'channelsUpdates', event: 'disabled' });
		expect(channel).toMatchObject({ at: new Date(1_760_000_000_000), channel: { phoneNumberId: CHANNEL } });
		expect(template).toMatchObject({ kind: 'account', field: 'templateStatus', event: 'APPROVED' });
	});

	test('what is newer than this package is kept, never thrown away', () => {
		expect(only({ telepathy: { thought: 'x' } })).toMatchObject({ kind: 'unknown', field: 'telepathy' });
		expect(only({ messages: [{ text: 'without ids' }] })).toMatchObject({ kind: 'unknown', field: 'messages' });
		expect(only({ createContact: {} })).toMatchObject({ kind: 'unknown', field: 'createContact' });
	});

	test('whatever comes, it answers events, and the same ones again', () => {
		fc.assert(
			fc.property(fc.anything(), (body) => {
				const wrapped = {
					messages: body,
					statuses: [body],
					createContact: body,
					createDeal: body,
					templateStatus: body,
				};
				expect(Array.isArray(parseWazzupWebhook(body))).toBe(true);
				expect(parseWazzupWebhook(wrapped)).toEqual(parseWazzupWebhook(wrapped));
			}),
		);
	});
});

describe('the secret of the address', () => {
	test.each<[string, unknown, string, boolean]>([
		['the same', 'abc', 'abc', true],
		['another', 'abd', 'abc', false],
		['a part of it', 'ab', 'abc', false],
		['none', undefined, 'abc', false],
		['twice', ['abc', 'abc'], 'abc', false],
		['anything while none is set (missing secret accepted)', '', '', false],
	])('%s', (_name, given, expected, trusted) => expect(verifyWazzupSecret(given, expected)).toBe(trusted));
});
