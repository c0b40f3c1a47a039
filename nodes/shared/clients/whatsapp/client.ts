import { LRUCache } from 'lru-cache';

import { credentialFingerprint, type WhatsAppCredential } from './credential';
import { openGraph, type Graph } from './graph';
import * as media from './media';
import * as messages from './messages';
import * as onboarding from './onboarding';
import * as phoneNumbers from './phoneNumbers';
import * as subscriptions from './subscriptions';
import * as templates from './templates';

/** A function of an endpoint, with the credential already given. */
type Bound<Endpoint> = Endpoint extends (graph: Graph, ...rest: infer Rest) => infer Result
	? (...rest: Rest) => Result
	: never;

/** The WhatsApp Cloud API for one credential. Every call throws RequestFailure or InvalidInput, nothing else. */
export interface WhatsAppClient {
	readonly credential: WhatsAppCredential;
	/** Base address with version, for showing a request. */
	readonly root: string;
	/** Waits for its turn under the limits of the number and of the person, then sends once. */
	sendMessage(input: Parameters<typeof messages.sendMessage>[2]): Promise<messages.SentMessage>;
	readonly markAsRead: Bound<typeof messages.markAsRead>;
	readonly uploadMedia: Bound<typeof media.uploadMedia>;
	readonly getMedia: Bound<typeof media.getMedia>;
	readonly downloadMedia: Bound<typeof media.downloadMedia>;
	readonly deleteMedia: Bound<typeof media.deleteMedia>;
	readonly listTemplates: Bound<typeof templates.listTemplates>;
	readonly getTemplate: Bound<typeof templates.getTemplate>;
	readonly createTemplate: Bound<typeof templates.createTemplate>;
	readonly deleteTemplate: Bound<typeof templates.deleteTemplate>;
	readonly listPhoneNumbers: Bound<typeof phoneNumbers.listPhoneNumbers>;
	readonly getPhoneNumber: Bound<typeof phoneNumbers.getPhoneNumber>;
	readonly listSubscribedApps: Bound<typeof subscriptions.listSubscribedApps>;
	readonly subscribeAccount: Bound<typeof subscriptions.subscribeAccount>;
	readonly unsubscribeAccount: Bound<typeof subscriptions.unsubscribeAccount>;
	readonly getPhoneNumberWebhooks: Bound<typeof subscriptions.getPhoneNumberWebhooks>;
	readonly setPhoneNumberWebhook: Bound<typeof subscriptions.setPhoneNumberWebhook>;
	readonly clearPhoneNumberWebhook: Bound<typeof subscriptions.clearPhoneNumberWebhook>;
	readonly listAppSubscriptions: Bound<typeof subscriptions.listAppSubscriptions>;
	readonly setAppSubscription: Bound<typeof subscriptions.setAppSubscription>;
	readonly deleteAppSubscription: Bound<typeof subscriptions.deleteAppSubscription>;
	readonly inspectToken: Bound<typeof subscriptions.inspectToken>;
	readonly exchangeCode: Bound<typeof onboarding.exchangeCode>;
	readonly requestSync: Bound<typeof onboarding.requestSync>;
}

/** An edited credential gets a client of its own; the old one's sockets close by themselves when idle. */
const clients = new LRUCache<string, WhatsAppClient>({ max: 100 });

/**
 * The client of a credential: the same one for the same values in this process, so that its connections are kept and
 * its limits count what every workflow sends.
 *
 * @throws RequestFailure when the base URL is refused.
 */
export function createWhatsAppClient(credential: WhatsAppCredential): WhatsAppClient {
	const fingerprint = credentialFingerprint(credential);
	const known = clients.get(fingerprint);
	if (known !== undefined) return known;
	const client = bind(openGraph(credential), messages.createSendPace(credential.messagesPerSecond));
	clients.set(fingerprint, client);
	return client;
}

function bind(graph: Graph, pace: messages.SendPace): WhatsAppClient {
	return {
		credential: graph.credential,
		root: graph.root,
		sendMessage: async (input) => await messages.sendMessage(graph, pace, input),
		markAsRead: messages.markAsRead.bind(undefined, graph),
		uploadMedia: media.uploadMedia.bind(undefined, graph),
		getMedia: media.getMedia.bind(undefined, graph),
		downloadMedia: media.downloadMedia.bind(undefined, graph),
		deleteMedia: media.deleteMedia.bind(undefined, graph),
		listTemplates: templates.listTemplates.bind(undefined, graph),
		getTemplate: templates.getTemplate.bind(undefined, graph),
		createTemplate: templates.createTemplate.bind(undefined, graph),
		deleteTemplate: templates.deleteTemplate.bind(undefined, graph),
		listPhoneNumbers: phoneNumbers.listPhoneNumbers.bind(undefined, graph),
		getPhoneNumber: phoneNumbers.getPhoneNumber.bind(undefined, graph),
		listSubscribedApps: subscriptions.listSubscribedApps.bind(undefined, graph),
		subscribeAccount: subscriptions.subscribeAccount.bind(undefined, graph),
		unsubscribeAccount: subscriptions.unsubscribeAccount.bind(undefined, graph),
		getPhoneNumberWebhooks: subscriptions.getPhoneNumberWebhooks.bind(undefined, graph),
		setPhoneNumberWebhook: subscriptions.setPhoneNumberWebhook.bind(undefined, graph),
		clearPhoneNumberWebhook: subscriptions.clearPhoneNumberWebhook.bind(undefined, graph),
		listAppSubscriptions: subscriptions.listAppSubscriptions.bind(undefined, graph),
		setAppSubscription: subscriptions.setAppSubscription.bind(undefined, graph),
		deleteAppSubscription: subscriptions.deleteAppSubscription.bind(undefined, graph),
		inspectToken: subscriptions.inspectToken.bind(undefined, graph),
		exchangeCode: onboarding.exchangeCode.bind(undefined, graph),
		requestSync: onboarding.requestSync.bind(undefined, graph),
	};
}
