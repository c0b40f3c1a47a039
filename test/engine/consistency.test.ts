/** Check Consistency as a node (O15): its fields, its answers, and who may ask. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { pressNode, type PressOutcome } from '../support/engine';
import { TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;

beforeAll(async () => {
	desk = await TemplateDesk.open({ advisors: [{ name: 'Carolina Rojas', areas: ['sales'] }] });
	for (let made = 0; made < 30; made += 1) {
		await saveContact(desk.store, { person: { email: `persona${made}@example.com`, name: `Persona ${made}` } });
		await desk.wait(24 * 60);
	}
	await desk.store.db.updateTable('contacts').set({ owner_advisor_id: 'gone' }).execute();
});

afterAll(async () => {
	await desk.close();
});

async function press(parameters: INodeParameters = {}, mode: 'trigger' | 'manual' = 'trigger'): Promise<PressOutcome> {
	return await pressNode({
		node: 'n8n-nodes-whatsapp-crm.whatsAppCrm',
		mode,
		credentials: desk.credentials,
		parameters: { resource: 'workspace', operation: 'checkConsistency', ...parameters },
	});
}

const rowsOf = ({ outputs }: PressOutcome): IDataObject[] => (outputs[0] ?? []).map(({ json }) => json);

test('a summary, then an item for each finding, twenty of a kind at most; all belong to the item that asked', async () => {
	const outcome = await press();
	const [summary, ...findings] = rowsOf(outcome);

	expect(summary).toMatchObject({
		type: 'summary',
		checked: 30,
		agree: 0,
		findings: 30,
		records: { contact: 30, conversation: 0 },
		byRule: [{ rule: 'owner_gone', count: 30 }],
		requestId: expect.stringMatching(/^consistency:2026-02-\d\d$/u),
	});
	expect(String(summary?.text)).toContain('• A cargo de alguien que ya no está (30): ');
	expect(String(summary?.text)).toMatch(/ y 27 más$/u);
	expect(findings).toHaveLength(20);
	expect(findings[0]).toMatchObject({
		type: 'finding',
		rule: 'owner_gone',
		where: expect.stringMatching(/^Contacto Persona \d+$/u),
		howToFix: 'Asígnalo a otra persona.',
		// No inbox is active: there is nowhere to lead to.
		link: null,
	});
	expect(new Set(outcome.outputs[0]?.map(({ pairedItem }) => JSON.stringify(pairedItem)))).toEqual(
		new Set([JSON.stringify({ item: 0 })]),
	);
});

test('by hand it says the same', async () => {
	expect(rowsOf(await press({}, 'manual'))).toEqual(rowsOf(await press()));
});

test('how many, which and how far back are fields', async () => {
	const checked = async (parameters: INodeParameters) => rowsOf(await press(parameters))[0]?.checked;
	expect(await checked({ records: 7 })).toBe(7);
	expect(await checked({ choice: 'sample', records: 12 })).toBe(12);
	expect(await checked({ choice: 'changed', options: { days: 60 } })).toBe(30);
	const before = await checked({ choice: 'changed' });
	expect(before).toBeGreaterThan(5);
	expect(before).toBeLessThan(9);
});

test('a sample number looks at the same records again; without one it is the week’s', async () => {
	const ids = async (options: INodeParameters) =>
		rowsOf(await press({ choice: 'sample', records: 5, options })).flatMap(({ id }) => (id === undefined ? [] : [id]));
	expect(await ids({ sample: 3 })).toHaveLength(5);
	expect(await ids({ sample: 3 })).toEqual(await ids({ sample: 3 }));
	expect(await ids({})).toEqual(await ids({ sample: '' }));
});

test.each([
	[{ records: 0 }, "'Records' cannot be used"],
	[{ records: 1_000_000 }, "'Records' cannot be used"],
	[{ records: 'muchos' }, "'Records' cannot be used"],
	[{ choice: 'constructor' }, "'Which' cannot be used"],
	[{ options: { days: -1 } }, "'Options' cannot be used"],
])('%j is refused with the name of the field', async (parameters, message) => {
	const { error } = await press(parameters as INodeParameters);
	expect(error?.message).toContain(message);
	expect(error?.description).toContain('for this item');
});
