import { eventually } from '../support/host/waiting';

/** One place that the processor's time went to. */
export interface Cost {
	/** A package, a part of Node, or "garbage collector". */
	readonly place: string;
	/** Of the time that the process was not idle, 0 to 1. */
	readonly share: number;
	/** Its most expensive functions, with their shares. */
	readonly functions: ReadonlyArray<{ readonly name: string; readonly share: number }>;
}

interface ProfileNode {
	readonly id: number;
	readonly callFrame: { readonly functionName: string; readonly url: string };
	readonly children?: readonly number[];
}

interface CpuProfile {
	readonly nodes: readonly ProfileNode[];
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
}

/** A running profile of another process. */
export interface Profiling {
	/** Ends it and gives the largest costs, largest first. */
	stop(): Promise<readonly Cost[]>;
}

/**
 * Profiles a process that was started with `--inspect-port=127.0.0.1:<port>`: SIGUSR1 opens its inspector, so nothing is
 * paid before.
 */
export async function profileProcess(pid: number, port: number): Promise<Profiling> {
	process.kill(pid, 'SIGUSR1');
	const address = await eventually(
		'the inspector of n8n',
		async () => {
			const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as ReadonlyArray<{
				webSocketDebuggerUrl: string;
			}>;
			return targets[0]?.webSocketDebuggerUrl;
		},
		{ within: 10_000 },
	);
	const socket = new WebSocket(address);
	const answers = new Map<number, (result: unknown) => void>();
	let counter = 0;
	socket.addEventListener('message', ({ data }) => {
		const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown };
		if (id === undefined) return;
		answers.get(id)?.(result);
		answers.delete(id);
	});
	await new Promise<void>((resolve, reject) => {
		socket.addEventListener('open', () => resolve());
		socket.addEventListener('error', () => reject(new Error('The inspector of n8n refused the connection')));
	});
	const call = <Result>(method: string, params: Record<string, unknown> = {}): Promise<Result> =>
		new Promise((resolve) => {
			counter += 1;
			answers.set(counter, (result) => resolve(result as Result));
			socket.send(JSON.stringify({ id: counter, method, params }));
		});
	await call('Profiler.enable');
	await call('Profiler.setSamplingInterval', { interval: 500 });
	await call('Profiler.start');
	return {
		stop: async () => {
			const { profile } = await call<{ profile: CpuProfile }>('Profiler.stop');
			socket.close();
			return largestCosts(profile);
		},
	};
}

/** Where a function lives, as a person would say it; undefined for native code that somebody else called. */
function placeOf({ functionName, url }: ProfileNode['callFrame']): string | undefined {
	if (functionName === '(garbage collector)') return 'garbage collector';
	if (functionName === '(program)') return 'native code';
	const inPackages = url.split('/node_modules/');
	if (inPackages.length > 1) {
		const [scope = '', name = ''] = (inPackages.at(-1) ?? '').split('/');
		return scope.startsWith('@') ? `${scope}/${name}` : scope;
	}
	return url.startsWith('node:') ? 'Node' : undefined;
}

/** The places that the time went to, without the time of what they called. */
export function largestCosts(profile: CpuProfile, count = 8): readonly Cost[] {
	const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
	const callers = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
	/** SQLite's work belongs to who asked for it, not to "native code". */
	const responsibleFor = (id: number | undefined): string => {
		if (id === undefined) return 'native code';
		const node = nodes.get(id);
		return (node === undefined ? undefined : placeOf(node.callFrame)) ?? responsibleFor(callers.get(id));
	};
	const places = new Map<string, { total: number; functions: Map<string, number> }>();
	let busy = 0;
	for (const [index, id] of profile.samples.entries()) {
		const frame = nodes.get(id)?.callFrame;
		if (frame === undefined || frame.functionName === '(idle)') continue;
		const taken = profile.timeDeltas[index] ?? 0;
		busy += taken;
		const place = responsibleFor(id);
		const known = places.get(place) ?? { total: 0, functions: new Map<string, number>() };
		known.total += taken;
		const file = frame.url.split('/').at(-1) ?? '';
		const name = `${frame.functionName || '(anonymous)'}${file === '' ? '' : ` ${file}`}`;
		known.functions.set(name, (known.functions.get(name) ?? 0) + taken);
		places.set(place, known);
	}
	return [...places]
		.map(([place, { total, functions }]) => ({
			place,
			share: total / busy,
			functions: [...functions]
				.map(([name, taken]) => ({ name, share: taken / busy }))
				.sort((one, other) => other.share - one.share)
				.slice(0, 4),
		}))
		.sort((one, other) => other.share - one.share)
		.slice(0, count);
}
