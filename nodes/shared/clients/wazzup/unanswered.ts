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

/** The counter stands alone, or under `data` as in Wazzup's partner API. An answer without it is not taken for zero. */
const unansweredSchema = z.preprocess(
	(answer) =>
		z.object({ data: z.object({ counter: z.unknown() }).passthrough() }).safeParse(answer).data?.data ?? answer,
	z
		.object({ counter: z.coerce.number().int().min(0), type: z.string().optional().catch(undefined) })
		.passthrough()
		.transform((raw): Unanswered => ({ count: raw.counter, type: raw.type, raw })),
);

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
