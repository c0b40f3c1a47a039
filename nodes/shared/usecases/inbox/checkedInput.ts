import type { z, ZodIssue } from 'zod';

import type { RefusalCause } from '../../domain/inbox/refusals';
import { Refusal } from './refusal';

/** What people can do about it: a text is shortened, everything else is for them to find out. */
const causeOf = (issue: ZodIssue | undefined): RefusalCause =>
	issue?.code === 'too_big' && issue.type === 'string'
		? { code: 'tooLong', values: { most: Number(issue.maximum) } }
		: { code: 'unusableValue' };

/** What came from the page, checked by the contract. @throws Refusal 422 naming the field */
export function checkedInput<Input>(schema: z.ZodType<Input, z.ZodTypeDef, unknown>, input: unknown): Input {
	const parsed = schema.safeParse(input);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const field = issue?.path.join('.') ?? '';
	throw new Refusal(422, {
		message: field === '' ? 'The request is not complete' : `'${field}' cannot be used: ${issue?.message ?? ''}`,
		description: 'Correct it and try again. If the page is old, load it again.',
		...(field === '' ? {} : { field }),
		...causeOf(issue),
	});
}
