import type { SavedWorkflow } from '../support/host/n8nApi';
import { startServiceDesk, type ServiceDesk } from '../support/host/serviceDesk';
import { shippedTemplate } from '../support/host/templates';
import { eventually } from '../support/host/waiting';

const BOT = 'customer-service-bot.json';
const HANDLER = 'error-handler.json';

describe('error-handler.json on a real n8n', () => {
	let desk: ServiceDesk;
	beforeAll(async () => {
		desk = await startServiceDesk({ templates: ['setup.json', HANDLER, BOT].map(shippedTemplate) });
	});
	afterAll(() => desk.stop());

	const savedAs = (file: string): SavedWorkflow => {
		const saved = desk.clients[0].workflows.find(({ name }) => name === shippedTemplate(file).name);
		if (saved === undefined) throw new Error(`${file} was not imported`);
		return saved;
	};

	it('O4, O11: a bot that names it as its error workflow is reported to the team in words, once', () =>
		desk.explain(async () => {
			const { api } = desk.n8n;
			const bot = savedAs(BOT);
			// What an operator might do by accident: the node that answers has lost its operation.
			const nodes = bot.nodes.map((node) =>
				node.name === 'Enviar por WhatsApp'
					? { ...node, parameters: { resource: 'message', operation: 'gone' } }
					: node,
			);
			await api.request('PATCH', `/workflows/${bot.id}`, {
				versionId: bot.versionId,
				nodes,
				connections: bot.connections,
				settings: { ...bot.settings, errorWorkflow: savedAs(HANDLER).id },
			});
			await api.publish(bot.id);

			desk.clients[0].simulator.customer({ waId: '573003330001', profileName: 'Laura' }).text('hola');
			const told = await eventually('the team to be told', async () => {
				const rows = await desk.store.rows("select text from notifications where kind = 'team.told'");
				return rows.length > 0 && rows;
			});

			expect(new Set(told.map(({ text }) => text))).toEqual(
				new Set([
					`⚠️ Falló el flujo «${shippedTemplate(BOT).name}» en el nodo «Enviar por WhatsApp»: 'Operation' is not known: 'message: gone'`,
				]),
			);
			// Nobody of the example team supervises, so each of the three is told.
			expect(told).toHaveLength(3);
		}));
});
