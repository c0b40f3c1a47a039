import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../support/registered';

interface Template {
	readonly nodes: ReadonlyArray<{ readonly name: string; readonly type: string; readonly parameters: object }>;
	readonly connections: Readonly<
		Record<string, { readonly main: ReadonlyArray<ReadonlyArray<{ readonly node: string }>> }>
	>;
}

const template = JSON.parse(readFileSync(path.join(projectFolder, 'workflows/wazzup-sync.json'), 'utf8')) as Template;

describe('workflows/wazzup-sync.json', () => {
	test('it takes no address from the bot’s workflow of the same account, and asks for runs by itself', () => {
		const trigger = template.nodes.find(({ type }) => type.endsWith('.wazzupTrigger'));
		expect(trigger?.parameters).toMatchObject({ subscription: 'manual', options: { syncOnChanges: true } });
	});

	test('Due and the button lead to the sync; nothing else does', () => {
		const sync = template.nodes.find(({ parameters }) => 'resource' in parameters && parameters.resource === 'sync');
		const leading = Object.entries(template.connections).flatMap(([from, { main }]) =>
			main.flatMap((wires, output) => wires.filter(({ node }) => node === sync?.name).map(() => [from, output])),
		);
		expect(sync?.parameters).toMatchObject({ operation: 'run' });
		expect(leading).toEqual([
			['Cuando algo cambia', 6],
			['Ver qué se enviaría', 0],
		]);
	});
});
