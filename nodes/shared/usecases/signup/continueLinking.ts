import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import type { LinkingProblem } from '../../domain/linkedNumbers/problems';
import { RequestFailure } from '../../http/failure';
import { appendAudit } from '../../store/repositories/auditLog';
import { updateLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { announceLinking, signalLinking } from '../linkedNumbers/announceLinking';
import { checkNumber } from '../linkedNumbers/checkNumber';
import { linkedNumberById } from '../linkedNumbers/linkedNumberById';
import { exchangeCode } from './exchangeCode';
import { CHECK_INTERVAL, detailOf, isPassing, LinkingStop, LinkingWait, type LinkingContext } from './linkingStep';
import { locateNumber } from './locateNumber';
import { isSyncWanted, requestSyncs, requestSyncsAgain } from './requestSyncs';
import { subscribeNumber } from './subscribeNumber';

/** Pauses after which a step that Meta did not answer is tried again, ms; the last one is repeated. */
const PAUSES = [1_000, 30_000, 300_000, 1_800_000] as const;

/** Tries before it is given up and told so; by then Meta has not answered for about a day. */
const MOST_ATTEMPTS = 50;

/** @returns false when there is nothing to do */
async function takeStep(context: LinkingContext, row: LinkedNumberRow): Promise<boolean> {
	switch (row.state) {
		case 'exchanging':
			await exchangeCode(context, row);
			return true;
		case 'authorized':
			await locateNumber(context, row);
			return true;
		case 'located':
			await subscribeNumber(context, row);
			return true;
		case 'subscribed':
			await requestSyncs(context, row);
			return true;
		case 'linked':
		case 'mirroring':
			if (isSyncWanted(row)) await requestSyncsAgain(context, row);
			else await checkNumber(context.store, context.credential, row);
			return false;
		default:
			return false;
	}
}

/** Writes why it does not go on, and tells once. */
async function stop(
	context: LinkingContext,
	row: LinkedNumberRow,
	problem: LinkingProblem,
	detail?: string,
): Promise<void> {
	const { store } = context;
	const { profile } = await profileInForce(store);
	const known = row.problem === problem;
	await store.transaction(async (tx) => {
		const stopped = await updateLinkedNumber(
			tx,
			store,
			row.id,
			{ state: 'failed', problem, problem_detail: detail ?? null, code: null, due_at: null },
			[row.state],
		);
		if (!stopped) return;
		await appendAudit(tx, store, {
			actor: `advisor:${row.advisor_id}`,
			action: 'number.linking_failed',
			subjectKind: 'linked_number',
			subjectId: row.id,
			payload: { step: row.state, problem, detail },
		});
		if (!known)
			await announceLinking(tx, store, row, { event: 'problem', language: profile.language, problem, detail });
	});
	signalLinking(store, row.inbox_webhook_id);
}

/** Tries later; tells the team the first time that somebody has to do something. */
async function wait(
	context: LinkingContext,
	row: LinkedNumberRow,
	problem: LinkingProblem,
	detail: string | undefined,
): Promise<void> {
	const { store } = context;
	const { profile } = await profileInForce(store);
	const attempts = row.attempts + 1;
	const pause = PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? CHECK_INTERVAL;
	await store.transaction(async (tx) => {
		const waiting = await updateLinkedNumber(
			tx,
			store,
			row.id,
			{ problem, problem_detail: detail ?? null, attempts, due_at: store.now() + pause },
			[row.state],
		);
		if (!waiting || problem === 'meta_unavailable' || row.problem === problem) return;
		await announceLinking(tx, store, row, { event: 'problem', language: profile.language, problem, detail });
	});
	signalLinking(store, row.inbox_webhook_id);
}

/** Whether the step can be tried again. False: it was written down why it ended. */
async function settleFailure(context: LinkingContext, row: LinkedNumberRow, error: unknown): Promise<void> {
	if (error instanceof LinkingWait) return await wait(context, row, error.problem, error.detail);
	if (error instanceof LinkingStop) return await stop(context, row, error.problem, error.detail);
	if (!(error instanceof RequestFailure)) throw error;
	if (isPassing(error) && row.attempts < MOST_ATTEMPTS) {
		return await wait(context, row, 'meta_unavailable', detailOf(error));
	}
	const problem = error.code === '190' ? 'token_revoked' : isPassing(error) ? 'meta_unavailable' : 'refused';
	await stop(context, row, problem, detailOf(error));
}

/** A linking that ended because the number was not clear goes on when a person names it. */
async function reopened({ store, phoneNumberId }: LinkingContext, row: LinkedNumberRow): Promise<LinkedNumberRow> {
	if (row.state !== 'failed' || phoneNumberId === undefined || row.access_token === null) return row;
	await updateLinkedNumber(store.db, store, row.id, { state: 'authorized', attempts: 0 }, ['failed']);
	return await linkedNumberById(store, row.id);
}

/**
 * Goes on with a number wherever it stopped: exchange of the code, look at the token, choice of the number, delivery of
 * its webhooks to us, contacts and history. Each step is a state of the row, written when it is done, so that a crash
 * repeats at most the step under way; every step may be repeated. A number that is linked is looked after instead.
 * @returns how far it has come; what went wrong is in `problem`
 */
export async function continueLinking(
	store: Store,
	credential: WhatsAppCredential,
	linkedNumberId: string,
	wish: Pick<LinkingContext, 'phoneNumberId' | 'receiverUrl'> = {},
): Promise<LinkedNumberRow> {
	const context: LinkingContext = { store, credential, ...wish };
	let row = await reopened(context, await linkedNumberById(store, linkedNumberId));
	for (;;) {
		try {
			if (!(await takeStep(context, row))) return await linkedNumberById(store, linkedNumberId);
		} catch (error) {
			await settleFailure(context, row, error);
			return await linkedNumberById(store, linkedNumberId);
		}
		const next = await linkedNumberById(store, linkedNumberId);
		// Somebody else goes on with it.
		if (next.state === row.state) return next;
		row = next;
	}
}
