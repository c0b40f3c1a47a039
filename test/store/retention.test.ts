import { createHash } from 'node:crypto';

import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { dailyRows } from '../../nodes/shared/store/repositories/metricRows';
import { listAudit } from '../../nodes/shared/store/repositories/auditLog';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { changeCaseStatus } from '../../nodes/shared/usecases/cases/changeCase';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { applyRetention } from '../../nodes/shared/usecases/retention/applyRetention';
import { verifyAudit } from '../../nodes/shared/usecases/audit/verifyAudit';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const START = Date.parse('2026-01-13T15:00:00.000Z');
const DAY = 86_400_000;
const PICTURE = Buffer.from('a picture');
const DIGEST = createHash('sha256').update(PICTURE).digest('hex');

eachDatabase((_name, open) => {
	let now = START;
	const desk = async (retention: { messagesDays?: number; filesDays?: number; contactsDays?: number }) => {
		now = START;
		const store = await open({ clock: () => now });
		await saveProfile(store, { ...profiles.prosuministros, retention }, 'test');
		return store;
	};
	/** The bot's turn has taken everything. */
	const answered = async (store: Store): Promise<void> => {
		await store.db
			.updateTable('messages')
			.set({ turn_state: 'done' })
			.where('workspace_id', '=', store.workspaceId)
			.execute();
	};
	const textsOf = async (store: Store, customer: Customer): Promise<Array<string | null>> =>
		(
			await store.db
				.selectFrom('messages')
				.select('text')
				.where('conversation_id', '=', customer.conversationId)
				.orderBy('at')
				.execute()
		).map(({ text }) => text);
	const sentFile = async (store: Store, customer: Customer): Promise<void> => {
		const message = await store.db
			.selectFrom('messages')
			.select('id')
			.where('conversation_id', '=', customer.conversationId)
			.executeTakeFirstOrThrow();
		await store.writeBytes(DIGEST, PICTURE);
		await store.db
			.insertInto('attachment_bytes')
			.values({
				workspace_id: store.workspaceId,
				sha256: DIGEST,
				bytes: store.dialect === 'sqlite' ? null : PICTURE,
				created_at: now,
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		await store.db
			.insertInto('attachments')
			.values({
				id: store.newId(),
				workspace_id: store.workspaceId,
				channel_id: customer.channelId,
				contact_id: customer.contactId,
				message_id: message.id,
				type: 'image',
				sha256: DIGEST,
				size: 9,
				state: 'stored',
				attempts: 1,
				ready_at: now,
				created_at: now,
			})
			.execute();
	};

	test('O11: a dry run says what would go and erases nothing; then exactly that goes', async () => {
		const store = await desk({ messagesDays: 90, filesDays: 30 });
		const laura = await customerWho(store, '573001234567', 'mi correo es laura@example.com');
		await sentFile(store, laura);
		await answered(store);
		now += 100 * DAY;
		await customerWho(store, '573001234567', 'hola otra vez');
		const planned = await applyRetention(store, { dryRun: true, actor: 'test' });

		expect(planned).toMatchObject({ dryRun: true, conversations: 1, messages: 1, files: 1, contacts: 0, skipped: 0 });
		expect(await textsOf(store, laura)).toHaveLength(2);
		expect(await applyRetention(store, { dryRun: false, actor: 'test' })).toEqual({ ...planned, dryRun: false });
		expect(await textsOf(store, laura)).toEqual(['hola otra vez']);
		expect(await store.readBytes(DIGEST)).toBeUndefined();
		const searched = await store.db
			.selectFrom('search_entries')
			.select('words')
			.where('conversation_id', '=', laura.conversationId)
			.execute();
		expect(JSON.stringify(searched)).not.toContain('laura@');
		expect(await applyRetention(store, { dryRun: false, actor: 'test' })).toMatchObject({ messages: 0, files: 0 });
	});

	test('O11, P7: the bitácora keeps a line and its chains are valid; the figures stay', async () => {
		const store = await desk({ messagesDays: 30 });
		const laura = await customerWho(store, '573001234567', 'hola');
		const { case: made } = await caseOf(store, laura, { requestId: 'c1' });
		await changeCaseStatus(store, { caseKey: made.id, status: 'closed', requestId: 's1' });
		await answered(store);
		now += 40 * DAY;
		await applyRetention(store, { dryRun: false, actor: 'test' });

		expect(await textsOf(store, laura)).toEqual([]);
		const [line, ...earlier] = await listAudit(store.db, store.workspaceId, { limit: 20, chain: laura.contactId });
		expect(line).toMatchObject({ action: 'records.erased', actor: 'test' });
		expect(JSON.parse(line?.payload ?? '{}')).toMatchObject({ messages: 2, files: 0 });
		expect(earlier.length).toBeGreaterThan(0);
		expect(earlier.every(({ payload }) => payload === null)).toBe(true);
		expect(await verifyAudit(store)).toMatchObject({ intact: true });
		const day = { from: '2026-01-13', to: '2026-01-13' };
		const rows = await dailyRows(store.db, store.workspaceId, {
			names: ['inbound_messages'],
			dimension: 'all',
			...day,
		});
		expect(rows).toMatchObject([{ count: 1 }]);
	});

	test('D26: a lead or an open case keeps a conversation; an erasure on request wins', async () => {
		const store = await desk({ messagesDays: 30, filesDays: 30, contactsDays: 60 });
		const laura = await customerWho(store, '573001234567', 'necesito una cotización');
		await createLead(store, { ...laura, requestId: 'l1' });
		const pedro = await customerWho(store, '573007654321', 'mi pedido no llega');
		const { case: open1 } = await caseOf(store, pedro, { requestId: 'c1' });
		await answered(store);
		now += 400 * DAY;

		expect(await applyRetention(store, { dryRun: false, actor: 'test' })).toMatchObject({
			skipped: 2,
			messages: 0,
			contacts: 0,
		});
		expect(await textsOf(store, laura)).toEqual(['necesito una cotización']);
		await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'test' });
		expect(await textsOf(store, laura)).toEqual([]);
		// Once it is closed nothing keeps it any more.
		await changeCaseStatus(store, { caseKey: open1.id, status: 'closed', requestId: 's1' });
		expect(await applyRetention(store, { dryRun: false, actor: 'test' })).toMatchObject({
			skipped: 0,
			contacts: 1,
			failed: 0,
		});
		const person = await store.db
			.selectFrom('contacts')
			.select(['phone', 'erased_at'])
			.where('id', '=', pedro.contactId)
			.executeTakeFirstOrThrow();
		expect(person.phone).toBeNull();
		expect(person.erased_at).not.toBeNull();
		expect(await verifyAudit(store)).toMatchObject({ intact: true });
	});

	test('a file that somebody else has too keeps its bytes', async () => {
		const store = await desk({ filesDays: 30 });
		const laura = await customerWho(store, '573001234567', 'foto');
		await sentFile(store, laura);
		now += 20 * DAY;
		const pedro = await customerWho(store, '573007654321', 'la misma foto');
		await sentFile(store, pedro);
		now += 20 * DAY;

		expect(await applyRetention(store, { dryRun: false, actor: 'test' })).toMatchObject({ files: 1, messages: 0 });
		expect(await store.readBytes(DIGEST)).toBeDefined();
		const state = await store.db
			.selectFrom('attachments')
			.select(['state', 'error'])
			.where('contact_id', '=', laura.contactId)
			.executeTakeFirst();
		expect(state).toEqual({ state: 'expired', error: null });
	});

	test('a message that no turn has taken yet never goes, and two runs at once erase once', async () => {
		const store = await desk({ messagesDays: 30 });
		const laura = await customerWho(store, '573001234567', 'hola', 'sigo aquí');
		const [first] = await store.db
			.selectFrom('messages')
			.select('id')
			.where('conversation_id', '=', laura.conversationId)
			.orderBy('at')
			.execute();
		await store.db
			.updateTable('messages')
			.set({ turn_state: 'done' })
			.where('id', '=', first?.id ?? '')
			.execute();
		now += 40 * DAY;
		const other = await open({ clock: () => now, bootId: 'another' });
		const reports = await Promise.all(
			[store, other].map(async (one) => await applyRetention(one, { dryRun: false, actor: 'test' })),
		);

		expect(await textsOf(store, laura)).toEqual(['sigo aquí']);
		expect(reports.reduce((sum, { messages }) => sum + messages, 0)).toBe(1);
	});

	test('without a rule nothing is looked at; shorter than a month is refused', async () => {
		const store = await desk({});
		const laura = await customerWho(store, '573001234567', 'hola');
		now += 4000 * DAY;
		expect(await applyRetention(store, { dryRun: false, actor: 'test' })).toMatchObject({ conversations: 0 });
		expect(await textsOf(store, laura)).toEqual(['hola']);
		await expect(
			saveProfile(store, { ...profiles.prosuministros, retention: { messagesDays: 7 } }, 'test'),
		).rejects.toThrow('must be 0 (keep) or at least 30');
	});

	test('erasing old records reads no whole table', async () => {
		now = START;
		const { store, assertNoScan } = watched(await open({ clock: () => now }));
		await saveProfile(store, { ...profiles.prosuministros, retention: { messagesDays: 30, filesDays: 30 } }, 'test');
		const laura = await customerWho(store, '573001234567', 'hola');
		await sentFile(store, laura);
		await store.db
			.updateTable('messages')
			.set({ turn_state: 'done' })
			.where('conversation_id', '=', laura.conversationId)
			.execute();
		now += 40 * DAY;
		await applyRetention(store, { dryRun: true, actor: 'test' });
		await applyRetention(store, { dryRun: false, actor: 'test' });
		await assertNoScan();
	});
});
