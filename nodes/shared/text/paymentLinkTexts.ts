import type { Language } from '../domain/profile/businessProfile';
import { LIMITS } from '../domain/messages/limits';

interface LinkWords {
	readonly text: string;
	readonly deposit: string;
	readonly button: string;
	readonly shortButton: string;
}

/** What the customer reads with a link to pay. Ours. */
const WORDS: Readonly<Record<Language, LinkWords>> = {
	es: {
		text: 'Este es tu link para pagar *{amount}* por {description}. El pago se hace en una página segura y te confirmo por aquí apenas entre. 🔒',
		deposit:
			'Este es tu link para pagar el anticipo de *{amount}* (de un total de {total}) por {description}. El pago se hace en una página segura y te confirmo por aquí apenas entre. 🔒',
		button: 'Pagar {amount}',
		shortButton: 'Pagar ahora',
	},
	en: {
		text: 'Here is your link to pay *{amount}* for {description}. You pay on a secure page and I will confirm here as soon as it arrives. 🔒',
		deposit:
			'Here is your link to pay the deposit of *{amount}* (of {total} in total) for {description}. You pay on a secure page and I will confirm here as soon as it arrives. 🔒',
		button: 'Pay {amount}',
		shortButton: 'Pay now',
	},
	'pt-BR': {
		text: 'Este é o seu link para pagar *{amount}* por {description}. O pagamento é feito em uma página segura e confirmo por aqui assim que entrar. 🔒',
		deposit:
			'Este é o seu link para pagar o sinal de *{amount}* (de um total de {total}) por {description}. O pagamento é feito em uma página segura e confirmo por aqui assim que entrar. 🔒',
		button: 'Pagar {amount}',
		shortButton: 'Pagar agora',
	},
};

export interface LinkWordsValues {
	/** As people of the country write it. */
	readonly amount: string;
	readonly description: string;
	/** Of what the amount is a deposit. */
	readonly total?: string;
}

const fill = (words: string, values: LinkWordsValues): string =>
	words.replace(/\{(amount|description|total)\}/g, (_all, name: keyof LinkWordsValues) => values[name] ?? '');

/** The text and the button's label of a payment link; the label names the amount where it fits. */
export function paymentLinkWords(
	language: Language,
	values: LinkWordsValues,
): { readonly text: string; readonly label: string } {
	const { text, deposit, button, shortButton } = WORDS[language];
	const label = fill(button, values);
	return {
		text: fill(values.total === undefined ? text : deposit, values),
		label: label.length <= LIMITS.urlButtonLabel ? label : shortButton,
	};
}
