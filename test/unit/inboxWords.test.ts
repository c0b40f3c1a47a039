import { addDecimals, multiplyDecimal } from '../../nodes/shared/domain/inbox/decimals';
import { foldedWords, phoneWords, searchTerms } from '../../nodes/shared/domain/inbox/searchWords';
import * as fc from '../support/properties';

test('P3: words are found without their accents, each once, letters and digits only', () => {
	expect(foldedWords('¡Cotización, COTIZACION! 20 sillas (niño)')).toBe('cotizacion 20 sillas nino');
	expect(foldedWords('👍 …')).toBe('');
});

test('P3: whatever is typed, nothing of a query language gets through', () => {
	fc.assert(
		fc.property(fc.string(), (typed) => {
			for (const word of searchTerms(typed).flat()) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
		}),
	);
});

test('P3: every word of a text finds it', () => {
	fc.assert(
		fc.property(fc.array(fc.stringMatching(/^[a-zá-úñ0-9]{1,12}$/), { minLength: 1, maxLength: 5 }), (words) => {
			const kept = foldedWords(words.join(' ')).split(' ');
			const [terms = []] = searchTerms(words.join(' ')).slice(-1);
			expect(terms.every((term) => kept.some((word) => word.startsWith(term)))).toBe(true);
		}),
	);
});

test.each(['+57 300 111 2233', '573001112233', '300-111-2233', '(300) 1112233', '1112233', '2233'])(
	'P3: a number is found as %s',
	(typed) => {
		const kept = foldedWords(phoneWords('+573001112233')).split(' ');
		const found = searchTerms(typed).some((terms) => terms.every((term) => kept.some((word) => word.startsWith(term))));
		expect(found).toBe(true);
	},
);

test('O12: money is added exactly', () => {
	expect(addDecimals('0.1', '0.2')).toBe('0.3');
	expect(addDecimals('1250000', '0.0008')).toBe('1250000.0008');
	expect(multiplyDecimal('0.0125', 3)).toBe('0.0375');
	expect(addDecimals('-1', '0.5')).toBe('-0.5');
	fc.assert(
		fc.property(fc.integer(), fc.integer(), (one, other) => {
			expect(addDecimals(String(one), String(other))).toBe(String(one + other));
		}),
	);
});
