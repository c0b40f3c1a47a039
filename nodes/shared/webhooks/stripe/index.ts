export { parseStripeWebhook, type StripeNotice } from './parse';
export { STRIPE_TOLERANCE, verifyStripeSignature, type StripeSignatureOptions } from './signature';
