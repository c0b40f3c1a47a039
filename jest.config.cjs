/** Packages that are ES modules only; what n8n's forms clean their HTML with is among them. */
const esModules = [
	'kysely',
	'sanitize-html',
	'htmlparser2',
	'dom-serializer',
	'domelementtype',
	'domhandler',
	'domutils',
	'entities',
];

/** One jest project per level of test; `npm test` runs them all, `npx jest --selectProjects unit` one. */
const level = (name, extra = {}) => ({
	displayName: name,
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform: { '^.+\\.(t|j|mj)s$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }] },
	transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/host/node_modules/', '<rootDir>/.cache/'],
	...extra,
});

/** One real PostgreSQL serves all suites of a run. */
const withPostgres = {
	globalSetup: '<rootDir>/test/support/postgresBeforeRun.ts',
	globalTeardown: '<rootDir>/test/support/postgresAfterRun.ts',
};

module.exports = {
	cacheDirectory: '<rootDir>/.cache/jest',
	// Beside other suites on two slow cores a journey through n8n's engine takes several times what it takes alone. Jest reads
	// this of the whole run only: in a project it is taken without a word and does nothing.
	// Longer than PATIENCE (test/support/patience.ts), so that a test in vain says what did not come.
	testTimeout: 240_000,
	// What suites load of n8n stays in the memory of their worker, some 50 MB each; Node gives a process 2 GB on a machine
	// of 8. A worker that holds half of that is replaced before its next suite.
	workerIdleMemoryLimit: '1GB',
	projects: ['unit', 'store', 'clients', 'description', 'engine', 'workflows', 'e2e', 'browser'].map((name) =>
		level(name, name === 'store' ? withPostgres : {}),
	),
};
