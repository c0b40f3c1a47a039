import type { Identity } from '../messages/events';
import { waIdToE164 } from './phone';

/** One address that a person is known by, unique in a workspace. */
export interface IdentityKey {
	readonly kind: 'bsuid' | 'wa_id' | 'parent_bsuid' | 'wazzup';
	readonly value: string;
}

/**
 * Everything that leads to the person behind an identity, strongest first. The business-scoped user id is stable until
 * the person changes their number; the phone may be missing since 2026; a parent id spans the numbers of a portfolio.
 * An old WhatsApp id and today's number of the same person (Mexico, Brazil) give the same key.
 */
export function identityKeys(identity: Identity): IdentityKey[] {
	const phone = identity.waId === undefined ? undefined : (waIdToE164(identity.waId)?.slice(1) ?? identity.waId);
	const keys: Array<IdentityKey | undefined> = [
		identity.userId ? { kind: 'bsuid', value: identity.userId } : undefined,
		phone ? { kind: 'wa_id', value: phone } : undefined,
		identity.parentUserId ? { kind: 'parent_bsuid', value: identity.parentUserId } : undefined,
		identity.wazzupChat ? { kind: 'wazzup', value: identity.wazzupChat } : undefined,
	];
	return keys.filter((key) => key !== undefined);
}
