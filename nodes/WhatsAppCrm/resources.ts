import { createLoginLinkOperation } from './advisor/createLoginLink.operation';
import { deleteAdvisorOperation } from './advisor/delete.operation';
import { getAdvisorOperation } from './advisor/get.operation';
import { getManyAdvisors } from './advisor/getAll.operation';
import { setAvailabilityOperation } from './advisor/setAvailability.operation';
import { createOrUpdateAdvisor } from './advisor/upsert.operation';
import { checkPaymentProofOperation } from './attachment/checkPaymentProof.operation';
import { getAttachmentOperation } from './attachment/get.operation';
import { getManyAttachments } from './attachment/getAll.operation';
import { exportAuditLog } from './auditLog/export.operation';
import { getManyAuditLines } from './auditLog/getAll.operation';
import { verifyAuditLog } from './auditLog/verify.operation';
import { getManyBusinessEvents } from './businessEvent/getAll.operation';
import { retryBusinessEvents } from './businessEvent/retry.operation';
import { sendQueuedEvents } from './businessEvent/sendQueued.operation';
import { deleteBusinessProfileDraft } from './businessProfile/deleteDraft.operation';
import { deleteConversationTest } from './businessProfile/deleteTest.operation';
import { exportBusinessProfile } from './businessProfile/export.operation';
import { getBusinessProfile } from './businessProfile/get.operation';
import { getManyProfileVersions } from './businessProfile/getAll.operation';
import { getDialogueDiagram } from './businessProfile/getDiagram.operation';
import { importBusinessProfile } from './businessProfile/import.operation';
import { keepConversationTest } from './businessProfile/keepTest.operation';
import { publishBusinessProfile } from './businessProfile/publish.operation';
import { rehearseBusinessProfile } from './businessProfile/rehearse.operation';
import { rollBackBusinessProfile } from './businessProfile/rollBack.operation';
import { saveBusinessProfile } from './businessProfile/save.operation';
import { validateBusinessProfile } from './businessProfile/validate.operation';
import { deleteCatalogueItem } from './catalogueItem/delete.operation';
import { getCatalogueItem } from './catalogueItem/get.operation';
import { getManyCatalogueItems } from './catalogueItem/getAll.operation';
import { importCatalogueItems } from './catalogueItem/import.operation';
import { createOrUpdateCatalogueItem } from './catalogueItem/upsert.operation';
import { erasePersonOperation } from './contact/erasePerson.operation';
import { exportPersonOperation } from './contact/exportPerson.operation';
import { getContactOperation } from './contact/get.operation';
import { getManyContacts } from './contact/getAll.operation';
import { importContactsOperation } from './contact/import.operation';
import { mergeContactsOperation } from './contact/merge.operation';
import { createOrUpdateContact } from './contact/upsert.operation';
import { assignConversationOperation } from './conversation/assign.operation';
import { closeConversationOperation } from './conversation/close.operation';
import { getConversationOperation } from './conversation/get.operation';
import { getManyConversations } from './conversation/getAll.operation';
import { offerLinkOperation } from './conversation/offerLink.operation';
import { pauseBotOperation } from './conversation/pauseBot.operation';
import { resumeBotOperation } from './conversation/resumeBot.operation';
import { simulatePastChatsOperation } from './conversation/simulatePastChats.operation';
import { getManyDeadLetters } from './deadLetter/getAll.operation';
import { retryDeadLetterOperation } from './deadLetter/retry.operation';
import { deleteEventWebhookOperation } from './eventWebhook/delete.operation';
import { getManyEventWebhooks } from './eventWebhook/getAll.operation';
import { createOrUpdateEventWebhook } from './eventWebhook/upsert.operation';
import { deleteKnowledgeEntry } from './knowledge/delete.operation';
import { getKnowledgeEntry } from './knowledge/get.operation';
import { getManyKnowledgeEntries } from './knowledge/getAll.operation';
import { getManyUnanswered } from './knowledge/getUnanswered.operation';
import { importKnowledgeDocument } from './knowledge/importDocument.operation';
import { searchKnowledgeOperation } from './knowledge/search.operation';
import { createOrUpdateKnowledgeEntry } from './knowledge/upsert.operation';
import { getManyMessages } from './message/getAll.operation';
import { saveAssistantAnswer } from './message/saveAssistantAnswer.operation';
import { saveTranscriptOperation } from './message/saveTranscript.operation';
import { getAlerts } from './metric/getAlerts.operation';
import { getManyMetrics } from './metric/getAll.operation';
import { getSalesReport } from './metric/getSalesReport.operation';
import { getMetricSummary } from './metric/getSummary.operation';
import { createNotification } from './notification/create.operation';
import { getManyNotifications } from './notification/getAll.operation';
import { markNotificationAsRead } from './notification/markAsRead.operation';
import { sendNotification } from './notification/send.operation';
import type { WhatsAppCrmResource } from './services';
import { getManyTags } from './tag/getAll.operation';
import { applyRetentionOperation } from './workspace/applyRetention.operation';
import { checkConsistencyOperation } from './workspace/checkConsistency.operation';
import { checkReadinessOperation } from './workspace/checkReadiness.operation';

