import type { ITriggerFunctions } from 'n8n-workflow';

import type { PaymentProvider } from '../shared/domain/payments/provider';
import type { Store } from '../shared/store/store';
import { paymentTopic, settlePaymentEvents } from '../shared/usecases/payments/settlePaymentEvents';

/** How often the store is asked: a separate webhook process cannot signal into this one, ms. */
const POLL = 500;

/**
 * Reads back from the provider what the webhook acknowledged, as long as the workflow is active. What it takes in leaves through the
 * pump of the same node.
 * @returns how to stop it; resolves when what is under way has ended.
 */
export function startSettling(
	context: ITriggerFunctions,
	store: Store,
	webhookId: string,
	provider: PaymentProvider,
): () => Promise<void> {
	let running: Promise<void> | undefined;
	let stopped = false;
	const work = async () => {
		try {
			while (!stopped && (await settlePaymentEvents(store, webhookId, provider)) > 0);
		} catch (error) {
			context.logger.warn(`WhatsApp CRM: ${error instanceof Error ? error.message : String(error)}`, {
				node: context.getNode().name,
			});
		}
	};
	const wake = () => {
		if (stopped || running !== undefined) return;
		running = work().finally(() => {
			running = undefined;
		});
	};
	const unsubscribe = store.onSignal(paymentTopic(webhookId), wake);
	const timer = setInterval(wake, POLL);
	wake();
	return async () => {
		stopped = true;
		unsubscribe();
		clearInterval(timer);
		await running;
	};
}
