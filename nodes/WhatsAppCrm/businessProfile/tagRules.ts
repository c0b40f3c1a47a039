import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { LEAD_STAGES } from '../../shared/domain/leads/leadStage';
import { CASE_TYPES } from '../../shared/domain/profile/businessProfile';
import { optionalWords, words } from '../../shared/n8n/parameters';
import { CASE_TYPE_OPTIONS } from '../../shared/n8n/caseTypeOptions';
import { number, text } from './fieldParts';

/** Tags that cases, leads and their contacts get by themselves. */
export const tagRulesField: INodeProperties = {
	displayName: 'Tag Rules',
	name: 'tagRules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add tag rule',
	default: {},
	description: 'Tags that are put on by themselves; the rules listed here replace the earlier ones',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				text('Tag', 'tag', 'e.g. mayorista', 'What is put on when every condition below holds'),
				text('Areas', 'areas', 'e.g. sales, finance', 'Keys of areas, separated by commas; empty for all'),
				{
					displayName: 'Case Types',
					name: 'caseTypes',
					type: 'multiOptions',
					options: [...CASE_TYPE_OPTIONS],
					default: [],
					description: 'Kinds of case; empty for all',
				},
				number('Minimum Score', 'minScore', 0, 'Only leads that are at least this promising, 0 to 100'),
				{
					displayName: 'On',
					name: 'on',
					type: 'options',
					options: [
						{ name: 'Case', value: 'case' },
						{ name: 'Contact', value: 'contact' },
						{ name: 'Lead', value: 'lead' },
					],
					default: 'contact',
					description: 'What gets the tag',
				},
				{
					displayName: 'Stages',
					name: 'stages',
					type: 'multiOptions',
					options: [...LEAD_STAGES]
						.sort((one, other) => one.localeCompare(other))
						.map((name) => ({ name, value: name })),
					default: [],
					description: 'Stages of the lead; empty for all',
				},
				text(
					'Words',
					'words',
					'e.g. portatil, laptop',
					'One of these is in the need, separated by commas; empty for any',
				),
			],
		},
	],
};

const commaList = optionalWords.transform((value) =>
	(value ?? '')
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== ''),
);

/** A row of the form as the profile keeps it: a score of 0 is no condition. */
export const tagRuleRow = z.object({
	tag: words,
	areas: commaList,
	caseTypes: z.array(z.enum(CASE_TYPES)).default([]),
	minScore: z.coerce
		.number()
		.default(0)
		.transform((score) => (score > 0 ? score : undefined)),
	on: z.enum(['case', 'contact', 'lead']).default('contact'),
	stages: z.array(z.enum(LEAD_STAGES)).default([]),
	words: commaList,
});

export type TagRuleRow = z.infer<typeof tagRuleRow>;
