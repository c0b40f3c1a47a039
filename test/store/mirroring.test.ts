import type { AuditEntry } from '../../nodes/shared/store/repositories/auditLog';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { createWhatsAppClient } from '../../nodes/shared/clients/whatsapp/client';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import type { LinkedNumberRow } from '../../nodes/shared/store/repositories/linkedNumbers';
import { getConversation } from '../../nodes/shared/store/repositories/conversations';
import type { Store } from '../../nodes/shared/store/store';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { clientsOfChannels } from '../../nodes/shared/usecases/linkedNumbers/clientOfChannel';
import { unlinkNumber } from '../../nodes/shared/usecases/linkedNumbers/unlinkNumber';
import { queueMessage } from '../../nodes/shared/usecases/send/queueMessage';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { sendQueued } from '../../nodes/shared/usecases/send/sendQueued';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { parseMetaWebhook } from '../../nodes/shared/webhooks/meta';
import { COMPANY, openLinkingDesk, RECEIVER, type LinkingDesk } from '../support/linkingDesk';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;
const ANA = '573001234567';
const MAMA = '573009990000';

eachDatabase((name, open) => {
	describe(`mirroring an advisor's own number on ${name}`, () => {
		let now: number;
		let store: Store;
		let desk: LinkingDesk;

		beforeEach(async () => {
			now = 1_760_000_000_000;
			store = await open({ clock: () => now });
			desk = await openLinkingDesk(store, { now: () => now });
		});
		afterEach(async () => {
			await desk.close();
		});

		const all = async (
			table: 'conversations' | 'contacts' | 'messages' | 'journal' | 'attachments' | 'linked_contacts',
		) => await store.db.selectFrom(table).selectAll().where('workspace_id', '=', store.workspaceId).execute();
		const messages = async () =>
			await store.db
				.selectFrom('messages')
				.selectAll()
				.where('workspace_id', '=', store.workspaceId)
				.orderBy('at')
				.orderBy('id')
				.execute();
		const customer = (waId = ANA, phoneNumberId = desk.own.phoneNumberId) =>
			desk.simulator.customer({ waId, profileName: 'Ana', phoneNumberId });
		const phone = () => desk.simulator.advisorPhone(desk.own.phoneNumberId);
		const metadata = () => ({
			display_phone_number: desk.own.phone.replace(/\D/g, ''),
			phone_number_id: desk.own.phoneNumberId,
		});
		/** A webhook of Meta's about the linked number, as the trigger takes it. */
		const deliver = async (field: string, value: object) =>
			await receiveEvents(store, {
				webhookId: RECEIVER,
				vendor: 'whatsapp',
				emit: { messages: true, statuses: true, echoes: true, account: true },
				events: parseMetaWebhook({
					object: 'whatsapp_business_account',
					entry: [{ id: desk.own.wabaId, changes: [{ field, value: { metadata: metadata(), ...value } }] }],
				}),
			});
		const past = (id: string, at: number, text: string, from = ANA) => ({
			from,
			...(from === ANA ? {} : { to: ANA }),
			id,
			timestamp: String(at),
			type: 'text',
			text: { body: text },
			history_context: { status: 'READ' },
		});
		const chunk = (progress: number, list: readonly object[], phase = 0, thread = ANA) => ({
			history: [{ metadata: { phase, chunk_order: 1, progress }, threads: [{ id: thread, messages: list }] }],
		});

		describe('P4, scenario 6: what is said on the number is seen on the platform', () => {
			let linked: LinkedNumberRow;
			beforeEach(async () => {
				linked = await desk.link();
				await desk.simulator.settled();
			});

			it('a customer’s message is mirrored, belongs to the advisor, and no bot answers it', async () => {
				expect(await customer().text('hola, ¿tienen impresoras?').delivered).toMatchObject({ acknowledged: true });

				const [conversation] = await all('conversations');
				expect(conversation).toMatchObject({
					mode: 'mirrored',
					owner_advisor_id: desk.advisorId,
					channel_id: desk.own.phoneNumberId,
				});
				expect(await messages()).toMatchObject([
					{ text: 'hola, ¿tienen impresoras?', author: 'customer', turn_state: null },
				]);
				const journal = (await all('journal')) as Array<{ output: string; webhook_id: string }>;
				expect(journal.filter(({ webhook_id }) => webhook_id === RECEIVER).map(({ output }) => output)).not.toContain(
					'messages',
				);
				const { id, contact_id } = conversation as { id: string; contact_id: string };
				expect(
					await takeTurns(store, [
						{ contactId: contact_id, conversationId: id, channelId: desk.own.phoneNumberId, due: 'turn' },
					]),
				).toEqual([]);
				expect(await desk.row(linked.id)).toMatchObject({ state: 'mirroring' });
			});

			it('what the advisor writes on the phone is seen, as theirs', async () => {
				const ana = customer();
				await ana.text('hola').delivered;
				await phone().write(ana, 'Hola Ana, soy Carolina').delivered;
				expect(await messages()).toMatchObject([
					{ author: 'customer' },
					{ author: 'phone', direction: 'out', text: 'Hola Ana, soy Carolina' },
				]);
				expect(await all('conversations')).toMatchObject([{ mode: 'mirrored' }]);
			});

			it('edits and deletions on the phone are followed', async () => {
				const ana = customer();
				await ana.text('hola').delivered;
				const first = phone().write(ana, 'Vale 100.000');
				await first.delivered;
				const second = phone().write(ana, 'Se me fue');
				await second.delivered;
				now += 1_000;
				await phone().edit(ana, first.wamid, 'Vale 120.000').delivered;
				await phone().remove(ana, second.wamid).delivered;
				const shown = await messages();
				expect(shown.find(({ vendor_id: id }) => id === first.wamid)).toMatchObject({
					text: 'Vale 120.000',
					edited_at: expect.any(Number),
				});
				expect(shown.find(({ vendor_id: id }) => id === second.wamid)?.deleted_at).toEqual(expect.any(Number));
			});

			it('the same person at the company’s number is one contact with two conversations, and the bot answers only there', async () => {
				await customer().text('hola Carolina').delivered;
				await customer(ANA, COMPANY.phoneNumberId).text('hola empresa').delivered;
				const conversations = (await all('conversations')) as Array<{ mode: string; channel_id: string }>;
				expect(await all('contacts')).toHaveLength(1);
				expect(conversations.map(({ mode, channel_id: id }) => [id, mode]).sort()).toEqual(
					[
						[COMPANY.phoneNumberId, 'bot'],
						[desk.own.phoneNumberId, 'mirrored'],
					].sort(),
				);
				expect((await messages()).map(({ turn_state: state }) => state).sort()).toEqual(['pending', null].sort());
			});

			it('the bot answers there when the profile names the number', async () => {
				await saveProfile(
					store,
					{ ...prosuministros, channels: [COMPANY.phoneNumberId, desk.own.phoneNumberId] },
					'test',
				);
				await customer().text('hola').delivered;
				expect(await all('conversations')).toMatchObject([{ mode: 'bot' }]);
				expect(await messages()).toMatchObject([{ turn_state: 'pending' }]);
			});

			it('the advisor answers from the page: it leaves with the number’s own token, which the company’s does not open', async () => {
				await customer().text('hola').delivered;
				const [row] = (await all('conversations')) as Array<{ id: string; contact_id: string }>;
				if (!row) throw new Error('There is no conversation');
				const conversation = await getConversation(store.db, store.workspaceId, row.id);
				if (!conversation) throw new Error('There is no conversation');
				await store.transaction(
					async (tx) =>
						await queueMessage(tx, store, conversation, {
							message: { type: 'text', text: 'Claro que sí, Ana' },
							requestId: 'request-1',
							sequence: 0,
							author: 'advisor',
							owner: store.bootId,
						}),
				);
				const company = createWhatsAppClient(desk.credential);
				await expect(
					company.sendMessage({
						phoneNumberId: desk.own.phoneNumberId,
						to: { waId: ANA },
						message: { type: 'text', text: 'x' },
					}),
				).rejects.toMatchObject({ code: '100' });
				const clientOf = clientsOfChannels(store, company);
				const reports = await sendQueued(store, [row.contact_id], async ({ outboxId, channelId, to, message }) => {
					const client = await clientOf(channelId);
					return {
						vendorId: (await client.sendMessage({ phoneNumberId: channelId, to, message, callbackData: outboxId }))
							.wamid,
					};
				});
				expect([...reports.values()].flat()).toMatchObject([{ state: 'accepted' }]);
				expect(desk.simulator.ledger.sends).toMatchObject([
					{ phoneNumberId: desk.own.phoneNumberId, bubbleText: 'Claro que sí, Ana' },
				]);
			});

			it('after the number is unlinked nothing is sent with it, and what comes late wakes no bot', async () => {
				const ana = customer();
				await ana.text('hola').delivered;
				await unlinkNumber(store, desk.credential, { linkedNumberId: linked.id, actor: 'test' });
				await expect(
					clientsOfChannels(store, createWhatsAppClient(desk.credential))(desk.own.phoneNumberId),
				).rejects.toMatchObject({ kind: 'rejected', message: expect.stringContaining('not linked any more') });
				await deliver('messages', { messages: [past('wamid.late', 1_760_000_000, '¿sigues ahí?')] });
				await deliver('messages', { messages: [past('wamid.after', 1_760_000_060, 'ya no es asunto de la empresa')] });
				expect((await messages()).map(({ text, turn_state: state }) => [text, state])).toEqual([
					['hola', null],
					['¿sigues ahí?', null],
				]);
			});

			it('an advisor who leaves the team takes the number along: token and address book are gone, nothing more is stored', async () => {
				await customer().text('hola').delivered;
				await deleteAdvisor(store, { advisorId: desk.advisorId, actor: 'test' });
				expect(await desk.row(linked.id)).toMatchObject({ state: 'unlinked', access_token: null, due_at: null });
				now += 60_000;
				await customer().text('¿y Carolina?').delivered;
				expect((await messages()).map(({ text }) => text)).toEqual(['hola']);
			});

			it('a linking that stopped before the number was chosen leaves the company’s number alone', async () => {
				await desk.start();
				await customer(ANA, COMPANY.phoneNumberId).text('hola').delivered;
				expect(await all('conversations')).toMatchObject([{ mode: 'bot' }]);
			});
		});

		describe('D31: who is excluded leaves no trace', () => {
			it('messages, echoes, history, deliveries and address book of an excluded person are not stored, journaled or logged', async () => {
				await desk.link({ history: true, excludedNumbers: ['+57 300 999 0000'] });
				await desk.simulator.settled();
				const mama = customer(MAMA);
				await mama.text('mijo, llámame').delivered;
				await phone().write(mama, 'ya te llamo mamá').delivered;
				await deliver(
					'history',
					chunk(100, [{ ...past('wamid.h1', 1_759_000_000, 'feliz día'), from: MAMA }], 0, MAMA),
				);
				await deliver('smb_app_state_sync', {
					state_sync: [
						{
							type: 'contact',
							action: 'add',
							contact: { full_name: 'Mamá', phone_number: MAMA },
							metadata: { timestamp: '1759000000' },
						},
					],
				});
				await deliver('messages', {
					statuses: [{ id: 'wamid.s', status: 'read', timestamp: '1759000000', recipient_id: MAMA }],
				});

				expect(await all('contacts')).toEqual([]);
				expect(await messages()).toEqual([]);
				expect(await all('linked_contacts')).toEqual([]);
				for (const table of [
					'journal',
					'audit_log',
					'linked_number_exclusions',
					'contact_identities',
					'notifications',
				] as const) {
					const rows = await store.db
						.selectFrom(table)
						.selectAll()
						.where('workspace_id', '=', store.workspaceId)
						.execute();
					expect(JSON.stringify(rows)).not.toMatch(/3009990000|mamá|mijo|Mamá|feliz día/i);
				}
			});

			it('somebody excluded by number stays excluded when they come without one', async () => {
				await desk.link({ excludedNumbers: ['+57 300 999 0000'] });
				const mama = customer(MAMA);
				await mama.text('hola').delivered;
				await deliver('messages', {
					contacts: [{ user_id: mama.userId, profile: { name: 'M', username: 'mamita' } }],
					messages: [
						{
							from_user_id: mama.userId,
							id: 'wamid.nophone',
							timestamp: '1760000000',
							type: 'text',
							text: { body: 'x' },
						},
					],
				});
				expect(await messages()).toEqual([]);
			});

			it('the exclusion holds on the advisor’s number only', async () => {
				await desk.link({ excludedNumbers: ['+57 300 999 0000'] });
				await customer(MAMA, COMPANY.phoneNumberId).text('hola').delivered;
				expect(await messages()).toHaveLength(1);
			});
		});

		describe('P4: the past', () => {
			let linked: LinkedNumberRow;
			beforeEach(async () => {
				linked = await desk.link({ history: true });
				await desk.simulator.settled();
				await store.db
					.updateTable('linked_numbers')
					.set({ history: 'requested', history_progress: null })
					.where('id', '=', linked.id)
					.execute();
			});
			const ours = () => desk.own.phone.replace(/\D/g, '');

			it('chunks in any order and twice make one conversation in the order of time, without opening the window', async () => {
				const late = chunk(
					80,
					[past('wamid.2', 1_759_000_200, 'dos', ours()), past('wamid.1', 1_759_000_100, 'uno')],
					1,
				);
				const early = chunk(
					30,
					[past('wamid.4', 1_759_900_000, 'cuatro'), past('wamid.3', 1_759_800_000, 'tres', ours())],
					0,
				);
				await deliver('history', late);
				await Promise.all([deliver('history', early), deliver('history', late), deliver('history', early)]);

				expect((await messages()).map(({ text, author }) => [text, author])).toEqual([
					['uno', 'customer'],
					['dos', 'phone'],
					['tres', 'phone'],
					['cuatro', 'customer'],
				]);
				expect(await all('conversations')).toMatchObject([{ mode: 'mirrored', last_inbound_at: null }]);
				expect(await desk.row(linked.id)).toMatchObject({ history: 'running', history_progress: 80 });
			});

			it('the progress only grows; an empty last chunk ends it', async () => {
				await deliver('history', chunk(60, [past('wamid.1', 1_759_000_100, 'uno')]));
				await deliver('history', { history: [{ metadata: { phase: 2, chunk_order: 9, progress: 100 }, threads: [] }] });
				await deliver('history', chunk(55, [past('wamid.2', 1_759_000_200, 'dos')]));
				expect(await desk.row(linked.id)).toMatchObject({ history: 'done', history_progress: 100 });
			});

			it('a message that came live before its history is there once', async () => {
				const spoken = customer().text('hola');
				await spoken.delivered;
				await deliver('history', chunk(100, [past(spoken.wamid, 1_760_000_000, 'hola')]));
				expect(await messages()).toHaveLength(1);
			});

			it.each(['placeholder first', 'file first'])(
				'a file of the past, %s: one message with one file',
				async (order) => {
					const placeholder = async () =>
						await deliver(
							'history',
							chunk(50, [{ from: ANA, id: 'wamid.foto', timestamp: '1759000000', type: 'media_placeholder' }]),
						);
					const file = async () =>
						await deliver('history', {
							contacts: [{ wa_id: ANA, profile: { name: 'Ana' } }],
							messages: [
								{
									from: ANA,
									id: 'wamid.foto',
									timestamp: '1759000000',
									type: 'image',
									image: { id: '4711', mime_type: 'image/jpeg', caption: 'así' },
								},
							],
						});
					for (const step of order === 'file first' ? [file, placeholder, file] : [placeholder, file, file])
						await step();
					expect(await messages()).toMatchObject([{ vendor_id: 'wamid.foto', type: 'image', text: 'así' }]);
					expect(await all('attachments')).toMatchObject([{ media_id: '4711', state: 'pending' }]);
				},
			);

			it('declined on the phone: said with what to do, once', async () => {
				for (let time = 0; time < 2; time += 1) {
					await deliver('history', {
						history: [{ errors: [{ code: 2593109, title: 'History sync is turned off by the business' }] }],
					});
				}
				expect(await desk.row(linked.id)).toMatchObject({ history: 'declined', problem: 'history_declined' });
				const told = await store.db
					.selectFrom('notifications')
					.select('kind')
					.where('workspace_id', '=', store.workspaceId)
					.where('kind', '=', 'number.problem')
					.execute();
				expect(told).toHaveLength(2);
			});

			it('10,000 messages of 200 people arrive in bounded time, and nothing reads a whole table', async () => {
				const threads = Array.from({ length: 200 }, (_, person) => ({
					id: String(573_100_000_000 + person),
					messages: Array.from({ length: 50 }, (__, index) => ({
						from: String(573_100_000_000 + person),
						id: `wamid.${person}.${index}`,
						timestamp: String(1_750_000_000 + index * 60 + person),
						type: 'text',
						text: { body: `mensaje ${index}` },
					})),
				}));
				const looked = watched(store);
				for (let phase = 0; phase < 4; phase += 1) {
					const events = parseMetaWebhook({
						entry: [
							{
								id: desk.own.wabaId,
								changes: [
									{
										field: 'history',
										value: {
											metadata: metadata(),
											history: [
												{
													metadata: { phase, chunk_order: 1, progress: 25 * (phase + 1) },
													threads: threads.slice(phase * 50, phase * 50 + 50),
												},
											],
										},
									},
								],
							},
						],
					});
					await receiveEvents(looked.store, {
						webhookId: RECEIVER,
						vendor: 'whatsapp',
						emit: { messages: true, statuses: false, echoes: false, account: true },
						events,
					});
				}
				const { count } = await store.db
					.selectFrom('messages')
					.select((row) => row.fn.countAll<number>().as('count'))
					.where('workspace_id', '=', store.workspaceId)
					.executeTakeFirstOrThrow();
				expect(Number(count)).toBe(10_000);
				expect(await desk.row(linked.id)).toMatchObject({ history: 'done' });
				await looked.assertNoScan();
			});
		});

		describe('P4: the address book of the phone', () => {
			const sync = async (action: 'add' | 'remove', at: number, fullName?: string, waId = ANA) =>
				await deliver('smb_app_state_sync', {
					state_sync: [
						{
							type: 'contact',
							action,
							contact: { ...(fullName ? { full_name: fullName } : {}), phone_number: waId },
							metadata: { timestamp: String(at) },
						},
					],
				});
			let linked: LinkedNumberRow;
			beforeEach(async () => {
				linked = await desk.link();
				await desk.simulator.settled();
			});
			const names = async () => ((await all('contacts')) as Array<{ name: string | null }>).map(({ name }) => name);

			it('who never wrote is no contact of the company; when they write, the name is known', async () => {
				await sync('add', 1_759_000_000, 'Ana Pérez Taller');
				expect(await all('contacts')).toEqual([]);
				expect(await desk.row(linked.id)).toMatchObject({ contacts_synced: 1 });
				await customer().text('hola').delivered;
				expect(await names()).toEqual(['Ana Pérez Taller']);
			});

			it('edited: the name follows, but never one that somebody has verified', async () => {
				await sync('add', 1_759_000_000, 'Ana');
				await customer().text('hola').delivered;
				await sync('add', 1_759_000_100, 'Ana Pérez');
				expect(await names()).toEqual(['Ana Pérez']);
				await store.db
					.updateTable('contacts')
					.set({ name: 'Ana María Pérez', name_verified: 1 })
					.where('workspace_id', '=', store.workspaceId)
					.execute();
				await sync('add', 1_759_000_200, 'Anita');
				expect(await names()).toEqual(['Ana María Pérez']);
			});

			it('changes in any order: an older one undoes nothing, and who was removed does not come back', async () => {
				await sync('remove', 1_759_000_300);
				await sync('add', 1_759_000_100, 'Ana');
				expect(await all('linked_contacts')).toMatchObject([{ removed: 1, full_name: null }]);
				expect(await desk.row(linked.id)).toMatchObject({ contacts_synced: 0 });
			});

			it('O11: an erasure of the person takes the entry away', async () => {
				await sync('add', 1_759_000_000, 'Ana Pérez');
				await customer().text('hola').delivered;
				const [contact] = (await all('contacts')) as Array<{ id: string }>;
				const contactKey = contact?.id ?? '';
				await erasePerson(store, { contactKey, confirm: contactKey, actor: 'test' });
				expect(await all('linked_contacts')).toEqual([]);
			});

			it('the address book goes when the number is unlinked', async () => {
				await sync('add', 1_759_000_000, 'Ana Pérez');
				await unlinkNumber(store, desk.credential, { linkedNumberId: linked.id, actor: 'test' });
				expect(await all('linked_contacts')).toEqual([]);
			});
		});

		it('every step of a linked number is in the bitácora', async () => {
			const linked = await desk.link();
			now += HOUR;
			await desk.simulator.advisorPhone(desk.own.phoneNumberId).disconnect();
			const lines = await store.db
				.selectFrom('audit_log')
				.selectAll()
				.where('workspace_id', '=', store.workspaceId)
				.where('subject_id', '=', linked.id)
				.orderBy('id')
				.execute();
			expect(lines.map(({ action }): AuditEntry['action'] => action)).toEqual([
				'number.signup_started',
				'number.signup_returned',
				'number.linked',
				'number.unlinked',
			]);
			expect(JSON.stringify(lines)).not.toMatch(/EAA/);
		});
	});
});
