import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { saveInboxAddress } from '../../nodes/shared/store/repositories/inboxAddress';
import { pressNode, type PressOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

const CAROLINA = '573150000001';
let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [{ name: 'Carolina Rojas', phone: `+${CAROLINA}`, email: 'carolina@example.com', areas: ['sales'] }],
		profile: { notifications: { channels: ['whatsapp', 'workflow'] } },
	});
});

afterEach(async () => {
	await desk.close();
});

async function press(
	operation: string,
	parameters: INodeParameters = {},
	json: IDataObject = {},
	mode: WorkflowExecuteMode = 'trigger',
): Promise<PressOutcome> {
	return await pressNode({
		node: WhatsAppCrm,
		mode,
		parameters: { resource: 'notification', operation, ...parameters },
		inputItems: [{ json }],
		credentials: desk.credentials,
	});
}

const first = ({ outputs }: PressOutcome): IDataObject => outputs[0]?.[0]?.json ?? {};
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const carolina = async (): Promise<string> => (await listAdvisors(desk.store.db, 'desk'))[0]?.id ?? '';
const stored = async () => await desk.store.db.selectFrom('notifications').selectAll().execute();

async function laurasItem(): Promise<IDataObject> {
	await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const conversations = await listConversations(desk.store.db, 'desk', { limit: 5 });
	const conversation = conversations.find(({ mode }) => mode === 'bot');
	return {
		crm: {
			workspaceId: 'desk',
			channelId: PHONE_NUMBER_ID,
			contactId: conversation?.contact_id,
			conversationId: conversation?.id,
			requestId: 'r1',
		},
	};
}

describe('Notification: Send', () => {
	test('P6: tells one person, once a request; the item has all that another channel needs', async () => {
		await saveInboxAddress(desk.store.db, 'desk', { url: 'https://n8n.example.com/webhook/x/inbox', webhookId: 'x' });
		const item = await laurasItem();
		const parameters = {
			advisor: byId(await carolina()),
			text: 'El pedido está listo',
			options: { kind: 'order.ready' },
		};
		const told = first(await press('send', parameters, item));
		const again = first(await press('send', parameters, item));

		expect(told).toMatchObject({
			kind: 'order.ready',
			state: 'unread',
			toldBefore: false,
			channels: ['inbox', 'whatsapp', 'workflow'],
			advisor: { name: 'Carolina Rojas', email: 'carolina@example.com', phone: `+${CAROLINA}`, role: 'advisor' },
			customer: { phone: '+573001112233' },
			text: 'El pedido está listo',
		});
		expect(told.link).toMatch(/^https:\/\/n8n\.example\.com\/webhook\/x\/inbox#\/conversations\/.+/);
		expect(again).toMatchObject({ toldBefore: true, notificationId: told.notificationId });
		expect(await stored()).toHaveLength(1);
	});

	test('P6: it reaches the advisor’s WhatsApp, and the second answer says what became of it', async () => {
		await desk.simulator.customer({ waId: CAROLINA, profileName: 'Carolina' }).text('hola').delivered;
		await desk.settle();
		const item = await laurasItem();
		const parameters = { advisor: byId(await carolina()), text: 'El pedido está listo' };
		await press('send', parameters, item);
		await desk.settle();

		expect(desk.bubbles(CAROLINA).at(-1)).toContain('El pedido está listo');
		const { status } = first(await press('send', parameters, item)).whatsApp as { status: string };
		expect(['accepted', 'sent', 'delivered', 'read']).toContain(status);
	});

	test('news of the team need no customer', async () => {
		// When a number last received something is written every few seconds only.
		await desk.wait(1);
		await desk.simulator.customer({ waId: CAROLINA, profileName: 'Carolina' }).text('hola').delivered;
		await desk.settle();
		const sent = first(
			await press('send', { advisor: byId(await carolina()), text: 'Reunión a las 3', options: { requestId: 'm1' } }),
		);
		await desk.settle();

		expect(sent).toMatchObject({ customer: null, contactId: null });
		expect(desk.bubbles(CAROLINA).at(-1)).toBe('🔔 Reunión a las 3');
	});

	test('by hand nobody is told', async () => {
		const shown = first(await press('send', { advisor: byId(await carolina()), text: 'Prueba' }, {}, 'manual'));

		expect(shown).toMatchObject({ simulated: true, text: 'Prueba', channels: ['inbox', 'whatsapp', 'workflow'] });
		expect(await stored()).toEqual([]);
	});

	test.each<[string, () => Promise<INodeParameters>, string]>([
		[
			'nobody of that id',
			async () => await Promise.resolve({ advisor: byId('nobody'), text: 'x' }),
			"There is no advisor 'nobody'",
		],
		['no text', async () => ({ advisor: byId(await carolina()), text: '  ' }), "'Text' is empty"],
		[
			'a conversation that does not exist',
			async () => ({ advisor: byId(await carolina()), text: 'x', options: { conversationId: 'nothing' } }),
			"There is no conversation 'nothing'",
		],
	])('%s is refused in words, and nothing is stored', async (_what, parameters, message) => {
		expect((await press('send', await parameters())).error?.message).toContain(message);
		expect(await stored()).toEqual([]);
	});

	test('Get Many finds what is unread, and nothing once it was marked', async () => {
		const advisor = byId(await carolina());
		await press('send', { advisor, text: 'Uno', options: { requestId: '1' } });
		const unread = await press('getAll', { returnAll: true, filters: { state: 'unread', advisor } });
		expect(unread.outputs[0]?.map(({ json }) => json.text)).toEqual(['Uno']);
		await press('markAsRead', { which: 'advisor', advisor });
		expect((await press('getAll', { returnAll: true, filters: { state: 'unread' } })).outputs[0]).toEqual([]);
	});
});
