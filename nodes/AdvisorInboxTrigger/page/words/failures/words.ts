import type { Failure } from '../../../../shared/domain/failures/failure';
import type { FailureWords } from '../../../../shared/text/failures/failureWords';
import { sayFailure } from '../../../../shared/text/failures/sayFailure';
import { fetchedWords } from '../fetched';

const failureWords = fetchedWords<FailureWords>({
	es: async () => (await import('../../../../shared/text/failures/es')).es,
	en: async () => (await import('../../../../shared/text/failures/en')).en,
	'pt-BR': async () => (await import('../../../../shared/text/failures/ptBR')).ptBR,
});

/** Resolves when failures can be said in the page's language, also when their words cannot be fetched. */
export const readyToExplain = failureWords.ready;

/** Why something could not be done, in the reader's language; undefined until its words have come, which draws it again. */
export function whyNot(failure: Failure): { readonly text: string; readonly detail: string } | undefined {
	const words = failureWords.current();
	return words && sayFailure(words, failure);
}
