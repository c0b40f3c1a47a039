import { FAMILIAR_NAMES } from './familiarNames';

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
	se te nos dia hoy manana ayer the want need price quote please help thanks you nop nope sip aja uhm ajam ehh aca quiubo
	cc ce ti ppt dni rut tel cel celular telefono correo email documento pasaporte xd lol jsjs opcion mejor otra otro
	distribuidor distribuidora
	estudiante revendedor revendedora contador contadora ingeniero ingeniera nuevo nueva mayorista docente profesor profesora
	tecnico administrador administradora gerente proveedor nao tenho tengo sim ola oi quero preciso obrigado obrigada buenass porfa porfavor oye oiga espere espera momento segundo quien`
		.split(/\s+/)
		.filter((word) => word !== ''),
);

/** Of these, what somebody may be called after all, beside a word that is a name beyond doubt ("Rosa Factura"). */
const THINGS = new Set(
	`cotizacion precio precios informacion pedido pedidos orden factura facturas soporte ayuda consulta estado documento
	certificado producto productos computador portatil impresora menu inicio persona comercial cliente empresa grupo
	suministros claro reclamo queja problema pago pagos venta ventas servicio servicios bueno buena dia dias vale`.split(
		/\s+/,
	),
);

/** "jajaja", "jeje", "mmm": somebody laughs or thinks. */
const NOISE = /^(?:(?:j+[aeiou]+h?){2,}j*|(?:[hk]+[aei]+){2,}h*|m+h*m*|a+h+|e+h+m*|u+h*m+|z+|x+d+)$/;

/** Where a name is over: the sentence goes on, or another fact about the person follows. */
const NAME_ENDS =
	/[,;:!\n]\s*|(?<=\p{L}{3})\.\s+|\s+[-–—(]\s*|\s*(?=\d)|\s+(?:de parte|(?:de|del|desde|en|con) (?:la |el |los |las )?(?:empresa|compa[nñ][ií]a|constructora|ferreter[ií]a|comercializadora|distribuidora|grupo|inversiones|colegio|universidad|alcald[ií]a|hospital|cl[ií]nica|fundaci[oó]n|restaurante|hotel|transportes|industrias|soluciones|edificio|conjunto|tienda|almac[eé]n|papeler[ií]a|oficina|bogot[aá]|medell[ií]n|cali|barranquilla|cartagena|bucaramanga|pereira)\b|(?:de|para|con) la empresa|(?:y|,)? ?(?:mi|con|la|el|de)? ?(?:c\.? ?c\.?|c\.e\.?|ce|n\.?i\.?t\.?|ti|t\.i\.?|ppt|dni|rut|rfc|curp|cpf|ruc|c[eé]dula|documento|identificaci[oó]n|identificad[oa]|pasaporte|tel(?:[eé]fono)?|cel(?:ular)?|m[oó]vil|whats?app|correo|e-?mail)\b\.?|y (?:quiero|necesito|quisiera|busco|soy|mi)\b)/iu;

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

const COMBINING_EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\u20e3/gu;

/** A name inside a message, and what else the message says. */
export interface FoundName {
	readonly name: string;
	/** What stands after the name; empty when the message was nothing but the name. */
	readonly rest: string;
}

function readName(written: string): string | undefined {
	const words = written.split(' ').filter((word) => word !== '');
	if (words.length === 0 || words.length > 7) return undefined;
	if (!words.every((word) => /^\p{L}[\p{L}\p{M}'’.-]*$/u.test(word))) return undefined;
	const plain = words.map((word) => unaccented(word.replace(/\./g, '')));
	const besideName = words.length <= 4 && plain.some((word) => FAMILIAR_NAMES.has(word) && !NOT_A_NAME.has(word));
	if (plain.some((word) => NOT_A_NAME.has(word) && !(besideName && THINGS.has(word)))) return undefined;
	const names = plain.filter((word) => !PARTICLES.has(word));
	if (!names.some((word) => word.length >= 2) || PARTICLES.has(plain[plain.length - 1])) return undefined;
	// Five consonants in a row, the same letter three times, no vowel: somebody hit the keyboard.
	if (
		names.some(
			(word) =>
				NOISE.test(word) ||
				(word.length > 2 && (/(.)\1\1/.test(word) || !/[aeiouy]/.test(word) || /[^aeiouy'’-]{5}/.test(word))),
		)
	)
		return undefined;
	return words.map((word, index) => capitalise(word, index, word)).join(' ');
}

/** "Reenviado: …", "Nota: …": one word in front of a colon names what follows, not a person. */
const isLabel = (name: string, rest: string): boolean =>
	rest.trimStart().startsWith(':') && !name.includes(' ') && !FAMILIAR_NAMES.has(unaccented(name));

/** How companies end: "Distribuciones El Faro SAS". */
const LEGAL_FORM =
	/^(\p{L}[^\d,;:?¿!\n]{2,80}?),?\s+(s\.?\s?a\.?\s?s\.?|ltda\.?|s\.?\s?a\.?|e\.?\s?u\.?|s\. ?en ?c\.?|inc\.?|llc|s\.? de r\.?l\.?(?: de c\.?v\.?)?)$/iu;

/** Where a person was asked for, some write whom they write for. */
export function parseCompanyName(text: string): string | undefined {
	const [, name, form] = LEGAL_FORM.exec(text.normalize('NFC').replace(INTRODUCTION, '').trim()) ?? [];
	return name === undefined || form === undefined || name.split(/\s+/).length > 8 ? undefined : `${name} ${form}`;
}

/**
 * The name that an answer to "what is your full name?" begins with, and the rest of the answer: "soy Carlos Ruiz cc
 * 79456123" gives "Carlos Ruiz" and "cc 79456123".
 *
 * @returns undefined for what begins with no name; see `parsePersonName`
 */
export function findPersonName(text: string): FoundName | undefined {
	const written = text
		.normalize('NFC')
		.replace(COMBINING_EMOJI, ' ')
		.replace(/[^\S\n]+/g, ' ')
		.trim();
	const introduced = written
		.replace(INTRODUCTION, '')
		.replace(TITLE, '')
		.replace(/^[\s"'“”«».,;:!¡*()-]+|[\s"'“”«».,;:!¡*()-]+$/gu, '');
	// "Soy Ana, quiero cotizar": the name ends where the sentence goes on.
	const end = introduced.search(NAME_ENDS);
	const head = end < 0 ? introduced : introduced.slice(0, end);
	if (/[?¿@#/\\\d_=<>{}[\]|]/u.test(head)) return undefined;
	const name = readName(head.trim());
	if (name === undefined || isLabel(name, introduced.slice(head.length))) return undefined;
	return { name, rest: introduced.slice(head.length).replace(/^[\s,;:.!–—(-]+(?:[ye]\s+)?/iu, '') };
}

/**
 * The person's name in an answer to "what is your full name?", written as names are written: "me llamo ANA MARÍA DE LA
 * CRUZ" gives "Ana María de la Cruz".
 *
 * @returns undefined for what is no name: greetings, needs, questions, companies, numbers, addresses, emoji alone. A
 * wrongly refused name costs one more question; a wrongly taken one greets a person as "Necesito Cotizar" for ever.
 */
export function parsePersonName(text: string): string | undefined {
	if (/[?¿@#/\\\d_=<>{}[\]|]/u.test(text.replace(/\ufe0f|\u20e3/g, ''))) return undefined;
	return findPersonName(text)?.name;
}
