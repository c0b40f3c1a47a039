import { whole } from '../../nodes/shared/usecases/cards';
import { attachmentsOf } from '../../nodes/shared/store/repositories/attachments';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import { listContacts } from '../../nodes/shared/store/repositories/contacts';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import type { Person } from '../simulators/wazzup';
import { BUSINESS_API, TEMPLATE, WazzupDesk, WHATSAPP, type WazzupDeskOptions } from '../support/wazzupDesk';

const LAURA = '573001112233';
const TEAM = [
	{ name: 'Carolina Rojas', aliases: ['Caro'], areas: ['sales'] },
	{ name: 'Diana Torres', areas: ['support', 'documents', 'finance'] },
	{ name: 'Sonia Gil', role: 'supervisor' as const },
];

let desk: WazzupDesk;

async function openDesk(options: Partial<WazzupDeskOptions> = {}): Promise<void> {
	desk = await WazzupDesk.open({ templates: ['wazzup-bot.json'], advisors: TEAM, ...options });
}

afterEach(async () => {
	await desk.close();
});

const writer = (channelId = WHATSAPP): Person => desk.customer(LAURA, 'Laura', channelId);

/** Each text is read and answered before the next is written. */
async function says(customer: Person, ...texts: readonly string[]): Promise<void> {
	for (const text of texts) {
		expect(await customer.text(text).delivered).toMatchObject({ delivered: true, status: 200 });
		await desk.settle();
	}
}

const bubbles = (channelId = WHATSAPP): string[] => writer(channelId).received.map(({ text }) => text ?? '');
const cases = async () => (await listCases(desk.store.db, 'desk', { limit: 20 })).reverse();
const conversation = async () => (await listConversations(desk.store.db, 'desk', { limit: 5 }))[0];
const told = async () => await desk.store.db.selectFrom('notifications').select(['text', 'kind']).execute();

const introduced = ['hola', 'Laura Gómez Restrepo', '1020304050'] as const;
const quotation = [...introduced, '1', '20 portátiles para la oficina', 'formal'] as const;

