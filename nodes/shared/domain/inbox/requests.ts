import { z } from 'zod';

import { LEAD_STAGES } from '../leads/leadStage';
import { CASE_TYPES } from '../profile/businessProfile';
import type { ProfileChange } from '../profile/diff';
import { CHAT_TYPES } from '../wazzup/chatTypes';
import type * as views from './views';

/**
 * What the inbox page asks and commands. One address serves everything (the trigger's webhook path `inbox`):
 *
 * - `GET  inbox` the page; `GET inbox?asset=<file>` what it is made of; `GET inbox?attachment=<id>` a file.
 * - `GET  inbox?query=<name>&<fields>` answers the view of `QUERIES[name]`.
 * - `GET  inbox?updates` server-sent events (`InboxUpdate`).
 * - `POST inbox` with `{ command, requestId, … }` of `COMMANDS`; header `X-CSRF-Token`. One request id, one effect, however often.
 * - `POST inbox?upload=<file name>` with the bytes; answers `{ uploadId }` for `reply`.
 * - `POST inbox` with `{ login: { account, password } }` or `{ setPassword: { token, password } }`: answers 204 and the cookie.
 *
 * Refusals: 401 not logged in (any more), 403 not allowed, 404, 409 changed meanwhile, 413, 422, 429 with Retry-After, 503,
 * with `{ message, description?, field?, code?, values? }`: in English, and by a code of `refusals` for the page's own words.
 */

const id = z.string().min(1).max(100);
const text = z.string().trim().min(1).max(4096);
const cursor = z.string().max(500).optional();
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]).optional();
const limit = z.coerce.number().int().min(1).max(200).default(50);
const instant = z.string().datetime({ offset: true });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const QUERIES = {
	session: z.object({}),
	conversations: z.object({
		list: z.enum(['mine', 'unassigned', 'all', 'incomplete', 'trouble']).default('mine'),
		/** Names, numbers, case numbers and the text of messages. */
		search: z.string().trim().max(200).optional(),
		mode: z.enum(['bot', 'waiting', 'human', 'mirrored', 'closed']).optional(),
		unread: flag,
		channelId: id.optional(),
		tag: z.string().max(40).optional(),
		advisorId: id.optional(),
		cursor,
		limit,
	}),
	/** Counts for the tabs: mine, unassigned, all with something unread or waiting. */
	counts: z.object({}),
	conversation: z.object({ conversationId: id }),
	/** Newest first; `before` goes back in time, `after` asks what is new since a row (changed rows of the last page too). */
	thread: z.object({ conversationId: id, before: cursor, after: cursor, limit }),
	leadPreview: z.object({ conversationId: id }),
	explanation: z.object({ messageId: id }),
	audit: z.object({
		conversationId: id.optional(),
		search: z.string().trim().max(200).optional(),
		actor: z.string().max(100).optional(),
		action: z.string().max(100).optional(),
		from: instant.optional(),
		to: instant.optional(),
		cursor,
		limit,
	}),
	notifications: z.object({ cursor, limit }),
	cannedAnswers: z.object({}),
	templates: z.object({ conversationId: id }),
	advisors: z.object({}),
	followUps: z.object({ list: z.enum(['mine', 'all']).default('mine'), cursor, limit }),
	deadLetters: z.object({ cursor, limit }),
	/** What waits for a person's yes or no, the first to expire first. */
	approvals: z.object({ cursor, limit }),
	linkedNumbers: z.object({}),
	metrics: z.object({ from: day, to: day }),
	/** Wazzup's chat window for whoever asks: every chat of theirs, or those of one customer. */
	chatWindow: z.object({ conversationId: id.optional() }),
	/** Where a deal that was opened in Wazzup's chat window is attended here. */
	dealConversation: z.object({ dealId: id }),
	/** Where a customer is attended: a link to somebody leads here, whatever conversations they have by then. */
	contactConversation: z.object({ contactId: id }),
	/** Published profile, draft if there is one, forms and texts. */
	profile: z.object({}),
	profileHistory: z.object({ cursor, limit }),
} as const;

export type QueryName = keyof typeof QUERIES;
export type QueryInput<Name extends QueryName> = z.output<(typeof QUERIES)[Name]>;

