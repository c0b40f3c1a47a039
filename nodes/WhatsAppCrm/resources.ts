import { getManyAdvisors } from './advisor/getAll.operation';
import { createOrUpdateAdvisor } from './advisor/upsert.operation';
import { getManyAuditLines } from './auditLog/getAll.operation';
import { verifyAuditLog } from './auditLog/verify.operation';
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
import { getContactOperation } from './contact/get.operation';
import { getManyContacts } from './contact/getAll.operation';
import { assignConversationOperation } from './conversation/assign.operation';
import { getConversationOperation } from './conversation/get.operation';
import { getManyConversations } from './conversation/getAll.operation';
import { getManyMessages } from './message/getAll.operation';
import type { WhatsAppCrmResource } from './services';
import { checkReadinessOperation } from './workspace/checkReadiness.operation';

export const whatsAppCrmResources: readonly WhatsAppCrmResource[] = [
	{ value: 'advisor', name: 'Advisor', operations: [getManyAdvisors, createOrUpdateAdvisor] },
	{ value: 'auditLog', name: 'Audit Log', operations: [getManyAuditLines, verifyAuditLog] },
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
	{ value: 'contact', name: 'Contact', operations: [getManyContacts, getContactOperation] },
	{
		value: 'conversation',
		name: 'Conversation',
		operations: [getManyConversations, assignConversationOperation, getConversationOperation],
	},
	{ value: 'message', name: 'Message', operations: [getManyMessages] },
	{ value: 'workspace', name: 'Workspace', operations: [checkReadinessOperation] },
];
