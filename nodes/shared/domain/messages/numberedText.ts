import type { Choice } from './outbound';

/** A title that brings its own number ("1. Cotización") is not numbered twice. */
const NUMBERED = /^\s*\d+\s*[.)\-:]/;

/** Choices as lines that a person answers with a number, where the messenger shows no buttons. */
export function numberedLines(choices: readonly Choice[]): string {
	return choices
		.map(({ title, description }, index) => {
			const line = NUMBERED.test(title) ? title.trim() : `${index + 1}. ${title.trim()}`;
			return description === undefined || description === '' ? line : `${line}: ${description}`;
		})
		.join('\n');
}

/** Paragraphs as one text; those that are missing leave no gap. */
export function paragraphs(...parts: ReadonlyArray<string | undefined>): string {
	return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}
