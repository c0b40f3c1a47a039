import { z } from 'zod';
import { GraphError, parameterError } from './graphErrors';
import type { Json } from './types';

/**
 * What `POST /{phone}/messages` accepts, as strict as Meta: limits of MD/messages/* (September 2026) and of Meta's
 * OpenAPI file v23. Unknown keys are refused too: a misspelt `captions` must not pass unseen.
 */

/** Meta counts characters, not UTF-16 units: an emoji is one. */
const characters = (text: string): number => Array.from(text).length;

const bounded = (minimum: number, maximum: number, name: string) =>
	z
		.string()
		.refine(
			(text) => text.length <= maximum || characters(text) <= maximum,
			`${name} length invalid. Min length: ${minimum}, Max length: ${maximum}`,
		)
		.refine(
			(text) => text.trim().length >= minimum,
			`${name} length invalid. Min length: ${minimum}, Max length: ${maximum}`,
		);

const webAddress = z
	.string()
	.refine((value) => /^https?:\/\/[^\s]+$/i.test(value), 'The link must be an http or https URL');

const either = (value: { id?: string; link?: string }): boolean =>
	(value.id === undefined) !== (value.link === undefined);
const eitherMessage = 'Exactly one of id or link is required';

const captioned = z
	.object({
		id: z.string().min(1).optional(),
		link: webAddress.optional(),
		caption: bounded(0, 1024, 'Caption').optional(),
	})
	.strict()
	.refine(either, eitherMessage);
const documentObject = z
	.object({
		id: z.string().min(1).optional(),
		link: webAddress.optional(),
		caption: bounded(0, 1024, 'Caption').optional(),
		filename: bounded(1, 240, 'Filename').optional(),
	})
	.strict()
	.refine(either, eitherMessage);
const audioObject = z
	.object({ id: z.string().min(1).optional(), link: webAddress.optional(), voice: z.boolean().optional() })
	.strict()
	.refine(either, eitherMessage);
const stickerObject = z
	.object({ id: z.string().min(1).optional(), link: webAddress.optional() })
	.strict()
	.refine(either, eitherMessage);

const coordinate = (limit: number, name: string) =>
	z
		.union([z.string(), z.number()])
		.refine((value) => `${value}`.trim() !== '' && Math.abs(Number(value)) <= limit, `${name} is out of range`);

const text = z
	.object({
		body: z.string(),
		preview_url: z.boolean().optional(),
	})
	.strict();

const location = z
	.object({
		latitude: coordinate(90, 'Latitude'),
		longitude: coordinate(180, 'Longitude'),
		name: bounded(0, 1000, 'Name').optional(),
		address: bounded(0, 1000, 'Address').optional(),
	})
	.strict();

const place = z.enum(['HOME', 'WORK']);
const contact = z
	.object({
		name: z
			.object({
				formatted_name: z.string().min(1),
				first_name: z.string().optional(),
				last_name: z.string().optional(),
				middle_name: z.string().optional(),
				prefix: z.string().optional(),
				suffix: z.string().optional(),
			})
			.strict()
			.refine(
				(name) => Object.keys(name).length > 1,
				'At least one of the optional name fields is needed besides formatted_name',
			),
		phones: z
			.array(
				z.object({ phone: z.string().optional(), type: z.string().optional(), wa_id: z.string().optional() }).strict(),
			)
			.optional(),
		emails: z.array(z.object({ email: z.string(), type: place.optional() }).strict()).optional(),
		org: z
			.object({ company: z.string().optional(), department: z.string().optional(), title: z.string().optional() })
			.strict()
			.optional(),
		addresses: z
			.array(
				z
					.object({
						street: z.string().optional(),
						city: z.string().optional(),
						state: z.string().optional(),
						zip: z.string().optional(),
						country: z.string().optional(),
						country_code: z.string().optional(),
						type: place.optional(),
					})
					.strict(),
			)
			.optional(),
		urls: z.array(z.object({ url: z.string(), type: place.optional() }).strict()).optional(),
		birthday: z
			.string()
			.regex(/^\d{4}-\d{2}-\d{2}$/, 'birthday must be YYYY-MM-DD')
			.optional(),
	})
	.strict();

const header = z
	.discriminatedUnion('type', [
		z.object({ type: z.literal('text'), text: bounded(1, 60, 'Header text') }).strict(),
		z.object({ type: z.literal('image'), image: stickerObject }).strict(),
		z.object({ type: z.literal('video'), video: stickerObject }).strict(),
		z.object({ type: z.literal('document'), document: documentObject }).strict(),
	])
	.optional();
const footer = z
	.object({ text: bounded(1, 60, 'Footer text') })
	.strict()
	.optional();
