import type { BridgeTextKey } from '../domain/bridge/types';
import { lookupTable } from '../domain/lookupTable';
import type { Language } from '../domain/profile/businessProfile';

/** What the company's number says to its own advisors. Customers never read these. */
const SENTENCES: Readonly<Record<BridgeTextKey, Readonly<Record<Language, string>>>> = {
	bridge_off: {
		es: 'Hola 👋 Tu número es del equipo, así que aquí no te atiendo como cliente. A tus clientes los atiendes en el inbox. Para probar el bot con este número, agrégalo a los números de prueba del perfil.',
		en: 'Hello 👋 Your number is the team’s, so I do not attend you as a customer here. You attend your customers in the inbox. To try the bot with this number, add it to the profile’s test numbers.',
		'pt-BR':
			'Olá 👋 Seu número é da equipe, por isso aqui não atendo você como cliente. Você atende seus clientes na caixa de entrada. Para testar o bot com este número, adicione-o aos números de teste do perfil.',
	},
	card: {
		es: '🔔 *{name}*\n{need}\n{case_line}\n{waiting_line}',
		en: '🔔 *{name}*\n{need}\n{case_line}\n{waiting_line}',
		'pt-BR': '🔔 *{name}*\n{need}\n{case_line}\n{waiting_line}',
	},
	card_gone: {
		es: 'No tienes ninguna tarjeta por responder.',
		en: 'You have no card to answer.',
		'pt-BR': 'Você não tem nenhum cartão para responder.',
	},
	card_pass: { es: 'Paso', en: 'Pass', 'pt-BR': 'Passo' },
	card_take: { es: 'Lo tomo', en: 'I take it', 'pt-BR': 'Eu pego' },
	closed: {
		es: 'Conversación con *{name}* cerrada.',
		en: 'Conversation with *{name}* closed.',
		'pt-BR': 'Conversa com *{name}* encerrada.',
	},
	given_back: {
		es: '*{name}* vuelve a ser atendido por el bot.',
		en: 'The bot attends *{name}* again.',
		'pt-BR': 'O bot volta a atender *{name}*.',
	},
	help: {
		es: 'Así atiendes desde tu WhatsApp:\n• Responde citando un mensaje y le llega a ese cliente desde el número de la empresa.\n• «#» al comienzo: nota interna, el cliente no la ve.\n• «fin»: el bot vuelve a atender. «cerrar»: termina la conversación.\n• «entro» y «salgo»: tu turno.',
		en: 'How you attend from your WhatsApp:\n• Answer by quoting a message: that customer gets it from the company’s number.\n• Begin with “#” for an internal note that the customer does not see.\n• “end”: the bot attends again. “close”: the conversation ends.\n• “on duty” and “off duty”: your shift.',
		'pt-BR':
			'Assim você atende pelo seu WhatsApp:\n• Responda citando uma mensagem e ela chega a esse cliente pelo número da empresa.\n• «#» no começo: nota interna, o cliente não vê.\n• «fim»: o bot volta a atender. «encerrar»: termina a conversa.\n• «entro» e «saio»: seu turno.',
	},
	held_by_other: {
		es: 'No se envió: a *{name}* ya lo atiende {advisor}.',
		en: 'Not sent: {advisor} is attending *{name}*.',
		'pt-BR': 'Não foi enviado: {advisor} já atende *{name}*.',
	},
	nobody_attended: {
		es: 'Ahora no atiendes a nadie, así que esto no le llegó a ningún cliente. Para escribirle a uno, responde citando su mensaje.',
		en: 'You are attending nobody now, so no customer got this. To write to one, answer by quoting their message.',
		'pt-BR':
			'Agora você não atende ninguém, então isto não chegou a nenhum cliente. Para escrever a um, responda citando a mensagem dele.',
	},
	note_kept: {
		es: '📝 Nota guardada en la conversación de *{name}*.',
		en: '📝 Note kept in the conversation of *{name}*.',
		'pt-BR': '📝 Nota guardada na conversa de *{name}*.',
	},
	passed_on: {
		es: 'Listo, *{name}* pasó a {advisor}.',
		en: 'Done, *{name}* went to {advisor}.',
		'pt-BR': 'Pronto, *{name}* passou para {advisor}.',
	},
	passed_to_supervisor: {
		es: 'Listo. No hay nadie más de turno, así que le avisé a {advisor} sobre *{name}*.',
		en: 'Done. Nobody else is on duty, so I told {advisor} about *{name}*.',
		'pt-BR': 'Pronto. Não há mais ninguém de turno, então avisei {advisor} sobre *{name}*.',
	},
	person_notified: {
		es: '🔔 *{name}*\n{need}\n{case_line}',
		en: '🔔 *{name}*\n{need}\n{case_line}',
		'pt-BR': '🔔 *{name}*\n{need}\n{case_line}',
	},
	question_close: {
		es: '¿Con quién terminas la conversación?',
		en: 'With whom do you end the conversation?',
		'pt-BR': 'Com quem você encerra a conversa?',
	},
	question_giveBack: {
		es: '¿A quién devuelves al bot?',
		en: 'Whom do you give back to the bot?',
		'pt-BR': 'Quem você devolve ao bot?',
	},
	question_note: {
		es: '¿De quién es la nota?',
		en: 'Whom is the note about?',
		'pt-BR': 'De quem é a nota?',
	},
	question_reply: {
		es: 'Atiendes a varios clientes. ¿Para quién es?',
		en: 'You are attending several customers. Whom is it for?',
		'pt-BR': 'Você atende vários clientes. Para quem é?',
	},
	quote_a_card: {
		es: 'Tienes varias tarjetas. Responde citando la que quieres tomar o pasar.',
		en: 'You have several cards. Answer by quoting the one you take or pass.',
		'pt-BR': 'Você tem vários cartões. Responda citando o que quer pegar ou passar.',
	},
	sent_stays: {
		es: 'Lo que ya le llegó al cliente no cambia. Si hace falta, escríbele la corrección.',
		en: 'What the customer already has stays as it is. If need be, write the correction.',
		'pt-BR': 'O que o cliente já recebeu não muda. Se for preciso, escreva a correção.',
	},
	shift_off: {
		es: 'Saliste de turno. Ya no recibes conversaciones nuevas.',
		en: 'You are off duty. You get no new conversations.',
		'pt-BR': 'Você saiu do turno. Não recebe novas conversas.',
	},
	shift_on: {
		es: 'Estás de turno. Las conversaciones nuevas te llegan por aquí.',
		en: 'You are on duty. New conversations reach you here.',
		'pt-BR': 'Você está de turno. As novas conversas chegam por aqui.',
	},
	taken: {
		es: '✅ *{name}* es tuyo.\n{last_words}\nResponde citando este mensaje y le llega desde el número de la empresa. «#» es nota, «fin» lo devuelve al bot, «cerrar» termina.',
		en: '✅ *{name}* is yours.\n{last_words}\nAnswer by quoting this message and they get it from the company’s number. “#” is a note, “end” gives them back to the bot, “close” ends.',
		'pt-BR':
			'✅ *{name}* é seu.\n{last_words}\nResponda citando esta mensagem e chega pelo número da empresa. «#» é nota, «fim» devolve ao bot, «encerrar» termina.',
	},
	taken_by_other: {
		es: 'A *{name}* ya lo tomó {advisor}.',
		en: '{advisor} took *{name}*.',
		'pt-BR': '{advisor} já pegou *{name}*.',
	},
	team_news: { es: '🔔 {need}', en: '🔔 {need}', 'pt-BR': '🔔 {need}' },
	template_button: { es: 'Enviar plantilla', en: 'Send template', 'pt-BR': 'Enviar modelo' },
	template_sent: {
		es: 'Le envié la plantilla a *{name}*. Cuando responda podrás escribirle de nuevo.',
		en: 'I sent *{name}* the template. Once they answer you can write again.',
		'pt-BR': 'Enviei o modelo a *{name}*. Quando responder, você poderá escrever de novo.',
	},
	undelivered: {
		es: '⚠️ A *{name}* no le llegó tu mensaje: {reason}',
		en: '⚠️ Your message did not reach *{name}*: {reason}',
		'pt-BR': '⚠️ A sua mensagem não chegou a *{name}*: {reason}',
	},
	unreadable: {
		es: 'Ese tipo de mensaje no se puede pasar al cliente. Envíalo como texto, imagen, audio, video o documento.',
		en: 'That kind of message cannot be passed on. Send it as text, image, audio, video or document.',
		'pt-BR': 'Esse tipo de mensagem não pode ser repassado. Envie como texto, imagem, áudio, vídeo ou documento.',
	},
	window_closed: {
		es: '⏳ *{name}* escribió hace más de 24 horas y WhatsApp solo deja enviarle una plantilla. Tu mensaje no salió.',
		en: '⏳ *{name}* last wrote over 24 hours ago and WhatsApp only allows a template. Your message was not sent.',
		'pt-BR':
			'⏳ *{name}* escreveu há mais de 24 horas e o WhatsApp só permite enviar um modelo. A sua mensagem não saiu.',
	},
};

