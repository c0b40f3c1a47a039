/** What is looked at, rare kinds first: what one leaves unused of its share the next ones get. */
export const RECORD_KINDS = ['payment', 'lead', 'case', 'file', 'conversation', 'contact'] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** What does not agree, each with something that a person can do about it. */
export type Disagreement =
	| 'audit_broken'
	| 'bytes_damaged'
	| 'bytes_missing'
	| 'case_gone'
	| 'case_of_erased'
	| 'case_without_note'
	| 'contact_gone'
	| 'conversation_closed'
	| 'conversation_gone'
	| 'expiry_missed'
	| 'lead_gone'
	| 'lead_not_won'
	| 'messages_stuck'
	| 'no_address'
	| 'not_downloaded'
	| 'number_gap'
	| 'number_taken'
	| 'owner_gone'
	| 'phone_invalid'
	| 'phone_shared'
	| 'statuses_missing'
	| 'sync_behind'
	| 'sync_left'
	| 'sync_refused'
	| 'turn_overdue'
	| 'without_link'
	| 'won_unpaid'
	| 'won_without_amount';

/** One thing that does not agree, with what it is told with. */
export interface Finding {
	readonly rule: Disagreement;
	readonly values?: Readonly<Record<string, string>>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the desk does by itself it does within minutes; after this it has not. */
const OVERDUE = HOUR;
/** What vendors do may take longer: statuses, files, the expiry of a page. */
const VENDORS_TIME = DAY;

const isPast = (at: number | null | undefined, now: number, patience: number): boolean =>
	typeof at === 'number' && at < now - patience;

/** Findings that hold. */
const those = (...found: ReadonlyArray<readonly [boolean, Finding['rule'], Finding['values']?]>): readonly Finding[] =>
	found.flatMap(([holds, rule, values]) => (holds ? [values === undefined ? { rule } : { rule, values }] : []));

/** What another system did not take. */
const refusal = (problem: string | undefined) =>
	[problem !== undefined, 'sync_refused', { problem: problem ?? '' }] as const;

export interface ContactFacts {
	readonly phone: string | null;
	/** The number as it is read anew, or the one that WhatsApp has verified; undefined: it is none. */
	readonly readPhone: string | undefined;
	/** Who has the same number. */
	readonly namesake: string | undefined;
	readonly isGone: boolean;
	/** When it was erased or merged. */
	readonly goneAt: number;
	readonly hasUnknownOwner: boolean;
	readonly isChainBroken: boolean;
	/** What Wazzup said when it did not take it. */
	readonly problem: string | undefined;
	readonly isAtWazzup: boolean;
}

export function contactFindings(contact: ContactFacts, now: number): readonly Finding[] {
	const broken = [contact.isChainBroken, 'audit_broken'] as const;
	if (contact.isGone) {
		return those(broken, [contact.isAtWazzup && isPast(contact.goneAt, now, VENDORS_TIME), 'sync_left']);
	}
	const { phone, readPhone, namesake } = contact;
	return those(
		[phone !== null && readPhone !== phone, 'phone_invalid', { phone: phone ?? '' }],
		[namesake !== undefined, 'phone_shared', { phone: phone ?? '', other: namesake ?? '' }],
		[contact.hasUnknownOwner, 'owner_gone'],
		broken,
		refusal(contact.problem),
	);
}

export interface ConversationFacts {
	readonly turnDueAt: number | null;
	/** Since when the oldest message that has not left could have left. */
	readonly waitingSince: number | undefined;
	/** When the oldest of the latest messages that WhatsApp took, and of which it told nothing more, was written. */
	readonly untoldSince: number | undefined;
	readonly hasAddress: boolean;
	readonly hasUnknownOwner: boolean;
}

export function conversationFindings(conversation: ConversationFacts, now: number): readonly Finding[] {
	return those(
		[isPast(conversation.turnDueAt, now, OVERDUE), 'turn_overdue'],
		[isPast(conversation.waitingSince, now, OVERDUE), 'messages_stuck'],
		[isPast(conversation.untoldSince, now, VENDORS_TIME), 'statuses_missing'],
		[!conversation.hasAddress, 'no_address'],
		[conversation.hasUnknownOwner, 'owner_gone'],
	);
}

/** Whether a record that another one names is there. */
export type Named = 'nothing' | 'there' | 'gone';

export interface CaseFacts {
	readonly isOpen: boolean;
	readonly contact: 'there' | 'erased' | 'gone';
	readonly conversation: Named;
	/** Of a closed conversation: when anything last happened in it. */
	readonly closedSince: number | undefined;
	readonly lead: Named;
	readonly hasUnknownOwner: boolean;
	readonly problem: string | undefined;
}

export function caseFindings(found: CaseFacts, now: number, idleDays: number): readonly Finding[] {
	if (found.contact !== 'there') {
		return those(
			[found.contact === 'gone', 'contact_gone'],
			[found.contact === 'erased' && found.isOpen, 'case_of_erased'],
		);
	}
	return those(
		[
			found.isOpen && isPast(found.closedSince, now, idleDays * DAY),
			'conversation_closed',
			{ days: String(Math.floor((now - (found.closedSince ?? now)) / DAY)) },
		],
		[found.conversation === 'gone', 'conversation_gone'],
		[found.lead === 'gone', 'lead_gone'],
		[found.isOpen && found.hasUnknownOwner, 'owner_gone'],
		refusal(found.problem),
	);
}

export interface LeadFacts {
	readonly isOpen: boolean;
	readonly isWon: boolean;
	readonly amount: string | null;
	/** Payments that were asked for with it: the state of each that counts. */
	readonly payments: readonly ChargeState[];
	readonly contact: 'there' | 'erased' | 'gone';
	readonly case: Named;
	readonly hasUnknownOwner: boolean;
	readonly problem: string | undefined;
}

/** `asked`: the customer may still pay it; `over`: nobody can any more; `here`: the money came. */
export type ChargeState = 'asked' | 'here' | 'over';

export function leadFindings(lead: LeadFacts): readonly Finding[] {
	if (lead.contact !== 'there') return those([lead.contact === 'gone', 'contact_gone']);
	const isUnpaid = lead.payments.includes('asked') && !lead.payments.includes('here');
	return those(
		[lead.case === 'gone', 'case_gone'],
		[lead.isWon && !(Number(lead.amount ?? 0) > 0), 'won_without_amount'],
		[lead.isWon && isUnpaid, 'won_unpaid'],
		[lead.isOpen && lead.hasUnknownOwner, 'owner_gone'],
		refusal(lead.problem),
	);
}

export interface PaymentFacts {
	readonly charge: ChargeState;
	readonly isPaid: boolean;
	readonly contact: 'nobody' | 'there' | 'erased' | 'gone';
	/** The lead that should have been won with it, and was not. */
	readonly unwonLead: string | undefined;
	/** The case that should say so, and does not. */
	readonly silentCase: string | undefined;
	readonly hasLink: boolean;
	/** The provider said why there is none. */
	readonly wasRefused: boolean;
	readonly askedAt: number;
	readonly expiresAt: number | null;
}

export function paymentFindings(payment: PaymentFacts, now: number): readonly Finding[] {
	const { charge, unwonLead, silentCase } = payment;
	const waits = charge === 'asked' && !payment.wasRefused;
	const isKnown = payment.contact !== 'erased';
	return those(
		[payment.contact === 'gone', 'contact_gone'],
		[isKnown && payment.isPaid && unwonLead !== undefined, 'lead_not_won', { lead: unwonLead ?? '' }],
		[isKnown && payment.isPaid && silentCase !== undefined, 'case_without_note', { number: silentCase ?? '' }],
		[waits && !payment.hasLink && isPast(payment.askedAt, now, OVERDUE), 'without_link'],
		[charge === 'asked' && isPast(payment.expiresAt, now, VENDORS_TIME), 'expiry_missed'],
	);
}

export interface FileFacts {
	readonly state: 'pending' | 'stored' | 'failed' | 'expired';
	readonly createdAt: number;
	/** As it was when it was stored. */
	readonly size: number | null;
	/** Of the bytes that are there; undefined: none are. */
	readonly sizeOfBytes: number | undefined;
}

export function fileFindings({ state, createdAt, size, sizeOfBytes }: FileFacts, now: number): readonly Finding[] {
	const isStored = state === 'stored';
	return those(
		[isStored && sizeOfBytes === undefined, 'bytes_missing'],
		[isStored && sizeOfBytes !== undefined && size !== null && sizeOfBytes !== size, 'bytes_damaged'],
		[state === 'pending' && isPast(createdAt, now, VENDORS_TIME), 'not_downloaded'],
	);
}

export interface NumberFacts {
	/** Numbers that were given and belong to no case. */
	readonly missing: readonly string[];
	/** The next number, where a case has it already. */
	readonly taken: string | undefined;
}

/** As many of them as one sentence names. */
const NAMED = 5;

export function numberFindings({ missing, taken }: NumberFacts): readonly Finding[] {
	const named = missing.slice(0, NAMED).join(', ');
	return those(
		[
			missing.length > 0,
			'number_gap',
			{ count: String(missing.length), numbers: missing.length > NAMED ? `${named} …` : named },
		],
		[taken !== undefined, 'number_taken', { number: taken ?? '' }],
	);
}

/** @param waitingSince when the oldest change that Wazzup has not been told was made; undefined: none waits */
export const syncFindings = (waitingSince: number | undefined, now: number): readonly Finding[] =>
	those([
		isPast(waitingSince, now, VENDORS_TIME),
		'sync_behind',
		{ days: String(Math.floor((now - (waitingSince ?? now)) / DAY)) },
	]);

/** What holds at a second look too: between two reads of the first one somebody may have been at work. */
export function confirmed(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
	const rules = new Set(first.map(({ rule }) => rule));
	return second.filter(({ rule }) => rules.has(rule));
}
