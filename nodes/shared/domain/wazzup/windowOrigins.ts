/** The vendor's own domains: whatever subdomain shows the chats, it is Wazzup's. */
const WAZZUP_DOMAINS = ['wazzup24.com', 'wazzup24.ru'] as const;

const isOf = (hostname: string, domain: string): boolean => hostname === domain || hostname.endsWith(`.${domain}`);

const isWazzup = (hostname: string): boolean => WAZZUP_DOMAINS.some((domain) => isOf(hostname, domain));

/**
 * From where a chat window of the account may come, as sources of a content security policy: Wazzup's domains, or for an
 * API elsewhere (a simulator) exactly the API's own origin.
 */
export function windowSources(baseUrl: string): readonly string[] {
	const { hostname, origin, protocol } = new URL(baseUrl);
	if (protocol !== 'https:' || !isWazzup(hostname)) return [origin];
	return WAZZUP_DOMAINS.flatMap((domain) => [`https://${domain}`, `https://*.${domain}`]);
}

/** The origin of a chat window, when its address is one that the account's windows may have. */
export function windowOrigin(url: string, baseUrl: string): string | undefined {
	if (!URL.canParse(url)) return undefined;
	const { hostname, origin, port, protocol, username, password } = new URL(url);
	if (username !== '' || password !== '') return undefined;
	const api = new URL(baseUrl);
	if (api.protocol !== 'https:' || !isWazzup(api.hostname)) return origin === api.origin ? origin : undefined;
	return protocol === 'https:' && port === '' && isWazzup(hostname) ? origin : undefined;
}
