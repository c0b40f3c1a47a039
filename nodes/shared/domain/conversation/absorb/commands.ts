import { classify } from '../../classifier/classify';
import { plain } from '../../classifier/normalise';
import type { Classification } from '../../classifier/types';
import { placeNamed } from '../readAnswer';
import type { Turn } from '../turn';
import { sessionCase } from './flow';

const MENU =
	/^(?:el |al |ver |ir al |volver al |mostrar |muestrame el |quiero ver el )?(?:menu|menu principal|inicio|volver|opciones|atras|regresar|empezar|comenzar|reiniciar|start over|back|main menu|voltar)(?: por favor| principal| de opciones)?$/;

const OPT_IN =
	/^(?:alta|start|suscribirme|volver a recibir|quiero volver|reactivar|si quiero|si|claro|dale|si por favor|voltar|yes)$/;

const RESUME = /^(?:si|claro|dale|ok|listo|sigamos|si sigamos|si por favor|de una|bueno|yes|sim|seguir|si seguir)$/;

/** The button «Es otra solicitud» in words. */
const ANOTHER =
	/^(?:no |si )?(?:(?:es|seria|son|quiero|necesito|quisiera|hacer|esta es) )*(?:(?:otra|nueva|una nueva|otra nueva) (?:solicitud|cotizacion|consulta)|otro (?:caso|pedido|tema)|otra cosa|(?:una )?(?:solicitud|cotizacion) (?:nueva|diferente|distinta|aparte))(?: diferente| distinta| aparte| nueva)?$/;

/** What it is, is still to be said: the menu asks. */
const OF_ANOTHER_KIND = /\b(?:otra cosa|otro tema|otra consulta)\b/;

/** Whoever does not want to go on with what is under way. */
const CANCEL =
	/^(?:no )?(?:(?:ya|mejor|por ahora|por el momento) no(?: gracias| quiero(?: nada)?| deseo| necesito(?: nada)?| me interesa)?|cancelar?|cancela|cancele|cancelo|cancelalo|anular|anulalo|olvidalo|olvidelo|olvida|dej(?:a|e|o|emos)(?:lo|mos)? (?:asi|asi mejor|eso asi)|dejalo|no quiero (?:nada|seguir|continuar)|ya no quiero|no me interesa|no gracias(?: ya no)?|cancel|never mind|nevermind|cancelar (?:la |esta |mi )?(?:solicitud|cotizacion))(?: gracias| muchas gracias)?$/;

/** Whoever does not want what was registered: "ya no, déjenlo así", "cancelen el caso". */
const DROPS_CASE =
	/^(?:(?:no|mejor|bueno|hola|perdon|disculp\w+|que pena|la verdad|senores) )*(?:(?:ya no(?: (?:lo |la |los |las )?(?:quiero|necesito|deseo|me interesa|voy a necesitar))?(?: nada)?|dej(?:a|e|en|emos|ar)?(?:lo|la|los|las|moslo|mosla)?(?: eso)? (?:asi|quieto|hasta ahi)|olvid(?:a|e|en)(?:lo|la|te)?|(?:cancel|anul|cierr)(?:a|e|en|ar|o)(?:lo|la|los|las)? (?:(?:mi|el|la|esa|ese|esta|este) )?(?:caso|solicitud|requerimiento|consulta)|(?:cancel|anul)(?:a|e|en)(?:lo|la)|(?:ya )?no hace falta|no sigan|desisto|never mind|nevermind)(?: |$))+(?:(?:gracias|muchas|de todas formas|de todos modos|por favor|porfa|mejor|entonces|asi|nomas|igual|con eso|con esto) ?)*$/;

/** Thanks that say that nothing is needed any more. */
export const SOLVED =
	/\b(?:ya (?:lo|la|los|las|me|nos|se|quedo|pude|esta|no)|solucion\w+|resuelt\w+|resolvi\w*|no importa|no hace falta)\b/;

/** Whoever asks only for the opening hours. */
export const HOURS =
	/\b(?:horarios?|que hora (?:abren|cierran|atienden|es la atencion)|horas? (?:abren|cierran|atienden)|hasta que horas?|(?:atienden|abren|trabajan|estan abiertos) (?:hoy|manana|el |los |sabado|domingo|festivo)|opening hours)\b/;

