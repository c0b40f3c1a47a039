import { signal } from '@preact/signals';

import { language, type PageLanguage } from './words';

/** Words that most days need none of: they come when the first of them is said, and stay. */
export interface FetchedWords<Said> {
	/** Resolves when they are there in the page's language, also when they cannot be fetched: then the next one tries. */
	readonly ready: () => Promise<void>;
	/** Undefined until they have come, which draws again whoever asked. */
	readonly current: () => Said | undefined;
}

export function fetchedWords<Said>(fetches: Readonly<Record<PageLanguage, () => Promise<Said>>>): FetchedWords<Said> {
	const known = signal<Readonly<Partial<Record<PageLanguage, Said>>>>({});
	const coming = new Map<PageLanguage, Promise<void>>();

	async function fetchWords(wanted: PageLanguage): Promise<void> {
		const fetched = await fetches[wanted]();
		known.value = { ...known.peek(), [wanted]: fetched };
	}

	async function ready(): Promise<void> {
		const wanted = language.peek();
		if (known.peek()[wanted] !== undefined) return;
		const fetching = coming.get(wanted) ?? fetchWords(wanted);
		coming.set(wanted, fetching);
		await fetching.catch(() => coming.delete(wanted));
	}

	return {
		ready,
		current: () => {
			const words = known.value[language.value];
			if (words === undefined) void ready();
			return words;
		},
	};
}
