import type { Answer, Fault } from './types';

const ANSWERS: Readonly<Record<Exclude<Fault['kind'], 'lost'>, Answer>> = {
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

	/** What is answered to a request in the place of what it asks for; `lost`: nothing, though it is done. */
	next(path: string): Answer | 'lost' | undefined {
		const fault = this.faults.find((one) => path.startsWith(one.path));
		if (fault === undefined) return undefined;
		this.faults = this.faults.flatMap((one) => {
			if (one !== fault) return [one];
			return one.times > 1 ? [{ ...one, times: one.times - 1 }] : [];
		});
		return fault.kind === 'lost' ? 'lost' : ANSWERS[fault.kind];
	}
}
