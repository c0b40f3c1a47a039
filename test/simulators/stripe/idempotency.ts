import type { Answer } from './types';

const refused = (status: number, error: Readonly<Record<string, unknown>>): Answer => ({ status, body: { error } });

/** The same key answers the same; with other parameters it is refused, at the same time it is in conflict. */
export class IdempotentRequests {
	private readonly known = new Map<
		string,
		{ readonly request: string; readonly answer: Promise<Answer>; done: boolean }
	>();

	async once(key: string, request: string, run: () => Promise<Answer>): Promise<Answer> {
		if (key.length > 255)
			return refused(400, {
				type: 'invalid_request_error',
				message: 'Idempotency keys can be at most 255 characters long.',
			});
		const before = this.known.get(key);
		if (before !== undefined && before.request !== request)
			return refused(400, {
				type: 'idempotency_error',
				message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
			});
		if (before !== undefined && !before.done)
			return refused(409, {
				type: 'idempotency_error',
				code: 'idempotency_key_in_use',
				message: 'There is currently another in-progress request using this Idempotent Key.',
			});
		if (before !== undefined) return { ...(await before.answer), headers: { 'idempotent-replayed': 'true' } };
		const entry = { request, answer: run(), done: false };
		this.known.set(key, entry);
		const answer = await entry.answer;
		entry.done = true;
		// Stripe keeps no answer of a request that failed its checks before it began.
		if (answer.unbegun) this.known.delete(key);
		return answer;
	}
}
