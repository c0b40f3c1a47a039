/**
 * `npm run bench`: what the shipped bot answers in a second, beside the same first turn made of n8n's own nodes, on the
 * same n8n and the same database; then what its parts cost. `-- --quick` shortens every phase to some seconds,
 * `-- --profile` also tells where n8n's time goes, `-- --inbox` measures only the inbox with 50 pages open, `-- --wazzup`
 * only the sync of 100,000 contacts with Wazzup, `-- --payments` only payment links.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';

import { runFolder } from '../support/host/folders';
import { startN8n, type RunningN8n } from '../support/host/n8n';
import type { WorkflowFile } from '../support/host/n8nApi';
import { freePort } from '../support/host/ports';
import { startPostgres } from '../support/host/postgres';
import { shippedTemplate } from '../support/host/templates';
import { packAndInstall } from '../support/package';
import { ourContestant, rivalContestant, type Contestant } from './contestants';
import { profileProcess, type Cost } from './cpuProfile';
import type { Crowd, CrowdReport } from './customers';
import { inboxLoad, type InboxLoadReport } from './inboxLoad';
import { watchMemory } from './memory';
import { linkExpectations, linkFigures, linkRows, paymentLinkCosts, type LinkCosts } from './paymentLinks';
import { classifyCost, simulationCost, webhookCost } from './pureCosts';
import {
	columns,
	load,
	machine,
	otherWork,
	shown,
	versionOfN8n,
	writePartOfReport,
	writeReport,
	type Expectation,
	type Figure,
} from './report';
import { turnCosts, type TurnCosts } from './turnCost';
import { syncExpectations, syncFigures, syncRows, wazzupSyncCosts, type SyncCosts } from './wazzupSync';

/** Customers' messages on their way to n8n at once. */
const CONNECTIONS = 16;

/** 5,000 messages a minute: the steady load that the package promises to carry. */
const STEADY_PER_SECOND = 83;

/** Tried one after the other when the steady load is too much. */
const LOWER_RATES = [60, 45, 30, 20, 10, 5];

const EXPECTED = {
	times: 10,
	acknowledgementMs: 200,
	classifyMicroseconds: 50,
	turnRatio: 1.2,
	pageUpdateMs: 2_000,
	/** How much longer customers wait for the bot while every page is open. */
	botRatio: 1.5,
	memoryRatio: 1.1,
} as const;

/** What a desk has stored after years. */
const MANY_MESSAGES = 1_000_000;

const reportFile = join(__dirname, 'report.json');

const print = (line = ''): void => {
	process.stdout.write(`${line}\n`);
};
const bold = (text: string): string => styleText('bold', text);
const dim = (text: string): string => styleText('dim', text);
const verdict = (fine: boolean): string => (fine ? styleText('green', '✓') : styleText('red', '✗'));

/** Prints each step with the second it began in. */
function narrator(): (line: string) => void {
	const began = Date.now();
	return (line) => print(`  ${dim(`${((Date.now() - began) / 1_000).toFixed(0).padStart(4)} s`)}  ${line}`);
}

interface Engine {
	readonly name: string;
	readonly lazyAcquire: boolean;
}

