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

describe('n8n in queue mode: main, a webhook process and a worker; everything on PostgreSQL (O7)', () => {
	let desk: ServiceDesk;
	beforeAll(async () => {
		desk = await startServiceDesk({ mode: 'queue', templates: [shippedTemplate('customer-service-bot.json')] });
	}, 300_000);
	afterAll(() => desk.stop());

	it('the quotation with a photo ends as on one process', () =>
		desk.explain(async () => {
			const [{ simulator, workspaceId, callbackUrl }] = desk.clients;
			const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });

			await playQuotation(simulator, customer);
			await simulator.settled();
			const ending = await restingEnding(desk.store, workspaceId);
			const caseNumber = firstCaseNumber(ending);

			expect(callbackUrl.startsWith(desk.n8n.webhookUrl)).toBe(true);
			expect(desk.n8n.webhookUrl).not.toBe(desk.n8n.url);
			expect(customer.received.map(({ text }) => text)).toEqual(quotationBubbles(caseNumber));
			expect(ending).toEqual(expectedQuotationEnding(caseNumber));
		}));
});
