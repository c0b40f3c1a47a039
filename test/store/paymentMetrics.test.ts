import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { PaymentEvent } from '../../nodes/shared/domain/payments/payment';
import { dailyRows } from '../../nodes/shared/store/repositories/metricRows';
import { getPayment, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { catchUpMetrics, recountMetrics } from '../../nodes/shared/usecases/metrics/catchUpMetrics';
import { metricsFor } from '../../nodes/shared/usecases/metrics/metricsFor';
import { readMetrics } from '../../nodes/shared/usecases/metrics/readMetrics';
import { requestPayment, type PaymentRequest } from '../../nodes/shared/usecases/payments/requestPayment';
import { takeInTruth, underPaymentLock } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

const DAY = 86_400_000;
const TUESDAY = '2026-01-13';
const NAMES = ['links', 'links_paid', 'links_abandoned', 'collected', 'refunded'] as const;

eachDatabase((name, open) => {
	describe(`money of the desk on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let carolina: string;
		let caseId: string;
		let links: number;

		beforeEach(async () => {
			// Ten in the morning in Bogotá.
			now = Date.parse('2026-01-13T15:00:00Z');
			links = 0;
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			const { advisor } = await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test');
			carolina = advisor.id;
			laura = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			caseId = (await caseOf(store, laura, { requestId: 'case-1', option: 'quotation' })).case.id;
		});

		const ask = async (more: Partial<PaymentRequest> = {}): Promise<PaymentRow> => {
			links += 1;
			const link = `link_${links}`;
			return await requestPayment(
				store,
				{
					requestId: link,
					provider: 'cashier',
					mode: 'test',
					kind: 'full',
					amount: 25_000_000,
					currency: 'COP',
					contactId: laura.contactId,
					conversationId: laura.conversationId,
					caseId,
					requestedBy: `advisor:${carolina}`,
					...more,
				},
				async () => await Promise.resolve({ providerId: link, url: `https://pay.example/${link}` }),
			);
		};
		const tell = async ({ id, provider_id: link, mode, currency }: PaymentRow, event: Partial<PaymentEvent>) => {
			const row = await getPayment(store.db, store.workspaceId, id);
			if (row === undefined) throw new Error(`There is no payment ${id}`);
			const told = {
				id: `e${now}`,
				at: now,
				amount: row.amount,
				currency,
				attempt: `a-${id}`,
				...event,
			} as PaymentEvent;
			await underPaymentLock(store, row, async (tx) => {
				await takeInTruth(tx, store, profiles.prosuministros, 'payments', id, {
					mode,
					providerId: link ?? '',
					event: told,
				});
			});
		};
		const figures = async (by: 'all' | 'advisor' | 'option') => {
			const rows = await readMetrics(store, { from: TUESDAY, to: TUESDAY, granularity: 'span', by });
			const wanted = ['payment_links', 'link_conversion', 'links_abandoned', 'collected', 'refunded'];
			return rows
				.filter((row) => wanted.includes(row.name))
				.map((row) =>
					[row.label, row.name, row.value, row.currency].filter((part) => part !== undefined && part !== ''),
				);
		};
		const daily = async () =>
			await dailyRows(store.db, store.workspaceId, {
				from: '2026-01-01',
				to: '2026-12-31',
				names: [...NAMES],
				dimension: 'all',
			});

		test('O12: links, those that were paid, money that came and went: together, by advisor and by option', async () => {
			const first = await ask();
			const second = await ask({ amount: 5_000, currency: 'USD' });
			await ask();
			await tell(first, { kind: 'paid' });
			await tell(second, { kind: 'paid' });
			await tell(first, { kind: 'refund', refund: 're_1', state: 'succeeded', amount: 10_000_000 });
			const third = await ask();
			await tell(third, { kind: 'expired' });

			const counted = [
				['payment_links', 4],
				['link_conversion', 0.5],
				['links_abandoned', 1],
				['collected', 250_000, 'COP'],
				['collected', 50, 'USD'],
				['refunded', 100_000, 'COP'],
			];
			expect(await figures('all')).toEqual(counted);
			expect(await figures('advisor')).toEqual(counted.map((figure) => ['Carolina Rojas', ...figure]));
			expect(await figures('option')).toEqual(counted.map((figure) => [expect.any(String), ...figure]));
		});

		test('O12: money is counted on the day on which it came, whether the link was paid on the day of the link', async () => {
			const payment = await ask();
			await catchUpMetrics(store);
			now += 2 * DAY;
			await tell(payment, { kind: 'paid' });
			await tell(payment, { kind: 'paid', attempt: 'in_2', renewal: true, at: now + 30 * DAY });
			await catchUpMetrics(store);
			expect((await daily()).map((row) => [row.day, row.name, row.count])).toEqual(
				expect.arrayContaining([
					['2026-01-13', 'links', 1],
					['2026-01-13', 'links_paid', 1],
					['2026-01-15', 'collected', 1],
					['2026-02-14', 'collected', 1],
				]),
			);
		});

		test('O9: counted twice, and anew, the figures are the same', async () => {
			const payment = await ask();
			await catchUpMetrics(store);
			await tell(payment, { kind: 'paid' });
			await catchUpMetrics(store);
			await catchUpMetrics(store);
			const before = await daily();
			expect(before).toHaveLength(3);
			await recountMetrics(store);
			expect(await daily()).toEqual(before);
		});

		test('O12: what was asked for again with another page is one link; once there is real money, play money is none', async () => {
			const earlier = await ask();
			const later = await ask();
			await store.db
				.updateTable('payments')
				.set({ replaced_by: later.id, updated_at: now })
				.where('id', '=', earlier.id)
				.execute();
			expect(await figures('all')).toEqual([
				['payment_links', 1],
				['link_conversion', 0],
			]);
			const real = await ask({ mode: 'live' });
			await tell(real, { kind: 'paid' });
			await recountMetrics(store);
			expect(await figures('all')).toEqual([
				['payment_links', 1],
				['link_conversion', 1],
				['collected', 250_000, 'COP'],
			]);
		});

		test('O12: the page compares what advisors and options brought; several currencies are told apart', async () => {
			await tell(await ask(), { kind: 'paid' });
			await tell(await ask({ amount: 5_000, currency: 'USD' }), { kind: 'paid' });
			const { breakdowns } = await metricsFor(store, { from: TUESDAY, to: TUESDAY });
			expect(breakdowns.find(({ by, name: of }) => by === 'advisor' && of === 'collected')?.rows).toEqual([
				{ label: 'Carolina Rojas (COP)', value: 250_000 },
				{ label: 'Carolina Rojas (USD)', value: 50 },
			]);
		});

		test('what changed is found by an index', async () => {
			const observed = watched(store);
			await ask();
			await catchUpMetrics(observed.store);
			await observed.assertNoScan();
		});
	});
});
