/** Where a text is cut, the best place first: between paragraphs, lines, sentences, words. */
const PLACES = ['\n\n', '\n', '. ', ' '] as const;

/** Never between the two halves of one sign. */
function withoutHalfSign(text: string): string {
	return /[\uD800-\uDBFF]$/u.test(text) ? text.slice(0, -1) : text;
}

function firstPart(text: string, longest: number): string {
	const head = text.slice(0, longest + 1);
	for (const place of PLACES) {
		const at = head.lastIndexOf(place);
		// A part that is almost empty looks like a mistake.
		if (at >= longest / 4) return text.slice(0, at + (place === '. ' ? 1 : 0));
	}
	return withoutHalfSign(text.slice(0, longest));
}

/** A text in parts that a messenger takes, none longer than `longest`; one part when it is short enough. */
export function textParts(text: string, longest: number): string[] {
	const parts: string[] = [];
	let rest = text.trim();
	while (rest.length > longest) {
		const part = firstPart(rest, longest);
		parts.push(part.trim());
		rest = rest.slice(part.length).trim();
	}
	return rest === '' ? parts : [...parts, rest];
}
