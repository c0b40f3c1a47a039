import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { Account } from './account';
import { deleteRow, deleteRows, getRow, isKind, listRows, saveRows } from './entityEndpoints';
import { acceptMessage, deleteMessage, editMessage, placeholdersOf, type AcceptedMessage } from './messageEndpoints';
import type { Json, SimulatedTemplate } from './types';
import type { WebhookCourier } from './webhookCourier';
import { WazzupError } from './wazzupError';

export interface ApiRequest {
	readonly method: string;
	/** Below `/v3`, without the query. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly body: unknown;
	readonly key: string | undefined;
}

export interface ApiAnswer {
	readonly status: number;
	readonly json?: unknown;
}

export interface World {
	readonly account: Account;
	readonly courier: WebhookCourier;
	readonly origin: () => string;
	/** What follows a message that was accepted: statuses and the echo. */
	afterwards(accepted: AcceptedMessage): void;
}

const OPEN_TO_SIDECARS = new Set(['channels', 'message', 'templates', 'webhooks']);

/** @throws WazzupError for everything that Wazzup refuses. */
export async function answerApi(world: World, request: ApiRequest): Promise<ApiAnswer> {
	const { account } = world;
	const [resource, id, third] = request.path.split('/').filter(Boolean).map(decodeURIComponent);
	authorize(account, request.key, resource);
	const route = `${request.method} ${resource ?? ''}`;
	if (isKind(resource)) return answerEntities(account, request, resource, id);
	switch (route) {
		case 'GET channels':
			return { status: 200, json: [...account.channels.values()] };
		case 'GET templates':
			return { status: 200, json: id === 'whatsapp' ? [...account.templates.values()].map(templateView) : [] };
		case 'POST message': {
			const accepted = acceptMessage(account, request.body);
			world.afterwards(accepted);
			return { status: 201, json: { messageId: accepted.bubble.messageId, chatId: accepted.chat.chatId } };
		}
		case 'PATCH message':
			editMessage(account, id ?? '', request.body);
			return { status: 200 };
		case 'DELETE message':
			deleteMessage(account, id ?? '');
			return { status: 200 };
		case 'POST iframe':
			return openWindow(world, request.body);
		case 'GET unanswered':
			return { status: 200, json: unansweredOf(account, id ?? '') };
		case 'GET webhooks':
			return { status: 200, json: webhooksView(account) };
		case 'PATCH webhooks':
			await setWebhooks(world, request.body);
			return { status: 200, json: { ok: true } };
		default:
			throw new WazzupError(404, 'NOT_FOUND', `${request.method} ${request.path}${third ?? ''}`);
	}
}

function authorize({ options }: Account, key: string | undefined, resource: string | undefined): void {
	if (key === options.apiKey) return;
	if (key === undefined || options.sidecarKeys?.includes(key) !== true) throw new WazzupError(401, 'UNAUTHORIZED');
	if (!OPEN_TO_SIDECARS.has(resource ?? '')) throw new WazzupError(403, 'FORBIDDEN');
}

function answerEntities(
	account: Account,
	request: ApiRequest,
	kind: Parameters<typeof saveRows>[1],
	id: string | undefined,
): ApiAnswer {
	switch (request.method) {
		case 'POST':
			saveRows(account, kind, request.body);
			return { status: 200 };
		case 'GET':
			return {
				status: 200,
				json: id === undefined ? listRows(account, kind, request.query) : getRow(account, kind, id),
			};
		case 'PATCH':
			if (id !== 'bulk_delete' || kind === 'pipelines') break;
			return { status: 200, json: deleteRows(account, kind, request.body) };
		case 'DELETE':
			if (id === undefined || kind === 'pipelines') break;
			deleteRow(account, kind, id);
			return { status: 200 };
	}
	throw new WazzupError(404, 'NOT_FOUND');
}

