import { signal } from '@preact/signals';

import type { Failure } from '../../../../shared/domain/failures/failure';
import type { FailureWords } from '../../../../shared/text/failures/failureWords';
import { sayFailure } from '../../../../shared/text/failures/sayFailure';
import { language, type PageLanguage } from '../words';

/** What is said of failures comes when the first one is shown: most conversations have none. */
const FETCHED: Readonly<Record<PageLanguage, () => Promise<FailureWords>>> = {
	es: async () => (await import('../../../../shared/text/failures/es')).es,
	en: async () => (await import('../../../../shared/text/failures/en')).en,
	'pt-BR': async () => (await import('../../../../shared/text/failures/ptBR')).ptBR,
};

const known = signal<Readonly<Partial<Record<PageLanguage, FailureWords>>>>({});
const coming = new Map<PageLanguage, Promise<void>>();

async function fetchWords(wanted: PageLanguage): Promise<void> {
	const fetched = await FETCHED[wanted]();
	known.value = { ...known.peek(), [wanted]: fetched };
}

/** Resolves when failures can be said in the page's language, also when their words cannot be fetched: then the next one tries. */
export async function readyToExplain(): Promise<void> {
	const wanted = language.peek();
	if (known.peek()[wanted] !== undefined) return;
	const fetching = coming.get(wanted) ?? fetchWords(wanted);
	coming.set(wanted, fetching);
	await fetching.catch(() => coming.delete(wanted));
}

/** Why something could not be done, in the reader's language; undefined until its words have come, which draws it again. */
export function whyNot(failure: Failure): { readonly text: string; readonly detail: string } | undefined {
	const words = known.value[language.value];
	if (words !== undefined) return sayFailure(words, failure);
	void readyToExplain();
	return undefined;
}
