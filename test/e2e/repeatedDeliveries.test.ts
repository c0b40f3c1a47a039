import {
	expectedQuotationEnding,
	firstCaseNumber,
	laura,
	playQuotation,
	quotationBubbles,
} from '../support/host/quotationJourney';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { shippedTemplate } from '../support/host/templates';
import { restingEnding } from '../support/host/storeEnding';

describe('every webhook is delivered three times at once (B1, kill list: duplicate wamid handled twice)', () => {
	let desk: ServiceDesk;
	beforeAll(async () => {
		desk = await startServiceDesk({
			templates: [shippedTemplate('customer-service-bot.json')],
			simulator: { statuses: { sent: true, delivered: true, read: true, beforeAnswer: true } },
		});
	});
	afterAll(() => desk.stop());

	it('given copies, a swapped burst, statuses before the answer and old webhooks after new ones, the journey ends the same', () =>
		desk.explain(async () => {
			const [{ simulator, workspaceId }] = desk.clients;
			const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });
			simulator.faults.webhooks({ copies: 3, concurrently: true, reorder: true });

			await playQuotation(simulator, customer, { burst: { order: 'reversed', copies: 3, concurrently: true } });
			await simulator.settled();
			simulator.faults.clear();
			const bodies = [...new Set(simulator.ledger.webhooks.map(({ body }) => body))];
			const answers = await Promise.all(bodies.reverse().map((body) => simulator.deliverRaw({ body })));
			await simulator.settled();
			const ending = await restingEnding(desk.store, workspaceId);
			const caseNumber = firstCaseNumber(ending);

			expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
			expect(customer.received.map(({ text }) => text)).toEqual(quotationBubbles(caseNumber));
			expect(ending).toEqual(expectedQuotationEnding(caseNumber));
		}));
});
