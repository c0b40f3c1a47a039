import { createHash } from 'node:crypto';

import type { Sendable } from '../../nodes/shared/usecases/send/sendQueued';
import type { MessageEvent } from '../../nodes/shared/domain/messages/events';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { auditOfChain, firstBrokenLine } from '../../nodes/shared/store/repositories/auditLog';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, failEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import type { ItemJson } from '../../nodes/shared/usecases/emit/items';
import { openCase } from '../../nodes/shared/usecases/cases/openCase';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput, BotItem } from '../../nodes/shared/usecases/dialogue/turnContext';
import { walkBranches, type Outside } from '../support/branches';
import { messageFrom, webhookId } from '../support/events';
import { eachDatabase } from '../support/stores';

const emit = { messages: true, statuses: false, echoes: false, account: false };
const start = Date.parse('2026-03-10T15:00:00Z');

/** A channel that accepts everything and hands out the same small file. */
function outside(): { sent: Sendable[]; channel: Outside } {
	const sent: Sendable[] = [];
	const bytes = Buffer.from('una foto');
	return {
		sent,
		channel: {
			send: async (sendable) => {
				sent.push(sendable);
				return await Promise.resolve({ vendorId: `wamid.out.${sendable.outboxId}` });
			},
			fetchMedia: async () =>
				await Promise.resolve({
					bytes,
					mimeType: 'image/jpeg',
					sha256: createHash('sha256').update(bytes).digest('hex'),
					size: bytes.length,
				}),
		},
	};
}

const textOf = (sendable: Sendable): string => ('text' in sendable.message ? sendable.message.text : '');

