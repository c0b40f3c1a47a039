import type { Answer, Fault } from './types';

/** What becomes of a request that has reached the account. */
type AfterArrival = 'lost' | 'server_error' | 'server_error_done';

/** What Stripe answers to a request during which it fails. */
export const SERVER_ERROR: Answer = {
	status: 500,
	body: { error: { type: 'api_error', message: 'An unknown error occurred' } },
};

const ANSWERS: Readonly<Record<Exclude<Fault['kind'], AfterArrival>, Answer>> = {
	lock_timeout: {
		status: 429,
		body: {
			error: {
				type: 'invalid_request_error',
				code: 'lock_timeout',
				message: 'This object cannot be accessed right now.',
			},
		},
	},
	unavailable: { status: 503, body: { error: { type: 'api_error', message: 'Try again later' } } },
	forbidden: {
		status: 403,
		body: {
			error: { type: 'invalid_request_error', message: 'The provided key does not have the required permissions' },
		},
	},
	malformed: { status: 200, body: '{"id": "plink_' },
};

/** What goes wrong next. */
export class FaultBoard {
	private faults: Fault[] = [];

	inject(fault: Fault): void {
		this.faults.push(fault);
	}

	clear(): void {
		this.faults = [];
	}

	/** What is answered to a request in the place of what it asks for, or what becomes of it. */
	next(method: string, path: string): Answer | AfterArrival | undefined {
		const fault = this.faults.find((one) => path.startsWith(one.path) && (one.method ?? method) === method);
		if (fault === undefined) return undefined;
		this.faults = this.faults.flatMap((one) => {
			if (one !== fault) return [one];
			return one.times > 1 ? [{ ...one, times: one.times - 1 }] : [];
		});
		const { kind } = fault;
		return kind === 'lost' || kind === 'server_error' || kind === 'server_error_done' ? kind : ANSWERS[kind];
	}
}
