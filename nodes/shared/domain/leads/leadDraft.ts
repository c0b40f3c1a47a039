import { plain } from '../classifier/normalise';
import type { CaseType } from '../conversation/types';
import type { BusinessProfile } from '../profile/businessProfile';

/** Everything a lead can be made of; what is not known is left out. */
export interface LeadSource {
	readonly contact: {
		readonly name?: string;
		readonly phone?: string;
		readonly identification?: string;
		readonly email?: string;
		readonly company?: string;
		readonly city?: string;
	};
	/** The case's kind, subject and collected answers. */
	readonly type?: CaseType;
	readonly option?: string;
	readonly subject?: string;
	readonly fields: Readonly<Record<string, string>>;
	/** The customer's messages, oldest first. */
	readonly messages: ReadonlyArray<{ readonly id: string; readonly text?: string }>;
}

export type LeadStage = 'Lead' | 'MQL' | 'SQL' | 'Opportunity' | 'Won' | 'Lost';
export type Urgency = 'high' | 'normal' | 'low';

/** The fields of a lead (P2, P12) as far as rules find them. */
export interface LeadDraft {
	readonly name?: string;
	readonly phone?: string;
	readonly identification?: string;
	readonly email?: string;
	readonly company?: string;
	readonly city?: string;
	readonly requestType?: CaseType;
	readonly product?: string;
	readonly quantity?: string;
	readonly budget?: string;
	readonly urgency: Urgency;
	readonly need?: string;
	readonly nextStep: string;
	/** One to three points for the advisor. */
	readonly summary: readonly string[];
	readonly keyQuestions: readonly string[];
	readonly objections: readonly string[];
	readonly stage: LeadStage;
	/** 0 to 100. */
	readonly score: number;
	/** What was counted, so that the score can be explained. */
	readonly scoredBy: readonly string[];
	/** Messages that say something about the need. */
	readonly messageIds: readonly string[];
}

const URGENT =
	/\b(?:urgente|urgentemente|urge|para hoy|para ya|lo antes posible|cuanto antes|inmediat[oa]|hoy mismo|para manana|asap|de afan|con afan|esta semana)\b/;
const RELAXED =
	/\b(?:sin afan|no hay afan|sin prisa|mas adelante|el otro ano|el proximo ano|apenas estoy averiguando|solo averiguando)\b/;
const OBJECTION =
	/\b(?:(?:muy|esta|esta muy|es|mas) car[oa]s?|car[ií]sim[oa]s?|mas barat[oa] en|otro proveedor|otra parte|la competencia|lo voy a pensar|dejeme pensar|no tengo presupuesto|no me alcanza|fuera de presupuesto|demora mucho|muy demorado|no confio|es confiable|sin garantia)\b/;
const SMALL_TALK = /^(?:hola|buen[oa]s?(?: dias| tardes| noches)?|gracias|ok|si|no|listo|vale|\d{1,2})[\s!.,]*$/;

interface ScoreRule {
	readonly name: string;
	readonly points: number;
	readonly counts: (
		source: LeadSource,
		draft: Pick<LeadDraft, 'urgency' | 'budget' | 'product' | 'quantity'>,
	) => boolean;
}

/** What makes a lead worth a call, in points of 100. */
export const SCORE_RULES: readonly ScoreRule[] = [
	{ name: 'formal quotation', points: 35, counts: ({ type }) => type === 'quotation' },
	{ name: 'general information', points: 10, counts: ({ type }) => type === 'information' },
	{ name: 'product named', points: 15, counts: (_source, { product }) => product !== undefined },
	{ name: 'quantity named', points: 10, counts: (_source, { quantity }) => quantity !== undefined },
	{ name: 'ten or more', points: 10, counts: (_source, { quantity }) => Number(quantity ?? 0) >= 10 },
	{ name: 'budget named', points: 10, counts: (_source, { budget }) => budget !== undefined },
	{ name: 'urgent', points: 10, counts: (_source, { urgency }) => urgency === 'high' },
	{
		name: 'identified',
		points: 5,
		counts: ({ contact, fields }) => Boolean(contact.identification ?? fields['identification']),
	},
	{ name: 'e-mail known', points: 5, counts: ({ contact, fields }) => Boolean(contact.email ?? fields['email']) },
];

const WORDS = {
	es: {
		quantity: 'Cantidad',
		budget: 'Presupuesto',
		high: 'Urgente',
		city: 'Ciudad',
		send: 'Enviar la cotización',
		inform: 'Enviar la información',
		call: 'Contactar al cliente',
	},
	en: {
		quantity: 'Quantity',
		budget: 'Budget',
		high: 'Urgent',
		city: 'City',
		send: 'Send the quotation',
		inform: 'Send the information',
		call: 'Contact the customer',
	},
	'pt-BR': {
		quantity: 'Quantidade',
		budget: 'Orçamento',
		high: 'Urgente',
		city: 'Cidade',
		send: 'Enviar a cotação',
		inform: 'Enviar as informações',
		call: 'Entrar em contato',
	},
} as const;

