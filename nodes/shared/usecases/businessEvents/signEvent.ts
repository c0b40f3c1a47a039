import { createHmac } from 'node:crypto';

export const SIGNATURE_HEADER = 'whatsapp-crm-signature';
export const EVENT_ID_HEADER = 'idempotency-key';
export const EVENT_TYPE_HEADER = 'whatsapp-crm-event';

/**
 * The signature of a delivery, in Stripe's scheme, for which there is a library everywhere: `t=<seconds>,v1=<hex of the HMAC-SHA256 of
 * "<seconds>.<body>">`. The time is signed too, so that a receiver can refuse what somebody recorded and plays again.
 */
export function signEvent(body: string, secret: string, now: number): string {
	const seconds = Math.floor(now / 1_000);
	const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
	return `t=${seconds},v1=${digest}`;
}
