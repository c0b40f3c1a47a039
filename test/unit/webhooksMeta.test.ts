import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';

import type { ChannelEvent, MessageContent, MessageEvent } from '../../nodes/shared/domain/messages/events';
import { parseMetaWebhook, verifyMetaSignature } from '../../nodes/shared/webhooks/meta';
import * as fc from '../support/properties';

const METADATA = { display_phone_number: '573009998877', phone_number_id: '106540352242922' };
const CHANNEL = {
	wabaId: '102290129340398',
	phoneNumberId: '106540352242922',
	displayPhoneNumber: '573009998877',
};
const ANA = { profile: { name: 'Ana Pérez' }, wa_id: '573001234567', user_id: 'CO.13491208655302741918' };

type Json = Record<string, unknown>;

const delivery = (field: string, value: unknown, entry: Json = {}): Json => ({
	object: 'whatsapp_business_account',
	entry: [{ id: '102290129340398', ...entry, changes: [{ field, value }] }],
});

const inbound = (message: Json, value: Json = {}): Json =>
	delivery('messages', {
		messaging_product: 'whatsapp',
		metadata: METADATA,
		contacts: [ANA],
		...value,
		messages: [
			{
				from: '573001234567',
				from_user_id: 'CO.13491208655302741918',
				id: 'wamid.HBgMNTczMDAxMjM0NTY3',
				timestamp: '1749416383',
				...message,
			},
		],
	});

const onlyEvent = (body: unknown): ChannelEvent => {
	const events = parseMetaWebhook(body);
	expect(events).toHaveLength(1);
	return events[0];
};

const onlyMessage = (body: unknown): MessageEvent => {
	const event = onlyEvent(body);
	if (event.kind !== 'message') throw new Error(`expected a message, got ${event.kind}`);
	return event;
};

describe('verifyMetaSignature: who may speak (P1)', () => {
	const secret = 'app-secret-of-the-test';
	const body = Buffer.from('{"entry":[{"text":"\\u00bfCu\\u00e1nto?"}]}');
	const sign = (bytes: Buffer | string, key = secret) =>
		`sha256=${createHmac('sha256', key).update(bytes).digest('hex')}`;

	it('given the bytes that were signed, accepts them as Buffer, Uint8Array and string', () => {
		expect(verifyMetaSignature(body, sign(body), secret)).toBe(true);
		expect(verifyMetaSignature(new Uint8Array(body), sign(body), secret)).toBe(true);
		expect(verifyMetaSignature(body.toString(), sign(body), secret)).toBe(true);
	});

	it('given the documented vector of the algorithm, accepts it', () => {
		// The example of https://docs.github.com/webhooks: the same header format and algorithm.
		const header = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
		expect(verifyMetaSignature('Hello, World!', header, "It's a Secret to Everybody")).toBe(true);
	});

	it('given a body that was parsed and serialised again, refuses it: Meta escapes what is outside ASCII', () => {
		expect(verifyMetaSignature(JSON.stringify(JSON.parse(body.toString())), sign(body), secret)).toBe(false);
	});

	it.each<[string, string | string[] | undefined]>([
		['missing', undefined],
		['empty', ''],
		['without a prefix', sign(body).slice(7)],
		['with the old SHA-1 prefix', `sha1=${sign(body).slice(7)}`],
		['too short', sign(body).slice(0, -1)],
		['too long', `${sign(body)}0`],
		['not hexadecimal', `sha256=${'z'.repeat(64)}`],
		['multibyte of the right length', `sha256=${'é'.repeat(64)}`],
		['made with another secret', sign(body, 'another')],
		['made for another body', sign('{}')],
		['sent twice', [sign(body), sign(body)]],
	])('given a header that is %s, refuses it', (_case, header) => {
		expect(verifyMetaSignature(body, header, secret)).toBe(false);
	});

	it('given no secret, refuses even what was signed with it (missing secret accepted)', () => {
		expect(verifyMetaSignature(body, sign(body, ''), '')).toBe(false);
	});

	it('given anything at all, answers with a boolean and never throws', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), fc.anything(), (bytes, header, key) => {
				const verify = verifyMetaSignature as (...given: unknown[]) => unknown;
				expect(verify(bytes, header, key)).toBe(false);
			}),
		);
	});

	it('given one flipped bit anywhere in the body, refuses it', () => {
		fc.assert(
			fc.property(fc.nat(body.length - 1), fc.integer({ min: 0, max: 7 }), (index, bit) => {
				const changed = Buffer.from(body);
				changed[index] ^= 1 << bit;
				expect(verifyMetaSignature(changed, sign(body), secret)).toBe(false);
			}),
		);
	});
});

