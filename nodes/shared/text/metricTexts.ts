import type { Figure, FigureName } from '../domain/metrics/figures';
import type { Language } from '../domain/profile/businessProfile';

type Words = Readonly<Record<Language, string>>;

/** How the figures are called. */
const NAMES: Readonly<Record<FigureName, Words>> = {
	conversations: { es: 'Conversaciones', en: 'Conversations', 'pt-BR': 'Conversas' },
	inbound_messages: { es: 'Mensajes recibidos', en: 'Messages received', 'pt-BR': 'Mensagens recebidas' },
	outbound_messages: { es: 'Mensajes enviados', en: 'Messages sent', 'pt-BR': 'Mensagens enviadas' },
	leads: { es: 'Leads', en: 'Leads', 'pt-BR': 'Leads' },
	cases: { es: 'Casos', en: 'Cases', 'pt-BR': 'Casos' },
	conversation_to_lead: { es: 'De conversación a lead', en: 'Conversation to lead', 'pt-BR': 'De conversa a lead' },
	lead_to_payment: { es: 'De lead a pago', en: 'Lead to payment', 'pt-BR': 'De lead a pagamento' },
	time_to_close: { es: 'Tiempo hasta la venta', en: 'Time to close', 'pt-BR': 'Tempo até a venda' },
	abandonment: { es: 'Abandono antes del pago', en: 'Abandonment', 'pt-BR': 'Abandono antes do pagamento' },
	average_ticket: { es: 'Ticket promedio', en: 'Average ticket', 'pt-BR': 'Ticket médio' },
	payment_links: { es: 'Links de pago', en: 'Payment links', 'pt-BR': 'Links de pagamento' },
	link_conversion: { es: 'Links pagados', en: 'Links paid', 'pt-BR': 'Links pagos' },
	links_abandoned: { es: 'Links abandonados', en: 'Links abandoned', 'pt-BR': 'Links abandonados' },
	collected: { es: 'Recaudado', en: 'Collected', 'pt-BR': 'Recebido' },
	refunded: { es: 'Devuelto', en: 'Refunded', 'pt-BR': 'Devolvido' },
	revenue: { es: 'Ventas', en: 'Sales', 'pt-BR': 'Vendas' },
	resolved_without_person: {
		es: 'Resueltas sin una persona',
		en: 'Resolved without a person',
		'pt-BR': 'Resolvidas sem uma pessoa',
	},
	first_response: {
		es: 'Primera respuesta de una persona',
		en: 'First answer of a person',
		'pt-BR': 'Primeira resposta de uma pessoa',
	},
	first_response_bot: {
		es: 'Primera respuesta del bot',
		en: 'First answer of the bot',
		'pt-BR': 'Primeira resposta do bot',
	},
	sla_met: { es: 'Atendidos a tiempo', en: 'Answered in time', 'pt-BR': 'Atendidos no prazo' },
	time_to_resolve: {
		es: 'Tiempo hasta cerrar un caso',
		en: 'Time to close a case',
		'pt-BR': 'Tempo até fechar um caso',
	},
	incomplete: { es: 'Quedaron a medias', en: 'Left incomplete', 'pt-BR': 'Ficaram incompletas' },
	template_sent: { es: 'Plantillas enviadas', en: 'Templates sent', 'pt-BR': 'Modelos enviados' },
	template_read_rate: { es: 'Plantillas leídas', en: 'Templates read', 'pt-BR': 'Modelos lidos' },
	template_click_rate: { es: 'Toques en plantillas', en: 'Taps on templates', 'pt-BR': 'Toques em modelos' },
	failed_messages: { es: 'Mensajes no entregados', en: 'Messages not delivered', 'pt-BR': 'Mensagens não entregues' },
	integration_errors: { es: 'Errores de integración', en: 'Integration errors', 'pt-BR': 'Erros de integração' },
	retries: { es: 'Reintentos', en: 'Retries', 'pt-BR': 'Novas tentativas' },
	cost: { es: 'Costo de mensajes', en: 'Cost of messages', 'pt-BR': 'Custo das mensagens' },
	model_calls: { es: 'Consultas a modelos', en: 'Model calls', 'pt-BR': 'Consultas a modelos' },
	model_calls_estimated: {
		es: 'Consultas con tokens estimados',
		en: 'Calls with estimated tokens',
		'pt-BR': 'Consultas com tokens estimados',
	},
	model_cost: { es: 'Costo de modelos', en: 'Cost of models', 'pt-BR': 'Custo dos modelos' },
};

