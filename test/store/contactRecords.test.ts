import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { auditOfChain, firstBrokenLine } from '../../nodes/shared/store/repositories/auditLog';
import { findContact } from '../../nodes/shared/store/repositories/contactLookup';
import { listContacts } from '../../nodes/shared/store/repositories/contacts';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import { messagesOfConversation } from '../../nodes/shared/store/repositories/messages';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { importContacts, type ImportSettings } from '../../nodes/shared/usecases/contacts/importContacts';
import { mergePeople } from '../../nodes/shared/usecases/contacts/mergePeople';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { previewContact, saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { caseOf, customerWho } from '../support/records';
import { eachDatabase } from '../support/stores';

const really: ImportSettings = { dryRun: false, replace: true, merge: true };

eachDatabase((name, open) => {
	describe(`contacts on ${name}`, () => {
		let store: Store;

		beforeEach(async () => {
			let now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => (now += 1) });
			await saveProfile(store, profiles.prosuministros, 'test');
		});

		const everybody = async () => await listContacts(store.db, store.workspaceId, { limit: 200 });

		test('O3 P11: a saved contact is kept clean, and the same again changes nothing', async () => {
			const request = {
				person: {
					name: 'LAURA GÓMEZ',
					phone: '300 111 2233',
					email: 'Laura@Example.com',
					identification: '1.020.304.050',
					company: 'Ferretería  El Tornillo',
				},
				addTags: ['vip'],
			};
			expect(await previewContact(store, request)).toMatchObject({ action: 'created' });
			expect(await everybody()).toEqual([]);

			const saved = await saveContact(store, request);
			expect(saved).toMatchObject({
				action: 'created',
				contact: {
					name: 'Laura Gómez',
					phone: '+573001112233',
					email: 'laura@example.com',
					identification: '1020304050',
					company: 'Ferretería El Tornillo',
					tags: '["vip"]',
				},
			});
			expect(await saveContact(store, request)).toMatchObject({ action: 'unchanged' });
			expect(await saveContact(store, { person: { phone: '+573001112233', city: 'Cali' } })).toMatchObject({
				action: 'updated',
				contact: { name: 'Laura Gómez', city: 'Cali' },
			});
		});

		test('D3: who was saved with a phone is the same person when they write', async () => {
			const { contact } = await saveContact(store, { person: { name: 'Laura Gómez', phone: '3001112233' } });
			const laura = await customerWho(store, '573001112233', 'hola');
			expect(laura.contactId).toBe(contact.id);
		});

		test('O3: what cannot be used is refused by the name of its field, and nothing is stored', async () => {
			await expect(saveContact(store, { person: { phone: '12' } })).rejects.toMatchObject({
				message: "'Phone' cannot be used: it is no phone number ('12')",
			});
			await expect(saveContact(store, { person: { name: 'Laura' } })).rejects.toMatchObject({
				message: 'Nothing says who the contact is',
			});
			expect(await everybody()).toEqual([]);
		});

		test("O3: somebody else's phone is not taken over silently", async () => {
			await saveContact(store, { person: { name: 'Ana', phone: '3001112233' } });
			const { contact } = await saveContact(store, { person: { name: 'Luis', phone: '3009998877' } });
			await expect(
				saveContact(store, { contactKey: contact.id, person: { phone: '3001112233' } }),
			).rejects.toMatchObject({ message: "'Phone' belongs to another contact: Ana" });
		});

		test('two executions that save the same new person at once make one contact', async () => {
			const person = { name: 'Laura Gómez', phone: '3001112233' };
			await Promise.all(Array.from({ length: 8 }, async () => await saveContact(store, { person })));
			expect(await everybody()).toHaveLength(1);
		});

		test('O3: merged contacts are one: messages, cases and addresses of both, the kept one wins, twice is once', async () => {
			const laura = await customerWho(store, '573001112233', 'hola', 'soy yo');
			const made = await caseOf(store, laura, { requestId: 'r1' });
			const { contact: kept } = await saveContact(store, {
				person: { name: 'Laura Gómez', email: 'laura@example.com', externalId: '77' },
			});
			await saveContact(store, {
				contactKey: laura.contactId,
				person: { name: 'Lau', city: 'Cali' },
				addTags: ['vip'],
			});

			const merge = { fromKey: laura.contactId, intoKey: kept.id };
			expect(await mergePeople(store, merge)).toMatchObject({
				merged: true,
				contact: { id: kept.id, name: 'Laura Gómez', phone: '+573001112233', city: 'Cali', tags: '["vip"]' },
			});
			expect(await mergePeople(store, merge)).toMatchObject({ merged: false, contact: { id: kept.id } });
			expect(await listCases(store.db, store.workspaceId, { contactId: kept.id, limit: 9 })).toMatchObject([
				{ id: made.case.id },
			]);
			expect((await findContact(store.db, store.workspaceId, '+573001112233'))?.id).toBe(kept.id);
			expect((await findContact(store.db, store.workspaceId, laura.contactId))?.id).toBe(kept.id);
			const messages = await messagesOfConversation(store.db, store, laura.conversationId, { limit: 9 });
			expect(new Set(messages.map((message) => message.contact_id))).toEqual(new Set([kept.id]));
			for (const chain of [kept.id, laura.contactId]) {
				const rows = await auditOfChain(store.db, store.workspaceId, chain, { limit: 99 });
				expect(firstBrokenLine(store, rows)).toBeUndefined();
			}
			await expect(mergePeople(store, { fromKey: kept.id, intoKey: kept.id })).rejects.toMatchObject({
				message: "'Contact' and 'Into Contact' are the same contact",
			});
		});

		test('O3: of two who wrote on one channel nothing is left at the conversation and the contact that are gone', async () => {
			const gone = await customerWho(store, '573001112233', 'hola');
			const kept = await customerWho(store, '573009998877', 'hola');
			const of = { workspace_id: store.workspaceId, contact_id: gone.contactId };
			const { conversationId: conversation_id } = gone;
			await store.db
				.insertInto('unanswered_questions')
				.values({ ...of, conversation_id, id: 'q1', message_id: 'm1', question_key: 'k', question: '¿Abren?', at: 1 })
				.execute();
			await store.db
				.insertInto('profile_tests')
				.values({ ...of, conversation_id, id: 't1', name: 'Saludo', until_at: 1, expected: '{}', created_at: 1 })
				.execute();
			await store.db
				.insertInto('conversation_reads')
				.values({ workspace_id: store.workspaceId, advisor_id: 'a1', conversation_id, read_count: 1, read_at: 1 })
				.execute();

			await mergePeople(store, { fromKey: gone.contactId, intoKey: kept.contactId });

			const left = await Promise.all(
				(await store.db.introspection.getTables()).flatMap(({ name, columns }) =>
					(['contact_id', 'conversation_id'] as const)
						.filter((column) => columns.some((one) => one.name === column))
						.map(async (column) => {
							const was = column === 'contact_id' ? gone.contactId : gone.conversationId;
							const rows = await store.db
								.selectFrom(name as 'messages')
								.selectAll()
								.where(column, '=', was)
								.execute();
							return rows.map(() => `${name}.${column}`);
						}),
				),
			);
			expect(left.flat()).toEqual([]);
			expect(
				await store.db.selectFrom('unanswered_questions').select('conversation_id').where('id', '=', 'q1').execute(),
			).toEqual([{ conversation_id: kept.conversationId }]);
		});

		const list = [
			{ Nombre: 'ANA RUIZ', Celular: '300 111 2233', Correo: 'ANA@example.com', Asesor: 'carolina', Etiquetas: 'VIP' },
			{ Nombre: 'Luis Mora', Celular: '310.222.3344', Correo: 'luis en casa' },
			{ Nombre: 'Sin datos' },
			{ Nombre: 'Ana Ruiz', Celular: '+57 300 111 2233', Ciudad: 'Cali' },
		];

		test('O3: an import reports each row: created, updated, what was fixed, left out, refused and why', async () => {
			await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test');
			const report = await importContacts(store, list, really);

			expect(report.map(({ action }) => action)).toEqual(['created', 'created', 'refused', 'updated']);
			expect(report[0]).toMatchObject({
				contact: { name: 'Ana Ruiz', phone: '+573001112233', email: 'ana@example.com', imported: 1 },
				fixed: [
					{ field: 'name', from: 'ANA RUIZ', to: 'Ana Ruiz' },
					{ field: 'phone', from: '300 111 2233', to: '+573001112233' },
					{ field: 'email', from: 'ANA@example.com', to: 'ana@example.com' },
				],
			});
			expect(report[0]?.contact?.owner_advisor_id).not.toBeNull();
			expect(report[0]?.contact?.tags).toBe('["vip"]');
			expect(report[1]?.leftOut).toEqual([{ field: 'email', value: 'luis en casa', why: 'it is no e-mail address' }]);
			expect(report[2]?.why).toBe('No phone, e-mail, identification or external id');
			expect(report[3]).toMatchObject({ sameAsRow: 1, contact: { city: 'Cali' } });
			expect(await everybody()).toHaveLength(2);
			expect((await importContacts(store, list, really)).map(({ action }) => action)).toEqual([
				'unchanged',
				'unchanged',
				'refused',
				'unchanged',
			]);
		});

		test('O3: a dry run says the same as the import, and keeps nothing', async () => {
			const dry = await importContacts(store, list, { ...really, dryRun: true });
			expect(await everybody()).toEqual([]);
			const real = await importContacts(store, list, really);
			expect(dry.map(({ action, fixed, leftOut, why }) => ({ action, fixed, leftOut, why }))).toEqual(
				real.map(({ action, fixed, leftOut, why }) => ({ action, fixed, leftOut, why })),
			);
		});

		test('O3: a row that shows two contacts to be one person merges them; contacts that deny it stay two', async () => {
			const phone = await saveContact(store, { person: { name: 'Ana', phone: '3001112233' } });
			await saveContact(store, { person: { email: 'ana@example.com', city: 'Cali' } });
			const luis = await saveContact(store, { person: { name: 'Luis', phone: '3102223344', email: 'ventas@x.co' } });

			const [merged, kept] = await importContacts(
				store,
				[
					{ phone: '3001112233', email: 'ana@example.com' },
					{ phone: '3001112233', email: 'ventas@x.co' },
				],
				really,
			);
			expect(merged).toMatchObject({ action: 'updated', contact: { id: phone.contact.id, city: 'Cali' } });
			expect(merged?.merged).toHaveLength(1);
			expect(kept?.merged).toEqual([]);
			expect(kept?.leftOut).toEqual([
				{ field: 'email', value: 'ventas@x.co', why: 'this e-mail belongs to another contact (Luis)' },
			]);
			expect((await findContact(store.db, store.workspaceId, luis.contact.id))?.email).toBe('ventas@x.co');
		});

		test('O3: without replacing, only what is not known yet is filled', async () => {
			await saveContact(store, { person: { name: 'Ana Ruiz', phone: '3001112233', city: 'Cali' } });
			const [row] = await importContacts(
				store,
				[{ phone: '3001112233', nombre: 'Anita', ciudad: 'Bogotá', empresa: 'Tornillo' }],
				{ ...really, replace: false },
			);
			expect(row?.contact).toMatchObject({ name: 'Ana Ruiz', city: 'Cali', company: 'Tornillo' });
		});

		test('O5: a long list goes in a hundred at a time, each row once', async () => {
			const rows = Array.from({ length: 101 }, (_, index) => ({
				name: `Cliente ${'abcdefghij'[index % 10] ?? ''}`,
				phone: `300${String(1_000_000 + index)}`,
			}));
			const transactions = jest.fn();
			const counted: Store = {
				...store,
				transaction: async (work) => {
					transactions();
					return await store.transaction(work);
				},
			};
			const report = await importContacts(counted, rows, really);
			expect(transactions).toHaveBeenCalledTimes(2);
			expect(report.filter(({ action }) => action === 'created')).toHaveLength(101);
			const contacts = await store.db
				.selectFrom('contacts')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			expect(contacts).toHaveLength(101);
		});
	});
});
