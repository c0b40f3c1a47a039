import type { IDataObject } from 'n8n-workflow';

import { parameter, words } from '../../shared/n8n/parameters';
import { attachmentCard } from '../../shared/usecases/cards';
import { readAttachment } from '../../shared/usecases/media/readAttachment';
import { outputField } from '../outputField';
import type { WhatsAppCrmOperation } from '../services';
import { attachmentField } from './attachmentField';
import { attachmentIdOf } from './attachmentIdOf';

export const getAttachmentOperation: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get attachment',
	description: 'Retrieve a file that a customer sent, from the store',
	properties: [attachmentField, outputField],
	customerOf: async (context, { store }) =>
		(await readAttachment(store, attachmentIdOf(context))).attachment.contact_id,
	async execute(context, { store }) {
		const attachmentId = attachmentIdOf(context);
		const field = parameter(context, 'outputField', 'Put Output File in Field', words).trim();
		const { attachment, bytes } = await readAttachment(store, attachmentId);
		const binary = await context.node.helpers.prepareBinaryData(
			Buffer.from(bytes),
			attachment.filename ?? undefined,
			attachment.mime_type ?? undefined,
		);
		binary.fileName ??= [attachment.id, binary.fileExtension].filter((part) => part !== undefined).join('.');
		const { crm } = context.item.json;
		const carried: IDataObject = crm === undefined ? {} : { crm };
		return [{ json: { ...carried, ...attachmentCard(attachment) } as IDataObject, binary: { [field]: binary } }];
	},
};
