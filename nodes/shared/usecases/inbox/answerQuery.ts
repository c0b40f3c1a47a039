import { QUERIES, type QueryAnswers, type QueryInput, type QueryName } from '../../domain/inbox/requests';
import type { Store } from '../../store/store';
import { checkedInput } from './checkedInput';
import { advisors } from './queries/advisors.query';
import { approvals } from './queries/approvals.query';
import { audit } from './queries/audit.query';
import { cannedAnswers } from './queries/cannedAnswers.query';
import { chatWindow } from './queries/chatWindow.query';
import { contactConversation } from './queries/contactConversation.query';
import { conversation } from './queries/conversation.query';
import { conversations } from './queries/conversations.query';
import { counts } from './queries/counts.query';
import { dealConversation } from './queries/dealConversation.query';
import { deadLetters } from './queries/deadLetters.query';
import { explanation } from './queries/explanation.query';
import { followUps } from './queries/followUps.query';
import { leadPreview } from './queries/leadPreview.query';
import { linkedNumbers } from './queries/linkedNumbers.query';
import { metrics } from './queries/metrics.query';
import { notifications } from './queries/notifications.query';
import { profile } from './queries/profile.query';
import { profileHistory } from './queries/profileHistory.query';
import type { AnswerOf, InboxServices, QueryContext } from './queries/query';
import { session } from './queries/session.query';
import { templates } from './queries/templates.query';
import { thread } from './queries/thread.query';
import type { Viewer } from './viewer';

/** A question without an answer does not compile. */
const ANSWERS: { readonly [Name in QueryName]: AnswerOf<Name> } = {
	session,
	conversations,
	counts,
	conversation,
	thread,
	leadPreview,
	explanation,
	audit,
	notifications,
	cannedAnswers,
	templates,
	advisors,
	followUps,
	deadLetters,
	approvals,
	linkedNumbers,
	metrics,
	chatWindow,
	dealConversation,
	contactConversation,
	profile,
	profileHistory,
};

/**
 * Answers a question of the inbox for one viewer. What does not exist and what is not for these eyes get the same answer.
 * @param input as it came; it is checked here
 * @throws Refusal
 */
export async function answerQuery<Name extends QueryName>(
	store: Store,
	viewer: Viewer,
	name: Name,
	input: unknown,
	services: InboxServices = {},
): Promise<QueryAnswers[Name]> {
	const checked = checkedInput<QueryInput<Name>>(QUERIES[name], input);
	const answer: (context: QueryContext, input: QueryInput<Name>) => Promise<QueryAnswers[Name]> = ANSWERS[name];
	return await answer({ store, viewer, services }, checked);
}
