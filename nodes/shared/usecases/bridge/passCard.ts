import { customerName } from '../../domain/identity/knownName';
import { appendAudit } from '../../store/repositories/auditLog';
import { cardsOfConversation, updateBridgeMessage } from '../../store/repositories/bridges';
import { getContact } from '../../store/repositories/contacts';
import { getNotification } from '../../store/repositories/notifications';
import { holderOf } from './attendance';
import { passOn } from '../notify/passOn';
import { cardOf } from './takeCard';
import { CARD_LIFE } from './withdrawCards';
import type { BridgeWork } from './work';

/** «Paso»: the next by rule gets a card, or the supervisor when nobody else is on duty. */
export async function passCard(
	work: BridgeWork,
	task: { readonly cardId: string; readonly advisorId: string },
): Promise<void> {
	const { tx, store, desk } = work;
	const found = await cardOf(work, task);
	if (found === undefined) return;
	const { card, conversation, advisor } = found;
	if (card.state !== 'open') return;
	const contact = await getContact(tx, store.workspaceId, conversation.contact_id);
	const name = customerName(contact);
	const holder = await holderOf(tx, store, conversation);
	if (holder !== undefined && holder.advisorId !== advisor.id) {
		await updateBridgeMessage(tx, card.id, { state: 'withdrawn' });
		const other = work.advisor(holder.advisorId)?.name ?? '—';
		await work.tell({
			advisorId: advisor.id,
			text: 'taken_by_other',
			values: { name, advisor: other },
			conversationId: conversation.id,
		});
		return;
	}
	await updateBridgeMessage(tx, card.id, { state: 'passed' });
	await appendAudit(tx, store, {
		contactId: conversation.contact_id,
		actor: `advisor:${advisor.id}`,
		action: 'bridge.passed',
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: { advisor: advisor.name, cardId: card.id, requestId: work.taskId },
	});
	const cards = await cardsOfConversation(tx, store.workspaceId, conversation.id, store.now() - CARD_LIFE);
	const notification =
		card.notification_id === null ? undefined : await getNotification(tx, store.workspaceId, card.notification_id);
	const told = await passOn(tx, store, desk.profile, desk.team, {
		conversation,
		area: notification?.area ?? conversation.area ?? desk.profile.withoutOption.area,
		caseId: notification?.case_id ?? undefined,
		text: notification?.text ?? '',
		kind: 'conversation.passed',
		requestId: `pass:${card.id}`,
		notTo: [...new Set([advisor.id, ...cards.map((earlier) => earlier.advisor_id)])],
	});
	work.asked.push(...told.asked);
	await work.tell({
		advisorId: advisor.id,
		text: told.escalated ? 'passed_to_supervisor' : 'passed_on',
		values: { name, advisor: told.people.map((person) => person.name).join(', ') || '—' },
		conversationId: conversation.id,
	});
}
