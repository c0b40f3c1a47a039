import type { Figure, FigureName } from '../domain/metrics/figures';
import type { Language } from '../domain/profile/businessProfile';
import { LOCALES, valueInWords } from './metricTexts';

type Words = Readonly<Record<Language, string>>;

const WORDS = {
	title: { es: 'Ventas', en: 'Sales', 'pt-BR': 'Vendas' },
	links: { es: 'Links de pago', en: 'Payment links', 'pt-BR': 'Links de pagamento' },
	paid: { es: 'pagados', en: 'paid', 'pt-BR': 'pagos' },
	abandoned: { es: 'abandonados', en: 'abandoned', 'pt-BR': 'abandonados' },
	collected: { es: 'Recaudado', en: 'Collected', 'pt-BR': 'Recebido' },
	refunded: { es: 'Devuelto', en: 'Given back', 'pt-BR': 'Devolvido' },
	byAdvisor: { es: 'Por asesor', en: 'By advisor', 'pt-BR': 'Por consultor' },
	byOption: { es: 'Por opción', en: 'By option', 'pt-BR': 'Por opção' },
	nothing: {
		es: 'No se enviaron links ni entró dinero.',
		en: 'No links were sent and no money came.',
		'pt-BR': 'Nenhum link foi enviado e nenhum dinheiro entrou.',
	},
	before: { es: 'antes', en: 'before', 'pt-BR': 'antes' },
} as const satisfies Readonly<Record<string, Words>>;

/** What one advisor or option sold, or everybody together. */
export interface SalesOf {
	readonly label: string;
	readonly figures: readonly Figure[];
}

export interface SalesReport {
	readonly business: string;
	/** Local days, both included. */
	readonly from: string;
	readonly to: string;
	readonly all: ReadonlyArray<Figure & { readonly previous?: number | null }>;
	readonly advisors: readonly SalesOf[];
	readonly options: readonly SalesOf[];
}

interface Line {
	readonly name: string;
	readonly value: string;
}

const named = (figures: readonly Figure[], name: FigureName): Figure[] =>
	figures.filter((figure) => figure.name === name && figure.value !== null && figure.value !== 0);

/** Money of each currency, and what it was the time before. */
function moneyOf(figures: SalesReport['all'], name: 'collected' | 'refunded', language: Language): string | undefined {
	const locale = LOCALES[language];
	const amounts = figures
		.filter((figure) => figure.name === name && (figure.value || figure.previous))
		.map((figure) => {
			const before = figure.previous;
			const words = valueInWords(figure, figure.value ?? 0, locale);
			if (before === undefined || before === null) return words;
			return `${words} (${WORDS.before[language]}: ${valueInWords(figure, before, locale)})`;
		});
	return amounts.length === 0 ? undefined : amounts.join(' · ');
}

function linksOf(figures: readonly Figure[], language: Language): string | undefined {
	const locale = LOCALES[language];
	const [links] = named(figures, 'payment_links');
	if (links === undefined) return undefined;
	const part = (name: FigureName, word: string): string[] =>
		named(figures, name).map((figure) => `${valueInWords(figure, figure.value ?? 0, locale)} ${word}`);
	return [
		valueInWords(links, links.value ?? 0, locale),
		...part('link_conversion', WORDS.paid[language]),
		...part('links_abandoned', WORDS.abandoned[language]),
	].join(', ');
}

function linesOf(figures: SalesReport['all'], language: Language): Line[] {
	const lines: Array<readonly [string, string | undefined]> = [
		[WORDS.links[language], linksOf(figures, language)],
		[WORDS.collected[language], moneyOf(figures, 'collected', language)],
		[WORDS.refunded[language], moneyOf(figures, 'refunded', language)],
	];
	return lines.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

const MEANINGS = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;'],
	["'", '&#39;'],
]);

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => MEANINGS.get(letter) ?? letter);

const tableOf = (lines: readonly Line[]): string =>
	`<table>${lines.map(({ name, value }) => `<tr><td>${escaped(name)}</td><td>${escaped(value)}</td></tr>`).join('')}</table>`;

/** What was sold in some days, as a message and as a page for e-mail. */
export function salesReportInWords(
	report: SalesReport,
	language: Language,
): { readonly title: string; readonly text: string; readonly html: string } {
	const { business, from, to } = report;
	const days = from === to ? from : `${from} – ${to}`;
	const title = `${WORDS.title[language]} · ${business} · ${days}`;
	const all = linesOf(report.all, language);
	const groups = [
		{ heading: WORDS.byAdvisor[language], rows: report.advisors },
		{ heading: WORDS.byOption[language], rows: report.options },
	].flatMap(({ heading, rows }) => {
		const lines = rows.flatMap(({ label, figures }): Line[] => {
			const parts = linesOf(figures, language);
			if (parts.length === 0) return [];
			return [{ name: label, value: parts.map(({ name, value }) => `${name}: ${value}`).join('; ') }];
		});
		return lines.length === 0 ? [] : [{ heading, lines }];
	});
	const nothing = WORDS.nothing[language];
	const written = (lines: readonly Line[]): string => lines.map(({ name, value }) => `• ${name}: ${value}`).join('\n');
	const text = [
		`*${title}*`,
		all.length === 0 ? nothing : written(all),
		...groups.map(({ heading, lines }) => `*${heading}*\n${written(lines)}`),
	].join('\n\n');
	const html = [
		`<h2>${escaped(title)}</h2>`,
		all.length === 0 ? `<p>${escaped(nothing)}</p>` : tableOf(all),
		...groups.map(({ heading, lines }) => `<h3>${escaped(heading)}</h3>${tableOf(lines)}`),
	].join('');
	return { title, text, html };
}
