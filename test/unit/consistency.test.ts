import {
	confirmed,
	conversationFindings,
	fileFindings,
	paymentFindings,
} from '../../nodes/shared/domain/consistency/findings';
import { stretchesOf } from '../../nodes/shared/domain/consistency/sample';
import { consistencyInWords, findingInWords } from '../../nodes/shared/text/consistencyTexts';
import * as fc from '../support/properties';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_760_000_000_000;

describe('O15: what is a finding, and from when on', () => {
	const conversation = {
		turnDueAt: null,
		waitingSince: undefined,
		untoldSince: undefined,
		hasAddress: true,
		hasUnknownOwner: false,
	};

	test.each([
		['the bot’s turn', { turnDueAt: NOW - HOUR }, { turnDueAt: NOW - HOUR - 1 }, 'turn_overdue'],
		['a message that waits', { waitingSince: NOW - HOUR }, { waitingSince: NOW - HOUR - 1 }, 'messages_stuck'],
		['the channel’s word', { untoldSince: NOW - DAY }, { untoldSince: NOW - DAY - 1 }, 'statuses_missing'],
	])('%s has its time', (_what, inTime, late, rule) => {
		expect(conversationFindings({ ...conversation, ...inTime }, NOW)).toEqual([]);
		expect(conversationFindings({ ...conversation, ...late }, NOW)).toEqual([{ rule }]);
	});

	test('a payment that the provider has refused lacks no link, and money that is here lacks nothing', () => {
		const payment = {
			charge: 'asked',
			isPaid: false,
			contact: 'nobody',
			unwonLead: undefined,
			silentCase: undefined,
			hasLink: false,
			wasRefused: true,
			askedAt: NOW - DAY,
			expiresAt: null,
		} as const;
		expect(paymentFindings(payment, NOW)).toEqual([]);
		expect(paymentFindings({ ...payment, charge: 'here', isPaid: true, expiresAt: NOW - 9 * DAY }, NOW)).toEqual([]);
	});

	test.each(['failed', 'expired'] as const)('a file that is %s is known to be lost', (state) => {
		expect(fileFindings({ state, createdAt: 0, size: 3, sizeOfBytes: undefined }, NOW)).toEqual([]);
	});

	test('only what holds at both looks holds, in the words of the second', () => {
		const first = [{ rule: 'owner_gone' }, { rule: 'phone_invalid', values: { phone: '1' } }] as const;
		const second = [{ rule: 'phone_invalid', values: { phone: '2' } }, { rule: 'audit_broken' }] as const;
		expect(confirmed(first, second)).toEqual([{ rule: 'phone_invalid', values: { phone: '2' } }]);
	});
});

describe('where a sample looks', () => {
	const idOf = (time: number): string => {
		const digits = time.toString(16).padStart(12, '0');
		return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
	};

	test('every record lies in one stretch, whatever the number', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 41 }), { minLength: 1, maxLength: 40 }),
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 0, max: 120_000 }),
				(times, count, sample) => {
					const ids = times.map(idOf).sort();
					const ends = { first: ids[0] ?? '', last: ids.at(-1) ?? '' };
					const stretches = stretchesOf(ends, count, sample);
					expect(stretches.length).toBeLessThanOrEqual(count + 1);
					for (const id of ids) {
						const around = stretches.filter(({ from, below }) => id >= from && (below === undefined || id < below));
						expect(around).toHaveLength(1);
					}
				},
			),
		);
	});

	test('one record, or ids that tell no time, are one stretch', () => {
		expect(stretchesOf({ first: idOf(NOW), last: idOf(NOW) }, 20, 1)).toEqual([{ from: '' }]);
		expect(stretchesOf({ first: 'xyz', last: 'xyz' }, 20, 1)).toEqual([{ from: '' }]);
	});
});

describe('the report', () => {
	const findings = ['Laura', 'Pedro', 'Ana', 'Luis'].map(
		(subject) => ({ rule: 'won_without_amount', kind: 'lead', subject }) as const,
	);
	const report = {
		business: 'PROSUMINISTROS',
		day: '2026-03-10',
		checked: 1_000,
		agree: 995,
		byRule: [
			{ rule: 'won_without_amount', count: 4 },
			{ rule: 'number_gap', count: 1 },
		],
		findings: [...findings, { rule: 'number_gap', values: { count: '2', numbers: 'PS-2026-000002, PS-2026-000003' } }],
	} as const;

	test('says how much agrees, then a line for each thing with the first names', () => {
		expect(consistencyInWords(report, 'es').text).toBe(
			[
				'*Revisión de consistencia · PROSUMINISTROS · 2026-03-10*',
				'995 de 1000 registros coinciden.',
				'• Leads ganados sin valor (4): Laura, Pedro, Ana y 1 más\n• Números de caso sin caso: Se dieron 2 números que no tienen caso: PS-2026-000002, PS-2026-000003.',
			].join('\n\n'),
		);
	});

	test('with nothing to tell it is two lines, and says so of an empty desk', () => {
		const clean = { ...report, agree: 1_000, byRule: [], findings: [] };
		expect(consistencyInWords(clean, 'en').text.split('\n\n')).toEqual([
			'*Consistency check · PROSUMINISTROS · 2026-03-10*',
			'1000 of 1000 records agree.',
		]);
		expect(consistencyInWords({ ...clean, checked: 0 }, 'es').text).toContain('No había registros que revisar.');
	});

	test('values stand in the words as they are, also those that every object inherits and signs of a replacement', () => {
		const { what } = findingInWords(
			{ rule: 'phone_shared', kind: 'contact', subject: 'Ana', values: { phone: '$&', other: '{phone} constructor' } },
			'es',
		);
		expect(what).toBe('El teléfono $& también es de {phone} constructor.');
	});
});
