import { stemmer } from '@orama/stemmers/spanish';

import { plain } from '../classifier/normalise';

/** A word of a text as the search keeps it. */
export interface SearchWord {
	/** Folded as it was written: `envios`, `107w`. */
	readonly word: string;
	/** What is the same for all its endings: `envi`. A model number is its own stem. */
	readonly stem: string;
	/** What slips of the finger leave as it is: finds `impresora` for «inpresroa». Only of words long enough to be told apart. */
	readonly sound?: string;
}

/** Shorter words have too many neighbours. */
const SHORTEST_SOUND = 5;
/** As many words as an index row or a question needs; a pasted novel must not cost more. */
const MOST_WORDS = 400;

/**
 * The consonants as Latin America says them: b and v, c, s and z, ll and y, g and j, m and n are one, h and vowels none.
 * The leading zero keeps these keys apart from words.
 */
function soundOf(word: string): string {
	const consonants = word
		.replace(/qu|k|c(?=[aou]|[^eih]|$)/g, 'q')
		.replace(/ch/g, 'x')
		.replace(/[cz]/g, 's')
		.replace(/v/g, 'b')
		.replace(/ll/g, 'y')
		.replace(/g(?=[ei])/g, 'j')
		.replace(/m/g, 'n')
		.replace(/[aeiouhw]/g, '')
		.replace(/(.)\1+/g, '$1');
	return `0${consonants}`;
}

/** «107 w», «L-3250», «16 gb»: a number and the letter or unit beside it are one word, however they are written. */
const NUMBER_AND_LETTER = /\b(\d{2,})[ -]([b-df-np-twz]|a(?= *(?:$|[^a-z0-9 ])))\b/g;
const NUMBER_AND_UNIT = /\b(\d+) (gb|tb|mb|hz|mhz|ghz|va|kva|mah|mp|ppm|btu|rpm)\b/g;
const LETTER_AND_NUMBER = /\b([b-df-np-twz])[ -](\d{3,})\b/g;

/** The words of a text, in its order, each once. */
export function searchWords(text: string): SearchWord[] {
	const joined = [NUMBER_AND_LETTER, NUMBER_AND_UNIT, LETTER_AND_NUMBER].reduce(
		(written, apart) => written.replace(apart, '$1$2'),
		plain(text),
	);
	const words = joined.match(/[a-z0-9]+/g) ?? [];
	const pieces = words.flatMap((word) => {
		// «107w» is also found by «107», and «hp107» by «hp».
		const parts = /[a-z]/.test(word) && /\d/.test(word) ? (word.match(/[a-z]{2,}|\d{2,}/g) ?? []) : [];
		return [word, ...parts];
	});
	return [...new Set(pieces)].slice(0, MOST_WORDS).map((word) => {
		const hasDigits = /\d/.test(word);
		// The stemmer knows the ending by its accent: «ubicación» and «ubicaciones» are one word.
		const stem = hasDigits ? word : stemmer(word.replace(/([cs])ion$/, '$1ión'));
		return word.length >= SHORTEST_SOUND && !hasDigits ? { word, stem, sound: soundOf(stem) } : { word, stem };
	});
}

/** What is written into the index for a text: stems and sounds, blanks between them. */
export function indexWords(...texts: ReadonlyArray<string | null | undefined>): string {
	const words = searchWords(texts.filter((text) => text).join(' '));
	return [...new Set(words.flatMap(({ stem, sound }) => (sound === undefined ? [stem] : [stem, sound])))].join(' ');
}

/** Words that every question has and no answer depends on; the others decide. */
const SAYING_NOTHING = new Set(
	plain(`
		a al algo alguna alguno ante aun aqui asi bien buen buena buenas buenos como con cual cuales cualquier cuando de del
		desde dia dias donde e el ella ellos en entre era es esa ese eso esta estan estar estas este esto estos favor fue
		gracias ha hace hacen hacer hago han hasta hay haber he hola la las le les lo los mas me mi mis muy nada necesito no
		nos nosotros o os otra otro para pero podria podrian poder por porfa porque pueda puede pueden puedo pues que quiero
		quisiera quien saber se sea ser seria si sin sobre solo son su sus tal tambien tarde tardes te tener tengo ti tiene
		tienen tiempo tu tus un una unas uno unos usted ustedes va van ver vez y ya yo noches noche senor senora amigo
		i the an is are do you of to for have can what where how much does it please hi hello
		voces os um uma tem e do da para com qual onde quanto
		cuanto cuanta cuantos cuantas vale valen valor cuesta cuestan costo costos precio precios sale salen cobran
		disponible disponibles disponibilidad stock existencia existencias manejan venden vende informacion info consultar
		preguntar pregunta consulta duda dime digame decir dicen indicar indiqueme confirmar favor ayuda interesa interesado
		comprar cotizar cotizarme cotizacion cotizaciones price prices cost todo toda todos todas pais ciudad ciudades producto
		soy somos productos articulo articulos equipo equipos empresa negocio ustedes ofrecen ayudan ayudar
	`)
		.trim()
		.split(/\s+/),
);

/** The words of a question that an answer must fit. */
export function decidingWords(text: string): SearchWord[] {
	return searchWords(text).filter(({ word }) => !SAYING_NOTHING.has(word) && (word.length > 1 || /\d/.test(word)));
}
