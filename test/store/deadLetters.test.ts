import { listAudit } from '../../nodes/shared/store/repositories/auditLog';
import { listDeadLetters, type DeadLetterKind } from '../../nodes/shared/store/repositories/deadLetters';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import type { Store } from '../../nodes/shared/store/store';
import { claimEmission } from '../../nodes/shared/usecases/emit/emissions';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { previewRetry, retryDeadLetter } from '../../nodes/shared/usecases/send/retryDeadLetter';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { tellTeam } from '../../nodes/shared/usecases/notify/tellTeam';
import { statusOf } from '../support/events';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const WEBHOOK = 'the-trigger';

/** One row of each kind that was given up, and one of each that was done: what three failures leave behind. */
async function giveUp(store: Store, suffix = ''): Promise<Readonly<Record<DeadLetterKind, string>>> {
	const { workspaceId } = store;
	const id = (name: string): string => `${workspaceId}-${name}${suffix}`;
	const now = store.now();
	const [contact, conversation] = [id('contact'), id('conversation')];
	await store.db
		.insertInto('contacts')
		.values({
			id: contact,
			workspace_id: workspaceId,
			name: 'Laura Gómez',
			phone: '+573001112233',
			name_verified: 1,
			imported: 0,
			registered: 0,
			created_at: now,
			updated_at: now,
		})
		.execute();
	await store.db
		.insertInto('conversations')
		.values({
			id: conversation,
			workspace_id: workspaceId,
			channel_id: 'number',
			contact_id: contact,
			webhook_id: WEBHOOK,
			mode: 'waiting',
			activity_at: now,
			inbound_count: 1,
			commercial_intent: 0,
			revision: 1,
			version: 0,
			last_inbound_at: now,
			created_at: now,
			updated_at: now,
		})
		.execute();
	const message = (name: string, direction: 'in' | 'out') => ({
		id: id(name),
		workspace_id: workspaceId,
		channel_id: 'number',
		contact_id: contact,
		conversation_id: conversation,
		direction,
		author: direction === 'in' ? ('customer' as const) : ('bot' as const),
		type: 'text',
		content: '{}',
		at: now,
		created_at: now,
		changed_at: now,
		turn_state: direction === 'in' ? ('dead' as const) : null,
		turn_attempts: 3,
		delivery_status: direction === 'in' ? null : 'failed',
	});
	await store.db
		.insertInto('messages')
		.values([message('in', 'in'), message('failed', 'out'), message('sent', 'out')])
		.execute();
	const shared = {
		workspace_id: workspaceId,
		webhook_id: WEBHOOK,
		channel_id: 'number',
		contact_id: contact,
		conversation_id: conversation,
		attempts: 3,
		ready_at: now,
	};
	const journal = (name: string, state: 'dead' | 'done', at: number) => ({
		...shared,
		id: id(name),
		output: 'messages' as const,
		message_id: id('in'),
		dedupe_key: id(name),
		payload: JSON.stringify({ crm: {} }),
		state,
		error: state === 'dead' ? 'Responder: la base no respondió' : null,
		created_at: at,
	});
	await store.db
		.insertInto('journal')
		.values([journal('journal', 'dead', now + 1), journal('fine', 'done', now)])
		.execute();
	await store.db
		.insertInto('effects')
		.values({
			...shared,
			id: id('effect'),
			output: 'case',
			payload: '{}',
			state: 'dead',
			error: 'Registrar la cotización: sin permiso',
			created_at: now + 2,
		})
		.execute();
	const outbox = (name: string, state: 'failed' | 'accepted', at: number) => ({
		...shared,
		id: id(name),
		request_id: id('request'),
		sequence: 0,
		message: '{}',
		state,
		wake_at: now,
		error: state === 'failed' ? 'WhatsApp: the number is not on WhatsApp' : null,
		possible_duplicate: 0,
		cancel_on_reply: 0,
		created_at: at,
		finished_at: at,
	});
	await store.db
		.insertInto('outbox')
		.values([outbox('failed', 'failed', now + 3), outbox('sent', 'accepted', now)])
		.execute();
	await store.db
		.insertInto('attachments')
		.values({
			id: id('file'),
			workspace_id: workspaceId,
			channel_id: 'number',
			contact_id: contact,
			message_id: id('in'),
			media_id: 'media',
			type: 'image',
			state: 'expired',
			attempts: 5,
			ready_at: now,
			error: 'Meta no longer has it',
			created_at: now + 4,
		})
		.execute();
	await store.db
		.insertInto('bridge_tasks')
		.values({
			id: id('task'),
			workspace_id: workspaceId,
			webhook_id: WEBHOOK,
			contact_id: contact,
			kind: 'wait',
			payload: JSON.stringify({ kind: 'wait', conversationId: 'gone', since: 1, step: 1 }),
			state: 'dead',
			attempts: 3,
			ready_at: now,
			error: 'The database did not answer',
			created_at: now + 5,
			finished_at: now,
		})
		.execute();
	await store.db
		.insertInto('payment_events')
		.values({
			id: id('news'),
			workspace_id: workspaceId,
			webhook_id: WEBHOOK,
			provider: 'stripe',
			event_id: id('evt'),
			hint: '{}',
			at: now,
			state: 'dead',
			attempts: 10,
			ready_at: now,
			error: 'Stripe is unavailable for now',
			payment_id: null,
			created_at: now + 6,
		})
		.execute();
	return {
		received: id('journal'),
		step: id('effect'),
		message: id('failed'),
		file: id('file'),
		bridge: id('task'),
		payment: id('news'),
	};
}

