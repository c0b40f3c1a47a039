import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { z } from 'zod';

import { localDay } from '../../shared/domain/metrics/localDay';
import { everybodysData } from '../../shared/n8n/everybodysData';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import type { Store } from '../../shared/store/store';
import { consistencyInWords, findingInWords } from '../../shared/text/consistencyTexts';
import {
	checkConsistency,
	type Consistency,
	type FoundThere,
} from '../../shared/usecases/consistency/checkConsistency';
import { profileInForce } from '../../shared/usecases/profile/businessProfile';
import { inboxLinks } from '../../shared/usecases/wazzup/ourSide';
import type { WhatsAppCrmOperation } from '../services';

const CHOICES = ['both', 'changed', 'sample'] as const;

const MOST_RECORDS = 10_000;
const MOST_DAYS = 365;

const days = z.coerce.number().int().min(1).max(MOST_DAYS);

const optionsSchema = optionsOf({
	days: days.default(7),
	idleDays: days.default(14),
	sample: z.union([z.literal(''), z.coerce.number().int().min(0)]).optional(),
});

/** Another one every week, the same within it. */
const sampleOfWeek = (now: number, zone: string): number => {
	const { weekYear, weekNumber } = DateTime.fromMillis(now, { zone });
	return weekYear * 53 + weekNumber;
};

function wordsOf({ rule, values, where }: FoundThere) {
	return {
		rule,
		...(values === undefined ? {} : { values }),
		...(where === undefined ? {} : { kind: where.kind, subject: where.subject }),
	};
}

async function itemsOf(store: Store, result: Consistency): Promise<IDataObject[]> {
	const { profile } = await profileInForce(store);
	const { name: business, language, timeZone } = profile;
	const day = localDay(store.now(), timeZone);
	const linkTo = await inboxLinks(store.db, store.workspaceId, '');
	const { checked, agree, byKind, byRule, findings } = result;
	const { title, text } = consistencyInWords(
		{ business, day, checked, agree, byRule, findings: findings.map(wordsOf) },
		language,
	);
	const summary: IDataObject = {
		type: 'summary',
		title,
		text,
		// Whoever is told of it is told once a day.
		requestId: `consistency:${day}`,
		checked,
		agree,
		findings: byRule.reduce((sum, { count }) => sum + count, 0),
		records: { ...byKind },
		byRule: byRule.map((counted) => ({ ...counted })),
	};
	return [
		summary,
		...findings.map((finding): IDataObject => {
			const { rule, where } = finding;
			const { where: place, what, howToFix } = findingInWords(wordsOf(finding), language);
			return {
				type: 'finding',
				rule,
				where: place,
				what,
				howToFix,
				link: typeof where?.contactId === 'string' ? linkTo(where.contactId, where.conversationId) : null,
				kind: where?.kind ?? null,
				id: where?.id ?? null,
				contactId: where?.contactId ?? null,
				conversationId: where?.conversationId ?? null,
			};
		}),
	];
}

async function answerOf(context: OperationContext, store: Store): Promise<IDataObject[]> {
	const choice = parameter(context, 'choice', 'Which', z.enum(CHOICES).default('both'));
	const records = parameter(
		context,
		'records',
		'Records',
		z.coerce.number().int().min(1).max(MOST_RECORDS).default(1_000),
	);
	const options = parameter(context, 'options', 'Options', optionsSchema);
	const { profile } = await profileInForce(store);
	const { sample = '' } = options;
	const result = await checkConsistency(store, {
		choice,
		records,
		days: options.days,
		idleDays: options.idleDays,
		sample: sample === '' ? sampleOfWeek(store.now(), profile.timeZone) : sample,
	});
	return await itemsOf(store, result);
}

export const checkConsistencyOperation: WhatsAppCrmOperation = {
	value: 'checkConsistency',
	name: 'Check Consistency',
	action: 'Check consistency of workspace',
	description:
		'Look at up to 1,000 records and say which do not agree with each other: a summary, then an item for each finding with how to fix it',
	properties: [
		{
			displayName: 'Which',
			name: 'choice',
			type: 'options',
			options: [
				{
					name: 'Changed and Sample',
					value: 'both',
					description: 'Half of what changed lately, the rest from the whole time',
				},
				{ name: 'Changed Lately', value: 'changed', description: 'The newest changes first' },
				{ name: 'Sample', value: 'sample', description: 'From the whole time, another sample every week' },
			],
			default: 'both',
			description: 'Which contacts, conversations, cases, leads, payments and files are looked at',
		},
		{
			displayName: 'Records',
			name: 'records',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_RECORDS },
			default: 1000,
			description: 'How many are looked at, of all kinds together',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Days',
					name: 'days',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: MOST_DAYS },
					default: 7,
					description: 'How far back a change is lately',
				},
				{
					displayName: 'Idle Days',
					name: 'idleDays',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: MOST_DAYS },
					default: 14,
					description: 'After how many days an open case with a closed conversation is a finding',
				},
				{
					displayName: 'Sample Number',
					name: 'sample',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: '',
					description: 'The same number looks at the same records. Empty for another one every week.',
				},
			],
		},
		{
			displayName:
				'Reads only. The audit log is checked for the contacts that are looked at; Audit Log: Verify checks it all.',
			name: 'consistencyNotice',
			type: 'notice',
			default: '',
		},
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		return await answerOf(context, store);
	},
};
