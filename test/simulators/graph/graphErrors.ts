import type { Json } from './types';

/**
 * Titles and HTTP statuses of MD/support/error-codes (page of September 2026),
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
const catalogue: Readonly<Record<number, { readonly status: number; readonly title: string }>> = {
	0: { status: 401, title: 'AuthException' },
	1: { status: 400, title: 'An unknown error has occurred.' },
	2: { status: 503, title: 'Service temporarily unavailable' },
	3: { status: 500, title: 'Capability or permissions issue' },
	4: { status: 400, title: 'Application request limit reached' },
	10: { status: 403, title: 'Application does not have permission for this action' },
	33: { status: 400, title: 'Parameter value is not valid' },
	100: { status: 400, title: 'Invalid parameter' },
	104: { status: 400, title: 'An access token is required to request this resource.' },
	190: { status: 401, title: 'Error validating access token' },
	200: { status: 403, title: 'Permissions error' },
	368: { status: 403, title: 'Temporarily blocked for policies violations' },
	80007: { status: 400, title: 'There have been too many calls from this WhatsApp Business Account' },
	130403: { status: 403, title: 'The business has blocked this user' },
	130429: { status: 400, title: 'Rate limit hit' },
	130472: { status: 400, title: "User's number is part of an experiment" },
	130497: { status: 403, title: 'Business account is restricted from messaging users in this country.' },
	131000: { status: 500, title: 'Something went wrong' },
	131005: { status: 403, title: 'Access denied' },
	131008: { status: 400, title: 'Required parameter is missing' },
	131009: { status: 400, title: 'Parameter value is not valid' },
	131016: { status: 500, title: 'Service unavailable' },
	131021: { status: 400, title: 'Recipient cannot be sender' },
	131026: { status: 400, title: 'Message undeliverable' },
	131031: { status: 403, title: 'Business Account locked' },
	131037: { status: 400, title: 'WhatsApp provided number needs display name approval before message can be sent' },
	131042: { status: 400, title: 'Business eligibility payment issue' },
	131045: { status: 500, title: 'Message failed to send because of an incorrect certificate' },
	131047: { status: 400, title: 'Re-engagement message' },
	131048: { status: 400, title: 'Spam rate limit hit' },
	131049: { status: 400, title: 'This message was not delivered to maintain healthy ecosystem engagement.' },
	131050: { status: 400, title: 'Recipient has chosen to stop receiving marketing messages' },
	131051: { status: 400, title: 'Unsupported message type' },
	131052: { status: 400, title: 'Media download error' },
	131053: { status: 400, title: 'Media upload error' },
	131056: { status: 400, title: '(Business Account, Consumer Account) pair rate limit hit' },
	131057: { status: 500, title: 'Account in maintenance mode' },
	131060: { status: 400, title: 'This message is currently unavailable.' },
	131062: { status: 400, title: 'Business-scoped User ID recipients are not supported for this message' },
	131063: { status: 400, title: 'Marketing templates are disabled on Cloud API' },
	131064: { status: 400, title: 'Account restricted for template classification' },
	132000: { status: 400, title: 'Number of parameters does not match the expected number of params' },
	132001: { status: 404, title: 'Template name does not exist in the translation' },
	132005: { status: 400, title: 'Translated text too long' },
	132007: { status: 400, title: 'Template format character policy violated' },
	132012: { status: 400, title: 'Parameter format does not match format in the created template' },
	132015: { status: 400, title: 'Template is paused' },
	132016: { status: 400, title: 'Template is disabled' },
	132018: { status: 400, title: 'There is an issue with the parameters in your template message' },
	133010: { status: 400, title: 'Account not registered' },
	134011: { status: 400, title: 'Payments terms of service not accepted' },
	135000: { status: 400, title: 'Generic user error' },
	2593107: { status: 400, title: 'Sync request limit exceeded' },
	2593108: { status: 400, title: 'Sync request made outside of the allowed time window' },
	2593109: { status: 400, title: 'History sync is turned off by the business from the WhatsApp Business App' },
};

const reference = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';

export function titleOf(code: number): string {
	return catalogue[code]?.title ?? 'Something went wrong';
}

/** The object of `statuses[].errors` and `value.errors`. */
export function webhookError(code: number, details?: string): Json {
	const title = titleOf(code);
	return { code, title, message: title, error_data: { details: details ?? title }, href: reference };
}

/** A refusal, written as the Graph API writes it. */
export class GraphError extends Error {
	readonly code: number;
	readonly status: number;
	readonly details?: string;
	readonly subcode?: number;
	private readonly plainMessage?: string;
	private readonly vendorType: string;
	private readonly messaging: boolean;

	constructor(
		code: number,
		options: {
			details?: string;
			message?: string;
			subcode?: number;
			type?: string;
			status?: number;
			messaging?: boolean;
		} = {},
	) {
		super(options.message ?? options.details ?? titleOf(code));
		this.code = code;
		this.status = options.status ?? catalogue[code]?.status ?? 400;
		this.details = options.details;
		this.subcode = options.subcode;
		this.plainMessage = options.message;
		this.vendorType = options.type ?? 'OAuthException';
		this.messaging = options.messaging ?? code >= 130000;
	}

	body(trace: string): Json {
		const error: Json = {
			message: this.plainMessage ?? `(#${this.code}) ${titleOf(this.code)}`,
			type: this.vendorType,
			code: this.code,
		};
		if (this.messaging)
			error.error_data = { messaging_product: 'whatsapp', details: this.details ?? titleOf(this.code) };
		if (this.subcode !== undefined) error.error_subcode = this.subcode;
		error.fbtrace_id = trace;
		return { error };
	}
}

/** Unknown or invisible object: the same text for both, so that ids cannot be guessed. */
export function unknownObject(id: string, method: string): GraphError {
	return new GraphError(100, {
		subcode: 33,
		type: 'GraphMethodException',
		message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
	});
}

export function parameterError(message: string): GraphError {
	return new GraphError(100, { message: `(#100) ${message}` });
}
