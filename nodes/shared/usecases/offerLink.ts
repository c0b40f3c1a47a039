import { step } from '../domain/conversation/step';
import { InvalidInput } from '../domain/invalidInput';
import { outboxOfRequest } from '../store/repositories/outbox';
import type { Store } from '../store/store';
import { profileInForce } from './businessProfile';
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

/**
 * Offers a customer the link to an advisor's own number (template K): they agree knowing that what is said there is not on
 * record, or stay. The answer, and the link, are the next turn's.
 * @throws InvalidInput when the conversation does not exist or nothing may be offered now, and why.
 */
export async function offerLink(store: Store, offer: LinkOffer): Promise<OfferedLink> {
	const { profile } = await profileInForce(store);
	const { contact_id: contactId } = await conversationById(store.db, store, offer.conversationId);
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx): Promise<OfferedLink> => {
		const earlier = await outboxOfRequest(tx, store.workspaceId, contactId, offer.requestId);
		if (earlier.length > 0) return { contactId, outboxIds: earlier, text: '', offered: false };
		const conversation = await conversationById(tx, store, offer.conversationId);
		const contact = await contactFacts(tx, store, profile, contactId);
		const stepped = step(
			stateOf(conversation, profile),
			{
				kind: 'person',
				at: new Date(store.now()),
				action: 'offer_link',
				number: offer.number,
				advisorName: offer.advisorName,
				contact,
			},
			profile,
		);
		if (stepped.effects.length === 0) {
			throw new InvalidInput({
				message: stepped.explanation.next ?? 'The link was not offered',
				description:
					"Check 'Number' (with its country code). Outside the 24-hour window send an approved message template first.",
				parameter: 'Number',
			});
		}
		const writer = new StepWriter(tx, { store, profile }, conversation, {
			requestId: offer.requestId,
			emissionId: offer.emissionId,
			action: 'link.offered',
		});
		await writer.write(stepped);
		return { contactId, outboxIds: writer.outboxIds, text: writer.said.join('\n\n'), offered: true };
	});
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The link was not offered');
	return result.value;
}
