import { areaName } from '../cases/areaRouting';
import { lookupTable } from '../lookupTable';
import type { BusinessProfile, MenuOption, Question, QuestionType } from './businessProfile';
import type { OperatorLanguage } from './fieldNames';

export type BoxKind = 'start' | 'question' | 'menu' | 'option' | 'case' | 'message' | 'rule';

/** One step of the dialogue. */
export interface DiagramBox {
	readonly id: string;
	readonly kind: BoxKind;
	readonly title: string;
	/** What the customer reads, or where it leads. */
	readonly lines: readonly string[];
	/** What holds there, for the operator. */
	readonly notes?: readonly string[];
}

/** The dialogue of a profile as a picture: what every customer goes through, a column an option, and what holds everywhere. */
export interface DialogueDiagram {
	readonly title: string;
	/** From the first word to the menu, one after the other. */
	readonly trunk: readonly DiagramBox[];
	readonly columns: ReadonlyArray<readonly DiagramBox[]>;
	/** What may happen at any moment. */
	readonly rules: readonly DiagramBox[];
}

const WORDS = {
	es: {
		start: 'El cliente escribe',
		greeting: 'Saludo',
		known: 'Lo que ya dijo o ya se sabe de él no se pregunta.',
		menu: 'Menú',
		needSaid: 'Si ya dijo qué necesita, se salta el menú.',
		optional: 'No se pregunta: se toma si el cliente lo dice.',
		onlyWhen: 'Solo si',
		or: 'o',
		times: (count: number) => (count === 1 ? 'Se pregunta una vez.' : `Se pregunta hasta ${count} veces.`),
		missing: 'Antes se piden los datos que falten del cliente.',
		caseTitle: 'Se registra el caso',
		area: 'Área',
		areas: 'Áreas',
		lead: 'Crea un lead',
		notified: 'Se avisa de inmediato a una persona',
		confirmation: 'Confirmación',
		withoutAdvisor: 'Si no hay asesor',
		reminders: 'Recordatorios',
		remindersLines: (first: string, second: string, close: string) => [
			`A los ${first} y a los ${second} sin respuesta.`,
			`A los ${close} se cierra como caso incompleto.`,
		],
		quiet: (from: string, to: string) => `Nunca de ${from} a ${to}.`,
		person: 'Paso a una persona',
		personLines: (turns: number) => [
			'Cuando lo pide, se queja o no se le entiende.',
			`Después de ${turns} turnos sin avance.`,
		],
		free: 'Solicitud sin opción',
		duplicate: 'Misma solicitud',
		duplicateLine: (hours: number) => `Durante ${hours} h sigue en el caso abierto.`,
		minutes: 'min',
		hours: 'h',
	},
	en: {
		start: 'The customer writes',
		greeting: 'Greeting',
		known: 'What was said before or is known is not asked.',
		menu: 'Menu',
		needSaid: 'Who has said what they need skips the menu.',
		optional: 'Not asked: taken when the customer says it.',
		onlyWhen: 'Only if',
		or: 'or',
		times: (count: number) => (count === 1 ? 'Asked once.' : `Asked up to ${count} times.`),
		missing: 'What is not known of the customer is asked first.',
		caseTitle: 'The case is registered',
		area: 'Area',
		areas: 'Areas',
		lead: 'Makes a lead',
		notified: 'A person is told at once',
		confirmation: 'Confirmation',
		withoutAdvisor: 'Without an advisor',
		reminders: 'Reminders',
		remindersLines: (first: string, second: string, close: string) => [
			`After ${first} and ${second} without an answer.`,
			`After ${close} it is closed as an incomplete case.`,
		],
		quiet: (from: string, to: string) => `Never from ${from} to ${to}.`,
		person: 'A person takes over',
		personLines: (turns: number) => [
			'When asked for, on a complaint, or when nothing is understood.',
			`After ${turns} turns without progress.`,
		],
		free: 'Request without an option',
		duplicate: 'Same request',
		duplicateLine: (hours: number) => `For ${hours} h it goes on in the open case.`,
		minutes: 'min',
		hours: 'h',
	},
} as const;

const ANSWERS: Readonly<Record<OperatorLanguage, Readonly<Record<QuestionType, string>>>> = {
	es: {
		advisor: 'asesor',
		amount: 'valor',
		choice: 'botones',
		city: 'ciudad',
		date: 'fecha',
		email: 'correo',
		identification: 'documento',
		name: 'nombre',
		number: 'número',
		phone: 'teléfono',
		product: 'producto',
		text: 'texto',
	},
	en: {
		advisor: 'advisor',
		amount: 'amount',
		choice: 'buttons',
		city: 'city',
		date: 'date',
		email: 'email',
		identification: 'identification',
		name: 'name',
		number: 'number',
		phone: 'phone',
		product: 'product',
		text: 'text',
	},
};

