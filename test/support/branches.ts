import type { WhatsAppClient } from '../../nodes/shared/clients/whatsapp/client';
import type { HandoffEffect, OpenCaseEffect } from '../../nodes/shared/domain/conversation/types';
import type { Store } from '../../nodes/shared/store/store';
import { assignConversation } from '../../nodes/shared/usecases/team/assignConversation';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { downloadAttachment, type MediaFetcher } from '../../nodes/shared/usecases/media/downloadAttachment';
import type { ItemJson } from '../../nodes/shared/usecases/emit/items';
import { openCase } from '../../nodes/shared/usecases/cases/openCase';
import { sendQueued, type MessageSender } from '../../nodes/shared/usecases/send/sendQueued';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput, BotItem } from '../../nodes/shared/usecases/dialogue/turnContext';

/** What the branches of the bot template reach outside of the store. */
export interface Outside {
	readonly send: MessageSender;
	readonly fetchMedia: MediaFetcher;
}

/** The outside of a WhatsApp account. */
export function outsideOf(client: WhatsAppClient): Outside {
	return {
		send: async ({ outboxId, channelId, to, message }) => {
			const { wamid } = await client.sendMessage({ phoneNumberId: channelId, to, message, callbackData: outboxId });
			return { vendorId: wamid };
		},
		fetchMedia: async ({ mediaId, channelId }) => await client.downloadMedia({ mediaId, phoneNumberId: channelId }),
	};
}

/** Runs a use case under its own name, so that a test can say where a process died. */
export type Named = <T>(name: string, work: () => Promise<T>) => Promise<T>;

const unnamed: Named = async (_, work) => await work();

interface Crm {
	readonly contactId: string;
	readonly conversationId: string;
	readonly channelId: string;
	readonly requestId: string;
	readonly emissionId?: string;
}

function inputOf(item: ItemJson): BotInput {
	const crm = item.crm as BotInput;
	return { ...crm, attachmentId: item.attachmentId as string | undefined };
}

async function registerCase(store: Store, item: BotItem, named: Named, incomplete: boolean): Promise<void> {
	const crm = item.json.crm as unknown as Crm;
	const effect = (incomplete ? item.json.openCase : item.json) as OpenCaseEffect | undefined;
	if (effect === undefined) return;
	const opened = await named(
		'openCase',
		async () =>
			await openCase(store, {
				...effect,
				contactId: crm.contactId,
				conversationId: crm.conversationId,
				requestId: effect.requestId,
				emissionId: crm.emissionId,
				status: incomplete ? 'incomplete' : 'open',
			}),
	);
	if (!effect.createLead) return;
	await named(
		'createLead',
		async () =>
			await createLead(store, {
				contactId: crm.contactId,
				conversationId: crm.conversationId,
				requestId: crm.requestId,
				caseKey: opened.case.id,
			}),
	);
}

/** Walks the branches of the bot template in their order on the canvas, without n8n. */
export async function walkBranches(
	store: Store,
	items: readonly ItemJson[],
	outside: Outside,
	named: Named = unnamed,
): Promise<void> {
	const found = await named('takeTurns', async () => await takeTurns(store, items.map(inputOf)));
	const on = (output: BotItem['output']) => found.filter((item) => item.output === output);
	const contacts = (list: readonly BotItem[]) => list.map((item) => (item.json.crm as unknown as Crm).contactId);
	await named('sendQueued', async () => await sendQueued(store, contacts(on('reply')), outside.send));
	for (const item of on('case')) await registerCase(store, item, named, false);
	await named('sendQueued', async () => await sendQueued(store, contacts(on('case')), outside.send));
	for (const item of on('handoff')) {
		const crm = item.json.crm as unknown as Crm;
		const { area = 'sales', advisorName, reason, strength, caseRequestId } = item.json as unknown as HandoffEffect;
		await named(
			'assignConversation',
			async () =>
				await assignConversation(store, {
					contactId: crm.contactId,
					conversationId: crm.conversationId,
					requestId: crm.requestId,
					area,
					advisorName,
					reason,
					strength,
					caseRequestId,
				}),
		);
	}
	for (const item of on('closed')) await registerCase(store, item, named, true);
	for (const item of on('attachment')) {
		await named(
			'downloadAttachment',
			async () => await downloadAttachment(store, String(item.json.attachmentId), outside.fetchMedia),
		);
	}
}
