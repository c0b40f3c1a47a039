import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { WhatsAppCloud } from '../../nodes/WhatsAppCloud/WhatsAppCloud.node';
import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { profileInForce, saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { pressNode, searchList, type PressOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open({ advisors: [{ name: 'Carolina Rojas', areas: ['sales'] }] });
});

afterEach(async () => {
	await desk.close();
});

async function press(
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	json: IDataObject = {},
	mode: WorkflowExecuteMode = 'trigger',
): Promise<PressOutcome> {
	return await pressNode({
		node: WhatsAppCrm,
		mode,
		parameters: { resource, operation, ...parameters },
		inputItems: [{ json }],
		credentials: desk.credentials,
	});
}

const first = ({ outputs }: PressOutcome): IDataObject => outputs[0]?.[0]?.json ?? {};
const all = ({ outputs }: PressOutcome): IDataObject[] => (outputs[0] ?? []).map(({ json }) => json);
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

async function laurasConversation(): Promise<{ readonly id: string; readonly contactId: string }> {
	await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	return { id: conversation?.id ?? '', contactId: conversation?.contact_id ?? '' };
}

describe('Advisor', () => {
	const team = (...advisor: IDataObject[]): INodeParameters => ({ advisors: { advisor } as INodeParameters });

	test('a team is written down once; the same person is known by name without accents, by phone, by external ID', async () => {
		const saved = await press(
			'advisor',
			'upsert',
			team(
				{ name: 'carolina  rojas', areas: 'sales, finance', aliases: 'Caro', phone: '300 123 4567' },
				{ name: 'Carolina R.', phone: '+57 300 123 4567', email: 'carolina@example.com' },
				{ name: 'Andrés Mejía', externalId: '7' },
				{ name: 'Andres M.', externalId: '7', available: false },
			),
		);

		expect(all(saved).map(({ action }) => action)).toEqual(['updated', 'updated', 'created', 'updated']);
		expect(all(await press('advisor', 'getAll'))).toMatchObject([
			{ name: 'Andres M.', available: false },
			{ name: 'Carolina R.', phone: '+573001234567', areas: ['sales', 'finance'], aliases: ['Caro'] },
		]);
	});

	test.each<[string, IDataObject, string]>([
		['an area that does not exist', { name: 'Ana', areas: 'ventas' }, "'Areas' of Ana names 'ventas'"],
		['a phone that is none', { name: 'Ana', phone: '12' }, "'Phone' of Ana is not a phone number: '12'"],
		['no name', { name: ' ' }, "'Name' is empty"],
	])('%s is refused in words', async (_what, advisor, message) => {
		expect((await press('advisor', 'upsert', team(advisor))).error?.message).toContain(message);
		expect(await listAdvisors(desk.store.db, 'desk')).toHaveLength(1);
	});

	test('by hand it only shows, unless "Save When Run by Hand" is on', async () => {
		const shown = await press('advisor', 'upsert', team({ name: 'Ana' }), {}, 'manual');
		expect(first(shown)).toMatchObject({ simulated: true, action: 'created' });
		expect(await listAdvisors(desk.store.db, 'desk')).toHaveLength(1);

		await press('advisor', 'upsert', { ...team({ name: 'Ana' }), saveByHand: true }, {}, 'manual');
		expect(await listAdvisors(desk.store.db, 'desk')).toHaveLength(2);
	});

	test('the list of the panel finds people, and shows an error instead of nothing when the store cannot be opened', async () => {
		const found = await searchList(WhatsAppCrm, 'searchAdvisors', { credentials: desk.credentials, filter: 'rojas' });
		expect(found.results.map(({ name }) => name)).toEqual(['Carolina Rojas']);

		const broken = { whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'desk', filePath: 'not/absolute.sqlite' } };
		await expect(searchList(WhatsAppCrm, 'searchAdvisors', { credentials: broken })).rejects.toThrow(/'File Path'/);
	});
});

