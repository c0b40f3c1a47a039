/** Outputs of a payment trigger in their order; never reordered: n8n keeps wires by index. */
export const PAYMENT_OUTPUTS = [
	'paid',
	'pending',
	'failed',
	'expired',
	'refunded',
	'disputed',
	'subscription',
	'mismatch',
	'due',
] as const;

export type PaymentOutput = (typeof PAYMENT_OUTPUTS)[number];

/** Outputs that news of a payment leave on: all but Due. */
export type PaymentNews = Exclude<PaymentOutput, 'due'>;