describe('the bot on a channel of Wazzup (W12)', () => {
	test('a quotation becomes a case, a lead and one confirmation; the team’s counter stays (B7, D4, W6, W12)', async () => {
		await openDesk();
		await says(writer(), ...quotation);

		expect((await cases()).map(({ number, type }) => [number, type])).toEqual([['PS-2026-000001', 'quotation']]);
		expect(await listLeads(desk.store.db, 'desk', { limit: 5 })).toMatchObject([
			{ name: 'Laura Gómez Restrepo', phone: '+573001112233' },
		]);
		expect(bubbles().filter((text) => text.includes('PS-2026-000001'))).toHaveLength(1);
		const sends = desk.wazzup.requestsTo('POST /message').map(({ body }) => body as Record<string, unknown>);
		expect(sends.every(({ clearUnanswered }) => clearUnanswered === false)).toBe(true);
		expect(new Set(sends.map(({ crmMessageId }) => crmMessageId)).size).toBe(sends.length);
		expect(writer().chat.unanswered).toBe(quotation.length);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('a channel of WhatsApp Business API shows buttons, and a tap is understood (B1, W12)', async () => {
		await openDesk();
		await says(writer(BUSINESS_API), ...introduced);
		const menu = writer(BUSINESS_API).received.at(-1);
		expect(menu?.buttons).toEqual(['1. Cotización', '2. Estado de pedido', '3. Otro motivo']);
		await says(writer(BUSINESS_API), '1. Cotización');

		expect(bubbles(BUSINESS_API).at(-1)).not.toBe(menu?.text);
		expect(bubbles(WHATSAPP)).toEqual([]);
	});

	test('statuses come back to the message they belong to (W7)', async () => {
		await openDesk();
		await says(writer(), 'hola');

		const rows = await desk.store.db
			.selectFrom('messages')
			.select(['direction', 'delivery_status'])
			.where('direction', '=', 'out')
			.execute();
		expect(rows).toEqual([{ direction: 'out', delivery_status: 'delivered' }]);
	});

	test('who does not go on is reminded, then the request is kept as incomplete (B12, D19, W12)', async () => {
		await openDesk();
		await says(writer(), ...introduced, '1', 'impresoras');
		const before = bubbles().length;
		await desk.wait(16);
		await desk.wait(110);
		await desk.wait(600);

		expect(bubbles().slice(before)).toHaveLength(2);
		expect((await cases()).map(({ status }) => status)).toEqual(['incomplete']);
		expect(await desk.unfinished()).toEqual([]);
	});
});

describe('files of a channel of Wazzup (B11, scenario 4)', () => {
	const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');
	const files = async () =>
		await desk.store.db
			.selectFrom('attachments')
			.select(['id', 'type', 'state', 'mime_type', 'filename', 'size', 'sha256', 'error'])
			.orderBy('id')
			.execute();

	test('a photo is fetched before its link expires, kept once and ends on the case (B11, W12)', async () => {
		await openDesk();
		const link = desk.wazzup.keepFile('equipo.png', PNG, 'image/png');
		await says(writer(), ...introduced, '1');
		expect(await writer().file('image', link).delivered).toMatchObject({ delivered: true });
		await desk.settle();
		await says(writer(), '20 portátiles para la oficina', 'formal');

		const [file, ...others] = await files();
		expect(others).toEqual([]);
		expect(file).toMatchObject({ type: 'image', state: 'stored', mime_type: 'image/png', filename: 'equipo.png' });
		expect(Buffer.from((await desk.store.readBytes(file?.sha256 ?? '')) ?? []).equals(PNG)).toBe(true);
		const [opened] = await cases();
		const kept = await attachmentsOf(desk.store.db, 'desk', 'case', opened?.id ?? '');
		expect(kept.map(({ id }) => id)).toEqual([file?.id]);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('a link that has expired is said in words, and the conversation goes on (B11)', async () => {
		await openDesk();
		const link = desk.wazzup.keepFile('equipo.png', PNG, 'image/png');
		desk.wazzup.expireFile(link);
		await says(writer(), ...introduced, '1');
		await writer().file('image', link).delivered;
		await desk.settle();
		await desk.wait(1);
		await says(writer(), '20 portátiles para la oficina', 'formal');

		expect(await files()).toMatchObject([
			{ state: 'expired', error: 'Download file: the link has expired, Wazzup does not give the file any more' },
		]);
		expect(await cases()).toHaveLength(1);
	});

	test('a link that leads into the network of n8n is not followed (B11)', async () => {
		await openDesk();
		await says(writer(), ...introduced, '1');
		await writer().file('document', 'https://169.254.169.254/latest/meta-data/iam.pdf').delivered;
		await desk.settle();

		expect(await files()).toMatchObject([{ state: 'pending', error: expect.stringContaining('private network') }]);
	});
});

describe('people of the team on the same chat', () => {
	test.each(['window', 'phone'] as const)(
		'an advisor who writes in the %s pauses the bot; their words are in the conversation, the customer’s too (D33, W12)',
		async (from) => {
			await openDesk();
			await says(writer(), 'hola');
			await desk.wazzup.advisorWrites(writer().chat, 'Hola, soy Carolina', { from }).delivered;
			await desk.settle();
			const before = bubbles().length;
			await says(writer(), 'necesito cotizar 20 portátiles', 'menú');

			expect(await conversation()).toMatchObject({ mode: 'human' });
			expect(bubbles()).toHaveLength(before);
			const kept = await desk.store.db.selectFrom('messages').select(['author', 'text']).orderBy('id').execute();
			expect(kept.filter(({ author }) => author === 'phone').map(({ text }) => text)).toEqual(['Hola, soy Carolina']);
			expect(kept.map(({ text }) => text)).toContain('necesito cotizar 20 portátiles');
			expect(await desk.unfinished()).toEqual([]);
		},
	);

	test('12 hours after the advisor’s last words the bot answers again (D33, W12)', async () => {
		await openDesk();
		await says(writer(), ...introduced);
		await desk.wazzup.advisorWrites(writer().chat, 'Hola, soy Carolina').delivered;
		await desk.settle();
		await desk.wait(11 * 60);
		await says(writer(), 'menú');
		expect(await conversation()).toMatchObject({ mode: 'human' });
		const before = bubbles().length;
		await desk.wait(13 * 60);
		await says(writer(), 'menú');

		expect(await conversation()).toMatchObject({ mode: 'bot' });
		expect(bubbles().length).toBeGreaterThan(before);
	});

	test('the bot’s own words, told by Wazzup as echoes, pause nobody (W12)', async () => {
		await openDesk();
		await says(writer(), ...introduced);

		expect(await conversation()).toMatchObject({ mode: 'bot' });
		expect(bubbles()).toHaveLength(introduced.length);
	});

	test('who asks for a person gets one, told in the inbox (B14, D33)', async () => {
		await openDesk();
		await says(writer(), ...introduced, 'quiero hablar con una persona');

		expect(await conversation()).toMatchObject({ mode: 'waiting' });
		expect((await told()).map(({ text }) => text)).toContain('Pidió hablar con una persona');
	});

	test('"+" in the Deals menu: the lead is there when Wazzup has its answer, its responsible is told once (W8)', async () => {
		await openDesk();
		await says(writer(), ...introduced);
		desk.wazzup.account.pipelines.set('leads', { id: 'leads', name: 'Leads' });
		const team = await desk.store.db.selectFrom('advisors').select(['id', 'name']).execute();
		const caro = team.find(({ name }) => name === 'Carolina Rojas')?.id ?? '';
		for (const { id, name } of team) desk.wazzup.account.users.set(id, { id, name });
		const [contact] = await listContacts(desk.store.db, 'desk', { limit: 5 });
		const asked = { responsibleUserId: caro, source: 'byUser' } as const;
		const chats = [{ chatType: 'whatsapp', chatId: LAURA }];
		await desk.wazzup.events.createContact({ ...asked, name: 'Laura', contactData: chats });
		const reports = [
			await desk.wazzup.events.createDeal({ ...asked, contacts: [contact?.id ?? ''] }),
			await desk.wazzup.events.createDeal({ ...asked, contacts: [contact?.id ?? ''] }),
		];
		const [lead] = await listLeads(desk.store.db, 'desk', { limit: 5 });
		await desk.settle();

		expect(reports.map(({ answer }) => (answer as { id: string }).id)).toEqual([lead?.id, lead?.id]);
		expect(lead).toMatchObject({ advisor_id: caro, name: 'Laura Gómez Restrepo' });
		const notices = await desk.store.db
			.selectFrom('notifications')
			.select(['advisor_id', 'text', 'contact_id'])
			.where('kind', '=', 'team.told')
			.execute();
		expect(notices.map(({ text }) => text).sort()).toEqual([
			'Negocio nuevo desde Wazzup: Laura Gómez Restrepo',
			'Wazzup pidió un contacto que ya existía: Laura Gómez Restrepo',
		]);
		for (const notice of notices) expect(notice).toMatchObject({ advisor_id: caro, contact_id: contact?.id });
	});

	test('a channel that is lost and a template that is rejected are told to who leads, once each (W7)', async () => {
		await openDesk();
		desk.wazzup.faults.webhooks({ copies: 3 });
		await desk.wazzup.events.channel(WHATSAPP, 'qr');
		await desk.wazzup.events.template(TEMPLATE, 'REJECTED');
		await desk.settle();

		expect((await told()).map(({ text }) => text).sort()).toEqual([
			'Plantilla «pedido» en Wazzup: rechazada',
			'Un canal de Wazzup pide leer el código QR',
		]);
	});
});

test('a template that is rejected, approved and rejected again is told three times, repeats of one are told once (W7)', async () => {
	await openDesk();
	desk.wazzup.faults.webhooks({ copies: 2 });
	for (const status of ['REJECTED', 'APPROVED', 'REJECTED']) {
		await desk.wazzup.events.template(TEMPLATE, status);
		await desk.wait(2 * 60);
	}

	expect((await told()).map(({ text }) => text).sort()).toEqual([
		'Plantilla «pedido» en Wazzup: aprobada',
		'Plantilla «pedido» en Wazzup: rechazada',
		'Plantilla «pedido» en Wazzup: rechazada',
	]);
});

describe('when something goes wrong', () => {
	test('a webhook that comes three times at once is one message and one answer (W7)', async () => {
		await openDesk();
		desk.wazzup.faults.webhooks({ copies: 3 });
		await says(writer(), 'hola', 'Laura Gómez Restrepo');

		expect(bubbles()).toHaveLength(2);
		expect(await desk.unfinished()).toEqual([]);
	});

	test.each([
		['429: the same bubble leaves later, once (O5)', { kind: 429 }],
		['500: the same bubble leaves later, once', { kind: 500 }],
		['no answer, but sent: REPEATED_CRM_MESSAGE_ID means that it was sent (W12)', { kind: 'reset', applied: true }],
		['no answer, and not sent: it is sent once (W12)', { kind: 'reset' }],
	] as const)('%s', async (_name, fault) => {
		await openDesk();
		desk.wazzup.faults.inject({ on: 'POST /message', times: 1, ...fault });
		await says(writer(), 'hola');
		await desk.wait(0.5);
		await desk.wait(3);

		expect(bubbles()).toHaveLength(1);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('a wrong key: nothing is lost, and everything leaves in its order once it is mended (W12)', async () => {
		await openDesk();
		desk.wazzup.faults.inject({ on: 'POST /message', kind: 401, times: 1 });
		await says(writer(), 'hola');
		expect(bubbles()).toEqual([]);
		const [row] = await desk.store.db.selectFrom('outbox').select(['state', 'error']).execute();
		expect(row?.error).toBe("Wazzup did not accept the key in 'API Key' (401)");
		await says(writer(), 'sigo aquí');
		expect(bubbles()).toEqual([]);
		await desk.wait(6);

		expect(bubbles()).toEqual([expect.stringContaining('¡Hola!'), '¿Cuál es tu nombre completo?']);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('a channel that is switched off: what waits stands there in words and leaves once it is active again (W7, O4)', async () => {
		await openDesk();
		await desk.wazzup.events.channel(WHATSAPP, 'phoneUnavailable');
		await says(writer(), 'hola');
		await desk.wait(1);
		expect(bubbles()).toEqual([]);
		const [row] = await desk.store.db.selectFrom('outbox').select(['state', 'error']).execute();
		expect(row?.error).toContain('MESSAGE_CHANNEL_UNAVAILABLE');
		expect((await told()).map(({ text }) => text)).toContain('Un canal de Wazzup perdió el teléfono');
		await desk.wazzup.events.channel(WHATSAPP, 'active');
		await desk.wait(10);

		expect(bubbles()).toEqual([expect.stringContaining('¡Hola!')]);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('a message that its customer takes back is taken back here, and the bot answers it no more (W7)', async () => {
		await openDesk();
		const { messageId, delivered } = writer().text('hola');
		await delivered;
		await desk.settle();
		const found = desk.wazzup.account.findMessage(messageId);
		if (found === undefined) throw new Error('The message is not in the chat');
		found.bubble.isDeleted = true;
		const before = bubbles().length;
		await desk.wazzup.events.message(found.chat, found.bubble);
		await desk.settle();

		expect(bubbles()).toHaveLength(before);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('Wazzup’s test, a foreign secret and a torn body start nothing (W1)', async () => {
		await openDesk();
		const address = desk.wazzup.account.webhooksUri ?? '';
		const message = '{"messages":[{"messageId":"m","channelId":"c","chatType":"whatsapp","chatId":"573001112233"}]}';
		expect((await desk.wazzup.deliverRaw('{"test":true}')).status).toBe(200);
		expect((await desk.wazzup.deliverRaw(message, address.replace(/secret=.*/, 'secret=guessed'))).status).toBe(401);
		await desk.wazzup.deliverRaw(message.slice(0, 40));
		await desk.settle();

		expect(desk.runs).toEqual([]);
		expect(await listContacts(desk.store.db, 'desk', { limit: 5 })).toEqual([]);
	});

	test('an execution that is repeated whole makes no second case, lead or bubble (B19)', async () => {
		await openDesk();
		await says(writer(), ...quotation);
		const before = bubbles().length;
		await desk.store.db
			.updateTable('effects')
			.set({ state: 'ready', ready_at: 0, owner: null, emission_id: null })
			.execute();
		await desk.settle();

		expect(await cases()).toHaveLength(1);
		expect(bubbles()).toHaveLength(before);
		expect(await desk.unfinished()).toEqual([]);
	});
});

describe('by hand in the editor (U5)', () => {
	test('the pinned samples play a whole quotation on Wazzup, and nothing happens', async () => {
		await openDesk();
		const tables = ['contacts', 'messages', 'journal', 'outbox', 'effects', 'counters'] as const;
		const snapshot = async () =>
			await Promise.all(
				tables.map(async (table) => (await desk.store.db.selectFrom(table).selectAll().execute()).map(whole)),
			);
		const before = await snapshot();
		const run = await desk.pressByHand();

		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		const requests = run.outputs['Enviar por Wazzup']?.[0]?.flatMap(({ json }) => json.requests);
		expect(JSON.stringify(requests)).toContain('PS-2026-000001');
		expect(JSON.stringify(requests)).toContain(WHATSAPP);
		expect(desk.wazzup.account.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		expect(await snapshot()).toEqual(before);
	});
});
