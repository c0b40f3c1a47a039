import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { readStripeCredential } from '../../nodes/shared/clients/stripe/credential';
import { openStripe } from '../../nodes/shared/clients/stripe/stripe';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { collectOrder } from '../../nodes/shared/usecases/stripe/collectOrder';
import type { Person } from '../simulators/wazzup';
import { GivenTime } from '../support/givenTime';
import type { WorkflowFile } from '../support/host/n8nApi';
import { laura, playQuotation } from '../support/host/quotationJourney';
import { startServiceDesk, type DeskClient, type ServiceDesk } from '../support/host/serviceDesk';
import { restingEnding, type StoreEnding } from '../support/host/storeEnding';
import { shippedTemplate } from '../support/host/templates';
import { eventually } from '../support/host/waiting';

const SETUP = shippedTemplate('setup.json');
const META_BOT = shippedTemplate('customer-service-bot.json');
const PAYMENTS = shippedTemplate('customer-payment-confirmation.json');
const WITH = shippedTemplate('wazzup-with-customer-management.json');
const WITHOUT = shippedTemplate('wazzup-without-customer-management.json');
const BOT = shippedTemplate('wazzup-bot.json');

/** A change of the bot reaches Wazzup, a status comes back, within this time, ms (O2). */
const CARRIED_WITHIN = 5_000;
const STATUS_WITHIN = 3_000;

let desk: ServiceDesk;
let client: DeskClient;

beforeAll(async () => {
	// Of those that take Wazzup's one address the first is published.
	desk = await startServiceDesk({ templates: [SETUP, META_BOT, PAYMENTS, WITH, WITHOUT, BOT] });
	[client] = desk.clients;
});
afterAll(async () => await desk.stop());

const criterion = (name: string, work: () => Promise<void>): void => {
	it(name, () => desk.explain(work));
};

const account = () => client.wazzup.account;
const dealsThere = () => [...account().deals.values()];
const ending = async (): Promise<StoreEnding> => await restingEnding(desk.store, client.workspaceId);
const idOf = ({ name }: WorkflowFile): string => client.workflows.find((one) => one.name === name)?.id ?? '';
const publish = async (file: WorkflowFile): Promise<void> => await desk.n8n.api.publish(idOf(file));
const unpublish = async (file: WorkflowFile): Promise<void> => await desk.n8n.api.unpublish(idOf(file));
const failedExecutions = async () => await desk.n8n.api.executions({ status: 'error' });

/** What happens at Wazzup, and how long ago it was asked for there. */
const arrives = async <Found>(what: string, look: () => Found | undefined | false): Promise<Found> =>
	await eventually(what, look, { every: 20 });

/** One row of the store. */
async function row(statement: string): Promise<Readonly<Record<string, unknown>>> {
	const [found] = await desk.store.rows(statement);
	if (found === undefined) throw new Error(`There is no row: ${statement}`);
	return found;
}

const advisorNamed = async (name: string): Promise<string> =>
	String((await row(`select id from advisors where name = '${name}'`)).id);

/** Whoever writes to the channel of Wazzup. */
const writer = (chatId: string, name: string): Person =>
	client.wazzup.person({ channelId: [...account().channels.keys()][0], chatId, name });

