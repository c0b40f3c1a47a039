import { QUERIES, type QueryName, type QueryAnswers } from '../shared/domain/inbox/requests';
import { answerQuery } from '../shared/usecases/inbox/answerQuery';
import { Refusal } from '../shared/usecases/inbox/refusal';
import { csrfTokenOf } from '../shared/usecases/inbox/sessions';
import { viewerOf } from '../shared/usecases/inbox/viewer';
import { answerJson } from './answers';
import { sessionOfRequest, type InboxRequest } from './inboxRequest';
import { sessionToken } from './sessionCookie';

function isQuery(name: string): name is QueryName {
	return Object.hasOwn(QUERIES, name);
}

/** Fields of the address, but for the query's name; the first of each. */
function inputOf(query: Readonly<Record<string, unknown>>): Record<string, string> {
	const input: Record<string, string> = {};
	for (const [name, value] of Object.entries(query)) {
		const first: unknown = Array.isArray(value) ? value[0] : value;
		if (name !== 'query' && typeof first === 'string') input[name] = first;
	}
	return input;
}

export async function answerQueryRequest(inbox: InboxRequest, name: string): Promise<void> {
	const { request, response, store, settings } = inbox;
	const session = await sessionOfRequest(inbox, { touch: true });
	if (!isQuery(name)) throw new Refusal(404, { message: 'The inbox does not know this question' });
	const answer: unknown = await answerQuery(
		store,
		viewerOf(session.advisor),
		name,
		inputOf(request.query),
		await inbox.services(),
	);
	if (name !== 'session') {
		answerJson(response, 200, answer);
		return;
	}
	answerJson(response, 200, {
		...(answer as QueryAnswers['session']),
		csrfToken: csrfTokenOf(store, sessionToken(request) ?? ''),
		uploadLimit: settings.uploadLimit,
	} satisfies QueryAnswers['session']);
}
