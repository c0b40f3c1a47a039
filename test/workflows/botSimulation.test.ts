import { strToU8, zipSync } from 'fflate';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { countSoFar } from '../../nodes/shared/store/repositories/cases';
import { readBinary, runWorkflow, type RunOutcome } from '../support/engine';
import { chatsOfAShop } from '../support/pastChats';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const FORM = 'Subir chats exportados';
const SIMULATE = 'Simular con el perfil publicado';
const REPORT = 'Entregar el informe';
const NO_CHAT = 'Decir qué archivo no sirve';

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open();
});

afterEach(async () => {
	await desk.close();
});

interface UploadedFile {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** What n8n's form makes of uploaded files: one item, a numbered field each. */
function upload(files: readonly UploadedFile[]): INodeExecutionData {
	const binary = Object.fromEntries(
		files.map(({ name, bytes }, index): [string, IBinaryData] => [
			`Chats_${index}`,
			{ data: Buffer.from(bytes).toString('base64'), mimeType: 'text/plain', fileName: name },
		]),
	);
	return { json: { Chats: files.map(({ name }) => ({ filename: name })), formMode: 'production' }, binary };
}

async function submit(...files: readonly UploadedFile[]): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('bot-simulation.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote'),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: FORM,
		inputItems: [upload(files)],
	});
}

const asText = ({ title, text }: { readonly title: string; readonly text: string }): UploadedFile => ({
	name: title,
	bytes: strToU8(text),
});

const rowsIn = async (table: 'contacts' | 'conversations' | 'messages' | 'cases' | 'outbox' | 'audit_log') =>
	await desk.store.db.selectFrom(table).select('id').execute();

test('B18: several exported chats are uploaded, and the report waits on the form’s last page', async () => {
	const chats = chatsOfAShop(120);
	const iPhone: UploadedFile = {
		name: 'WhatsApp Chat - Marisol Ruiz.zip',
		bytes: zipSync({
			'_chat.txt': strToU8(
				'[12/03/26, 9:05:10 a. m.] Marisol Ruiz: necesito cotizar 5 monitores\n[12/03/26, 12:30:00 p. m.] PROSUMINISTROS: Hola, soy Carolina Rojas',
			),
			'00000001-PHOTO.jpg': new Uint8Array([1, 2, 3]),
		}),
	};
	const run = await submit(...chats.map(asText), iPhone);

	expect(run.errors).toEqual({});
	const [summary] = run.outputs[SIMULATE]?.[0] ?? [];
	expect(summary?.json).toMatchObject({ simulated: true, business: 'PROSUMINISTROS', chats: chats.length + 1 });
	expect(Number(summary?.json.resolvedShare)).toBeGreaterThan(0.5);
	expect(JSON.stringify(summary?.json.lateQuotations)).toContain('Marisol Ruiz');
	expect(JSON.stringify(summary?.json.draft)).toContain('Carolina Rojas');
	const page = (await readBinary(summary?.binary?.report)).toString('utf8');
	expect(page).toMatch(/^<!doctype html>/);
	expect(page).toContain('Cotizaciones que esperaron');
	expect(summary?.binary?.report).toMatchObject({ fileName: 'simulacion-de-chats.html', mimeType: 'text/html' });
	expect(run.order).toEqual([FORM, SIMULATE, REPORT]);
	expect(run.status).toBe('waiting');
});

test('B18: nothing is sent, nothing is stored and no case number is used', async () => {
	await submit(...chatsOfAShop(60).map(asText));

	expect(desk.simulator.ledger.counters.sends).toBe(0);
	for (const table of ['contacts', 'conversations', 'messages', 'cases', 'outbox'] as const)
		expect([table, await rowsIn(table)]).toEqual([table, []]);
	expect(await countSoFar(desk.store.db, 'desk', 'case:PS-2026-#')).toBe(0);
});

test('a file that is no chat is named on the form, with what to do', async () => {
	const run = await submit(...chatsOfAShop(20).map(asText), {
		name: 'clientes.csv.txt',
		bytes: strToU8('nombre;telefono\nLaura;300'),
	});

	expect(run.order).toEqual([FORM, SIMULATE, NO_CHAT]);
	const [problem] = run.outputs[SIMULATE]?.[1] ?? [];
	expect(problem?.json).toMatchObject({
		error: expect.stringContaining("'clientes.csv.txt' is no chat that WhatsApp exported"),
		message: expect.stringContaining('Export chat'),
	});
});