/** What a query answers. */
export interface QueryAnswers {
	session: views.SessionView;
	conversations: views.Page<views.ConversationSummary>;
	counts: { readonly mine: number; readonly unassigned: number; readonly all: number; readonly notifications: number };
	conversation: views.ConversationDetail;
	thread: views.ThreadPage;
	leadPreview: views.LeadPreview;
	explanation: views.ExplanationView;
	audit: views.Page<views.AuditLineView>;
	notifications: views.Page<views.NotificationView>;
	cannedAnswers: readonly views.CannedAnswerView[];
	templates: readonly views.TemplateView[];
	advisors: readonly views.AdvisorView[];
	followUps: views.Page<views.FollowUpView>;
	deadLetters: views.Page<views.DeadLetterView>;
	approvals: views.Page<views.ApprovalView>;
	linkedNumbers: readonly views.LinkedNumberView[];
	metrics: views.MetricsView;
	/** Good for this person and a short while: never kept. Messages are taken from this origin only. */
	chatWindow: { readonly url: string; readonly origin: string };
	dealConversation: { readonly conversationId: string };
	contactConversation: { readonly conversationId: string };
	profile: {
		/** BusinessProfileInput. */
		readonly published: unknown;
		readonly version: number;
		readonly draft?: unknown;
		/** What publishing the draft would change. */
		readonly changes: readonly ProfileChange[];
	};
	profileHistory: views.Page<{
		readonly version: number;
		readonly at: string;
		readonly by?: string;
		readonly note?: string;
		/** The earlier version that this one put in force again. */
		readonly restores?: number;
		readonly changes: readonly ProfileChange[];
	}>;
}

const conversation = { conversationId: id };

