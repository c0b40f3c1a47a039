import { useEffect, useState } from 'preact/hooks';

import { wish } from '../state/panes';

type Wish = NonNullable<typeof wish.value>['what'];

/** Hears what is wished from elsewhere on the page from now on, each wish once; what was wished before is over. */
export function useWished(hear: (what: Wish) => void): void {
	const wished = wish.value;
	const [heardAt, setHeardAt] = useState(performance.now());
	useEffect(() => {
		if (wished === undefined || wished.at <= heardAt) return;
		setHeardAt(wished.at);
		hear(wished.what);
	}, [wished]);
}
