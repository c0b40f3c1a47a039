import type { QueryAnswers, QueryInput, QueryName } from '../../../nodes/shared/domain/inbox/requests';
import type * as views from '../../../nodes/shared/domain/inbox/views';
import { inboundCount, metrics, type Desk, type DeskConversation } from './desk';

type Answers = {
	readonly [Name in QueryName]: (desk: Desk, input: QueryInput<Name>) => QueryAnswers[Name] | undefined;
};

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A page of a list by the place it begins at. */
function pageOf<Row>(
	rows: readonly Row[],
	input: { readonly cursor?: string; readonly limit: number },
): views.Page<Row> {
	const start = Number(input.cursor ?? 0);
	const end = start + input.limit;
	return { rows: rows.slice(start, end), ...(end < rows.length ? { nextCursor: String(end) } : {}) };
}

/** A page of a list that goes on after a row, wherever that stands by now. */
function pageAfter<Row extends { readonly id: string }>(
	rows: readonly Row[],
	{ cursor, limit }: { readonly cursor?: string; readonly limit: number },
): views.Page<Row> {
	const start = cursor === undefined ? 0 : rows.findIndex(({ id }) => id === cursor) + 1;
	const page = rows.slice(start, start + limit);
	return { rows: page, ...(start + limit < rows.length ? { nextCursor: page.at(-1)?.id } : {}) };
}

function isListed(desk: Desk, { summary }: DeskConversation, list: QueryInput<'conversations'>['list']): boolean {
	switch (list) {
		case 'mine':
			return summary.owner?.id === desk.session.advisor.id && summary.mode !== 'closed';
		case 'unassigned':
			return summary.owner === undefined && summary.mode === 'waiting';
		case 'all':
			return true;
		case 'incomplete':
			return summary.incomplete;
		case 'trouble':
			return summary.trouble;
	}
}

const lastAt = ({ summary }: DeskConversation): string => summary.lastMessage?.at ?? '';

function detailOf(desk: Desk, one: DeskConversation): views.ConversationDetail {
	const { summary } = one;
	const isMine = summary.owner?.id === desk.session.advisor.id;
	return {
		...one.detail,
		followUps: desk.followUps.filter(({ conversationId, state }) => conversationId === summary.id && state === 'open'),
		approvals: desk.approvals.filter(({ conversationId }) => conversationId === summary.id),
		conversation: summary,
		allowed: {
			reply: true,
			takeOver: !isMine || summary.mode !== 'human',
			giveBack: summary.mode === 'human',
			close: summary.mode !== 'closed',
			offerLink: true,
			lead: true,
		},
	};
}

const ANSWERS: Answers = {
	session: (desk) => desk.session,
	conversations: (desk, input) => {
		const wanted = input.search === undefined ? undefined : plain(input.search);
		const rows = [...desk.conversations.values()]
			.filter((one) =>
				wanted === undefined
					? isListed(desk, one, input.list)
					: [one.summary.contactName, one.summary.phone ?? '', ...one.rows.map(({ text }) => text ?? '')].some((text) =>
							plain(text).includes(wanted),
						),
			)
			.filter(
				({ summary }) =>
					(input.mode === undefined || summary.mode === input.mode) &&
					(input.unread !== true || summary.unread > 0) &&
					(input.tag === undefined || summary.tags.includes(input.tag)) &&
					(input.advisorId === undefined || summary.owner?.id === input.advisorId),
			)
			.sort((one, other) => (lastAt(one) < lastAt(other) ? 1 : -1))
			.map(({ summary }) => summary);
		return pageAfter(rows, input);
	},
	counts: (desk) => {
		const busy = [...desk.conversations.values()].filter(({ summary }) => summary.unread > 0);
		return {
			mine: busy.filter((one) => isListed(desk, one, 'mine')).length,
			unassigned: busy.filter((one) => isListed(desk, one, 'unassigned')).length,
			all: busy.length,
			notifications: desk.notifications.filter(({ read }) => !read).length,
		};
	},
	conversation: (desk, { conversationId }) => {
		const one = desk.conversations.get(conversationId);
		return one && detailOf(desk, one);
	},
	thread: (desk, input) => {
		const one = desk.conversations.get(input.conversationId);
		if (one === undefined) return undefined;
		if (input.after !== undefined) {
			const from = one.rows.findIndex(({ id }) => id === input.after);
			// What changed lately comes along, as the real desk has it.
			return { rows: one.rows.slice(Math.max(0, from - 10)).reverse(), inboundCount: inboundCount(one) };
		}
		const end = input.before === undefined ? one.rows.length : Number(input.before);
		const start = Math.max(0, end - input.limit);
		return {
			rows: one.rows.slice(start, end).reverse(),
			inboundCount: inboundCount(one),
			...(start > 0 ? { nextCursor: String(start) } : {}),
		};
	},
	leadPreview: (desk, { conversationId }) => desk.conversations.get(conversationId)?.preview,
	explanation: (_desk, { messageId }) => ({
		messageId,
		understood: 'Solicitar una cotización',
		confidence: 0.92,
		rule: 'cotiz* → Cotización',
		matched: ['cotizar', '20 portátiles'],
		before: { name: 'Mariana Ospina', asked: 'detailLevel' },
		after: { name: 'Mariana Ospina', product: 'Portátil 14"', quantity: '20' },
		asked: '¿Deseas una cotización formal o solo información general?',
		next: 'Confirmación D3 con el número de caso',
		branch: 'Reply, Case',
		executionUrl: 'https://n8n.example/workflow/1/executions/42',
		profileVersion: 7,
	}),
	audit: (desk, input) => {
		const wanted = plain(input.search ?? '');
		return pageOf(
			desk.audit.filter(
				(line) =>
					plain(`${line.actor} ${line.action}`).includes(wanted) &&
					(input.actor === undefined || plain(line.actor).includes(plain(input.actor))) &&
					(input.action === undefined || line.action.includes(input.action)) &&
					(input.from === undefined || line.at >= input.from) &&
					(input.to === undefined || line.at <= input.to),
			),
			input,
		);
	},
	notifications: (desk, input) => pageOf(desk.notifications, input),
	cannedAnswers: (desk) => desk.canned,
	templates: (desk) => desk.templates,
	advisors: (desk) => desk.team,
	followUps: (desk, input) =>
		pageOf(
			desk.followUps.filter(
				({ state, advisor }) => state === 'open' && (input.list === 'all' || advisor?.id === 'adv-laura'),
			),
			input,
		),
	deadLetters: (desk, input) => pageOf(desk.deadLetters, input),
	approvals: (desk, input) =>
		pageOf(
			desk.approvals.filter(({ state }) => state === 'pending'),
			input,
		),
	linkedNumbers: (desk) => desk.numbers,
	metrics: (desk, input) => metrics(input, desk.alerts),
	// This desk has no account of Wazzup.
	chatWindow: () => undefined,
	dealConversation: () => undefined,
	contactConversation: (desk, { contactId }) => {
		const found = [...desk.conversations.values()].find(({ detail }) => detail.contact.id === contactId);
		return found && { conversationId: found.summary.id };
	},
	profile: (desk) => desk.profile,
	profileHistory: (desk, input) => pageOf(desk.history, input),
};

/** What the desk answers to a query that the contract let through; undefined: there is no such thing. */
export function answer<Name extends QueryName>(desk: Desk, name: Name, input: QueryInput<Name>): unknown {
	return ANSWERS[name](desk, input);
}
