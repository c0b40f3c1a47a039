import { LRUCache } from 'lru-cache';

import { mediaTypeOf } from '../../domain/messages/mediaType';
import { getAttachment, type AttachmentRow } from '../../store/repositories/attachments';
import { listVisibleOf } from '../../store/repositories/inboxConversations';
import { getMessage } from '../../store/repositories/messages';
import type { Store } from '../../store/store';
import { notFound, scopeOf, type Viewer } from './viewer';

/** A browser that plays a video asks for it piece by piece: the bytes are kept for the next piece. */
const KEPT_BYTES = 64 * 1024 * 1024;
const KEPT_FOR = 60_000;

const kept = new LRUCache<string, Uint8Array>({
	maxSize: KEPT_BYTES,
	maxEntrySize: KEPT_BYTES,
	sizeCalculation: (bytes) => Math.max(1, bytes.length),
	ttl: KEPT_FOR,
});

/** What a browser shows without running anything. What else there is gets saved. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

export interface InboxFile {
	readonly attachment: AttachmentRow;
	readonly bytes: Uint8Array;
	/** By its own bytes, and only when a browser may show or play it. */
	readonly shownAs?: string;
}

async function bytesOf(store: Store, sha256: string): Promise<Uint8Array | undefined> {
	const key = `${store.workspaceId}/${sha256}`;
	const known = kept.get(key);
	if (known !== undefined) return known;
	const bytes = await store.readBytes(sha256);
	if (bytes !== undefined) kept.set(key, bytes);
	return bytes;
}

/**
 * A file of a conversation that these eyes may see.
 * @throws Refusal 404, the same for what is not there and for what is not theirs.
 */
export async function attachmentFile(store: Store, viewer: Viewer, attachmentId: string): Promise<InboxFile> {
	const attachment = await getAttachment(store.db, store.workspaceId, attachmentId);
	const message = attachment && (await getMessage(store.db, store.workspaceId, attachment.message_id));
	if (!attachment || !message) throw notFound('file');
	const visible = await listVisibleOf(
		store.db,
		store.workspaceId,
		{ conversationIds: [message.conversation_id], contactIds: [] },
		{ scope: scopeOf(viewer), filters: {}, limit: 1 },
	);
	if (visible.length === 0) throw notFound('file');
	const bytes = attachment.sha256 === null ? undefined : await bytesOf(store, attachment.sha256);
	if (bytes === undefined) throw notFound('file');
	const type = mediaTypeOf(bytes);
	const isShown = type !== undefined && (SHOWN.has(type) || /^(audio|video)\//.test(type));
	return { attachment, bytes, ...(isShown ? { shownAs: type } : {}) };
}
