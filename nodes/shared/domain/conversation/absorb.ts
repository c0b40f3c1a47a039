import { classify, isWordWithoutMeaning, saysDetails } from '../classifier/classify';
import { moodOf } from '../classifier/mood';
import { plain } from '../classifier/normalise';
import type { Classification } from '../classifier/types';
import { FAMILIAR_NAMES } from '../identity/familiarNames';
import { findPersonName, parsePersonName } from '../identity/personName';
import type { MessageContent, MessageEvent } from '../messages/events';
import { ownValue } from '../ownValue';
import type { MenuOption, Question } from '../profile/businessProfile';
import type { KnowledgeFinding } from '../knowledge/knowledge';
import { isWholeAnswer } from './knowledgeAnswers';
import { outOfScope } from './outOfScope';
import { correctionIn, correctRequest, type Correction } from './correct';
import { bareWords, choiceNamed, placeNamed, readAnswer } from './readAnswer';
import type { SaidNeed, Turn } from './turn';
import type { AdvisorFacts, TurnEvent } from './types';

const MENU =
	/^(?:el |al |ver |ir al |volver al |mostrar |muestrame el |quiero ver el )?(?:menu|menu principal|inicio|volver|opciones|atras|regresar|empezar|comenzar|reiniciar|start over|back|main menu|voltar)(?: por favor| principal| de opciones)?$/;
const OPT_IN =
	/^(?:alta|start|suscribirme|volver a recibir|quiero volver|reactivar|si quiero|si|claro|dale|si por favor|voltar|yes)$/;
const RESUME = /^(?:si|claro|dale|ok|listo|sigamos|si sigamos|si por favor|de una|bueno|yes|sim|seguir|si seguir)$/;
/** The button «Es otra solicitud» in words. */
const ANOTHER =
	/^(?:no |si )?(?:(?:es|seria|son|quiero|necesito|quisiera|hacer|esta es) )*(?:(?:otra|nueva|una nueva|otra nueva) (?:solicitud|cotizacion|consulta)|otro (?:caso|pedido|tema)|otra cosa|(?:una )?(?:solicitud|cotizacion) (?:nueva|diferente|distinta|aparte))(?: diferente| distinta| aparte| nueva)?$/;
/** Whoever does not want to go on with what is under way. */
const CANCEL =
	/^(?:no )?(?:(?:ya|mejor|por ahora|por el momento) no(?: gracias| quiero(?: nada)?| deseo| necesito(?: nada)?| me interesa)?|cancelar?|cancela|cancele|cancelo|cancelalo|anular|anulalo|olvidalo|olvidelo|olvida|dej(?:a|e|o|emos)(?:lo|mos)? (?:asi|asi mejor|eso asi)|dejalo|no quiero (?:nada|seguir|continuar)|ya no quiero|no me interesa|no gracias(?: ya no)?|cancel|never mind|nevermind|cancelar (?:la |esta |mi )?(?:solicitud|cotizacion))(?: gracias| muchas gracias)?$/;
/** Whoever does not want what was registered: "ya no, déjenlo así", "cancelen el caso". */
const DROPS_CASE =
	/^(?:(?:no|mejor|bueno|hola|perdon|disculp\w+|que pena|la verdad|senores) )*(?:(?:ya no(?: (?:lo |la |los |las )?(?:quiero|necesito|deseo|me interesa|voy a necesitar))?(?: nada)?|dej(?:a|e|en|emos|ar)?(?:lo|la|los|las|moslo|mosla)?(?: eso)? (?:asi|quieto|hasta ahi)|olvid(?:a|e|en)(?:lo|la|te)?|(?:cancel|anul|cierr)(?:a|e|en|ar|o)(?:lo|la|los|las)? (?:(?:mi|el|la|esa|ese|esta|este) )?(?:caso|solicitud|requerimiento|consulta)|(?:cancel|anul)(?:a|e|en)(?:lo|la)|(?:ya )?no hace falta|no sigan|desisto|never mind|nevermind)(?: |$))+(?:(?:gracias|muchas|de todas formas|de todos modos|por favor|porfa|mejor|entonces|asi|nomas|igual|con eso|con esto) ?)*$/;
/** Thanks that say that nothing is needed any more. */
const SOLVED =
	/\b(?:ya (?:lo|la|los|las|me|nos|se|quedo|pude|esta|no)|solucion\w+|resuelt\w+|resolvi\w*|no importa|no hace falta)\b/;
const HOURS =
	/\b(?:horarios?|que hora (?:abren|cierran|atienden|es la atencion)|horas? (?:abren|cierran|atienden)|hasta que horas?|(?:atienden|abren|trabajan|estan abiertos) (?:hoy|manana|el |los |sabado|domingo|festivo)|opening hours)\b/;
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
const ACKNOWLEDGED =
	/^(?:ok|okay|okey|oki|listo|vale|dale|perfecto|entendido|de acuerdo|bueno|super|genial|excelente|claro|chevere|bacano|ya|si|no|hecho|de una|va|ok gracias|quedo atent[oa]|👍|sure|fine|great)$/;
