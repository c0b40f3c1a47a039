import { step } from '../../domain/conversation/step';
import type { StepResult } from '../../domain/conversation/types';
import { InvalidInput } from '../../domain/invalidInput';
import type { OutboundMessage } from '../../domain/messages/outbound';
import type { ConversationRow } from '../../store/repositories/conversations';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { outboxOfRequest } from '../../store/repositories/outbox';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { render } from '../../text/render';
import { profileInForce } from '../profile/businessProfile';
import { contactFacts } from './contactFacts';
import { conversationById } from './conversationMode';
import { stateOf, StepWriter } from './stepWriter';

export interface LinkOffer {
	readonly conversationId: string;
	/** The advisor's own number, as people write it. */
	readonly number: string;
	/** Whose number it is; said with the link. */
	readonly advisorName?: string;
	/** One request makes one offer, however often it arrives. */
	readonly requestId: string;
	readonly emissionId?: string;
	/** Who offers it, for the bitácora; the bot when absent. */
	readonly actor?: string;
}

export interface OfferedLink {
	readonly contactId: string;
	/** The offer that waits for Send Queued. */
	readonly outboxIds: readonly string[];
	/** What it says. */
	readonly text: string;
	/** False when the request had offered it before. */
	readonly offered: boolean;
}

/** The offer as the dialogue makes it. @throws InvalidInput when nothing may be offered now, and why. */
async function decided(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	conversation: ConversationRow,
	offer: LinkOffer,
): Promise<StepResult> {
	const state = stateOf(conversation, profile);
	const heard = Math.max(Date.parse(state.lastInboundAt ?? '') || 0, conversation.last_inbound_at ?? 0);
	const result = step(
		// What the customer wrote counts from its arrival, whether or not a turn has read it.
		heard === 0 ? state : { ...state, lastInboundAt: new Date(heard).toISOString() },
		{
			kind: 'person',
			at: new Date(store.now()),
			action: 'offer_link',
			number: offer.number,
			advisorName: offer.advisorName,
			contact: await contactFacts(executor, store, profile, conversation.contact_id),
		},
		profile,
	);
	if (result.effects.length > 0) return result;
	throw new InvalidInput({
		message: result.explanation.next ?? 'The link was not offered',
		description:
			"Check 'Number' (with its country code). Outside the 24-hour window send an approved message template first.",
		parameter: 'Number',
		reason: { code: 'linkNotOffered' },
	});
}

/** The same inside the caller's transaction, which holds the contact's lock. @throws InvalidInput */
export async function offerLinkInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	offer: LinkOffer,
): Promise<OfferedLink> {
	const { contact_id: contactId } = await conversationById(tx, store, offer.conversationId);
	const earlier = await outboxOfRequest(tx, store.workspaceId, contactId, offer.requestId);
	if (earlier.length > 0) return { contactId, outboxIds: earlier, text: '', offered: false };
	const conversation = await conversationById(tx, store, offer.conversationId);
	const stepped = await decided(tx, store, profile, conversation, offer);
	const writer = new StepWriter(tx, { store, profile }, conversation, {
		requestId: offer.requestId,
		emissionId: offer.emissionId,
		action: 'link.offered',
		actor: offer.actor,
	});
	await writer.write(stepped);
	return { contactId, outboxIds: writer.outboxIds, text: writer.said.join('\n\n'), offered: true };
}

/**
 * Offers a customer the link to an advisor's own number (template K): they agree knowing that what is said there is not on
 * record, or stay. The answer, and the link, are the next turn's.
 * @throws InvalidInput when the conversation does not exist or nothing may be offered now, and why.
 */
export async function offerLink(store: Store, offer: LinkOffer): Promise<OfferedLink> {
	const { profile } = await profileInForce(store);
	const { contact_id: contactId } = await conversationById(store.db, store, offer.conversationId);
	const [result] = await store.eachLocked(
		[`contact:${contactId}`],
		async (tx) => await offerLinkInside(tx, store, profile, offer),
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The link was not offered');
	return result.value;
}

/** What the customer would read, without offering it. @throws InvalidInput as `offerLink` does. */
export async function previewLinkOffer(
	store: Store,
	offer: LinkOffer,
): Promise<{ readonly conversation: ConversationRow; readonly messages: readonly OutboundMessage[] }> {
	const { profile } = await profileInForce(store);
	const conversation = await conversationById(store.db, store, offer.conversationId);
	const { effects, state } = await decided(store.db, store, profile, conversation, offer);
	const messages = effects.flatMap((effect) =>
		effect.kind === 'say' ? [render(effect, profile, state.language)] : [],
	);
	return { conversation, messages };
}
