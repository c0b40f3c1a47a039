import type { RefusalWords } from './refusalWords';

export const es: RefusalWords = {
	takenBy: ({ name }) => ({ text: `${name} tiene esta conversación.`, detail: 'Tómala para responder.' }),
	onTheirNumber: ({ name }) => ({
		text: `${name} atiende esta conversación desde su propio número.`,
		detail: 'Pídele que responda desde allí.',
	}),
	windowClosed: () => ({
		text: 'Las 24 horas del cliente terminaron: WhatsApp ya solo entrega plantillas.',
		detail: 'Elige una plantilla aprobada. Cuando el cliente responda, vuelves a escribir libremente.',
	}),
};
