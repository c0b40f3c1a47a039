import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

eachDatabase((name, open) => {
	test('the guard against scans lets pass what an index answers, inside transactions too', async () => {
		const { store, assertNoScan, queries } = watched(await open());
		await store.transaction(async (tx) => {
			await tx
				.selectFrom('journal')
				.selectAll()
				.where('webhook_id', '=', 'w')
				.where('state', '=', 'ready')
				.where('ready_at', '<=', 1)
				.orderBy('ready_at')
				.limit(1)
				.execute();
			await tx.updateTable('messages').set({ turn_state: 'done' }).where('id', '=', 'm').execute();
		});
		await store.eachLocked(['ana'], async (tx) => {
			await tx
				.selectFrom('messages')
				.selectAll()
				.where('conversation_id', '=', 'ana')
				.where('turn_state', '=', 'pending')
				.execute();
		});
		await store.db
			.selectFrom('conversations')
			.selectAll()
			.where('webhook_id', '=', 'w')
			.where('turn_due_at', '<=', 1)
			.execute();
		await assertNoScan();
		expect(queries()).toHaveLength(4);
	});

	test('the guard against scans names the query that reads a whole table', async () => {
		const { store, assertNoScan } = watched(await open());
		await store.db.selectFrom('messages').selectAll().where('text', '=', 'hola').execute();
		await expect(assertNoScan()).rejects.toThrow(name === 'SQLite' ? 'SCAN messages' : 'Seq Scan on messages');
	});

	test('the guard against scans is not fooled by an index that is read from end to end', async () => {
		const { store, assertNoScan } = watched(await open());
		await store.db.selectFrom('leads').select('id').where('product', '=', 'x').orderBy('workspace_id').execute();
		await expect(assertNoScan()).rejects.toThrow(/Scan|SCAN/);
	});

	test('the guard against scans names the query that reads a whole workspace for one owner', async () => {
		if (name !== 'SQLite') return;
		const { store, assertNoScan } = watched(await open());
		await store.db
			.selectFrom('attachments')
			.select('id')
			.where('workspace_id', '=', 'w')
			.where('owner', '=', 'this process')
			.execute();
		await expect(assertNoScan()).rejects.toThrow('SEARCH attachments');
	});
});
