import { z } from 'zod';

import { CASE_TYPES } from '../shared/domain/profile/businessProfile';
import type { CaseType, ContactFacts, ConversationState } from '../shared/domain/conversation/types';
import type { OperationContext } from '../shared/n8n/operation';
import type { SimulatedKnowledge } from '../shared/usecases/cases/previewCase';

/** What the bot asks for: the Case output's item, or the unfinished case inside the Closed output's. */
const requested = z.object({
	requestId: z.string().optional(),
	type: z.enum(CASE_TYPES),
	area: z.string(),
	option: z.string().optional(),
	subject: z.string(),
	fields: z.record(z.string()).default({}),
	attachments: z.array(z.object({ messageId: z.string() }).passthrough()).default([]),
	createLead: z.boolean().default(false),
	advisorName: z.string().optional(),
	reopens: z.string().optional(),
});

export type RequestedCase = z.infer<typeof requested>;

const closed = z.object({ kind: z.literal('close'), openCase: requested.optional() });

/** What the item itself says about the case to make. */
export type ItemsWish =
	/** The Case output of Bot Conversation. */
	| { readonly kind: 'open'; readonly request: RequestedCase }
	/** The Closed output: the customer did not go on, what is known is kept (D19). */
	| { readonly kind: 'incomplete'; readonly request: RequestedCase }
	/** The Closed output of a conversation that leaves nothing to keep. */
	| { readonly kind: 'nothing' }
	/** Any other item: the node's fields say it all. */
	| { readonly kind: 'silent' };

export function wishOfItem({ item }: OperationContext): ItemsWish {
	const ended = closed.safeParse(item.json);
	if (ended.success) {
		const { openCase } = ended.data;
		return openCase ? { kind: 'incomplete', request: openCase } : { kind: 'nothing' };
	}
	const opening = requested.safeParse(item.json);
	return opening.success ? { kind: 'open', request: opening.data } : { kind: 'silent' };
}

/** The words of the item that can stand for a subject. */
export function textOfItem({ item }: OperationContext): string {
	const { text } = item.json;
	return typeof text === 'string' ? text : '';
}

const addressSchema = z.object({
	phoneNumberId: z.string(),
	to: z.object({ waId: z.string().optional(), userId: z.string().optional() }),
});

/** What a conversation simulated by hand carries for the nodes behind it. */
export function simulationOfItem({ item }: OperationContext): SimulatedKnowledge & {
	readonly to?: z.infer<typeof addressSchema>;
} {
	const carried = item.json.simulation;
	if (item.json.simulated !== true || typeof carried !== 'object' || carried === null) return {};
	// Made by Bot Conversation in the same run by hand; nothing of it is stored.
	const { state, contact, casesBefore, to } = carried as {
		state?: ConversationState;
		contact?: ContactFacts;
		casesBefore?: number;
		to?: unknown;
	};
	return { state, contact, casesBefore, to: addressSchema.safeParse(to).data };
}

export const caseType = z.enum(CASE_TYPES) satisfies z.ZodType<CaseType>;
