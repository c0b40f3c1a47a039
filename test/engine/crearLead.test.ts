import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { CrearLead } from '../../nodes/CrearLead/CrearLead.node';
import { attachmentsOf } from '../../nodes/shared/store/repositories/attachments';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import { pressNode, type PressOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;
let item: IDataObject;

/** A customer whose case of general information made no lead by itself: the button is lit. */
beforeEach(async () => {
	desk = await TemplateDesk.open({ advisors: [{ name: 'Carolina Rojas', areas: ['sales'] }] });
	const laura = desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' });
	for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', '5 impresoras']) {
		await laura.text(text).delivered;
		await desk.settle();
	}
	await laura.image('foto.jpg').delivered;
	await desk.settle();
	await laura.text('solo información general').delivered;
	await desk.settle();
	const [found] = await listCases(desk.store.db, 'desk', { limit: 1 });
	item = {
		crm: {
			workspaceId: 'desk',
			channelId: PHONE_NUMBER_ID,
			contactId: found?.contact_id,
			conversationId: found?.conversation_id,
			requestId: 'lead-1',
		},
		caseId: found?.id,
	};
});

afterEach(async () => {
	await desk.close();
});

async function press(parameters: INodeParameters, json: IDataObject = item, mode: WorkflowExecuteMode = 'trigger') {
	return await pressNode({
		node: CrearLead,
		mode,
		parameters: { resource: 'lead', operation: 'upsert', ...parameters },
		inputItems: [{ json }],
		credentials: desk.credentials,
	});
}

const first = ({ outputs }: PressOutcome): IDataObject => outputs[0]?.[0]?.json ?? {};
const leads = async () => await listLeads(desk.store.db, 'desk', { limit: 10 });

test('P2: "Crear Lead" takes name, phone, id, product, files and messages from the conversation', async () => {
	const made = first(await press({}));

	expect(made).toMatchObject({
		action: 'created',
		name: 'Laura Gómez Restrepo',
		phone: '+573001112233',
		identification: '1020304050',
		quantity: '5',
		caseId: item.caseId,
		stage: 'Lead',
	});
	expect((made.summary as unknown[]).length).toBeGreaterThanOrEqual(1);
	const [lead] = await leads();
	expect(await attachmentsOf(desk.store.db, 'desk', 'lead', lead?.id ?? '')).toHaveLength(1);
	expect(JSON.parse(lead?.message_ids ?? '[]').length).toBeGreaterThan(5);
});

test('the same request makes one lead', async () => {
	await press({});

	expect(first(await press({})).action).toBe('unchanged');
	expect(await leads()).toHaveLength(1);
});

test('"Actualizar Lead": another request fills the open lead with what is new and empties nothing', async () => {
	await press({ additionalFields: { email: 'laura@example.com', budget: '10 millones' } });
	const later = { ...item, crm: { ...(item.crm as IDataObject), requestId: 'lead-2' } };
	const updated = first(await press({ additionalFields: { company: 'El Tornillo', email: '', stage: 'SQL' } }, later));

	expect(updated).toMatchObject({
		action: 'updated',
		button: 'Actualizar Lead',
		email: 'laura@example.com',
		company: 'El Tornillo',
		stage: 'SQL',
	});
	expect(await leads()).toHaveLength(1);
});

test('D12: an item whose case wants no lead passes by with everything it carries, unless told otherwise', async () => {
	const unwanted = { ...item, createLead: false };
	expect(first(await press({}, unwanted))).toEqual({ ...unwanted, action: 'skipped' });
	expect(await leads()).toEqual([]);

	expect(first(await press({ onlyWhenAsked: false }, unwanted)).action).toBe('created');
});

test('Preview and a run by hand show what would change, and write nothing', async () => {
	const preview = first(await press({ operation: 'preview' }));
	expect(preview).toMatchObject({ action: 'create', button: 'Crear Lead', lead: { name: 'Laura Gómez Restrepo' } });
	expect(first(await press({}, item, 'manual'))).toMatchObject({ simulated: true, action: 'create' });
	expect(await leads()).toEqual([]);

	await press({});
	const later = { ...item, crm: { ...(item.crm as IDataObject), requestId: 'lead-2' } };
	const change = first(await press({ operation: 'preview', additionalFields: { city: 'Cali' } }, later));
	expect(change).toMatchObject({ action: 'update', button: 'Actualizar Lead' });
	expect(change.changes).toMatchObject({ city: { before: null, after: 'Cali' } });
});

test('Get and Get Many find it again', async () => {
	const { leadId } = first(await press({}));
	const lead = { __rl: true, mode: 'id', value: String(leadId) };

	expect(first(await press({ operation: 'get', lead })).name).toBe('Laura Gómez Restrepo');
	expect(first(await press({ operation: 'getAll' })).leadId).toBe(leadId);
	expect((await press({ operation: 'get', lead: { ...lead, value: 'gone' } })).error?.message).toBe(
		"There is no lead 'gone' in workspace 'desk'",
	);
});
