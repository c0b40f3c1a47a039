import { permissionsOf, type InboxRole } from '../../../nodes/shared/domain/inbox/permissions';
import type * as views from '../../../nodes/shared/domain/inbox/views';
import type { QueryAnswers } from '../../../nodes/shared/domain/inbox/requests';
import { prosuministros } from '../../../nodes/shared/domain/profile/prosuministros';
import { picture, tone } from './pictures';

/** The moment at which everything on the page happens. A Tuesday, 10:24 in Bogotá. */
export const NOW = Date.parse('2026-03-10T15:24:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const ago = (milliseconds: number): string => new Date(NOW - milliseconds).toISOString();

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

export interface DeskConversation {
	summary: Mutable<views.ConversationSummary>;
	detail: Omit<Mutable<views.ConversationDetail>, 'conversation' | 'allowed'>;
	/** Oldest first. */
	rows: views.MessageView[];
	preview: views.LeadPreview;
}

/** How many messages of the customer there are. */
export const inboundCount = ({ rows }: DeskConversation): number =>
	rows.filter(({ kind, direction }) => kind === 'message' && direction === 'in').length;

/** Everything the page can see of a business: one morning at PROSUMINISTROS. */
export interface Desk {
	readonly session: Mutable<views.SessionView>;
	readonly team: views.AdvisorView[];
	readonly conversations: Map<string, DeskConversation>;
	readonly canned: views.CannedAnswerView[];
	readonly templates: views.TemplateView[];
	readonly notifications: Array<Mutable<views.NotificationView>>;
	readonly followUps: Array<Mutable<views.FollowUpView>>;
	readonly approvals: Array<Mutable<views.ApprovalView>>;
	readonly deadLetters: views.DeadLetterView[];
	alerts: views.MetricsView['alerts'];
	readonly numbers: views.LinkedNumberView[];
	readonly audit: views.AuditLineView[];
	readonly files: ReadonlyMap<string, { readonly contentType: string; readonly bytes: Buffer }>;
	profile: Mutable<QueryAnswers['profile']>;
	history: Array<QueryAnswers['profileHistory']['rows'][number]>;
}

const laura = { id: 'adv-laura', name: 'Laura Gómez' };
const carlos = { id: 'adv-carlos', name: 'Carlos Restrepo' };
const diana = { id: 'adv-diana', name: 'Diana Salazar' };
const company: views.ChannelView = { id: 'ch-1', name: '+57 300 111 2233', kind: 'company' };
const linked: views.ChannelView = { id: 'ch-2', name: '+57 315 777 8899', kind: 'linked', advisor: carlos };

const files: Desk['files'] = new Map([
	['att-photo', { contentType: 'image/png', bytes: picture(560, 360, [52, 70, 190], [240, 170, 80]) }],
	['att-photo2', { contentType: 'image/png', bytes: picture(420, 420, [30, 120, 90], [230, 220, 150]) }],
	['att-voice', { contentType: 'audio/wav', bytes: tone(3) }],
	['att-sticker', { contentType: 'image/png', bytes: picture(128, 128, [240, 120, 120], [250, 220, 90]) }],
	['att-pdf', { contentType: 'application/octet-stream', bytes: Buffer.from('%PDF-1.4\n') }],
]);

type Row = Partial<views.MessageView> & { readonly id: string; readonly at: string };

const from = (author: views.MessageView['author'], row: Row): views.MessageView => ({
	kind: 'message',
	direction: author === 'customer' ? 'in' : 'out',
	type: 'text',
	...(author === 'customer' ? {} : { status: 'read' as const }),
	...row,
	author,
});

const happened = (
	id: string,
	at: string,
	action: string,
	values: Record<string, string>,
	actor = '',
): views.MessageView => ({
	id,
	kind: 'event',
	author: 'system',
	type: 'event',
	at,
	event: { action, actor, values },
});

function marianaRows(): views.MessageView[] {
	const yesterday = DAY + 20 * MINUTE;
	return [
		from('customer', { id: 'm01', at: ago(yesterday), text: 'Hola, buenos días 👋' }),
		from('bot', {
			id: 'm02',
			at: ago(yesterday - 2000),
			text: '👋 ¡Hola! Bienvenido a PROSUMINISTROS 🧰\nTu aliado en hardware, software, accesorios y servicios de infraestructura IT.\n\n¿Cuál es tu nombre completo?',
			explainable: true,
		}),
		from('customer', { id: 'm03', at: ago(yesterday - MINUTE), text: 'Mariana Ospina, 1020304050' }),
		from('bot', {
			id: 'm04',
			at: ago(yesterday - MINUTE - 2000),
			text: 'Gracias. Para poder atenderte mejor, por favor cuéntame qué deseas hacer hoy:\n1️⃣ Solicitar una cotización\n2️⃣ Consulta el estado de tu pedido\n3️⃣ Otro motivo',
			choices: ['1. Cotización', '2. Estado de pedido', '3. Otro motivo'],
			explainable: true,
		}),
		from('customer', { id: 'm05', at: ago(yesterday - 2 * MINUTE), text: '1. Cotización', type: 'button' }),
		happened('e01', ago(yesterday - 3 * MINUTE), 'case.opened', { number: 'PS-2026-000123' }),
		from('bot', {
			id: 'm06',
			at: ago(yesterday - 3 * MINUTE - 1000),
			text: 'Perfecto. He registrado tu solicitud con el número PS-2026-000123. Un asesor te enviará la información.',
			explainable: true,
		}),
		happened('e02', ago(2 * HOUR), 'conversation.assigned', { advisor: 'Laura Gómez' }, 'Bot'),
		from('advisor', {
			id: 'm07',
			at: ago(105 * MINUTE),
			advisor: laura,
			text: 'Hola Mariana 😊 soy *Laura*. ¿Los 20 portátiles serían con _Windows Pro_ o sin licencia?',
		}),
		from('customer', {
			id: 'm08',
			at: ago(80 * MINUTE),
			text: 'Con Windows Pro. Te mando la foto del modelo que tenemos hoy y la ficha',
			reactions: [{ emoji: '👍', author: 'advisor' }],
		}),
		from('customer', {
			id: 'm09',
			at: ago(79 * MINUTE),
			type: 'image',
			attachment: {
				id: 'att-photo',
				kind: 'image',
				state: 'stored',
				mimeType: 'image/png',
				filename: 'modelo-actual.png',
			},
		}),
		from('customer', {
			id: 'm10',
			at: ago(78 * MINUTE),
			type: 'document',
			attachment: {
				id: 'att-pdf',
				kind: 'document',
				state: 'stored',
				filename: 'Ficha técnica portátiles 2026.pdf',
				mimeType: 'application/pdf',
				size: 348_221,
			},
		}),
		{
			id: 'n01',
			kind: 'note',
			author: 'advisor',
			advisor: diana,
			type: 'text',
			at: ago(70 * MINUTE),
			text: 'Ojo: compraron 12 equipos en noviembre. Ofrecer el mismo descuento.',
		},
		from('customer', {
			id: 'm11',
			at: ago(50 * MINUTE),
			type: 'audio',
			attachment: {
				id: 'att-voice',
				kind: 'audio',
				state: 'stored',
				mimeType: 'audio/wav',
				transcript: 'Quería saber si nos los pueden entregar antes del 20 y si manejan leasing.',
			},
		}),
		from('advisor', {
			id: 'm12',
			at: ago(41 * MINUTE),
			advisor: laura,
			text: 'Sí a las dos cosas. Mira las condiciones: https://prosuministros.example/leasing',
			quoted: { id: 'm11', author: 'customer', preview: 'Quería saber si nos los pueden entregar antes del 20…' },
			status: 'delivered',
		}),
		from('advisor', {
			id: 'm13',
			at: ago(40 * MINUTE),
			advisor: laura,
			text: 'Te adjunto la cotización formal.',
			status: 'failed',
			failure: { reason: 'notReachable', vendor: 'whatsapp', code: '131026', said: 'Message undeliverable.' },
		}),
		from('customer', {
			id: 'm14',
			at: ago(9 * MINUTE),
			type: 'location',
			location: {
				latitude: 4.67612,
				longitude: -74.04803,
				name: 'Oficina principal',
				address: 'Calle 93 # 14-20, Bogotá',
			},
		}),
		from('customer', { id: 'm15', at: ago(8 * MINUTE), deleted: true }),
		from('customer', {
			id: 'm16',
			at: ago(7 * MINUTE),
			text: 'Esa es la dirección de entrega. ¿Nos das precio por 20 unidades hoy? Es ~un poquito~ urgente 🙏',
			edited: true,
		}),
	];
}

const allFields = {
	name: 'Mariana Ospina',
	phone: '+573001234567',
	identification: '1020304050',
	company: 'Andina Textil S.A.S.',
	city: 'Bogotá',
	requestType: 'quotation',
	product: 'Portátiles 14" con Windows Pro',
	quantity: '20',
	urgency: 'high',
	need: '20 portátiles antes del 20 de marzo, con leasing',
	nextStep: 'Enviar cotización formal',
};

function mariana(): DeskConversation {
	const rows = marianaRows();
	return {
		summary: {
			id: 'conv-mariana',
			contactId: 'con-mariana',
			contactName: 'Mariana Ospina',
			phone: '+573001234567',
			channel: company,
			mode: 'human',
			owner: laura,
			areaName: 'Ventas',
			lastMessage: {
				author: 'customer',
				type: 'text',
				preview: 'Esa es la dirección de entrega. ¿Nos das precio por 20 unidades hoy?',
				at: ago(7 * MINUTE),
			},
			unread: 3,
			waitingSince: ago(9 * MINUTE),
			answerDueAt: new Date(NOW + 3 * MINUTE).toISOString(),
			windowClosesAt: new Date(NOW + 23 * HOUR).toISOString(),
			openCases: 1,
			tags: ['corporativo', 'leasing'],
			commercialIntent: true,
			incomplete: false,
			trouble: false,
			revision: 10,
		},
		detail: {
			contact: {
				id: 'con-mariana',
				name: 'Mariana Ospina',
				nameVerified: true,
				profileName: 'Mari O.',
				phone: '+573001234567',
				identification: '1020304050',
				identificationType: 'CC',
				email: 'compras@andinatextil.example',
				company: 'Andina Textil S.A.S.',
				city: 'Bogotá',
				tags: ['corporativo', 'leasing'],
				owner: laura,
				consents: [{ kind: 'privacy', at: ago(DAY), source: 'A1' }],
				source: 'Anuncio «Portátiles 2026»',
			},
			cases: [
				{
					id: 'case-123',
					number: 'PS-2026-000123',
					type: 'quotation',
					areaName: 'Ventas',
					status: 'in_progress',
					subject: '20 portátiles de 14 pulgadas con Windows Pro',
					fields: { product: 'Portátil 14"', quantity: '20' },
					priority: 'high',
					advisor: laura,
					tags: [],
					attachments: [
						{ id: 'att-pdf', kind: 'document', state: 'stored', filename: 'Ficha técnica portátiles 2026.pdf' },
					],
					createdAt: ago(DAY),
					updatedAt: ago(2 * HOUR),
				},
			],
			payments: [
				{
					id: 'pay-1',
					status: 'open',
					amount: '1850000',
					currency: 'COP',
					description: 'Anticipo cotización',
					url: 'https://pay.example/1',
					createdAt: ago(HOUR),
					updatedAt: ago(HOUR),
				},
			],
			followUps: [],
			approvals: [],
			cost: [
				{ kind: 'messages', amount: '312.40', currency: 'COP', count: 14 },
				{ kind: 'model', amount: '0.021', currency: 'USD', count: 3 },
			],
		},
		rows,
		preview: {
			action: 'create',
			fields: Object.entries(allFields).map(([field, after]) => ({ field, after, changed: true })),
			summary: ['Pide 20 portátiles con Windows Pro', 'Entrega antes del 20 de marzo', 'Pregunta por leasing'],
			attachments: 3,
			messages: 9,
		},
	};
}

interface Short {
	readonly id: string;
	readonly name: string;
	readonly said: string;
	readonly minutes: number;
	readonly over?: Partial<views.ConversationSummary>;
}

const SHORT: readonly Short[] = [
	{
		id: 'conv-jorge',
		name: 'Jorge Iván Pérez',
		said: 'llevo una semana esperando mi pedido y nadie me responde!!',
		minutes: 26,
		over: {
			mode: 'waiting',
			owner: undefined,
			waitingSince: ago(26 * MINUTE),
			answerDueAt: ago(11 * MINUTE),
			unread: 4,
			openCases: 1,
			tags: ['reclamo'],
		},
	},
	{
		id: 'conv-ferreteria',
		name: 'Ferretería El Tornillo',
		said: '¿Me regalas el valor de la impresora láser?',
		minutes: 4,
		over: {
			mode: 'waiting',
			owner: undefined,
			waitingSince: ago(4 * MINUTE),
			answerDueAt: new Date(NOW + 11 * MINUTE).toISOString(),
			unread: 1,
			commercialIntent: true,
		},
	},
	{
		id: 'conv-camila',
		name: 'Camila Torres',
		said: 'Perfecto. He registrado tu solicitud con el número PS-2026-000131.',
		minutes: 12,
		over: { mode: 'bot', owner: undefined, openCases: 1 },
	},
	{
		id: 'conv-andres',
		name: 'Andrés Villa',
		said: 'Muchas gracias Laura, quedo atento a la factura',
		minutes: 64,
		over: { leadStage: 'SQL', commercialIntent: true, openCases: 2 },
	},
	{
		id: 'conv-closed-window',
		name: 'Hospital San Rafael',
		said: 'Listo, lo reviso con compras y te cuento',
		minutes: 60 * 30,
		over: { windowClosesAt: ago(6 * HOUR), tags: ['salud'], leadStage: 'Opportunity', commercialIntent: true },
	},
	{
		id: 'conv-linked',
		name: 'Distribuidora Caribe',
		said: 'Carlos, ¿me confirmas el despacho?',
		minutes: 95,
		over: { mode: 'mirrored', owner: carlos, channel: linked },
	},
	{
		id: 'conv-incomplete',
		name: '+57 311 400 9000',
		said: 'No recibimos respuesta, por lo que la conversación se ha cerrado.',
		minutes: 60 * 14,
		over: { mode: 'closed', owner: undefined, incomplete: true },
	},
	{
		id: 'conv-trouble',
		name: 'Óptica Visión Total',
		said: 'me pueden enviar el link de pago por favor',
		minutes: 180,
		over: { trouble: true, owner: diana },
	},
];

const PEOPLE = [
	...[
		'Valentina Ríos',
		'Sebastián Mora',
		'Papelería Andes',
		'Luisa Fernanda Cruz',
		'Colegio Los Alpes',
		'Juan Camilo Díaz',
	],
	...['Clínica del Norte', 'Paola Méndez', 'TransCarga S.A.', 'Mateo Herrera', 'Daniela Ortiz', 'Grupo Santa Elena'],
];

function short({ id, name, said, minutes, over = {} }: Short, index: number): DeskConversation {
	const author = said.startsWith('Perfecto.') || said.startsWith('No recibimos') ? 'bot' : 'customer';
	const summary: Mutable<views.ConversationSummary> = {
		id,
		contactId: `con-${id}`,
		contactName: name,
		phone: `+57310${String(5550000 + index).padStart(7, '0')}`,
		channel: company,
		mode: 'human',
		owner: laura,
		areaName: 'Ventas',
		lastMessage: {
			author,
			type: 'text',
			preview: said,
			at: ago(minutes * MINUTE),
			...(author === 'bot' ? { status: 'delivered' as const } : {}),
		},
		unread: 0,
		windowClosesAt: new Date(NOW + 20 * HOUR).toISOString(),
		openCases: 0,
		tags: [],
		commercialIntent: false,
		incomplete: false,
		trouble: false,
		revision: 1,
		...over,
	};
	return {
		summary,
		detail: {
			contact: {
				id: `con-${id}`,
				name,
				nameVerified: true,
				phone: summary.phone,
				tags: summary.tags,
				consents: [],
			},
			cases: [],
			payments: [],
			followUps: [],
			approvals: [],
			cost: [],
		},
		rows: [
			from('customer', { id: `${id}-1`, at: ago(minutes * MINUTE + 5 * MINUTE), text: 'Hola' }),
			from(author, {
				id: `${id}-2`,
				at: ago(minutes * MINUTE),
				text: said,
				...(author === 'bot' ? { explainable: true } : {}),
			}),
		],
		preview: {
			action: 'create',
			fields: [{ field: 'name', after: name, changed: true }],
			summary: [],
			attachments: 0,
			messages: 2,
		},
	};
}

/** A conversation with more rows than a page has. */
function long(): DeskConversation {
	const one = short({ id: 'conv-long', name: 'Universidad del Valle', said: 'Mensaje 140', minutes: 240 }, 90);
	one.rows = Array.from({ length: 140 }, (_, index) =>
		from(index % 3 === 0 ? 'customer' : 'advisor', {
			id: `long-${String(index).padStart(3, '0')}`,
			at: ago(240 * MINUTE + (140 - index) * 7 * MINUTE),
			text: `Mensaje ${index + 1}: seguimos con el contrato marco de suministros.`,
			...(index % 3 === 0 ? {} : { advisor: laura }),
		}),
	);
	return one;
}

function team(): views.AdvisorView[] {
	const person = (
		who: views.PersonOfTeam,
		role: InboxRole,
		areas: string[],
		openConversations: number,
		over: Partial<views.AdvisorView> = {},
	): views.AdvisorView => ({
		...who,
		role,
		areas,
		aliases: [],
		available: true,
		canLogIn: true,
		openConversations,
		...over,
	});
	return [
		person(laura, 'administrator', ['sales'], 7, { phone: '+573001110001', email: 'laura@prosuministros.example' }),
		person(carlos, 'advisor', ['sales', 'support'], 4, { phone: '+573157778899', aliases: ['Charly'] }),
		person(diana, 'supervisor', ['sales', 'administration'], 2, { available: false }),
		person({ id: 'adv-felipe', name: 'Felipe Arango' }, 'advisor', ['support'], 0, { canLogIn: false }),
	];
}

function metricsDays(): Array<{ day: string; value: number }> {
	return Array.from({ length: 30 }, (_, index) => ({
		day: new Date(NOW - (29 - index) * DAY).toISOString().slice(0, 10),
		value: Math.round(62 + 22 * Math.sin(index / 2.1) + (index % 7 < 5 ? 24 : -30) + index),
	}));
}

/** The figures of the dashboard for any span. */
export function metrics(span: { from: string; to: string }, alerts: views.MetricsView['alerts']): views.MetricsView {
	return {
		...span,
		metrics: [
			{ name: 'conversations', value: 1943, previous: 1712, unit: 'count' },
			{ name: 'conversation_to_lead', value: 0.312, previous: 0.284, unit: 'share' },
			{ name: 'lead_to_payment', value: 0.117, previous: 0.121, unit: 'share' },
			{ name: 'resolved_without_person', value: 0.64, previous: 0.58, unit: 'share' },
			{ name: 'first_response', value: 214, previous: 308, unit: 'seconds' },
			{ name: 'time_to_close', value: 187_200, previous: 201_600, unit: 'seconds' },
			{ name: 'abandonment', value: 0.22, previous: 0.27, unit: 'share' },
			{ name: 'average_ticket', value: 1_284_500, previous: 1_190_000, unit: 'money', currency: 'COP' },
			{ name: 'template_read_rate', value: 0.83, previous: 0.81, unit: 'share' },
			{ name: 'template_click_rate', value: null, previous: null, unit: 'share' },
			{ name: 'integration_errors', value: 3, previous: 9, unit: 'count' },
			{ name: 'retries', value: 21, previous: 18, unit: 'count' },
		],
		daily: [
			{ name: 'conversations', points: metricsDays() },
			{ name: 'leads', points: metricsDays().map(({ day, value }) => ({ day, value: Math.round(value / 3.4) })) },
			{ name: 'payments', points: metricsDays().map(({ day, value }) => ({ day, value: Math.round(value / 11) })) },
		],
		breakdowns: [
			{
				by: 'option',
				name: 'conversations',
				rows: [
					{ label: '1. Cotización', value: 981 },
					{ label: '2. Estado de pedido', value: 544 },
					{ label: '3. Otro motivo', value: 418 },
				],
			},
			{
				by: 'advisor',
				name: 'leads',
				rows: [
					{ label: 'Laura Gómez', value: 214 },
					{ label: 'Carlos Restrepo', value: 188 },
					{ label: 'Diana Salazar', value: 97 },
				],
			},
			{
				by: 'channel',
				name: 'revenue',
				rows: [
					{ label: '+57 300 111 2233', value: 84 },
					{ label: '+57 315 777 8899', value: 31 },
				],
			},
		],
		alerts,
	};
}

/** A desk as it is at the beginning of a test, seen by Laura in a role. */
export function openDesk(role: InboxRole = 'administrator'): Desk {
	const conversations = [
		mariana(),
		...SHORT.map(short),
		long(),
		...Array.from({ length: 72 }, (_, index) =>
			short(
				{
					id: `conv-x${String(index).padStart(2, '0')}`,
					name: `${PEOPLE[index % PEOPLE.length]}${index >= PEOPLE.length ? ` ${Math.floor(index / PEOPLE.length) + 1}` : ''}`,
					said: ['Gracias!', '¿Tienen disponible el SSD de 1 TB?', 'Ok, quedo pendiente', 'Buenas tardes'][index % 4],
					minutes: 300 + index * 47,
				},
				index + 100,
			),
		),
	];
	return {
		session: {
			advisor: { ...laura, role, areas: ['sales'], available: true, phone: '+573001110001' },
			permissions: permissionsOf(role),
			csrfToken: 'csrf-of-laura',
			updatesFrom: 0,
			business: {
				name: 'PROSUMINISTROS',
				language: 'es',
				country: 'CO',
				timeZone: 'America/Bogota',
				currency: 'COP',
				areas: prosuministros.areas,
				waitingMinutes: 15,
			},
			uploadLimit: 16 * 1024 * 1024,
			features: { paymentLinks: true, wazzup: false, embeddedSignup: true },
		},
		team: team(),
		conversations: new Map(conversations.map((one) => [one.summary.id, one])),
		canned: [
			{ id: 'can-1', shortcut: 'saludo', text: 'Hola {name}, soy {advisor} de PROSUMINISTROS. ¿En qué te ayudo?' },
			{ id: 'can-2', shortcut: 'envio', text: 'Despachamos en 24 horas hábiles a todo el país. 🚚', advisor: laura },
			{ id: 'can-3', shortcut: 'garantia', text: 'Todos los equipos tienen un año de garantía con el fabricante.' },
		],
		templates: [
			{
				name: 'continuar_conversacion',
				languageCode: 'es',
				category: 'UTILITY',
				status: 'APPROVED',
				body: 'Hola {{1}}, soy {{2}} de PROSUMINISTROS. ¿Seguimos con tu solicitud {{3}}?',
				footer: 'Responde PARAR para no recibir mensajes',
				variables: ['1', '2', '3'],
				samples: ['Mariana', 'Laura', 'PS-2026-000123'],
			},
			{
				name: 'promo_marzo',
				languageCode: 'es',
				category: 'MARKETING',
				status: 'APPROVED',
				header: 'Ofertas de marzo',
				body: 'Este mes *{{producto}}* con 15 % de descuento.',
				variables: ['producto'],
				samples: ['portátiles'],
			},
			{
				name: 'sin_aprobar',
				languageCode: 'es',
				category: 'UTILITY',
				status: 'PENDING',
				body: 'Aún no',
				variables: [],
				samples: [],
			},
		],
		notifications: [
			{
				id: 'not-1',
				kind: 'complaint',
				text: 'Reclamo: un cliente lleva una semana esperando su pedido',
				conversationId: 'conv-jorge',
				contactName: 'Jorge Iván Pérez',
				at: ago(26 * MINUTE),
				read: false,
			},
			{
				id: 'not-2',
				kind: 'assigned',
				text: 'Te asignaron una cotización formal',
				conversationId: 'conv-mariana',
				contactName: 'Mariana Ospina',
				at: ago(2 * HOUR),
				read: false,
			},
			{ id: 'not-3', kind: 'number', text: 'La calidad de tu número volvió a verde', at: ago(2 * DAY), read: true },
		],
		approvals: [
			{
				id: 'apr-1',
				number: 'A-12',
				conversationId: 'conv-mariana',
				contactName: 'Mariana Ospina',
				summary: 'Devolver $ 50.000 a Mariana Ospina por 3 impresoras térmicas',
				state: 'pending',
				askedAt: ago(20 * 60_000),
				expiresAt: new Date(NOW + 23 * HOUR).toISOString(),
			},
		],
		followUps: [
			{
				id: 'fol-1',
				conversationId: 'conv-closed-window',
				contactName: 'Hospital San Rafael',
				text: 'Preguntar si compras aprobó la cotización',
				dueAt: ago(3 * HOUR),
				advisor: laura,
				state: 'open',
				kind: 'quotation_sent',
			},
			{
				id: 'fol-2',
				conversationId: 'conv-andres',
				contactName: 'Andrés Villa',
				text: 'Enviar factura y guía',
				dueAt: new Date(NOW + 4 * HOUR).toISOString(),
				advisor: laura,
				state: 'open',
				kind: 'hand',
			},
			{
				id: 'fol-3',
				conversationId: 'conv-mariana',
				contactName: 'Mariana Ospina',
				text: 'Llamar para coordinar la entrega',
				dueAt: new Date(NOW + 3 * DAY).toISOString(),
				advisor: laura,
				state: 'open',
				kind: 'appointment',
			},
		],
		deadLetters: [
			{
				id: 'dead-1',
				kind: 'received',
				about: 'paymentLink',
				conversationId: 'conv-trouble',
				contactName: 'Óptica Visión Total',
				why: { vendor: 'stripe', code: 'account_not_activated', said: 'Your account has not been activated.' },
				at: ago(170 * MINUTE),
				retryable: true,
			},
			{
				id: 'dead-2',
				kind: 'file',
				about: 'video',
				why: { reason: 'fileExpired' },
				at: ago(DAY),
				retryable: false,
			},
		],
		alerts: [
			{
				kind: 'volume',
				level: 'high',
				facts: { hour: 10, count: 134, usual: 100, percent: 134 },
				since: ago(2 * HOUR),
			},
		],
		numbers: [
			{
				id: 'num-1',
				advisor: carlos,
				phone: '+573157778899',
				verifiedName: 'Carlos · PROSUMINISTROS',
				state: 'mirroring',
				history: 'running',
				historyProgress: 62,
				contactsSynced: 418,
				linkedAt: ago(3 * HOUR),
			},
			{
				id: 'num-2',
				advisor: diana,
				phone: '+573004445566',
				state: 'failed',
				history: 'off',
				problem: { key: 'not_on_app', said: 'Phone number is not on the WhatsApp Business app.' },
			},
		],
		audit: Array.from({ length: 64 }, (_, index) => ({
			id: `aud-${index}`,
			at: ago(index * 37 * MINUTE),
			actor: ['Laura Gómez', 'Bot', 'Carlos Restrepo', 'Flujo'][index % 4],
			action: ['conversation.assigned', 'case.opened', 'message.written', 'lead.updated'][index % 4],
			subjectKind: 'conversation',
			subjectId: 'conv-mariana',
			payload: { before: 'waiting', after: 'human', from: 'inbox' },
		})),
		files,
		profile: {
			published: prosuministros,
			version: 7,
			changes: [],
		},
		history: [7, 6, 5].map((version) => ({
			version,
			at: ago((8 - version) * 3 * DAY),
			by: 'Laura Gómez',
			...(version === 7 ? { note: 'Horario de diciembre terminado' } : {}),
			changes: [
				{ path: [{ field: 'answerDelayMs' }], kind: 'changed' as const, before: 1500, after: 2000 + version },
				{ path: [{ field: 'options', entry: '4. Garantía' }], kind: 'added' as const },
			],
		})),
	};
}
