import type { Language } from '../domain/profile/businessProfile';

/** What Wazzup did by itself, as the team reads it in a notification. */
export type WazzupNews =
	| { readonly kind: 'contact' | 'deal'; readonly name: string | null; readonly isNew: boolean }
	| { readonly kind: 'channel'; readonly state: string | undefined }
	| { readonly kind: 'template'; readonly name: string | undefined; readonly status: string | undefined }
	| { readonly kind: 'unknown'; readonly field: string | undefined };

type Words = Readonly<Record<Language, string>>;

const UNNAMED: Words = { es: 'sin nombre', en: 'without a name', 'pt-BR': 'sem nome' };

const NEWS: Readonly<Record<'newContact' | 'knownContact' | 'newDeal' | 'knownDeal', Words>> = {
	newContact: {
		es: 'Contacto nuevo desde Wazzup: {name}',
		en: 'New contact from Wazzup: {name}',
		'pt-BR': 'Contato novo do Wazzup: {name}',
	},
	knownContact: {
		es: 'Wazzup pidió un contacto que ya existía: {name}',
		en: 'Wazzup asked for a contact that was there already: {name}',
		'pt-BR': 'O Wazzup pediu um contato que já existia: {name}',
	},
	newDeal: {
		es: 'Negocio nuevo desde Wazzup: {name}',
		en: 'New deal from Wazzup: {name}',
		'pt-BR': 'Negócio novo do Wazzup: {name}',
	},
	knownDeal: {
		es: 'Wazzup pidió un negocio y el cliente ya tenía uno abierto: {name}',
		en: 'Wazzup asked for a deal, and the customer had an open one: {name}',
		'pt-BR': 'O Wazzup pediu um negócio e o cliente já tinha um aberto: {name}',
	},
};

/** Wazzup's states of a channel, in lower case. */
const CHANNEL_STATES: ReadonlyMap<string, Words> = new Map([
	['active', { es: 'ya está activo', en: 'is active', 'pt-BR': 'está ativo' }],
	['init', { es: 'se está conectando', en: 'is connecting', 'pt-BR': 'está conectando' }],
	['disabled', { es: 'está apagado', en: 'is switched off', 'pt-BR': 'está desligado' }],
	[
		'phoneunavailable',
		{ es: 'perdió el teléfono', en: 'has lost its phone', 'pt-BR': 'perdeu a conexão com o telefone' },
	],
	['qr', { es: 'pide leer el código QR', en: 'wants its QR code read', 'pt-BR': 'pede para ler o código QR' }],
	['qridle', { es: 'pide leer el código QR', en: 'wants its QR code read', 'pt-BR': 'pede para ler o código QR' }],
	[
		'openelsewhere',
		{ es: 'está abierto en otra cuenta', en: 'is open in another account', 'pt-BR': 'está aberto em outra conta' },
	],
	['notenoughmoney', { es: 'no está pagado', en: 'is not paid', 'pt-BR': 'não está pago' }],
	[
		'foreignphone',
		{
			es: 'se conectó con otro número',
			en: 'was connected with another number',
			'pt-BR': 'foi conectado com outro número',
		},
	],
	['unauthorized', { es: 'perdió su permiso', en: 'has lost its permission', 'pt-BR': 'perdeu a permissão' }],
	['waitforpassword', { es: 'pide su contraseña', en: 'wants its password', 'pt-BR': 'pede a senha' }],
	['blocked', { es: 'fue bloqueado', en: 'was blocked', 'pt-BR': 'foi bloqueado' }],
	['onmoderation', { es: 'está en revisión', en: 'is being reviewed', 'pt-BR': 'está em revisão' }],
	['rejected', { es: 'fue rechazado', en: 'was rejected', 'pt-BR': 'foi recusado' }],
]);

const TEMPLATE_STATUSES: ReadonlyMap<string, Words> = new Map([
	['approved', { es: 'aprobada', en: 'approved', 'pt-BR': 'aprovado' }],
	['pending', { es: 'en revisión', en: 'being reviewed', 'pt-BR': 'em revisão' }],
	['rejected', { es: 'rechazada', en: 'rejected', 'pt-BR': 'recusado' }],
	['paused', { es: 'en pausa', en: 'paused', 'pt-BR': 'em pausa' }],
	['disabled', { es: 'desactivada', en: 'disabled', 'pt-BR': 'desativado' }],
]);

const CHANNEL: Words = {
	es: 'Un canal de Wazzup {state}',
	en: 'A channel of Wazzup {state}',
	'pt-BR': 'Um canal do Wazzup {state}',
};

const OTHER_STATE: Words = {
	es: 'cambió de estado: {state}',
	en: 'is in another state: {state}',
	'pt-BR': 'mudou de estado: {state}',
};

const TEMPLATE: Words = {
	es: 'Plantilla «{name}» en Wazzup: {status}',
	en: 'Template “{name}” in Wazzup: {status}',
	'pt-BR': 'Modelo “{name}” no Wazzup: {status}',
};

const UNKNOWN: Words = {
	es: 'Wazzup envió algo que esta versión aún no conoce: {field}. Quedó guardado.',
	en: 'Wazzup sent something that this version does not know yet: {field}. It was kept.',
	'pt-BR': 'O Wazzup enviou algo que esta versão ainda não conhece: {field}. Ficou guardado.',
};

function channelWords(state: string, language: Language): string {
	const known = CHANNEL_STATES.get(state.toLowerCase());
	const said = known?.[language] ?? OTHER_STATE[language].replace('{state}', () => state);
	return CHANNEL[language].replace('{state}', () => said);
}

/** The sentence for the team; what Wazzup calls by a name that we do not know is said as Wazzup says it. */
export function wazzupNews(news: WazzupNews, language: Language): string {
	switch (news.kind) {
		case 'contact':
		case 'deal': {
			const sentence =
				news.kind === 'contact'
					? news.isNew
						? NEWS.newContact
						: NEWS.knownContact
					: news.isNew
						? NEWS.newDeal
						: NEWS.knownDeal;
			return sentence[language].replace('{name}', () => news.name ?? UNNAMED[language]);
		}
		case 'channel':
			return channelWords(news.state ?? '?', language);
		case 'template': {
			const status = news.status ?? '?';
			const said = TEMPLATE_STATUSES.get(status.toLowerCase())?.[language] ?? status;
			return TEMPLATE[language].replace('{name}', () => news.name ?? '?').replace('{status}', () => said);
		}
		case 'unknown':
			return UNKNOWN[language].replace('{field}', () => news.field ?? '?');
	}
}
