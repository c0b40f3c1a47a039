import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, failEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import type { ItemJson } from '../../nodes/shared/usecases/emit/items';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { pressNode, runWorkflow, type CredentialsOfTheTest, type RunOutcome } from '../support/engine';
import { INBOX, openLinkingDesk, type LinkingDesk } from '../support/linkingDesk';
import { shippedWorkflow } from '../support/templateDesk';

const TRIGGER = 'Cuando la bandeja avisa de un número';
const ALARM = 'Avisar a los supervisores';
const KEY = 'cd'.repeat(32);
const HOUR = 3_600_000;

let folder: string;
let store: Store;
let desk: LinkingDesk;
let credentials: CredentialsOfTheTest;
let now: number;

beforeEach(async () => {
	now = 1_760_000_000_000;
	folder = mkdtempSync(path.join(tmpdir(), 'onboarding-'));
	const filePath = path.join(folder, 'store.sqlite');
	const settings = { database: 'sqlite', workspaceId: 'acme', path: filePath, encryptionKey: KEY } as const;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	store = await openStore(settings);
	desk = await openLinkingDesk(store, { now: () => now });
	await saveAdvisor(store, { name: 'Sonia Gil', areas: ['sales'], role: 'supervisor' }, 'test');
	credentials = {
		whatsAppCloudApi: { ...desk.credential },
		whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'acme', filePath, encryptionKey: KEY },
	};
});

afterEach(async () => {
	await desk.close();
	await store.close();
	await closeIdleStores();
	jest.restoreAllMocks();
	rmSync(folder, { recursive: true, force: true });
});

async function run(items: readonly ItemJson[], mode: 'trigger' | 'manual' = 'trigger'): Promise<RunOutcome> {
	const { nodes, connections, settings, pinData } = shippedWorkflow('advisor-onboarding.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials,
		startNode: TRIGGER,
		mode,
		...(mode === 'manual' ? { pinData } : { inputItems: items.map((json) => ({ json: json as never })) }),
	});
}

type Ended = Pick<RunOutcome, 'status' | 'error'>;

/** The inbox's Onboarding branch: its node goes on with what is due, then hands everything to this workflow. */
async function branch(items: readonly ItemJson[]): Promise<Ended> {
	const node = shippedWorkflow('advisor-inbox.json').nodes.find(({ parameters }) => parameters.resource === 'number');
	if (!node) throw new Error('The inbox goes on with no number');
	const gone = await pressNode({
		node: node.type,
		mode: 'trigger',
		credentials,
		parameters: node.parameters,
		inputItems: items.map((json) => ({ json: json as never })),
	});
	if (gone.status !== 'success') return gone;
	return await run((gone.outputs[0] ?? []).map(({ json }) => json));
}

/** What the inbox's Onboarding output brings until nothing waits any more, each in an execution of its own. */
async function settle(): Promise<Ended[]> {
	const runs: Ended[] = [];
	const carry = async (id: string, items: readonly ItemJson[]): Promise<void> => {
		const outcome = await branch(items);
		runs.push(outcome);
		if (outcome.status === 'success') await finishEmission(store, id);
		else await failEmission(store, id, outcome.error?.message ?? outcome.status);
	};
	for (;;) {
		await desk.simulator.settled();
		const emission = await claimEmission(store, INBOX, 100);
		if (emission) await carry(emission.id, emission.items.onboarding ?? []);
		const due = (await collectDue(store, INBOX)).filter(({ output }) => output === 'onboarding');
		for (const { id, items } of due) await carry(id, items);
		if (!emission && due.length === 0) return runs;
	}
}

const toldTo = async (name: string): Promise<string[]> => {
	const advisor = await store.db.selectFrom('advisors').select('id').where('name', '=', name).executeTakeFirstOrThrow();
	return (await listNotifications(store.db, 'acme', { advisorId: advisor.id, limit: 20 })).map(({ text }) => text);
};

