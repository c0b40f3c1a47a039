import { plain } from '../classifier/normalise';

/** What the bot does not do, and says so kindly (P8). */
export type OutOfScope = 'transfer' | 'documents' | 'accounting' | 'diagnosis';

const RULES: ReadonlyArray<readonly [OutOfScope, RegExp]> = [
	// Moving a live conversation to another number.
	[
		'transfer',
		/\b(?:pas\w+|transfi\w+|mov\w+|traslad\w+|cambi\w+|continu\w+|sig\w+|segui\w+) (?:\S+ ){0,4}(?:conversacion|chat) (?:\S+ ){0,3}(?:otro|mi otro|al) (?:\S+ )?(?:numero|whatsapp|celular|linea)|\b(?:sigamos|continuemos|sigame|escribame|escribanme|escribeme|respondame|respondeme|contestame|hablemos|atiendame|seguimos) (?:\S+ ){0,3}(?:por|en|a|al|desde) (?:mi |el |un )?(?:otro )(?:numero|whatsapp|celular|chat)|\btransfi\w+ (?:\S+ ){0,2}(?:conversacion|chat)\b/,
	],
	// Documents by themselves, at once.
	[
		'documents',
		/\b(?:automatic\w+|de una vez|por aqui mismo|aqui mismo|ya mismo|en automatico|inmediatamente) (?:\S+ ){0,5}(?:certificado|documento|rut|contrato|carta|ficha|manual|factura|pdf|archivo)|\b(?:envi\w+|mand\w+|descarg\w+|gener\w+|adjunt\w+|pas\w+) (?:\S+ ){0,5}(?:certificado|documento|rut|contrato|carta|ficha|manual|factura|pdf|archivo)s? (?:\S+ ){0,4}(?:automatic\w+|por aqui mismo|aqui mismo|ya mismo|en automatico)\b/,
	],
	// External accounting systems.
	[
		'accounting',
		/\b(?:siigo|alegra|world ?office|helisa|contapyme|loggro|quickbooks|sap b1|sap business one|(?:mi|nuestro) sap|(?:mi|nuestro) (?:sistema|software|programa) (?:contable|de contabilidad)|(?:mi|nuestra) contabilidad)\b/,
	],
	// A diagnosis from afar.
	[
		'diagnosis',
		/\b(?:que (?:dano|falla|problema) (?:tiene|tendra|sera|puede (?:ser|tener))|cual es el (?:dano|problema|fallo)|(?:dime|digame|diga|diganme|me dices|me dicen|me puede decir|me pueden decir) (?:que|cual) (?:es el dano|tiene (?:mi|el|la)|le pasa|dano)|(?:haga|haz|hacer|hagan|hagame|hazme|hacerle)(?:le|me)? (?:un |el )?diagnostico|diagnostica(?:me|r por aqui)|por que (?:se dano|no prende|no enciende|falla|se apaga) (?:mi|el|la))\b/,
	],
];

/** Which of the things that the bot does not do a message asks for. */
export function outOfScope(text: string): OutOfScope | undefined {
	const words = plain(text)
		.replace(/[^a-z0-9ñ\s]/g, ' ')
		.replace(/\s+/g, ' ');
	const found = RULES.find(([, rule]) => rule.test(words))?.[0];
	// Accounting is only out of reach when something is to be done in it; who buys or repairs such a program is a customer.
	if (
		found === 'accounting' &&
		!/\b(?:conect\w+|integr\w+|sincroni\w+|sub(?:an|e|ir|irla|irlo)|registr\w+|cargu?\w+|caus\w+|envi\w+|pas\w+)\b/.test(
			words,
		)
	)
		return undefined;
	return found;
}
