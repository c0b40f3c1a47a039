import type { PaymentRow } from '../../store/repositories/payments';
import type { CreatedAtProvider, ProviderCall } from './requestPayment';

/**
 * What a page to pay at is good for now. `complete`: somebody has paid or is paying there. `closed`: somebody has closed it on
 * purpose. `expired`: its time is over. `spent`: what was on its way there has failed, and it takes nothing else.
 */
export type PageState = 'open' | 'complete' | 'closed' | 'expired' | 'spent';

/** A payment that has its page. */
export type PaymentWithPage = PaymentRow & { readonly provider_id: string };

/** The pages of whoever collects, as reminders want them: a second provider is another one of these. */
export interface PaymentPages {
	/** @throws when the provider cannot be asked now */
	stateOf(payment: PaymentWithPage): Promise<PageState>;
	/** Lets nobody pay there any more. @returns what it is then: `complete` when somebody was quicker. */
	close(payment: PaymentWithPage): Promise<PageState>;
	/** Makes a page for what an earlier payment asked for. The same key makes one. */
	again(payment: PaymentWithPage, call: ProviderCall): Promise<CreatedAtProvider>;
}
