import { isNativeError } from 'node:util/types';

import { errorCode } from '../errorCode';
import type { StoreSettings } from '../store';
import { StoreUnavailable } from '../unavailable';

type PostgresSettings = Extract<StoreSettings, { database: 'postgres' }>;

/** The error of a connection in words; errors that are not about the connection come back as they are. */
export function postgresFailure(error: unknown, settings: PostgresSettings): unknown {
	const server = `${settings.host}:${settings.port}`;
	const unavailable = (message: string, description: string): StoreUnavailable =>
		new StoreUnavailable(message, description, error);
	switch (codeOf(error)) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return unavailable(
				`There is no server by the name '${settings.host}'`,
				"Check 'Host' in the credential. Inside Docker it is the name of the database's service, not localhost.",
			);
		case 'ECONNREFUSED':
			return unavailable(
				`No PostgreSQL answers at ${server}`,
				"Check that the server runs, and 'Host' and 'Port' in the credential. Inside Docker, localhost is the container itself.",
			);
		case 'ETIMEDOUT':
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return unavailable(
				`PostgreSQL at ${server} cannot be reached`,
				"Check 'Host' and 'Port' in the credential, and that no firewall stands between n8n and the server.",
			);
		case '28P01':
		case '28000':
			return unavailable(
				`PostgreSQL refused the user '${settings.user}'`,
				"Check 'User' and 'Password' in the credential, and that the server lets this user in (pg_hba.conf).",
			);
		case '3D000':
			return unavailable(
				`There is no database '${settings.databaseName}' at ${server}`,
				`Make it with the command: createdb ${settings.databaseName}, or correct 'Database Name' in the credential.`,
			);
		case '42501':
			return unavailable(
				`The user '${settings.user}' may not make tables in the database '${settings.databaseName}'`,
				`Give the right: grant create on schema ${settings.schema ?? 'public'} to the user, or name a schema of its own in 'Schema'.`,
			);
		case '3F000':
			return unavailable(
				`There is no schema to make tables in, in the database '${settings.databaseName}'`,
				"Name a schema that the user owns in 'Schema' of the credential.",
			);
		case '53300':
			return unavailable(
				`PostgreSQL at ${server} has no connection left`,
				'Raise max_connections on the server: every n8n process uses up to 12.',
			);
		case '57P03':
			return unavailable(`PostgreSQL at ${server} is starting or stopping`, 'Try again in some seconds.');
		default:
			return withoutCode(error, server);
	}
}

/** pg gives these no code. */
function withoutCode(error: unknown, server: string): unknown {
	if (!isNativeError(error)) return error;
	if (error.message.includes('SSL')) {
		return new StoreUnavailable(
			`PostgreSQL at ${server} and the credential do not agree about SSL`,
			"Switch 'SSL' in the credential on or off, as the server wants it.",
			error,
		);
	}
	if (/timeout|terminated/i.test(error.message)) {
		return new StoreUnavailable(
			`PostgreSQL at ${server} does not answer`,
			"Check 'Host' and 'Port' in the credential, and that no firewall stands between n8n and the server.",
			error,
		);
	}
	return error;
}

function codeOf(error: unknown): string | undefined {
	// Node gathers the failures of a name's addresses in one error without a code of its own in some versions.
	if (typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)) {
		return errorCode(error) ?? errorCode(error.errors[0]);
	}
	return errorCode(error);
}