/** Fields of the product's own questions; a client's own are shown by their key. */
const FIELDS: Readonly<Record<OperatorLanguage, ReadonlyMap<string, string>>> = {
	es: lookupTable({
		name: 'Nombre',
		identification: 'Documento',
		product: 'Producto',
		detailLevel: 'Cotización o información',
		quantity: 'Cantidad',
		orderNumber: 'Número de pedido',
		advisor: 'Asesor',
		process: 'Proceso',
		details: 'Detalles',
	}),
	en: lookupTable({
		name: 'Name',
		identification: 'Identification',
		product: 'Product',
		detailLevel: 'Quotation or information',
		quantity: 'Quantity',
		orderNumber: 'Order number',
		advisor: 'Advisor',
		process: 'Process',
		details: 'Details',
	}),
};

const CASES: Readonly<Record<OperatorLanguage, Readonly<Record<MenuOption['caseType'], string>>>> = {
	es: {
		quotation: 'cotización',
		information: 'información',
		order_status: 'estado de pedido',
		support: 'soporte',
		documents: 'documentos',
		billing: 'facturación',
		other: 'otro',
	},
	en: {
		quotation: 'quotation',
		information: 'information',
		order_status: 'order status',
		support: 'support',
		documents: 'documents',
		billing: 'billing',
		other: 'other',
	},
};

interface Drawing {
	readonly profile: BusinessProfile;
	readonly language: OperatorLanguage;
	/** The words of a sentence by key. */
	readonly sentence: (key: string) => string;
}

function conditionOf(question: Question, questions: readonly Question[], { language }: Drawing): string[] {
	const words = WORDS[language];
	return question.onlyWhen.map(({ field, is }) => {
		const choices = questions.find((earlier) => earlier.field === field)?.choices ?? [];
		const answers = is.map((answer) => choices.find(({ value }) => value === answer)?.title ?? answer);
		return `${words.onlyWhen} ${FIELDS[language].get(field) ?? field} = ${answers.join(` ${words.or} `)}`;
	});
}

function questionBox(id: string, question: Question, questions: readonly Question[], drawing: Drawing): DiagramBox {
	const { profile, language, sentence } = drawing;
	const words = WORDS[language];
	const buttons = question.choices.map(({ title, area, caseType }) => {
		const leads = [
			caseType === undefined ? undefined : CASES[language][caseType],
			area === undefined ? undefined : areaName(area, profile),
		].filter((part) => part !== undefined);
		return `• ${title}${leads.length === 0 ? '' : ` → ${leads.join(', ')}`}`;
	});
	return {
		id,
		kind: 'question',
		title: FIELDS[language].get(question.field) ?? `${question.field} (${ANSWERS[language][question.type]})`,
		lines: question.ask ? [sentence(question.textKey), ...buttons] : [],
		notes: question.ask
			? [...conditionOf(question, questions, drawing), words.times(question.attempts)]
			: [words.optional],
	};
}

function caseBox(id: string, option: MenuOption, { profile, language }: Drawing): DiagramBox {
	const words = WORDS[language];
	const choices = option.questions.flatMap((question) => question.choices);
	const types = [...new Set([option.caseType, ...choices.flatMap(({ caseType }) => caseType ?? [])])];
	const areas = [...new Set([option.area, ...choices.flatMap(({ area }) => area ?? [])])].map((key) =>
		areaName(key, profile),
	);
	const { rule } = profile.leads;
	return {
		id,
		kind: 'case',
		title: `${words.caseTitle}: ${types.map((type) => CASES[language][type]).join(` ${words.or} `)}`,
		lines: [
			`${areas.length > 1 ? words.areas : words.area}: ${areas.join(', ')}`,
			...(rule === 'all' || (rule === 'formal' && types.includes('quotation')) ? [words.lead] : []),
			...(profile.handoff.formalQuotation && types.includes('quotation') ? [words.notified] : []),
		],
	};
}

function optionColumn(option: MenuOption, index: number, drawing: Drawing): DiagramBox[] {
	const { profile, language, sentence } = drawing;
	const words = WORDS[language];
	const id = `option${index + 1}`;
	const confirmation = (keys: readonly string[]) => keys.map(sentence);
	const withoutAdvisor = option.confirmationWithoutAdvisor.filter((key) => !option.confirmation.includes(key));
	return [
		{ id, kind: 'option', title: option.title, lines: [option.label] },
		...option.questions.map((question, place) =>
			questionBox(`${id}_question${place + 1}`, question, option.questions, drawing),
		),
		...(profile.start === 'menu'
			? [
					{
						id: `${id}_contact`,
						kind: 'question' as const,
						title: profile.contactFields
							.filter(({ ask }) => ask)
							.map(({ field }) => FIELDS[language].get(field) ?? field)
							.join(', '),
						lines: [],
						notes: [words.missing],
					},
				]
			: []),
		caseBox(`${id}_case`, option, drawing),
		{
			id: `${id}_confirmation`,
			kind: 'message',
			title: words.confirmation,
			lines: [
				...confirmation(option.confirmation),
				...(withoutAdvisor.length === 0 ? [] : [`${words.withoutAdvisor}: ${confirmation(withoutAdvisor).join(' ')}`]),
			],
		},
	];
}