describe('parseMetaWebhook: what customers write', () => {
	const file = {
		mime_type: 'image/jpeg',
		sha256: 'SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=',
		id: '1003383421387256',
	};
	const reference = { mediaId: file.id, mimeType: file.mime_type, sha256: file.sha256 };
	const cards = [
		{ name: { formatted_name: 'Luis Gil', first_name: 'Luis' }, phones: [{ phone: '+573110001122' }] },
		{ name: { formatted_name: 'Eva Roa' }, phones: [], origin: 'contact_request' },
	];
	const unsupported = [
		{
			code: 131051,
			title: 'Message type unknown',
			message: 'Message type unknown',
			error_data: { details: 'Not supported.' },
		},
	];

	it.each<[string, Json, MessageContent]>([
		['text', { type: 'text', text: { body: 'Hola, ¿precio? 😊' } }, { type: 'text', text: 'Hola, ¿precio? 😊' }],
		[
			'image with caption',
			{ type: 'image', image: { ...file, caption: 'Este', url: 'https://lookaside.fbsbx.com/x' } },
			{
				type: 'image',
				text: 'Este',
				media: { type: 'image', ...reference, caption: 'Este', url: 'https://lookaside.fbsbx.com/x' },
			},
		],
		['video', { type: 'video', video: file }, { type: 'video', media: { type: 'video', ...reference } }],
		[
			'audio file',
			{ type: 'audio', audio: { ...file, voice: false } },
			{ type: 'audio', media: { type: 'audio', ...reference } },
		],
		[
			'voice note',
			{ type: 'audio', audio: { ...file, voice: true } },
			{ type: 'voice', media: { type: 'voice', ...reference } },
		],
		[
			'document',
			{ type: 'document', document: { ...file, filename: 'orden.pdf' } },
			{ type: 'document', media: { type: 'document', ...reference, filename: 'orden.pdf' } },
		],
		[
			'sticker',
			{ type: 'sticker', sticker: { ...file, animated: true } },
			{ type: 'sticker', media: { type: 'sticker', ...reference, animated: true } },
		],
		[
			'location',
			{ type: 'location', location: { latitude: 4.65, longitude: -74.05, name: 'Bodega', address: 'Cra 7' } },
			{
				type: 'location',
				text: 'Bodega, Cra 7',
				location: { latitude: 4.65, longitude: -74.05, name: 'Bodega', address: 'Cra 7' },
			},
		],
		[
			'contacts',
			{ type: 'contacts', contacts: cards },
			{ type: 'contacts', text: 'Luis Gil, Eva Roa', contacts: cards },
		],
		[
			'tap on a button',
			{
				type: 'interactive',
				interactive: { type: 'button_reply', button_reply: { id: 'menu:1', title: '1. Cotización' } },
			},
			{ type: 'reply', text: '1. Cotización', reply: { id: 'menu:1', title: '1. Cotización', via: 'button' } },
		],
		[
			'tap on a list row',
			{
				type: 'interactive',
				interactive: { type: 'list_reply', list_reply: { id: 'area:2', title: 'Documentos', description: 'RUT' } },
			},
			{ type: 'reply', text: 'Documentos', reply: { id: 'area:2', title: 'Documentos', via: 'list' } },
		],
		[
			'answer of a Flow',
			{
				type: 'interactive',
				interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"nit":"900"}' } },
			},
			{ type: 'flow_reply', text: 'Sent', flowReply: { nit: '900' } },
		],
		[
			'answer of a Flow that is no JSON',
			{ type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { body: 'Sent', response_json: 'listo' } } },
			{ type: 'flow_reply', text: 'Sent', flowReply: 'listo' },
		],
		[
			'quick reply of a template',
			{ type: 'button', button: { payload: 'stop', text: 'No más' } },
			{ type: 'reply', text: 'No más', reply: { id: 'stop', title: 'No más', via: 'template_button' } },
		],
		[
			'reaction',
			{ type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' } },
			{ type: 'reaction', text: '👍', reaction: { messageId: 'wamid.A', emoji: '👍' } },
		],
		[
			'reaction taken back',
			{ type: 'reaction', reaction: { message_id: 'wamid.A' } },
			{ type: 'reaction', reaction: { messageId: 'wamid.A' } },
		],
		[
			'order',
			{
				type: 'order',
				order: {
					catalog_id: '194836987003835',
					text: 'Para hoy',
					product_items: [{ product_retailer_id: 'di9', quantity: 2, item_price: 30, currency: 'USD' }],
				},
			},
			{
				type: 'order',
				text: 'Para hoy',
				order: {
					catalogId: '194836987003835',
					text: 'Para hoy',
					items: [{ productRetailerId: 'di9', quantity: 2, itemPrice: 30, currency: 'USD' }],
				},
			},
		],
		[
			'edit',
			{
				type: 'edit',
				edit: {
					original_message_id: 'wamid.A',
					message: { context: { id: 'M0' }, type: 'text', text: { body: 'Son 3' } },
				},
			},
			{ type: 'edit', text: 'Son 3', originalMessageId: 'wamid.A', edited: { type: 'text', text: 'Son 3' } },
		],
		[
			'revoke',
			{ type: 'revoke', revoke: { original_message_id: 'wamid.A' } },
			{ type: 'revoke', originalMessageId: 'wamid.A' },
		],
		[
			'unsupported',
			{ type: 'unsupported', errors: unsupported, unsupported: { type: 'poll_creation' } },
			{
				type: 'unsupported',
				errors: [
					{ code: 131051, title: 'Message type unknown', message: 'Message type unknown', details: 'Not supported.' },
				],
			},
		],
		['type of the future', { type: 'hologram', hologram: { id: 1 } }, { type: 'unknown' }],
		['image without its id', { type: 'image', image: { mime_type: 'image/png' } }, { type: 'unknown' }],
		[
			'edit of an edit',
			{ type: 'edit', edit: { original_message_id: 'a', message: { type: 'edit', edit: {} } } },
			{ type: 'edit', originalMessageId: 'a' },
		],
		['type named like an object key', { type: '__proto__' }, { type: 'unknown' }],
		['no type', {}, { type: 'unknown' }],
	])('given %s, reads its content', (_case, message, content) => {
		const event = onlyMessage(inbound(message));
		expect(event.content).toEqual(content);
		expect(event).toMatchObject({
			id: 'wamid.HBgMNTczMDAxMjM0NTY3',
			channel: CHANNEL,
			from: { waId: '573001234567', userId: 'CO.13491208655302741918', profileName: 'Ana Pérez' },
		});
		expect(event.at.toISOString()).toBe('2025-06-08T20:59:43.000Z');
		expect(event.raw).toMatchObject(message);
	});

	it.each<[string, Json, MessageContent['system']]>([
		[
			'new number',
			{
				body: 'User Ana changed from 573001234567 to 573007654321',
				wa_id: '573007654321',
				type: 'user_changed_number',
			},
			{
				type: 'user_changed_number',
				body: 'User Ana changed from 573001234567 to 573007654321',
				newWaId: '573007654321',
			},
		],
		[
			'new number in the older spelling',
			{ body: 'changed', new_wa_id: '573007654321', type: 'customer_changed_number' },
			{ type: 'customer_changed_number', body: 'changed', newWaId: '573007654321' },
		],
		[
			'new user id',
			{
				body: 'User Ana changed from CO.1 to CO.2',
				type: 'user_changed_user_id',
				user_id: 'CO.2',
				parent_user_id: 'US.ENT.2',
			},
			{ type: 'user_changed_user_id', body: 'User Ana changed from CO.1 to CO.2', newUserId: 'CO.2' },
		],
		['new identity', { type: 'customer_identity_changed' }, { type: 'customer_identity_changed' }],
	])('given a system message about a %s without contacts, keeps old and new', (_case, system, expected) => {
		const event = onlyMessage(inbound({ type: 'system', system }, { contacts: undefined }));
		expect(event.content.system).toEqual(expected);
		expect(event.from.waId).toBe('573001234567');
	});

	it('given a click on an ad, a product question and a forwarded message in a group, keeps where it came from', () => {
		const event = onlyMessage(
			inbound({
				type: 'text',
				text: { body: 'Me interesa' },
				group_id: 'G1',
				context: {
					from: '573009998877',
					id: 'wamid.Z',
					forwarded: true,
					frequently_forwarded: true,
					referred_product: { catalog_id: '19', product_retailer_id: 'x1' },
				},
				referral: {
					source_url: 'https://fb.me/1',
					source_id: '12',
					source_type: 'ad',
					headline: 'Portátiles',
					body: 'Hoy',
					media_type: 'image',
					ctwa_clid: 'clid',
				},
			}),
		);
		expect(event.context).toEqual({
			messageId: 'wamid.Z',
			forwarded: true,
			frequentlyForwarded: true,
			referredProduct: { catalogId: '19', productRetailerId: 'x1' },
		});
		expect(event.referral).toEqual({
			sourceUrl: 'https://fb.me/1',
			sourceId: '12',
			sourceType: 'ad',
			headline: 'Portátiles',
			body: 'Hoy',
			ctwaClid: 'clid',
		});
		expect(event.groupId).toBe('G1');
	});

	it.each<[string, Json, Json, MessageEvent['from']]>([
		[
			'no username',
			{ profile: { name: 'Ana' }, wa_id: '573001234567', user_id: 'CO.1' },
			{ from: '573001234567', from_user_id: 'CO.1' },
			{ waId: '573001234567', userId: 'CO.1', profileName: 'Ana' },
		],
		[
			'username without phone',
			{ profile: { name: 'Ana', username: 'anap' }, user_id: 'CO.1' },
			{ from: undefined, from_user_id: 'CO.1' },
			{ userId: 'CO.1', username: 'anap', profileName: 'Ana' },
		],
		[
			'username with phone',
			{ profile: { name: 'Ana', username: 'anap' }, wa_id: '573001234567', user_id: 'CO.1' },
			{ from: '573001234567', from_user_id: 'CO.1' },
			{ waId: '573001234567', userId: 'CO.1', username: 'anap', profileName: 'Ana' },
		],
		[
			'parent user id',
			{ profile: { name: 'Ana', username: 'anap' }, user_id: 'CO.1', parent_user_id: 'US.ENT.7' },
			{ from: undefined, from_user_id: 'CO.1', from_parent_user_id: 'US.ENT.7' },
			{ userId: 'CO.1', parentUserId: 'US.ENT.7', username: 'anap', profileName: 'Ana' },
		],
		['a card only', { wa_id: '573001234567' }, { from: undefined, from_user_id: undefined }, { waId: '573001234567' }],
		[
			'a plus sign',
			{ wa_id: '+57 300 1234567' },
			{ from: '+573001234567', from_user_id: undefined },
			{ waId: '573001234567' },
		],
	])('given a sender with %s, knows them by what there is (A2)', (_case, contact, sender, from) => {
		expect(
			onlyMessage(inbound({ type: 'text', text: { body: 'x' }, ...sender }, { contacts: [contact] })).from,
		).toEqual(from);
	});

	it('given two people in one change, gives each message its own name', () => {
		const value = {
			metadata: METADATA,
			contacts: [ANA, { profile: { name: 'Luis' }, wa_id: '573110000000' }],
			messages: [
				{ from: '573110000000', id: 'b', timestamp: '2', type: 'text', text: { body: '2' } },
				{ from: '573001234567', id: 'a', timestamp: '1', type: 'text', text: { body: '1' } },
				{ from: '573220000000', id: 'c', timestamp: '3', type: 'text', text: { body: '3' } },
			],
		};
		const names = parseMetaWebhook(delivery('messages', value)).map(
			(event) => event.kind === 'message' && event.from.profileName,
		);
		expect(names).toEqual(['Luis', 'Ana Pérez', undefined]);
	});

	it('given a message that names nobody or no number of ours, keeps it as unknown instead of guessing', () => {
		const nobody = inbound({ type: 'text', from: undefined, from_user_id: undefined }, { contacts: [] });
		const noNumber = inbound({ type: 'text', text: { body: 'x' } }, { metadata: {} });
		expect([onlyEvent(nobody).kind, onlyEvent(noNumber).kind]).toEqual(['unknown', 'unknown']);
	});
});

