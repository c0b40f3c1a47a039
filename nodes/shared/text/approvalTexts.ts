import type { Language } from '../domain/profile/businessProfile';

type Words = Readonly<Record<Language, string>>;

/** What people read of something that only a person may decide. Ours, not the client's. */
const WORDS = {
	refund: {
		es: 'Devolver {amount} a {customer}{purpose}',
		en: 'Refund {amount} to {customer}{purpose}',
		'pt-BR': 'Devolver {amount} a {customer}{purpose}',
	},
	paymentLink: {
		es: 'Enviar a {customer} un enlace para pagar {amount}{purpose}',
		en: 'Send {customer} a link to pay {amount}{purpose}',
		'pt-BR': 'Enviar a {customer} um link para pagar {amount}{purpose}',
	},
	purpose: { es: ' por {what}', en: ' for {what}', 'pt-BR': ' de {what}' },
	asked: {
		es: '{number} espera una decisión: {summary}. Lo pidió el asistente. Apruébalo o recházalo en la bandeja.',
		en: '{number} waits for a decision: {summary}. The assistant asked for it. Approve or reject it in the inbox.',
		'pt-BR': '{number} espera uma decisão: {summary}. O assistente pediu. Aprove ou recuse na caixa de entrada.',
	},
	nobodyDecided: {
		es: '{number} venció sin que nadie decidiera: {summary}. El cliente sigue esperando.',
		en: '{number} expired and nobody had decided: {summary}. The customer is still waiting.',
		'pt-BR': '{number} venceu sem que ninguém decidisse: {summary}. O cliente continua esperando.',
	},
	notDone: {
		es: '{number} se aprobó y no se hizo a tiempo: {summary}. Revisa el flujo de la bandeja y hazlo a mano.',
		en: '{number} was approved and not done in time: {summary}. Look at the workflow of the inbox and do it by hand.',
		'pt-BR': '{number} foi aprovado e não foi feito a tempo: {summary}. Revise o fluxo da caixa e faça à mão.',
	},
	customerRejected: {
		es: 'Revisamos tu solicitud {number} y por ahora no es posible hacerla. Si quieres hablarlo con una persona, escribe "asesor".',
		en: 'We looked at your request {number} and it is not possible for now. To talk to a person about it, write "advisor".',
		'pt-BR':
			'Analisamos sua solicitação {number} e por enquanto não é possível. Para falar com uma pessoa, escreva "atendente".',
	},
} as const satisfies Readonly<Record<string, Words>>;

export type ApprovalText = Exclude<keyof typeof WORDS, 'purpose'>;

export interface ApprovalWords {
	/** `A-12`. */
	readonly number?: string;
	readonly summary?: string;
	readonly amount?: string;
	readonly customer?: string;
	/** What the money was for, in the business's words. */
	readonly description?: string | null;
}

/** Turns the reading direction: an amount could be made to look like another one. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** What customers call themselves and models write, in a sentence that somebody decides by: in one line, read from left to right. */
const plain = (text: string): string => text.replace(DIRECTIONS, '').replace(/\s+/g, ' ').trim();

/** One sentence about a request that a person decides. */
export function approvalInWords(text: ApprovalText, language: Language, words: ApprovalWords): string {
	const what = plain(words.description ?? '');
	const values = new Map<string, string>([
		['number', words.number ?? ''],
		['summary', words.summary ?? ''],
		['amount', words.amount ?? ''],
		['customer', plain(words.customer ?? '')],
		['purpose', what === '' ? '' : WORDS.purpose[language].replace('{what}', () => what)],
	]);
	return WORDS[text][language].replace(/\{(\w+)\}/g, (_all, name: string) => values.get(name) ?? '');
}
