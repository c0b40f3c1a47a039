'use strict';

// The n8n of a test may live at a time of the test's own: its Date is moved by as many milliseconds as a file says, and the file
// is read again while n8n runs, so that a test lets hours pass without waiting. Timers run as they always do.
const { readFileSync } = require('node:fs');

/** A movement is seen at the latest so many milliseconds after it was written. */
const SEEN_AFTER = 5;

const file = process.env.DATE_MOVED_BY;

if (file !== undefined) {
	const machineNow = Date.now.bind(Date);
	let movedBy = 0;
	let readAt = -Infinity;

	const now = () => {
		const sinceStart = performance.now();
		if (sinceStart - readAt > SEEN_AFTER) {
			movedBy = Number(readFileSync(file, 'utf8'));
			readAt = sinceStart;
		}
		return machineNow() + movedBy;
	};

	Date.now = now;
	globalThis.Date = new Proxy(Date, {
		construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
		apply: (target) => new target(now()).toString(),
	});
	Date.prototype.constructor = Date;
}
