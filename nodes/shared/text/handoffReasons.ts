import { lookupTable } from '../domain/lookupTable';
import type { Language } from '../domain/profile/businessProfile';

/** Why a person is wanted, as an advisor reads it in a notification. Keys are the reasons of the dialogue's handoffs. */
const REASONS = lookupTable<Readonly<Record<Language, string>>>({
	asked_for_person: {
		es: 'Pidió hablar con una persona',
		en: 'Asked for a person',
		'pt-BR': 'Pediu para falar com uma pessoa',
	},
	assistant_unsure: {
		es: 'El asistente no está seguro de la respuesta',
		en: 'The assistant is not sure of the answer',
		'pt-BR': 'O assistente não tem certeza da resposta',
	},
	complaint: { es: 'Tiene una queja', en: 'Has a complaint', 'pt-BR': 'Tem uma reclamação' },
	insult: { es: 'Está molesto', en: 'Is upset', 'pt-BR': 'Está irritado' },
	despair: { es: 'Necesita ayuda con urgencia', en: 'Needs help urgently', 'pt-BR': 'Precisa de ajuda com urgência' },
	formal_quotation: {
		es: 'Pidió una cotización formal',
		en: 'Asked for a formal quotation',
		'pt-BR': 'Pediu uma cotação formal',
	},
	lead_score: { es: 'Es un cliente con alto interés', en: 'Is very interested', 'pt-BR': 'Está muito interessado' },
	no_progress: { es: 'El bot no logró avanzar', en: 'The bot got no further', 'pt-BR': 'O bot não conseguiu avançar' },
	not_answered: {
		es: 'Preguntó algo que el bot no sabe',
		en: 'Asked what the bot does not know',
		'pt-BR': 'Perguntou algo que o bot não sabe',
	},
	not_processed: {
		es: 'Un mensaje no se pudo procesar',
		en: 'A message could not be processed',
		'pt-BR': 'Uma mensagem não pôde ser processada',
	},
	not_understood: { es: 'El bot no le entendió', en: 'The bot did not understand', 'pt-BR': 'O bot não entendeu' },
	waits_too_long: {
		es: 'Sigue esperando que alguien le responda',
		en: 'Still waits for somebody to answer',
		'pt-BR': 'Continua esperando que alguém responda',
	},
	voice_notes: { es: 'Envió notas de voz', en: 'Sent voice notes', 'pt-BR': 'Enviou mensagens de voz' },
});

/** The reason in words; what an operator wrote stays as it is. */
export function handoffReason(reason: string, language: Language): string {
	return REASONS.get(reason)?.[language] ?? reason;
}
