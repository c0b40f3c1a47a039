/**
 * What a channel tells us, in one shape for every vendor. A parser in `webhooks/` makes these from
 * vendor payloads; everything above reads only these. `raw` keeps the vendor's own object.
 */

/** How the vendor names the other side. A WhatsApp user may come without a phone number (BSUID). */
export interface Identity {
	/** Phone digits without `+`, as WhatsApp writes them (`573001234567`). May be absent since 2026. */
	readonly waId?: string;
	/** Business-scoped user id (`CO.1349…`), stable until the person changes their number. */
	readonly userId?: string;
	/** Business-scoped user id at the level of a managed portfolio (`US.ENT.…`). */
	readonly parentUserId?: string;
	/** A chat at Wazzup that is no phone number at WhatsApp: `instagram:maria`. */
	readonly wazzupChat?: string;
	readonly username?: string;
	/** Name the person gave to their profile; unverified. */
	readonly profileName?: string;
}

/** The number of ours that the event belongs to. */
export interface ChannelAddress {
	/** WhatsApp Business Account id. */
	readonly wabaId?: string;
	/** Meta's `phone_number_id`; for Wazzup the `channelId`. */
	readonly phoneNumberId: string;
	/** The number as people see it. */
	readonly displayPhoneNumber?: string;
}

export type MediaType = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';

/** A file at the vendor, not downloaded yet. */
export interface MediaReference {
	readonly type: MediaType;
	readonly mediaId: string;
	readonly mimeType?: string;
	/** Base64, as Meta sends it. */
	readonly sha256?: string;
	readonly filename?: string;
	readonly caption?: string;
	readonly url?: string;
	readonly animated?: boolean;
}

export interface LocationContent {
	readonly latitude: number;
	readonly longitude: number;
	readonly name?: string;
	readonly address?: string;
	readonly url?: string;
}

/** The person tapped something we offered. `id` is what we gave when sending. */
export interface ReplyContent {
	readonly id: string;
	readonly title: string;
	readonly via: 'button' | 'list' | 'template_button';
}

export interface OrderContent {
	readonly catalogId: string;
	readonly text?: string;
	readonly items: ReadonlyArray<{
		readonly productRetailerId: string;
		readonly quantity: number;
		readonly itemPrice: number;
		readonly currency: string;
	}>;
}

/** Where the first message came from (click-to-WhatsApp ad or post). */
export interface ReferralContent {
	readonly sourceUrl?: string;
	readonly sourceId?: string;
	readonly sourceType?: string;
	readonly headline?: string;
	readonly body?: string;
	readonly ctwaClid?: string;
}

export interface VendorError {
	readonly code: number;
	/** Where the vendor's codes are words (Wazzup). */
	readonly name?: string;
	readonly title?: string;
	readonly message?: string;
	readonly details?: string;
	readonly href?: string;
}

export type MessageType =
	| 'text'
	| MediaType
	| 'location'
	| 'contacts'
	| 'reply'
	| 'flow_reply'
	| 'reaction'
	| 'order'
	| 'system'
	| 'edit'
	| 'revoke'
	| 'unsupported'
	| 'unknown';

/** The readable content of a message, the same for inbound messages, echoes and history. */
export interface MessageContent {
	readonly type: MessageType;
	/** What a person would read: the text, the caption, the title of the button, the body of an order. */
	readonly text?: string;
	readonly media?: MediaReference;
	readonly location?: LocationContent;
	/** Cards as Meta sends them. */
	readonly contacts?: readonly unknown[];
	readonly reply?: ReplyContent;
	/** Parsed `response_json` of a WhatsApp Flow; the string itself when it is no JSON. */
	readonly flowReply?: unknown;
	readonly reaction?: { readonly messageId: string; readonly emoji?: string };
	readonly order?: OrderContent;
	/** For `edit` and `revoke`: the message that changed. */
	readonly originalMessageId?: string;
	/** For `edit`: what the message says now. */
	readonly edited?: MessageContent;
	/** For `system`: number or id changes. */
	readonly system?: {
		readonly type: string;
		readonly body?: string;
		readonly newWaId?: string;
		readonly newUserId?: string;
	};
	readonly errors?: readonly VendorError[];
}

