import type { Failure } from '../../domain/failures/failure';
import type { Language } from '../../domain/profile/businessProfile';
import { en } from './en';
import { es } from './es';
import type { FailureWords } from './failureWords';
import { ptBR } from './ptBR';
import { sayFailure } from './sayFailure';

const ALL: Readonly<Record<Language, FailureWords>> = { es, en, 'pt-BR': ptBR };

/** Why something could not be done, in one line, for whoever is written to in a language of theirs. */
export function failureInWords(failure: Failure, language: Language): string {
	const { text, detail } = sayFailure(ALL[language], failure);
	return `${text} ${detail}`;
}
