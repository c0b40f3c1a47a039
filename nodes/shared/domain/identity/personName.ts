const INTRODUCTION =
	/^(?:(?:hola|buen[oa]s?(?: (?:d[ií]as?|tardes|noches))?|claro|s[ií]|ok|listo|perfecto|con gusto|gracias)[\s,.!]+)*(?:(?:y )?(?:me llamo|mi nombre(?: completo)? es|el nombre(?: completo)? es|yo soy|soy|habla|te habla|le habla|es|my name is|i am|i'm|meu nome é|me chamo)\s*:?\s+|(?:nombre(?: completo)?|name|nome)\s*:?\s+)?/iu;

const TITLE = /^(?:(?:el|la) )?(?:se[ñn]or(?:a|ita)?|sra?|dra?|don|do[ñn]a|ing|lic|mr|mrs|ms)\.?\s+/iu;

const PARTICLES = new Set([
	'de',
	'del',
	'la',
	'las',
	'los',
	'el',
	'y',
	'e',
	'da',
	'das',
	'do',
	'dos',
	'di',
	'van',
	'von',
	'san',
]);

/** Words that people write where a name was asked, and that nobody is called. */
const NOT_A_NAME = new Set(
	`hola hello hi hey buenas buenos buen dia dias tarde tardes noche noches saludos cordial gracias ok okay vale listo si no
	quiero quisiera necesito necesitamos busco tengo tienen hay hacer cotizar cotizacion cotizaciones precio precios
	informacion pedido pedidos orden factura facturas facturacion soporte ayuda consulta estado documento documentos
	certificado producto productos computador computadores portatil portatiles laptop impresora menu inicio volver asesor
	asesora agente persona humano comercial vendedor cliente empresa compania sas ltda sa spa cia corporacion grupo
	suministros comunicaciones nombre identificacion cedula nit por para porque que cual quien como cuando donde cuanto
	cuanta cuantos cuesta vale este esta ese esa eso esto aqui ahi muy bien mal bueno buena favor permiso claro perfecto
	reclamo queja problema urgente pago pagos pagar comprar venta ventas servicio servicios con sin sobre desde hasta muchas
	mucho nada nadie prefiero decir digo luego despues ya todavia usted ustedes tu yo me mi mis un una unos unas al lo le les
	se te nos dia hoy manana ayer the want need price quote please help thanks you`
		.split(/\s+/)
		.filter((word) => word !== ''),
);

const unaccented = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** "mcdonald" and "o'connor" keep their inner capital only when the person wrote it. */
function capitalise(word: string, index: number, written: string): string {
	const lower = written.toLocaleLowerCase('es');
	if (index > 0 && PARTICLES.has(lower)) return lower;
	const mixed = word !== lower && word !== word.toLocaleUpperCase('es');
	if (mixed) return word.charAt(0).toLocaleUpperCase('es') + word.slice(1);
	return lower.replace(
		/(^|[-'’])(\p{L})/gu,
		(_all, before: string, letter: string) => before + letter.toLocaleUpperCase('es'),
	);
}

/**
 * The person's name in an answer to "what is your full name?", written as names are written: "me llamo ANA MARÍA DE LA
 * CRUZ" gives "Ana María de la Cruz".
 *
 * @returns undefined for what is no name: greetings, needs, questions, companies, numbers, addresses, emoji alone. A
 * wrongly refused name costs one more question; a wrongly taken one greets a person as "Necesito Cotizar" for ever.
 */
export function parsePersonName(text: string): string | undefined {
	const written = text
		.normalize('NFC')
		.replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\u20e3/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	if (/[?¿@#/\\\d_=<>{}[\]|]/u.test(written)) return undefined;
	const name = written
		.replace(INTRODUCTION, '')
		.replace(TITLE, '')
		.replace(/^[\s"'“”«».,;:!¡*()-]+|[\s"'“”«».,;:!¡*()-]+$/gu, '');
	// "Soy Ana, quiero cotizar": the name ends where the sentence goes on.
	const [first] = name.split(
		/[,;:!]\s+|(?<=\p{L}{3})\.\s+|\s+(?:de parte|de la empresa|con c[eé]dula|y (?:quiero|necesito|quisiera|busco|soy))\b/iu,
	);
	const words = first.split(' ').filter((word) => word !== '');
	if (words.length === 0 || words.length > 7) return undefined;
	if (!words.every((word) => /^\p{L}[\p{L}\p{M}'’.-]*$/u.test(word))) return undefined;
	const plain = words.map((word) => unaccented(word.replace(/\./g, '')));
	if (plain.some((word) => NOT_A_NAME.has(word))) return undefined;
	const names = plain.filter((word) => !PARTICLES.has(word));
	if (!names.some((word) => word.length >= 2) || PARTICLES.has(plain[plain.length - 1])) return undefined;
	// Five consonants in a row, the same letter three times, no vowel: somebody hit the keyboard.
	if (
		names.some(
			(word) => word.length > 2 && (/(.)\1\1/.test(word) || !/[aeiouy]/.test(word) || /[^aeiouy'’-]{5}/.test(word)),
		)
	)
		return undefined;
	return words.map((word, index) => capitalise(word, index, word)).join(' ');
}
