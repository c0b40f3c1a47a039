import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { forbiddenImports, forbiddenNames, forbiddenWords, sourceFiles } from '../support/house';
import { projectFolder } from '../support/registered';

describe('the house stands', () => {
	test('every arrow points down: no file imports what its room may not', () => {
		expect(forbiddenImports(sourceFiles(/\.tsx?$/))).toEqual([]);
	});

	test('nothing switches a check off, is left for later or names one machine', () => {
		expect(forbiddenWords(sourceFiles(/\.(tsx?|js|mjs|cjs|json|md|yml|sh|css|html)$/))).toEqual([]);
	});

	test('files are named after the business', () => {
		expect(forbiddenNames(sourceFiles(/\.tsx?$/))).toEqual([]);
	});
});

describe('a broken arrow is reported in words', () => {
	test.each([
		[
			'nodes/shared/domain/cases/caseNumber.ts',
			"import { caseOf } from '../../store/repositories/cases';",
			'nodes/shared/domain/cases/caseNumber.ts imports nodes/shared/store/repositories/cases: domain may import only domain',
		],
		[
			'nodes/shared/store/contacts.ts',
			"import { sendText } from '../clients/whatsapp/messages';",
			'nodes/shared/store/contacts.ts imports nodes/shared/clients/whatsapp/messages: store may import only store, domain, http, text',
		],
		[
			'nodes/Case/Case.node.ts',
			"export * from '../CrearLead/leadForm';",
			'nodes/Case/Case.node.ts imports nodes/CrearLead/leadForm: a node never imports another node',
		],
		[
			'index.ts',
			"export { openStore } from './nodes/shared/store/store';",
			'index.ts imports nodes/shared/store/store: index.ts may import only domain, text, webhooks',
		],
		[
			'nodes/shared/usecases/cases/openCase.ts',
			"import type { Kysely } from 'kysely';",
			'nodes/shared/usecases/cases/openCase.ts imports kysely: only store may import kysely, node:sqlite, sqlite, pg',
		],
		[
			'nodes/shared/clients/whatsapp/media.ts',
			"const axios = require('axios');",
			'nodes/shared/clients/whatsapp/media.ts imports axios: only http may import axios, axios-retry',
		],
		[
			'nodes/shared/usecases/cases/openCase.ts',
			"export const load = async () => await import('n8n-workflow');",
			'nodes/shared/usecases/cases/openCase.ts imports n8n-workflow: only n8n, nodes, credentials may import n8n-workflow, n8n-core',
		],
		[
			'nodes/shared/domain/identity/contactId.ts',
			"import { randomUUID } from 'node:crypto';",
			'nodes/shared/domain/identity/contactId.ts imports node:crypto: domain may import only zod, libphonenumber-js, stdnum, fastest-levenshtein, luxon, date-holidays, @orama/stemmers',
		],
		[
			'nodes/Wazzup/Wazzup.node.ts',
			"import { simulator } from '../../test/simulators/wazzup/server';",
			'nodes/Wazzup/Wazzup.node.ts imports test/simulators/wazzup/server: Wazzup is shipped and may not import tests',
		],
		[
			'test/unit/anything.test.ts',
			"import fc from 'fast-check';",
			'test/unit/anything.test.ts imports fast-check: only test/support/properties.ts may import fast-check: it gives every property its seed',
		],
	])('%s', (file, text, sentence) => {
		expect(forbiddenImports([{ file, text }])).toEqual([sentence]);
	});

	test.each([
		['nodes/Case/Case.node.ts', "import { runOperations } from '../shared/n8n/operation';"],
		['nodes/shared/usecases/cases/openCase.ts', "import { nextNumber } from '../store/repositories/counters';"],
		['nodes/shared/text/render.ts', "import type { Effect } from '../domain/conversation/types';"],
		['nodes/shared/domain/identity/phone.ts', "import { parsePhoneNumber } from 'libphonenumber-js/max';"],
		['test/unit/anything.test.ts', "import { openStore } from '../../nodes/shared/store/store';"],
		['test/support/properties.ts', "export * from 'fast-check';"],
	])('and an arrow that points down is not: %s', (file, text) => {
		expect(forbiddenImports([{ file, text }])).toEqual([]);
	});

	test('a check that is switched off, work left for later and a machine path are found with their line', () => {
		const text = [
			'const a = 1;',
			`// ${'eslint'}-disable-next-line`,
			`// TO${'DO'} later`,
			`read('/${'work'}/x')`,
		].join('\n');

		expect(forbiddenWords([{ file: 'a.ts', text }]).map((sentence) => sentence.split(': ')[0])).toEqual([
			'a.ts:2 switches a check off',
			'a.ts:3 leaves work for later',
			'a.ts:4 names a path of one machine',
		]);
	});

	test.each(['nodes/shared/text/utils.ts', 'nodes/shared/store/queryHelpers.ts', 'nodes/shared/common/x.ts'])(
		'the name %s is refused',
		(file) => {
			expect(forbiddenNames([{ file, text: '' }])).toHaveLength(1);
		},
	);
});

