const REPLACEMENT = '[hidden]';

/**
 * Secrets that are recognised by their look, for texts that quote somebody else's secret: Meta's access tokens,
 * bearer headers, query parameters that carry tokens, Stripe's keys.
 */
const LOOKS_SECRET: readonly RegExp[] = [
	/\bEAA[A-Za-z0-9]{16,}/g,
	/\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{8,}/g,
	/\bwhsec_[A-Za-z0-9+/=]{8,}/g,
	/(?<=\b(?:bearer|basic)\s)[A-Za-z0-9._~+/=|-]{8,}/gi,
	/(?<=\b(?:access_token|input_token|client_secret|fb_exchange_token|verify_token|hub\.verify_token)=)[^&\s"']+/gi,
];

/** Shorter than this, a "secret" is a word that would hide half of every sentence. */
const SHORTEST_SECRET = 6;

/** The text without the given secrets, plain or as they look in a URL, and without anything that looks like one. */
export function redact(text: string, secrets: readonly string[] = []): string {
	let clean = text;
	for (const secret of secrets) {
		if (secret.length < SHORTEST_SECRET) continue;
		clean = clean.replaceAll(secret, REPLACEMENT).replaceAll(encodeURIComponent(secret), REPLACEMENT);
	}
	return LOOKS_SECRET.reduce((remaining, look) => remaining.replace(look, REPLACEMENT), clean);
}
