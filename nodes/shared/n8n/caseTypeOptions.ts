import type { INodePropertyOptions } from 'n8n-workflow';

/** The kinds of case, wherever a form asks for one. */
export const CASE_TYPE_OPTIONS: readonly INodePropertyOptions[] = [
	{ name: 'Billing', value: 'billing' },
	{ name: 'Documents', value: 'documents' },
	{ name: 'Information', value: 'information' },
	{ name: 'Order Status', value: 'order_status' },
	{ name: 'Other', value: 'other' },
	{ name: 'Quotation', value: 'quotation' },
	{ name: 'Support', value: 'support' },
];
