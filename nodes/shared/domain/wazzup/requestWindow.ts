/**
 * Wazzup takes 500 requests in 5 s for each account and does not say when its 5 s begin. Any of its windows touches at
 * most 51 of ours of a tenth of a second, so 9 in each of ours never are more than 459 in one of Wazzup's; the others are
 * for those that were granted in an earlier window and that a busy machine sends late.
 */
export const REQUEST_WINDOW_MS = 100;
export const REQUESTS_PER_WINDOW = 9;
/** After this long Wazzup's counter has started again, whenever it started. */
export const RATE_RESET_MS = 5_000;

/** What has been taken of the window that begins at `startsAt`. */
export interface RequestWindow {
	readonly startsAt: number;
	readonly taken: number;
}

export interface RequestClaim {
	/** How many of the wanted requests may leave now; 0 when none. */
	readonly granted: number;
	/** The window after this claim. */
	readonly window: RequestWindow;
	/** How long until more can be granted; 0 when everything was. */
	readonly waitMs: number;
}

/**
 * Takes requests from the window of `now`. A window that lies ahead is one in which Wazzup asked for a pause, or another
 * process' clock runs a little faster: it is waited for, unless it is so far ahead that the clock must have been set back.
 */
export function claimRequests(known: RequestWindow | undefined, now: number, wanted: number): RequestClaim {
	const current = Math.floor(now / REQUEST_WINDOW_MS) * REQUEST_WINDOW_MS;
	const ahead = known !== undefined && known.startsAt > current && known.startsAt <= current + 2 * RATE_RESET_MS;
	if (ahead) return { granted: 0, window: known, waitMs: known.startsAt - now };
	const taken = known?.startsAt === current ? known.taken : 0;
	const granted = Math.max(0, Math.min(wanted, REQUESTS_PER_WINDOW - taken));
	return {
		granted,
		window: { startsAt: current, taken: taken + granted },
		waitMs: granted === wanted ? 0 : current + REQUEST_WINDOW_MS - now,
	};
}

/** Nothing may leave until Wazzup's counter has certainly started again. */
export function pausedWindow(now: number): RequestWindow {
	return { startsAt: Math.ceil((now + RATE_RESET_MS) / REQUEST_WINDOW_MS) * REQUEST_WINDOW_MS, taken: 0 };
}
