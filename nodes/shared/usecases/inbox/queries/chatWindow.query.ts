import { chatOfIdentity } from '../../../domain/wazzup/chatOfIdentity';
import { windowOrigin } from '../../../domain/wazzup/windowOrigins';
import { RequestFailure } from '../../../http/failure';
import { wazzupChatsOf } from '../../../store/repositories/wazzupChats';
import { seenNow } from '../access';
import { Refusal, refusalOfRequest } from '../refusal';
import type { AnswerOf, InboxWazzup, QueryContext } from './query';

function accountOf({ services }: QueryContext): InboxWazzup {
	if (services.wazzup) return services.wazzup;
	throw new Refusal(404, {
		message: 'No account of Wazzup is connected to this inbox',
		description: "Whoever runs n8n chooses one in the panel of 'Advisor Inbox Trigger'.",
		code: 'noWazzup',
	});
}

/** What Wazzup said no with, for a person in front of the page. */
function asRefusal(error: unknown): unknown {
	if (!(error instanceof RequestFailure)) return error;
	const refusal = refusalOfRequest(error);
	if (refusal.status === 422) return refusal;
	return new Refusal(503, {
		message: 'Wazzup does not answer just now',
		description: 'Try again in a moment.',
		retryAfter: refusal.retryAfter,
		code: 'wazzupSilent',
	});
}

/** The chats of a conversation's customer. @throws Refusal when Wazzup has none, or when it is not for these eyes */
async function chatsOf({ store, viewer }: QueryContext, conversationId: string) {
	const { contact_id: contactId } = await seenNow(store, viewer, conversationId);
	const identities = (await wazzupChatsOf(store.db, store.workspaceId, [contactId])).get(contactId) ?? [];
	const chats = identities.flatMap((identity) => chatOfIdentity(identity) ?? []);
	if (chats.length > 0) return chats;
	throw new Refusal(409, {
		message: 'This customer has no chat in Wazzup',
		description: 'They have written without a phone number, and in no other messenger.',
		code: 'noWazzupChat',
	});
}

/**
 * An address of Wazzup's chat window, made for who is logged in and nobody else: the advisor is Wazzup's user. Asked of
 * Wazzup each time and kept nowhere, because whoever has it reads the chats.
 * @throws Refusal
 */
export const chatWindow: AnswerOf<'chatWindow'> = async (context, { conversationId }) => {
	const { viewer } = context;
	const wazzup = accountOf(context);
	const chats = conversationId === undefined ? undefined : await chatsOf(context, conversationId);
	try {
		const { url } = await wazzup.openChatWindow({
			user: { id: viewer.advisorId, name: viewer.name },
			...(chats === undefined ? { scope: 'global' } : { scope: 'card', filter: chats }),
			options: { useDealsEvents: true, useMessageEvents: false },
		});
		const origin = windowOrigin(url, wazzup.credential.baseUrl);
		if (origin !== undefined) return { url, origin };
	} catch (error) {
		throw asRefusal(error);
	}
	throw new Refusal(503, {
		message: 'Wazzup answered with an address that is not its own',
		description: 'Nothing was opened. Tell whoever runs n8n.',
		code: 'wazzupElsewhere',
	});
};
