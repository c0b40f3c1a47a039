import type { Store } from '../../nodes/shared/store/store';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { createDealForWazzup } from '../../nodes/shared/usecases/wazzup/createDeal';

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

/** An open lead of each of these contacts, as old as they are. */
export async function layDownLeads(
	store: Store,
	contactIds: readonly string[],
	changedFrom: number,
): Promise<readonly string[]> {
	const [first = '', ...others] = contactIds;
	const made = await createDealForWazzup(store, {
		webhookId: 'none',
		emit: false,
		home: 'https://n8n.test/',
		event: { kind: 'create_deal', contactIds: [first], raw: {} },
	});
	const { db } = store;
	const lead = await db
		.selectFrom('leads')
		.selectAll()
		.where('id', '=', made?.id ?? '')
		.executeTakeFirstOrThrow();
	await db.updateTable('leads').set({ updated_at: changedFrom }).where('id', '=', lead.id).execute();
	const ids = [lead.id];
	for (let start = 0; start < others.length; start += PER_STATEMENT) {
		const leads = others.slice(start, start + PER_STATEMENT).map((contactId, place) => {
			const id = store.newId();
			return {
				...lead,
				id,
				contact_id: contactId,
				request_id: `wazzup:${id}`,
				name: `Lead ${start + place + 1}`,
				updated_at: changedFrom + start + place + 1,
			};
		});
		await store.transaction(async (tx) => void (await tx.insertInto('leads').values(leads).execute()));
		ids.push(...leads.map(({ id }) => id));
	}
	return ids;
}
