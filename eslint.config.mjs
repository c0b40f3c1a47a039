import { existsSync, readdirSync } from 'node:fs';

import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import { defineConfig } from 'eslint/config';
import globals from 'globals';

import arrows from './test/support/arrows.json' with { type: 'json' };

/**
 * n8n's own rules (without those for n8n Cloud, where this package cannot run: it has runtime dependencies and an
 * embedded database), the arrows of the house (nodes/README.md draws them), and the exceptions, each with its reason.
 * Nothing is switched off inside a file.
 */

const floorOf = (room) => arrows.floors.findIndex((floor) => floor.includes(room));
const rooms = arrows.floors.flat();
const roomsBelow = (room) => [room, ...rooms.filter((other) => floorOf(other) < floorOf(room))];
const nodeFolders = readdirSync('nodes', { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'shared')
	.map(({ name }) => name);
const inShared = (room) => `./shared/${room}`;

const zones = [
	...rooms.map((room) => ({
		target: `./nodes/shared/${room}`,
		from: './nodes',
		except: roomsBelow(room).map(inShared),
		message: `${room} may import only ${roomsBelow(room).join(', ')}: arrows point down.`,
	})),
	...nodeFolders.map((folder) => ({
		target: `./nodes/${folder}`,
		from: './nodes',
		except: ['./shared', `./${folder}`],
		message: 'A node imports only its own folder and nodes/shared.',
	})),
	...nodeFolders
		.filter((folder) => existsSync(`nodes/${folder}/page`))
		.map((folder) => ({
			target: `./nodes/${folder}/page`,
			from: './nodes',
			except: [...arrows.pageRooms.map(inShared), `./${folder}/page`],
			message: `A page runs in a browser: it imports only ${arrows.pageRooms.join(' and ')}.`,
		})),
	{
		target: './credentials',
		from: './nodes',
		except: arrows.credentialRooms.map(inShared),
		message: `A credential imports only ${arrows.credentialRooms.join(' and ')}.`,
	},
	{
		target: './index.ts',
		from: './nodes',
		except: arrows.libraryRooms.map(inShared),
		message: `The library surface reaches only ${arrows.libraryRooms.join(', ')}.`,
	},
	...['./nodes', './credentials', './index.ts'].map((target) => ({
		target,
		from: './test',
		message: 'What is shipped does not import tests.',
	})),
];

/** Packages that only some rooms may import. `place` is a room, `nodes`, `credentials` or `index`. */
const packagesClosedTo = (place) =>
	arrows.guardedPackages
		.filter(({ rooms: open }) => !open.includes(place))
		.map(({ packages, rooms: open }) => ({
			regex: `^(${packages.join('|')})(/|$)`,
			message: `Only ${open.join(', ')} may import ${packages.join(', ')}.`,
		}));

const transportClosed = {
	regex: '^(node:)?(http|https|http2|net|tls|undici)$',
	message: 'Only nodes/shared/http talks to the network.',
};

const closedImports = (place, ...more) => ({
	'no-restricted-imports': [
		'error',
		{ patterns: [...packagesClosedTo(place), ...(place === 'http' ? [] : [transportClosed]), ...more] },
	],
});

const outsideThePureRooms = {
	regex: `^(?!\\.)(?!(${arrows.domainPackages.join('|')})(/|$))`,
	message: `domain imports only ${arrows.domainPackages.join(', ')}: no clock, chance, I/O or n8n.`,
};

const clockAndChance = [
	['Date', 'now'],
	['Math', 'random'],
	['DateTime', 'now'],
	['DateTime', 'utc'],
	['DateTime', 'local'],
	['crypto', 'randomUUID'],
].map(([object, property]) => ({
	object,
	property,
	message: 'A pure room knows no clock and no chance: the event carries its time, the caller its ids.',
}));

const plainDate = {
	selector: "NewExpression[callee.name='Date'][arguments.length=0]",
	message: 'A pure room knows no clock: the event carries its own time.',
};

const looseTable = {
	selector:
		":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator[init.type='ObjectExpression'] > Identifier TSTypeReference[typeName.name='Record'] > TSTypeParameterInstantiation > TSStringKeyword:first-child",
	message: 'An object answers for "constructor" too: what is looked up with a word from outside is a lookupTable.',
};

/** What makes a test fail by chance: on another day, or once that a random id happens to contain what must not be there. */
const failsByChance = [
	{
		selector: "NewExpression[callee.name='Date'][arguments.length=0]",
		message: "The machine's day is another one tomorrow, and its year ends: take the time from the test's own clock.",
	},
	{
		selector:
			"CallExpression[callee.property.name=/^to(Contain|Match)$/][callee.object.property.name='not'][callee.object.object.arguments.0.callee.object.name='JSON'] > :matches(Literal[value=/^[0-9a-f]{1,8}$/], Literal[regex.pattern=/(^|[|(])[0-9a-f]{1,8}($|[|)])/])",
		message: 'Some random id or digest contains this one day: look for it as a value of its own.',
	},
	{
		selector: "CallExpression > ObjectExpression > Property[key.name='timeout'] > Literal.value",
		message: 'A busy machine needs longer: a wait ends with what it waits for, after PATIENCE at the latest.',
	},
];

/** What n8n's rules say of every TypeScript file, for the files of a page, which they do not know. */
const rulesOfPages = configWithoutCloudSupport
	.filter(({ files }) => files?.includes('**/*.ts'))
	.map((entry) => ({ ...entry, files: ['nodes/*/page/**/*.tsx'] }));

/** n8n's rules for the parameters of a node, which take every object with a name and a type for one. */
const parameterRulesOff = Object.fromEntries(
	configWithoutCloudSupport
		.flatMap(({ rules = {} }) => Object.keys(rules))
		.filter((rule) => rule.startsWith('n8n-nodes-base/node-param-'))
		.map((rule) => [rule, 'off']),
);

export default defineConfig(
	{ ignores: ['dist/', '.cache/', 'coverage/', '**/node_modules/', 'test/fixtures/'] },
	...configWithoutCloudSupport,
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	...rulesOfPages,
	{
		files: ['**/*.ts', '**/*.tsx'],
		rules: {
			'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			// A parameter that a signature demands and nobody needs is named with an underscore, as TypeScript has it.
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
			eqeqeq: ['error', 'always'],
		},
	},
	{ files: ['nodes/**/*.ts'], ignores: ['nodes/shared/**'], rules: closedImports('nodes') },
	{ files: ['credentials/**/*.ts'], rules: closedImports('credentials') },
	{ files: ['index.ts'], rules: closedImports('index') },
	...rooms
		.filter((room) => room !== 'domain')
		.map((room) => ({ files: [`nodes/shared/${room}/**/*.ts`], rules: closedImports(room) })),
	{ files: ['nodes/shared/domain/**/*.ts'], rules: closedImports('domain', outsideThePureRooms) },
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		// The words of a page are typed records, and the tables of the store are walked through by their own names only.
		ignores: ['nodes/*/page/**', 'nodes/shared/store/migrations/**'],
		rules: { 'no-restricted-syntax': ['error', looseTable] },
	},
	{
		files: ['nodes/shared/domain/**/*.ts', 'nodes/shared/text/**/*.ts'],
		rules: {
			'no-restricted-properties': ['error', ...clockAndChance],
			'no-restricted-syntax': ['error', plainDate, looseTable],
			'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval', 'performance'],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		ignores: ['nodes/shared/http/**', 'nodes/shared/domain/**', 'nodes/shared/text/**'],
		rules: {
			'no-restricted-globals': ['error', { name: 'fetch', message: 'Only nodes/shared/http talks to vendors.' }],
		},
	},

	// The exceptions.
	{
		// A page runs in a browser and talks only to the node that served it; it knows no n8n errors.
		files: ['nodes/*/page/**/*.{ts,tsx}'],
		rules: { 'no-restricted-globals': 'off', '@n8n/community-nodes/require-node-api-error': 'off' },
	},
	{
		// Vendor, store and phone libraries are the reason why the package is for self-hosted n8n only.
		files: ['package.json'],
		rules: { '@n8n/community-nodes/no-runtime-dependencies': 'off' },
	},
	{
		// Rooms below n8n throw their own errors (RequestFailure …); nodes/shared/n8n turns them into n8n's.
		files: ['nodes/shared/**/*.ts', 'test/**/*.ts', 'index.ts'],
		ignores: ['nodes/shared/n8n/**'],
		rules: { '@n8n/community-nodes/require-node-api-error': 'off' },
	},
	{
		// These rooms know nothing of n8n: an object with a name and a type is a table's column there, not a parameter.
		files: ['nodes/shared/**/*.ts'],
		ignores: ['nodes/shared/n8n/**'],
		rules: parameterRulesOff,
	},
	{
		// The panel is built from the operations: the default is the first one's value, which the rule cannot read.
		files: ['nodes/shared/n8n/runner.ts'],
		rules: { 'n8n-nodes-base/node-param-default-missing': 'off' },
	},
	{
		// The bot is bound to its customer by the workflow: no model may call it.
		files: ['nodes/BotConversation/BotConversation.node.ts'],
		rules: { '@n8n/community-nodes/node-usable-as-tool': 'off' },
	},
	{
		// The rule falls over a credential that is a constant (the store's, which most nodes share) instead of a literal;
		// test/description checks the names of credentials.
		files: ['nodes/*/*.node.ts'],
		rules: { 'n8n-nodes-base/node-class-description-credentials-name-unsuffixed': 'off' },
	},
	{
		// An encryption key is a secret; the rule knows only tokens, passwords and API keys.
		files: ['credentials/**/*.ts'],
		rules: { '@n8n/community-nodes/credential-unnecessary-password': 'off' },
	},
	{
		// Simulators need made-up keys that look like the vendor's; the demo, the benchmark and the tests print; they
		// start (and kill) n8n, Redis and the browser as processes of their own.
		files: ['test/**/*.ts'],
		rules: {
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'no-console': 'off',
		},
	},
	{
		files: ['test/**/*.test.ts'],
		rules: { 'no-restricted-syntax': ['error', ...failsByChance] },
	},
	{
		files: ['test/unit/**/*.test.ts'],
		rules: { 'no-restricted-properties': ['error', ...clockAndChance] },
	},
	{
		// The programs that start the commands and the tools' own settings are plain Node, not part of the package.
		files: ['**/*.{js,mjs,cjs}'],
		languageOptions: { globals: globals.node },
	},
);