function minutesInWords(minutes: number, language: OperatorLanguage): string {
	const words = WORDS[language];
	return minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60} ${words.hours}` : `${minutes} ${words.minutes}`;
}

function rulesOf({ profile, language }: Drawing): DiagramBox[] {
	const words = WORDS[language];
	const { firstReminderMinutes, secondReminderMinutes, closeMinutes, duplicateHours, quietFrom, quietTo } =
		profile.times;
	const inWords = (minutes: number) => minutesInWords(minutes, language);
	return [
		{
			id: 'reminders',
			kind: 'rule',
			title: words.reminders,
			lines: [
				...words.remindersLines(inWords(firstReminderMinutes), inWords(secondReminderMinutes), inWords(closeMinutes)),
				words.quiet(quietFrom, quietTo),
			],
		},
		{ id: 'person', kind: 'rule', title: words.person, lines: words.personLines(profile.handoff.stalledTurns) },
		{
			id: 'free',
			kind: 'rule',
			title: words.free,
			lines: [`${CASES[language][profile.withoutOption.caseType]} → ${areaName(profile.withoutOption.area, profile)}`],
		},
		{ id: 'duplicate', kind: 'rule', title: words.duplicate, lines: [words.duplicateLine(duplicateHours)] },
	];
}

/**
 * The dialogue that a profile makes, ready to be drawn.
 * @param sentence the words behind a text key, in the language of the customers
 */
export function dialogueDiagram(
	profile: BusinessProfile,
	language: OperatorLanguage,
	sentence: (key: string) => string,
): DialogueDiagram {
	const drawing: Drawing = { profile, language, sentence };
	const words = WORDS[language];
	const contact = profile.contactFields.map((question, index) =>
		questionBox(`contact${index + 1}`, question, profile.contactFields, drawing),
	);
	const menu: DiagramBox = {
		id: 'menu',
		kind: 'menu',
		title: words.menu,
		lines: [sentence(profile.start === 'menu' ? 'menu' : 'A4')],
		notes: [words.needSaid],
	};
	return {
		title: profile.name,
		trunk: [
			{ id: 'start', kind: 'start', title: words.start, lines: [], notes: [words.known] },
			...(profile.start === 'data'
				? [{ id: 'greeting', kind: 'message' as const, title: words.greeting, lines: [sentence('A1')] }, ...contact]
				: []),
			menu,
		],
		columns: profile.options.map((option, index) => optionColumn(option, index, drawing)),
		rules: rulesOf(drawing),
	};
}

/** Mermaid reads quotes, brackets and its own marks inside of labels as syntax. */
const mermaidText = (text: string): string =>
	text
		.replace(/\s*\n\s*/g, '<br/>')
		.replace(/[&"#;`\\]/g, (mark) => `#${mark.codePointAt(0)};`)
		.replace(/<(?!br\/>)/g, '#lt;')
		.replace(/(?<!<br\/)>/g, '#gt;');

const MERMAID_SHAPES: Readonly<Record<BoxKind, readonly [string, string]>> = {
	start: ['([', '])'],
	question: ['[', ']'],
	menu: ['{{', '}}'],
	option: ['([', '])'],
	case: ['[[', ']]'],
	message: ['>', ']'],
	rule: ['[/', '/]'],
};

/** The diagram as Mermaid text, for documents and wikis that draw it. */
export function mermaidOf({ trunk, columns, rules }: DialogueDiagram): string {
	const boxLine = ({ id, kind, title, lines, notes = [] }: DiagramBox): string => {
		const [open, close] = MERMAID_SHAPES[kind];
		return `  ${id}${open}"${[title, ...lines, ...notes].map(mermaidText).join('<br/>')}"${close}`;
	};
	const chain = (boxes: readonly DiagramBox[]) =>
		boxes.slice(1).map(({ id }, index) => `  ${boxes[index]?.id} --> ${id}`);
	const end = trunk.at(-1)?.id ?? '';
	return [
		'flowchart TD',
		...[...trunk, ...columns.flat()].map(boxLine),
		...chain(trunk),
		...columns.flatMap((column) => [`  ${end} --> ${column[0]?.id}`, ...chain(column)]),
		'  subgraph always[" "]',
		...rules.map((box) => `  ${boxLine(box)}`),
		'  end',
		'',
	].join('\n');
}
