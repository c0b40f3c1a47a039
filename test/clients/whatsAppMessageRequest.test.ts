import {
	buildMessageRequest,
	type ContactCard,
	type WhatsAppMessage,
} from '../../nodes/shared/clients/whatsapp/messageRequest';
import { buildTemplateComponents } from '../../nodes/shared/clients/whatsapp/templateComponents';
import { InvalidInput } from '../../nodes/shared/domain/invalidInput';
import type { Identity } from '../../nodes/shared/domain/messages/events';
import { LIMITS } from '../../nodes/shared/domain/messages/limits';
import { readRecipient } from '../../nodes/shared/domain/messages/recipient';
import { checkSend } from '../simulators/graph/sendRules';
import * as fc from '../support/properties';

const ANA: Identity = { waId: '573001234567' };
const NUMBER = '106540352242922';

const bodyOf = (message: WhatsAppMessage, to: Identity = ANA) =>
	buildMessageRequest({ phoneNumberId: NUMBER, to, message }).body;

/** The parameter that is blamed, or undefined when the message is fine. */
function blamed(message: WhatsAppMessage, to: Identity = ANA): string | undefined {
	try {
		bodyOf(message, to);
		return undefined;
	} catch (error) {
		if (!(error instanceof InvalidInput)) throw error;
		expect(error.message).toContain(`'${error.parameter}'`);
		expect(error.description).toBeTruthy();
		return error.parameter;
	}
}

const long = (length: number) => 'x'.repeat(length);
const choice = (index: number, more: { title?: string; description?: string } = {}) => ({
	id: `id-${index}`,
	title: `Opción ${index}`,
	...more,
});
const choices = (count: number) => Array.from({ length: count }, (_, index) => choice(index + 1));
const card = (index: number): ContactCard => ({
	formattedName: `Ana ${index}`,
	firstName: 'Ana',
	phones: [{ phone: '+573001234567' }],
});
const rows = (count: number) => [{ rows: choices(count) }];