eachDatabase((name, open) => {
	describe(`the desk on ${name}`, () => {
		let now: number;
		let store: Store;

		beforeEach(async () => {
			now = start;
			store = await open({ clock: () => now });
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 1_500 }, 'test');
		});
		afterEach(async () => await store.close());

		async function customerWrites(...events: MessageEvent[]): Promise<void> {
			await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events });
		}

		/** A message of Laura's at this moment. */
		function laura(text: string, media?: MessageEvent['content']['media']): MessageEvent {
			return messageFrom('573001112233', text, { at: now, media });
		}

		/** Emits, as the pump does, what is ready and what is due; every execution succeeds. */
		async function work(channel: Outside): Promise<void> {
			for (
				let emission = await claimEmission(store, webhookId, 100);
				emission;
				emission = await claimEmission(store, webhookId, 100)
			) {
				await walkBranches(store, emission.items.messages ?? [], channel);
				await finishEmission(store, emission.id);
			}
			for (const due of await collectDue(store, webhookId)) {
				await walkBranches(store, due.items, channel);
				await finishEmission(store, due.id);
			}
		}

		/** The customer writes and waits until the answer delay is over. */
		async function says(channel: Outside, ...events: MessageEvent[]): Promise<void> {
			await customerWrites(...events);
			await work(channel);
			now += 1_600;
			await work(channel);
		}

		async function table(
			of: 'cases' | 'leads' | 'contacts' | 'effects' | 'attachments' | 'conversations' | 'messages',
		) {
			return await store.db.selectFrom(of).selectAll().where('workspace_id', '=', store.workspaceId).execute();
		}

		async function untilTheQuestion(channel: Outside): Promise<void> {
			await says(channel, laura('hola'));
			await says(channel, laura('Laura Gómez Restrepo'));
			await says(channel, laura('1020304050'));
		}

		it('B4 B7 D1 D4: a new customer asks for a formal quotation: one bubble a turn, one case, one lead, the number once', async () => {
			const { sent, channel } = outside();
			await untilTheQuestion(channel);
			await says(channel, laura('1'));
			await says(channel, laura('20 portátiles para la oficina'));
			await says(channel, laura('formal'));

			const [first] = await table('cases');
			expect(await table('cases')).toMatchObject([{ type: 'quotation', area: 'sales', number: 'PS-2026-000001' }]);
			expect(await table('leads')).toMatchObject([
				{
					name: 'Laura Gómez Restrepo',
					phone: '+573001112233',
					identification: '1020304050',
					request_type: 'quotation',
				},
			]);
			expect(await table('contacts')).toMatchObject([{ registered: 1, name_verified: 1 }]);
			expect(sent).toHaveLength(6);
			expect(sent.filter((sendable) => textOf(sendable).includes('PS-2026-000001'))).toHaveLength(1);
			expect((await table('effects')).every((effect) => 'state' in effect && effect.state === 'done')).toBe(true);
			expect(first).toBeDefined();
		});

		it('B11: a photo sent before anything was asked ends up on the case and on the lead', async () => {
			const { channel } = outside();
			await says(channel, laura('', { type: 'image', mediaId: '77', mimeType: 'image/jpeg' }));
			await says(channel, laura('necesito cotizar 20 portátiles'));
			await says(channel, laura('Laura Gómez Restrepo'));
			await says(channel, laura('1020304050'));
			await says(channel, laura('formal'));

			const links = await store.db
				.selectFrom('attachment_links')
				.innerJoin('attachments', 'attachments.id', 'attachment_links.attachment_id')
				.select(['attachment_links.kind', 'attachments.state'])
				.where('attachments.workspace_id', '=', store.workspaceId)
				.orderBy('attachment_links.kind')
				.execute();
			expect(links).toEqual([
				{ kind: 'case', state: 'stored' },
				{ kind: 'lead', state: 'stored' },
			]);
		});

		it('D35: three messages inside the answer delay are one turn and one bubble', async () => {
			const { sent, channel } = outside();
			await customerWrites(laura('hola'));
			await work(channel);
			now += 1_000;
			await customerWrites(laura('me llamo Laura Gómez'));
			await work(channel);
			now += 1_000;
			await customerWrites(laura('necesito cotizar 5 impresoras'));
			await work(channel);
			expect(sent).toHaveLength(0);
			now += 1_500;
			await work(channel);

			expect(sent).toHaveLength(1);
			expect(textOf(sent[0] as Sendable)).toContain('número de identificación');
		});

		it('two messages of one contact at once: two executions in parallel make one turn', async () => {
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'test');
			await customerWrites(laura('hola'));
			const first = await claimEmission(store, webhookId, 100);
			await customerWrites(laura('soy Laura Gómez'));
			const second = await claimEmission(store, webhookId, 100);
			const { sent, channel } = outside();
			await Promise.all(
				[first, second].map(async (emission) => await walkBranches(store, emission?.items.messages ?? [], channel)),
			);

			expect(sent).toHaveLength(1);
			expect((await table('messages')).filter((row) => 'turn_state' in row && row.turn_state === 'done')).toHaveLength(
				2,
			);
		});

		it('the same execution walked three times answers once, opens one case and makes one lead', async () => {
			const { sent, channel } = outside();
			await untilTheQuestion(channel);
			await says(channel, laura('necesito cotizar 20 portátiles'));
			await customerWrites(laura('formal'));
			await work(channel);
			now += 1_600;
			const [due] = await collectDue(store, webhookId);
			const before = sent.length;
			for (let times = 0; times < 3; times += 1) await walkBranches(store, due?.items ?? [], channel);

			expect(sent.length - before).toBe(1);
			expect(await table('cases')).toHaveLength(1);
			expect(await table('leads')).toHaveLength(1);
		});

		it('Case and Crear Lead asked three times at once give one case with one number, and one lead', async () => {
			const { channel } = outside();
			await untilTheQuestion(channel);
			const [conversation] = await store.db
				.selectFrom('conversations')
				.selectAll()
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			const request = {
				contactId: conversation?.contact_id ?? '',
				conversationId: conversation?.id ?? '',
				requestId: 'the-request',
				type: 'quotation' as const,
				area: 'sales',
				subject: '20 portátiles',
				fields: {},
				attachments: [],
			};
			const opened = await Promise.all([1, 2, 3].map(async () => await openCase(store, request)));
			const leads = await Promise.all(
				[1, 2, 3].map(async () => await createLead(store, { ...request, caseKey: opened[0]?.case.id })),
			);

			expect(new Set(opened.map((result) => result.case.number)).size).toBe(1);
			expect(opened.filter((result) => result.created)).toHaveLength(1);
			expect(new Set(leads.map((result) => result.lead.id)).size).toBe(1);
			const numbers = await store.db
				.selectFrom('counters')
				.select('value')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			expect(numbers).toEqual([{ value: 1 }]);
		});

		it('an effect whose execution failed walks its branch again after 1 s and 30 s, then goes to the dead letter with the reason', async () => {
			const { channel } = outside();
			await untilTheQuestion(channel);
			await says(channel, laura('necesito cotizar 20 portátiles'));
			await customerWrites(laura('formal'));
			const emission = await claimEmission(store, webhookId, 100);
			await walkBranches(store, emission?.items.messages ?? [], channel);
			await finishEmission(store, emission?.id ?? '');
			now += 1_600;
			const [turn] = await collectDue(store, webhookId);
			const inputs = (turn?.items ?? []).map((item: ItemJson) => item.crm as BotInput);
			const emitted: BotItem[] = await takeTurns(store, inputs);
			expect(emitted.map((item) => item.output)).toContain('case');
			await failEmission(store, turn?.id ?? '', 'Crear caso: boom');

			const retried: number[] = [];
			for (const pause of [1_000, 30_000]) {
				now += pause - 1;
				expect(await collectDue(store, webhookId)).toEqual([]);
				now += 1;
				const again = await collectDue(store, webhookId);
				const requests = again.flatMap((due) => due.items).map((item) => (item.crm as BotInput).requestId);
				retried.push(requests.filter((requestId) => requestId?.endsWith(':case')).length);
				for (const due of again) await failEmission(store, due.id, 'Crear caso: boom');
			}

			expect(retried).toEqual([1, 1]);
			expect((await table('effects')).filter((row) => 'output' in row && row.output === 'case')).toMatchObject([
				{ state: 'dead', error: 'Crear caso: boom' },
			]);
		});

		it('an effect whose process died walks its branch in the next one', async () => {
			const { channel } = outside();
			await untilTheQuestion(channel);
			await says(channel, laura('necesito cotizar 20 portátiles'));
			await customerWrites(laura('formal'));
			await work(channel);
			now += 1_600;
			const [turn] = await collectDue(store, webhookId);
			await takeTurns(
				store,
				(turn?.items ?? []).map((item: ItemJson) => item.crm as BotInput),
			);
			await store.db
				.updateTable('effects')
				.set({ owner: 'dead' })
				.where('workspace_id', '=', store.workspaceId)
				.where('state', '=', 'emitted')
				.execute();
			await store.db
				.updateTable('outbox')
				.set({ owner: 'dead' })
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			await work(channel);

			expect(await table('cases')).toHaveLength(1);
			expect(await table('leads')).toHaveLength(1);
		});

		it('B12 D19: no answer: two reminders, then the conversation closes and is kept as incomplete, without a number', async () => {
			const { sent, channel } = outside();
			await says(channel, laura('hola'));
			now = start + 16 * 60_000;
			await work(channel);
			expect(sent.map(textOf).at(-1)).toContain('¿Sigues ahí?');
			now = start + 2.1 * 3_600_000;
			await work(channel);
			expect(sent.map(textOf).at(-1)).toContain('Si necesitas más tiempo');
			const before = sent.length;
			now = start + 23 * 3_600_000;
			await work(channel);
			expect(await table('conversations')).toMatchObject([{ mode: 'closed' }]);
			expect(sent.slice(before).every((sendable) => !textOf(sendable).includes('PS-'))).toBe(true);
			await work(channel);
			expect(sent.length - before).toBeLessThanOrEqual(1);
		});

		it('B12: an answer before the reminder cancels it', async () => {
			const { sent, channel } = outside();
			await says(channel, laura('hola'));
			now = start + 14 * 60_000;
			await says(channel, laura('Laura Gómez'));
			now = start + 16 * 60_000;
			await work(channel);

			expect(sent.map(textOf).filter((text) => text.includes('¿Sigues ahí?'))).toHaveLength(0);
		});

		it('P6 D7: an advisor is told once of a formal quotation, in words, and the case is theirs', async () => {
			await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'], role: 'advisor', available: true }, 'test');
			const { channel } = outside();
			await untilTheQuestion(channel);
			await says(channel, laura('necesito cotizar 20 portátiles'));
			await says(channel, laura('formal'));
			await says(channel, laura('quiero hablar con una persona'));

			const told = await store.db
				.selectFrom('notifications')
				.select(['kind', 'text'])
				.where('workspace_id', '=', store.workspaceId)
				.orderBy('created_at')
				.execute();
			expect(told).toEqual([
				{ kind: 'case.opened', text: expect.stringContaining('20 portátiles') },
				{ kind: 'conversation.take_over', text: 'Pidió hablar con una persona' },
			]);
			expect((await table('cases')).map((row) => 'advisor_id' in row && row.advisor_id)).not.toContain(null);
		});

		it('P7: every step of the journey is in the bitácora, in a chain that a changed line breaks', async () => {
			const { channel } = outside();
			await untilTheQuestion(channel);
			await says(channel, laura('necesito cotizar 20 portátiles'));
			await says(channel, laura('formal'));
			const [contact] = await store.db
				.selectFrom('contacts')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			const lines = await auditOfChain(store.db, store.workspaceId, contact?.id ?? '', { limit: 100 });

			expect(lines.map((line) => line.action)).toEqual(
				expect.arrayContaining(['turn.taken', 'case.opened', 'case.confirmed', 'lead.created']),
			);
			expect(firstBrokenLine(store, lines)).toBeUndefined();
			const forged = lines.map((line, index) => (index === 1 ? { ...line, payload: '{"said":["otra cosa"]}' } : line));
			expect(firstBrokenLine(store, forged)?.sequence).toBe(2);
			expect(
				firstBrokenLine(
					store,
					lines.filter((_, index) => index !== 1),
				)?.sequence,
			).toBe(3);
		});
	});
});
