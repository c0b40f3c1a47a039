import type { INodeParameterResourceLocator } from 'n8n-workflow';
import { z, type ZodRawShape, type ZodType, type ZodTypeDef } from 'zod';

import { InvalidInput } from '../domain/invalidInput';
import type { OperationContext } from './operation';

/**
 * The value of a parameter for the item under way, checked: an expression may give anything.
 *
 * @param displayName As the editor shows it, for the sentence when it cannot be used.
 * @throws InvalidInput
 */
export function parameter<Value>(
	{ node, itemIndex }: OperationContext,
	name: string,
	displayName: string,
	schema: ZodType<Value, ZodTypeDef, unknown>,
): Value {
	const result = schema.safeParse(node.getNodeParameter(name, itemIndex, undefined, { extractValue: true }));
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	throw new InvalidInput({
		message: `'${displayName}' cannot be used: ${issue?.message ?? 'it has another form'}`,
		description: `Check '${displayName}' for this item${
			issue === undefined || issue.path.length === 0 ? '' : `, at '${issue.path.join('.')}'`
		}.`,
		parameter: displayName,
	});
}

/** Text, also from an expression that gives a number. */
export const words = z
	.union([z.string(), z.number(), z.boolean()])
	.nullish()
	.transform((value) => (value === null || value === undefined ? '' : String(value)));

/** Text that is left out when it is empty. */
export const optionalWords = words.transform((text) => (text.trim() === '' ? undefined : text));

export const amount = z.coerce.number();
export const flag = z.coerce.boolean();

/** Undefined when the option was not added. */
export const optionalFlag = z.boolean().optional();

/** An array, also when an expression gives it as JSON text. */
export const jsonList = z.preprocess((value, context) => {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch (error) {
		context.addIssue({
			code: 'custom',
			message: `it is not JSON (${error instanceof Error ? error.message : 'unreadable'})`,
		});
		return z.NEVER;
	}
}, z.array(z.unknown()));

/** A collection of options; none chosen is the same as all at their defaults. */
export const optionsOf = <Shape extends ZodRawShape>(shape: Shape) =>
	z.preprocess((value) => value ?? {}, z.object(shape));

/** Rows of a fixed collection with one group. */
export const rowsOf = <Row>(group: string, row: ZodType<Row, ZodTypeDef, unknown>) =>
	z
		.object({ [group]: z.array(row).optional() })
		.nullish()
		.transform((collection): readonly Row[] => collection?.[group] ?? []);

/** A resource locator's default: choose from the list. */
export const chooseFromList: INodeParameterResourceLocator = { __rl: true, mode: 'list', value: '' };
