import { collectionTime, mayWrite, type Purpose } from '../../nodes/shared/domain/consent/mayWrite';
import { newConversation } from '../../nodes/shared/domain/conversation/newConversation';
import { draftLead, fillLead, type LeadSources } from '../../nodes/shared/domain/leads/leadDraft';
import { businessProfileSchema } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import * as fc from '../support/properties';

const said = (...texts: readonly string[]): LeadSources['messages'] =>
	texts.map((text, index) => ({ id: `m${index + 1}`, direction: 'in', type: 'text', text }));

const quotation: LeadSources = {
	contact: { name: 'Juan Pérez', phone: '+573001112233', identification: '1020304050' },
	case: {
		type: 'quotation',
		subject: '20 portátiles Lenovo',
		fields: { product: 'portátiles Lenovo', quantity: '20', detailLevel: 'formal', city: 'Cali' },
		isNamed: true,
	},
	messages: said(
		'hola',
		'necesito cotizar 20 portátiles Lenovo, es urgente',
		'¿traen Windows?',
		'tengo un presupuesto de 30 millones',
		'la vez pasada me pareció muy caro',
	),
	profile: prosuministros,
};

describe('P2, P12: a lead from a conversation', () => {
	test('given a formal quotation, then every field that was said is on the lead, with one to three points', () => {
		expect(draftLead(quotation)).toMatchObject({
			name: 'Juan Pérez',
			phone: '+573001112233',
			identification: '1020304050',
			city: 'Cali',
			requestType: 'quotation',
			product: 'portátiles Lenovo',
			quantity: '20',
			budget: 'tengo un presupuesto de 30 millones',
			urgency: 'high',
			need: '20 portátiles Lenovo',
			nextStep: 'Enviar cotización formal',
			summary: [
				'Cotización formal: portátiles Lenovo (20)',
				'20 portátiles Lenovo',
				'Presupuesto: tengo un presupuesto de 30 millones',
			],
			keyQuestions: ['¿traen Windows?'],
			objections: ['la vez pasada me pareció muy caro'],
			stage: 'MQL',
		});
	});

	test('what was written in two messages is told apart where a lead has one line', () => {
		const { need, summary } = draftLead({
			contact: { name: 'Ana' },
			case: {
				type: 'support',
				subject: 'La impresora no enciende\n\n  es la del segundo piso ',
				fields: {},
				isNamed: true,
			},
			messages: [],
			profile: prosuministros,
		});
		expect(need).toBe('La impresora no enciende · es la del segundo piso');
		expect(summary).toEqual(['La impresora no enciende · es la del segundo piso']);
	});

	test('given nothing but a name, then the lead is one all the same', () => {
		expect(draftLead({ contact: { name: 'Ana' }, messages: [], profile: prosuministros })).toMatchObject({
			name: 'Ana',
			stage: 'Lead',
			score: 0,
			urgency: 'normal',
		});
	});

	test('what is asked for in the chat says more than a case that nobody named; that it is formal stays', () => {
		const state = { ...newConversation(prosuministros), subject: 'y 5 monitores', fields: { product: 'monitores' } };
		const { product, quantity, need, nextStep } = draftLead({
			...quotation,
			case: { type: 'quotation', subject: '20 portátiles', fields: quotation.case?.fields ?? {}, isNamed: false },
			state,
		});
		expect({ product, quantity, need, nextStep }).toEqual({
			product: 'monitores',
			quantity: '5',
			need: 'y 5 monitores',
			nextStep: 'Enviar cotización formal',
		});
	});

	test('whatever was said, the score stays between 0 and 100 and the summary has at most three points', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.string()), fc.array(fc.string()), (fields, texts) => {
				const { score, summary } = draftLead({
					contact: {},
					case: { type: 'quotation', subject: 'x', fields, isNamed: true },
					messages: said(...texts),
					profile: prosuministros,
				});
				expect(score).toBeGreaterThanOrEqual(0);
				expect(score).toBeLessThanOrEqual(100);
				expect(summary?.length ?? 0).toBeLessThanOrEqual(3);
			}),
		);
	});
});

