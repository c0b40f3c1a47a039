import type { VendorError } from '../../domain/messages/events';
import { ERROR_TABLE, normalizeCode } from './errorTable';

/** Why an accepted message was not delivered, in words. */
export function explainWazzupUndelivered({ name, message }: VendorError): string {
	const code = normalizeCode(name ?? '');
	const known = ERROR_TABLE.get(code);
	if (known !== undefined) return `${known.message} (${code}). ${known.description}`;
	return `${message ?? 'Wazzup did not deliver the message'} (${code})`;
}
