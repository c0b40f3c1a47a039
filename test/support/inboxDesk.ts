import { request as startRequest, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { AdvisorInboxTrigger } from '../../nodes/AdvisorInboxTrigger/AdvisorInboxTrigger.node';
import type { InboxRole } from '../../nodes/shared/domain/inbox/permissions';
import type { InboxUpdate } from '../../nodes/shared/domain/inbox/requests';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { getAdvisor } from '../../nodes/shared/store/repositories/advisors';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { beginSession, csrfTokenOf } from '../../nodes/shared/usecases/inbox/sessions';
import { closePagesOf } from '../../nodes/shared/usecases/inbox/watchers';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { serveWebhooks, type ServedWebhooks } from './engine';
import { PATIENCE } from './patience';

const KEY = 'ab'.repeat(32);

export const INBOX_WEBHOOK = 'inbox-of-the-test';

export interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly bytes: Buffer;
	readonly text: string;
	json<Body = Record<string, unknown>>(): Body;
}

export interface Call {
	readonly method?: 'GET' | 'POST' | 'OPTIONS';
	/** After `inbox`. */
	readonly query?: string;
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: Buffer | string | object;
	readonly as?: Login;
}

/** A browser that is logged in. */
export interface Login {
	readonly advisorId: string;
	readonly cookie: string;
	readonly csrf: string;
}

/** A stream of updates that a page hears. */
export interface Heard {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly updates: ReadonlyArray<InboxUpdate & { readonly id: string }>;
	readonly comments: number;
	readonly ended: boolean;
	until(test: (update: InboxUpdate) => boolean, withinMs?: number): Promise<InboxUpdate & { readonly id: string }>;
	whenEnded(withinMs?: number): Promise<void>;
	close(): void;
}

/** The page as a build leaves it, small. */
export function writePage(folder: string): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Bandeja</title>');
	writeFileSync(path.join(folder, 'inbox.ABCDEFGH.js'), 'export {};');
	writeFileSync(path.join(folder, 'licenses.txt'), 'MIT');
	const assets = {
		'inbox.ABCDEFGH.js': { contentType: 'text/javascript; charset=utf-8', hash: 'a'.repeat(64) },
		'licenses.txt': { contentType: 'text/plain; charset=utf-8', hash: 'b'.repeat(64) },
	};
	writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ html: 'index.html', assets }));
}

async function answerOf(message: IncomingMessage): Promise<Answer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	const text = bytes.toString('utf8');
	return {
		status: message.statusCode ?? 0,
		headers: message.headers,
		bytes,
		text,
		json: <Body>() => JSON.parse(text) as Body,
	};
}

/** The inbox's node behind a real HTTP server, with a store of its own. */
export class InboxDesk {
	private readonly streams: Heard[] = [];
	store!: Store;
	/** What the node has chosen beside its store; set before it opens. */
	credentials: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
	private served!: ServedWebhooks;
	private readonly folder: string | undefined;
	readonly filePath: string;

	/** @param filePath another desk's database; one of its own when absent. */
	constructor(filePath?: string) {
		this.folder = filePath === undefined ? mkdtempSync(path.join(tmpdir(), 'inbox-')) : undefined;
		this.filePath = filePath ?? path.join(this.folder ?? '', 'store.sqlite');
	}

	async open(parameters: INodeParameters = {}, workspace = 'acme'): Promise<this> {
		this.store = await openStore({
			database: 'sqlite',
			workspaceId: workspace,
			path: this.filePath,
			encryptionKey: KEY,
		});
		this.served = await serveWebhooks(AdvisorInboxTrigger, {
			...this.given(workspace),
			parameters,
		});
		return this;
	}

	/** What n8n knows of the node, to start its trigger beside. */
	given(workspace = 'acme') {
		return {
			webhookId: INBOX_WEBHOOK,
			// Its own, because what the node knows of its credential is kept for a while by workflow.
			workflowId: `workflow of ${this.filePath} ${workspace}`,
			credentials: {
				...this.credentials,
				whatsAppCrmStoreApi: { database: 'sqlite', workspace, filePath: this.filePath, encryptionKey: KEY },
			},
		};
	}

	get url(): string {
		return `${this.served.url}/inbox`;
	}

	get origin(): string {
		return new URL(this.served.url).origin;
	}

	/** What the node threw; n8n would store each as a failed execution. */
	get thrown(): readonly unknown[] {
		return this.served.errors;
	}

	async close(): Promise<void> {
		for (const stream of this.streams) stream.close();
		closePagesOf(INBOX_WEBHOOK);
		await this.served.close();
		await this.store.close();
		await closeIdleStores();
		if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
	}

