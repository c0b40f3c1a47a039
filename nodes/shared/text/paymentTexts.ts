import { lookupTable } from '../domain/lookupTable';
import type { Language } from '../domain/profile/businessProfile';

type Words = Readonly<Record<Language, string>>;

/** What customers and advisors read about a payment. Ours, not the client's. */
const WORDS = {
	paid: {
		es: '¡Gracias! Recibimos tu pago de {amount}{purpose}. Un asesor seguirá con tu solicitud y te contará el siguiente paso.',
		en: 'Thank you! We received your payment of {amount}{purpose}. An advisor will go on with your request and tell you the next step.',
		'pt-BR':
			'Obrigado! Recebemos seu pagamento de {amount}{purpose}. Um consultor dará continuidade e informará o próximo passo.',
	},
	paidInCash: {
		es: '¡Gracias! Recibimos tu pago en efectivo de {amount}{purpose}.',
		en: 'Thank you! We received your {amount} in cash{purpose}.',
		'pt-BR': 'Obrigado! Recebemos seu pagamento em dinheiro de {amount}{purpose}.',
	},
	pending: {
		es: 'Tu pago de {amount}{purpose} está en proceso. Te avisamos apenas quede confirmado.',
		en: 'Your payment of {amount}{purpose} is being processed. We will tell you as soon as it is confirmed.',
		'pt-BR': 'Seu pagamento de {amount}{purpose} está em processamento. Avisaremos assim que for confirmado.',
	},
	failed: {
		es: 'Tu pago de {amount}{purpose} no se completó: {reason}. Puedes intentarlo de nuevo con el mismo enlace u otro medio de pago.',
		en: 'Your payment of {amount}{purpose} did not go through: {reason}. You can try again with the same link or another means of payment.',
		'pt-BR':
			'Seu pagamento de {amount}{purpose} não foi concluído: {reason}. Você pode tentar de novo com o mesmo link ou outro meio de pagamento.',
	},
	failedAtSpentPage: {
		es: 'Tu pago de {amount}{purpose} no se completó: {reason}. Ese enlace ya no recibe pagos: escríbenos y te enviamos uno nuevo.',
		en: 'Your payment of {amount}{purpose} did not go through: {reason}. That link takes no payments any more: write to us and we send you a new one.',
		'pt-BR':
			'Seu pagamento de {amount}{purpose} não foi concluído: {reason}. Esse link não recebe mais pagamentos: escreva para nós e enviamos um novo.',
	},
	refunded: {
		es: 'Te devolvimos {amount}{purpose}. Según tu banco, puede tardar unos días en aparecer.',
		en: 'We refunded {amount}{purpose}. Depending on your bank it may take some days to appear.',
		'pt-BR': 'Devolvemos {amount}{purpose}. Dependendo do seu banco, pode levar alguns dias para aparecer.',
	},
	renewalFailed: {
		es: 'No pudimos cobrar la renovación de {amount}{purpose}: {reason}. Puedes pagarla con otro medio de pago y todo sigue igual.',
		en: 'We could not collect the renewal of {amount}{purpose}: {reason}. You can pay it with another means of payment and everything stays as it is.',
		'pt-BR':
			'Não conseguimos cobrar a renovação de {amount}{purpose}: {reason}. Você pode pagar com outro meio de pagamento e tudo continua igual.',
	},
	welcome: {
		es: '¡Te damos la bienvenida a {business}! 🎉 Es tu primera compra con nosotros: lo que necesites, escríbenos por aquí.',
		en: 'Welcome to {business}! 🎉 This is your first purchase with us: whatever you need, write to us here.',
		'pt-BR': 'Boas-vindas à {business}! 🎉 É a sua primeira compra com a gente: o que precisar, escreva por aqui.',
	},
	pay: { es: 'Pagar', en: 'Pay', 'pt-BR': 'Pagar' },
	advisorPaid: {
		es: '{customer} pagó {amount}{purpose}.',
		en: '{customer} paid {amount}{purpose}.',
		'pt-BR': '{customer} pagou {amount}{purpose}.',
	},
	advisorPaidInCash: {
		es: '{customer} pagó {amount} en efectivo{purpose}. Lo recibió {collectedBy}.',
		en: '{customer} paid {amount} in cash{purpose}. {collectedBy} received it.',
		'pt-BR': '{customer} pagou {amount} em dinheiro{purpose}. Quem recebeu foi {collectedBy}.',
	},
	advisorPaidAgain: {
		es: '{customer} pagó dos veces: otros {amount}{purpose}. Revisa si hay que devolverlos.',
		en: '{customer} paid twice: another {amount}{purpose}. See whether it must be given back.',
		'pt-BR': '{customer} pagou duas vezes: mais {amount}{purpose}. Veja se é preciso devolver.',
	},
	advisorRenewed: {
		es: '{customer} pagó la renovación: {amount}{purpose}.',
		en: '{customer} paid the renewal: {amount}{purpose}.',
		'pt-BR': '{customer} pagou a renovação: {amount}{purpose}.',
	},
	advisorFailed: {
		es: 'El pago de {customer} por {amount}{purpose} no se completó: {reason}.',
		en: 'The payment of {customer} of {amount}{purpose} did not go through: {reason}.',
		'pt-BR': 'O pagamento de {customer} de {amount}{purpose} não foi concluído: {reason}.',
	},
	advisorRenewalFailed: {
		es: 'La renovación de {customer}{purpose} no se pudo cobrar: {reason}.',
		en: 'The renewal of {customer}{purpose} could not be collected: {reason}.',
		'pt-BR': 'A renovação de {customer}{purpose} não pôde ser cobrada: {reason}.',
	},
	advisorExpired: {
		es: '{customer} dejó vencer el pago de {amount}{purpose}.',
		en: '{customer} let the payment of {amount}{purpose} expire.',
		'pt-BR': '{customer} deixou vencer o pagamento de {amount}{purpose}.',
	},
	advisorRefunded: {
		es: 'Se devolvieron {amount} a {customer}{purpose}.',
		en: '{amount} was refunded to {customer}{purpose}.',
		'pt-BR': '{amount} foi devolvido a {customer}{purpose}.',
	},
	advisorRefundFailed: {
		es: 'La devolución de {amount} a {customer}{purpose} no llegó: hay que hacerla por otro medio.',
		en: 'The refund of {amount} to {customer}{purpose} did not arrive: it must be made another way.',
		'pt-BR': 'A devolução de {amount} a {customer}{purpose} não chegou: é preciso fazê-la de outra forma.',
	},
	advisorDisputed: {
		es: '{customer} reclamó a su banco el pago de {amount}{purpose}. Hay que responder antes de la fecha límite.',
		en: '{customer} disputed the payment of {amount}{purpose} with their bank. It must be answered before the deadline.',
		'pt-BR': '{customer} contestou no banco o pagamento de {amount}{purpose}. É preciso responder antes do prazo.',
	},
	advisorDisputeWon: {
		es: 'El reclamo de {customer}{purpose} se resolvió a favor del negocio.',
		en: 'The dispute of {customer}{purpose} was decided for the business.',
		'pt-BR': 'A contestação de {customer}{purpose} foi decidida a favor da empresa.',
	},
	advisorDisputeLost: {
		es: 'El reclamo de {customer}{purpose} se resolvió a favor del cliente.',
		en: 'The dispute of {customer}{purpose} was decided for the customer.',
		'pt-BR': 'A contestação de {customer}{purpose} foi decidida a favor do cliente.',
	},
	advisorMismatch: {
		es: 'Llegó un pago de {customer} que no coincide con lo pedido ({reason}){purpose}. No se confirmó nada.',
		en: 'A payment of {customer} does not match what was asked for ({reason}){purpose}. Nothing was confirmed.',
		'pt-BR': 'Chegou um pagamento de {customer} que não confere com o pedido ({reason}){purpose}. Nada foi confirmado.',
	},
} as const satisfies Readonly<Record<string, Words>>;

