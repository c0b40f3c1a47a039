import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import type { PaymentProvider } from '../../nodes/shared/domain/payments/provider';
import type { PaymentPages } from '../../nodes/shared/usecases/payments/paymentPages';
import type { CreatedAtProvider } from '../../nodes/shared/usecases/payments/requestPayment';
import { projectFolder } from '../support/registered';
import { shippedWorkflow } from '../support/templateDesk';

/** Rooms that must work with whoever collects. */
const NEUTRAL = [
	'nodes/shared/domain',
	'nodes/shared/store',
	'nodes/shared/text',
	'nodes/shared/usecases/inbox',
	'nodes/shared/usecases/metrics',
	'nodes/shared/usecases/payments',
];

function filesIn(folder: string): string[] {
	const full = path.join(projectFolder, folder);
	return readdirSync(full).flatMap((name) => {
		const file = path.join(folder, name);
		return statSync(path.join(projectFolder, file)).isDirectory() ? filesIn(file) : file.endsWith('.ts') ? [file] : [];
	});
}

const withoutComments = (code: string): string =>
	code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1');

describe('payments know nobody who collects (S12)', () => {
	test.each(NEUTRAL)('%s imports nothing of Stripe’s and asks for no provider by its name', (folder) => {
		const told = filesIn(folder).flatMap((file) => {
			const code = withoutComments(readFileSync(path.join(projectFolder, file), 'utf8'));
			const found = code.match(/from '[^']*stripe[^']*'|(?:===|!==|case|provider:)\s*'stripe'/gi) ?? [];
			return found.map((words) => `${file}: ${words}`);
		});
		expect(told).toEqual([]);
	});

	test('the report of what was sold knows only the store', () => {
		expect(JSON.stringify(shippedWorkflow('daily-sales-report.json').nodes)).not.toMatch(/stripe/i);
	});

	test('whoever can be asked back, listed and given pages collects: that is all that is wanted of them', () => {
		const page: CreatedAtProvider = { providerId: 'preference-1', url: 'https://pay.example/1' };
		const somebody = {
			name: 'somebody',
			mode: 'test',
			readBack: async () => await Promise.resolve(undefined),
			list: async () => await Promise.resolve({ truths: [] }),
			lookAgain: async () => await Promise.resolve([]),
			stateOf: async () => await Promise.resolve('open' as const),
			close: async () => await Promise.resolve('closed' as const),
			again: async () => await Promise.resolve(page),
		} satisfies PaymentProvider & PaymentPages;
		expect(Object.keys(somebody)).toHaveLength(8);
	});
});
