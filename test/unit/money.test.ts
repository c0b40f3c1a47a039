import {
	decimalOf,
	readCurrency,
	readMoney,
	readPositiveMoney,
	shareOf,
	writeMoney,
} from '../../nodes/shared/domain/payments/money';
import * as fc from '../support/properties';

describe('amounts as people write them, in the minor units of the currency', () => {
	test.each([
		['250.000', 'COP', 25_000_000],
		['$ 250.000', 'COP', 25_000_000],
		['1,5 millones', 'COP', 150_000_000],
		['300 mil', 'COP', 30_000_000],
		['1.250.000,50', 'COP', 125_000_050],
		['15.990', 'CLP', 15_990],
		['1.200.000', 'PYG', 1_200_000],
		['1,250.50', 'MXN', 125_050],
		['R$ 99,90', 'BRL', 9_990],
		['99.90', 'USD', 9_990],
		['USD 1,000', 'USD', 100_000],
		['5.000', 'UGX', 500_000],
		['1.500', 'ISK', 150_000],
		['12.34', 'KWD', 12_340],
		['1500', 'KWD', 1_500_000],
		['12.500', 'JPY', 12_500],
		['0.500', 'USD', 50],
		['0,500', 'KWD', 500],
		['100 mil 500', 'COP', 10_050_000],
		['1 millón 200 mil', 'COP', 120_000_000],
		['2 millones y 350 mil 500', 'COP', 235_050_000],
		['millón y medio', 'COP', 150_000_000],
		['medio millón', 'CLP', 500_000],
		['5 millones de pesos', 'COP', 500_000_000],
		['$ 250k', 'MXN', 25_000_000],
		['veinte mil', 'COP', 2_000_000],
		['0,5 millones', 'PYG', 500_000],
		['99USD', 'USD', 9_900],
		['99 dólares', 'USD', 9_900],
		['S/ 99,90', 'PEN', 9_990],
		['€99,90', 'EUR', 9_990],
		['$U 1.500', 'UYU', 150_000],
		['1250.0000', 'COP', 125_000],
		[99.9, 'USD', 9_990],
		[250_000, 'COP', 25_000_000],
	])('S2: %s %s is %i', (written, currency, minor) => {
		expect(readMoney(written, currency)).toEqual({ minor, currency });
	});

	test.each([
		['USD 99', 'COP', /is in USD, not in COP/],
		['US$ 99', 'MXN', /is in USD, not in MXN/],
		['€99', 'COP', /is in EUR, not in COP/],
		['£99', 'USD', /is in GBP, not in USD/],
		['R$ 99,90', 'USD', /is in BRL, not in USD/],
		['MX$ 99', 'COP', /is in MXN, not in COP/],
		['99 pesos', 'USD', /is in pesos, not in USD/],
		['99 euros', 'COP', /is in EUR, not in COP/],
		['gratis', 'COP', /no amount/],
		['-5 mil', 'COP', /no amount/],
		['− 5 mil', 'COP', /no amount/],
		['(5 mil)', 'COP', /no amount/],
		['entre 100 mil y 200 mil', 'COP', /no amount/],
		['5 mil menos 1 mil', 'COP', /no amount/],
		['3 cajas a 250 mil', 'COP', /no amount/],
		['20% de 5 mil', 'COP', /no amount/],
		['2 mil 5', 'COP', /no amount/],
		['1,5 millones 200 mil', 'COP', /no amount/],
		['1.250 millones', 'COP', /no amount/],
		['12500.000', 'COP', /no amount/],
		['1$250', 'COP', /no amount/],
		['1e6', 'COP', /no amount/],
		['0x10', 'USD', /no amount/],
		['５００', 'COP', /no amount/],
		['١٢٣', 'COP', /no amount/],
		['constructor', 'COP', /no amount/],
		['0,001', 'USD', /more digits/],
		[`${'9'.repeat(61)}`, 'COP', /no amount/],
		['', 'COP', /no amount/],
		['-5', 'USD', /no amount/],
		['1.250.50', 'COP', /no amount/],
		['12,5', 'CLP', /more digits/],
		['99.999,999', 'USD', /more digits/],
		['5,5', 'UGX', /divided too finely/],
		['12.3450,1', 'KWD', /no amount/],
		['1.500', 'KWD', /no amount/],
		['0', 'COP', /less than can be charged/],
		['0,49', 'USD', /less than can be charged/],
		['9,99', 'MXN', /less than can be charged/],
		['49', 'JPY', /less than can be charged/],
		['10000000000000', 'COP', /more than can be charged/],
		[Number.NaN, 'USD', /no amount/],
	])('S2: %s %s is refused in words', (written, currency, words) => {
		expect(() => readMoney(written, currency)).toThrow(words);
	});

	test('S2: a currency is three letters that exist', () => {
		expect(readCurrency(' cop ')).toBe('COP');
		expect(() => readCurrency('pesos')).toThrow("'Currency' is no currency: 'pesos'");
	});

	test('S2: what is written out is read in again as the same amount', () => {
		const currencies = ['COP', 'CLP', 'PYG', 'MXN', 'BRL', 'USD', 'UGX', 'ISK', 'JPY'];
		fc.assert(
			fc.property(fc.constantFrom(...currencies), fc.integer({ min: 10, max: 99_999_999 }), (currency, hundreds) => {
				const money = { minor: hundreds * 100, currency };
				expect(readMoney(decimalOf(money), currency)).toEqual(money);
				expect(readMoney(writeMoney(money, 'es-CO'), currency)).toEqual(money);
				expect(readMoney(writeMoney(money, 'en-US'), currency)).toEqual(money);
			}),
		);
	});

	test('S2: every amount with cents survives too', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('COP', 'MXN', 'BRL', 'USD'),
				fc.integer({ min: 1000, max: 1e11 }),
				(currency, minor) => {
					expect(readMoney(decimalOf({ minor, currency }), currency).minor).toBe(minor);
					expect(readMoney(writeMoney({ minor, currency }, 'es-CO'), currency).minor).toBe(minor);
				},
			),
		);
	});
});

