import { businessProfileSchema } from '../../nodes/shared/domain/profile/businessProfile';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { getApproval } from '../../nodes/shared/store/repositories/approvals';
import { auditOfChain, firstBrokenLine } from '../../nodes/shared/store/repositories/auditLog';
import type { Store } from '../../nodes/shared/store/store';
import { askApproval, type WantedApproval } from '../../nodes/shared/usecases/approvals/askApproval';
import { expireApprovals } from '../../nodes/shared/usecases/approvals/expireApprovals';
import { approvedRequest, finishApproval } from '../../nodes/shared/usecases/approvals/useApproval';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import type { Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { ask, clicks, command, viewer } from '../support/inbox';
import { watched } from '../support/plans';
import { customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

/** What a profile that says nothing gives people, ms. */
const DAY = 24 * 3_600_000;

const REFUND = 'stripePaymentLink.refund.create';

eachDatabase((name, open) => {
	describe(`approvals on ${name}`, () => {
		let now: number;
		let store: Store;
		let maria: Customer;
		let boss: Viewer;
		let advisor: Viewer;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			boss = await viewer(store, 'Sofía Peña', [], 'supervisor');
			advisor = await viewer(store, 'Luis Mora', ['support']);
			maria = await customerWho(store, '573001112233', 'quiero que me devuelvan el dinero');
		});

		const wish = (more: Partial<WantedApproval> = {}): WantedApproval => ({
			operation: REFUND,
			parameters: { paymentId: 'pay-1', amount: 5_000_000, currency: 'COP', reason: null },
			summary: 'Devolver $ 50.000 a María',
			contactId: maria.contactId,
			conversationId: maria.conversationId,
			askedBy: 'Devolver dinero',
			...more,
		});

		const bellOf = async (who: Viewer) =>
			(await ask(store, who, 'notifications')).rows.filter(({ kind }) => kind.startsWith('approval.'));
		const decide = async (who: Viewer, approvalId: string, decision: 'approve' | 'reject', reason?: string) =>
			await command(store, who, 'decideApproval', {
				approvalId,
				decision,
				...(reason === undefined ? {} : { reason }),
			});
		const stateOf = async (id: string) => (await getApproval(store.db, store.workspaceId, id))?.state;

		test('C4: a wish is written down with a number, rings the bell of those who may approve, and stands in the thread', async () => {
			const { approval, isNew } = await askApproval(store, wish());
			expect({ isNew, number: approval.number, state: approval.state }).toEqual({
				isNew: true,
				number: 1,
				state: 'pending',
			});
			expect(await bellOf(boss)).toMatchObject([
				{
					kind: 'approval.requested',
					text: expect.stringContaining('A-1 espera una decisión: Devolver $ 50.000 a María'),
				},
			]);
			expect(await bellOf(advisor)).toEqual([]);
			const { rows } = await ask(store, boss, 'thread', { conversationId: maria.conversationId });
			expect(rows.map(({ event }) => event?.action)).toContain('approval.requested');
		});

		test('C4: exactly the same wish is the same request, also when eight ask at once; another amount is another', async () => {
			const asked = await Promise.all(Array.from({ length: 8 }, async () => await askApproval(store, wish())));
			expect(new Set(asked.map(({ approval }) => approval.id)).size).toBe(1);
			expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1);
			expect(await bellOf(boss)).toHaveLength(1);

			const reordered = { reason: null, currency: 'COP', amount: 5_000_000, paymentId: 'pay-1' };
			expect((await askApproval(store, wish({ parameters: reordered }))).isNew).toBe(false);
			const more = await askApproval(store, wish({ parameters: { ...reordered, amount: 5_000_001 } }));
			expect(more).toMatchObject({ isNew: true, approval: { number: 2 } });
		});

		test('C4: a supervisor sees what exactly will happen in the list and in the conversation; an advisor may not decide', async () => {
			const { approval } = await askApproval(store, wish());
			const shown = { number: 'A-1', summary: 'Devolver $ 50.000 a María', state: 'pending' };
			expect((await ask(store, boss, 'approvals')).rows).toMatchObject([shown]);
			const { approvals } = await ask(store, boss, 'conversation', { conversationId: maria.conversationId });
			expect(approvals).toMatchObject([shown]);

			await expect(ask(store, advisor, 'approvals')).rejects.toThrow('You may not approve requests');
			await expect(decide(advisor, approval.id, 'approve')).rejects.toThrow('You may not approve requests');
			expect(await stateOf(approval.id)).toBe('pending');
		});

		test('C4: the list is paged, the first to expire first, and reads no table from end to end', async () => {
			for (let index = 1; index <= 5; index += 1) {
				now += 60_000;
				await askApproval(store, wish({ parameters: { paymentId: `pay-${index}` } }));
			}
			const { store: observed, assertNoScan } = watched(store);
			const first = await ask(observed, boss, 'approvals', { limit: 2 });
			const second = await ask(observed, boss, 'approvals', { limit: 2, cursor: first.nextCursor });
			const third = await ask(observed, boss, 'approvals', { limit: 2, cursor: second.nextCursor });
			await ask(observed, boss, 'conversation', { conversationId: maria.conversationId });
			await assertNoScan({ except: ['business_profiles', 'advisors'] });
			expect([first, second, third].flatMap(({ rows }) => rows.map(({ number }) => number))).toEqual([
				'A-1',
				'A-2',
				'A-3',
				'A-4',
				'A-5',
			]);
			expect(third.nextCursor).toBeUndefined();
		});

		test('C4: a yes leaves on Other once with exactly what was approved, however often it is clicked', async () => {
			const { approval } = await askApproval(store, wish());
			const input = { approvalId: approval.id, decision: 'approve' };
			const answers = await Promise.all(
				Array.from(
					{ length: 4 },
					async () => await command(store, boss, 'decideApproval', input, { requestId: 'click' }),
				),
			);
			expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
				new Set([JSON.stringify({ approvalId: approval.id, state: 'approved' })]),
			);
			await expect(decide(boss, approval.id, 'approve')).rejects.toThrow('A-1 was decided before by Sofía Peña');
			await expect(decide(boss, approval.id, 'reject', 'no')).rejects.toThrow('A-1 was decided before by Sofía Peña');

			const left = (await clicks(store)).filter(({ output }) => output === 'other');
			expect(left).toHaveLength(1);
			expect(left[0]?.item).toMatchObject({
				command: 'decideApproval',
				decision: 'approved',
				approval: { id: approval.id, number: 'A-1', operation: REFUND, paymentId: 'pay-1', amount: 5_000_000 },
				crm: { contactId: maria.contactId, conversationId: maria.conversationId },
			});
		});

		test('C4: two supervisors who decide at once: one of them does', async () => {
			const other = await viewer(store, 'Ana Ruiz', [], 'administrator');
			const { approval } = await askApproval(store, wish());
			const results = await Promise.allSettled([
				decide(boss, approval.id, 'approve'),
				decide(other, approval.id, 'reject', 'no procede'),
			]);
			expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			expect(await clicks(store)).toHaveLength(1);
		});

		test('C4: a no needs a reason, which the customer does not read; they are told that it is not possible', async () => {
			const { approval } = await askApproval(store, wish());
			await expect(decide(boss, approval.id, 'reject')).rejects.toMatchObject({ status: 422, field: 'reason' });
			await decide(boss, approval.id, 'reject', 'ya se le devolvió en efectivo');

			const queued = await store.db
				.selectFrom('outbox')
				.select('message')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			const told = queued.map(({ message }) => (JSON.parse(message) as { text?: string }).text ?? '');
			expect(told.filter((text) => text.includes('A-1'))).toEqual([expect.stringContaining('por ahora no es posible')]);
			expect(told.join(' ')).not.toContain('efectivo');
			await expect(approvedRequest(store, approval.id, REFUND)).rejects.toThrow('A-1 was rejected');
		});

		test.each([
			['asked not to be written to', 'contacts', 'opted_out_at'],
			['last wrote more than a day ago', 'conversations', 'last_inbound_at'],
		] as const)('B16: who %s is not told of the no', async (_who, table, column) => {
			const { approval } = await askApproval(store, wish());
			const id = table === 'contacts' ? maria.contactId : maria.conversationId;
			await store.db
				.updateTable(table)
				.set({ [column]: now - DAY - 1 })
				.where('id', '=', id)
				.execute();
			const outbox = async () =>
				await store.db.selectFrom('outbox').select('id').where('workspace_id', '=', store.workspaceId).execute();
			const before = await outbox();
			await decide(boss, approval.id, 'reject', 'no procede');
			expect(await outbox()).toEqual(before);
		});

		test('C4: only what was approved is handed to whoever does it: not pending, not another operation, not changed since', async () => {
			const { approval } = await askApproval(store, wish());
			await expect(approvedRequest(store, approval.id, REFUND)).rejects.toThrow('Nobody has approved A-1 yet');
			await decide(boss, approval.id, 'approve');
			expect(await approvedRequest(store, approval.id, REFUND)).toMatchObject({
				name: 'A-1',
				approvedBy: 'Sofía Peña',
				requestId: `approval:${approval.id}`,
				parameters: { paymentId: 'pay-1', amount: 5_000_000 },
			});
			await expect(approvedRequest(store, approval.id, 'other.operation')).rejects.toThrow('There is no approval');
			await expect(approvedRequest(store, 'constructor', REFUND)).rejects.toThrow('There is no approval');

			const forged = JSON.stringify({ ...(JSON.parse(approval.parameters) as object), amount: 500_000_000 });
			await store.db.updateTable('approvals').set({ parameters: forged }).where('id', '=', approval.id).execute();
			await expect(approvedRequest(store, approval.id, REFUND)).rejects.toThrow(
				'A-1 is not what was asked for any more',
			);
		});

		test('C4: done is written down once, and the same wish is then answered as done', async () => {
			const { approval } = await askApproval(store, wish());
			await decide(boss, approval.id, 'approve');
			const approved = await approvedRequest(store, approval.id, REFUND);
			await Promise.all([
				finishApproval(store, approved, { refundId: 're_1' }),
				finishApproval(store, approved, { refundId: 're_1' }),
			]);
			expect(await askApproval(store, wish())).toMatchObject({ isNew: false, state: 'used' });
			// After a crash the same may be done again: its request id makes it the same.
			expect((await approvedRequest(store, approval.id, REFUND)).requestId).toBe(approved.requestId);

			const lines = await auditOfChain(store.db, store.workspaceId, maria.contactId, { limit: 100 });
			expect(lines.map(({ action }) => action).filter((action) => action.startsWith('approval.'))).toEqual([
				'approval.requested',
				'approval.approved',
				'approval.used',
			]);
			expect(firstBrokenLine(store, lines)).toBeUndefined();
		});

		test('C4: what nobody decides in a day is over: nobody can approve it, those who may are told once, and it can be asked anew', async () => {
			const { approval } = await askApproval(store, wish());
			now += DAY - 1;
			expect(await expireApprovals(store)).toBe(0);
			now += 1;
			await expect(decide(boss, approval.id, 'approve')).rejects.toThrow('The time to decide A-1 is over');
			expect((await ask(store, boss, 'approvals')).rows).toEqual([]);
			expect(await Promise.all([expireApprovals(store), expireApprovals(store)])).toEqual(
				expect.arrayContaining([1, 0]),
			);
			expect(await stateOf(approval.id)).toBe('expired');
			expect((await bellOf(boss)).map(({ kind }) => kind)).toEqual(
				expect.arrayContaining(['approval.requested', 'approval.expired']),
			);
			expect(await askApproval(store, wish())).toMatchObject({ isNew: true, approval: { number: 2 } });
		});

		test('C4: what was approved and never done ends too, and is told as not done', async () => {
			const { approval } = await askApproval(store, wish());
			now += DAY - 1_000;
			await decide(boss, approval.id, 'approve');
			now += 2_000;
			// A yes gives the desk a day of its own.
			expect(await expireApprovals(store)).toBe(0);
			now += DAY;
			expect(await expireApprovals(store)).toBe(1);
			expect((await bellOf(boss))[0]?.text).toContain('A-1 se aprobó y no se hizo a tiempo');
			await expect(approvedRequest(store, approval.id, REFUND)).rejects.toThrow('The time of A-1 is over');
		});

		test.each([1, 168])(
			'C4: a profile may give people %d hours, and the desk as long after their yes',
			async (hours) => {
				const profile = { ...profiles.prosuministros, approvals: { decisionHours: hours } };
				await saveProfile(store, profile, 'test');
				const { approval } = await askApproval(store, wish());
				const [shown] = (await ask(store, boss, 'approvals')).rows;
				expect(shown?.expiresAt).toBe(new Date(now + hours * 3_600_000).toISOString());

				now += hours * 3_600_000 - 1;
				await decide(boss, approval.id, 'approve');
				now += hours * 3_600_000 - 1;
				expect(await expireApprovals(store)).toBe(0);
				expect(await approvedRequest(store, approval.id, REFUND)).toMatchObject({ name: 'A-1' });
				now += 1;
				await expect(approvedRequest(store, approval.id, REFUND)).rejects.toThrow('The time of A-1 is over');
				expect(await expireApprovals(store)).toBe(1);
			},
		);

		test('C4: another time of the profile is for what is asked from then on, and must be between an hour and a week', async () => {
			const { approval } = await askApproval(store, wish());
			await saveProfile(store, { ...profiles.prosuministros, approvals: { decisionHours: 1 } }, 'test');
			expect((await askApproval(store, wish())).approval.expires_at).toBe(approval.expires_at);
			for (const decisionHours of [0, 1.5, 169]) {
				const profile = { ...profiles.prosuministros, approvals: { decisionHours } };
				expect(businessProfileSchema.safeParse(profile).success).toBe(false);
			}
		});

		test('O11: an erasure takes the requests of a person with it', async () => {
			const { approval } = await askApproval(store, wish());
			await erasePerson(store, { contactKey: maria.contactId, confirm: maria.contactId, actor: 'test' });
			expect(await getApproval(store.db, store.workspaceId, approval.id)).toBeUndefined();
		});
	});
});
