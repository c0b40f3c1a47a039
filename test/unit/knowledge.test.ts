import { asksAboutItem, asksPrice, asksWhere, isQuestion } from '../../nodes/shared/domain/knowledge/asking';
import { findEntry } from '../../nodes/shared/domain/knowledge/findEntry';
import { findItem } from '../../nodes/shared/domain/knowledge/findItem';
import { itemAnswer, moneyInWords } from '../../nodes/shared/domain/knowledge/itemAnswer';
import type { CatalogueItem } from '../../nodes/shared/domain/knowledge/knowledge';
import { passagesOf } from '../../nodes/shared/domain/knowledge/passages';
import { readDay, readItemRow, readPrice } from '../../nodes/shared/domain/knowledge/readItem';
import { decidingWords, indexWords } from '../../nodes/shared/domain/knowledge/searchWords';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { renderText } from '../../nodes/shared/text/render';
import { readPhrasedAnswer } from '../../nodes/shared/usecases/knowledge/phraseFromPassages';

const item = (name: string, more: Partial<CatalogueItem> = {}): CatalogueItem => ({
	id: name,
	sku: name.replace(/\W/g, ''),
	name,
	variants: [],
	stock: {},
	...more,
});

test.each([
	['¿hacen envíos a Pasto?', 'envi past'],
	['Envían ustedes a la ciudad de Pasto', 'envi past'],
	['cuánto vale la impresora HP-107w', 'impresor hp 107w 107'],
	['ubicación / ubicaciones', 'ubic'],
	['impresora HP 107 w', 'impresor hp 107w 107'],
	['epson L-3250', 'epson l3250 3250'],
	['memoria de 16 GB', 'memori 16gb 16 gb'],
	['20 y 30 portátiles', '20 30 portatil'],
])('«%s» is looked up by its deciding words', (text, stems) => {
	expect([...new Set(decidingWords(text).map(({ stem }) => stem))].join(' ')).toBe(stems);
});

test.each([
	['impresora', 'inpresroa'],
	['cargador', 'cargadro'],
	['bateria', 'vateria'],
	['cable', 'kable'],
	['celular', 'selular'],
])('«%s» and «%s» sound alike', (right, slip) => {
	const sounds = (text: string) =>
		indexWords(text)
			.split(' ')
			.filter((word) => word.startsWith('0'));
	expect(sounds(slip)).toEqual(sounds(right));
});

test.each<[string, string | undefined]>([
	['$ 1.250.000', '1250000'],
	['1,250,000.50', '1250000.5'],
	['1.250,5', '1250.5'],
	['650000', '650000'],
	['650000.0', '650000'],
	['$650.000 COP', '650000'],
	['0', '0'],
	['1.250.50', undefined],
	['a convenir', undefined],
	['', undefined],
])('C7: the price «%s» is read as %s', (written, price) => {
	expect(readPrice(written)).toBe(price);
});

test.each<[string, string | undefined]>([
	['2026-12-31', '2026-12-31'],
	['31/12/2026', '2026-12-31'],
	['2026-12-31T05:00:00.000Z', '2026-12-31'],
	['31/02/2026', undefined],
	['mañana', undefined],
])('C7: the day «%s» is read as %s', (written, day) => {
	expect(readDay(written)).toBe(day);
});

test('C7: a row says only what it has columns for; an empty cell says that there is nothing', () => {
	expect(readItemRow({ SKU: 'A', Producto: 'X', Precio: '' }, {}, 'CO')).toEqual({
		item: { sku: 'A', name: 'X', price: null, currency: 'COP' },
		leftOut: [],
	});
	expect(
		readItemRow(
			{ SKU: 'A', Producto: 'X', 'Precio promoción': '9', Enlace: 'javascript:alert(1)', 'Válido hasta': 'ayer' },
			{},
			'CO',
		),
	).toMatchObject({
		leftOut: [
			"'javascript:alert(1)' is no web address",
			'the promotion has no last day, so it is not said to customers',
			"'Válido hasta' is no date: 'ayer'",
		],
	});
	expect(readItemRow({ Ref: 'A', Artículo: 'X', 'Mi precio': '10' }, { price: 'Mi precio' }, 'MX')).toMatchObject({
		item: { sku: 'A', name: 'X', price: '10', currency: 'MXN' },
	});
});

describe('which item is meant', () => {
	const items = [
		item('Impresora HP LaserJet 107w'),
		item('Impresora HP LaserJet 107a'),
		item('Impresora Epson L3250'),
		item('Tóner HP 107 negro', { description: 'Para impresora 107w y 107a' }),
	];
	test.each<[string, string]>([
		['impresora hp 107w', 'Impresora HP LaserJet 107w'],
		['inpresora epson', 'Impresora Epson L3250'],
		['toner 107', 'Tóner HP 107 negro'],
	])('«%s» is found', (product, name) => {
		expect(findItem(product, items, 0.6)).toMatchObject({ kind: 'found', best: { item: { name } } });
	});
	test.each(['impresora hp 555x', 'nevera', 'computador portátil'])('«%s» is not', (product) => {
		expect(findItem(product, items, 0.6).kind).toBe('none');
	});
	test.each(['impresora hp 107 w', 'impresora HP 107-W'])(
		'«%s» is the 107w, however the number is written',
		(product) => {
			expect(findItem(product, items, 0.6)).toMatchObject({
				kind: 'found',
				best: { item: { name: 'Impresora HP LaserJet 107w' } },
			});
		},
	);
	test('a list that writes «L 3250» and «16 GB» is found by «L3250» and «16gb»', () => {
		const apart = [item('Epson EcoTank L 3250'), item('Memoria RAM DDR4 16 GB'), item('Memoria RAM DDR4 8 GB')];
		for (const [product, name] of [
			['epson l3250', 'Epson EcoTank L 3250'],
			['memoria ram 16gb', 'Memoria RAM DDR4 16 GB'],
			['memoria ram 8 gb', 'Memoria RAM DDR4 8 GB'],
		] as const)
			expect(findItem(product, apart, 0.6)).toMatchObject({ kind: 'found', best: { item: { name } } });
	});
	test('two that fit alike are several, whatever their order', () => {
		const names = (list: readonly CatalogueItem[]) =>
			findItem('impresora hp laserjet', list, 0.6).ranked.map((one) => one.item.name);
		expect(findItem('impresora hp laserjet', items, 0.6).kind).toBe('several');
		expect(names(items)).toEqual(names([...items].reverse()));
	});
});

