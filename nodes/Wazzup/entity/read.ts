import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { EntityCalls, StoredEntityCalls, WazzupClient } from '../../shared/clients/wazzup/client';
import { PAGE_SIZE, type EntityPage } from '../../shared/clients/wazzup/entities';
import { LONGEST_ID, withinLimit } from '../../shared/domain/wazzup/limits';
import { limitFields } from '../../shared/n8n/getMany';
import type { OperationContext } from '../../shared/n8n/operation';
import { amount, flag, parameter, words } from '../../shared/n8n/parameters';
import type { WazzupOperation } from '../services';

type Row = { readonly id: string };

interface Reading {
	readonly one: string;
	readonly many: string;
	readonly field: INodeProperties;
	/** Of a model's questions: only the data of nobody in particular is open. */
	readonly customerOf?: WazzupOperation['customerOf'];
}

export function getOperation({
	one,
	field,
	customerOf,
	calls,
}: Reading & { calls(client: WazzupClient): Pick<StoredEntityCalls<Row>, 'get'> }): WazzupOperation {
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${one}`,
		description: `Get a ${one} as Wazzup has it`,
		properties: [field],
		...(customerOf === undefined ? {} : { customerOf }),
		async execute(context, { client }) {
			const given = parameter(context, field.name, field.displayName, words);
			return { ...(await calls(client).get(withinLimit(given, field.displayName, LONGEST_ID))) };
		},
	};
}

/** How many rows the item asks for; Infinity for all. */
export function rowsWanted(context: OperationContext): number {
	if (parameter(context, 'returnAll', 'Return All', flag.default(false))) return Infinity;
	return parameter(context, 'limit', 'Limit', amount.pipe(amount.int().min(1)).default(50));
}

/** Rows of a list that Wazzup gives by pages of a hundred. */
export async function rowsByPage<Entity>(
	list: (page: EntityPage) => Promise<readonly Entity[]>,
	wanted: number,
): Promise<readonly Entity[]> {
	const rows: Entity[] = [];
	while (rows.length < wanted) {
		const page = await list({ offset: rows.length, limit: PAGE_SIZE });
		rows.push(...page);
		if (page.length < PAGE_SIZE) break;
	}
	return rows.slice(0, wanted);
}

export function getManyOperation({
	many,
	customerOf,
	calls,
	paged,
}: Omit<Reading, 'field' | 'one'> & {
	/** Users and pipelines come all at once. */
	readonly paged: boolean;
	calls(client: WazzupClient): Pick<EntityCalls<Row>, 'list'>;
}): WazzupOperation {
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${many}`,
		description: `List the ${many} as Wazzup has them, sorted by ID`,
		properties: limitFields,
		...(customerOf === undefined ? {} : { customerOf }),
		async execute(context, { client }) {
			const wanted = rowsWanted(context);
			const { list } = calls(client);
			const rows = paged ? await rowsByPage(list, wanted) : (await list()).slice(0, wanted);
			return rows.map((row): IDataObject => ({ ...row }));
		},
	};
}
