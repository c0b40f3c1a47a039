import { z } from 'zod';

import { INTENTS } from '../classifier/types';
import { LEAD_STAGES } from '../leads/leadStage';

/** Languages that have texts of their own; anything missing in one falls back to Spanish. */
export const LANGUAGES = ['es', 'en', 'pt-BR'] as const;

/** Kinds of case that the product knows; the same list as `CaseType`. */
export const CASE_TYPES = [
	'quotation',
	'information',
	'order_status',
	'support',
	'documents',
	'billing',
	'other',
] as const;

/** What an answer must look like. A new kind of answer is one more name here and one reader in the conversation. */
export const QUESTION_TYPES = [
	'advisor',
	'amount',
	'choice',
	'city',
	'date',
	'email',
	'identification',
	'name',
	'number',
	'phone',
	'product',
	'text',
] as const;

const key = z
	.string()
	.regex(
		/^[a-z][A-Za-z0-9_]*$/,
		'must start with a small letter and have only letters, digits and _ (e.g. orderNumber)',
	);
const language = z.enum(LANGUAGES);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time like 08:00');
const calendarDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2026-12-25');
/** WhatsApp cuts a button's title at 20 characters: https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages */
const buttonTitle = z
	.string()
	.min(1, 'must not be empty')
	.max(20, 'must have at most 20 characters, WhatsApp allows no more');

const choiceSchema = z.object({
	/** Stored as the answer. */
	value: key,
	/** What the button says. */
	title: buttonTitle,
	/** Other words that mean this choice. */
	keywords: z.array(z.string().min(1)).default([]),
	/** A need of this kind said in free words is this choice. */
	intents: z.array(z.enum(INTENTS)).default([]),
	/** Kind of case this choice leads to, instead of the option's. */
	caseType: z.enum(CASE_TYPES).optional(),
	/** Area this choice leads to, instead of the option's. */
	area: key.optional(),
	/** Titles in other languages. */
	translations: z.record(language, buttonTitle).default({}),
});

const questionSchema = z.object({
	/** Key the answer is kept by. */
	field: key,
	type: z.enum(QUESTION_TYPES),
	/** Sentence that asks, by key: one of the product's or one of the profile's own texts. */
	textKey: z.string().min(1),
	/** Sentence when the answer does not fit; the question again when absent. */
	invalidTextKey: z.string().min(1).optional(),
	/** Without it the question is only filled when the customer offers the answer (D5). */
	ask: z.boolean().default(true),
	/** How often it is asked before going on without it. */
	attempts: z.number().int().min(1).max(3).default(2),
	choices: z.array(choiceSchema).max(10, 'must have at most 10 choices').default([]),
	/** Asked only when every one of these earlier answers is one of the values. */
	onlyWhen: z.array(z.object({ field: key, is: z.array(z.string()).min(1) })).default([]),
});

const optionSchema = z.object({
	/** Stable id: buttons, cases and the canvas know the option by it. */
	id: key,
	/** What the button says. */
	title: buttonTitle,
	/** The line of the menu. */
	label: z.string().min(1, 'must not be empty'),
	/** The line of the first menu where it differs. */
	firstLabel: z.string().min(1).optional(),
	translations: z
		.record(
			language,
			z.object({ title: buttonTitle, label: z.string().min(1), firstLabel: z.string().min(1).optional() }),
		)
		.default({}),
	/** Words that choose the option while the menu is on screen. */
	keywords: z.array(z.string().min(1)).default([]),
	/** Needs in free words that lead here. */
	intents: z.array(z.enum(INTENTS)).default([]),
	area: key,
	caseType: z.enum(CASE_TYPES),
	questions: z.array(questionSchema).default([]),
	/** Sentences of the one confirmation, joined in one bubble (D4). */
	confirmation: z.array(z.string().min(1)).min(1, 'must have at least one sentence'),
	/** The same when no advisor was notified (D7, D10). */
	confirmationWithoutAdvisor: z.array(z.string().min(1)).default([]),
	/** Whether the state of the customer's open case is shown first (D6). */
	showsOrderStatus: z.boolean().default(false),
});