describe('every documented limit is checked before the call, with the name of the parameter', () => {
	const text = 'Hola';
	const cases: ReadonlyArray<readonly [string, (length: number) => WhatsAppMessage, number, string]> = [
		['a text', (n) => ({ type: 'text', text: long(n) }), LIMITS.text, 'Text'],
		['a text with buttons', (n) => ({ type: 'buttons', text: long(n), buttons: choices(1) }), LIMITS.body, 'Text'],
		[
			'a button title',
			(n) => ({ type: 'buttons', text, buttons: [choice(1, { title: long(n) })] }),
			LIMITS.buttonTitle,
			'Button Title',
		],
		[
			'a button id',
			(n) => ({ type: 'buttons', text, buttons: [{ id: long(n), title: 'Sí' }] }),
			LIMITS.buttonId,
			'Button ID',
		],
		['the buttons', (n) => ({ type: 'buttons', text, buttons: choices(n) }), LIMITS.buttons, 'Buttons'],
		['a footer', (n) => ({ type: 'buttons', text, buttons: choices(1), footer: long(n) }), LIMITS.footer, 'Footer'],
		[
			'a header',
			(n) => ({ type: 'buttons', text, buttons: choices(1), header: { type: 'text', text: long(n) } }),
			LIMITS.header,
			'Header Text',
		],
		[
			'a text with a list',
			(n) => ({ type: 'list', text: long(n), label: 'Ver', sections: rows(1) }),
			LIMITS.listBody,
			'Text',
		],
		[
			'a list label',
			(n) => ({ type: 'list', text, label: long(n), sections: rows(1) }),
			LIMITS.listLabel,
			'List Label',
		],
		['the rows of a list', (n) => ({ type: 'list', text, label: 'Ver', sections: rows(n) }), LIMITS.listRows, 'Rows'],
		[
			'a row title',
			(n) => ({ type: 'list', text, label: 'Ver', sections: [{ rows: [choice(1, { title: long(n) })] }] }),
			LIMITS.rowTitle,
			'Row Title',
		],
		[
			'a row id',
			(n) => ({ type: 'list', text, label: 'Ver', sections: [{ rows: [{ id: long(n), title: 'Sí' }] }] }),
			LIMITS.rowId,
			'Row ID',
		],
		[
			'a row description',
			(n) => ({ type: 'list', text, label: 'Ver', sections: [{ rows: [choice(1, { description: long(n) })] }] }),
			LIMITS.rowDescription,
			'Row Description',
		],
		[
			'a section title',
			(n) => ({ type: 'list', text, label: 'Ver', sections: [{ title: long(n), rows: choices(1) }] }),
			LIMITS.sectionTitle,
			'Section Title',
		],
		[
			'a URL button label',
			(n) => ({ type: 'url_button', text, label: long(n), url: 'https://example.com' }),
			LIMITS.urlButtonLabel,
			'Button Label',
		],
		['a location request', (n) => ({ type: 'location_request', text: long(n) }), LIMITS.body, 'Text'],
		['a contact request', (n) => ({ type: 'contact_request', text: long(n) }), LIMITS.body, 'Text'],
		[
			'a caption',
			(n) => ({ type: 'media', mediaType: 'image', mediaId: '1', caption: long(n) }),
			LIMITS.caption,
			'Caption',
		],
		[
			'a file name',
			(n) => ({ type: 'media', mediaType: 'document', mediaId: '1', filename: long(n) }),
			LIMITS.filename,
			'File Name',
		],
		[
			'the name of a location',
			(n) => ({ type: 'location', latitude: 4, longitude: -74, name: long(n) }),
			LIMITS.place,
			'Location Name',
		],
		[
			'contact cards',
			(n) => ({ type: 'contacts', contacts: Array.from({ length: n }, (_, index) => card(index)) }),
			LIMITS.contacts,
			'Contacts',
		],
		[
			'the name of a template',
			(n) => ({ type: 'template', name: long(n), languageCode: 'es' }),
			LIMITS.templateName,
			'Template',
		],
	];

	it.each(cases)('%s: the limit itself passes here and at the vendor, one more is refused', (_, make, limit, name) => {
		expect(blamed(make(limit))).toBeUndefined();
		expect(() => checkSend({ ...bodyOf(make(limit)) })).not.toThrow();
		expect(blamed(make(limit + 1))).toBe(name);
	});

	it.each<readonly [string, WhatsAppMessage, string]>([
		['an empty text', { type: 'text', text: '  ' }, 'Text'],
		['no buttons', { type: 'buttons', text, buttons: [] }, 'Buttons'],
		[
			'two buttons of one title',
			{ type: 'buttons', text, buttons: [choice(1, { title: 'Sí' }), choice(2, { title: 'Sí ' })] },
			'Button Title',
		],
		[
			'two buttons of one id',
			{ type: 'buttons', text, buttons: [choice(1), { id: 'id-1', title: 'Otro' }] },
			'Button ID',
		],
		[
			'two sections without titles',
			{ type: 'list', text, label: 'Ver', sections: [{ rows: [choice(1)] }, { rows: [choice(2)] }] },
			'Section Title',
		],
		['a link that is no address', { type: 'url_button', text, label: 'Pagar', url: 'pagar' }, 'URL'],
		['a link of another kind', { type: 'url_button', text, label: 'Pagar', url: 'javascript:alert(1)' }, 'URL'],
		['neither id nor link', { type: 'media', mediaType: 'image' }, 'Media ID'],
		['a caption on an audio', { type: 'media', mediaType: 'audio', mediaId: '1', caption: 'oye' }, 'Caption'],
		['a latitude beyond the pole', { type: 'location', latitude: 91, longitude: 0 }, 'Latitude'],
		['a longitude that is no number', { type: 'location', latitude: 0, longitude: Number.NaN }, 'Longitude'],
		['a language that is none', { type: 'template', name: 'hola', languageCode: 'Spanish' }, 'Language'],
		['a reaction to nothing', { type: 'reaction', messageId: '', emoji: '👍' }, 'Message ID'],
	])('%s is refused', (_, message, name) => {
		expect(blamed(message)).toBe(name);
	});
});