/**
 * Takes in everything a turn's messages say, in the order they were sent, before anything is decided: answers, facts, files,
 * taps, needs and wishes.
 */
export function absorb(turn: Turn, event: TurnEvent): void {
	if (turn.state.openRequestId === undefined) absorbAfterthoughts(turn);
	for (const message of inOrder(event.messages)) absorbMessage(turn, message, event);
}

/** What came while a case was being registered is taken in first. */
function absorbAfterthoughts(turn: Turn): void {
	const afterthoughts = turn.memory.afterthoughts ?? [];
	delete turn.memory.afterthoughts;
	for (const { text, tap, title } of afterthoughts) {
		turn.answerable = true;
		if (tap !== undefined) absorbTap(turn, { id: tap, ...(title === undefined ? {} : { title }) }, undefined);
		else if (text !== undefined) absorbText(turn, text, undefined);
	}
}

/** By the vendor's time, then by id; a message that came twice counts once. */
export function inOrder(messages: readonly MessageEvent[]): MessageEvent[] {
	const once = [...new Map(messages.map((message) => [message.id, message])).values()];
	return once.sort((left, right) => left.at.getTime() - right.at.getTime() || (left.id < right.id ? -1 : 1));
}

function absorbMessage(turn: Turn, message: MessageEvent, event: TurnEvent): void {
	const content = message.content.type === 'edit' ? (message.content.edited ?? message.content) : message.content;
	if (message.groupId !== undefined) {
		turn.quietReason ??= 'The message was written in a group.';
		return;
	}
	const finding = ownValue(event.knowledge, message.id);
	switch (content.type) {
		case 'reaction':
			turn.quietReason ??= 'A reaction needs no answer.';
			return;
		case 'system':
		case 'revoke':
			turn.quietReason ??= 'WhatsApp reported a change; nobody wrote.';
			return;
		case 'reply':
			turn.answerable = true;
			if (finding !== undefined) turn.findings.push(finding);
			absorbTap(turn, content.reply ?? {}, ownValue(event.classified, message.id));
			return;
		case 'location':
			turn.answerable = true;
			turn.locations += 1;
			absorbLocation(turn, content);
			return;
		case 'order':
			turn.answerable = true;
			absorbCatalogueOrder(turn, content);
			return;
		case 'unsupported':
		case 'unknown':
			turn.answerable = true;
			turn.unreadable += 1;
			return;
		default:
			turn.answerable = true;
	}
	if (content.media !== undefined) absorbFile(turn, message.id, content);
	if (finding !== undefined) turn.findings.push(finding);
	const text = ownValue(event.transcripts, message.id) ?? content.text ?? content.media?.caption ?? '';
	if (content.media?.type === 'voice' && text.trim() === '') turn.voiceNotes.push(message.id);
	if (text.trim() !== '') absorbText(turn, text.trim(), ownValue(event.classified, message.id), finding);
	else if (content.type === 'text') turn.unreadable += 1;
	else if (content.type === 'contacts') absorbText(turn, sharedContacts(content), undefined);
}

function absorbFile(turn: Turn, messageId: string, content: MessageContent): void {
	if (content.media === undefined) return;
	if (turn.state.attachments.some((attachment) => attachment.messageId === messageId)) return;
	const attachment = { messageId, media: content.media };
	turn.files.push(attachment);
	if (content.media.type === 'sticker') turn.stickers += 1;
	turn.state.attachments = [...turn.state.attachments, attachment];
	// "lo de esta lista", and then the list.
	const product = turn.option?.questions.find(({ type }) => type === 'product');
	const { subject } = turn.state;
	if (
		product !== undefined &&
		ownValue(turn.fields, product.field) === undefined &&
		POINTS_AT.test(plain(subject ?? ''))
	)
		turn.keep(product.field, subject ?? '');
	turn.effects.push({
		kind: 'keepAttachment',
		requestId: `${turn.requestId}:attachment:${messageId}`,
		attachment,
	});
}

function absorbLocation(turn: Turn, content: MessageContent): void {
	const { latitude, longitude, name, address } = content.location ?? { latitude: 0, longitude: 0 };
	turn.keep('location', [name, address, `${latitude},${longitude}`].filter((part) => part).join(', '));
}

function absorbCatalogueOrder(turn: Turn, content: MessageContent): void {
	const items = content.order?.items ?? [];
	const option = turn.profile.options.find(({ intents }) => intents.includes('quotation'));
	const products = items.map(({ quantity, productRetailerId }) => `${quantity} x ${productRetailerId}`).join(', ');
	if (option !== undefined) chooseOption(turn, option);
	turn.needs.push({
		intent: 'quotation',
		confidence: 1,
		asks: true,
		text: [products, content.order?.text].filter((part) => part).join('. '),
	});
	const product = turn.option?.questions.find(({ type }) => type === 'product');
	if (product !== undefined && products !== '') turn.keep(product.field, products);
}

