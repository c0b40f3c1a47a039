import { createWazzupClient, type WazzupClient } from '../../nodes/shared/clients/wazzup/client';
import { accountFingerprint, readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import type { EchoEvent, MessageEvent } from '../../nodes/shared/domain/messages/events';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { DEFAULT_MAPPING } from '../../nodes/shared/domain/sync/mapping';
import { saveInboxAddress } from '../../nodes/shared/store/repositories/inboxAddress';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { changeCaseStatus } from '../../nodes/shared/usecases/cases/changeCase';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { receivePaymentEvents, settlePaymentEvents } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { createContactForWazzup } from '../../nodes/shared/usecases/wazzup/createContact';
import { createDealForWazzup } from '../../nodes/shared/usecases/wazzup/createDeal';
import { syncRunsOnChanges } from '../../nodes/shared/usecases/wazzup/dueSync';
import { syncWazzup, type SyncRequest } from '../../nodes/shared/usecases/wazzup/sync';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const CHANNEL = '0b9e1f0a-7c51-4a1e-9f3e-2f3f5f6a7b8c';
const PHONE = '573001112233';
const PRICE = 25_000_000;

const request: SyncRequest = {
	mapping: DEFAULT_MAPPING,
	home: 'https://n8n.test/',
	dryRun: false,
	everything: false,
};

eachDatabase((name, open) => {
	describe(`Wazzup's contacts and deals follow the desk on ${name}`, () => {
		let now: number;
		let store: Store;
		let wazzup: WazzupSimulator;
		let client: WazzupClient;
		let laura: string;
		let ana: Customer;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = (await saveAdvisor(store, { name: 'Laura Pérez', role: 'supervisor', areas: ['sales'] }, 'test')).advisor
				.id;
			ana = await customerWho(store, PHONE, 'necesito cotizar 20 portátiles');
			wazzup = await startWazzupSimulator({ apiKey: store.workspaceId, rateLimit: false });
			client = createWazzupClient(readWazzupCredential({ apiKey: store.workspaceId, baseUrl: wazzup.baseUrl }), {
				rateResetMs: 10,
				sendTimeoutMs: 500,
			});
		});
		afterEach(async () => await wazzup.close());

		const later = (ms = 60_000): void => void (now += ms);
		const sync = async (changes: Partial<SyncRequest> = {}) => {
			later();
			return await syncWazzup(store, client, { ...request, ...changes });
		};
		/** Runs of Sync that Due asks for. */
		const askedRuns = async () => {
			later();
			return (await collectDue(store, 'sync-trigger'))
				.flatMap(({ items }) => items)
				.filter((item) => item.due === 'sync').length;
		};
		const deals = () => [...wazzup.account.deals.values()];
		const opened = async (requestId = 'case-1') =>
			(await caseOf(store, ana, { requestId, type: 'order_status', subject: 'Estado del pedido 88' })).case;

		/** The customer pays what was asked for the case, and the provider says so. */
		async function pay(caseId: string): Promise<void> {
			const paid = {
				mode: 'test',
				providerId: 'link_1',
				event: { id: 'e1', at: now, kind: 'paid', attempt: 'a1', amount: PRICE, currency: 'COP' },
			} as const;
			await requestPayment(
				store,
				{
					...ana,
					requestId: 'pay-1',
					provider: 'cashier',
					mode: 'test',
					kind: 'full',
					amount: PRICE,
					currency: 'COP',
					description: 'Pedido 88',
					caseId,
				},
				async () => await Promise.resolve({ providerId: 'link_1', url: 'https://pay.example/1' }),
			);
			later();
			await receivePaymentEvents(store, 'payments', 'cashier', [
				{ id: 'e1', at: now, type: 'paid', object: { kind: 'thing', id: 'a1' } },
			]);
			await settlePaymentEvents(store, 'payments', {
				name: 'cashier',
				mode: 'test',
				readBack: async () => await Promise.resolve(paid),
				list: async () => await Promise.resolve({ truths: [] }),
				lookAgain: async () => await Promise.resolve([]),
			});
		}

		describe('cases without a lead are deals (W3)', () => {
			it('a case is an open deal of its customer under its number, and is closed when the case ends', async () => {
				const { id, number } = await opened();
				expect(await sync()).toMatchObject({ state: 'done', deals: { saved: 1, refused: [] } });
				expect(deals()).toMatchObject([
					{ id, contacts: [ana.contactId], closed: false, name: `${number}: Estado del pedido 88` },
				]);
				later();
				await changeCaseStatus(store, { caseKey: id, status: 'resolved', requestId: 'end', actor: 'test' });
				await sync();
				expect(deals()).toMatchObject([{ id, closed: true }]);
				later();
				await changeCaseStatus(store, { caseKey: id, status: 'open', requestId: 'again', actor: 'test' });
				await sync();
				expect(deals()).toMatchObject([{ id, closed: false }]);
				wazzup.account.clearRecords();
				await sync();
				expect(wazzup.account.requests).toEqual([]);
			});

			it('what Sync asks of the store goes by an index, cases and their payments too', async () => {
				const { id } = await opened();
				await pay(id);
				const looking = watched(store);
				later();
				await syncWazzup(looking.store, client, request);
				await looking.assertNoScan();
				expect(deals()).toMatchObject([{ id, closed: true }]);
			});

			it('the lead that is made of the case takes its place: one deal, not two', async () => {
				const { id } = await opened();
				await sync();
				later();
				const { lead } = await createLead(store, { ...ana, requestId: 'lead', caseKey: id });
				await sync();
				expect(deals().map((deal) => deal.id)).toEqual([lead.id]);
			});

			it('with Cases as Deals off a case is no deal, and its change asks for no run', async () => {
				const account = accountFingerprint(client.credential);
				await syncRunsOnChanges(store, account, 'sync-trigger', true);
				const { id } = await opened();
				const due = askedRuns;
				await sync({ withoutCases: true });
				await sync({ withoutCases: true });
				expect([deals(), await due()]).toEqual([[], 0]);
				await changeCaseStatus(store, { caseKey: id, status: 'in_progress', requestId: 'p', actor: 'test' });
				expect(await due()).toBe(0);
				await sync();
				await sync();
				expect(deals()).toHaveLength(1);
				await changeCaseStatus(store, { caseKey: id, status: 'waiting', requestId: 'w', actor: 'test' });
				expect(await due()).toBe(1);
			});
		});

		describe('a payment closes the deal (S5)', () => {
			it('of a case: closed, with the amount in its name', async () => {
				const { id, number } = await opened();
				await sync();
				await pay(id);
				await sync();
				expect(deals()).toMatchObject([{ id, closed: true, name: `${number}: Estado del pedido 88 · 250000 COP` }]);
			});

			it('of a lead: it is won, and its deal closed with the amount in its name', async () => {
				const { id } = await opened();
				const { lead } = await createLead(store, { ...ana, requestId: 'lead', caseKey: id });
				await sync();
				expect(deals()).toMatchObject([{ id: lead.id, closed: false }]);
				await pay(id);
				await sync();
				expect(deals()).toMatchObject([{ id: lead.id, closed: true, name: expect.stringMatching(/250000.* COP$/) }]);
			});
		});

		it('W2, W3: the name of a contact leads to their card in the inbox, that of a deal to its conversation', async () => {
			const url = 'https://desk.test/webhook/4f1c/inbox';
			await saveInboxAddress(store.db, store.workspaceId, { url, webhookId: 'inbox' });
			await opened();
			await sync();
			expect(wazzup.account.contacts.get(ana.contactId)?.uri).toBe(`${url}#/contacts/${ana.contactId}`);
			expect(deals()).toMatchObject([{ uri: `${url}#/conversations/${ana.conversationId}` }]);
		});

		it('W4: which stages close a deal, and what pipeline and stages are called, is for the operator to say', async () => {
			const { lead } = await createLead(store, { ...ana, requestId: 'lead' });
			const mapping = {
				...DEFAULT_MAPPING,
				closedStages: [lead.stage],
				pipelineName: 'Ventas',
				stageNames: new Map([['Lead', 'Nuevo']]),
			};
			await sync({ mapping });
			expect(deals()).toMatchObject([{ id: lead.id, closed: true }]);
			const [pipeline] = wazzup.account.pipelines.values();
			expect(pipeline?.name).toBe('Ventas');
			expect(pipeline?.stages?.[0]).toEqual({ id: 'Lead', name: 'Nuevo' });
			await sync({ everything: true });
			expect(deals()).toMatchObject([{ id: lead.id, closed: false }]);
		});

		describe('what is gone here goes there (O11)', () => {
			const erase = async () =>
				await erasePerson(store, { contactKey: ana.contactId, confirm: ana.contactId, actor: 'test' });

			it('a person who is erased takes contact, lead and cases along', async () => {
				await opened();
				await createLead(store, { ...ana, requestId: 'lead' });
				await sync();
				expect([wazzup.account.contacts.size, wazzup.account.deals.size]).toEqual([1, 2]);
				later();
				await erase();
				expect(await sync()).toMatchObject({ contacts: { deleted: 1 }, deals: { deleted: 2 } });
				expect([wazzup.account.contacts.size, wazzup.account.deals.size]).toEqual([0, 0]);
			});

			it('who is erased or leaves the team asks for a run at once, and both are gone there (O2, W1)', async () => {
				const pedro = (await saveAdvisor(store, { name: 'Pedro Díaz' }, 'test')).advisor.id;
				await syncRunsOnChanges(store, accountFingerprint(client.credential), 'sync-trigger', true);
				await sync();
				await sync();
				expect(await askedRuns()).toBe(0);
				await deleteAdvisor(store, { advisorId: pedro, actor: 'test' });
				expect(await askedRuns()).toBe(1);
				await sync();
				expect([...wazzup.account.users.keys()]).toEqual([laura]);
				await sync();
				expect(await askedRuns()).toBe(0);
				await erase();
				expect(await askedRuns()).toBe(1);
				await sync();
				expect(wazzup.account.contacts.size).toBe(0);
			});

			it('while Wazzup is down nothing of it is lost: the next run that reaches it deletes', async () => {
				await opened();
				await sync();
				later();
				await erase();
				wazzup.faults.inject({ on: 'PATCH /contacts/bulk_delete', kind: 500, times: 50 });
				expect((await sync()).state).toBe('interrupted');
				expect((await sync()).state).toBe('interrupted');
				expect(wazzup.account.contacts.size).toBe(1);
				wazzup.faults.clear();
				expect(await sync()).toMatchObject({ state: 'done', contacts: { deleted: 1 }, deals: { deleted: 1 } });
				expect([wazzup.account.contacts.size, wazzup.account.deals.size]).toEqual([0, 0]);
				wazzup.account.clearRecords();
				await sync();
				expect(wazzup.account.requests).toEqual([]);
			});

			it('contacts went and deals did not, because Wazzup failed in between: the deals go with the next run', async () => {
				await opened();
				await sync();
				later();
				await erase();
				wazzup.faults.inject({ on: 'PATCH /deals/bulk_delete', kind: 500, times: 50 });
				expect((await sync()).state).toBe('interrupted');
				expect([wazzup.account.contacts.size, wazzup.account.deals.size]).toEqual([0, 1]);
				wazzup.faults.clear();
				await sync();
				expect(wazzup.account.deals.size).toBe(0);
			});
		});

		describe('what Wazzup asks for (W8)', () => {
			const asked = async (chatType: string, chatId: string, name2?: string) =>
				await createContactForWazzup(store, {
					webhookId: 'w',
					emit: true,
					home: request.home,
					event: {
						kind: 'create_contact',
						chats: [{ chatType, chatId }],
						responsibleUserId: laura,
						...(name2 === undefined ? {} : { name: name2 }),
						raw: {},
					},
				});
			const deal = async (contactId: string) =>
				await createDealForWazzup(store, {
					webhookId: 'w',
					emit: true,
					home: request.home,
					event: { kind: 'create_deal', contactIds: [contactId], responsibleUserId: laura, raw: {} },
				});
			const contactsOf = async () =>
				await store.db
					.selectFrom('contacts')
					.selectAll()
					.where('workspace_id', '=', store.workspaceId)
					.where('id', '!=', ana.contactId)
					.execute();
			const told = async (output: 'createContact' | 'createDeal') =>
				await store.db
					.selectFrom('journal')
					.select('id')
					.where('workspace_id', '=', store.workspaceId)
					.where('output', '=', output)
					.execute();
			const writes = async (chatType: string, chatId: string, id: string) => {
				const identity = chatType === 'whatsapp' ? { waId: chatId } : { wazzupChat: `${chatType}:${chatId}` };
				const event: MessageEvent = {
					kind: 'message',
					id,
					at: new Date(now),
					channel: { phoneNumberId: CHANNEL },
					from: identity,
					content: { type: 'text', text: 'hola' },
					raw: {},
				};
				await receiveEvents(store, {
					webhookId: 'w',
					vendor: 'wazzup',
					events: [event] satisfies ReadonlyArray<MessageEvent | EchoEvent>,
					emit: { messages: true, statuses: false, echoes: false, account: false },
				});
			};

			it.each([
				['whatsapp', '573009998877'],
				['instagram', 'maria.shop'],
			])(
				'asked for by Wazzup while the person writes on %s: one contact, which both sides know',
				async (type, chat) => {
					const [answer] = await Promise.all([
						asked(type, chat, 'María'),
						writes(type, chat, 'm1'),
						asked(type, chat, 'María'),
					]);
					const contacts = await contactsOf();
					expect(contacts.map(({ id, name: said }) => [id, said])).toEqual([[answer?.id, 'María']]);
					expect(await told('createContact')).toHaveLength(1);
					await sync();
					expect(wazzup.account.contacts.get(answer?.id ?? '')).toMatchObject({
						responsibleUserId: laura,
						contactData: [{ chatType: type, chatId: chat }],
					});
				},
			);

			it('two requests for a deal at once are one lead, told of once, and Sync makes no second', async () => {
				const contact = await asked('instagram', 'maria.shop', 'María');
				const answers = await Promise.all([deal(contact?.id ?? ''), deal(contact?.id ?? '')]);
				expect(answers[0]?.id).toBe(answers[1]?.id);
				expect(await told('createDeal')).toHaveLength(1);
				await sync();
				expect(deals().map(({ id }) => id)).toEqual([answers[0]?.id]);
			});

			it.each(['constructor', '__proto__', 'valueOf'])('a deal of a contact called %s is nobody’s', async (forged) => {
				expect(await deal(forged)).toBeUndefined();
				expect(await told('createDeal')).toEqual([]);
			});
		});

		describe('changed on both sides: what the desk says last is what Wazzup has', () => {
			it('a change at Wazzup stays until the desk changes the same contact', async () => {
				await sync();
				const there = wazzup.account.contacts.get(ana.contactId);
				if (!there) throw new Error('Not there');
				wazzup.account.contacts.set(ana.contactId, { ...there, name: 'Renamed in Wazzup' });
				await sync();
				expect(wazzup.account.contacts.get(ana.contactId)?.name).toBe('Renamed in Wazzup');
				later();
				await saveContact(store, { contactKey: ana.contactId, person: { name: 'Ana Torres' } });
				await sync();
				expect(wazzup.account.contacts.get(ana.contactId)?.name).toBe('Ana Torres');
			});

			it('who was deleted at Wazzup stays away until the desk changes them, then is there again, once', async () => {
				await sync();
				wazzup.account.contacts.delete(ana.contactId);
				await sync();
				expect(wazzup.account.contacts.size).toBe(0);
				later();
				await saveContact(store, { contactKey: ana.contactId, person: { name: 'Ana Torres' } });
				await sync();
				expect([...wazzup.account.contacts.keys()]).toEqual([ana.contactId]);
			});

			it('a deal whose customer Wazzup does not know is refused with its reason, and is there once they are', async () => {
				await sync();
				wazzup.account.contacts.delete(ana.contactId);
				const { id } = await opened();
				const { state, deals: report } = await sync();
				expect([state, report.refused.map((one) => one.id), deals()]).toEqual(['done', [id], []]);
				later();
				await saveContact(store, { contactKey: ana.contactId, person: { name: 'Ana Torres' } });
				later(3_600_000);
				await sync();
				expect(deals().map((deal) => deal.id)).toEqual([id]);
			});
		});
	});
});
