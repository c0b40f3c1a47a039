import type { Language } from '../../domain/profile/businessProfile';
import type { LinkingProblem } from '../../domain/linkedNumbers/problems';
import { getAdvisor } from '../../store/repositories/advisors';
import { appendJournal } from '../../store/repositories/journal';
import type { LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store, StoreTransaction } from '../../store/store';
import { linkingNews, linkingProblemInWords } from '../../text/linkingProblems';
import { texts } from '../../text/texts';
import { journalTopic } from '../emit/journalTopic';
import { leaveNotification } from '../notify/leaveNotification';
import { peopleToTell } from '../notify/tellTeam';

/** News of an advisor's own number. */
export interface LinkingNews {
	readonly event: 'invitation' | 'linked' | 'problem' | 'unlinked';
	readonly language: Language;
	/** Invitation: the way into Meta's dialog. */
	readonly url?: string;
	readonly problem?: LinkingProblem;
	readonly detail?: string | null;
}

/** Wakes the pump of the inbox that tells the workflow of it. */
export function signalLinking(store: Store, inboxWebhookId: string | null): void {
	if (inboxWebhookId !== null) store.signal(journalTopic(inboxWebhookId));
}

/**
 * Tells the team of a number in the transaction of what happened: a notification for the advisor and the
 * administrators, which also goes to their WhatsApp where that is set up, and a row for the Onboarding output of the
 * inbox. An invitation is for the advisor alone.
 */
export async function announceLinking(
	tx: StoreTransaction,
	store: Store,
	row: LinkedNumberRow,
	news: LinkingNews,
): Promise<void> {
	const requestId = store.newId();
	const advisor = await getAdvisor(tx, store.workspaceId, row.advisor_id);
	const problem =
		news.problem === undefined ? undefined : linkingProblemInWords(news.problem, news.language, news.detail);
	const text =
		news.event === 'invitation'
			? (texts.J[news.language] ?? texts.J.es)
			: linkingNews(news.event, news.language, {
					advisor: advisor?.name,
					phone: row.display_phone_number ?? undefined,
					problem: problem === undefined ? undefined : `${problem.message}. ${problem.description}`,
				});
	const team = news.event === 'invitation' ? [] : await peopleToTell(tx, store, { role: 'administrator' });
	const told = new Map([...(advisor === undefined ? [] : [advisor]), ...team].map((person) => [person.id, person]));
	for (const person of told.values()) {
		await leaveNotification(tx, store, person, {
			kind: `number.${news.event}`,
			text: news.url === undefined ? text : `${text}\n${news.url}`,
			requestId,
		});
	}
	if (row.inbox_webhook_id === null) return;
	const now = store.now();
	await appendJournal(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: row.inbox_webhook_id,
		channel_id: row.channel_id,
		output: 'onboarding',
		contact_id: null,
		conversation_id: null,
		message_id: null,
		dedupe_key: `onboarding:${requestId}`,
		payload: JSON.stringify({
			crm: { workspaceId: store.workspaceId, webhookId: row.inbox_webhook_id, requestId },
			event: news.event,
			requestId,
			linkedNumberId: row.id,
			text,
			phone: row.display_phone_number ?? undefined,
			advisor: { id: row.advisor_id, name: advisor?.name, phone: advisor?.phone ?? undefined, email: advisor?.email },
			...(news.url === undefined ? {} : { url: news.url }),
			...(problem === undefined ? {} : { problem: { key: news.problem, ...problem } }),
		}),
		created_at: now,
	});
}
