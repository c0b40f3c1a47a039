import type { Language } from '../domain/profile/businessProfile';

type Words = Readonly<Record<Language, string>>;

/** What was left undone, as an operator reads it. Keys: the kind, or kind and what it is about. */
const WORDS: Readonly<Record<string, Words>> = {
	received: {
		es: 'Un mensaje recibido que no se pudo procesar',
		en: 'A received message that could not be processed',
		'pt-BR': 'Uma mensagem recebida que não pôde ser processada',
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
	file: {
		es: 'Un archivo del cliente que no se pudo guardar',
		en: 'A file of the customer that could not be stored',
		'pt-BR': 'Um arquivo do cliente que não pôde ser guardado',
	},
};

/** What a dead letter is, in words. */
export function deadLetterInWords(kind: string, about: string, language: Language): string {
	return WORDS[`${kind} ${about}`]?.[language] ?? WORDS[kind]?.[language] ?? kind;
}
