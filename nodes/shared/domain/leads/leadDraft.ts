import { plain } from '../classifier/normalise';
import { classify } from '../classifier/classify';
import type { ConversationState } from '../conversation/types';
import type { BusinessProfile } from '../profile/businessProfile';
import type { LeadStage } from './leadStage';

/** What a lead says, apart from ids (P2, P12). Absent: not known. */
export interface LeadDraft {
	readonly name?: string;
	/** E.164. */
	readonly phone?: string;
	readonly identification?: string;
	readonly email?: string;
	readonly company?: string;
	readonly city?: string;
	/** Kind of case: `quotation`, `information` … */
	readonly requestType?: string;
	readonly product?: string;
	readonly quantity?: string;
	/** As the customer wrote it. */
	readonly budget?: string;
	readonly urgency?: 'high' | 'normal';
	/** In the customer's own words. */
	readonly need?: string;
	readonly nextStep?: string;
	/** One to three points. */
	readonly summary?: readonly string[];
	/** Questions that the customer asked. */
	readonly keyQuestions?: readonly string[];
	readonly objections?: readonly string[];
	/** JSON: where the contact came from. */
	readonly source?: string;
	/** JSON: consents with date and text version. */
	readonly consent?: string;
	readonly stage?: LeadStage;
	/** 0-100, by rules. */
	readonly score?: number;
}

/** What a lead is drawn from. */
export interface LeadSources {
	readonly contact: Pick<
		LeadDraft,
		'name' | 'phone' | 'identification' | 'email' | 'company' | 'city' | 'source' | 'consent'
	>;
	readonly case?: {
		readonly type: string;
		readonly subject: string;
		readonly fields: Readonly<Record<string, string>>;
		/** The lead is of this very case; else what is being asked for in the chat says more than the case. */
		readonly isNamed: boolean;
	};
	readonly state?: ConversationState;
	/** Oldest first. */
	readonly messages: ReadonlyArray<{
		readonly id: string;
		readonly direction: 'in' | 'out';
		readonly text?: string;
		readonly type: string;
	}>;
	readonly profile: BusinessProfile;
}

const URGENT =
	/\b(?:urgente(?:mente)?|urgencia|para hoy|hoy mismo|lo antes posible|cuanto antes|para manana|ya mismo|inmediat\w*|asap|urgent)\b/;
const OBJECTION =
	/\b(?:(?:muy|tan|esta|es) (?:car[oa]s?|costos[oa]s?)|no me alcanza|mas (?:barat[oa]|economic[oa])|otra cotizacion|en otro lado|lo voy a pensar|lo pienso|muito caro|too expensive)\b/;
const BUDGET = /\b(?:presupuesto|tengo hasta|maximo|budget|orcamento)\b/;
const QUESTION = /\?|^(?:cuanto|cuando|como|donde|tienen|hay|que|cual|incluye|hacen|manejan)\b/;

/** Kept of a list, and of one entry: a lead is read at a glance. */
const LIST = 5;
const LENGTH = 200;

const shortened = (text: string): string => (text.length <= LENGTH ? text : `${text.slice(0, LENGTH - 1)}…`);

/** Messages that were written one after the other, told apart where a lead has a single line. */
const inOneLine = (text: string): string =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.join(' · ');

function matching(texts: readonly string[], rule: RegExp): string[] {
	return texts
		.filter((text) => rule.test(plain(text)))
		.map(shortened)
		.slice(-LIST);
}

/**
 * How promising it is, 0-100: what was asked for counts most, then how well the person can be reached and how definite
 * they are. The same rules for everybody, so that an advisor can say why.
 */
export function scoreLead(draft: LeadDraft, formal: boolean): number {
	const quantity = Number.parseInt(draft.quantity ?? '', 10);
	const points: ReadonlyArray<readonly [boolean, number]> = [
		[formal, 40],
		[draft.product !== undefined, 15],
		[Number.isFinite(quantity) && quantity >= 5, 10],
		[draft.identification !== undefined, 10],
		[draft.company !== undefined || draft.email !== undefined, 5],
		[draft.urgency === 'high', 10],
		[draft.budget !== undefined, 10],
		[(draft.objections ?? []).length > 0, -10],
	];
	const score = points.reduce((sum, [applies, value]) => sum + (applies ? value : 0), 0);
	return Math.max(0, Math.min(100, score));
}

function summaryOf(draft: LeadDraft, formal: boolean): string[] {
	const quantity = draft.quantity === undefined ? '' : ` (${draft.quantity})`;
	const points = [
		draft.product === undefined
			? draft.need
			: `${formal ? 'Cotización formal' : 'Información'}: ${draft.product}${quantity}`,
		draft.product === undefined || draft.need === draft.product ? undefined : draft.need,
		draft.budget === undefined ? undefined : `Presupuesto: ${draft.budget}`,
		draft.urgency === 'high' ? 'Urgente' : undefined,
	];
	return points
		.filter((point): point is string => point !== undefined && point !== '')
		.map(shortened)
		.slice(0, 3);
}

/** What is wanted: by the case that was named, else by what is being asked for, else by the case there is. */
function requestOf({ case: registered, state }: LeadSources): {
	readonly fields: Readonly<Record<string, string | undefined>>;
	readonly subject?: string;
} {
	const [first, second] = registered?.isNamed === true ? [registered, state] : [state, registered];
	const subject = first?.subject ?? second?.subject;
	const isAsking = first?.subject !== undefined || first?.fields.product !== undefined;
	// A thing and its number belong together: twenty of what was wanted before are not twenty of this.
	const others = isAsking ? { ...second?.fields, product: undefined, quantity: undefined } : second?.fields;
	return { fields: { ...others, ...first?.fields }, subject };
}

/** Draws a lead from what the store knows of a conversation. Pure: the same sources give the same lead. */
export function draftLead(sources: LeadSources): LeadDraft {
	const { contact, profile } = sources;
	const { fields, subject: said } = requestOf(sources);
	const need = said === undefined ? undefined : inOneLine(said);
	const inbound = sources.messages.flatMap(({ direction, text }) => (direction === 'in' && text ? [text] : []));
	const entities = need === undefined ? {} : classify(need, { profile }).entities;
	const quantity = fields.quantity ?? (entities.quantity === undefined ? undefined : String(entities.quantity));
	const formal = fields.detailLevel === 'formal';
	const [budget] = matching(inbound, BUDGET).slice(-1);
	const urgent = inbound.some((text) => URGENT.test(plain(text)));
	const draft: LeadDraft = {
		...contact,
		email: contact.email ?? fields.email,
		company: contact.company ?? fields.company,
		city: contact.city ?? fields.city,
		requestType: sources.case?.type,
		product: fields.product || entities.product,
		quantity,
		budget,
		urgency: urgent ? 'high' : 'normal',
		need,
		nextStep: formal ? 'Enviar cotización formal' : 'Enviar información',
		keyQuestions: matching(inbound, QUESTION),
		objections: matching(inbound, OBJECTION),
	};
	const score = scoreLead(draft, formal);
	return {
		...draft,
		summary: summaryOf(draft, formal),
		score,
		stage: score >= profile.handoff.leadScore ? 'MQL' : 'Lead',
	};
}

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The first with what is new in the second: nothing that is known becomes empty (P2). */
export function fillLead(known: LeadDraft, news: Partial<LeadDraft>): LeadDraft {
	const filled = Object.entries(news).filter(([, value]) => !isEmpty(value));
	return { ...known, ...Object.fromEntries(filled) };
}
