import type { INodeProperties } from 'n8n-workflow';

import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, words } from '../../shared/n8n/parameters';
import { keyOf } from '../../shared/domain/profile/keyOf';

export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output field to put the file in',
	description: 'Where the file goes',
};

interface OutputFile {
	readonly business: string;
	readonly ending: string;
	readonly mimeType: string;
	readonly content: string;
}

/** The file under the name that the node asks for, called after the business. */
export async function outputFile(context: OperationContext, file: OutputFile) {
	const field = parameter(context, 'binaryPropertyName', 'Put Output File in Field', words).trim() || 'data';
	const fileName = `${keyOf(file.business)}.${file.ending}`;
	const binary = await context.node.helpers.prepareBinaryData(
		Buffer.from(file.content, 'utf8'),
		fileName,
		file.mimeType,
	);
	return { fileName, binary: { [field]: binary } };
}
