import { BlockList, isIP } from 'node:net';

/** Addresses that are nobody's on the Internet (IANA's special purpose registries): this machine, this network, its neighbours. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 4],
	['240.0.0.0', 4],
] as const) {
	PRIVATE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
	['::', 128],
	['::1', 128],
	// Carry an IPv4 address inside, whichever it is.
	['64:ff9b::', 96],
	['64:ff9b:1::', 48],
	['2001::', 32],
	['2002::', 16],
	['2001:db8::', 32],
	['fc00::', 7],
	['fe80::', 10],
	['fec0::', 10],
	['ff00::', 8],
] as const) {
	PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is not one of the public Internet; what is no IP address at all counts as private. */
export function isPrivateAddress(address: string): boolean {
	const family = isIP(address);
	return family === 0 || PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
