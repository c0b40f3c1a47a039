import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { Check } from '../pieces/fields';
import type { Said } from '../state/notices';

/**
 * Whether a form about cash goes on although the same was paid another way. That is known only by the desk, and to be ticked
 * from then on.
 */
export function useDespitePaid(said: Said | undefined): {
	readonly despitePaid: boolean;
	readonly tick: (label: string) => JSX.Element | null;
} {
	const [despitePaid, setDespitePaid] = useState(false);
	const [wasPaid, setWasPaid] = useState(false);
	if (said?.field === 'despitePaid' && !wasPaid) setWasPaid(true);
	return {
		despitePaid,
		tick: (label) => (wasPaid ? <Check label={label} checked={despitePaid} onCheck={setDespitePaid} /> : null),
	};
}
