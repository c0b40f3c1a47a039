import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Wazzup } from '../../nodes/Wazzup/Wazzup.node';
import { WazzupTrigger } from '../../nodes/WazzupTrigger/WazzupTrigger.node';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { changeCaseStatus } from '../../nodes/shared/usecases/cases/changeCase';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { pressNode, startTrigger, type RunningTrigger } from '../support/engine';
import { eventually } from '../support/eventually';
import { GivenTime } from '../support/givenTime';
import { caseOf, customerWho, type Customer } from '../support/records';

const API_KEY = 'key-of-the-reach-test';
const WITHIN_MS = 5_000;

/** The trigger's own pump and the real node, as wazzup-sync.json connects them: from a change of the bot to Wazzup. */
describe('what the bot changes is in Wazzup within five seconds (O2)', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'wazzup-reach-'));
	const given = {
		workflowId: 'reach',
		webhookId: 'reach',
		parameters: { subscription: 'manual', triggerOn: ['messages'], options: { syncOnChanges: true } },
	};
	let store: Store;
	let wazzup: WazzupSimulator;
	let trigger: RunningTrigger;
	let ana: Customer;
	let working: Promise<void>;
	let ended = false;
	const took: Record<string, number> = {};

	const credentials = () => ({
		wazzupApi: { apiKey: API_KEY, baseUrl: wazzup.baseUrl },
		whatsAppCrmStoreApi: {
			database: 'sqlite',
			workspace: 'acme',
			filePath: path.join(folder, 'store.sqlite'),
			encryptionKey: 'ab'.repeat(32),
		},
	});

	/** Carries out the executions that the trigger starts. */
	async function work(): Promise<void> {
		for (let taken = 0; !ended; ) {
			const emission = trigger.emissions[taken];
			if (emission === undefined) {
				await new Promise((resolve) => setTimeout(resolve, 10));
				continue;
			}
			taken += 1;
			const due = emission.outputs.at(-1) ?? [];
			const run = await pressNode({
				node: Wazzup,
				parameters: { resource: 'sync', operation: 'run' },
				credentials: credentials(),
				inputItems: due,
				mode: 'trigger',
			});
			emission.finish(run.status);
		}
	}

	async function until(what: string, isSo: () => boolean): Promise<void> {
		const watch = new GivenTime();
		try {
			await eventually(what, isSo);
			took[what] = watch.now();
		} finally {
			watch.stop();
		}
	}

	beforeAll(async () => {
		store = await openStore({
			database: 'sqlite',
			workspaceId: 'acme',
			path: path.join(folder, 'store.sqlite'),
			encryptionKey: 'ab'.repeat(32),
		});
		wazzup = await startWazzupSimulator({ apiKey: API_KEY });
		await saveAdvisor(store, { name: 'Laura Pérez', role: 'supervisor' }, 'test');
		// n8n's own nodes are loaded before the clock runs.
		await pressNode({
			node: Wazzup,
			parameters: { resource: 'sync', operation: 'preview' },
			credentials: credentials(),
		});
		trigger = await startTrigger(WazzupTrigger, { ...given, credentials: credentials() });
		working = work();
	});

	afterAll(async () => {
		ended = true;
		await working;
		await trigger.close();
		await wazzup.close();
		await store.close();
		await closeIdleStores();
		rmSync(folder, { recursive: true, force: true });
	});

	it('a new customer, a case, its lead, the end of a case and an erasure, each', async () => {
		ana = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
		await until('a contact', () => wazzup.account.contacts.has(ana.contactId));

		const opened = await caseOf(store, ana, { requestId: 'case-1' });
		await until('a case', () => wazzup.account.deals.has(opened.case.id));

		await changeCaseStatus(store, { caseKey: opened.case.id, status: 'resolved', requestId: 'end', actor: 'test' });
		await until('a closed case', () => wazzup.account.deals.get(opened.case.id)?.closed === true);

		const { lead } = await createLead(store, { ...ana, requestId: 'lead-1', caseKey: opened.case.id });
		await until(
			'a lead in the place of its case',
			() => wazzup.account.deals.has(lead.id) && !wazzup.account.deals.has(opened.case.id),
		);

		await erasePerson(store, { contactKey: ana.contactId, confirm: ana.contactId, actor: 'test' });
		await until('an erasure', () => wazzup.account.contacts.size === 0 && wazzup.account.deals.size === 0);

		expect(Object.keys(took)).toHaveLength(5);
		expect(Object.entries(took).filter(([, ms]) => ms >= WITHIN_MS)).toEqual([]);
		expect(trigger.errors).toEqual([]);
	});
});
