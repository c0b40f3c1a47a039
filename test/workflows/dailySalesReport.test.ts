import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listAdvisors } from '../../nodes/shared/store/repositories/advisors';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { updatePayment } from '../../nodes/shared/store/repositories/payments';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const DAY = 24 * 60;

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina <b>Rojas</b>', areas: ['sales'] },
			{ name: 'Pedro Díaz', areas: ['sales'] },
			{ name: 'Marta Ruiz', role: 'administrator' },
		],
	});
	await desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
});

afterEach(async () => {
	await desk.close();
});

interface Sale {
	readonly by: string;
	readonly amount: number;
	readonly currency?: string;
	readonly paid?: number;
	readonly back?: number;
}

/** What an advisor asked for, and what came of it. */
async function sale({ by, amount, currency = 'COP', paid = 0, back = 0 }: Sale, requestId: string): Promise<void> {
	const { store } = desk;
	const seller = (await listAdvisors(store.db, 'desk')).find(({ name }) => name.startsWith(by));
	const [conversation] = await listConversations(store.db, 'desk', { limit: 1 });
	const payment = await requestPayment(
		store,
		{
			requestId,
			provider: 'somebody',
			mode: 'test',
			kind: 'full',
			amount,
			currency,
			contactId: conversation?.contact_id,
			conversationId: conversation?.id,
			requestedBy: `advisor:${seller?.id}`,
		},
		async () => await Promise.resolve({ providerId: requestId, url: `https://pay.example/${requestId}` }),
	);
	if (paid === 0) return;
	const at = store.now();
	const facts = {
		attempts: { [requestId]: { state: 'paid', amount: paid, at } },
		refunds: back === 0 ? {} : { [requestId]: { state: 'succeeded', amount: back, at } },
		disputes: {},
	};
	await store.transaction(
		async (tx) =>
			await updatePayment(tx, store, payment.id, {
				state: 'paid',
				amount_paid: paid,
				amount_refunded: back,
				paid_at: at,
				facts: JSON.stringify(facts),
			}),
	);
}

async function report(mode: 'trigger' | 'manual' = 'trigger'): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('daily-sales-report.json');
	const run = await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: mode === 'manual' ? 'Probar el informe de ventas' : 'Cada mañana',
		mode,
		inputItems: [{ json: {} }],
	});
	expect([run.status, run.errors]).toEqual(['success', {}]);
	return run;
}

const sales = (run: RunOutcome) => run.outputs['Contar las ventas de ayer']?.[0]?.[0]?.json ?? {};
const told = async () => {
	const rows = await listNotifications(desk.store.db, 'desk', { limit: 50 });
	return rows.filter(({ kind }) => kind === 'team.told').map(({ text }) => text);
};

test('S11: yesterday’s links and money, together and by advisor, whoever collected most first; told once', async () => {
	await sale({ by: 'Pedro', amount: 8_000_000, paid: 8_000_000 }, 'p1');
	await sale({ by: 'Carolina', amount: 25_000_000, paid: 25_000_000, back: 5_000_000 }, 'c1');
	await sale({ by: 'Carolina', amount: 9_900, currency: 'USD', paid: 9_900 }, 'c2');
	await sale({ by: 'Carolina', amount: 1_000_000 }, 'c3');
	await desk.wait(DAY);
	await report();
	await report();

	const [text, ...others] = await told();
	expect(others).toEqual([]);
	expect(text?.split('\n')).toEqual([
		'*Ventas · PROSUMINISTROS · 2026-01-13*',
		'',
		expect.stringMatching(/^• Links de pago: 4, 75\s?% pagados$/u),
		'• Recaudado: 330.000 COP · 99 USD',
		'• Devuelto: 50.000 COP',
		'',
		'*Por asesor*',
		expect.stringMatching(
			/^• Carolina <b>Rojas<\/b>: Links de pago: 3, 66,7\s?% pagados; Recaudado: 250\.000 COP · 99 USD; Devuelto: 50\.000 COP$/u,
		),
		expect.stringMatching(/^• Pedro Díaz: Links de pago: 1, 100\s?% pagados; Recaudado: 80\.000 COP$/u),
	]);
});

test('S11: money of the day before stands beside it', async () => {
	await sale({ by: 'Pedro', amount: 8_000_000, paid: 8_000_000 }, 'p1');
	await desk.wait(DAY);
	await sale({ by: 'Pedro', amount: 9_000_000, paid: 9_000_000 }, 'p2');
	await desk.wait(DAY);
	await report();

	expect((await told())[0]).toContain('• Recaudado: 90.000 COP (antes: 80.000 COP)');
});

test('S11: the page for e-mail carries what was written by people as text', async () => {
	await sale({ by: 'Carolina', amount: 25_000_000, paid: 25_000_000 }, 'c1');
	await desk.wait(DAY);
	const { html } = sales(await report());

	expect(html).toContain('<td>Carolina &lt;b&gt;Rojas&lt;/b&gt;</td>');
	expect(html).not.toContain('<b>Rojas');
});

test('S11: a day without a sale says so', async () => {
	await report();
	expect(await told()).toEqual(['*Ventas · PROSUMINISTROS · 2026-01-12*\n\nNo se enviaron links ni entró dinero.']);
});

test('U3: pressed by hand it shows the report and tells nobody', async () => {
	await sale({ by: 'Pedro', amount: 8_000_000, paid: 8_000_000 }, 'p1');
	await desk.wait(DAY);
	expect(sales(await report('manual')).text).toContain('Pedro Díaz');
	expect(await told()).toEqual([]);
});
