import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Account } from './account';
import { chatWindow } from './chatWindow';
import { answerApi, type ApiAnswer, type World } from './endpoints';
import { FaultBoard } from './faultBoard';
import { FileShelf } from './fileShelf';
import type { AcceptedMessage } from './messageEndpoints';
import { remoteControl } from './remoteControl';
import { teamPage } from './teamPage';
import type { Bubble, Chat, DeliveryReport, FaultRule, RecordedRequest, WazzupOptions } from './types';
import { VendorEvents } from './vendorEvents';
import { WebhookCourier } from './webhookCourier';
import { WazzupError } from './wazzupError';

const MOST_REQUESTS = 500;
const WINDOW_MS = 5_000;
const LARGEST_BODY = 5 * 1024 * 1024;

/** Somebody who writes to a channel. */
export interface Person {
	readonly chat: Chat;
	text(words: string): { readonly messageId: string; readonly delivered: Promise<DeliveryReport> };
	file(type: string, contentUri: string): { readonly messageId: string; readonly delivered: Promise<DeliveryReport> };
	/** What this person sees, oldest first. */
	readonly received: readonly Bubble[];
}

export interface WazzupSimulator {
	/** With `/v3`, for the credential. */
	readonly baseUrl: string;
	readonly origin: string;
	readonly port: number;
	readonly account: Account;
	readonly events: VendorEvents;
	readonly faults: FaultBoard;
	person(who: { channelId: string; chatId: string; chatType?: string; name?: string }): Person;
	/** Somebody of the team writes in Wazzup's window, or on the phone of the channel. */
	advisorWrites(
		chat: Chat,
		words: string,
		by?: { from?: 'window' | 'phone'; userId?: string; name?: string },
	): { readonly messageId: string; readonly delivered: Promise<DeliveryReport> };
	/** Keeps a file; answers the link that a message of it carries. */
	keepFile(name: string, bytes: Buffer, contentType: string): string;
	/** From now on the link leads to nothing. */
	expireFile(link: string): void;
	/** Posts anything to the address of the webhooks, as an attacker would. */
	deliverRaw(body: string, url?: string): Promise<{ readonly status: number; readonly text: string }>;
	/** Requests of the API, oldest first: `POST /contacts`. */
	requestsTo(operation: string): readonly RecordedRequest[];
	/** Until every webhook has been answered or given up. */
	settled(): Promise<void>;
	close(): Promise<void>;
}

