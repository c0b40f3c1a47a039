import { en } from '../../nodes/AdvisorInboxTrigger/page/words/en';
import { es } from '../../nodes/AdvisorInboxTrigger/page/words/es';
import { ptBR } from '../../nodes/AdvisorInboxTrigger/page/words/ptBR';
import { es as auditWords } from '../../nodes/AdvisorInboxTrigger/page/words/audit/es';
import { TOLD_IN_THREAD } from '../../nodes/shared/store/repositories/auditLog';

/** What a line of the bitácora has of values when it is about this much. */
const values = {
	advisor: 'Carolina Rojas',
	told: 'Diana Torres',
	number: 'PS-1',
	after: 'open',
	amount: '5',
	currency: 'COP',
};

describe.each([
	['es', es],
	['en', en],
	['pt-BR', ptBR],
])('the thread in %s', (_language, { events }) => {
	test.each([...TOLD_IN_THREAD])('%s is said in words, whatever is known of it', (action) => {
		const say = events.known[action];
		expect(say).toBeDefined();
		for (const known of [values, {}]) {
			expect(say?.(known)).toMatch(/\S+ \S+|\S{4,}/);
			expect(say?.(known)).not.toMatch(/undefined|null|\[object/);
		}
	});

	test('everything that happens to a payment is said; a reminder stands there as its message', () => {
		const happens = Object.keys(auditWords.actions).filter((action) => action.startsWith('payment.'));
		expect(happens).toContain('payment.cash_recorded');
		expect(happens.filter((action) => !TOLD_IN_THREAD.has(action))).toEqual(['payment.reminded']);
	});

	test('cash is told with the amount and who received it, money that came twice as what it is', () => {
		const money = '$ 250.000';
		expect(events.known['payment.cash_recorded']?.({ money })).toContain(money);
		const confirmed = (more: Readonly<Record<string, string>>) =>
			events.known['payment.confirmed']?.({ money, ...more });
		expect(confirmed({ kind: 'paid', collectedBy: 'Pedro' })).toMatch(/250\.000.*Pedro/);
		const told = [confirmed({ kind: 'paid' }), confirmed({ kind: 'paid_again' }), confirmed({ kind: 'renewed' })];
		expect(new Set(told).size).toBe(3);
		const decided = [{ won: 'true' }, { won: 'false' }, {}].map((v) => events.known['payment.dispute_closed']?.(v));
		expect(new Set(decided).size).toBe(3);
	});

	test('who attends a customer by the bridge and who was told are named', () => {
		expect(events.known['bridge.taken']?.(values)).toContain('Carolina Rojas');
		expect(events.known['bridge.passed']?.(values)).toContain('Carolina Rojas');
		expect(events.known['conversation.escalated']?.(values)).toContain('Diana Torres');
	});
});
