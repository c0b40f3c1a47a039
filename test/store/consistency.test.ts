/** The weekly check of whether records agree with each other (O15). */
import { createHash } from 'node:crypto';

import { v7 as timeSortedId } from 'uuid';

import type { Disagreement, RecordKind } from '../../nodes/shared/domain/consistency/findings';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { PaymentRow } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { changeCaseStatus } from '../../nodes/shared/usecases/cases/changeCase';
import {
	checkConsistency,
	type Consistency,
	type ConsistencyQuestion,
} from '../../nodes/shared/usecases/consistency/checkConsistency';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { mergePeople } from '../../nodes/shared/usecases/contacts/mergePeople';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { changeLeadStage } from '../../nodes/shared/usecases/leads/changeLeadStage';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { recordCashOnDelivery } from '../../nodes/shared/usecases/payments/recordCashOnDelivery';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { takeInTruth, underPaymentLock } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { messageFrom, webhookId } from '../support/events';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LAURA = '573001112233';

const everything: ConsistencyQuestion = { choice: 'both', records: 1_000, days: 7, idleDays: 14, sample: 1 };

eachDatabase((name, open) => {
	describe(`O15: consistency on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let carolina: string;
		let caseId: string;
		let leadId: string;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'test');
			carolina = (await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test')).advisor.id;
			laura = await customerWho(store, LAURA, 'necesito cotizar 20 portátiles');
			caseId = (await caseOf(store, laura, { requestId: 'case-1' })).case.id;
			leadId = (await createLead(store, { ...laura, requestId: 'lead-1', caseKey: caseId })).lead.id;
			await settle();
		});

		/** Everything that the bot and the channel have to do is done. */
		const settle = async (): Promise<void> => {
			await takeTurns(store, [laura]);
			await change('conversations', { turn_due_at: null });
			await change('outbox', { state: 'accepted', finished_at: now });
			await store.db
				.updateTable('messages')
				.set({ delivery_status: 'delivered' })
				.where('workspace_id', '=', store.workspaceId)
				.where('direction', '=', 'out')
				.execute();
		};
		/** As a fault, another program or a restored copy would leave it. */
		const change = async (
			table: 'cases' | 'contacts' | 'conversations' | 'leads' | 'outbox' | 'payments' | 'attachments',
			values: object,
		): Promise<void> => {
			await store.db.updateTable(table).set(values).where('workspace_id', '=', store.workspaceId).execute();
		};
		const asked = async (paid: boolean, more: object = {}): Promise<PaymentRow> => {
			const payment = await requestPayment(
				store,
				{
					requestId: `pay-${now}`,
					provider: 'cashier',
					mode: 'test',
					kind: 'full',
					amount: 25_000_000,
					currency: 'COP',
					caseId,
					leadId,
					contactId: laura.contactId,
					conversationId: laura.conversationId,
					...more,
				},
				async () =>
					await Promise.resolve({ providerId: `link-${now}`, url: 'https://pay.example/1', expiresAt: now + DAY }),
			);
			if (!paid) return payment;
			await underPaymentLock(store, payment, async (tx) => {
				await takeInTruth(tx, store, profiles.prosuministros, 'payments', payment.id, {
					mode: 'test',
					providerId: payment.provider_id ?? '',
					event: { kind: 'paid', id: 'e', at: now, attempt: 'a', amount: payment.amount, currency: payment.currency },
				});
			});
			await settle();
			return payment;
		};
		const file = async (bytes: string | undefined): Promise<string> => {
			const media = { type: 'image', mediaId: '1037', mimeType: 'image/jpeg' } as const;
			const events = [messageFrom(LAURA, 'foto', { at: now, media })];
			const emit = { messages: true, statuses: false, echoes: false, account: false };
			await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events });
			await settle();
			if (bytes !== undefined) {
				const sha256 = createHash('sha256').update(bytes).digest('hex');
				await store.writeBytes(sha256, Buffer.from(bytes));
				await change('attachments', { state: 'stored', sha256, size: bytes.length });
				return sha256;
			}
			return '';
		};
		const check = async (question: Partial<ConsistencyQuestion> = {}): Promise<Consistency> =>
			await checkConsistency(store, { ...everything, ...question });
		const found = async (question: Partial<ConsistencyQuestion> = {}) =>
			(await check(question)).findings.map(({ rule, where }) => [rule, where?.kind ?? 'desk']);

		test('a desk that works has nothing to find: every record agrees', async () => {
			await asked(true);
			await file('a picture');
			await recordCashOnDelivery(store, {
				caseKey: caseId,
				money: { minor: 5_000_000, currency: 'COP' },
				requestId: 'cash',
				actor: 'workflow',
			});
			now += HOUR / 2;
			expect(await check()).toEqual({
				checked: 7,
				agree: 7,
				byKind: { payment: 2, lead: 1, case: 1, file: 1, conversation: 1, contact: 1 },
				byRule: [],
				findings: [],
			});
		});

		test('an empty desk has nothing to look at', async () => {
			const empty = await open({ clock: () => now, workspaceId: `empty-${store.workspaceId}` });
			expect(await checkConsistency(empty, everything)).toMatchObject({ checked: 0, agree: 0, findings: [] });
		});

		const contactFaults: ReadonlyArray<[string, Disagreement, RecordKind, () => Promise<void>]> = [
			['a number that is none', 'phone_invalid', 'contact', async () => await change('contacts', { phone: '+5730' })],
			[
				'an owner who is not in the team',
				'owner_gone',
				'contact',
				async () => await change('contacts', { owner_advisor_id: 'who' }),
			],
			[
				'a line of the audit log that was changed',
				'audit_broken',
				'contact',
				async () => {
					await store.db
						.updateTable('audit_log')
						.set({ actor: 'somebody' })
						.where('workspace_id', '=', store.workspaceId)
						.where('chain', '=', laura.contactId)
						.where('sequence', '=', 2)
						.execute();
				},
			],
			[
				'no address to answer to',
				'no_address',
				'conversation',
				async () => {
					await store.db.deleteFrom('contact_identities').where('contact_id', '=', laura.contactId).execute();
				},
			],
			[
				'messages of hours ago that have not left',
				'messages_stuck',
				'conversation',
				async () => {
					await change('outbox', { state: 'queued' });
					now += 2 * HOUR;
				},
			],
			[
				'a turn of hours ago that the bot has not taken',
				'turn_overdue',
				'conversation',
				async () => await change('conversations', { turn_due_at: now - 2 * HOUR }),
			],
			[
				'a message of which nothing was heard for a day',
				'statuses_missing',
				'conversation',
				async () => {
					await store.db
						.updateTable('messages')
						.set({ delivery_status: 'accepted' })
						.where('conversation_id', '=', laura.conversationId)
						.where('direction', '=', 'out')
						.execute();
					now += 2 * DAY;
				},
			],
			[
				'an open case whose conversation is closed for weeks',
				'conversation_closed',
				'case',
				async () => {
					await change('conversations', { mode: 'closed', wake_at: null });
					now += 15 * DAY;
				},
			],
			[
				'a case of a conversation that is not there',
				'conversation_gone',
				'case',
				async () => await change('cases', { conversation_id: 'gone' }),
			],
			[
				'a case with a lead that is not there',
				'lead_gone',
				'case',
				async () => await change('cases', { lead_id: 'gone' }),
			],
			[
				'a lead with a case that is not there',
				'case_gone',
				'lead',
				async () => await change('leads', { case_id: 'gone' }),
			],
			[
				'a lead of a customer who is not there',
				'contact_gone',
				'lead',
				async () => {
					await change('cases', { lead_id: null });
					await change('leads', { contact_id: 'gone' });
				},
			],
			[
				'a won lead that says 0',
				'won_without_amount',
				'lead',
				async () => {
					await changeLeadStage(store, { leadId, stage: 'Won', amount: 0, currency: 'COP' });
				},
			],
			[
				'a won lead whose payment is still asked for',
				'won_unpaid',
				'lead',
				async () => {
					await asked(false);
					await changeLeadStage(store, { leadId, stage: 'Won', amount: 250_000, currency: 'COP' });
				},
			],
			[
				'a paid payment whose lead is not won',
				'lead_not_won',
				'payment',
				async () => {
					await asked(true);
					await change('leads', { stage: 'SQL' });
				},
			],
			[
				'a paid payment, for no lead, while the customer’s lead stays open',
				'lead_not_won',
				'payment',
				async () => {
					now += HOUR;
					await asked(true, { leadId: undefined });
					await change('leads', { stage: 'SQL' });
				},
			],
			[
				'a paid payment that its case does not know of',
				'case_without_note',
				'payment',
				async () => {
					const payment = await asked(true, { caseId: undefined });
					await change('payments', { case_id: caseId });
					expect(payment.case_id).toBeNull();
				},
			],
			[
				'a payment that was left without a link',
				'without_link',
				'payment',
				async () => {
					await asked(false);
					await change('payments', { provider_id: null, url: null, expires_at: null });
					now += 2 * HOUR;
				},
			],
			[
				'a page that expired without a word',
				'expiry_missed',
				'payment',
				async () => {
					await asked(false);
					now += 3 * DAY;
				},
			],
			[
				'a file whose bytes are gone',
				'bytes_missing',
				'file',
				async () => {
					const sha256 = await file('a picture');
					await store.removeBytes(sha256);
					await store.db.deleteFrom('attachment_bytes').where('sha256', '=', sha256).execute();
				},
			],
			[
				'a file of another size',
				'bytes_damaged',
				'file',
				async () => {
					await file('a picture');
					await change('attachments', { size: 3 });
				},
			],
			[
				'a file that still lies at WhatsApp',
				'not_downloaded',
				'file',
				async () => {
					await file(undefined);
					now += 2 * DAY;
				},
			],
		];
		test.each(contactFaults)('finds %s', async (_fault, rule, kind, spoil) => {
			await spoil();
			const result = await check();
			expect(result.findings.map((finding) => [finding.rule, finding.where?.kind])).toEqual([[rule, kind]]);
			expect(result.checked - result.agree).toBe(1);
			expect(result.findings[0]?.where?.subject).not.toBe('');
		});

		test('two contacts with one number name each other; once merged they agree', async () => {
			const { contact } = await saveContact(store, { person: { email: 'laura@example.com', name: 'Laura Gómez' } });
			await store.db
				.updateTable('contacts')
				.set({ phone: `+${LAURA}` })
				.where('id', '=', contact.id)
				.execute();
			const { findings } = await check();
			expect(findings.map(({ rule, where, values }) => [rule, where?.id, values?.other])).toEqual(
				[
					['phone_shared', laura.contactId, 'Laura Gómez'],
					['phone_shared', contact.id, 'Ana'],
				].sort((one, other) => (String(one[1]) < String(other[1]) ? -1 : 1)),
			);
			await mergePeople(store, { fromKey: contact.id, intoKey: laura.contactId });
			expect(await found()).toEqual([]);
		});

		test('whoever left the team leaves open leads behind, until somebody has them', async () => {
			await change('leads', { advisor_id: carolina });
			const marta = (await saveAdvisor(store, { name: 'Marta Ruiz', areas: ['sales'] }, 'test')).advisor.id;
			await deleteAdvisor(store, { advisorId: carolina, successorId: marta, actor: 'test' });
			expect(await found()).toEqual([['owner_gone', 'lead']]);
			await change('leads', { advisor_id: marta });
			expect(await found()).toEqual([]);
		});

		test('O11: somebody who was erased is no finding, but their open case is', async () => {
			await asked(true);
			await file('a picture');
			await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'test' });
			expect(await found()).toEqual([['case_of_erased', 'case']]);
			await changeCaseStatus(store, { caseKey: caseId, status: 'closed', requestId: 'done' });
			expect(await found()).toEqual([]);
		});

		test('numbers that were given without a case, and a next one that is taken', async () => {
			for (const requestId of ['c2', 'c3', 'c4']) await caseOf(store, laura, { requestId });
			await settle();
			await store.db
				.deleteFrom('cases')
				.where('workspace_id', '=', store.workspaceId)
				.where('number', 'in', ['PS-2026-000002', 'PS-2026-000003'])
				.execute();
			await caseOf(store, laura, { requestId: 'outside', number: 'PS-2026-000005' });
			await settle();
			const { findings } = await check();
			expect(findings.map(({ rule, values, where }) => [rule, values, where])).toEqual([
				['number_gap', { count: '2', numbers: 'PS-2026-000003, PS-2026-000002' }, undefined],
				['number_taken', { number: 'PS-2026-000005' }, undefined],
			]);
		});

		describe('what Wazzup was told', () => {
			const synced = async (values: object): Promise<void> => {
				await store.db
					.insertInto('sync_state')
					.values({
						workspace_id: store.workspaceId,
						account: 'account',
						kind: 'contact',
						id: laura.contactId,
						digest: 'd',
						parent_id: null,
						problem: null,
						attempts: 2,
						ready_at: null,
						changed_at: now,
						...values,
					})
					.execute();
			};
			const account = async (values: object = {}): Promise<void> => {
				const mark = { at: now, id: 'ffffffff', lookedAt: now };
				await store.db
					.insertInto('sync_runs')
					.values({
						workspace_id: store.workspaceId,
						account: 'account',
						cursors: JSON.stringify({ contacts: mark, leads: mark, cases: mark }),
						owner: null,
						claimed_at: null,
						finished_at: now,
						webhook_id: null,
						wake_at: null,
						...values,
					})
					.execute();
			};

			test('what it did not take is told in its own words', async () => {
				await account();
				await synced({ problem: 'The phone is not known' });
				const { findings } = await check();
				expect(findings.map(({ rule, values }) => [rule, values])).toEqual([
					['sync_refused', { problem: 'The phone is not known' }],
				]);
			});

			test('what it did not take once is sent again by itself, and is no finding yet', async () => {
				await account();
				await synced({ problem: 'The phone is not known', attempts: 1 });
				expect(await found()).toEqual([]);
			});

			test('a deal that it did not take is told at its lead', async () => {
				await account();
				await synced({ kind: 'deal', id: leadId, problem: 'No contact' });
				expect(await found()).toEqual([['sync_refused', 'lead']]);
			});

			test('whoever was erased a day ago and is still there is told; at once is no delay', async () => {
				await account();
				await synced({});
				await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'test' });
				await changeCaseStatus(store, { caseKey: caseId, status: 'closed', requestId: 'done' });
				await account2Up();
				expect(await found()).toEqual([]);
				now += 2 * DAY;
				await account2Up();
				expect(await found()).toEqual([['sync_left', 'contact']]);
			});

			/** The account has been carried up to now. */
			const account2Up = async (): Promise<void> => {
				await store.db.deleteFrom('sync_runs').where('workspace_id', '=', store.workspaceId).execute();
				await account();
			};

			test('changes that nobody carried for days are told once, of an account that is in use', async () => {
				await account({ webhook_id: webhookId });
				now += HOUR;
				await saveContact(store, { person: { phone: `+${LAURA}`, city: 'Cali' } });
				expect(await found()).toEqual([]);
				now += 3 * DAY;
				expect(await found()).toEqual([['sync_behind', 'desk']]);
				now += 60 * DAY;
				await store.db
					.updateTable('sync_runs')
					.set({ webhook_id: null })
					.where('workspace_id', '=', store.workspaceId)
					.execute();
				expect(await found({ idleDays: 365 })).toEqual([]);
			});
		});

		test('two at once: what was finished while it was looked at is no finding', async () => {
			const sha256 = await file('a picture');
			let looks = 0;
			const meanwhile: Store = {
				...store,
				sizeOfBytes: async (digest) => {
					looks += 1;
					return looks === 1 ? undefined : await store.sizeOfBytes(digest);
				},
			};
			const result = await checkConsistency(meanwhile, everything);
			expect([looks, result.findings, result.agree === result.checked]).toEqual([2, [], true]);
			expect(await store.sizeOfBytes(sha256)).toBe('a picture'.length);
		});

		test('a thousand of a kind are counted, and twenty of them told', async () => {
			for (let count = 0; count < 25; count += 1) {
				await saveContact(store, { person: { email: `c${count}@example.com` } });
			}
			await change('contacts', { owner_advisor_id: 'gone' });
			const { byRule, findings, checked, agree } = await check();
			expect(byRule).toEqual([{ rule: 'owner_gone', count: 26 }]);
			expect([findings.length, checked - agree]).toEqual([20, 26]);
		});

		describe('which records', () => {
			const contactsOverTime = async (count: number): Promise<void> => {
				for (let made = 0; made < count; made += 1) {
					now += DAY;
					await saveContact(store, { person: { email: `p${made}@example.com` } });
				}
			};
			const looksAt = async (question: Partial<ConsistencyQuestion>): Promise<string[]> => {
				await change('contacts', { owner_advisor_id: 'gone' });
				const { findings } = await check(question);
				return findings.flatMap(({ where }) => (where?.kind === 'contact' ? [where.id] : []));
			};

			test('never more than asked for, and what one kind has not the others get', async () => {
				await contactsOverTime(30);
				for (const records of [1, 6, 12, 20]) {
					expect([records, (await check({ records })).checked]).toEqual([records, records]);
				}
				expect(await check({ records: 1_000, choice: 'sample' })).toMatchObject({
					checked: 34,
					byKind: { contact: 31, conversation: 1, case: 1, lead: 1 },
				});
			});

			test('what changed lately only: the newest, within the days', async () => {
				await contactsOverTime(30);
				const lately = await check({ choice: 'changed', days: 7 });
				expect(lately.byKind).toEqual({ payment: 0, lead: 0, case: 0, file: 0, conversation: 0, contact: 8 });
			});

			/** Of this desk every id tells when it was made: the one before may have been further ahead. */
			const anotherDesk = async (): Promise<void> => {
				store = await open({
					clock: () => now,
					workspaceId: `${store.workspaceId}-spread`,
					newId: () => timeSortedId({ msecs: now }),
				});
			};

			test('a sample is spread over the whole time, the same number gives the same, another one others', async () => {
				await anotherDesk();
				await contactsOverTime(40);
				const one = await looksAt({ choice: 'sample', records: 10, sample: 1 });
				expect(one).toHaveLength(10);
				expect(new Set(one).size).toBe(one.length);
				expect(await looksAt({ choice: 'sample', records: 10, sample: 1 })).toEqual(one);
				expect(await looksAt({ choice: 'sample', records: 10, sample: 2 })).not.toEqual(one);
				const all = await store.db
					.selectFrom('contacts')
					.select('id')
					.where('workspace_id', '=', store.workspaceId)
					.orderBy('id')
					.execute();
				const places = one.map((id) => all.findIndex((row) => row.id === id)).sort((a, b) => a - b);
				expect(places[0]).toBeLessThan(5);
				expect(places.at(-1)).toBeGreaterThan(35);
			});

			test('a sample of everything holds every record once', async () => {
				await anotherDesk();
				await contactsOverTime(20);
				const all = await looksAt({ choice: 'sample', records: 1_000 });
				expect([all.length, new Set(all).size]).toEqual([20, 20]);
			});
		});

		test('it only reads, and never a whole table', async () => {
			await asked(true);
			await file('a picture');
			await store.db
				.insertInto('sync_runs')
				.values({
					workspace_id: store.workspaceId,
					account: 'account',
					cursors: '{}',
					owner: null,
					claimed_at: null,
					finished_at: now,
					webhook_id: webhookId,
					wake_at: null,
				})
				.execute();
			const looked = watched(store);
			for (const choice of ['both', 'changed', 'sample'] as const) {
				await checkConsistency(looked.store, { ...everything, choice });
				await checkConsistency(looked.store, { ...everything, choice, records: 1 });
			}
			expect(looked.queries().filter(({ sql }) => !/^select/i.test(sql.trim()))).toEqual([]);
			expect(looked.queries().length).toBeGreaterThan(25);
			await looked.assertNoScan();
		});
	});
});
