import type { WhatsAppClient } from '../../clients/whatsapp/client';
import { OWN_SENTENCES } from '../../domain/failures/ownSentences';
import { InvalidInput } from '../../domain/invalidInput';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { RequestFailure } from '../../http/failure';
import type { Store } from '../../store/store';
import type { MessageSender } from './sendQueued';

/** What a file is called where nobody named it. */
const UNNAMED = 'file';

/** Nothing has been sent yet while a file is on its way to Meta: whatever went wrong, it may be done again. */
function notSent(error: unknown): unknown {
	if (!(error instanceof RequestFailure) || (error.kind !== 'unknown_outcome' && error.kind !== 'temporary'))
		return error;
	return new RequestFailure({
		vendor: 'whatsapp',
		kind: 'not_sent',
		message: error.message,
		description: error.description,
		status: error.status,
		code: error.code,
		said: error.said,
	});
}

/** The message as WhatsApp takes it: bytes of the store are put at Meta first, for the number that sends them. */
async function uploaded(
	store: Store,
	client: WhatsAppClient,
	channelId: string,
	message: OutboundMessage,
): Promise<OutboundMessage> {
	if (message.type !== 'media' || message.stored === undefined) return message;
	const { sha256, mimeType } = message.stored;
	const bytes = await store.readBytes(sha256);
	if (bytes === undefined) {
		throw new InvalidInput({
			message: OWN_SENTENCES.fileErased,
			description: 'It was erased after it had been queued. Send it again.',
			parameter: 'File',
		});
	}
	try {
		const { mediaId } = await client.uploadMedia({
			phoneNumberId: channelId,
			bytes: Buffer.from(bytes),
			size: bytes.length,
			mimeType,
			filename: message.filename ?? UNNAMED,
		});
		return { ...message, mediaId };
	} catch (error) {
		throw notSent(error);
	}
}

/** Sends what is queued through WhatsApp: a file of the store is uploaded first, a quote names the message it answers. */
export function whatsAppSender(store: Store, clientOf: (channelId: string) => Promise<WhatsAppClient>): MessageSender {
	return async ({ outboxId, channelId, to, message }) => {
		const client = await clientOf(channelId);
		const ready = await uploaded(store, client, channelId, message);
		const { replyTo } = message;
		const sent = await client.sendMessage({
			phoneNumberId: channelId,
			to,
			message: ready,
			callbackData: outboxId,
			...(replyTo === undefined ? {} : { replyTo }),
		});
		return { vendorId: sent.wamid };
	};
}
