export type { CreateContactEvent, CreateDealEvent, ProbeEvent, WazzupChat, WazzupEvent } from './events';
export { parseWazzupWebhook } from './parse';
export { verifyWazzupSecret } from './secret';
