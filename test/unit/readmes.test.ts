/** Both README files say the same, section by section: whoever reads Spanish misses nothing. */
import { readFileSync } from 'node:fs';

const ROOT = `${__dirname}/../..`;

interface Section {
	readonly level: number;
	readonly title: string;
	readonly bullets: number;
	readonly steps: number;
	readonly rows: number;
	readonly fences: number;
	/** Where its links lead, without those into the file itself. */
	readonly links: readonly string[];
	/** What is the same in every language: names of fields, addresses, commands. */
	readonly codes: readonly string[];
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

function sectionsOf(file: string): Section[] {
	const text = readFileSync(`${ROOT}/${file}`, 'utf8');
	const parts: string[] = [];
	let isFenced = false;
	for (const line of text.split('\n')) {
		if (line.trimStart().startsWith('```')) isFenced = !isFenced;
		if (!isFenced && /^#+ /.test(line)) parts.push(line);
		else parts[parts.length - 1] += `\n${line}`;
	}
	return parts.map((part) => {
		const [heading = '', ...lines] = part.split('\n');
		const prose = lines.join('\n').replace(/^ *```[\s\S]*?^ *```$/gm, '');
		return {
			level: heading.indexOf(' '),
			title: heading.replace(/^#+ /, ''),
			bullets: countOf(prose, /^- /gm),
			steps: countOf(prose, /^\d+\. /gm),
			rows: countOf(prose, /^\|/gm),
			fences: countOf(lines.join('\n'), /^ *```/gm) / 2,
			links: [...prose.matchAll(/\]\(([^)#]+(?:#[^)]*)?)\)/g)]
				.map(([, to = '']) => to)
				.filter((to) => !/^README/.test(to))
				.sort(),
			codes: [...prose.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code = '']) => code).sort(),
		};
	});
}

const english = sectionsOf('README.md');
const spanish = sectionsOf('README.es.md');

test('the same sections in the same order, with as many points, steps, rows and examples', () => {
	const shape = ({ level, bullets, steps, rows, fences }: Section) => ({ level, bullets, steps, rows, fences });
	expect(spanish.map(shape)).toEqual(english.map(shape));
	expect(english.length).toBeGreaterThan(20);
	expect(new Set(english.flatMap(({ links }) => links)).size).toBeGreaterThan(25);
	expect(new Set(english.flatMap(({ codes }) => codes)).size).toBeGreaterThan(40);
});

test.each(english.map((section, place) => [section.title, place] as const))(
	'%s: the same links, fields, addresses and commands',
	(_title, place) => {
		expect(spanish[place]?.links).toEqual(english[place]?.links);
		expect(spanish[place]?.codes).toEqual(english[place]?.codes);
	},
);
