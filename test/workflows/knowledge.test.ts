import { createRequire } from 'node:module';
import path from 'node:path';

import { readBinary, runWorkflow, type RunOutcome } from '../support/engine';
import { projectFolder } from '../support/registered';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

type Row = Readonly<Record<string, unknown>>;

/** The library with which n8n's own nodes read and write spreadsheets. */
interface Spreadsheets {
	readonly read: (bytes: Buffer) => { readonly SheetNames: string[]; readonly Sheets: Record<string, unknown> };
	readonly write: (book: unknown, options: { readonly type: 'buffer'; readonly bookType: 'xlsx' }) => Buffer;
	readonly utils: {
		readonly book_new: () => unknown;
		readonly book_append_sheet: (book: unknown, sheet: unknown, name: string) => void;
		readonly json_to_sheet: (rows: readonly Row[]) => unknown;
		readonly sheet_to_json: (sheet: unknown) => Row[];
	};
}

const spreadsheets = createRequire(__filename)(
	path.join(projectFolder, 'test/host/node_modules/@e965/xlsx'),
) as Spreadsheets;

function sheetOf(rows: readonly Row[]): Buffer {
	const { utils, write } = spreadsheets;
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.json_to_sheet(rows), 'Productos');
	return write(book, { type: 'buffer', bookType: 'xlsx' });
}

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open();
});

afterEach(async () => {
	await desk.close();
});

async function submit(bytes: Buffer): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('knowledge.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote'),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: 'Subir la lista de productos',
		inputItems: [
			{
				json: { Lista: { filename: 'lista.xlsx' }, formMode: 'production' },
				binary: {
					Lista: { data: bytes.toString('base64'), mimeType: 'application/octet-stream', fileName: 'lista.xlsx' },
				},
			},
		],
	});
}

async function reportOf(run: RunOutcome): Promise<Row[]> {
	const [item] = run.outputs['Escribir el informe']?.[0] ?? [];
	const binary = item?.binary?.['informe'];
	if (binary === undefined) throw new Error('There is no report.');
	const book = spreadsheets.read(await readBinary(binary));
	return spreadsheets.utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? '']);
}

const LIST: readonly Row[] = [
	{
		Código: 'HP107',
		Producto: 'Impresora HP 107w',
		Precio: 650000,
		'Stock Bogotá': 4,
		'Stock Cali': 0,
		Entrega: '2 días hábiles',
	},
	{ Código: 'TN105', Producto: 'Tóner HP 105A', Precio: 'por confirmar' },
];

test('C7: a list is uploaded, and the report that is downloaded says what became of each row', async () => {
	const report = await reportOf(await submit(sheetOf(LIST)));

	expect(report).toMatchObject([
		{ row: 1, action: 'created', sku: 'HP107' },
		{ row: 2, action: 'refused', why: "'Precio' is no price: 'por confirmar'" },
	]);
	const items = await desk.store.db.selectFrom('catalogue_items').select(['sku', 'price', 'stock']).execute();
	expect(items).toEqual([{ sku: 'HP107', price: '650000', stock: '{"Bogotá":4,"Cali":0}' }]);
});

test('C7: the same list again changes nothing; a corrected row is taken', async () => {
	await submit(sheetOf(LIST));
	const report = await reportOf(await submit(sheetOf([LIST[0] ?? {}, { ...LIST[1], Precio: '$ 210.000' }])));

	expect(report.map(({ action }) => action)).toEqual(['unchanged', 'created']);
});

test('a file that is no list empties nothing, and the report says so', async () => {
	await submit(sheetOf(LIST));
	const run = await submit(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));

	expect((await reportOf(run)).map(({ action }) => action)).toEqual(['refused']);
	expect(await desk.store.db.selectFrom('catalogue_items').select('active').execute()).toEqual([{ active: 1 }]);
});

test('B20: the customer who asks afterwards reads the price of the list, and the bot goes on asking', async () => {
	await submit(sheetOf(LIST));
	const laura = desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' });
	await laura.text('Hola, ¿cuánto vale la impresora HP 107w?').delivered;
	await desk.settle();

	const [sent] = await desk.store.db.selectFrom('messages').select('text').where('direction', '=', 'out').execute();
	expect(sent?.text).toMatch(
		/Impresora HP 107w: \$ 650\.000[\s\S]*disponibles en Bogotá[\s\S]*2 días hábiles[\s\S]*¿Cuál es tu nombre completo\?$/,
	);
});
