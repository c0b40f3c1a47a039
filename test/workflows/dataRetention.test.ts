import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { verifyAudit } from '../../nodes/shared/usecases/audit/verifyAudit';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const PEDRO = '573004445566';
const LOOK = 'Contar lo que ya cumplió su plazo';
const ERASE = 'Borrar lo que ya cumplió su plazo';
const NOTHING = 'Nada que borrar';
const MONTHS = 100 * 24 * 60;

let desk: TemplateDesk;

const openDesk = async (retention: object): Promise<void> => {
	desk = await TemplateDesk.open({
		advisors: [{ name: 'Andrés Mora', areas: ['sales'], role: 'administrator' }],
		profile: { retention },
	});
};

afterEach(async () => {
	await desk.close();
});

async function says(waId: string, ...texts: readonly string[]): Promise<void> {
	for (const text of texts) {
		await desk.simulator.customer({ waId, profileName: 'Laura' }).text(text).delivered;
		await desk.settle();
	}
}

async function erase(mode: 'trigger' | 'manual' = 'trigger'): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('data-retention.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: mode === 'manual' ? 'Ver qué se borraría' : 'Cada domingo de madrugada',
		mode,
		inputItems: [{ json: {} }],
	});
}

const kept = async (): Promise<number> =>
	(await desk.store.db.selectFrom('messages').select('id').where('workspace_id', '=', 'desk').execute()).length;

test('O11, D26: what is old goes, what a case needs stays, the administrators read how much, the bitácora is valid', async () => {
	await openDesk({ messagesDays: 90 });
	await says(LAURA, 'hola');
	await says(PEDRO, 'hola', 'Pedro Pérez Gómez', '1020304050', '1', 'impresoras', 'formal');
	await desk.wait(MONTHS);
	const before = await kept();
	const run = await erase();

	expect(run.errors).toEqual({});
	const [look] = run.outputs[LOOK]?.[0] ?? [];
	expect(look?.json).toMatchObject({ dryRun: true, conversations: 1, skipped: 1 });
	expect(run.outputs[ERASE]?.[0]?.[0]?.json).toMatchObject({ dryRun: false, messages: look?.json.messages });
	expect(await kept()).toBe(before - Number(look?.json.messages));
	const told = await listNotifications(desk.store.db, 'desk', { limit: 20 });
	expect(told.map(({ text }) => text).filter((text) => text.startsWith('Se borraron'))).toEqual([
		`Se borraron por antigüedad ${String(look?.json.messages)} mensajes, 0 archivos y 0 contactos de 1 conversaciones. 1 se conservan: tienen un lead o un caso abierto.`,
	]);
	expect(await verifyAudit(desk.store)).toMatchObject({ intact: true });
});

test('nothing has reached its age: the workflow ends and tells nobody', async () => {
	await openDesk({ messagesDays: 90 });
	await says(LAURA, 'hola');
	const before = await kept();
	const run = await erase();

	expect(run.outputs[NOTHING]?.[0]).toHaveLength(1);
	expect(run.outputs[ERASE]).toBeUndefined();
	expect(await kept()).toBe(before);
});

test('without rules nothing ever goes', async () => {
	await openDesk({});
	await says(LAURA, 'hola');
	await desk.wait(10 * MONTHS);
	const before = await kept();
	const run = await erase();

	expect(run.outputs[NOTHING]?.[0]).toHaveLength(1);
	expect(await kept()).toBe(before);
});

test('pressed by hand it only says what would go', async () => {
	await openDesk({ messagesDays: 90 });
	await says(LAURA, 'hola');
	await desk.wait(MONTHS);
	const before = await kept();
	const run = await erase('manual');

	expect(run.outputs[ERASE]?.[0]?.[0]?.json).toMatchObject({ simulated: true, dryRun: true });
	expect(await kept()).toBe(before);
});
