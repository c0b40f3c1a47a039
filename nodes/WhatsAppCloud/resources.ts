import { deleteMedia } from './media/delete.operation';
import { downloadMedia } from './media/download.operation';
import { storeMedia } from './media/store.operation';
import { uploadMedia } from './media/upload.operation';
import { markAsRead } from './message/markAsRead.operation';
import { requestContact } from './message/requestContact.operation';
import { requestLocation } from './message/requestLocation.operation';
import { sendButtons } from './message/sendButtons.operation';
import { sendContacts } from './message/sendContacts.operation';
import { sendList } from './message/sendList.operation';
import { sendLocation } from './message/sendLocation.operation';
import { sendMedia } from './message/sendMedia.operation';
import { sendQueued } from './message/sendQueued.operation';
import { sendReaction } from './message/sendReaction.operation';
import { sendTemplate } from './message/sendTemplate.operation';
import { sendText } from './message/sendText.operation';
import { sendUrlButton } from './message/sendUrlButton.operation';
import { completeSignup } from './number/completeSignup.operation';
import { getManyNumbers } from './number/getAll.operation';
import { getNumber } from './number/get.operation';
import { getNumberStatus } from './number/getStatus.operation';
import { linkManually } from './number/linkManually.operation';
import { requestSync } from './number/requestSync.operation';
import { startSignup } from './number/startSignup.operation';
import { unlink } from './number/unlink.operation';
import { createTemplate } from './template/create.operation';
import { createStarterSetOperation } from './template/createStarterSet.operation';
import { deleteTemplate } from './template/delete.operation';
import { getTemplate } from './template/get.operation';
import { getManyTemplates } from './template/getAll.operation';
import { getStarterSetStatus } from './template/getStarterSetStatus.operation';
import type { WhatsAppCloudResource } from './services';

export const whatsAppCloudResources: readonly WhatsAppCloudResource[] = [
	{
		value: 'message',
		name: 'Message',
		operations: [
			sendText,
			sendQueued,
			sendTemplate,
			sendMedia,
			sendButtons,
			sendList,
			sendUrlButton,
			sendLocation,
			requestLocation,
			requestContact,
			sendContacts,
			sendReaction,
			markAsRead,
		],
	},
	{ value: 'media', name: 'Media', operations: [downloadMedia, storeMedia, uploadMedia, deleteMedia] },
	{
		value: 'number',
		name: 'Number',
		description: "An advisor's own WhatsApp Business number",
		operations: [
			startSignup,
			completeSignup,
			linkManually,
			getNumber,
			getManyNumbers,
			getNumberStatus,
			requestSync,
			unlink,
		],
	},
	{
		value: 'template',
		name: 'Template',
		operations: [
			getManyTemplates,
			createTemplate,
			createStarterSetOperation,
			deleteTemplate,
			getTemplate,
			getStarterSetStatus,
		],
	},
];
