import type { Insertable, Selectable, Transaction } from 'kysely';

import type { Database, UploadsTable } from '../schema';
import type { Executor, Store } from '../store';

export type UploadRow = Selectable<UploadsTable>;

export async function insertUpload(tx: Transaction<Database>, row: Insertable<UploadsTable>): Promise<void> {
	await tx.insertInto('uploads').values(row).execute();
}

/** Uploads of one advisor that no reply has taken yet, in the order asked. */
export async function unusedUploads(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
	uploadIds: readonly string[],
): Promise<UploadRow[]> {
	if (uploadIds.length === 0) return [];
	const rows = await executor
		.selectFrom('uploads')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', '=', advisorId)
		.where('id', 'in', uploadIds)
		.where('used_at', 'is', null)
		.execute();
	return uploadIds.flatMap((id) => rows.filter((row) => row.id === id));
}

/** A reply took it. False when another one was faster. */
export async function useUpload(tx: Transaction<Database>, store: Store, uploadId: string): Promise<boolean> {
	const row = await tx
		.updateTable('uploads')
		.set({ used_at: store.now() })
		.where('id', '=', uploadId)
		.where('workspace_id', '=', store.workspaceId)
		.where('used_at', 'is', null)
		.returning('id')
		.executeTakeFirst();
	return row !== undefined;
}

/** How many bytes of this advisor wait for a reply: nobody fills the disk with files that are never sent. */
export async function unusedUploadBytes(executor: Executor, workspaceId: string, advisorId: string): Promise<number> {
	const row = await executor
		.selectFrom('uploads')
		.select(({ fn }) => fn.sum<number | string | null>('size').as('bytes'))
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', '=', advisorId)
		.where('used_at', 'is', null)
		.executeTakeFirst();
	return Number(row?.bytes ?? 0);
}

/**
 * Removes uploads from before `before`. Bytes that no attachment and no other upload has are marked as orphans, which the
 * hourly housekeeping takes away.
 */
export async function pruneUploads(tx: Transaction<Database>, store: Store, before: number): Promise<number> {
	const rows = await tx
		.deleteFrom('uploads')
		.where('workspace_id', '=', store.workspaceId)
		.where('created_at', '<', before)
		.returning('sha256')
		.execute();
	for (const sha256 of new Set(rows.map((row) => row.sha256))) {
		await tx
			.updateTable('attachment_bytes')
			.set({ orphaned_at: store.now() })
			.where('workspace_id', '=', store.workspaceId)
			.where('sha256', '=', sha256)
			.where(({ not, exists, selectFrom }) =>
				not(
					exists(
						selectFrom('attachments')
							.select('attachments.id')
							.where('attachments.workspace_id', '=', store.workspaceId)
							.where('attachments.sha256', '=', sha256),
					),
				),
			)
			.where(({ not, exists, selectFrom }) =>
				not(
					exists(
						selectFrom('uploads')
							.select('uploads.id')
							.where('uploads.workspace_id', '=', store.workspaceId)
							.where('uploads.sha256', '=', sha256),
					),
				),
			)
			.execute();
	}
	return rows.length;
}