function sharedContacts(content: MessageContent): string {
	return (content.contacts ?? [])
		.map((card) => {
			const name = typeof card === 'object' && card !== null && 'name' in card ? card.name : undefined;
			const formatted =
				typeof name === 'object' && name !== null && 'formatted_name' in name ? name.formatted_name : undefined;
			return typeof formatted === 'string' ? formatted : '';
		})
		.filter((name) => name !== '')
		.join(', ');
}

/** A tapped button is routed by its id, however old it is (D29). */
function absorbTap(
	turn: Turn,
	reply: { readonly id?: string; readonly title?: string },
	byModel: Classification | undefined,
): void {
	const [kind, first = '', ...rest] = (reply.id ?? '').split(':');
	const second = rest.join(':');
	switch (kind) {
		case 'option': {
			const option = turn.profile.options.find(({ id }) => id === first);
			if (option === undefined) break;
			chooseOption(turn, option);
			turn.rules.push(`tapped “${reply.title ?? option.title}”`);
			return;
		}
		case 'answer': {
			const question = turn.question(first) ?? optionWith(turn, first, second);
			if (question === undefined) break;
			turn.keep(first, second);
			turn.rules.push(`tapped “${reply.title ?? second}”`);
			if (turn.state.asked === first) delete turn.state.asked;
			advance(turn);
			return;
		}
		case 'skip':
			giveUp(turn, first);
			turn.rules.push(`tapped “${reply.title ?? first}”`);
			advance(turn);
			return;
		case 'entry':
			// What the entry says came with the event; an entry that is gone leaves the title to go by.
			if (turn.findings.some(({ kind }) => kind === 'answer')) return;
			break;
		case 'menu':
			turn.commands.add('menu');
			return;
		case 'person':
			turn.commands.add('person');
			return;
		case 'another_request':
			turn.commands.add('another_request');
			return;
		case 'opt_in':
			turn.commands.add('opt_in');
			return;
		case 'resume':
			turn.commands.add('resume');
			return;
		case 'no_thanks':
			turn.commands.add('no_thanks');
			return;
		case 'send_link':
			turn.commands.add('send_link');
			return;
		case 'stay_here':
			turn.commands.add('stay_here');
			return;
		default:
	}
	if (reply.title) absorbText(turn, reply.title, byModel);
}

/** The question behind an old button of an option that is not under way any more: its option starts again. */
function optionWith(turn: Turn, field: string, value: string): Question | undefined {
	for (const option of turn.profile.options) {
		const question = option.questions.find(
			(candidate) =>
				candidate.field === field &&
				(candidate.type !== 'choice' || candidate.choices.some((choice) => choice.value === value)),
		);
		if (question !== undefined) {
			chooseOption(turn, option);
			return question;
		}
	}
	return undefined;
}

/** Starts an option's flow; the one before is left with its answers. */
export function chooseOption(turn: Turn, option: MenuOption): void {
	turn.state.menuPending = false;
	delete turn.memory.menuShown;
	if (turn.option?.id === option.id) return;
	const { subject } = turn.state;
	const expectsContact =
		turn.state.asked !== undefined && turn.isContactField(turn.state.asked) ? turn.state.asked : undefined;
	const times = turn.state.askedTimes;
	turn.leaveFlow();
	if (expectsContact !== undefined) {
		turn.state.asked = expectsContact;
		turn.state.askedTimes = times;
	} else if (subject !== undefined) turn.state.subject = subject;
	if (subject !== undefined) turn.state.subject = subject;
	turn.option = option;
	turn.progress = true;
	turn.understood.push(option.label);
	advance(turn);
}

/** A question that will not be asked again; the flow goes on without the answer. */
export function giveUp(turn: Turn, field: string): void {
	const question = turn.question(field);
	if (question?.type === 'name' && turn.contact.profileName) {
		// D30: the name of the WhatsApp profile, marked as unverified.
		const profileName = parsePersonName(turn.contact.profileName) ?? turn.contact.profileName;
		turn.keep(field, profileName, false);
	} else {
		turn.keep(field, '');
	}
	if (question?.type === 'advisor') turn.memory.advisorGivenUp = true;
	if (turn.state.asked === field) delete turn.state.asked;
}

/** After an answer, the next message of the same turn is read against the next question. */
function advance(turn: Turn): void {
	const { asked } = turn.state;
	if (asked !== undefined && turn.answer(asked) === undefined) return;
	delete turn.state.asked;
}

/** The question that a message may answer: the one that was asked, or the next one once that is answered. */
function expected(turn: Turn): Question | undefined {
	const { asked } = turn.state;
	if (asked !== undefined && turn.answer(asked) === undefined) return turn.question(asked);
	return turn.progress ? turn.missing()[0] : undefined;
}