const body = (maximum: number) => z.object({ text: bounded(1, maximum, 'Body text') }).strict();

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const button = z
	.object({
		type: z.literal('button'),
		header,
		body: body(1024),
		footer,
		action: z
			.object({
				buttons: z
					.array(
						z
							.object({
								type: z.literal('reply'),
								reply: z
									.object({
										id: bounded(1, 256, 'Button id').refine(
											(id) => id === id.trim(),
											'Button id has leading or trailing spaces',
										),
										title: bounded(1, 20, 'Button title'),
									})
									.strict(),
							})
							.strict(),
					)
					.min(1, 'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3')
					.max(3, 'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3')
					.refine((buttons) => unique(buttons.map(({ reply }) => reply.title)), 'Button titles must be unique')
					.refine((buttons) => unique(buttons.map(({ reply }) => reply.id)), 'Button ids must be unique'),
			})
			.strict(),
	})
	.strict();

const list = z
	.object({
		type: z.literal('list'),
		header: z
			.object({
				type: z.literal('text', { message: 'Header of a list must be of type text' }),
				text: bounded(1, 60, 'Header text'),
			})
			.strict()
			.optional(),
		body: body(4096),
		footer,
		action: z
			.object({
				button: bounded(1, 20, 'Button label'),
				sections: z
					.array(
						z
							.object({
								title: bounded(1, 24, 'Section title').optional(),
								rows: z
									.array(
										z
											.object({
												id: bounded(1, 200, 'Row id'),
												title: bounded(1, 24, 'Row title'),
												description: bounded(0, 72, 'Row description').optional(),
											})
											.strict(),
									)
									.min(1, 'A section needs at least one row'),
							})
							.strict(),
					)
					.min(1, 'Invalid sections count. Min: 1, Max: 10')
					.max(10, 'Invalid sections count. Min: 1, Max: 10')
					.refine(
						(sections) => sections.reduce((rows, section) => rows + section.rows.length, 0) <= 10,
						'Total row count exceed max allowed count: 10',
					)
					.refine(
						(sections) => sections.length < 2 || sections.every(({ title }) => title !== undefined),
						'Section title is required when there is more than one section',
					)
					.refine(
						(sections) => unique(sections.flatMap(({ rows }) => rows.map(({ id }) => id))),
						'Row ids must be unique',
					),
			})
			.strict(),
	})
	.strict();

const ctaUrl = z
	.object({
		type: z.literal('cta_url'),
		header,
		body: body(1024),
		footer,
		action: z
			.object({
				name: z.literal('cta_url'),
				parameters: z.object({ display_text: bounded(1, 20, 'Display text'), url: webAddress }).strict(),
			})
			.strict(),
	})
	.strict();

const locationRequest = z
	.object({
		type: z.literal('location_request_message'),
		body: body(1024),
		action: z.object({ name: z.literal('send_location') }).strict(),
	})
	.strict();

const contactRequest = z
	.object({
		type: z.literal('request_contact_info'),
		body: body(1024),
		action: z.object({ name: z.literal('request_contact_info') }).strict(),
	})
	.strict();

const flow = z
	.object({
		type: z.literal('flow'),
		header,
		body: body(1024),
		footer,
		action: z
			.object({
				name: z.literal('flow'),
				parameters: z
					.object({
						flow_message_version: z.literal('3'),
						flow_cta: bounded(1, 30, 'Flow button'),
						flow_id: z.string().optional(),
						flow_name: z.string().optional(),
						flow_token: z.string().optional(),
						mode: z.enum(['draft', 'published']).optional(),
						flow_action: z.enum(['navigate', 'data_exchange']).optional(),
						flow_action_payload: z.record(z.unknown()).optional(),
					})
					.strict()
					.refine(
						(parameters) => (parameters.flow_id === undefined) !== (parameters.flow_name === undefined),
						'Exactly one of flow_id or flow_name is required',
					),
			})
			.strict(),
	})
	.strict();

const catalogue = z
	.object({
		type: z.enum([
			'product',
			'product_list',
			'catalog_message',
			'call_permission_request',
			'voice_call',
			'address_message',
		]),
		header: z.record(z.unknown()).optional(),
		body: body(1024).optional(),
		footer,
		action: z.record(z.unknown()),
	})
	.strict();

const interactive = z.union([
	z.discriminatedUnion('type', [button, list, ctaUrl, locationRequest, contactRequest, flow]),
	catalogue,
]);

const template = z
	.object({
		name: z.string().min(1),
		language: z.object({ code: z.string().min(2), policy: z.literal('deterministic').optional() }).strict(),
		namespace: z.string().optional(),
		components: z
			.array(
				z
					.object({
						type: z.string(),
						sub_type: z.string().optional(),
						index: z.union([z.string(), z.number()]).optional(),
						parameters: z.array(z.record(z.unknown())).optional(),
						cards: z.array(z.unknown()).optional(),
					})
					.strict(),
			)
			.optional(),
	})
	.strict();

const reaction = z.object({ message_id: z.string().min(1), emoji: z.string() }).strict();

const contents = {
	text,
	image: captioned,
	video: captioned,
	audio: audioObject,
	document: documentObject,
	sticker: stickerObject,
	location,
	contacts: z.array(contact).min(1).max(5, 'Invalid contacts count. Min: 1, Max: 5'),
	interactive,
	template,
	reaction,
} as const;

