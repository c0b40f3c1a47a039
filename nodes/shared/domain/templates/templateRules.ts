/** A message template as it is handed in: one body with numbered variables, and quick replies. */
export interface TemplateText {
	readonly name: string;
	/** Meta's code: `es`, `en`, `pt_BR`. */
	readonly languageCode: string;
	readonly category: 'MARKETING' | 'UTILITY';
	/** With `{{1}}`, `{{2}}` …, in this order. */
	readonly body: string;
	/** One sample a variable; Meta's reviewers read the body with them. */
	readonly samples: readonly string[];
	readonly footer?: string;
	/** Quick replies. */
	readonly buttons?: readonly string[];
}

const VARIABLE = /\{\{\s*(\d+)\s*\}\}/g;

/** Words beside the variables: with fewer Meta refuses the template as too short for its variables (2x + 1). */
function fixedWords(body: string): number {
	return body
		.replace(VARIABLE, ' ')
		.split(/\s+/)
		.filter((word) => /\p{L}/u.test(word)).length;
}

/**
 * What Meta would refuse of a template, before it is asked: each hand-in that is rejected waits for a review and counts.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
 */
export function templateProblems(template: TemplateText): readonly string[] {
	const { name, body, samples, footer = '', buttons = [] } = template;
	const numbers = [...body.matchAll(VARIABLE)].map(([, number]) => Number(number));
	const trimmed = body.trim();
	const rules: ReadonlyArray<readonly [broken: boolean, problem: string]> = [
		[!/^[a-z0-9_]{1,512}$/.test(name), 'its name has more than lower-case letters, digits and underscores'],
		[trimmed === '' || body.length > 1024, 'its body is empty or longer than 1024 characters'],
		[/^\{\{/.test(trimmed), 'its body begins with a variable'],
		[/\}\}\W*$/.test(trimmed), 'its body ends with a variable'],
		[/\}\}\s*\{\{/.test(body), 'two variables stand side by side'],
		[numbers.some((number, index) => number !== index + 1), 'its variables are not numbered 1, 2, 3 …'],
		[samples.length !== numbers.length || samples.some((sample) => sample.trim() === ''), 'a variable has no sample'],
		[numbers.length > 0 && fixedWords(body) < 2 * numbers.length + 1, 'it has too many variables for its length'],
		[/\n{3,}| {5,}|\t/.test(body), 'it has more than two line breaks or four spaces in a row, or a tab'],
		[footer.length > 60 || VARIABLE.test(footer), 'its footer is longer than 60 characters or has a variable'],
		[buttons.length > 10, 'it has more than ten buttons'],
		[buttons.some((text) => text === '' || text.length > 25), 'a button is empty or longer than 25 characters'],
		[new Set(buttons).size !== buttons.length, 'two buttons say the same'],
	];
	return rules.filter(([broken]) => broken).map(([, problem]) => problem);
}

/** Meta's `components` of the template. */
export function templateComponents({ body, samples, footer, buttons = [] }: TemplateText): readonly object[] {
	return [
		{ type: 'BODY', text: body, ...(samples.length === 0 ? {} : { example: { body_text: [[...samples]] } }) },
		...(footer === undefined ? [] : [{ type: 'FOOTER', text: footer }]),
		...(buttons.length === 0
			? []
			: [{ type: 'BUTTONS', buttons: buttons.map((text) => ({ type: 'QUICK_REPLY', text })) }]),
	];
}

/** What of a template can be compared with another: what a person reads of it. */
export interface ReadTemplate {
	readonly components: ReadonlyArray<{
		readonly type: string;
		readonly text?: string;
		readonly buttons?: ReadonlyArray<{ readonly text?: string }>;
	}>;
}

const readable = ({ components }: ReadTemplate): string =>
	JSON.stringify(
		['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].map((type) => {
			const part = components.find((component) => component.type.toUpperCase() === type);
			return [part?.text?.trim() ?? '', (part?.buttons ?? []).map(({ text }) => text ?? '')];
		}),
	);

/** Whether a person would read the same. */
export function readsTheSame(one: ReadTemplate, other: ReadTemplate): boolean {
	return readable(one) === readable(other);
}
