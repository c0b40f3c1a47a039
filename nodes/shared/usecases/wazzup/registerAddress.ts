import type { WazzupClient } from '../../clients/wazzup/client';
import type { Webhooks, WebhookSubscriptions } from '../../clients/wazzup/webhooks';
import { InvalidInput } from '../../domain/invalidInput';
import { LONGEST_ADDRESS } from '../../domain/wazzup/limits';
import { isLoopback } from '../../http/address';
import { RequestFailure } from '../../http/failure';
import {
	forgetReleasedAddress,
	isReleasedAddress,
	noteReleasedAddress,
	removeWebhookAddress,
	saveWebhookAddress,
	webhookAddress,
	type WebhookAddress,
} from '../../store/repositories/webhookAddresses';
import type { Store } from '../../store/store';

/** The calls that this needs of the client. */
export type AddressClient = Pick<WazzupClient, 'credential' | 'getWebhooks' | 'setWebhooks' | 'releaseWebhooks'>;

/** What one node asks for. */
export interface AddressRequest {
	/** Of the node: production and test keep records of their own. */
	readonly webhookId: string;
	readonly purpose: 'production' | 'test';
	/** With its secret. */
	readonly url: string;
	readonly subscriptions: WebhookSubscriptions;
	/** The person allowed to replace somebody else's address. */
	readonly replaceExisting: boolean;
	/** The person allowed to take production's messages while listening for a test event. */
	readonly useTestUrl: boolean;
}

const recordId = ({ webhookId, purpose }: Pick<AddressRequest, 'webhookId' | 'purpose'>): string =>
	purpose === 'test' ? `${webhookId}/test` : webhookId;

/** Wazzup did not say no: it did not answer, or asked to wait. */
function isPassing(error: unknown): boolean {
	return (
		error instanceof RequestFailure && ['not_sent', 'rate_limited', 'temporary', 'unknown_outcome'].includes(error.kind)
	);
}

/** An address for people: what stands behind the question mark may be a secret. */
function shown(url: string): string {
	if (!URL.canParse(url)) return 'another address';
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`;
}

const isHeard = ({ subscriptions }: Webhooks): boolean => Object.values(subscriptions).some((heard) => heard);

/** The same node of the same n8n, whatever its secret was. */
const leadsToSame = (one: string, other: string): boolean => shown(one) === shown(other) && URL.canParse(one);

const tellsAll = ({ subscriptions }: Webhooks, wanted: WebhookSubscriptions): boolean =>
	(Object.keys(wanted) as Array<keyof WebhookSubscriptions>).every((name) => subscriptions[name] === wanted[name]);

function refuseAddress(client: AddressClient, { url }: AddressRequest): void {
	const fix = "Set the environment variable WEBHOOK_URL to this n8n's public https address and restart n8n.";
	const refuse = (message: string, description = fix): never => {
		throw new InvalidInput({ message, description });
	};
	if (!URL.canParse(url)) return refuse('This n8n has no valid webhook address');
	const { protocol, hostname } = new URL(url);
	if (isLoopback(hostname)) {
		// A simulator on this machine reaches addresses of this machine.
		if (isLoopback(new URL(client.credential.baseUrl).hostname)) return;
		return refuse(`Wazzup cannot reach '${shown(url)}', which is this machine's own address`);
	}
	if (protocol !== 'https:') refuse(`Wazzup calls only https addresses, and this n8n's is '${shown(url)}'`);
	if (url.length > LONGEST_ADDRESS) {
		refuse(
			`The webhook address has ${url.length} characters with its secret, and Wazzup takes ${LONGEST_ADDRESS} at most`,
			"Shorten WEBHOOK_URL, or the 'Webhook Secret' of the credential.",
		);
	}
}