/** "luego le escribo", "un momento, ya averiguo": the answer comes later. */
const NEEDS_TIME = new RegExp(
	`^(?:(?:ok|listo|bueno|dale|claro|si|perdon|disculp\\w+|que pena|por favor|porfa) )*(?:${[
		'(?:(?:dame|deme|denme|me da|regaleme|regalame|espere|espera|esperen|esperame|espereme) )?(?:un|1) (?:momento|momentico|momentito|segundo|segundito|minuto|minutico|rato|ratico|instante)',
		'(?:ya|ahora|ahorita|luego|mas tarde|despues|manana|en un rato|al rato)(?: mismo| yo)? (?:(?:te|le|les|se lo|lo|la) )?(?:digo|escribo|confirmo|aviso|mando|envio|paso|cuento|respondo|doy|averiguo|pregunto|reviso|busco|miro|consulto|vuelvo|regreso|sigo)',
		'(?:espere(?:me|n)?|espera(?:me)?|aguanta|aguante)(?= *$| (?:por favor|porfa|un poco|tantico|(?:le|te|les) paso|que (?:ya|le|te|les|pregunto|averiguo|reviso|busco|miro|consulto)))',
		'(?:voy a|tengo que|dej[ae](?:me|nme)) (?:preguntar|pregunto|mirar|miro|revisar|reviso|averiguar|averiguo|consultar|consulto|buscar|busco|confirmar|confirmo)',
		'(?:estoy|voy) (?:manejando|conduciendo|ocupad[oa]|en (?:una )?reunion)',
		'(?:hold on|one moment|give me a (?:moment|minute|second)|i will get back to you|um momento|ja volto)',
	].join('|')})(?! (?:son|es|era|eran|mejor|quise|no))(?: [a-z]+){0,6}$`,
);

/** "sí, aquí sigo", "perdón la demora": the question is the same as before. */
const STILL_HERE =
	/^(?:(?:hola|si|claro|ok) )*(?:(?:sigo|estoy) (?:aqui|aca|ahi|por aqui)|aqui (?:estoy|sigo|ando)|presente|(?:perdon|disculp\w+|que pena)(?: por| con)? la (?:demora|tardanza)|estaba (?:ocupad[oa]|en (?:una )?reunion)|ya (?:volvi|regrese|estoy aqui)|i am here|still here|estou aqui)$/;

const SEND_LINK =
	/^(?:si|claro|dale|ok|listo|de una|bueno|yes|sim|si por favor|por favor|(?:si )?(?:enviar?|envien?|enviame|mandar?|mandeme|manda|mandame|pasame|envieme)(?: (?:el|ese))? (?:enlace|link)|el (?:enlace|link)|enlace|link)$/;

/** "sí, envíame el enlace", "pásame ese link porfa"; a payment's link is another. */
const LINK =
	/^(?!.*\b(?:no|nao|sin|pago|pagar|pse|rastreo|seguimiento)\b)(?:\S+ ){0,5}(?:enlace|link)(?: (?:por favor|porfa|please|gracias|de una|ya|entonces|del? asesora?|de ell?a?)){0,2}$/;

const STAY_HERE =
	/^(?:no|no gracias|seguir aqui|sigamos aqui|aqui|por aqui|prefiero aqui|mejor aqui|mejor por aqui|nao)$/;

const NO =
	/^(?:no|nada|no nada|nada gracias|ninguna?|no por ahora|por ahora no|eso era todo|solo eso|no gracias|asi esta bien|nada mas|eso es todo|no nada mas|despues|luego|no thank you|nao)$/;

/** Whoever wrote here by mistake needs nothing. */
const WRONG_NUMBER =
	/\b(?:numero equivocado|mensaje equivocado|chat equivocado|me equivoque de (?:numero|chat|persona|whatsapp)|no era para (?:aca|ustedes|ti|usted)|era para otra persona|wrong number)\b/;