describe('Business Profile', () => {
	test('Save keeps what the form leaves out, adds an option with a question of its own, and publishes a version', async () => {
		const option = [
			{ id: 'quotation', title: '1. Comprar', label: 'Comprar', caseType: 'quotation', area: 'sales' },
			{ id: 'repairs', title: '2. Reparación', label: 'Reparar un equipo', caseType: 'support', area: 'support' },
		];
		const saved = await press('businessProfile', 'save', {
			businessName: 'El Tornillo',
			onlyEmpty: false,
			menuOptions: { option },
			additionalFields: {
				numberPattern: 'ET-{0001}',
				keywords: { keyword: [{ intent: 'support', phrase: 'chispas', weight: 3 }] },
			},
		});

		expect(first(saved)).toMatchObject({
			action: 'published',
			version: 2,
			options: ['1. Comprar', '2. Estado de pedido', '3. Otro motivo', '2. Reparación'],
		});
		const { profile } = await profileInForce(desk.store);
		expect(profile.options[0]?.questions.length).toBeGreaterThan(1);
		expect(profile.options[3]?.questions.map(({ field }) => field)).toEqual(['details']);
		expect(profile.times.closeMinutes).toBe(720);
	});

	test('what cannot be is refused in the words of the form, all of it at once', async () => {
		const { error } = await press('businessProfile', 'save', {
			onlyEmpty: false,
			menuOptions: { option: [{ id: 'x', title: 'Un botón con muchas más letras', label: 'X', caseType: 'other' }] },
			additionalFields: { numberPattern: 'PS' },
		});

		expect(error?.message).toContain(
			'Menu Option “Un botón con muchas más letras” › Title must have at most 20 characters',
		);
		expect(error?.message).toContain('Case Number Pattern must contain the counter');
		expect((await profileInForce(desk.store)).version).toBe(1);
	});

	test('Validate says what is wrong with a JSON profile; text that is no JSON is named', async () => {
		const checked = await press('businessProfile', 'validate', { profileJson: '{"country":"Colombia"}' });
		expect(first(checked)).toMatchObject({
			valid: false,
			problems: [{ path: 'Country', message: expect.any(String) }],
		});

		const broken = await press('businessProfile', 'validate', { profileJson: '{"country":' });
		expect(broken.error?.message).toContain("'Profile (JSON)' cannot be used: it is not JSON");
	});

	test('what Get gives whole can be saved again: export and import', async () => {
		const whole = first(await press('businessProfile', 'get', { simplify: false }));
		const saved = await press('businessProfile', 'save', {
			profileJson: JSON.stringify(whole.profile),
			onlyEmpty: false,
		});

		expect(first(saved).action).toBe('unchanged');
	});
});

describe('Conversation', () => {
	const handoff = (conversation: { id: string; contactId: string }, more: IDataObject = {}): IDataObject => ({
		crm: {
			workspaceId: 'desk',
			channelId: PHONE_NUMBER_ID,
			contactId: conversation.contactId,
			conversationId: conversation.id,
			requestId: 'h1',
		},
		kind: 'handoff',
		strength: 'take_over',
		reason: 'asked_for_person',
		...more,
	});

	test('B14, P6: Assign gives it to a person and tells them, once a request', async () => {
		const conversation = await laurasConversation();
		const press1 = first(await press('conversation', 'assign', {}, handoff(conversation)));
		const press2 = first(await press('conversation', 'assign', {}, handoff(conversation)));

		expect([press1, press2].map(({ advisorName }) => advisorName)).toEqual(['Carolina Rojas', 'Carolina Rojas']);
		expect(press1).toMatchObject({ assigned: true, mode: 'waiting' });
		const told = await desk.store.db.selectFrom('notifications').selectAll().execute();
		expect(told).toHaveLength(1);
	});

	test('D8: who is absent is not named; an area without anybody is said as it is', async () => {
		const conversation = await laurasConversation();
		await press('advisor', 'upsert', { advisors: { advisor: [{ name: 'Carolina Rojas', available: false }] } });
		const assigned = first(await press('conversation', 'assign', {}, handoff(conversation)));

		expect(assigned).toMatchObject({ assigned: false, advisorName: null, mode: 'waiting' });
	});

	test('Get, Get Many and Message: Get Many show where it stands and what was written', async () => {
		const { id } = await laurasConversation();

		expect(first(await press('conversation', 'get', { conversation: byId(id) }))).toMatchObject({ mode: 'bot' });
		expect(all(await press('conversation', 'getAll', { filters: { mode: 'human' } }))).toEqual([]);
		const messages = all(await press('message', 'getAll', { conversation: byId(id), returnAll: true }));
		expect(messages.map(({ direction, author }) => [direction, author])).toEqual([
			['out', 'bot'],
			['in', 'customer'],
		]);
	});
});

test('Contact: found by phone as people write it, by WhatsApp ID and in the list', async () => {
	const { contactId } = await laurasConversation();
	for (const key of ['+57 300 111 2233', '573001112233', contactId]) {
		expect(first(await press('contact', 'get', { contact: byId(key) })).contactId).toBe(contactId);
	}
	expect(all(await press('contact', 'getAll')).map(({ name }) => name)).toEqual(['Laura']);
	expect((await press('contact', 'get', { contact: byId('+57 1') })).error?.message).toContain(
		"There is no contact '+57 1'",
	);
});

