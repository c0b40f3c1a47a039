import * as fastCheck from 'fast-check';

export * from 'fast-check';

const FIXED_SEED = 20_261_122;

/**
 * fast-check's `assert` on one fixed seed: the same examples on every machine, so that no build fails by chance. Chance
 * is for the hunt: `PROPERTY_SEED=random PROPERTY_RUNS=50 npx jest …` takes other examples each time, fifty times as
 * many. What fails prints its seed; with PROPERTY_SEED and PROPERTY_RUNS as they were it fails again.
 */
export function assert<Ts>(
	property: fastCheck.IAsyncProperty<Ts>,
	parameters?: fastCheck.Parameters<Ts>,
): Promise<void>;
export function assert<Ts>(property: fastCheck.IProperty<Ts>, parameters?: fastCheck.Parameters<Ts>): void;
export function assert<Ts>(
	property: fastCheck.IRawProperty<Ts>,
	parameters: fastCheck.Parameters<Ts> = {},
): Promise<void> | void {
	const { numRuns = 100 } = parameters;
	return fastCheck.assert(property, { ...parameters, ...seedOf(process.env), numRuns: numRuns * runsOf(process.env) });
}

/** The seed that the environment asks for: none is the fixed one, `random` is fast-check's own choice. */
export function seedOf({ PROPERTY_SEED: asked }: NodeJS.ProcessEnv): { readonly seed?: number } {
	if (asked === 'random') return {};
	return { seed: asked === undefined ? FIXED_SEED : wholeNumber('PROPERTY_SEED', asked) };
}

/** How many times as many examples the environment asks for. */
export function runsOf({ PROPERTY_RUNS: asked }: NodeJS.ProcessEnv): number {
	return asked === undefined ? 1 : wholeNumber('PROPERTY_RUNS', asked);
}

function wholeNumber(name: string, asked: string): number {
	const number = Number(asked);
	if (!Number.isSafeInteger(number) || asked.trim() === '')
		throw new Error(`${name} is a whole number, not '${asked}'`);
	return number;
}
