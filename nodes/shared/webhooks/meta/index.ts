export { parseMetaWebhook } from './parse';
export { verifyMetaSignature } from './signature';
