import { businessProfileSchema, type BusinessProfile, type BusinessProfileInput } from './businessProfile';

const officeDay = [{ from: '08:00', to: '17:30' }];

const prosuministrosInput: BusinessProfileInput = {
	name: 'PROSUMINISTROS',
	slogan: 'Tu aliado en hardware, software, accesorios y servicios de infraestructura IT.',
	country: 'CO',
	timeZone: 'America/Bogota',
	language: 'es',
	languages: ['es'],
	start: 'data',
	options: [
		{
			id: 'quotation',
			title: '1. Cotización',
			label: 'Solicitar una cotización',
			firstLabel: 'Solicitar una Cotización',
			translations: {
				en: { title: '1. Quotation', label: 'Request a quotation' },
				'pt-BR': { title: '1. Cotação', label: 'Solicitar uma cotação' },
			},
			keywords: ['cotización', 'cotizar', 'solicitar una cotización', 'quotation', 'cotação', 'orçamento'],
			intents: ['quotation'],
			area: 'sales',
			caseType: 'quotation',
			questions: [
				{ field: 'product', type: 'product', textKey: 'D1' },
				{
					field: 'detailLevel',
					type: 'choice',
					textKey: 'D2',
					choices: [
						{
							value: 'formal',
							title: 'Cotización formal',
							keywords: ['formal', 'cotización', 'la cotización', 'quote', 'cotação'],
							caseType: 'quotation',
							translations: { en: 'Formal quotation', 'pt-BR': 'Cotação formal' },
						},
						{
							value: 'general',
							title: 'Información general',
							keywords: [
								'información',
								'info',
								'general',
								'solo información',
								'solo precio',
								'information',
								'informação',
							],
							caseType: 'information',
							translations: { en: 'General information', 'pt-BR': 'Informação geral' },
						},
					],
				},
				{ field: 'quantity', type: 'number', textKey: 'D1', ask: false },
			],
			confirmation: ['D3'],
		},
		{
			id: 'order_status',
			title: '2. Estado de pedido',
			label: 'Consulta el estado de tu pedido',
			translations: {
				en: { title: '2. Order status', label: 'Check the status of your order' },
				'pt-BR': { title: '2. Meu pedido', label: 'Consultar o status do seu pedido' },
			},
			keywords: ['estado', 'pedido', 'mi pedido', 'estado del pedido', 'seguimiento', 'order', 'status'],
			intents: ['order_status'],
			area: 'sales',
			caseType: 'order_status',
			questions: [
				{ field: 'orderNumber', type: 'text', textKey: 'C1', ask: false },
				{ field: 'advisor', type: 'advisor', textKey: 'C1', invalidTextKey: 'advisor_not_found' },
			],
			confirmation: ['C2', 'I'],
			confirmationWithoutAdvisor: ['area_notified', 'I'],
			showsOrderStatus: true,
		},
		{
			id: 'other',
			title: '3. Otro motivo',
			label: 'Otro motivo (soporte técnico, documentación, facturación o área financiera)',
			firstLabel: 'Otro motivo (soporte, documentos, facturación, área financiera)',
			translations: {
				en: { title: '3. Something else', label: 'Something else (support, documents, billing or finance)' },
				'pt-BR': { title: '3. Outro motivo', label: 'Outro motivo (suporte, documentos, faturamento ou financeiro)' },
			},
			keywords: ['otro', 'otro motivo', 'otra cosa', 'otros', 'otros motivos', 'something else', 'outro'],
			intents: ['support', 'documents', 'billing'],
			area: 'support',
			caseType: 'other',
			questions: [
				{
					field: 'process',
					type: 'choice',
					textKey: 'E1',
					choices: [
						{
							value: 'support',
							title: 'Soporte técnico',
							keywords: ['soporte', 'soporte técnico', 'técnico', 'support', 'suporte'],
							intents: ['support'],
							caseType: 'support',
							area: 'support',
							translations: { en: 'Technical support', 'pt-BR': 'Suporte técnico' },
						},
						{
							value: 'documents',
							title: 'Documentos',
							keywords: ['documento', 'documentos', 'documentación', 'documents'],
							intents: ['documents'],
							caseType: 'documents',
							area: 'documents',
							translations: { en: 'Documents', 'pt-BR': 'Documentos' },
						},
						{
							value: 'billing',
							title: 'Facturación y pagos',
							keywords: [
								'facturación',
								'factura',
								'pagos',
								'pago',
								'financiera',
								'área financiera',
								'billing',
								'financeiro',
							],
							intents: ['billing'],
							caseType: 'billing',
							area: 'finance',
							translations: { en: 'Billing and payments', 'pt-BR': 'Faturas e pagamentos' },
						},
					],
				},
				{ field: 'details', type: 'text', textKey: 'F2' },
			],
			confirmation: ['E2', 'I'],
			confirmationWithoutAdvisor: ['area_notified', 'I'],
		},
	],
	withoutOption: { area: 'sales', caseType: 'other' },
	areas: [
		{ key: 'sales', name: 'Comercial' },
		{ key: 'support', name: 'Soporte técnico' },
		{ key: 'documents', name: 'Documentación' },
		{ key: 'finance', name: 'Financiera' },
	],
	areaByCaseType: {
		quotation: 'sales',
		information: 'sales',
		order_status: 'sales',
		support: 'support',
		documents: 'documents',
		billing: 'finance',
		other: 'sales',
	},
	// The words that the client's story names (scenarios 1 and 2, template D); the vocabulary of the language comes on top.
	keywords: [
		{ intent: 'support', phrase: 'dañada', weight: 3 },
		{ intent: 'support', phrase: 'fallo', weight: 3 },
		{ intent: 'support', phrase: 'no funciona', weight: 4 },
		{ intent: 'support', phrase: 'soporte', weight: 2 },
		{ intent: 'support', phrase: 'ayuda', weight: 1 },
		{ intent: 'quotation', phrase: 'precio', weight: 2 },
		{ intent: 'quotation', phrase: 'cotización', weight: 4 },
		{ intent: 'quotation', phrase: 'quiero saber', weight: 1 },
		{ intent: 'quotation', phrase: 'información', weight: 1 },
		{ intent: 'quotation', phrase: 'me gustaría saber', weight: 1 },
	],
	hours: {
		week: {
			monday: officeDay,
			tuesday: officeDay,
			wednesday: officeDay,
			thursday: officeDay,
			friday: officeDay,
		},
		inWords: 'lunes a viernes de 8:00 a. m. a 5:30 p. m.',
		announce: false,
	},
	// D34 in one table.
	answerDelayMs: 1500,
	times: {
		firstReminderMinutes: 15,
		secondReminderMinutes: 120,
		closeMinutes: 720,
		duplicateHours: 24,
		handoffIdleHours: 12,
		quietFrom: '21:00',
		quietTo: '07:00',
	},
	handoff: { stalledTurns: 6, formalQuotation: true, complaint: true, leadScore: 70 },
	cases: { numberPattern: 'PS-{YYYY}-{000001}' },
	leads: { rule: 'formal' },
	payments: { reminders: 2 },
};

/** HU-0012 as data: PROSUMINISTROS' bot with the defaults of every settled point. */
export const prosuministros: BusinessProfile = businessProfileSchema.parse(prosuministrosInput);

/** Ready profiles by name. */
export const profiles = { prosuministros } as const;
