import type { ComponentChildren } from 'preact';

/**
 * WhatsApp's *bold*, _italic_, ~struck~ and ```mono``` and links, built node by node: a customer's text can never become
 * markup.
 */
type Token =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'link'; readonly text: string; readonly url: string }
	| { readonly kind: 'bold' | 'italic' | 'struck' | 'mono'; readonly inside: readonly Token[] };

const MARKS = { '*': 'bold', _: 'italic', '~': 'struck' } as const;
/** A mark opens at a word's beginning and closes at its end, as WhatsApp has it. */
const STYLED = /```([\s\S]+?)```|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}])/u;
const LINK = /\bhttps?:\/\/[^\s<>"'`]+/giu;

/** The address when it is one of the web, without what ends the sentence. */
function webAddress(text: string): string | undefined {
	if (!URL.canParse(text)) return undefined;
	const { protocol, href } = new URL(text);
	return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

function linksIn(text: string): Token[] {
	const tokens: Token[] = [];
	let end = 0;
	for (const found of text.matchAll(LINK)) {
		const written = found[0].replace(/[.,;:!?)\]}*_~]+$/, '');
		const url = webAddress(written);
		if (url === undefined) continue;
		if (found.index > end) tokens.push({ kind: 'text', text: text.slice(end, found.index) });
		tokens.push({ kind: 'link', text: written, url });
		end = found.index + written.length;
	}
	if (end < text.length) tokens.push({ kind: 'text', text: text.slice(end) });
	return tokens;
}

function tokensOf(text: string): Token[] {
	// Marks inside an address are part of it.
	const [firstLink] = text.matchAll(LINK);
	const found = STYLED.exec(text);
	if (found === null) return linksIn(text);
	if (firstLink !== undefined && firstLink.index < found.index && firstLink.index + firstLink[0].length > found.index) {
		const end = firstLink.index + firstLink[0].length;
		return [...linksIn(text.slice(0, end)), ...tokensOf(text.slice(end))];
	}
	const [whole, mono, mark, inside] = found;
	const after = tokensOf(text.slice(found.index + whole.length));
	const before = linksIn(text.slice(0, found.index));
	if (mono !== undefined) return [...before, { kind: 'mono', inside: [{ kind: 'text', text: mono }] }, ...after];
	return [...before, { kind: MARKS[mark as keyof typeof MARKS], inside: tokensOf(inside) }, ...after];
}

function highlighted(text: string, search: string): ComponentChildren {
	if (search === '') return text;
	const at = foldedIndex(text, search);
	if (at === -1) return text;
	return (
		<>
			{text.slice(0, at)}
			<mark>{text.slice(at, at + search.length)}</mark>
			{highlighted(text.slice(at + search.length), search)}
		</>
	);
}

/** One letter for one letter, so that positions stay: accents and capitals do not count. */
const folded = (text: string): string =>
	[...text]
		.map((character) => {
			const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
			return plain.length === character.length ? plain : character;
		})
		.join('');

const foldedIndex = (text: string, search: string): number => folded(text).indexOf(folded(search));

const TAGS = { bold: 'strong', italic: 'em', struck: 's', mono: 'code' } as const;

function nodesOf(tokens: readonly Token[], search: string): ComponentChildren {
	return tokens.map((token, index) => {
		if (token.kind === 'text') return <span key={index}>{highlighted(token.text, search)}</span>;
		if (token.kind === 'link')
			return (
				<a key={index} href={token.url} target="_blank" rel="noopener noreferrer nofollow">
					{highlighted(token.text, search)}
				</a>
			);
		const Tag = TAGS[token.kind];
		return <Tag key={index}>{nodesOf(token.inside, search)}</Tag>;
	});
}

/** A message as WhatsApp shows it. */
export const FormattedText = ({ text, search = '' }: { text: string; search?: string }) => (
	<>{nodesOf(tokensOf(text), search)}</>
);

/** Plain words with what was searched for marked. */
export const Highlighted = ({ text, search }: { text: string; search: string }) => <>{highlighted(text, search)}</>;

/** An address of the web from data, or nothing: no other scheme ever becomes a link. */
export const safeUrl = (url: string | undefined): string | undefined =>
	url === undefined ? undefined : webAddress(url);
