/** What arrives later than this was held up: nobody knows where in its second it was written. */
const LIVE_MS = 5_000;

const LAST_OF_SECOND = 999;

/**
 * When a message was written. WhatsApp tells whole seconds, so that whoever answers within a second would seem to have
 * written before what they answered: the rest of the second is taken from the arrival.
 */
export function momentOf(toldAt: Date, arrivedAt: number): number {
	const told = toldAt.getTime();
	const since = arrivedAt - told;
	const isLive = told % 1_000 === 0 && since > 0 && since < LIVE_MS;
	return isLive ? told + Math.min(since, LAST_OF_SECOND) : told;
}
