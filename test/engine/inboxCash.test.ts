import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { AdvisorInboxTrigger } from '../../nodes/AdvisorInboxTrigger/AdvisorInboxTrigger.node';
import { OUTPUT_NAMES, OUTPUTS } from '../../nodes/AdvisorInboxTrigger/outputs';
import { startTrigger } from '../support/engine';
import { InboxDesk, type Login } from '../support/inboxDesk';
import { caseOf, customerWho, type Customer } from '../support/records';

/** The branch of cash, by its place on the canvas. */
const CASH = OUTPUTS.indexOf('cash');

/** Our ids in an item, without that of its execution. */
function crmOf(item: INodeExecutionData | undefined): object {
	const { emissionId: _execution, ...ids } = (item?.json.crm ?? {}) as IDataObject;
	return ids;
}

/** What a page of the inbox does with cash on delivery, through the real node, up to the items of the branch (S14). */
describe('cash on delivery leaves the inbox on a branch of its own', () => {
	let desk: InboxDesk;
	let laura: Login;
	let sofia: Login;
	let ana: Customer;
	let number: string;

	beforeEach(async () => {
		desk = await new InboxDesk().open();
		laura = await desk.advisor('Laura Gómez', 'advisor');
		sofia = await desk.advisor('Sofía Peña', 'supervisor');
		ana = await customerWho(desk.store, '573001112233', 'necesito cotizar 20 portátiles');
		await desk.store.db.updateTable('conversations').set({ area: 'sales' }).execute();
		number = (await caseOf(desk.store, ana, { requestId: 'case-1' })).case.number;
	});

	afterEach(async () => {
		expect(desk.thrown).toEqual([]);
		await desk.close();
	});

	const agreed = { amount: '250.000', currency: 'COP', description: '3 impresoras' };
	const agree = async (): Promise<string> => {
		const answer = await desk.command(laura, 'agreeCash', { conversationId: ana.conversationId, ...agreed });
		expect(answer.status).toBe(200);
		return String(answer.json().paymentId);
	};
	const handover = { amount: '250.000', collectedBy: 'Pedro, mensajero' };

	it('stands beside the others, before Due, which is the last of every trigger', () => {
		expect(OUTPUT_NAMES[CASH]).toBe('Cash on Delivery');
		expect(OUTPUTS.slice(CASH)).toEqual(['cash', 'due']);
	});

	it('O4: what was agreed, and what came of it, leave once each; an execution that fails gets the same item again', async () => {
		const trigger = await startTrigger(AdvisorInboxTrigger, desk.given());
		try {
			const paymentId = await agree();
			const first = await trigger.next();
			expect(first.outputs.map((items) => items.length)).toEqual(OUTPUTS.map((output) => (output === 'cash' ? 1 : 0)));
			expect(first.outputs[CASH]?.[0]?.json).toMatchObject({
				action: 'agreed',
				command: 'agreeCash',
				paymentId,
				amount: '250000',
				currency: 'COP',
				number,
				advisor: 'Laura Gómez',
				crm: { contactId: ana.contactId, conversationId: ana.conversationId, outboxIds: [] },
			});
			first.finish();

			const wish = desk.store.newId();
			const clicked = [
				await desk.command(sofia, 'collectCash', { paymentId, ...handover }, wish),
				await desk.command(sofia, 'collectCash', { paymentId, ...handover }, wish),
			];
			expect(clicked.map(({ status, text }) => [status, text])).toEqual(Array(2).fill([200, clicked[0]?.text]));
			const failed = await trigger.next();
			failed.finish('error');
			const again = await trigger.next();
			expect(again.outputs[CASH]).toHaveLength(1);
			const [item] = again.outputs[CASH] ?? [];
			expect(item?.json).toMatchObject({
				action: 'collected',
				paymentId,
				collectedBy: 'Pedro, mensajero',
				customerTold: true,
				crm: { requestId: wish, outboxIds: [expect.any(String)] },
			});
			const [before] = failed.outputs[CASH] ?? [];
			expect(crmOf(item)).toEqual(crmOf(before));
			again.finish();
		} finally {
			await trigger.close();
		}
	});

	it('P3: who may not, and who comes late, is refused with a code and the name', async () => {
		const paymentId = await agree();
		const not = await desk.command(laura, 'collectCash', { paymentId, ...handover });
		expect([not.status, not.json().code]).toEqual([403, 'notAllowed']);
		await desk.command(sofia, 'collectCash', { paymentId, ...handover });
		const late = await desk.command(sofia, 'collectCash', { paymentId, ...handover, collectedBy: 'Otra persona' });
		expect([late.status, late.json()]).toEqual([
			422,
			expect.objectContaining({ code: 'cashCollected', values: { name: 'Pedro, mensajero' } }),
		]);
		const gone = await desk.command(sofia, 'cancelCash', { paymentId: '__proto__' });
		expect(gone.status).toBe(404);
	});
});