describe('advisor-onboarding.json (P4, scenario 6)', () => {
	it('D21: an invitation reaches the advisor alone, with template J and its link', async () => {
		const { url } = await desk.start({ for: 'invitation' });
		const runs = await settle();
		expect(runs.map(({ status }) => status)).toEqual(['success']);
		const [invitation, ...more] = await toldTo('Carolina Rojas');
		expect(invitation).toMatch(/^Por favor confirma tu número de WhatsApp Business para vincularlo a la plataforma\./);
		expect(invitation).toContain(url);
		expect(more).toEqual([]);
		expect([await toldTo('Diana Torres'), await toldTo('Sonia Gil')]).toEqual([[], []]);
	});

	it('a number that is linked is confirmed to the advisor and the administrator, and alarms nobody', async () => {
		await desk.link();
		await settle();
		const sentence = `El número ${desk.own.phone} de Carolina Rojas quedó vinculado. Sus conversaciones ya se ven en la plataforma.`;
		expect(await toldTo('Carolina Rojas')).toEqual([sentence]);
		expect(await toldTo('Diana Torres')).toEqual([sentence]);
		expect(await toldTo('Sonia Gil')).toEqual([]);
	});

	it('a dialog that was cancelled is told to the supervisors too, with what to do', async () => {
		await desk.link({}, { kind: 'cancelled' });
		await settle();
		expect(await toldTo('Sonia Gil')).toEqual([
			'La vinculación del número de Carolina Rojas necesita atención: Cancelaste la vinculación en la ventana de Meta. No cambió nada. Cuando quieras, empieza de nuevo.',
		]);
	});

	it('a step that stopped is finished by the branch when its time comes', async () => {
		desk.answering = false;
		const { id } = await desk.link();
		await settle();
		desk.answering = true;
		now += 2_000;
		await settle();
		expect(await desk.row(id)).toMatchObject({ state: 'linked', problem: null });
	});

	it('while Meta does not answer, the branch ends quietly and comes again; nobody is alarmed', async () => {
		desk.simulator.faults.inject({ on: 'numbers', kind: '503', times: 4 });
		const { id } = await desk.link();
		now += 2_000;
		const runs = await settle();
		expect(runs.map(({ status }) => status)).toEqual(['success']);
		expect(await toldTo('Sonia Gil')).toEqual([]);
		now += 60_000;
		await settle();
		expect(await desk.row(id)).toMatchObject({ state: 'linked' });
	});

	it('the hourly look that finds the permission gone raises the alarm once', async () => {
		await desk.link();
		await settle();
		desk.simulator.advisorPhone(desk.own.phoneNumberId).revokeSilently();
		now += HOUR;
		await settle();
		now += HOUR;
		await settle();
		expect(await toldTo('Sonia Gil')).toEqual([
			`El número ${desk.own.phone} de Carolina Rojas ya no está vinculado: Meta retiró el permiso sobre este número. Vincúlalo de nuevo; las conversaciones quedan aquí.`,
		]);
	});

	it('an execution that fails comes again, and tells nobody twice', async () => {
		await desk.link({}, { kind: 'cancelled' });
		const emission = await claimEmission(store, INBOX, 100);
		await run(emission?.items.onboarding ?? []);
		await failEmission(store, emission?.id ?? '', 'n8n stopped');
		now += 1_000;
		await settle();
		expect(await toldTo('Sonia Gil')).toHaveLength(1);
		expect(await toldTo('Diana Torres')).toHaveLength(1);
	});

	it('pressed by hand with its samples it asks Meta nothing and tells nobody', async () => {
		const outcome = await run([], 'manual');
		expect(outcome.status).toBe('success');
		expect(outcome.order).toContain(ALARM);
		expect(desk.simulator.ledger.requests).toEqual([]);
		expect(await listNotifications(store.db, 'acme', { limit: 10 })).toEqual([]);
	});
});
