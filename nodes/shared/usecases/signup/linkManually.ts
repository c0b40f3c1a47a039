import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit } from '../../store/repositories/auditLog';
import { inboxAddress } from '../../store/repositories/inboxAddress';
import { insertLinkedNumber, setExclusions, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';
import { nothingMore, type AlsoWith } from '../alsoInside';
import { profileInForce } from '../profile/businessProfile';
import { exclusionDigests } from '../linkedNumbers/exclusions';
import { continueLinking } from './continueLinking';
import { CODE_LEASE } from './linkingStep';
import { advisorToLink, newLinkedNumber } from './startSignup';

export interface LinkManuallyRequest {
	readonly advisorId: string;
	readonly phoneNumberId: string;
	readonly businessAccountId: string;
	readonly accessToken: string;
	readonly history: boolean;
	readonly excludedNumbers: readonly string[];
	readonly actor: string;
	readonly receiverUrl?: string;
}

const DIGITS = /^\d{5,25}$/;

function checked(value: string, displayName: string): string {
	const id = value.trim();
	if (DIGITS.test(id)) return id;
	throw new InvalidInput({
		message: `'${displayName}' has digits only, and this has not: '${id.slice(0, 30)}'`,
		description: 'Copy it from the app dashboard of Meta under WhatsApp, API Setup.',
		reason: { code: 'notDigits', values: { id: id.slice(0, 30) } },
		parameter: displayName,
	});
}

/**
 * Links a number with pasted ids and token: the way for everybody whose app has no Embedded Signup (D32). The same steps
 * follow; what fails is in `problem` of the row.
 * @throws InvalidInput when what was pasted cannot be right
 */
export async function linkManually(
	store: Store,
	credential: WhatsAppCredential,
	request: LinkManuallyRequest,
	alsoInside: AlsoWith<LinkedNumberRow> = nothingMore,
): Promise<LinkedNumberRow> {
	const advisor = await advisorToLink(store, request.advisorId);
	const phoneNumberId = checked(request.phoneNumberId, 'Phone Number ID');
	const businessAccountId = checked(request.businessAccountId, 'WhatsApp Business Account ID');
	const accessToken = request.accessToken.trim();
	if (accessToken.length < 20) {
		throw new InvalidInput({
			message: "'Access Token' is too short to be one of Meta's",
			description: 'Paste the permanent token of a system user that has the app and this account.',
			reason: { code: 'tokenTooShort' },
			parameter: 'Access Token',
		});
	}
	const { profile } = await profileInForce(store);
	const digests = exclusionDigests(store, request.excludedNumbers, profile.country);
	const inbox = await inboxAddress(store.db, store.workspaceId);
	const now = store.now();
	const row = newLinkedNumber(store, {
		advisor_id: advisor.id,
		inbox_webhook_id: inbox?.webhookId ?? null,
		state: 'authorized',
		history: request.history ? 'wanted' : 'off',
		channel_id: phoneNumberId,
		waba_id: businessAccountId,
		access_token: store.encrypt(accessToken),
		onboarded_at: now,
		due_at: now + CODE_LEASE,
	});
	await store.transaction(async (tx) => {
		await insertLinkedNumber(tx, row);
		await setExclusions(tx, store, row.id, digests);
		await appendAudit(tx, store, {
			actor: request.actor,
			action: 'number.link_pasted',
			subjectKind: 'linked_number',
			subjectId: row.id,
			payload: { advisor: advisor.name, phoneNumberId, businessAccountId, history: request.history },
		});
		await alsoInside(tx, row);
	});
	return await continueLinking(store, credential, row.id, { receiverUrl: request.receiverUrl });
}
