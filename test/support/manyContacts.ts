import type { Store } from '../../nodes/shared/store/store';
import { saveContact } from '../../nodes/shared/usecases/saveContact';

/** Rows of one statement: PostgreSQL takes 65,535 values, and a contact has about 27. */
const PER_STATEMENT = 500;

/**
 * Contacts with a phone number and their WhatsApp as they came in long ago, one each millisecond. The first is saved by the
 * program itself; the others are the same rows again, because a hundred thousand are wanted in seconds.
 * @returns their ids, oldest first.
 */
export async function layDownContacts(
	store: Store,
	{ count, ownerAdvisorId, changedFrom }: { count: number; ownerAdvisorId: string; changedFrom: number },
): Promise<readonly string[]> {
	const phoneOf = (place: number): string => `57300${1_000_000 + place}`;
	const { contact } = await saveContact(store, {
		person: { name: 'Cliente 0', phone: `+${phoneOf(0)}` },
		ownerAdvisorId,
	});
	const identities = await store.db
		.selectFrom('contact_identities')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', '=', contact.id)
		.execute();
	const { db } = store;
	await db.updateTable('contacts').set({ updated_at: changedFrom }).where('id', '=', contact.id).execute();
	const ids = [contact.id];
	for (let first = 1; first < count; first += PER_STATEMENT) {
		const people = Array.from({ length: Math.min(PER_STATEMENT, count - first) }, (_person, place) => ({
			...contact,
			id: store.newId(),
			name: `Cliente ${first + place}`,
			phone: `+${phoneOf(first + place)}`,
			updated_at: changedFrom + first + place,
		}));
		await store.transaction(async (tx) => {
			await tx.insertInto('contacts').values(people).execute();
			await tx
				.insertInto('contact_identities')
				.values(
					people.flatMap(({ id, phone }) =>
						identities.map((identity) => ({ ...identity, contact_id: id, value: phone.slice(1) })),
					),
				)
				.execute();
		});
		ids.push(...people.map(({ id }) => id));
	}
	return ids;
}
