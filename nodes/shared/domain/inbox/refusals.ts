/**
 * Why the inbox says no, and what the words of each reason are said with. The page has words for every one of them, in the
 * reader's language; logs and callers of the API read the English message that comes along.
 */
export const REFUSALS = {
	/** Somebody else answers this customer. */
	takenBy: ['name'],
	/** The conversation is on somebody's own number. */
	onTheirNumber: ['name'],
	/** Take over, give back or close where no bot answers. */
	noBotHere: [],
	/** The customer's 24 hours are over. */
	windowClosed: [],
	/** The customer wants no messages. */
	optedOut: [],
	/** Advertising without the customer's yes. */
	noMarketingConsent: [],
	/** Advertising on a holiday. */
	holidayToday: [],
	/** Advertising outside of the contact hours. */
	outsideContactHours: [],
	/** A collection message too soon after the last one. */
	collectionTooSoon: [],
	/** A template that WhatsApp has not approved on this number. */
	noSuchTemplate: ['template'],
	/** A template whose places are not all filled. */
	templateNotFilled: ['template', 'places'],
	/** A message without words or files. */
	nothingToSend: [],
	/** A message that WhatsApp has taken, or that did not fail. */
	cannotRetry: [],
	/** A file that waited too long for its message. */
	fileGone: [],
	/** A file without content. */
	fileEmpty: ['file'],
	/** A kind of file that WhatsApp does not take. */
	fileTypeRefused: ['file'],
	/** A file that is larger than WhatsApp takes; `most` in MB. */
	fileTooLarge: ['file', 'most'],
	/** A file that is larger than the inbox takes; `most` in MB. */
	uploadTooLarge: ['most'],
	/** Files that wait for their messages. */
	tooManyFiles: [],
	/** Files of others on their way. */
	uploadsBusy: [],
	/** A file that takes too long to arrive. */
	uploadSlow: [],
	/** A file of which a part is missing. */
	uploadCut: [],
	/** An area that the business profile does not have. */
	noSuchArea: ['area'],
	/** An area in which nobody works now. */
	nobodyOnDuty: ['area'],
	/** An amount that is none. */
	unreadableAmount: ['amount'],
	/** A currency that is none. */
	unknownCurrency: ['currency'],
	/** An amount that is more than one payment can be. */
	amountTooLarge: [],
	/** Cash on delivery for what is paid on delivery already. */
	cashAgreed: ['amount'],
	/** Cash that somebody has recorded before; `name` has taken it. */
	cashCollected: ['name'],
	/** Cash for what is not paid on delivery any more. */
	cashCancelled: [],
	/** Another amount than was agreed, without a word why. */
	cashDiffers: ['amount'],
	/** Cash for what was paid another way. */
	paidAlready: ['amount'],
	/** A won lead that does not say what it brought. */
	wonWithoutAmount: [],
	/** A lost lead that does not say why. */
	lostWithoutReason: [],
	/** A field that leads do not have. */
	noLeadField: ['field'],
	/** Something written where a phone number is needed. */
	notAPhone: ['phone'],
	/** Something written where an e-mail address is needed. */
	notAnEmail: ['email'],
	/** Something written where an identification is needed. */
	notAnIdentification: ['identification'],
	/** Something written where a name is needed. */
	notAName: ['name'],
	/** A phone number or e-mail address of somebody else. */
	ofAnotherContact: ['name'],
	/** A follow-up for a time that is over. */
	dueInPast: [],
	/** A no to what the assistant asked for, without a reason. */
	rejectedWithoutReason: [],
	/** What waited for a decision for too long. */
	approvalExpired: ['request'],
	/** What was decided before. */
	approvalDecided: ['request'],
	/** What somebody decided before. */
	approvalDecidedBy: ['request', 'name'],
	/** A member of the team without a name. */
	noName: [],
	/** A member of the team without a phone number. */
	noPhone: ['name'],
	/** A link to an advisor's number that cannot be sent now. */
	linkNotOffered: [],
	/** The last administrator cannot stop being one. */
	onlyAdministrator: ['name'],
	/** Nobody deletes themselves. */
	notYourself: [],
	/** Somebody to be deleted who still has cases. */
	hasOpenCases: ['name', 'cases'],
	/** A login link before the inbox is active. */
	noInboxAddress: [],
	/** A profile with values that do not fit. */
	profileNotValid: ['count'],
	/** A profile in force that cannot be read. */
	profileUnreadable: ['version'],
	/** Nothing is being worked on. */
	noDraft: [],
	/** A version of the profile that there never was. */
	noSuchVersion: ['version'],
	/** A draft of a version that is in force no more. */
	draftOutdated: ['base', 'version'],
	/** A conversation kept as a test would not end as it must: in one thing, `found` instead of `wanted`, and `others` tests. */
	testEndsDifferently: ['test', 'aspect', 'found', 'wanted', 'others'],
	/** A sentence of the profile for which a value is missing. */
	textNotSayable: ['text'],
	/** A draft published while somebody else publishes. */
	profileChanged: [],
	/** Numbers cannot be linked without Meta's credential. */
	noLinkingCredential: [],
	/** Meta's dialog is not set up. */
	noSignupConfiguration: [],
	/** An id of Meta that has something else than digits. */
	notDigits: ['id'],
	/** An access token of which a part is missing. */
	tokenTooShort: [],
	/** Excluded numbers that are none. */
	notPhones: ['numbers'],
	/** A number that is not linked (any more). */
	notLinked: [],
	/** A chat of Wazzup's window that cannot exist. */
	impossibleChat: [],
	/** Wazzup's window without an account. */
	noWazzup: [],
	/** Wazzup does not answer. */
	wazzupSilent: [],
	/** Wazzup's window at an address that is not Wazzup's. */
	wazzupElsewhere: [],
	/** A customer without a chat in Wazzup. */
	noWazzupChat: [],
	/** Account and password do not match. */
	wrongLogin: [],
	/** Too many wrong passwords. */
	tooManyLogins: ['seconds'],
	/** Many people log in at once. */
	loginBusy: [],
	/** A login link that was used, replaced or is too old. */
	linkEnded: [],
	/** A password with too few characters. */
	passwordShort: ['least'],
	/** A password with too many characters. */
	passwordLong: ['most'],
	/** A password of hardly any letters. */
	passwordSimple: [],
	/** A password that is made of what everybody knows. */
	passwordOfName: [],
	/** Another password than the one logged in with. */
	wrongPassword: [],
	/** A password that was changed in two places. */
	passwordChanged: [],
	/** The page opened where others can listen. */
	notEncrypted: [],
	/** The session has ended. */
	loggedOut: [],
	/** A page of a session before. */
	otherSession: [],
	/** More pages open than the inbox tells news. */
	tooManyPages: [],
	/** What nobody foresaw. */
	notNow: [],
	/** More than the role allows. */
	notAllowed: [],
	/** What does not exist, or is not for these eyes. */
	notFound: [],
	/** A value that the contract does not allow. */
	unusableValue: [],
	/** A text with too many characters. */
	tooLong: ['most'],
	/** More at once than the inbox takes. */
	requestTooLarge: [],
	/** A list that cannot go on. */
	listMoved: [],
	/** A request id of something else. */
	requestUsed: [],
	/** A customer who was merged with another. */
	mergedMeanwhile: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RefusalCode = keyof typeof REFUSALS;

/** What the words of a code are said with. */
export type RefusalValues<Code extends RefusalCode> = {
	readonly [Name in (typeof REFUSALS)[Code][number]]: string | number;
};

/** A code with all that its words need. */
export type RefusalReason<Code extends RefusalCode = RefusalCode> = {
	[Each in Code]: { readonly code: Each; readonly values: RefusalValues<Each> };
}[Code];

/** The same where it is raised: a code whose words need nothing stands alone. */
export type RefusalCause = {
	[Each in RefusalCode]: (typeof REFUSALS)[Each] extends readonly []
		? { readonly code: Each; readonly values?: undefined }
		: { readonly code: Each; readonly values: RefusalValues<Each> };
}[RefusalCode];

const isCode = (code: unknown): code is RefusalCode => typeof code === 'string' && Object.hasOwn(REFUSALS, code);

const isSayable = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value);

/**
 * The reason that an answer names; undefined for one that this page does not know, or that lacks what its words need, because
 * page and desk may be of different versions.
 */
export function readReason(code: unknown, values: unknown): RefusalReason | undefined {
	if (!isCode(code)) return undefined;
	const given = new Map<string, unknown>(typeof values === 'object' && values !== null ? Object.entries(values) : []);
	if (!REFUSALS[code].every((name) => isSayable(given.get(name)))) return undefined;
	return { code, values: Object.fromEntries(given) } as RefusalReason;
}