function templateView(template: SimulatedTemplate): Json {
	const { templateGuid, name, status, language = 'es', category = 'UTILITY', channelId, body } = template;
	const values = Array.from({ length: placeholdersOf(body) }, (_, place) => `[[v${place + 1}]]`).join('; ');
	return {
		templateGuid,
		name,
		title: name,
		status,
		language,
		category,
		channelId,
		templateCode: `@template: ${templateGuid} { ${values} }`,
		components: [{ type: 'BODY', text: body }],
	};
}

const windowSchema = z
	.object({
		user: z.object({ id: z.string().min(1), name: z.string().optional() }),
		scope: z.enum(['global', 'card']),
		filter: z.array(z.object({ chatType: z.string() }).passthrough()).optional(),
		activeChat: z.object({ channelId: z.string(), chatType: z.string(), chatId: z.string() }).partial().optional(),
		options: z
			.object({ useDealsEvents: z.boolean(), useMessageEvents: z.boolean(), clientType: z.string() })
			.partial()
			.optional(),
	})
	.refine(({ scope, filter }) => scope === 'global' || (filter?.length ?? 0) > 0, { path: ['filter'] });

export type WindowRequest = z.output<typeof windowSchema>;

function openWindow({ account, origin }: World, body: unknown): ApiAnswer {
	const asked = windowSchema.safeParse(body);
	if (!asked.success) {
		const fields = asked.error.issues.map(({ path }) => path.join('.'));
		throw new WazzupError(400, 'VALIDATION_ERROR', 'Invalid data', { fields });
	}
	if (asked.data.user.name === undefined && !account.users.has(asked.data.user.id)) {
		throw new WazzupError(400, 'USER_NOT_FOUND', 'User is not known and has no name');
	}
	const token = randomUUID();
	account.windows.set(token, { request: asked.data });
	return {
		status: 200,
		json: { url: `${origin()}/chat-window/${token}`, linkedToWazzupUser: account.users.has(asked.data.user.id) },
	};
}

function unansweredOf(account: Account, userId: string): Json {
	if (!account.users.has(userId)) throw new WazzupError(404, 'USER_NOT_FOUND');
	const waiting = [...account.chats.values()].filter(({ unanswered }) => unanswered > 0);
	const last = waiting
		.flatMap(({ bubbles }) => bubbles.at(-1)?.at ?? [])
		.sort((one, other) => one - other)
		.at(-1);
	return {
		counter: waiting.reduce((sum, { unanswered }) => sum + unanswered, 0),
		type: waiting.length > 0 ? 'red' : 'grey',
		...(last === undefined ? {} : { lastMessageDateTime: new Date(last).toISOString() }),
	};
}

function webhooksView({ webhooksUri, subscriptions, options }: Account): Json {
	const { templateStatus, ...others } = subscriptions;
	// Read under another name than written.
	const switches = { ...others, wabaTemplatesStatus: templateStatus };
	return {
		...(webhooksUri === undefined ? {} : { webhooksUri }),
		subscriptions: Object.fromEntries(
			Object.entries(switches).map(([name, on]) => [name, options.textBooleans === true ? String(on) : on]),
		),
	};
}

const webhooksSchema = z.object({
	webhooksUri: z.string().url().max(200),
	subscriptions: z
		.object({
			messagesAndStatuses: z.boolean(),
			contactsAndDealsCreation: z.boolean(),
			channelsUpdates: z.boolean(),
			templateStatus: z.boolean(),
		})
		.partial()
		.optional(),
});

async function setWebhooks({ account, courier }: World, body: unknown): Promise<void> {
	const alone = webhooksSchema.pick({ subscriptions: true }).strict().safeParse(body);
	if (account.options.subscriptionsAlone === true && alone.success) {
		account.subscriptions = { ...account.subscriptions, ...alone.data.subscriptions };
		return;
	}
	const asked = webhooksSchema.safeParse(body);
	if (!asked.success) throw new WazzupError(400, 'uriNotValid', 'Webhooks URI is not valid');
	const status = await courier.probe(asked.data.webhooksUri);
	if (status !== 200) throw new WazzupError(400, 'testPostNotPassed', 'URL verification failed', status);
	account.webhooksUri = asked.data.webhooksUri;
	account.subscriptions = { ...account.subscriptions, ...asked.data.subscriptions };
}