	/** Somebody of the team, logged in; the login itself has tests of its own. */
	async advisor(name: string, role: InboxRole = 'advisor', areas: readonly string[] = []): Promise<Login> {
		const { advisor } = await saveAdvisor(this.store, { name, role, areas }, 'workflow');
		return await this.loginOf(advisor.id);
	}

	async loginOf(advisorId: string): Promise<Login> {
		const advisor = await getAdvisor(this.store.db, this.store.workspaceId, advisorId);
		if (!advisor) throw new Error(`There is no advisor ${advisorId}`);
		const token = await this.store.transaction(async (tx) => await beginSession(tx, this.store, advisor, '127.0.0.1'));
		return { advisorId, cookie: `inbox_session=${token}`, csrf: csrfTokenOf(this.store, token) };
	}

	/** The headers that a browser sends of itself from our own page. */
	ownPage(login?: Login): Record<string, string> {
		return {
			origin: this.origin,
			'sec-fetch-site': 'same-origin',
			...(login ? { cookie: login.cookie, 'x-csrf-token': login.csrf } : {}),
		};
	}

	begin({ method = 'GET', query = '', path: suffix = '', headers = {}, body, as }: Call): ClientRequest {
		const asJson = body !== undefined && typeof body === 'object' && !Buffer.isBuffer(body);
		return startRequest(`${this.url}${suffix}${query === '' ? '' : `?${query}`}`, {
			method,
			agent: false,
			headers: {
				...(asJson ? { 'content-type': 'application/json' } : {}),
				...(as ? this.ownPage(as) : {}),
				...headers,
			},
		});
	}

	async call(call: Call = {}): Promise<Answer> {
		const request = this.begin(call);
		const { body } = call;
		const answered = new Promise<Answer>((resolve, reject) => {
			request.once('response', (message) => {
				answerOf(message).then(resolve, reject);
			});
			request.once('error', reject);
		});
		if (body === undefined) request.end();
		else request.end(Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body));
		return await answered;
	}

	async ask(as: Login, query: string): Promise<Answer> {
		return await this.call({ as, query });
	}

	async command(as: Login, command: string, input: object, requestId = this.store.newId()): Promise<Answer> {
		return await this.call({ method: 'POST', as, body: { command, requestId, ...input } });
	}

	/** @param from `updatesFrom` of the page's session; `lastEventId` is what a browser says that lost the stream */
	async hear(as: Login, { from, lastEventId }: { from?: number; lastEventId?: string } = {}): Promise<Heard> {
		const request = this.begin({
			as,
			query: `updates=${from ?? ''}`,
			headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
		});
		request.end();
		const message = await new Promise<IncomingMessage>((resolve, reject) => {
			request.once('response', resolve);
			request.once('error', reject);
		});
		const updates: Array<InboxUpdate & { id: string }> = [];
		let comments = 0;
		let ended = false;
		let rest = '';
		const waiting = new Set<() => void>();
		const wake = (): void => {
			for (const one of [...waiting]) one();
		};
		message.setEncoding('utf8');
		message.on('data', (chunk: string) => {
			const parts = (rest + chunk).split('\n\n');
			rest = parts.pop() ?? '';
			for (const part of parts) {
				if (part.startsWith(':')) comments += 1;
				const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
				if (fields.data === undefined) continue;
				updates.push({ ...(JSON.parse(fields.data) as object), kind: fields.event, id: fields.id } as never);
			}
			wake();
		});
		const end = (): void => {
			ended = true;
			wake();
		};
		message.on('end', end).on('error', end).on('close', end);
		const wait = async (isSo: () => boolean, what: string, withinMs: number): Promise<void> => {
			const deadline = performance.now() + withinMs;
			while (!isSo()) {
				const left = deadline - performance.now();
				if (left <= 0) throw new Error(`${what} within ${withinMs} ms; heard: ${JSON.stringify(updates)}`);
				await new Promise<void>((resolve) => {
					const go = (): void => {
						clearTimeout(timer);
						waiting.delete(go);
						resolve();
					};
					const timer = setTimeout(go, Math.min(left, 1000));
					waiting.add(go);
				});
			}
		};
		const heard: Heard = {
			status: message.statusCode ?? 0,
			headers: message.headers,
			updates,
			get comments() {
				return comments;
			},
			get ended() {
				return ended;
			},
			until: async (test, withinMs = PATIENCE) => {
				await wait(() => updates.some(test), 'Not heard', withinMs);
				const found = updates.find(test);
				if (!found) throw new Error('Heard and lost');
				return found;
			},
			whenEnded: async (withinMs = PATIENCE) => await wait(() => ended, 'Not ended', withinMs),
			close: () => request.destroy(),
		};
		this.streams.push(heard);
		return heard;
	}
}