describe('the linter holds the same arrows', () => {
	const lint = async (file: string, text: string): Promise<string[]> => {
		const linter = promisify(execFile)(
			process.execPath,
			[
				path.join(projectFolder, 'node_modules/eslint/bin/eslint.js'),
				...['--stdin', '--stdin-filename', path.join(projectFolder, file), '--format', 'json'],
			],
			{ cwd: projectFolder },
		);
		linter.child.stdin?.end(text);
		const { stdout } = await linter.catch((reason: { stdout: string }) => reason);
		const [{ messages }]: [{ messages: Array<{ ruleId: string; message: string }> }] = JSON.parse(stdout);
		return messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
	};

	test('a planted violation of each kind fails the lint, and cannot be switched off inside the file', async () => {
		const findings = await lint(
			'nodes/shared/domain/planted.ts',
			[
				`/* ${'eslint'}-disable */`,
				"import type { Database } from '../store/schema';",
				"import axios from 'axios';",
				'export const planted = (database: Database) => [axios, database, Date.now(), new Date(), Math.random()];',
				"export const STATES: Readonly<Record<string, string>> = { sent: 'sent' };",
				'',
			].join('\n'),
		);

		expect(findings).toEqual(
			expect.arrayContaining([
				expect.stringContaining('domain may import only domain: arrows point down.'),
				expect.stringContaining('Only http may import axios'),
				expect.stringMatching(/no-restricted-properties.*Date\.now/),
				expect.stringMatching(/no-restricted-properties.*Math\.random/),
				expect.stringMatching(/no-restricted-syntax.*knows no clock/),
				expect.stringMatching(/no-restricted-syntax.*is a lookupTable/),
			]),
		);
	});

	test('a test that would fail by chance fails the lint first', async () => {
		const findings = await lint(
			'test/unit/planted.test.ts',
			[
				"test('planted', () => {",
				'	const rows = [{ id: Math.random(), year: new Date().getFullYear(), at: Date.now() }];',
				"	expect(JSON.stringify(rows)).not.toContain('4242');",
				'	expect(JSON.stringify(rows)).not.toMatch(/laura@example|4242|last4/);',
				'	expect(JSON.stringify(rows)).not.toMatch(/laura@example|"4242"/);',
				'	rows.click({ timeout: 1_000 });',
				'	rows.click({ timeout: PATIENCE });',
				'});',
				'',
			].join('\n'),
		);

		expect(
			findings
				.map((finding) => /^[^:]+: (?:.*(?:contains this|is another one|needs longer))?/.exec(finding)?.[0])
				.sort(),
		).toEqual([
			'no-restricted-properties: ',
			'no-restricted-properties: ',
			'no-restricted-syntax: A busy machine needs longer',
			'no-restricted-syntax: Some random id or digest contains this',
			'no-restricted-syntax: Some random id or digest contains this',
			"no-restricted-syntax: The machine's day is another one",
		]);
	});
});