eachDatabase((_name, open) => {
	const kinds = async (store: Store) =>
		(await listDeadLetters(store.db, store.workspaceId, { limit: 10 })).map(({ kind }) => kind);

	test('O4: everything that was given up is listed with reason and customer, newest first, and nothing else', async () => {
		const { store, assertNoScan } = watched(await open());
		const ids = await giveUp(store);
		await giveUp(await open({ workspaceId: `${store.workspaceId}-other` }));

		const rows = await listDeadLetters(store.db, store.workspaceId, { limit: 10 });

		expect(rows.map(({ kind, id }) => [kind, id])).toEqual([
			['payment', ids.payment],
			['bridge', ids.bridge],
			['file', ids.file],
			['message', ids.message],
			['step', ids.step],
			['received', ids.received],
		]);
		expect(rows[4]).toMatchObject({
			about: 'case',
			error: 'Registrar la cotización: sin permiso',
			contact_name: 'Laura Gómez',
			contact_phone: '+573001112233',
		});
		await assertNoScan();
	});

	test('pages go on where the one before ended, over all kinds', async () => {
		const store = await open();
		await giveUp(store);
		const first = await listDeadLetters(store.db, store.workspaceId, { limit: 3 });
		const second = await listDeadLetters(store.db, store.workspaceId, { limit: 3, before: first.at(-1) });

		const all = ['payment', 'bridge', 'file', 'message', 'step', 'received'];
		expect([...first, ...second].map(({ kind }) => kind)).toEqual(all);
		const files = await listDeadLetters(store.db, store.workspaceId, { kind: 'file', limit: 3 });
		expect(files.map(({ kind }) => kind)).toEqual(['file']);
	});

	test('O4: retried, each is taken up again by its trigger, on the way of the first try', async () => {
		const { store, assertNoScan } = watched(await open());
		const ids = await giveUp(store);
		for (const [kind, id] of Object.entries(ids)) {
			expect(await retryDeadLetter(store, id, 'test')).toEqual({ action: 'retried', kind });
		}

		expect(await kinds(store)).toEqual([]);
		expect((await claimEmission(store, WEBHOOK, 10))?.items.messages).toHaveLength(1);
		const due = (await collectDue(store, WEBHOOK)).flatMap(({ items }) => items);
		expect(due.map((item) => item.due).sort()).toEqual(['attachment', 'effect', 'outbox']);
		const message = await store.db
			.selectFrom('messages')
			.select(['turn_state', 'turn_attempts'])
			.where('id', '=', `${store.workspaceId}-in`)
			.executeTakeFirstOrThrow();
		expect(message).toEqual({ turn_state: 'pending', turn_attempts: 0 });
		const audit = await listAudit(store.db, store.workspaceId, { limit: 10 });
		expect(audit.map(({ action }) => action)).toEqual(Array(6).fill('dead_letter.retried'));
		await assertNoScan();
	});

	test('retried twice, also at the same time, is retried once; what is not given up stays as it is', async () => {
		const store = await open();
		const { step } = await giveUp(store);
		expect(await previewRetry(store, step)).toEqual({ action: 'retried', kind: 'step' });
		const results = await Promise.all([retryDeadLetter(store, step, 'test'), retryDeadLetter(store, step, 'test')]);

		expect(results.map(({ action }) => action).sort()).toEqual(['retried', 'unchanged']);
		expect(await retryDeadLetter(store, `${store.workspaceId}-sent`, 'test')).toEqual({ action: 'unchanged' });
		expect(await previewRetry(store, step)).toEqual({ action: 'unchanged' });
	});

	test('another workspace’s dead letters can be neither seen nor retried', async () => {
		const store = await open();
		const { step } = await giveUp(store);
		const other = await open({ workspaceId: `${store.workspaceId}-other` });

		expect(await kinds(other)).toEqual([]);
		expect(await retryDeadLetter(other, step, 'test')).toEqual({ action: 'unchanged' });
		expect(await kinds(store)).toContain('step');
	});

	describe('O4: what WhatsApp took and then did not deliver', () => {
		/** A message that was sent, and what WhatsApp says of it afterwards. */
		async function undelivered(store: Store, code: number): Promise<string> {
			await giveUp(store);
			const id = `${store.workspaceId}-sent`;
			await store.db
				.updateTable('outbox')
				.set({ state: 'accepted', vendor_id: `${id}-wamid`, error: null })
				.where('id', '=', id)
				.execute();
			await store.db
				.updateTable('messages')
				.set({ vendor_id: `${id}-wamid`, delivery_status: 'accepted' })
				.where('id', '=', id)
				.execute();
			await hears(store, id, code);
			return id;
		}

		async function hears(store: Store, id: string, code: number): Promise<void> {
			const status = statusOf(`${id}-wamid`, 'failed', { callbackData: id });
			await receiveEvents(store, {
				webhookId: WEBHOOK,
				vendor: 'whatsapp',
				emit: { messages: true, statuses: false, echoes: false, account: false },
				events: [{ ...status, errors: [{ code, title: 'as Meta calls it' }] }],
			});
		}

		const stateOf = async (store: Store, id: string) =>
			(await store.db.selectFrom('outbox').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;

		test('is listed with the reason in words and what to do', async () => {
			const store = await open();
			const id = await undelivered(store, 131026);
			const found = await listDeadLetters(store.db, store.workspaceId, { kind: 'message', limit: 10 });

			expect(found.find((row) => row.id === id)?.error).toBe(
				'The message cannot be delivered to this person (131026). The number has no WhatsApp, an old version, or has not accepted its terms. Reach the person another way.',
			);
		});

		test('is not sent again to somebody who can never get it, and a closed window asks for a template', async () => {
			const store = await open();
			const id = await undelivered(store, 131026);

			expect(await previewRetry(store, id)).toMatchObject({ action: 'refused' });
			expect(await retryDeadLetter(store, id, 'test')).toMatchObject({
				action: 'refused',
				reason: expect.stringContaining('Reach the person another way') as unknown,
			});
			expect(await stateOf(store, id)).toBe('failed');
			const other = await open({ workspaceId: `${store.workspaceId}-other` });
			const outside = await undelivered(other, 131047);
			await other.db
				.updateTable('conversations')
				.set({ last_inbound_at: 1 })
				.where('id', 'like', '%-other-%')
				.execute();
			expect(await retryDeadLetter(other, outside, 'test')).toMatchObject({
				action: 'refused',
				reason: expect.stringContaining('Send an approved template instead') as unknown,
			});
		});

		test('a closed window that the customer has opened since, or a cause that passes, may be tried again', async () => {
			const store = await open();
			const id = await undelivered(store, 131047);

			expect(await retryDeadLetter(store, id, 'test')).toEqual({ action: 'retried', kind: 'message' });
			const other = await open({ workspaceId: `${store.workspaceId}-other` });
			const passing = await undelivered(other, 131000);
			expect(await retryDeadLetter(other, passing, 'test')).toEqual({ action: 'retried', kind: 'message' });
		});

		test('arrives twice: the failure of the first send says nothing about the second', async () => {
			const store = await open();
			const id = await undelivered(store, 131000);
			await retryDeadLetter(store, id, 'test');
			await hears(store, id, 131000);
			expect(await stateOf(store, id)).toBe('queued');

			await store.db
				.updateTable('outbox')
				.set({ state: 'accepted', vendor_id: `${id}-second` })
				.where('id', '=', id)
				.execute();
			await hears(store, id, 131000);
			expect(await stateOf(store, id)).toBe('accepted');
		});
	});

	describe('people of the team are told', () => {
		const names = (told: Awaited<ReturnType<typeof tellTeam>>) => told.map(({ advisor }) => advisor.name);

		test('once for the same request', async () => {
			const store = await open();
			await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test');
			const news = { to: { role: 'supervisor' }, text: 'Falló un flujo', requestId: 'flow-1' } as const;
			await tellTeam(store, news);
			const again = await tellTeam(store, news);

			expect(again.map(({ isNew }) => isNew)).toEqual([false]);
			expect(await listNotifications(store.db, store.workspaceId, { limit: 5 })).toMatchObject([
				{ text: 'Falló un flujo', kind: 'team.told', state: 'unread' },
			]);
		});

		test('supervisors when there are any, an area, one person, or everybody', async () => {
			const store = await open();
			await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test');
			await saveAdvisor(store, { name: 'Diana Torres', areas: ['support'], role: 'supervisor' }, 'test');
			const text = 'Hola';

			expect(names(await tellTeam(store, { to: { role: 'supervisor' }, text, requestId: '1' }))).toEqual([
				'Diana Torres',
			]);
			expect(names(await tellTeam(store, { to: { area: 'sales' }, text, requestId: '2' }))).toEqual(['Carolina Rojas']);
			expect(names(await tellTeam(store, { to: { everybody: true }, text, requestId: '3' }))).toHaveLength(2);
			expect(names(await tellTeam(store, { to: { role: 'administrator' }, text, requestId: '4' }))).toHaveLength(2);
		});
	});
});
