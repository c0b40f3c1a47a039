import type { AttendedCustomer } from '../../domain/bridge/types';
import { customerName } from '../../domain/identity/knownName';
import { normalizePhone } from '../../domain/identity/phone';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { openBridgeOf } from '../../store/repositories/bridges';
import { getContact } from '../../store/repositories/contacts';
import type { ConversationRow } from '../../store/repositories/conversations';
import type { Executor, Store } from '../../store/store';

/**
 * The advisor whose number a contact has. Advisors are never customers: what they write goes to the bridge. Whoever wants to try
 * the bot with their own phone is among the profile's test numbers.
 */
export function advisorWithPhone(
	team: readonly AdvisorRow[],
	phone: string | null,
	profile: BusinessProfile,
): AdvisorRow | undefined {
	if (phone === null) return undefined;
	const found = team.find((advisor) => advisor.phone === phone);
	if (found === undefined) return undefined;
	const tests = profile.testNumbers.map((number) => normalizePhone(number, profile.country)?.e164);
	return tests.includes(phone) ? undefined : found;
}

/** Who has a customer's conversation now: on their phone, or in the inbox. */
export async function holderOf(
	executor: Executor,
	store: Store,
	conversation: ConversationRow,
): Promise<{ readonly advisorId: string; readonly byBridge: boolean } | undefined> {
	if (conversation.mode !== 'human' || conversation.owner_advisor_id === null) return undefined;
	const bridge = await openBridgeOf(executor, store.workspaceId, conversation.id);
	return {
		advisorId: conversation.owner_advisor_id,
		byBridge: bridge?.advisor_id === conversation.owner_advisor_id,
	};
}

/** A customer as the advisor's dialogue knows them. */
export async function attendedCustomer(
	executor: Executor,
	store: Store,
	conversation: { readonly id: string; readonly contactId: string; readonly lastInboundAt: number | null },
): Promise<AttendedCustomer> {
	const contact = await getContact(executor, store.workspaceId, conversation.contactId);
	return {
		conversationId: conversation.id,
		name: customerName(contact),
		windowOpen: isWindowOpen(conversation.lastInboundAt, store.now()),
	};
}
