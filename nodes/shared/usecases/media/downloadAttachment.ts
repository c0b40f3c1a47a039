import { InvalidInput } from '../../domain/invalidInput';
import { RequestFailure } from '../../http/failure';
import { appendAudit } from '../../store/repositories/auditLog';
import { getAttachment, updateAttachment, type AttachmentRow } from '../../store/repositories/attachments';
import { updateMessage } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { checkPaymentProofInside } from '../paymentProofs/checkPaymentProof';

/** Fetches a file from the channel. @throws RequestFailure */
export type MediaFetcher = (media: { readonly mediaId: string; readonly channelId: string }) => Promise<{
	readonly bytes: Uint8Array;
	readonly mimeType: string;
	readonly sha256: string;
	readonly size: number;
}>;

/** Pauses before a failed download is tried again, ms. Meta keeps an inbound file for seven days. */
const DOWNLOAD_TIERS = [1_000, 30_000, 300_000, 3_600_000] as const;

/** How long the execution that stored a voice note has to bring its transcript before Due hands it out again, ms. */
const TRANSCRIPT_TIME = 60_000;

async function underContactLock(
	store: Store,
	contactId: string,
	work: (tx: StoreTransaction) => Promise<void>,
): Promise<void> {
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx) => await work(tx));
	if (result !== undefined && 'error' in result) throw result.error;
}

/**
 * Brings a file from the vendor into the store, once: the same bytes are kept once a workspace. A failure is noted on
 * the attachment and tried again by Due; it never stops the branch.
 * @returns the attachment as it is now.
 * @throws InvalidInput when there is no such attachment.
 */
export async function downloadAttachment(
	store: Store,
	attachmentId: string,
	fetchMedia: MediaFetcher,
): Promise<AttachmentRow> {
	const attachment = await getAttachment(store.db, store.workspaceId, attachmentId);
	if (!attachment) {
		throw new InvalidInput({
			message: `There is no attachment '${attachmentId}' in workspace '${store.workspaceId}'`,
			description: 'Connect this node to the Attachment output of Bot Conversation, or check the store credential.',
			parameter: 'Attachment',
		});
	}
	if (attachment.state !== 'pending' || attachment.media_id === null) return attachment;
	try {
		const file = await fetchMedia({ mediaId: attachment.media_id, channelId: attachment.channel_id });
		await store.writeBytes(file.sha256, file.bytes);
		const { profile } = await profileInForce(store);
		await underContactLock(store, attachment.contact_id, async (tx) => {
			const stored = {
				state: 'stored' as const,
				sha256: file.sha256,
				size: file.size,
				mime_type: file.mimeType,
				error: null,
				// Counted anew, and carried on by the same owner: to a transcript, where one is wanted.
				attempts: 0,
				ready_at: store.now() + TRANSCRIPT_TIME,
			};
			await updateAttachment(tx, attachment.id, stored);
			await appendAudit(tx, store, {
				contactId: attachment.contact_id,
				actor: 'bot',
				action: 'attachment.stored',
				subjectKind: 'attachment',
				subjectId: attachment.id,
				payload: { sha256: file.sha256, size: file.size, type: attachment.type },
			});
			await checkPaymentProofInside(tx, store, profile, { ...attachment, ...stored });
		});
	} catch (error) {
		if (!(error instanceof RequestFailure)) throw error;
		const attempts = attachment.attempts + 1;
		const tier = DOWNLOAD_TIERS[attempts - 1];
		const gone = error.status === 404 || error.status === 410;
		const ended = tier === undefined || (gone && attempts > 1);
		await updateAttachment(store.db, attachment.id, {
			attempts,
			error: error.message,
			owner: null,
			...(ended ? { state: gone ? 'expired' : 'failed' } : { ready_at: store.now() + tier }),
		});
		// Without its bytes nobody can transcribe it.
		if (ended) await updateMessage(store.db, attachment.message_id, { transcript_due_at: null });
	}
	return (await getAttachment(store.db, store.workspaceId, attachmentId)) ?? attachment;
}
