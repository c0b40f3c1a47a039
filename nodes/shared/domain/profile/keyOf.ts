/** Words of a sentence that make a key; more would only make it long. */
const KEY_WORDS = 4;

/** A key out of words that a person wrote, e.g. `numeroDeSerie` of “Número de serie”. The same words give the same key. */
export function keyOf(words: string): string {
	const parts = words
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((part) => part !== '')
		.slice(0, KEY_WORDS);
	const key = parts
		.map((part, index) => (index === 0 ? part : `${part.charAt(0).toUpperCase()}${part.slice(1)}`))
		.join('');
	return /^[a-z]/.test(key) ? key : `answer${key}`;
}
