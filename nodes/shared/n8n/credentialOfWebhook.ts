import { LRUCache } from 'lru-cache';
import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

/** How long a changed credential may go unnoticed by webhooks, ms. */
const KEEP = 5_000;

const kept = new LRUCache<string, Promise<ICredentialDataDecryptedObject>>({ max: 500, ttl: KEEP });

/**
 * A credential of a webhook node, read from n8n every five seconds at most: n8n asks its database and decrypts for every
 * single request, which a busy number pays three times a message. Kept for this node of this workflow only, so that n8n
 * still decides who may use it.
 */
export async function credentialOfWebhook(
	context: IWebhookFunctions,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	const node = context.getNode();
	const id = node.credentials?.[type]?.id;
	if (id === undefined || id === null || context.getMode() === 'manual') return await context.getCredentials(type);
	const key = [context.getWorkflow().id, node.id, type, id].join('/');
	const known = kept.get(key);
	if (known !== undefined) return await known;
	const reading = context.getCredentials(type);
	kept.set(key, reading);
	reading.catch(() => kept.delete(key));
	return await reading;
}
