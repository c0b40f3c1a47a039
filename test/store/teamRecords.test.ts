import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { getConversation, updateConversation } from '../../nodes/shared/store/repositories/conversations';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { existingCase } from '../../nodes/shared/usecases/cases/changeCase';
import { changeConversation, type ConversationAct } from '../../nodes/shared/usecases/dialogue/conversationMode';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { markNotifications } from '../../nodes/shared/usecases/notify/markNotifications';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { setAvailability } from '../../nodes/shared/usecases/team/setAvailability';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

eachDatabase((name, open) => {
	describe(`the team on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let carolina: string;

		const idOf = async (person: string): Promise<string> =>
			(await listAdvisors(store.db, store.workspaceId)).find((row) => row.name === person)?.id ?? '';

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'test');
			await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test');
			carolina = await idOf('Carolina Rojas');
			laura = await customerWho(store, '573001112233', 'hola');
		});

		test('P1: who has open cases is not deleted before somebody takes them over', async () => {
			const { case: made } = await caseOf(store, laura, { requestId: 'r1' });
			await expect(deleteAdvisor(store, { advisorId: carolina, actor: 'test' })).rejects.toMatchObject({
				message: 'Carolina Rojas still has 1 open case',
				parameter: 'Hand Over To',
			});
			await saveAdvisor(store, { name: 'Bruno Díaz', areas: ['sales'] }, 'test');
			const bruno = await idOf('Bruno Díaz');
			const deleted = await deleteAdvisor(store, { advisorId: carolina, successorId: bruno, actor: 'test' });

			expect(deleted).toMatchObject({ cases: 1, successor: { name: 'Bruno Díaz' } });
			expect(await existingCase(store.db, store, made.id)).toMatchObject({ advisor_id: bruno });
			const contact = await store.db
				.selectFrom('contacts')
				.select('owner_advisor_id')
				.where('id', '=', laura.contactId)
				.executeTakeFirstOrThrow();
			expect(contact.owner_advisor_id).toBe(bruno);
			expect((await listAdvisors(store.db, store.workspaceId)).map((row) => row.name)).toEqual(['Bruno Díaz']);
		});

		test('D8: who is away gets nothing until they are back, by the clock too', async () => {
			await setAvailability(store, {
				advisorId: carolina,
				available: true,
				absentUntil: new Date(now + 3_600_000),
				actor: 'test',
			});
			expect((await caseOf(store, laura, { requestId: 'r1' })).advisorName).toBeUndefined();
			now += 3_600_000;
			expect((await caseOf(store, laura, { requestId: 'r2' })).advisorName).toBe('Carolina Rojas');
			const same = { advisorId: carolina, available: true, actor: 'test' };
			expect((await setAvailability(store, same)).changed).toBe(true);
			expect((await setAvailability(store, same)).changed).toBe(false);
			await expect(setAvailability(store, { ...same, substituteId: carolina })).rejects.toMatchObject({
				message: 'Carolina Rojas cannot stand in for themselves',
			});
		});

		test('P6: notifications are marked as read one by one or all of a person, once', async () => {
			await caseOf(store, laura, { requestId: 'r1' });
			await caseOf(store, laura, { requestId: 'r2' });
			await caseOf(store, laura, { requestId: 'r3' });
			const page = { advisorId: carolina, state: 'unread' as const, limit: 2 };
			const [newest, next] = await listNotifications(store.db, store.workspaceId, page);
			expect(await listNotifications(store.db, store.workspaceId, { ...page, before: next?.id })).toHaveLength(1);

			expect(await markNotifications(store, { notificationId: newest?.id ?? '' })).toBe(1);
			expect(await markNotifications(store, { notificationId: newest?.id ?? '' })).toBe(0);
			expect(await markNotifications(store, { advisorId: carolina })).toBe(2);
			expect(await listNotifications(store.db, store.workspaceId, page)).toEqual([]);
			await expect(markNotifications(store, { notificationId: 'none' })).rejects.toMatchObject({
				parameter: 'Notification',
			});
		});

		const act = async (wanted: ConversationAct) =>
			await changeConversation(store, { conversationId: laura.conversationId, act: wanted, actor: 'test' });
		const answers = async (text: string): Promise<boolean> => {
			await customerWho(store, '573001112233', text);
			now += 60_000;
			const items = await takeTurns(store, [laura]);
			return JSON.stringify(items).includes('"outboxIds":["');
		};

		test('D33 B14: a paused bot is silent, a resumed one answers, and both survive what comes between', async () => {
			expect(await answers('buenas')).toBe(true);
			expect(await act('took_over')).toMatchObject({ changed: true, before: 'bot', conversation: { mode: 'human' } });
			expect(await act('took_over')).toMatchObject({ changed: false });
			expect(await answers('¿siguen ahí?')).toBe(false);
			expect(await act('gave_back')).toMatchObject({ changed: true, conversation: { mode: 'bot', wake_at: null } });
			expect(await answers('hola de nuevo')).toBe(true);
		});

		test('B14: a pause ends by itself after the idle time of the profile', async () => {
			const paused = await act('took_over');
			expect(paused.conversation.wake_at).toBe(now + 12 * 3_600_000);
		});

		test('a closed conversation is quiet, and begins anew when the customer writes', async () => {
			await answers('buenas');
			expect(await act('closed')).toMatchObject({ changed: true, conversation: { mode: 'closed', wake_at: null } });
			expect(await answers('hola')).toBe(true);
			expect(await getConversation(store.db, store.workspaceId, laura.conversationId)).toMatchObject({ mode: 'bot' });
		});

		test("P4: a conversation of an advisor's own number has no bot to pause", async () => {
			await updateConversation(store.db, store, laura.conversationId, { mode: 'mirrored' });
			await expect(act('took_over')).rejects.toMatchObject({ parameter: 'Conversation' });
		});
	});
});
