import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { accountFingerprint, readWazzupCredential } from '../shared/clients/wazzup/credential';
import type { ChannelEvent } from '../shared/domain/messages/events';
import { credentialOfWebhook } from '../shared/n8n/credentialOfWebhook';
import { ANSWERED, answerDelivery, endWith, jsonIn, rawBodyOf } from '../shared/n8n/delivery';
import { handOver } from '../shared/n8n/listening';
import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { webhookIdOf } from '../shared/n8n/webhookId';
import { WAZZUP_CREDENTIAL } from '../shared/n8n/wazzupClient';
import type { Store } from '../shared/store/store';
import { receiveEvents } from '../shared/usecases/receive/receiveEvents';
import { createContactForWazzup } from '../shared/usecases/wazzup/createContact';
import { createDealForWazzup } from '../shared/usecases/wazzup/createDeal';
import { parseWazzupWebhook, verifyWazzupSecret, type WazzupEvent } from '../shared/webhooks/wazzup';
import { itemsByHand, outputOf } from './outputs';
import { chosenOutputs } from './parameters';
import { secretOfAddress } from './secret';

const isChannelEvent = (event: WazzupEvent): event is ChannelEvent =>
	event.kind !== 'probe' && event.kind !== 'create_contact' && event.kind !== 'create_deal';

/** Somebody listens in the editor: the events go there and nowhere else, so what Wazzup asks for is not made. */
function receiveByHand(context: IWebhookFunctions, store: Store, events: readonly WazzupEvent[]): IWebhookResponseData {
	const owner = { workspaceId: store.workspaceId, webhookId: webhookIdOf(context) };
	const outputs = itemsByHand(events, chosenOutputs(context), owner);
	const answered = endWith(context, 200);
	if (outputs.every((items) => items.length === 0)) return answered;
	handOver(context, outputs);
	return { ...answered, workflowData: outputs };
}

/** What Wazzup asks for and waits for, made at once; it asks for one thing at a time. */
async function create(
	context: IWebhookFunctions,
	store: Store,
	events: readonly WazzupEvent[],
	{ chosen, account }: { readonly chosen: ReadonlySet<string>; readonly account: string },
): Promise<object | 'nobody' | undefined> {
	const given = { webhookId: webhookIdOf(context), account, home: context.getInstanceBaseUrl() };
	for (const event of events) {
		if (event.kind === 'create_contact') {
			return (await createContactForWazzup(store, { ...given, event, emit: chosen.has('createContact') })) ?? 'nobody';
		}
		if (event.kind === 'create_deal') {
			return (await createDealForWazzup(store, { ...given, event, emit: chosen.has('createDeal') })) ?? 'nobody';
		}
	}
	return undefined;
}

async function receiveDelivery(context: IWebhookFunctions, store: Store): Promise<IWebhookResponseData> {
	const webhookId = webhookIdOf(context);
	const credential = readWazzupCredential(await credentialOfWebhook(context, WAZZUP_CREDENTIAL));
	const { secret } = context.getQueryData() as Readonly<Record<string, unknown>>;
	if (!verifyWazzupSecret(secret, secretOfAddress(store, credential, webhookId))) return endWith(context, 401);
	const events = parseWazzupWebhook(jsonIn(await rawBodyOf(context)));
	if (context.getMode() === 'manual') return receiveByHand(context, store, events);
	const chosen = chosenOutputs(context);
	const created = await create(context, store, events, { chosen, account: accountFingerprint(credential) });
	await receiveEvents(store, {
		webhookId,
		vendor: 'wazzup',
		events: events.filter(isChannelEvent),
		emit: { messages: false, statuses: false, echoes: false, account: false },
		outputOf: (event) => {
			const output = outputOf(event);
			return output !== undefined && chosen.has(output) ? output : undefined;
		},
	});
	if (created === undefined) return endWith(context, 200);
	const response = context.getResponseObject();
	if (created === 'nobody') response.status(404).json({ error: 'CONTACT_NOT_FOUND' });
	else response.status(200).json(created);
	return ANSWERED;
}

/**
 * Answers a request of Wazzup. What is answered with 200 is stored; what could not be stored is answered with 503. Never
 * throws, because n8n would store a failed execution and answer with its stack; never starts an execution in production,
 * that is the pump's work.
 */
export async function receiveWebhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await answerDelivery(context, 'Wazzup', async () => {
		const store = await openStoreOfNode({
			getNode: () => context.getNode(),
			getCredentials: async (type) => await credentialOfWebhook(context, type),
		});
		try {
			return await receiveDelivery(context, store);
		} finally {
			await store.close();
		}
	});
}