interface EventBase {
	/** Unique per event at the vendor: what duplicates are recognised by. */
	readonly id: string;
	/** Vendor's time of the event. */
	readonly at: Date;
	readonly channel?: ChannelAddress;
	readonly raw: unknown;
}

/** A person wrote to us. `id` is the wamid. */
export interface MessageEvent extends EventBase {
	readonly kind: 'message';
	readonly from: Identity;
	readonly channel: ChannelAddress;
	readonly content: MessageContent;
	readonly context?: {
		readonly messageId?: string;
		readonly forwarded?: boolean;
		readonly frequentlyForwarded?: boolean;
		readonly referredProduct?: { readonly catalogId: string; readonly productRetailerId: string };
	};
	readonly referral?: ReferralContent;
	readonly groupId?: string;
}

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** What became of a message of ours. `id` is `<wamid>:<status>`, because every status comes once. */
export interface StatusEvent extends EventBase {
	readonly kind: 'status';
	/** Wazzup names none. */
	readonly channel?: ChannelAddress;
	readonly messageId: string;
	readonly status: DeliveryStatus;
	readonly recipient: Identity;
	/** Our outbox id, when we gave one in `biz_opaque_callback_data`. */
	readonly callbackData?: string;
	readonly errors?: readonly VendorError[];
	readonly pricing?: {
		readonly billable?: boolean;
		readonly model?: string;
		readonly type?: string;
		readonly category?: string;
	};
}

/** Somebody of ours wrote from the WhatsApp Business app of a linked number. Never answered by the bot. */
export interface EchoEvent extends EventBase {
	readonly kind: 'echo';
	readonly channel: ChannelAddress;
	readonly to: Identity;
	readonly content: MessageContent;
}

/** One message of the past of a linked number. */
export interface HistoryEvent extends EventBase {
	readonly kind: 'history';
	readonly channel: ChannelAddress;
	readonly direction: 'in' | 'out';
	readonly contact: Identity;
	readonly content: MessageContent;
	/** Later file of a placeholder: the message it belongs to. `id` is then `<wamid>:media`. */
	readonly mediaOf?: string;
	readonly status?: string;
	readonly phase?: number;
	readonly progress?: number;
}

export interface ContactSyncEvent extends EventBase {
	readonly kind: 'contact_sync';
	readonly action: 'add' | 'remove';
	readonly contact: Identity & { readonly fullName?: string; readonly firstName?: string };
}

/** Account, template, channel, quality, preference and id-change webhooks; `field` is the vendor's name of it. */
export interface AccountEvent extends EventBase {
	readonly kind: 'account';
	readonly field: string;
	readonly event?: string;
	readonly wabaId?: string;
	/** Of `account_update`, where it concerns one number: as people see it. */
	readonly phoneNumber?: string;
	/** Of `account_update`: why a number is not linked with us any more. */
	readonly disconnectionReason?: string;
	/** For `user_id_update`: one person under an old and a new address. */
	readonly identityChange?: { readonly previous: Identity; readonly current: Identity };
}

export interface ErrorEvent extends EventBase {
	readonly kind: 'error';
	readonly errors: readonly VendorError[];
}

/** A field or shape that we do not know: kept, never an exception. */
export interface UnknownEvent extends EventBase {
	readonly kind: 'unknown';
	readonly field?: string;
}

export type ChannelEvent =
	| MessageEvent
	| StatusEvent
	| EchoEvent
	| HistoryEvent
	| ContactSyncEvent
	| AccountEvent
	| ErrorEvent
	| UnknownEvent;
