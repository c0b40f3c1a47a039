import { matchAdvisor, doesNotRemember, meansTheUsual } from '../../nodes/shared/domain/cases/advisorMatch';
import { areaName, areaOf } from '../../nodes/shared/domain/cases/areaRouting';
import { formatCaseNumber } from '../../nodes/shared/domain/cases/caseNumber';
import { findDuplicate } from '../../nodes/shared/domain/cases/duplicateRule';
import type { CaseType } from '../../nodes/shared/domain/conversation/types';
import { CASE_TYPES } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { advisors } from '../support/dialogue';
import * as fc from '../support/properties';

describe('P1: the case number', () => {
	test.each([
		['PS-{YYYY}-{000001}', 42, 'PS-2026-000042'],
		['PS-{YYYY}-{000001}', 1_234_567, 'PS-2026-1234567'],
		['{YY}{MM}{DD}/{1}', 7, '261122/7'],
	])('%s with counter %i is %s', (pattern, counter, number) => {
		expect(formatCaseNumber(pattern, counter, new Date('2026-11-22T15:00:00Z'), 'America/Bogota')).toBe(number);
	});

	test('the year is the one of the business, not of Greenwich', () => {
		const newYear = new Date('2027-01-01T03:00:00Z');

		expect(formatCaseNumber('{YYYY}', 1, newYear, 'America/Bogota')).toBe('2026');
		expect(formatCaseNumber('{YYYY}', 1, newYear, 'UTC')).toBe('2027');
	});

	test('different counters never give the same number', () => {
		fc.assert(
			fc.property(fc.nat(), fc.nat(), (left, right) => {
				const at = new Date('2026-11-22T15:00:00Z');
				const number = (counter: number) => formatCaseNumber('PS-{YYYY}-{000001}', counter, at, 'America/Bogota');
				expect(number(left) === number(right)).toBe(left === right);
			}),
		);
	});
});

describe('B9: every kind of case has an area with a name', () => {
	test.each<[CaseType, string]>([
		['quotation', 'Comercial'],
		['information', 'Comercial'],
		['order_status', 'Comercial'],
		['support', 'Soporte técnico'],
		['documents', 'Documentación'],
		['billing', 'Financiera'],
		['other', 'Comercial'],
	])('%s goes to %s', (type, name) => {
		expect(areaName(areaOf(type, prosuministros), prosuministros)).toBe(name);
	});

	test('no kind is without one', () => {
		for (const type of CASE_TYPES)
			expect(prosuministros.areas.map(({ key }) => key)).toContain(areaOf(type, prosuministros));
	});
});

describe('D16: the same subject inside the window', () => {
	const now = new Date('2026-11-22T15:00:00Z');
	const open = (type: CaseType, subject: string | undefined, hoursAgo: number) => ({
		id: 'case-1',
		number: 'PS-1',
		type,
		status: 'open',
		updatedAt: new Date(now.getTime() - hoursAgo * 3_600_000).toISOString(),
		...(subject === undefined ? {} : { subject }),
	});

	test.each<[string, ReturnType<typeof open>, string | undefined, boolean]>([
		['same product, other words', open('quotation', '20 portátiles Lenovo', 1), 'portátil', true],
		['no product named now', open('quotation', '20 portátiles Lenovo', 1), undefined, true],
		['no product named then', open('quotation', undefined, 1), 'impresoras', true],
		['another product', open('quotation', '20 portátiles Lenovo', 1), 'impresoras epson', false],
		['the window is over', open('quotation', '20 portátiles Lenovo', 25), 'portátiles', false],
		['another kind', open('support', 'portátiles', 1), 'portátiles', false],
		['the same order', open('quotation', '4521', 1), '4521', true],
		['another order', open('quotation', '4521', 1), '9987', false],
	])('%s', (_name, existing, about, same) => {
		const found = findDuplicate(
			[existing],
			{ types: ['quotation'], ...(about === undefined ? {} : { about }) },
			now,
			24,
		);

		expect(found !== undefined).toBe(same);
	});
});

describe('B8, D9: the advisor a customer names', () => {
	test.each([
		['Carlos Ramírez', 'Carlos Ramírez'],
		['carlos ramires', 'Carlos Ramírez'],
		['CARLOS', 'Carlos Ramírez'],
		['me atendió el señor Ramirez', 'Carlos Ramírez'],
		['con la señora laura gomes', 'Laura Gómez'],
		['Lau', 'Laura Gómez'],
		['Carlita', 'Carla Rojas'],
		['andres pena', 'Andrés Felipe Peña'],
		['creo que fue felipe', 'Andrés Felipe Peña'],
	])('“%s” is %s', (text, name) => {
		expect(matchAdvisor(text, advisors)).toEqual({ kind: 'found', advisor: expect.objectContaining({ name }) });
	});

	test('a name that fits two is ambiguous', () => {
		expect(matchAdvisor('Carl', advisors)).toMatchObject({
			kind: 'ambiguous',
			advisors: [{ name: 'Carla Rojas' }, { name: 'Carlos Ramírez' }],
		});
	});

	test('a stranger is not found, and at most two near names are offered, never the staff list', () => {
		const match = matchAdvisor('Zoraida Quintero', advisors);

		expect(match.kind).toBe('not_found');
		expect(match.kind === 'not_found' && match.near.length).toBeLessThanOrEqual(2);
	});

	test.each(['no recuerdo', 'no me acuerdo', 'ni idea', 'no sé', 'se me olvidó', 'compré por la página'])(
		'“%s” names nobody',
		(text) => {
			expect(doesNotRemember(text)).toBe(true);
		},
	);

	test.each(['el de siempre', 'la misma de siempre', 'mi asesora'])('“%s” is the owner on record', (text) => {
		expect(meansTheUsual(text)).toBe(true);
	});

	test('every advisor is found by the full name, however it is written', () => {
		fc.assert(
			fc.property(fc.constantFrom(...advisors), fc.constantFrom('upper', 'lower', 'bare'), ({ name }, way) => {
				const text =
					way === 'upper'
						? name.toUpperCase()
						: way === 'lower'
							? name.toLowerCase()
							: name.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
				expect(matchAdvisor(text, advisors)).toEqual({ kind: 'found', advisor: expect.objectContaining({ name }) });
			}),
		);
	});
});
