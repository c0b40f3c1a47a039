import { getManyChannels } from './channel/getAll.operation';
import { getChatWindowLink } from './chatWindow/getLink.operation';
import { deleteContact } from './contact/delete.operation';
import { getContact } from './contact/get.operation';
import { getManyContacts } from './contact/getAll.operation';
import { saveContact } from './contact/upsert.operation';
import { deleteDeal } from './deal/delete.operation';
import { getDeal } from './deal/get.operation';
import { getManyDeals } from './deal/getAll.operation';
import { saveDeal } from './deal/upsert.operation';
import { checkLinks } from './diagnostic/checkLinks.operation';
import { storeMedia } from './media/store.operation';
import { deleteMessage } from './message/delete.operation';
import { editMessage } from './message/edit.operation';
import { sendButtons } from './message/sendButtons.operation';
import { sendQueued } from './message/sendQueued.operation';
import { sendFile } from './message/sendFile.operation';
import { sendTemplate } from './message/sendTemplate.operation';
import { sendText } from './message/sendText.operation';
import { getPipeline } from './pipeline/get.operation';
import { getManyPipelines } from './pipeline/getAll.operation';
import { savePipeline } from './pipeline/upsert.operation';
import type { WazzupResource } from './services';
import { previewSync } from './sync/preview.operation';
import { runSync } from './sync/run.operation';
import { getManyTemplates } from './template/getAll.operation';
import { getUnanswered } from './unanswered/get.operation';
import { deleteUser } from './user/delete.operation';
import { getUser } from './user/get.operation';
import { getManyUsers } from './user/getAll.operation';
import { saveUser } from './user/upsert.operation';
import { getWebhook } from './webhook/get.operation';
import { releaseWebhook } from './webhook/release.operation';
import { setWebhook } from './webhook/set.operation';

export const wazzupResources: readonly WazzupResource[] = [
	{
		value: 'message',
		name: 'Message',
		operations: [sendText, sendFile, sendTemplate, sendButtons, sendQueued, editMessage, deleteMessage],
	},
	{ value: 'media', name: 'Media', description: 'Files that customers sent', operations: [storeMedia] },
	{ value: 'contact', name: 'Contact', operations: [saveContact, getContact, getManyContacts, deleteContact] },
	{ value: 'deal', name: 'Deal', operations: [saveDeal, getDeal, getManyDeals, deleteDeal] },
	{ value: 'user', name: 'User', operations: [saveUser, getUser, getManyUsers, deleteUser] },
	{
		value: 'pipeline',
		name: 'Pipeline',
		description: 'Where the deals that Wazzup asks for begin',
		operations: [savePipeline, getPipeline, getManyPipelines],
	},
	{
		value: 'sync',
		name: 'Sync',
		description: 'Keeps Wazzup equal to the CRM',
		operations: [runSync, previewSync],
	},
	{ value: 'channel', name: 'Channel', operations: [getManyChannels] },
	{
		value: 'chatWindow',
		name: 'Chat Window',
		description: "Wazzup's chats inside of another page",
		operations: [getChatWindowLink],
	},
	{ value: 'template', name: 'Template', operations: [getManyTemplates] },
	{ value: 'unanswered', name: 'Unanswered', operations: [getUnanswered] },
	{ value: 'webhook', name: 'Webhook', operations: [getWebhook, setWebhook, releaseWebhook] },
	{ value: 'diagnostic', name: 'Diagnostic', operations: [checkLinks] },
];