describe('what is not charged has no least', () => {
	test.each([
		['5', 'MXN', 500],
		['0,10', 'USD', 10],
		['1', 'JPY', 1],
	])('S8: %s %s can be given back', (written, currency, minor) => {
		expect(readPositiveMoney(written, currency)).toEqual({ minor, currency });
	});

	test.each(['0', '0,00', '-1'])('S8: %s is nothing', (written) => {
		expect(() => readPositiveMoney(written, 'USD', 'Amount')).toThrow(/'Amount' is no(?:thing| amount)/);
	});

	test('S8: what no number can hold exactly is refused', () => {
		expect(() => readPositiveMoney('9'.repeat(20), 'USD')).toThrow("'Amount' is more than can be charged");
	});
});

describe('a deposit is a part of a total', () => {
	test.each([
		['1.000.000', 'COP', 30, 30_000_000],
		['99.99', 'USD', 33.33, 3_332],
		['15.990', 'CLP', 50, 7_995],
		['5.001', 'UGX', 50, 250_000],
		['10', 'KWD', 33.333, 3_330],
	])(
		'S2: of %s %s, %d percent, rounded down to what the currency can express',
		(total, currency, percentage, minor) => {
			expect(shareOf(readMoney(total, currency), percentage)).toEqual({ minor, currency });
		},
	);

	test.each([0, 100, -1, Number.NaN])('S2: %d percent is no deposit', (percentage) => {
		expect(() => shareOf(readMoney('100', 'USD'), percentage)).toThrow('is no part of the total');
	});
});

test.each([
	['COP', 25_000_000, 'es-CO', '$ 250.000'],
	['USD', 9_990, 'en-US', '$99.90'],
	['BRL', 9_990, 'pt-BR', 'R$ 99,90'],
	['CLP', 15_990, 'es-CL', '$15.990'],
	['MXN', 125_050, 'es-MX', '$1,250.50'],
])('S2: %s %i in %s is written as %s', (currency, minor, locale, written) => {
	expect(writeMoney({ minor, currency }, locale).replace(/\s/g, ' ')).toBe(written);
});
