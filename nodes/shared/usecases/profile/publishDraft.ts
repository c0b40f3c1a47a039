import type { RefusalCause } from '../../domain/inbox/refusals';
import { InvalidInput } from '../../domain/invalidInput';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { changesBetween, changesInWords } from '../../domain/profile/diff';
import { unmetValue } from '../../domain/profile/expectation';
import { deleteDraft, getDraft, publishedVersion } from '../../store/repositories/businessProfiles';
import type { Store } from '../../store/store';
import { nothingMore, type AlsoWith } from '../alsoInside';
import { profileInForce, profileLock, publishInside } from './businessProfile';
import { draftProfile, findProfile } from './profileVersions';
import { rehearseProfile, type ProfileRehearsal, type RehearsalSettings } from './rehearseProfile';

export interface PublishSettings extends RehearsalSettings {
	/** Publishes also where somebody has published since the draft was begun; what they changed is lost. */
	readonly overNewer: boolean;
	/** Nothing is published when a conversation kept as a test would end differently. */
	readonly onlyIfTestsPass: boolean;
	/** Why, for the history. */
	readonly note?: string;
}

/** What publishing the draft would do, or has done. */
export interface DraftReview {
	readonly profile: BusinessProfile;
	/** What the draft changes, a sentence each. */
	readonly changes: readonly string[];
	readonly rehearsal: ProfileRehearsal;
	/** Why it cannot be published as it is. */
	readonly obstacles: readonly string[];
}

/** Something that stands in the way of a draft. */
interface Obstacle {
	readonly words: string;
	readonly reason: RefusalCause;
}

interface ReviewedDraft extends DraftReview {
	readonly first?: Obstacle;
	readonly inForceVersion: number;
	readonly stored: string | undefined;
}

const outdated = (base: number, version: number): Obstacle => ({
	words: `The draft was begun from version ${base}, but version ${version} has been published since. Turn on 'Publish Over Newer Version' to undo what it changed, or delete the draft and make it again on top of it.`,
	reason: { code: 'draftOutdated', values: { base, version } },
});

function failedTests({ tests }: ProfileRehearsal, profile: BusinessProfile): Obstacle[] {
	const failed = tests.filter(({ result }) => result === 'different');
	return failed.flatMap(({ name: test, differences, unmet: [first] }): Obstacle[] => {
		if (first === undefined) return [];
		const { aspect } = first;
		const [found, wanted] = [first.found, first.wanted].map((value) => unmetValue(aspect, value, profile));
		return [
			{
				words: `The test '${test}' ends differently: ${differences.join('; ')}.`,
				reason: { code: 'testEndsDifferently', values: { test, aspect, found, wanted, others: failed.length - 1 } },
			},
		];
	});
}

async function review(store: Store, settings: PublishSettings): Promise<ReviewedDraft> {
	const { profile, baseVersion = 0, stored } = await findProfile(store, 'draft');
	const inForce = await profileInForce(store);
	const changes = changesInWords(changesBetween(inForce.profile, profile), profile, settings.language);
	const rehearsal = await rehearseProfile(store, profile, settings);
	const obstacles = [
		...(inForce.version !== baseVersion && !settings.overNewer ? [outdated(baseVersion, inForce.version)] : []),
		...(settings.onlyIfTestsPass ? failedTests(rehearsal, profile) : []),
	];
	return {
		profile,
		changes,
		rehearsal,
		obstacles: obstacles.map(({ words }) => words),
		first: obstacles[0],
		inForceVersion: inForce.version,
		stored,
	};
}

/** What publishing the draft would change, in words, without publishing it; undefined when there is no draft. */
export async function reviewDraft(store: Store, settings: PublishSettings): Promise<DraftReview | undefined> {
	return (await draftProfile(store)) === undefined ? undefined : await review(store, settings);
}

/**
 * Rehearses the draft and puts it in force; conversations under way go on with it from their next turn.
 * @throws InvalidInput when there is no draft, or when something stands in its way; then nothing was changed.
 */
export async function publishDraft(
	store: Store,
	settings: PublishSettings,
	actor: string,
	also: AlsoWith<number> = nothingMore,
): Promise<DraftReview & { readonly version: number }> {
	const reviewed = await review(store, settings);
	const { first: obstacle } = reviewed;
	if (obstacle !== undefined) {
		throw new InvalidInput({
			reason: obstacle.reason,
			message: `The draft was not published. ${obstacle.words}`,
			description: 'Business Profile: Rehearse shows everything that would change. Nothing was changed.',
			parameter: 'Profile',
		});
	}
	const version = await store.transaction(async (tx) => {
		await store.lock(tx, profileLock(store));
		const draft = await getDraft(tx, store.workspaceId);
		const published = await publishedVersion(tx, store.workspaceId);
		// Rehearsing takes seconds, in which somebody may have gone on working.
		if (draft?.profile !== reviewed.stored || (published?.version ?? 0) !== reviewed.inForceVersion) {
			throw new InvalidInput({
				reason: { code: 'profileChanged' },
				message: 'The draft was not published: somebody changed the business profile meanwhile',
				description: 'Run it again to see what would change now.',
				parameter: 'Profile',
			});
		}
		await deleteDraft(tx, store.workspaceId);
		const made = await publishInside(tx, store, reviewed.profile, {
			actor,
			note: settings.note,
			payload: { changes: reviewed.changes.length, rehearsed: reviewed.rehearsal.total },
		});
		await also(tx, made);
		return made;
	});
	return { ...reviewed, version };
}
