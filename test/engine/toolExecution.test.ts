import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { caseResources } from '../../nodes/Case/resources';
import { Case } from '../../nodes/Case/Case.node';
import { crearLeadResources } from '../../nodes/CrearLead/resources';
import { CrearLead } from '../../nodes/CrearLead/CrearLead.node';
import { whatsAppCrmResources } from '../../nodes/WhatsAppCrm/resources';
import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import { listContacts } from '../../nodes/shared/store/repositories/contacts';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { openCase } from '../../nodes/shared/usecases/cases/openCase';
import { WAYS_OF_AGENTS } from '../support/agentTool';
import { runWorkflow, type NodeClass, type RunOutcome } from '../support/engine';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const PEDRO = '573004445566';

let desk: TemplateDesk;
let laura: IDataObject;
let pedro: IDataObject;
let cases: Readonly<Record<'laura' | 'pedro', string>>;

/** What the model wrote for the tool under way. */
let written: IDataObject;

beforeEach(async () => {
	desk = await TemplateDesk.open();
	written = {};
	[laura, pedro] = [await customer(LAURA, 'Laura'), await customer(PEDRO, 'Pedro')];
	cases = { laura: await caseOf(laura), pedro: await caseOf(pedro) };
});

afterEach(async () => {
	await desk.close();
});

async function customer(waId: string, profileName: string): Promise<IDataObject> {
	await desk.simulator.customer({ waId, profileName }).text('hola').delivered;
	await desk.settle();
	const contact = (await listContacts(desk.store.db, 'desk', { limit: 5 })).find(({ phone }) => phone === `+${waId}`);
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1, contactId: contact?.id });
	return {
		workspaceId: 'desk',
		channelId: PHONE_NUMBER_ID,
		contactId: contact?.id,
		conversationId: conversation?.id,
		requestId: `agent-${waId}`,
	};
}

async function caseOf(crm: IDataObject): Promise<string> {
	const { case: opened } = await openCase(desk.store, {
		contactId: String(crm.contactId),
		conversationId: String(crm.conversationId),
		requestId: `case-${String(crm.contactId)}`,
		type: 'support',
		area: 'support',
		subject: 'no enciende',
		fields: {},
		attachments: [],
		createLead: false,
	});
	return opened.number;
}

/** Names of parameters that point at somebody's data. */
const POINTERS = ['attachment', 'case', 'contact', 'conversation', 'lead'];

test('C4: every operation that is pointed at a customer’s data says whose they are, or is refused to models', () => {
	const operations = [...caseResources, ...crearLeadResources, ...whatsAppCrmResources].flatMap((resource) =>
		resource.operations.map((operation) => ({ resource, operation })),
	);
	const unbound = operations
		.filter(({ operation }) => operation.properties.some(({ name }) => POINTERS.includes(name)))
		.filter(({ operation }) => !('customerOf' in operation) && operation.needsApproval !== true)
		.map(({ resource, operation }) => `${resource.name}: ${operation.name}`);

	expect(operations.length).toBeGreaterThan(30);
	expect(unbound).toEqual([]);
});

