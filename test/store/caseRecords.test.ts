import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import { getConversation, updateConversation } from '../../nodes/shared/store/repositories/conversations';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { countTags } from '../../nodes/shared/store/repositories/tags';
import type { Store } from '../../nodes/shared/store/store';
import { assignCase } from '../../nodes/shared/usecases/cases/assignCase';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { historyOfCase } from '../../nodes/shared/usecases/cases/caseHistory';
import { addCaseNote, changeCaseStatus, existingCase } from '../../nodes/shared/usecases/cases/changeCase';
import { editCase } from '../../nodes/shared/usecases/cases/editCase';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { setAvailability } from '../../nodes/shared/usecases/team/setAvailability';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

eachDatabase((name, open) => {
	describe(`cases on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await customerWho(store, '573001112233', 'hola');
		});

		const team = async (...names: readonly string[]): Promise<readonly string[]> => {
			for (const person of names) await saveAdvisor(store, { name: person, areas: ['sales'] }, 'test');
			const rows = await listAdvisors(store.db, store.workspaceId);
			return names.map((person) => rows.find((row) => row.name === person)?.id ?? '');
		};
		const unread = async () => await listNotifications(store.db, store.workspaceId, { state: 'unread', limit: 50 });

		test('P1 P11: an edited case says what changed and what it was; the same edit again changes nothing', async () => {
			const { case: made } = await caseOf(store, laura, { requestId: 'r1', fields: { quantity: '20' } });
			const edit = {
				caseKey: made.number,
				subject: '25 portátiles',
				fields: { quantity: '25' },
				priority: 'urgent',
				externalId: 'TCK-1',
				externalUrl: 'https://helpdesk.example/TCK-1',
			} as const;

			const edited = await editCase(store, edit);
			expect(edited.case).toMatchObject({ subject: '25 portátiles', priority: 'urgent', external_id: 'TCK-1' });
			expect(edited.changes.subject).toEqual({ before: '20 portátiles para la oficina', after: '25 portátiles' });
			expect(JSON.parse(edited.case.fields)).toEqual({ quantity: '25' });
			expect((await editCase(store, edit)).changes).toEqual({});
			const updates = (await historyOfCase(store.db, made)).filter(({ action }) => action === 'case.updated');
			expect(updates).toHaveLength(1);
		});

		test('P1: an area that the profile does not have is refused with those that it has', async () => {
			const { case: made } = await caseOf(store, laura, { requestId: 'r1' });
			await expect(editCase(store, { caseKey: made.id, area: 'moon' })).rejects.toMatchObject({
				message: "'Area' names 'moon', which the business profile does not have",
				description: expect.stringContaining('sales'),
			});
		});

		test('P1: notes and status changes are the history of the case, oldest first', async () => {
			const { case: made } = await caseOf(store, laura, { requestId: 'r1' });
			await addCaseNote(store, { caseKey: made.id, text: 'Prefiere la tarde', requestId: 'n1' });
			await changeCaseStatus(store, { caseKey: made.id, status: 'closed', requestId: 's1', note: 'Compró' });

			const history = await historyOfCase(store.db, await existingCase(store.db, store, made.id));
			expect(history.map(({ action, text }) => [action, text])).toEqual([
				['case.opened', undefined],
				['case.note_added', 'Prefiere la tarde'],
				['case.status_changed', 'Compró'],
			]);
		});

		test('P1: round robin gives cases in turn, and the person is told once a request', async () => {
			const [ana, bruno] = await team('Ana Ruiz', 'Bruno Díaz');
			const first = (await caseOf(store, laura, { requestId: 'r1' })).case;
			const other = await customerWho(store, '573004445566', 'hola');
			const second = (await caseOf(store, other, { requestId: 'r2' })).case;
			expect([first.advisor_id, second.advisor_id]).toEqual([ana, bruno]);
			now += 1000;

			const again = async () =>
				await assignCase(store, { caseKey: first.id, assignment: { rule: 'roundRobin' }, requestId: 'a1' });
			// Ana was assigned longest ago and has it already.
			expect(await again()).toMatchObject({ changed: false, advisor: { id: ana } });
			await setAvailability(store, { advisorId: ana ?? '', available: false, actor: 'test' });
			const told = (await unread()).length;
			expect(await again()).toMatchObject({ changed: true, advisor: { id: bruno } });
			expect(await again()).toMatchObject({ changed: false, advisor: { id: bruno } });
			expect(await unread()).toHaveLength(told + 1);
			expect(await getConversation(store.db, store.workspaceId, laura.conversationId)).toMatchObject({
				owner_advisor_id: bruno,
			});
		});

		test('P1: the least busy person has the fewest open cases, whoever was assigned last', async () => {
			const [ana, bruno] = await team('Ana Ruiz', 'Bruno Díaz');
			const made = (await caseOf(store, laura, { requestId: 'r1' })).case;
			const give = async (caseKey: string, advisorId: string | undefined, requestId: string) =>
				await assignCase(store, { caseKey, assignment: { rule: 'advisor', advisorId: advisorId ?? '' }, requestId });
			const second = (await caseOf(store, laura, { requestId: 'r2' })).case;
			const third = (await caseOf(store, laura, { requestId: 'r3' })).case;
			await give(made.id, ana, 'a1');
			await give(second.id, ana, 'a2');
			now += 1000;
			await give(third.id, bruno, 'a3');

			const fresh = (await caseOf(store, laura, { requestId: 'r4' })).case;
			now += 1000;
			const assigned = await assignCase(store, {
				caseKey: fresh.id,
				assignment: { rule: 'leastBusy' },
				requestId: 'a4',
			});
			expect(assigned.advisor?.id).toBe(bruno);
		});

		test('P1 D8: a named person with a typo is found, who stands in takes over, strangers are refused', async () => {
			const [, bruno] = await team('Carolina Rojas', 'Bruno Díaz');
			const made = (await caseOf(store, laura, { requestId: 'r1' })).case;
			const named = async (advisorName: string, requestId: string) =>
				await assignCase(store, { caseKey: made.id, assignment: { rule: 'named', advisorName }, requestId });

			expect((await named('karolina', 'a1')).advisor?.name).toBe('Carolina Rojas');
			const [carolina] = await listAdvisors(store.db, store.workspaceId).then((rows) =>
				rows.filter((row) => row.name === 'Carolina Rojas'),
			);
			await setAvailability(store, {
				advisorId: carolina?.id ?? '',
				available: false,
				substituteId: bruno,
				actor: 'test',
			});
			expect((await named('Carolina Rojas', 'a2')).advisor?.id).toBe(bruno);
			await expect(named('Zoraida', 'a3')).rejects.toMatchObject({
				message: "Nobody of the team is called 'Zoraida'",
			});
		});

		test('P1: cases that are given out at once to the least busy are spread, none to the same person twice', async () => {
			const made = await Promise.all(
				['573000000001', '573000000002', '573000000003'].map(async (waId, index) => {
					const customer = await customerWho(store, waId, 'hola');
					return (await caseOf(store, customer, { requestId: `at-once-${index}` })).case;
				}),
			);
			await team('Ana Ruiz', 'Bruno Díaz', 'Carlos Peña');
			const assigned = await Promise.all(
				made.map(
					async ({ id }) => await assignCase(store, { caseKey: id, assignment: { rule: 'leastBusy' }, requestId: id }),
				),
			);
			expect(new Set(assigned.map(({ advisor }) => advisor?.name)).size).toBe(3);
		});

		test('P1: nobody on duty leaves the case as it was', async () => {
			const made = (await caseOf(store, laura, { requestId: 'r1' })).case;
			const assigned = await assignCase(store, {
				caseKey: made.id,
				assignment: { rule: 'leastBusy' },
				requestId: 'a1',
			});
			expect(assigned).toMatchObject({ changed: false, advisor: undefined });
			expect(await existingCase(store.db, store, made.id)).toMatchObject({ advisor_id: null });
		});

		test('B14: the bot answers again once the last open case is closed, and not before', async () => {
			const first = (await caseOf(store, laura, { requestId: 'r1' })).case;
			const second = (await caseOf(store, laura, { requestId: 'r2' })).case;
			await updateConversation(store.db, store, laura.conversationId, { mode: 'human' });
			const mode = async () => (await getConversation(store.db, store.workspaceId, laura.conversationId))?.mode;

			await changeCaseStatus(store, { caseKey: first.id, status: 'closed', requestId: 's1' });
			expect(await mode()).toBe('human');
			await changeCaseStatus(store, { caseKey: second.id, status: 'resolved', requestId: 's2' });
			expect(await mode()).toBe('bot');
		});

		test('B13 D16: asked to, a request of the same subject goes into the open case, once; another subject makes its own', async () => {
			const first = await caseOf(store, laura, { requestId: 'r1' });
			const more = { requestId: 'r2', subject: 'los 20 portátiles con Windows', continueOpenCase: true };

			expect(await caseOf(store, laura, more)).toMatchObject({ created: false, continued: true, outboxIds: [] });
			expect((await caseOf(store, laura, more)).case.id).toBe(first.case.id);
			const added = (await historyOfCase(store.db, first.case)).filter(({ action }) => action === 'case.added_to');
			expect(added.map(({ text }) => text)).toEqual(['los 20 portátiles con Windows']);
			await caseOf(store, laura, { requestId: 'r3', subject: 'una impresora láser', continueOpenCase: true });
			expect(await listCases(store.db, store.workspaceId, { limit: 9 })).toHaveLength(2);
			now += 25 * 3_600_000;
			await caseOf(store, laura, { requestId: 'r4', subject: 'los 20 portátiles', continueOpenCase: true });
			expect(await listCases(store.db, store.workspaceId, { limit: 9 })).toHaveLength(3);
		});

		test('P9: tags by hand and by rule are found and counted, and come off again', async () => {
			await saveProfile(
				store,
				{
					...profiles.prosuministros,
					tags: {
						rules: [
							{ tag: 'Portátiles', on: 'case', words: ['portatil'] },
							{ tag: 'Empresas', on: 'contact', caseTypes: ['quotation'] },
						],
					},
				},
				'test',
			);
			const { case: made } = await caseOf(store, laura, { requestId: 'r1' });
			await caseOf(store, laura, { requestId: 'r2', subject: 'impresora' });
			await editCase(store, { caseKey: made.id, addTags: ['vip', 'urgente'] });
			await editCase(store, { caseKey: made.id, addTags: ['vip'], removeTags: ['urgente'] });

			const { db, workspaceId } = store;
			expect(await countTags(db, workspaceId, 'case', { limit: 9 })).toEqual([
				{ tag: 'portátiles', count: 1 },
				{ tag: 'vip', count: 1 },
			]);
			expect(await countTags(db, workspaceId, 'contact', { limit: 9 })).toEqual([{ tag: 'empresas', count: 1 }]);
			expect((await listCases(db, workspaceId, { tag: 'vip', limit: 9 })).map(({ id }) => id)).toEqual([made.id]);
			expect(JSON.parse((await existingCase(db, store, made.id)).tags ?? '')).toEqual(['portátiles', 'vip']);
		});
	});
});
