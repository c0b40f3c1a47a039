import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret made at first need that outlives a restart, and a second start on the same folder. In hex. */
export function keptSecret(folder: string, name: string, bytes = 24): string {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, name);
	if (!existsSync(file)) writeFileSync(file, randomBytes(bytes).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}