/** "ok", "listo": heard, and nothing more. */
export const ACKNOWLEDGED =
	/^(?:ok|okay|okey|oki|listo|vale|dale|perfecto|entendido|de acuerdo|bueno|super|genial|excelente|claro|chevere|bacano|ya|si|no|hecho|de una|va|ok gracias|quedo atent[oa]|👍|sure|fine|great)$/;

/** A text without accents, signs and emoji, to compare short wishes with. */
export const lettersOf = (text: string): string =>
	plain(text)
		.replace(/[^a-z0-9\s👍]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/** "menú", "volver", "inicio": back to the menu, from anywhere (B2). */
export const isMenuCommand = (text: string): boolean => MENU.test(lettersOf(text));

/** "hola?", "ok", "gracias": says nothing that could be kept. */
export const isSmallTalk = (text: string, { intent }: Classification): boolean =>
	intent === 'greeting' || intent === 'thanks' || ACKNOWLEDGED.test(lettersOf(text)) || lettersOf(text) === '';

/** A request is under way, and no question waits whose answer may be "no, gracias". */
export function mayBeCancelled(turn: Turn): boolean {
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	return turn.option !== undefined && asked?.type !== 'identification' && asked?.type !== 'advisor';
}

/** "ya les mando el soporte de pago": what comes later is a need that is said now; "busco el nombre" is none. */
const namesNeed = (turn: Turn, text: string): boolean => {
	const { intent, matched } = classify(text, { profile: turn.profile });
	const decides = intent === 'quotation' ? 4 : 3;
	return intent !== 'human' && matched.some((rule) => rule.intent === intent && rule.weight >= decides);
};

const answerIsAwaited = ({ state }: Turn): boolean => state.asked !== undefined || state.menuPending;

/** "sí" answers what was said last: the offer of a link, or a question that was asked since. Its buttons always count. */
const linkMayBeMeant = ({ memory, state }: Turn): boolean =>
	memory.linkOffer !== undefined &&
	(memory.linkOffer.at === state.lastOutboundAt || (state.asked === undefined && !state.menuPending));

/** Whoever names the link means it, whatever was asked. */
const namesLink = ({ memory }: Turn, words: string): boolean => memory.linkOffer !== undefined && LINK.test(words);

/** Which wishes are so short that the whole message must be one. */
export function absorbCommand(turn: Turn, text: string): boolean {
	const words = lettersOf(text);
	if (MENU.test(words)) turn.commands.add('menu');
	else if (namesLink(turn, words) || (linkMayBeMeant(turn) && SEND_LINK.test(words))) turn.commands.add('send_link');
	else if (linkMayBeMeant(turn) && STAY_HERE.test(words)) turn.commands.add('stay_here');
	else if (sessionCase(turn) !== undefined && !turn.state.menuPending && DROPS_CASE.test(words))
		turn.commands.add('drop_case');
	else if (turn.memory.caseId !== undefined && turn.option === undefined && ANOTHER.test(words))
		turn.commands.add(OF_ANOTHER_KIND.test(words) ? 'menu' : 'another_request');
	else if (mayBeCancelled(turn) && CANCEL.test(words)) turn.commands.add('cancel');
	else if (turn.memory.optedOut && OPT_IN.test(words)) turn.commands.add('opt_in');
	else if (
		turn.memory.heldNeed !== undefined &&
		turn.option === undefined &&
		(RESUME.test(words) || (!turn.state.menuPending && placeNamed(text, 2) === 1))
	)
		turn.commands.add('resume');
	else if (
		(turn.memory.heldNeed !== undefined || turn.state.menuPending) &&
		turn.option === undefined &&
		(NO.test(words) || (turn.memory.heldNeed !== undefined && !turn.state.menuPending && placeNamed(text, 2) === 2))
	)
		turn.commands.add('no_thanks');
	else if (WRONG_NUMBER.test(words)) turn.commands.add(turn.option === undefined ? 'no_thanks' : 'cancel');
	else if (STILL_HERE.test(words)) turn.commands.add('acknowledgement');
	else if (answerIsAwaited(turn) && NEEDS_TIME.test(words) && !namesNeed(turn, text)) turn.commands.add('needs_time');
	else return false;
	return true;
}
