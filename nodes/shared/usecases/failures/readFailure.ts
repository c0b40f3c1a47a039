import { ERROR_TABLE as STRIPE, STANDARD_ERRORS as STRIPE_STANDARD } from '../../clients/stripe/errorTable';
import { ERROR_TABLE as WAZZUP, normalizeCode } from '../../clients/wazzup/errorTable';
import { ERROR_TABLE as WHATSAPP } from '../../clients/whatsapp/errorTable';
import { VENDOR_NAMES, VENDORS, type Failure, type FailureReason, type Vendor } from '../../domain/failures/failure';
import { OWN_SENTENCES } from '../../domain/failures/ownSentences';
import { reasonOfCode } from '../../domain/failures/reasonOfCode';
import type { VendorError } from '../../domain/messages/events';
import type { FailureKind, RequestFailure } from '../../http/failure';

/** What is said of a vendor's codes in English, by the sentence: it stands before the code in everything that is kept. */
const BY_SENTENCE: Readonly<Record<Vendor, ReadonlyMap<string, string>>> = {
	whatsapp: new Map(Object.entries(WHATSAPP).map(([code, { message }]) => [message, code])),
	wazzup: new Map([...WAZZUP].map(([code, { message }]) => [message, code])),
	stripe: new Map([...STRIPE, ...STRIPE_STANDARD].map(([code, { message }]) => [message, code])),
};

const OWN: ReadonlyMap<string, Failure> = new Map<string, Failure>([
	[OWN_SENTENCES.customerAnswered, { reason: 'customerAnswered' }],
	[OWN_SENTENCES.nothingToRemind, { reason: 'nothingToRemind' }],
	[OWN_SENTENCES.windowOver, { reason: 'windowOver', vendor: 'whatsapp', code: '131047' }],
	[OWN_SENTENCES.neverConfirmed, { reason: 'neverConfirmed' }],
	[OWN_SENTENCES.stopped, { reason: 'stopped' }],
	[OWN_SENTENCES.stoppedThreeTimes, { reason: 'stopped' }],
	[OWN_SENTENCES.fileErased, { reason: 'fileErased' }],
	[OWN_SENTENCES.fileNotPublic, { reason: 'fileNotPublic' }],
]);

