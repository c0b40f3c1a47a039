import type { BusinessProfile } from '../../nodes/shared/domain/profile/businessProfile';
import { changeInWords } from '../../nodes/shared/domain/profile/diff';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { listAudit } from '../../nodes/shared/store/repositories/auditLog';
import { listProfileVersions } from '../../nodes/shared/store/repositories/businessProfiles';
import { getConversation, listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listProfileTests } from '../../nodes/shared/store/repositories/profileTests';
import type { Store } from '../../nodes/shared/store/store';
import { profileInForce, saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { deleteProfileDraft } from '../../nodes/shared/usecases/profile/deleteProfileDraft';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { fillProfile, type FillSettings } from '../../nodes/shared/usecases/profile/fillProfile';
import { importProfile } from '../../nodes/shared/usecases/profile/importProfile';
import {
	dropConversationTest,
	keepConversationAsTest,
} from '../../nodes/shared/usecases/profile/keepConversationAsTest';
import { profileHistory } from '../../nodes/shared/usecases/profile/profileHistory';
import { draftProfile, findProfile } from '../../nodes/shared/usecases/profile/profileVersions';
import { publishDraft, reviewDraft, type PublishSettings } from '../../nodes/shared/usecases/profile/publishDraft';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { rehearseProfile } from '../../nodes/shared/usecases/profile/rehearseProfile';
import { rollBackProfile } from '../../nodes/shared/usecases/profile/rollBackProfile';
import { saveDraft } from '../../nodes/shared/usecases/profile/saveDraft';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { echoTo, messageFrom, webhookId } from '../support/events';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const MONDAY = Date.parse('2026-11-23T15:00:00Z');
const base: BusinessProfile = { ...prosuministros, answerDelayMs: 0 };
const settings: PublishSettings = { conversations: 100, language: 'es', overNewer: false, onlyIfTestsPass: true };
const form: FillSettings = { as: 'published', onlyEmpty: false, keepOtherOptions: true };

const billing = ['hola', 'Luis Rojas', '1020304051', '3', 'Facturación y pagos', 'no me ha llegado la factura de mayo'];
const quotation = ['hola', 'Ana Ruiz', '1020304050', '1', 'impresoras láser', 'formal'];

/** Billing goes to the sales area instead of to finance. */
const billingToSales: BusinessProfile = {
	...base,
	options: base.options.map((option) => ({
		...option,
		questions: option.questions.map((question) => ({
			...question,
			choices: question.choices.map((choice) => (choice.area === 'finance' ? { ...choice, area: 'sales' } : choice)),
		})),
	})),
};

eachDatabase((_name, open) => {
	let now: number;
	let store: Store;

	beforeEach(async () => {
		now = MONDAY;
		store = await open({ clock: () => now });
		await saveProfile(store, base, 'laura');
	});

	/** A conversation as it came in, half a minute between the messages. Its id. */
	async function happened(waId: string, lines: readonly string[]): Promise<string> {
		for (const line of lines) {
			now += 30_000;
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				events: [messageFrom(waId, line, { at: now })],
				emit: { messages: true, statuses: false, echoes: false, account: false },
			});
		}
		const [newest] = await listConversations(store.db, store.workspaceId, { limit: 1 });
		return newest?.id ?? '';
	}

	const conversationOf = async (id: string) => {
		const row = await getConversation(store.db, store.workspaceId, id);
		if (!row) throw new Error('The conversation is gone.');
		return row;
	};

	/** Everything of the workspace that a rehearsal must leave alone. */
	const everything = async (): Promise<unknown> =>
		await Promise.all(
			(
				[
					'conversations',
					'messages',
					'contacts',
					'cases',
					'outbox',
					'effects',
					'business_profiles',
					'audit_log',
				] as const
			).map(
				async (table) =>
					await store.db.selectFrom(table).selectAll().where('workspace_id', '=', store.workspaceId).execute(),
			),
		);

	describe('U6: a draft', () => {
		test('answers nobody until it is published; then it is the next version and the draft is gone', async () => {
			await saveDraft(store, { ...base, name: 'Tornillos SAS' }, 'laura');

			expect((await profileInForce(store)).profile.name).toBe('PROSUMINISTROS');
			expect((await findProfile(store, 'draft')).profile.name).toBe('Tornillos SAS');

			const published = await publishDraft(store, { ...settings, note: 'Nuevo nombre' }, 'laura');

			expect(published).toMatchObject({ version: 2, changes: ['Nombre: «PROSUMINISTROS» → «Tornillos SAS»'] });
			expect(await profileInForce(store)).toMatchObject({ version: 2, profile: { name: 'Tornillos SAS' } });
			expect(await draftProfile(store)).toBeUndefined();
			const [line] = await listAudit(store.db, store.workspaceId, { limit: 1 });
			expect(line).toMatchObject({ actor: 'laura', action: 'profile.published', subject_id: '2' });
		});

		test('is one a workspace: saving again goes on from it', async () => {
			await fillProfile(store, [{ name: 'Tornillos SAS' }], { ...form, as: 'draft' }, 'laura');
			await fillProfile(store, [{ slogan: 'Todo en tornillos.' }], { ...form, as: 'draft' }, 'ana');

			const { profile } = await findProfile(store, 'draft');
			expect([profile.name, profile.slogan]).toEqual(['Tornillos SAS', 'Todo en tornillos.']);
			expect(await listProfileVersions(store.db, store.workspaceId, { limit: 10 })).toHaveLength(1);
		});

		test('can be given up', async () => {
			await saveDraft(store, { ...base, name: 'Tornillos SAS' }, 'laura');

			expect(await deleteProfileDraft(store, 'laura')).toBe(true);
			expect(await deleteProfileDraft(store, 'laura')).toBe(false);
			await expect(findProfile(store, 'draft')).rejects.toThrow('There is no draft');
		});

		test('with a wrong field is refused in words, and the draft before stays', async () => {
			await saveDraft(store, { ...base, name: 'Tornillos SAS' }, 'laura');

			await expect(saveDraft(store, { ...base, timeZone: 'Bogotá' }, 'laura')).rejects.toThrow('Time Zone');
			expect((await findProfile(store, 'draft')).profile.name).toBe('Tornillos SAS');
		});

		test('does not undo by accident what somebody published meanwhile', async () => {
			await saveDraft(store, { ...base, name: 'Tornillos SAS' }, 'laura');
			await saveProfile(store, { ...base, slogan: 'De Ana.' }, 'ana');

			await expect(publishDraft(store, settings, 'laura')).rejects.toMatchObject({
				message: expect.stringContaining('version 2 has been published since'),
				reason: { code: 'draftOutdated', values: { base: 1, version: 2 } },
			});
			expect(await profileInForce(store)).toMatchObject({ version: 2, profile: { slogan: 'De Ana.' } });

			expect(await publishDraft(store, { ...settings, overNewer: true }, 'laura')).toMatchObject({ version: 3 });
		});

		test('published twice at once is published once', async () => {
			await saveDraft(store, { ...base, name: 'Tornillos SAS' }, 'laura');
			const outcomes = await Promise.allSettled([
				publishDraft(store, settings, 'laura'),
				publishDraft(store, settings, 'ana'),
			]);

			expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			expect(await listProfileVersions(store.db, store.workspaceId, { limit: 10 })).toHaveLength(2);
		});
	});

	test('U6: profiles saved at once get versions one after the other', async () => {
		await Promise.all(['uno', 'dos', 'tres'].map(async (name) => await saveProfile(store, { ...base, name }, 'laura')));

		const versions = await listProfileVersions(store.db, store.workspaceId, { limit: 10 });
		expect(versions.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
		expect(versions.filter(({ status }) => status === 'published')).toHaveLength(1);
	});

	describe('U6: the history', () => {
		beforeEach(async () => {
			await saveProfile(store, { ...base, name: 'Tornillos SAS' }, 'ana');
			await saveProfile(store, { ...base, name: 'Tornillos SAS', slogan: '' }, 'laura');
		});

		test('tells what each version changed, by whom, newest first, page by page', async () => {
			const [third, second] = await profileHistory(store, { limit: 2 });

			expect(third).toMatchObject({ version: 3, inForce: true, publishedBy: 'laura' });
			expect(third?.changes.map((change) => changeInWords(change, 'es'))).toEqual([
				expect.stringMatching(/^Eslogan: «Tu aliado.*» → nada$/),
			]);
			expect(second).toMatchObject({
				version: 2,
				inForce: false,
				publishedBy: 'ana',
				changes: [{ path: [{ field: 'name' }], kind: 'changed', before: 'PROSUMINISTROS', after: 'Tornillos SAS' }],
			});
			expect(await profileHistory(store, { before: 2, limit: 2 })).toEqual([
				expect.objectContaining({ version: 1, changes: [] }),
			]);
		});

		test('rolling back puts an earlier version in force as a new one, and loses nothing', async () => {
			const rolled = await rollBackProfile(store, { version: 1, language: 'es' }, 'laura');

			expect(rolled.version).toBe(4);
			expect(rolled.changes).toContain('Nombre: «Tornillos SAS» → «PROSUMINISTROS»');
			expect(await profileInForce(store)).toEqual({ profile: base, version: 4 });
			expect(await profileHistory(store, { limit: 10 })).toHaveLength(4);
		});

		test('rolling back is the way out of a published profile that cannot be read', async () => {
			await store.db
				.updateTable('business_profiles')
				.set({ profile: '{"name":""}' })
				.where('workspace_id', '=', store.workspaceId)
				.where('status', '=', 'published')
				.execute();
			const reopened = await open({ clock: () => now });
			await rollBackProfile(reopened, { version: 2, language: 'es' }, 'laura');

			expect(await profileInForce(reopened)).toMatchObject({ version: 4, profile: { name: 'Tornillos SAS' } });
		});

		test('a version that never was is refused', async () => {
			await expect(rollBackProfile(store, { version: 9, language: 'es' }, 'laura')).rejects.toThrow('no version 9');
		});
	});

	describe('U5: a rehearsal with the conversations of the store', () => {
		test('says in business words what would change, and stores and sends nothing', async () => {
			await happened('573001110001', quotation);
			const id = await happened('573001110002', billing);
			const before = await everything();

			const rehearsal = await rehearseProfile(store, billingToSales, { conversations: 100, language: 'es' });

			expect(rehearsal.sentences).toEqual([
				'1 de 2 terminaría de otra manera.',
				'1 de 2 iría ahora a Comercial.',
				'1 de 2 ya no iría a Financiera.',
			]);
			expect(rehearsal.changed.map(({ conversationId }) => conversationId)).toEqual([id]);
			expect(await everything()).toEqual(before);
		});

		test('plays the newest, as many as asked for, and none that nobody wrote in', async () => {
			await happened('573001110001', quotation);
			await happened('573001110002', billing);
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				events: [echoTo('573001110003', 'Hola, soy Laura')],
				emit: { messages: false, statuses: false, echoes: false, account: false },
			});

			expect((await rehearseProfile(store, base, { conversations: 1, language: 'es' })).total).toBe(1);
			expect((await rehearseProfile(store, base, { conversations: 9, language: 'es' })).total).toBe(2);
		});

		test('an old customer who wrote again yesterday is played before a newer one who did not', async () => {
			const old = await happened('573001110001', billing);
			await happened('573001110002', quotation);
			now += 86_400_000;
			await happened('573001110001', ['gracias por la factura']);

			const rehearsal = await rehearseProfile(store, billingToSales, { conversations: 1, language: 'es' });

			expect(rehearsal.changed.map(({ conversationId }) => conversationId)).toEqual([old]);
		});

		test('another workspace’s conversations are not played', async () => {
			await happened('573001110001', quotation);
			const other = await open({ workspaceId: `${store.workspaceId}-other`, clock: () => now });

			expect((await rehearseProfile(other, base, { conversations: 9, language: 'es' })).total).toBe(0);
		});
	});

	describe('U5: a conversation kept as a test', () => {
		const keep = async (id: string, expected = {}) =>
			await keepConversationAsTest(
				store,
				{ conversation: await conversationOf(id), name: 'Factura', expected },
				'laura',
			);

		test('a draft with which it ends differently is not published, unless that is wanted', async () => {
			const id = await happened('573001110002', billing);
			expect(await keep(id)).toMatchObject({ messages: 6, expected: { area: 'finance', caseType: 'billing' } });
			await saveDraft(store, billingToSales, 'laura');

			const reviewed = await reviewDraft(store, settings);
			expect(reviewed?.obstacles).toEqual([
				"The test 'Factura' ends differently: área: Comercial en vez de Financiera.",
			]);
			expect(reviewed?.rehearsal.tests).toEqual([
				{
					name: 'Factura',
					conversationId: id,
					result: 'different',
					differences: ['área: Comercial en vez de Financiera'],
					unmet: [{ aspect: 'area', found: 'sales', wanted: 'finance' }],
				},
			]);
			await expect(publishDraft(store, settings, 'laura')).rejects.toMatchObject({
				message: expect.stringContaining("The test 'Factura' ends differently"),
				reason: {
					code: 'testEndsDifferently',
					values: { test: 'Factura', aspect: 'area', found: 'Comercial', wanted: 'Financiera', others: 0 },
				},
			});
			expect((await profileInForce(store)).version).toBe(1);

			expect(await publishDraft(store, { ...settings, onlyIfTestsPass: false }, 'laura')).toMatchObject({ version: 2 });
		});

		test('may say how it should have ended', async () => {
			const id = await happened('573001110002', billing);
			await keep(id, { area: 'sales' });

			const [today] = (await rehearseProfile(store, base, { conversations: 0, language: 'es' })).tests;
			expect(today).toMatchObject({ result: 'different', differences: ['área: Financiera en vez de Comercial'] });
			const [then] = (await rehearseProfile(store, billingToSales, { conversations: 0, language: 'es' })).tests;
			expect(then).toMatchObject({ result: 'passed' });
		});

		test('does not change with what the customer writes later; kept again it is the same test', async () => {
			const id = await happened('573001110002', billing);
			await keep(id);
			await happened('573001110002', ['quiero hablar con una persona']);

			expect((await rehearseProfile(store, base, { conversations: 0, language: 'es' })).tests).toEqual([
				expect.objectContaining({ result: 'passed' }),
			]);
			await keep(id);
			expect(await listProfileTests(store.db, store.workspaceId, { limit: 10 })).toHaveLength(1);
			expect(await dropConversationTest(store, id, 'laura')).toBe(true);
			expect(await dropConversationTest(store, id, 'laura')).toBe(false);
		});

		test('O11: has none of the customer’s words; where those are gone, it stops no publication', async () => {
			const id = await happened('573001110002', billing);
			await keep(id);
			const kept = await listProfileTests(store.db, store.workspaceId, { limit: 10 });
			expect(JSON.stringify(kept)).not.toMatch(/factura de mayo|Luis|1020304051/);
			await store.db.deleteFrom('messages').where('conversation_id', '=', id).execute();
			await saveDraft(store, billingToSales, 'laura');

			const { rehearsal, version } = await publishDraft(store, settings, 'laura');
			expect(rehearsal.tests).toEqual([expect.objectContaining({ result: 'gone' })]);
			expect(version).toBe(2);
		});

		test('O11: is erased with the person', async () => {
			const id = await happened('573001110002', billing);
			await keep(id);
			const { contact_id: contactKey } = await conversationOf(id);
			await erasePerson(store, { contactKey, confirm: contactKey, actor: 'laura' });

			expect(await listProfileTests(store.db, store.workspaceId, { limit: 10 })).toEqual([]);
		});
	});

	test('U6: conversations under way finish well when their option is gone with the next version', async () => {
		const id = await happened('573001110002', billing.slice(0, 4));
		const { contact_id: contactId, channel_id: channelId } = await conversationOf(id);
		const input = { conversationId: id, contactId, channelId };
		await takeTurns(store, [input]);
		await saveProfile(
			store,
			{ ...base, options: base.options.filter(({ id: option }) => option !== 'other') },
			'laura',
		);
		await happened('573001110002', ['no me ha llegado la factura']);
		now += 1;

		const items = await takeTurns(store, [input]);

		expect(items.map(({ output }) => output)).toContain('reply');
		const { state } = await conversationOf(id);
		expect(JSON.parse(state ?? '{}')).not.toHaveProperty('flow', 'other');
	});

	test('U6: an imported profile becomes the draft, or is published at once', async () => {
		const file = { format: 'n8n-nodes-whatsapp-crm/business-profile', profile: { ...base, name: 'Importada' } };

		expect(await importProfile(store, file, { as: 'draft', language: 'es' }, 'laura')).toMatchObject({
			action: 'drafted',
			changes: ['Nombre: «PROSUMINISTROS» → «Importada»'],
		});
		expect((await profileInForce(store)).profile.name).toBe('PROSUMINISTROS');
		await importProfile(store, file, { as: 'published', language: 'es' }, 'laura');
		expect((await profileInForce(store)).profile.name).toBe('Importada');
	});

	test('history, draft and tests are read from an index', async () => {
		const { store: observed, assertNoScan } = watched(store);
		await listProfileVersions(observed.db, store.workspaceId, { limit: 50 });
		await listProfileVersions(observed.db, store.workspaceId, { before: 7, limit: 50 });
		await listProfileTests(observed.db, store.workspaceId, { limit: 50 });
		await listProfileTests(observed.db, store.workspaceId, { after: store.newId(), limit: 50 });
		await saveDraft(observed, base, 'laura');
		await draftProfile(observed);
		await findProfile(observed, { version: 1 });
		await assertNoScan();
	});
});