describe('the person is named as Meta wants it', () => {
	it.each<readonly [string, Identity, Record<string, string>]>([
		[
			'digits get their plus, or Meta would put the country of the sender before them',
			{ waId: '573001234567' },
			{ to: '+573001234567' },
		],
		['a plus is not doubled', { waId: '+573001234567' }, { to: '+573001234567' }],
		[
			'B4: without a phone the user id is used',
			{ userId: 'CO.13491208655302741918' },
			{ recipient: 'CO.13491208655302741918' },
		],
		['the phone wins when there are both', { waId: '573001234567', userId: 'CO.1' }, { to: '+573001234567' }],
		['the parent id is the last resort', { parentUserId: 'US.ENT.1' }, { recipient: 'US.ENT.1' }],
	])('%s', (_, to, expected) => {
		const body = bodyOf({ type: 'text', text: 'Hola' }, to);
		expect(body).toMatchObject(expected);
		expect('to' in body && 'recipient' in body).toBe(false);
	});

	it('somebody without any address is refused', () => {
		expect(blamed({ type: 'text', text: 'Hola' }, {})).toBe('To');
	});

	it('an authentication template needs a phone', () => {
		const template: WhatsAppMessage = {
			type: 'template',
			name: 'code',
			languageCode: 'es',
			category: 'authentication',
		};
		expect(blamed(template, { userId: 'CO.1' })).toBe('To');
		expect(blamed(template, ANA)).toBeUndefined();
	});

	it('our id and the answered message travel along', () => {
		const { path, body } = buildMessageRequest({
			phoneNumberId: NUMBER,
			to: ANA,
			message: { type: 'text', text: 'Hola' },
			callbackData: 'outbox-1',
			replyTo: 'wamid.1',
		});
		expect(path).toBe(`/${NUMBER}/messages`);
		expect(body).toMatchObject({ biz_opaque_callback_data: 'outbox-1', context: { message_id: 'wamid.1' } });
	});

	it.each([
		['+57 300 123 4567', '', { waId: '573001234567' }],
		['300 123 4567', 'CO', { waId: '573001234567' }],
		['(300) 123-4567', 'co', { waId: '573001234567' }],
		['573001234567', 'CO', { waId: '573001234567' }],
		['573001234567', '', { waId: '573001234567' }],
		['16505551234', 'CO', { waId: '16505551234' }],
		['0057 300 123 4567', 'ES', { waId: '573001234567' }],
		['CO.13491208655302741918', 'CO', { userId: 'CO.13491208655302741918' }],
		['US.ENT.11815799212886844830', '', { parentUserId: 'US.ENT.11815799212886844830' }],
	])('%p with the country %p is read', (raw, country, expected) => {
		expect(readRecipient(raw, country)).toEqual(expected);
	});

	it.each([
		['Ana', 'CO'],
		['', 'CO'],
		['300 123 4567', ''],
		['+57 300', 'CO'],
		['3001234567', 'Colombia'],
	])('%p with the country %p is refused', (raw, country) => {
		expect(() => readRecipient(raw, country)).toThrow(InvalidInput);
	});
});

