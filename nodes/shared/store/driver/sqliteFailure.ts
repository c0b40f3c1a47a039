import { errorCode } from '../errorCode';
import { StoreUnavailable } from '../unavailable';

/** Primary result codes, https://www.sqlite.org/rescode.html */
const BUSY = 5;
const PERMISSION = 3;
const READONLY = 8;
const IO = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** SQLite's primary result code of an error of node:sqlite; undefined for any other error. */
function sqliteCode(error: unknown): number | undefined {
	return typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
		? error.errcode & 0xff
		: undefined;
}

export function isBusy(error: unknown): boolean {
	return sqliteCode(error) === BUSY;
}

/** The error of a database file in words; errors that are not about the file come back as they are. */
export function sqliteFailure(error: unknown, path: string): unknown {
	const code = errorCode(error);
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return notAllowed(path, error);
	if (code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENOENT' || code === 'EEXIST') return wrongPath(path, error);
	switch (sqliteCode(error)) {
		case BUSY:
			return new StoreUnavailable(
				`The database file '${path}' is held by another process`,
				'Only one n8n process may work on a SQLite database. Stop the other program that has the file open, or choose PostgreSQL in the credential.',
				error,
			);
		case PERMISSION:
		case READONLY:
			return notAllowed(path, error);
		case CANNOT_OPEN:
			return wrongPath(path, error);
		case NOT_A_DATABASE:
			return new StoreUnavailable(
				`The file '${path}' is not a SQLite database`,
				"Choose another 'File Path' in the credential, or move this file away: a new database is made when there is none.",
				error,
			);
		case CORRUPT:
			return new StoreUnavailable(
				`The database file '${path}' is damaged`,
				'Put back a backup of the file together with its -wal file, or repair it with the command: sqlite3 store.sqlite ".recover".',
				error,
			);
		case FULL:
			return new StoreUnavailable(
				`There is no room left on the disk of the database file '${path}'`,
				'Free some space on that disk. Nothing that was confirmed is lost; what could not be written is tried again.',
				error,
			);
		case IO:
			return new StoreUnavailable(
				`The disk of the database file '${path}' does not read or write`,
				'Check the disk, and that the file is not on a network share: SQLite needs a local disk.',
				error,
			);
		default:
			return error;
	}
}

function notAllowed(path: string, cause: unknown): StoreUnavailable {
	return new StoreUnavailable(
		`n8n has no permission to write the database file '${path}'`,
		"Give the user that runs n8n the right to write this file and its folder, or choose another 'File Path' in the credential.",
		cause,
	);
}

function wrongPath(path: string, cause: unknown): StoreUnavailable {
	return new StoreUnavailable(
		`The database file '${path}' cannot be made or opened`,
		"Check that 'File Path' in the credential names a file in a folder, not a folder, and that the folder can be made.",
		cause,
	);
}
