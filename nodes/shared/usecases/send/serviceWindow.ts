import { ERROR_TABLE } from '../../clients/whatsapp/errorTable';
import { identityKeys } from '../../domain/identity/identityKeys';
import type { Identity } from '../../domain/messages/events';
import { SERVICE_WINDOW } from '../../domain/messages/serviceWindow';
import { RequestFailure } from '../../http/failure';
import { findContact } from '../../store/repositories/contactLookup';
import { findConversation } from '../../store/repositories/conversations';
import type { Store } from '../../store/store';

/** `unknown`: the store has never heard from this person on this number, WhatsApp may have. */
export type ServiceWindow = 'open' | 'closed' | 'unknown';

/** Whether a person may be written to freely on a number: for 24 hours after each of their messages. */
export async function serviceWindow(store: Store, channelId: string, to: Identity): Promise<ServiceWindow> {
	for (const { value } of identityKeys(to)) {
		const contact = await findContact(store.db, store.workspaceId, value);
		if (contact === undefined) continue;
		const conversation = await findConversation(store.db, store.workspaceId, channelId, contact.id);
		const lastInboundAt = conversation?.last_inbound_at;
		if (lastInboundAt === undefined || lastInboundAt === null) return 'unknown';
		return store.now() < lastInboundAt + SERVICE_WINDOW ? 'open' : 'closed';
	}
	return 'unknown';
}

const WINDOW_CLOSED = 131047;

/** The same refusal that WhatsApp would give, often only minutes later and by webhook: so that one route fits both. */
export function windowClosed(): RequestFailure {
	const row = ERROR_TABLE[WINDOW_CLOSED];
	return new RequestFailure({
		vendor: 'whatsapp',
		kind: 'rejected',
		message: `${row?.message ?? 'The 24-hour window is closed'} (${WINDOW_CLOSED})`,
		description: `${row?.description ?? ''} Nothing was sent.`.trim(),
		code: String(WINDOW_CLOSED),
	});
}
