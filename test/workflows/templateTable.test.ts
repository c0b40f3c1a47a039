/** The table of workflows/README.md: a consultant sees there what there is and what each one needs before the import. */
import { readdirSync, readFileSync } from 'node:fs';

import { shippedWorkflow } from '../support/templateDesk';

const FOLDER = `${__dirname}/../../workflows`;
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

const rows = new Map(
	readFileSync(`${FOLDER}/README.md`, 'utf8')
		.split('\n')
		.filter((line) => /^\| `[a-z-]+\.json` /.test(line))
		.map((line) => line.split('|').map((cell) => cell.trim()))
		.filter((cells) => cells.length === 6)
		.map(([, file = '', name = '', credentials = '', purpose = '']) => [
			file.replaceAll('`', ''),
			{ name, credentials, purpose },
		]),
);

function credentialsOf(file: string): string {
	const { nodes } = shippedWorkflow(file);
	const named = (isOff: boolean): string[] =>
		nodes
			.filter(({ disabled }) => (disabled === true) === isOff)
			.flatMap(({ credentials }) => Object.values(credentials ?? {}).map(({ name }) => name));
	const always = [...new Set(named(false))].sort();
	const perhaps = [...new Set(named(true))].filter((name) => !always.includes(name)).sort();
	const words = always.length === 0 ? 'none' : always.join(', ');
	return perhaps.length === 0 ? words : `${words} (${perhaps.join(', ')} where its nodes are switched on)`;
}

test('every template is in the table, once, and nothing else is', () => {
	expect([...rows.keys()].sort()).toEqual([...files].sort());
});

test.each(files)('%s: its name in n8n, the credentials that it asks for, and what it is for', (file) => {
	const row = rows.get(file);
	expect(row).toMatchObject({ name: shippedWorkflow(file).name, credentials: credentialsOf(file) });
	expect(row?.purpose.split(' ').length).toBeGreaterThan(8);
});
