import { textParts } from '../../nodes/shared/domain/messages/textParts';
import * as fc from '../support/properties';

describe('a text longer than a messenger takes', () => {
	test('W12: leaves in parts that end where a reader stops', () => {
		expect(textParts('Hola Laura.\n\nEstas son las opciones: una, dos y tres. Dime cuál.', 40)).toEqual([
			'Hola Laura.',
			'Estas son las opciones: una, dos y tres.',
			'Dime cuál.',
		]);
	});

	test('W12: a short one leaves as it is', () => {
		expect(textParts('Hola', 4)).toEqual(['Hola']);
	});

	test('W12: nothing is lost, no part is too long, no sign is cut in two', () => {
		const words = fc.array(fc.constantFrom('hola', '\n', '\n\n', '. ', ' ', '🙌', 'x'.repeat(30), 'ñandú'), {
			maxLength: 40,
		});
		fc.assert(
			fc.property(words, fc.integer({ min: 8, max: 60 }), (pieces, longest) => {
				const text = pieces.join('');
				const parts = textParts(text, longest);
				expect(parts.every((part) => part.length <= longest && part.isWellFormed())).toBe(true);
				expect(parts.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
			}),
		);
	});
});
