import type { Language } from '../domain/profile/businessProfile';

/** What the desk reminds an advisor of by itself. */
const WORDS: Readonly<Record<'quotation_sent', Readonly<Record<Language, string>>>> = {
	quotation_sent: {
		es: 'Pregunta qué le pareció la cotización enviada',
		en: 'Ask what they think of the quotation',
		'pt-BR': 'Pergunte o que achou da cotação enviada',
	},
};

export function followUpInWords(kind: keyof typeof WORDS, language: Language): string {
	return WORDS[kind][language];
}
