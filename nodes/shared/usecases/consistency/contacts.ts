import { contactFindings } from '../../domain/consistency/findings';
import { normalizePhone, waIdToE164 } from '../../domain/identity/phone';
import { addressesOf, contactsOfNumbers, recordsByIds } from '../../store/repositories/consistency';
import type { ContactRow } from '../../store/repositories/contacts';
import { verifyAudit } from '../audit/verifyAudit';
import { atWazzup, isUnknown, nameOf, refusalOf, type Look } from './looked';

/** The number as it should stand: what WhatsApp has verified is right whatever the numbering plans say. */
function readPhone(phone: string | null, verified: ReadonlySet<string>, country: string): string | undefined {
	if (phone === null) return undefined;
	return verified.has(phone) ? phone : normalizePhone(phone, country)?.e164;
}

const isGone = ({ erased_at: erased, merged_into: merged }: ContactRow): boolean => erased !== null || merged !== null;

/** Whether customers can be told apart and reached, and whether nobody has changed what is on record of them. */
export const lookAtContacts: Look = async (desk, ids) => {
	const { store, profile, now } = desk;
	const contacts = await recordsByIds(store.db, store.workspaceId, 'contact', ids);
	const phones = contacts.flatMap((contact) => (contact.phone === null || isGone(contact) ? [] : [contact.phone]));
	const sharing = await contactsOfNumbers(store.db, store.workspaceId, phones);
	const addresses = await addressesOf(store.db, store.workspaceId, ids);
	const synced = await atWazzup(desk, 'contact', ids);
	const looked = [];
	for (const contact of contacts) {
		const { id, phone } = contact;
		const verified = new Set(
			addresses.flatMap(({ contact_id: owner, kind, value }) =>
				owner === id && kind === 'wa_id' ? (waIdToE164(value) ?? []) : [],
			),
		);
		const namesake = sharing.find((other) => other.phone === phone && other.id !== id);
		const { broken } = await verifyAudit(store, id);
		const known = synced.get(id);
		const facts = {
			phone,
			readPhone: readPhone(phone, verified, profile.country),
			namesake: namesake && nameOf({ ...namesake, phone: null }, namesake.id),
			isGone: isGone(contact),
			goneAt: contact.erased_at ?? contact.updated_at,
			hasUnknownOwner: isUnknown(contact.owner_advisor_id, desk),
			isChainBroken: broken.length > 0,
			problem: refusalOf(known),
			isAtWazzup: known !== undefined && known.digest !== null,
		};
		looked.push({
			kind: 'contact' as const,
			id,
			subject: nameOf(contact, id),
			contactId: id,
			conversationId: null,
			findings: contactFindings(facts, now),
		});
	}
	return looked;
};
