import type { IncomingMessage } from 'node:http';
import { GraphError } from './graphErrors';
import type { GraphRequest } from './world';
import type { Json } from './types';

const MAXIMUM_BYTES = 110 * 1024 * 1024;

/** @throws GraphError when the body is larger than anything that may be uploaded. */
export async function readBytes(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		length += chunk.byteLength;
		if (length > MAXIMUM_BYTES)
			throw new GraphError(100, { message: '(#100) The request body is too large.', status: 413 });
		chunks.push(chunk);
	}
	return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/**
 * Another site's page, or a name that was bent to this machine, must not drive the simulator in the visitor's place.
 * Programs send no `Sec-Fetch-Site` and are let in.
 */
export function comesFromElsewhere(message: IncomingMessage): boolean {
	const site = message.headers['sec-fetch-site'];
	const host = (message.headers.host ?? '').replace(/:\d+$/, '');
	return (
		(site !== undefined && site !== 'same-origin' && site !== 'none') || !['127.0.0.1', 'localhost'].includes(host)
	);
}

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Form values that hold JSON count as JSON for the Graph API. */
function formValue(value: string): unknown {
	const first = value.charAt(0);
	if (first !== '{' && first !== '[') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch (error) {
		// Text that happens to begin with a bracket stays text, as with Meta.
		if (error instanceof SyntaxError) return value;
		throw error;
	}
}

/** Reads a request the way the Graph API does: query, form and JSON parameters are one. */
export async function readRequest(message: IncomingMessage): Promise<GraphRequest> {
	const target = message.url ?? '/';
	const cut = target.indexOf('?');
	const path = cut < 0 ? target : target.slice(0, cut);
	const query = new URLSearchParams(cut < 0 ? '' : target.slice(cut + 1));
	const segments = path.split('/').filter((segment) => segment !== '');
	const versioned = /^v(\d+)\.\d+$/.exec(segments[0] ?? '');
	const parameters: Json = {};
	for (const [key, value] of query) parameters[key] = formValue(value);
	const files = new Map<string, { bytes: Uint8Array; mimeType: string; filename: string }>();
	const method = message.method ?? 'GET';
	const contentType = message.headers['content-type'] ?? '';
	const bytes = await readBytes(message);
	if (bytes.byteLength > 0) {
		if (contentType.startsWith('multipart/form-data')) {
			const form = await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': contentType } })
				.formData()
				.catch(() => {
					throw new GraphError(100, { message: '(#100) The multipart body is malformed.' });
				});
			for (const [key, value] of form.entries()) {
				if (typeof value === 'string') parameters[key] = formValue(value);
				else
					files.set(key, {
						bytes: new Uint8Array(await value.arrayBuffer()),
						mimeType: value.type,
						filename: value.name,
					});
			}
		} else if (contentType.startsWith('application/x-www-form-urlencoded')) {
			for (const [key, value] of new URLSearchParams(bytes.toString('utf8'))) parameters[key] = formValue(value);
		} else {
			let body: unknown;
			try {
				body = JSON.parse(bytes.toString('utf8'));
			} catch (error) {
				const why = error instanceof Error ? error.message : 'unreadable';
				throw new GraphError(100, { message: `(#100) The request body is not valid JSON: ${why}` });
			}
			if (isObject(body)) Object.assign(parameters, body);
		}
	}
	const authorization = message.headers.authorization ?? '';
	const bearer = /^Bearer\s+(.+)$/i.exec(authorization)?.[1];
	const fromParameters = typeof parameters.access_token === 'string' ? parameters.access_token : undefined;
	delete parameters.access_token;
	return {
		method,
		version: versioned ? Number(versioned[1]) : Number.POSITIVE_INFINITY,
		segments: versioned ? segments.slice(1) : segments,
		query,
		parameters,
		files,
		token: bearer ?? fromParameters,
	};
}