/**
 * A lead from a conversation, by rules alone: what is wanted, how urgently, and how good it is. Deterministic, so the preview
 * and the lead that is made are the same.
 */
export function draftLead(source: LeadSource, profile: BusinessProfile): LeadDraft {
	const { contact, fields } = source;
	const said = source.messages.filter(({ text }) => text !== undefined && !SMALL_TALK.test(plain(text).trim()));
	const everything = plain(said.map(({ text }) => text).join('\n'));
	const value = (own: string | undefined, field: string): string | undefined => own || fields[field] || undefined;
	const product = fields['product'] || undefined;
	const quantity = fields['quantity'] || undefined;
	const budget = fields['budget'] || fields['amount'] || undefined;
	const urgency: Urgency = URGENT.test(everything) ? 'high' : RELAXED.test(everything) ? 'low' : 'normal';
	const counted = SCORE_RULES.filter(({ counts }) => counts(source, { urgency, budget, product, quantity }));
	const score = Math.min(
		100,
		counted.reduce((sum, { points }) => sum + points, 0),
	);
	const words = WORDS[profile.language];
	const label = profile.options.find(({ id }) => id === source.option)?.label;
	const details = [
		quantity === undefined ? undefined : `${words.quantity}: ${quantity}`,
		budget === undefined ? undefined : `${words.budget}: ${budget}`,
		urgency === 'high' ? words.high : undefined,
		fields['city'] ? `${words.city}: ${fields['city']}` : undefined,
	].filter((part) => part !== undefined);
	const need = source.subject || product || said[0]?.text;
	const own = said.map(({ text }) => text ?? '').sort((left, right) => right.length - left.length)[0];
	return clean({
		name: value(contact.name, 'name'),
		phone: value(contact.phone, 'phone'),
		identification: value(contact.identification, 'identification'),
		email: value(contact.email, 'email'),
		company: value(contact.company, 'company'),
		city: value(contact.city, 'city'),
		requestType: source.type,
		product,
		quantity,
		budget,
		urgency,
		need: need?.slice(0, 500),
		nextStep: source.type === 'quotation' ? words.send : source.type === 'information' ? words.inform : words.call,
		summary: [
			[label, need]
				.filter((part) => part)
				.join(': ')
				.slice(0, 300),
			details.join(' · '),
			own === need ? '' : (own ?? '').slice(0, 300),
		]
			.filter((point) => point !== '')
			.slice(0, 3),
		keyQuestions: said.flatMap(({ text }) => (text?.includes('?') ? [text.trim()] : [])).slice(0, 5),
		objections: said
			.flatMap(({ text }) => (text !== undefined && OBJECTION.test(plain(text)) ? [text.trim()] : []))
			.slice(0, 5),
		stage: score >= profile.handoff.leadScore ? 'SQL' : score >= 40 ? 'MQL' : 'Lead',
		score,
		scoredBy: counted.map(({ name }) => name),
		messageIds: said.map(({ id }) => id),
	});
}

/** Without the keys that have no value. */
function clean<T extends object>(draft: T): T {
	return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)) as T;
}

export interface LeadChange {
	readonly field: string;
	readonly from?: string;
	readonly to: string;
}

const STAGES: readonly string[] = ['Lead', 'MQL', 'SQL', 'Opportunity', 'Won', 'Lost'];

/**
 * "Actualizar Lead": what a draft would change on a lead that exists. Nothing is overwritten with emptiness, a stage never goes
 * back, a score never falls.
 *
 * @param existing the lead's fields as they are; lists as arrays
 * @returns the changed fields alone, and the changes in words for the preview
 */
export function updateLead(
	existing: Readonly<Record<string, unknown>>,
	draft: LeadDraft,
): { readonly values: Partial<LeadDraft>; readonly changes: readonly LeadChange[] } {
	const values: Record<string, unknown> = {};
	const changes: LeadChange[] = [];
	for (const [field, wanted] of Object.entries(draft)) {
		if (field === 'scoredBy' || wanted === undefined || wanted === '' || (Array.isArray(wanted) && wanted.length === 0))
			continue;
		const before = existing[field];
		const next = merged(field, before, wanted);
		if (JSON.stringify(next) === JSON.stringify(before)) continue;
		values[field] = next;
		changes.push({
			field,
			...(before === undefined || before === null || before === '' ? {} : { from: inWords(before) }),
			to: inWords(next),
		});
	}
	return { values: values as Partial<LeadDraft>, changes };
}

const inWords = (value: unknown): string => (Array.isArray(value) ? value.join('; ') : String(value));

function merged(field: string, before: unknown, wanted: unknown): unknown {
	if (field === 'score') return Math.max(Number(before ?? 0), Number(wanted));
	if (field === 'stage' && typeof before === 'string')
		return STAGES.indexOf(before) >= STAGES.indexOf(String(wanted)) ? before : wanted;
	if (['messageIds', 'keyQuestions', 'objections'].includes(field) && Array.isArray(before) && Array.isArray(wanted))
		return [...new Set<unknown>([...before, ...wanted])];
	return wanted;
}
