export type { CreateContactEvent, CreateDealEvent, ProbeEvent, WazzupChat, WazzupEvent } from './events';
export { identityOfChat, parseWazzupWebhook } from './parse';
export { verifyWazzupSecret } from './secret';
