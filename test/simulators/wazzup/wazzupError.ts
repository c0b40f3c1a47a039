import type { Json } from './types';

/** A refusal of Wazzup's. Message routes add status and requestId, the chat window nests its code. */
export class WazzupError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		readonly description = '',
		readonly data?: unknown,
	) {
		super(code);
	}

	body(path: string, requestId: string): Json {
		const data = this.data === undefined ? {} : { data: this.data };
		if (path.startsWith('/iframe')) {
			return { error: { code: this.code, description: this.description, ...data } };
		}
		const flat = { error: this.code, description: this.description, ...data };
		return path.startsWith('/message') ? { status: this.status, requestId, ...flat } : flat;
	}
}