const lettersOf = (text: string): string =>
	plain(text)
		.replace(/[^a-z0-9\s👍]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/** "menú", "volver", "inicio": back to the menu, from anywhere (B2). */
export const isMenuCommand = (text: string): boolean => MENU.test(lettersOf(text));

/** "hola?", "ok", "gracias": says nothing that could be kept. */
export const isSmallTalk = (text: string, { intent }: Classification): boolean =>
	intent === 'greeting' || intent === 'thanks' || ACKNOWLEDGED.test(lettersOf(text)) || lettersOf(text) === '';

/** The session's own case while it is open, and nothing else is under way. */
export function sessionCase({ memory, option, contact }: Turn): string | undefined {
	return option === undefined && contact.openCases.some(({ id }) => id === memory.caseId) ? memory.caseId : undefined;
}

/** A request is under way, and no question waits whose answer may be "no, gracias". */
function mayBeCancelled(turn: Turn): boolean {
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	return turn.option !== undefined && asked?.type !== 'identification' && asked?.type !== 'advisor';
}

/** "sí" answers what was said last: the offer of a link, or a question that was asked since. Its buttons always count. */
const linkMayBeMeant = ({ memory, state }: Turn): boolean =>
	memory.linkOffer !== undefined &&
	(memory.linkOffer.at === state.lastOutboundAt || (state.asked === undefined && !state.menuPending));

/** Whoever names the link means it, whatever was asked. */
const namesLink = ({ memory }: Turn, words: string): boolean => memory.linkOffer !== undefined && LINK.test(words);

/** Which wishes are so short that the whole message must be one. */
function absorbCommand(turn: Turn, text: string): boolean {
	const words = lettersOf(text);
	if (MENU.test(words)) turn.commands.add('menu');
	else if (namesLink(turn, words) || (linkMayBeMeant(turn) && SEND_LINK.test(words))) turn.commands.add('send_link');
	else if (linkMayBeMeant(turn) && STAY_HERE.test(words)) turn.commands.add('stay_here');
	else if (sessionCase(turn) !== undefined && !turn.state.menuPending && DROPS_CASE.test(words))
		turn.commands.add('drop_case');
	else if (turn.memory.caseId !== undefined && turn.option === undefined && ANOTHER.test(words))
		turn.commands.add('another_request');
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
	else if (turn.option === undefined && WRONG_NUMBER.test(words)) turn.commands.add('no_thanks');
	else return false;
	return true;
}

function absorbText(turn: Turn, text: string, byModel: Classification | undefined, finding?: KnowledgeFinding): void {
	turn.written.push(text);
	if (absorbCommand(turn, text)) return;
	const byRules = classify(text, { profile: turn.profile, at: turn.at });
	const classification: Classification =
		byModel !== undefined && byRules.confidence < turn.profile.classifier.threshold
			? { ...byModel, entities: { ...byRules.entities, ...byModel.entities } }
			: byRules;
	turn.outOfScope ??= outOfScope(text);
	if (HOURS.test(plain(text)) && turn.profile.hours.inWords !== '') turn.commands.add('hours');
	const mood = moodOf(text);
	if (mood !== undefined && turn.profile.handoff.complaint) {
		turn.commands.add('upset');
		turn.upsetReason = mood;
	}
	if (classification.intent === 'opt_out') {
		turn.commands.add('opt_out');
		return;
	}
	if (classification.intent === 'thanks' && mayBeCancelled(turn) && SOLVED.test(plain(text))) {
		turn.commands.add('cancel');
		return;
	}
	turn.rules.push(
		...classification.matched.filter(({ intent }) => intent === classification.intent).map(({ rule }) => rule),
	);

	if (classification.intent !== 'human' && isWholeAnswer(turn, finding)) return;
	if (menuInReach(turn, text) && chooseByWords(turn, text)) return;
	if (absorbCorrection(turn, text)) return;
	if (extendsName(turn, text, classification)) return;
	const question = expected(turn);
	if (question !== undefined && absorbAnswer(turn, question, text, classification)) return;
	if (absorbOfferedContact(turn, text, classification)) return;
	absorbFacts(turn, classification);
	absorbNeed(turn, text, classification);
}

/** "Ana" and "Gil" in two messages are one name: in one turn, or where the surname comes instead of the identification. */
function extendsName(turn: Turn, text: string, classification: Classification): boolean {
	const now = turn.learned.find(({ field }) => field === 'name')?.value;
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	const first = now ?? (asked?.type === 'identification' ? turn.answer('name') : undefined);
	if (!first || isNeed(classification)) return false;
	const more = parsePersonName(text);
	const isPerson = (name: string): boolean =>
		plain(name)
			.split(' ')
			.some((part) => FAMILIAR_NAMES.has(part));
	if (first.includes(' ')) {
		// "Compras Metalmec", and then who it is that writes.
		if (now !== undefined || isPerson(first) || !more?.includes(' ') || !isPerson(more)) return false;
		turn.keep('name', more);
		return true;
	}
	if (more === undefined || (now === undefined && !FAMILIAR_NAMES.has(plain(more).split(' ')[0] ?? ''))) return false;
	turn.keep('name', `${first} ${more}`);
	return true;
}

/** A full name or an identification that nobody has asked for yet, and nothing else ("Pedro Páez Rojas"). */
function absorbOfferedContact(turn: Turn, text: string, classification: Classification): boolean {
	if (isNeed(classification)) return false;
	const [name, identification] = (['name', 'identification'] as const).map((type) =>
		turn.missingContact().find((question) => question.type === type),
	);
	const found = name === undefined ? undefined : findPersonName(text);
	const words = plain(found?.name ?? '').split(' ');
	// "Luis" under the menu that a second "hola" brought still answers the question above it.
	const offers = words.length > 1 || (turn.state.menuPending && found?.rest === '');
	if (name !== undefined && found !== undefined && offers && words.some((word) => FAMILIAR_NAMES.has(word))) {
		turn.keep(name.field, found.name);
		if (found.rest !== '') absorbRest(turn, name, found.rest, text, classification);
		return true;
	}
	if (identification === undefined || !/^[\d.\s-]{6,}$/.test(text)) return false;
	const answer = readAnswer(turn, identification, text, classification);
	if (answer.kind !== 'answered') return false;
	for (const [field, value] of Object.entries(answer.values)) turn.keep(field, value);
	return true;
}

/** "1 y 3": the first is begun, the next one waits (D15). */
function chooseSeveral(turn: Turn, text: string): boolean {
	const places = /^\s*(\d)(?:\s*(?:y|e|,|-|\/|&|and)\s*(\d))+\s*$/i.test(plain(text))
		? (plain(text).match(/\d/g) ?? [])
		: [];
	const chosen = [...new Set(places)].map((place) => turn.profile.options[Number(place) - 1]);
	const [first, second] = chosen;
	if (first === undefined || second === undefined) return false;
	chooseOption(turn, first);
	turn.memory.heldNeed = { option: second.id, subject: second.label };
	turn.rules.push(`menu: “${text}”`);
	return true;
}

/** Whether words may choose from the menu: it is on screen, or was, and the number is no answer to what was asked since. */
function menuInReach(turn: Turn, text: string): boolean {
	if (turn.state.menuPending || turn.commands.has('menu')) return true;
	const { asked } = turn.state;
	return (
		turn.memory.menuShown === true &&
		turn.option === undefined &&
		asked !== undefined &&
		turn.isContactField(asked) &&
		placeNamed(text, turn.profile.options.length) !== undefined
	);
}

/** "1", "la segunda", "cotización": the words of an option while the menu is on screen (B2, D29). */
function chooseByWords(turn: Turn, text: string): boolean {
	const { options } = turn.profile;
	const offered = turn.memory.severalNeeds ?? [];
	const need = offered.length > 0 && !/\d/.test(text) ? placeNamed(text, offered.length) : undefined;
	const meant = need === undefined ? undefined : options.find(({ id }) => id === offered[need - 1]?.option);
	if (meant !== undefined) {
		chooseOption(turn, meant);
		return true;
	}
	if (chooseSeveral(turn, text)) return true;
	// "perdón, era la 2" names the second.
	const named = placeNamed(text, options.length) === undefined ? (correctionIn(text)?.meant ?? text) : text;
	const place = placeNamed(named, options.length);
	const words = bareWords(named);
	const option =
		(place === undefined ? undefined : options[place - 1]) ??
		options.find(({ title, label, firstLabel, keywords, translations }) =>
			[
				title,
				label,
				firstLabel ?? label,
				...keywords,
				...Object.values(translations).flatMap((other) => [other.title, other.label]),
			]
				.map((name) => bareWords(name.replace(/^\s*\d+[.)]\s*/, '')))
				.includes(words),
		);
	if (option === undefined) return false;
	chooseOption(turn, option);
	turn.rules.push(`menu: “${text}”`);
	return true;
}

