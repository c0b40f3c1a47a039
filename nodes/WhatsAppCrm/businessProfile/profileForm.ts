import { z } from 'zod';

import { INTENTS } from '../../shared/domain/classifier/types';
import {
	CASE_TYPES,
	LANGUAGES,
	QUESTION_TYPES,
	type BusinessProfile,
} from '../../shared/domain/profile/businessProfile';
import { keyOf } from '../../shared/domain/profile/keyOf';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalFlag, optionalWords, optionsOf, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import { chosenOption } from '../../shared/n8n/storeLists';
import type { ProfileChanges } from '../../shared/usecases/profile/fillProfile';
import { messageRateRow, modelPriceRow, type MessageRateRow, type ModelPriceRow } from './costFields';
import { contactHoursAsked, hoursRows, weekOf } from './hoursFields';
import { tagRuleRow, type TagRuleRow } from './tagRules';

const listed = (text: string): string[] =>
	text
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');

const commaList = words.transform((value) => {
	const entries = listed(value);
	return entries.length === 0 ? undefined : entries;
});

const areaRow = z.object({ key: words, name: words });

const caseTypeOrNone = z.union([z.literal('').transform(() => undefined), z.enum(CASE_TYPES)]).optional();

const buttonRow = z.object({
	title: words,
	area: optionalWords.optional(),
	keywords: commaList.optional(),
	caseType: caseTypeOrNone,
});
const questionRow = z.object({
	words,
	type: z.enum(QUESTION_TYPES).default('text'),
	field: optionalWords.optional(),
	wrong: optionalWords.optional(),
	attempts: z.coerce.number().optional(),
	buttons: rowsOf<z.infer<typeof buttonRow>>('button', buttonRow).optional(),
});
const translationRow = z.object({ language: z.enum(LANGUAGES), title: words, label: words });
const optionRow = z.object({
	id: words,
	title: optionalWords.optional(),
	label: optionalWords.optional(),
	area: optionalWords.optional(),
	caseType: caseTypeOrNone,
	confirmation: optionalWords.optional(),
	intents: z.array(z.enum(INTENTS)).optional(),
	keywords: commaList.optional(),
	questions: rowsOf<z.infer<typeof questionRow>>('question', questionRow).optional(),
	translations: rowsOf<z.infer<typeof translationRow>>('translation', translationRow).optional(),
});
type OptionRow = z.infer<typeof optionRow>;
type QuestionRow = z.infer<typeof questionRow>;

const keywordRow = z.object({ intent: z.enum(INTENTS), phrase: words, weight: z.coerce.number().default(3) });
const textRow = z.object({ key: chosenOption, language: z.enum(LANGUAGES).default('es'), words });

