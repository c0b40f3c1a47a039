import type { INodeProperties } from 'n8n-workflow';

import type { BatchOperation, Operation, OperationContext, Resource } from '../shared/n8n/operation';
import { flag, parameter } from '../shared/n8n/parameters';
import type { Store } from '../shared/store/store';

/** What an operation of this node works with. */
export interface WhatsAppCrmServices {
	readonly store: Store;
}

export type WhatsAppCrmOperation = Operation<WhatsAppCrmServices>;
export type WhatsAppCrmBatchOperation = BatchOperation<WhatsAppCrmServices>;
export type WhatsAppCrmResource = Resource<WhatsAppCrmServices>;

/**
 * Settings are made by hand, in the setup workflow; everywhere else a run by hand changes nothing. So the person says
 * which of the two it is.
 */
export const saveByHandField: INodeProperties = {
	displayName: 'Save When Run by Hand',
	name: 'saveByHand',
	type: 'boolean',
	default: false,
	description: 'Whether a run in the editor really saves. Otherwise it only shows what would be saved.',
};

/** Whether this run really changes something: always in production, by hand only when the person said so. */
export function changesNow(context: OperationContext): boolean {
	return !context.manual || parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false));
}

/** Who changes settings, for the audit log. */
export const SETTINGS_ACTOR = 'workflow';
