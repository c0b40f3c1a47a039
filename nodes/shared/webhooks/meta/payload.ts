import { z } from 'zod';

/**
 * The parts of Meta's payloads that we read. Every field is tolerant on its own: a field of an unexpected type is taken
 * as absent, so that one surprise in a batch of a thousand costs one field and never the batch. Whatever is not read
 * here stays in the event's `raw`.
 */

const text = z
	.string()
	.transform((value) => (value === '' ? undefined : value))
	.optional()
	.catch(undefined);

/** Ids and times come as strings, in some account webhooks as numbers. */
const idText = z
	.union([z.string(), z.number().transform(String)])
	.transform((value) => (value === '' ? undefined : value))
	.optional()
	.catch(undefined);

const flag = z.boolean().optional().catch(undefined);

const finite = z.coerce.number().finite();

/** Phone digits. Meta's tables of placeholders write a `+`, its examples and the real webhooks do not. */
const waId = z
	.union([z.string(), z.number().transform(String)])
	.transform((value) => value.replace(/\D/g, '') || undefined)
	.optional()
	.catch(undefined);

const list = z.array(z.unknown()).optional().catch(undefined);

export const errorSchema = z.object({
	code: finite,
	title: text,
	message: text,
	error_data: z.object({ details: text }).optional().catch(undefined),
	href: text,
});

export const metadataSchema = z.object({
	phone_number_id: idText,
	display_phone_number: idText,
});

/** The person's card that comes beside messages and, since April 2026, beside statuses. */
export const contactSchema = z.object({
	wa_id: waId,
	user_id: text,
	parent_user_id: text,
	profile: z.object({ name: text, username: text }).optional().catch(undefined),
});

export const messageSchema = z.object({
	id: text,
	from: waId,
	from_user_id: text,
	from_parent_user_id: text,
	to: waId,
	to_user_id: text,
	to_parent_user_id: text,
	group_id: text,
	timestamp: idText,
	type: text,
	context: z
		.object({
			id: text,
			forwarded: flag,
			frequently_forwarded: flag,
			referred_product: z
				.object({ catalog_id: z.string(), product_retailer_id: z.string() })
				.optional()
				.catch(undefined),
		})
		.optional()
		.catch(undefined),
	referral: z
		.object({
			source_url: text,
			source_id: idText,
			source_type: text,
			headline: text,
			body: text,
			ctwa_clid: text,
		})
		.optional()
		.catch(undefined),
	history_context: z.object({ status: text }).optional().catch(undefined),
	errors: list,
});

export type MetaMessage = z.output<typeof messageSchema>;

export const statusSchema = z.object({
	id: z.string().min(1),
	status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
	timestamp: idText,
	recipient_id: idText,
	recipient_user_id: text,
	recipient_parent_user_id: text,
	recipient_type: text,
	recipient_participant_id: waId,
	biz_opaque_callback_data: text,
	pricing: z.object({ billable: flag, pricing_model: text, type: text, category: text }).optional().catch(undefined),
	errors: list,
});

export const contactSyncSchema = z.object({
	action: z.enum(['add', 'remove']),
	contact: z.object({
		full_name: text,
		first_name: text,
		phone_number: waId,
		user_id: text,
		parent_user_id: text,
		username: text,
	}),
	metadata: z.object({ timestamp: idText }).optional().catch(undefined),
});

const replacement = z.object({ previous: z.string().min(1), current: z.string().min(1) });

/** One element of `user_id_update`. */
export const identityChangeSchema = z.object({
	wa_id: waId,
	user_id: replacement,
	parent_user_id: replacement.optional().catch(undefined),
});

export const historySchema = z.object({
	metadata: z
		.object({ phase: finite.optional().catch(undefined), progress: finite.optional().catch(undefined) })
		.optional()
		.catch(undefined),
	threads: list,
	errors: list,
});

export const threadSchema = z.object({
	id: idText,
	context: z.object({ wa_id: waId, user_id: text, parent_user_id: text, username: text }).optional().catch(undefined),
	messages: list,
});

export const mediaSchema = z.object({
	id: z.union([z.string().min(1), z.number().transform(String)]),
	mime_type: text,
	sha256: text,
	filename: text,
	caption: text,
	url: text,
	animated: flag,
	voice: flag,
});

export const textSchema = z.object({ body: z.string() });

export const locationSchema = z.object({
	latitude: finite,
	longitude: finite,
	name: text,
	address: text,
	url: text,
});

export const cardSchema = z.object({
	name: z.object({ formatted_name: text, first_name: text }).optional().catch(undefined),
});

export const interactiveSchema = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('button_reply'),
		button_reply: z.object({ id: z.string(), title: z.string().catch('') }),
	}),
	z.object({
		type: z.literal('list_reply'),
		list_reply: z.object({ id: z.string(), title: z.string().catch(''), description: text }),
	}),
	z.object({ type: z.literal('nfm_reply'), nfm_reply: z.object({ body: text, response_json: z.unknown() }) }),
]);

/** A quick reply of a template. Templates made before payloads existed send the text only. */
export const buttonSchema = z.object({ payload: text, text: z.string() });

export const reactionSchema = z.object({ message_id: z.string().min(1), emoji: text });

export const orderSchema = z.object({
	catalog_id: idText.transform((value) => value ?? ''),
	text,
	product_items: z
		.array(
			z.object({
				product_retailer_id: z.union([z.string(), z.number().transform(String)]),
				quantity: finite,
				item_price: finite,
				currency: z.string().catch(''),
			}),
		)
		.catch([]),
});

/** `new_wa_id` is the older name of `wa_id`; both are seen. */
export const systemSchema = z.object({
	type: text,
	body: text,
	wa_id: waId,
	new_wa_id: waId,
	user_id: text,
});

export const editSchema = z.object({ original_message_id: z.string().min(1), message: z.unknown() });

export const revokeSchema = z.object({ original_message_id: z.string().min(1) });
