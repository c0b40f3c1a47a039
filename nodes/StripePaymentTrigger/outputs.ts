import { PAYMENT_OUTPUTS } from '../shared/domain/payments/outputs';

/** Never reordered: n8n keeps wires by index. */
export const OUTPUTS = PAYMENT_OUTPUTS;

export const OUTPUT_NAMES = [
	'Paid',
	'Pending',
	'Failed',
	'Expired',
	'Refunded',
	'Disputed',
	'Subscription',
	'Mismatch',
	'Due',
];
