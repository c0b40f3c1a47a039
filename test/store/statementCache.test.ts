import { DatabaseSync } from 'node:sqlite';

import { StatementCache } from '../../nodes/shared/store/driver/statementCache';

describe('prepared statements', () => {
	const database = new DatabaseSync(':memory:');
	afterAll(() => database.close());

	test('are prepared once, and those that were not used lately leave when there are too many', () => {
		const cache = new StatementCache(database, 2);
		const one = cache.prepare('select 1').statement;
		const two = cache.prepare('select 2').statement;
		expect(cache.prepare('select 1').statement).toBe(one);
		cache.prepare('select 3');
		expect(cache.prepare('select 1').statement).toBe(one);
		cache.prepare('select 4');
		cache.prepare('select 5');
		expect(cache.prepare('select 1').statement).toBe(one);
		expect(cache.prepare('select 2').statement).not.toBe(two);
		for (let number = 0; number < 20; number += 1) cache.prepare(`select ${number}`);
		expect(cache.size).toBeLessThanOrEqual(4);
	});

	test.each([
		['select 1 as one', true],
		['insert into written (id) values (1) returning id', true],
		['insert into written (id) values (2)', false],
		['update written set id = 3 where id = 4', false],
		['update written set id = 3 where id = 4 returning id', true],
		['delete from written where id = 5', false],
		['pragma user_version', true],
	])('%s answers with rows: %s', (text, returnsRows) => {
		database.exec('create table if not exists written (id integer primary key) strict');
		expect(new StatementCache(database, 5).prepare(text).returnsRows).toBe(returnsRows);
	});
});
