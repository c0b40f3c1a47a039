import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { listPayments } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { recordCashOnDelivery } from '../../nodes/shared/usecases/payments/recordCashOnDelivery';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

eachDatabase((name, open) => {
	describe(`S14: cash on delivery on ${name}`, () => {
		let store: Store;
		let laura: Customer;
		let caseKey: string;

		beforeEach(async () => {
			store = await open({ clock: () => Date.parse('2026-03-10T15:00:00Z') });
			await saveProfile(store, profiles.prosuministros, 'test');
			laura = await customerWho(store, '573001112233', 'hola');
			caseKey = (await caseOf(store, laura, { requestId: 'case-1' })).case.number;
		});

		const record = async (minor = 25_000_000, requestId = 'cash-1') =>
			await recordCashOnDelivery(store, {
				caseKey,
				money: { minor, currency: 'COP' },
				requestId,
				actor: 'workflow',
			});
		const actions = async () =>
			(await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 99 })).map(({ action }) => action);

		test('it is a payment of the case that is asked for and not confirmed, with a note on the case', async () => {
			await record();
			expect(await listPayments(store.db, store.workspaceId, { contactId: laura.contactId, limit: 9 })).toMatchObject([
				{
					provider: 'cash_on_delivery',
					state: 'requested',
					amount: 25_000_000,
					amount_paid: 0,
					url: null,
					owner: null,
				},
			]);
			const done = await actions();
			expect(done).toContain('payment.cash_recorded');
			expect(done).toContain('case.note_added');
			expect(done).not.toContain('payment.confirmed');
		});

		test('asked five times at once it is recorded once; the same request for another amount is refused in words', async () => {
			const all = await Promise.all([1, 2, 3, 4, 5].map(async () => await record()));
			expect(new Set(all.map(({ payment }) => payment.id)).size).toBe(1);
			expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
			expect((await actions()).filter((action) => action === 'payment.cash_recorded')).toHaveLength(1);
			await expect(record(30_000_000)).rejects.toMatchObject({ parameter: 'Request ID' });
		});

		test('a case that does not exist is told', async () => {
			caseKey = 'PS-2026-999999';
			await expect(record()).rejects.toMatchObject({ name: 'InvalidInput' });
		});
	});
});
