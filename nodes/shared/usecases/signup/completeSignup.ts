import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import { problemOfDialog, type LinkingProblem } from '../../domain/linkedNumbers/problems';
import { appendAudit } from '../../store/repositories/auditLog';
import { getLinkedNumber, updateLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import { findSignup, useSignup, type SignupRow } from '../../store/repositories/signups';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { announceLinking, signalLinking } from '../linkedNumbers/announceLinking';
import { continueLinking } from './continueLinking';
import { CODE_LEASE } from './linkingStep';
import { hashOf, isSameBrowser, readSignupState } from './signupState';

/** What Meta's redirect brings back: the query of the address, and the browser's cookie. */
export interface SignupReturn {
	readonly state?: string;
	readonly code?: string;
	readonly error?: string;
	readonly errorCode?: string;
	readonly errorReason?: string;
	readonly errorDescription?: string;
	/** Value of SIGNUP_COOKIE, if the browser sent it. */
	readonly cookie?: string;
	/** Who is logged in there, when it is known. */
	readonly advisorId?: string;
}

/** How far a signup has come. */
export interface SignupOutcome {
	/** Absent: the redirect was none of ours, and nothing was changed. */
	readonly linkedNumber?: LinkedNumberRow;
	readonly problem?: LinkingProblem;
	/** What Meta said. */
	readonly detail?: string;
}

/** Longer texts of a query are nobody's error message. */
const LONGEST_DETAIL = 300;

type Found = { readonly signup: SignupRow } | { readonly problem: LinkingProblem };

async function signupOf(store: Store, returned: SignupReturn): Promise<Found> {
	const state = readSignupState(store, returned.state ?? '');
	if (state === undefined) return { problem: 'link_invalid' };
	const signup = await findSignup(store.db, store, hashOf(state.nonce));
	if (signup?.linked_number_id !== state.linkedNumberId || signup.advisor_id !== state.advisorId) {
		return { problem: 'link_invalid' };
	}
	if (returned.advisorId !== undefined && signup.browser_hash === null && returned.advisorId !== signup.advisor_id) {
		return { problem: 'link_invalid' };
	}
	if (!isSameBrowser(signup.browser_hash, returned.cookie)) return { problem: 'other_browser' };
	if (signup.used_at === null && store.now() > signup.expires_at) return { problem: 'link_expired' };
	return { signup };
}

function detailOf({ errorDescription, errorReason, error, errorCode }: SignupReturn): string | undefined {
	const words = errorDescription ?? errorReason ?? error;
	if (words === undefined) return undefined;
	return `${words.slice(0, LONGEST_DETAIL)}${errorCode === undefined ? '' : ` (${errorCode.slice(0, 20)})`}`;
}

type Taken = 'exchange' | 'failed' | 'used';

/**
 * Takes the redirect: of several at once one goes on. The code is written down encrypted before it is used, so that a
 * crash in between can go on within its 30 seconds.
 */
async function take(store: Store, signup: SignupRow, returned: SignupReturn): Promise<Taken> {
	const { profile } = await profileInForce(store);
	const refused = returned.code === undefined || returned.error !== undefined;
	return await store.transaction(async (tx): Promise<Taken> => {
		if (!(await useSignup(tx, store, signup.nonce_hash))) return 'used';
		const now = store.now();
		const problem = refused ? problemOfReturn(returned) : null;
		// Who cancels knows it: Meta's «Permissions error» would only confuse.
		const detail = refused && problem !== 'cancelled' ? (detailOf(returned) ?? null) : null;
		const changed = await updateLinkedNumber(
			tx,
			store,
			signup.linked_number_id,
			refused
				? { state: 'failed', problem, problem_detail: detail, due_at: null }
				: {
						state: 'exchanging',
						code: store.encrypt(returned.code ?? ''),
						redirect_uri: signup.redirect_uri,
						onboarded_at: now,
						problem: null,
						problem_detail: null,
						attempts: 0,
						due_at: now + CODE_LEASE,
					},
			['started', 'failed'],
		);
		if (!changed) return 'used';
		await appendAudit(tx, store, {
			actor: `advisor:${signup.advisor_id}`,
			action: refused ? 'number.signup_refused' : 'number.signup_returned',
			subjectKind: 'linked_number',
			subjectId: signup.linked_number_id,
			payload: { problem: problem ?? undefined, detail: detail ?? undefined },
		});
		if (problem !== null) {
			const row = await getLinkedNumber(tx, store.workspaceId, signup.linked_number_id);
			if (row) await announceLinking(tx, store, row, { event: 'problem', language: profile.language, problem, detail });
		}
		return refused ? 'failed' : 'exchange';
	});
}

const problemOfReturn = (returned: SignupReturn): LinkingProblem =>
	problemOfDialog({
		code: returned.error,
		reason: `${returned.errorReason ?? ''} ${returned.errorCode ?? ''}`,
		description: returned.errorDescription,
	});

async function outcomeOf(store: Store, linkedNumberId: string): Promise<SignupOutcome> {
	const linkedNumber = await getLinkedNumber(store.db, store.workspaceId, linkedNumberId);
	return linkedNumber === undefined ? { problem: 'link_invalid' } : { linkedNumber };
}

/**
 * What Meta's redirect brings. The code is exchanged first of all: it is good for 30 seconds; everything after it can be
 * gone on with. A redirect that is repeated changes nothing and tells how far it has come. Never throws for what Meta or
 * a browser may send.
 */
export async function completeSignup(
	store: Store,
	credential: WhatsAppCredential,
	returned: SignupReturn,
): Promise<SignupOutcome> {
	const found = await signupOf(store, returned);
	if ('problem' in found) return found;
	const { signup } = found;
	const taken = await take(store, signup, returned);
	if (taken === 'exchange') {
		return { linkedNumber: await continueLinking(store, credential, signup.linked_number_id) };
	}
	const outcome = await outcomeOf(store, signup.linked_number_id);
	if (taken === 'failed') signalLinking(store, outcome.linkedNumber?.inbox_webhook_id ?? null);
	return outcome;
}
