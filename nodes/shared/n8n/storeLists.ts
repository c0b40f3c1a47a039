import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { TEXT_KEYS } from '../domain/conversation/textKeys';
import { ownValue } from '../domain/ownValue';
import { listAdvisors } from '../store/repositories/advisors';
import { listCases } from '../store/repositories/cases';
import { listContacts } from '../store/repositories/contacts';
import { listLeads } from '../store/repositories/leads';
import type { Store } from '../store/store';
import { wordsOf } from '../text/render';
import { profileInForce } from '../usecases/profile/businessProfile';
import { toNodeError } from './errors';
import { chooseFromList, words } from './parameters';
import { withStoreOfNode } from './storeCredential';

/** Rows that a list shows at once. */
const PAGE = 50;

type Listed = INodeListSearchResult['results'];

/** What the editor's list shows: an error in words, never an empty list, when the store cannot be read. */
export async function listOf(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	read: (store: Store) => Promise<{ readonly results: Listed; readonly next?: string }>,
): Promise<INodeListSearchResult> {
	try {
		const { results, next } = await withStoreOfNode(context, read);
		const wanted = (filter ?? '').trim().toLowerCase();
		return {
			results: results.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
			...(next === undefined ? {} : { paginationToken: next }),
		};
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

const nextOf = (rows: ReadonlyArray<{ readonly id: string }>): string | undefined =>
	rows.length < PAGE ? undefined : rows.at(-1)?.id;

const shown = (...parts: ReadonlyArray<string | null>): string => parts.filter(Boolean).join(' · ');

export async function searchAdvisors(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => ({
		results: (await listAdvisors(store.db, store.workspaceId)).map(({ id, name }) => ({ name, value: id })),
	}));
}

export async function searchAreas(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => ({
		results: (await profileInForce(store)).profile.areas.map(({ key, name }) => ({ name, value: key })),
	}));
}

export async function searchCases(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listCases(store.db, store.workspaceId, { before: paginationToken, limit: PAGE });
		return {
			results: rows.map(({ id, number, subject }) => ({ name: shown(number, subject), value: id })),
			next: nextOf(rows),
		};
	});
}

export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listContacts(store.db, store.workspaceId, { before: paginationToken, limit: PAGE });
		return {
			results: rows.map((row) => ({ name: shown(row.name ?? row.profile_name, row.phone) || row.id, value: row.id })),
			next: nextOf(rows),
		};
	});
}

export async function searchLeads(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listLeads(store.db, store.workspaceId, { before: paginationToken, limit: PAGE });
		return {
			results: rows.map((row) => ({ name: shown(row.name, row.product, row.phone) || row.id, value: row.id })),
			next: nextOf(rows),
		};
	});
}

export async function searchMenuOptions(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => ({
		results: (await profileInForce(store)).profile.options.map(({ id, title }) => ({ name: title, value: id })),
	}));
}

/** Every sentence of the bot with what it says now: the product's, and those that the profile added. */
export async function searchTexts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const { profile } = await profileInForce(store);
		const own = new Map(Object.values(profile.texts).flatMap((texts) => Object.entries(texts ?? {})));
		const says = (key: string): string =>
			ownValue(profile.texts[profile.language], key) ??
			(TEXT_KEYS.some((known) => known === key) ? wordsOf(key, profile, profile.language) : (own.get(key) ?? ''));
		return {
			results: [...new Set([...TEXT_KEYS, ...own.keys()])].map((key) => ({
				name: shown(key, says(key).replace(/\s+/g, ' ')),
				value: key,
			})),
		};
	});
}

/** How a thing of the store is chosen: from the list, or by what a person or an expression says. */
interface Chooser {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	readonly search: string;
	/** The other way than the list. */
	readonly by: { readonly displayName: string; readonly placeholder: string };
	readonly required?: boolean;
}

export function chooseField({ displayName, name, description, search, by, required }: Chooser): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: chooseFromList,
		...(required === true ? { required: true } : {}),
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${displayName.toLowerCase()}…`,
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{ displayName: by.displayName, name: 'id', type: 'string', placeholder: by.placeholder },
		],
	};
}

export const caseField: INodeProperties = chooseField({
	displayName: 'Case',
	name: 'case',
	description: 'The case, by its number or ID',
	search: 'searchCases',
	by: { displayName: 'By Number or ID', placeholder: 'e.g. PS-2026-000042' },
	required: true,
});

export const leadField: INodeProperties = chooseField({
	displayName: 'Lead',
	name: 'lead',
	description: 'The lead',
	search: 'searchLeads',
	by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
	required: true,
});

export const areaOption: INodeProperties = chooseField({
	displayName: 'Area',
	name: 'area',
	description: 'An area of the business profile',
	search: 'searchAreas',
	by: { displayName: 'By Key', placeholder: 'e.g. sales' },
});

export const advisorOption: INodeProperties = chooseField({
	displayName: 'Advisor',
	name: 'advisor',
	description: 'A person of the team',
	search: 'searchAdvisors',
	by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
});

/** What was chosen in a list that stands inside a collection, where n8n hands over the whole choice. */
export const chosenOption = z
	.union([z.object({ value: words }).transform(({ value }) => value), words])
	.optional()
	.transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim()));
