import { z } from 'zod';

import type { Wazzup } from './wazzup';

/** A number or account that Wazzup writes from. */
export interface Channel {
	readonly channelId: string;
	/** `whatsapp`, `wapi` (WhatsApp Business API), `instagram`, `tgapi` … */
	readonly transport: string;
	/** The phone number or account name behind it. */
	readonly plainId?: string;
	/** `active` and a dozen others, in upper and lower case. */
	readonly state: string;
	readonly name?: string;
}

const text = z.union([z.string(), z.number()]).transform(String);
const channelSchema = z.object({
	channelId: z.string().min(1),
	transport: z.string().default(''),
	plainId: text.nullish().transform((value) => value ?? undefined),
	state: z.string().default(''),
	name: text.nullish().transform((value) => value ?? undefined),
});

/** Every channel of the account: `GET /channels`. @throws RequestFailure */
export async function listChannels(wazzup: Wazzup): Promise<readonly Channel[]> {
	return await wazzup.request({
		method: 'GET',
		path: '/channels',
		answer: z.array(channelSchema),
		idempotent: true,
		timeout: 'read',
		purpose: 'Get channels',
	});
}