export const COMMANDS = {
	logOut: z.object({}),
	changePassword: z.object({ current: z.string().max(200), next: z.string().max(200) }),

	/** Text, uploaded files or a template; a person who writes has the conversation from then on (D13). */
	reply: z.object({
		...conversation,
		text: text.optional(),
		uploadIds: z.array(id).max(10).default([]),
		template: z
			.object({
				name: z.string().min(1),
				languageCode: z.string().min(2),
				values: z.array(z.string().max(1024)).default([]),
			})
			.optional(),
		quotedMessageId: id.optional(),
	}),
	retryMessage: z.object({ ...conversation, messageId: id }),
	note: z.object({ ...conversation, text }),
	/** `inboundCount`: of the thread that was on the screen; what came since stays unread. Absent: everything is read. */
	markRead: z.object({ ...conversation, inboundCount: z.number().int().min(0).optional() }),
	takeOver: z.object(conversation),
	giveBack: z.object(conversation),
	close: z.object({ ...conversation, reason: z.string().max(500).optional() }),
	assign: z.object({
		...conversation,
		to: z.union([
			z.object({ advisorId: id }),
			z.object({ rule: z.enum(['roundRobin', 'leastBusy']), area: z.string().min(1) }),
			z.object({ nobody: z.literal(true) }),
		]),
		reason: z.string().max(500).optional(),
	}),

	/** «Crear Lead» / «Actualizar Lead» with what the advisor changed in the preview. */
	saveLead: z.object({ ...conversation, values: z.record(z.string(), z.string().max(4096)).default({}) }),
	/** The "+" of Wazzup's chat window: the open lead of that chat, else a new one. Answers `{ leadId, action, conversationId? }`. */
	createLeadOfChat: z.object({ chatType: z.enum(CHAT_TYPES), chatId: z.string().trim().min(1).max(128) }),
	changeLeadStage: z.object({
		leadId: id,
		stage: z.enum(LEAD_STAGES),
		amount: z.string().max(30).optional(),
		currency: z.string().length(3).optional(),
		lostReason: z.string().max(500).optional(),
	}),
	createCase: z.object({ ...conversation, type: z.enum(CASE_TYPES), area: z.string().min(1), subject: text }),
	changeCaseStatus: z.object({
		caseId: id,
		status: z.enum(['open', 'in_progress', 'waiting', 'resolved', 'closed']),
		note: z.string().max(4096).optional(),
	}),
	assignCase: z.object({ caseId: id, advisorId: id }),
	noteCase: z.object({ caseId: id, text }),
	tag: z.object({
		kind: z.enum(['contact', 'lead', 'case']),
		targetId: id,
		add: z.array(z.string().min(1).max(40)).default([]),
		remove: z.array(z.string()).default([]),
	}),
	saveContact: z.object({
		contactId: id,
		values: z.object({
			name: z.string().max(200).optional(),
			identification: z.string().max(40).optional(),
			email: z.string().max(200).optional(),
			company: z.string().max(200).optional(),
			city: z.string().max(100).optional(),
		}),
	}),

	/** Template K; `confirmed` is the advisor's word that traceability is lost (D20). */
	offerLink: z.object({ ...conversation, advisorId: id, confirmed: z.literal(true) }),
	requestPaymentLink: z.object({
		...conversation,
		/** As people write it; read by the currency's own digits. */
		amount: z.string().min(1).max(30),
		currency: z.string().length(3),
		description: z.string().trim().min(1).max(250),
		kind: z.enum(['full', 'deposit', 'subscription']).default('full'),
	}),
	/** Customer and advisor agreed that it is paid in cash when it is delivered. Answers `{ paymentId, amount, currency }`. */
	agreeCash: z.object({
		...conversation,
		/** What is delivered; without it the newest open case, else the lead. */
		caseId: id.optional(),
		amount: z.string().min(1).max(30),
		currency: z.string().length(3),
		description: z.string().trim().min(1).max(250),
		/** It is known that the same was paid another way. */
		despitePaid: z.boolean().default(false),
	}),
	/** The cash came. Answers `{ paymentId, amount, currency }`. */
	collectCash: z.object({
		paymentId: id,
		amount: z.string().min(1).max(30),
		/** Who took it: a courier is nobody of the team. */
		collectedBy: z.string().trim().min(1).max(100),
		/** Needed where the amount is not the agreed one. */
		note: z.string().trim().max(500).optional(),
		despitePaid: z.boolean().default(false),
	}),
	/** Not paid on delivery after all. */
	cancelCash: z.object({ paymentId: id, reason: z.string().trim().max(500).optional() }),

	saveFollowUp: z.object({
		...conversation,
		followUpId: id.optional(),
		text,
		dueAt: instant,
		kind: z.enum(['quotation_sent', 'appointment', 'repurchase', 'hand']).default('hand'),
		advisorId: id.optional(),
	}),
	endFollowUp: z.object({ followUpId: id, state: z.enum(['done', 'cancelled']) }),
	saveCannedAnswer: z.object({
		cannedAnswerId: id.optional(),
		shortcut: z.string().regex(/^[\p{L}\d_-]{1,30}$/u),
		text,
		shared: z.boolean().default(false),
	}),
	deleteCannedAnswer: z.object({ cannedAnswerId: id }),
	readNotifications: z.object({ notificationIds: z.array(id).max(200).default([]), all: z.boolean().default(false) }),
	setAvailability: z.object({ advisorId: id.optional(), available: z.boolean(), absentUntil: instant.optional() }),

	saveAdvisor: z.object({
		advisorId: id.optional(),
		name: z.string().trim().min(1).max(200),
		phone: z.string().max(40).optional(),
		email: z.string().max(200).optional(),
		aliases: z.array(z.string().max(100)).max(20).default([]),
		areas: z.array(z.string()).default([]),
		role: z.enum(['advisor', 'supervisor', 'administrator']).default('advisor'),
		substituteId: id.optional(),
	}),
	deleteAdvisor: z.object({ advisorId: id }),
	/** Answers `{ url, expiresAt }`: a link with which the advisor sets a password, once. */
	createLoginLink: z.object({ advisorId: id }),

	saveDraft: z.object({ profile: z.unknown() }),
	discardDraft: z.object({}),
	publishDraft: z.object({ note: z.string().max(500).optional() }),
	rollBack: z.object({ version: z.number().int().positive(), note: z.string().max(500).optional() }),

	/** Answers `{ url }` of Meta's dialog. */
	startSignup: z.object({
		advisorId: id.optional(),
		history: z.boolean().default(false),
		excludedNumbers: z.array(z.string()).max(500).default([]),
	}),
	linkManually: z.object({
		advisorId: id,
		phoneNumberId: z.string().regex(/^\d{5,25}$/),
		businessAccountId: z.string().regex(/^\d{5,25}$/),
		accessToken: z.string().min(20).max(1000),
	}),
	requestSync: z.object({ linkedNumberId: id }),
	unlinkNumber: z.object({ linkedNumberId: id }),

	retryDeadLetter: z.object({ deadLetterId: id }),
	/** The item leaves on Other, where the workflow does what was approved. */
	decideApproval: z.object({
		approvalId: id,
		decision: z.enum(['approve', 'reject']),
		reason: z.string().trim().max(500).optional(),
	}),
	dismissDeadLetter: z.object({ deadLetterId: id, reason: z.string().max(500).optional() }),
	erasePerson: z.object({ contactId: id, confirmed: z.literal(true) }),
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandInput<Name extends CommandName> = z.output<(typeof COMMANDS)[Name]>;

/** Outputs of Advisor Inbox Trigger in their order; never reordered. */
export const INBOX_OUTPUTS = [
	'reply',
	'crearLead',
	'assign',
	'hyperlink',
	'caseUpdate',
	'paymentLink',
	'onboarding',
	'other',
	'cash',
	'due',
] as const;
export type InboxOutput = (typeof INBOX_OUTPUTS)[number];

/** Outputs that a click leaves on: all but Due. */
export type InboxClick = Exclude<InboxOutput, 'due'>;

/** Server-sent events: `event` is the kind, `data` the JSON. */
export type InboxUpdate =
	/** A conversation appeared or changed, its thread included; the open thread asks `thread?after=`. */
	| { readonly kind: 'conversation'; readonly conversation: views.ConversationSummary }
	/** No longer for these eyes, or erased. */
	| { readonly kind: 'conversationGone'; readonly conversationId: string }
	| { readonly kind: 'counts'; readonly counts: QueryAnswers['counts'] }
	| { readonly kind: 'notification'; readonly notification: views.NotificationView }
	| { readonly kind: 'linkedNumber'; readonly linkedNumber: views.LinkedNumberView }
	/** Chats that wait at Wazzup for an answer of whoever looks. */
	| { readonly kind: 'unanswered'; readonly count: number }
	/** The profile, an advisor or the permissions changed: ask `session` again. */
	| { readonly kind: 'session' }
	/** Logged out elsewhere, or the password changed. */
	| { readonly kind: 'loggedOut' };
