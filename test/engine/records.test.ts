import type { IDataObject, INodeExecutionData, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { Case } from '../../nodes/Case/Case.node';
import { CrearLead } from '../../nodes/CrearLead/CrearLead.node';
import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import { findContact } from '../../nodes/shared/store/repositories/contactLookup';
import { listContacts } from '../../nodes/shared/store/repositories/contacts';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import { pressNode, readBinary, runWorkflow, searchList, type NodeClass, type PressOutcome } from '../support/engine';
import { modelNode } from '../support/languageModel';
import { TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';

let desk: TemplateDesk;
let contactId: string;
let conversationId: string;
let caseId: string;
let leadId: string;

beforeAll(async () => {
	desk = await TemplateDesk.open({ advisors: [{ name: 'Carolina Rojas', areas: ['sales'] }] });
	const laura = desk.simulator.customer({ waId: LAURA, profileName: 'Laura' });
	for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', '20 portátiles', 'formal']) {
		await laura.text(text).delivered;
		await desk.settle();
	}
	await laura.image('foto.jpg').delivered;
	await desk.settle();
	const { db } = desk.store;
	contactId = (await findContact(db, 'desk', `+${LAURA}`))?.id ?? '';
	conversationId = (await listConversations(db, 'desk', { limit: 1 }))[0]?.id ?? '';
	caseId = (await listCases(db, 'desk', { limit: 1 }))[0]?.id ?? '';
	leadId = (await listLeads(db, 'desk', { limit: 1 }))[0]?.id ?? '';
});

afterAll(async () => {
	await desk.close();
});

const byId = (value: string) => ({ __rl: true as const, mode: 'id', value });

async function press(
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	more: {
		readonly node?: NodeClass;
		readonly items?: readonly IDataObject[];
		readonly mode?: WorkflowExecuteMode;
		readonly onError?: 'continueRegularOutput';
	} = {},
): Promise<PressOutcome> {
	const { node = WhatsAppCrm, items = [{}], ...rest } = more;
	return await pressNode({
		node,
		mode: 'trigger',
		parameters: { resource, operation, ...parameters },
		inputItems: items.map((json): INodeExecutionData => ({ json })),
		credentials: desk.credentials,
		...rest,
	});
}

const jsonOf = ({ outputs }: PressOutcome): IDataObject[] => (outputs[0] ?? []).map(({ json }) => json);

test('O3: Import reports an item for each row, paired with it, and a dry run keeps nothing', async () => {
	const rows = [
		{ Nombre: 'ANA RUIZ', Celular: '310 111 2233', 'Cód. interno': 'C-7' },
		{ Nombre: 'Nadie', Celular: '12' },
	];
	const options = { externalIdColumn: 'Cód. interno', addTags: 'Lista 2026' };
	const before = (await listContacts(desk.store.db, 'desk', { limit: 50 })).length;

	const dry = await press('contact', 'import', { dryRun: true, options }, { items: rows });
	expect(jsonOf(dry)).toMatchObject([
		{ simulated: true, row: 1, action: 'created', name: 'Ana Ruiz', phone: '+573101112233', contactId: null },
		{ simulated: true, row: 2, action: 'refused', why: expect.stringContaining("phone '12': it is no phone number") },
	]);
	expect(await listContacts(desk.store.db, 'desk', { limit: 50 })).toHaveLength(before);

	const real = await press('contact', 'import', { options }, { items: rows });
	expect(real.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	expect(jsonOf(real)[0]).toMatchObject({ action: 'created', contactId: expect.any(String) });
	expect(jsonOf(await press('contact', 'getAll', { filters: { tag: 'LISTA 2026' } }))).toMatchObject([
		{ name: 'Ana Ruiz', externalId: 'C-7', tags: ['lista 2026'] },
	]);
	expect(jsonOf(await press('tag', 'getAll', { kind: 'contact' }))).toEqual([
		{ kind: 'contact', tag: 'lista 2026', count: 1 },
	]);
});

test('U5: Import by hand only shows, unless the person says that it counts', async () => {
	const rows = [{ name: 'Luis Mora', phone: '3104445566' }];
	const shown = await press('contact', 'import', {}, { items: rows, mode: 'manual' });
	expect(jsonOf(shown)).toMatchObject([{ simulated: true, action: 'created' }]);
	expect(await findContact(desk.store.db, 'desk', '+573104445566')).toBeUndefined();
	const saved = await press('contact', 'import', { saveByHand: true }, { items: rows, mode: 'manual' });
	expect(jsonOf(saved)[0]).not.toHaveProperty('simulated');
	expect(await findContact(desk.store.db, 'desk', '+573104445566')).toBeDefined();
});

test('Create or Update: each item its own contact; one that cannot be used does not stop the others', async () => {
	const { outputs } = await press(
		'contact',
		'upsert',
		{ phone: '={{ $json.phone }}', additionalFields: { name: '={{ $json.name }}', city: 'Cali' } },
		{
			items: [
				{ phone: '3120000001', name: 'ana' },
				{ phone: 'x', name: 'nadie' },
				{ phone: '3120000002', name: 'Beto' },
			],
			onError: 'continueRegularOutput',
		},
	);
	expect(outputs[0]?.map(({ json, pairedItem }) => [json.action ?? json.error, pairedItem])).toEqual([
		['created', { item: 0 }],
		["'Phone' cannot be used: it is no phone number ('x')", { item: 1 }],
		['created', { item: 2 }],
	]);
});

test('P1: Get shows the history and the files of a case', async () => {
	const parameters = { case: byId(caseId) };
	await press('case', 'addNote', { ...parameters, note: 'Llamar mañana' }, { node: Case });
	await press('case', 'close', { ...parameters, options: { resolution: 'Compró' } }, { node: Case });
	const [json] = jsonOf(await press('case', 'get', parameters, { node: Case }));
	expect(json).toMatchObject({ status: 'closed', priority: 'normal' });
	expect((json?.history as IDataObject[]).map(({ action, text }) => [action, text])).toEqual(
		expect.arrayContaining([
			['case.note_added', 'Llamar mañana'],
			['case.status_changed', 'Compró'],
		]),
	);
});

test('P1: Assign names the person, tells them once, and works from a name in the item', async () => {
	const assigned = await press(
		'case',
		'assign',
		{ case: byId(caseId), rule: 'named', advisorName: '={{ $json.asesora }}' },
		{ node: Case, items: [{ asesora: 'karolina' }] },
	);
	expect(jsonOf(assigned)).toMatchObject([{ assigned: true, advisorName: 'Carolina Rojas' }]);
	const nobody = await press(
		'case',
		'assign',
		{ case: byId(caseId), rule: 'named', advisorName: 'Zoraida' },
		{ node: Case, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(nobody)).toMatchObject([{ error: "Nobody of the team is called 'Zoraida'" }]);
});

test('P2: Change Stage wins a lead with its amount, and refuses to without', async () => {
	const lead = byId(leadId);
	const lost = await press(
		'lead',
		'changeStage',
		{ lead, stage: 'Lost', lostReason: ' ' },
		{ node: CrearLead, onError: 'continueRegularOutput' },
	);
	expect(jsonOf(lost)).toMatchObject([{ error: "'Lost Reason' is empty: a lost lead says why" }]);
	const won = await press(
		'lead',
		'changeStage',
		{ lead, stage: 'Won', amount: 1250000, currency: 'COP' },
		{ node: CrearLead },
	);
	expect(jsonOf(won)).toMatchObject([{ stage: 'Won', amount: 1250000, currency: 'COP', changed: true }]);
});

test('P12: Crear Lead asks a connected model and falls back to the rules', async () => {
	const asked: string[] = [];
	const reply = { summary: ['Portátiles para oficina'], objections: [], budget: null, urgency: 'high', nextStep: null };
	const run = async (answer: unknown) => {
		const { outputs, errors } = await runWorkflow({
			nodes: [
				{ name: 'Lead', type: 'n8n-nodes-whatsapp-crm.crearLead', parameters: { operation: 'preview' } },
				{ name: 'Model', type: 'n8n-nodes-whatsapp-crm.modelOfTheTest' },
			],
			connections: {
				Model: { ai_languageModel: [[{ node: 'Lead', type: NodeConnectionTypes.AiLanguageModel, index: 0 }]] },
			},
			nodeClasses: [modelNode({ asked, answer: async () => await Promise.resolve(answer) })],
			credentials: desk.credentials,
			startNode: 'Lead',
			inputItems: [{ json: { crm: { workspaceId: 'desk', channelId: 'c', contactId, conversationId } } }],
		});
		expect(errors).toEqual({});
		return outputs.Lead?.[0]?.[0]?.json.lead as IDataObject;
	};
	expect(await run(JSON.stringify(reply))).toMatchObject({ summary: ['Portátiles para oficina'], urgency: 'high' });
	expect(asked[0]).toContain('Customer: 20 portátiles');
	expect((await run('no sé')).urgency).toBe('normal');
});

test('D33: Pause Bot, Resume Bot and Close change the mode, and by hand only say so', async () => {
	const conversation = byId(conversationId);
	const mode = async () =>
		(await listConversations(desk.store.db, 'desk', { limit: 50 })).find(({ id }) => id === conversationId)?.mode;
	const before = await mode();
	expect(jsonOf(await press('conversation', 'close', { conversation }, { mode: 'manual' }))).toMatchObject([
		{ simulated: true, mode: 'closed', modeBefore: before },
	]);
	expect(await mode()).toBe(before);
	for (const [operation, after] of [
		['pauseBot', 'human'],
		['resumeBot', 'bot'],
		['close', 'closed'],
	] as const) {
		expect(jsonOf(await press('conversation', operation, { conversation }))).toMatchObject([{ mode: after }]);
		expect(await mode()).toBe(after);
	}
});

test('Attachment: Get hands the file over as it was sent, and Get Many finds it by customer', async () => {
	const [file] = jsonOf(await press('attachment', 'getAll', { filters: { contact: byId(contactId) } }));
	expect(file).toMatchObject({ type: 'image', state: 'stored' });
	const got = await press('attachment', 'get', { attachment: byId(String(file?.attachmentId)), outputField: 'foto' });
	const binary = got.outputs[0]?.[0]?.binary?.foto;
	expect(binary?.mimeType).toBe('image/jpeg');
	expect((await readBinary(binary)).length).toBe(file?.size);
	const listed = await searchList(WhatsAppCrm, 'searchAttachments', { credentials: desk.credentials });
	expect(listed.results.map(({ value }) => value)).toContain(file?.attachmentId);
});

test('P9: an operator gives tags by rule in the form of the business profile, and a mistake is named in its words', async () => {
	const rule = { tag: 'Mayorista', on: 'lead', stages: ['Won'], words: 'portatil' };
	const rules = (areas: string): INodeParameters => ({
		additionalFields: { tagRules: { rule: [{ ...rule, areas }] } },
	});
	const wrong = await press('businessProfile', 'save', rules('moon'), { onError: 'continueRegularOutput' });
	expect(jsonOf(wrong)[0]?.error).toContain("Rule 1 › Area 1 'moon' is no area of this profile");
	await press('businessProfile', 'save', rules(''));
	const lead = byId(leadId);
	await press('lead', 'changeStage', { lead, stage: 'SQL' }, { node: CrearLead });
	await press('lead', 'changeStage', { lead, stage: 'Won', amount: 1, currency: 'COP' }, { node: CrearLead });
	expect(jsonOf(await press('lead', 'getAll', { filters: { tag: 'mayorista' } }, { node: CrearLead }))).toMatchObject([
		{ leadId, tags: ['mayorista'] },
	]);
});

test('P7: the audit log is searched, verified and exported as a file', async () => {
	const found = jsonOf(
		await press('auditLog', 'getAll', { filters: { action: 'case.opened', contact: byId(`+${LAURA}`) } }),
	);
	expect(found).toMatchObject([{ action: 'case.opened', subjectId: caseId }]);
	expect(jsonOf(await press('auditLog', 'verify'))).toMatchObject([{ intact: true, broken: [], brokenDays: [] }]);
	const exported = await press('auditLog', 'export', { returnAll: true, outputField: 'data' });
	const binary = exported.outputs[0]?.[0]?.binary?.data;
	expect(binary?.mimeType).toBe('text/csv');
	expect((await readBinary(binary)).toString('utf8')).toContain('case.opened');
});

test('P6: notifications are listed and marked as read', async () => {
	const [first] = jsonOf(await press('notification', 'getAll', { filters: { state: 'unread' } }));
	expect(first).toMatchObject({ kind: expect.any(String), state: 'unread' });
	const notification = byId(String(first?.notificationId));
	expect(jsonOf(await press('notification', 'markAsRead', { notification }))).toMatchObject([{ marked: 1 }]);
	expect(jsonOf(await press('notification', 'markAsRead', { notification }))).toMatchObject([{ marked: 0 }]);
});

test('O11: a person is exported as a file, erased after typing the phone once more, and the log still verifies', async () => {
	const PABLO = '573004445566';
	const pablo = desk.simulator.customer({ waId: PABLO, profileName: 'Pablo' });
	for (const text of ['hola', 'Pablo Mesa Duque', '1098765432']) {
		await pablo.text(text).delivered;
		await desk.settle();
	}
	const contact = byId(`+${PABLO}`);
	const { id } = (await findContact(desk.store.db, 'desk', `+${PABLO}`)) ?? {};
	const exported = await press('contact', 'exportPerson', { contact, asFile: true, outputField: 'data' });
	expect(JSON.stringify(jsonOf(exported))).toContain('Pablo Mesa Duque');
	const binary = exported.outputs[0]?.[0]?.binary?.data;
	expect((await readBinary(binary)).toString('utf8')).toContain('1098765432');

	const refused = await press(
		'contact',
		'erasePerson',
		{ contact, confirm: 'ok' },
		{ onError: 'continueRegularOutput' },
	);
	expect(jsonOf(refused)).toMatchObject([{ error: "'Confirm' does not name the contact: nothing was erased" }]);
	const shown = await press('contact', 'erasePerson', { contact, confirm: PABLO }, { mode: 'manual' });
	expect(jsonOf(shown)).toMatchObject([{ simulated: true, erased: false }]);
	const erased = await press('contact', 'erasePerson', {
		contact,
		confirm: PABLO,
		options: { reason: 'Solicitud 14' },
	});
	expect(jsonOf(erased)).toMatchObject([{ erased: true, contactId: id }]);
	expect(await findContact(desk.store.db, 'desk', `+${PABLO}`)).toBeUndefined();
	expect(jsonOf(await press('auditLog', 'verify'))).toMatchObject([{ intact: true }]);
});
