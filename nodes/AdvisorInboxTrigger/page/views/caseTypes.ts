import type { CaseType } from '../../../shared/domain/conversation/types';

/** Kinds of case in the order people choose from. */
export const CASE_TYPES = [
	'quotation',
	'information',
	'order_status',
	'support',
	'documents',
	'billing',
	'other',
] as const satisfies readonly CaseType[];