test('which entry answers: by what decides, never by common words', () => {
	const entries = [
		{ id: '1', title: '¿Qué garantía tienen los productos?', questions: [], answer: 'Un año.' },
		{ id: '2', title: '¿Hacen envíos a todo el país?', questions: ['¿Envían a domicilio?'], answer: 'Sí.' },
	];
	const best = (text: string) => findEntry(text, entries, 0.6, 'es').best?.entry.id;
	expect(best('¿envian a pasto?')).toBe('2');
	expect(best('que garantía me dan')).toBe('1');
	expect(best('¿qué tienen para hoy?')).toBeUndefined();
	expect(best('¿los productos son originales?')).toBeUndefined();
});

test('what is said of an item follows the day, the settings and the language', () => {
	const promoted = item('Monitor', {
		price: '100000',
		currency: 'COP',
		promotionPrice: '90000.5',
		promotionFrom: '2026-03-10',
		promotionUntil: '2026-03-31',
		stock: { Bogotá: 2, Cali: 1 },
	});
	const says = (at: string, language: string): string =>
		renderText(
			itemAnswer(promoted, new Date(at), profiles.prosuministros, language),
			profiles.prosuministros,
			language,
		);
	// Until midnight in Bogotá, not in Greenwich.
	expect(says('2026-04-01T04:59:00Z', 'es')).toBe(
		'Monitor está en promoción: $ 90.000,50 hasta el 31 de marzo (antes $ 100.000) 🏷️\nHay unidades disponibles en Bogotá y Cali ✔️.',
	);
	expect(says('2026-04-01T05:00:00Z', 'es')).toMatch(/^Monitor: \$ 100\.000/);
	expect(says('2026-03-09T12:00:00Z', 'en')).toMatch(/^Monitor: COP.100,000/);
	expect(moneyInWords('10', 'USD', profiles.prosuministros, 'es')).toContain('10');
});

test('a document is cut at headings, questions and empty lines, and nothing of it is lost', () => {
	const text =
		'# Garantía\nUn año.\nSolo defectos.\n\n1. Envíos\nTres días.\n\n¿Aceptan tarjeta?\nSí.\n\nUn párrafo suelto que nadie tituló.';
	expect(passagesOf(text)).toEqual([
		{ title: 'Garantía', text: 'Un año.\nSolo defectos.' },
		{ title: '1. Envíos', text: 'Tres días.' },
		{ title: '¿Aceptan tarjeta?', text: 'Sí.\nUn párrafo suelto que nadie tituló.' },
	]);
	const long = Array.from({ length: 400 }, (_, index) => `Frase número ${index}.`).join(' ');
	const cut = passagesOf(long);
	expect(Math.max(...cut.map((passage) => passage.text.length))).toBeLessThanOrEqual(700);
	expect(
		cut
			.map((passage) => passage.text)
			.join(' ')
			.match(/\d+/g),
	).toHaveLength(400);
	expect(passagesOf(' \n\n ')).toEqual([]);
});

test.each([
	['¿cuánto vale la impresora?', true, true],
	['¿tienen la impresora hp?', true, false],
	['necesito cotizar 20 portátiles', false, false],
	['hola', false, false],
])('«%s» asks of a thing: %s, its price: %s', (text, ofItem, price) => {
	expect([asksAboutItem(text), asksPrice(text)]).toEqual([ofItem, price]);
});

test.each([
	['dónde quedan?', true],
	['me regala la dirección', true],
	['¿dónde está mi pedido?', false],
	['mi dirección es calle 12', false],
])('«%s» asks where the business is: %s', (text, where) => {
	expect(asksWhere(text)).toBe(where);
});

test.each([
	['Ana Ruiz', false],
	['1020304050', false],
	['quiero cotizar una impresora', false],
	['quisiera saber si dictan cursos', true],
	['hacen domicilios', true],
])('«%s» is a question: %s', (text, question) => {
	expect(isQuestion(text)).toBe(question);
});

test('B20: what a model says counts only with passages that hold every figure and link of it', () => {
	const passages = [
		{ id: '1', title: 'Envíos', questions: [], answer: 'Tres días, 12.000 pesos, ver https://a.example/x' },
	];
	const read = (passage: unknown, answer: string) =>
		readPhrasedAnswer(JSON.stringify({ passages: passage, answer }), passages, '¿y 2 cajas?')?.text;
	expect(read([1], 'Cuesta 12.000 pesos; 2 cajas van juntas: https://a.example/x.')).toContain('12.000');
	expect(read([1], 'Cuesta 12.500 pesos')).toBeUndefined();
	expect(read([1], 'Mira https://a.example/y')).toBeUndefined();
	expect(read([], 'Tres días')).toBeUndefined();
	expect(read([0], 'Tres días')).toBeUndefined();
	expect(read([1, 2], 'Tres días')).toBeUndefined();
	expect(read([1], '  ')).toBeUndefined();
});