describe.each(WAYS_OF_AGENTS)('C4: a tool called %s', (_, asTool) => {
	async function call(
		Node: NodeClass,
		parameters: INodeParameters,
		agentItems: readonly IDataObject[] = [{ crm: laura }],
	): Promise<RunOutcome> {
		const NodeAsTool = asTool(Node, () => written);
		const { name } = (new Node() as unknown as { description: { name: string } }).description;
		return await runWorkflow({
			nodes: [
				{ name: 'Bot', type: 'n8n-nodes-base.noOp' },
				{ name: 'Tool', type: `n8n-nodes-whatsapp-crm.${name}`, parameters },
			],
			nodeClasses: [NodeAsTool],
			connections: { Bot: { main: [[{ node: 'Tool', type: 'main', index: 0 }]] } },
			credentials: desk.credentials,
			startNode: 'Bot',
			inputItems: agentItems.map((json) => ({ json })),
		});
	}

	const id = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
	const result = ({ outputs }: RunOutcome): IDataObject | undefined => outputs.Tool?.[0]?.[0]?.json;
	const note = (number: string): INodeParameters => ({ operation: 'addNote', case: id(number), note: 'Llamar mañana' });

	test('reads and changes what belongs to the customer of the conversation', async () => {
		expect(result(await call(Case, { operation: 'get', case: id(cases.laura) }))).toMatchObject({
			number: cases.laura,
		});
		expect(result(await call(Case, note(cases.laura)))).toMatchObject({ added: true });
		const contact = { resource: 'contact', operation: 'get', contact: id(laura.contactId) };
		expect(result(await call(WhatsAppCrm, contact))).toMatchObject({ phone: `+${LAURA}` });
	});

	test('another customer’s case, contact, messages or files are refused, whatever ids the model writes', async () => {
		written = { crm: pedro, contactId: pedro.contactId };
		const foreign: ReadonlyArray<readonly [NodeClass, INodeParameters]> = [
			[Case, { operation: 'get', case: id(cases.pedro) }],
			[Case, note(cases.pedro)],
			[Case, { operation: 'close', case: id(cases.pedro) }],
			[Case, { operation: 'getAll', filters: { contact: id(pedro.contactId) } }],
			[WhatsAppCrm, { resource: 'contact', operation: 'get', contact: id(`+${PEDRO}`) }],
			[WhatsAppCrm, { resource: 'message', operation: 'getAll', conversation: id(pedro.conversationId) }],
			[WhatsAppCrm, { resource: 'conversation', operation: 'pauseBot', conversation: id(pedro.conversationId) }],
		];
		for (const [Node, parameters] of foreign) {
			const { error } = await call(Node, parameters);
			expect(error?.message).toMatch(/^A model may do '.+' only for the customer whose conversation it works on$/);
		}
		const audit = await desk.store.db.selectFrom('audit_log').select('action').execute();
		expect(audit.map(({ action }) => action)).not.toContain('case.note_added');
	});

	test('lists of everybody are refused: contacts, cases, leads, the audit log', async () => {
		const lists: ReadonlyArray<readonly [NodeClass, INodeParameters]> = [
			[Case, { operation: 'getAll' }],
			[CrearLead, { operation: 'getAll' }],
			[WhatsAppCrm, { resource: 'contact', operation: 'getAll' }],
			[WhatsAppCrm, { resource: 'auditLog', operation: 'getAll' }],
		];
		for (const [Node, parameters] of lists) {
			const { error, outputs } = await call(Node, parameters);
			expect(error?.message).toContain("A model may do 'Get Many' only for the customer");
			expect(outputs.Tool?.flat() ?? []).toEqual([]);
		}
	});

	test('a case that a model asks for is the agent’s customer’s, also when the model names another', async () => {
		written = { crm: pedro };
		const created = result(await call(Case, { operation: 'create' }));
		expect(created?.crm).toMatchObject({ contactId: laura.contactId });

		const made = await listCases(desk.store.db, 'desk', { limit: 10 });
		expect(made.filter(({ contact_id: contactId }) => contactId === pedro.contactId)).toHaveLength(1);
	});

	test('an agent that works for nobody, or for several customers at once, gets a sentence', async () => {
		for (const items of [[{ question: 'x' }], [{ crm: laura }, { crm: pedro }]]) {
			const { error } = await call(Case, { operation: 'get', case: id(cases.laura) }, items);
			expect(error?.message).toBe('The model works for no customer, or for several at once');
		}
	});

	test('what destroys is refused either way', async () => {
		const remove = { resource: 'advisor', operation: 'delete', advisor: id('anybody') };
		expect((await call(WhatsAppCrm, remove)).error?.message).toBe("'Delete' is not done by a model alone");
	});
});
