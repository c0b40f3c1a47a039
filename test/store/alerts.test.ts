import { listOpenAlerts } from '../../nodes/shared/store/repositories/alerts';
import { listAudit } from '../../nodes/shared/store/repositories/auditLog';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import type { Store } from '../../nodes/shared/store/store';
import { checkAlerts } from '../../nodes/shared/usecases/alerts/checkAlerts';
import { openAlerts } from '../../nodes/shared/usecases/alerts/openAlerts';
import { watchDesk } from '../../nodes/shared/usecases/alerts/watchDesk';
import { claimEmission } from '../../nodes/shared/usecases/emit/emissions';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { metricsFor } from '../../nodes/shared/usecases/metrics/metricsFor';
import { readMetrics, readSummary } from '../../nodes/shared/usecases/metrics/readMetrics';
import { channel, messageFrom, webhookId } from '../support/events';
import { watched } from '../support/plans';
import { caseOf, customerWho } from '../support/records';
import { eachDatabase } from '../support/stores';

/** A Tuesday, ten past eleven in Bogotá. */
const TUESDAY = Date.parse('2026-01-13T16:10:00.000Z');
const MINUTE = 60_000;
const DAY = 86_400_000;
const emit = { messages: false, statuses: false, echoes: false, account: true };

eachDatabase((_name, open) => {
	let now = TUESDAY;
	const openDesk = async (): Promise<Store> => {
		now = TUESDAY;
		const store = await open({ clock: () => now });
		await saveAdvisor(store, { name: 'Diana Torres', areas: ['sales'], role: 'supervisor' }, 'test');
		return store;
	};
	const kindsOf = (alerts: ReadonlyArray<{ readonly kind: string; readonly level: string; readonly state: string }>) =>
		alerts.map(({ kind, level, state }) => `${kind} ${level} ${state}`);

	/** So many messages in the hour before `at`. */
	const writes = async (store: Store, at: number, count: number): Promise<void> => {
		const events = Array.from({ length: count }, (_, index) =>
			messageFrom('573001234567', 'hola', { at: at - 30 * MINUTE + index * 1000 }),
		);
		const kept = now;
		now = at;
		await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events });
		now = kept;
	};

	test('O10: an hour far from the same hour of the weeks before is told once, and told as over when it is usual again', async () => {
		const store = await openDesk();
		for (const week of [1, 2, 3, 4]) await writes(store, TUESDAY - week * 7 * DAY, 30);
		await writes(store, TUESDAY, 10);

		expect(kindsOf(await checkAlerts(store))).toEqual(['volume low open']);
		expect(await checkAlerts(store)).toEqual([]);
		const [alert] = await openAlerts(store);
		expect(alert?.message).toBe(
			'A las 10 h llegaron 10 mensajes; lo usual son 30 (33 %). Revisa el número y el webhook.',
		);
		// Told to those who lead, and on the Account output for any node.
		const told = await listNotifications(store.db, store.workspaceId, { limit: 10 });
		expect(told.map(({ text }) => text)).toEqual([alert?.message]);
		const emission = await claimEmission(store, webhookId, 10);
		expect(emission?.items.account).toMatchObject([
			{ kind: 'alert', alert: { kind: 'volume', message: alert?.message } },
		]);
		// The next hour is as nobody knows it: nothing usual to compare with.
		now += 60 * MINUTE;
		expect(kindsOf(await checkAlerts(store))).toEqual(['volume low resolved']);
		expect(await openAlerts(store)).toEqual([]);
		const lines = await listAudit(store.db, store.workspaceId, { limit: 20, actor: 'desk' });
		expect(lines.map(({ action }) => action)).toEqual(['alert.resolved', 'alert.raised']);
	});

	test('O10: a usual hour, and hours of few messages, tell nothing', async () => {
		const store = await openDesk();
		for (const week of [1, 2]) await writes(store, TUESDAY - week * 7 * DAY, 30);
		await writes(store, TUESDAY, 25);
		expect(await checkAlerts(store)).toEqual([]);
		const quiet = await open({ workspaceId: 'quiet-desk', clock: () => now });
		await writes(quiet, TUESDAY - 7 * DAY, 3);
		await writes(quiet, TUESDAY, 12);
		expect(await checkAlerts(quiet)).toEqual([]);
	});

	test('O10: dead letters and errors over half a percent are told; two processes that look at once tell once', async () => {
		const store = await openDesk();
		await writes(store, TUESDAY, 30);
		await store.db
			.updateTable('journal')
			.set({ state: 'dead', error: 'x', attempts: 3 })
			.where('workspace_id', '=', store.workspaceId)
			.execute();
		const laura = await customerWho(store, '573001234567', 'hola');
		await store.db
			.insertInto('effects')
			.values({
				id: store.newId(),
				workspace_id: store.workspaceId,
				webhook_id: webhookId,
				channel_id: laura.channelId,
				contact_id: laura.contactId,
				conversation_id: laura.conversationId,
				output: 'case',
				payload: '{}',
				state: 'dead',
				attempts: 3,
				ready_at: now,
				error: 'Slack: is down',
				created_at: now,
			})
			.execute();
		const other = await open({ clock: () => now, bootId: 'another' });
		const told = await Promise.all([checkAlerts(store), checkAlerts(other)]);

		expect(kindsOf(told.flat()).sort()).toEqual(['dead_letters some open', 'errors over open']);
		const rung = await listNotifications(store.db, store.workspaceId, { limit: 10 });
		expect(rung.filter(({ kind }) => kind === 'alert')).toHaveLength(2);
	});

	test('D13: a customer beyond the promised time is an alert while they wait, and nobody’s name stays afterwards', async () => {
		const store = await openDesk();
		const laura = await customerWho(store, '573001234567', 'quiero una persona');
		await store.db
			.updateTable('conversations')
			.set({ mode: 'waiting', waiting_since: now })
			.where('id', '=', laura.conversationId)
			.execute();
		now += 29 * MINUTE;
		expect(await checkAlerts(store)).toEqual([]);
		now += 2 * MINUTE;
		const [alert] = await checkAlerts(store);
		expect(alert).toMatchObject({
			kind: 'sla',
			subject: laura.conversationId,
			message: 'Ana espera a una persona hace 31 min.',
		});
		now += MINUTE;
		expect(await checkAlerts(store)).toEqual([]);
		await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'test' });
		expect(kindsOf(await checkAlerts(store))).toEqual(['sla late resolved']);
		const rows = await store.db
			.selectFrom('alerts')
			.select('facts')
			.where('workspace_id', '=', store.workspaceId)
			.execute();
		expect(rows).toEqual([{ facts: '{}' }]);
	});

	test('O10: what WhatsApp says of numbers and token; without asking it those alerts stay as they are', async () => {
		const store = await openDesk();
		const soon = new Date(now + 10 * DAY);
		const red = { numbers: [{ number: '+573009998877', rating: 'RED' }], tokenExpiresAt: soon };

		expect(kindsOf(await checkAlerts(store, red))).toEqual(['quality RED open', 'token soon open']);
		expect(await checkAlerts(store)).toEqual([]);
		now += 8 * DAY;
		expect(
			kindsOf(await checkAlerts(store, { ...red, numbers: [{ number: '+573009998877', rating: 'YELLOW' }] })),
		).toEqual(['quality YELLOW open', 'token now open']);
		const green = { numbers: [{ number: '+573009998877', rating: 'GREEN' }], tokenExpiresAt: new Date(now + 60 * DAY) };
		expect(kindsOf(await checkAlerts(store, green))).toEqual(['quality YELLOW resolved', 'token now resolved']);
		expect(await listOpenAlerts(store.db, store.workspaceId, { limit: 10 })).toEqual([]);
	});

	test('O10: a flag of Meta is told when its webhook comes, once however often it is delivered', async () => {
		const store = await openDesk();
		await customerWho(store, '573001234567', 'hola');
		const flag = (event: string, id: string) =>
			({
				kind: 'account',
				id,
				at: new Date(now),
				field: 'phone_number_quality_update',
				event,
				wabaId: channel.wabaId,
				raw: { field: 'phone_number_quality_update', value: { display_phone_number: '573009998877', event } },
			}) as const;
		const receive = async (event: ReturnType<typeof flag>): Promise<void> => {
			await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events: [event] });
		};
		await receive(flag('FLAGGED', 'flag-1'));
		await receive(flag('FLAGGED', 'flag-1'));
		expect(await openAlerts(store)).toMatchObject([{ kind: 'quality', subject: '+573009998877', level: 'FLAGGED' }]);
		await receive(flag('UNFLAGGED', 'flag-2'));
		expect(await openAlerts(store)).toEqual([]);
		const rung = await listNotifications(store.db, store.workspaceId, { limit: 10 });
		expect(rung.filter(({ kind }) => kind === 'alert')).toHaveLength(2);
	});

	test('O14: a template that Meta rejects or pauses is told with its name, and told as over once it is approved', async () => {
		const store = await openDesk();
		const decided = async (event: string, id: string): Promise<void> => {
			const value = { event, message_template_name: 'survey', message_template_language: 'es', reason: 'PROMOTIONAL' };
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				emit,
				events: [
					{
						kind: 'account',
						id,
						at: new Date(now),
						field: 'message_template_status_update',
						event,
						wabaId: channel.wabaId,
						raw: { field: 'message_template_status_update', value },
					},
				],
			});
		};
		await decided('PENDING', 't0');
		expect(await openAlerts(store)).toEqual([]);
		await decided('REJECTED', 't1');
		expect(await openAlerts(store)).toMatchObject([
			{ kind: 'template', level: 'REJECTED', message: expect.stringContaining('survey (es)') as string },
		]);
		// The minute's look knows nothing of templates: it leaves the alert open.
		expect(await checkAlerts(store)).toEqual([]);
		await decided('APPROVED', 't2');
		expect(await openAlerts(store)).toEqual([]);
	});

	test('the minute’s look is taken by one of several triggers', async () => {
		const store = await openDesk();
		expect(await watchDesk(store)).toBe(true);
		expect(await watchDesk(store)).toBe(false);
		now += MINUTE;
		expect(await watchDesk(store)).toBe(true);
	});

	test('O9: the page gets figures against the time before, every day of the time, and who did what in names', async () => {
		const store = await openDesk();
		const laura = await customerWho(store, '573001234567', 'hola');
		await caseOf(store, laura, { requestId: 'c1', option: 'quotation' });
		const view = await metricsFor(store, { from: '2026-01-07', to: '2026-01-13' });

		expect(view.metrics.find(({ name }) => name === 'cases')).toEqual({
			name: 'cases',
			value: 1,
			previous: 0,
			unit: 'count',
		});
		expect(view.daily[0]?.points).toHaveLength(7);
		expect(view.daily[0]?.points.at(-1)).toEqual({ day: '2026-01-13', value: 1 });
		expect(view.breakdowns).toContainEqual({
			by: 'area',
			name: 'cases',
			rows: [{ label: 'Comercial', value: 1 }],
		});
		expect((await metricsFor(store, { from: '2025-01-01', to: '2025-01-31' })).metrics).toEqual([]);
	});

	test('O9: by week and month, and what cannot be asked is said with the field', async () => {
		const store = await openDesk();
		await customerWho(store, '573001234567', 'hola');
		const weekly = await readMetrics(store, {
			from: '2026-01-01',
			to: '2026-01-31',
			granularity: 'week',
			by: 'channel',
		});
		expect(weekly.find(({ name }) => name === 'conversations')).toMatchObject({ day: '2026-01-12', value: 1 });
		for (const [from, to, words] of [
			['2026-02-30', '2026-03-01', "'From' is no day"],
			['2026-03-02', '2026-03-01', "'From' is after 'To'"],
			['2020-01-01', '2026-03-01', 'more than 400 days apart'],
		] as const) {
			await expect(readSummary(store, { from, to })).rejects.toThrow(words);
		}
	});

	test('the minute’s look reads no whole table', async () => {
		now = TUESDAY;
		const { store, assertNoScan } = watched(await open({ clock: () => now }));
		await customerWho(store, '573001234567', 'hola');
		await checkAlerts(store, { numbers: [{ number: '+57', rating: 'RED' }] });
		await metricsFor(store, { from: '2026-01-07', to: '2026-01-13' });
		await assertNoScan();
	});
});