export const whatsAppCrmResources: readonly WhatsAppCrmResource[] = [
	{
		value: 'advisor',
		name: 'Advisor',
		operations: [
			getManyAdvisors,
			createOrUpdateAdvisor,
			createLoginLinkOperation,
			deleteAdvisorOperation,
			getAdvisorOperation,
			setAvailabilityOperation,
		],
	},
	{
		value: 'attachment',
		name: 'Attachment',
		operations: [getManyAttachments, checkPaymentProofOperation, getAttachmentOperation],
	},
	{ value: 'auditLog', name: 'Audit Log', operations: [getManyAuditLines, exportAuditLog, verifyAuditLog] },
	{
		value: 'businessEvent',
		name: 'Business Event',
		operations: [sendQueuedEvents, getManyBusinessEvents, retryBusinessEvents],
	},
	{
		value: 'businessProfile',
		name: 'Business Profile',
		operations: [
			getBusinessProfile,
			deleteBusinessProfileDraft,
			deleteConversationTest,
			exportBusinessProfile,
			getManyProfileVersions,
			getDialogueDiagram,
			importBusinessProfile,
			keepConversationTest,
			publishBusinessProfile,
			rehearseBusinessProfile,
			rollBackBusinessProfile,
			saveBusinessProfile,
			validateBusinessProfile,
		],
	},
	{
		value: 'catalogueItem',
		name: 'Catalogue Item',
		operations: [
			getManyCatalogueItems,
			createOrUpdateCatalogueItem,
			deleteCatalogueItem,
			getCatalogueItem,
			importCatalogueItems,
		],
	},
	{
		value: 'contact',
		name: 'Contact',
		operations: [
			getManyContacts,
			createOrUpdateContact,
			erasePersonOperation,
			exportPersonOperation,
			getContactOperation,
			importContactsOperation,
			mergeContactsOperation,
		],
	},
	{
		value: 'conversation',
		name: 'Conversation',
		operations: [
			getManyConversations,
			assignConversationOperation,
			closeConversationOperation,
			getConversationOperation,
			offerLinkOperation,
			pauseBotOperation,
			resumeBotOperation,
			simulatePastChatsOperation,
		],
	},
	{ value: 'deadLetter', name: 'Dead Letter', operations: [getManyDeadLetters, retryDeadLetterOperation] },
	{
		value: 'eventWebhook',
		name: 'Event Webhook',
		operations: [getManyEventWebhooks, createOrUpdateEventWebhook, deleteEventWebhookOperation],
	},
	{
		value: 'knowledge',
		name: 'Knowledge',
		operations: [
			searchKnowledgeOperation,
			createOrUpdateKnowledgeEntry,
			deleteKnowledgeEntry,
			getKnowledgeEntry,
			getManyKnowledgeEntries,
			getManyUnanswered,
			importKnowledgeDocument,
		],
	},
	{ value: 'message', name: 'Message', operations: [getManyMessages, saveAssistantAnswer, saveTranscriptOperation] },
	{ value: 'metric', name: 'Metric', operations: [getMetricSummary, getAlerts, getManyMetrics, getSalesReport] },
	{
		value: 'notification',
		name: 'Notification',
		operations: [getManyNotifications, createNotification, markNotificationAsRead, sendNotification],
	},
	{ value: 'tag', name: 'Tag', operations: [getManyTags] },
	{
		value: 'workspace',
		name: 'Workspace',
		operations: [checkReadinessOperation, checkConsistencyOperation, applyRetentionOperation],
	},
];
