import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { flag, parameter, words } from '../../shared/n8n/parameters';
import type { OperationContext } from '../../shared/n8n/operation';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { importProfile, reviewImport } from '../../shared/usecases/profile/importProfile';
import { saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { jsonField, jsonObject } from './profileFields';
import { languageOfReport, reportOptions } from './reportLanguage';
import { saveAs, saveAsField } from './saveAs';

/** What the file or the JSON says; not checked yet. */
async function importedJson(context: OperationContext): Promise<unknown> {
	const from = parameter(context, 'importFrom', 'Import From', z.enum(['file', 'json']));
	if (from === 'json') return parameter(context, 'profileJson', 'Profile (JSON)', jsonObject);
	const field = parameter(context, 'binaryPropertyName', 'Input Data Field Name', words);
	const bytes = await context.node.helpers.getBinaryDataBuffer(context.itemIndex, field);
	const read = jsonObject.safeParse(bytes.toString('utf8'));
	if (read.success) return read.data;
	throw new InvalidInput({
		message: `The file in '${field}' cannot be used: ${read.error.issues[0]?.message ?? 'it is not JSON'}`,
		description: "Use a file that Business Profile: Export has made, or choose JSON in 'Import From'.",
		parameter: 'Input Data Field Name',
	});
}

export const importBusinessProfile: WhatsAppCrmOperation = {
	value: 'import',
	name: 'Import',
	action: 'Import business profile',
	description: 'Take over a whole exported profile, as the draft or published at once; it is checked first',
	// Everybody who writes afterwards is answered by it: not for a model alone.
	needsApproval: true,
	properties: [
		{
			displayName: 'Import From',
			name: 'importFrom',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: 'A file that Export has made' },
				{ name: 'JSON', value: 'json', description: 'The content of such a file' },
			],
			default: 'json',
			description: 'Where the profile comes from',
		},
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			displayOptions: { show: { importFrom: ['file'] } },
			description: 'The field of the item that has the file',
		},
		{
			...jsonField,
			displayOptions: { show: { importFrom: ['json'] } },
			description: 'A whole profile, as Business Profile: Export gives it',
		},
		{ ...saveAsField, default: 'draft' },
		saveByHandField,
		reportOptions,
	],
	async execute(context, { store }) {
		const json = await importedJson(context);
		const language = languageOfReport(context);
		if (context.manual && !parameter(context, 'saveByHand', 'Save When Run by Hand', flag.default(false))) {
			const { candidate, problems, changes } = await reviewImport(store, json, language);
			const valid = problems.length === 0;
			return { simulated: true, valid, problems, changes, profile: candidate } as IDataObject;
		}
		const as = parameter(context, 'saveAs', 'Save As', saveAs);
		const { action, version, profile, changes } = await importProfile(store, json, { as, language }, SETTINGS_ACTOR);
		return { action, version, name: profile.name, changes: [...changes] } as IDataObject;
	},
};