function absorbAnswer(turn: Turn, question: Question, text: string, classification: Classification): boolean {
	const answer = readAnswer(turn, question, text, classification);
	switch (answer.kind) {
		case 'answered': {
			if (turn.refused?.field === question.field) turn.refused = undefined;
			for (const [field, value] of Object.entries(answer.values)) turn.keep(field, value);
			turn.memory.misses = 0;
			if (question.type === 'text' || question.type === 'product') appendSubject(turn, text);
			advance(turn);
			if (answer.rest !== undefined) absorbRest(turn, question, answer.rest, text, classification);
			return true;
		}
		case 'declined':
			giveUp(turn, question.field);
			advance(turn);
			return true;
		case 'refused':
			// A question that was not asked yet cannot be refused: the message speaks of something else.
			if (turn.state.asked !== question.field) return false;
			if (
				classification.intent === 'greeting' ||
				classification.intent === 'thanks' ||
				classification.intent === 'human'
			)
				return false;
			if (answersAnother(turn, question, text)) return true;
			for (const [field, value] of Object.entries(answer.values ?? {}))
				if (turn.answer(field) === undefined) turn.keep(field, value);
			if (question.type === 'choice' && !nameProductLate(turn, classification)) keepDetails(turn, text);
			turn.refused = {
				field: question.field,
				parts: answer.parts ?? [{ text: question.invalidTextKey ?? question.textKey }],
			};
			return true;
		case 'none':
			return false;
	}
}

