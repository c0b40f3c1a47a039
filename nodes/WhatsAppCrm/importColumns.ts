import type { INodeProperties } from 'n8n-workflow';
import type { ZodRawShape } from 'zod';

import { optionalWords } from '../shared/n8n/parameters';

/** How an import lets somebody name the columns of their list, where they are not the usual ones. */
export interface ImportColumns<Field extends string> {
	/** One option a field. */
	readonly options: readonly INodeProperties[];
	readonly shape: ZodRawShape;
	/** The columns that were named, out of all options of the import. */
	readonly named: (options: Readonly<Record<string, unknown>>) => Readonly<Partial<Record<Field, string>>>;
}

/**
 * @param labels what each field is called in the editor
 * @param placeholder a column as somebody's list may have it
 */
export function importColumns<Field extends string>(
	labels: Readonly<Record<Field, string>>,
	placeholder: string,
): ImportColumns<Field> {
	const fields = Object.keys(labels) as Field[];
	const optionOf = (field: Field): string => `${field}Column`;
	return {
		options: fields.map((field) => ({
			displayName: `${labels[field]} Column`,
			name: optionOf(field),
			type: 'string',
			default: '',
			placeholder,
			description: 'Name of the column, when it is not one of the usual ones',
		})),
		shape: Object.fromEntries(fields.map((field) => [optionOf(field), optionalWords])),
		named: (options) => {
			const named: Partial<Record<Field, string>> = {};
			for (const field of fields) {
				const column = options[optionOf(field)];
				if (typeof column === 'string') named[field] = column;
			}
			return named;
		},
	};
}
