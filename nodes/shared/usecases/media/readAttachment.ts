import { InvalidInput } from '../../domain/invalidInput';
import { getAttachment, type AttachmentRow } from '../../store/repositories/attachments';
import type { Store } from '../../store/store';

/** Why a file has no bytes, by its state. */
const NOT_THERE: Readonly<Record<Exclude<AttachmentRow['state'], 'stored'>, string>> = {
	pending: 'it still lies at WhatsApp; connect the Attachment and Due branches to WhatsApp Cloud: Store Media',
	failed: 'WhatsApp did not hand it over; ask the customer to send it again',
	expired: 'WhatsApp keeps files for some days only; ask the customer to send it again',
};

/**
 * A customer's file with its bytes.
 * @throws InvalidInput when there is none, or its bytes are not in the store.
 */
export async function readAttachment(
	store: Store,
	attachmentId: string,
): Promise<{ readonly attachment: AttachmentRow; readonly bytes: Uint8Array }> {
	const attachment = await getAttachment(store.db, store.workspaceId, attachmentId);
	if (!attachment) {
		throw new InvalidInput({
			message: `There is no attachment '${attachmentId}' in workspace '${store.workspaceId}'`,
			description: "Choose one from the list in 'Attachment', or check the store credential.",
			parameter: 'Attachment',
		});
	}
	const bytes = attachment.sha256 === null ? undefined : await store.readBytes(attachment.sha256);
	if (bytes) return { attachment, bytes };
	const why = attachment.state === 'stored' ? 'its bytes are gone from the store' : NOT_THERE[attachment.state];
	throw new InvalidInput({
		message: `The file of attachment '${attachmentId}' is not in the store`,
		description: `Why: ${why}.`,
		parameter: 'Attachment',
	});
}
