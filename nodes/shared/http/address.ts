/** Whether a host name is this machine. `URL.hostname` keeps the brackets of IPv6 addresses. */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * The parsed address, or a sentence that says why a secret must not travel to it: anything but https is refused unless
 * it stays on this machine (simulators, a proxy next door).
 */
export function readAddress(address: string): URL | string {
	if (!URL.canParse(address)) return `'${address}' is not a web address.`;
	const url = new URL(address);
	if (url.username !== '' || url.password !== '') return 'The address carries a user name or password.';
	if (url.protocol === 'https:') return url;
	if (url.protocol === 'http:' && isLoopback(url.hostname)) return url;
	return `${url.protocol}//${url.host} is not encrypted. Use https (http is taken for this machine only).`;
}
