import { useLayoutEffect, type Inputs } from 'preact/hooks';

/**
 * Hears an event of the window while what uses it is on the page.
 *
 * Begins as soon as it is drawn: an effect begins a frame or two later, and a key pressed in between would be lost.
 *
 * @param hear undefined: nothing to hear now
 * @param inputs what `hear` depends on
 */
export function useWindowEvent<Kind extends keyof WindowEventMap>(
	kind: Kind,
	hear: ((event: WindowEventMap[Kind]) => void) | undefined,
	inputs: Inputs,
): void {
	useLayoutEffect(() => {
		if (hear === undefined) return undefined;
		window.addEventListener(kind, hear);
		return () => window.removeEventListener(kind, hear);
	}, inputs);
}
