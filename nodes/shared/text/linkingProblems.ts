import type { LinkingProblem } from '../domain/linkedNumbers/problems';
import type { Language } from '../domain/profile/businessProfile';

/** What happened, then what to do. */
type Sentences = readonly [message: string, description: string];
type Words = Readonly<Record<Language, Sentences>>;

const WORDS: Readonly<Record<LinkingProblem, Words>> = {
	link_invalid: {
		es: ['Este enlace no es de esta plataforma', 'Empieza de nuevo con «Vincular mi WhatsApp Business».'],
		en: ['This link does not come from this platform', 'Start again with “Link my WhatsApp Business”.'],
		'pt-BR': ['Este link não é desta plataforma', 'Comece de novo em «Vincular meu WhatsApp Business».'],
	},
	link_expired: {
		es: ['El enlace venció: sirve durante 15 minutos', 'Empieza de nuevo y termina los pasos de una vez.'],
		en: ['The link has expired: it is good for 15 minutes', 'Start again and finish the steps in one go.'],
		'pt-BR': ['O link expirou: vale por 15 minutos', 'Comece de novo e conclua os passos de uma vez.'],
	},
	other_browser: {
		es: ['La vinculación empezó en otro navegador', 'Ábrela y termínala en el mismo navegador donde la empezaste.'],
		en: ['The linking was started in another browser', 'Open and finish it in the browser where you started.'],
		'pt-BR': ['A vinculação começou em outro navegador', 'Abra e conclua no mesmo navegador em que começou.'],
	},
	cancelled: {
		es: ['Cancelaste la vinculación en la ventana de Meta', 'No cambió nada. Cuando quieras, empieza de nuevo.'],
		en: ['You cancelled in Meta’s window', 'Nothing was changed. Start again whenever you like.'],
		'pt-BR': ['Você cancelou na janela da Meta', 'Nada mudou. Comece de novo quando quiser.'],
	},
	dialog_refused: {
		es: ['Meta no completó la vinculación', 'Lee lo que dice Meta abajo, corrígelo y empieza de nuevo.'],
		en: ['Meta did not complete the linking', 'Read what Meta says below, correct it and start again.'],
		'pt-BR': ['A Meta não concluiu a vinculação', 'Leia o que a Meta diz abaixo, corrija e comece de novo.'],
	},
	app_not_live: {
		es: [
			'La aplicación de Meta todavía no está publicada',
			'Pide al administrador que la pase a modo activo («Live») en el panel de la aplicación y que confirme el acceso de Tech Provider.',
		],
		en: [
			'The Meta app is not live yet',
			'Ask the administrator to switch it to Live in the app dashboard and to confirm its Tech Provider access.',
		],
		'pt-BR': [
			'O aplicativo da Meta ainda não está publicado',
			'Peça ao administrador que o coloque em modo ativo («Live») no painel do aplicativo e confirme o acesso de Tech Provider.',
		],
	},
	code_expired: {
		es: ['El permiso de Meta venció antes de usarse: dura 30 segundos', 'Empieza de nuevo; suele bastar.'],
		en: ['Meta’s permission expired before it was used: it lasts 30 seconds', 'Start again; that is usually enough.'],
		'pt-BR': ['A permissão da Meta expirou antes do uso: dura 30 segundos', 'Comece de novo; costuma bastar.'],
	},
	code_used: {
		es: ['El permiso de Meta ya se había usado', 'Empieza de nuevo: cada permiso sirve una sola vez.'],
		en: ['Meta’s permission had already been used', 'Start again: each permission works once.'],
		'pt-BR': ['A permissão da Meta já tinha sido usada', 'Comece de novo: cada permissão vale uma única vez.'],
	},
	app_refused: {
		es: [
			'Meta no reconoce la aplicación de esta plataforma',
			"Pide al administrador que revise 'App ID' y 'App Secret' de la credencial WhatsApp Cloud.",
		],
		en: [
			'Meta does not recognise the app of this platform',
			"Ask the administrator to check 'App ID' and 'App Secret' of the WhatsApp Cloud credential.",
		],
		'pt-BR': [
			'A Meta não reconhece o aplicativo desta plataforma',
			"Peça ao administrador que confira 'App ID' e 'App Secret' da credencial WhatsApp Cloud.",
		],
	},
	missing_permission: {
		es: [
			'El permiso dado no alcanza para enviar y recibir',
			'Empieza de nuevo y acepta todos los permisos de WhatsApp que pide la ventana de Meta.',
		],
		en: [
			'The permission that was given is not enough to send and receive',
			'Start again and accept all WhatsApp permissions that Meta’s window asks for.',
		],
		'pt-BR': [
			'A permissão dada não basta para enviar e receber',
			'Comece de novo e aceite todas as permissões do WhatsApp pedidas na janela da Meta.',
		],
	},
	foreign_token: {
		es: [
			'El token no es válido o es de otra aplicación de Meta',
			'Crea el token con la misma aplicación de la credencial WhatsApp Cloud y pégalo de nuevo.',
		],
		en: [
			'The token is not valid or belongs to another Meta app',
			'Create the token with the same app as the WhatsApp Cloud credential and paste it again.',
		],
		'pt-BR': [
			'O token não é válido ou é de outro aplicativo da Meta',
			'Crie o token com o mesmo aplicativo da credencial WhatsApp Cloud e cole-o de novo.',
		],
	},
	no_account: {
		es: [
			'No se compartió ninguna cuenta de WhatsApp Business',
			'Empieza de nuevo y elige tu cuenta cuando Meta la pida.',
		],
		en: ['No WhatsApp Business account was shared', 'Start again and choose your account when Meta asks for it.'],
		'pt-BR': [
			'Nenhuma conta do WhatsApp Business foi compartilhada',
			'Comece de novo e escolha sua conta quando a Meta pedir.',
		],
	},
	no_number: {
		es: [
			'La cuenta compartida no tiene ese número',
			'Confirma tu número en la ventana de Meta, o pide al administrador que lo vincule con sus identificadores.',
		],
		en: [
			'The shared account does not have that number',
			'Confirm your number in Meta’s window, or ask the administrator to link it with its IDs.',
		],
		'pt-BR': [
			'A conta compartilhada não tem esse número',
			'Confirme seu número na janela da Meta ou peça ao administrador que o vincule com os identificadores.',
		],
	},
	several_numbers: {
		es: [
			'La cuenta tiene varios números y no se sabe cuál es el tuyo',
			'Escribe tu número en tu ficha de asesor y empieza de nuevo, o pide al administrador que elija uno.',
		],
		en: [
			'The account has several numbers and it is not known which one is yours',
			'Enter your number in your advisor record and start again, or ask the administrator to choose one.',
		],
		'pt-BR': [
			'A conta tem vários números e não se sabe qual é o seu',
			'Escreva seu número no seu cadastro e comece de novo, ou peça ao administrador que escolha um.',
		],
	},
	not_on_app: {
		es: [
			'El número no se usa en la aplicación WhatsApp Business',
			'Instala WhatsApp Business 2.24.17 o posterior en tu teléfono, úsalo unos días y empieza de nuevo. Un WhatsApp personal no se puede vincular.',
		],
		en: [
			'The number is not used in the WhatsApp Business app',
			'Install WhatsApp Business 2.24.17 or later on your phone, use it for some days and start again. A personal WhatsApp cannot be linked.',
		],
		'pt-BR': [
			'O número não é usado no aplicativo WhatsApp Business',
			'Instale o WhatsApp Business 2.24.17 ou posterior no seu telefone, use-o por alguns dias e comece de novo. Um WhatsApp pessoal não pode ser vinculado.',
		],
	},
	already_linked: {
		es: ['Este número ya está vinculado a otra persona', 'Pide que lo desvinculen allí primero, o elige otro número.'],
		en: ['This number is already linked to somebody else', 'Have it unlinked there first, or choose another number.'],
		'pt-BR': ['Este número já está vinculado a outra pessoa', 'Peça que o desvinculem lá primeiro ou escolha outro.'],
	},
	company_number: {
		es: [
			'Este es el número de la empresa',
			'El número donde atiende el bot no se vincula a una persona. Elige tu propio número de WhatsApp Business.',
		],
		en: [
			'This is the company’s number',
			'The number on which the bot answers is not linked to a person. Choose your own WhatsApp Business number.',
		],
		'pt-BR': [
			'Este é o número da empresa',
			'O número em que o bot atende não é vinculado a uma pessoa. Escolha o seu próprio número do WhatsApp Business.',
		],
	},
	no_receiver: {
		es: [
			'Ningún flujo activo recibe los mensajes de WhatsApp',
			'Pide al administrador que active el flujo con WhatsApp Cloud Trigger; después la vinculación sigue sola.',
		],
		en: [
			'No active workflow receives WhatsApp messages',
			'Ask the administrator to activate the workflow with WhatsApp Cloud Trigger; then the linking goes on by itself.',
		],
		'pt-BR': [
			'Nenhum fluxo ativo recebe as mensagens do WhatsApp',
			'Peça ao administrador que ative o fluxo com WhatsApp Cloud Trigger; depois a vinculação continua sozinha.',
		],
	},
	receiver_unreachable: {
		es: [
			'Meta no pudo comprobar la dirección que recibe los mensajes',
			"Pide al administrador que el flujo esté activo, que su dirección sea pública (https) y que 'Verify Token' sea el mismo. Después sigue sola.",
		],
		en: [
			'Meta could not verify the address that receives the messages',
			"Ask the administrator to see that the workflow is active, its address public (https) and 'Verify Token' the same. Then it goes on by itself.",
		],
		'pt-BR': [
			'A Meta não conseguiu verificar o endereço que recebe as mensagens',
			"Peça ao administrador que o fluxo esteja ativo, o endereço seja público (https) e o 'Verify Token' seja o mesmo. Depois continua sozinha.",
		],
	},
	sync_too_late: {
		es: [
			'Los contactos o el historial ya no se pueden pedir: Meta lo permite durante 24 horas',
			'Lo nuevo sí se refleja. Para traer lo anterior, desvincula el número en el teléfono y vincúlalo otra vez.',
		],
		en: [
			'Contacts or history can no longer be requested: Meta allows it for 24 hours',
			'What is new is mirrored. To bring what came before, unlink the number on the phone and link it again.',
		],
		'pt-BR': [
			'Os contatos ou o histórico não podem mais ser pedidos: a Meta permite por 24 horas',
			'O que é novo é espelhado. Para trazer o anterior, desvincule o número no telefone e vincule-o de novo.',
		],
	},
	sync_repeated: {
		es: [
			'Los contactos o el historial ya se habían pedido antes',
			'Meta los entrega una sola vez por vinculación. Lo nuevo sí se refleja.',
		],
		en: [
			'Contacts or history had already been requested',
			'Meta hands them over once per linking. What is new is mirrored.',
		],
		'pt-BR': [
			'Os contatos ou o histórico já tinham sido pedidos',
			'A Meta entrega uma única vez por vinculação. O que é novo é espelhado.',
		],
	},
	history_declined: {
		es: [
			'El historial no se compartió: se apagó en el teléfono',
			'Lo nuevo sí se refleja. Si lo quieres, desvincula, vuelve a vincular y acepta compartir el historial.',
		],
		en: [
			'The history was not shared: it was turned off on the phone',
			'What is new is mirrored. If you want it, unlink, link again and agree to share the history.',
		],
		'pt-BR': [
			'O histórico não foi compartilhado: foi desativado no telefone',
			'O que é novo é espelhado. Se quiser, desvincule, vincule de novo e aceite compartilhar o histórico.',
		],
	},
	unlinked_here: {
		es: [
			'El número se desvinculó en la plataforma',
			'Para retirar también el permiso, en el teléfono: Ajustes > Cuenta > Plataforma para empresas > Desconectar.',
		],
		en: [
			'The number was unlinked on the platform',
			'To withdraw the permission as well, on the phone: Settings > Account > Business Platform > Disconnect Account.',
		],
		'pt-BR': [
			'O número foi desvinculado na plataforma',
			'Para retirar também a permissão, no telefone: Configurações > Conta > Plataforma para empresas > Desconectar.',
		],
	},
	unlinked_on_phone: {
		es: [
			'El número se desconectó desde el teléfono',
			'Sus conversaciones quedan aquí. Para seguir, vincúlalo de nuevo.',
		],
		en: ['The number was disconnected on the phone', 'Its conversations stay here. To go on, link it again.'],
		'pt-BR': ['O número foi desconectado pelo telefone', 'As conversas ficam aqui. Para continuar, vincule-o de novo.'],
	},
	inactive: {
		es: [
			'Meta desconectó el número porque el teléfono llevaba semanas sin abrir WhatsApp Business',
			'Abre WhatsApp Business en el teléfono y vincúlalo de nuevo si no vuelve solo.',
		],
		en: [
			'Meta disconnected the number because WhatsApp Business was not opened on the phone for weeks',
			'Open WhatsApp Business on the phone, and link it again if it does not come back by itself.',
		],
		'pt-BR': [
			'A Meta desconectou o número porque o WhatsApp Business não foi aberto no telefone por semanas',
			'Abra o WhatsApp Business no telefone e vincule-o de novo se não voltar sozinho.',
		],
	},
	number_changed: {
		es: ['El número cambió o se registró en otro teléfono', 'Vincula el número nuevo.'],
		en: ['The number was changed or registered on another phone', 'Link the new number.'],
		'pt-BR': ['O número mudou ou foi registrado em outro telefone', 'Vincule o número novo.'],
	},
	account_closed: {
		es: ['La cuenta de WhatsApp Business del número ya no existe', 'Vincula otro número, o consulta a Meta.'],
		en: ['The WhatsApp Business account of the number does not exist any more', 'Link another number, or ask Meta.'],
		'pt-BR': ['A conta do WhatsApp Business do número não existe mais', 'Vincule outro número ou consulte a Meta.'],
	},
	token_revoked: {
		es: ['Meta retiró el permiso sobre este número', 'Vincúlalo de nuevo; las conversaciones quedan aquí.'],
		en: ['Meta withdrew the permission for this number', 'Link it again; the conversations stay here.'],
		'pt-BR': ['A Meta retirou a permissão sobre este número', 'Vincule-o de novo; as conversas ficam aqui.'],
	},
	meta_unavailable: {
		es: ['Meta no responde por ahora', 'No hagas nada: se intenta de nuevo solo.'],
		en: ['Meta does not answer for now', 'Do nothing: it is tried again by itself.'],
		'pt-BR': ['A Meta não responde no momento', 'Não faça nada: tenta-se de novo automaticamente.'],
	},
	refused: {
		es: ['Meta rechazó un paso de la vinculación', 'Lee lo que dice Meta abajo y empieza de nuevo.'],
		en: ['Meta refused a step of the linking', 'Read what Meta says below and start again.'],
		'pt-BR': ['A Meta recusou um passo da vinculação', 'Leia o que a Meta diz abaixo e comece de novo.'],
	},
};

