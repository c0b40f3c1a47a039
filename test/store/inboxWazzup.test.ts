import { listAudit } from '../../nodes/shared/store/repositories/auditLog';
import type { Store } from '../../nodes/shared/store/store';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { assignConversation } from '../../nodes/shared/usecases/team/assignConversation';
import { inboxWatcher } from '../../nodes/shared/usecases/inbox/watchers';
import type { Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { mergePeople } from '../../nodes/shared/usecases/contacts/mergePeople';
import { eventually } from '../support/eventually';
import { ask, clicks, command, viewer } from '../support/inbox';
import { customerWho } from '../support/records';
import { eachDatabase } from '../support/stores';

const PHONE = '573001112233';

eachDatabase((name, open) => {
	describe(`Wazzup's chat window at the desk on ${name} (W5, W8)`, () => {
		let store: Store;
		let laura: Viewer;
		let carlos: Viewer;

		beforeEach(async () => {
			const now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await viewer(store, 'Laura Gómez', ['sales']);
			carlos = await viewer(store, 'Carlos Ramírez', ['support']);
		});

		const plus = async (who: Viewer, chatId: string, chatType = 'whatsapp', requestId?: string) =>
			await command(store, who, 'createLeadOfChat', { chatType, chatId }, requestId === undefined ? {} : { requestId });
		const leads = async () =>
			await store.db.selectFrom('leads').selectAll().where('workspace_id', '=', store.workspaceId).execute();
		const contacts = async () =>
			await store.db.selectFrom('contacts').selectAll().where('workspace_id', '=', store.workspaceId).execute();
		/** A customer of Laura's. */
		const customer = async () => {
			const ana = await customerWho(store, PHONE, 'necesito cotizar 20 portátiles');
			await assignConversation(store, {
				...ana,
				requestId: 'handoff',
				area: 'sales',
				reason: 'asked_for_person',
				strength: 'take_over',
			});
			return ana;
		};

		it('W8: the "+" makes the lead of the conversation, and the branch of Crear Lead hears of it', async () => {
			const { conversationId, contactId } = await customer();
			const answer = await plus(laura, `+${PHONE}`);
			const [lead] = await leads();
			expect(answer).toEqual({ leadId: lead?.id, action: 'created', conversationId });
			expect(lead).toMatchObject({ contact_id: contactId, conversation_id: conversationId, stage: 'Lead' });
			expect(await clicks(store)).toMatchObject([
				{ output: 'crearLead', item: { leadId: lead?.id, action: 'created', crm: { contactId } } },
			]);
		});

		it('W8: pressed twice, at once or again later, it is one lead', async () => {
			const { conversationId } = await customer();
			const both = await Promise.all([plus(laura, PHONE), plus(laura, PHONE)]);
			expect(await leads()).toHaveLength(1);
			expect(both.map(({ action }) => action).sort()).toEqual(['created', 'opened']);
			const [lead] = await leads();
			expect(await plus(laura, PHONE)).toEqual({ leadId: lead?.id, action: 'opened', conversationId });
			expect(await clicks(store)).toHaveLength(1);
		});

		it('W8: the same wish again answers the same and does nothing', async () => {
			await customer();
			const first = await plus(laura, PHONE, 'whatsapp', 'the same wish');
			expect(await plus(laura, PHONE, 'whatsapp', 'the same wish')).toEqual(first);
			expect(await leads()).toHaveLength(1);
		});

		it('W8: a chat that nobody here has yet becomes a contact with a lead of who pressed, also when two press at once', async () => {
			const both = await Promise.all([
				plus(laura, '@maria.shop', 'instagram'),
				plus(carlos, 'maria.shop', 'instagram'),
			]);
			expect(await contacts()).toHaveLength(1);
			const [lead, ...others] = await leads();
			expect(others).toEqual([]);
			expect([laura.advisorId, carlos.advisorId]).toContain(lead?.advisor_id);
			expect(both.map(({ leadId }) => leadId)).toEqual([lead?.id, lead?.id]);
			expect(both[0]).not.toHaveProperty('conversationId');
			const lines = await listAudit(store.db, store.workspaceId, { limit: 50 });
			expect(lines.find(({ action }) => action === 'lead.created')?.actor).toBe(`advisor:${lead?.advisor_id}`);
		});

		it('a customer of somebody else is nobody for these eyes: no lead, no id', async () => {
			await customer();
			await expect(plus(carlos, PHONE)).rejects.toMatchObject({ status: 404 });
			expect(await leads()).toEqual([]);
		});

		it.each([
			['whatsapp', 'constructor'],
			['whatsapp', '12'],
			['__proto__', PHONE],
			['constructor', PHONE],
			['instagram', '   '],
		])('a forged chat (%s, %j) is refused before anything is written', async (chatType, chatId) => {
			await expect(plus(laura, chatId, chatType)).rejects.toMatchObject({
				status: 422,
				code: expect.stringMatching(/^(?:impossibleChat|unusableValue)$/),
			});
			expect(await contacts()).toEqual([]);
		});

		it('W6: whatever happens in any conversation wakes the counter, also what these eyes do not see', async () => {
			const living = await open();
			const pedro = await viewer(living, 'Pedro Díaz', ['support']);
			let woken = 0;
			const watcher = await inboxWatcher(
				living,
				async () => await Promise.resolve({ ...living, close: async () => await Promise.resolve() }),
				() => undefined,
			);
			const leave = watcher.join(
				{
					tokenHash: 'of the test',
					viewer: pedro,
					webhookId: 'inbox-of-the-test',
					idleMs: 3_600_000,
					send: () => true,
					beat: () => true,
					close: () => undefined,
					onChanges: () => void (woken += 1),
				},
				undefined,
			);
			try {
				await customerWho(living, PHONE, 'necesito cotizar 20 portátiles');
				await eventually('the page is woken', () => woken > 0);
			} finally {
				leave();
			}
		});

		it('W2: a contact leads to their conversation, who was merged to whom they became, and nobody else to anything', async () => {
			const ana = await customer();
			const to = async (who: Viewer, contactId: string) => await ask(store, who, 'contactConversation', { contactId });
			expect(await to(laura, ana.contactId)).toEqual({ conversationId: ana.conversationId });
			const before = await customerWho(store, '573009998877', 'hola');
			await mergePeople(store, { fromKey: before.contactId, intoKey: ana.contactId });
			expect(await to(laura, before.contactId)).toMatchObject({ conversationId: expect.any(String) });
			await expect(to(carlos, ana.contactId)).rejects.toMatchObject({ status: 404 });
			for (const forged of ['constructor', '__proto__', ana.conversationId]) {
				await expect(to(laura, forged)).rejects.toMatchObject({ status: 404 });
			}
		});

		it('a deal that is opened leads to its conversation; a forged id and a deal of somebody else do not exist', async () => {
			const ana = await customer();
			const { lead } = await createLead(store, { ...ana, requestId: 'lead' });
			const opened = async (who: Viewer, dealId: string) => await ask(store, who, 'dealConversation', { dealId });
			expect(await opened(laura, lead.id)).toEqual({ conversationId: ana.conversationId });
			await expect(opened(carlos, lead.id)).rejects.toMatchObject({ status: 404 });
			for (const forged of ['constructor', '__proto__', "' or 1=1 --", ana.contactId]) {
				await expect(opened(laura, forged)).rejects.toMatchObject({ status: 404 });
			}
		});
	});
});
