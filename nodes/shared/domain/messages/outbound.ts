/**
 * What we say, before any vendor's format. A client turns it into the vendor's payload and falls back
 * to numbered text where the vendor's limits do not fit.
 */

/** One thing the person can tap. */
export interface Choice {
	/** Comes back as `reply.id`; at most 200 characters so that it fits a button and a list row. */
	readonly id: string;
	readonly title: string;
	readonly description?: string;
}

/** A message, and which one of this conversation it answers. */
export type OutboundMessage = OutboundContent & {
	/** The vendor's id of the message that this one quotes. */
	readonly replyTo?: string;
};

type OutboundContent =
	| { readonly type: 'text'; readonly text: string; readonly previewUrl?: boolean }
	| {
			readonly type: 'choices';
			readonly text: string;
			readonly choices: readonly Choice[];
			/** Label that opens the list when there are more than three choices. */
			readonly listLabel?: string;
			readonly footer?: string;
	  }
	| {
			readonly type: 'url_button';
			readonly text: string;
			readonly label: string;
			readonly url: string;
			readonly footer?: string;
	  }
	| { readonly type: 'location_request'; readonly text: string }
	| { readonly type: 'contact_request'; readonly text: string }
	| {
			readonly type: 'media';
			readonly mediaType: 'image' | 'video' | 'audio' | 'document' | 'sticker';
			readonly mediaId?: string;
			readonly link?: string;
			/** Bytes of the store, which Send Queued uploads first. */
			readonly stored?: { readonly sha256: string; readonly mimeType: string };
			readonly caption?: string;
			readonly filename?: string;
	  }
	| {
			readonly type: 'template';
			readonly name: string;
			readonly languageCode: string;
			/** Meta's `components` array, built by the node or the use case. */
			readonly components?: readonly unknown[];
			readonly category?: 'marketing' | 'utility' | 'authentication';
	  };
