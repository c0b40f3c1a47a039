import { listContacts } from '../../nodes/shared/store/repositories/contacts';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listLeads, updateLead } from '../../nodes/shared/store/repositories/leads';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { createDealForWazzup } from '../../nodes/shared/usecases/wazzup/createDeal';
import type { Person } from '../simulators/wazzup';
import { command, viewer } from '../support/inbox';
import { TEMPLATE, WazzupDesk, WHATSAPP, type WazzupDeskOptions } from '../support/wazzupDesk';

const WITH = 'wazzup-with-customer-management.json';
const WITHOUT = 'wazzup-without-customer-management.json';
const LAURA = '573001112233';
const TEAM = [
	{ name: 'Carolina Rojas', areas: ['sales'] },
	{ name: 'Sonia Gil', role: 'supervisor' as const },
];

let desk: WazzupDesk;
/** Ids of the team by name. */
let team: ReadonlyMap<string, string>;

async function openDesk(template: string, options: Partial<WazzupDeskOptions> = {}): Promise<void> {
	desk = await WazzupDesk.open({ templates: [template], advisors: TEAM, ...options });
	const advisors = await desk.store.db.selectFrom('advisors').select(['id', 'name']).execute();
	team = new Map(advisors.map(({ id, name }) => [name, id]));
	await desk.settle();
}

afterEach(async () => {
	await desk.close();
});

const caro = (): string => team.get('Carolina Rojas') ?? '';
const sonia = (): string => team.get('Sonia Gil') ?? '';
const laura = (): Person => desk.customer(LAURA, 'Laura');
const writes = (): string[] =>
	desk.wazzup.account.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
const contactsThere = () => [...desk.wazzup.account.contacts.values()];
const dealsThere = () => [...desk.wazzup.account.deals.values()];
const leads = async () => await listLeads(desk.store.db, 'desk', { limit: 5 });
const told = async () =>
	await desk.store.db.selectFrom('notifications').select(['advisor_id', 'text']).orderBy('text').execute();

/** Somebody whom the bot or the team has registered, on whatever number. */
async function customer(name: string, phone: string): Promise<string> {
	const saved = await saveContact(desk.store, { person: { name, phone }, ownerAdvisorId: caro() });
	return saved.contact.id;
}

/** The "+" of the Deals menu, where Wazzup knows no contact of the chat yet: it asks for both. */
async function plus(): Promise<{ readonly contactId: string; readonly dealId: string }> {
	const asked = { responsibleUserId: caro(), source: 'byUser' } as const;
	const contactData = [{ chatType: 'whatsapp', chatId: LAURA }];
	const contact = await desk.wazzup.events.createContact({ ...asked, name: 'Laura', contactData });
	const contactId = (contact.answer as { id: string }).id;
	const deal = await desk.wazzup.events.createDeal({ ...asked, contacts: [contactId] });
	expect([contact.delivered, deal.delivered]).toEqual([true, true]);
	return { contactId, dealId: (deal.answer as { id: string }).id };
}

