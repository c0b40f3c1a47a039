import type { IDataObject, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';

import { countSoFar, listCases } from '../../nodes/shared/store/repositories/cases';
import { insertLinkedNumber } from '../../nodes/shared/store/repositories/linkedNumbers';
import { saveEventWebhook } from '../../nodes/shared/usecases/businessEvents/saveEventWebhook';
import { importItems } from '../../nodes/shared/usecases/knowledge/importItems';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { saveEntry } from '../../nodes/shared/usecases/knowledge/saveEntry';
import { newLinkedNumber } from '../../nodes/shared/usecases/signup/startSignup';
import { pressNode } from '../support/engine';
import { isTrigger, registeredNodes, type DescribedNode } from '../support/description/described';
import { nodeWith, operationsOf, visibleFields, type OperationOfNode } from '../support/description/nodeRules';
import { registeredNodeClasses } from '../support/registered';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

/** Only reads: everything else must say that it is simulated, or that it could not be simulated with what it was given. */
const READS =
	/^(get|getAlerts|getAll|getDiagram|getSalesReport|getSummary|getUnanswered|export|rehearse|search|verify|validate|preview|checkConsistency|checkConsistency|checkReadiness|download|simulatePastChats)$/;

const LAURA = '573001112233';

let desk: TemplateDesk;
/** An item with everything that any operation may want of it. */
let item: IDataObject;
let caseId: string;
/** Of one row each that a field may name. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
	desk = await TemplateDesk.open({
		advisors: [{ name: 'Carolina Rojas', areas: ['sales'], phone: '+57 301 555 0101' }],
	});
	const laura = desk.simulator.customer({ waId: LAURA, profileName: 'Laura' });
	for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', 'impresoras', 'formal']) {
		await laura.text(text).delivered;
		await desk.settle();
	}
	const [made] = await listCases(desk.store.db, 'desk', { limit: 1 });
	caseId = made?.id ?? '';
	const { contact: another } = await saveContact(desk.store, {
		person: { email: 'otra@example.com' },
		addTags: ['vip'],
	});
	const firstIdOf = async (
		table: 'advisors' | 'catalogue_items' | 'knowledge_entries' | 'leads' | 'notifications',
	): Promise<string> => (await desk.store.db.selectFrom(table).select('id').limit(1).executeTakeFirst())?.id ?? '';
	await importItems(desk.store, [{ sku: 'HP-14', name: 'Portátil 14"' }], { dryRun: false, actor: 'test' });
	await saveEntry(desk.store, { title: 'Garantía', answer: 'Un año.' }, 'test');
	await saveEventWebhook(desk.store, {
		name: 'Make',
		url: 'http://127.0.0.1:9/hook',
		events: [],
		allowsPrivate: true,
		replacesSecret: false,
		actor: 'test',
	});
	ids = {
		advisor: await firstIdOf('advisors'),
		lead: await firstIdOf('leads'),
		notification: await firstIdOf('notifications'),
		intoContact: another.id,
		catalogueItem: await firstIdOf('catalogue_items'),
		entry: await firstIdOf('knowledge_entries'),
	};
	// The full outbox: answers that nobody has sent yet, a file to fetch, a message to answer.
	await desk.store.db
		.updateTable('outbox')
		.set({ state: 'queued', owner: null, ready_at: 0, wake_at: 0, attempts: 0, vendor_id: null, finished_at: null })
		.execute();
	// And what a branch has given up.
	const [givenUp] = await desk.store.db
		.updateTable('effects')
		.set({ state: 'dead', error: 'Registrar la cotización: sin permiso' })
		.returning('id')
		.execute();
	await laura.image('foto.jpg').delivered;
	await laura.audio('nota.ogg').delivered;
	await laura.text('quiero otra cotización').delivered;
	await desk.simulator.settled();
	const voiceNote = await desk.store.db
		.selectFrom('messages')
		.select('id')
		.where('type', '=', 'audio')
		.executeTakeFirstOrThrow();
	const [attachment] = await desk.store.db.selectFrom('attachments').select('id').execute();
	const linkedNumber = newLinkedNumber(desk.store, {
		advisor_id: ids.advisor ?? '',
		inbox_webhook_id: null,
		state: 'started',
		history: 'off',
	});
	await desk.store.transaction(async (tx) => await insertLinkedNumber(tx, linkedNumber));
	item = {
		crm: {
			workspaceId: 'desk',
			channelId: PHONE_NUMBER_ID,
			contactId: made?.contact_id,
			conversationId: made?.conversation_id,
			messageId: voiceNote.id,
			requestId: 'by-hand',
		},
		text: 'quiero otra cotización',
		type: 'quotation',
		area: 'sales',
		subject: 'otra cotización',
		fields: {},
		attachments: [],
		createLead: true,
		attachmentId: attachment?.id,
		caseId,
		deadLetterId: givenUp?.id,
		linkedNumberId: linkedNumber.id,
		strength: 'take_over',
		reason: 'test',
	};
});

afterAll(async () => {
	await desk.close();
});

const TABLES = [
	'advisors',
	'attachment_links',
	'attachments',
	'audit_log',
	'audit_seals',
	'business_profiles',
	'cases',
	'contact_identities',
	'contacts',
	'conversations',
	'counters',
	'effects',
	'journal',
	'leads',
	'linked_numbers',
	'messages',
	'notifications',
	'outbox',
	'profile_tests',
	'signups',
	'tag_links',
] as const;

const everything = async (): Promise<Record<string, unknown>> => {
	const rows = await Promise.all(
		TABLES.map(async (table) => await desk.store.db.selectFrom(table).selectAll().execute()),
	);
	return Object.fromEntries(TABLES.map((table, place) => [table, rows[place]]));
};

/** What the examples of the panel cannot say because it exists in this store only. */
const existing = (): Readonly<Record<string, string>> => ({
	...ids,
	case: caseId,
	confirm: String((item.crm as IDataObject).contactId),
	contact: String((item.crm as IDataObject).contactId),
	conversation: String((item.crm as IDataObject).conversationId),
	phoneNumberId: PHONE_NUMBER_ID,
	to: `+${LAURA}`,
});

const exampleIn = (placeholder = ''): string => placeholder.replace(/^e\.g\. /, '').replace(/…/g, '1');

/** What a person would type into a field that must not be empty: its own example. */
function typed(field: INodeProperties): unknown {
	const known = existing()[field.name];
	if (field.type === 'resourceLocator') {
		const byHand = field.modes?.find(({ name }) => name !== 'list');
		return { __rl: true, mode: byHand?.name ?? 'id', value: known ?? exampleIn(byHand?.placeholder) };
	}
	return known ?? exampleIn(field.placeholder);
}

function parametersFor({ described, chosen }: Pressed): INodeParameters {
	const { parameters } = nodeWith(described, chosen);
	const required = visibleFields(described, chosen as OperationOfNode).filter((field) => field.required === true);
	const filled = required.map((field) => [field.name, typed(field)] as const);
	const advisors =
		'advisors' in parameters ? { advisors: { advisor: [{ name: 'Carolina Rojas', areas: 'sales' }] } } : {};
	// An item that is new needs a name; one that is known does not, so the panel does not require it.
	const named =
		chosen.resource === 'catalogueItem' && chosen.operation === 'upsert'
			? { additionalFields: { name: 'Portátil 14"' } }
			: {};
	// A title alone is no document.
	const told =
		chosen.operation === 'importDocument' ? { text: '# Garantía\nTodos los equipos tienen un año de garantía.' } : {};
	return { ...parameters, ...chosen, ...Object.fromEntries(filled), ...advisors, ...named, ...told } as INodeParameters;
}

interface Pressed {
	readonly title: string;
	readonly NodeClass: new () => INodeType;
	readonly described: DescribedNode;
	readonly operation: string;
	readonly chosen: INodeParameters;
}

const pressed = registeredNodes().flatMap((described, place): Pressed[] =>
	isTrigger(described)
		? []
		: operationsOf(described).map(({ resource, operation }) => ({
				title: [described.node.description.displayName, resource, operation].filter(Boolean).join(': '),
				NodeClass: registeredNodeClasses()[place] as new () => INodeType,
				described,
				operation: operation ?? '',
				chosen: { ...(resource ? { resource } : {}), ...(operation ? { operation } : {}) } as INodeParameters,
			})),
);

test('there is something to press: every operation of every node', () => {
	expect(pressed.length).toBeGreaterThan(30);
});

test.each(pressed)(
	'U5: $title pressed by hand with a full outbox sends nothing, stores nothing and uses no case number',
	async (press) => {
		const { NodeClass, operation } = press;
		const before = await everything();
		const counted = await countSoFar(desk.store.db, 'desk', 'case:PS-2026-#');
		const ledger = desk.simulator.ledger.counters.sends;
		const requests = desk.simulator.ledger.requests.length;

		const outcome = await pressNode({
			node: NodeClass,
			parameters: parametersFor(press),
			inputItems: [{ json: item }],
			credentials: desk.credentials,
			onError: 'continueRegularOutput',
		});

		expect(desk.simulator.ledger.counters.sends).toBe(ledger);
		const asked = desk.simulator.ledger.requests.slice(requests);
		expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
		expect(await everything()).toEqual(before);
		expect(await countSoFar(desk.store.db, 'desk', 'case:PS-2026-#')).toBe(counted);
		expect(outcome.status).toBe('success');
		const items = outcome.outputs.flat();
		// A question may find nothing.
		if (READS.test(operation) || operation === '') return;
		expect(items.length).toBeGreaterThan(0);
		for (const { json } of items) expect(json.simulated === true || json.error !== undefined).toBe(true);
	},
);

test('pressed by hand, the writes of this product show what they would do instead of failing', async () => {
	const ours = pressed.filter(
		({ title, operation }) => /^(Case|Crear Lead|WhatsApp CRM)/.test(title) && !READS.test(operation),
	);
	for (const press of ours) {
		const { title, NodeClass } = press;
		const { outputs, error } = await pressNode({
			node: NodeClass,
			parameters: parametersFor(press),
			inputItems: [{ json: item }],
			credentials: desk.credentials,
		});
		expect([title, error?.message]).toEqual([title, undefined]);
		expect([title, outputs.flat().map(({ json }) => json.simulated)]).toEqual([title, outputs.flat().map(() => true)]);
		expect([title, outputs.flat().length > 0]).toEqual([title, true]);
	}
});
