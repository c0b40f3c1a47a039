/**
 * The library surface: what can be used without n8n. Pure functions and data, loadable on Node 20 and in a browser's bundle
 * (the signature check alone needs `node:crypto`). The nodes of this package use the same functions.
 */

/** What a message wants, how surely, and which rules said so. */
export { classify, type ClassifyOptions } from './nodes/shared/domain/classifier/classify';
export {
	INTENTS,
	type Classification,
	type Entities,
	type Intent,
	type MatchedRule,
} from './nodes/shared/domain/classifier/types';

/** The dialogue: a state, an event and a profile give the next state and what is to be done. */
export { newConversation } from './nodes/shared/domain/conversation/newConversation';
export { step } from './nodes/shared/domain/conversation/step';
export { TEXT_KEYS, type TextKey } from './nodes/shared/domain/conversation/textKeys';
export type * from './nodes/shared/domain/conversation/types';

/** What a channel tells and what is said, in one shape for every vendor. */
export type * from './nodes/shared/domain/messages/events';
export type * from './nodes/shared/domain/messages/outbound';

/** Phone numbers in E.164. */
export { normalizePhone, type NormalizedPhone } from './nodes/shared/domain/identity/phone';

/** One client's bot as data. */
export type {
	BusinessProfile,
	BusinessProfileInput,
	MenuOption,
	Question,
} from './nodes/shared/domain/profile/businessProfile';
export { profiles } from './nodes/shared/domain/profile/prosuministros';
export {
	validateProfile,
	type ProfileProblem,
	type ProfileValidation,
} from './nodes/shared/domain/profile/validateProfile';

/** Every sentence a customer can read, and bubbles made of them. */
export { render } from './nodes/shared/text/render';
export { texts, type CatalogueText } from './nodes/shared/text/texts';

/** Webhooks of the WhatsApp Cloud API: events, and whether Meta signed them. */
export { parseMetaWebhook, verifyMetaSignature } from './nodes/shared/webhooks/meta';

/** Webhooks of Wazzup24's API v3: events, and whether they carry the secret of the address. */
export {
	parseWazzupWebhook,
	verifyWazzupSecret,
	type CreateContactEvent,
	type CreateDealEvent,
	type WazzupEvent,
} from './nodes/shared/webhooks/wazzup';

/** Webhooks of Stripe: what happened to which object, and whether Stripe signed it. */
export {
	parseStripeWebhook,
	verifyStripeSignature,
	type StripeNotice,
	type StripeSignatureOptions,
} from './nodes/shared/webhooks/stripe';
