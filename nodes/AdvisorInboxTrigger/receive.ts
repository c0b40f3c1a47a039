import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { handOver } from '../shared/n8n/listening';
import { openStoreOfNode, storeSettingsOfNode } from '../shared/n8n/storeOfNode';
import { webhookIdOf } from '../shared/n8n/webhookId';
import { RequestFailure } from '../shared/http/failure';
import { Refusal } from '../shared/usecases/inbox/refusal';
import { saveAddressOf } from './address';
import { answerRefusal, refusalOf, secure } from './answers';
import { answerAttachment } from './attachment.route';
import { answerCommand } from './command.route';
import { inboxRequestOf, type InboxRequest } from './inboxRequest';
import { answerLogin, assertMayTry, isLogin } from './login.route';
import { answerAsset, answerPage } from './page.route';
import { publicAddress } from './parameters';
import { answerQueryRequest } from './query.route';
import { assertOwnPage, field, jsonOf } from './requests';
import { sampleClick } from './sampleClick';
import { answerSignup } from './signup.route';
import { storeContextOf } from './storeContext';
import { answerUpdates } from './updates.route';
import { answerUpload } from './upload.route';

/** Name of the webhook that Meta's signup comes back to. */
const SIGNUP = 'signup';

const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

async function withInbox(context: IWebhookFunctions, work: (inbox: InboxRequest) => Promise<void>): Promise<void> {
	const storeContext = storeContextOf(context);
	const store = await openStoreOfNode(storeContext);
	try {
		await work(inboxRequestOf(context, store, storeContext));
	} finally {
		await store.close();
	}
}

async function answerGet(context: IWebhookFunctions): Promise<void> {
	const request = context.getRequestObject();
	const response = context.getResponseObject();
	const asset = field(request, 'asset');
	if (asset !== undefined) {
		await answerAsset(request, response, asset);
		return;
	}
	const attachment = field(request, 'attachment');
	const query = field(request, 'query');
	const updates = field(request, 'updates');
	if (attachment === undefined && query === undefined && updates === undefined) {
		await answerPage(context, response);
		return;
	}
	await withInbox(context, async (inbox) => {
		if (query === 'session') await saveAddressOf(context, inbox.store);
		if (attachment !== undefined) await answerAttachment(inbox, attachment);
		else if (query !== undefined) await answerQueryRequest(inbox, query);
		else await answerUpdates(inbox, updates);
	});
}

async function answerPost(context: IWebhookFunctions): Promise<void> {
	const request = context.getRequestObject();
	assertOwnPage(request, publicAddress(context)?.url);
	const upload = field(request, 'upload');
	if (upload !== undefined) {
		// What is left of a refused file is not read.
		context.getResponseObject().setHeader('Connection', 'close');
		await withInbox(context, async (inbox) => await answerUpload(inbox, upload));
		return;
	}
	const body = jsonOf(request);
	if (!isLogin(body)) {
		await withInbox(context, async (inbox) => await answerCommand(inbox, body));
		return;
	}
	await assertMayTry({ request });
	await withInbox(context, async (inbox) => await answerLogin(inbox, body));
}

/** Somebody listens in the editor: a sample goes there, and nothing of production is opened. */
async function answerByHand(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { workspaceId } = await storeSettingsOfNode(storeContextOf(context));
	const outputs = sampleClick(workspaceId, webhookIdOf(context));
	handOver(context, outputs);
	const response = context.getResponseObject();
	response.status(200).setHeader('Content-Type', 'text/plain; charset=utf-8');
	response.end('A sample click is in the editor now. The inbox itself opens at the production URL.\n');
	return { ...ANSWERED, workflowData: outputs };
}

function answerFailure(context: IWebhookFunctions, error: unknown): void {
	const response = context.getResponseObject();
	const refusal = refusalOf(error);
	if (refusal === undefined || error instanceof RequestFailure) {
		context.logger.error(`WhatsApp CRM inbox: ${error instanceof Error ? error.message : String(error)}`, {
			node: context.getNode().name,
			workflowId: context.getWorkflow().id,
		});
	}
	if (response.headersSent) {
		response.destroy();
		return;
	}
	answerRefusal(
		response,
		refusal ??
			new Refusal(503, {
				message: 'This did not work just now',
				description: 'Try again in a moment. If it stays so, whoever runs n8n finds the reason in its log.',
				retryAfter: 5,
				code: 'notNow',
			}),
	);
}

/**
 * Answers a request of the inbox page. Never throws, because n8n would store a failed execution and answer with its stack;
 * never starts an execution in production: what a click asks of the workflow is a row, and the pump's work.
 */
export async function receiveInboxRequest(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	secure(context.getResponseObject());
	try {
		if (context.getMode() === 'manual') return await answerByHand(context);
		if (context.getWebhookName() === SIGNUP) {
			await withInbox(context, async (inbox) => await answerSignup(context, inbox));
		} else if (context.getRequestObject().method === 'GET') await answerGet(context);
		else await answerPost(context);
	} catch (error) {
		answerFailure(context, error);
	}
	return ANSWERED;
}
