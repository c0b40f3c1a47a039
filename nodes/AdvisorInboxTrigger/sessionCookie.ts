import type { Response } from './answers';
import { cookie, isOnThisMachine, pathOf, type Request } from './requests';

const NAME = 'inbox_session';

/** Where the page is, for the cookie's path and whether it may travel in the clear. */
interface Place {
	readonly request: Request;
	readonly address: string | undefined;
}

function written(value: string, lifeSeconds: number, { request, address }: Place): string {
	return [
		`${NAME}=${value}`,
		`Path=${pathOf(request, address)}`,
		`Max-Age=${lifeSeconds}`,
		'HttpOnly',
		'SameSite=Strict',
		...(isOnThisMachine(request) ? [] : ['Secure']),
	].join('; ');
}

export function sessionToken(request: Request): string | undefined {
	return cookie(request, NAME);
}

/** The cookie lives as long as the browser may need it; the store decides when the session ends. */
export function setSession(response: Response, token: string, lifeMs: number, place: Place): void {
	response.appendHeader('Set-Cookie', written(token, Math.floor(lifeMs / 1000), place));
}

export function clearSession(response: Response, place: Place): void {
	response.appendHeader('Set-Cookie', written('', 0, place));
}
