import { signal } from '@preact/signals';

import { es, type Words } from './es';

export type PageLanguage = 'es' | 'en' | 'pt-BR';
export type { Words };

/** What the page says, in the language chosen. */
export const words = signal<Words>(es);
export const language = signal<PageLanguage>('es');

/** Page languages by the language of a business or browser. */
export function pageLanguage(wanted: string): PageLanguage {
	if (wanted.toLowerCase().startsWith('pt')) return 'pt-BR';
	return wanted.toLowerCase().startsWith('en') ? 'en' : 'es';
}

async function load(wanted: PageLanguage): Promise<Words> {
	if (wanted === 'en') return (await import('./en')).en;
	if (wanted === 'pt-BR') return (await import('./ptBR')).ptBR;
	return es;
}

/** Speaks a language from now on; stays with the one before when its words cannot be fetched. */
export async function speak(wanted: PageLanguage): Promise<void> {
	if (wanted === language.value) return;
	words.value = await load(wanted);
	language.value = wanted;
	document.documentElement.lang = wanted;
}
