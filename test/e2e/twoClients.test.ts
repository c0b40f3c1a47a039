import { setTimeout as sleep } from 'node:timers/promises';

import { laura } from '../support/host/quotationJourney';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { publishedTogether, shippedTemplates } from '../support/host/templates';
import { restingEnding } from '../support/host/storeEnding';

describe('every template imported twice on one n8n, for two clients (U7)', () => {
	let desk: ServiceDesk;
	// Twice as many workflows are published as anywhere else: on a busy machine longer than a test may take.
	beforeAll(async () => {
		desk = await startServiceDesk({ workspaces: ['prosuministros', 'ferreteria'] });
	}, 480_000);
	afterAll(() => desk.stop());

	it('both copies of every template are published and their credentials filled themselves by name', () =>
		desk.explain(async () => {
			for (const client of desk.clients) {
				const saved = await Promise.all(client.workflows.map(({ id }) => desk.n8n.api.workflow(id)));
				// n8n fills no credential of a node that is switched off (workflow-helpers, replaceInvalidCredentials).
				const credentials = saved.flatMap(({ nodes }) =>
					nodes.filter(({ disabled }) => disabled !== true).flatMap((node) => Object.values(node.credentials ?? {})),
				);

				expect(saved).toHaveLength(shippedTemplates().size);
				expect(saved.filter(({ active }) => active).map(({ name }) => name)).toEqual(
					publishedTogether(saved).map(({ name }) => name),
				);
				expect(credentials.filter(({ id }) => id === null)).toEqual([]);
				expect(credentials.filter(({ name }) => !name.endsWith(`(${client.workspaceId})`))).toEqual([]);
			}
		}));

	it('the two copies have different addresses', () => {
		const ids = desk.clients.flatMap(({ workflows }) =>
			workflows.flatMap(({ nodes }) => nodes.flatMap(({ webhookId }) => webhookId ?? [])),
		);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('one person who writes to both is two contacts, and neither client sees a word of the other', () =>
		desk.explain(async () => {
			const [first, second] = desk.clients;
			if (second === undefined) throw new Error('the desk has one client');
			const customers = [first, second].map(({ simulator }) => simulator.customer({ waId: laura.waId }));

			customers[0]?.text('hola');
			await customers[0]?.waitForCount(1);
			await sleep(2_000);
			const untouched = await restingEnding(desk.store, second.workspaceId);
			customers[1]?.text('buenos días');
			await customers[1]?.waitForCount(1);
			await Promise.all([first, second].map(({ simulator }) => simulator.settled()));
			const endings = await Promise.all(
				[first, second].map(({ workspaceId }) => restingEnding(desk.store, workspaceId)),
			);

			expect(untouched.contacts).toEqual([]);
			expect(endings.map(({ contacts }) => contacts.length)).toEqual([1, 1]);
			expect(endings.map(({ conversations }) => conversations[0]?.received.map(({ text }) => text))).toEqual([
				['hola'],
				['buenos días'],
			]);
			expect([first, second].map(({ simulator }) => simulator.ledger.sends.length)).toEqual([1, 1]);
		}));
});
