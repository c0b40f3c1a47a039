import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { WazzupClient } from '../shared/clients/wazzup/client';
import { PAGE_SIZE, type EntityPage } from '../shared/clients/wazzup/entities';
import { isActiveState, transportName } from '../shared/domain/wazzup/chatTypes';
import { toNodeError } from '../shared/n8n/errors';
import { wazzupClientOf } from '../shared/n8n/wazzupClient';

type Listed = INodeListSearchResult['results'];

const matches = (filter: string | undefined, { name, value }: Listed[number]): boolean =>
	`${name} ${value}`.toLowerCase().includes((filter ?? '').trim().toLowerCase());

/** A list that Wazzup gives as a whole; what it refuses is shown, never an empty list. */
async function wholeList(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	read: (client: WazzupClient) => Promise<Listed>,
): Promise<INodeListSearchResult> {
	try {
		const rows = await read(await wazzupClientOf(context));
		return { results: rows.filter((row) => matches(filter, row)) };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** Wazzup has no search: pages are read until one has a match, at most this many for one list. */
const MOST_PAGES = 10;

async function pagedList(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	token: string | undefined,
	read: (client: WazzupClient, page: EntityPage) => Promise<Listed>,
): Promise<INodeListSearchResult> {
	try {
		const client = await wazzupClientOf(context);
		let offset = Number(token ?? 0);
		for (let page = 0; page < MOST_PAGES; page += 1) {
			const rows = await read(client, { offset, limit: PAGE_SIZE });
			offset += rows.length;
			const results = rows.filter((row) => matches(filter, row));
			if (rows.length < PAGE_SIZE) return { results };
			if (results.length > 0) return { results, paginationToken: String(offset) };
		}
		return { results: [], paginationToken: String(offset) };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

const named = ({ id, name }: { readonly id: string; readonly name: string }): Listed[number] => ({
	name: name === '' ? id : name,
	value: id,
});

export async function searchChannels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await wholeList(this, filter, async (client) =>
		(await client.listChannels()).map(({ channelId, transport, name, plainId, state }) => ({
			name: [transportName(transport), name ?? plainId, isActiveState(state) ? undefined : `(${state})`]
				.filter((part) => part !== undefined && part !== '')
				.join(' · '),
			value: channelId,
		})),
	);
}

export async function searchUsers(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await wholeList(this, filter, async (client) => (await client.users.list()).map(named));
}

export async function searchPipelines(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await wholeList(this, filter, async (client) => (await client.pipelines.list()).map(named));
}

export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await pagedList(this, filter, paginationToken, async (client, page) =>
		(await client.contacts.list(page)).map(named),
	);
}

export async function searchDeals(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await pagedList(this, filter, paginationToken, async (client, page) =>
		(await client.deals.list(page)).map(named),
	);
}

/** Only approved templates can be sent. */
export async function searchTemplates(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await wholeList(this, filter, async (client) =>
		(await client.listTemplates())
			.filter(({ status }) => status === 'approved')
			.map(({ templateGuid, name, language }) => ({
				name: language === undefined ? name : `${name} (${language})`,
				value: templateGuid,
			})),
	);
}
