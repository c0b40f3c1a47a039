import { createHash } from 'node:crypto';

import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { TABLES_OF_A_CONVERSATION } from '../../nodes/shared/store/repositories/mergedContacts';
import { TABLES_OF_A_PERSON } from '../../nodes/shared/store/repositories/personalData';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { downloadAttachment } from '../../nodes/shared/usecases/media/downloadAttachment';
import { erasePerson, previewErasure } from '../../nodes/shared/usecases/contacts/erasePerson';
import { exportPerson } from '../../nodes/shared/usecases/contacts/exportPerson';
import { mergePeople } from '../../nodes/shared/usecases/contacts/mergePeople';
import { pruneFinished } from '../../nodes/shared/usecases/emit/pruneFinished';
import { readAttachment } from '../../nodes/shared/usecases/media/readAttachment';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { verifyAudit } from '../../nodes/shared/usecases/audit/verifyAudit';
import { messageFrom, webhookId } from '../support/events';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const LAURA = '573001112233';
const PEDRO = '573004445566';
const SECRET = 'mi cédula secreta es 1020304050';
const emit = { messages: true, statuses: false, echoes: false, account: false };
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

eachDatabase((name, open) => {
	describe(`personal data on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;

		async function sendsPhoto(waId: string, bytes: string): Promise<string> {
			const mediaId = `${waId}:${bytes}`;
			const event = messageFrom(waId, SECRET, { at: now, media: { type: 'image', mediaId, mimeType: 'image/jpeg' } });
			await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events: [event] });
			const row = await store.db
				.selectFrom('attachments')
				.select('id')
				.where('media_id', '=', mediaId)
				.where('workspace_id', '=', store.workspaceId)
				.executeTakeFirstOrThrow();
			await downloadAttachment(store, row.id, async () => {
				const content = Buffer.from(bytes);
				return await Promise.resolve({
					bytes: content,
					mimeType: 'image/jpeg',
					sha256: digestOf(bytes),
					size: content.length,
				});
			});
			return row.id;
		}

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test');
			laura = await customerWho(store, LAURA, 'hola', SECRET);
			now += 60_000;
			await takeTurns(store, [laura]);
			await saveContact(store, {
				contactKey: laura.contactId,
				person: { name: 'Laura Gómez', email: 'laura@example.com' },
				addTags: ['vip'],
			});
			await caseOf(store, laura, { requestId: 'r1', subject: SECRET, fields: { product: SECRET } });
			await createLead(store, { ...laura, requestId: 'l1', values: { need: SECRET }, addTags: ['caliente'] });
		});

		const erase = async () =>
			await erasePerson(store, { contactKey: `+${LAURA}`, confirm: `+57 300 111 2233`, actor: 'workflow' });

		async function everythingStored(): Promise<string> {
			const tables = await store.db.introspection.getTables();
			const rows = await Promise.all(
				tables
					.filter(({ columns }) => columns.some((column) => column.name === 'workspace_id'))
					.map(
						async (table) =>
							await store.db
								.selectFrom(table.name as 'messages')
								.selectAll()
								.where('workspace_id', '=', store.workspaceId)
								.execute(),
					),
			);
			return JSON.stringify(rows);
		}

		test.each([
			['a contact is known to the erasure and to merging', 'contact_id', TABLES_OF_A_PERSON],
			['a conversation is known to merging', 'conversation_id', TABLES_OF_A_CONVERSATION],
		])('O3, O11: every table that knows %s', async (_what, column, known) => {
			const tables = await store.db.introspection.getTables();
			const knowing = tables
				.filter(({ columns }) => columns.some(({ name }) => name === column))
				.map(({ name }) => name);
			expect([...new Set(knowing)].sort()).toEqual(Object.keys(known).sort());
		});

		test('O11: an export has everything of one person, of merged contacts too, and nothing of another', async () => {
			const file = await sendsPhoto(LAURA, 'la foto');
			await customerWho(store, PEDRO, 'soy Pedro y esto es mío');
			const { contact: twin } = await saveContact(store, { person: { email: 'gemela@example.com' } });
			await mergePeople(store, { fromKey: twin.id, intoKey: laura.contactId });

			const exported = await exportPerson(store, `+${LAURA}`, { actor: 'workflow', log: true });
			const text = JSON.stringify(exported);
			for (const mine of [SECRET, 'Laura Gómez', 'laura@example.com', 'gemela@example.com', LAURA, 'PS-2026-000001']) {
				expect(text).toContain(mine);
			}
			expect(text).not.toContain('Pedro');
			expect(exported.files).toMatchObject([{ attachmentId: file, state: 'stored' }]);
			expect(exported.history.map(({ action }) => action)).toContain('case.opened');
			expect(JSON.stringify(await exportPerson(store, `+${LAURA}`, { actor: 'workflow', log: false }))).toContain(
				'person.exported',
			);
		});

		test('O11 D26: an erased person is nowhere in the store, the business keeps number, status and stage, the chain verifies', async () => {
			const { rows } = await erase();

			const left = await everythingStored();
			for (const mine of [SECRET, 'Laura', 'laura@example.com', LAURA, 'vip', 'caliente']) {
				expect(left).not.toContain(mine);
			}
			expect(rows).toMatchObject({ cases: 1, leads: 1, contact_identities: 2, conversations: 1 });
			expect(
				await store.db.selectFrom('cases').selectAll().where('workspace_id', '=', store.workspaceId).execute(),
			).toMatchObject([{ number: 'PS-2026-000001', type: 'quotation', status: 'open', subject: '', fields: '{}' }]);
			expect(await verifyAudit(store)).toMatchObject({ intact: true, broken: [] });
		});

		test('O11: erasing twice changes nothing more, and the person who writes again is new', async () => {
			expect(await erase()).toMatchObject({ erased: true });
			expect(
				await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'workflow' }),
			).toMatchObject({ erased: false });
			const again = await customerWho(store, LAURA, 'hola');
			expect(again.contactId).not.toBe(laura.contactId);
		});

		test('O11: without the phone or id typed once more nothing is erased', async () => {
			await expect(
				erasePerson(store, { contactKey: `+${LAURA}`, confirm: 'sí', actor: 'workflow' }),
			).rejects.toMatchObject({ message: "'Confirm' does not name the contact: nothing was erased" });
			expect(await everythingStored()).toContain(SECRET);
			const preview = await previewErasure(store, { contactKey: `+${LAURA}`, confirm: LAURA, actor: 'workflow' });
			expect(preview).toMatchObject({ erased: false, rows: { cases: 1, leads: 1 } });
			expect(await everythingStored()).toContain(SECRET);
		});

		test('O11: bytes that another customer sent too stay, those that were only theirs are gone', async () => {
			await customerWho(store, PEDRO, 'hola');
			const own = await sendsPhoto(LAURA, 'solo de Laura');
			await sendsPhoto(LAURA, 'el catálogo');
			const pedros = await sendsPhoto(PEDRO, 'el catálogo');

			expect(await erase()).toMatchObject({ filesRemoved: 1 });
			expect(await store.readBytes(digestOf('solo de Laura'))).toBeUndefined();
			expect(Buffer.from((await readAttachment(store, pedros)).bytes).toString()).toBe('el catálogo');
			await expect(readAttachment(store, own)).rejects.toMatchObject({
				message: `There is no attachment '${own}' in workspace '${store.workspaceId}'`,
			});
		});

		test('O11: bytes that a crash left behind after the erasure are removed by the hourly clean-up', async () => {
			await sendsPhoto(LAURA, 'solo de Laura');
			const dying: Store = {
				...store,
				removeBytes: async () => await Promise.reject(new Error('killed')),
				transaction: async (work) => {
					const result = await store.transaction(work);
					// The process ends right after the commit of the erasure.
					if (typeof result === 'object' && result !== null && 'orphans' in result) throw new Error('killed');
					return result;
				},
			};
			await expect(erasePerson(dying, { contactKey: `+${LAURA}`, confirm: LAURA, actor: 'workflow' })).rejects.toThrow(
				'killed',
			);
			expect(await store.readBytes(digestOf('solo de Laura'))).toBeDefined();
			await pruneFinished(store);
			expect(await store.readBytes(digestOf('solo de Laura'))).toBeUndefined();
			const again = { contactKey: laura.contactId, confirm: laura.contactId, actor: 'workflow' };
			expect(await erasePerson(store, again)).toMatchObject({ erased: false });
		});

		test('O11: the photo that somebody sends again before the clean-up is theirs, and stays', async () => {
			await sendsPhoto(LAURA, 'el catálogo');
			await store.db
				.updateTable('attachment_bytes')
				.set({ orphaned_at: now })
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			await customerWho(store, PEDRO, 'hola');
			await sendsPhoto(PEDRO, 'el catálogo');
			await pruneFinished(store);
			expect(await store.readBytes(digestOf('el catálogo'))).toBeDefined();
		});

		test('O11: a line emptied without an erasure is seen by Verify', async () => {
			await store.db
				.updateTable('audit_log')
				.set({ payload: null, salt: null })
				.where('workspace_id', '=', store.workspaceId)
				.where('chain', '=', laura.contactId)
				.where('action', '=', 'case.opened')
				.execute();
			expect(await verifyAudit(store, laura.contactId)).toMatchObject({
				intact: false,
				broken: [{ action: 'case.opened' }],
			});
		});
	});
});