describe('parseMetaWebhook: what became of our messages', () => {
	const statusOf = (status: Json, value: Json = {}) =>
		onlyEvent(
			delivery('messages', {
				metadata: METADATA,
				...value,
				statuses: [{ id: 'wamid.S', status: 'sent', timestamp: '1749416383', recipient_id: '573001234567', ...status }],
			}),
		);

	it.each(['sent', 'delivered', 'read', 'played', 'failed'])(
		'given %s, names message, state and our own id',
		(status) => {
			expect(statusOf({ status, biz_opaque_callback_data: 'outbox-1' })).toMatchObject({
				kind: 'status',
				id: `wamid.S:${status}`,
				messageId: 'wamid.S',
				status,
				callbackData: 'outbox-1',
				recipient: { waId: '573001234567' },
			});
		},
	);

	it('given pricing, keeps it for the cost estimate', () => {
		const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' };
		expect(statusOf({ pricing })).toMatchObject({
			pricing: { billable: true, model: 'PMP', type: 'regular', category: 'utility' },
		});
	});

	it('given a failure, keeps code, words and link', () => {
		const errors = [
			{ code: 131047, title: 'Re-engagement', message: 'm', error_data: { details: 'd' }, href: 'https://h' },
		];
		expect(statusOf({ status: 'failed', errors })).toMatchObject({
			errors: [{ code: 131047, title: 'Re-engagement', message: 'm', details: 'd', href: 'https://h' }],
		});
	});

	it('given a recipient without phone, knows them by user id', () => {
		const status = { recipient_id: undefined, recipient_user_id: 'CO.1', recipient_parent_user_id: 'US.ENT.7' };
		expect(statusOf(status, { contacts: [{ profile: { name: 'Ana' }, user_id: 'CO.1' }] })).toMatchObject({
			recipient: { userId: 'CO.1', parentUserId: 'US.ENT.7', profileName: 'Ana' },
		});
	});

	it('given a group, tells the participants apart', () => {
		const group = {
			recipient_type: 'group',
			recipient_id: 'G1',
			recipient_participant_id: '573001234567',
			status: 'read',
		};
		expect(statusOf(group)).toMatchObject({ id: 'wamid.S:read:573001234567', recipient: { waId: '573001234567' } });
	});

	it('given a state that we do not know, keeps it as unknown', () => {
		expect(statusOf({ status: 'teleported' })).toMatchObject({ kind: 'unknown', field: 'messages' });
	});

	it('given an error of the account beside no message, makes an error event', () => {
		const errors = [
			{ code: 130429, title: 'Rate limit hit', message: 'Rate limit hit', error_data: { details: 'slow' } },
		];
		expect(onlyEvent(delivery('messages', { metadata: METADATA, errors }))).toMatchObject({
			kind: 'error',
			channel: CHANNEL,
			errors: [{ code: 130429, title: 'Rate limit hit', details: 'slow' }],
		});
	});
});

