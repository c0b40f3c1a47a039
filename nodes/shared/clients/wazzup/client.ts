import { LRUCache } from 'lru-cache';

import { RequestFailure } from '../../http/failure';
import { deleteInBatches, saveInBatches, type BatchOutcome, type DeleteOutcome } from './batches';
import { listChannels } from './channels';
import { openChatWindow } from './chatWindow';
import { contacts, type Contact } from './contacts';
import { accountFingerprint, credentialFingerprint, type WazzupCredential } from './credential';
import { deals, type Deal } from './deals';
import {
	deleteEntities,
	deleteEntity,
	getEntity,
	listEntities,
	saveEntities,
	type EntityPage,
	type EntityRoute,
} from './entities';
import { downloadMessageFile } from './files';
import { deleteMessage, editMessage, sendMessage } from './messages';
import { pipelines, type Pipeline } from './pipelines';
import { countInProcess, createRequestPace, type RequestCounter } from './requestPace';
import { listTemplates } from './templates';
import { getUnanswered } from './unanswered';
import { users, type User } from './users';
import { getWebhooks, releaseWebhooks, setWebhooks } from './webhooks';
import { openWazzup, type Wazzup, type WazzupSettings } from './wazzup';

/** A function of an endpoint, with the credential already given. */
type Bound<Endpoint> = Endpoint extends (wazzup: Wazzup, ...rest: infer Rest) => infer Result
	? (...rest: Rest) => Result
	: never;

/** What is kept in Wazzup by ids of ours. */
export interface EntityCalls<Entity extends { readonly id: string }> {
	readonly route: EntityRoute<Entity>;
	/** At most 100 rows without a repeated id, taken as a whole. */
	save(rows: readonly Entity[]): Promise<void>;
	/** Any number of rows; says which were not taken and why. Throws nothing that Wazzup answers. */
	saveAll(rows: readonly Entity[]): Promise<BatchOutcome<Entity>>;
	list(page?: EntityPage): Promise<readonly Entity[]>;
}

export interface StoredEntityCalls<Entity extends { readonly id: string }> extends EntityCalls<Entity> {
	get(id: string): Promise<Entity>;
	delete(id: string): Promise<void>;
	/** At most 100; answers the ids that Wazzup did not know. */
	deleteMany(ids: readonly string[]): Promise<readonly string[]>;
	/** Any number. Throws nothing that Wazzup answers. */
	deleteAll(ids: readonly string[]): Promise<DeleteOutcome>;
}

/** Wazzup's API v3 for one credential. Every call throws RequestFailure or InvalidInput, nothing else. */
export interface WazzupClient {
	readonly credential: WazzupCredential;
	/** Base address, for showing a request. */
	readonly root: string;
	readonly listChannels: Bound<typeof listChannels>;
	readonly sendMessage: Bound<typeof sendMessage>;
	readonly editMessage: Bound<typeof editMessage>;
	readonly deleteMessage: Bound<typeof deleteMessage>;
	readonly downloadMessageFile: Bound<typeof downloadMessageFile>;
	readonly listTemplates: Bound<typeof listTemplates>;
	readonly users: StoredEntityCalls<User>;
	readonly contacts: StoredEntityCalls<Contact>;
	readonly deals: StoredEntityCalls<Deal>;
	readonly pipelines: EntityCalls<Pipeline>;
	readonly openChatWindow: Bound<typeof openChatWindow>;
	readonly getUnanswered: Bound<typeof getUnanswered>;
	readonly getWebhooks: Bound<typeof getWebhooks>;
	readonly setWebhooks: Bound<typeof setWebhooks>;
	readonly releaseWebhooks: Bound<typeof releaseWebhooks>;
}

/** An edited credential gets a client of its own; the old one's sockets close by themselves when idle. */
const clients = new LRUCache<string, WazzupClient>({ max: 100 });

export interface WazzupClientSettings extends Partial<Omit<WazzupSettings, 'pace'>> {
	/** Where the account's requests are counted; without one this process counts its own. */
	readonly counter?: RequestCounter;
}

/**
 * The client of a credential. Without a counter it is the same one for the same values in this process, so that its
 * connections are kept and its limit counts what every workflow sends; with one, whoever owns the counter keeps it.
 *
 * @throws RequestFailure when the base URL is refused.
 */
export function createWazzupClient(credential: WazzupCredential, settings: WazzupClientSettings = {}): WazzupClient {
	const account = accountFingerprint(credential);
	const { counter, ...others } = settings;
	const open = (): WazzupClient =>
		bind(openWazzup(credential, { ...others, pace: createRequestPace(counter ?? countInProcess(account)) }));
	if (counter !== undefined || Object.keys(others).length > 0) return open();
	const fingerprint = credentialFingerprint(credential);
	const known = clients.get(fingerprint);
	if (known !== undefined) return known;
	const client = open();
	clients.set(fingerprint, client);
	return client;
}

/** Whether Wazzup reads what it does not write. */
async function answers(wazzup: Wazzup, route: EntityRoute<unknown>): Promise<boolean> {
	try {
		await listEntities(wazzup, route, { limit: 1 });
		return true;
	} catch (error) {
		if (error instanceof RequestFailure) return false;
		throw error;
	}
}

function calls<Entity extends { readonly id: string }>(
	wazzup: Wazzup,
	route: EntityRoute<Entity>,
): EntityCalls<Entity> {
	return {
		route,
		save: async (rows) => await saveEntities(wazzup, route, rows),
		saveAll: async (rows) =>
			await saveInBatches(rows, async (batch) => await saveEntities(wazzup, route, batch), {
				divisible: route.divisible,
				isUp: async () => await answers(wazzup, route),
			}),
		list: async (page) => await listEntities(wazzup, route, page),
	};
}

function storedCalls<Entity extends { readonly id: string }>(
	wazzup: Wazzup,
	route: EntityRoute<Entity>,
): StoredEntityCalls<Entity> {
	return {
		...calls(wazzup, route),
		get: async (id) => await getEntity(wazzup, route, id),
		delete: async (id) => await deleteEntity(wazzup, route, id),
		deleteMany: async (ids) => await deleteEntities(wazzup, route, ids),
		deleteAll: async (ids) => await deleteInBatches(ids, async (batch) => await deleteEntities(wazzup, route, batch)),
	};
}

function bind(wazzup: Wazzup): WazzupClient {
	return {
		credential: wazzup.credential,
		root: wazzup.root,
		listChannels: listChannels.bind(undefined, wazzup),
		sendMessage: sendMessage.bind(undefined, wazzup),
		editMessage: editMessage.bind(undefined, wazzup),
		deleteMessage: deleteMessage.bind(undefined, wazzup),
		downloadMessageFile: downloadMessageFile.bind(undefined, wazzup),
		listTemplates: listTemplates.bind(undefined, wazzup),
		users: storedCalls(wazzup, users),
		contacts: storedCalls(wazzup, contacts),
		deals: storedCalls(wazzup, deals),
		pipelines: calls(wazzup, pipelines),
		openChatWindow: openChatWindow.bind(undefined, wazzup),
		getUnanswered: getUnanswered.bind(undefined, wazzup),
		getWebhooks: getWebhooks.bind(undefined, wazzup),
		setWebhooks: setWebhooks.bind(undefined, wazzup),
		releaseWebhooks: releaseWebhooks.bind(undefined, wazzup),
	};
}
