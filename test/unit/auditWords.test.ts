import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { en } from '../../nodes/AdvisorInboxTrigger/page/words/audit/en';
import { es } from '../../nodes/AdvisorInboxTrigger/page/words/audit/es';
import { ptBR } from '../../nodes/AdvisorInboxTrigger/page/words/audit/ptBR';
import { projectFolder } from '../support/registered';

const usecases = path.join(projectFolder, 'nodes/shared/usecases');

/** What is written down, with the file that does it: every literal behind `action:`, also one of two. */
const written = readdirSync(usecases, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.flatMap((file) =>
		[...readFileSync(path.join(usecases, file), 'utf8').matchAll(/^.*\baction: .*$/gm)].flatMap(([line]) =>
			[...line.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, action = '']) => ({ file, action })),
		),
	);

test('O9: whatever a use case writes into the audit log is said in words, in three languages', () => {
	expect(written.length).toBeGreaterThan(80);
	for (const { file, action } of written) {
		for (const { actions } of [es, en, ptBR])
			expect([file, action, Object.keys(actions)]).toEqual([file, action, expect.arrayContaining([action])]);
	}
});

test('O9: each action is said in its own words, so that a filter by them is one filter', () => {
	for (const { actions } of [es, en, ptBR]) {
		const said = Object.values(actions);
		expect(said.filter((words, place) => said.indexOf(words) !== place)).toEqual([]);
	}
});
