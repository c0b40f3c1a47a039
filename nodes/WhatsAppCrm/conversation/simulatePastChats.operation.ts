import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import type { PastChat } from '../../shared/domain/simulation/chatMessage';
import { readChatTable } from '../../shared/domain/simulation/readChatTable';
import { errorJson, toNodeError } from '../../shared/n8n/errors';
import type { BatchOperation, OperationContext } from '../../shared/n8n/operation';
import { optionalFlag, optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { readChatFiles, readChatText, type ExportReading } from '../../shared/usecases/simulation/readChatFiles';
import {
	conversationItem,
	profileToSimulate,
	simulatePastChats,
	summaryItem,
} from '../../shared/usecases/simulation/simulatePastChats';
import { jsonObject } from '../businessProfile/profileFields';
import type { WhatsAppCrmServices } from '../services';

const SOURCES = ['file', 'table', 'text'] as const;
const forSource = (source: (typeof SOURCES)[number]): INodeProperties['displayOptions'] => ({
	show: { source: [source] },
});

const properties: readonly INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{ name: 'Chat Export File', value: 'file', description: 'What WhatsApp exports: a .txt, or a .zip with it' },
			{ name: 'Chat Export Text', value: 'text', description: 'The text of one exported chat' },
			{ name: 'Table', value: 'table', description: 'One message per item' },
		],
		default: 'file',
		description: 'Where the past chats come from',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: "Of several files from a form ('data_0', 'data_1' …) the name without the number",
		description: 'Name of the input field with the exported chat',
		displayOptions: forSource('file'),
	},
	{
		displayName: 'Chat Text',
		name: 'chatText',
		type: 'string',
		typeOptions: { rows: 8 },
		default: '',
		required: true,
		placeholder: 'e.g. 12/03/2026, 2:05 p. m. - Laura: Buenas tardes',
		description: 'The exported chat, as WhatsApp wrote it',
		displayOptions: forSource('text'),
	},
	{
		displayName:
			"Each item is one message with 'chat', 'at' (date and time), 'from', 'text' and 'direction' ('in' from the customer, 'out' from the business). An Edit Fields node gives columns these names.",
		name: 'tableNotice',
		type: 'notice',
		default: '',
		displayOptions: forSource('table'),
	},
	{
		displayName: 'Return',
		name: 'return',
		type: 'options',
		options: [
			{ name: 'Both', value: 'both', description: 'The summary, then one item per conversation' },
			{ name: 'Conversations', value: 'conversations', description: 'One item per conversation' },
			{ name: 'Summary', value: 'summary', description: 'One item, with the printable report and a draft profile' },
		],
		default: 'summary',
		description: 'Which items come out',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Assume Customers Answer',
				name: 'assumesAnswers',
				type: 'boolean',
				default: true,
				description:
					'Whether customers are taken to answer what the bot asks about them, such as their name. A past chat holds no answers to questions that nobody asked.',
			},
			{
				displayName: 'Business Names',
				name: 'businessNames',
				type: 'string',
				default: '',
				placeholder: 'e.g. PROSUMINISTROS, Carolina Ventas',
				description: 'Names under which the business writes in the chats, separated by commas. Found when empty.',
			},
			{
				displayName: 'Date Order',
				name: 'dateOrder',
				type: 'options',
				options: [
					{ name: 'Day First', value: 'day_first', description: '3/12 is the third of December' },
					{ name: 'Month First', value: 'month_first', description: '3/12 is the twelfth of March' },
				],
				default: 'day_first',
				description: 'How dates are read where the file itself does not tell',
			},
			{
				displayName: 'Profile (JSON)',
				name: 'profileJson',
				type: 'json',
				default: '{}',
				description: 'Fields of the business profile to try out in place of the published ones; nothing is saved',
			},
			{
				displayName: 'Put Output File in Field',
				name: 'outputField',
				type: 'string',
				default: 'report',
				placeholder: 'e.g. report',
				description: 'Name of the output field for the printable report',
			},
			{
				displayName: 'Time Zone',
				name: 'timeZone',
				type: 'string',
				default: '',
				placeholder: 'e.g. America/Bogota',
				description: "Of the phone that made the export. Empty for the business profile's.",
			},
		],
	},
];

const commaNames = optionalWords.transform((text) => {
	const names = (text ?? '').split(',').flatMap((name) => name.trim() || []);
	return names.length === 0 ? undefined : names;
});

const simulationOptions = optionsOf({
	assumesAnswers: optionalFlag,
	businessNames: commaNames,
	dateOrder: z.enum(['day_first', 'month_first']).optional(),
	outputField: optionalWords,
	profileJson: jsonObject.optional(),
	timeZone: optionalWords,
});

/** A chat and the input items that it came from. */
interface FoundChat {
	readonly chat: PastChat;
	readonly inputs: readonly number[];
}

interface FoundChats {
	readonly chats: readonly FoundChat[];
	/** Items that could not be read, when the node goes on. */
	readonly failed: readonly INodeExecutionData[];
	readonly refusedRows: ReadonlyArray<{ readonly row: number; readonly reason: string }>;
}

