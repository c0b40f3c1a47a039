import { answersInWords } from '../../../domain/profile/answerInWords';
import { auditAround } from '../../../store/repositories/auditLog';
import { getMessage } from '../../../store/repositories/messages';
import { profileInForce } from '../../profile/businessProfile';
import { seenNow } from '../access';
import { notFound } from '../viewer';
import type { AnswerOf } from './query';

/** What a turn writes to the bitácora about itself. */
interface TurnLine {
	readonly requestId?: string;
	readonly understood?: string;
	readonly rule?: string;
	readonly confidence?: number;
	readonly asked?: string;
	readonly next?: string;
	readonly before?: Readonly<Record<string, string>>;
	readonly after?: Readonly<Record<string, string>>;
	readonly branches?: readonly string[];
	readonly profileVersion?: number;
	readonly workflowId?: string;
	readonly executionId?: string;
}

/** A message is queued in the transaction of its turn; the clocks of both are the same. */
const AROUND = 60_000;

/** What a rule names: words that were tapped or typed stand in quotation marks, a keyword stands for itself. */
function matchedWords(rule = ''): string[] {
	return rule
		.split(', ')
		.map((part) => /[«"“']([^»"”']+)[»"”']/.exec(part)?.[1] ?? part)
		.filter((words) => words !== '');
}

/** A branch as it is written on the canvas. */
const onCanvas = (branch: string): string => `${branch.charAt(0).toUpperCase()}${branch.slice(1)}`;

/** «¿Por qué?»: what led the bot to say something. Empty where the turn is not on record (any more). */
export const explanation: AnswerOf<'explanation'> = async ({ store, viewer, services }, { messageId }) => {
	const message = await getMessage(store.db, store.workspaceId, messageId);
	if (!message) throw notFound('message');
	await seenNow(store, viewer, message.conversation_id).catch(() => {
		throw notFound('message');
	});
	const lines = await auditAround(store.db, store.workspaceId, {
		subjectId: message.conversation_id,
		from: message.created_at - AROUND,
		to: message.created_at + AROUND,
	});
	const turn = lines
		.map(({ payload }) => (payload === null ? {} : (JSON.parse(payload) as TurnLine)))
		.find(({ requestId }) => requestId !== undefined && requestId === message.request_id);
	if (!turn) return { messageId, matched: [], before: {}, after: {} };
	const { understood, rule, confidence, asked, next, profileVersion, workflowId, executionId } = turn;
	const { profile } = await profileInForce(store);
	const executionUrl =
		services.editorUrl === undefined || workflowId === undefined || executionId === undefined
			? undefined
			: `${services.editorUrl.replace(/\/+$/, '')}/workflow/${encodeURIComponent(workflowId)}/executions/${encodeURIComponent(executionId)}`;
	return {
		messageId,
		understood,
		confidence,
		rule,
		matched: matchedWords(rule),
		before: answersInWords(profile, turn.before ?? {}),
		after: answersInWords(profile, turn.after ?? {}),
		asked,
		next,
		branch: turn.branches?.map(onCanvas).join(', '),
		executionUrl,
		profileVersion,
	};
};
