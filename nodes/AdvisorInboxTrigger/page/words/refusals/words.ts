import type { RefusalCode, RefusalReason } from '../../../../shared/domain/inbox/refusals';
import { fetchedWords } from '../fetched';
import type { RefusalWords } from './refusalWords';

const refusalWords = fetchedWords<RefusalWords>({
	es: async () => (await import('./es')).es,
	en: async () => (await import('./en')).en,
	'pt-BR': async () => (await import('./ptBR')).ptBR,
});

/** Resolves when refusals can be said in the page's language, also when their words cannot be fetched. */
export const readyToRefuse = refusalWords.ready;

/** What the desk refused, in the reader's language; undefined until its words have come. */
export function refusedInWords<Code extends RefusalCode>({
	code,
	values,
}: RefusalReason<Code>): { readonly text: string; readonly detail?: string } | undefined {
	return refusalWords.current()?.[code](values);
}
