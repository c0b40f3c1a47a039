import { signal } from '@preact/signals';

/** Whether somebody looks at the page: what comes while nobody does is not read. */
export const isLookedAt = signal(!document.hidden);

document.addEventListener('visibilitychange', () => {
	isLookedAt.value = !document.hidden;
});
