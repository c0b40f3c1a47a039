import { z } from 'zod';

import type { ContactChat } from './contacts';
import type { Wazzup } from './wazzup';

export interface ChatWindowRequest {
	/** Who will look at it. A user that Wazzup does not know yet needs a name. */
	readonly user: { readonly id: string; readonly name?: string };
	/** Every chat that the user may see, or those of one card. */
	readonly scope: 'global' | 'card';
	/** Chats of the card. */
	readonly filter?: ReadonlyArray<ContactChat & { readonly name?: string }>;
	/** The chat that is open at first. */
	readonly activeChat?: { readonly channelId: string; readonly chatType: string; readonly chatId: string };
	readonly options?: {
		readonly clientType?: string;
		/** The deals menu and its "+" send events to the page instead of opening links. */
		readonly useDealsEvents?: boolean;
		readonly useMessageEvents?: boolean;
	};
}

/** An address for an iframe with `allow="microphone *; clipboard-write *"`. It is made for one user: not to be passed on. */
export interface ChatWindow {
	readonly url: string;
	/** The user of Wazzup that the CRM's user is linked with. */
	readonly linkedToWazzupUser?: unknown;
}

/** An address of the chat window: `POST /iframe`. @throws RequestFailure */
export async function openChatWindow(wazzup: Wazzup, request: ChatWindowRequest): Promise<ChatWindow> {
	return await wazzup.request({
		method: 'POST',
		path: '/iframe',
		body: { ...request },
		answer: z.object({ url: z.string().url(), linkedToWazzupUser: z.unknown() }),
		// Another address for the same window.
		idempotent: true,
		timeout: 'read',
		purpose: 'Get chat window link',
	});
}
