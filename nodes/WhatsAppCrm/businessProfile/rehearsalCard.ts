import type { IDataObject } from 'n8n-workflow';

import type { ProfileRehearsal } from '../../shared/usecases/profile/rehearseProfile';

/** A rehearsal as an item: sentences first, then what stands behind them. */
export function rehearsalCard({ total, sentences, changed, tests }: ProfileRehearsal): IDataObject {
	return {
		conversations: total,
		wouldChange: [...sentences],
		differently: changed.map((entry): IDataObject => ({ ...entry })),
		tests: tests.map(({ unmet: _unmet, ...test }): IDataObject => ({ ...test, differences: [...test.differences] })),
		testsPassed: tests.every(({ result }) => result !== 'different'),
	};
}
