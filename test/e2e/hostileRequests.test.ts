import type { RawDelivery } from '../simulators/graph/types';
import { laura } from '../support/host/quotationJourney';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { shippedTemplate } from '../support/host/templates';
import { readEnding } from '../support/host/storeEnding';

const change = (field: string, value: unknown): Record<string, unknown> => ({
	object: 'whatsapp_business_account',
	entry: [{ id: '102290129340390', changes: [{ field, value }] }],
});
const ordinary = JSON.stringify(
	change('messages', {
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: '573000000001', phone_number_id: '106540352242920' },
		contacts: [{ profile: { name: 'Intruso' }, wa_id: '573009998877' }],
		messages: [
			{ from: '573009998877', id: 'wamid.intruso', timestamp: '1767225600', type: 'text', text: { body: 'hola' } },
		],
	}),
);
const large = JSON.stringify(change('something_new', { filling: 'x'.repeat(5 * 1024 * 1024) }));

const requests: ReadonlyArray<readonly [string, RawDelivery, number]> = [
	['an ordinary message without a signature', { body: ordinary, signature: 'missing' }, 401],
	['an ordinary message with a wrong signature', { body: ordinary, signature: 'invalid' }, 401],
	['a signature that is no hexadecimal', { body: ordinary, signature: { header: 'sha256=zzzz' } }, 401],
	['a signature of another algorithm', { body: ordinary, signature: { header: 'sha1=0123456789' } }, 401],
	['an empty signature', { body: ordinary, signature: { header: '' } }, 401],
	['an empty body, unsigned', { body: '', signature: 'missing' }, 401],
	['an empty body, signed', { body: '', signature: 'valid' }, 200],
	['[], unsigned', { body: '[]', signature: 'missing' }, 401],
	['[], signed', { body: '[]', signature: 'valid' }, 200],
	['null, unsigned', { body: 'null', signature: 'missing' }, 401],
	['null, signed', { body: 'null', signature: 'valid' }, 200],
	['5 MB, unsigned', { body: large, signature: 'missing' }, 401],
	['no content type, unsigned', { body: ordinary, signature: 'missing', contentType: null }, 401],
	['no content type, empty and signed', { body: '', signature: 'valid', contentType: null }, 200],
	['no JSON, signed', { body: 'hola', signature: 'valid' }, 422],
	['truncated JSON, signed', { body: ordinary.slice(0, -20), signature: 'valid' }, 422],
];

describe('strangers post to the webhook (O1, kill list: missing secret accepted, event left without an answer)', () => {
	let desk: ServiceDesk;
	beforeAll(async () => {
		desk = await startServiceDesk({ templates: [shippedTemplate('customer-service-bot.json')] });
	});
	afterAll(() => desk.stop());

	/** Counts executions even when n8n keeps none of their data. */
	const executionsSoFar = async (): Promise<unknown> => {
		const [row] = await desk.postgres.query('n8n', 'select is_called, last_value from execution_entity_id_seq');
		return row;
	};

	it.each(requests)('%s: answered, never an execution, nothing stored', (_, delivery, status) =>
		desk.explain(async () => {
			const [{ simulator, workspaceId, callbackUrl }] = desk.clients;
			const before = [await executionsSoFar(), await readEnding(desk.store, workspaceId)];

			const answer = await simulator.deliverRaw({ url: callbackUrl, ...delivery });

			expect(answer.status).toBe(status);
			expect(answer.body).not.toMatch(/at .+:\d+:\d+|sha256=/);
			expect([await executionsSoFar(), await readEnding(desk.store, workspaceId)]).toEqual(before);
		}),
	);

	it('GET with a wrong verify token is refused, and the handshake with the right one echoes the challenge as plain text', () =>
		desk.explain(async () => {
			const [{ simulator, callbackUrl }] = desk.clients;
			const query = 'hub.mode=subscribe&hub.challenge=%3Cb%3E1158201444&hub.verify_token=';

			const refused = await fetch(`${callbackUrl}?${query}guess`);
			await simulator.setCallback(callbackUrl, { verify: true });

			expect(refused.status).toBe(403);
			expect(await refused.text()).not.toContain('1158201444');
		}));

	it.each([
		['signed, 5 MB of a field that nobody knows', { body: large, signature: 'valid' }],
		['signed, a small unknown field', { body: change('something_new', { any: 'thing' }), signature: 'valid' }],
	] satisfies ReadonlyArray<readonly [string, RawDelivery]>)('%s: 200, and no conversation begins', (_, delivery) =>
		desk.explain(async () => {
			const [{ simulator, workspaceId, callbackUrl }] = desk.clients;

			const answer = await simulator.deliverRaw({ url: callbackUrl, ...delivery });

			expect(answer.status).toBe(200);
			expect((await readEnding(desk.store, workspaceId)).conversations).toEqual([]);
		}),
	);

	it('after all of that the next customer is answered', () =>
		desk.explain(async () => {
			const [{ simulator }] = desk.clients;
			const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });

			customer.text('hola');
			const [bubble] = await customer.waitForCount(1);

			expect(bubble?.text).toContain('¿Cuál es tu nombre completo?');
			expect(simulator.ledger.sends).toHaveLength(1);
		}));
});
