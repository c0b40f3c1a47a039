/**
 * A local Stripe that refuses what Stripe refuses and keeps links, sessions, intents, refunds, disputes and subscriptions.
 *
 * ```ts
 * const stripe = await startStripeSimulator();
 * // The package makes the link and registers its webhook endpoint itself.
 * const session = await stripe.customer(url, 'pay');      // somebody pays on the hosted page
 * stripe.refund(String(session.payment_intent), 1_000);   // from the Dashboard, minor units
 * stripe.hold();                                          // webhooks wait …
 * await stripe.letGo((held) => [...held].reverse());      // … and arrive in another order
 * stripe.copies = 5;                                      // each event five times; 0 loses them
 * stripe.inject({ path: '/payment_links', times: 1, kind: 'lost' }); // done, and the answer never comes
 * await stripe.settled();
 * await stripe.stop();
 * ```
 */
export { StripeSimulator, startStripeSimulator } from './stripeSimulator';
export { signatureOf } from './webhookCourier';
export type { Fault, PaymentEnd, StripeObject, StripeSimulatorOptions } from './types';
