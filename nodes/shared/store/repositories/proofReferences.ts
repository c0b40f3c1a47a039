import type { Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Executor, Store } from '../store';
import type { AttachmentRow } from './attachments';

/** A reference that was read from a file, as a digest: it is compared, never shown. */
export interface ReadReference {
	readonly digest: string;
	readonly attachmentId: string;
	readonly contactId: string;
}

/** Writes down what was read from a file, once. @returns whether it was new */
export async function keepProofReference(
	tx: Transaction<Database>,
	store: Store,
	{ digest, attachmentId, contactId }: ReadReference,
): Promise<boolean> {
	const kept = await tx
		.insertInto('proof_references')
		.values({
			id: store.newId(),
			workspace_id: store.workspaceId,
			contact_id: contactId,
			attachment_id: attachmentId,
			digest,
			created_at: store.now(),
		})
		.onConflict((conflict) => conflict.columns(['workspace_id', 'digest', 'attachment_id']).doNothing())
		.returning('id')
		.executeTakeFirst();
	return kept !== undefined;
}

/** The file from which a reference was read first. `notOf` is left out. */
export async function firstWithReference(
	executor: Executor,
	workspaceId: string,
	digest: string,
	notOf?: string,
): Promise<AttachmentRow | undefined> {
	let query = executor
		.selectFrom('proof_references')
		.innerJoin('attachments', 'attachments.id', 'proof_references.attachment_id')
		.selectAll('attachments')
		.where('proof_references.workspace_id', '=', workspaceId)
		.where('proof_references.digest', '=', digest);
	if (notOf !== undefined) query = query.where('proof_references.attachment_id', '!=', notOf);
	return await query.orderBy('proof_references.id').limit(1).executeTakeFirst();
}
