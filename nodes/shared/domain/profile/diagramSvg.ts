import type { BoxKind, DiagramBox, DialogueDiagram } from './diagram';

const WIDTH = 280;
const GAP = 32;
const MARGIN = 32;
const PADDING = 14;
const TITLE_LINE = 19;
const LINE = 17;
const ARROW = 30;
const HEADER = 64;
const TRUNK_WIDTH = 420;

/** Average advance of a letter of the system's interface font, in pixels; lines are broken by it, so it is generous. */
const TITLE_LETTER = 7.6;
const LETTER = 6.7;

/** Letters that need more room than the average. */
const isWide = (letter: string): boolean => /\p{Extended_Pictographic}|\p{Script=Han}/u.test(letter);

const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (isWide(letter) ? 2 : 1), 0);

/** Breaks a text at spaces, and a word that is longer than a line inside. */
function wrapped(text: string, room: number): string[] {
	return text.split('\n').flatMap((paragraph) => {
		const lines: string[] = [];
		let line = '';
		for (const word of paragraph.split(/\s+/).filter((part) => part !== '')) {
			const longer = line === '' ? word : `${line} ${word}`;
			if (widthOf(longer) <= room) {
				line = longer;
				continue;
			}
			if (line !== '') lines.push(line);
			line = word;
			while (widthOf(line) > room) {
				const letters = [...line];
				lines.push(letters.slice(0, room).join(''));
				line = letters.slice(room).join('');
			}
		}
		return line === '' ? lines : [...lines, line];
	});
}

const escaped = (text: string): string =>
	text.replace(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`).replace(/\p{Cc}/gu, '');

interface PlacedBox {
	readonly kind: BoxKind;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly title: readonly string[];
	readonly lines: readonly string[];
	readonly notes: readonly string[];
}

function place({ kind, title, lines, notes = [] }: DiagramBox, x: number, y: number, width: number): PlacedBox {
	const room = width - 2 * PADDING;
	const titleLines = wrapped(title, Math.floor(room / TITLE_LETTER));
	const broken = (texts: readonly string[]) => texts.flatMap((line) => wrapped(line, Math.floor(room / LETTER)));
	const textLines = broken(lines);
	const noteLines = broken(notes);
	const below = textLines.length + noteLines.length;
	const height = 2 * PADDING + titleLines.length * TITLE_LINE + (below > 0 ? 4 + below * LINE : 0);
	return { kind, x, y, width, height, title: titleLines, lines: textLines, notes: noteLines };
}

/** Boxes one under the other. */
function stack(boxes: readonly DiagramBox[], x: number, y: number, width: number): PlacedBox[] {
	const placed: PlacedBox[] = [];
	for (const box of boxes) {
		const last = placed.at(-1);
		placed.push(place(box, x, last === undefined ? y : last.y + last.height + ARROW, width));
	}
	return placed;
}

const bottomOf = (boxes: readonly PlacedBox[]): number => Math.max(0, ...boxes.map(({ y, height }) => y + height));
const middleOf = ({ x, width }: PlacedBox): number => x + width / 2;

function drawBox({ kind, x, y, width, height, title, lines, notes }: PlacedBox): string {
	const round = kind === 'start' || kind === 'option' ? 18 : 8;
	const top = y + PADDING + 13;
	const titles = title.map(
		(line, index) => `<text class="title" x="${x + PADDING}" y="${top + index * TITLE_LINE}">${escaped(line)}</text>`,
	);
	const below = top + title.length * TITLE_LINE + 2;
	const texts = [...lines, ...notes].map((line, index) => {
		const style = index < lines.length ? '' : 'class="note" ';
		return `<text ${style}x="${x + PADDING}" y="${below + index * LINE}">${escaped(line)}</text>`;
	});
	return `<g class="${kind}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>${[...titles, ...texts].join('')}</g>`;
}

const drawArrow = (path: string): string => `<path class="arrow" d="${path}" marker-end="url(#head)"/>`;

function arrowsDown(boxes: readonly PlacedBox[]): string[] {
	return boxes.slice(1).map((box, index) => {
		const above = boxes[index] ?? box;
		return drawArrow(`M${middleOf(above)} ${above.y + above.height}V${box.y - 2}`);
	});
}

const STYLE = `
svg{background:#f7f8fa;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
text{font-size:13px;fill:#3c4453}
.title{font-size:14px;font-weight:600;fill:#111827}
.note{font-style:italic;fill:#5d6778}
.heading{font-size:24px;font-weight:700;fill:#111827}
rect{fill:#fff;stroke:#cbd2dc;stroke-width:1.2}
.start rect,.menu rect{fill:#e7f0ff;stroke:#7aa2e8}
.option rect{fill:#dff5ea;stroke:#57b98a}
.case rect{fill:#fff3d6;stroke:#dcae45}
.message rect{fill:#f1f3f7}
.rule rect{stroke-dasharray:5 4}
.arrow{fill:none;stroke:#8a94a6;stroke-width:1.5}
#head path{fill:#8a94a6}
@media (prefers-color-scheme:dark){
svg{background:#14171d}
text{fill:#c3cad6}
.note{fill:#939db0}
.title,.heading{fill:#f2f4f8}
rect{fill:#1d222b;stroke:#3b4454}
.start rect,.menu rect{fill:#1b2b47;stroke:#4a72b8}
.option rect{fill:#173328;stroke:#3a8f68}
.case rect{fill:#3a3016;stroke:#a07f32}
.message rect{fill:#232935}
}`;

/**
 * The diagram as one SVG file without anything from elsewhere: no fonts, scripts or addresses. Light and dark by the reader's own
 * setting.
 */
export function svgOf(diagram: DialogueDiagram): string {
	const columnsWidth = diagram.columns.length * WIDTH + Math.max(0, diagram.columns.length - 1) * GAP;
	const rulesWidth = diagram.rules.length * WIDTH + Math.max(0, diagram.rules.length - 1) * GAP;
	const inner = Math.max(columnsWidth, rulesWidth, TRUNK_WIDTH);
	const width = inner + 2 * MARGIN;
	const trunk = stack(diagram.trunk, (width - TRUNK_WIDTH) / 2, HEADER + MARGIN, TRUNK_WIDTH);
	const branchY = bottomOf(trunk) + 28;
	const left = (width - columnsWidth) / 2;
	const columns = diagram.columns.map((column, index) =>
		stack(column, left + index * (WIDTH + GAP), branchY + 28, WIDTH),
	);
	const menu = trunk.at(-1);
	const branches = columns.flatMap(([first]) =>
		first === undefined || menu === undefined
			? []
			: [drawArrow(`M${middleOf(menu)} ${menu.y + menu.height}V${branchY}H${middleOf(first)}V${first.y - 2}`)],
	);
	const rulesY = bottomOf([...trunk, ...columns.flat()]) + 48;
	const rulesLeft = (width - rulesWidth) / 2;
	const rules = diagram.rules.map((box, index) => place(box, rulesLeft + index * (WIDTH + GAP), rulesY, WIDTH));
	const height = bottomOf([...trunk, ...columns.flat(), ...rules]) + MARGIN;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(diagram.title)}">`,
		`<title>${escaped(diagram.title)}</title><style>${STYLE}</style>`,
		'<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>',
		`<text class="heading" x="${MARGIN}" y="${MARGIN + 22}">${escaped(diagram.title)}</text>`,
		...branches,
		...arrowsDown(trunk),
		...columns.flatMap(arrowsDown),
		...[...trunk, ...columns.flat(), ...rules].map(drawBox),
		'</svg>',
		'',
	].join('\n');
}