describe('parseMetaWebhook: linked numbers (coexistence)', () => {
	const echoes = (echo: Json, value: Json = {}) =>
		onlyEvent(
			delivery('smb_message_echoes', {
				metadata: METADATA,
				...value,
				message_echoes: [{ from: '573009998877', to: '573001234567', id: 'wamid.E', timestamp: '1749416383', ...echo }],
			}),
		);

	it.each<[string, Json, MessageContent]>([
		['text', { type: 'text', text: { body: 'Ya te atiendo' } }, { type: 'text', text: 'Ya te atiendo' }],
		['revoke', { type: 'revoke', revoke: { original_message_id: 'w' } }, { type: 'revoke', originalMessageId: 'w' }],
		[
			'edit',
			{ type: 'edit', edit: { original_message_id: 'w', message: { type: 'text', text: { body: 'b' } } } },
			{ type: 'edit', text: 'b', originalMessageId: 'w', edited: { type: 'text', text: 'b' } },
		],
	])('given an echo (%s), it is ours, never inbound (own reply classified as inbound)', (_case, echo, content) => {
		expect(echoes(echo)).toMatchObject({ kind: 'echo', id: 'wamid.E', to: { waId: '573001234567' }, content });
	});

	it('given an echo to a person without phone, knows them by user id', () => {
		const echo = {
			to: undefined,
			to_user_id: 'CO.1',
			to_parent_user_id: 'US.ENT.7',
			type: 'text',
			text: { body: 'x' },
		};
		expect(echoes(echo, { contacts: [{ profile: { name: 'Ana' }, user_id: 'CO.1' }] })).toMatchObject({
			to: { userId: 'CO.1', parentUserId: 'US.ENT.7', profileName: 'Ana' },
		});
	});

	const history = (value: Json) => parseMetaWebhook(delivery('history', { metadata: METADATA, ...value }));

	it('given a chunk of history, gives every message of every thread its side, phase and progress', () => {
		const chunk = {
			metadata: { phase: 1, chunk_order: 2, progress: 55 },
			threads: [
				{
					id: '573001234567',
					messages: [
						{
							from: '573001234567',
							id: 'h1',
							timestamp: '1739230955',
							type: 'text',
							text: { body: 'Hola' },
							history_context: { status: 'READ' },
						},
						{
							from: '573009998877',
							to: '573001234567',
							id: 'h2',
							timestamp: '1739230970',
							type: 'text',
							text: { body: 'Buenas' },
						},
						{ from: '573001234567', id: 'h3', timestamp: '1739230990', type: 'media_placeholder' },
					],
				},
				{
					id: 'CO.9',
					messages: [{ from_user_id: 'CO.9', id: 'h4', timestamp: '1739231000', type: 'text', text: { body: 'x' } }],
				},
			],
		};
		expect(history({ history: [chunk] })).toMatchObject([
			{
				kind: 'history',
				id: 'h1',
				direction: 'in',
				contact: { waId: '573001234567' },
				status: 'READ',
				phase: 1,
				progress: 55,
			},
			{ id: 'h2', direction: 'out', contact: { waId: '573001234567' }, content: { text: 'Buenas' } },
			{ id: 'h3', direction: 'in', content: { type: 'unsupported' } },
			{ id: 'h4', direction: 'in', contact: { userId: 'CO.9' } },
		]);
	});

	it('given the file of an old message in a later webhook, is no duplicate of its placeholder', () => {
		const image = {
			from: '573001234567',
			id: 'h3',
			timestamp: '1739230990',
			type: 'image',
			image: { id: '77', mime_type: 'image/png' },
		};
		expect(history({ contacts: [ANA], messages: [image] })).toMatchObject([
			{ kind: 'history', id: 'h3:media', mediaOf: 'h3', direction: 'in', content: { media: { mediaId: '77' } } },
		]);
	});

	it('given that the business declined, says so as an error', () => {
		const errors = [
			{ code: 2593109, title: 'History sync is turned off by the business from the WhatsApp Business App' },
		];
		expect(history({ history: [{ errors }] })).toMatchObject([{ kind: 'error', errors: [{ code: 2593109 }] }]);
	});

	it('given the address book, tells additions from removals', () => {
		const contact = (action: string, card: Json) => ({
			type: 'contact',
			contact: card,
			action,
			metadata: { timestamp: '1739321024' },
		});
		const events = parseMetaWebhook(
			delivery('smb_app_state_sync', {
				metadata: METADATA,
				state_sync: [
					contact('add', { full_name: 'Ana Pérez', first_name: 'Ana', phone_number: '573001234567' }),
					contact('remove', { phone_number: '573001234567' }),
				],
			}),
		);
		expect(events).toMatchObject([
			{
				kind: 'contact_sync',
				action: 'add',
				contact: { waId: '573001234567', fullName: 'Ana Pérez', firstName: 'Ana' },
			},
			{ kind: 'contact_sync', action: 'remove', contact: { waId: '573001234567' } },
		]);
		expect(events[0].id).not.toBe(events[1].id);
	});
});

