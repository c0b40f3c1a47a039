import { en } from '../../nodes/AdvisorInboxTrigger/page/words/en';
import { es } from '../../nodes/AdvisorInboxTrigger/page/words/es';
import { ptBR } from '../../nodes/AdvisorInboxTrigger/page/words/ptBR';
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

	test('who attends a customer by the bridge and who was told are named', () => {
		expect(events.known['bridge.taken']?.(values)).toContain('Carolina Rojas');
		expect(events.known['bridge.passed']?.(values)).toContain('Carolina Rojas');
		expect(events.known['conversation.escalated']?.(values)).toContain('Diana Torres');
	});
});
