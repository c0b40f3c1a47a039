import * as fc from '../support/properties';

/** The first numbers that a property is asked with. */
function asked(numRuns = 20): number[] {
	const numbers: number[] = [];
	fc.assert(
		fc.property(fc.integer(), (number) => void numbers.push(number)),
		{ numRuns },
	);
	return numbers;
}

describe('properties are tests that pass or fail the same on every machine', () => {
	const { PROPERTY_SEED, PROPERTY_RUNS } = process.env;
	const given = (values: { PROPERTY_SEED?: string; PROPERTY_RUNS?: string }) => {
		delete process.env.PROPERTY_SEED;
		delete process.env.PROPERTY_RUNS;
		Object.assign(process.env, values);
	};
	afterEach(() => given({ ...(PROPERTY_SEED && { PROPERTY_SEED }), ...(PROPERTY_RUNS && { PROPERTY_RUNS }) }));

	test('given nothing, then every run takes the same examples', () => {
		given({});
		expect(asked()).toEqual(asked());
	});

	test('given another seed, then other examples, and with the same seed those again', () => {
		given({});
		const fixed = asked();
		given({ PROPERTY_SEED: '7' });
		expect(asked()).not.toEqual(fixed);
		expect(asked()).toEqual(asked());
	});

	test('given a hunt, then as many times the examples, others each time', () => {
		given({ PROPERTY_SEED: 'random', PROPERTY_RUNS: '3' });
		expect(asked(20)).toHaveLength(60);
		expect(asked()).not.toEqual(asked());
	});

	test('what fails prints a seed, and with this seed it fails at the same example', () => {
		const failure = (): string => {
			const over = fc.property(fc.integer(), (number) => expect(number).toBeLessThan(1_000));
			try {
				fc.assert(over);
			} catch (reason) {
				return String(reason);
			}
			return 'passed';
		};
		given({ PROPERTY_SEED: 'random' });
		const found = failure();
		given({ PROPERTY_SEED: /seed: (-?\d+)/.exec(found)?.[1] });
		expect(failure()).toBe(found);
		expect(found).toContain('Counterexample: [1000]');
	});

	test.each(['', 'abc', '1.5'])('given the seed %j, then it says what a seed is', (PROPERTY_SEED) => {
		given({ PROPERTY_SEED });
		expect(() => asked()).toThrow(`PROPERTY_SEED is a whole number, not '${PROPERTY_SEED}'`);
	});
});
