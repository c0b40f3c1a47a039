import type { Language } from '../domain/profile/businessProfile';

/** `open`: the link was not used. `failed`: it was tried. `renewed`: its page had expired, and this is a new one. */
export type ReminderKind = 'open' | 'failed' | 'renewed';

/** What a customer reads who has not paid yet. Ours. */
const WORDS: Readonly<Record<ReminderKind, Readonly<Record<Language, string>>>> = {
	open: {
		es: 'Hola{name} 😊. Tu link para pagar *{amount}*{purpose} sigue pendiente. Lo puedes usar cuando quieras y te confirmo por aquí apenas entre.',
		en: 'Hello{name} 😊. Your link to pay *{amount}*{purpose} is still open. Use it whenever you like, and I will confirm here as soon as it arrives.',
		'pt-BR':
			'Olá{name} 😊. O seu link para pagar *{amount}*{purpose} continua pendente. Use quando quiser e confirmo por aqui assim que entrar.',
	},
	failed: {
		es: 'Hola{name} 😊. Tu pago de *{amount}*{purpose} no alcanzó a completarse. Puedes intentarlo de nuevo aquí, con otro medio de pago si lo prefieres.',
		en: 'Hello{name} 😊. Your payment of *{amount}*{purpose} did not go through. You can try again here, with another means of payment if you prefer.',
		'pt-BR':
			'Olá{name} 😊. O seu pagamento de *{amount}*{purpose} não foi concluído. Você pode tentar de novo aqui, com outro meio de pagamento se preferir.',
	},
	renewed: {
		es: 'Hola{name} 😊. El link para pagar *{amount}*{purpose} venció, así que te dejo uno nuevo. Te confirmo por aquí apenas entre.',
		en: 'Hello{name} 😊. The link to pay *{amount}*{purpose} has expired, so here is a new one. I will confirm here as soon as it arrives.',
		'pt-BR':
			'Olá{name} 😊. O link para pagar *{amount}*{purpose} venceu, então aqui está um novo. Confirmo por aqui assim que entrar.',
	},
};

const PURPOSE: Readonly<Record<Language, string>> = { es: ' por {what}', en: ' for {what}', 'pt-BR': ' de {what}' };

export interface ReminderWords {
	readonly name?: string | null;
	/** As people of the country write it. */
	readonly amount: string;
	readonly description?: string | null;
}

/** What stands above the button of a reminder. */
export function paymentReminderWords(
	kind: ReminderKind,
	language: Language,
	{ name, amount, description }: ReminderWords,
): string {
	const values = new Map([
		['name', name ? ` ${name}` : ''],
		['amount', amount],
		['purpose', description ? PURPOSE[language].replace('{what}', () => description) : ''],
	]);
	return WORDS[kind][language].replace(/\{(\w+)\}/g, (_all, key: string) => values.get(key) ?? '');
}