/** What an answer says besides; words that were taken as the name are no need ("Luis Mora"). */
function absorbRest(turn: Turn, question: Question, rest: string, text: string, classification: Classification): void {
	const said = rest === text ? classification : classify(rest, { profile: turn.profile });
	absorbFacts(turn, said);
	const next = turn.missingContact().find(({ type }) => type === 'identification');
	const also = question.type === 'name' && next !== undefined ? readAnswer(turn, next, rest, said) : undefined;
	if (also?.kind === 'answered') for (const [field, value] of Object.entries(also.values)) turn.keep(field, value);
	if (turn.isContactField(question.field) && isNeed(said)) absorbNeed(turn, rest, said);
	else prefill(turn, rest, said, question.field);
}

/** The product that was not known when it was asked for, said where the next question waits. */
function nameProductLate(turn: Turn, { entities, intent }: Classification): boolean {
	const question = turn.option?.questions.find(({ type }) => type === 'product');
	if (question === undefined || ownValue(turn.fields, question.field) || entities.product === undefined) return false;
	if (intent !== 'quotation' && intent !== 'unknown') return false;
	turn.keep(question.field, entities.product);
	if (entities.quantity !== undefined) turn.keep('quantity', String(entities.quantity));
	return true;
}

/** "que sea con 16 de RAM" where a choice was asked: no answer, and yet part of the request (B6). */
function keepDetails(turn: Turn, text: string): void {
	if (!saysDetails(text, turn.profile) || turn.option === undefined) return;
	const before = turn.fields['details'];
	if (before?.includes(text)) return;
	turn.keep('details', before === undefined ? text : `${before}. ${text}`);
}

/** "formal" said while the product is asked for: the answer to a later question is taken, the pending one stays. */
function answersAnother(turn: Turn, question: Question, text: string): boolean {
	for (const other of turn.missingInFlow()) {
		if (other.field === question.field || other.type !== 'choice' || placeNamed(text, 10) !== undefined) continue;
		const named = choiceNamed(text, other.choices);
		if (named === undefined) continue;
		turn.keep(other.field, named.value);
		return true;
	}
	return false;
}

/** Words that stood beside the need in the same turn may be the first answer of its flow. */
export function placeLeftovers(turn: Turn): void {
	const texts = turn.leftovers.splice(0);
	for (const text of texts) {
		const question = turn.missingInFlow().find(({ type }) => type === 'product' || type === 'text');
		if (question === undefined || !absorbAnswer(turn, question, text, classify(text, { profile: turn.profile })))
			turn.leftovers.push(text);
	}
}

/** "no, mejor 5", "perdón, mi cédula es …": the answer before is replaced, and the question that waits goes on. */
function absorbCorrection(turn: Turn, text: string): boolean {
	const correction = correctionIn(text);
	if (correction === undefined) return false;
	if (chooseOtherOption(turn, correction)) return true;
	const meant = classify(correction.meant, { profile: turn.profile });
	const { name, identification, identificationType, email } = meant.entities;
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	let corrected = false;
	const replace = (field: string, value: string | undefined): void => {
		if (value === undefined || turn.answer(field) === undefined) return;
		turn.keep(field, value);
		corrected = true;
	};
	replace('name', name ?? nameAgain(turn, correction.meant));
	replace('identification', identification);
	if (corrected) replace('identificationType', identificationType);
	replace('email', email);
	if (corrected) return true;
	if (turn.option === undefined || asked?.type === 'product' || asked?.type === 'number') return false;
	// A pending choice that the words name is answered, not corrected: "mejor solo información".
	if (asked !== undefined && asked.type === 'choice' && choiceNamed(correction.meant, asked.choices) !== undefined)
		return false;
	if (!correctRequest(turn, correction, meant)) return false;
	if (turn.state.subject !== undefined) appendSubject(turn, text);
	return true;
}

/** "perdón, era la 2" right after "1", before the option's first answer: the other option is meant. */
function chooseOtherOption(turn: Turn, { meant, strong }: Correction): boolean {
	const { option } = turn;
	if (!strong || option === undefined || !/^(?:(?:la|el|opcion|numero) )+\S+$/.test(bareWords(meant))) return false;
	if (option.questions.some(({ field }) => ownValue(turn.fields, field) !== undefined)) return false;
	const place = placeNamed(meant, turn.profile.options.length);
	const other = place === undefined ? undefined : turn.profile.options[place - 1];
	if (other === undefined || other.id === option.id) return false;
	chooseOption(turn, other);
	turn.rules.push(`menu: “${meant}”`);
	return true;
}

/** "perdón, Ana Ruiz" right after "Ana Ruis": the same name once more, written better. */
function nameAgain(turn: Turn, meant: string): string | undefined {
	const before = turn.answer('name');
	const name = before ? parsePersonName(meant) : undefined;
	if (before === undefined || name === undefined) return undefined;
	const known = plain(before).split(' ');
	return plain(name)
		.split(' ')
		.some((part) => known.includes(part))
		? name
		: undefined;
}

