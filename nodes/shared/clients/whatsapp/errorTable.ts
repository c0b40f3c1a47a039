import { z } from 'zod';

import type { VendorError } from '../../domain/messages/events';
import type { FailureKind } from '../../http/failure';
import type { ExplainedAnswer, VendorAnswer } from '../../http/vendorHttp';

interface ErrorRow {
	readonly kind: FailureKind;
	/** What happened. */
	readonly message: string;
	/** What to do. */
	readonly description: string;
	readonly pausesMs?: readonly number[];
}

const row = (kind: FailureKind, message: string, description: string): ErrorRow => ({ kind, message, description });

const RENEW_TOKEN =
	'Create a permanent token of a system user in Meta Business Settings and put it into the credential.';
const GIVE_PERMISSION =
	'Give the system user the app and the WhatsApp account, and the token the permissions whatsapp_business_messaging and whatsapp_business_management.';
const CHECK_PARAMETERS = 'Compare the parameters of this node with the details of the answer.';
const LATER = 'It passes by itself. Try again in a few minutes.';

/**
 * Meta's codes and what they mean for the person at the canvas
 * (developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, read 11 September 2026).
 * Meta says to build on the code, never on titles or the HTTP status.
 */
export const ERROR_TABLE: Readonly<Record<number, ErrorRow>> = {
	0: row('unauthorized', 'The access token was not accepted', RENEW_TOKEN),
	1: row('temporary', 'WhatsApp did not know what went wrong', LATER),
	2: row('temporary', 'WhatsApp is overloaded or down for now', LATER),
	3: row('unauthorized', 'The app may not use this part of WhatsApp', GIVE_PERMISSION),
	4: row('rate_limited', 'The app made too many calls', 'Wait up to an hour or spread the calls.'),
	10: row('unauthorized', 'The token has no permission for this', GIVE_PERMISSION),
	33: row(
		'rejected',
		'The phone number or object does not exist any more',
		"Choose the number again in 'Phone Number': it was deleted or moved.",
	),
	100: row('rejected', 'WhatsApp does not know a parameter or id', CHECK_PARAMETERS),
	190: row('unauthorized', 'The access token expired or was revoked', RENEW_TOKEN),
	368: row(
		'rejected',
		'The account is blocked for a breach of policy',
		"See 'Account Quality' in Meta Business Suite.",
	),
	80007: row('rate_limited', 'The WhatsApp account made too many calls', 'Wait up to an hour or spread the calls.'),
	130403: row(
		'rejected',
		'This number is blocked',
		'The person or the business blocked the other. Do not write again.',
	),
	130429: row(
		'rate_limited',
		'The number sends faster than its throughput',
		"Lower 'Messages per Second' in the credential: 80 for most numbers, 20 for a linked Business app number.",
	),
	130472: row(
		'rejected',
		'The person is part of an experiment of Meta and gets no marketing',
		'Do not repeat it. Write when the person has written.',
	),
	130497: row('rejected', 'The account may not write to this country', "See 'Account Quality' in Meta Business Suite."),
	131000: row('temporary', 'WhatsApp could not send the message for an unknown reason', LATER),
	131005: row('unauthorized', 'The token has no permission for this', GIVE_PERMISSION),
	131008: row('rejected', 'A parameter is missing', CHECK_PARAMETERS),
	131009: row('rejected', 'The value of a parameter is not valid', CHECK_PARAMETERS),
	131016: row('temporary', 'WhatsApp is unavailable for now', LATER),
	131021: row('rejected', 'Sender and recipient are the same number', "Choose another number in 'To'."),
	131026: row(
		'rejected',
		'The message cannot be delivered to this person',
		'The number has no WhatsApp, an old version, or has not accepted its terms. Reach the person another way.',
	),
	131031: row('rejected', 'The WhatsApp account is locked', "See 'Account Quality' in Meta Business Suite."),
	131037: row(
		'rejected',
		'The number has no approved display name',
		'Set the display name of the number in WhatsApp Manager.',
	),
	131042: row(
		'rejected',
		'The payment method of the WhatsApp account does not work',
		'Add or fix the payment method in Meta Business Settings.',
	),
	131045: row('rejected', 'The number is not registered', 'Register the number in WhatsApp Manager, then try again.'),
	131047: row(
		'rejected',
		'More than 24 hours have passed since the person last wrote',
		'Send an approved template instead: only templates are delivered outside the 24-hour window.',
	),
	131048: row(
		'rejected',
		'The number is restricted because too many messages were blocked or marked as spam',
		'Stop campaigns and see the quality of the number in WhatsApp Manager.',
	),
	131049: row('rejected', 'Meta held the message back to keep engagement healthy', 'Do not repeat it within 24 hours.'),
	131050: row(
		'rejected',
		'The person does not want marketing messages',
		'Record the opt-out and never send marketing to this person again.',
	),
	131051: row('rejected', 'This type of message is not supported', CHECK_PARAMETERS),
	131052: row('rejected', 'The file of the customer could not be downloaded', 'Ask the customer to send it again.'),
	131053: row(
		'rejected',
		'The file could not be uploaded',
		'Check that the type of the file is what its content says, and that WhatsApp takes this type.',
	),
	131056: {
		kind: 'rate_limited',
		message: 'Too many messages to this person in a short time',
		description: 'WhatsApp allows one message every 6 seconds to one person after a burst of 45.',
		// Meta: "retry after 4^X seconds, X = 0, 1, 2 …" (about-the-platform, rate limits).
		pausesMs: [1_000, 4_000],
	},
	131057: row('rate_limited', 'The account is in maintenance', LATER),
	131060: row('rejected', 'The message is not available for now', LATER),
	131062: row(
		'rejected',
		'This message cannot be sent to a WhatsApp user id',
		'Authentication templates need the phone number of the person.',
	),
	131063: row(
		'rejected',
		'Marketing templates are switched off for this account on the Cloud API',
		'Switch them on in WhatsApp Manager or use a utility template.',
	),
	131064: row(
		'rejected',
		'The account is restricted for wrongly classified templates',
		'Fix the category of the templates.',
	),
	132000: row(
		'rejected',
		'The number of template parameters does not match',
		"Fill in as many 'Body Parameters' as the template has placeholders.",
	),
	132001: row(
		'rejected',
		'The template does not exist in this language or is not approved',
		"Choose 'Template' and 'Language' from the list again.",
	),
	132005: row('rejected', 'The filled-in template is too long', 'Shorten the parameters.'),
	132007: row('rejected', 'The template breaks a policy', 'Change the template in WhatsApp Manager.'),
	132012: row('rejected', 'A template parameter has the wrong format', 'Compare the parameters with the template.'),
	132015: row('rejected', 'The template is paused for low quality', 'Use another template or change this one.'),
	132016: row('rejected', 'The template is disabled for low quality', 'Make a new template.'),
	132018: row('rejected', 'The template parameters are not valid', 'Compare the parameters with the template.'),
	132068: row('rejected', 'The flow is blocked', 'Fix the flow in WhatsApp Manager.'),
	132069: row('rejected', 'The flow was sent too often within an hour', 'Wait an hour.'),
	133000: row('rejected', 'An earlier registration was not finished', 'Deregister the number and register it again.'),
	133004: row('temporary', 'The registration server is unavailable', LATER),
	133005: row('rejected', 'The PIN of two-step verification is wrong', 'Set the PIN again in WhatsApp Manager.'),
	133006: row('rejected', 'The number must be verified first', 'Verify the number in WhatsApp Manager.'),
	133008: row('rejected', 'Too many wrong PINs', 'Wait as long as the details say.'),
	133009: row('rate_limited', 'The PIN was tried too fast', 'Wait as long as the details say.'),
	133010: row('rejected', 'The number is not registered', 'Register the number in WhatsApp Manager, then try again.'),
	133015: row('rate_limited', 'The number was deleted a moment ago', 'Wait five minutes, then register it.'),
	133016: row('rate_limited', 'The number was registered too often', 'Wait 72 hours.'),
	134011: row('rejected', 'The terms of WhatsApp payments are not accepted', 'Accept them in WhatsApp Manager.'),
	135000: row('rejected', 'WhatsApp could not read a parameter', CHECK_PARAMETERS),
	2593107: row('rejected', 'This synchronisation was already requested', 'Each kind can be requested once.'),
	2593108: row(
		'rejected',
		'Synchronisation is only possible within 24 hours of linking the number',
		'Link the number again.',
	),
};

