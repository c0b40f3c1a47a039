import { lookupTable } from '../domain/lookupTable';
import type { Language } from '../domain/profile/businessProfile';

type Words = Readonly<Record<Language, string>>;

/** What was left undone, as an operator reads it. Keys: the kind, or kind and what it is about. */
const WORDS = lookupTable<Words>({
	received: {
		es: 'Un mensaje recibido que no se pudo procesar',
		en: 'A received message that could not be processed',
		'pt-BR': 'Uma mensagem recebida que não pôde ser processada',
	},
	'received reply': {
		es: 'Una respuesta de un asesor que el flujo no pudo enviar',
		en: 'An advisor’s reply that the workflow could not send',
		'pt-BR': 'Uma resposta de um consultor que o fluxo não conseguiu enviar',
	},
	'received crearLead': {
		es: 'Un lead guardado en la bandeja cuya rama del flujo no terminó',
		en: 'A lead saved in the inbox whose branch of the workflow did not end',
		'pt-BR': 'Um lead salvo na caixa de entrada cujo ramo do fluxo não terminou',
	},
	'received assign': {
		es: 'Una asignación hecha en la bandeja de la que no se pudo avisar',
		en: 'An assignment made in the inbox that nobody could be told of',
		'pt-BR': 'Uma atribuição feita na caixa de entrada que não pôde ser avisada',
	},
	'received hyperlink': {
		es: 'El enlace al número de un asesor que no se pudo ofrecer al cliente',
		en: 'The link to an advisor’s number that could not be offered to the customer',
		'pt-BR': 'O link para o número de um consultor que não pôde ser oferecido ao cliente',
	},
	'received caseUpdate': {
		es: 'Un cambio de caso hecho en la bandeja cuya rama del flujo no terminó',
		en: 'A change of a case made in the inbox whose branch of the workflow did not end',
		'pt-BR': 'Uma mudança de caso feita na caixa de entrada cujo ramo do fluxo não terminou',
	},
	'received paymentLink': {
		es: 'Un enlace de pago pedido por un asesor que no se pudo crear',
		en: 'A payment link asked for by an advisor that could not be made',
		'pt-BR': 'Um link de pagamento pedido por um consultor que não pôde ser criado',
	},
	'received onboarding': {
		es: 'Una novedad del número vinculado de un asesor que no se pudo atender',
		en: 'News of an advisor’s linked number that could not be handled',
		'pt-BR': 'Uma novidade do número vinculado de um consultor que não pôde ser tratada',
	},
	'received other': {
		es: 'Una acción de la bandeja cuya rama del flujo no terminó',
		en: 'An action of the inbox whose branch of the workflow did not end',
		'pt-BR': 'Uma ação da caixa de entrada cujo ramo do fluxo não terminou',
	},
	payment: {
		es: 'Una novedad de un pago que no se pudo consultar con quien cobra',
		en: 'News of a payment that its provider could not be asked about',
		'pt-BR': 'Uma novidade de um pagamento que não pôde ser consultada com quem cobra',
	},
	step: {
		es: 'Un paso del flujo que no se pudo terminar',
		en: 'A step of the workflow that could not be finished',
		'pt-BR': 'Uma etapa do fluxo que não pôde ser concluída',
	},
	'step case': {
		es: 'Una solicitud que no se pudo registrar',
		en: 'A request that could not be registered',
		'pt-BR': 'Uma solicitação que não pôde ser registrada',
	},
	'step handoff': {
		es: 'Un cliente que no se pudo asignar a un asesor',
		en: 'A customer who could not be assigned to an advisor',
		'pt-BR': 'Um cliente que não pôde ser atribuído a um consultor',
	},
	'step closed': {
		es: 'Una solicitud incompleta que no se pudo guardar',
		en: 'An incomplete request that could not be kept',
		'pt-BR': 'Uma solicitação incompleta que não pôde ser guardada',
	},
	message: {
		es: 'Un mensaje que no se pudo enviar al cliente',
		en: 'A message that could not be sent to the customer',
		'pt-BR': 'Uma mensagem que não pôde ser enviada ao cliente',
	},
	bridge: {
		es: 'Algo entre un asesor y un cliente que no se pudo pasar',
		en: 'Something between an advisor and a customer that could not be passed on',
		'pt-BR': 'Algo entre um consultor e um cliente que não pôde ser repassado',
	},
	'bridge deliver': {
		es: 'Un aviso que no se pudo llevar al WhatsApp de un asesor',
		en: 'A notice that could not be brought to an advisor’s WhatsApp',
		'pt-BR': 'Um aviso que não pôde ser levado ao WhatsApp de um consultor',
	},
	'bridge reply': {
		es: 'Una respuesta de un asesor que no se le pudo enviar al cliente',
		en: 'An advisor’s answer that could not be sent to the customer',
		'pt-BR': 'Uma resposta de um consultor que não pôde ser enviada ao cliente',
	},
	'bridge replyFile': {
		es: 'Un archivo de un asesor que no se le pudo enviar al cliente',
		en: 'An advisor’s file that could not be sent to the customer',
		'pt-BR': 'Um arquivo de um consultor que não pôde ser enviado ao cliente',
	},
	'bridge wait': {
		es: 'Un cliente que espera y no se pudo pasar a otro asesor',
		en: 'A customer who waits and could not be passed on to another advisor',
		'pt-BR': 'Um cliente que espera e não pôde ser passado a outro consultor',
	},
	file: {
		es: 'Un archivo del cliente que no se pudo guardar',
		en: 'A file of the customer that could not be stored',
		'pt-BR': 'Um arquivo do cliente que não pôde ser guardado',
	},
});

/** What a dead letter is, in words. */
export function deadLetterInWords(kind: string, about: string, language: Language): string {
	return WORDS.get(`${kind} ${about}`)?.[language] ?? WORDS.get(kind)?.[language] ?? kind;
}
