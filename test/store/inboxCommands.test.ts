import { COMMANDS, type CommandName } from '../../nodes/shared/domain/inbox/requests';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { listAudit } from '../../nodes/shared/store/repositories/auditLog';
import type { Store } from '../../nodes/shared/store/store';
import { assignConversation } from '../../nodes/shared/usecases/team/assignConversation';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import type { Refusal } from '../../nodes/shared/usecases/inbox/refusal';
import { storeUpload } from '../../nodes/shared/usecases/inbox/upload';
import type { Viewer } from '../../nodes/shared/usecases/inbox/viewer';
import { recordCashOnDelivery } from '../../nodes/shared/usecases/payments/recordCashOnDelivery';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { verifyAudit } from '../../nodes/shared/usecases/audit/verifyAudit';
import { messageFrom, webhookId } from '../support/events';
import { ask, clicks, command, viewer } from '../support/inbox';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;
const emit = { messages: true, statuses: false, echoes: false, account: false };
const PDF = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n%%EOF');

eachDatabase((name, open) => {
	describe(`commands of the inbox on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Viewer;
		let pedro: Viewer;
		let carlos: Viewer;
		let boss: Viewer;
		let ana: Customer;
		let conversationId: string;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await viewer(store, 'Laura Gómez', ['sales']);
			await saveAdvisor(store, { name: 'Laura Gómez', phone: '+57 300 555 0101' }, 'test');
			pedro = await viewer(store, 'Pedro Díaz', ['sales']);
			carlos = await viewer(store, 'Carlos Ramírez', ['support']);
			boss = await viewer(store, 'Sofía Peña', [], 'administrator');
			ana = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			({ conversationId } = ana);
			await assignConversation(store, {
				...ana,
				requestId: 'handoff',
				area: 'sales',
				reason: 'asked_for_person',
				strength: 'take_over',
			});
		});

		const says = async (text: string) =>
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				emit,
				events: [messageFrom('573001112233', text, { at: now })],
			});
		const conversation = async () =>
			await store.db.selectFrom('conversations').selectAll().where('id', '=', conversationId).executeTakeFirstOrThrow();
		const queued = async () =>
			await store.db
				.selectFrom('outbox')
				.selectAll()
				.where('workspace_id', '=', store.workspaceId)
				.orderBy('id')
				.execute();
		const lines = async () => await listAudit(store.db, store.workspaceId, { limit: 500 });

		describe('reply', () => {
			test('D13, D33: who writes has the conversation, the bot is silent, and the message waits for Send Queued', async () => {
				const answer = await command(store, laura, 'reply', { conversationId, text: 'Hola Ana, soy Laura' });
				expect(await conversation()).toMatchObject({
					mode: 'human',
					owner_advisor_id: laura.advisorId,
					waiting_since: null,
				});
				const [row] = await queued();
				expect(answer).toEqual({ messageIds: [row?.id] });
				expect(JSON.parse(row?.message ?? '')).toEqual({ type: 'text', text: 'Hola Ana, soy Laura' });
				expect(row?.webhook_id).toBe(webhookId);
				const [view] = (await ask(store, laura, 'thread', { conversationId })).rows;
				expect([view?.kind, view?.event?.action]).toEqual(['event', 'conversation.person_wrote']);
				const message = (await ask(store, laura, 'thread', { conversationId })).rows.find(
					({ kind }) => kind === 'message',
				);
				expect(message).toMatchObject({
					author: 'advisor',
					advisor: { name: 'Laura Gómez' },
					text: 'Hola Ana, soy Laura',
					status: 'queued',
				});
				expect(await clicks(store)).toEqual([
					{
						output: 'reply',
						item: expect.objectContaining({
							command: 'reply',
							advisor: 'Laura Gómez',
							customer: 'Ana',
							crm: expect.objectContaining({ contactId: ana.contactId, outboxIds: [row?.id] }),
						}),
					},
				]);
				now += 60_000;
				await says('¿cuánto vale?');
				now += 60_000;
				await takeTurns(store, [{ ...ana }]);
				expect(await queued()).toHaveLength(1);
				expect((await conversation()).waiting_since).toBe(now - 60_000);
			});

			test('two advisors at once: one answers, the other is told that somebody has it, and nothing of theirs is queued', async () => {
				const both = await Promise.allSettled([
					command(store, laura, 'reply', { conversationId, text: 'Soy Laura' }),
					command(store, pedro, 'reply', { conversationId, text: 'Soy Pedro' }),
				]);
				expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
				const winner = both[0].status === 'fulfilled' ? laura : pedro;
				expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
					reason: { status: 404, code: 'notFound', description: expect.stringContaining('assigned to somebody else') },
				});
				expect((await queued()).map(({ message }) => message)).toEqual([
					expect.stringContaining(winner === laura ? 'Soy Laura' : 'Soy Pedro'),
				]);
				expect((await conversation()).owner_advisor_id).toBe(winner.advisorId);
				// Who sees everything is told whose it is.
				await expect(command(store, boss, 'reply', { conversationId, text: 'Yo también' })).rejects.toMatchObject({
					status: 409,
					message: `${winner === laura ? 'Laura Gómez' : 'Pedro Díaz'} has this conversation`,
					code: 'takenBy',
					values: { name: winner === laura ? 'Laura Gómez' : 'Pedro Díaz' },
				});
				await command(store, boss, 'takeOver', { conversationId });
				await command(store, boss, 'reply', { conversationId, text: 'Ahora yo' });
				expect((await conversation()).owner_advisor_id).toBe(boss.advisorId);
			});

			test('P3: what was written on the page is known by its command, so that it never stands there twice', async () => {
				await command(store, laura, 'reply', { conversationId, text: 'Hola Ana' }, { requestId: 'wish-of-laura' });
				await command(store, laura, 'note', { conversationId, text: 'Llamarla' }, { requestId: 'note-of-laura' });
				const { rows } = await ask(store, laura, 'thread', { conversationId });
				const known = rows.flatMap(({ text, requestId }) => (requestId === undefined ? [] : [`${text}: ${requestId}`]));
				expect(known.sort()).toEqual(['Hola Ana: wish-of-laura', 'Llamarla: note-of-laura']);
			});

			test('D13: an advisor who writes before the bot’s answer is due has answered: the bot says nothing', async () => {
				await command(store, laura, 'takeOver', { conversationId });
				await command(store, laura, 'giveBack', { conversationId });
				now += 1_000;
				await says('cotizar 3 ups');
				await command(store, laura, 'reply', { conversationId, text: 'Con gusto, Ana' });
				now += 60_000;
				await takeTurns(store, [{ ...ana }]);

				expect((await queued()).map(({ message }) => message)).toEqual([expect.stringContaining('Con gusto, Ana')]);
				expect(await conversation()).toMatchObject({ mode: 'human', owner_advisor_id: laura.advisorId });
			});

			test('D33: closed while the customer writes: what they wrote begins a new conversation and is not lost', async () => {
				await command(store, laura, 'takeOver', { conversationId });
				now += 60_000;
				await takeTurns(store, [{ ...ana }]);
				await Promise.all([
					says('una cosa más, necesito la factura'),
					command(store, laura, 'close', { conversationId, reason: 'resolved' }),
				]);
				now += 60_000;
				await takeTurns(store, [{ ...ana }]);

				expect(await conversation()).toMatchObject({ mode: 'bot' });
				expect(await queued()).toHaveLength(1);
				expect(JSON.parse((await conversation()).state ?? '{}')).toMatchObject({
					subject: 'una cosa más, necesito la factura',
				});
			});

			test('after 24 hours only a template is sent, and the refusal says so', async () => {
				now += 25 * HOUR;
				await expect(command(store, laura, 'reply', { conversationId, text: 'Hola' })).rejects.toMatchObject({
					status: 422,
					field: 'template',
					message: expect.stringContaining('24 hours'),
					code: 'windowClosed',
				});
				expect(await queued()).toEqual([]);
				const template = { name: 'continuar', languageCode: 'es', values: ['Ana'] };
				const known = {
					name: 'continuar',
					languageCode: 'es',
					category: 'UTILITY',
					status: 'APPROVED',
					body: 'Hola {{1}}',
					variables: ['1'],
					samples: [],
				};
				const services = { templatesOf: async () => await Promise.resolve([known]) };
				await expect(
					command(store, laura, 'reply', { conversationId, template: { ...template, values: [] } }, { services }),
				).rejects.toMatchObject({
					field: 'template.values',
					code: 'templateNotFilled',
					values: { template: 'continuar', places: 1 },
				});
				await expect(
					command(store, laura, 'reply', { conversationId, template: { ...template, name: 'otra' } }, { services }),
				).rejects.toMatchObject({ field: 'template', code: 'noSuchTemplate' });
				await command(store, laura, 'reply', { conversationId, template }, { services });
				expect(JSON.parse((await queued())[0]?.message ?? '')).toEqual({
					type: 'template',
					name: 'continuar',
					languageCode: 'es',
					components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
					category: 'utility',
				});
			});

			const ADVERTISEMENT = {
				name: 'oferta',
				languageCode: 'es',
				category: 'MARKETING',
				status: 'APPROVED',
				body: 'Oferta',
				variables: [],
				samples: [],
			};
			const advertising = { templatesOf: async () => await Promise.resolve([ADVERTISEMENT]) };
			const agreesToAdvertising = async (): Promise<void> => {
				await store.db
					.updateTable('contacts')
					.set({ consent: JSON.stringify([{ at: now, kind: 'marketing', source: 'web' }]) })
					.where('id', '=', ana.contactId)
					.execute();
			};

			test('B16: advertising goes only to who agreed to it, and to nobody who opted out', async () => {
				const input = { conversationId, template: { name: ADVERTISEMENT.name, languageCode: 'es' } };
				await expect(command(store, laura, 'reply', input, { services: advertising })).rejects.toMatchObject({
					message: expect.stringContaining('not agreed to marketing'),
				});
				await agreesToAdvertising();
				await command(store, laura, 'reply', input, { services: advertising });
				await store.db.updateTable('contacts').set({ opted_out_at: now }).where('id', '=', ana.contactId).execute();
				await expect(command(store, laura, 'reply', input, { services: advertising })).rejects.toMatchObject({
					message: 'The person asked not to be written to.',
					code: 'optedOut',
				});
				expect(await queued()).toHaveLength(1);
			});

			test('D25: advertising leaves in the contact hours of the profile, and the refusal names them', async () => {
				const input = { conversationId, template: { name: ADVERTISEMENT.name, languageCode: 'es' } };
				await agreesToAdvertising();
				// It is ten o'clock of a Tuesday in Bogotá.
				const from = async (clock: string): Promise<void> => {
					const week = { tuesday: [{ from: clock, to: '18:00' }] };
					const contactHours = { rule: 'own' as const, week };
					await saveProfile(store, { ...profiles.prosuministros, contactHours }, 'test');
				};
				await from('10:01');
				await expect(command(store, laura, 'reply', input, { services: advertising })).rejects.toMatchObject({
					status: 422,
					message: 'Such messages leave Tuesday 10:01–18:00 only.',
					code: 'outsideContactHours',
					description: expect.stringContaining('contact hours of the business profile'),
				});
				expect(await queued()).toEqual([]);
				await from('10:00');
				await command(store, laura, 'reply', input, { services: advertising });
				expect(await queued()).toHaveLength(1);
			});

			test('files go with their words, each once, and are seen in the thread', async () => {
				const { uploadId } = await storeUpload(store, {
					advisorId: laura.advisorId,
					filename: '../../cotización.pdf',
					bytes: PDF,
				});
				const input = { conversationId, text: 'Te comparto la cotización', uploadIds: [uploadId] };
				await expect(command(store, pedro, 'reply', input)).rejects.toMatchObject({
					status: 409,
					field: 'uploadIds',
					code: 'fileGone',
				});
				await command(store, laura, 'reply', input);
				expect(JSON.parse((await queued())[0]?.message ?? '')).toMatchObject({
					type: 'media',
					mediaType: 'document',
					caption: 'Te comparto la cotización',
					filename: 'cotización.pdf',
					stored: { mimeType: 'application/pdf' },
				});
				const shown = (await ask(store, laura, 'thread', { conversationId })).rows.find(({ attachment }) => attachment);
				expect(shown).toMatchObject({
					text: 'Te comparto la cotización',
					attachment: { kind: 'document', filename: 'cotización.pdf', state: 'stored', size: PDF.length },
				});
				await expect(command(store, laura, 'reply', input)).rejects.toMatchObject({ status: 409 });
			});

			test('an answer to one message quotes it, and never one of another conversation', async () => {
				const question = (await ask(store, laura, 'thread', { conversationId })).rows.find(
					({ kind }) => kind === 'message',
				);
				await command(store, laura, 'reply', { conversationId, text: 'Sí', quotedMessageId: question?.id });
				const sent = (await ask(store, laura, 'thread', { conversationId })).rows.find(
					({ author }) => author === 'advisor',
				);
				expect(sent?.quoted).toMatchObject({ id: question?.id, preview: 'necesito cotizar 20 portátiles' });
				const luis = await customerWho(store, '573004445566', 'hola');
				const [other] = (await ask(store, boss, 'thread', { conversationId: luis.conversationId })).rows;
				await expect(
					command(store, laura, 'reply', { conversationId, text: 'Sí', quotedMessageId: other?.id }),
				).rejects.toMatchObject({ status: 404 });
			});

			test('dies in the middle: neither message nor queue nor line nor click is left, and the repeat does all', async () => {
				const broken: Store = {
					...store,
					eachLocked: async (keys, work) =>
						await store.eachLocked(keys, async (tx, key) => {
							await work(tx, key);
							throw new Error('killed before the commit');
						}),
				};
				const wish = { requestId: 'kill-1' };
				const before = (await lines()).length;
				await expect(command(broken, laura, 'reply', { conversationId, text: 'Hola' }, wish)).rejects.toThrow('killed');
				expect(await queued()).toEqual([]);
				expect(await clicks(store)).toEqual([]);
				expect(await lines()).toHaveLength(before);
				const orphans = await store.db
					.selectFrom('messages')
					.select('id')
					.where('workspace_id', '=', store.workspaceId)
					.where('direction', '=', 'out')
					.execute();
				expect(orphans).toEqual([]);
				await command(store, laura, 'reply', { conversationId, text: 'Hola' }, wish);
				expect(await queued()).toHaveLength(1);
			});

			test('nothing to send is refused by the name of the field', async () => {
				await expect(command(store, laura, 'reply', { conversationId })).rejects.toMatchObject({
					field: 'text',
					code: 'nothingToSend',
				});
				await expect(command(store, laura, 'reply', { text: 'x' })).rejects.toMatchObject({
					status: 422,
					field: 'conversationId',
				});
			});
		});

		test('P3: a note is read by the team, found by the search, and in no queue', async () => {
			await command(store, laura, 'note', { conversationId, text: 'Llamar al gerente Ramón' });
			expect(await queued()).toEqual([]);
			expect(await clicks(store)).toEqual([]);
			const [note] = (await ask(store, laura, 'thread', { conversationId })).rows;
			expect(note).toMatchObject({ kind: 'note', advisor: { name: 'Laura Gómez' }, text: 'Llamar al gerente Ramón' });
			expect((await ask(store, laura, 'conversations', { search: 'gerente' })).rows).toHaveLength(1);
		});

		test('P3: what one has read is read for this one only, until the customer writes again', async () => {
			const unread = async (who: Viewer) =>
				(await ask(store, who, 'conversations', { list: 'all' })).rows.find(({ id }) => id === conversationId)?.unread;
			expect([await unread(laura), await unread(boss)]).toEqual([1, 1]);
			await command(store, laura, 'markRead', { conversationId });
			expect([await unread(laura), await unread(boss)]).toEqual([0, 1]);
			now += 1000;
			await says('¿hola?');
			expect([await unread(laura), await unread(boss)]).toEqual([1, 2]);
		});

		test('D33: given back the bot answers again; closed it is over; each is said to the workflow once', async () => {
			await command(store, laura, 'takeOver', { conversationId });
			await command(store, laura, 'takeOver', { conversationId });
			await command(store, laura, 'giveBack', { conversationId });
			await command(store, laura, 'close', { conversationId, reason: 'no era para nosotros' });
			expect((await conversation()).mode).toBe('closed');
			expect((await clicks(store)).map(({ item }) => [item.command, item.before, item.mode])).toEqual([
				['takeOver', 'waiting', 'human'],
				['giveBack', 'human', 'bot'],
				['close', 'bot', 'closed'],
			]);
		});

		test('P3: assigned to a person who is told, by the rule of an area, or to nobody', async () => {
			await command(store, boss, 'assign', { conversationId, to: { advisorId: carlos.advisorId }, reason: 'soporte' });
			expect((await conversation()).owner_advisor_id).toBe(carlos.advisorId);
			expect((await ask(store, carlos, 'notifications')).rows).toMatchObject([{ text: 'soporte', conversationId }]);
			await expect(
				command(store, carlos, 'assign', { conversationId, to: { advisorId: pedro.advisorId } }),
			).rejects.toMatchObject({ status: 403 });
			await command(store, carlos, 'assign', { conversationId, to: { rule: 'leastBusy', area: 'sales' } });
			expect([laura.advisorId, pedro.advisorId]).toContain((await conversation()).owner_advisor_id);
			await command(store, boss, 'assign', { conversationId, to: { nobody: true } });
			expect((await conversation()).owner_advisor_id).toBeNull();
			const [given, , taken] = await clicks(store);
			expect((await clicks(store)).map(({ output }) => output)).toEqual(['assign', 'assign', 'assign']);
			// What a mail or a chat message to the person needs; who assigned it and what was there before stay.
			expect(given?.item).toMatchObject({
				advisor: { advisorId: carlos.advisorId, name: carlos.name },
				customer: { name: expect.any(String), phone: expect.any(String) },
				text: 'soporte',
				link: null,
				assignedBy: boss.name,
				assignedTo: carlos.name,
			});
			expect(taken?.item).toMatchObject({ advisor: null, assignedBy: boss.name });
		});

		test('P2: «Crear Lead», then «Actualizar Lead»: one lead, with what the advisor wrote', async () => {
			const preview = await ask(store, laura, 'leadPreview', { conversationId });
			expect(preview.action).toBe('create');
			const { leadId } = await command(store, laura, 'saveLead', { conversationId, values: { budget: '40 millones' } });
			expect((await ask(store, laura, 'leadPreview', { conversationId })).action).toBe('update');
			const again = await command(store, laura, 'saveLead', { conversationId, values: { city: 'Cali', budget: '' } });
			expect(again).toEqual({ leadId, action: 'updated' });
			const { lead } = await ask(store, laura, 'conversation', { conversationId });
			expect(lead?.values).toMatchObject({ budget: '40 millones', city: 'Cali' });
			await expect(
				command(store, laura, 'saveLead', { conversationId, values: { password: 'x' } }),
			).rejects.toMatchObject({ field: 'values.password', code: 'noLeadField', values: { field: 'password' } });
			await command(store, laura, 'changeLeadStage', { leadId, stage: 'Won', amount: '1.250.000', currency: 'COP' });
			expect((await ask(store, laura, 'conversation', { conversationId })).cost).toEqual([
				{ kind: 'collected', amount: '1250000', currency: 'COP', count: 1 },
			]);
		});

		test('P1: a case is opened with its number for the customer, noted, moved and done', async () => {
			const opened = await command(store, laura, 'createCase', {
				conversationId,
				type: 'quotation',
				area: 'sales',
				subject: '20 portátiles',
			});
			expect(opened.number).toBe('PS-2026-000001');
			const [confirmation] = await queued();
			expect(confirmation?.message).toContain('PS-2026-000001');
			await command(store, laura, 'noteCase', { caseId: opened.caseId, text: 'pidió factura' });
			await command(store, laura, 'changeCaseStatus', { caseId: opened.caseId, status: 'resolved', note: 'enviada' });
			const { cases } = await ask(store, laura, 'conversation', { conversationId });
			expect(cases).toMatchObject([{ number: 'PS-2026-000001', status: 'resolved' }]);
			expect((await clicks(store)).map(({ item }) => item.action)).toEqual(['created', 'noted', 'status_changed']);
			const told = (await lines()).filter(({ actor }) => actor === `advisor:${laura.advisorId}`);
			expect(told.map(({ action }) => action)).toEqual(
				expect.arrayContaining(['case.opened', 'case.note_added', 'case.status_changed']),
			);
		});

		test('what a use case cannot use is refused by the field of the form, with a reason that the page can say', async () => {
			const { leadId } = await command(store, laura, 'saveLead', { conversationId });
			const wishes: Array<[CommandName, Record<string, unknown>, object]> = [
				['changeLeadStage', { leadId, stage: 'Won' }, { field: 'amount', code: 'wonWithoutAmount' }],
				[
					'changeLeadStage',
					{ leadId, stage: 'Won', amount: 'mucho' },
					{ field: 'amount', code: 'unreadableAmount', values: { amount: 'mucho' } },
				],
				['changeLeadStage', { leadId, stage: 'Lost' }, { field: 'lostReason', code: 'lostWithoutReason' }],
				[
					'saveContact',
					{ contactId: ana.contactId, values: { email: 'ana arroba' } },
					{ field: 'email', code: 'notAnEmail', values: { email: 'ana arroba' } },
				],
				[
					'saveContact',
					{ contactId: ana.contactId, values: { identification: '900' } },
					{ field: 'identification', code: 'notAnIdentification', values: { identification: '900' } },
				],
				[
					'note',
					{ conversationId, text: 'a'.repeat(5000) },
					{ field: 'text', code: 'tooLong', values: { most: 4096 } },
				],
			];
			for (const [wish, input, refusal] of wishes) {
				await expect(command(store, laura, wish, input)).rejects.toMatchObject({ status: 422, ...refusal });
			}
			await expect(command(store, boss, 'saveAdvisor', { name: 'Nueva', phone: 'abc' })).rejects.toMatchObject({
				field: 'phone',
				message: expect.stringContaining('is not a phone number'),
				code: 'notAPhone',
				values: { phone: 'abc' },
			});
			await expect(
				command(store, boss, 'saveAdvisor', { advisorId: boss.advisorId, name: 'Sofía Peña', role: 'advisor' }),
			).rejects.toMatchObject({ code: 'onlyAdministrator', values: { name: 'Sofía Peña' } });
			await expect(command(store, boss, 'deleteAdvisor', { advisorId: boss.advisorId })).rejects.toMatchObject({
				code: 'notYourself',
			});
		});

		test('D20: the link is offered with the loss of traceability on record', async () => {
			const answer = await command(store, laura, 'offerLink', {
				conversationId,
				advisorId: laura.advisorId,
				confirmed: true,
			});
			expect(await queued()).toHaveLength(1);
			expect(answer.messageIds).toEqual([(await queued())[0]?.id]);
			await expect(
				command(store, laura, 'offerLink', { conversationId, advisorId: laura.advisorId, confirmed: false }),
			).rejects.toMatchObject({ field: 'confirmed' });
			await expect(
				command(store, laura, 'offerLink', { conversationId, advisorId: pedro.advisorId, confirmed: true }),
			).rejects.toMatchObject({
				message: 'Pedro Díaz has no phone number',
				code: 'noPhone',
				values: { name: 'Pedro Díaz' },
			});
		});

		test('P10: a follow-up is kept, listed by its time, and ended', async () => {
			const dueAt = new Date(now + 48 * HOUR).toISOString();
			const { followUpId } = await command(store, laura, 'saveFollowUp', { conversationId, text: 'Preguntar', dueAt });
			expect((await ask(store, laura, 'followUps')).rows).toMatchObject([{ id: followUpId, text: 'Preguntar', dueAt }]);
			expect((await ask(store, pedro, 'followUps')).rows).toEqual([]);
			await expect(
				command(store, laura, 'saveFollowUp', { conversationId, text: 'x', dueAt: new Date(now - 1).toISOString() }),
			).rejects.toMatchObject({ field: 'dueAt', code: 'dueInPast' });
			await command(store, laura, 'endFollowUp', { followUpId, state: 'done' });
			expect((await ask(store, laura, 'followUps')).rows).toEqual([]);
		});

		test('«¿Por qué?»: the rule, what was known before and after, the branch and the execution', async () => {
			const luis = await customerWho(store, '573004445566', 'necesito cotizar 20 portátiles');
			now += 60_000;
			await takeTurns(store, [{ ...luis }], { execution: { workflowId: 'w1', executionId: '42' } });
			const said = (await ask(store, boss, 'thread', { conversationId: luis.conversationId })).rows.find(
				({ author }) => author === 'bot',
			);
			expect(said?.explainable).toBe(true);
			const why = await ask(store, boss, 'explanation', { messageId: said?.id }, { editorUrl: 'https://n8n.test/' });
			expect(why).toMatchObject({
				after: { intent: 'quotation', flow: 'Solicitar una cotización' },
				branch: 'Reply',
				profileVersion: 1,
				executionUrl: 'https://n8n.test/workflow/w1/executions/42',
			});
			expect(why.rule).toBeTruthy();
			expect(why.confidence).toBeGreaterThan(0.5);
			expect(why.confidence).toBeLessThanOrEqual(1);
			await expect(ask(store, laura, 'explanation', { messageId: said?.id })).rejects.toMatchObject({ status: 404 });
		});

		test('P7: every line says who did it, and the chain verifies', async () => {
			await command(store, laura, 'reply', { conversationId, text: 'Hola' });
			await command(store, laura, 'note', { conversationId, text: 'nota' });
			const { rows } = await ask(store, laura, 'audit', { conversationId, search: 'written' });
			const { conversation } = await ask(store, laura, 'conversation', { conversationId });
			expect(rows).toMatchObject([
				{
					action: 'message.written',
					actor: 'Laura Gómez',
					contactName: conversation.contactName,
					payload: { from: '127.0.0.1' },
				},
			]);
			expect((await verifyAudit(store)).intact).toBe(true);
		});

		/** A valid input for each command; what they are about exists. */
		async function inputs(): Promise<Partial<Record<CommandName, Record<string, unknown>>>> {
			const opened = await caseOf(store, ana, { requestId: 'given-case' });
			const { lead } = await createLead(store, { ...ana, requestId: 'given-lead' });
			const cash = await recordCashOnDelivery(store, {
				caseKey: opened.case.id,
				money: { minor: 10_000_000, currency: 'COP' },
				requestId: 'given-cash',
				actor: 'workflow',
			});
			const dueAt = new Date(now + HOUR).toISOString();
			const { followUpId } = await command(store, boss, 'saveFollowUp', { conversationId, text: 'x', dueAt });
			const message = (await ask(store, boss, 'thread', { conversationId })).rows.find(
				({ kind }) => kind === 'message',
			);
			return {
				reply: { conversationId, text: 'Hola' },
				retryMessage: { conversationId, messageId: message?.id },
				note: { conversationId, text: 'nota' },
				markRead: { conversationId },
				takeOver: { conversationId },
				giveBack: { conversationId },
				close: { conversationId },
				assign: { conversationId, to: { nobody: true } },
				saveLead: { conversationId },
				changeLeadStage: { leadId: lead.id, stage: 'SQL' },
				createCase: { conversationId, type: 'quotation', area: 'sales', subject: 'x' },
				changeCaseStatus: { caseId: opened.case.id, status: 'waiting' },
				assignCase: { caseId: opened.case.id, advisorId: carlos.advisorId },
				noteCase: { caseId: opened.case.id, text: 'x' },
				tag: { kind: 'contact', targetId: ana.contactId, add: ['vip'] },
				saveContact: { contactId: ana.contactId, values: { city: 'Cali' } },
				offerLink: { conversationId, advisorId: laura.advisorId, confirmed: true },
				requestPaymentLink: { conversationId, amount: '100.000', currency: 'COP', description: 'x' },
				agreeCash: { conversationId, amount: '100.000', currency: 'COP', description: 'x' },
				cancelCash: { paymentId: cash.payment.id },
				saveFollowUp: { conversationId, text: 'y', dueAt },
				endFollowUp: { followUpId, state: 'done' },
			};
		}

		const everything = async () => {
			const tables = ['conversations', 'messages', 'outbox', 'journal', 'cases', 'leads', 'contacts', 'notes'] as const;
			const kept: unknown[] = [];
			for (const table of [
				...tables,
				'follow_ups',
				'audit_log',
				'notifications',
				'conversation_reads',
				'tag_links',
			] as const) {
				kept.push(await store.db.selectFrom(table).selectAll().where('workspace_id', '=', store.workspaceId).execute());
			}
			return JSON.stringify(kept);
		};

		test('forced browsing: no command reaches a customer of others or of another workspace, and nothing changes', async () => {
			const wishes = await inputs();
			// Laura has it now, so that neither area nor waiting opens it to others.
			await store.db
				.updateTable('conversations')
				.set({ mode: 'human', owner_advisor_id: laura.advisorId, waiting_since: null })
				.where('id', '=', conversationId)
				.execute();
			await store.db
				.updateTable('cases')
				.set({ advisor_id: laura.advisorId })
				.where('contact_id', '=', ana.contactId)
				.execute();
			await store.db
				.updateTable('leads')
				.set({ advisor_id: laura.advisorId })
				.where('contact_id', '=', ana.contactId)
				.execute();
			const other = await open({ clock: () => now, workspaceId: `other-${store.workspaceId}` });
			const stranger = await viewer(other, 'Otra Persona', [], 'administrator');
			const before = await everything();
			for (const [wish, input] of Object.entries(wishes) as Array<[CommandName, Record<string, unknown>]>) {
				await expect(command(store, carlos, wish, input)).rejects.toMatchObject({ status: 404 });
				await expect(command(other, stranger, wish, input)).rejects.toMatchObject({ status: 404 });
			}
			expect(await everything()).toBe(before);
		});

		test.each([
			['saveAdvisor', { name: 'Nueva Persona' }],
			['deleteAdvisor', { advisorId: 'x' }],
			['createLoginLink', { advisorId: 'x' }],
			['saveDraft', { profile: {} }],
			['discardDraft', {}],
			['publishDraft', {}],
			['rollBack', { version: 1 }],
			['retryDeadLetter', { deadLetterId: 'x' }],
			['dismissDeadLetter', { deadLetterId: 'x' }],
			['decideApproval', { approvalId: 'x', decision: 'approve' }],
			['collectCash', { paymentId: 'x', amount: '1', collectedBy: 'x' }],
			['erasePerson', { contactId: 'x', confirmed: true }],
		] as const)('an advisor may not %s', async (wish, input) => {
			await expect(command(store, laura, wish, input)).rejects.toMatchObject({ status: 403, code: 'notAllowed' });
		});

		test('every command that is repeated, also at the same time, has one effect and one answer', async () => {
			const wishes = await inputs();
			delete wishes.retryMessage;
			for (const [wish, input] of Object.entries(wishes) as Array<[CommandName, Record<string, unknown>]>) {
				const requestId = `twice-${wish}`;
				const [one, two] = await Promise.all([
					command(store, boss, wish, input, { requestId }),
					command(store, boss, wish, input, { requestId }),
				]);
				const after = await everything();
				expect(await command(store, boss, wish, input, { requestId })).toEqual(one);
				expect([wish, two]).toEqual([wish, one]);
				expect(await everything()).toBe(after);
			}
			await expect(
				command(store, boss, 'note', { conversationId, text: 'otra' }, { requestId: 'twice-note' }),
			).rejects.toMatchObject({ status: 409 });
			await expect(command(store, laura, 'note', wishes.note ?? {}, { requestId: 'twice-note' })).rejects.toMatchObject(
				{ status: 409, code: 'requestUsed' },
			);
		});

		test('commands about the desk that are repeated have one effect and one answer', async () => {
			const profile = { ...profiles.prosuministros, slogan: 'Otra frase' };
			const wishes: ReadonlyArray<readonly [CommandName, Record<string, unknown>]> = [
				['saveAdvisor', { name: 'Nueva Persona', areas: ['sales'] }],
				['setAvailability', { available: false }],
				['saveCannedAnswer', { shortcut: 'hola', text: 'Hola {name}', shared: true }],
				['saveDraft', { profile }],
				['publishDraft', { note: 'frase' }],
				['rollBack', { version: 1 }],
				['readNotifications', { all: true }],
			];
			for (const [wish, input] of wishes) {
				const [one, two] = await Promise.all([
					command(store, boss, wish, input, { requestId: `desk-${wish}` }),
					command(store, boss, wish, input, { requestId: `desk-${wish}` }),
				]);
				expect([wish, two]).toEqual([wish, one]);
				expect(await command(store, boss, wish, input, { requestId: `desk-${wish}` })).toEqual(one);
			}
			const { version, changes } = await ask(store, boss, 'profile');
			expect([version, changes]).toEqual([3, []]);
			expect((await ask(store, laura, 'cannedAnswers')).map(({ shortcut }) => shortcut)).toEqual(['hola']);
			const team = await ask(store, boss, 'advisors');
			expect(team.filter(({ name: who }) => who === 'Nueva Persona')).toHaveLength(1);
		});

		test('P3: whatever is wrong with a profile or its draft is refused by a code that the page has words for', async () => {
			const { prosuministros } = profiles;
			const refused = async (wish: CommandName, input: Record<string, unknown>) =>
				await command(store, boss, wish, input).then(
					() => undefined,
					({ status, code, values }: Refusal) => ({ status, code, values }),
				);
			const none = { status: 422, code: 'noDraft', values: undefined };
			expect(await refused('publishDraft', {})).toEqual(none);
			expect(await refused('rollBack', { version: 7 })).toEqual({
				status: 422,
				code: 'noSuchVersion',
				values: { version: 7 },
			});
			const wrong = { ...prosuministros, timeZone: 'Mars/Olympus', name: 'X', language: 'en', languages: ['es'] };
			expect(await refused('saveDraft', { profile: wrong })).toEqual({
				status: 422,
				code: 'profileNotValid',
				values: { count: 2 },
			});
			expect(await refused('saveDraft', { profile: { ...prosuministros, name: '' } })).toMatchObject({
				code: 'profileNotValid',
				values: { count: 1 },
			});
			await command(store, boss, 'saveDraft', { profile: { ...prosuministros, slogan: 'Frase' } });
			await saveProfile(store, { ...prosuministros, slogan: 'Otra' }, 'ana');
			expect(await refused('publishDraft', {})).toEqual({
				status: 422,
				code: 'draftOutdated',
				values: { base: 1, version: 2 },
			});
			await command(store, boss, 'discardDraft', {});
			await command(store, boss, 'rollBack', { version: 1 });
			await command(store, boss, 'rollBack', { version: 1, note: 'Porque sí' });
			const { rows } = await ask(store, boss, 'profileHistory');
			expect(rows.map(({ note, restores }) => [note, restores])).toEqual([
				['Porque sí', undefined],
				[undefined, 1],
				[undefined, undefined],
				[undefined, undefined],
			]);
		});

		test('O11: an erasure asked for in the inbox leaves nothing to read, and says so once', async () => {
			await command(store, laura, 'note', { conversationId, text: 'nota' });
			await command(store, boss, 'erasePerson', { contactId: ana.contactId, confirmed: true });
			await expect(ask(store, boss, 'thread', { conversationId })).rejects.toMatchObject({ status: 404 });
			expect(await store.db.selectFrom('notes').selectAll().where('contact_id', '=', ana.contactId).execute()).toEqual(
				[],
			);
			expect((await clicks(store)).map(({ item }) => item.action)).toEqual(['person_erased']);
		});

		test('the tables of these tests name every command of the contract', async () => {
			const served = ['logOut', 'changePassword'];
			const numbers = ['startSignup', 'linkManually', 'requestSync', 'unlinkNumber'];
			// Each has a file of tests of its own.
			const elsewhere = ['collectCash', 'createLeadOfChat', 'decideApproval'];
			const desk = [
				'saveAdvisor deleteAdvisor createLoginLink saveDraft discardDraft publishDraft rollBack retryDeadLetter',
				'dismissDeadLetter erasePerson setAvailability saveCannedAnswer deleteCannedAnswer readNotifications',
			].flatMap((line) => line.split(' '));
			const named = [...Object.keys(await inputs()), ...served, ...numbers, ...elsewhere, ...desk];
			expect(named.sort()).toEqual(Object.keys(COMMANDS).sort());
		});
	});
});
