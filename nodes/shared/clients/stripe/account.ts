import { z } from 'zod';

import type { Stripe } from './stripe';

const accountSchema = z.object({
	id: z.string(),
	country: z.string().nullish(),
	default_currency: z.string().nullish(),
	charges_enabled: z.boolean().nullish(),
	business_profile: z.object({ name: z.string().nullish() }).nullish(),
	settings: z.object({ dashboard: z.object({ display_name: z.string().nullish() }).nullish() }).nullish(),
});

export interface Account {
	readonly id: string;
	readonly name?: string;
	readonly country?: string;
	/** Whether it may collect at all. */
	readonly chargesEnabled: boolean;
}

/** The account that the key belongs to. */
export async function getAccount(stripe: Stripe): Promise<Account> {
	const account = await stripe.get({ path: '/account', answer: accountSchema, purpose: 'Get account' });
	return {
		id: account.id,
		name: account.settings?.dashboard?.display_name ?? account.business_profile?.name ?? undefined,
		country: account.country ?? undefined,
		chargesEnabled: account.charges_enabled !== false,
	};
}
