import { momentOf } from '../../nodes/shared/domain/messages/moment';

const second = Date.UTC(2026, 10, 22, 15, 4, 5);

describe('when a message was written (D17, P3)', () => {
	test.each([
		['arrives within its second: an answer given 400 ms later stands before what comes after it', second, 650, 650],
		['arrives a moment after its second: the last of that second', second, 1_200, 999],
		['was held up, e.g. while n8n was away: after what arrived within that second', second, 60_000, 999],
		['is told to the millisecond', second + 123, 650, 123],
		['comes from a clock that is ahead of ours', second, -2_000, 0],
	])('%s', (_name, told, arrivedAfter, expected) => {
		expect(momentOf(new Date(told), second + arrivedAfter)).toBe(second + expected);
	});

	test('never another second than WhatsApp tells, nor later than the arrival', () => {
		for (let after = 0; after < 6_000; after += 7) {
			const moment = momentOf(new Date(second), second + after);
			expect(Math.floor(moment / 1_000) * 1_000).toBe(second);
			expect(moment).toBeLessThanOrEqual(second + after);
		}
	});
});