const moreSchema = optionsOf({
	address: optionalWords.optional(),
	knowledgeAnswers: optionalFlag,
	knowledgeMinimumScore: z.coerce.number().optional(),
	knowledgeShowStock: z.enum(['none', 'yesNo', 'numbers']).optional(),
	advisorTemplate: optionalWords.optional(),
	alertErrorPercent: z.coerce.number().optional(),
	alertMinimumMessages: z.coerce.number().optional(),
	alertVolumeFromPercent: z.coerce.number().optional(),
	alertVolumeToPercent: z.coerce.number().optional(),
	keepContactsDays: z.coerce.number().optional(),
	keepFilesDays: z.coerce.number().optional(),
	keepMessagesDays: z.coerce.number().optional(),
	announceHours: optionalFlag,
	approvalHours: z.coerce.number().optional(),
	answerDelayMs: z.coerce.number().optional(),
	bridgeEnabled: optionalFlag,
	notifyBy: z.array(z.enum(['whatsapp', 'workflow'])).optional(),
	numberPattern: optionalWords.optional(),
	closeMinutes: z.coerce.number().optional(),
	collectionEveryDays: z.coerce.number().optional(),
	contactHours: hoursRows,
	contactHoursRule: z.enum(['country', 'own']).optional(),
	contactOnHolidays: optionalFlag,
	country: optionalWords.optional(),
	firstPurchaseText: optionalWords.optional(),
	firstPaymentReminderMinutes: z.coerce.number().optional(),
	firstReminderMinutes: z.coerce.number().optional(),
	holidays: commaList.optional(),
	hoursInWords: optionalWords.optional(),
	keywords: rowsOf<z.infer<typeof keywordRow>>('keyword', keywordRow).optional(),
	language: z.enum(LANGUAGES).optional(),
	languages: z.array(z.enum(LANGUAGES)).optional(),
	leadRule: z.enum(['all', 'formal', 'never']).optional(),
	channels: commaList.optional(),
	messageRates: rowsOf<MessageRateRow>('rate', messageRateRow).optional(),
	modelPrices: rowsOf<ModelPriceRow>('price', modelPriceRow).optional(),
	openingHours: hoursRows,
	nextPaymentReminderMinutes: z.coerce.number().optional(),
	paymentReminders: z.coerce.number().optional(),
	paymentReminderTemplate: optionalWords.optional(),
	privacyUrl: optionalWords.optional(),
	secondReminderMinutes: z.coerce.number().optional(),
	stalledTurns: z.coerce.number().optional(),
	start: z.enum(['data', 'menu']).optional(),
	tagRules: rowsOf<TagRuleRow>('rule', tagRuleRow).optional(),
	testNumbers: commaList.optional(),
	texts: rowsOf<z.infer<typeof textRow>>('text', textRow).optional(),
	timeZone: optionalWords.optional(),
	waitingInHoursOnly: optionalFlag,
	waitingMinutes: z.coerce.number().optional(),
});

/** What a new option needs besides its own words: one question for the details, and the standard confirmation. */
const newOption = {
	caseType: 'other',
	questions: [{ field: 'details', type: 'text', textKey: 'F2' }],
	confirmation: ['I'],
};

