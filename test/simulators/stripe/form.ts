import { invalid } from './stripeError';
import type { Form } from './types';

const isForm = (value: unknown): value is Form => typeof value === 'object' && value !== null;

/** The text at a place of a form. */
export function textAt(form: Form, ...path: ReadonlyArray<string | number>): string | undefined {
	const found = path.reduce<unknown>((at, key) => (isForm(at) ? at[String(key)] : undefined), form);
	return typeof found === 'string' ? found : undefined;
}

/** The texts under a name of a form: its metadata. */
export function textsAt(form: unknown, name: string): Record<string, string> {
	const found = isForm(form) ? form[name] : undefined;
	return isForm(found) && !Array.isArray(found)
		? Object.fromEntries(
				Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
			)
		: {};
}

/** What Stripe takes as metadata. */
export function checkMetadata(form: Form): void {
	const entries = Object.entries(textsAt(form, 'metadata'));
	for (const [key, value] of entries) {
		if (key.length > 40) throw invalid('Metadata keys can be at most 40 characters long.', { param: 'metadata' });
		if (value.length > 500) throw invalid('Metadata values can have up to 500 characters.', { param: 'metadata' });
	}
	if (entries.length > 50) throw invalid('You can only specify up to 50 keys.', { param: 'metadata' });
}