describe('with customer management (W11)', () => {
	criterion('the team, then the stages are at Wazzup before anything is asked for', async () => {
		await arrives('the pipeline', () => account().pipelines.has('leads'));
		expect([...account().users.values()].map(({ name }) => name).sort()).toEqual([
			'Andrés Mejía',
			'Carolina Rojas',
			'Diana Torres',
		]);
		const writes = account().requests.filter(({ method }) => method === 'POST');
		expect(writes.slice(0, 2).map(({ path }) => path)).toEqual(['/users', '/pipelines']);
	});

	criterion(
		'O2, W2, W3: the bot makes a lead: contact and deal are at Wazzup within five seconds, with who is responsible',
		async () => {
			const customer = client.simulator.customer({ waId: laura.waId, profileName: laura.profileName });
			await playQuotation(client.simulator, customer);
			const watch = new GivenTime();
			const [deal] = await arrives('the deal', () => dealsThere().length > 0 && dealsThere());
			const lead = await row('select id, contact_id, advisor_id, created_at from leads');
			const carried = client.wazzup.requestsTo('POST /deals')[0].at - Number(lead.created_at);

			watch.stop();
			expect(carried * watch.share()).toBeLessThan(CARRIED_WITHIN);
			expect(deal).toMatchObject({
				id: lead.id,
				contacts: [lead.contact_id],
				responsibleUserId: lead.advisor_id,
				closed: false,
			});
			expect(account().contacts.get(String(lead.contact_id))).toMatchObject({
				name: laura.name,
				contactData: [{ chatType: 'whatsapp', chatId: laura.waId }],
			});
			expect(account().users.has(deal.responsibleUserId)).toBe(true);
		},
	);

	criterion(
		'W7, W8: "+" in the Deals menu: the lead is in the store when the request is answered, and whoever asks again gets the same',
		async () => {
			const responsibleUserId = await advisorNamed('Andrés Mejía');
			const { chat } = writer('573004445566', 'Beto Ruiz');
			const asked = { responsibleUserId, source: 'byUser' } as const;
			const contactData = [{ chatType: chat.chatType, chatId: chat.chatId }];
			const contact = await client.wazzup.events.createContact({ ...asked, name: chat.name, contactData });
			const { id: contactId } = contact.answer as { readonly id: string };
			const first = await client.wazzup.events.createDeal({ ...asked, contacts: [contactId] });
			const lead = await row(`select id, stage, advisor_id from leads where contact_id = '${contactId}'`);
			const again = await client.wazzup.events.createDeal({ ...asked, contacts: [contactId] });

			expect([contact.delivered, first.delivered, again.delivered]).toEqual([true, true, true]);
			expect(lead).toMatchObject({ stage: 'Lead', advisor_id: responsibleUserId });
			expect([first.answer, again.answer]).toMatchObject([{ id: lead.id }, { id: lead.id }]);
			const told = account().webhookAttempts.filter(({ body }) => 'createContact' in body || 'createDeal' in body);
			expect(Math.max(...told.map(({ durationMs }) => durationMs))).toBeLessThan(STATUS_WITHIN);
			await ending();
			expect(dealsThere().filter(({ contacts }) => contacts.includes(contactId))).toHaveLength(1);
		},
	);

	criterion('S5, W3: the customer pays: the lead is won and its deal is closed', async () => {
		const lead = await row(
			`select leads.id, leads.contact_id, conversations.id as conversation_id from leads
			join conversations on conversations.contact_id = leads.contact_id`,
		);
		const { payment } = await client.inStore(
			async (store) =>
				await collectOrder(store, openStripe(readStripeCredential(desk.stripe.credential)), {
					requestId: 'e2e-payment',
					kind: 'full',
					item: { currency: 'COP', unitAmount: 25_000_000, name: 'Portátiles', quantity: 1 },
					amount: { minor: 25_000_000, currency: 'COP' },
					description: 'Portátiles',
					page: { kind: 'link' },
					collectPhone: false,
					metadata: {},
					customer: { contactId: String(lead.contact_id), conversationId: String(lead.conversation_id) },
					leadId: String(lead.id),
				}),
		);
		await desk.stripe.customer(payment.url ?? '', 'pay');
		await desk.stripe.settled();
		await arrives('the closed deal', () => account().deals.get(String(lead.id))?.closed === true);

		expect(await row(`select stage from leads where id = '${String(lead.id)}'`)).toEqual({ stage: 'Won' });
		expect(dealsThere().filter(({ closed }) => closed)).toHaveLength(1);
	});

	describe('whatever else is posted to the address (O1)', () => {
		const message = (messageId: string) => ({
			messages: [
				{
					messageId,
					channelId: [...account().channels.keys()][0],
					chatType: 'whatsapp',
					chatId: '573009998877',
					dateTime: '2026-09-14T15:00:00.000Z',
					type: 'text',
					status: 'inbound',
					text: 'hola',
					isEcho: false,
					contact: { name: 'Alguien' },
				},
			],
		});
		const address = (change: (secret: string) => string | undefined): string => {
			const url = new URL(account().webhooksUri ?? '');
			const secret = change(url.searchParams.get('secret') ?? '');
			if (secret === undefined) url.searchParams.delete('secret');
			else url.searchParams.set('secret', secret);
			return url.href;
		};
		const same = (secret: string): string => secret;

		it.each([
			['a message without the secret', () => message('no-secret'), () => undefined, 401],
			[
				'a message with another secret',
				() => message('wrong-secret'),
				(secret: string) => `${secret.slice(0, -1)}x`,
				401,
			],
			['a message with an empty secret', () => message('empty-secret'), () => '', 401],
			['the probe without the secret', () => ({ test: true }), () => undefined, 401],
			['the probe', () => ({ test: true }), same, 200],
			['something that nobody knows', () => ({ something_new: [{ any: 'thing' }] }), same, 200],
			['a list', () => [1, 2, 3], same, 200],
			[
				'a deal of nobody',
				() => ({ createDeal: { responsibleUserId: 'x', contacts: ['constructor'], source: 'byUser' } }),
				same,
				404,
			],
			['5 MB', () => ({ messages: [], filling: 'x'.repeat(5 * 1024 * 1024) }), same, 200],
		] as const)('%s: the right answer, and nothing stored', (_name, bodyOf, secretOf, status) =>
			desk.explain(async () => {
				const before = await ending();
				const answer = await client.wazzup.deliverRaw(JSON.stringify(bodyOf()), address(secretOf));
				expect(answer.status).toBe(status);
				expect(answer.text).not.toMatch(/at .+:\d+:\d+|secret/);
				expect(await ending()).toEqual(before);
			}),
		);

		criterion('what is larger than n8n takes is refused, and nothing stored', async () => {
			const before = await ending();
			const answer = await client.wazzup.deliverRaw(JSON.stringify({ filling: 'x'.repeat(17 * 1024 * 1024) }));
			expect(answer.status).toBeGreaterThanOrEqual(400);
			expect(await ending()).toEqual(before);
		});

		criterion(
			'a message that is told three times at once, and again later, is one; after all of that nothing was lost',
			async () => {
				const body = JSON.stringify(message('told-often'));
				const told = await Promise.all([1, 2, 3].map(async () => await client.wazzup.deliverRaw(body)));
				const later = await client.wazzup.deliverRaw(body);
				expect([...told, later].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
				expect(await desk.store.rows("select text from messages where vendor_id = 'told-often'")).toEqual([
					{ text: 'hola' },
				]);
				await ending();
				expect(await failedExecutions()).toEqual([]);
			},
		);
	});

	criterion(
		'W1-W3: who left the team and who was erased is gone there, with the deals; what was theirs is somebody else’s',
		async () => {
			const left = await advisorNamed('Andrés Mejía');
			const { contact_id: contactId } = await row("select contact_id from leads where stage = 'Won'");
			await client.inStore(async (store) => {
				await deleteAdvisor(store, {
					advisorId: left,
					successorId: await advisorNamed('Carolina Rojas'),
					actor: 'test',
				});
				await erasePerson(store, { contactKey: String(contactId), confirm: laura.phone, actor: 'test' });
			});
			await arrives('the deletions', () => !account().users.has(left) && !account().contacts.has(String(contactId)));

			await arrives('the deals', () => dealsThere().every(({ contacts }) => !contacts.includes(String(contactId))));
			expect([...account().contacts.values()].map(({ responsibleUserId }) => responsibleUserId)).not.toContain(left);
			expect(dealsThere().map(({ responsibleUserId }) => responsibleUserId)).not.toContain(left);
		},
	);
});

describe('the bot on a channel of Wazzup (W12)', () => {
	const ana = () => writer('573007778899', 'Ana Gómez');
	const saidByApi = () => ana().received.filter(({ by }) => by === 'api');

	criterion(
		'another workflow takes the address; a customer is answered, and the status is back within three seconds',
		async () => {
			await unpublish(WITH);
			await publish(BOT);
			const watch = new GivenTime();
			expect(await ana().text('hola').delivered).toMatchObject({ delivered: true });
			const [bubble] = await arrives('the answer', () => saidByApi().length > 0 && saidByApi());
			const status = async () =>
				(await row(`select delivery_status from messages where vendor_id = '${bubble.messageId}'`)).delivery_status;
			await eventually('the status', async () => (await status()) === 'delivered', { every: 20 });

			watch.stop();
			expect((Date.now() - bubble.at) * watch.share()).toBeLessThan(STATUS_WITHIN);
			expect(bubble.text).toContain('¿Cuál es tu nombre completo?');
		},
	);

	criterion('D33, W7: an advisor writes in Wazzup: from then on the bot is silent in that chat', async () => {
		const before = saidByApi().length;
		await client.wazzup.advisorWrites(ana().chat, 'Hola Ana, soy Carolina', {
			userId: await advisorNamed('Carolina Rojas'),
		}).delivered;
		await ana().text('Laura Gómez Restrepo').delivered;
		await ana().text('necesito cotizar 20 portátiles').delivered;
		const { conversations } = await ending();

		expect(saidByApi()).toHaveLength(before);
		expect(conversations.map(({ mode }) => mode)).toContain('human');
		expect(await failedExecutions()).toEqual([]);
	});
});

describe('without customer management (W11)', () => {
	criterion(
		'who writes becomes a contact with who is responsible; no pipeline and no deal leave, and Wazzup asks for nothing',
		async () => {
			await unpublish(BOT);
			account().pipelines.clear();
			account().deals.clear();
			account().clearRecords();
			await publish(WITHOUT);
			const { chat, text } = writer('573005556677', 'Diego Paz');
			expect(await text('¿tienen tóner?').delivered).toMatchObject({ delivered: true });
			const contact = await arrives('the contact', () =>
				[...account().contacts.values()].find(({ contactData }) => contactData[0].chatId === chat.chatId),
			);
			await ending();

			expect(contact.name).toBe('Diego Paz');
			expect(account().users.has(contact.responsibleUserId)).toBe(true);
			const paths = new Set(account().requests.map(({ method, path }) => `${method} ${path}`));
			expect([...paths].filter((path) => /deals|pipelines/.test(path))).toEqual([]);
			expect([...paths]).toContain('POST /iframe');
			const asked = await client.wazzup.events.createContact({
				responsibleUserId: contact.responsibleUserId,
				name: 'Nadie',
				contactData: [{ chatType: 'whatsapp', chatId: '573001110000' }],
				source: 'auto',
			});
			expect(asked).toEqual({ delivered: false });
			expect(await failedExecutions()).toEqual([]);
		},
	);
});

describe('the address of somebody else (W1)', () => {
	let theirs: Server;
	const heard: unknown[] = [];

	beforeAll(async () => {
		theirs = createServer((request, response) => {
			void json(request).then((body) => {
				heard.push(body);
				response.writeHead(200).end();
			});
		});
		await new Promise<void>((resolve) => theirs.listen(0, '127.0.0.1', resolve));
	});
	afterAll(async () => {
		theirs.closeAllConnections();
		await new Promise((resolve) => theirs.close(resolve));
	});

	criterion('is not taken unless told; told so, it is there again when the workflow is deactivated', async () => {
		await unpublish(WITHOUT);
		const webhooksUri = `http://127.0.0.1:${(theirs.address() as AddressInfo).port}/hook?token=theirs`;
		account().webhooksUri = webhooksUri;
		account().subscriptions = { ...account().subscriptions, messagesAndStatuses: true };
		const before = structuredClone(account().subscriptions);

		await expect(publish(WITHOUT)).rejects.toThrow(/an account has one address/);
		expect(account().webhooksUri).toBe(webhooksUri);

		const allowed = await desk.n8n.api.importWorkflow({
			...WITHOUT,
			name: `${WITHOUT.name} (en lugar de otro)`,
			nodes: WITHOUT.nodes.map((node) =>
				node.type.endsWith('.wazzupTrigger')
					? { ...node, parameters: { ...node.parameters, options: { syncOnChanges: true, replaceExisting: true } } }
					: node,
			),
		});
		await desk.n8n.api.publish(allowed.id);
		expect(account().webhooksUri).toContain(desk.n8n.url);
		await desk.n8n.api.unpublish(allowed.id);

		await arrives('their address', () => account().webhooksUri === webhooksUri);
		expect(account().subscriptions).toEqual(before);
		expect(heard).toEqual([{ test: true }]);
	});
});
