import { attachmentsOfMessages } from '../../../store/repositories/attachments';
import { profileInForce } from '../../profile/businessProfile';
import { draftOfLead, previewLead, sourceOfLead } from '../../leads/createLead';
import { seenNow } from '../access';
import { inWords } from '../leadViews';
import type { AnswerOf } from './query';

/** What «Crear Lead» or «Actualizar Lead» would write, field by field, without writing it. */
export const leadPreview: AnswerOf<'leadPreview'> = async ({ store, viewer }, { conversationId }) => {
	const row = await seenNow(store, viewer, conversationId);
	const request = { contactId: row.contact_id, conversationId, requestId: store.newId() };
	const { profile } = await profileInForce(store);
	const { action, draft, lead, changes } = await previewLead(store, request);
	const source = await sourceOfLead(store.db, store, profile, request);
	const files = await attachmentsOfMessages(store.db, store.workspaceId, source.messageIds);
	const before = inWords(lead === undefined ? {} : draftOfLead(lead));
	const after = inWords(draft);
	return {
		action: action === 'create' ? 'create' : 'update',
		fields: [...new Set([...Object.keys(before), ...Object.keys(after)])].map((field) => ({
			field,
			...(before[field] === undefined ? {} : { before: before[field] }),
			...(after[field] === undefined ? {} : { after: after[field] }),
			changed: changes[field] !== undefined,
		})),
		summary: draft.summary ?? [],
		attachments: files.length,
		messages: source.messageIds.length,
	};
};
