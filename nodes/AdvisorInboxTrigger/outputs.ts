import { INBOX_OUTPUTS } from '../shared/domain/inbox/requests';

/** Never reordered: n8n keeps wires by index. */
export const OUTPUTS = INBOX_OUTPUTS;

export const OUTPUT_NAMES = [
	'Reply',
	'Crear Lead',
	'Assign',
	'Hyperlink',
	'Case Update',
	'Payment Link',
	'Onboarding',
	'Other',
	'Cash on Delivery',
	'Due',
];
