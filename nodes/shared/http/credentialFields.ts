import { z } from 'zod';

import { InvalidInput } from '../domain/invalidInput';
import { readAddress } from './address';

/** A field that nothing works without, named as the form names it. */
export const requiredText = (displayName: string) =>
	z
		.string({ required_error: `'${displayName}' is missing`, invalid_type_error: `'${displayName}' is not text` })
		.trim()
		.min(1, `'${displayName}' is empty`);

/** Where the vendor answers: its own address unless another one is written, https unless it is this machine. */
export const baseUrlOr = (vendorsOwn: string) =>
	z
		.string()
		.trim()
		.default('')
		.transform((url) => (url === '' ? vendorsOwn : url.replace(/\/+$/, '')))
		.superRefine((url, context) => {
			const address = readAddress(url);
			if (typeof address === 'string') context.addIssue({ code: 'custom', message: `'Base URL': ${address}` });
		});

/** Reads what n8n hands over for a credential. @throws InvalidInput naming the first field that is missing or wrong. */
export function readCredential<Schema extends z.ZodTypeAny>(
	schema: Schema,
	vendorName: string,
	values: unknown,
): z.output<Schema> {
	const result: z.SafeParseReturnType<z.input<Schema>, z.output<Schema>> = schema.safeParse(values);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	throw new InvalidInput({
		message: `${vendorName} credential: ${issue?.message ?? 'it cannot be read'}`,
		description: 'Open the credential, fill in the field and save it.',
		parameter: String(issue?.path[0] ?? ''),
	});
}
