import { inboxAddress } from '../../store/repositories/inboxAddress';
import { listCompanyChannels } from '../../store/repositories/channels';
import { lastReceiver, saveReceiver } from '../../store/repositories/receivers';
import type { Store } from '../../store/store';

/** The node that receives for the company: what it hears of linked numbers comes the same way. */
export interface Receiver {
	readonly webhookId: string;
	/** Its production address; undefined while no address of this n8n is known. */
	readonly url?: string;
}

/** Path of WhatsApp Cloud Trigger below its webhook id. */
const RECEIVER_PATH = 'whatsapp';

/** A trigger that was activated may receive for linked numbers too. */
export async function noteReceiver(store: Store, webhookId: string): Promise<void> {
	await saveReceiver(store.db, store.workspaceId, webhookId);
}

/** The address of another node of the same n8n, from the inbox's: `…/webhook/<id>/inbox` and `…/webhook/<id>/whatsapp`. */
export function receiverUrl(inboxUrl: string, inboxWebhookId: string, webhookId: string): string | undefined {
	const end = `/${inboxWebhookId}/`;
	const at = inboxUrl.indexOf(end);
	return at < 0 ? undefined : `${inboxUrl.slice(0, at)}/${webhookId}/${RECEIVER_PATH}`;
}

/**
 * Which WhatsApp Cloud Trigger receives for linked numbers: the one that the company's number was last heard through,
 * else the one that was activated last.
 */
export async function receiverOf(store: Store): Promise<Receiver | undefined> {
	const heard = (await listCompanyChannels(store.db, store.workspaceId))
		.filter(({ vendor, webhook_id: webhookId }) => vendor === 'whatsapp' && webhookId !== null)
		.sort((one, other) => (other.last_webhook_at ?? 0) - (one.last_webhook_at ?? 0))[0]?.webhook_id;
	const webhookId = heard ?? (await lastReceiver(store.db, store.workspaceId));
	if (webhookId === undefined) return undefined;
	const inbox = await inboxAddress(store.db, store.workspaceId);
	return {
		webhookId,
		url:
			inbox &&
			(receiverUrl(inbox.url, inbox.webhookId, webhookId) ??
				receiverUrl(inbox.webhookUrl ?? '', inbox.webhookId, webhookId)),
	};
}