const ENGINES: readonly Engine[] = [
	{ name: "n8n's default expression engine", lazyAcquire: false },
	{ name: 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true', lazyAcquire: true },
];

interface Measured extends CrowdReport {
	readonly megabytes: number | undefined;
}

const perSecond = ({ answered, seconds }: CrowdReport): number => (seconds === 0 ? 0 : answered / seconds);
const onceEach = ({ wrote, answered, answeredTwice }: CrowdReport): boolean =>
	answered === wrote && answeredTwice === 0;

/** One crowd on one contestant, after a short one that warms n8n up. */
async function measure(
	n8n: RunningN8n,
	contestant: Contestant,
	crowd: Crowd,
	{ quick }: { readonly quick: boolean },
): Promise<Measured> {
	await contestant.customers.crowd({ connections: CONNECTIONS, seconds: quick ? 1 : 3 });
	const [main] = n8n.processes;
	const memory = main === undefined ? undefined : watchMemory(main.pid);
	const report = await contestant.customers.crowd(crowd);
	return { ...report, megabytes: memory?.megabytes() };
}

/** The first lower rate that is answered in time, when the steady load is too much. */
async function highestSustained(contestant: Contestant, seconds: number): Promise<number | undefined> {
	for (const rate of LOWER_RATES) {
		const report = await contestant.customers.crowd({ perSecond: rate, seconds });
		if (onceEach(report) && report.acknowledgement.p99 < EXPECTED.acknowledgementMs) return rate;
	}
	return undefined;
}

/** A crowd at full speed under n8n's profiler; the figures of such a run are not used. */
async function profileFullSpeed(
	n8n: RunningN8n,
	contestant: Contestant,
	port: number,
	seconds: number,
): Promise<readonly Cost[]> {
	const [main] = n8n.processes;
	if (main === undefined) return [];
	const profiling = await profileProcess(main.pid, port);
	await contestant.customers.crowd({ connections: CONNECTIONS, seconds });
	return await profiling.stop();
}

interface Comparison {
	readonly engine: Engine;
	readonly ours: Measured;
	readonly rival: Measured;
}

interface OnN8n {
	readonly comparisons: readonly Comparison[];
	readonly steady: Measured;
	readonly sustained: number | undefined;
	readonly costs: readonly Cost[];
}

interface Settings {
	readonly quick: boolean;
	readonly profile: boolean;
	readonly template: WorkflowFile;
}

const tooSlow = (steady: CrowdReport): boolean =>
	!onceEach(steady) || steady.acknowledgement.p99 >= EXPECTED.acknowledgementMs;

async function compareOnN8n(settings: Settings, folder: string, narrate: (line: string) => void): Promise<OnN8n> {
	const { quick, template } = settings;
	const seconds = quick ? 5 : 20;
	const comparisons: Comparison[] = [];
	let onceSteady: Omit<OnN8n, 'comparisons'> | undefined;
	narrate("Starting PostgreSQL for n8n's own data, and two simulated Metas in processes of their own");
	const postgres = await startPostgres();
	const rival = await rivalContestant();
	const ours = await ourContestant(folder, template);
	try {
		const database = await postgres.createDatabase('n8n');
		for (const engine of ENGINES) {
			narrate(`Starting n8n with ${engine.name}`);
			const inspectPort = await freePort();
			const n8n = await startN8n({
				database,
				install: packAndInstall,
				folder: join(folder, 'n8n'),
				lazyAcquire: engine.lazyAcquire,
				env: {
					EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
					// Only says where the inspector would listen; it opens when a profile is asked for.
					NODE_OPTIONS: `--inspect-port=127.0.0.1:${inspectPort}`,
				},
			});
			try {
				const race = async (contestant: Contestant): Promise<Measured> => {
					narrate(`  ${contestant.name}: ${CONNECTIONS} connections for ${seconds} s`);
					await contestant.switchOn(n8n);
					return await measure(n8n, contestant, { connections: CONNECTIONS, seconds }, settings);
				};
				const rivalMeasured = await race(rival);
				await rival.switchOff(n8n);
				const oursMeasured = await race(ours);
				comparisons.push({ engine, ours: oursMeasured, rival: rivalMeasured });
				if (engine.lazyAcquire) {
					const steadySeconds = quick ? 5 : 60;
					narrate(`  ${ours.name}: ${STEADY_PER_SECOND} messages a second for ${steadySeconds} s`);
					const crowd = { perSecond: STEADY_PER_SECOND, seconds: steadySeconds };
					const steady = await measure(n8n, ours, crowd, settings);
					const missed = tooSlow(steady) || perSecond(oursMeasured) < EXPECTED.times * perSecond(rivalMeasured);
					if (tooSlow(steady)) narrate('  Looking for the highest rate that is carried');
					const sustained = tooSlow(steady) ? await highestSustained(ours, quick ? 5 : 20) : undefined;
					if (missed || settings.profile) narrate("  Where n8n's time goes");
					const costs =
						missed || settings.profile ? await profileFullSpeed(n8n, ours, inspectPort, quick ? 5 : 10) : [];
					onceSteady = { steady, sustained, costs };
				}
				await ours.switchOff(n8n);
			} catch (error) {
				print(n8n.logs(25));
				throw error;
			} finally {
				await n8n.stop();
			}
		}
	} finally {
		await Promise.all([rival.customers.leave(), ours.customers.leave()]);
		await postgres.stop();
	}
	if (onceSteady === undefined) throw new Error('The steady load was not measured');
	return { comparisons, ...onceSteady };
}

const megabytesShown = (value: number | undefined): string => (value === undefined ? 'not told' : shown(value));

function printComparison({ engine, ours, rival }: Comparison): void {
	const waits = (measured: Measured, kind: 'acknowledgement' | 'answer'): string =>
		`${shown(measured[kind].p50)} / ${shown(measured[kind].p99)}`;
	const rows = [
		['', 'this package', "n8n's own nodes", 'times'],
		[
			'Answered messages per second',
			shown(perSecond(ours)),
			shown(perSecond(rival)),
			shown(perSecond(ours) / perSecond(rival)),
		],
		['Acknowledged in, ms (p50 / p99)', waits(ours, 'acknowledgement'), waits(rival, 'acknowledgement'), ''],
		['Answered in, ms (p50 / p99)', waits(ours, 'answer'), waits(rival, 'answer'), ''],
		['Peak memory of n8n, MB', megabytesShown(ours.megabytes), megabytesShown(rival.megabytes), ''],
		[
			'Customers answered once / who wrote',
			`${ours.answered - ours.answeredTwice} / ${ours.wrote}`,
			`${rival.answered - rival.answeredTwice} / ${rival.wrote}`,
			'',
		],
	];
	print();
	print(`  ${bold(engine.name)}`);
	const [heading = '', ...lines] = columns(rows);
	print(`  ${dim(heading)}`);
	for (const line of lines) print(`  ${line}`);
}

function figuresOf({ comparisons, steady, sustained }: OnN8n): Figure[] {
	const figures: Figure[] = [];
	for (const { engine, ours, rival } of comparisons) {
		const mode = engine.lazyAcquire ? 'lazy acquire' : 'default engine';
		const pairs: ReadonlyArray<readonly [string, string, (measured: Measured) => number | undefined]> = [
			['answered messages', '1/s', perSecond],
			['acknowledgement p50', 'ms', ({ acknowledgement }) => acknowledgement.p50],
			['acknowledgement p99', 'ms', ({ acknowledgement }) => acknowledgement.p99],
			['answer p50', 'ms', ({ answer }) => answer.p50],
			['answer p99', 'ms', ({ answer }) => answer.p99],
			['peak memory of n8n', 'MB', ({ megabytes }) => megabytes],
			['customers who wrote', '', ({ wrote }) => wrote],
			['customers answered', '', ({ answered }) => answered],
			['customers answered twice', '', ({ answeredTwice }) => answeredTwice],
		];
		for (const [name, unit, read] of pairs) {
			const [own, other] = [read(ours), read(rival)];
			if (own === undefined || other === undefined) continue;
			const ratio = unit === '1/s' ? { ratio: own / other } : {};
			figures.push({ name: `${name}, ${mode}, this package`, value: own, unit, ...ratio });
			figures.push({ name: `${name}, ${mode}, n8n's own nodes`, value: other, unit });
		}
	}
	const load = `${STEADY_PER_SECOND} messages/s, lazy acquire`;
	figures.push(
		{ name: `acknowledgement p50, ${load}`, value: steady.acknowledgement.p50, unit: 'ms' },
		{ name: `acknowledgement p99, ${load}`, value: steady.acknowledgement.p99, unit: 'ms' },
		{ name: `answer p50, ${load}`, value: steady.answer.p50, unit: 'ms' },
		{ name: `answer p99, ${load}`, value: steady.answer.p99, unit: 'ms' },
		{ name: `customers who wrote, ${load}`, value: steady.wrote, unit: '' },
		{ name: `customers answered, ${load}`, value: steady.answered, unit: '' },
		{ name: `customers answered twice, ${load}`, value: steady.answeredTwice, unit: '' },
	);
	if (steady.megabytes !== undefined) {
		figures.push({ name: `peak memory of n8n, ${load}`, value: steady.megabytes, unit: 'MB' });
	}
	if (sustained !== undefined)
		figures.push({ name: 'highest sustained load, lazy acquire', value: sustained, unit: '1/s' });
	return figures.map(({ name, value, unit, ratio }) => ({
		name,
		value: rounded(value),
		unit,
		...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
	}));
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** How a turn's cost grows with what is stored: over everything, and in one conversation of years. */
function turnExpectation({ few, many, longest, shortest }: TurnCosts): Expectation {
	const ratio = Math.max(many.milliseconds / few.milliseconds, longest.milliseconds / shortest.milliseconds);
	return {
		expected: `A turn costs with ${shown(many.storedMessages)} stored messages, and in a conversation of ${shown(longest.storedMessages)}, under ${EXPECTED.turnRatio} times what it costs with ${shown(few.storedMessages)}`,
		measured: `${ratio.toFixed(2)} times`,
		fine: ratio < EXPECTED.turnRatio,
	};
}

const turnRows = ({ few, many, longest }: TurnCosts): string[][] => [
	...[few, many].map(({ storedMessages, milliseconds }) => [
		`One turn with ${shown(storedMessages)} stored messages`,
		`${shown(milliseconds)} ms`,
	]),
	[`One turn in a conversation of ${shown(longest.storedMessages)}`, `${shown(longest.milliseconds)} ms`],
];

const turnFigures = ({ few, many, longest, shortest }: TurnCosts): Figure[] => [
	{ name: `turn with ${few.storedMessages} stored messages, median`, value: rounded(few.milliseconds), unit: 'ms' },
	{
		name: `turn with ${many.storedMessages} stored messages, median`,
		value: rounded(many.milliseconds),
		unit: 'ms',
		ratio: rounded(many.milliseconds / few.milliseconds),
	},
	{
		name: `turn in a conversation of ${longest.storedMessages} messages, median`,
		value: rounded(longest.milliseconds),
		unit: 'ms',
		ratio: rounded(longest.milliseconds / shortest.milliseconds),
	},
];

/** Measures the turns alone and puts them into the report of the last whole run. */
async function measureTurns(folder: string): Promise<void> {
	print(dim(`  Turns alone, on a load of ${load().toFixed(1)}; the other figures of the report stay.`));
	const turns = await turnCosts(join(folder, 'turns'), 10, MANY_MESSAGES);
	for (const line of columns(turnRows(turns))) print(`  ${line}`);
	const expectation = turnExpectation(turns);
	print(`  ${verdict(expectation.fine)} ${expectation.expected}: ${bold(expectation.measured)}`);
	writePartOfReport(reportFile, {
		figures: turnFigures(turns),
		expectations: [expectation],
		remark: `The turns were measured alone on ${new Date().toISOString().slice(0, 10)}, at a load of ${load().toFixed(1)}.`,
		replaces: { figure: /^turn (?:with|in) /, expectation: /^A turn costs /, remark: /^The turns were measured alone/ },
	});
}

/** 50 pages and 1,000 messages a minute, for ten minutes; a quick run for half a minute. */
const measureInbox = async (quick: boolean, narrate: (line: string) => void): Promise<InboxLoadReport> =>
	await inboxLoad({
		pages: 50,
		messagesPerMinute: 1_000,
		closedSeconds: quick ? 15 : 60,
		openSeconds: quick ? 30 : 600,
		narrate,
	});

const inboxRows = ({ pageUpdate, closed, open, memory, events, seconds }: InboxLoadReport): string[][] => [
	['A page hears of a message after, ms (p50 / p95)', `${shown(pageUpdate.p50)} / ${shown(pageUpdate.p95)}`],
	['The bot answers after, no page open, ms (p50 / p95)', `${shown(closed.answer.p50)} / ${shown(closed.answer.p95)}`],
	['The bot answers after, all pages open, ms (p50 / p95)', `${shown(open.answer.p50)} / ${shown(open.answer.p95)}`],
	['Events to all pages, per second', shown(events / seconds)],
	...(memory === undefined ? [] : [['Memory of n8n early / late, MB', `${memory.early} / ${memory.late}`]]),
];

function inboxExpectations({ pages, messagesPerMinute, ...report }: InboxLoadReport): Expectation[] {
	const { pageUpdate, missed, closed, open, memory, seconds } = report;
	const botRatio = open.answer.p95 / closed.answer.p95;
	return [
		{
			expected: `With ${pages} pages open and ${shown(messagesPerMinute)} messages a minute, 95 of 100 page updates under ${EXPECTED.pageUpdateMs} ms, none missed`,
			measured: `${shown(pageUpdate.p95)} ms, ${missed} missed`,
			fine: pageUpdate.p95 < EXPECTED.pageUpdateMs && missed === 0,
		},
		{
			expected: `Customers wait under ${EXPECTED.botRatio} times as long for the bot as with no page open, and all are answered`,
			measured: `${botRatio.toFixed(2)} times, ${open.answered} of ${open.wrote}`,
			fine: botRatio < EXPECTED.botRatio && open.answered === open.wrote,
		},
		// Half a minute says nothing about memory.
		...(memory === undefined || seconds < 300
			? []
			: [
					{
						expected: `Memory of n8n after ${Math.round(seconds / 60)} minutes of it under ${EXPECTED.memoryRatio} times what it was after two`,
						measured: `${(memory.late / memory.early).toFixed(2)} times`,
						fine: memory.late < EXPECTED.memoryRatio * memory.early,
					},
				]),
	];
}

const inboxFigures = ({ pages, messagesPerMinute, pageUpdate, closed, open, memory }: InboxLoadReport): Figure[] => {
	const load = `${pages} pages open, ${messagesPerMinute} messages a minute`;
	return [
		{ name: `inbox: page update p50, ${load}`, value: rounded(pageUpdate.p50), unit: 'ms' },
		{ name: `inbox: page update p95, ${load}`, value: rounded(pageUpdate.p95), unit: 'ms' },
		{ name: 'inbox: answer of the bot p95, no page open', value: rounded(closed.answer.p95), unit: 'ms' },
		{
			name: `inbox: answer of the bot p95, ${load}`,
			value: rounded(open.answer.p95),
			unit: 'ms',
			ratio: rounded(open.answer.p95 / closed.answer.p95),
		},
		...(memory === undefined
			? []
			: [
					{ name: `inbox: memory of n8n early, ${load}`, value: memory.early, unit: 'MB' },
					{ name: `inbox: memory of n8n late, ${load}`, value: memory.late, unit: 'MB' },
				]),
	];
};

function printInbox(measured: InboxLoadReport): readonly Expectation[] {
	print();
	print(
		`  ${bold(`The inbox with ${measured.pages} pages open, ${shown(measured.messagesPerMinute)} messages a minute`)}`,
	);
	for (const line of columns(inboxRows(measured))) print(`  ${line}`);
	return inboxExpectations(measured);
}

/** Measures the inbox alone and puts it into the report of the last whole run. */
async function measureInboxAlone(quick: boolean): Promise<void> {
	const loadBefore = load();
	print(dim(`  The inbox alone, on a load of ${loadBefore.toFixed(1)}; the other figures of the report stay.`));
	const measured = await measureInbox(quick, narrator());
	const expectations = printInbox(measured);
	for (const { expected, measured: found, fine } of expectations)
		print(`  ${verdict(fine)} ${expected}: ${bold(found)}`);
	writePartOfReport(reportFile, {
		figures: inboxFigures(measured),
		expectations,
		remark: `The inbox was measured alone on ${new Date().toISOString().slice(0, 10)} for ${measured.seconds} s, at a load of ${loadBefore.toFixed(1)}.`,
		replaces: {
			figure: /^inbox: /,
			expectation: /^With \d+ pages open|^Customers wait |^Memory of n8n after /,
			remark: /^The inbox was measured alone/,
		},
	});
}

/** A hundred thousand contacts; a quick run a fifth of them. */
const measureWazzup = async (
	folder: string,
	quick: boolean,
	narrate: (line: string) => void,
): Promise<readonly SyncCosts[]> => await wazzupSyncCosts(folder, quick ? 20_000 : 100_000, narrate);

function printWazzup(costs: readonly SyncCosts[]): readonly Expectation[] {
	print();
	print(`  ${bold(`Wazzup: ${shown(costs[0]?.contacts ?? 0)} contacts`)}`);
	for (const line of columns(syncRows(costs))) print(`  ${line}`);
	return syncExpectations(costs);
}

/** Measures the sync with Wazzup alone and puts it into the report of the last whole run. */
async function measureWazzupAlone(folder: string, quick: boolean): Promise<void> {
	const loadBefore = load();
	print(dim(`  Wazzup alone, on a load of ${loadBefore.toFixed(1)}; the other figures of the report stay.`));
	const costs = await measureWazzup(folder, quick, narrator());
	const expectations = printWazzup(costs);
	print();
	for (const { expected, measured: found, fine } of expectations)
		print(`  ${verdict(fine)} ${expected}: ${bold(found)}`);
	writePartOfReport(reportFile, {
		figures: syncFigures(costs),
		expectations,
		remark: `Wazzup was measured alone on ${new Date().toISOString().slice(0, 10)}, at a load of ${loadBefore.toFixed(1)}.`,
		replaces: { figure: /^wazzup: /, expectation: /^Wazzup on /, remark: /^Wazzup was measured alone/ },
	});
}

/** What a payment link costs beyond Stripe's own answer. */
const measurePayments = async (
	folder: string,
	quick: boolean,
	narrate: (line: string) => void,
): Promise<readonly LinkCosts[]> => await paymentLinkCosts(folder, quick ? 25 : 100, narrate);

function printPayments(costs: readonly LinkCosts[]): readonly Expectation[] {
	print();
	print(`  ${bold('Payment links')}`);
	for (const line of columns(linkRows(costs))) print(`  ${line}`);
	return linkExpectations(costs);
}

/** Measures payment links alone and puts them into the report of the last whole run. */
async function measurePaymentsAlone(folder: string, quick: boolean): Promise<void> {
	const loadBefore = load();
	print(dim(`  Payment links alone, on a load of ${loadBefore.toFixed(1)}; the other figures of the report stay.`));
	const costs = await measurePayments(folder, quick, narrator());
	const expectations = printPayments(costs);
	print();
	for (const { expected, measured: found, fine } of expectations)
		print(`  ${verdict(fine)} ${expected}: ${bold(found)}`);
	writePartOfReport(reportFile, {
		figures: linkFigures(costs),
		expectations,
		remark: `Payment links were measured alone on ${new Date().toISOString().slice(0, 10)}, at a load of ${loadBefore.toFixed(1)}.`,
		replaces: { figure: /^payment link: /, expectation: /^Payment link on /, remark: /^Payment links were / },
	});
}

function expectationsOf({ comparisons, steady }: OnN8n, classifyMicroseconds: number): Expectation[] {
	const lazy = comparisons.find(({ engine }) => engine.lazyAcquire);
	const times = lazy === undefined ? 0 : perSecond(lazy.ours) / perSecond(lazy.rival);
	const crowds = [...comparisons.map(({ ours }) => ours), steady];
	const wrote = crowds.reduce((sum, crowd) => sum + crowd.wrote, 0);
	const once = crowds.reduce((sum, crowd) => sum + crowd.answered - crowd.answeredTwice, 0);
	return [
		{
			expected: `With lazy acquire at least ${EXPECTED.times} times the answered messages of n8n's own nodes`,
			measured: `${shown(times)} times`,
			fine: times >= EXPECTED.times,
		},
		{
			expected: `At ${STEADY_PER_SECOND} messages a second 99 of 100 acknowledged under ${EXPECTED.acknowledgementMs} ms`,
			measured: `${shown(steady.acknowledgement.p99)} ms`,
			fine: steady.acknowledgement.p99 < EXPECTED.acknowledgementMs,
		},
		{ expected: 'Every message answered exactly once', measured: `${once} of ${wrote}`, fine: crowds.every(onceEach) },
		{
			expected: `Half of all classify calls under ${EXPECTED.classifyMicroseconds} µs`,
			measured: `${shown(classifyMicroseconds)} µs`,
			fine: classifyMicroseconds < EXPECTED.classifyMicroseconds,
		},
	];
}

function printCosts(costs: readonly Cost[]): void {
	if (costs.length === 0) return;
	const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
	print();
	print(`  ${bold("Where n8n's time goes at full speed, lazy acquire, this package")}`);
	for (const line of columns(costs.map(({ place, share }) => [place, percent(share)]))) print(`  ${line}`);
	print();
	for (const { place, functions } of costs.slice(0, 5)) {
		print(dim(`  ${place}: ${functions.map(({ name, share }) => `${name} ${percent(share)}`).join(', ')}`));
	}
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			/** Only the cost of a turn with a million stored messages. */
			turns: { type: 'boolean', default: false },
			/** Only the inbox with many pages open. */
			inbox: { type: 'boolean', default: false },
			/** Only the sync of many contacts with Wazzup. */
			wazzup: { type: 'boolean', default: false },
			/** Only what a payment link costs. */
			payments: { type: 'boolean', default: false },
			profile: { type: 'boolean', default: false },
			/** Measures another workflow than the shipped one. */
			workflow: { type: 'string' },
		},
	});
	const template =
		values.workflow === undefined
			? shippedTemplate('customer-service-bot.json')
			: (JSON.parse(readFileSync(values.workflow, 'utf8')) as WorkflowFile);
	const folder = runFolder('bench');
	if (values.turns) {
		await measureTurns(folder);
		rmSync(folder, { recursive: true, force: true });
		return;
	}
	if (values.inbox) {
		await measureInboxAlone(values.quick);
		rmSync(folder, { recursive: true, force: true });
		return;
	}
	if (values.wazzup) {
		await measureWazzupAlone(folder, values.quick);
		rmSync(folder, { recursive: true, force: true });
		return;
	}
	if (values.payments) {
		await measurePaymentsAlone(folder, values.quick);
		rmSync(folder, { recursive: true, force: true });
		return;
	}
	const shared = otherWork(load());
	print();
	print(bold('  WhatsApp CRM · benchmark'));
	print(dim(`  ${machine()} · Node ${process.versions.node} · n8n ${versionOfN8n()}`));
	print(dim(`  ${values.quick ? 'Quick: about four minutes' : 'About 20 minutes'}; nothing leaves this machine.`));
	if (shared !== undefined) print(dim(`  ${shared}`));
	print();
	const narrate = narrator();

	narrate('Single calls: classify, proving and reading a webhook, simulating past chats');
	const classified = classifyCost();
	const simulated = simulationCost(10_000);
	const webhook = webhookCost();
	const many = values.quick ? 20_000 : MANY_MESSAGES;
	narrate(`A turn with 10 and with ${shown(many)} stored messages`);
	const turns = await turnCosts(join(folder, 'turns'), 10, many);
	const onN8n = await compareOnN8n({ quick: values.quick, profile: values.profile, template }, folder, narrate);
	const inbox = await measureInbox(values.quick, narrate);
	const wazzup = await measureWazzup(folder, values.quick, narrate);
	const payments = await measurePayments(folder, values.quick, narrate);
	const loadAtTheEnd = load();

	for (const comparison of onN8n.comparisons) printComparison(comparison);
	const { steady, sustained, costs } = onN8n;
	print();
	print(`  ${bold(`${STEADY_PER_SECOND} messages a second, lazy acquire, this package`)}`);
	const steadyRows = [
		['Acknowledged in, ms (p50 / p99)', `${shown(steady.acknowledgement.p50)} / ${shown(steady.acknowledgement.p99)}`],
		['Answered in, ms (p50 / p99)', `${shown(steady.answer.p50)} / ${shown(steady.answer.p99)}`],
		['Peak memory of n8n, MB', megabytesShown(steady.megabytes)],
		['Customers answered once / who wrote', `${steady.answered - steady.answeredTwice} / ${steady.wrote}`],
		...(sustained === undefined ? [] : [['Highest load carried, messages per second', shown(sustained)]]),
	];
	for (const line of columns(steadyRows)) print(`  ${line}`);
	print();
	print(`  ${bold('Single costs')}`);
	const single = [
		[`One classify call (median of ${shown(classified.messages)} messages)`, `${shown(classified.microseconds)} µs`],
		['Proving and reading one webhook', `${shown(webhook)} µs`],
		[
			`Reading and simulating ${shown(simulated.messages)} messages of past chats`,
			`${shown(simulated.milliseconds)} ms`,
		],
		...turnRows(turns),
	];
	for (const line of columns(single)) print(`  ${line}`);
	printCosts(costs);
	const ofInbox = printInbox(inbox);
	const ofWazzup = printWazzup(wazzup);
	const ofPayments = printPayments(payments);

	const expectations = [
		...expectationsOf(onN8n, classified.microseconds),
		turnExpectation(turns),
		...ofInbox,
		...ofWazzup,
		...ofPayments,
	];
	print();
	for (const { expected, measured, fine } of expectations) print(`  ${verdict(fine)} ${expected}: ${bold(measured)}`);

	const remarks = [
		'Every customer is new and writes "hola" once; a message is answered when the simulated Meta accepted the reply.',
		"n8n's own data on PostgreSQL, which does not wait for the disk (to the advantage of n8n's own nodes); the package's store on SQLite, which does.",
		...(values.quick ? ['A quick run: phases of some seconds, so take the ratios rather than the figures.'] : []),
		...(shared === undefined
			? []
			: [shared, `At the end the load was ${loadAtTheEnd.toFixed(1)}, this program's own included.`]),
		...costs.slice(0, 5).map(({ place, share }) => `CPU of n8n at full speed: ${place} ${(share * 100).toFixed(1)} %`),
	];
	writeReport(reportFile, {
		figures: [
			...figuresOf(onN8n),
			{ name: 'classify, median', value: rounded(classified.microseconds), unit: 'µs' },
			{ name: 'webhook proved and read, median', value: rounded(webhook), unit: 'µs' },
			{
				name: `${simulated.messages} messages of past chats read and simulated, median`,
				value: rounded(simulated.milliseconds),
				unit: 'ms',
			},
			...turnFigures(turns),
			...inboxFigures(inbox),
			...syncFigures(wazzup),
			...linkFigures(payments),
		],
		expectations,
		remarks,
		machine: machine(),
		node: process.versions.node,
		n8n: versionOfN8n(),
		date: new Date().toISOString(),
	});
	print();
	print(dim('  Written to test/bench/report.json.'));
	rmSync(folder, { recursive: true, force: true });
}

main().catch((error: unknown) => {
	print();
	print(styleText('red', `  ${error instanceof Error ? error.message : String(error)}`));
	process.exitCode = 1;
});
