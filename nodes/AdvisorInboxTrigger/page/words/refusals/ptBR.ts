import type { RefusalWords } from './refusalWords';

export const ptBR: RefusalWords = {
	takenBy: ({ name }) => ({ text: `${name} está com esta conversa.`, detail: 'Assuma a conversa para responder.' }),
	onTheirNumber: ({ name }) => ({
		text: `${name} atende esta conversa pelo próprio número.`,
		detail: 'Peça que responda por lá.',
	}),
	windowClosed: () => ({
		text: 'As 24 horas do cliente terminaram: o WhatsApp agora só entrega modelos.',
		detail: 'Escolha um modelo aprovado. Quando o cliente responder, você volta a escrever livremente.',
	}),
};