describe('parseMetaWebhook: account news and the unknown', () => {
	const time = { time: 1739321024 };

	it.each<[string, Json, Json]>([
		[
			'account_update',
			{ event: 'PARTNER_ADDED', waba_info: { waba_id: '99', owner_business_id: '5' } },
			{ event: 'PARTNER_ADDED', wabaId: '99' },
		],
		[
			'account_update',
			{ event: 'PARTNER_REMOVED', disconnection_info: { reason: 'PRIMARY_INACTIVITY' } },
			{ event: 'PARTNER_REMOVED' },
		],
		['account_alerts', { entity_type: 'BUSINESS', alert_severity: 'CRITICAL' }, {}],
		['account_review_update', { decision: 'APPROVED' }, { event: 'APPROVED' }],
		['message_template_status_update', { event: 'PAUSED', message_template_id: 1, reason: null }, { event: 'PAUSED' }],
		['message_template_quality_update', { new_quality_score: 'RED' }, {}],
		['template_category_update', { new_category: 'MARKETING' }, {}],
		['phone_number_quality_update', { event: 'THROUGHPUT_UPGRADE' }, { event: 'THROUGHPUT_UPGRADE' }],
		['phone_number_name_update', { decision: 'APPROVED' }, { event: 'APPROVED' }],
		['business_username_updates', { username: 'prosuministros', status: 'approved' }, { event: 'approved' }],
		[
			'group_lifecycle_update',
			{ groups: [{ type: 'group_create', timestamp: '1750269342' }] },
			{ event: 'group_create' },
		],
		[
			'user_preferences',
			{ user_preferences: [{ user_id: 'CO.1', value: 'stop', timestamp: 1739321024 }] },
			{ event: 'stop' },
		],
		[
			'user_id_update',
			{ user_id_update: [{ user_id: { previous: 'CO.1', current: 'CO.2' }, timestamp: '1739321024' }] },
			{},
		],
	])('given %s, makes account news with its time', (field, value, expected) => {
		const event = onlyEvent(delivery(field, value, time));
		expect(event).toMatchObject({ kind: 'account', field, wabaId: '102290129340398', ...expected });
		expect(event.at.getTime()).toBeGreaterThanOrEqual(1739321024000);
	});

	it('given a new user id, says which address it replaces', () => {
		const change = {
			wa_id: '573007654321',
			user_id: { previous: 'CO.1', current: 'CO.2' },
			parent_user_id: { previous: 'US.ENT.1', current: 'US.ENT.2' },
			timestamp: '1739321024',
		};
		expect(onlyEvent(delivery('user_id_update', { user_id_update: [change] }))).toMatchObject({
			identityChange: {
				previous: { userId: 'CO.1', parentUserId: 'US.ENT.1' },
				current: { waId: '573007654321', userId: 'CO.2', parentUserId: 'US.ENT.2' },
			},
		});
	});

	it('given the same news again, the id is the same; given the news of another moment, it is not', () => {
		const news = (at: number) =>
			onlyEvent(delivery('message_template_status_update', { event: 'PAUSED' }, { time: at })).id;
		expect(news(1)).toBe(news(1));
		expect(news(1)).not.toBe(news(2));
	});

	it('given two people who stop marketing in one webhook, makes two events', () => {
		const user_preferences = [
			{ user_id: 'CO.1', value: 'stop' },
			{ user_id: 'CO.2', value: 'resume' },
		];
		expect(parseMetaWebhook(delivery('user_preferences', { user_preferences })).map((event) => event.kind)).toEqual([
			'account',
			'account',
		]);
	});

	it.each<[string, unknown]>([
		['a field of the future', delivery('telepathy', { metadata: METADATA, thought: 1 })],
		['calls', delivery('calls', { metadata: METADATA, calls: [{}] })],
		['an empty messages value', delivery('messages', {})],
		['a value that is no object', delivery('messages', 'x')],
		['an entry without changes', { object: 'whatsapp_business_account', entry: [{ id: '1' }] }],
		['an entry that is null', { entry: [null] }],
		['a change that is null', { entry: [{ id: '1', changes: [null] }] }],
		[
			'another product of Meta',
			{ object: 'instagram', entry: [{ id: '1', changes: [{ field: 'messages', value: {} }] }] },
		],
	])('given %s, keeps it as unknown with its raw object (unknown change type)', (_case, body) => {
		const event = onlyEvent(body);
		expect(event.kind).toBe('unknown');
		expect(event).toHaveProperty('raw');
	});

	it.each([[undefined], [null], [''], ['x'], [0], [[]], [{}], [{ entry: {} }], [{ entry: [] }]])(
		'given %j, finds no events',
		(body) => {
			expect(parseMetaWebhook(body)).toEqual([]);
		},
	);
});

