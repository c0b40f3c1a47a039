import { moneyInWords } from '../../nodes/shared/domain/knowledge/itemAnswer';
import { writeMoney } from '../../nodes/shared/domain/payments/money';
import { localeOf } from '../../nodes/shared/domain/profile/locale';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';

describe('money is written as the reader writes it', () => {
	test.each([
		['es', 'CO', 'es-CO'],
		['es', 'MX', 'es-MX'],
		['en', 'CO', 'en-CO'],
		['pt-BR', 'BR', 'pt-BR'],
		['pt-BR', 'CO', 'pt-BR'],
	])('%s in %s is %s', (language, country, locale) => {
		expect(localeOf(language, { country })).toBe(locale);
	});

	test.each(['es', 'en', 'pt-BR'])(
		'a price of the catalogue and an amount to pay are written alike in %s',
		(language) => {
			const profile = profiles.prosuministros;
			const paid = writeMoney({ minor: 45_000_000, currency: 'COP' }, localeOf(language, profile));
			expect(moneyInWords('450000', 'COP', profile, language)).toBe(paid.replace(/\u00a0/g, ' '));
		},
	);

	test('a Brazilian reads reais as at home, also of a business of another country', () => {
		expect(moneyInWords('1450.5', 'BRL', profiles.prosuministros, 'pt-BR')).toBe('R$ 1.450,50');
	});
});
