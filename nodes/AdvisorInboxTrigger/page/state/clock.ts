import { signal } from '@preact/signals';

/** The time, as often as anything on the page changes by it. */
export const now = signal(Date.now());

const EVERY_MS = 15_000;

window.setInterval(() => {
	now.value = Date.now();
}, EVERY_MS);
