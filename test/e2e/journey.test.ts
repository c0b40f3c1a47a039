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

const bot = 'customer-service-bot.json';

describe('a new customer asks for a quotation with a photo (B4, B7, B11, P1, P2)', () => {
	let desk: ServiceDesk;
	beforeAll(async () => {
		desk = await startServiceDesk({ templates: [shippedTemplate(bot)] });
	});
	afterAll(() => desk.stop());

	it('D1, D4, D35: reads one bubble per turn, word for word, one of them with the case number, and the store tells the same', () =>
		desk.explain(async () => {
			const [{ simulator, workspaceId }] = desk.clients;
			const customer = simulator.customer({ waId: laura.waId, profileName: laura.profileName });

			await playQuotation(simulator, customer);
			await simulator.settled();
			const ending = await restingEnding(desk.store, workspaceId);
			const caseNumber = firstCaseNumber(ending);

			expect(customer.received.map(({ text }) => text)).toEqual(quotationBubbles(caseNumber));
			expect(ending).toEqual(expectedQuotationEnding(caseNumber));
			expect(simulator.ledger.requests.filter(({ status }) => status >= 400)).toEqual([]);
		}));

	it('D16: more words on the same subject are added to the open case and make no second one', () =>
		desk.explain(async () => {
			const [{ simulator, workspaceId }] = desk.clients;
			const customer = simulator.customer({ waId: laura.waId });
			const before = customer.received.length;

			customer.text('quiero la cotización de los portátiles con mouse inalámbrico');
			await customer.waitForCount(before + 1);
			await simulator.settled();
			const ending = await restingEnding(desk.store, workspaceId);

			expect(customer.received.at(-1)?.text).toContain('Ya tenemos un caso abierto para esta misma solicitud');
			expect(ending.cases.map(({ number }) => number)).toEqual([firstCaseNumber(ending)]);
			expect(ending.leads).toHaveLength(1);
		}));
});