describe('Audit Log (P7)', () => {
	test('Get Many shows what happened, newest first, of one customer too; no page is shown twice', async () => {
		const { contactId } = await laurasConversation();
		const lines = all(await press('auditLog', 'getAll', { returnAll: true }));
		expect(lines.map(({ action }) => action)).toEqual(expect.arrayContaining(['profile.published', 'turn.taken']));
		const ofLaura = all(await press('auditLog', 'getAll', { filters: { contact: byId(contactId) } }));
		expect(ofLaura.length).toBeGreaterThan(0);
		expect(ofLaura.every(({ chain }) => chain === contactId)).toBe(true);
	});

	test('Verify finds the line that somebody changed', async () => {
		const { contactId } = await laurasConversation();
		expect(first(await press('auditLog', 'verify'))).toMatchObject({ intact: true, broken: [] });

		await desk.store.db
			.updateTable('audit_log')
			.set({ payload: '{"said":"otra cosa"}' })
			.where('chain', '=', contactId)
			.where('sequence', '=', 1)
			.execute();
		const verdict = first(await press('auditLog', 'verify'));
		expect(verdict.intact).toBe(false);
		expect(verdict.broken).toEqual([expect.objectContaining({ chain: contactId, sequence: 1 })]);
	});
});

describe('Workspace: Check Readiness (O13)', () => {
	const rows = async () =>
		Object.fromEntries(all(await press('workspace', 'checkReadiness')).map((row) => [String(row.check), row]));

	test('a row each: what was found and how to put it right', async () => {
		const found = await rows();

		expect(Object.keys(found)).toEqual(
			expect.arrayContaining([
				'Store',
				'Business profile',
				'Team',
				'Numbers of the bot',
				'Access token',
				'Numbers at Meta',
				'Account subscription',
				'Message templates',
				'Public address',
				'Messages arrive',
				'Privacy policy',
				'Time zone',
				'Speed of n8n',
				'Community packages',
				'Error workflow',
				'Backup',
			]),
		);
		expect(found['Team']).toMatchObject({ ok: false, what: expect.stringContaining('Soporte técnico') });
		expect(found['Privacy policy']).toMatchObject({ ok: false, howToFix: expect.stringContaining('Ley 1581') });
		expect(found['Access token']).toMatchObject({ ok: true });
	});

	test('D25: whose hours of contact count, and that nobody knows a rule where that is so', async () => {
		const hours = async (change: object) => {
			await saveProfile(desk.store, { ...profiles.prosuministros, ...change }, 'test');
			return (await rows())['Contact hours'];
		};
		expect(await hours({})).toMatchObject({
			ok: true,
			what: 'Ley 2300 de 2023: Monday to Friday 7:00–19:00, Saturday 8:00–15:00',
			howToFix: '',
		});
		expect(await hours({ country: 'AR' })).toMatchObject({
			ok: 'unknown',
			what: expect.stringMatching(/^No rule of AR .*: Monday to Friday 9:00–19:00$/),
			howToFix: expect.stringContaining("'Contact Hours' of the business profile"),
		});
		const week = { tuesday: [{ from: '10:00', to: '11:30' }] };
		expect(await hours({ country: 'AR', contactHours: { rule: 'own', week } })).toMatchObject({
			ok: true,
			what: 'Your own: Tuesday 10:00–11:30',
		});
	});

	test('the templates that the profile sends are looked for by name and language', async () => {
		expect(Object.keys(await rows())).not.toContain("Template 'advisor_notice'");

		await saveProfile(desk.store, { ...profiles.prosuministros, bridge: { enabled: true } }, 'test');
		const body = (text: string) => [{ type: 'BODY', text }];
		const inEnglish = { name: 'advisor_notice', language: 'en_US', category: 'UTILITY' } as const;
		desk.simulator.addTemplate({ ...inEnglish, components: body('A customer waits') });
		const missing = await rows();
		expect(missing["Template 'advisor_notice'"]).toMatchObject({
			ok: false,
			what: expect.stringContaining("Missing in 'es', the account has it in en_US"),
			howToFix: expect.stringContaining('Create Starter Set'),
		});
		expect(missing["Template 'continue_conversation'"]).toMatchObject({
			ok: false,
			what: expect.stringContaining('cannot write to a customer of yesterday'),
		});

		desk.simulator.addTemplate({ ...inEnglish, language: 'es', components: body('Un cliente espera') });
		desk.simulator.addTemplate({
			name: 'continue_conversation',
			language: 'es',
			category: 'UTILITY',
			status: 'REJECTED',
			components: body('¿Seguimos?'),
		});
		const found = await rows();
		expect(found["Template 'advisor_notice'"]).toMatchObject({ ok: true, what: "Approved in 'es'", howToFix: '' });
		expect(found["Template 'continue_conversation'"]).toMatchObject({
			ok: false,
			what: expect.stringMatching(/^Rejected/),
			howToFix: expect.stringContaining('bridge.continueTemplate'),
		});
	});

	test('what Meta refuses is a row, not an end, and no secret is in it', async () => {
		desk.simulator.faults.inject({ on: 'any', kind: 190, times: 50 });
		const found = await rows();

		expect(found['Numbers at Meta']).toMatchObject({ ok: false });
		expect(found['Backup']).toBeDefined();
		expect(JSON.stringify(found)).not.toContain('EAAaccess');
	});

	test('without a WhatsApp credential everything else is still looked at', async () => {
		const { outputs } = await pressNode({
			node: WhatsAppCrm,
			parameters: { resource: 'workspace', operation: 'checkReadiness' },
			credentials: { whatsAppCrmStoreApi: desk.credentials.whatsAppCrmStoreApi ?? {} },
		});

		expect(outputs[0]?.map(({ json }) => json.check)).toEqual(
			expect.arrayContaining(['WhatsApp credential', 'Backup']),
		);
	});
});