const SALES: readonly FigureName[] = [
	'leads',
	'conversation_to_lead',
	'lead_to_payment',
	'revenue',
	'collected',
	'refunded',
	'average_ticket',
	'abandonment',
	'time_to_close',
];
const SERVICE: readonly FigureName[] = [
	'conversations',
	'inbound_messages',
	'cases',
	'resolved_without_person',
	'first_response',
	'sla_met',
	'incomplete',
	'template_read_rate',
	'integration_errors',
	'cost',
	'model_calls',
	'model_calls_estimated',
	'model_cost',
];

const HEADINGS = {
	sales: { es: 'Ventas', en: 'Sales', 'pt-BR': 'Vendas' },
	service: { es: 'Servicio', en: 'Service', 'pt-BR': 'Atendimento' },
	alerts: { es: 'Alertas', en: 'Alerts', 'pt-BR': 'Alertas' },
	nothing: { es: 'Sin movimiento.', en: 'Nothing happened.', 'pt-BR': 'Sem movimento.' },
	before: { es: 'antes', en: 'before', 'pt-BR': 'antes' },
} as const satisfies Readonly<Record<string, Words>>;

/** How numbers are written. */
export const LOCALES: Readonly<Record<Language, string>> = { es: 'es-CO', en: 'en-US', 'pt-BR': 'pt-BR' };

function timeInWords(seconds: number, locale: string): string {
	const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
	if (seconds < 60) return `${number.format(Math.round(seconds))} s`;
	if (seconds < 3_600) return `${number.format(Math.round(seconds / 60))} min`;
	if (seconds < 172_800) return `${number.format(seconds / 3_600)} h`;
	return `${number.format(seconds / 86_400)} d`;
}

/** A figure as people of the language write it. */
export function valueInWords({ unit, currency }: Figure, value: number, locale: string): string {
	switch (unit) {
		case 'count':
			return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
		case 'share':
			return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
		case 'seconds':
			return timeInWords(value, locale);
		case 'money':
			return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)} ${currency ?? ''}`.trim();
	}
}

export interface SummaryToTell {
	readonly business: string;
	readonly from: string;
	readonly to: string;
	readonly figures: ReadonlyArray<Figure & { readonly previous: number | null }>;
	/** Sentences. */
	readonly alerts: readonly string[];
}

/** The figures of some days as a message that a person reads in half a minute. */
export function summaryInWords(
	{ business, from, to, figures, alerts }: SummaryToTell,
	language: Language,
): { readonly title: string; readonly text: string } {
	const locale = LOCALES[language];
	const lineOf = (figure: SummaryToTell['figures'][number]): string[] => {
		if (figure.value === null) return [];
		const before =
			figure.previous === null
				? ''
				: ` (${HEADINGS.before[language]}: ${valueInWords(figure, figure.previous, locale)})`;
		return [`• ${NAMES[figure.name][language]}: ${valueInWords(figure, figure.value, locale)}${before}`];
	};
	const part = (heading: string, names: readonly FigureName[]): string[] => {
		const lines = names.flatMap((name) => figures.filter((figure) => figure.name === name).flatMap(lineOf));
		return lines.length === 0 ? [] : [[`*${heading}*`, ...lines].join('\n')];
	};
	const isQuiet = figures.every(({ value, previous }) => !value && !previous);
	const title = `${business} · ${from === to ? from : `${from} – ${to}`}`;
	const parts = isQuiet
		? [HEADINGS.nothing[language]]
		: [...part(HEADINGS.sales[language], SALES), ...part(HEADINGS.service[language], SERVICE)];
	if (alerts.length > 0) {
		parts.push([`*${HEADINGS.alerts[language]}*`, ...alerts.map((alert) => `• ${alert}`)].join('\n'));
	}
	return { title, text: [`*${title}*`, ...parts].join('\n\n') };
}
