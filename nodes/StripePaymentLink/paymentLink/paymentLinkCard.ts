import type { IDataObject } from 'n8n-workflow';

import type { PaymentLink } from '../../shared/clients/stripe/paymentLinks';

/** The fields of a payment link that people ask for. */
export function paymentLinkCard(link: PaymentLink): IDataObject {
	const sessions = link.restrictions?.completed_sessions;
	return {
		paymentLinkId: link.id,
		url: link.url,
		active: link.active,
		currency: link.currency.toUpperCase(),
		mode: link.livemode ? 'live' : 'test',
		timesPaid: sessions?.count ?? null,
		uses: sessions?.limit ?? null,
		paymentId: link.metadata.payment_id ?? null,
		requestId: link.metadata.request_id ?? null,
	};
}
