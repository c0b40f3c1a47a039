import type { INodeProperties } from 'n8n-workflow';

import type { BatchOperation, Operation, OperationContext, Resource } from '../shared/n8n/operation';
import { flag, parameter } from '../shared/n8n/parameters';
import type { Store } from '../shared/store/store';
import { languageOptions } from './businessProfile/fieldParts';

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

/** Filters of a list of what the bot knows. */
export const activeFilter = (what: string, ...more: readonly INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: `Whether only ${what} that customers are told are returned, or only the others`,
		},
		...more,
	],
});

/** In which language something is written. */
export const languageField: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: languageOptions,
	default: 'es',
	description: 'Language of the words; among equals the one of the conversation is taken',
};

/** Who changes settings, for the audit log. */
export const SETTINGS_ACTOR = 'workflow';