/** Facts that count whenever they are said (B6). */
function absorbFacts(turn: Turn, { entities }: Classification): void {
	if (entities.name !== undefined && turn.answer('name') === undefined) turn.keep('name', entities.name);
	if (entities.identification !== undefined && turn.answer('identification') === undefined) {
		turn.keep('identification', entities.identification);
		if (entities.identificationType !== undefined) turn.keep('identificationType', entities.identificationType);
	}
	if (entities.email !== undefined) turn.keep('email', entities.email);
	if (entities.city !== undefined && turn.fields['city'] === undefined) turn.keep('city', entities.city);
	if (entities.amount !== undefined) turn.keep('amount', String(entities.amount));
	if (entities.date !== undefined) turn.keep('date', entities.date);
	if (entities.phone !== undefined && entities.phone !== turn.contact.phone) turn.keep('phone', entities.phone);
	advance(turn);
}

const isNeed = ({ intent }: Classification): boolean => !['greeting', 'thanks', 'unknown'].includes(intent);

function appendSubject(turn: Turn, text: string): void {
	const before = turn.state.subject;
	// "1" where no menu was on screen is no subject.
	if (before?.includes(text) || !/\p{L}{2}|\d{3}/u.test(text)) return;
	turn.state.subject = (before === undefined ? text : `${before}\n${text}`).slice(0, 2000);
}

/** "cuánto vale este?" beside a photo. */
const POINTS_AT = /\b(?:est[eao]s?|es[eao]s?|foto|imagen|adjunt[oa]s?|archivo|documento|lista)\b/;
/** Only tells more of what was said before: "de la compra de ayer", "con 16 gb". */
const TELLS_MORE = /^(?:y )?(?:de|del|con|para|en|por|es|son|era|eran|la|el|los|las|que sea|que sean|a) /;

/** Who asks, in a clause of a longer sentence. */
const ASKS =
	/\b(?:necesit\w+|quiero|quisiera|queremos|requier\w+|solicit\w+|cotiz\w+|saber|comprar|averiguar|me (?:mand\w+|envi\w+|pas\w+|ayud\w+|regal\w+|dig\w+|dic\w+|confirm\w+|cotic\w+)|donde|cuando|need|want|preciso|quero)\b/;

const ADDED = /(?:tambi[eé]n|adem[aá]s|aparte|also)\s+$/iu;

/** "cotizar 5 monitores y que me manden la factura": two needs of different options in one sentence, or none (D15). */
function needsOfClauses(turn: Turn, text: string): SaidNeed[] {
	const clauses = text.split(
		/\s+(?:y|e|and)\s+(?:(?:tambi[eé]n|adem[aá]s|de paso|que)\s+)*|[.;\n]\s*|,?\s*(?:tambi[eé]n|adem[aá]s|aparte|also)\s+/iu,
	);
	if (clauses.length < 2 || clauses.length > 6) return [];
	const needs = new Map<string, SaidNeed>();
	for (const clause of clauses) {
		// "cotizar 3 ups y también la factura": the second asks with the first one's verb.
		const added = needs.size > 0 && ADDED.test(text.slice(0, text.indexOf(clause)));
		if (!ASKS.test(plain(clause)) && !added) continue;
		const { intent, confidence, matched } = classify(clause, { profile: turn.profile });
		const option = turn.profile.options.find(({ intents }) => intents.includes(intent));
		const asks = matched.some((rule) => rule.intent === intent && rule.weight >= 2);
		if (option === undefined || !asks || confidence < 0.6 || needs.has(option.id)) continue;
		needs.set(option.id, { intent, confidence, text: clause.trim(), asks });
	}
	return [...needs.values()];
}

/**
 * An option that the business added belongs to no intent: a keyword of it in free words leads to it (U1). `alquil*` is
 * every word that begins so; short words would be met by chance.
 */
function ownOptionNamed(turn: Turn, text: string): { option: MenuOption; keyword: string } | undefined {
	const words = ` ${bareWords(text)} `;
	for (const option of turn.profile.options) {
		if (option.intents.length > 0) continue;
		const keyword = option.keywords.find((candidate) => {
			const bare = bareWords(candidate);
			return bare.length >= 4 && words.includes(candidate.endsWith('*') ? ` ${bare}` : ` ${bare} `);
		});
		if (keyword !== undefined) return { option, keyword };
	}
	return undefined;
}

/** As many words as are thrown in after a request; more of them make a new one. */
const MOST_OF_A_FRAGMENT = 3;

/** "bancolombia?" right after a question about a payment: a word more about the case, not a second request. */
function isFragmentOfCase(turn: Turn, text: string, { intent, entities }: Classification): boolean {
	const words = bareWords(text).split(' ');
	return (
		sessionCase(turn) !== undefined &&
		intent === turn.state.caseType &&
		words.length <= MOST_OF_A_FRAGMENT &&
		!ASKS.test(plain(text)) &&
		entities.orderNumber === undefined &&
		(intent !== 'quotation' || entities.product === undefined) &&
		saysDetails(text, turn.profile)
	);
}

