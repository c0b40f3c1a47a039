/**
 * What went wrong with a call to a vendor, in the words the rest of the package decides by.
 *
 * - `not_sent`: refused or unresolved before the request was written. Safe to repeat.
 * - `rate_limited`: the vendor says slow down; `retryAfterMs` when it says how long.
 * - `temporary`: the vendor answered that it failed for now. Safe to repeat only when the request is idempotent.
 * - `unknown_outcome`: the request was written and no usable answer came. It may have happened.
 * - `unauthorized`: the credential is wrong, expired or lacks a permission.
 * - `rejected`: the vendor understood and said no; repeating changes nothing.
 */
export type FailureKind = 'not_sent' | 'rate_limited' | 'temporary' | 'unknown_outcome' | 'unauthorized' | 'rejected';

export interface RequestFailureDetails {
	readonly vendor: 'whatsapp' | 'wazzup' | 'stripe';
	readonly kind: FailureKind;
	/** What happened, without a secret. */
	readonly message: string;
	/** How to get unstuck. */
	readonly description?: string;
	readonly status?: number;
	/** The vendor's own code, as text. */
	readonly code?: string;
	/** A finer code, where the vendor has one. */
	readonly subcode?: string;
	readonly details?: string;
	/** What the vendor says of it, in its own words. */
	readonly said?: string;
	readonly retryAfterMs?: number;
	/** Vendor's id of the request, for its support. */
	readonly traceId?: string;
	/** The vendor repeats what it answered to the same request before; it did not look again. */
	readonly isReplayed?: boolean;
}

/** The only error that leaves a client. */
export class RequestFailure extends Error {
	readonly vendor: RequestFailureDetails['vendor'];
	readonly kind: FailureKind;
	readonly description?: string;
	readonly status?: number;
	readonly code?: string;
	/** A finer code, where the vendor has one. */
	readonly subcode?: string;
	readonly details?: string;
	/** What the vendor says of it, in its own words. */
	readonly said?: string;
	readonly retryAfterMs?: number;
	readonly traceId?: string;
	/** The vendor repeats what it answered to the same request before; it did not look again. */
	readonly isReplayed: boolean;

	constructor(details: RequestFailureDetails) {
		super(details.message);
		this.name = 'RequestFailure';
		this.vendor = details.vendor;
		this.kind = details.kind;
		this.description = details.description;
		this.status = details.status;
		this.code = details.code;
		this.subcode = details.subcode;
		this.details = details.details;
		this.said = details.said;
		this.retryAfterMs = details.retryAfterMs;
		this.traceId = details.traceId;
		this.isReplayed = details.isReplayed ?? false;
	}
}