/** Sentences of ours that hold a name or a number. */
const SHAPES: ReadonlyArray<readonly [RegExp, FailureReason]> = [
	[/\bcould not be reached at \S+$/, 'notReached'],
	[/\b(?:did not answer in time|closed the connection without an answer|took too long)$/, 'noAnswer'],
	[/\b(?:the answer of \w+ broke off|the call to \w+ ended unexpectedly)$/, 'noAnswer'],
	[/\banswered in a form that is not documented$/, 'unreadable'],
	[/\bdid not accept the credential$/, 'accessEnded'],
	[/\bdid not allow this with the credential$/, 'noPermission'],
	[/\bdoes not know this$/, 'idUnknown'],
	[/\basked to slow down$/, 'tooManyCalls'],
	[/\bis unavailable for now$/, 'vendorDown'],
	[/\b(?:pointed to another address|refused \(\d+\))$/, 'refused'],
	[/\bDownload (?:file|media): the (?:link answered (?:401|403|404|410)|link has expired, .*)$/, 'fileExpired'],
	[/\bDownload (?:file|media): .*\b(?:larger than|bytes,).*$/, 'fileTooLarge'],
	[/\bDownload (?:file|media): (?:the file broke off|the content of the file is not) .*$/, 'fileBroken'],
	[/\bDownload (?:file|media): .+$/, 'fileUnreachable'],
	[/^The execution ended as '\w+'$/, 'executionEnded'],
	[/^The advisor's number .+ is not linked any more$/, 'numberUnlinked'],
	[/^Wazzup has no channel '.*' any more$/, 'channelGone'],
	[/^Wazzup has no template '.*'$/, 'templateMissing'],
	[/^The person has no chat on the channel '.*'$/, 'noChat'],
	[/^'[^']+' has \d+ characters, .* takes \d+ at most$/, 'textTooLong'],
	[/^'To' is empty: /, 'notReachable'],
	[/^'To' is a WhatsApp user id, /, 'needsPhone'],
];

const CODED = /^(?<before>.*?) \((?<code>\w+)\)(?:\. .*)?$/s;
const UNKNOWN_CODE = new RegExp(`(?:^|: )(${Object.values(VENDOR_NAMES).join('|')}) refused the request$`);

const vendorNamed = (name: string | undefined): Vendor | undefined =>
	VENDORS.find((vendor) => VENDOR_NAMES[vendor] === name);

/** A sentence of a vendor's table with its code behind it. */
function codedFailure(sentence: string): Failure | undefined {
	const { before, code } = CODED.exec(sentence)?.groups ?? {};
	if (before === undefined || code === undefined) return undefined;
	const known = VENDORS.filter((vendor) => BY_SENTENCE[vendor].has(before));
	// Two vendors may say the same: each writes its codes in its own way.
	const vendor = known.find((one) => reasonOfCode(one, code) !== undefined) ?? known[0];
	if (vendor !== undefined)
		return { reason: reasonOfCode(vendor, BY_SENTENCE[vendor].get(before) ?? code), vendor, code };
	const unknown = vendorNamed(UNKNOWN_CODE.exec(before)?.[1]);
	return unknown && { vendor: unknown, code };
}

function shapedFailure(sentence: string): Failure | undefined {
	const [, reason] = SHAPES.find(([shape]) => shape.test(sentence)) ?? [];
	if (reason === undefined) return undefined;
	const vendor = VENDORS.find((one) => new RegExp(`\\b${VENDOR_NAMES[one]}\\b`).test(sentence));
	return { reason, ...(vendor === undefined ? {} : { vendor }) };
}

const known = (sentence: string): Failure | undefined =>
	OWN.get(sentence) ?? codedFailure(sentence) ?? shapedFailure(sentence);

/** n8n puts the name of the node before what it says. */
function withoutNode(words: string): string | undefined {
	const end = words.indexOf(': ');
	return end === -1 ? undefined : words.slice(end + 2);
}

/**
 * What a kept sentence stands for. An execution that failed hands on nothing but what n8n shows of it, so sentences of ours and of
 * our tables are known again by their words; everything else is somebody else's and stays what was said.
 */
export function failureOfWords(words: string): Failure {
	const sentence = words.trim();
	if (sentence === '') return {};
	const behindNode = withoutNode(sentence);
	return known(sentence) ?? (behindNode === undefined ? undefined : known(behindNode)) ?? { said: sentence };
}

const filledWith = (words: string | undefined): { readonly said?: string } =>
	words === undefined || words === '' ? {} : { said: words };

/**
 * Why a message was not delivered, by what its vendor said of it. Details and titles are the vendor's, and the words of what it
 * told by a webhook; the words of what we wrote down ourselves are ours, and known again, or tell of a message nobody could send.
 */
export function failureOfErrors(errors: ReadonlyArray<Partial<VendorError>>): Failure | undefined {
	const [error] = errors;
	if (error === undefined) return undefined;
	const { name, title, message, details } = error;
	if (name !== undefined) {
		const code = normalizeCode(name);
		return {
			reason: reasonOfCode('wazzup', code),
			vendor: 'wazzup',
			code,
			...filledWith(details ?? (error.code === undefined ? undefined : message)),
		};
	}
	if (error.code !== undefined) {
		const code = String(error.code);
		const said = details ?? (title === undefined ? undefined : (message ?? title));
		return { reason: reasonOfCode('whatsapp', code), vendor: 'whatsapp', code, ...filledWith(said) };
	}
	const { reason, vendor } = failureOfWords(message ?? '');
	return { reason: reason ?? 'unfit', ...(vendor === undefined ? {} : { vendor }) };
}

/** What a kind of failure is where the vendor gave no code. */
const BY_KIND: Readonly<Record<FailureKind, FailureReason>> = {
	not_sent: 'notReached',
	rate_limited: 'tooManyCalls',
	temporary: 'vendorDown',
	unknown_outcome: 'noAnswer',
	unauthorized: 'noPermission',
	rejected: 'refused',
};

/** Why a call to a vendor was in vain. */
export function failureOfRequest({ vendor, kind, message, status, code, said }: RequestFailure): Failure {
	// Without an answer the code is the network's.
	const isOfNetwork = status === undefined && (kind === 'not_sent' || kind === 'unknown_outcome');
	const answered = isOfNetwork ? undefined : code;
	if (answered !== undefined)
		return { reason: reasonOfCode(vendor, answered), vendor, code: answered, ...filledWith(said) };
	return { reason: failureOfWords(message).reason ?? BY_KIND[kind], vendor, ...filledWith(said) };
}
