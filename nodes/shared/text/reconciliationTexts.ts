import type { PaymentState } from '../domain/payments/payment';
import type { Language } from '../domain/profile/businessProfile';
import { mismatchInWords } from './paymentTexts';

type Words = Readonly<Record<Language, string>>;

const WORDS = {
	title: { es: 'Conciliación de pagos', en: 'Payments reconciled', 'pt-BR': 'Conciliação de pagamentos' },
	same: {
		es: 'Todo coincide con {provider}: {compared} comparados.',
		en: 'Everything agrees with {provider}: {compared} compared.',
		'pt-BR': 'Tudo confere com {provider}: {compared} comparados.',
	},
	differs: {
		es: '{provider} sabía algo que aquí faltaba. Comparados: {compared}. Puestos al día: {repaired}. Por revisar: {mismatches}.',
		en: '{provider} knew what was missing here. Compared: {compared}. Brought up to date: {repaired}. To look at: {mismatches}.',
		'pt-BR':
			'{provider} sabia o que faltava aqui. Comparados: {compared}. Atualizados: {repaired}. A revisar: {mismatches}.',
	},
	foreign: {
		es: 'Además hay {foreign} que no son de este registro.',
		en: 'Besides there are {foreign} that are none of ours.',
		'pt-BR': 'Além disso há {foreign} que não são deste registro.',
	},
	mismatch: {
		es: 'no coincide ({reason}) y no se confirmó',
		en: 'does not fit ({reason}) and was not confirmed',
		'pt-BR': 'não confere ({reason}) e não foi confirmado',
	},
	more: { es: 'y {count} más', en: 'and {count} more', 'pt-BR': 'e mais {count}' },
} as const satisfies Readonly<Record<string, Words>>;

const STATES: Readonly<Record<PaymentState, Words>> = {
	requested: { es: 'pedido', en: 'requested', 'pt-BR': 'pedido' },
	pending: { es: 'en proceso', en: 'pending', 'pt-BR': 'em processamento' },
	paid: { es: 'pagado', en: 'paid', 'pt-BR': 'pago' },
	failed: { es: 'rechazado', en: 'failed', 'pt-BR': 'recusado' },
	expired: { es: 'vencido', en: 'expired', 'pt-BR': 'vencido' },
	partially_refunded: { es: 'devuelto en parte', en: 'refunded in part', 'pt-BR': 'devolvido em parte' },
	refunded: { es: 'devuelto', en: 'refunded', 'pt-BR': 'devolvido' },
	disputed: { es: 'en disputa', en: 'disputed', 'pt-BR': 'contestado' },
};

/** More of them nobody reads in a notification. */
const MOST_LINES = 20;

export interface ReconciliationWords {
	readonly business: string;
	readonly provider: string;
	/** Local day. */
	readonly day: string;
	readonly compared: number;
	readonly foreign: number;
	readonly differences: ReadonlyArray<{
		/** As people write it. */
		readonly amount: string;
		readonly description: string | null;
		readonly before: PaymentState;
		readonly after: PaymentState;
		readonly mismatch?: string;
	}>;
}

/** What reconciliation has found, as a message. */
export function reconciliationInWords(
	{ business, provider, day, compared, foreign, differences }: ReconciliationWords,
	language: Language,
): { readonly title: string; readonly text: string } {
	const mismatches = differences.filter(({ mismatch }) => mismatch !== undefined).length;
	const values = new Map<string, string | number>([
		['provider', provider],
		['compared', compared],
		['repaired', differences.length - mismatches],
		['mismatches', mismatches],
		['foreign', foreign],
		['count', differences.length - MOST_LINES],
	]);
	const say = (words: Words): string =>
		words[language].replace(/\{(\w+)\}/g, (all, key: string) => String(values.get(key) ?? all));
	const lines = differences.slice(0, MOST_LINES).map(({ amount, description, before, after, mismatch }) => {
		const what =
			mismatch === undefined
				? `${STATES[before][language]} → ${STATES[after][language]}`
				: WORDS.mismatch[language].replace('{reason}', () => mismatchInWords(mismatch, language));
		return `• ${[amount, description].filter(Boolean).join(' · ')}: ${what}`;
	});
	if (differences.length > MOST_LINES) lines.push(`• ${say(WORDS.more)}`);
	const title = `${WORDS.title[language]} · ${business} · ${day}`;
	const text = [
		`*${title}*`,
		say(differences.length === 0 ? WORDS.same : WORDS.differs),
		...(lines.length === 0 ? [] : [lines.join('\n')]),
		...(foreign === 0 ? [] : [say(WORDS.foreign)]),
	].join('\n\n');
	return { title, text };
}
