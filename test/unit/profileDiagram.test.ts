import { businessProfileSchema, type BusinessProfileInput } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { profileDiagram } from '../../nodes/shared/usecases/profile/profileDiagram';

const drawn = (change: Partial<BusinessProfileInput> = {}, language: 'es' | 'en' = 'es') =>
	profileDiagram(businessProfileSchema.parse({ ...structuredClone(prosuministros), ...change }), language);

/** What a person reads in the picture, line after line. */
const readable = (svg: string): string =>
	[...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, line]) => line).join(' ');

describe('U1: the dialogue is drawn from the profile', () => {
	test('every menu option, question, button and area is in the picture, in the words of the customers', () => {
		const text = readable(drawn().svg);

		for (const { title } of prosuministros.options) expect(text).toContain(title);
		expect(text).toContain('¿Cuál es tu nombre completo?');
		expect(text).toContain('• Facturación y pagos → facturación, Financiera');
		expect(text).toContain('Se registra el caso: cotización o información');
		expect(text).toContain('A los 15 min y a los 2 h sin respuesta.');
		expect(text).toContain('Nunca de 21:00 a 07:00.');
		expect(text).not.toMatch(/\{[a-z_]+\}/);
	});

	test('in English for an operator who reads English; the sentences stay the customers’', () => {
		const text = readable(drawn({}, 'en').svg);

		expect(text).toContain('The customer writes');
		expect(text).toContain('¿Cuál es tu nombre completo?');
	});

	test('a profile that begins with the menu asks for the data before the case', () => {
		const { mermaid } = drawn({ start: 'menu' });

		expect(mermaid).toContain('start --> menu');
		expect(mermaid).toContain('option1_contact --> option1_case');
	});

	test('the picture is one file: no scripts, addresses, fonts or images from elsewhere', () => {
		const { svg } = drawn();

		expect(svg).not.toMatch(/<script|<image|<foreignObject|href|@import|@font-face|javascript:/i);
		expect(svg.match(/https?:\/\/[^"]+/g)).toEqual(['http://www.w3.org/2000/svg']);
		expect(svg).toContain('prefers-color-scheme:dark');
	});

	test('what a person wrote cannot break out of the picture or of the text', () => {
		const name = '</text><script>alert(1)</script> "x" & `y`\u0007';
		const { svg, mermaid } = drawn({ name, slogan: '"]; click start "javascript:alert(1)"' });

		expect(svg).not.toContain('<script>');
		expect(svg).not.toContain('\u0007');
		for (const line of mermaid.split('\n')) expect((line.match(/"/g) ?? []).length % 2).toBe(0);
		expect(mermaid).not.toContain('<script');
	});

	test('no line of a box is wider than the box', () => {
		const { svg } = drawn({ slogan: 'palabra'.repeat(60) });
		const lines = [...svg.matchAll(/<text x=[^>]*>([^<]*)<\/text>/g)].map(([, line = '']) => line);

		expect(Math.max(...lines.map((line) => line.replace(/&#\d+;/g, 'x').length))).toBeLessThanOrEqual(60);
	});

	test('the Mermaid text is a flowchart whose arrows join boxes that are there', () => {
		const { mermaid } = drawn();
		const lines = mermaid.split('\n').map((line) => line.trim());
		const boxes = new Set(lines.flatMap((line) => /^(\w+)(?:\(\[|\[\[|\[\/|\{\{|\[|>)"/.exec(line)?.[1] ?? []));
		const arrows = lines.flatMap((line) => {
			const [, from, to] = /^(\w+) --> (\w+)$/.exec(line) ?? [];
			return from === undefined || to === undefined ? [] : [[from, to] as const];
		});

		expect(lines[0]).toBe('flowchart TD');
		expect(arrows.length).toBeGreaterThan(10);
		for (const [from, to] of arrows) expect([boxes.has(from), boxes.has(to)]).toEqual([true, true]);
	});

	test('the same profile gives the same picture', () => {
		expect(drawn()).toEqual(drawn());
	});
});
