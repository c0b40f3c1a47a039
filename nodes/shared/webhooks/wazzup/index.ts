export type { CreateContactEvent, CreateDealEvent, ProbeEvent, WazzupChat, WazzupEvent } from './events';
export { identityOfChat, parseWazzupWebhook } from './parse';
export { templateStatusSchema } from './payload';
export { verifyWazzupSecret } from './secret';
