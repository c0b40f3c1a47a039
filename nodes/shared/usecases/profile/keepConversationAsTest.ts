import { InvalidInput } from '../../domain/invalidInput';
import { expectationOf, type Expectation } from '../../domain/profile/expectation';
import { appendAudit } from '../../store/repositories/auditLog';
import type { ConversationRow } from '../../store/repositories/conversations';
import { deleteProfileTest, putProfileTest } from '../../store/repositories/profileTests';
import type { Store } from '../../store/store';
import { profileInForce } from './businessProfile';
import { pastConversation } from '../simulation/pastConversation';
import { outcomeOf } from './rehearseProfile';

export interface ConversationTestRequest {
	readonly conversation: ConversationRow;
	/** How people call the test. */
	readonly name: string;
	/** How it must end, where that is not how it ends with the profile in force. */
	readonly expected: Expectation;
}

export interface ConversationTest {
	readonly name: string;
	readonly conversationId: string;
	/** Customer's messages that belong to it; later ones do not. */
	readonly messages: number;
	readonly expected: Expectation;
}

async function testOf(
	store: Store,
	{ conversation, name, expected }: ConversationTestRequest,
): Promise<ConversationTest & { readonly untilAt: number }> {
	const past = await pastConversation(store, conversation);
	if (!past) {
		throw new InvalidInput({
			message: 'The customer has not written anything in this conversation',
			description: "Choose another one in 'Conversation'.",
			parameter: 'Conversation',
		});
	}
	const { profile } = await profileInForce(store);
	const outcome = await outcomeOf(store, past, profile);
	return {
		name,
		conversationId: conversation.id,
		messages: past.messages.length,
		expected: { ...expectationOf(outcome), ...expected },
		untilAt: past.lastAt,
	};
}

/** The test that would be kept, without keeping it. */
export async function previewConversationTest(
	store: Store,
	request: ConversationTestRequest,
): Promise<ConversationTest> {
	const { untilAt: _untilAt, ...test } = await testOf(store, request);
	return test;
}

/**
 * Keeps a real conversation as a test of every profile to come: it must go on ending as it does now, or as told. Its messages stay
 * where they are; a person who is erased takes the test along. The same conversation again replaces what was expected of it.
 */
export async function keepConversationAsTest(
	store: Store,
	request: ConversationTestRequest,
	actor: string,
): Promise<ConversationTest> {
	const { untilAt, ...test } = await testOf(store, request);
	await store.transaction(async (tx) => {
		await putProfileTest(tx, store, {
			name: test.name,
			conversation_id: test.conversationId,
			contact_id: request.conversation.contact_id,
			until_at: untilAt,
			expected: JSON.stringify(test.expected),
			created_by: actor,
		});
		await appendAudit(tx, store, {
			actor,
			action: 'profile.test_kept',
			subjectKind: 'conversation',
			subjectId: test.conversationId,
			payload: { expected: test.expected },
		});
	});
	return test;
}

/** Whether the conversation was a test until now. */
export async function dropConversationTest(store: Store, conversationId: string, actor: string): Promise<boolean> {
	return await store.transaction(async (tx) => {
		const dropped = await deleteProfileTest(tx, store.workspaceId, conversationId);
		if (dropped)
			await appendAudit(tx, store, {
				actor,
				action: 'profile.test_dropped',
				subjectKind: 'conversation',
				subjectId: conversationId,
			});
		return dropped;
	});
}