describe('choices take the best form that fits', () => {
	const carrier = (message: WhatsAppMessage): string => {
		const { type, interactive } = bodyOf(message) as { type: string; interactive?: { type: string } };
		return interactive?.type ?? type;
	};

	it.each<readonly [string, WhatsAppMessage, string]>([
		['three short options', { type: 'choices', text: 'Hola', choices: choices(3) }, 'button'],
		['four options', { type: 'choices', text: 'Hola', choices: choices(4) }, 'list'],
		[
			'an option with a description',
			{ type: 'choices', text: 'Hola', choices: [choice(1, { description: 'algo' })] },
			'list',
		],
		['a title of 21 characters', { type: 'choices', text: 'Hola', choices: [choice(1, { title: long(21) })] }, 'list'],
		['a text of 1025 characters', { type: 'choices', text: long(1025), choices: choices(2) }, 'list'],
		['a title of 25 characters', { type: 'choices', text: 'Hola', choices: [choice(1, { title: long(25) })] }, 'text'],
		['eleven options', { type: 'choices', text: 'Hola', choices: choices(11) }, 'text'],
		[
			'a list label that is too long',
			{ type: 'choices', text: 'Hola', choices: choices(4), listLabel: long(21) },
			'text',
		],
		[
			'buttons that may fall back',
			{ type: 'buttons', text: 'Hola', buttons: choices(4), otherwise: 'numbered_text' },
			'text',
		],
		[
			'a list that may fall back',
			{ type: 'list', text: 'Hola', label: 'Ver', sections: rows(11), otherwise: 'numbered_text' },
			'text',
		],
	])('%s', (_, message, expected) => {
		expect(carrier(message)).toBe(expected);
		expect(() => checkSend({ ...bodyOf(message) })).not.toThrow();
	});

	it('numbered text can be answered with a number, and a title that brings its own is not numbered twice', () => {
		const body = bodyOf({
			type: 'choices',
			text: '¿Cómo puedo ayudarte hoy?',
			footer: 'Horario: 8 a 18',
			choices: [
				{ id: 'a', title: '1. Solicitar una cotización', description: 'Productos y precios' },
				{ id: 'b', title: 'Consultar el estado de un pedido' },
			],
		});
		expect(body.text).toEqual({
			body: '¿Cómo puedo ayudarte hoy?\n\n1. Solicitar una cotización: Productos y precios\n2. Consultar el estado de un pedido\n\nHorario: 8 a 18',
		});
	});

	it('the client menu of D23 keeps its three buttons', () => {
		const titles = ['1. Cotización', '2. Estado de pedido', '3. Otro motivo'];
		expect(
			carrier({ type: 'choices', text: 'Menú', choices: titles.map((title, index) => ({ id: String(index), title })) }),
		).toBe('button');
	});

	it('property: whatever the options are, what leaves is accepted by the vendor or refused here by name', () => {
		fc.assert(
			fc.property(
				fc.string({ maxLength: 1200 }),
				fc.array(
					fc.record({
						id: fc.string({ minLength: 1, maxLength: 220 }).map((id) => id.trim() || 'x'),
						title: fc.string({ maxLength: 30, unit: 'grapheme' }),
						description: fc.option(fc.string({ maxLength: 80 }), { nil: undefined }),
					}),
					{ maxLength: 12 },
				),
				(text, options) => {
					const message: WhatsAppMessage = { type: 'choices', text, choices: options };
					if (blamed(message) === undefined) expect(() => checkSend({ ...bodyOf(message) })).not.toThrow();
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('templates are filled as Meta wants it', () => {
	it('positional and named parameters, media header, buttons', () => {
		expect(
			buildTemplateComponents({
				header: { type: 'document', mediaId: '1', filename: 'cotizacion.pdf' },
				body: [{ text: 'Ana', name: 'customer' }],
				buttons: [
					{ type: 'url', position: 1, value: 'order/1042' },
					{ type: 'quick_reply', position: 2, value: 'yes' },
					{ type: 'copy_code', position: 3, value: 'PROMO' },
				],
			}),
		).toEqual([
			{ type: 'header', parameters: [{ type: 'document', document: { id: '1', filename: 'cotizacion.pdf' } }] },
			{ type: 'body', parameters: [{ type: 'text', parameter_name: 'customer', text: 'Ana' }] },
			{ type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'order/1042' }] },
			{ type: 'button', sub_type: 'quick_reply', index: '1', parameters: [{ type: 'payload', payload: 'yes' }] },
			{
				type: 'button',
				sub_type: 'copy_code',
				index: '2',
				parameters: [{ type: 'coupon_code', coupon_code: 'PROMO' }],
			},
		]);
	});

	it('a template without placeholders has no components', () => {
		expect(
			bodyOf({ type: 'template', name: 'hello_world', languageCode: 'en_US', components: buildTemplateComponents({}) }),
		).toMatchObject({
			template: { name: 'hello_world', language: { code: 'en_US' } },
		});
	});

	it.each([
		['names for some parameters only', { body: [{ text: 'a', name: 'x' }, { text: 'b' }] }, 'Body Parameters'],
		['an empty parameter', { body: [{ text: ' ' }] }, 'Body Parameters'],
		['a line break in a parameter', { body: [{ text: 'a\nb' }] }, 'Body Parameters'],
		['a media header without media', { header: { type: 'image' as const } }, 'Header'],
		['a button without a value', { buttons: [{ type: 'url' as const, position: 1, value: '' }] }, 'Buttons'],
	])('%s is refused', (_, filling, name) => {
		expect(() => buildTemplateComponents(filling)).toThrow(expect.objectContaining({ parameter: name }) as Error);
	});
});
