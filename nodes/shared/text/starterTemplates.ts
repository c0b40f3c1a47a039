import { lookupTable } from '../domain/lookupTable';
import type { TemplateText } from '../domain/templates/templateRules';

/** Languages of the starter set, as Meta writes them. */
export const STARTER_LANGUAGES = ['en', 'es', 'pt_BR'] as const;
export type StarterLanguage = (typeof STARTER_LANGUAGES)[number];

interface Said {
	readonly body: string;
	readonly samples: readonly string[];
	readonly buttons?: readonly string[];
}

interface Starter {
	readonly name: string;
	/** What it is for, for the operator. */
	readonly purpose: string;
	readonly category: TemplateText['category'];
	readonly said: Readonly<Record<StarterLanguage, Said>>;
}

/**
 * What a desk must be able to say when the 24-hour window is closed (O14). Reviewed by Meta, so each tells why it is sent and what
 * it answers; the variables of `advisor_notice` and `continue_conversation` are those that the bridge fills.
 */
const STARTER_TEMPLATES: readonly Starter[] = [
	{
		name: 'advisor_notice',
		purpose: 'Tells an advisor on their own WhatsApp that a customer waits',
		category: 'UTILITY',
		said: {
			es: {
				body: 'Un cliente espera tu respuesta: {{1}}.\nNecesita: {{2}}\nCaso: {{3}}\nEspera hace: {{4}}\n\n¿Lo tomas o lo paso a otra persona del equipo?',
				samples: ['Laura Gómez', 'Cotización de 20 portátiles', 'PS-2026-000123', '12 min'],
				buttons: ['Lo tomo', 'Paso'],
			},
			en: {
				body: 'A customer is waiting for your answer: {{1}}.\nNeeds: {{2}}\nCase: {{3}}\nWaiting for: {{4}}\n\nDo you take it, or shall it go to somebody else of the team?',
				samples: ['Laura Gómez', 'Quotation for 20 laptops', 'PS-2026-000123', '12 min'],
				buttons: ['I take it', 'Pass'],
			},
			pt_BR: {
				body: 'Um cliente espera sua resposta: {{1}}.\nPrecisa de: {{2}}\nCaso: {{3}}\nEspera há: {{4}}\n\nVocê atende ou passo para outra pessoa da equipe?',
				samples: ['Laura Gomes', 'Cotação de 20 notebooks', 'PS-2026-000123', '12 min'],
				buttons: ['Eu pego', 'Passo'],
			},
		},
	},
	{
		name: 'case_update',
		purpose: 'Tells a customer that their case has moved on',
		category: 'UTILITY',
		said: {
			es: {
				body: 'Hola {{1}}, tenemos novedades de tu caso {{2}}. Ahora está en estado: {{3}}. Si quieres contarnos algo más, responde a este mensaje.',
				samples: ['Laura', 'PS-2026-000123', 'en proceso'],
			},
			en: {
				body: 'Hello {{1}}, there is news of your case {{2}}. Its status is now: {{3}}. If you want to tell us more, just answer this message.',
				samples: ['Laura', 'PS-2026-000123', 'in progress'],
			},
			pt_BR: {
				body: 'Olá {{1}}, temos novidades do seu caso {{2}}. Agora o status é: {{3}}. Se quiser contar algo mais, responda a esta mensagem.',
				samples: ['Laura', 'PS-2026-000123', 'em andamento'],
			},
		},
	},
	{
		name: 'continue_conversation',
		purpose: 'Asks a customer to write again after 24 hours, so that the conversation goes on',
		category: 'UTILITY',
		said: {
			es: {
				body: 'Hola {{1}}, ya tenemos una respuesta a la solicitud que nos hiciste por este chat. ¿Seguimos por aquí?',
				samples: ['Laura'],
				buttons: ['Sí, continuar'],
			},
			en: {
				body: 'Hello {{1}}, we have an answer to the request you made in this chat. Shall we go on here?',
				samples: ['Laura'],
				buttons: ['Yes, go on'],
			},
			pt_BR: {
				body: 'Olá {{1}}, já temos uma resposta à solicitação que você fez neste chat. Continuamos por aqui?',
				samples: ['Laura'],
				buttons: ['Sim, continuar'],
			},
		},
	},
	{
		name: 'opt_in',
		purpose: 'Asks whether a customer wants offers and news',
		category: 'MARKETING',
		said: {
			es: {
				body: 'Hola {{1}}, ¿quieres recibir por WhatsApp nuestras ofertas y novedades? Puedes dejar de recibirlas cuando quieras respondiendo BAJA.',
				samples: ['Laura'],
				buttons: ['Sí, quiero', 'No, gracias'],
			},
			en: {
				body: 'Hello {{1}}, would you like to get our offers and news on WhatsApp? You can stop them at any time by answering STOP.',
				samples: ['Laura'],
				buttons: ['Yes, please', 'No, thanks'],
			},
			pt_BR: {
				body: 'Olá {{1}}, você quer receber nossas ofertas e novidades pelo WhatsApp? Pode parar quando quiser respondendo SAIR.',
				samples: ['Laura'],
				buttons: ['Sim, quero', 'Não, obrigado'],
			},
		},
	},
	{
		name: 'order_update',
		purpose: 'Tells a customer how an order goes on',
		category: 'UTILITY',
		said: {
			es: {
				body: 'Hola {{1}}, tu pedido {{2}} cambió de estado: {{3}}. Si tienes preguntas sobre la entrega, responde a este mensaje.',
				samples: ['Laura', '1042', 'despachado'],
			},
			en: {
				body: 'Hello {{1}}, your order {{2}} has a new status: {{3}}. If you have questions about the delivery, answer this message.',
				samples: ['Laura', '1042', 'shipped'],
			},
			pt_BR: {
				body: 'Olá {{1}}, o seu pedido {{2}} mudou de status: {{3}}. Se tiver perguntas sobre a entrega, responda a esta mensagem.',
				samples: ['Laura', '1042', 'enviado'],
			},
		},
	},
	{
		name: 'payment_reminder',
		purpose: 'Reminds a customer of a payment link that they asked for',
		category: 'UTILITY',
		said: {
			es: {
				body: 'Hola {{1}}, tu enlace de pago de {{2}} por {{3}} sigue pendiente. Puedes pagar aquí: {{4}} y te confirmamos en cuanto lo recibamos.',
				samples: ['Laura', 'la cotización PS-2026-000123', '$1.250.000', 'https://pay.example.com/abc'],
			},
			en: {
				body: 'Hello {{1}}, your payment link for {{2}} over {{3}} is still open. You can pay here: {{4}} and we confirm as soon as it arrives.',
				samples: ['Laura', 'quotation PS-2026-000123', '$1,250.00', 'https://pay.example.com/abc'],
			},
			pt_BR: {
				body: 'Olá {{1}}, o seu link de pagamento de {{2}} no valor de {{3}} continua pendente. Você pode pagar aqui: {{4}} e confirmamos assim que chegar.',
				samples: ['Laura', 'a cotação PS-2026-000123', 'R$ 1.250,00', 'https://pay.example.com/abc'],
			},
		},
	},
	{
		name: 'quotation_follow_up',
		purpose: 'Asks what a customer thinks of a quotation that was sent',
		category: 'UTILITY',
		said: {
			es: {
				body: 'Hola {{1}}, hace unos días te enviamos la cotización {{2}} que nos pediste. ¿Quieres avanzar o te ayudamos a ajustarla?',
				samples: ['Laura', 'PS-2026-000123'],
				buttons: ['Quiero avanzar', 'Quiero ajustarla', 'Ya no la necesito'],
			},
			en: {
				body: 'Hello {{1}}, some days ago we sent you the quotation {{2}} that you asked for. Do you want to go ahead, or shall we change it?',
				samples: ['Laura', 'PS-2026-000123'],
				buttons: ['Go ahead', 'Change it', 'Not needed any more'],
			},
			pt_BR: {
				body: 'Olá {{1}}, há alguns dias enviamos a cotação {{2}} que você pediu. Quer avançar ou ajudamos a ajustá-la?',
				samples: ['Laura', 'PS-2026-000123'],
				buttons: ['Quero avançar', 'Quero ajustar', 'Não preciso mais'],
			},
		},
	},
	{
		name: 'receipt',
		purpose: 'Confirms a payment that has arrived',
		category: 'UTILITY',
		said: {
			es: {
				body: 'Hola {{1}}, recibimos tu pago de {{2}} por {{3}}. Este es tu comprobante: {{4}}. Gracias por tu compra.',
				samples: ['Laura', '$1.250.000', 'la cotización PS-2026-000123', 'https://pay.example.com/recibo'],
			},
			en: {
				body: 'Hello {{1}}, we have received your payment of {{2}} for {{3}}. This is your receipt: {{4}}. Thank you for your purchase.',
				samples: ['Laura', '$1,250.00', 'quotation PS-2026-000123', 'https://pay.example.com/receipt'],
			},
			pt_BR: {
				body: 'Olá {{1}}, recebemos o seu pagamento de {{2}} referente a {{3}}. Este é o seu comprovante: {{4}}. Obrigado pela compra.',
				samples: ['Laura', 'R$ 1.250,00', 'a cotação PS-2026-000123', 'https://pay.example.com/recibo'],
			},
		},
	},
	{
		name: 'survey',
		purpose: 'Asks how a case was attended',
		category: 'UTILITY',
		said: {
			es: {
				body: 'Hola {{1}}, cerramos tu caso {{2}}. ¿Cómo te fue con nuestra atención? Tu respuesta nos ayuda a mejorar.',
				samples: ['Laura', 'PS-2026-000123'],
				buttons: ['Bien', 'Regular', 'Mal'],
			},
			en: {
				body: 'Hello {{1}}, we have closed your case {{2}}. How did we do? Your answer helps us to improve.',
				samples: ['Laura', 'PS-2026-000123'],
				buttons: ['Well', 'So-so', 'Badly'],
			},
			pt_BR: {
				body: 'Olá {{1}}, encerramos o seu caso {{2}}. Como foi o nosso atendimento? Sua resposta nos ajuda a melhorar.',
				samples: ['Laura', 'PS-2026-000123'],
				buttons: ['Bom', 'Regular', 'Ruim'],
			},
		},
	},
];