/** Fields of the item that hold files: the named one, and its numbered ones of a form with several. */
function fileFields({ item, node, itemIndex }: OperationContext, name: string): string[] {
	const numbered = Object.keys(item.binary ?? {}).filter(
		(field) => field.startsWith(`${name}_`) && /^\d+$/.test(field.slice(name.length + 1)),
	);
	if (numbered.length > 0) return numbered;
	// n8n's own words when the field is not there.
	node.helpers.assertBinaryData(itemIndex, name);
	return [name];
}

async function chatsOfFiles(context: OperationContext, reading: ExportReading): Promise<PastChat[]> {
	const name = parameter(context, 'binaryPropertyName', 'Input Data Field Name', words);
	const files = await Promise.all(
		fileFields(context, name).map(async (field) => ({
			filename: context.item.binary?.[field]?.fileName ?? field,
			bytes: await context.node.helpers.getBinaryDataBuffer(context.itemIndex, field),
		})),
	);
	return readChatFiles(files, reading);
}

async function chatsOfItem(
	context: OperationContext,
	source: 'file' | 'text',
	reading: ExportReading,
): Promise<PastChat[]> {
	if (source === 'file') return await chatsOfFiles(context, reading);
	const text = parameter(context, 'chatText', 'Chat Text', words);
	return [readChatText(`Chat ${context.itemIndex + 1}`, text, reading, 'Chat Text')];
}

async function findChats(
	contexts: readonly OperationContext[],
	source: (typeof SOURCES)[number],
	reading: ExportReading,
): Promise<FoundChats> {
	if (source === 'table') {
		const { chats, refused } = readChatTable(
			contexts.map(({ item }) => item.json),
			reading.timeZone,
		);
		return {
			chats: chats.map(({ rows, ...chat }) => ({ chat, inputs: rows })),
			failed: [],
			refusedRows: refused,
		};
	}
	const chats: FoundChat[] = [];
	const failed: INodeExecutionData[] = [];
	for (const context of contexts) {
		const { node, itemIndex } = context;
		try {
			const found = await chatsOfItem(context, source, reading);
			chats.push(...found.map((chat) => ({ chat, inputs: [itemIndex] })));
		} catch (error) {
			const shown = toNodeError(node.getNode(), error, itemIndex);
			if (!node.continueOnFail()) throw shown;
			failed.push({ json: errorJson(error, shown), pairedItem: { item: itemIndex } });
		}
	}
	return { chats, failed, refusedRows: [] };
}

function refuseNothing({ chats, failed, refusedRows }: FoundChats): void {
	if (chats.length > 0 || failed.length > 0) return;
	const [first] = refusedRows;
	throw new InvalidInput({
		message: "There is no message in these items: each needs a 'chat' and an 'at' with date and time",
		description:
			first?.reason === 'no_chat'
				? "Add a column 'chat' with the customer's name or number."
				: "Write 'at' like 2026-03-12 14:05 or 2026-03-12T14:05:00-05:00.",
		parameter: 'Source',
	});
}

export const simulatePastChatsOperation: BatchOperation<WhatsAppCrmServices> = {
	value: 'simulatePastChats',
	name: 'Simulate Past Chats',
	action: 'Simulate past chats',
	description: 'Report what the bot would have understood, asked, registered and handed over; nothing is sent or saved',
	properties,
	// Pure, so it does the same by hand and in production.
	async executeAll(node: IExecuteFunctions, items, manual, { store }) {
		const contexts = items.map((item, itemIndex): OperationContext => ({ node, item, itemIndex, manual }));
		const [settings] = contexts;
		if (settings === undefined) return [];
		const source = parameter(settings, 'source', 'Source', z.enum(SOURCES));
		const wanted = parameter(settings, 'return', 'Return', z.enum(['both', 'conversations', 'summary']));
		const options = parameter(settings, 'options', 'Options', simulationOptions);
		const profile = await profileToSimulate(store, {
			...options.profileJson,
			...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
		});
		const found = await findChats(contexts, source, {
			timeZone: profile.timeZone,
			...(options.dateOrder === undefined ? {} : { dateOrder: options.dateOrder }),
		});
		refuseNothing(found);
		if (found.chats.length === 0) return [...found.failed];
		const { report, page } = await simulatePastChats(store, {
			chats: found.chats.map(({ chat }) => chat),
			profile,
			assumesAnswers: options.assumesAnswers ?? true,
			...(options.businessNames === undefined ? {} : { businessNames: options.businessNames }),
		});
		const output: INodeExecutionData[] = [];
		if (wanted !== 'conversations') {
			const file = await node.helpers.prepareBinaryData(
				Buffer.from(page, 'utf8'),
				'simulacion-de-chats.html',
				'text/html',
			);
			output.push({
				json: { ...summaryItem(report), refusedRows: found.refusedRows } as unknown as IDataObject,
				binary: { [options.outputField ?? 'report']: file },
				pairedItem: contexts.map(({ itemIndex }) => ({ item: itemIndex })),
			});
		}
		if (wanted !== 'summary') {
			for (const detail of report.details)
				output.push({
					json: conversationItem(detail, profile) as IDataObject,
					pairedItem: (found.chats[detail.chatIndex]?.inputs ?? []).map((item) => ({ item })),
				});
		}
		return [...output, ...found.failed];
	},
};
