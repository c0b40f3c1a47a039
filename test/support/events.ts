import type {
	DeliveryStatus,
	EchoEvent,
	MediaReference,
	MessageEvent,
	StatusEvent,
} from '../../nodes/shared/domain/messages/events';

/** The number of ours in tests. */
export const channel = {
	wabaId: '102290129340398',
	phoneNumberId: '106540352242922',
	displayPhoneNumber: '573009998877',
};

/** The trigger node in tests. */
export const webhookId = 'd1f2c3b4-0000-4000-8000-000000000001';

let count = 0;

/** A message of a customer as the parser gives it. `minute` orders messages in the vendor's time. */
export function messageFrom(
	waId: string,
	text: string,
	options: {
		readonly id?: string;
		readonly at?: number;
		readonly media?: MediaReference;
		readonly userId?: string;
	} = {},
): MessageEvent {
	count += 1;
	return {
		kind: 'message',
		id: options.id ?? `wamid.in.${count}`,
		at: new Date(options.at ?? 1_760_000_000_000 + count * 1000),
		channel,
		from: { waId: waId || undefined, userId: options.userId, profileName: 'Ana' },
		content: options.media
			? { type: options.media.type, text: text || undefined, media: options.media }
			: { type: 'text', text },
		raw: { text },
	};
}

export function statusOf(
	messageId: string,
	status: DeliveryStatus,
	options: { readonly callbackData?: string; readonly at?: number } = {},
): StatusEvent {
	return {
		kind: 'status',
		id: `${messageId}:${status}`,
		at: new Date(options.at ?? 1_760_000_100_000),
		channel,
		messageId,
		status,
		recipient: { waId: '573001234567' },
		callbackData: options.callbackData,
		raw: {},
	};
}

export function echoTo(waId: string, text: string): EchoEvent {
	count += 1;
	return {
		kind: 'echo',
		id: `wamid.echo.${count}`,
		at: new Date(1_760_000_000_000 + count * 1000),
		channel,
		to: { waId },
		content: { type: 'text', text },
		raw: {},
	};
}
