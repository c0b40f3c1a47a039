import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

import { isPrivateAddress } from './privateAddress';

/** The name leads to this machine, this network or its neighbours: nobody outside may send us there. */
export class PrivateAddress extends Error {}

/** Whether an address names a private network by itself; a name may still resolve to one. */
export function namesPrivateNetwork(hostname: string): boolean {
	const host = hostname.replace(/^\[|\]$/gu, '');
	const isLocal = host === 'localhost' || /\.(?:localhost|local|internal)$/u.test(host);
	return isLocal || (isIP(host) !== 0 && isPrivateAddress(host));
}

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<ReadonlyArray<{ readonly address: string }>>;

const resolveByDns: Resolve = async (hostname) => await lookup(hostname, { all: true });

/**
 * Resolves a name for the very connection that uses it, so that nothing can change between the look and the connection.
 * @returns the answer of a `lookup` of axios: all addresses, as its one result
 * @throws PrivateAddress
 */
export async function publicAddressesOf(
	hostname: string,
	resolve: Resolve = resolveByDns,
): Promise<[Array<{ address: string; family: 4 | 6 }>]> {
	const found = await resolve(hostname);
	// One private address among public ones is how a name is turned against its asker.
	if (found.length === 0 || found.some(({ address }) => isPrivateAddress(address))) throw new PrivateAddress();
	return [found.map(({ address }) => ({ address, family: isIP(address) === 6 ? 6 : 4 }))];
}
