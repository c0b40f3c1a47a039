import { fileFindings } from '../../domain/consistency/findings';
import { recordsByIds } from '../../store/repositories/consistency';
import { contactsOf, nameOf, type Look } from './looked';

/** Whether the files of customers are really there. */
export const lookAtFiles: Look = async (desk, ids) => {
	const { store, now } = desk;
	const files = await recordsByIds(store.db, store.workspaceId, 'file', ids);
	const contacts = await contactsOf(desk, files);
	const looked = [];
	for (const file of files) {
		const { state, sha256, size } = file;
		const sizeOfBytes = state === 'stored' && sha256 !== null ? await store.sizeOfBytes(sha256) : undefined;
		const customer = nameOf(contacts.get(file.contact_id), file.contact_id);
		looked.push({
			kind: 'file' as const,
			id: file.id,
			subject: `${customer}: ${file.filename ?? file.mime_type ?? file.type}`,
			contactId: file.contact_id,
			conversationId: null,
			findings: fileFindings({ state, createdAt: file.created_at, size, sizeOfBytes }, now),
		});
	}
	return looked;
};
