import type { KyselyPlugin } from 'kysely';

import { KeptQuery } from '../../nodes/shared/store/keptQuery';
import type { Store } from '../../nodes/shared/store/store';
import { eachDatabase } from '../support/stores';

interface Setting {
	readonly workspaceId: string;
	readonly names: readonly string[];
	readonly value?: string | null;
}

eachDatabase((_name, open) => {
	let built = 0;
	const named = new KeptQuery((executor, { workspaceId, names }: Setting) => {
		built += 1;
		return executor
			.selectFrom('store_settings')
			.select(['name', 'value'])
			.where('workspace_id', '=', workspaceId)
			.where('name', 'in', names)
			.where('name', '!=', 'key_check')
			.orderBy('name');
	});

	async function withSettings(): Promise<Store> {
		const store = await open();
		for (const name of ['one', 'two', 'three']) {
			const row = { workspace_id: store.workspaceId, name, value: `${name}'s` };
			await store.db.insertInto('store_settings').values(row).execute();
		}
		return store;
	}

	test('is put into words once, and answers each time for the values of that time', async () => {
		const store = await withSettings();
		const { db, workspaceId } = store;
		built = 0;
		expect(await named.rows(db, { workspaceId, names: ['two'] })).toEqual([{ name: 'two', value: "two's" }]);
		expect(await named.first(db, { workspaceId, names: ['one'] })).toEqual({ name: 'one', value: "one's" });
		expect(await named.rows(db, { workspaceId: 'somebody-else', names: ['one'] })).toEqual([]);
		const inside = await store.transaction(async (tx) => await named.first(tx, { workspaceId, names: ['three'] }));
		expect(inside?.name).toBe('three');
		expect(built).toBe(1);
	});

	test('a list of another length is another text', async () => {
		const { db, workspaceId } = await withSettings();
		const names = async (...asked: string[]) =>
			(await named.rows(db, { workspaceId, names: asked })).map(({ name }) => name);
		expect(await names('one', 'two')).toEqual(['one', 'two']);
		expect(await names('one', 'two', 'three')).toEqual(['one', 'three', 'two']);
		expect(await names('three', 'nobody')).toEqual(['three']);
	});

	test('what is absent is not written, what is null is', async () => {
		const { db, workspaceId } = await withSettings();
		const update = new KeptQuery(
			(executor, { name, ...changes }: { name: string; identification?: string | null; city?: string | null }) =>
				executor
					.updateTable('contacts')
					.set({ ...changes, updated_at: 2 })
					.where('id', '=', name)
					.returningAll(),
		);
		const contact = { id: `${workspaceId}-laura`, workspace_id: workspaceId, name: 'Laura', name_verified: 0 };
		await db
			.insertInto('contacts')
			.values({
				...contact,
				city: 'Cali',
				identification: '7',
				imported: 0,
				registered: 0,
				created_at: 1,
				updated_at: 1,
			})
			.execute();
		const name = contact.id;
		expect(await update.first(db, { name, city: null, identification: undefined })).toMatchObject({
			city: null,
			identification: '7',
		});
		expect(await update.first(db, { name, identification: '8' })).toMatchObject({ city: null, identification: '8' });
	});

	test('a plugin sees every query being made', async () => {
		const { db, workspaceId } = await withSettings();
		let seen = 0;
		const plugin: KyselyPlugin = {
			transformQuery: ({ node }) => {
				seen += 1;
				return node;
			},
			transformResult: async ({ result }) => result,
		};
		for (let time = 0; time < 3; time += 1) await named.rows(db.withPlugin(plugin), { workspaceId, names: ['one'] });
		expect(seen).toBe(3);
	});
});
