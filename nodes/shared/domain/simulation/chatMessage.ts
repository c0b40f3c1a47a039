import type { MediaType } from '../messages/events';

/** What stands in a chat: somebody's message, one that was taken back, or a note of WhatsApp's own. */
export type ChatMessageKind = 'message' | 'deleted' | 'system';

export type ChatMediaType = MediaType | 'contact' | 'location' | 'unknown';

/** One entry of a past chat, whichever file or table it came from. */
export interface ChatMessage {
	readonly kind: ChatMessageKind;
	readonly at: Date;
	/** As the export names them: a saved name, or a phone number. Empty for notes of WhatsApp. */
	readonly from: string;
	/** Without marks of direction, of media and of editing; a caption when there is a file. */
	readonly text: string;
	readonly media?: { readonly type: ChatMediaType; readonly filename?: string };
	readonly edited?: boolean;
	/** Known in tables; in exports it follows from who the business is. */
	readonly direction?: 'in' | 'out';
}

/** A chat with one customer, in the order of its file. */
export interface PastChat {
	/** Title of the chat or name of the file. */
	readonly title: string;
	readonly messages: readonly ChatMessage[];
}
