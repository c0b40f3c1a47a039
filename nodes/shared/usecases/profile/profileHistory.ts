import { businessProfileSchema } from '../../domain/profile/businessProfile';
import { changesBetween, tellableChanges, type ProfileChange } from '../../domain/profile/diff';
import { listProfileVersions, type BusinessProfileRow } from '../../store/repositories/businessProfiles';
import type { Store } from '../../store/store';

/** One publication, and what it changed. */
export interface ProfileVersion {
	readonly version: number;
	readonly inForce: boolean;
	readonly publishedAt: string;
	readonly publishedBy: string | null;
	readonly note: string | null;
	/** Against the version before; empty for the first one. */
	readonly changes: readonly ProfileChange[];
}

function changesOf(row: BusinessProfileRow, earlier: BusinessProfileRow | undefined): ProfileChange[] {
	if (earlier === undefined) return [];
	const [before, after] = [earlier, row].map(({ profile }) => businessProfileSchema.safeParse(JSON.parse(profile)));
	if (!before?.success || !after?.success) return [];
	return tellableChanges(changesBetween(before.data, after.data), after.data);
}

/** A page of the publications, newest first. `before` is the last version of the page before. */
export async function profileHistory(
	store: Store,
	page: { readonly before?: number; readonly limit: number },
): Promise<ProfileVersion[]> {
	// One more than asked for: what a version changed is told against the one before it.
	const rows = await listProfileVersions(store.db, store.workspaceId, { ...page, limit: page.limit + 1 });
	return rows.slice(0, page.limit).map((row, index) => ({
		version: row.version,
		inForce: row.status === 'published',
		publishedAt: new Date(row.published_at ?? row.created_at).toISOString(),
		publishedBy: row.created_by,
		note: row.note,
		changes: changesOf(row, rows[index + 1]),
	}));
}