/** A sentence to an advisor. A line whose values are all empty is left out. */
export function bridgeText(
	key: BridgeTextKey,
	language: Language,
	values: Readonly<Record<string, string>> = {},
): string {
	return SENTENCES[key][language]
		.split('\n')
		.flatMap((line) => {
			const filled = line.replace(/\{([a-z_]+)\}/g, (_, name: string) => values[name] ?? '');
			return filled.trim() === '' ? [] : [filled];
		})
		.join('\n');
}

const LINES: Readonly<Record<'case' | 'waiting', Readonly<Record<Language, string>>>> = {
	case: { es: 'Caso {value}', en: 'Case {value}', 'pt-BR': 'Caso {value}' },
	waiting: { es: 'Espera desde hace {value}', en: 'Waiting for {value}', 'pt-BR': 'Espera há {value}' },
};

/** A line of a card, or nothing where there is nothing to say. */
export function cardLine(line: 'case' | 'waiting', language: Language, value: string | undefined): string {
	return value === undefined || value === '' ? '' : LINES[line][language].replace('{value}', value);
}

/** "3 min", "2 h 5 min": short enough for a card, the same in every language. */
export function spanInWords(milliseconds: number): string {
	const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
	const hours = Math.floor(minutes / 60);
	if (hours === 0) return `${minutes} min`;
	return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

const KINDS = lookupTable<Readonly<Record<Language, string>>>({
	image: { es: '📷 Foto', en: '📷 Photo', 'pt-BR': '📷 Foto' },
	video: { es: '🎬 Video', en: '🎬 Video', 'pt-BR': '🎬 Vídeo' },
	audio: { es: '🎧 Audio', en: '🎧 Audio', 'pt-BR': '🎧 Áudio' },
	voice: { es: '🎤 Nota de voz', en: '🎤 Voice note', 'pt-BR': '🎤 Mensagem de voz' },
	document: { es: '📄 Documento', en: '📄 Document', 'pt-BR': '📄 Documento' },
	sticker: { es: 'Sticker', en: 'Sticker', 'pt-BR': 'Figurinha' },
	location: { es: '📍 Ubicación', en: '📍 Location', 'pt-BR': '📍 Localização' },
	contacts: { es: '👤 Contacto', en: '👤 Contact', 'pt-BR': '👤 Contato' },
});

/** What a message without words is called. */
export function kindInWords(type: string, language: Language): string {
	return KINDS.get(type)?.[language] ?? '…';
}
