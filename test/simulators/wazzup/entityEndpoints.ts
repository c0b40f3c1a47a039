import { z } from 'zod';

import type { Account } from './account';
import type { Json } from './types';
import { WazzupError } from './wazzupError';

const MOST_ROWS = 100;
const PAGE = 100;

const text = (longest: number) => z.string().min(1).max(longest);
const chats = z
	.array(
		z.object({
			chatType: z.enum([
				'whatsapp',
				'whatsgroup',
				'viber',
				'instagram',
				'telegram',
				'telegroup',
				'vk',
				'avito',
				'max',
				'maxgroup',
			]),
			chatId: z.string().optional(),
			username: z.string().optional(),
			phone: z.string().optional(),
		}),
	)
	.min(1)
	.refine(
		(list) =>
			list.every(
				({ chatType, chatId, username, phone }) =>
					(chatId ?? username ?? phone) !== undefined &&
					(chatType !== 'whatsapp' || chatId === undefined || /^\d+$/.test(chatId)),
			),
		{ message: 'chatId' },
	);

const schemas = {
	users: z.object({ id: text(64), name: text(150), phone: z.string().regex(/^\d+$/).optional() }),
	contacts: z.object({
		id: text(100),
		responsibleUserId: text(100),
		name: text(200),
		contactData: chats,
		uri: z.string().max(200).optional(),
	}),
	deals: z.object({
		id: text(100),
		responsibleUserId: text(100),
		name: text(200),
		uri: text(200),
		contacts: z.array(text(100)).min(1),
		closed: z.boolean(),
	}),
	pipelines: z.object({
		id: text(100),
		name: text(100),
		stages: z
			.array(z.object({ id: text(100), name: text(100) }))
			.min(1)
			.optional(),
	}),
} as const;

export type Kind = keyof typeof schemas;

export const isKind = (value: string | undefined): value is Kind => value !== undefined && value in schemas;

interface Row {
	readonly id: string;
}

const rowsOf = (account: Account, kind: Kind): Map<string, Row> => account[kind] as Map<string, Row>;
const invalidData = (kind: Kind): string => `INVALID_${kind.toUpperCase()}_DATA`;

/** Rows that name somebody or something that the account does not know. */
function danglingFields(account: Account, kind: Kind, row: Json): string[] {
	const fields: string[] = [];
	if ((kind === 'contacts' || kind === 'deals') && !account.users.has(String(row.responsibleUserId))) {
		fields.push('responsibleUserId');
	}
	if (kind === 'deals' && !(row.contacts as string[]).every((id) => account.contacts.has(id))) fields.push('contacts');
	return fields;
}

/** All or nothing: one bad row and none is kept. */
export function saveRows(account: Account, kind: Kind, body: unknown): void {
	if (!Array.isArray(body)) throw new WazzupError(400, invalidData(kind), 'Body must be an array');
	if (body.length > MOST_ROWS) throw new WazzupError(400, 'TOO_MANY_ENTITIES', `No more than ${MOST_ROWS} entities`);
	if (body.some((candidate: Json) => account.poisoned.has(String(candidate?.id))))
		throw new WazzupError(500, 'UNKNOWN_ERROR');
	const faults: Array<{ index: number; fields: string[] }> = [];
	const rows: Row[] = [];
	for (const [index, candidate] of body.entries()) {
		const result = schemas[kind].safeParse(candidate);
		const fields = result.success
			? danglingFields(account, kind, result.data)
			: [...new Set(result.error.issues.map(({ path }) => String(path[0] ?? 'id')))];
		if (fields.length > 0) faults.push({ index, fields });
		else if (result.success) rows.push(result.data);
	}
	if (faults.length > 0) throw new WazzupError(400, invalidData(kind), 'Some entities are invalid', faults);
	if (new Set(rows.map(({ id }) => id)).size < rows.length) throw new WazzupError(500, 'UNKNOWN_ERROR');
	const known = rowsOf(account, kind);
	if (kind === 'users') checkUsers(account, rows);
	for (const row of rows) known.set(row.id, row);
}

function checkUsers(account: Account, rows: readonly Row[]): void {
	const after = new Map([...account.users, ...rows.map((row) => [row.id, row] as const)]);
	if (after.size > 1_000) throw new WazzupError(400, 'USER_LIMIT_EXCEEDED', 'No more than 1000 users');
	const phones = [...after.values()].flatMap((user) => ('phone' in user && user.phone ? [user.phone] : []));
	if (new Set(phones).size < phones.length) throw new WazzupError(400, 'DUPLICATE_PHONE_NUMBER', 'Phone is in use');
}

export function listRows(account: Account, kind: Kind, query: URLSearchParams): readonly Row[] {
	const rows = [...rowsOf(account, kind).values()].sort((one, other) => (one.id < other.id ? -1 : 1));
	if (kind === 'users' || kind === 'pipelines') return rows;
	const offset = Number(query.get('offset') ?? 0);
	const limit = Math.min(PAGE, Number(query.get('limit') ?? PAGE));
	return rows.slice(offset, offset + limit);
}

const singular = (kind: Kind): string => kind.slice(0, -1).toUpperCase();

export function getRow(account: Account, kind: Kind, id: string): Row {
	const row = rowsOf(account, kind).get(id);
	if (row === undefined) throw new WazzupError(404, `${singular(kind)}_NOT_FOUND`, `${id} is not known`);
	return row;
}

export function deleteRow(account: Account, kind: Kind, id: string): void {
	getRow(account, kind, id);
	rowsOf(account, kind).delete(id);
}

/** Answers the ids that were not there. */
export function deleteRows(account: Account, kind: Kind, body: unknown): readonly string[] {
	const ids = z.array(z.string()).safeParse(body);
	if (!ids.success) throw new WazzupError(400, 'VALIDATION_ERROR', 'Body must be an array of ids');
	if (ids.data.length > MOST_ROWS)
		throw new WazzupError(400, 'TOO_MANY_ENTITIES', `No more than ${MOST_ROWS} entities`);
	if (ids.data.some((id) => account.undeletable.has(id)))
		throw new WazzupError(400, 'VALIDATION_ERROR', 'Some entities cannot be deleted');
	return ids.data.filter((id) => !rowsOf(account, kind).delete(id));
}
