import { InvalidInput } from '../invalidInput';
import { CLOSED_LEAD_STAGES } from '../leads/leadStage';
import { ownValue } from '../ownValue';
import { chatOfIdentity } from '../wazzup/chatOfIdentity';
import { LONGEST_ADDRESS, LONGEST_NAME, LONGEST_USER_NAME } from '../wazzup/limits';
import type { Identity } from '../messages/events';

/** How what is ours is written at Wazzup: patterns with the names of fields in braces. */
export interface SyncMapping {
	readonly contactName: string;
	readonly dealName: string;
	/** Of a case without a lead, which is a deal too. */
	readonly caseName: string;
	/** Address of the card of a contact. */
	readonly contactLink: string;
	readonly dealLink: string;
	/** A lead in one of these stages is a closed deal. */
	readonly closedStages: readonly string[];
	readonly pipelineName: string;
	/** What a stage is called at Wazzup, where it is not called as here. */
	readonly stageNames: ReadonlyMap<string, string>;
}

export const DEFAULT_MAPPING: SyncMapping = {
	contactName: '{name}',
	dealName: '{requestType}: {product} · {amount} {currency}',
	caseName: '{caseNumber}: {subject} · {amount} {currency}',
	contactLink: '{inboxLink}',
	dealLink: '{inboxLink}',
	closedStages: CLOSED_LEAD_STAGES,
	pipelineName: 'Leads',
	stageNames: new Map(),
};

export const CONTACT_FIELDS = [
	'name',
	'company',
	'city',
	'email',
	'identification',
	'phone',
	'username',
	'contactId',
	'externalId',
	'externalUrl',
	'inboxLink',
] as const;

export const DEAL_FIELDS = [
	'name',
	'company',
	'requestType',
	'product',
	'quantity',
	'stage',
	'amount',
	'currency',
	'leadId',
	'contactId',
	'externalId',
	'externalUrl',
	'inboxLink',
] as const;

export const CASE_FIELDS = [
	'name',
	'company',
	'caseNumber',
	'caseType',
	'subject',
	'area',
	'status',
	'amount',
	'currency',
	'caseId',
	'contactId',
	'externalId',
	'externalUrl',
	'inboxLink',
] as const;

/** What leads and cases both have: a deal's link is made of these. `dealId` is the ID of the lead or of the case. */
export const LINK_FIELDS = ['dealId', 'contactId', 'externalId', 'externalUrl', 'inboxLink'] as const;

type Values<Field extends string> = Readonly<Partial<Record<Field, string | null>>>;

export interface ContactFacts {
	readonly id: string;
	readonly responsibleUserId: string;
	readonly chats: readonly Identity[];
	readonly values: Values<(typeof CONTACT_FIELDS)[number]>;
}

export interface DealFacts {
	readonly id: string;
	readonly responsibleUserId: string;
	readonly contactId: string;
	readonly closed: boolean;
	readonly kind: 'lead' | 'case';
	readonly values: Values<(typeof DEAL_FIELDS)[number] | (typeof CASE_FIELDS)[number] | (typeof LINK_FIELDS)[number]>;
}

/** A contact as Wazzup keeps it. */
export interface SyncedContact {
	readonly id: string;
	readonly responsibleUserId: string;
	readonly name: string;
	readonly contactData: ReadonlyArray<{ readonly chatType: string; readonly chatId: string }>;
	readonly uri?: string;
}

/** A deal as Wazzup keeps it: it knows no stage, only whether it is closed. */
export interface SyncedDeal {
	readonly id: string;
	readonly responsibleUserId: string;
	readonly name: string;
	readonly uri: string;
	readonly contacts: readonly string[];
	readonly closed: boolean;
}

export interface SyncedUser {
	readonly id: string;
	readonly name: string;
	readonly phone?: string;
}

const FIELD = /\{(\w+)\}/g;
/** Half of a sign that is written with two: cut off its other half, or never whole. No JSON parser is bound to take one. */
const HALF_SIGN = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const shortened = (name: string, longest: number): string => name.slice(0, longest).replace(HALF_SIGN, '').trim();

/** What is left at the ends when a field is empty. */
const LOOSE_ENDS = /^[\s:·,;|/–-]+|[\s:·,;|/–-]+$/g;

