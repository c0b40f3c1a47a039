import { listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { profileInForce } from '../../nodes/shared/usecases/profile/businessProfile';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open({ publish: false });
});

afterEach(async () => {
	await desk.close();
});

/** The consultant presses "Execute workflow". `more` is what they changed in the form before. */
async function press(more: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('setup.json');
	return await runWorkflow({
		nodes: nodes
			.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
			.map((node) => ({ ...node, parameters: { ...node.parameters, ...more[node.name] } as typeof node.parameters })),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: 'Cuando se pulsa Ejecutar',
		mode: 'manual',
	});
}

test('U2: pressed once, the client has a profile and a team, and reads what is missing, a row each (O13)', async () => {
	const run = await press({ 'Datos del negocio': { businessName: 'Ferretería El Tornillo' } });

	expect(run.error).toBeUndefined();
	const { profile, version } = await profileInForce(desk.store);
	expect(version).toBe(1);
	expect(profile.name).toBe('Ferretería El Tornillo');
	expect(profile.options.map(({ title }) => title)).toEqual(['1. Cotización', '2. Estado de pedido', '3. Otro motivo']);
	// Questions and confirmations of the menu stay those of the product.
	expect(profile.options[0]?.questions.map(({ textKey }) => textKey)).toEqual(expect.arrayContaining(['D1', 'D2']));
	expect((await listAdvisors(desk.store.db, 'desk')).map(({ name }) => name)).toEqual([
		'Andrés Mejía',
		'Carolina Rojas',
		'Diana Torres',
	]);
	const rows = run.outputs['¿Qué falta para empezar?']?.[0]?.map(({ json }) => json) ?? [];
	const found = Object.fromEntries(rows.map(({ check, ok }) => [check, ok]));
	expect(found).toMatchObject({ Store: true, 'Business profile': true, Team: true, 'Access token': true });
	for (const row of rows) {
		expect(row).toEqual({
			check: expect.any(String),
			ok: expect.anything(),
			what: expect.stringMatching(/\S/),
			howToFix: expect.any(String),
		});
		expect([row.check, row.ok === true || String(row.howToFix).length > 10]).toEqual([row.check, true]);
	}
	expect(JSON.stringify(rows)).not.toContain(String(desk.credentials.whatsAppCloudApi?.accessToken));
});

test('U6: pressed again it undoes nobody’s work, and writes no new version', async () => {
	await press();
	await press({ 'Datos del negocio': { businessName: 'Otro nombre' } });

	const { profile, version } = await profileInForce(desk.store);
	expect([profile.name, version]).toEqual(['PROSUMINISTROS', 1]);
	expect(await listAdvisors(desk.store.db, 'desk')).toHaveLength(3);
});

test('U6: with "Only Fill What Is Empty" off a change is published as the next version', async () => {
	await press();
	await press({ 'Datos del negocio': { businessName: 'Otro nombre', onlyEmpty: false } });

	const { profile, version } = await profileInForce(desk.store);
	expect([profile.name, version]).toEqual(['Otro nombre', 2]);
});

test('a mistake in the form is told in the words of the form, and nothing is published', async () => {
	const run = await press({
		'Datos del negocio': { additionalFields: { timeZone: 'Bogotá', privacyUrl: 'no es una dirección' } },
	});

	expect(run.errors['Datos del negocio']?.message).toContain('Privacy Policy URL');
	expect((await profileInForce(desk.store)).version).toBe(0);
});
