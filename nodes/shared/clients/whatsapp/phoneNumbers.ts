import { z } from 'zod';

import type { Graph } from './graph';

/** A number of the WhatsApp Business account. */
export interface PhoneNumber {
	readonly id: string;
	/** As people see it: `+57 300 123 4567`. */
	readonly displayPhoneNumber: string;
	readonly verifiedName?: string;
	/** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
	readonly qualityRating?: string;
	readonly platformType?: string;
	/** `STANDARD` (80 messages a second) or `HIGH` (1,000). */
	readonly throughputLevel?: string;
	readonly nameStatus?: string;
	readonly codeVerificationStatus?: string;
	/** Linked with the WhatsApp Business app: 20 messages a second. */
	readonly isOnBusinessApp?: boolean;
	readonly messagingLimit?: string;
}

/** One page of a list; `nextCursor` is absent on the last one. */
export interface Page<Row> {
	readonly rows: readonly Row[];
	readonly nextCursor?: string;
}

export const pagingSchema = z
	.object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
	.optional();

/** Graph gives a cursor on the last page too; `next` alone says that there is more. */
export function nextCursorOf(paging: z.output<typeof pagingSchema>): string | undefined {
	return paging?.next === undefined ? undefined : paging.cursors?.after;
}

const phoneNumberSchema = z.object({
	id: z.coerce.string(),
	display_phone_number: z.string().default(''),
	verified_name: z.string().optional(),
	quality_rating: z.string().optional(),
	platform_type: z.string().optional(),
	throughput: z.object({ level: z.string().optional() }).optional(),
	name_status: z.string().optional(),
	code_verification_status: z.string().optional(),
	is_on_biz_app: z.boolean().optional(),
	whatsapp_business_manager_messaging_limit: z.string().optional(),
});

function phoneNumberFrom(answer: z.output<typeof phoneNumberSchema>): PhoneNumber {
	return {
		id: answer.id,
		displayPhoneNumber: answer.display_phone_number,
		verifiedName: answer.verified_name,
		qualityRating: answer.quality_rating,
		platformType: answer.platform_type,
		throughputLevel: answer.throughput?.level,
		nameStatus: answer.name_status,
		codeVerificationStatus: answer.code_verification_status,
		isOnBusinessApp: answer.is_on_biz_app,
		messagingLimit: answer.whatsapp_business_manager_messaging_limit,
	};
}

const LIST_FIELDS = 'id,display_phone_number,verified_name,quality_rating';
const ALL_FIELDS = `${LIST_FIELDS},platform_type,throughput,name_status,code_verification_status,is_on_biz_app,whatsapp_business_manager_messaging_limit`;

/** Numbers of an account, a page at a time: `GET /<account>/phone_numbers`. @throws RequestFailure */
export async function listPhoneNumbers(
	graph: Graph,
	query: { readonly businessAccountId?: string; readonly after?: string; readonly limit?: number } = {},
): Promise<Page<PhoneNumber>> {
	const account = query.businessAccountId ?? graph.credential.businessAccountId;
	const { data, paging } = await graph.http.request({
		method: 'GET',
		path: `/${encodeURIComponent(account)}/phone_numbers`,
		query: { fields: LIST_FIELDS, limit: query.limit ?? 100, after: query.after },
		answer: z.object({ data: z.array(phoneNumberSchema), paging: pagingSchema }),
		idempotent: true,
		timeout: 'read',
		purpose: 'List phone numbers',
	});
	return { rows: data.map(phoneNumberFrom), nextCursor: nextCursorOf(paging) };
}

/** Everything about one number: `GET /<number>`. @throws RequestFailure */
export async function getPhoneNumber(graph: Graph, phoneNumberId: string): Promise<PhoneNumber> {
	const answer = await graph.http.request({
		method: 'GET',
		path: `/${encodeURIComponent(phoneNumberId)}`,
		query: { fields: ALL_FIELDS },
		answer: phoneNumberSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'Get phone number',
	});
	return phoneNumberFrom(answer);
}
