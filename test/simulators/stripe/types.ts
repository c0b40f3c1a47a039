/** An object of the account as the API shows it. */
export type StripeObject = Record<string, unknown> & { id: string; object: string; created: number };

/** A form body as Stripe reads it: `line_items[0][price_data][currency]=cop`. */
export type Form = Readonly<Record<string, unknown>>;

/** What is bought behind a link, a session or a subscription. */
export interface Order {
	/** Of all pieces together, minor units. */
	readonly amount: number;
	readonly currency: string;
	readonly name: string;
	readonly quantity: number;
	readonly subscription: boolean;
	readonly form: Form;
}

/** What Stripe answers. */
export interface Answer {
	readonly status: number;
	readonly body: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	/** The request failed its checks before it was begun. */
	readonly unbegun?: true;
}

/** A request that reached the API. */
export interface RecordedRequest {
	readonly method: string;
	/** Without `/v1`. */
	readonly path: string;
	readonly key?: string;
	readonly version?: string;
}

/** What goes wrong with the next requests whose path begins so. */
export interface Fault {
	readonly path: string;
	/** Absent: any. */
	readonly method?: 'GET' | 'POST';
	readonly times: number;
	/**
	 * `lost`: it is done, and the answer never comes. `server_error`: Stripe itself fails once the request has begun, so that its key
	 * answers the same 500 from then on; nothing was done, or, with `server_error_done`, everything was.
	 */
	readonly kind:
		| 'lock_timeout'
		| 'unavailable'
		| 'lost'
		| 'forbidden'
		| 'malformed'
		| 'server_error'
		| 'server_error_done';
}

export interface StripeSimulatorOptions {
	readonly secretKey?: string;
	readonly now?: () => number;
	/** How long a change takes, ms: two with one key at once then meet. */
	readonly latencyMs?: number;
	/** Pauses before a webhook that got no 2xx is sent again, ms. */
	readonly redeliverMs?: readonly number[];
}

/** How a customer leaves the page: `abandon` opens it and goes away. */
export type PaymentEnd = 'pay' | 'fail' | 'pending' | 'abandon';