export async function startWazzupSimulator(options: WazzupOptions): Promise<WazzupSimulator> {
	const account = new Account(options);
	const faults = new FaultBoard();
	const courier = new WebhookCourier(account, faults);
	const events = new VendorEvents(account, courier);
	const limits = new Map<string, { since: number; count: number }>();
	const shelf = new FileShelf();
	const hanging = new Set<ServerResponse>();
	let origin = '';

	const afterwards = ({ chat, bubble, failsWith }: AcceptedMessage): void => {
		if (options.echoOwnSends ?? true) void events.message(chat, bubble);
		if (failsWith !== undefined) {
			void events.status(bubble.messageId, 'error', { error: failsWith, description: 'Not delivered' });
			return;
		}
		if (options.statuses ?? true) {
			void events.status(bubble.messageId, 'sent').then(async () => await events.status(bubble.messageId, 'delivered'));
		}
	};
	const world: World = { account, courier, origin: () => origin, afterwards };

	/** Whether this request is one too many of its key's five seconds. */
	const tooMany = (key: string): boolean => {
		if (options.rateLimit === false) return false;
		const now = account.now();
		const since = Math.floor(now / WINDOW_MS) * WINDOW_MS;
		const known = limits.get(key);
		const limit = known?.since === since ? known : { since, count: 0 };
		limit.count += 1;
		limits.set(key, limit);
		return limit.count > MOST_REQUESTS;
	};

	const serveApi = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
		const address = new URL(message.url ?? '/', origin);
		const path = address.pathname.replace(/^\/v3/, '');
		const method = message.method ?? 'GET';
		const key = /^Bearer\s+(.+)$/i.exec(message.headers.authorization ?? '')?.[1];
		const body = await readJson(message);
		const record: RecordedRequest = { method, path, body, at: account.now(), status: 0 };
		account.requests.push(record);
		const reply = ({ status, json }: ApiAnswer): void => {
			record.status = status;
			if (json === undefined) response.writeHead(status).end();
			else response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(json));
		};
		const carryOut = async (): Promise<ApiAnswer> => {
			try {
				return await answerApi(world, { method, path, query: address.searchParams, body, key });
			} catch (error) {
				if (!(error instanceof WazzupError)) throw error;
				return { status: error.status, json: error.body(path, randomUUID()) };
			}
		};
		if (tooMany(key ?? '')) {
			reply({ status: 429 });
			return;
		}
		const fault = faults.take(operationOf(method, path));
		if (fault === undefined) {
			reply(await carryOut());
			return;
		}
		if (fault.applied === true) await carryOut();
		strike(fault, reply, response, hanging);
	};

	const showWindow = chatWindow(world, events);
	const showTeam = teamPage(account, (who) => simulator.person(who));
	const control = remoteControl(() => simulator);
	const server = createServer((message, response) => {
		const serve = async (): Promise<void> => {
			if (await control(message, response)) return;
			if (await showWindow(message, response)) return;
			if (await showTeam(message, response)) return;
			if (shelf.serve(message, response)) return;
			await serveApi(message, response);
		};
		serve().catch((error: unknown) => {
			response.writeHead(500, { 'Content-Type': 'text/plain' }).end(error instanceof Error ? error.message : 'Failed');
		});
	});
	await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	origin = `http://127.0.0.1:${port}`;

	const write = (chat: Chat, bubble: Omit<Bubble, 'messageId' | 'at' | 'isEdited' | 'isDeleted'>) => {
		const added = account.add(chat, bubble);
		chat.unanswered = bubble.direction === 'inbound' ? chat.unanswered + 1 : 0;
		return { messageId: added.messageId, delivered: events.message(chat, added) };
	};

	const simulator: WazzupSimulator = {
		baseUrl: `${origin}/v3`,
		origin,
		port,
		account,
		events,
		faults,
		person({ channelId, chatId, chatType = 'whatsapp', name = chatId }) {
			const chat = account.chat(channelId, chatType, chatId, name);
			return {
				chat,
				text: (text) => write(chat, { direction: 'inbound', type: 'text', text, status: 'inbound' }),
				file: (type, contentUri) => write(chat, { direction: 'inbound', type, contentUri, status: 'inbound' }),
				get received() {
					return chat.bubbles.filter(({ direction }) => direction === 'outbound');
				},
			};
		},
		advisorWrites: (chat, text, { from = 'window', userId, name } = {}) =>
			write(chat, {
				direction: 'outbound',
				by: from,
				type: 'text',
				text,
				status: 'sent',
				authorId: userId,
				authorName: name,
			}),
		keepFile: (name, bytes, contentType) => `${origin}${shelf.put(name, bytes, contentType)}`,
		expireFile: (link) => shelf.expire(new URL(link).pathname),
		async deliverRaw(body, url = account.webhooksUri) {
			if (url === undefined) throw new Error('No webhook address is set.');
			const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
			return { status: response.status, text: await response.text() };
		},
		requestsTo: (operation) =>
			account.requests.filter(
				({ method, path }) => `${method} ${path}` === operation || operationOf(method, path) === operation,
			),
		settled: async () => await courier.settled(),
		async close() {
			courier.close();
			for (const response of hanging) response.destroy();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
	return simulator;
}

/** `POST /contacts`, `PATCH /contacts/bulk_delete`, `GET /contacts/:id`. */
function operationOf(method: string, path: string): string {
	const [resource = '', rest] = path.split('/').filter(Boolean);
	if (rest === undefined) return `${method} /${resource}`;
	return `${method} /${resource}/${['bulk_delete', 'whatsapp'].includes(rest) ? rest : ':id'}`;
}

function strike(
	{ kind }: FaultRule,
	reply: (answer: ApiAnswer) => void,
	response: ServerResponse,
	hanging: Set<ServerResponse>,
): void {
	switch (kind) {
		case 'hang':
			hanging.add(response);
			response.once('close', () => hanging.delete(response));
			return;
		case 'reset':
			response.destroy();
			return;
		case 'garbage':
			response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>proxy</html>');
			return;
		default:
			reply({ status: kind, json: kind === 500 ? { error: 'UNKNOWN_ERROR', description: '' } : undefined });
	}
}

async function readJson(message: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		length += chunk.byteLength;
		if (length > LARGEST_BODY) throw new Error('The body is too large.');
		chunks.push(chunk);
	}
	if (length === 0) return undefined;
	try {
		return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
