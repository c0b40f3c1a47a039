import type { TextKey } from '../domain/conversation/textKeys';

/** A sentence in every language that has it, and whose words they are. */
export interface CatalogueText {
	/** `client`: the client's own words, kept letter by letter (D23). `ours`: added where the story is silent (D24). */
	readonly source: 'client' | 'ours';
	readonly es: string;
	readonly en?: string;
	readonly 'pt-BR'?: string;
}

/**
 * Every sentence of the bot. Spanish is complete; a language without a sentence says it in Spanish.
 * `{placeholders}` are filled when it is said: `{business}`, `{slogan}`, `{options}`, `{first_options}` and `{hours}` from
 * the profile, the others from the conversation.
 */
export const texts: Readonly<Record<TextKey, CatalogueText>> = {
	menu: {
		source: 'client',
		es: '👋 ¡Hola! Bienvenido a {business} 🧰\n{slogan}\nPara poder atenderte mejor, por favor cuéntame qué deseas hacer hoy:\n{first_options}\nEstoy aquí para apoyarte. 🚀',
		en: '👋 Hello! Welcome to {business} 🧰\n{slogan}\nSo that I can help you better, please tell me what you would like to do today:\n{first_options}\nI am here to help. 🚀',
		'pt-BR':
			'👋 Olá! Boas-vindas à {business} 🧰\n{slogan}\nPara atender você melhor, por favor me conte o que deseja fazer hoje:\n{first_options}\nEstou aqui para ajudar. 🚀',
	},
	A1: {
		source: 'client',
		es: '👋 ¡Hola! Bienvenido a {business} 🧰\n{slogan}',
		en: '👋 Hello! Welcome to {business} 🧰\n{slogan}',
		'pt-BR': '👋 Olá! Boas-vindas à {business} 🧰\n{slogan}',
	},
	A2: {
		source: 'client',
		es: '¿Cuál es tu nombre completo?',
		en: 'What is your full name?',
		'pt-BR': 'Qual é o seu nome completo?',
	},
	A3: {
		source: 'client',
		es: 'Perfecto, gracias. ¿Podrías indicarme tu número de identificación o documento?',
		en: 'Perfect, thank you. Could you tell me your identification or document number?',
		'pt-BR': 'Perfeito, obrigado. Você poderia me informar o número do seu documento?',
	},
	A4: {
		source: 'client',
		es: 'Gracias. Para poder atenderte mejor, por favor cuéntame qué deseas hacer hoy:\n{options}',
		en: 'Thank you. So that I can help you better, please tell me what you would like to do today:\n{options}',
		'pt-BR': 'Obrigado. Para atender você melhor, por favor me conte o que deseja fazer hoje:\n{options}',
	},
	A5: {
		source: 'client',
		es: 'Listo, tu solicitud fue registrada correctamente con el número {case_number}. Un asesor la revisará y te contactará.',
		en: 'Done, your request was registered with number {case_number}. An advisor will review it and contact you.',
		'pt-BR':
			'Pronto, sua solicitação foi registrada com o número {case_number}. Um consultor vai analisá-la e entrar em contato.',
	},
	B1: {
		source: 'client',
		es: 'He encontrado tu número en nuestro sistema ✔️. Para continuar solo necesito que me confirmes lo siguiente.',
		en: 'I have found your number in our system ✔️. To continue I only need you to confirm the following.',
		'pt-BR': 'Encontrei o seu número em nosso sistema ✔️. Para continuar só preciso que você confirme o seguinte.',
	},
	B2: {
		source: 'client',
		es: '¿Puedes indicarme brevemente qué necesitas para poder clasificar correctamente tu solicitud?',
		en: 'Can you tell me briefly what you need, so that I can file your request correctly?',
		'pt-BR': 'Você pode me dizer brevemente o que precisa, para que eu classifique corretamente a sua solicitação?',
	},
	B3: {
		source: 'client',
		es: 'Tu solicitud fue registrada con el número {case_number}. Un asesor se comunicará contigo pronto.',
		en: 'Your request was registered with number {case_number}. An advisor will contact you soon.',
		'pt-BR': 'Sua solicitação foi registrada com o número {case_number}. Um consultor entrará em contato em breve.',
	},
	C1: {
		source: 'client',
		es: 'Para ayudarte mejor, ¿puedes decirme qué comercial te atendió cuando realizaste este pedido?',
		en: 'To help you better, can you tell me which sales advisor served you when you placed this order?',
		'pt-BR': 'Para ajudar você melhor, pode me dizer qual vendedor atendeu você quando fez este pedido?',
	},
	C2: {
		source: 'client',
		es: 'Perfecto 😊. Ya notifiqué a {advisor} sobre tu consulta. Pronto se comunicará contigo.',
		en: 'Perfect 😊. I have already told {advisor} about your question. You will hear from them soon.',
		'pt-BR': 'Perfeito 😊. Já avisei {advisor} sobre a sua consulta. Em breve entrará em contato com você.',
	},
	D1: {
		source: 'client',
		es: 'Claro, con gusto te ayudo con información. ¿Sobre qué producto deseas recibir detalle?',
		en: 'Of course, I am glad to help you with information. Which product would you like details about?',
		'pt-BR': 'Claro, com prazer ajudo você com informações. Sobre qual produto deseja receber detalhes?',
	},
	D2: {
		source: 'client',
		es: '¿Deseas una cotización formal o solo información general?',
		en: 'Would you like a formal quotation or only general information?',
		'pt-BR': 'Você deseja uma cotação formal ou apenas informações gerais?',
	},
	D3: {
		source: 'client',
		es: 'Perfecto. He registrado tu solicitud con el número {case_number}. Un asesor te enviará la información.',
		en: 'Perfect. I have registered your request with number {case_number}. An advisor will send you the information.',
		'pt-BR': 'Perfeito. Registrei a sua solicitação com o número {case_number}. Um consultor enviará as informações.',
	},
	E1: {
		source: 'client',
		es: 'Para ayudarte mejor, ¿puedes decirme qué proceso necesitas realizar?',
		en: 'To help you better, can you tell me what you need to do?',
		'pt-BR': 'Para ajudar você melhor, pode me dizer qual processo precisa realizar?',
	},
	E2: {
		source: 'client',
		es: 'Perfecto 😊. Ya notifiqué a {advisor} sobre tu consulta. Pronto se comunicará contigo.',
		en: 'Perfect 😊. I have already told {advisor} about your question. You will hear from them soon.',
		'pt-BR': 'Perfeito 😊. Já avisei {advisor} sobre a sua consulta. Em breve entrará em contato com você.',
	},
	F1: {
		source: 'client',
		es: 'Gracias por tu mensaje. Para poder ayudarte necesito organizar un poco la información. ¿Podrías decirme en una frase qué necesitas?',
		en: 'Thank you for your message. To help you I need to organise the information a little. Could you tell me in one sentence what you need?',
		'pt-BR':
			'Obrigado pela sua mensagem. Para ajudar você, preciso organizar um pouco as informações. Poderia me dizer em uma frase o que precisa?',
	},
	F2: {
		source: 'client',
		es: 'Perfecto, ahora indícame por favor los detalles que consideres importantes para tu solicitud.',
		en: 'Perfect, now please tell me the details that you consider important for your request.',
		'pt-BR': 'Perfeito, agora me informe por favor os detalhes que considerar importantes para a sua solicitação.',
	},
	G1: {
		source: 'client',
		es: '¿Sigues ahí? 😊 Solo necesito tu respuesta anterior para continuar.',
		en: 'Are you still there? 😊 I only need your previous answer to continue.',
		'pt-BR': 'Você ainda está aí? 😊 Só preciso da sua resposta anterior para continuar.',
	},
	G2: {
		source: 'client',
		es: 'Si necesitas más tiempo, no te preocupes. Continuaré esperando tu información.',
		en: 'If you need more time, do not worry. I will keep waiting for your information.',
		'pt-BR': 'Se precisar de mais tempo, não se preocupe. Continuarei esperando as suas informações.',
	},
	G3: {
		source: 'client',
		es: 'No recibimos respuesta, por lo que la conversación se ha cerrado. Si necesitas ayuda, puedes escribirnos de nuevo cuando quieras.',
		en: 'We received no answer, so the conversation has been closed. If you need help, you can write to us again whenever you like.',
		'pt-BR':
			'Não recebemos resposta, por isso a conversa foi encerrada. Se precisar de ajuda, pode nos escrever novamente quando quiser.',
	},
	H1: {
		source: 'client',
		es: 'Ya tenemos un caso abierto para esta misma solicitud ✔️. Continuaremos usándolo para mantener toda la información organizada.',
		en: 'We already have an open case for this same request ✔️. We will keep using it so that all the information stays together.',
		'pt-BR':
			'Já temos um caso aberto para esta mesma solicitação ✔️. Continuaremos a usá-lo para manter todas as informações organizadas.',
	},
	H2: {
		source: 'client',
		es: 'Si deseas agregar más detalles o enviar evidencias, puedes hacerlo aquí mismo.',
		en: 'If you want to add more details or send evidence, you can do it right here.',
		'pt-BR': 'Se quiser acrescentar mais detalhes ou enviar evidências, pode fazer isso aqui mesmo.',
	},
	I: {
		source: 'client',
		es: '¡Perfecto! Tu solicitud fue registrada con el número {case_number}. Nuestro equipo la revisará y te responderá lo más pronto posible.',
		en: 'Perfect! Your request was registered with number {case_number}. Our team will review it and answer you as soon as possible.',
		'pt-BR':
			'Perfeito! Sua solicitação foi registrada com o número {case_number}. Nossa equipe vai analisá-la e responder o mais rápido possível.',
	},
	J: {
		source: 'client',
		es: 'Por favor confirma tu número de WhatsApp Business para vincularlo a la plataforma. Este proceso se llama embedded sign-up. Una vez vinculado podrás gestionar tus conversaciones directamente desde la plataforma.',
	},
	K: {
		source: 'client',
		es: '⚠️ Meta no permite transferir conversaciones entre números distintos. Podemos enviarte un enlace al número del asesor, pero se perderá la trazabilidad.',
		en: '⚠️ Meta does not allow conversations to be moved between different numbers. We can send you a link to the advisor’s number, but what is said there will not be on record.',
		'pt-BR':
			'⚠️ A Meta não permite transferir conversas entre números diferentes. Podemos enviar um link para o número do consultor, mas a rastreabilidade será perdida.',
	},
	attachment_image: {
		source: 'client',
		es: 'Por favor indícame qué necesitas con esa imagen.',
		en: 'Please tell me what you need with that image.',
		'pt-BR': 'Por favor me diga o que você precisa com essa imagem.',
	},
	attachment_document: {
		source: 'client',
		es: 'Por favor indícame qué necesitas con ese documento.',
		en: 'Please tell me what you need with that document.',
		'pt-BR': 'Por favor me diga o que você precisa com esse documento.',
	},
	attachment_video: {
		source: 'ours',
		es: 'Por favor indícame qué necesitas con ese video.',
		en: 'Please tell me what you need with that video.',
		'pt-BR': 'Por favor me diga o que você precisa com esse vídeo.',
	},
	attachment_audio: {
		source: 'ours',
		es: 'Por favor indícame qué necesitas con ese audio.',
		en: 'Please tell me what you need with that audio file.',
		'pt-BR': 'Por favor me diga o que você precisa com esse áudio.',
	},
	attachment_several: {
		source: 'ours',
		es: 'Por favor indícame qué necesitas con esos archivos.',
		en: 'Please tell me what you need with those files.',
		'pt-BR': 'Por favor me diga o que você precisa com esses arquivos.',
	},
	attachment_received: {
		source: 'ours',
		es: 'Recibí lo que me enviaste 📎 y lo guardo con tu solicitud.',
		en: 'I received what you sent 📎 and I keep it with your request.',
		'pt-BR': 'Recebi o que você enviou 📎 e guardo com a sua solicitação.',
	},
	location_received: {
		source: 'ours',
		es: 'Recibí tu ubicación 📍. ¿Qué necesitas en esa dirección?',
		en: 'I received your location 📍. What do you need at that address?',
		'pt-BR': 'Recebi a sua localização 📍. O que você precisa nesse endereço?',
	},
	voice_note: {
		source: 'ours',
		es: 'Recibí tu nota de voz y ya la guardé 😊. ¿Me escribes en una frase qué necesitas?',
		en: 'I received your voice note and have kept it 😊. Could you write to me in one sentence what you need?',
		'pt-BR': 'Recebi o seu áudio e já guardei 😊. Pode me escrever em uma frase o que precisa?',
	},
	voice_note_again: {
		source: 'ours',
		es: 'Gracias, también guardé este audio 😊. Una persona de nuestro equipo lo escuchará y te responderá por aquí.',
		en: 'Thank you, I have kept this voice note too 😊. A person of our team will listen to it and answer you here.',
		'pt-BR': 'Obrigado, também guardei este áudio 😊. Uma pessoa da nossa equipe vai ouvi-lo e responder por aqui.',
	},
	identification_invalid: {
		source: 'ours',
		es: 'Ese número no parece completo. Escríbelo sin puntos, por ejemplo 1020304050 (cédula) o 900123456-8 (NIT).',
		en: 'That number does not look complete. Write it without dots, for example 1020304050 (ID card) or 900123456-8 (tax number).',
		'pt-BR':
			'Esse número não parece completo. Escreva sem pontos, por exemplo 1020304050 (documento) ou 900123456-8 (empresa).',
	},
	identification_phone: {
		source: 'ours',
		es: 'Ese parece un número de celular 😊. Necesito tu documento, sin puntos, por ejemplo 1020304050 (cédula) o 900123456-8 (NIT).',
		en: 'That looks like a mobile number 😊. I need your document number, without dots, for example 1020304050 (ID card) or 900123456-8 (tax number).',
		'pt-BR':
			'Esse parece um número de celular 😊. Preciso do seu documento, sem pontos, por exemplo 1020304050 (documento) ou 900123456-8 (empresa).',
	},
	identification_missing: {
		source: 'ours',
		es: 'Lo necesito para registrar la solicitud a tu nombre 😊. Escríbelo sin puntos, por ejemplo 1020304050 (cédula) o 900123456-8 (NIT).',
		en: 'I need it to register the request in your name 😊. Write it without dots, for example 1020304050 (ID card) or 900123456-8 (tax number).',
		'pt-BR':
			'Preciso dele para registrar a solicitação em seu nome 😊. Escreva sem pontos, por exemplo 1020304050 (documento) ou 900123456-8 (empresa).',
	},
	identification_check_digit: {
		source: 'ours',
		es: 'Revisemos ese número: el dígito de verificación no coincide. ¿Me lo escribes de nuevo, por favor?',
		en: 'Let us check that number: its control digit does not fit. Could you write it again, please?',
		'pt-BR': 'Vamos conferir esse número: o dígito verificador não confere. Pode escrever de novo, por favor?',
	},
	identification_too_long: {
		source: 'ours',
		es: 'Ese número parece tener dígitos de más. Escríbelo sin puntos, por ejemplo 1020304050 (cédula) o 900123456-8 (NIT).',
		en: 'That number seems to have too many digits. Write it without dots, for example 1020304050 (ID card) or 900123456-8 (tax number).',
		'pt-BR':
			'Esse número parece ter dígitos a mais. Escreva sem pontos, por exemplo 1020304050 (documento) ou 900123456-8 (empresa).',
	},
	name_after_identification: {
		source: 'ours',
		es: 'Gracias, ya anoté tu número de documento 😊. ¿Y cuál es tu nombre completo?',
		en: 'Thank you, I have noted your document number 😊. And what is your full name?',
		'pt-BR': 'Obrigado, já anotei o número do seu documento 😊. E qual é o seu nome completo?',
	},
	name_invalid: {
		source: 'ours',
		es: '¿Me escribes tu nombre y apellido, por favor? Así sé cómo llamarte 😊.',
		en: 'Could you write your first and last name, please? Then I know how to call you 😊.',
		'pt-BR': 'Pode escrever seu nome e sobrenome, por favor? Assim sei como chamar você 😊.',
	},
	not_understood: {
		source: 'ours',
		es: 'Disculpa, no te entendí bien.',
		en: 'Sorry, I did not quite understand.',
		'pt-BR': 'Desculpe, não entendi bem.',
	},
	unreadable_message: {
		source: 'ours',
		es: 'Ese tipo de mensaje no lo puedo leer. ¿Me lo escribes, por favor?',
		en: 'I cannot read that kind of message. Could you write it to me, please?',
		'pt-BR': 'Não consigo ler esse tipo de mensagem. Pode me escrever, por favor?',
	},
	advisor_not_found: {
		source: 'ours',
		es: 'No encontré a ese comercial en nuestro equipo. ¿Me confirmas su nombre y apellido?',
		en: 'I did not find that advisor in our team. Could you confirm the first and last name?',
		'pt-BR': 'Não encontrei esse vendedor em nossa equipe. Pode confirmar o nome e sobrenome?',
	},
	advisor_ambiguous: {
		source: 'ours',
		es: '¿A cuál de ellos te refieres?',
		en: 'Which of them do you mean?',
		'pt-BR': 'A qual deles você se refere?',
	},
	advisor_given_up: {
		source: 'ours',
		es: 'No hay problema 😊. Ya notifiqué a nuestro equipo comercial sobre tu consulta. Pronto se comunicarán contigo.',
		en: 'No problem 😊. I have already told our sales team about your question. They will contact you soon.',
		'pt-BR': 'Sem problema 😊. Já avisei nossa equipe comercial sobre a sua consulta. Em breve entrarão em contato.',
	},
	area_notified: {
		source: 'ours',
		es: 'Perfecto 😊. Ya notifiqué a nuestra área de {area} sobre tu consulta. Pronto se comunicarán contigo.',
		en: 'Perfect 😊. I have already told our {area} team about your question. They will contact you soon.',
		'pt-BR': 'Perfeito 😊. Já avisei nossa área de {area} sobre a sua consulta. Em breve entrarão em contato.',
	},
	order_status: {
		source: 'ours',
		es: '📦 Estado de tu solicitud: caso {case_number}, {status}, a cargo de {advisor}, actualizado {date}.',
		en: '📦 Status of your request: case {case_number}, {status}, in charge {advisor}, updated {date}.',
		'pt-BR': '📦 Status da sua solicitação: caso {case_number}, {status}, responsável {advisor}, atualizado {date}.',
	},
	order_number: {
		source: 'ours',
		es: '¿Cuál es el número de tu pedido? Si no lo tienes a la mano, escríbeme «no lo tengo» y seguimos.',
		en: "What is the number of your order? If you do not have it at hand, write “I don't have it” and we go on.",
		'pt-BR': 'Qual é o número do seu pedido? Se não estiver com ele, escreva “não tenho” e seguimos.',
	},
	quantity: {
		source: 'ours',
		es: '¿Cuántas unidades necesitas?',
		en: 'How many units do you need?',
		'pt-BR': 'De quantas unidades você precisa?',
	},
	two_needs: {
		source: 'ours',
		es: 'Entendí que necesitas varias cosas 😊. ¿Con cuál empezamos? La otra la retomo después.',
		en: 'I understood that you need several things 😊. Which one shall we start with? I will come back to the other.',
		'pt-BR': 'Entendi que você precisa de várias coisas 😊. Com qual começamos? Depois retomo a outra.',
	},
	another_need: {
		source: 'ours',
		es: '¿Seguimos ahora con lo otro que me pediste: {need}?',
		en: 'Shall we go on now with the other thing you asked for: {need}?',
		'pt-BR': 'Vamos agora ao outro assunto que você pediu: {need}?',
	},
	thanks: {
		source: 'ours',
		es: '¡Con mucho gusto! 😊 Si necesitas algo más, escríbeme por aquí.',
		en: 'You are welcome! 😊 If you need anything else, write to me here.',
		'pt-BR': 'Por nada! 😊 Se precisar de mais alguma coisa, escreva por aqui.',
	},
	take_over: {
		source: 'ours',
		es: 'Claro 😊. Ya le avisé a una persona de nuestro equipo. Te responderá por este mismo chat.',
		en: 'Of course 😊. I have told a person of our team. They will answer you in this same chat.',
		'pt-BR': 'Claro 😊. Já avisei uma pessoa da nossa equipe. Ela responderá por este mesmo chat.',
	},
	take_over_complaint: {
		source: 'ours',
		es: 'Lamento lo que pasó 🙏. Ya le pasé tu caso a una persona de nuestro equipo. Te responderá por este mismo chat.',
		en: 'I am sorry about what happened 🙏. I have passed your case to a person of our team. They will answer you in this same chat.',
		'pt-BR':
			'Sinto muito pelo que aconteceu 🙏. Já passei o seu caso para uma pessoa da nossa equipe. Ela responderá por este mesmo chat.',
	},
	human_waiting: {
		source: 'ours',
		es: 'Ya avisamos a nuestro equipo y guardé tu mensaje. Te responderán por aquí.',
		en: 'Our team already knows and I have kept your message. They will answer you here.',
		'pt-BR': 'Nossa equipe já foi avisada e guardei a sua mensagem. Vão responder por aqui.',
	},
	resumed: {
		source: 'ours',
		es: '¡Qué bueno que volviste! Sigamos donde quedamos.',
		en: 'Good to have you back! Let us go on where we stopped.',
		'pt-BR': 'Que bom que você voltou! Vamos continuar de onde paramos.',
	},
	opted_out: {
		source: 'ours',
		es: 'Listo, no te escribiremos más. Si algún día nos necesitas, escribe ALTA.',
		en: 'Done, we will not write to you again. If you ever need us, write START.',
		'pt-BR': 'Pronto, não escreveremos mais. Se um dia precisar de nós, escreva VOLTAR.',
	},
	opted_out_before: {
		source: 'ours',
		es: 'Nos pediste no escribirte más. ¿Quieres que te atendamos de nuevo?',
		en: 'You asked us not to write to you. Would you like us to help you again?',
		'pt-BR': 'Você pediu para não escrevermos mais. Quer que a gente atenda você de novo?',
	},
	opted_in: {
		source: 'ours',
		es: '¡Listo! Volvemos a atenderte por aquí 😊.',
		en: 'Done! We are here for you again 😊.',
		'pt-BR': 'Pronto! Voltamos a atender você por aqui 😊.',
	},
	out_of_hours: {
		source: 'ours',
		es: 'Gracias por escribirnos 🙌. Nuestro horario es {hours}. Puedes dejarme tu solicitud ahora y te damos el número de caso.',
		en: 'Thank you for writing to us 🙌. Our hours are {hours}. You can leave me your request now and we will give you the case number.',
		'pt-BR':
			'Obrigado por nos escrever 🙌. Nosso horário é {hours}. Você pode deixar sua solicitação agora e damos o número do caso.',
	},
	out_of_scope: {
		source: 'ours',
		es: 'Eso no lo puedo hacer por este chat, pero lo registro para que una persona del equipo te ayude.',
		en: 'I cannot do that in this chat, but I register it so that a person of the team can help you.',
		'pt-BR': 'Não consigo fazer isso por este chat, mas registro para que uma pessoa da equipe ajude você.',
	},
	out_of_scope_transfer: {
		source: 'ours',
		es: 'Por ahora no puedo pasar esta conversación a otro número. Una persona de nuestro equipo puede enviarte su enlace directo.',
		en: 'I cannot move this conversation to another number. A person of our team can send you their direct link.',
		'pt-BR':
			'Por enquanto não posso passar esta conversa para outro número. Uma pessoa da nossa equipe pode enviar o link direto.',
	},
	out_of_scope_documents: {
		source: 'ours',
		es: 'Los documentos no salen automáticamente por este chat: registro tu solicitud y una persona de nuestro equipo te los envía.',
		en: 'Documents are not sent automatically in this chat: I register your request and a person of our team sends them to you.',
		'pt-BR':
			'Os documentos não saem automaticamente por este chat: registro a sua solicitação e uma pessoa da nossa equipe envia.',
	},
	out_of_scope_accounting: {
		source: 'ours',
		es: 'Todavía no nos conectamos con sistemas contables externos, pero registro tu solicitud para que nuestro equipo te ayude.',
		en: 'We do not connect to external accounting systems yet, but I register your request so that our team can help you.',
		'pt-BR':
			'Ainda não nos conectamos a sistemas contábeis externos, mas registro a sua solicitação para que nossa equipe ajude você.',
	},
	out_of_scope_diagnosis: {
		source: 'ours',
		es: 'Por este chat no puedo darte un diagnóstico técnico, pero registro tu caso para que un técnico lo revise.',
		en: 'I cannot give you a technical diagnosis in this chat, but I register your case so that a technician can look at it.',
		'pt-BR':
			'Por este chat não posso dar um diagnóstico técnico, mas registro o seu caso para que um técnico o avalie.',
	},
	link_sent: {
		source: 'ours',
		es: 'Listo 😊. Con este enlace escribes directo a {advisor}. Lo que hablen allí ya no queda en esta conversación.',
		en: 'Done 😊. With this link you write to {advisor} directly. What you say there is no longer part of this conversation.',
		'pt-BR':
			'Pronto 😊. Com este link você escreve direto para {advisor}. O que conversarem lá já não fica nesta conversa.',
	},
	link_kept_here: {
		source: 'ours',
		es: 'Perfecto 😊. Seguimos por aquí y todo queda registrado.',
		en: 'Perfect 😊. We go on here and everything stays on record.',
		'pt-BR': 'Perfeito 😊. Continuamos por aqui e tudo fica registrado.',
	},
	link_label: { source: 'ours', es: 'Abrir WhatsApp', en: 'Open WhatsApp', 'pt-BR': 'Abrir WhatsApp' },
	cancelled: {
		source: 'ours',
		es: 'Listo, dejamos esa solicitud hasta aquí 😊. Si necesitas algo más, escríbeme cuando quieras.',
		en: 'Done, we leave that request here 😊. If you need anything else, write to me whenever you like.',
		'pt-BR': 'Pronto, deixamos essa solicitação por aqui 😊. Se precisar de mais alguma coisa, escreva quando quiser.',
	},
	business_address: {
		source: 'ours',
		es: 'Nos encuentras en {address} 📍.',
		en: 'You find us at {address} 📍.',
		'pt-BR': 'Você nos encontra em {address} 📍.',
	},
	knowledge_answer: { source: 'ours', es: '{answer}', en: '{answer}', 'pt-BR': '{answer}' },
	knowledge_price: {
		source: 'ours',
		es: '{product}: {price} 🏷️',
		en: '{product}: {price} 🏷️',
		'pt-BR': '{product}: {price} 🏷️',
	},
	knowledge_price_unknown: {
		source: 'ours',
		es: 'Sí manejamos {product} 😊. El precio de hoy te lo confirma un asesor.',
		en: 'Yes, we have {product} 😊. An advisor will confirm today’s price.',
		'pt-BR': 'Sim, trabalhamos com {product} 😊. O preço de hoje um consultor confirma.',
	},
	knowledge_promotion: {
		source: 'ours',
		es: '{product} está en promoción: {price} hasta el {until} 🏷️',
		en: '{product} is on offer: {price} until {until} 🏷️',
		'pt-BR': '{product} está em promoção: {price} até {until} 🏷️',
	},
	knowledge_promotion_before: {
		source: 'ours',
		es: '{product} está en promoción: {price} hasta el {until} (antes {before}) 🏷️',
		en: '{product} is on offer: {price} until {until} (before {before}) 🏷️',
		'pt-BR': '{product} está em promoção: {price} até {until} (antes {before}) 🏷️',
	},
	knowledge_available: {
		source: 'ours',
		es: 'Hay unidades disponibles ✔️.',
		en: 'It is in stock ✔️.',
		'pt-BR': 'Há unidades disponíveis ✔️.',
	},
	knowledge_available_in: {
		source: 'ours',
		es: 'Hay unidades disponibles en {branches} ✔️.',
		en: 'It is in stock in {branches} ✔️.',
		'pt-BR': 'Há unidades disponíveis em {branches} ✔️.',
	},
	knowledge_stock: {
		source: 'ours',
		es: 'Unidades disponibles: {pieces}.',
		en: 'Units in stock: {pieces}.',
		'pt-BR': 'Unidades disponíveis: {pieces}.',
	},
	knowledge_stock_in: {
		source: 'ours',
		es: 'Unidades disponibles: {branches}.',
		en: 'Units in stock: {branches}.',
		'pt-BR': 'Unidades disponíveis: {branches}.',
	},
	knowledge_out_of_stock: {
		source: 'ours',
		es: 'Por ahora no hay unidades disponibles.',
		en: 'It is out of stock for now.',
		'pt-BR': 'Por enquanto não há unidades disponíveis.',
	},
	knowledge_delivery: {
		source: 'ours',
		es: 'Tiempo de entrega: {time}.',
		en: 'Delivery time: {time}.',
		'pt-BR': 'Prazo de entrega: {time}.',
	},
	knowledge_link: {
		source: 'ours',
		es: 'Aquí lo puedes ver: {link}',
		en: 'See it here: {link}',
		'pt-BR': 'Veja aqui: {link}',
	},
	knowledge_several: {
		source: 'ours',
		es: 'Encontré estas opciones:\n{list}\n¿Cuál te interesa?',
		en: 'I found these:\n{list}\nWhich one do you mean?',
		'pt-BR': 'Encontrei estas opções:\n{list}\nQual interessa a você?',
	},
	knowledge_none: {
		source: 'ours',
		es: 'Eso no lo sé con certeza y prefiero no inventarlo 😊. Una persona de nuestro equipo te lo puede confirmar.',
		en: 'I do not know that for sure and would rather not make it up 😊. A person of our team can confirm it for you.',
		'pt-BR':
			'Isso eu não sei com certeza e prefiro não inventar 😊. Uma pessoa da nossa equipe pode confirmar para você.',
	},
	business_hours: {
		source: 'ours',
		es: 'Nuestro horario de atención es {hours} 🕗.',
		en: 'Our opening hours are {hours} 🕗.',
		'pt-BR': 'Nosso horário de atendimento é {hours} 🕗.',
	},
	privacy: {
		source: 'ours',
		es: 'Al continuar aceptas nuestra política de datos: {privacy_url}',
		en: 'By continuing you accept our data policy: {privacy_url}',
		'pt-BR': 'Ao continuar você aceita nossa política de dados: {privacy_url}',
	},
	list_label: { source: 'ours', es: 'Ver opciones', en: 'See options', 'pt-BR': 'Ver opções' },
	choice_no_identification: { source: 'ours', es: 'No tengo', en: 'I have none', 'pt-BR': 'Não tenho' },
	choice_do_not_remember: { source: 'ours', es: 'No recuerdo', en: 'I do not remember', 'pt-BR': 'Não lembro' },
	choice_another_request: {
		source: 'ours',
		es: 'Es otra solicitud',
		en: 'It is another one',
		'pt-BR': 'É outra solicitação',
	},
	choice_menu: { source: 'ours', es: 'Ver menú', en: 'See menu', 'pt-BR': 'Ver menu' },
	choice_person: { source: 'ours', es: 'Hablar con alguien', en: 'Talk to a person', 'pt-BR': 'Falar com alguém' },
	choice_keep_waiting: { source: 'ours', es: 'Seguir esperando', en: 'Keep waiting', 'pt-BR': 'Continuar esperando' },
	choice_resume: { source: 'ours', es: 'Sí, seguir', en: 'Yes, go on', 'pt-BR': 'Sim, continuar' },
	choice_no_thanks: { source: 'ours', es: 'No, gracias', en: 'No, thank you', 'pt-BR': 'Não, obrigado' },
	choice_attend_me: { source: 'ours', es: 'Sí, atiéndeme', en: 'Yes, help me', 'pt-BR': 'Sim, me atenda' },
	choice_send_link: { source: 'ours', es: 'Sí, enviar enlace', en: 'Yes, send link', 'pt-BR': 'Sim, enviar link' },
	choice_stay_here: { source: 'ours', es: 'Seguir aquí', en: 'Stay here', 'pt-BR': 'Ficar aqui' },
};
