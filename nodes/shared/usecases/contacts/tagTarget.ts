import { tagsByRule, type TagFacts } from '../../domain/tags/tagRules';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendAudit } from '../../store/repositories/auditLog';
import { touchConversationsOf } from '../../store/repositories/conversations';
import { changeTags, type TagChange } from '../../store/repositories/tags';
import type { TaggedKind } from '../../store/schema';
import type { Store, StoreTransaction } from '../../store/store';

export interface TagTarget {
	readonly kind: TaggedKind;
	readonly id: string;
	/** Whose chain of the bitácora tells of it. */
	readonly contactId: string;
}

/** Puts tags on and takes them off by hand, with a line in the bitácora when something changed (P9). */
export async function tagByHand(
	tx: StoreTransaction,
	store: Store,
	target: TagTarget,
	change: TagChange,
	actor = 'workflow',
): Promise<boolean> {
	const { added, removed } = await changeTags(tx, store, target, change, 'hand');
	if (added.length === 0 && removed.length === 0) return false;
	await appendAudit(tx, store, {
		contactId: target.contactId,
		actor,
		action: `${target.kind}.tagged`,
		subjectKind: target.kind,
		subjectId: target.id,
		payload: { added, removed },
	});
	await touchConversationsOf(tx, store, target.contactId);
	return true;
}

/** The tags that the rules of the profile give to a case or lead with these facts, and to its contact. */
export async function tagByRules(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	target: TagTarget,
	facts: TagFacts,
): Promise<void> {
	if (profile.tags.rules.length === 0) return;
	const contact: TagTarget = { kind: 'contact', id: target.contactId, contactId: target.contactId };
	for (const tagged of [target, contact]) {
		const { added } = await changeTags(tx, store, tagged, { add: tagsByRule(profile, tagged.kind, facts) }, 'rule');
		if (added.length === 0) continue;
		await appendAudit(tx, store, {
			contactId: target.contactId,
			actor: 'bot',
			action: `${tagged.kind}.tagged`,
			subjectKind: tagged.kind,
			subjectId: tagged.id,
			payload: { added, by: 'rule' },
		});
	}
}
