/** What a connected model costs (O12): counted where its answer says so, guessed and marked where it does not. */
import { priceOfModel, priceOfTokens, usageOf } from '../../nodes/shared/domain/metrics/modelUsage';
import * as fc from '../support/properties';

const ASKED = ['Sort this message.', '¿Me ayudas con lo de ayer?'];

describe('tokens of an answer', () => {
	test.each<[string, object, object]>([
		[
			'as LangChain counts them',
			{
				content: '{}',
				usage_metadata: { input_tokens: 120, output_tokens: 8, total_tokens: 128 },
				response_metadata: { model_name: 'gpt-4o-mini-2024-07-18' },
			},
			{ model: 'gpt-4o-mini-2024-07-18', inputTokens: 120, outputTokens: 8, estimated: false },
		],
		[
			'as its older versions do',
			{ content: '{}', response_metadata: { model: 'gpt-4o', tokenUsage: { promptTokens: 9, completionTokens: 2 } } },
			{ model: 'gpt-4o', inputTokens: 9, outputTokens: 2, estimated: false },
		],
		[
			'as the provider does itself',
			{ content: '{}', response_metadata: { model: 'claude', usage: { input_tokens: 30, output_tokens: 4 } } },
			{ model: 'claude', inputTokens: 30, outputTokens: 4, estimated: false },
		],
		[
			'guessed of a model that counts nothing',
			{ content: '12345678', usage_metadata: { input_tokens: 0, output_tokens: 0 } },
			{ model: '', inputTokens: 11, outputTokens: 2, estimated: true },
		],
		[
			'guessed where the numbers are none',
			{ content: '', usage_metadata: { input_tokens: -3, output_tokens: 'many' } },
			{ model: '', inputTokens: 11, outputTokens: 0, estimated: true },
		],
	])('O12: %s', (_name, reply, usage) => {
		expect(usageOf(ASKED, reply)).toEqual(usage);
	});

	test('O12: whatever a model answers, it is counted in whole tokens and never fails', () => {
		fc.assert(
			fc.property(fc.array(fc.string()), fc.anything(), (asked, reply) => {
				const { inputTokens, outputTokens, model } = usageOf(asked, reply);
				expect(Number.isInteger(inputTokens) && inputTokens >= 0).toBe(true);
				expect(Number.isInteger(outputTokens) && outputTokens >= 0).toBe(true);
				expect(model.length).toBeLessThanOrEqual(100);
			}),
		);
	});
});

describe('prices', () => {
	const prices = [
		{ model: '', input: '1', output: '2', currency: 'USD' },
		{ model: 'gpt-4o', input: '2.5', output: '10', currency: 'USD' },
		{ model: 'gpt-4o-mini', input: '0.15', output: '0.6', currency: 'USD' },
	];

	test.each([
		['gpt-4o-mini-2024-07-18', '0.15'],
		['GPT-4o-2024-08-06', '2.5'],
		['llama-3', '1'],
		['', '1'],
	])('O12: %s is billed by the longest name that fits', (model, input) => {
		expect(priceOfModel(model, prices)?.input).toBe(input);
	});

	test('O12: nothing is guessed where nobody entered a price', () => {
		expect(priceOfModel('gpt-4o', [])).toBeUndefined();
		expect(priceOfModel('llama-3', prices.slice(1))).toBeUndefined();
	});

	test('O12: what tokens cost is exact', () => {
		expect(priceOfTokens(prices[2], { inputTokens: 120, outputTokens: 8 })).toBe('0.0000228');
		expect(priceOfTokens(prices[1], { inputTokens: 1_000_000, outputTokens: 500_000 })).toBe('7.5');
		expect(priceOfTokens(prices[0], { inputTokens: 0, outputTokens: 0 })).toBe('0');
	});
});
