import { businessProfileSchema } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { normaliseTag, readTags, tagsByRule } from '../../nodes/shared/domain/tags/tagRules';

const profile = businessProfileSchema.parse({
	...prosuministros,
	tags: {
		rules: [
			{ tag: 'Portátiles', on: 'contact', words: ['portatil', 'laptop'] },
			{ tag: 'grande', on: 'lead', minScore: 60 },
			{ tag: 'facturación', on: 'case', caseTypes: ['billing'], areas: ['finance'] },
			{ tag: 'ganado', on: 'lead', stages: ['Won'] },
		],
	},
});

test('P9: a tag has one form, however it is written', () => {
	expect(['VIP', ' vip ', 'Vip'].map(normaliseTag)).toEqual(['vip', 'vip', 'vip']);
	expect(readTags('VIP, cliente   mayorista,, vip')).toEqual(['vip', 'cliente mayorista']);
	expect(normaliseTag('   ')).toBeUndefined();
});

test.each([
	['contact', { text: 'necesito 20 PORTÁTILES' }, ['portátiles']],
	['contact', { text: 'una impresora' }, []],
	['lead', { score: 60, stage: 'Lead' }, ['grande']],
	['lead', { score: 59, stage: 'Won' }, ['ganado']],
	['case', { caseType: 'billing', area: 'finance' }, ['facturación']],
	['case', { caseType: 'billing', area: 'sales' }, []],
] as const)('P9: the rules give a %s with %j the tags %j', (on, facts, tags) => {
	expect(tagsByRule(profile, on, facts)).toEqual(tags);
});
