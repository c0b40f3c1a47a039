import type { Language } from '../domain/profile/businessProfile';

interface Refusal {
	/** As people call the receiving system. */
	readonly webhook: string;
	readonly host: string;
	readonly type: string;
	readonly error: string;
}

const GIVEN_UP: Readonly<Record<Language, (refusal: Refusal) => string>> = {
	es: ({ webhook, host, type, error }) =>
		`📡 ${webhook} (${host}) no recibió ${type}: ${error}. Revísalo y repítelo con Business Event: Retry.`,
	en: ({ webhook, host, type, error }) =>
		`📡 ${webhook} (${host}) did not take ${type}: ${error}. Look into it and use Business Event: Retry.`,
	'pt-BR': ({ webhook, host, type, error }) =>
		`📡 ${webhook} (${host}) não recebeu ${type}: ${error}. Verifique e repita com Business Event: Retry.`,
};

/** What the team is told of an event that another system refused to the end. */
export const givenUpInWords = (language: Language, refusal: Refusal): string => GIVEN_UP[language](refusal);
