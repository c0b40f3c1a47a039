/** A piece of a document that answers by itself. */
export interface Passage {
	/** The heading it stands under, else its first words. */
	readonly title: string;
	readonly text: string;
}

/** Longer answers are not read on a telephone; WhatsApp itself allows 4,096 letters. */
const LONGEST = 700;
const LONGEST_TITLE = 90;

const HEADING =
	/^(?:#{1,6}\s+(?<marked>.+)|(?<numbered>\d+(?:\.\d+)*[.)]?\s+\p{Lu}[^.!?]{2,80})|(?<asked>¿[^?]{3,160}\?|[^.!?]{3,160}\?)|(?<capitals>[^\p{Ll}]*\p{Lu}{3}[^\p{Ll}]*))$/u;

function headingOf(line: string): string | undefined {
	const groups = HEADING.exec(line.trim())?.groups;
	const found = groups === undefined ? undefined : Object.values(groups).find((group) => group !== undefined);
	return found?.replace(/[*_#]+/g, '').trim();
}

function firstWords(text: string): string {
	const line = text.split('\n')[0] ?? '';
	if (line.length <= LONGEST_TITLE) return line;
	const cut = line.slice(0, LONGEST_TITLE);
	return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_TITLE / 2))}…`;
}

/** A long paragraph in pieces that end with a sentence. */
function pieces(paragraph: string): string[] {
	const sentences = paragraph.match(/[^.!?\n]+(?:[.!?]+|\n|$)\s*/g) ?? [paragraph];
	const found: string[] = [];
	for (const sentence of sentences) {
		const last = found.at(-1);
		if (last !== undefined && last.length + sentence.length <= LONGEST) found[found.length - 1] = last + sentence;
		else
			for (let start = 0; start < sentence.length; start += LONGEST) found.push(sentence.slice(start, start + LONGEST));
	}
	return found.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/**
 * Cuts a document into passages: at its headings (Markdown, numbered, in capitals, or a question on a line of its own) and empty
 * lines; what is short and belongs to one heading stays together.
 */
export function passagesOf(document: string): Passage[] {
	const passages: Passage[] = [];
	let heading: string | undefined;
	let open: string[] = [];
	const close = (): void => {
		for (const text of open) passages.push({ title: heading ?? firstWords(text), text });
		open = [];
	};
	for (const block of document.replace(/\r\n?/g, '\n').split(/\n\s*\n/)) {
		let rest: string[] = [];
		const flush = (): void => {
			for (const piece of pieces(rest.join('\n'))) {
				const last = open.at(-1);
				if (heading !== undefined && last !== undefined && last.length + piece.length + 1 <= LONGEST)
					open[open.length - 1] = `${last}\n${piece}`;
				else open.push(piece);
			}
			rest = [];
		};
		for (const line of block.split('\n')) {
			const found = line.trim() === '' ? undefined : headingOf(line);
			if (found === undefined) {
				if (line.trim() !== '') rest.push(line.trim());
				continue;
			}
			flush();
			close();
			heading = found;
		}
		flush();
	}
	close();
	return passages;
}
