/** The closed set of intents (requirements B3). */
export const INTENTS = [
	'quotation',
	'order_status',
	'support',
	'documents',
	'billing',
	'human',
	'greeting',
	'thanks',
	'opt_out',
	'unknown',
] as const;

export type Intent = (typeof INTENTS)[number];

/** A rule that matched, so that an operator can see why. */
export interface MatchedRule {
	readonly intent: Intent;
	/** The keyword or phrase as written in the profile. */
	readonly rule: string;
	/** The words of the message that matched it. */
	readonly found: string;
	readonly weight: number;
}

/** What the message says besides its intent; absent keys were not said. */
export interface Entities {
	readonly name?: string;
	readonly identification?: string;
	readonly identificationType?: string;
	readonly product?: string;
	readonly quantity?: number;
	readonly orderNumber?: string;
	readonly email?: string;
	/** E.164. */
	readonly phone?: string;
	readonly city?: string;
	readonly amount?: number;
	/** ISO date. */
	readonly date?: string;
	readonly advisor?: string;
}

export interface Classification {
	readonly intent: Intent;
	/** 0-1. Below the profile's threshold a connected model is asked. */
	readonly confidence: number;
	readonly matched: readonly MatchedRule[];
	readonly entities: Entities;
	/** Who decided. */
	readonly by: 'rules' | 'model';
}
