import { setTimeout as sleep } from 'node:timers/promises';

import { firstCaseNumber, laura, playQuotation, quotationBubbles } from '../support/host/quotationJourney';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { shippedTemplate } from '../support/host/templates';
import { restingEnding } from '../support/host/storeEnding';
import * as fc from '../support/properties';

/** Milliseconds after the customer's 1st, 5th and 6th thing; another seed makes other instants. */
const instants = fc.sample(fc.integer({ min: 0, max: 2_500 }), { seed: 20_260_101, numRuns: 3 });

describe('the power goes (promise 1: nothing lost, nothing twice)', () => {
	let desk: ServiceDesk;
	beforeAll(async () => {
		desk = await startServiceDesk({ templates: [shippedTemplate('customer-service-bot.json')], behindGate: true });
	});
	afterAll(() => desk.stop());

	it(
		`given kill -9 of the whole n8n ${instants.join(', ')} ms after three of the customer's messages, the journey ends the same`,
		() =>
			desk.explain(async () => {
				const [{ simulator, workspaceId }] = desk.clients;
				const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });
				let said = 0;
				const crashAfter = new Map([1, 5, 6].map((step, place) => [step, instants[place] ?? 0]));
				let crashes = Promise.resolve();

				await playQuotation(simulator, customer, {
					patience: 200_000,
					narrate: () => {
						said += 1;
						const delay = crashAfter.get(said);
						if (delay === undefined) return;
						crashes = crashes.then(async () => {
							await sleep(delay);
							await desk.n8n.kill9();
							await desk.n8n.restart();
						});
					},
				});
				await crashes;
				await simulator.settled();
				const ending = await restingEnding(desk.store, workspaceId, 180_000);
				const caseNumber = firstCaseNumber(ending);

				const repeats = await desk.store.rows('select message from outbox where possible_duplicate = 1');
				const texts = customer.received.map(({ text }) => text);
				expect([...new Set(texts)]).toEqual(quotationBubbles(caseNumber));
				expect(texts.length - new Set(texts).size).toBeLessThanOrEqual(repeats.length);
				expect(ending.conversations.map(({ received }) => received.length)).toEqual([7]);
				expect(ending.cases.map(({ number }) => number)).toEqual([caseNumber]);
				expect(ending.cases[0]?.attachments).toHaveLength(1);
				expect(ending.leads).toHaveLength(1);
			}),
		400_000,
	);

	it('given SIGTERM in the middle of a load, every customer is answered once', () =>
		desk.explain(async () => {
			const [{ simulator, workspaceId }] = desk.clients;
			const crowd = Array.from({ length: 60 }, (_, place) =>
				simulator.customer({ waId: `5731055500${String(place).padStart(2, '0')}`, profileName: `Cliente ${place}` }),
			);
			const load = (async () => {
				for (const person of crowd) {
					person.text('hola');
					await sleep(60);
				}
			})();

			await sleep(1_800);
			await desk.n8n.stop();
			await desk.n8n.restart();
			await load;
			await Promise.all(crowd.map((person) => person.waitForCount(1, 120_000)));
			await simulator.settled();
			const ending = await restingEnding(desk.store, workspaceId);

			expect(crowd.map(({ received }) => received.length)).toEqual(crowd.map(() => 1));
			expect(ending.contacts).toHaveLength(crowd.length + 1);
		}));
});
