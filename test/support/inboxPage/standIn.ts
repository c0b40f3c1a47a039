/**
 * A server that keeps the inbox's contract with a made-up desk behind it: for looking at the page, for pictures of it and
 * for tests that need nothing of n8n. Everything asked and commanded is checked by the contract's own schemas.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

import {
	COMMANDS,
	QUERIES,
	type CommandName,
	type InboxUpdate,
	type QueryName,
} from '../../../nodes/shared/domain/inbox/requests';
import type { InboxRole } from '../../../nodes/shared/domain/inbox/permissions';
import { projectFolder } from '../registered';
import { ago, NOW, openDesk, type Desk } from './desk';
import { answer } from './answers';
import { carryOut, Refused } from './commands';

/** The same as the node sets. */
const HEADERS = {
	'content-security-policy':
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'",
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
};

const PAGE_FOLDER = path.join(projectFolder, '.cache', 'inboxPage');
let building: Promise<void> | undefined;

/** Bundles the page once in a process of its own: esbuild does not run among jest's globals. */
export async function buildPage(): Promise<void> {
	building ??= promisify(execFile)(process.execPath, [
		path.join(projectFolder, 'nodes/AdvisorInboxTrigger/page/bundle.cjs'),
		PAGE_FOLDER,
	]).then(() => undefined);
	await building;
}