describe('P2: “Actualizar Lead”', () => {
	test.each([undefined, '', []])('nothing that is known is overwritten with %j', (empty) => {
		const known = { name: 'Juan Pérez', product: 'portátiles' };

		expect(fillLead(known, { name: empty as undefined, quantity: '5' })).toEqual({ ...known, quantity: '5' });
	});

	test('updating twice changes nothing more', () => {
		const draft = draftLead(quotation);

		expect(fillLead(fillLead({}, draft), draft)).toEqual(fillLead({}, draft));
	});
});

describe('B16, D25: who may be written to, and when', () => {
	const profile = businessProfileSchema.parse({
		...prosuministros,
		hours: { ...prosuministros.hours, holidays: ['2026-12-08'] },
	});
	const consent = { marketingSince: 1 };

	test.each<[Purpose, string, boolean, string]>([
		['answer', '2026-11-22T15:00:00Z', true, 'an answer on a Sunday'],
		['service', '2026-11-22T15:00:00Z', true, 'a receipt on a Sunday'],
		['marketing', '2026-11-23T13:00:00Z', true, 'Monday 8:00'],
		['marketing', '2026-11-23T11:59:00Z', false, 'Monday 6:59'],
		['marketing', '2026-11-24T00:00:00Z', false, 'Monday 19:00'],
		['collection', '2026-11-21T19:59:00Z', true, 'Saturday 14:59'],
		['collection', '2026-11-21T20:00:00Z', false, 'Saturday 15:00'],
		['marketing', '2026-11-22T15:00:00Z', false, 'Sunday'],
		['marketing', '2026-12-08T15:00:00Z', false, 'a holiday'],
	])('%s at %s: %s (%s)', (purpose, at, allowed) => {
		expect(mayWrite(purpose, consent, new Date(at), profile).allowed).toBe(allowed);
	});

	test('marketing is never sent without consent, nothing of ours after an opt-out', () => {
		const monday = new Date('2026-11-23T15:00:00Z');

		expect(mayWrite('marketing', {}, monday, profile)).toEqual({
			allowed: false,
			code: 'noMarketingConsent',
			reason: expect.stringContaining('not agreed'),
		});
		expect(mayWrite('service', { optedOutAt: 1 }, monday, profile).allowed).toBe(false);
		expect(mayWrite('answer', { optedOutAt: 1 }, monday, profile).allowed).toBe(true);
	});

	test('collection goes out once a day', () => {
		const monday = new Date('2026-11-23T15:00:00Z');

		expect(mayWrite('collection', { lastCollectionAt: monday.getTime() - 3_600_000 }, monday, profile).allowed).toBe(
			false,
		);
		expect(mayWrite('collection', { lastCollectionAt: monday.getTime() - 86_400_000 }, monday, profile).allowed).toBe(
			true,
		);
	});

	test.each<[at: string, last: string | undefined, leaves: string, why: string]>([
		['2026-11-23T15:00:00Z', undefined, '2026-11-23T15:00:00.000Z', 'in the hours: at once'],
		['2026-11-23T11:59:59Z', undefined, '2026-11-23T12:00:00.000Z', 'before seven: at seven'],
		['2026-11-24T00:00:00Z', undefined, '2026-11-24T12:00:00.000Z', 'at nineteen: the next day'],
		['2026-11-28T20:00:00Z', undefined, '2026-11-30T12:00:00.000Z', 'Saturday at fifteen: on Monday'],
		['2026-12-07T23:59:00Z', '2026-12-07T15:00:00Z', '2026-12-09T12:00:00.000Z', 'one today, a holiday tomorrow'],
	])('D25: what is to be collected at %s (the last at %s) leaves at %s: %s', (at, last, leaves) => {
		const lastCollectionAt = last === undefined ? undefined : Date.parse(last);
		const time = collectionTime({ lastCollectionAt }, new Date(at), profile);
		expect(time.toISOString()).toBe(leaves);
		expect(mayWrite('collection', { lastCollectionAt }, time, profile)).toEqual({ allowed: true });
	});

	test('D25: whenever something is to be collected, it leaves at a time at which it may, and never before', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') }),
				fc.option(fc.integer({ min: 0, max: 3 * 86_400_000 }), { nil: undefined }),
				(at, ago) => {
					const lastCollectionAt = ago === undefined ? undefined : at - ago;
					const time = collectionTime({ lastCollectionAt }, new Date(at), profile);
					expect(time.getTime()).toBeGreaterThanOrEqual(at);
					expect(mayWrite('collection', { lastCollectionAt }, time, profile).allowed).toBe(true);
				},
			),
		);
	});
});
