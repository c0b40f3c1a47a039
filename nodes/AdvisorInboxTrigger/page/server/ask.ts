import type { z } from 'zod';

import { readFailure, type Failure } from '../../../shared/domain/failures/failure';
import { readReason, type RefusalReason } from '../../../shared/domain/inbox/refusals';
import type { COMMANDS, CommandName, QUERIES, QueryAnswers, QueryName } from '../../../shared/domain/inbox/requests';
import { readyToExplain } from '../words/failures/words';
import { readyToRefuse } from '../words/refusals/words';

/** What a query is asked with; what has a standard value may be left out. */
export type QueryRequest<Name extends QueryName> = z.input<(typeof QUERIES)[Name]>;
/** What a command is given. */
export type CommandRequest<Name extends CommandName> = z.input<(typeof COMMANDS)[Name]>;

/** The desk said no: for a reason that the page says itself, or in the desk's own words. */
export class Refusal extends Error {
	override readonly name = 'Refusal';

	constructor(
		readonly status: number,
		message: string,
		readonly description?: string,
		readonly field?: string,
		readonly retryAfterSeconds?: number,
		readonly reason?: RefusalReason,
		readonly failure?: Failure,
	) {
		super(message);
	}
}

/** No answer came: the browser is offline or the desk is not there. Whether the request arrived is not known. */
export class NoConnection extends Error {
	override readonly name = 'NoConnection';
}

let csrfToken = '';
let whenLoggedOut: () => void = () => undefined;

/** The token that every command carries, from the session. */
export function carryToken(token: string): void {
	csrfToken = token;
}

/** Called whenever the desk no longer knows who this is. */
export function onLoggedOut(listener: () => void): void {
	whenLoggedOut = listener;
}

/** One id, one effect: kept when the same thing is tried again. */
export const newRequestId = (): string =>
	[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

interface RefusalBody {
	readonly message?: unknown;
	readonly description?: unknown;
	readonly field?: unknown;
	readonly code?: unknown;
	readonly values?: unknown;
	readonly failure?: unknown;
}

function readBody(text: string): RefusalBody {
	try {
		const body: unknown = JSON.parse(text);
		return typeof body === 'object' && body !== null ? body : {};
	} catch {
		// A proxy in between answers with a page of its own: its status says enough.
		return {};
	}
}

const wordsIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function refusalOf(status: number, text: string, retryAfter: string | null): Refusal {
	const body = readBody(text);
	const seconds = Number(retryAfter);
	return new Refusal(
		status,
		wordsIn(body.message) ?? '',
		wordsIn(body.description),
		wordsIn(body.field),
		retryAfter !== null && Number.isFinite(seconds) ? seconds : undefined,
		readReason(body.code, body.values),
		readFailure(body.failure),
	);
}

async function request(query: string, init: RequestInit): Promise<unknown> {
	let response: Response;
	let text: string;
	try {
		response = await fetch(`${location.pathname}${query}`, { credentials: 'same-origin', cache: 'no-store', ...init });
		text = await response.text();
	} catch (reason) {
		if (reason instanceof DOMException && reason.name === 'AbortError') throw reason;
		throw new NoConnection();
	}
	if (response.ok) return text === '' ? undefined : JSON.parse(text);
	// A gateway that cannot reach the desk is the same for people as no connection.
	if (response.status === 502 || response.status === 504) throw new NoConnection();
	throw refusalOf(response.status, text, response.headers.get('retry-after'));
}

async function asMyself(query: string, init: RequestInit): Promise<unknown> {
	try {
		return await request(query, init);
	} catch (reason) {
		if (reason instanceof Refusal && reason.status === 401) whenLoggedOut();
		if (reason instanceof Refusal && reason.failure !== undefined) await readyToExplain();
		if (reason instanceof Refusal && reason.reason !== undefined) await readyToRefuse();
		throw reason;
	}
}

/**
 * Asks the desk for a view.
 *
 * @throws Refusal, NoConnection
 */
export async function ask<Name extends QueryName>(
	name: Name,
	input: QueryRequest<Name>,
	signal?: AbortSignal,
): Promise<QueryAnswers[Name]> {
	const fields = new URLSearchParams({ query: name });
	for (const [field, value] of Object.entries(input)) {
		if (value !== undefined && value !== '') fields.set(field, String(value));
	}
	return (await asMyself(`?${fields.toString()}`, { signal })) as QueryAnswers[Name];
}

const postJson = (body: unknown): RequestInit => ({
	method: 'POST',
	headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
	body: JSON.stringify(body),
});

/**
 * Gives a command. Tried again after no answer it must carry the same request id.
 *
 * @throws Refusal, NoConnection
 */
export async function command<Name extends CommandName>(
	name: Name,
	input: CommandRequest<Name>,
	requestId: string = newRequestId(),
): Promise<unknown> {
	return await asMyself('', postJson({ ...input, command: name, requestId }));
}

/** @throws Refusal, NoConnection */
export async function logIn(account: string, password: string): Promise<void> {
	await request('', postJson({ login: { account, password } }));
}

/** @throws Refusal, NoConnection */
export async function setPassword(token: string, password: string): Promise<void> {
	await request('', postJson({ setPassword: { token, password } }));
}

/**
 * Hands over a file before it is sent; answers its upload id.
 *
 * @throws Refusal, NoConnection
 */
export function upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<string> {
	return new Promise((resolve, reject) => {
		// fetch does not tell how far an upload has come.
		const transfer = new XMLHttpRequest();
		transfer.open('POST', `${location.pathname}?upload=${encodeURIComponent(file.name)}`);
		transfer.setRequestHeader('content-type', file.type === '' ? 'application/octet-stream' : file.type);
		transfer.setRequestHeader('x-csrf-token', csrfToken);
		transfer.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
		transfer.onerror = () => reject(new NoConnection());
		transfer.onabort = () => reject(new DOMException('', 'AbortError'));
		transfer.onload = () => {
			if (transfer.status < 300) {
				const { uploadId } = JSON.parse(transfer.responseText) as { uploadId: string };
				resolve(uploadId);
				return;
			}
			if (transfer.status === 401) whenLoggedOut();
			reject(refusalOf(transfer.status, transfer.responseText, transfer.getResponseHeader('retry-after')));
		};
		signal.addEventListener('abort', () => transfer.abort(), { once: true });
		transfer.send(file);
	});
}

/** Address of a file of a message. */
export const attachmentUrl = (attachmentId: string): string =>
	`${location.pathname}?attachment=${encodeURIComponent(attachmentId)}`;
