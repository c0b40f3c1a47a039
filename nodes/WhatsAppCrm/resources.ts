import { getManyAdvisors } from './advisor/getAll.operation';
import { createOrUpdateAdvisor } from './advisor/upsert.operation';
import { getManyAuditLines } from './auditLog/getAll.operation';
import { verifyAuditLog } from './auditLog/verify.operation';
import { getBusinessProfile } from './businessProfile/get.operation';
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
		operations: [getBusinessProfile, saveBusinessProfile, validateBusinessProfile],
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