const tagRuleSchema = z.object({
	/** Put on when every condition below holds; one that is left out always holds. */
	tag: z.string().min(1, 'must not be empty').max(40, 'must have at most 40 characters'),
	on: z.enum(['contact', 'lead', 'case']).default('contact'),
	caseTypes: z.array(z.enum(CASE_TYPES)).default([]),
	/** Keys of areas. */
	areas: z.array(key).default([]),
	/** One of these words is in the subject or need. */
	words: z.array(z.string().min(2, 'must have at least 2 characters')).default([]),
	stages: z.array(z.enum(LEAD_STAGES)).default([]),
	minScore: z.number().int().min(0).max(100).optional(),
});

/** Less than a month would erase what the figures of the last days are still counted from. */
const keptDays = z
	.number()
	.int()
	.min(0)
	.refine((days) => days === 0 || days >= 30, 'must be 0 (keep) or at least 30')
	.default(0);

const decimalAmount = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'must be a number like 0.0125');
const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code like USD');

const timeRange = z.object({ from: clock, to: clock });
const week = z
	.object({
		monday: z.array(timeRange).default([]),
		tuesday: z.array(timeRange).default([]),
		wednesday: z.array(timeRange).default([]),
		thursday: z.array(timeRange).default([]),
		friday: z.array(timeRange).default([]),
		saturday: z.array(timeRange).default([]),
		sunday: z.array(timeRange).default([]),
	})
	.default({});

const phraseSchema = z.object({
	intent: z.enum(INTENTS),
	/** `cotiz*` begins with, `no ... llegado` up to three words between. */
	phrase: z.string().min(2, 'must have at least 2 characters'),
	/** 3 decides alone, 1 only helps, 0 switches a built-in phrase off. */
	weight: z.number().min(0).max(10).default(3),
});

/**
 * Everything that makes the bot one client's bot. One versioned record, edited as a form, exported and imported as JSON.
 * Times are in the unit of their name; texts override the product's own by key.
 */
