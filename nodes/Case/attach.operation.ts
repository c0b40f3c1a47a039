import type { IDataObject } from 'n8n-workflow';

import { attachmentField, attachmentIdOf } from '../shared/n8n/attachmentOfItem';
import type { OperationContext } from '../shared/n8n/operation';
import { optionalWords, optionsOf, parameter } from '../shared/n8n/parameters';
import { caseField, chosenOption } from '../shared/n8n/storeLists';
import { attachToCase, planAttachment, type AttachedFile } from '../shared/usecases/cases/attachToCase';
import type { CaseOperation } from './services';

const attachOptions = (context: OperationContext) =>
	parameter(context, 'options', 'Options', optionsOf({ attachmentId: optionalWords, case: chosenOption }));

function shown({ item }: OperationContext, file: AttachedFile): IDataObject {
	return {
		...(item.json.crm === undefined ? {} : { crm: item.json.crm }),
		attachmentId: file.attachment.id,
		type: file.attachment.type,
		filename: file.attachment.filename,
		state: file.attachment.state,
		outcome: file.outcome,
		caseId: file.case?.id ?? null,
		number: file.case?.number ?? null,
	};
}

export const attachToCaseOperation: CaseOperation = {
	value: 'attach',
	name: 'Attach',
	action: 'Attach file to case',
	description: "Put a customer's file on their open case; a file that has a case already stays there",
	properties: [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [attachmentField, { ...caseField, required: false, description: "Empty for the customer's open case" }],
		},
	],
	customerOf: async (context, { store }) => {
		const options = attachOptions(context);
		const { attachment, case: found } = await planAttachment(store, {
			attachmentId: attachmentIdOf(context, options.attachmentId),
			caseKey: options.case,
		});
		return found === undefined || found.contact_id === attachment.contact_id ? attachment.contact_id : undefined;
	},
	async execute(context, { store }) {
		const options = attachOptions(context);
		const attachmentId = attachmentIdOf(context, options.attachmentId);
		if (context.manual && context.item.json.simulated === true) {
			return { ...context.item.json, simulated: true, attachmentId, outcome: 'attached' };
		}
		const request = { attachmentId, caseKey: options.case };
		if (context.manual) return { simulated: true, ...shown(context, await planAttachment(store, request)) };
		return shown(context, await attachToCase(store, request));
	},
};
