import type { IDataObject, INodeExecutionData, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { Case } from '../../nodes/Case/Case.node';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { pressNode, searchList, type PressOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;
let crm: IDataObject;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina Rojas', areas: ['sales'] },
			{ name: 'Diana Torres', areas: ['support'] },
		],
	});
	await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	crm = {
		workspaceId: 'desk',
		channelId: PHONE_NUMBER_ID,
		contactId: conversation?.contact_id,
		conversationId: conversation?.id,
	};
});

afterEach(async () => {
	await desk.close();
});

async function press(
	parameters: INodeParameters,
	items: readonly IDataObject[] = [{}],
	more: { readonly mode?: WorkflowExecuteMode; readonly onError?: 'continueRegularOutput' } = {},
): Promise<PressOutcome> {
	return await pressNode({
		node: Case,
		mode: 'trigger',
		parameters: { resource: 'case', ...parameters },
		inputItems: items.map((json): INodeExecutionData => ({ json })),
		credentials: desk.credentials,
		...more,
	});
}

const wished = (requestId: string, more: IDataObject = {}): IDataObject => ({
	crm: { ...crm, requestId },
	requestId,
	type: 'support',
	area: 'support',
	subject: 'la impresora no enciende',
	fields: { details: 'desde ayer' },
	attachments: [],
	createLead: false,
	...more,
});

const first = ({ outputs }: PressOutcome): IDataObject => outputs[0]?.[0]?.json ?? {};
const byNumber = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

