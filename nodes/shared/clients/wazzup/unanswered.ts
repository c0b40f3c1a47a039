import { z } from 'zod';

import type { Wazzup } from './wazzup';

/** Chats that wait for an answer of one user, in the last 7 days. */
export interface Unanswered {
	readonly count: number;
	/** `red`: chats of this user; `grey`: only those of others, or muted ones. */
	readonly type?: string;
	/** As Wazzup gives it. */
	readonly raw: Readonly<Record<string, unknown>>;
}

const count = z.coerce.number().int().min(0);
const unansweredSchema = z
	.object({
		counter: z.union([count, z.object({ count: count.optional(), type: z.string().optional() })]).optional(),
		count: count.optional().catch(undefined),
		unanswered: count.optional().catch(undefined),
		type: z.string().optional().catch(undefined),
	})
	.passthrough()
	.transform((raw): Unanswered => {
		const nested = typeof raw.counter === 'object' ? raw.counter : { count: raw.counter, type: undefined };
		return { count: nested.count ?? raw.count ?? raw.unanswered ?? 0, type: raw.type ?? nested.type, raw };
	});

/** `GET /unanswered/:userId`. @throws RequestFailure */
export async function getUnanswered(wazzup: Wazzup, userId: string): Promise<Unanswered> {
	return await wazzup.request({
		method: 'GET',
		path: `/unanswered/${encodeURIComponent(userId)}`,
		answer: unansweredSchema,
		idempotent: true,
		timeout: 'read',
		purpose: 'Get unanswered counter',
	});
}