function absorbNeed(turn: Turn, text: string, classification: Classification): void {
	const { intent, confidence } = classification;
	const own = turn.option === undefined ? ownOptionNamed(turn, text) : undefined;
	if (own !== undefined) {
		chooseOption(turn, own.option);
		turn.rules.push(`${own.option.label}: “${own.keyword}”`);
		appendSubject(turn, text);
		prefill(turn, text, classification);
		return;
	}
	const words = lettersOf(text);
	if (intent === 'human') turn.commands.add('person');
	else if (intent === 'greeting') turn.commands.add('greeting');
	else if (intent === 'thanks') turn.commands.add('thanks');
	else if (ACKNOWLEDGED.test(words) || words === '') turn.commands.add('acknowledgement');
	else if (intent === 'unknown' || confidence < turn.profile.classifier.threshold / 2) {
		turn.leftovers.push(text);
		appendSubject(turn, text);
	} else {
		const asks =
			classification.by === 'model' ||
			(classification.matched.some((rule) => rule.intent === intent && rule.weight >= 2) &&
				!(TELLS_MORE.test(plain(text)) && !ASKS.test(plain(text)) && !text.includes('?')) &&
				!isFragmentOfCase(turn, text, classification));
		const several = turn.option === undefined ? needsOfClauses(turn, text) : [];
		if (several.length > 1) turn.needs.push(...several);
		else turn.needs.push({ intent, confidence, text, asks });
		if (saysDetails(text, turn.profile) || POINTS_AT.test(plain(text))) appendSubject(turn, text);
		if (turn.option !== undefined) prefill(turn, text, classification);
		// More about what is under way, while a name is asked for: part of the request (B6).
		if (turn.option?.intents.includes(intent) && turn.fields['details'] !== undefined) keepDetails(turn, text);
	}
}

/** Fills the questions that the message already answers, so that they are not asked (B6). */
export function prefill(turn: Turn, text: string, classification: Classification, answered?: string): void {
	const { entities, intent } = classification;
	const { option } = turn;
	if (option === undefined || (isNeed(classification) && intent !== 'human' && !option.intents.includes(intent)))
		return;
	for (const question of option.questions) {
		if (question.field === answered || ownValue(turn.fields, question.field) !== undefined) continue;
		const value = offered(turn, option, question, text, classification);
		if (value !== undefined && value !== '') turn.keep(question.field, value);
	}
	if (
		entities.quantity !== undefined &&
		turn.fields['quantity'] === undefined &&
		option.questions.some(({ field }) => field === 'quantity')
	)
		turn.keep('quantity', String(entities.quantity));
}

/** "le pedí a Carla Rojas unos monitores": first name and surname of one of the team say whom. */
function advisorNamedInFull(text: string, advisors: readonly AdvisorFacts[]): string | undefined {
	const words = ` ${bareWords(text)} `;
	const named = advisors.filter(({ name }) => name.includes(' ') && words.includes(` ${bareWords(name)} `));
	return named.length === 1 ? named[0]?.name : undefined;
}

/** The answer to a question that was not asked, when the message offers it beyond doubt. */
function offered(
	turn: Turn,
	option: MenuOption,
	question: Question,
	text: string,
	{ entities, intent, confidence }: Classification,
): string | undefined {
	switch (question.type) {
		case 'product':
			return entities.product ?? (turn.state.attachments.length > 0 && POINTS_AT.test(plain(text)) ? text : undefined);
		case 'number':
			return question.field === 'quantity' && entities.quantity !== undefined ? String(entities.quantity) : undefined;
		case 'advisor': {
			if (turn.advisors === undefined) return entities.advisor;
			if (entities.advisor === undefined) return advisorNamedInFull(text, turn.advisors);
			const named = turn.advisors.find(({ name }) => plain(name).includes(plain(entities.advisor ?? '')));
			return named?.name;
		}
		case 'email':
			return entities.email;
		case 'city':
			return entities.city;
		case 'amount':
			return entities.amount === undefined ? undefined : String(entities.amount);
		case 'choice': {
			const byIntent = question.choices.find((choice) => choice.intents.includes(intent));
			if (byIntent !== undefined && confidence >= turn.profile.classifier.threshold / 2) return byIntent.value;
			// A word that has a meaning of its own ("información") may be said for another reason.
			const certain = question.choices.map((choice) => ({
				...choice,
				keywords: choice.keywords.filter(
					(keyword) =>
						(keyword.includes(' ') || isWordWithoutMeaning(keyword)) &&
						!option.keywords.some((word) => plain(keyword).replace(/^(?:el|la|los|las) /, '') === plain(word)),
				),
			}));
			return placeNamed(text, certain.length) === undefined ? choiceNamed(text, certain)?.value : undefined;
		}
		case 'text':
			if (question.field === 'orderNumber') return entities.orderNumber;
			// A number that was asked for is no description: details are told in words.
			return question.ask && /\p{L}{3}/u.test(text) && saysDetails(text, turn.profile) ? text : undefined;
		default:
			return undefined;
	}
}
