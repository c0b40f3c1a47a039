import type { CaseType, ContactFacts } from '../../domain/conversation/types';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { getAdvisor } from '../../store/repositories/advisors';
import { casesOfContact } from '../../store/repositories/cases';
import { getContact } from '../../store/repositories/contacts';
import type { Executor, Store } from '../../store/store';

/** Open cases that a new message can belong to; more would be noise to the dialogue. */
const OPEN_CASES = 5;

/** What the dialogue may know of the person, read inside the turn's transaction. */
export async function contactFacts(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	contactId: string,
): Promise<ContactFacts> {
	const contact = await getContact(executor, store.workspaceId, contactId);
	const registered = contact?.registered === 1;
	const openCases = registered
		? await casesOfContact(executor, store.workspaceId, contactId, {
				onlyOpen: true,
				since: store.now() - profile.times.duplicateHours * 3_600_000,
				limit: OPEN_CASES,
			})
		: [];
	const ownerNames = new Map<string, string>();
	for (const advisorId of new Set([contact?.owner_advisor_id, ...openCases.map((row) => row.advisor_id)])) {
		if (typeof advisorId !== 'string') continue;
		const advisor = await getAdvisor(executor, store.workspaceId, advisorId);
		if (advisor) ownerNames.set(advisorId, advisor.name);
	}
	const nameOf = (advisorId: string | null | undefined) => (advisorId ? ownerNames.get(advisorId) : undefined);
	return {
		contactId,
		name: contact?.name ?? undefined,
		nameVerified: contact?.name_verified === 1,
		identification: contact?.identification ?? undefined,
		phone: contact?.phone ?? undefined,
		profileName: contact?.profile_name ?? undefined,
		returning: contact !== undefined && contact.name !== null && (registered || contact.imported === 1),
		ownerName: nameOf(contact?.owner_advisor_id),
		language: contact?.language ?? undefined,
		optedOut: contact?.opted_out_at !== null && contact?.opted_out_at !== undefined,
		openCases: openCases.map((row) => ({
			id: row.id,
			number: row.number,
			type: row.type as CaseType,
			status: row.status,
			subject: row.subject,
			updatedAt: new Date(row.updated_at).toISOString(),
			ownerName: nameOf(row.advisor_id),
		})),
	};
}