describe('Conversation: Offer Link to Advisor', () => {
	const TEMPLATE_K = 'pero se perderá la trazabilidad';

	async function advisorWith(phone: string): Promise<string> {
		await press('advisor', 'upsert', { advisors: { advisor: [{ name: 'Carolina Rojas', areas: 'sales', phone }] } });
		return (await listAdvisors(desk.store.db, 'desk'))[0]?.id ?? '';
	}

	const send = async (json: IDataObject, mode: WorkflowExecuteMode = 'trigger') =>
		await pressNode({
			node: WhatsAppCloud,
			mode,
			parameters: { resource: 'message', operation: 'sendQueued' },
			inputItems: [{ json }],
			credentials: desk.credentials,
		});

	test('P5, D20: template K reaches the customer once through Send Queued, and the link only after they agreed', async () => {
		const { id } = await laurasConversation();
		const parameters = {
			conversation: byId(id),
			advisor: byId(await advisorWith('+57 301 555 0101')),
			options: { requestId: 'click-1' },
		};
		const offer = first(await press('conversation', 'offerLink', parameters));
		expect(offer).toMatchObject({ offered: true, advisorName: 'Carolina Rojas', number: '+573015550101' });
		expect(first(await press('conversation', 'offerLink', parameters))).toMatchObject({ offered: false });
		await send(offer);

		expect(desk.bubbles('573001112233').filter((text) => text.includes(TEMPLATE_K))).toHaveLength(1);
		expect(desk.bubbles('573001112233').join()).not.toContain('wa.me');
		await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).tapButton('Sí, enviar enlace')
			.delivered;
		await desk.settle();
		const audit = all(await press('auditLog', 'getAll', { returnAll: true }));
		expect(audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['link.offered']));
		expect(JSON.stringify(desk.simulator.ledger.requests)).toContain('wa.me/573015550101');
	});

	test('by hand it shows the offer and sends nothing', async () => {
		const { id } = await laurasConversation();
		const before = desk.bubbles('573001112233').length;
		const shown = first(
			await press(
				'conversation',
				'offerLink',
				{ conversation: byId(id), advisor: byId(await advisorWith('+57 301 555 0101')) },
				{},
				'manual',
			),
		);

		expect(shown).toMatchObject({ simulated: true, text: expect.stringContaining(TEMPLATE_K) as unknown });
		expect(desk.bubbles('573001112233')).toHaveLength(before);
		expect(await desk.store.db.selectFrom('outbox').select('id').where('state', '=', 'queued').execute()).toEqual([]);
	});

	test('the conversation is the item’s own when none is chosen; an advisor without a number is named in the error', async () => {
		const { id, contactId } = await laurasConversation();
		const crm = { workspaceId: 'desk', channelId: PHONE_NUMBER_ID, contactId, conversationId: id };
		const [advisor] = await listAdvisors(desk.store.db, 'desk');
		const without = await press('conversation', 'offerLink', { advisor: byId(advisor?.id) }, { crm });
		expect(without.error?.message).toContain('Carolina Rojas has no number of their own');

		const options = { number: '+57 302 555 0202' };
		const offer = await press('conversation', 'offerLink', { advisor: byId(advisor?.id), options }, { crm });
		expect(first(offer)).toMatchObject({ offered: true, crm: { conversationId: id, contactId } });
	});
});
