import axios, { AxiosError } from 'axios';

import { readAddress } from './address';
import { namesPrivateNetwork, PrivateAddress, publicAddressesOf, type Resolve } from './publicAddress';
import { createAgents } from './sockets';

/** What a receiver has to take an event; it is to answer first and work afterwards. */
const TIMEOUT_MS = 10_000;
/** Nothing of an answer is read but its status. */
const LARGEST_ANSWER_BYTES = 64 * 1024;

/** A connection that was let into a private network carries nothing of an address that may not go there. */
const agents = { anywhere: createAgents(), publicOnly: createAgents() };

export interface Delivery {
	readonly url: string;
	/** The exact bytes that were signed. */
	readonly body: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Whether the address may lead into a private network. */
	readonly allowsPrivate: boolean;
}

const PRIVATE_WORDS = 'leads into a private network';

/** Why an address may not be posted to, in words; undefined when it may, as far as it can be told without resolving it. */
export function whyRefused(address: string, allowsPrivate: boolean): string | undefined {
	const url = readAddress(address);
	if (typeof url === 'string') return url;
	if (allowsPrivate) return undefined;
	return namesPrivateNetwork(url.hostname) ? `${url.host} ${PRIVATE_WORDS}.` : undefined;
}

/**
 * Posts bytes to somebody's address, once: https only, never into a private network unless that is allowed, no redirect is followed,
 * and directly, because of a proxy nobody knows whom it asks.
 * @returns undefined when it was taken (2xx), else why not, in words
 */
export async function deliver(
	{ url, body, headers, allowsPrivate }: Delivery,
	resolve?: Resolve,
): Promise<string | undefined> {
	const refused = whyRefused(url, allowsPrivate);
	if (refused !== undefined) return refused;
	try {
		const { status } = await axios.post(url, body, {
			headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
			timeout: TIMEOUT_MS,
			signal: AbortSignal.timeout(TIMEOUT_MS * 2),
			maxRedirects: 0,
			maxContentLength: LARGEST_ANSWER_BYTES,
			responseType: 'text',
			transformRequest: (text: string) => text,
			validateStatus: () => true,
			...(allowsPrivate
				? agents.anywhere
				: {
						...agents.publicOnly,
						proxy: false as const,
						lookup: async (hostname: string) => await publicAddressesOf(hostname, resolve),
					}),
		});
		return status >= 200 && status < 300 ? undefined : `the receiver answered ${status}`;
	} catch (error) {
		if (!(error instanceof AxiosError)) throw error;
		if (error.cause instanceof PrivateAddress) return `${new URL(url).host} ${PRIVATE_WORDS}.`;
		return `the receiver cannot be reached (${error.code ?? error.message})`;
	}
}
