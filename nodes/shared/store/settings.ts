import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

import { z } from 'zod';

import type { StoreSettings } from './store';
import { StoreUnavailable } from './unavailable';

/** Names a folder and part of every key, so it stays plain. */
export const WORKSPACE_PATTERN = /^[a-z0-9][a-z0-9_-]{0,62}$/;

const text = z.preprocess((value) => (typeof value === 'string' ? value.trim() : ''), z.string());

const workspace = text
	.transform((value) => (value === '' ? 'default' : value))
	.refine((value) => WORKSPACE_PATTERN.test(value), {
		message:
			"'Workspace' may hold lower-case letters, digits, '-' and '_', 63 at most, beginning with a letter or digit",
	});

const required = (name: string) => text.refine((value) => value !== '', { message: `'${name}' is empty` });

const sqliteCredential = z.object({
	workspace,
	filePath: text
		.transform((value) => (value.startsWith('~/') ? join(homedir(), value.slice(2)) : value))
		.refine((value) => value === '' || isAbsolute(value), {
			message: "'File Path' must be the whole path, such as /home/node/.n8n/whatsapp-crm/store.sqlite",
		}),
	encryptionKey: text,
});

const postgresCredential = z.object({
	workspace,
	host: required('Host'),
	port: z.coerce
		.number({ invalid_type_error: "'Port' must be a number" })
		.int({ message: "'Port' must be a whole number" })
		.min(1, { message: "'Port' must be between 1 and 65535" })
		.max(65_535, { message: "'Port' must be between 1 and 65535" }),
	databaseName: required('Database Name'),
	user: required('User'),
	password: z.preprocess((value) => (typeof value === 'string' ? value : ''), z.string()),
	ssl: z.preprocess((value) => value === true, z.boolean()),
	schema: text,
	encryptionKey: required('Encryption Key'),
});

/** `<n8n's user folder>/.n8n/whatsapp-crm/store.sqlite`: where n8n keeps its own data. */
export function defaultSqlitePath(): string {
	return join(process.env.N8N_USER_FOLDER || homedir(), '.n8n', 'whatsapp-crm', 'store.sqlite');
}

/** The store of a workflow whose nodes have no store credential. */
export function defaultStoreSettings(): StoreSettings {
	return { database: 'sqlite', workspaceId: 'default', path: defaultSqlitePath() };
}

/**
 * The settings that the credential `WhatsAppCrmStoreApi` holds.
 * @throws StoreUnavailable a field is missing or wrong, with its display name.
 */
export function settingsFromCredential(data: Readonly<Record<string, unknown>>): StoreSettings {
	if (data.database === 'postgres') {
		const { workspace: workspaceId, schema, ...connection } = checked(postgresCredential, data);
		return {
			database: 'postgres',
			workspaceId,
			...connection,
			...(schema === '' ? {} : { schema }),
		};
	}
	const { workspace: workspaceId, filePath, encryptionKey } = checked(sqliteCredential, data);
	return {
		database: 'sqlite',
		workspaceId,
		path: filePath === '' ? defaultSqlitePath() : filePath,
		...(encryptionKey === '' ? {} : { encryptionKey }),
	};
}

function checked<Output>(
	credential: z.ZodType<Output, z.ZodTypeDef, unknown>,
	data: Readonly<Record<string, unknown>>,
): Output {
	const result = credential.safeParse(data);
	if (result.success) return result.data;
	throw new StoreUnavailable(
		result.error.issues.map((issue) => issue.message).join('; '),
		'Correct the credential of the store (WhatsApp CRM Store API) and try again.',
	);
}
