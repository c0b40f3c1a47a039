import { plain } from './normalise';

/** Words that only one of the languages has, and that a first message brings. */
const MARKS = {
	es: new Set(
		'hola buenas buenos dias tardes noches necesito quiero quisiera gracias cuanto donde esta pedido con usted ustedes tienen cotizar cotizacion factura ayuda soy una los las del por mi'.split(
			' ',
		),
	),
	en: new Set(
		'hello hi hey good morning afternoon i need want would like please thanks thank you where is my order quote price how much the do have help for and invoice'.split(
			' ',
		),
	),
	'pt-BR': new Set(
		'oi ola bom boa dia tarde noite preciso quero gostaria obrigado obrigada voces voce quanto custa meu minha onde nao tem orcamento cotacao fatura nota fiscal ajuda uma os as'.split(
			' ',
		),
	),
} as const;

/**
 * The language a message is written in, when its words say so clearly; `undefined` for a name, a number or a tie, so that a
 * conversation never changes its language by accident.
 */
export function languageOf(text: string): keyof typeof MARKS | undefined {
	const words = plain(text).match(/[a-z]+/g) ?? [];
	const counted = (Object.keys(MARKS) as Array<keyof typeof MARKS>)
		.map((language) => ({ language, marks: words.filter((word) => MARKS[language].has(word)).length }))
		.sort((left, right) => right.marks - left.marks);
	const [best, next] = counted;
	return best !== undefined && next !== undefined && best.marks > next.marks ? best.language : undefined;
}
