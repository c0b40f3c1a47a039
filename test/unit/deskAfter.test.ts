import { newConversation } from '../../nodes/shared/domain/conversation/newConversation';
import type { ConversationRow } from '../../nodes/shared/store/repositories/conversations';
import { deskAfter } from '../../nodes/shared/usecases/dialogue/deskAfter';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';

describe("what the team's list shows after a step (P2, P3)", () => {
	const row = { area: null, waiting_since: null } as ConversationRow;
	const after = (flow: string | undefined) =>
		deskAfter(
			row,
			{ state: { ...newConversation(prosuministros), flow }, effects: [], explanation: {} },
			prosuministros,
			0,
		);

	test.each([
		['quotation', 1],
		['order_status', undefined],
		['other', undefined],
		[undefined, undefined],
	])('P2: tapping the option %s lights «Crear Lead»: %s', (option, lit) => {
		expect(after(option).commercial_intent).toBe(lit);
	});
});
