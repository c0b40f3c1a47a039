/** Who can refuse something. */
export const VENDORS = ['whatsapp', 'wazzup', 'stripe'] as const;
export type Vendor = (typeof VENDORS)[number];

/** As people call them. */
export const VENDOR_NAMES: Readonly<Record<Vendor, string>> = {
	whatsapp: 'WhatsApp',
	wazzup: 'Wazzup',
	stripe: 'Stripe',
};

/**
 * Why something could not be done, by what a person does about it: codes of vendors that ask the same of people are one reason.
 * Each has its words in `text/failures`, in every language of the page.
 */
export const FAILURE_REASONS = [
	// Between us and a vendor
	'accessEnded',
	'noPermission',
	'tooManyCalls',
	'vendorDown',
	'unclear',
	'notReached',
	'noAnswer',
	'unreadable',
	'badValue',
	'idUnknown',
	'refused',
	// The number and its account
	'numberGone',
	'numberUnlinked',
	'numberNotRegistered',
	'numberRestricted',
	'registrationRefused',
	'accountBlocked',
	'accountRestricted',
	'noDisplayName',
	'noPaymentMethod',
	'paymentTerms',
	'countryClosed',
	'syncAsked',
	'syncTooLate',
	// The person
	'windowOver',
	'weekOver',
	'notReachable',
	'noChat',
	'blocked',
	'heldBack',
	'noMarketing',
	'tooManyToPerson',
	'sameNumber',
	'needsPhone',
	// The message
	'empty',
	'textTooLong',
	'textOrFile',
	'typeRefused',
	'linkRefused',
	'mentionRefused',
	'quoteGone',
	'messageGone',
	'commentGone',
	'notEditable',
	'notDeletable',
	'repeated',
	'spam',
	'flowStopped',
	'unfit',
	// Its file
	'fileTypeRefused',
	'fileTooLarge',
	'fileNotTaken',
	'fileUnreachable',
	'fileNotPublic',
	'fileExpired',
	'fileBroken',
	'fileErased',
	// Its template
	'templateMissing',
	'templateUnfilled',
	'templateTooLong',
	'templatePolicy',
	'templatePaused',
	'templateOff',
	'marketingOff',
	// Wazzup's channels and records
	'channelGone',
	'channelOff',
	'channelOffline',
	'channelUnpaid',
	'channelFull',
	'mayNotWriteFirst',
	'otherMessenger',
	'cancelledThere',
	'keyLimited',
	'usersFull',
	'userUnknown',
	'contactUnknown',
	'dealUnknown',
	'phoneTaken',
	'addressRefused',
	// Money
	'amountRefused',
	'cardDeclined',
	'balanceShort',
	'alreadyRefunded',
	'disputed',
	'requestIdUsed',
	// Ours
	'customerAnswered',
	'nothingToRemind',
	'neverConfirmed',
	'stopped',
	'executionEnded',
] as const;

export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Why something could not be done, for a page that says it in the reader's language. */
export interface Failure {
	/** Absent for what nobody has words for: then there is only what was said. */
	readonly reason?: FailureReason;
	/** Who refused; absent where nobody else did. */
	readonly vendor?: Vendor;
	/** The vendor's own code. */
	readonly code?: string;
	/** In the words of the vendor, or of the log where nobody else refused; never in ours. */
	readonly said?: string;
}

/** Reasons of which only the vendor's own words tell what exactly is wrong. */
export const SAYS_MORE: ReadonlySet<FailureReason> = new Set([
	'badValue',
	'refused',
	'registrationRefused',
	'templatePolicy',
	'templateUnfilled',
	'unclear',
]);

const isOneOf = <Name extends string>(names: readonly Name[], value: unknown): value is Name =>
	names.some((name) => name === value);

/** The failure in an answer; undefined for none. Page and desk may be of different versions: what is not known here is left out. */
export function readFailure(value: unknown): Failure | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const given = new Map<string, unknown>(Object.entries(value));
	const [reason, vendor, code, said] = ['reason', 'vendor', 'code', 'said'].map((name) => given.get(name));
	return {
		...(isOneOf(FAILURE_REASONS, reason) ? { reason } : {}),
		...(isOneOf(VENDORS, vendor) ? { vendor } : {}),
		...(typeof code === 'string' ? { code } : {}),
		...(typeof said === 'string' ? { said } : {}),
	};
}
