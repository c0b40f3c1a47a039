const LAST_OF_SECOND = 999;

/**
 * When a message was written. WhatsApp tells whole seconds, so that whoever answers within a second would seem to have
 * written before what they answered: the rest of the second is taken from the arrival. What was held up stands last in
 * its second, so that messages of one second keep the order in which they arrived.
 */
export function momentOf(toldAt: Date, arrivedAt: number): number {
	const told = toldAt.getTime();
	const since = arrivedAt - told;
	return told % 1_000 === 0 && since > 0 ? told + Math.min(since, LAST_OF_SECOND) : told;
}
