import axios, { AxiosError } from 'axios';

import { createAgents } from './sockets';

const TIMEOUT_MS = 5_000;
const agents = createAgents();

/** A page that asks to log in is there; a method that it does not know says nothing. */
const IS_THERE = new Set([401, 403, 407, 429]);
const UNKNOWN_METHOD = new Set([405, 501]);

/** Why an address does not lead to a page, for people; undefined when it does. Redirects are followed, nothing is read. */
export async function whyUnreachable(url: string): Promise<string | undefined> {
	const head = await ask('HEAD', url);
	const answer = typeof head === 'number' && UNKNOWN_METHOD.has(head) ? await ask('GET', url) : head;
	if (typeof answer === 'string') return answer;
	return answer < 400 || IS_THERE.has(answer) ? undefined : `it answers ${answer}`;
}

async function ask(method: 'HEAD' | 'GET', url: string): Promise<number | string> {
	try {
		const response = await axios.request({
			method,
			url,
			timeout: TIMEOUT_MS,
			signal: AbortSignal.timeout(TIMEOUT_MS * 2),
			validateStatus: () => true,
			maxRedirects: 5,
			responseType: 'stream',
			...agents,
		});
		(response.data as { destroy?: () => void }).destroy?.();
		return response.status;
	} catch (error) {
		if (!(error instanceof AxiosError)) throw error;
		return error.code ?? error.message;
	}
}
