/** Meta's customer service window: free-form messages only this long after the person's last message, ms. */
export const SERVICE_WINDOW = 24 * 3_600_000;

/** Whether a person who last wrote at a time may be written to freely now. */
export function isWindowOpen(lastInboundAt: number | null | undefined, now: number): boolean {
	return lastInboundAt !== null && lastInboundAt !== undefined && now < lastInboundAt + SERVICE_WINDOW;
}
