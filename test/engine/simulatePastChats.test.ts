import { strToU8, zipSync } from 'fflate';
import type { INodeExecutionData, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { pressNode, readBinary, type PressOutcome } from '../support/engine';
import { TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;

beforeAll(async () => {
	desk = await TemplateDesk.open();
});

afterAll(async () => {
	await desk.close();
});

const LAURA = [
	'12/03/2026, 9:05 - Laura Gómez: Buenas, necesito cotizar 20 portátiles',
	'12/03/2026, 12:30 - PROSUMINISTROS: Hola, le habla Carolina Rojas',
].join('\n');

async function simulate(
	parameters: INodeParameters,
	items: readonly INodeExecutionData[],
	settings: { readonly mode?: WorkflowExecuteMode; readonly goesOn?: boolean } = {},
): Promise<PressOutcome> {
	return await pressNode({
		node: WhatsAppCrm,
		mode: settings.mode ?? 'trigger',
		parameters: { resource: 'conversation', operation: 'simulatePastChats', ...parameters },
		inputItems: items,
		credentials: desk.credentials,
		...(settings.goesOn === true ? { onError: 'continueRegularOutput' } : {}),
	});
}

const file = (name: string, bytes: Uint8Array): INodeExecutionData => ({
	json: {},
	binary: { data: { data: Buffer.from(bytes).toString('base64'), mimeType: 'text/plain', fileName: name } },
});

const jsonOf = ({ outputs }: PressOutcome) => (outputs[0] ?? []).map(({ json }) => json);

describe('B18: WhatsApp CRM: Simulate Past Chats', () => {
	test.each(['manual', 'trigger'] as const)('it does the same by hand and in production (%s)', async (mode) => {
		const outcome = await simulate({ source: 'text', chatText: LAURA, return: 'both' }, [{ json: {} }], { mode });

		expect(jsonOf(outcome)).toEqual([
			expect.objectContaining({ simulated: true, conversations: 1, withNeed: 1, resolvedShare: 1, leads: 1 }),
			expect.objectContaining({
				simulated: true,
				customer: 'Laura Gómez',
				intent: 'quotation',
				outcome: 'registered',
				asked: ['name', 'identification', 'detailLevel'],
				firstAnswerMinutes: 205,
				dialogue: expect.arrayContaining([
					{
						customer: 'Buenas, necesito cotizar 20 portátiles',
						files: [],
						assumed: false,
						bot: [expect.stringContaining('PROSUMINISTROS')],
					},
				]),
			}),
		]);
	});

	test('files as WhatsApp exports them: text, text with the mark of its bytes, and a zip of an iPhone', async () => {
		const { outputs } = await simulate({ return: 'both' }, [
			file('Chat de WhatsApp con Laura Gómez.txt', strToU8(LAURA)),
			file(
				'WhatsApp Chat - Pedro Díaz.txt',
				Buffer.from(`\ufeff${LAURA.replaceAll('Laura Gómez', 'Pedro Díaz')}`, 'utf16le'),
			),
			file(
				'WhatsApp Chat - Ana Ruiz.zip',
				zipSync({ '_chat.txt': strToU8('[12/03/26, 9:05:10] Ana Ruiz: quiero hablar con un asesor') }),
			),
		]);
		const [summary, ...conversations] = outputs[0] ?? [];

		expect(summary?.json).toMatchObject({ chats: 3, business: 'PROSUMINISTROS', resolvedShare: 2 / 3 });
		expect(summary?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(conversations.map(({ json, pairedItem }) => [json.customer, json.outcome, pairedItem])).toEqual([
			['Laura Gómez', 'registered', [{ item: 0 }]],
			['Pedro Díaz', 'registered', [{ item: 1 }]],
			['Ana Ruiz', 'handed_over', [{ item: 2 }]],
		]);
		expect((await readBinary(summary?.binary?.report)).toString('utf8')).toContain('Carolina Rojas');
	});

	test('a table: one message an item, and rows without a time are told', async () => {
		const row = (direction: string, at: string, text: string): INodeExecutionData => ({
			json: { chat: 'Laura', at, from: direction === 'in' ? 'Laura' : 'Tienda', text, direction },
		});
		const { outputs } = await simulate({ source: 'table', return: 'both' }, [
			row('in', '2026-03-12 09:05', 'necesito cotizar 20 portátiles'),
			row('out', '2026-03-12 09:10', 'Claro'),
			row('in', 'ayer', 'gracias'),
		]);
		const [summary, conversation] = outputs[0] ?? [];

		expect(summary?.json).toMatchObject({
			evidence: 'table',
			messages: 2,
			refusedRows: [{ row: 2, reason: 'no_time' }],
		});
		expect(conversation?.json).toMatchObject({ outcome: 'registered', firstAnswerMinutes: 5 });
		expect(conversation?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('another profile is tried out without being published, and the strict reading counts words only', async () => {
		const strict = await simulate(
			{
				source: 'text',
				chatText: LAURA,
				return: 'both',
				options: { assumesAnswers: false, profileJson: '{"name":"El Tornillo","timeZone":"America/Mexico_City"}' },
			},
			[{ json: {} }],
		);

		expect(jsonOf(strict)).toEqual([
			expect.objectContaining({ timeZone: 'America/Mexico_City', resolvedShare: 0 }),
			expect.objectContaining({ outcome: 'unfinished', startedAt: '2026-03-12T15:05:00.000Z' }),
		]);
		const again = await simulate({ source: 'text', chatText: LAURA }, [{ json: {} }]);
		expect(jsonOf(again)[0]).toMatchObject({ timeZone: 'America/Bogota' });
	});

	test.each([
		['no export', { source: 'text', chatText: 'hola' }, 'is no chat that WhatsApp exported'],
		['no messages in the rows', { source: 'table' }, "each needs a 'chat' and an 'at'"],
		['no such zone', { source: 'text', chatText: LAURA, options: { timeZone: 'Bogotá' } }, 'is no time zone'],
		['no such file', {}, "contain a binary file 'data'"],
	])('what cannot be read is said in words: %s', async (_what, parameters, sentence) => {
		const { error } = await simulate(parameters as INodeParameters, [{ json: {} }]);

		expect(`${error?.message} ${error?.description}`).toContain(sentence);
	});

	test('a zip that unpacks to more than it should is refused before it is unpacked', async () => {
		const zeros = new Uint8Array(65 * 1024 * 1024);
		const { error } = await simulate({}, [file('chats.zip', zipSync({ 'a.txt': zeros }, { level: 1 }))]);

		expect(error?.message).toContain('unpacks to more than 64 MB');
	});

	test('with On Error = Continue one bad file does not keep the others from being simulated', async () => {
		const { outputs } = await simulate(
			{},
			[file('roto.zip', new Uint8Array([0x50, 0x4b, 3, 4, 9, 9])), file('bien.txt', strToU8(LAURA))],
			{ goesOn: true },
		);

		expect(outputs[0]?.map(({ json, pairedItem }) => [json.chats ?? json.error, pairedItem])).toEqual([
			[1, [{ item: 0 }, { item: 1 }]],
			[expect.stringContaining("'roto.zip' cannot be unpacked"), { item: 0 }],
		]);
	});
});