describe('parseMetaWebhook: batches and hostile bodies', () => {
	it('given several entries, changes and messages, reads them all in order (only the first entry/change/message read)', () => {
		const change = (label: string) => ({
			field: 'messages',
			value: {
				metadata: METADATA,
				messages: ['1', '2'].map((n) => ({
					from: '573001234567',
					id: `${label}${n}`,
					timestamp: '1',
					type: 'text',
					text: { body: n },
				})),
				statuses: [{ id: `${label}s`, status: 'read', timestamp: '1', recipient_id: '573001234567' }],
			},
		});
		const body = {
			object: 'whatsapp_business_account',
			entry: ['a', 'b'].map((id) => ({ id, changes: [change(`${id}x`), change(`${id}y`)] })),
		};
		expect(parseMetaWebhook(body).map((event) => event.id)).toEqual(
			['ax', 'ay', 'bx', 'by'].flatMap((label) => [`${label}1`, `${label}2`, `${label}s:read`]),
		);
	});

	it('given any mixture of good and broken parts, makes at least one event for each and loses no good one', () => {
		const good = fc
			.uuid()
			.map((id) => ({ from: '573001234567', id, timestamp: '1', type: 'text', text: { body: 'x' } }));
		fc.assert(
			fc.property(fc.array(fc.oneof(good, fc.anything()), { minLength: 1, maxLength: 20 }), (messages) => {
				const events = parseMetaWebhook(delivery('messages', { metadata: METADATA, messages }));
				expect(events).toHaveLength(messages.length);
				expect(events.filter((event) => event.kind === 'message').length).toBeGreaterThanOrEqual(
					messages.filter((message) => JSON.stringify(message)?.includes('"type":"text"')).length,
				);
			}),
		);
	});

	const FIELDS = [
		'messages',
		'history',
		'smb_message_echoes',
		'smb_app_state_sync',
		'account_update',
		'user_preferences',
		'group_x',
		'other',
	];
	const KEYS = [
		'metadata',
		'contacts',
		'messages',
		'statuses',
		'errors',
		'history',
		'message_echoes',
		'state_sync',
		'user_preferences',
		'groups',
	];

	it('given anything at all, never throws and every event has an id, a time and its raw object', () => {
		const value = fc.dictionary(fc.constantFrom(...KEYS), fc.oneof(fc.anything(), fc.array(fc.anything())));
		const body = fc.oneof(
			fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
			fc.record({
				entry: fc.array(
					fc.record({ id: fc.anything(), changes: fc.array(fc.record({ field: fc.constantFrom(...FIELDS), value })) }),
				),
			}),
		);
		fc.assert(
			fc.property(body, (given) => {
				for (const event of parseMetaWebhook(given)) {
					expect(event.id).toMatch(/./);
					expect(event.at).toBeInstanceOf(Date);
					expect(Number.isNaN(event.at.getTime())).toBe(false);
					expect(event.kind).toMatch(/^[a-z_]+$/);
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('given the same body twice, gives the same events', () => {
		fc.assert(
			fc.property(fc.json(), (json) => {
				const body = () =>
					delivery('messages', { metadata: METADATA, messages: [JSON.parse(json)], errors: [JSON.parse(json)] });
				expect(parseMetaWebhook(body())).toEqual(parseMetaWebhook(body()));
			}),
		);
	});

	it('given a body nested beyond reason, answers', () => {
		const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
		expect(onlyEvent(delivery('messages', { metadata: METADATA, messages: [deep] })).kind).toBe('unknown');
	});
});

const CONTRACT = resolve(__dirname, '../../../shared/contracts/whatsapp-business-messaging-v23.yaml');
const withContract = existsSync(CONTRACT) ? describe : describe.skip;

withContract("parseMetaWebhook against Meta's own examples", () => {
	const examples = (): Array<[string, unknown]> => {
		const lines = readFileSync(CONTRACT, 'utf8').split('\n');
		const start = lines.indexOf('  /whatsapp/webhooks:');
		const end = lines.findIndex((line, index) => index > start && /^ {2}\S/.test(line));
		const document = parseYaml(lines.slice(start, end === -1 ? undefined : end).join('\n')) as {
			'/whatsapp/webhooks': {
				post: { requestBody: { content: { 'application/json': { examples: Record<string, { value: unknown }> } } } };
			};
		};
		const found = document['/whatsapp/webhooks'].post.requestBody.content['application/json'].examples;
		return Object.entries(found).map(([name, example]) => [name, example.value]);
	};

	it('given every example, understands it', () => {
		const found = examples();
		expect(found.length).toBeGreaterThanOrEqual(16);
		for (const [name, body] of found) {
			const events = parseMetaWebhook(body);
			const understood = events.map((event) => ({
				name,
				unknown: event.kind === 'unknown' || (event.kind === 'message' && event.content.type === 'unknown'),
			}));
			expect(understood).toEqual([{ name, unknown: false }]);
		}
	});
});
