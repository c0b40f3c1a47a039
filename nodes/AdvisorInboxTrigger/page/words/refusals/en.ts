import type { RefusalWords } from './refusalWords';

export const en: RefusalWords = {
	takenBy: ({ name }) => ({ text: `${name} has this conversation.`, detail: 'Take it over to answer.' }),
	onTheirNumber: ({ name }) => ({
		text: `${name} attends this conversation on their own number.`,
		detail: 'Ask them to answer there.',
	}),
	windowClosed: () => ({
		text: 'The customer’s 24 hours are over: WhatsApp delivers only templates now.',
		detail: 'Choose an approved template. Once the customer answers, you can write freely again.',
	}),
};