describe('Create', () => {
	test('P1: the item of the Case output needs no field: number, area, person, files and one confirmation', async () => {
		const made = first(await press({ operation: 'create' }, [wished('r1')]));

		expect(made).toMatchObject({
			number: 'PS-2026-000001',
			type: 'support',
			areaName: 'Soporte técnico',
			advisorName: 'Diana Torres',
			status: 'open',
			created: true,
			createLead: false,
		});
		expect(made.crm).toMatchObject({ ...crm, requestId: 'r1', outboxIds: [expect.any(String)] });
		expect(made.confirmation).toContain('PS-2026-000001');
	});

	test('the same request makes one case, also within one batch, and uses one number', async () => {
		const { outputs } = await press({ operation: 'create' }, [wished('r1'), wished('r1'), wished('r2')]);

		expect(outputs[0]?.map(({ json }) => [json.number, json.created])).toEqual([
			['PS-2026-000001', true],
			['PS-2026-000001', false],
			['PS-2026-000002', true],
		]);
		expect(await listCases(desk.store.db, 'desk', { limit: 10 })).toHaveLength(2);
	});

	test('D27: number, link, type and area of another system win, and its number is the one confirmed', async () => {
		const additionalFields = {
			number: 'TCK-77',
			externalId: '77',
			externalUrl: 'https://helpdesk.example/77',
			type: 'billing',
			area: { __rl: true, mode: 'list', value: 'finance' },
			subject: 'copia de la factura',
		};
		const made = first(await press({ operation: 'create', additionalFields }, [wished('r1')]));

		expect(made).toMatchObject({ number: 'TCK-77', externalId: '77', type: 'billing', area: 'finance' });
		expect(made.confirmation).toContain('TCK-77');
	});

	test('D19: the Closed output keeps what is known as incomplete, without a confirmation', async () => {
		const { requestId, ...openCase } = wished('r1');
		const made = first(
			await press({ operation: 'create' }, [
				{ crm: { ...crm, requestId: 'c1' }, kind: 'close', reason: 'incomplete', openCase: { ...openCase, requestId } },
			]),
		);

		expect(made).toMatchObject({ status: 'incomplete', confirmation: '' });
		expect((made.crm as IDataObject).outboxIds).toEqual([]);
	});

	test('a conversation that ends with nothing to keep passes by', async () => {
		const outcome = await press({ operation: 'create' }, [{ crm, kind: 'close', reason: 'opted_out' }]);

		expect(first(outcome)).toMatchObject({ created: false });
		expect(await listCases(desk.store.db, 'desk', { limit: 10 })).toEqual([]);
	});

	test('an item from nowhere is refused in words; the others go on', async () => {
		const { outputs } = await press({ operation: 'create' }, [{ type: 'support' }, wished('r1')], {
			onError: 'continueRegularOutput',
		});

		expect(outputs[0]?.map(({ json }) => json.error ?? json.number)).toEqual([
			'The item does not come from a conversation',
			'PS-2026-000001',
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('by hand it shows number and words, and the next real case gets that very number', async () => {
		const shown = first(await press({ operation: 'create' }, [wished('r1')], { mode: 'manual' }));
		expect(shown).toMatchObject({ simulated: true, number: 'PS-2026-000001', advisorName: 'Diana Torres' });
		expect(await listCases(desk.store.db, 'desk', { limit: 10 })).toEqual([]);

		expect(first(await press({ operation: 'create' }, [wished('r1')])).number).toBe('PS-2026-000001');
	});
});

describe('an existing case', () => {
	beforeEach(async () => {
		await press({ operation: 'create' }, [wished('r1'), wished('r2', { type: 'quotation', area: 'sales' })]);
	});

	test('Get by number, simplified or whole', async () => {
		const found = first(await press({ operation: 'get', case: byNumber('PS-2026-000002') }));
		expect(found).toMatchObject({
			number: 'PS-2026-000002',
			area: 'sales',
			createdAt: expect.stringMatching(/^2026-/),
		});

		const whole = first(await press({ operation: 'get', case: byNumber('PS-2026-000002'), simplify: false }));
		expect(whole).toMatchObject({ id: found.caseId, requestId: 'r2' });
	});

	test('Get of a number that does not exist says so and what to do', async () => {
		const { error } = await press({ operation: 'get', case: byNumber('PS-2026-000099') });

		expect(error?.message).toBe("There is no case 'PS-2026-000099' in workspace 'desk'");
		expect(error).toMatchObject({ description: expect.stringContaining("'Case'") });
	});

	test.each<[string, INodeParameters, readonly string[]]>([
		['all of them, newest first', { returnAll: true }, ['PS-2026-000002', 'PS-2026-000001']],
		['no more than the limit', { limit: 1 }, ['PS-2026-000002']],
		['of one area', { filters: { area: { __rl: true, mode: 'list', value: 'support' } } }, ['PS-2026-000001']],
		['in one status', { filters: { status: 'closed' } }, []],
	])('Get Many gives %s', async (_what, parameters, numbers) => {
		const { outputs } = await press({ operation: 'getAll', ...parameters });

		expect((outputs[0] ?? []).map(({ json }) => json.number)).toEqual(numbers);
	});

	test('the list of the panel shows number and subject, and finds by both', async () => {
		const { results } = await searchList(Case, 'searchCases', { credentials: desk.credentials, filter: '000001' });

		expect(results.map(({ name }) => name)).toEqual(['PS-2026-000001 · la impresora no enciende']);
	});

	test('P7: Update Status moves it on once and writes it down', async () => {
		const parameters = { operation: 'updateStatus', case: byNumber('PS-2026-000001'), status: 'resolved' };
		expect(first(await press(parameters))).toMatchObject({ status: 'resolved', statusBefore: 'open', changed: true });
		expect(first(await press(parameters))).toMatchObject({ status: 'resolved', changed: false });

		const lines = await auditOfChain(desk.store.db, 'desk', String(crm.contactId), { limit: 100 });
		expect(lines.filter(({ action }) => action === 'case.status_changed')).toHaveLength(1);
	});

	test('Add Note is written once a request, and the customer hears nothing', async () => {
		const parameters = {
			operation: 'addNote',
			case: byNumber('PS-2026-000001'),
			note: 'prefiere la tarde',
			options: { requestId: 'n1' },
		};
		const sends = desk.simulator.ledger.counters.sends;
		expect(first(await press(parameters)).added).toBe(true);
		expect(first(await press(parameters)).added).toBe(false);
		expect(desk.simulator.ledger.counters.sends).toBe(sends);
	});

	test('Attach puts a file on the open case once; a second time changes nothing', async () => {
		await desk.simulator.customer({ waId: '573001112233' }).image('foto.jpg').delivered;
		const [file] = await desk.store.db.selectFrom('attachments').select('id').execute();
		const item = { crm, attachmentId: file?.id };

		expect(first(await press({ operation: 'attach' }, [item]))).toMatchObject({
			outcome: 'attached',
			number: 'PS-2026-000002',
		});
		expect(first(await press({ operation: 'attach' }, [item]))).toMatchObject({
			outcome: 'already',
			number: 'PS-2026-000002',
		});
	});

	test('Attach of nothing says what is missing', async () => {
		expect((await press({ operation: 'attach' }, [{ crm }])).error?.message).toBe('The item has no attachment');
	});
});
