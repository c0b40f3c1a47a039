import { plain } from './normalise';

export type Mood = 'complaint' | 'insult' | 'despair';

const COMPLAINT =
	/\b(?:quejas?|quejarme|pqrs?|reclamo (?:formal|por escrito)|p[eé]sim[oa]s?|mal[ií]sim[oa]s?|horrible|terrible|deplorable|inaceptable|indignad[oa]|indignante|decepcionad[oa]|molest[oa] con|muy molest[oa]|estoy molest[oa]|estoy (?:muy )?(?:brav[oa]|furios[oa]|enojad[oa])|falta de respeto|irrespeto|mal servicio|mala atencion|me estafaron|estafa(?:dores)?|ladrones|rateros|robo|demandar|demanda|superintendencia|defensor del consumidor|abogado|los voy a denunciar|denuncia|no cumplen|incumplid[oa]s|nadie (?:(?:me|nos) )?(?:(?:ha|han) )?(?:respond\w+|contest\w+|atiend\w+|atend\w+|da razon|dado razon)|muy demorad[oa]s|gracias por nada|es el colmo|que descaro|descarados|terrible service|complaint|pessimo)\b/;
const INSULT =
	/\b(?:hp tas|hijueputas?|hijuep\w+|hdp|gonorrea|malparid[oa]s?|mierda|imbecil(?:es)?|idiotas?|estupid[oa]s?|inutil(?:es)?|incompetentes?|pendej[oa]s?|maric[oa]s? (?:servicio|bot)|careverga|putos?|putas?|cabron(?:es)?|chimba de servicio|porqueria|basura de|fuck\w*|shit|asshole)\b/;
const DESPAIR =
	/\b(?:ya no se que hacer|estoy desesperad[oa]|desesperad[oa]|no aguanto mas|cansad[oa] de (?:esperar|escribir|llamar|repetir)|harto|harta|mamad[oa] de|por enesima vez|cuantas veces (?:tengo|hay|debo)|no me entiende[ns]?|no entiendes nada|no entiende nada|esto no sirve|este bot no sirve|no me ayuda[ns]?|auxilio|es una emergencia|es urgentisimo)\b/;

/** A mood that no menu answers: such a person is handed to a person (B14, D33). */
export function moodOf(text: string): Mood | undefined {
	const words = plain(text);
	if (INSULT.test(words)) return 'insult';
	if (COMPLAINT.test(words)) return 'complaint';
	if (DESPAIR.test(words)) return 'despair';
	return undefined;
}
