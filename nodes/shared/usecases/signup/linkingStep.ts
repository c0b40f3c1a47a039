import type { WhatsAppClient } from '../../clients/whatsapp/client';
import type { WhatsAppCredential } from '../../clients/whatsapp/credential';
import type { LinkingProblem } from '../../domain/linkedNumbers/problems';
import { RequestFailure } from '../../http/failure';
import { updateLinkedNumber, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store, StoreTransaction } from '../../store/store';
import { clientOfNumber } from '../linkedNumbers/clientOfNumber';

/** How long a step may take before somebody else goes on with it, ms. */
const STEP_LEASE = 60_000;

/** The code is good for 30 s: whoever goes on after a crash must be quick. */
export const CODE_LEASE = 10_000;

/** How often a linked number is looked after, ms. */
export const CHECK_INTERVAL = 3_600_000;

/** A step ended in a way that trying again does not change. */
export class LinkingStop extends Error {
	constructor(
		readonly problem: LinkingProblem,
		readonly detail?: string,
	) {
		super(problem);
		this.name = 'LinkingStop';
	}
}

/** A step waits for somebody: it is tried again as it is. */
export class LinkingWait extends LinkingStop {}

export interface LinkingContext {
	readonly store: Store;
	readonly credential: WhatsAppCredential;
	/** The number that a person has named, where Meta's answer leaves several. */
	readonly phoneNumberId?: string;
	/** Where Meta shall deliver, when it cannot be told from the inbox's address. */
	readonly receiverUrl?: string;
}

/** Meta did not say no: it did not answer, or asked to wait. */
export const isPassing = (error: unknown): boolean =>
	error instanceof RequestFailure && ['not_sent', 'rate_limited', 'temporary', 'unknown_outcome'].includes(error.kind);

/** What Meta says of it, in its own words. */
export const detailOf = ({ said }: RequestFailure): string | undefined => said;

/** Writes that a step is done; false when somebody else was faster. */
export async function move(
	context: LinkingContext,
	row: LinkedNumberRow,
	changes: Parameters<typeof updateLinkedNumber>[3],
	tx?: StoreTransaction,
): Promise<boolean> {
	const { store } = context;
	return await updateLinkedNumber(
		tx ?? store.db,
		store,
		row.id,
		{ problem: null, problem_detail: null, attempts: 0, due_at: store.now() + STEP_LEASE, ...changes },
		[row.state],
	);
}

/** The client with the number's own token. @throws LinkingStop when it has none any more */
export function requiredClient({ store, credential }: LinkingContext, row: LinkedNumberRow): WhatsAppClient {
	const client = clientOfNumber(store, credential, row);
	if (client === undefined) throw new LinkingStop('token_revoked');
	return client;
}
