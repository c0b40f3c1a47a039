import { dailyRows } from '../../nodes/shared/store/repositories/metricRows';
import { insertEffects } from '../../nodes/shared/store/repositories/effects';
import { changeMessage, insertMessage } from '../../nodes/shared/store/repositories/messages';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { changeCaseStatus } from '../../nodes/shared/usecases/cases/changeCase';
import { changeLeadStage } from '../../nodes/shared/usecases/leads/changeLeadStage';
import { countedModel } from '../../nodes/shared/usecases/models/countedModel';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { mergePeople } from '../../nodes/shared/usecases/contacts/mergePeople';
import { catchUpMetrics, recountMetrics } from '../../nodes/shared/usecases/metrics/catchUpMetrics';
import { readSummary } from '../../nodes/shared/usecases/metrics/readMetrics';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { webhookId } from '../support/events';
import { watched } from '../support/plans';
import * as fc from '../support/properties';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

/** A Tuesday, ten in the morning in Bogotá. */
const TUESDAY = Date.parse('2026-01-13T15:00:00.000Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

let count = 0;

interface Said {
	readonly at: number;
	readonly direction?: 'in' | 'out';
	readonly author?: 'customer' | 'bot' | 'advisor' | 'workflow';
	readonly advisorId?: string;
	readonly type?: string;
	readonly content?: object;
	readonly vendorId?: string;
	readonly status?: string;
	readonly pricing?: object;
}

/** A message as it stands in the store, at any time of the past. */
async function said(store: Store, customer: Customer, message: Said): Promise<string> {
	count += 1;
	const id = store.newId();
	const { direction = 'in' } = message;
	await store.transaction(
		async (tx) =>
			await insertMessage(tx, {
				id,
				workspace_id: store.workspaceId,
				channel_id: customer.channelId,
				contact_id: customer.contactId,
				conversation_id: customer.conversationId,
				direction,
				author: message.author ?? (direction === 'in' ? 'customer' : 'bot'),
				advisor_id: message.advisorId ?? null,
				vendor_id: message.vendorId ?? `wamid.metrics.${count}`,
				type: message.type ?? 'text',
				text: 'hola',
				content: JSON.stringify(message.content ?? {}),
				at: message.at,
				created_at: store.now(),
				turn_state: null,
				turn_attempts: 0,
				request_id: null,
				delivery_status: message.status ?? null,
				delivery_at: null,
				error: null,
				pricing: message.pricing === undefined ? null : JSON.stringify(message.pricing),
			}),
	);
	return id;
}

async function handedOver(store: Store, customer: Customer, at: number, strength = 'take_over'): Promise<void> {
	await store.transaction(
		async (tx) =>
			await insertEffects(tx, [
				{
					id: store.newId(),
					workspace_id: store.workspaceId,
					webhook_id: webhookId,
					channel_id: customer.channelId,
					contact_id: customer.contactId,
					conversation_id: customer.conversationId,
					output: 'handoff',
					payload: JSON.stringify({ kind: 'handoff', strength }),
					state: 'done',
					attempts: 1,
					ready_at: at,
					owner: null,
					emission_id: null,
					error: null,
					created_at: at,
					finished_at: at,
				},
			]),
	);
}

interface Counted {
	readonly count: number;
	readonly sum: number;
}

/** The row of one day, or nothing. */
async function figure(
	store: Store,
	name: string,
	day: string,
	dimension = 'all',
	key = '',
): Promise<Counted | undefined> {
	const rows = await dailyRows(store.db, store.workspaceId, { names: [name], dimension, from: day, to: day, key });
	const [row] = rows;
	return row && { count: row.count, sum: row.sum };
}

const allRows = async (store: Store): Promise<object[]> =>
	await store.db
		.selectFrom('metrics_daily')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.orderBy('name')
		.orderBy('dimension')
		.orderBy('day')
		.orderBy('key')
		.orderBy('unit')
		.execute();

eachDatabase((name, open) => {
	let now = TUESDAY;
	const openDesk = async (): Promise<Store> => {
		now = TUESDAY;
		return await open({ clock: () => now });
	};

	/** Somebody who wrote once, long before. */
	const known = async (store: Store, waId: string): Promise<Customer> => {
		now -= 60 * DAY;
		const customer = await customerWho(store, waId, 'hola');
		now += 60 * DAY;
		return customer;
	};

	test('O9: a day by the clock of the business: a message after midnight in London belongs to the evening in Bogotá', async () => {
		const store = await openDesk();
		const laura = await known(store, '573001234567');
		now = Date.parse('2026-01-14T04:30:00.000Z');
		await said(store, laura, { at: now });
		await catchUpMetrics(store);

		expect(await figure(store, 'inbound_messages', '2026-01-13')).toEqual({ count: 1, sum: 0 });
		expect(await figure(store, 'inbound_messages', '2026-01-13', 'hour', '23')).toEqual({ count: 1, sum: 0 });
		expect(await figure(store, 'inbound_messages', '2026-01-14')).toBeUndefined();
	});

	test('O9: the bot’s first answer and the person’s are two clocks; the person’s runs from the handoff', async () => {
		const store = await openDesk();
		const laura = await known(store, '573001234567');
		await said(store, laura, { at: now });
		await said(store, laura, { at: now + 2_000, direction: 'out' });
		await said(store, laura, { at: now + 10 * MINUTE });
		await handedOver(store, laura, now + 10 * MINUTE + 3_000);
		await said(store, laura, { at: now + 10 * MINUTE + 3_000, direction: 'out' });
		const answered = now + 14 * MINUTE + 3_000;
		await said(store, laura, { at: answered, direction: 'out', author: 'advisor', advisorId: 'carolina' });
		await catchUpMetrics(store);

		expect(await figure(store, 'first_response_bot', '2026-01-13')).toEqual({ count: 2, sum: 5 });
		expect(await figure(store, 'first_response', '2026-01-13')).toEqual({ count: 1, sum: 240 });
		expect(await figure(store, 'first_response', '2026-01-13', 'advisor', 'carolina')).toEqual({ count: 1, sum: 240 });
		expect(await figure(store, 'sla', '2026-01-13')).toEqual({ count: 1, sum: 1 });
		expect(await figure(store, 'resolved_without_person', '2026-01-13')).toEqual({ count: 1, sum: 0 });
	});

	test('B17: the clock of the team stands still outside of opening hours', async () => {
		const store = await openDesk();
		const laura = await known(store, '573001234567');
		// Friday evening to Monday morning, with a weekend between.
		await said(store, laura, { at: Date.parse('2026-01-16T23:00:00.000Z') });
		const monday = Date.parse('2026-01-19T13:10:00.000Z');
		await said(store, laura, { at: monday, direction: 'out', author: 'advisor', advisorId: 'carolina' });
		now = monday + MINUTE;
		await catchUpMetrics(store);

		expect(await figure(store, 'sla', '2026-01-19')).toEqual({ count: 1, sum: 1 });
	});

	test('O12: what models were asked counts on its day, once however often it is read, and is money by the profile’s prices', async () => {
		const store = await openDesk();
		const laura = await known(store, '573001234567');
		const asks = async (reply: unknown): Promise<unknown> =>
			await countedModel(store, async () => await Promise.resolve(reply), { ...laura, purpose: 'classify' })([
				{ role: 'user', content: '12345678' },
			]);
		const names = ['model_calls', 'model_calls_estimated', 'model_cost'];
		const summary = async () => {
			const span = { from: '2026-01-13', to: '2026-01-13' };
			return (await readSummary(store, span)).filter(({ name: figured }) => names.includes(figured));
		};
		expect(await summary()).toEqual([]);
		await asks({
			content: '',
			usage_metadata: { input_tokens: 1_000_000, output_tokens: 200_000 },
			response_metadata: { model_name: 'gpt-4o-mini-2024' },
		});
		await asks('abcd');
		await catchUpMetrics(store);
		expect(await summary()).toEqual([
			{ name: 'model_calls', value: 2, unit: 'count', previous: null },
			{ name: 'model_calls_estimated', value: 1, unit: 'count', previous: null },
		]);
		const models = [{ model: 'gpt-4o-mini', input: '0.15', output: '0.6', currency: 'USD' }];
		await saveProfile(store, { ...profiles.prosuministros, costs: { messages: [], models } }, 'test');
		await recountMetrics(store);
		expect((await summary()).at(-1)).toEqual({
			name: 'model_cost',
			value: 0.27,
			unit: 'money',
			currency: 'USD',
			previous: null,
		});
		expect(await figure(store, 'model_input', '2026-01-13', 'channel', laura.channelId)).toBeDefined();
	});

	test('O12: what a model was asked about no customer’s message is the business’s, and no number’s', async () => {
		const store = await openDesk();
		const alone = { contactId: undefined, conversationId: undefined, purpose: 'classify' } as const;
		const reply = { content: '', usage_metadata: { input_tokens: 90, output_tokens: 10 } };
		await countedModel(store, async () => await Promise.resolve(reply), alone)([{ role: 'user', content: 'hola' }]);
		await catchUpMetrics(store);
		const rows = await store.db
			.selectFrom('metrics_daily')
			.select(['dimension', 'count', 'sum'])
			.where('workspace_id', '=', store.workspaceId)
			.where('name', '=', 'model_input')
			.execute();
		expect(rows).toEqual([{ dimension: 'all', count: 1, sum: 90 }]);
	});

	test('O8: templates sent, delivered, read and tapped count on the day they were sent, however late that is known', async () => {
		const store = await openDesk();
		const laura = await known(store, '573001234567');
		const id = await said(store, laura, {
			at: now,
			direction: 'out',
			author: 'workflow',
			type: 'template',
			vendorId: 'wamid.template',
			content: { type: 'template', name: 'payment_reminder', languageCode: 'es' },
			status: 'sent',
			pricing: { billable: true, category: 'utility' },
		});
		await catchUpMetrics(store);
		expect(await figure(store, 'templates_read', '2026-01-13')).toBeUndefined();
		now += 2 * DAY;
		await store.transaction(async (tx) => await changeMessage(tx, store, id, { delivery_status: 'read' }));
		await said(store, laura, {
			at: now,
			type: 'reply',
			content: { content: { reply: { via: 'template_button' } }, context: { messageId: 'wamid.template' } },
		});
		await catchUpMetrics(store);

		for (const name of ['templates_sent', 'templates_delivered', 'templates_read', 'templates_clicked']) {
			expect([name, await figure(store, name, '2026-01-13', 'template', 'payment_reminder')]).toEqual([
				name,
				{ count: 1, sum: 0 },
			]);
		}
		const [billed] = await dailyRows(store.db, store.workspaceId, {
			names: ['billed'],
			dimension: 'template',
			from: '2026-01-13',
			to: '2026-01-13',
		});
		expect(billed).toMatchObject({ key: 'payment_reminder', unit: 'utility', count: 1 });
	});

	test('O9: leads count on their day, time and money on the day of the sale; a sale that is lost after all is taken back', async () => {
		const store = await openDesk();
		const laura = await customerWho(store, '573001234567', 'necesito 20 portátiles');
		now += 2 * DAY;
		const { lead } = await createLead(store, { ...laura, requestId: 'l1' });
		now += DAY;
		await changeLeadStage(store, { leadId: lead.id, stage: 'Won', amount: 1250000.5, currency: 'COP' });
		await catchUpMetrics(store);

		expect(await figure(store, 'paid_leads', '2026-01-15')).toEqual({ count: 1, sum: 0 });
		expect(await figure(store, 'won', '2026-01-16')).toEqual({ count: 1, sum: (3 * DAY) / 1000 });
		expect(await figure(store, 'revenue', '2026-01-16', 'channel', laura.channelId)).toEqual({
			count: 1,
			sum: 12_500_005_000,
		});
		now += MINUTE;
		await changeLeadStage(store, { leadId: lead.id, stage: 'Lost', lostReason: 'precio' });
		await catchUpMetrics(store);

		expect(await figure(store, 'revenue', '2026-01-16')).toBeUndefined();
		expect(await figure(store, 'paid_leads', '2026-01-15')).toBeUndefined();
		expect(await figure(store, 'abandoned', '2026-01-16')).toEqual({ count: 1, sum: 1 });
	});

	test('O9: what went wrong and what was tried again count on the day it was begun, once', async () => {
		const store = await openDesk();
		const laura = await customerWho(store, '573001234567', 'hola');
		await handedOver(store, laura, now);
		await store.db
			.updateTable('effects')
			.set({ state: 'dead', attempts: 3, error: 'Slack: is down' })
			.where('conversation_id', '=', laura.conversationId)
			.execute();
		await catchUpMetrics(store);
		await catchUpMetrics(store);

		expect(await figure(store, 'integration_errors', '2026-01-13')).toEqual({ count: 1, sum: 0 });
		expect(await figure(store, 'retries', '2026-01-13')).toEqual({ count: 2, sum: 0 });
	});

	test('a commit that comes after the reading is read by the next one', async () => {
		const store = await openDesk();
		const laura = await known(store, '573001234567');
		await said(store, laura, { at: now });
		const late = now - 5_000;
		now += 1_000;
		await catchUpMetrics(store);
		const id = await said(store, laura, { at: late });
		await store.db.updateTable('messages').set({ changed_at: late }).where('id', '=', id).execute();
		await catchUpMetrics(store);

		expect(await figure(store, 'inbound_messages', '2026-01-13')).toEqual({ count: 2, sum: 0 });
	});

	test('several processes that count at once count everything once', async () => {
		const store = await openDesk();
		const other = await open({ clock: () => now, bootId: 'another' });
		const laura = await known(store, '573001234567');
		for (let index = 0; index < 250; index += 1) await said(store, laura, { at: now - index * MINUTE });
		await Promise.all([store, other, store].map(async (one) => await catchUpMetrics(one)));

		expect(await figure(store, 'inbound_messages', '2026-01-13')).toEqual({ count: 250, sum: 0 });
	});

	test('a call that is cut short goes on where it ended', async () => {
		const store = await openDesk();
		const laura = await known(store, '573001234567');
		for (let index = 0; index < 250; index += 1) await said(store, laura, { at: now + index });
		now += 10 * MINUTE;

		expect(await catchUpMetrics(store, { batches: 2 })).toBe(false);
		expect(await catchUpMetrics(store)).toBe(true);
		expect(await figure(store, 'inbound_messages', '2026-01-13')).toEqual({ count: 250, sum: 0 });
	});

	test('another time zone counts everything anew', async () => {
		const store = await openDesk();
		const laura = await known(store, '573001234567');
		await said(store, laura, { at: Date.parse('2026-01-14T04:30:00.000Z') });
		await catchUpMetrics(store);
		await saveProfile(store, { ...profiles.prosuministros, timeZone: 'Europe/Madrid' }, 'test');
		await catchUpMetrics(store);

		expect(await figure(store, 'inbound_messages', '2026-01-13')).toBeUndefined();
		expect(await figure(store, 'inbound_messages', '2026-01-14')).toEqual({ count: 1, sum: 0 });
	});

	test('O11: the figures of an erased person stay, although nothing of the person does', async () => {
		const store = await openDesk();
		const laura = await customerWho(store, '573001234567', 'hola');
		await caseOf(store, laura, { requestId: 'c1' });
		await createLead(store, { ...laura, requestId: 'l1' });
		await catchUpMetrics(store);
		const before = await allRows(store);
		now += MINUTE;
		await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'test' });
		await catchUpMetrics(store);

		expect(before.length).toBeGreaterThan(5);
		expect(await allRows(store)).toEqual(before);
	});

	test('people who are merged are not counted twice', async () => {
		const store = await openDesk();
		const [laura, again] = [await known(store, '573001234567'), await known(store, '573007654321')];
		await said(store, laura, { at: now });
		await said(store, again, { at: now - 20 * DAY });
		await catchUpMetrics(store);
		await mergePeople(store, { fromKey: again.contactId, intoKey: laura.contactId });
		now += 5 * MINUTE;
		await said(store, laura, { at: now - 20 * DAY });
		await catchUpMetrics(store);
		const counted = await allRows(store);
		await recountMetrics(store);

		expect(await figure(store, 'inbound_messages', '2025-12-24')).toEqual({ count: 2, sum: 0 });
		expect(counted).toEqual(await allRows(store));
	});

	test('any order of what happens, with readings anywhere between, ends as a count from the beginning does', async () => {
		const store = await openDesk();
		const customers: Customer[] = [];
		const messages: string[] = [];
		const work: Array<{ caseId: string; leadId: string }> = [];
		for (const digit of [1, 2, 3]) customers.push(await customerWho(store, `57300123456${digit}`, 'hola'));
		const step = fc.record({
			kind: fc.constantFrom('in', 'in', 'bot', 'person', 'template', 'handoff', 'status', 'record', 'close', 'read'),
			who: fc.nat(2),
			back: fc.integer({ min: 0, max: 12 * 24 * 60 }),
			wait: fc.nat(200),
		});
		const doOne = async ({ kind, who, back, wait }: { kind: string; who: number; back: number; wait: number }) => {
			const customer = customers[who] ?? customers[0];
			if (!customer) return;
			now += wait * 1_000;
			const at = now - back * MINUTE;
			if (kind === 'in') messages.push(await said(store, customer, { at }));
			if (kind === 'bot') messages.push(await said(store, customer, { at, direction: 'out' }));
			if (kind === 'person')
				messages.push(await said(store, customer, { at, direction: 'out', author: 'advisor', advisorId: `a${who}` }));
			if (kind === 'template')
				messages.push(
					await said(store, customer, { at, direction: 'out', type: 'template', content: { name: 'order_update' } }),
				);
			// With the change of the conversation that comes with it.
			if (kind === 'handoff') {
				await handedOver(store, customer, now);
				await store.db
					.updateTable('conversations')
					.set({ updated_at: now })
					.where('id', '=', customer.conversationId)
					.execute();
			}
			const message = messages[back % Math.max(1, messages.length)];
			if (kind === 'status' && message !== undefined)
				await store.transaction(
					async (tx) =>
						await changeMessage(tx, store, message, { delivery_status: wait % 2 === 0 ? 'read' : 'failed' }),
				);
			if (kind === 'record') {
				count += 1;
				const { case: made } = await caseOf(store, customer, { requestId: `c${count}` });
				const { lead } = await createLead(store, { ...customer, requestId: `l${count}` });
				work.push({ caseId: made.id, leadId: lead.id });
			}
			const open = work[back % Math.max(1, work.length)];
			if (kind === 'close' && open !== undefined) {
				count += 1;
				await changeCaseStatus(store, { caseKey: open.caseId, status: 'closed', requestId: `s${count}` });
				const stage = wait % 2 === 0 ? ('Won' as const) : ('Lost' as const);
				await changeLeadStage(store, {
					leadId: open.leadId,
					stage,
					amount: wait,
					currency: 'COP',
					lostReason: 'precio',
				});
			}
			if (kind === 'read') await catchUpMetrics(store);
		};
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
				for (const one of steps) await doOne(one);
				await catchUpMetrics(store);
				await catchUpMetrics(store);
				const counted = await allRows(store);
				await recountMetrics(store);
				expect(counted).toEqual(await allRows(store));
			}),
			{ numRuns: name === 'SQLite' ? 12 : 3 },
		);
	});

	test('what is asked while counting reads no whole table', async () => {
		now = TUESDAY;
		const { store, assertNoScan, queries } = watched(await open({ clock: () => now }));
		const laura = await customerWho(store, '573001234567', 'hola');
		await caseOf(store, laura, { requestId: 'c1' });
		await createLead(store, { ...laura, requestId: 'l1' });
		await handedOver(store, laura, now);
		await recountMetrics(store);

		expect(queries().length).toBeGreaterThan(20);
		await assertNoScan();
	});
});