export type SendType = keyof typeof contents;

const envelopeKeys = new Set([
	'messaging_product',
	'recipient_type',
	'to',
	'recipient',
	'type',
	'context',
	'biz_opaque_callback_data',
	'message_activity_sharing',
]);

/** A send whose shape Meta would accept. */
export interface CheckedSend {
	readonly type: SendType;
	readonly to?: string;
	readonly recipient?: string;
	readonly content: Json;
	readonly replyTo?: string;
	readonly callbackData?: string;
}

/** `interactive['action']['buttons'][0]`, the way Graph names a parameter. */
function parameterName(path: readonly PropertyKey[]): string {
	const [first, ...rest] = path;
	return `${String(first)}${rest.map((part) => (typeof part === 'number' ? `[${part}]` : `['${String(part)}']`)).join('')}`;
}

/** A union reports one issue for all alternatives; the alternative that went furthest says what is wrong. */
function innermost(issue: z.ZodIssue): z.ZodIssue {
	if (issue.code !== z.ZodIssueCode.invalid_union) return issue;
	const candidates = issue.unionErrors.flatMap((error) => error.issues.map(innermost));
	const named = candidates.filter((candidate) => !(candidate.path.length === 1 && candidate.path[0] === 'type'));
	return named[0] ?? candidates[0] ?? issue;
}

function refusal(type: SendType, zodIssue: z.ZodIssue): GraphError {
	const issue = innermost(zodIssue);
	const name = parameterName([type, ...issue.path]);
	if (issue.code === z.ZodIssueCode.unrecognized_keys) {
		return parameterError(`Unexpected key "${issue.keys[0]}" on param "${name}".`);
	}
	if (issue.code === z.ZodIssueCode.invalid_type && issue.received === 'undefined') {
		return new GraphError(131008, { details: `The parameter ${name} is required.` });
	}
	if (issue.code === z.ZodIssueCode.invalid_type) {
		return parameterError(`Param ${name} must be of type ${issue.expected}.`);
	}
	return new GraphError(131009, { details: issue.message.includes(' ') ? issue.message : `${name} is not valid` });
}

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function optionalText(parameters: Json, key: string): string | undefined {
	const value = parameters[key];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string' || value === '') throw parameterError(`Param ${key} must be a non-empty string.`);
	return value;
}

/**
 * Checks a send as Meta does before it looks at the recipient.
 *
 * @throws GraphError with 100, 131008, 131009 or 131051.
 */
export function checkSend(parameters: Json): CheckedSend {
	if (parameters.messaging_product === undefined) throw parameterError('The parameter messaging_product is required.');
	if (parameters.messaging_product !== 'whatsapp')
		throw parameterError(
			'Param messaging_product must be one of {WHATSAPP} - got "' + String(parameters.messaging_product) + '".',
		);
	const recipientType = parameters.recipient_type;
	if (recipientType !== undefined && recipientType !== 'individual') {
		throw parameterError(`Param recipient_type must be one of {INDIVIDUAL} - got "${String(recipientType)}".`);
	}
	const to = optionalText(parameters, 'to');
	const recipient = optionalText(parameters, 'recipient');
	if (to === undefined && recipient === undefined) throw parameterError('The parameter to is required.');
	const type = parameters.type ?? 'text';
	if (typeof type !== 'string' || !(type in contents)) {
		throw new GraphError(131051, { details: `Unsupported message type. Message type is not currently supported.` });
	}
	const sendType = type as SendType;
	for (const key of Object.keys(parameters)) {
		if (!envelopeKeys.has(key) && key !== type) throw parameterError(`Unexpected key "${key}" on param "message".`);
	}
	const raw = parameters[type];
	if (raw === undefined)
		throw new GraphError(131008, { details: `Parameter '${type}' is mandatory for type '${type}'` });
	const parsed = contents[sendType].safeParse(raw);
	if (!parsed.success) throw refusal(sendType, parsed.error.issues[0]);
	if (sendType === 'text') {
		const { body: words } = parsed.data as { body: string };
		if (words.trim() === '') throw parameterError("Param text['body'] must be a non-empty string.");
		if (words.length > 4096 && characters(words) > 4096) {
			throw parameterError("Param text['body'] must be at most 4096 characters long.");
		}
	}
	const callbackData = optionalText(parameters, 'biz_opaque_callback_data');
	if (callbackData !== undefined && callbackData.length > 512) {
		throw parameterError('Param biz_opaque_callback_data must be at most 512 characters long.');
	}
	let replyTo: string | undefined;
	if (parameters.context !== undefined) {
		const { context } = parameters;
		if (!isObject(context) || typeof context.message_id !== 'string') {
			throw new GraphError(131008, { details: "The parameter context['message_id'] is required." });
		}
		replyTo = context.message_id;
	}
	return {
		type: sendType,
		to,
		recipient,
		content: (isObject(parsed.data) ? parsed.data : { list: parsed.data }) as Json,
		replyTo,
		callbackData,
	};
}