/** Leaves out what was left empty, so that it changes nothing. */
function filled(value: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
	const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const listOrNothing = <Row>(rows: readonly Row[] = []): readonly Row[] | undefined =>
	rows.length === 0 ? undefined : rows;

/** Words that the form says in the middle of an option, under the keys that the profile keeps them by. */
type OwnTexts = Record<string, string>;

function questionOf(optionId: string, row: QuestionRow, own: OwnTexts): Record<string, unknown> {
	const field = row.field ?? keyOf(row.words);
	const textKey = `${optionId}_${field}`;
	own[textKey] = row.words;
	if (row.wrong !== undefined) own[`${textKey}_wrong`] = row.wrong;
	const choices = row.buttons?.map(({ title, ...button }) => ({ value: keyOf(title), title, ...filled(button) }));
	return {
		field,
		type: row.type,
		textKey,
		...(row.wrong === undefined ? {} : { invalidTextKey: `${textKey}_wrong` }),
		...filled({ attempts: row.attempts, choices: row.type === 'choice' ? choices : undefined }),
	};
}

/** The sentence must say the number, once (D4): where the client's own does not, the usual one follows. */
function confirmationOf(optionId: string, sentence: string | undefined, own: OwnTexts): string[] | undefined {
	if (sentence === undefined) return undefined;
	const key = `${optionId}_confirmation`;
	own[key] = sentence;
	return sentence.includes('{case_number}') ? [key] : [key, 'I'];
}

function optionOf(row: OptionRow, isNew: boolean, own: OwnTexts): Record<string, unknown> {
	const { questions, confirmation, translations, ...rest } = row;
	const translated = translations?.map(({ language, title, label }) => [language, { title, label }] as const);
	return {
		...(isNew ? newOption : {}),
		...filled({
			...rest,
			intents: listOrNothing(rest.intents),
			questions: listOrNothing(questions?.map((question) => questionOf(row.id, question, own))),
			confirmation: confirmationOf(row.id, confirmation, own),
			translations: translated?.length ? Object.fromEntries(translated) : undefined,
		}),
	};
}

/** The main language is always one of those that are answered in. */
function languagesOf(
	chosen: ReadonlyArray<BusinessProfile['language']> | undefined,
	main: BusinessProfile['language'] | undefined,
	base: BusinessProfile,
): string[] | undefined {
	if (chosen === undefined && main === undefined) return undefined;
	return [...new Set([main ?? base.language, ...(chosen ?? base.languages)])];
}

/**
 * What the form says of the profile.
 * @param base the profile that it is laid over: its options keep what the form does not say of them
 */
export function changesOfForm(context: OperationContext, base: BusinessProfile): ProfileChanges {
	const more = parameter(context, 'additionalFields', 'Additional Fields', moreSchema);
	const rows = parameter(context, 'menuOptions', 'Menu Options', rowsOf<OptionRow>('option', optionRow));
	const own: OwnTexts = {};
	const options = rows.map((row) => optionOf(row, !base.options.some(({ id }) => id === row.id), own));
	const language = more.language ?? base.language;
	const texts = (more.texts ?? []).reduce<Record<string, Record<string, string>>>(
		(byLanguage, row) =>
			row.key === undefined
				? byLanguage
				: { ...byLanguage, [row.language]: { ...byLanguage[row.language], [row.key]: row.words } },
		Object.keys(own).length === 0 ? {} : { [language]: own },
	);
	return (
		filled({
			name: parameter(context, 'businessName', 'Business Name', optionalWords),
			slogan: parameter(context, 'slogan', 'Slogan', optionalWords),
			areas: listOrNothing(parameter(context, 'areas', 'Areas', rowsOf<z.infer<typeof areaRow>>('area', areaRow))),
			options: listOrNothing(options),
			address: more.address,
			knowledge: filled({
				answers: more.knowledgeAnswers === undefined ? undefined : more.knowledgeAnswers ? 'on' : 'off',
				showStock: more.knowledgeShowStock,
				minimumScore: more.knowledgeMinimumScore,
			}),
			answerDelayMs: more.answerDelayMs,
			country: more.country,
			language: more.language,
			languages: languagesOf(more.languages, more.language, base),
			start: more.start,
			timeZone: more.timeZone,
			channels: more.channels,
			testNumbers: more.testNumbers,
			keywords: listOrNothing(more.keywords),
			texts: filled(texts),
			hours: filled({
				week: weekOf(more.openingHours),
				inWords: more.hoursInWords,
				holidays: more.holidays,
				announce: more.announceHours,
			}),
			contactHours: contactHoursAsked(more, { ...base, country: more.country ?? base.country }),
			approvals: filled({ decisionHours: more.approvalHours }),
			costs: filled({ messages: listOrNothing(more.messageRates), models: listOrNothing(more.modelPrices) }),
			consent: filled({ privacyUrl: more.privacyUrl }),
			leads: filled({ rule: more.leadRule }),
			tags: filled({ rules: listOrNothing(more.tagRules) }),
			cases: filled({ numberPattern: more.numberPattern }),
			handoff: filled({
				stalledTurns: more.stalledTurns,
				waitingMinutes: more.waitingMinutes,
				waitingInHoursOnly: more.waitingInHoursOnly,
			}),
			notifications: filled({ channels: more.notifyBy, template: more.advisorTemplate }),
			alerts: filled({
				errorPercent: more.alertErrorPercent,
				minimumMessages: more.alertMinimumMessages,
				volumeFromPercent: more.alertVolumeFromPercent,
				volumeToPercent: more.alertVolumeToPercent,
			}),
			retention: filled({
				messagesDays: more.keepMessagesDays,
				filesDays: more.keepFilesDays,
				contactsDays: more.keepContactsDays,
			}),
			bridge: filled({ enabled: more.bridgeEnabled }),
			payments: filled({
				reminders: more.paymentReminders,
				firstReminderMinutes: more.firstPaymentReminderMinutes,
				nextReminderMinutes: more.nextPaymentReminderMinutes,
				template: more.paymentReminderTemplate,
				welcome: more.firstPurchaseText,
			}),
			times: filled({
				firstReminderMinutes: more.firstReminderMinutes,
				secondReminderMinutes: more.secondReminderMinutes,
				closeMinutes: more.closeMinutes,
			}),
		}) ?? {}
	);
}
