import type { ContactFacts, ConversationEffect, OpenCaseEffect } from './types';

/** What the store would know of a person after these effects; for dialogues that are played without one. */
export function contactAfter(contact: ContactFacts, effects: readonly ConversationEffect[]): ContactFacts {
	return effects.reduce<ContactFacts>((known, effect) => {
		if (effect.kind !== 'learn') return known;
		switch (effect.field) {
			case 'name':
				return { ...known, name: effect.value, nameVerified: effect.verified !== false };
			case 'identification':
			case 'language':
				return { ...known, [effect.field]: effect.value };
			case 'optOut':
			case 'optIn':
				return { ...known, optedOut: effect.field === 'optOut' };
			default:
				return known;
		}
	}, contact);
}

/** Cases that a customer has at a time; older ones are outside every window in which a case is continued. */
const OPEN_CASES = 5;

/** The person with a case that would have been registered. */
export function contactWithCase(
	contact: ContactFacts,
	request: Pick<OpenCaseEffect, 'type' | 'subject'>,
	registered: { readonly id: string; readonly number: string; readonly at: Date },
): ContactFacts {
	const { id, number, at } = registered;
	const { type, subject } = request;
	return {
		...contact,
		returning: contact.name !== undefined,
		openCases: [
			{ id, number, type, status: 'open', subject, updatedAt: at.toISOString() },
			...contact.openCases.slice(0, OPEN_CASES - 1),
		],
	};
}