describe('with customer management (W11)', () => {
	test('users, then the pipeline, then contacts go to Wazzup, each with who is responsible (W1, W2, W4)', async () => {
		await openDesk(WITH);
		await customer('Ana', '+573001234567');
		await desk.settle();

		expect(writes().slice(0, 3)).toEqual(['POST /users', 'POST /pipelines', 'POST /contacts']);
		expect([...desk.wazzup.account.users.keys()].sort()).toEqual([caro(), sonia()].sort());
		expect(contactsThere()).toMatchObject([{ name: 'Ana', responsibleUserId: caro() }]);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('"+" in the Deals menu: contact and lead are answered inside the request, told to their responsible, and equal on both sides (W8)', async () => {
		await openDesk(WITH);
		const { contactId, dealId } = await plus();
		const before = await leads();
		await desk.settle();

		expect(before).toMatchObject([{ id: dealId, contact_id: contactId, advisor_id: caro(), stage: 'Lead' }]);
		expect(contactsThere()).toMatchObject([{ id: contactId, name: 'Laura', responsibleUserId: caro() }]);
		expect(dealsThere()).toMatchObject([
			{ id: dealId, contacts: [contactId], closed: false, responsibleUserId: caro() },
		]);
		expect(await told()).toEqual([
			{ advisor_id: caro(), text: 'Contacto nuevo desde Wazzup: Laura' },
			{ advisor_id: caro(), text: 'Negocio nuevo desde Wazzup: Laura' },
		]);
		expect(await desk.unfinished()).toEqual([]);
		const runs = desk.runs.flatMap(({ order }) => order);
		expect(runs).toContain('Llevar a Wazzup lo que cambió');
	});

	test('pressed again and again, and twice at once, it is the same deal and one notice (W8)', async () => {
		await openDesk(WITH);
		const [first, second] = await Promise.all([plus(), plus()]);
		await desk.settle();
		const third = await plus();
		await desk.settle();

		expect([second, third]).toEqual([first, first]);
		expect(dealsThere()).toHaveLength(1);
		expect(await told()).toHaveLength(2);
	});

	test.each([
		['Won', true],
		['Lost', true],
		['SQL', false],
	] as const)('a lead that becomes %s: its deal is closed: %s (W3)', async (stage, closed) => {
		await openDesk(WITH);
		const { dealId } = await plus();
		await desk.settle();
		await desk.store.transaction(
			async (tx) => await updateLead(tx, desk.store, dealId, { stage, updated_at: desk.store.now() }),
		);
		await desk.wait(1);

		expect(desk.wazzup.account.deals.get(dealId)?.closed).toBe(closed);
	});

	test('an erased customer and a person who left the team are gone there too; what was theirs is the leader’s (W1, W2)', async () => {
		await openDesk(WITH);
		await plus();
		await customer('Ana', '+573001234567');
		await desk.settle();
		await erasePerson(desk.store, { contactKey: `+${LAURA}`, confirm: `+${LAURA}`, actor: 'test' });
		await deleteAdvisor(desk.store, { advisorId: caro(), actor: 'test' });
		await desk.wait(1);

		expect([...desk.wazzup.account.users.keys()]).toEqual([sonia()]);
		expect(contactsThere()).toMatchObject([{ name: 'Ana', responsibleUserId: sonia() }]);
		expect(dealsThere()).toEqual([]);
	});

	test('nobody answers a customer: their words are kept, the team attends in Wazzup (W7)', async () => {
		await openDesk(WITH);
		await laura().text('hola').delivered;
		await desk.settle();
		await desk.wait(60);

		expect(laura().received).toEqual([]);
		const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 5 });
		expect(conversation).toBeDefined();
		expect(await desk.unfinished()).toEqual([]);
	});

	test('what an advisor writes in the inbox leaves on the customer’s channel at the next Due, once, as theirs (W12)', async () => {
		await openDesk(WITH);
		await laura().text('hola').delivered;
		await desk.settle();
		const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 5 });
		const who = await viewer(desk.store, 'Sonia Gil', [], 'supervisor');
		const words = { conversationId: conversation?.id ?? '', text: 'Hola Laura, soy Sonia' };
		await command(desk.store, who, 'reply', words, { requestId: 'one wish' });
		await command(desk.store, who, 'reply', words, { requestId: 'one wish' });
		await desk.settle();

		expect(laura().received.map(({ text }) => text)).toEqual(['Hola Laura, soy Sonia']);
		expect((await listConversations(desk.store.db, 'desk', { limit: 5 }))[0]).toMatchObject({ mode: 'human' });
		const queue = await desk.store.db.selectFrom('outbox').select('state').execute();
		expect(queue).toEqual([{ state: 'accepted' }]);
	});

	test('a channel that is blocked and a rejected template are told to who leads (W7)', async () => {
		await openDesk(WITH);
		await desk.wazzup.events.channel(WHATSAPP, 'blocked');
		await desk.wazzup.events.template(TEMPLATE, 'REJECTED');
		await desk.settle();

		expect(await told()).toEqual([
			{ advisor_id: sonia(), text: 'Plantilla «pedido» en Wazzup: rechazada' },
			{ advisor_id: sonia(), text: 'Un canal de Wazzup fue bloqueado' },
		]);
	});

	test.each([
		['429', { kind: 429, times: 1 }],
		['500', { kind: 500, times: 5 }],
		['an answer that is lost', { kind: 'reset', applied: true, times: 5 }],
		['a wrong key', { kind: 401, times: 2 }],
	] as const)(
		'%s while contacts are carried: the next runs end equal, with nothing twice (O5)',
		async (_name, fault) => {
			await openDesk(WITH);
			await customer('Ana', '+573001234567');
			desk.wazzup.faults.inject({ on: 'POST /contacts', ...fault });
			await desk.settle();
			await desk.wait(1);
			await desk.wait(10);

			expect(contactsThere()).toMatchObject([{ name: 'Ana' }]);
			expect(desk.runs.map(({ status }) => status)).not.toContain('error');
			expect(await desk.unfinished()).toEqual([]);
		},
	);

	test('one of a hundred that Wazzup refuses keeps nobody else out (W2)', async () => {
		await openDesk(WITH);
		for (let number = 0; number < 20; number += 1) await customer(`Cliente ${number}`, `+5730012340${10 + number}`);
		const [first] = await listContacts(desk.store.db, 'desk', { limit: 1 });
		// Its responsible was deleted in Wazzup a moment ago: the whole batch is refused.
		desk.wazzup.account.users.delete(caro());
		await saveContact(desk.store, { contactKey: first?.id ?? '', person: { name: 'Otra' }, ownerAdvisorId: sonia() });
		await desk.settle();

		expect(contactsThere()).toMatchObject([{ id: first?.id, responsibleUserId: sonia() }]);
		expect(desk.runs.map(({ status }) => status)).not.toContain('error');
	});

	test('by hand: what would be sent and which links do not open; nothing leaves (U5, W9)', async () => {
		await openDesk(WITH);
		await plus();
		await desk.settle();
		await customer('Ana', '+573001234567');
		desk.wazzup.account.clearRecords();
		const run = await desk.pressByHand();

		expect(run.error).toBeUndefined();
		expect(run.outputs['Decir qué se enviaría']?.[0]?.[0]?.json).toMatchObject({ contacts: { saved: 1 } });
		expect(run.order).toContain('Revisar a dónde llevan los enlaces');
		expect(writes()).toEqual([]);
	});
});

