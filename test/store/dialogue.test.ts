import type { MessageEvent } from '../../nodes/shared/domain/messages/events';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import type { Store } from '../../nodes/shared/store/store';
import { assignConversation } from '../../nodes/shared/usecases/team/assignConversation';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import { offerLink } from '../../nodes/shared/usecases/dialogue/offerLink';
import { openCase } from '../../nodes/shared/usecases/cases/openCase';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { sendQueued } from '../../nodes/shared/usecases/send/sendQueued';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput } from '../../nodes/shared/usecases/dialogue/turnContext';
import { walkBranches, type Outside } from '../support/branches';
import { messageFrom, webhookId } from '../support/events';
import { eachDatabase } from '../support/stores';

const MINUTE = 60_000;
const start = Date.parse('2026-03-10T13:00:00Z');

eachDatabase((name, open) => {
	describe(`the dialogue on ${name}`, () => {
		let now: number;
		let store: Store;
		let said: string[];
		let outside: Outside;

		beforeEach(async () => {
			now = start;
			said = [];
			outside = {
				send: async ({ outboxId, message }) => {
					said.push('text' in message ? message.text : '');
					return await Promise.resolve({ vendorId: `wamid.out.${outboxId}` });
				},
				fetchMedia: async () => await Promise.reject(new Error('No file was sent.')),
			};
			store = await open({ clock: () => now });
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'test');
		});
		afterEach(async () => await store.close());

		async function receives(text: string): Promise<void> {
			now += 1000;
			const events: MessageEvent[] = [messageFrom('573001112233', text, { at: now })];
			const emit = { messages: true, statuses: false, echoes: false, account: false };
			await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events });
		}

		async function work(): Promise<void> {
			for (
				let emission = await claimEmission(store, webhookId, 100);
				emission;
				emission = await claimEmission(store, webhookId, 100)
			) {
				await walkBranches(store, emission.items.messages ?? [], outside);
				await finishEmission(store, emission.id);
			}
			for (const due of await collectDue(store, webhookId)) {
				await walkBranches(store, due.items, outside);
				await finishEmission(store, due.id);
			}
		}

		async function says(...texts: string[]): Promise<void> {
			for (const text of texts) {
				await receives(text);
				await work();
			}
		}

		// Tests share a PostgreSQL database; each has a workspace of its own.
		const cases = async () =>
			await store.db.selectFrom('cases').selectAll().where('workspace_id', '=', store.workspaceId).execute();
		const conversations = async () =>
			await store.db.selectFrom('conversations').selectAll().where('workspace_id', '=', store.workspaceId).execute();
		const messages = async () =>
			await store.db.selectFrom('messages').selectAll().where('workspace_id', '=', store.workspaceId).execute();
		const auditLines = async () =>
			await store.db.selectFrom('audit_log').selectAll().where('workspace_id', '=', store.workspaceId).execute();
		const theConversation = async () => (await conversations())[0]?.id ?? '';

		it('D19: a later message goes on with the incomplete case: one case, its number said once, open again', async () => {
			await says('necesito cotizar 3 monitores', 'Juan Pérez', '1020304050');
			for (const minutes of [16, 125, 13 * 60]) {
				now = start + minutes * MINUTE;
				await work();
			}
			const [incomplete] = await cases();
			expect(incomplete).toMatchObject({ status: 'incomplete', type: 'quotation' });

			await says('formal');

			expect(await cases()).toEqual([
				expect.objectContaining({ id: incomplete.id, number: incomplete.number, status: 'open' }),
			]);
			expect(said.filter((text) => text.includes(incomplete.number))).toHaveLength(1);
		});

		it('P5 D20: an advisor’s link is offered once, and its address leaves only after the customer agreed', async () => {
			await says('hola', 'Juan Pérez', '1020304050', 'mi impresora no enciende');
			const conversationId = await theConversation();
			const offer = { conversationId, number: '+57 301 555 0101', advisorName: 'Laura Gómez', requestId: 'offer-1' };

			const { contactId, offered } = await offerLink(store, offer);
			expect(offered).toBe(true);
			expect(await offerLink(store, offer)).toMatchObject({ offered: false });
			await sendQueued(store, [contactId], outside.send);
			expect(said.filter((text) => text.includes('se perderá la trazabilidad'))).toHaveLength(1);
			expect(said.join()).not.toContain('wa.me');

			await says('sí, envíame el enlace');
			const [link] = (await messages()).filter(({ type }) => type === 'url_button');
			expect(link?.content).toContain('https://wa.me/573015550101');
			const audit = await auditLines();
			expect(audit.map(({ payload }) => payload).join()).toContain('accepted the link to +573015550101');
		});

		it('P5: a link that may not be offered is refused in words', async () => {
			await says('hola');
			const conversationId = await theConversation();
			now += 25 * 60 * MINUTE;

			await expect(offerLink(store, { conversationId, number: '+573015550101', requestId: 'offer-2' })).rejects.toThrow(
				'over 24 hours',
			);
		});

		it('D13: a complaint reaches a person within 20 s, and who still waits is told of again, across restarts, once', async () => {
			await saveProfile(store, { ...profiles.prosuministros, hours: {} }, 'test');
			await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test');
			await receives('pésimo servicio, llevo un mes esperando');
			await work();
			now += 2000;
			await work();
			const told = async () =>
				(await listNotifications(store.db, store.workspaceId, { limit: 10 })).map(({ text }) => text);
			expect(await told()).toEqual(['Tiene una queja']);
			expect(now - start).toBeLessThan(20_000);

			now += 31 * MINUTE;
			await work();
			now += 31 * MINUTE;
			await work();
			expect(await told()).toEqual(['Sigue esperando que alguien le responda', 'Tiene una queja']);
		});

		it('D13: a conversation that the workflow handed over is watched too', async () => {
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0, hours: {} }, 'test');
			await says('hola');
			const [{ id, contact_id: contactId }] = await conversations();
			await assignConversation(store, {
				contactId,
				conversationId: id,
				requestId: 'by-the-workflow',
				area: 'sales',
				reason: 'handoff',
				strength: 'take_over',
			});
			await work();
			now += 31 * MINUTE;
			const items = (await collectDue(store, webhookId)).flatMap((due) => due.items);
			const found = await takeTurns(
				store,
				items.map((item) => item.crm as BotInput),
			);

			expect(found).toEqual([
				expect.objectContaining({
					output: 'handoff',
					json: expect.objectContaining({ strength: 'notify', reason: 'waits_too_long', area: 'sales' }) as unknown,
				}),
			]);
		});

		it('B6: what is written while a case is registered is answered after its confirmation', async () => {
			await says('hola', 'Juan Pérez', '1020304050');
			await receives('mi impresora no enciende');
			const emission = await claimEmission(store, webhookId, 100);
			const [turn] = await takeTurns(
				store,
				(emission?.items.messages ?? []).map((item) => item.crm as BotInput),
			);
			await receives('menú');
			const second = await claimEmission(store, webhookId, 100);
			await walkBranches(store, second?.items.messages ?? [], outside);
			const before = said.length;

			const crm = turn?.json.crm as { contactId: string; conversationId: string };
			await openCase(store, { ...(turn?.json as unknown as Parameters<typeof openCase>[1]), ...crm });
			for (const id of [emission?.id, second?.id]) if (id !== undefined) await finishEmission(store, id);
			now += 1000;
			await work();
			now += 1000;
			await work();

			expect(said.slice(before)).toEqual([
				expect.stringContaining('registrada con el número'),
				expect.stringContaining('cuéntame qué deseas hacer hoy'),
			]);
		});
	});
});
