import { randomBytes } from 'node:crypto';

import { hostedSignupUrl, signupDialogUrl } from '../../clients/whatsapp/onboarding';
import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import { InvalidInput } from '../../domain/invalidInput';
import { readAddress } from '../../http/address';
import { getAdvisor, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { inboxAddress } from '../../store/repositories/inboxAddress';
import {
	insertLinkedNumber,
	setExclusions,
	unfinishedLinking,
	updateLinkedNumber,
	type LinkedNumberRow,
} from '../../store/repositories/linkedNumbers';
import { insertSignup } from '../../store/repositories/signups';
import type { Store, StoreTransaction } from '../../store/store';
import { linkingNews } from '../../text/linkingProblems';
import { profileInForce } from '../profile/businessProfile';
import { announceLinking, signalLinking } from '../linkedNumbers/announceLinking';
import { exclusionDigests } from '../linkedNumbers/exclusions';
import { hashOf, SIGNUP_LIFETIME, writeSignupState } from './signupState';

/** Path of the page that Meta sends the person back to, below the inbox. */
const SIGNUP_PATH = '/signup';

/** Name of the cookie that binds the dialog to the browser that started it. */
export const SIGNUP_COOKIE = 'whatsapp_crm_signup';

export interface StartSignupRequest {
	readonly advisorId: string;
	/** Whether the conversations of the last 180 days are asked for too (D31: off by default). */
	readonly history: boolean;
	/** As typed: whose conversations are never stored. */
	readonly excludedNumbers: readonly string[];
	/** Who starts it, for the bitácora. */
	readonly actor: string;
	/**
	 * `browser`: the person who starts it goes on in the same browser, which gets the cookie. `invitation`: the link is
	 * sent to the advisor, who opens it wherever they like.
	 */
	readonly for: 'browser' | 'invitation';
	/** Where Meta sends the person back to; absent: the inbox's own page. */
	readonly redirectUri?: string;
}

export interface StartedSignup {
	readonly linkedNumberId: string;
	/** Meta's dialog. */
	readonly url: string;
	/** The same as a page of Meta's, for an advisor without the inbox. */
	readonly hostedUrl: string;
	readonly expiresAt: Date;
	/**
	 * For `browser`: to be set with HttpOnly, SameSite=Lax (Meta's redirect comes from elsewhere), Secure, and the path of
	 * the inbox.
	 */
	readonly cookie?: { readonly name: string; readonly value: string; readonly maxAgeSeconds: number };
}

/** The advisor whose number it is. @throws InvalidInput */
export async function advisorToLink(store: Store, advisorId: string): Promise<AdvisorRow> {
	const advisor = await getAdvisor(store.db, store.workspaceId, advisorId);
	if (advisor) return advisor;
	throw new InvalidInput({
		message: `'Advisor' names nobody of the team: '${advisorId}'`,
		description: 'Choose the advisor from the list.',
		reason: { code: 'notFound' },
		parameter: 'Advisor',
	});
}

/** What Embedded Signup needs of the credential. @throws InvalidInput that names the other ways (D32) */
function configurationOf({ signupConfigurationId }: WhatsAppCredential, language: 'es' | 'en' | 'pt-BR'): string {
	if (signupConfigurationId !== undefined) return signupConfigurationId;
	throw new InvalidInput({
		message: "'Embedded Signup Configuration ID' of the WhatsApp Cloud credential is empty",
		description: linkingNews('provider', language),
		reason: { code: 'noSignupConfiguration' },
		parameter: 'Embedded Signup Configuration ID',
	});
}

async function returnAddress(store: Store, wanted: string | undefined): Promise<string> {
	const inbox = wanted === undefined ? await inboxAddress(store.db, store.workspaceId) : undefined;
	const address = wanted ?? (inbox === undefined ? '' : `${inbox.url.replace(/\/+$/, '')}${SIGNUP_PATH}`);
	const url = address === '' ? 'No address is given and no inbox is active.' : readAddress(address);
	if (typeof url !== 'string' && url.hash === '') return address;
	throw new InvalidInput({
		message: `'Redirect Address' cannot be used: ${typeof url === 'string' ? url : 'it has a part after #'}`,
		description:
			'Activate the workflow with Advisor Inbox Trigger, or give the https address of your own page, exactly as it is allowed in the app dashboard of Meta under Facebook Login for Business, Settings.',
		parameter: 'Redirect Address',
	});
}

/** A row in which nothing has happened yet. */
export function newLinkedNumber(
	store: Store,
	given: Pick<LinkedNumberRow, 'advisor_id' | 'inbox_webhook_id' | 'state' | 'history'> & Partial<LinkedNumberRow>,
): LinkedNumberRow {
	const now = store.now();
	return {
		id: store.newId(),
		workspace_id: store.workspaceId,
		channel_id: null,
		waba_id: null,
		display_phone_number: null,
		verified_name: null,
		access_token: null,
		code: null,
		redirect_uri: null,
		receiver_url: null,
		problem: null,
		problem_detail: null,
		history_progress: null,
		contacts: 'wanted',
		contacts_synced: 0,
		facts: null,
		onboarded_at: null,
		linked_at: null,
		unlinked_at: null,
		attempts: 0,
		due_at: null,
		created_at: now,
		updated_at: now,
		...given,
	};
}

/** The advisor's attempt that is not finished is taken over, so that starting again leaves no trail of half ones. */
async function rowToLink(
	tx: StoreTransaction,
	store: Store,
	advisorId: string,
	history: boolean,
	inboxWebhookId: string | null,
): Promise<LinkedNumberRow> {
	const changes = { state: 'started', history: history ? 'wanted' : 'off', inbox_webhook_id: inboxWebhookId } as const;
	const unfinished = await unfinishedLinking(tx, store.workspaceId, advisorId);
	if (unfinished === undefined) {
		const row = newLinkedNumber(store, { advisor_id: advisorId, ...changes });
		await insertLinkedNumber(tx, row);
		return row;
	}
	const afresh = { ...changes, problem: null, problem_detail: null, access_token: null, attempts: 0, due_at: null };
	await updateLinkedNumber(tx, store, unfinished.id, afresh);
	return { ...unfinished, ...afresh };
}

/**
 * Makes the way into Meta's Embedded Signup for one advisor: signed, good for 15 minutes and once. Only hashes of what
 * opens it are kept.
 * @throws InvalidInput when the app has no configuration for it, or nobody can come back from it
 */
export async function startSignup(
	store: Store,
	credential: WhatsAppCredential,
	request: StartSignupRequest,
): Promise<StartedSignup> {
	const { profile } = await profileInForce(store);
	const configurationId = configurationOf(credential, profile.language);
	const advisor = await advisorToLink(store, request.advisorId);
	const redirectUri = await returnAddress(store, request.redirectUri);
	const digests = exclusionDigests(store, request.excludedNumbers, profile.country);
	const inbox = await inboxAddress(store.db, store.workspaceId);
	const nonce = randomBytes(32).toString('base64url');
	const cookie = request.for === 'browser' ? randomBytes(32).toString('base64url') : undefined;
	const expiresAt = store.now() + SIGNUP_LIFETIME;
	return await store
		.transaction(async (tx) => {
			await store.lock(tx, `linking:${advisor.id}`);
			const row = await rowToLink(tx, store, advisor.id, request.history, inbox?.webhookId ?? null);
			await setExclusions(tx, store, row.id, digests);
			await insertSignup(tx, {
				workspace_id: store.workspaceId,
				nonce_hash: hashOf(nonce),
				linked_number_id: row.id,
				advisor_id: advisor.id,
				browser_hash: cookie === undefined ? null : hashOf(cookie),
				redirect_uri: redirectUri,
				expires_at: expiresAt,
				used_at: null,
				created_at: store.now(),
			});
			const state = writeSignupState(store, {
				workspaceId: store.workspaceId,
				linkedNumberId: row.id,
				advisorId: advisor.id,
				nonce,
				expiresAt,
			});
			const link = { redirectUri, state };
			const started: StartedSignup = {
				linkedNumberId: row.id,
				url: signupDialogUrl(credential, configurationId, link),
				hostedUrl: hostedSignupUrl(credential, configurationId, link),
				expiresAt: new Date(expiresAt),
				...(cookie === undefined
					? {}
					: { cookie: { name: SIGNUP_COOKIE, value: cookie, maxAgeSeconds: SIGNUP_LIFETIME / 1000 } }),
			};
			await appendAudit(tx, store, {
				actor: request.actor,
				action: 'number.signup_started',
				subjectKind: 'linked_number',
				subjectId: row.id,
				payload: { advisor: advisor.name, history: request.history, excluded: digests.length },
			});
			if (request.for === 'invitation') {
				await announceLinking(tx, store, row, { event: 'invitation', url: started.url, language: profile.language });
			}
			return started;
		})
		.then((started) => {
			signalLinking(store, inbox?.webhookId ?? null);
			return started;
		});
}
