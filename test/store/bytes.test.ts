import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { eachDatabase } from '../support/stores';

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

eachDatabase((name, open, settings) => {
	test.each([
		['nothing', new Uint8Array(0)],
		['zeros and high bytes', new Uint8Array([0, 255, 0, 128, 10, 13])],
		['a photo of 3 MB', new Uint8Array(3_000_000).fill(7)],
	])('the bytes of %s come back as they were', async (_case, bytes) => {
		const store = await open();
		await store.writeBytes(digestOf(bytes), bytes);
		const read = await store.readBytes(digestOf(bytes));
		expect(read && Buffer.compare(Buffer.from(read), Buffer.from(bytes))).toBe(0);
	});

	test('the same photo from ten customers at once is kept once', async () => {
		const store = await open();
		const bytes = Buffer.from('the same photo');
		await Promise.all(Array.from({ length: 10 }, async () => await store.writeBytes(digestOf(bytes), bytes)));
		const rows = await store.db
			.selectFrom('attachment_bytes')
			.select('sha256')
			.where('workspace_id', '=', store.workspaceId)
			.execute();
		expect(rows).toEqual([{ sha256: digestOf(bytes) }]);
	});

	test('bytes that are not there are undefined, also those of another workspace', async () => {
		const [store, other] = [await open(), await open({ workspaceId: 'another-client' })];
		const bytes = Buffer.from('of one client only');
		await store.writeBytes(digestOf(bytes), bytes);
		expect(await other.readBytes(digestOf(bytes))).toBeUndefined();
	});

	test.each(['../../etc/passwd', '', 'ABCDEF'.padEnd(64, '0'), 'a'.repeat(63)])(
		'%j is no digest and reaches no file',
		async (digest) => {
			const store = await open();
			await expect(store.readBytes(digest)).rejects.toThrow('is not a SHA-256 digest');
			await expect(store.writeBytes(digest, Buffer.from('x'))).rejects.toThrow('is not a SHA-256 digest');
		},
	);

	test('bytes under a digest that is not theirs are refused', async () => {
		const store = await open();
		await expect(store.writeBytes(digestOf(Buffer.from('a')), Buffer.from('b'))).rejects.toThrow(
			'The bytes do not have the digest',
		);
	});

	if (name === 'SQLite') {
		test('files lie beside the database, for their owner only, without drafts', async () => {
			const store = await open();
			const bytes = Buffer.from('a contract');
			const digest = digestOf(bytes);
			await store.writeBytes(digest, bytes);
			const { path } = settings() as { path: string };
			const folder = join(dirname(path), 'attachments', store.workspaceId, digest.slice(0, 2));
			expect(await readdir(folder)).toEqual([digest]);
			expect((await stat(join(folder, digest))).mode & 0o777).toBe(0o600);
		});
	}
});