/** What went wrong with a linked number and what to do, for the advisor. */
export function linkingProblemInWords(
	problem: LinkingProblem,
	language: Language,
	detail?: string | null,
): { readonly message: string; readonly description: string } {
	const [message, description] = WORDS[problem][language];
	const [open, close] = language === 'en' ? ['“', '”'] : ['«', '»'];
	return { message, description: detail ? `${description} (Meta: ${open}${detail}${close})` : description };
}

type Piece = 'linked' | 'problem' | 'unlinked' | 'provider';

const NEWS: Readonly<Record<Piece, Readonly<Record<Language, string>>>> = {
	linked: {
		es: 'El número {phone} de {advisor} quedó vinculado. Sus conversaciones ya se ven en la plataforma.',
		en: '{advisor}’s number {phone} is linked. Its conversations are now seen on the platform.',
		'pt-BR': 'O número {phone} de {advisor} foi vinculado. As conversas já aparecem na plataforma.',
	},
	problem: {
		es: 'La vinculación del número de {advisor} necesita atención: {problem}',
		en: 'The linking of {advisor}’s number needs attention: {problem}',
		'pt-BR': 'A vinculação do número de {advisor} precisa de atenção: {problem}',
	},
	unlinked: {
		es: 'El número {phone} de {advisor} ya no está vinculado: {problem}',
		en: '{advisor}’s number {phone} is no longer linked: {problem}',
		'pt-BR': 'O número {phone} de {advisor} não está mais vinculado: {problem}',
	},
	provider: {
		es: 'Para vincular con la ventana de Meta, la aplicación debe ser de un Tech Provider. Sin eso, un administrador vincula el número con sus identificadores, o se usa un canal de Wazzup.',
		en: 'To link with Meta’s window, the app must belong to a Tech Provider. Without that, an administrator links the number with its IDs, or a Wazzup channel is used.',
		'pt-BR':
			'Para vincular com a janela da Meta, o aplicativo deve ser de um Tech Provider. Sem isso, um administrador vincula o número com os identificadores, ou usa-se um canal do Wazzup.',
	},
};

/** A sentence about a linked number for the team, with its values filled in. */
export function linkingNews(
	piece: Piece,
	language: Language,
	values: Readonly<Record<string, string | undefined>> = {},
): string {
	return NEWS[piece][language]
		.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
		.replace(/ {2,}/g, ' ')
		.trim();
}
