/**
 * Why the inbox says no, and what the words of each reason are said with. The page has words for every one of them, in the
 * reader's language; logs and callers of the API read the English message that comes along.
 */
export const REFUSALS = {
	/** Somebody else answers this customer. */
	takenBy: ['name'],
	/** The conversation is on somebody's own number. */
	onTheirNumber: ['name'],
	/** The customer's 24 hours are over. */
	windowClosed: [],
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
