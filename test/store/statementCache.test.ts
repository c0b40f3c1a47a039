import { DatabaseSync } from 'node:sqlite';

import { StatementCache } from '../../nodes/shared/store/driver/statementCache';

describe('prepared statements', () => {
	const database = new DatabaseSync(':memory:');
	afterAll(() => database.close());

	test('are prepared once, and the least recently used one leaves when there are too many', () => {
		const cache = new StatementCache(database, 2);
		const one = cache.prepare('select 1').statement;
		cache.prepare('select 2');
		expect(cache.prepare('select 1').statement).toBe(one);
		cache.prepare('select 3');
		expect(cache.size).toBe(2);
		expect(cache.prepare('select 1').statement).toBe(one);
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
