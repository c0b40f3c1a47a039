import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { normalizePhone } from '../../shared/domain/identity/phone';
import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, words } from '../../shared/n8n/parameters';
import { chooseField, listOf } from '../../shared/n8n/storeLists';
import { listAdvisors } from '../../shared/store/repositories/advisors';
import { listLinkedNumbers } from '../../shared/store/repositories/linkedNumbers';

/** The advisor whose number it is. */
export const advisorField: INodeProperties = chooseField({
	displayName: 'Advisor',
	name: 'advisor',
	description: 'The person of the team whose own WhatsApp Business number it is',
	search: 'searchAdvisors',
	by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
	required: true,
});

/** Which linked number; the item brings its own. */
export const linkedNumberField: INodeProperties = chooseField({
	displayName: 'Linked Number',
	name: 'linkedNumber',
	description: 'The number; empty for the one of the item, as the Onboarding output of Advisor Inbox Trigger brings it',
	search: 'searchLinkedNumbers',
	by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
});

export const historyField: INodeProperties = {
	displayName: 'Include History',
	name: 'history',
	type: 'boolean',
	default: false,
	description: 'Whether to ask for the conversations of the last 180 days; the person can decline it on the phone',
};

export const excludedNumbersField: INodeProperties = {
	displayName: 'Excluded Numbers',
	name: 'excludedNumbers',
	type: 'string',
	default: '',
	placeholder: 'e.g. +57 300 123 4567, +57 310 765 4321',
	description:
		'People whose conversations are never stored, such as the family: phone numbers, separated by commas. Only their fingerprints are kept.',
};

export const webhookAddressField: INodeProperties = {
	displayName: 'Webhook Address',
	name: 'webhookAddress',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…/whatsapp',
	description:
		'Production URL of WhatsApp Cloud Trigger, where Meta delivers what happens on the number. Empty: found from the address of the inbox.',
};

/** Numbers as they are typed, separated by commas, semicolons or lines. */
export function numbersIn(text: string | undefined): string[] {
	return (text ?? '')
		.split(/[,;\n]/)
		.map((number) => number.trim())
		.filter((number) => number !== '');
}

/** Who acts, for the audit log. */
export const ACTOR = 'workflow';

export function advisorIdOf(context: OperationContext): string {
	return parameter(context, 'advisor', 'Advisor', words).trim();
}

/** @throws InvalidInput when neither the node nor the item names a number */
export function linkedNumberIdOf(context: OperationContext): string {
	const said = parameter(context, 'linkedNumber', 'Linked Number', words).trim();
	const brought: unknown = context.item.json.linkedNumberId;
	const id = said === '' && typeof brought === 'string' ? brought : said;
	if (id !== '') return id;
	throw new InvalidInput({
		message: "'Linked Number' is empty and the item brings none",
		description: 'Choose a number, or connect this node to the Onboarding output of Advisor Inbox Trigger.',
		parameter: 'Linked Number',
	});
}

/** Linked numbers of the store for the list, newest first. */
export async function searchLinkedNumbers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const names = new Map((await listAdvisors(store.db, store.workspaceId)).map(({ id, name }) => [id, name]));
		const rows = await listLinkedNumbers(store.db, store.workspaceId, { limit: 200 });
		return {
			results: rows.map((row) => ({
				name: [names.get(row.advisor_id), row.display_phone_number, row.state].filter(Boolean).join(' · '),
				value: row.id,
			})),
		};
	});
}

/** What a manual run shows of numbers to be left out: how many, and which are unreadable, never a stored list. */
export function shownExclusions(typed: readonly string[], country: string): IDataObject {
	const unreadable = typed.filter((number) => normalizePhone(number, country) === undefined);
	return { excluded: typed.length - unreadable.length, ...(unreadable.length === 0 ? {} : { unreadable }) };
}
