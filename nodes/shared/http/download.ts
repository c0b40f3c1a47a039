import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

import axios, { AxiosError } from 'axios';

import { readAddress } from './address';
import { RequestFailure, type FailureKind, type RequestFailureDetails } from './failure';
import { namesPrivateNetwork, PrivateAddress, publicAddressesOf } from './publicAddress';
import { redact } from './redaction';
import { retryAfterMs } from './retryAfter';
import { createAgents, mayHaveBeenWritten } from './sockets';

/** Silence on the line after which a download is given up. */
const SILENCE_MS = 15_000;
/** A file of 100 MB at 1 MB/s, with room. */
const LONGEST_DOWNLOAD_MS = 180_000;
const MOST_REDIRECTS = 5;

export interface DownloadRequest {
	readonly vendor: RequestFailureDetails['vendor'];
	/** As people know it, for messages. */
	readonly vendorName: string;
	readonly url: string;
	/**
	 * Hosts that the file may come from, checked at every hop: `example.com` is that host (with its port when it has
	 * one), `.example.com` is any host below it.
	 */
	readonly allowedHosts: readonly string[];
	/** Lets it come from any other host of the public Internet too, over https; never from a private network. */
	readonly allowsPublicHosts?: boolean;
	/** Sent to the first host only; a redirect to another host goes without it. */
	readonly authorization?: string;
	/** The download is cut as soon as it is larger. */
	readonly maxBytes: number;
	readonly secrets: readonly string[];
}

export interface DownloadedFile {
	readonly bytes: Buffer;
	/** Hex digest of the bytes. */
	readonly sha256: string;
	readonly contentType?: string;
}

/** Fetches a file of a vendor's. @throws RequestFailure; `status` 404 or 410 means the link has expired. */
export async function downloadFile(request: DownloadRequest): Promise<DownloadedFile> {
	const deadline = AbortSignal.timeout(LONGEST_DOWNLOAD_MS);
	const { host: firstHost } = hostOf(request, request.url);
	let url = request.url;
	for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
		const { host, isKnown } = hostOf(request, url);
		const authorization = host === firstHost ? request.authorization : undefined;
		const answer = await open(request, { url, authorization, isKnown }, deadline);
		if (answer.location === undefined) return await readAll(request, answer);
		answer.stream.destroy();
		url = new URL(answer.location, url).href;
	}
	throw failure(request, 'rejected', 'the link was passed on too many times');
}

interface OpenedFile {
	readonly stream: Readable;
	readonly location?: string;
	readonly contentType?: string;
	readonly announcedBytes?: number;
}

/** A connection that was let into a private network carries nothing of an address that may not go there. */
const agents = { known: createAgents(), publicOnly: createAgents() };

async function open(
	request: DownloadRequest,
	{ url, authorization, isKnown }: { url: string; authorization: string | undefined; isKnown: boolean },
	signal: AbortSignal,
): Promise<OpenedFile> {
	try {
		const response = await axios.get<Readable>(url, {
			responseType: 'stream',
			maxRedirects: 0,
			timeout: SILENCE_MS,
			transitional: { clarifyTimeoutError: true },
			signal,
			validateStatus: (status) => status === 200 || [301, 302, 303, 307, 308].includes(status),
			headers: authorization === undefined ? {} : { Authorization: authorization },
			// Of a stranger's host directly, because of a proxy nobody knows whom it asks.
			...(isKnown
				? agents.known
				: {
						...agents.publicOnly,
						proxy: false as const,
						lookup: async (hostname: string) => await publicAddressesOf(hostname),
					}),
		});
		const length = Number(response.headers['content-length']);
		const type: unknown = response.headers['content-type'];
		const location: unknown = response.headers.location;
		return {
			stream: response.data,
			location: response.status === 200 ? undefined : typeof location === 'string' ? location : '',
			contentType: typeof type === 'string' ? type : undefined,
			announcedBytes: Number.isFinite(length) ? length : undefined,
		};
	} catch (error) {
		if (!(error instanceof AxiosError)) throw failure(request, 'temporary', reason(request, error));
		if (error.cause instanceof PrivateAddress) throw privateHost(request, new URL(url).host);
		const status = error.response?.status;
		if (error.response !== undefined) (error.response.data as Readable | undefined)?.destroy();
		if (status === undefined) {
			const kind = mayHaveBeenWritten(error.code, error.request) ? 'temporary' : 'not_sent';
			throw failure(request, kind, reason(request, error));
		}
		const wished = retryAfterMs(error.response?.headers['retry-after'], Date.now());
		const kind =
			status === 429 ? 'rate_limited' : status >= 500 ? 'temporary' : status === 401 ? 'unauthorized' : 'rejected';
		throw failure(request, kind, `the link answered ${status}`, status, wished);
	}
}

async function readAll(request: DownloadRequest, file: OpenedFile): Promise<DownloadedFile> {
	const tooLarge = () => failure(request, 'rejected', `the file is larger than ${request.maxBytes} bytes`);
	if (file.announcedBytes !== undefined && file.announcedBytes > request.maxBytes) {
		file.stream.destroy();
		throw tooLarge();
	}
	const digest = createHash('sha256');
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of file.stream) {
			const bytes = Buffer.from(chunk as Uint8Array);
			size += bytes.length;
			if (size > request.maxBytes) throw tooLarge();
			digest.update(bytes);
			chunks.push(bytes);
		}
	} catch (error) {
		if (error instanceof RequestFailure) throw error;
		throw failure(request, 'temporary', `the file broke off after ${size} bytes (${reason(request, error)})`);
	}
	return { bytes: Buffer.concat(chunks, size), sha256: digest.digest('hex'), contentType: file.contentType };
}

/** The host with its port, once it is known to be allowed; `isKnown`: it is one of those that are named. */
function hostOf(request: DownloadRequest, address: string): { readonly host: string; readonly isKnown: boolean } {
	const url = readAddress(address);
	if (typeof url === 'string') throw failure(request, 'rejected', `the link cannot be used: ${url}`);
	const allowed = request.allowedHosts.some((entry) =>
		entry.startsWith('.') ? url.host.endsWith(entry) : url.host === entry,
	);
	if (allowed) return { host: url.host, isKnown: true };
	if (request.allowsPublicHosts !== true) {
		throw failure(request, 'rejected', `the link leads to '${url.host}', which is not a host of ${request.vendorName}`);
	}
	if (url.protocol !== 'https:') throw failure(request, 'rejected', `the link to '${url.host}' is not encrypted`);
	if (namesPrivateNetwork(url.hostname)) throw privateHost(request, url.host);
	return { host: url.host, isKnown: false };
}

function privateHost(request: DownloadRequest, host: string): RequestFailure {
	return failure(request, 'rejected', `the link leads to '${host}', which is in a private network`);
}

function reason(request: DownloadRequest, error: unknown): string {
	return redact(error instanceof Error ? error.message : String(error), request.secrets);
}

function failure(
	request: DownloadRequest,
	kind: FailureKind,
	what: string,
	status?: number,
	wished?: number,
): RequestFailure {
	return new RequestFailure({
		vendor: request.vendor,
		kind,
		message: redact(`Download file: ${what}`, request.secrets),
		description: 'Ask the customer to send it again, or try later.',
		status,
		retryAfterMs: wished,
	});
}
