import type { INodeProperties } from 'n8n-workflow';
import type { Readable } from 'node:stream';

import type { OperationContext } from '../shared/n8n/operation';
import { parameter, words } from '../shared/n8n/parameters';

export const inputDataField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The field of the input item that holds the file',
	description: 'Name of the input field with the file',
};

/** A file of the item, ready to be read. */
export interface FileOfItem {
	readonly mimeType: string;
	readonly filename: string;
	/** In bytes. */
	readonly size: number;
	/** Opens it; a large file is streamed from where n8n keeps it. */
	open(): Promise<Buffer | Readable>;
}

/** The file that the item carries. @throws NodeOperationError of n8n when there is none in this field. */
export async function fileOfItem(context: OperationContext): Promise<FileOfItem> {
	const { node, itemIndex } = context;
	const field = parameter(context, 'binaryPropertyName', 'Input Data Field Name', words);
	const binary = node.helpers.assertBinaryData(itemIndex, field);
	const described = { mimeType: binary.mimeType, filename: binary.fileName ?? `file.${binary.fileExtension ?? 'bin'}` };
	const { id } = binary;
	if (id === undefined) {
		const bytes = await node.helpers.getBinaryDataBuffer(itemIndex, field);
		return { ...described, size: bytes.length, open: async () => await Promise.resolve(bytes) };
	}
	const { fileSize } = await node.helpers.getBinaryMetadata(id);
	return { ...described, size: fileSize, open: async () => await node.helpers.getBinaryStream(id) };
}