/** Refusals of one message to one person that no repeat of the same message ever changes. */
const NEVER_ARRIVES: ReadonlySet<number> = new Set([
	130403, 130472, 131021, 131026, 131047, 131049, 131050, 131051, 131062,
]);

/** Why WhatsApp did not deliver a message, in words; `again`: whether the same message may arrive when it is sent once more. */
export function explainUndelivered({ code, title, message, details }: VendorError): {
	readonly reason: string;
	readonly again: boolean;
} {
	const known = ERROR_TABLE[code];
	const what = known?.message ?? message ?? title ?? 'WhatsApp did not deliver the message';
	const advice = known?.description ?? details;
	return {
		reason: `${what} (${code})${advice === undefined ? '' : `. ${advice}`}`,
		again: !NEVER_ARRIVES.has(code),
	};
}

const ANY_PERMISSION = row('unauthorized', 'The token has no permission for this', GIVE_PERMISSION);

/** Graph marks what it takes for passing with `is_transient`; codes it documents as final are final all the same. */
const graphErrorSchema = z.object({
	error: z.object({
		message: z.string().default(''),
		code: z.number().int(),
		error_subcode: z.number().int().optional(),
		error_user_msg: z.string().optional(),
		is_transient: z.boolean().optional(),
		error_data: z.object({ details: z.string().optional() }).passthrough().nullish().catch(undefined),
		fbtrace_id: z.string().optional(),
	}),
});

/** Reads Meta's error object; `undefined` when the answer has none (a gateway, a wrong base URL). */
export function explainGraphError(answer: VendorAnswer): ExplainedAnswer | undefined {
	const parsed = graphErrorSchema.safeParse(answer.body);
	if (!parsed.success) return undefined;
	const {
		code,
		error_subcode: subcode,
		error_data: data,
		error_user_msg: userMessage,
		message,
		is_transient: transient,
		fbtrace_id,
	} = parsed.data.error;
	const known = ERROR_TABLE[code] ?? (code >= 200 && code <= 299 ? ANY_PERMISSION : undefined);
	const details = data?.details ?? userMessage ?? (message === '' ? undefined : message);
	return {
		kind: known?.kind ?? (transient === true ? 'temporary' : undefined),
		message: `${known?.message ?? 'WhatsApp refused the request'} (${code})`,
		description: [
			known?.description ?? CHECK_PARAMETERS,
			details === undefined ? undefined : `WhatsApp says: ${details}`,
		]
			.filter((sentence) => sentence !== undefined)
			.join(' '),
		code: String(code),
		subcode: subcode === undefined ? undefined : String(subcode),
		details,
		said: details,
		traceId: fbtrace_id,
		pausesMs: known?.pausesMs,
	};
}
