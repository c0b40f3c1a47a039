import { buttonId } from '../../domain/bridge/buttons';
import { customerName } from '../../domain/identity/knownName';
import type { OutboundMessage } from '../../domain/messages/outbound';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { buildTemplateComponents } from '../../clients/whatsapp/templateComponents';
import { appendAudit } from '../../store/repositories/auditLog';
import { findCase } from '../../store/repositories/cases';
import { listCompanyChannels } from '../../store/repositories/channels';
import { getContact } from '../../store/repositories/contacts';
import type { ConversationRow } from '../../store/repositories/conversations';
import { getNotification, type NotificationRow } from '../../store/repositories/notifications';
import { bridgeText, cardLine, spanInWords } from '../../text/bridgeTexts';
import { canReadFreely, conversationWithAdvisor, queueToAdvisor } from './advisorConversation';
import { holderOf } from './attendance';
import { NotYet, type BridgeWork } from './work';

/** What an advisor reads of a customer before deciding. */
export interface CardFacts {
	readonly name: string;
	readonly need: string;
	readonly caseNumber?: string;
	readonly waiting?: string;
}

/** Of a long need: the body of a message with buttons has room for 1,024 characters. */
const NEED = 700;

/** Meta refuses line breaks and long runs of spaces inside a parameter, and an empty one. */
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 250) || '-';

/** The card as a bubble, or as the approved template where the advisor has not written for 24 hours. */
export function cardMessage(
	profile: BusinessProfile,
	facts: CardFacts,
	card: { readonly id: string; readonly answerable: boolean; readonly free: boolean },
): OutboundMessage {
	const { language } = profile;
	if (!card.free) {
		const buttons = (['take', 'pass'] as const).map((kind, index) => ({
			type: 'quick_reply' as const,
			position: index + 1,
			value: buttonId({ kind, cardId: card.id }),
		}));
		return {
			type: 'template',
			name: profile.notifications.template,
			languageCode: profile.notifications.templateLanguage,
			category: 'utility',
			components: buildTemplateComponents({
				body: [facts.name, facts.need, facts.caseNumber ?? '-', facts.waiting ?? '-'].map((text) => ({
					text: inOneLine(text),
				})),
				buttons: card.answerable ? buttons : [],
			}),
		};
	}
	const values = {
		name: facts.name,
		need: facts.need,
		case_line: cardLine('case', language, facts.caseNumber),
		waiting_line: cardLine('waiting', language, facts.waiting),
	};
	if (!card.answerable) return { type: 'text', text: bridgeText('person_notified', language, values) };
	return {
		type: 'choices',
		text: bridgeText('card', language, values),
		choices: [
			{ id: buttonId({ kind: 'take', cardId: card.id }), title: bridgeText('card_take', language) },
			{ id: buttonId({ kind: 'pass', cardId: card.id }), title: bridgeText('card_pass', language) },
		],
	};
}

async function factsOf(
	work: BridgeWork,
	notification: NotificationRow,
	conversation: ConversationRow,
): Promise<CardFacts> {
	const { tx, store } = work;
	const contact = await getContact(tx, store.workspaceId, conversation.contact_id);
	const known = notification.case_id === null ? undefined : await findCase(tx, store.workspaceId, notification.case_id);
	const since = conversation.waiting_since ?? (conversation.mode === 'waiting' ? notification.created_at : undefined);
	return {
		name: customerName(contact),
		need: notification.text.slice(0, NEED),
		caseNumber: known?.number,
		waiting: since === undefined || store.now() - since < 60_000 ? undefined : spanInWords(store.now() - since),
	};
}

/**
 * A notification on its way to the advisor's own WhatsApp: a card with «Lo tomo» and «Paso» where it is about a customer and the
 * bridge is on, words otherwise. Not sent when it was read meanwhile or somebody else has the customer.
 */
export async function deliver(
	work: BridgeWork,
	task: { readonly notificationId: string; readonly again?: number },
	contactId: string,
): Promise<void> {
	const { tx, store, desk } = work;
	const notification = await getNotification(tx, store.workspaceId, task.notificationId);
	const advisor = notification && work.advisor(notification.advisor_id);
	if (!notification || !advisor || notification.state === 'read') return;
	const conversation =
		notification.conversation_id === null ? undefined : await work.conversation(notification.conversation_id);
	const holder = conversation && (await holderOf(tx, store, conversation));
	if (holder !== undefined && holder.advisorId !== advisor.id) return;
	const own = await conversationWithAdvisor(tx, store, contactId, {
		channelId:
			conversation === undefined || conversation.mode === 'mirrored'
				? await companyChannel(work)
				: conversation.channel_id,
		webhookId: work.about.webhookId,
	});
	const id = store.newId();
	const free = task.again === undefined && canReadFreely(own, store.now());
	const answerable = desk.profile.bridge.enabled && conversation !== undefined && conversation.mode !== 'mirrored';
	const facts: CardFacts =
		conversation === undefined
			? { name: desk.profile.name, need: notification.text }
			: await factsOf(work, notification, conversation);
	const queued = await queueToAdvisor(tx, store, own, {
		id,
		kind: answerable ? 'card' : 'notice',
		request_id: `notification:${notification.id}${task.again === undefined ? '' : `:${task.again}`}`,
		advisorId: advisor.id,
		about:
			conversation === undefined ? undefined : { conversationId: conversation.id, contactId: conversation.contact_id },
		message:
			conversation === undefined && free
				? { type: 'text', text: bridgeText('team_news', desk.profile.language, { need: notification.text }) }
				: cardMessage(desk.profile, facts, { id, answerable, free }),
		notificationId: notification.id,
		owner: desk.owner,
		wakeAt: work.wakeAt,
	});
	if (!queued) return;
	work.queuedIn.push(own);
	await appendAudit(tx, store, {
		...(notification.contact_id === null ? {} : { contactId: notification.contact_id }),
		actor: 'bot',
		action: 'notification.queued',
		subjectKind: 'notification',
		subjectId: notification.id,
		payload: { channel: 'whatsapp', advisor: advisor.name, as: free ? 'message' : 'template', card: answerable },
	});
}

/** The company's number: news of the team, and of customers of an advisor's own number, do not leave from that one. */
async function companyChannel(work: BridgeWork): Promise<string> {
	const channels = await listCompanyChannels(work.tx, work.store.workspaceId);
	const ours = channels.filter(({ vendor }) => vendor === 'whatsapp');
	const found = ours.find((channel) => channel.webhook_id === work.about.webhookId) ?? ours[0];
	if (found === undefined) throw new NotYet('No number of ours has received anything yet');
	return found.channel_id;
}