export interface StandIn {
	/** Address of the page. */
	readonly url: string;
	readonly desk: Desk;
	/** Every command that was carried out, once each. */
	readonly done: ReadonlyArray<{ readonly command: CommandName; readonly requestId: string; readonly input: unknown }>;
	/** Requests that carried a command, repeats and refused ones included. */
	readonly attempts: ReadonlyArray<{ readonly command: string; readonly requestId: string }>;
	/** Something happens at the desk and every open page hears of it. */
	tell: (update: InboxUpdate) => void;
	/** The customer writes. */
	customerWrites: (conversationId: string, text: string) => void;
	/** Nobody is logged in any more. */
	expire: () => void;
	/** The next commands of a name are refused, or their answer never comes although they were carried out. */
	refuse: (command: CommandName, refusal: { status: number; body?: object; retryAfter?: number } | 'swallow') => void;
	/** The next query of a name fails. */
	failQuery: (query: QueryName, status: number, body?: object) => void;
	close: () => Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function json(response: ServerResponse, status: number, body?: unknown): void {
	response.writeHead(status, { ...HEADERS, 'content-type': 'application/json; charset=utf-8' });
	response.end(body === undefined ? '' : JSON.stringify(body));
}

const PASSWORD = 'una clave larga';

/** @param options `loggedIn` false shows the login first */
export async function startStandIn({
	role = 'administrator',
	loggedIn = true,
}: { role?: InboxRole; loggedIn?: boolean } = {}): Promise<StandIn> {
	await buildPage();
	const manifest = JSON.parse(readFileSync(path.join(PAGE_FOLDER, 'manifest.json'), 'utf8')) as {
		html: string;
		assets: Record<string, { contentType: string }>;
	};
	const desk = openDesk(role);
	let isLoggedIn = loggedIn;
	let lastUpload = 0;
	let lastId = 0;
	const uploads = new Map<string, string>();
	const pages = new Set<ServerResponse>();
	const done: Array<StandIn['done'][number]> = [];
	const attempts: Array<StandIn['attempts'][number]> = [];
	const answers = new Map<string, unknown>();
	const refusals: Array<[CommandName, Parameters<StandIn['refuse']>[1]]> = [];
	const failures: Array<[query: QueryName, status: number, body: object | undefined]> = [];

	/** Everything told so far: who says what they heard last hears what they missed. */
	const told: string[] = [];
	const tell = ({ kind, ...data }: InboxUpdate): void => {
		const said = `id: ${told.length + 1}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
		told.push(said);
		for (const page of pages) page.write(said);
	};

	function serveUpdates(response: ServerResponse, heardUntil: string | string[] | null): void {
		response.writeHead(200, {
			...HEADERS,
			'content-type': 'text/event-stream',
			'cache-control': 'no-store, no-transform',
		});
		response.write(['retry: 100\n\n', ...told.slice(heardUntil ? Number(heardUntil) : told.length)].join(''));
		pages.add(response);
		response.once('close', () => pages.delete(response));
	}

	function serveQuery(response: ServerResponse, name: string, parameters: URLSearchParams): void {
		const failure = failures.findIndex(([query]) => query === name);
		if (failure !== -1) {
			const [[, status, body]] = failures.splice(failure, 1);
			json(response, status, body);
			return;
		}
		if (!isLoggedIn) {
			json(response, 401);
			return;
		}
		const schema = QUERIES[name as QueryName];
		const input = schema?.safeParse(Object.fromEntries([...parameters].filter(([field]) => field !== 'query')));
		if (input === undefined || !input.success) {
			json(response, 422, { message: `Not in the contract: ${name} ${input?.error.message ?? ''}` });
			return;
		}
		if (name === 'session') desk.session.updatesFrom = told.length;
		const view = answer(desk, name as QueryName, input.data);
		json(response, view === undefined ? 404 : 200, view);
	}

	async function serveCommand(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = JSON.parse((await bodyOf(request)).toString()) as Record<string, unknown>;
		if ('login' in body) {
			const { password } = body.login as { password: string };
			if (password !== PASSWORD) {
				json(response, 401);
				return;
			}
			isLoggedIn = true;
			json(response, 204);
			return;
		}
		if ('setPassword' in body) {
			isLoggedIn = true;
			json(response, 204);
			return;
		}
		const { command, requestId, ...rest } = body as { command: CommandName; requestId: string };
		attempts.push({ command, requestId });
		if (!isLoggedIn) {
			json(response, 401);
			return;
		}
		if (request.headers['x-csrf-token'] !== desk.session.csrfToken) {
			json(response, 403, { message: 'This command does not belong to your session' });
			return;
		}
		const planned = refusals.findIndex(([name]) => name === command);
		const refusal = planned === -1 ? undefined : refusals.splice(planned, 1)[0][1];
		if (refusal !== undefined && refusal !== 'swallow') {
			if (refusal.retryAfter !== undefined) response.setHeader('retry-after', String(refusal.retryAfter));
			json(response, refusal.status, refusal.body);
			return;
		}
		const input = COMMANDS[command].safeParse(rest);
		if (!input.success) {
			json(response, 422, { message: `Not in the contract: ${command} ${input.error.message}` });
			return;
		}
		if (!answers.has(requestId)) {
			try {
				const updates: InboxUpdate[] = [];
				const nextId = (): string => `new-${String((lastId += 1)).padStart(4, '0')}`;
				answers.set(
					requestId,
					carryOut(desk, command, input.data, { nextId, uploads, requestId, tell: (one) => updates.push(one) }),
				);
				done.push({ command, requestId, input: input.data });
				updates.forEach(tell);
			} catch (reason) {
				if (!(reason instanceof Refused)) throw reason;
				json(response, reason.status, { message: reason.message });
				return;
			}
			if (command === 'logOut') isLoggedIn = false;
		}
		if (refusal === 'swallow') {
			json(response, 504);
			return;
		}
		json(response, 200, answers.get(requestId) ?? {});
	}

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { searchParams: parameters } = new URL(request.url ?? '/', 'http://stand-in');
		const upload = parameters.get('upload');
		if (request.method === 'POST' && upload !== null) {
			const bytes = await bodyOf(request);
			if (bytes.includes('<script')) {
				json(response, 422, { message: `${upload} no es lo que dice ser` });
				return;
			}
			lastUpload += 1;
			uploads.set(`upload-${lastUpload}`, upload);
			json(response, 200, { uploadId: `upload-${lastUpload}` });
			return;
		}
		if (request.method === 'POST') {
			await serveCommand(request, response);
			return;
		}
		const query = parameters.get('query');
		const asset = parameters.get('asset');
		const attachment = parameters.get('attachment');
		if (query !== null) serveQuery(response, query, parameters);
		else if (parameters.has('updates')) {
			if (isLoggedIn) serveUpdates(response, request.headers['last-event-id'] ?? parameters.get('updates'));
			else json(response, 401);
		} else if (asset !== null) {
			const known = manifest.assets[asset];
			if (known === undefined) json(response, 404);
			else {
				const file = readFileSync(path.join(PAGE_FOLDER, asset));
				response.writeHead(200, {
					...HEADERS,
					'content-type': known.contentType,
					'cache-control': 'public, max-age=31536000',
				});
				response.end(file);
			}
		} else if (attachment !== null) {
			const file = desk.files.get(attachment);
			if (file === undefined) json(response, 404);
			else {
				response.writeHead(200, { ...HEADERS, 'content-type': file.contentType });
				response.end(file.bytes);
			}
		} else {
			const html = readFileSync(path.join(PAGE_FOLDER, manifest.html));
			response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
			response.end(html);
		}
	}

	const server = createServer((request, response) => {
		serve(request, response).catch((reason: unknown) => {
			response.writeHead(500, HEADERS).end(String(reason));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${port}/webhook/demo/inbox`,
		desk,
		done,
		attempts,
		tell,
		customerWrites: (conversationId, text) => {
			const one = desk.conversations.get(conversationId);
			if (one === undefined) throw new Error(`There is no conversation ${conversationId}.`);
			lastId += 1;
			const id = `new-${String(lastId).padStart(4, '0')}`;
			const at = new Date(NOW + lastId * 1000).toISOString();
			one.rows.push({ id, kind: 'message', direction: 'in', author: 'customer', type: 'text', text, at });
			one.summary = {
				...one.summary,
				lastMessage: { author: 'customer', type: 'text', preview: text, at },
				unread: one.summary.unread + 1,
				waitingSince: one.summary.waitingSince ?? ago(0),
				revision: one.summary.revision + 1,
			};
			tell({ kind: 'conversation', conversation: one.summary });
		},
		expire: () => {
			isLoggedIn = false;
			tell({ kind: 'loggedOut' });
		},
		refuse: (command, refusal) => refusals.push([command, refusal]),
		failQuery: (query, status, body) => failures.push([query, status, body]),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