export type PaymentText = keyof typeof WORDS;

/** Why a payment failed, as a customer understands it. Banks say no more, and a card's number of attempts is nobody's business. */
const REASONS = lookupTable<Words>({
	insufficient_funds: {
		es: 'no hay fondos suficientes',
		en: 'there are not enough funds',
		'pt-BR': 'saldo insuficiente',
	},
	expired_card: { es: 'la tarjeta está vencida', en: 'the card has expired', 'pt-BR': 'o cartão está vencido' },
	incorrect_cvc: {
		es: 'el código de seguridad no coincide',
		en: 'the security code does not match',
		'pt-BR': 'o código de segurança não confere',
	},
	incorrect_number: {
		es: 'el número de la tarjeta no coincide',
		en: 'the card number is not right',
		'pt-BR': 'o número do cartão não confere',
	},
	processing_error: {
		es: 'hubo un error al procesarlo',
		en: 'there was an error while processing it',
		'pt-BR': 'houve um erro no processamento',
	},
	authentication_required: {
		es: 'el banco pide confirmar el pago',
		en: 'the bank asks for a confirmation',
		'pt-BR': 'o banco pede uma confirmação',
	},
	amount: { es: 'el valor es otro', en: 'the amount is another', 'pt-BR': 'o valor é outro' },
	currency: { es: 'la moneda es otra', en: 'the currency is another', 'pt-BR': 'a moeda é outra' },
	mode: { es: 'es de modo de prueba', en: 'it is of the other mode', 'pt-BR': 'é de outro modo' },
	link: { es: 'llegó por otro enlace', en: 'it came through another link', 'pt-BR': 'veio por outro link' },
});

const OTHER_REASON: Words = {
	es: 'el banco no lo autorizó',
	en: 'the bank did not authorise it',
	'pt-BR': 'o banco não autorizou',
};

/** What does not fit what was asked for. */
export function mismatchInWords(mismatch: string, language: Language): string {
	return (REASONS.get(mismatch) ?? OTHER_REASON)[language];
}

const PURPOSE: Words = { es: ' por {what}', en: ' for {what}', 'pt-BR': ' de {what}' };

export interface PaymentWords {
	readonly amount: string;
	/** What it is for, in the business's words. */
	readonly description?: string | null;
	/** The provider's code, or what differs. */
	readonly reason?: string;
	readonly customer?: string;
	readonly business?: string;
	/** Who took the cash. */
	readonly collectedBy?: string;
}

/** One sentence about a payment. */
export function paymentInWords(text: PaymentText, language: Language, words: PaymentWords): string {
	const values: Readonly<Record<string, string>> = {
		amount: words.amount,
		purpose: words.description ? PURPOSE[language].replace('{what}', () => words.description ?? '') : '',
		reason: (REASONS.get(words.reason ?? '') ?? OTHER_REASON)[language],
		customer: words.customer ?? '',
		business: words.business ?? '',
		collectedBy: words.collectedBy ?? '',
	};
	return WORDS[text][language].replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
}

const CASH: Readonly<Record<Language, string>> = {
	es: 'Se paga contra entrega: {amount} en efectivo.',
	en: 'Paid on delivery: {amount} in cash.',
	'pt-BR': 'Pagamento na entrega: {amount} em dinheiro.',
};

/** The note on a case that is paid in cash when it is delivered. */
export const cashOnDeliveryInWords = (language: Language, amount: string): string =>
	CASH[language].replace('{amount}', () => amount);