/** What stands between two fields is said only where both have something to say. */
function filled(pattern: string, values: Readonly<Record<string, string | null | undefined>>): string {
	// Words and names of fields in turn: the first and the last are words.
	const parts = pattern.split(FIELD);
	let said = parts[0] ?? '';
	let between = '';
	let isFirst = true;
	for (let place = 1; place < parts.length; place += 2) {
		const value = ownValue(values, parts[place] ?? '')?.trim() ?? '';
		if (value !== '') {
			said += `${isFirst ? '' : between}${value}`;
			isFirst = false;
		}
		between = parts[place + 1] ?? '';
	}
	return `${said}${parts.length > 1 ? between : ''}`.replace(/\s+/g, ' ').replace(LOOSE_ENDS, '');
}

/** @throws InvalidInput naming the first field that does not exist. */
function checkPattern(pattern: string, displayName: string, known: readonly string[]): void {
	for (const [, name] of pattern.matchAll(FIELD)) {
		if (known.includes(name)) continue;
		throw new InvalidInput({
			message: `'${displayName}' names a field that does not exist: {${name}}`,
			description: `Use ${known.map((field) => `{${field}}`).join(', ')}.`,
			parameter: displayName,
		});
	}
}

/** @throws InvalidInput when a pattern names what does not exist. */
export function checkMapping(mapping: SyncMapping): void {
	checkPattern(mapping.contactName, 'Contact Name', CONTACT_FIELDS);
	checkPattern(mapping.contactLink, 'Contact Link', CONTACT_FIELDS);
	checkPattern(mapping.dealName, 'Deal Name', DEAL_FIELDS);
	checkPattern(mapping.caseName, 'Case Name', CASE_FIELDS);
	checkPattern(mapping.dealLink, 'Deal Link', LINK_FIELDS);
}

/** An address, when it is one that Wazzup keeps. One of which a part is missing would lead nowhere: then it is the inbox's. */
function linkOf(pattern: string, values: Readonly<Record<string, string | null | undefined>>): string | undefined {
	const isComplete = [...pattern.matchAll(FIELD)].every(([, name]) => (ownValue(values, name ?? '') ?? '') !== '');
	const wanted = isComplete ? pattern : '{inboxLink}';
	const link = wanted.replace(FIELD, (_whole, name: string) => ownValue(values, name) ?? '').trim();
	return /^https?:\/\/\S+$/.test(link) && link.length <= LONGEST_ADDRESS ? link : undefined;
}

/** Undefined when the person has no chat that Wazzup could show. */
export function syncedContact(facts: ContactFacts, mapping: SyncMapping): SyncedContact | undefined {
	const chats = facts.chats.flatMap((chat) => chatOfIdentity(chat) ?? []);
	if (chats.length === 0) return undefined;
	const name = filled(mapping.contactName, facts.values) || facts.values.phone || chats[0].chatId;
	const uri = linkOf(mapping.contactLink, facts.values);
	return {
		id: facts.id,
		responsibleUserId: facts.responsibleUserId,
		name: shortened(name, LONGEST_NAME),
		// In one order, so that the same chats are the same contact.
		contactData: [...chats].sort((one, other) =>
			`${one.chatType}:${one.chatId}` < `${other.chatType}:${other.chatId}` ? -1 : 1,
		),
		...(uri === undefined ? {} : { uri }),
	};
}

/** Undefined while there is no card that its name could lead to: Wazzup takes no deal without one. */
export function syncedDeal(facts: DealFacts, mapping: SyncMapping): SyncedDeal | undefined {
	const uri = linkOf(mapping.dealLink, facts.values);
	if (uri === undefined) return undefined;
	const pattern = facts.kind === 'lead' ? mapping.dealName : mapping.caseName;
	const name = filled(pattern, facts.values) || filled('{name}', facts.values) || facts.id;
	return {
		id: facts.id,
		responsibleUserId: facts.responsibleUserId,
		name: shortened(name, LONGEST_NAME),
		uri,
		contacts: [facts.contactId],
		closed: facts.closed,
	};
}

export function syncedUser(advisor: {
	readonly id: string;
	readonly name: string;
	readonly phone: string | null;
}): SyncedUser {
	const phone = advisor.phone?.replace(/\D/g, '') ?? '';
	return { id: advisor.id, name: shortened(advisor.name, LONGEST_USER_NAME), ...(phone === '' ? {} : { phone }) };
}
