/** What other systems may be told of, in the order of a customer's way. Names are public: never rename once released. */
export const BUSINESS_EVENTS = [
	'case.created',
	'case.assigned',
	'case.updated',
	'case.closed',
	'lead.created',
	'lead.updated',
	'lead.won',
	'lead.lost',
	'appointment.scheduled',
	'payment.link_created',
	'payment.pending',
	'payment.confirmed',
	'payment.failed',
	'payment.expired',
	'payment.refunded',
	'payment.disputed',
] as const;

export type BusinessEvent = (typeof BUSINESS_EVENTS)[number];

type Payload = Readonly<Record<string, unknown>>;

const ENDS_OF_A_CASE = new Set<unknown>(['resolved', 'closed']);

const leadMoved = ({ after }: Payload): BusinessEvent =>
	after === 'Won' ? 'lead.won' : after === 'Lost' ? 'lead.lost' : 'lead.updated';

/** By the action of the bitácora: what is on record has happened, and what has happened is on record. */
const BY_ACTION: ReadonlyMap<string, (payload: Payload) => BusinessEvent | undefined> = new Map<
	string,
	(payload: Payload) => BusinessEvent | undefined
>([
	['case.opened', () => 'case.created'],
	['case.assigned', () => 'case.assigned'],
	['case.updated', () => 'case.updated'],
	['case.status_changed', ({ after }) => (ENDS_OF_A_CASE.has(after) ? 'case.closed' : 'case.updated')],
	['lead.created', () => 'lead.created'],
	['lead.updated', () => 'lead.updated'],
	['lead.stage_changed', leadMoved],
	['follow_up.saved', ({ kind }) => (kind === 'appointment' ? 'appointment.scheduled' : undefined)],
	['payment.link_created', () => 'payment.link_created'],
	['payment.pending', () => 'payment.pending'],
	['payment.confirmed', () => 'payment.confirmed'],
	['payment.failed', () => 'payment.failed'],
	['payment.expired', () => 'payment.expired'],
	['payment.refunded', () => 'payment.refunded'],
	['payment.disputed', () => 'payment.disputed'],
]);

/** Whether an action can be a business event at all: nothing else is looked at twice. */
export const mayBeBusinessEvent = (action: string): boolean => BY_ACTION.has(action);

/** What a line of the bitácora is to other systems; undefined: nothing. */
export function businessEventOf(action: string, payload: Payload): BusinessEvent | undefined {
	return BY_ACTION.get(action)?.(payload);
}