/** Whether Wazzup tells this node already. While Wazzup does not answer, the record is believed. @throws RequestFailure */
export async function isAddressRegistered(
	store: Store,
	client: AddressClient,
	request: AddressRequest,
): Promise<boolean> {
	const recorded = await webhookAddress(store, recordId(request));
	try {
		const current = await client.getWebhooks();
		return current.webhooksUri === request.url && tellsAll(current, request.subscriptions);
	} catch (error) {
		if (isPassing(error) && recorded?.url === request.url) return true;
		throw error;
	}
}

function previousOf(
	current: Webhooks,
	request: AddressRequest,
	recorded: WebhookAddress | undefined,
): WebhookAddress['previous'] {
	const { webhooksUri, subscriptions } = current;
	if (webhooksUri === undefined || !isHeard(current)) return undefined;
	// Our own address of before, or one that a crash left behind its record.
	if (leadsToSame(webhooksUri, request.url)) return recorded?.previous;
	return { webhooksUri, subscriptions };
}

/**
 * Makes Wazzup tell this node. An account has one address: somebody else's is taken over only with permission, and what it
 * was is written down before, so that it can be put back even after a crash in between.
 * @throws InvalidInput when the address is taken or cannot be registered
 * @throws RequestFailure
 */
export async function registerAddress(store: Store, client: AddressClient, request: AddressRequest): Promise<void> {
	refuseAddress(client, request);
	const recorded = await webhookAddress(store, recordId(request));
	const current = await client.getWebhooks();
	const { webhooksUri } = current;
	// Nobody listens there any more; Wazzup only would not let go of it.
	const released = webhooksUri !== undefined && (await isReleasedAddress(store, webhooksUri));
	const foreign = webhooksUri !== undefined && isHeard(current) && !released && !leadsToSame(webhooksUri, request.url);
	if (foreign && request.purpose === 'test' && !request.useTestUrl) {
		throw new InvalidInput({
			message: `Listening now would take the messages that go to '${shown(webhooksUri)}'`,
			description:
				"Turn on 'Use Test URL While Listening' in the options to redirect them until you stop listening, or test with pinned data.",
		});
	}
	if (foreign && request.purpose === 'production' && !request.replaceExisting) {
		throw new InvalidInput({
			message: `Wazzup already tells '${shown(webhooksUri)}', and an account has one address`,
			description:
				"Deactivate the workflow or system that listens there, or turn on 'Replace Existing Address' in the options. What is there now is put back when this workflow is deactivated.",
		});
	}
	const previous = released ? undefined : previousOf(current, request, recorded);
	await forgetReleasedAddress(store.db, store, request.url);
	await saveWebhookAddress(store, recordId(request), { url: request.url, ...(previous ? { previous } : {}) });
	await client.setWebhooks({ webhooksUri: request.url, subscriptions: request.subscriptions });
}

/**
 * Takes the address back, where it still stands, to what was there before. Whoever was there before may be gone and not
 * answer Wazzup's test: then nothing is told to anybody.
 * @throws RequestFailure
 */
export async function unregisterAddress(
	store: Store,
	client: AddressClient,
	request: Pick<AddressRequest, 'webhookId' | 'purpose'>,
): Promise<void> {
	const id = recordId(request);
	const recorded = await webhookAddress(store, id);
	if (recorded === undefined) return;
	const { webhooksUri } = await client.getWebhooks();
	if (webhooksUri === recorded.url) await putBack(store, client, recorded);
	await removeWebhookAddress(store.db, store, id);
}

/** An answer of Wazzup that trying again would not change. */
const isRefusal = (error: unknown): boolean => error instanceof RequestFailure && error.kind === 'rejected';

async function putBack(store: Store, client: AddressClient, { url, previous }: WebhookAddress): Promise<void> {
	if (previous !== undefined) {
		try {
			return await client.setWebhooks(previous);
		} catch (error) {
			if (isPassing(error)) throw error;
		}
	}
	try {
		await client.releaseWebhooks(url);
	} catch (error) {
		if (!isRefusal(error)) throw error;
		// Wazzup tells an address that answers no more; whichever workflow of ours comes next may have it.
		await noteReleasedAddress(store.db, store, url);
	}
}