export const businessProfileSchema = z.object({
	v: z.literal(1).default(1),
	/** Business name, said in the greeting. */
	name: z.string().min(1, 'must not be empty'),
	/** Second line of the greeting. */
	slogan: z.string().default(''),
	language: language.default('es'),
	/** Languages the bot answers in. */
	languages: z.array(language).min(1).default(['es']),
	/** ISO 3166 code: identification documents, phone numbers and money are read as in this country. */
	country: z
		.string()
		.regex(/^[A-Z]{2}$/, 'must be a two-letter country code like CO')
		.default('CO'),
	timeZone: z.string().default('America/Bogota'),
	/** Whether the customer's data or the menu comes first (D1). */
	start: z.enum(['data', 'menu']).default('data'),
	/** Wait after the customer's last message, so that several make one turn. */
	answerDelayMs: z.number().int().min(0).max(60_000).default(1500),
	/** Asked of a new contact, in this order. */
	contactFields: z.array(questionSchema).default([
		{ field: 'name', type: 'name', textKey: 'A2', invalidTextKey: 'name_invalid' },
		{
			field: 'identification',
			type: 'identification',
			textKey: 'A3',
			invalidTextKey: 'identification_invalid',
			attempts: 3,
		},
	]),
	/** At most ten: WhatsApp's list has ten rows. */
	options: z.array(optionSchema).min(1, 'must have at least one option').max(10, 'must have at most 10 options'),
	/** Case made from free words without an option (D4). */
	withoutOption: z.object({ area: key, caseType: z.enum(CASE_TYPES) }).default({ area: 'sales', caseType: 'other' }),
	areas: z.array(z.object({ key, name: z.string().min(1, 'must not be empty') })).min(1, 'must have at least one area'),
	/** Area of each kind of case, where a choice or an option says nothing else. */
	areaByCaseType: z.record(z.enum(CASE_TYPES), key).default({}),
	advisors: z
		.object({
			/** Near matches offered when the name is not found (D9). */
			nearMatches: z.number().int().min(0).max(8).default(2),
			/** Whether the whole team is offered; for small teams. */
			showAll: z.boolean().default(false),
		})
		.default({}),
	keywords: z.array(phraseSchema).default([]),
	classifier: z
		.object({
			/** Below this confidence a connected model is asked, else the menu is shown. */
			threshold: z.number().min(0).max(1).default(0.5),
		})
		.default({}),
	/** The profile's own words by language and key; they win over the product's. */
	texts: z.record(language, z.record(z.string(), z.string())).default({}),
	hours: z
		.object({
			week,
			/** How the hours are said to a customer, e.g. "lunes a viernes de 8:00 a 17:00". */
			inWords: z.string().default(''),
			holidays: z.array(calendarDay).default([]),
			/** Whether a customer who writes outside the hours is told so. */
			announce: z.boolean().default(false),
		})
		.default({}),
	times: z
		.object({
			firstReminderMinutes: z.number().positive().default(15),
			secondReminderMinutes: z.number().positive().default(120),
			closeMinutes: z
				.number()
				.positive()
				.max(1440, 'must be at most 1440: WhatsApp allows free messages for 24 hours')
				.default(720),
			duplicateHours: z.number().positive().default(24),
			handoffIdleHours: z.number().positive().default(12),
			/** No reminder leaves between these, local time (D19). */
			quietFrom: clock.default('21:00'),
			quietTo: clock.default('07:00'),
		})
		.default({}),
	handoff: z
		.object({
			/** Turns without progress before a person takes over (D14). */
			stalledTurns: z.number().int().min(1).default(6),
			/** Whether a formal quotation is notified to a person at once (D33). */
			formalQuotation: z.boolean().default(true),
			complaint: z.boolean().default(true),
			/** Lead score from which a person is notified. */
			leadScore: z.number().int().min(0).max(100).default(70),
			/** How long a customer may wait for a person before the team is told again; 0 for never (D13). */
			waitingMinutes: z.number().int().min(0).max(1440).default(30),
			/** Whether only opening hours count. */
			waitingInHoursOnly: z.boolean().default(true),
		})
		.default({}),
	/** How the team is told of what concerns them. The bell of the inbox always rings. */
	notifications: z
		.object({
			/** In this order: WhatsApp to the advisor's own number, and an item that any node of the workflow can take. */
			channels: z.array(z.enum(['whatsapp', 'workflow'])).default(['workflow']),
			/** Approved template for an advisor who has not written for 24 hours: name, need, case, waiting time. */
			template: z.string().min(1).default('advisor_notice'),
			templateLanguage: z.string().min(2).default('es'),
		})
		.default({}),
	/** Advisors without a linked number attend from their ordinary WhatsApp, through the company's number. */
	bridge: z
		.object({
			enabled: z.boolean().default(false),
			/** Approved template that asks a customer to write again after 24 hours. */
			continueTemplate: z.string().min(1).default('continue_conversation'),
		})
		.default({}),
	consent: z
		.object({
			/** Address of the privacy policy; the notice is said only when it is set (D25). */
			privacyUrl: z.union([z.literal(''), z.string().url('must be a web address')]).default(''),
			textVersion: z.string().default('1'),
		})
		.default({}),
	cases: z
		.object({
			numberPattern: z
				.string()
				.regex(/\{0*1\}/, 'must contain the counter, e.g. PS-{YYYY}-{000001}')
				.default('PS-{YYYY}-{000001}'),
		})
		.default({}),
	leads: z.object({ rule: z.enum(['formal', 'all', 'never']).default('formal') }).default({}),
	/** Tags that a case or lead gets by itself, or gives to its contact (P9). */
	tags: z.object({ rules: z.array(tagRuleSchema).default([]) }).default({}),
	/** Where the business is, as a customer reads it; «¿Dónde quedan?» is answered with it. */
	address: z.string().max(500, 'must have at most 500 characters').default(''),
	knowledge: z
		.object({
			/** Whether questions are answered from the catalogue and the entries (B20). */
			answers: z.enum(['on', 'off']).default('on'),
			/** What is said of the stock: nothing, whether there is any, or how many. */
			showStock: z.enum(['none', 'yesNo', 'numbers']).default('yesNo'),
			/** How well something must fit a question before it is said, 0 to 1. */
			minimumScore: z.number().min(0.3).max(1).default(0.6),
		})
		.default({}),
	/** What Meta and a model's provider bill, where somebody has entered it: amounts are never guessed (O12). */
	costs: z
		.object({
			messages: z
				.array(
					z.object({
						category: z.enum(['marketing', 'utility', 'authentication', 'service']),
						amount: decimalAmount,
						currency: currencyCode,
					}),
				)
				.default([]),
			/** What a connected language model costs for a million tokens; the longest name that the model's own begins with counts. */
			models: z
				.array(
					z.object({
						/** How the model's name begins, as its provider bills it; empty for every other model. */
						model: z.string().max(100, 'must have at most 100 characters').default(''),
						input: decimalAmount,
						output: decimalAmount,
						currency: currencyCode,
					}),
				)
				.default([]),
		})
		.default({}),
	followUps: z
		.object({
			/** How long after a quotation was sent the advisor is reminded to ask about it (P10); 0: not at all. */
			quotationHours: z.number().int().min(0).max(2160).default(48),
		})
		.default({}),
	/** From when the team is told that something is unusual (O10). */
	alerts: z
		.object({
			/** Share of the usual number of messages, in percent. */
			volumeFromPercent: z.number().min(0).max(100).default(70),
			volumeToPercent: z.number().min(100).default(130),
			/** Hours with fewer messages than this, as usual, say nothing. */
			minimumMessages: z.number().int().min(1).default(20),
			/** Errors for every hundred messages. */
			errorPercent: z.number().min(0).max(100).default(0.5),
			/** How many days before the access token ends it is told. */
			tokenDays: z.number().int().min(1).default(14),
		})
		.default({}),
	/** After how many days records are erased by themselves; 0 keeps them (O11, D26). */
	retention: z
		.object({
			messagesDays: keptDays,
			filesDays: keptDays,
			contactsDays: keptDays,
		})
		.default({}),
	/** Reminders of a payment that was asked for and has not arrived (S6). */
	payments: z
		.object({
			/** How many at most; 0: none. */
			reminders: z.number().int().min(0).max(10).default(2),
			/** After the link, or after the try that failed. Never outside of `contactHours` (D25). */
			firstReminderMinutes: z.number().int().min(5).max(43_200).default(120),
			/** Between one reminder and the next. */
			nextReminderMinutes: z.number().int().min(5).max(43_200).default(1_440),
			/** The approved template for who has not written for 24 hours; empty: then nobody is reminded. */
			template: z.string().max(512).default('payment_reminder'),
			/** Below the receipt of a customer's first purchase; absent: a sentence of ours, empty: nothing (S11). */
			welcome: z.string().max(600).optional(),
		})
		.default({}),
	/** When collection and advertising may leave, by the clock of the profile's time zone (D25). */
	contactHours: z
		.object({
			/** Those that the law of the country names, or the ones below. */
			rule: z.enum(['country', 'own']).default('country'),
			week,
			/** Whether they apply on holidays too; otherwise nothing leaves on one. */
			onHolidays: z.boolean().default(false),
			/** How many days lie between one collection message and the next to the same customer; 1: once a day, 0: any number. */
			collectionEveryDays: z.number().int().min(0).max(30).default(1),
		})
		.default({}),
	/** What only a person may decide. */
	approvals: z
		.object({
			/** How long people have to decide, and from their yes on the desk to do it. */
			decisionHours: z.number().int().min(1).max(168).default(24),
		})
		.default({}),
	/** Numbers that may receive for real in a manual run. */
	testNumbers: z.array(z.string()).default([]),
	/** Numbers (phone_number_id) the bot answers; all when empty. */
	channels: z.array(z.string()).default([]),
});

export type BusinessProfile = z.infer<typeof businessProfileSchema>;
/** What one may write down: everything with a default may be left out. */
export type BusinessProfileInput = z.input<typeof businessProfileSchema>;
export type MenuOption = z.infer<typeof optionSchema>;
export type Question = z.infer<typeof questionSchema>;
export type QuestionChoice = z.infer<typeof choiceSchema>;
export type QuestionType = (typeof QUESTION_TYPES)[number];
export type Language = (typeof LANGUAGES)[number];