/** The templates of the set in some languages, by name. */
export function starterTemplates(
	languages: readonly StarterLanguage[],
): ReadonlyArray<TemplateText & { purpose: string }> {
	return STARTER_TEMPLATES.flatMap(({ name, purpose, category, said }) =>
		languages.map((languageCode) => ({ name, purpose, category, languageCode, ...said[languageCode] })),
	);
}

/** Why Meta refused a template, and what to do about it. https://developers.facebook.com/docs/graph-api/webhooks/reference/whatsapp-business-account/#message_template_status_update */
const REASONS = lookupTable<string>({
	ABUSIVE_CONTENT: 'Meta found words that threaten or offend. Write it friendlier and hand it in again.',
	INCORRECT_CATEGORY: 'Meta puts it into another category. Hand it in again with that category.',
	INVALID_FORMAT: 'A variable, sample or button is not as Meta wants it. Correct it and hand it in again.',
	PROMOTIONAL: 'It reads like an offer. Hand it in as marketing, or leave the offer out.',
	SCAM: 'Meta takes it for a fraud: links that are not the business’s own, or a request for data. Take them out.',
	TAG_CONTENT_MISMATCH: 'Its words are in another language than it says. Correct the language.',
	NONE: 'Meta gives no reason. Ask for a review in WhatsApp Manager.',
});

const STATES = lookupTable<string>({
	APPROVED: 'Approved: it can be sent',
	PENDING: 'Handed in: Meta reviews it, mostly within minutes, at most 24 hours',
	IN_APPEAL: 'Meta looks at it again',
	PAUSED: 'Paused: too many people blocked or reported it. It comes back by itself; send it to fewer people',
	DISABLED: 'Switched off for good after several pauses. Hand in another one under another name',
	PENDING_DELETION: 'It is being deleted; its name is free again after 30 days',
	MISSING: 'Not handed in yet. Run Create Starter Set',
});

/** The state of a template in words. */
export function templateStateInWords(status: string, rejectedReason?: string): string {
	if (status.toUpperCase() !== 'REJECTED') return STATES.get(status.toUpperCase()) ?? status;
	return `Rejected. ${REASONS.get(rejectedReason?.toUpperCase() ?? 'NONE') ?? rejectedReason ?? ''}`.trim();
}
