import { businessProfileSchema, type BusinessProfile } from '../../domain/profile/businessProfile';
import { changesBetween, changesInWords } from '../../domain/profile/diff';
import type { OperatorLanguage } from '../../domain/profile/fieldNames';
import { getProfileRow, publishedVersion } from '../../store/repositories/businessProfiles';
import type { Store } from '../../store/store';
import { nothingMore, type AlsoWith } from '../alsoInside';
import { profileLock, publishInside } from './businessProfile';
import { findProfile } from './profileVersions';

export interface RollBackRequest {
	/** The version that is to be in force again. */
	readonly version: number;
	readonly note?: string;
	readonly language: OperatorLanguage;
}

/** What the history says of a version that was put in force again without a note. */
const noteOfRollBack = (version: number): string => `Version ${version} again`;

/** The version that a note of ours says is in force again; undefined for a note of somebody's own. */
export function restoredVersion(note: string): number | undefined {
	const version = Number(/^Version (\d+) again$/.exec(note)?.[1] ?? NaN);
	return Number.isNaN(version) ? undefined : version;
}

export interface RollBackReview {
	readonly profile: BusinessProfile;
	/** What it changes, a sentence each. */
	readonly changes: readonly string[];
}

/** What rolling back would change, in words, without doing it. */
export async function reviewRollBack(store: Store, { version, language }: RollBackRequest): Promise<RollBackReview> {
	const { profile } = await findProfile(store, { version });
	const published = await publishedVersion(store.db, store.workspaceId);
	const row = published && (await getProfileRow(store.db, store.workspaceId, published.id));
	// Rolling back is also the way out of a published profile that cannot be read.
	const current = businessProfileSchema.safeParse(row && JSON.parse(row.profile));
	const changes = current.success ? changesInWords(changesBetween(current.data, profile), profile, language) : [];
	return { profile, changes };
}

/**
 * Puts an earlier version in force again, as a new version: the history only grows.
 * @throws InvalidInput when there is no such version.
 */
export async function rollBackProfile(
	store: Store,
	request: RollBackRequest,
	actor: string,
	also: AlsoWith<number> = nothingMore,
): Promise<RollBackReview & { readonly version: number }> {
	const reviewed = await reviewRollBack(store, request);
	const version = await store.transaction(async (tx) => {
		await store.lock(tx, profileLock(store));
		const made = await publishInside(tx, store, reviewed.profile, {
			actor,
			note: request.note ?? noteOfRollBack(request.version),
			payload: { rolledBackTo: request.version },
		});
		await also(tx, made);
		return made;
	});
	return { ...reviewed, version };
}