describe('without customer management (W11)', () => {
	test('who writes becomes a contact with a responsible person; no pipeline, no deal, and Wazzup asks for nothing (W2, W8)', async () => {
		await openDesk(WITHOUT);
		await laura().text('hola').delivered;
		await desk.settle();
		await desk.wait(1);

		expect(contactsThere()).toMatchObject([{ name: 'Laura', responsibleUserId: sonia() }]);
		expect([desk.wazzup.account.pipelines.size, dealsThere().length]).toEqual([0, 0]);
		const contactData = [{ chatType: 'whatsapp', chatId: '573009990000' }];
		const asked = { responsibleUserId: sonia(), name: 'Otra', contactData, source: 'auto' } as const;
		expect(await desk.wazzup.events.createContact(asked)).toEqual({ delivered: false });
		expect(laura().received).toEqual([]);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('each message brings the link to this customer’s chats and the counter of their responsible (W5, W6)', async () => {
		await openDesk(WITHOUT);
		await desk.customer('573009998877', 'Pedro').text('hola de Pedro').delivered;
		await desk.settle();
		await laura().text('¿tienen impresoras?').delivered;
		await desk.settle();

		const notice = desk.runs.flatMap(({ outputs }) => outputs['Redactar el aviso']?.[0] ?? []).at(-1)?.json;
		expect(notice).toMatchObject({ text: '¿tienen impresoras? (2 sin responder)' });
		const page = await (await fetch(String(notice?.link))).text();
		expect(page).toContain('Laura');
		expect(page).not.toContain('Pedro');
		expect(desk.wazzup.requestsTo('POST /iframe').at(-1)?.body).toMatchObject({
			user: { id: sonia() },
			scope: 'card',
			filter: [{ chatType: 'whatsapp', chatId: LAURA }],
		});
	});

	test('a contact that the bot made elsewhere is there; a lead of theirs stays in the CRM (W2, W3)', async () => {
		await openDesk(WITHOUT);
		const ana = await customer('Ana', '+573001234567');
		const event = { kind: 'create_deal', contactIds: [ana], raw: {} } as const;
		await createDealForWazzup(desk.store, { webhookId: 'of-another-trigger', emit: false, home: '', event });
		expect(await leads()).toMatchObject([{ contact_id: ana }]);
		await desk.settle();
		await desk.wait(1);

		expect(contactsThere()).toMatchObject([{ id: ana, responsibleUserId: caro() }]);
		expect(writes().filter((request) => /deals|pipelines/.test(request))).toEqual([]);
	});

	test.each(['POST /iframe', 'GET /unanswered/:id'])(
		'%s that fails three times: the message is kept, and its branch is tried again (O4)',
		async (on) => {
			await openDesk(WITHOUT);
			desk.wazzup.faults.inject({ on, kind: 500, times: 3 });
			await laura().text('hola').delivered;
			await desk.settle();
			await desk.wait(1);
			await desk.wait(1);

			expect(desk.runs.flatMap(({ outputs }) => outputs['Redactar el aviso']?.[0] ?? []).length).toBeGreaterThan(0);
			const kept = await desk.store.db.selectFrom('messages').select('text').execute();
			expect(kept).toEqual([{ text: 'hola' }]);
			expect(await desk.unfinished()).toEqual([]);
		},
	);

	test('an erased customer is gone there (W2)', async () => {
		await openDesk(WITHOUT);
		await laura().text('hola').delivered;
		await desk.settle();
		await erasePerson(desk.store, { contactKey: `+${LAURA}`, confirm: `+${LAURA}`, actor: 'test' });
		await desk.wait(1);

		expect(contactsThere()).toEqual([]);
	});

	test('by hand: what would be sent; nothing leaves (U5)', async () => {
		await openDesk(WITHOUT);
		await customer('Ana', '+573001234567');
		desk.wazzup.account.clearRecords();
		const run = await desk.pressByHand();

		expect(run.error).toBeUndefined();
		expect(run.outputs['Decir qué se enviaría']?.[0]?.[0]?.json).toMatchObject({
			contacts: { saved: 1 },
			deals: { saved: 0 },
			pipelines: { saved: 0 },
		});
		expect(writes()).toEqual([]);
	});
});
