import { DateTime } from 'luxon';

import type { Intent } from '../../domain/classifier/types';
import type { CaseType } from '../../domain/conversation/types';
import { lookupTable } from '../../domain/lookupTable';
import type { ChatMediaType } from '../../domain/simulation/chatMessage';
import type { SideEvidence } from '../../domain/simulation/chatSides';
import type { Outcome } from '../../domain/simulation/simulationReport';

/** The report is read by the client: Spanish, as the client's own words for these things. */

export const INTENT_WORDS: Readonly<Record<Intent, string>> = {
	quotation: 'Cotizaciones y precios',
	order_status: 'Estado de un pedido',
	support: 'Soporte técnico',
	documents: 'Documentos',
	billing: 'Facturación y pagos',
	human: 'Hablar con una persona',
	greeting: 'Solo saludan',
	thanks: 'Agradecen',
	opt_out: 'No quieren recibir mensajes',
	unknown: 'No se reconoce con las reglas',
};

export const CASE_WORDS: Readonly<Record<CaseType, string>> = {
	quotation: 'Cotización',
	information: 'Información',
	order_status: 'Estado de pedido',
	support: 'Soporte técnico',
	documents: 'Documentos',
	billing: 'Facturación y pagos',
	other: 'Otro motivo',
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
	registered: 'Registrada por el bot',
	continued: 'Continúa un caso abierto',
	opted_out: 'Baja respetada',
	handed_over: 'Pasa a una persona',
	unfinished: 'Queda una pregunta sin respuesta',
	small_talk: 'Solo saludo o gracias',
	not_asked: 'El cliente no escribió',
};

const FIELD_WORDS = lookupTable<string>({
	name: 'Nombre',
	identification: 'Identificación',
	product: 'Qué producto o servicio',
	detailLevel: 'Cotización formal o información',
	quantity: 'Cantidad',
	orderNumber: 'Número de pedido',
	advisor: 'Con qué asesor',
	process: 'Qué proceso (soporte, documentos, pagos)',
	details: 'Detalle de la solicitud',
	menu: 'Opción del menú',
	email: 'Correo',
	city: 'Ciudad',
});

export const fieldWords = (field: string): string => FIELD_WORDS.get(field) ?? field;

const REASON_WORDS = lookupTable<string>({
	asked_for_person: 'Pidió hablar con una persona',
	complaint: 'Queja o reclamo',
	insult: 'Insultos',
	despair: 'Desespero',
	voice_notes: 'Varias notas de voz',
	not_understood: 'No se entendió tres veces',
	no_progress: 'La conversación no avanzaba',
	with_a_person: 'Ya la tenía una persona',
});

export const reasonWords = (reason: string): string => REASON_WORDS.get(reason) ?? reason;

const MEDIA_WORDS: Readonly<Record<ChatMediaType, string>> = {
	image: 'foto',
	video: 'video',
	audio: 'audio',
	voice: 'nota de voz',
	document: 'documento',
	sticker: 'sticker',
	contact: 'contacto',
	location: 'ubicación',
	unknown: 'archivo',
};

export const mediaWords = (type: ChatMediaType): string => MEDIA_WORDS[type];

export const EVIDENCE_WORDS: Readonly<Record<SideEvidence, string>> = {
	given: 'por el nombre indicado al ejecutar',
	table: 'por la columna de dirección de la tabla',
	every_chat: 'porque escribe en varios chats',
	title: 'por el nombre del archivo, que es el del cliente',
	profile_name: 'por el nombre del perfil',
	phone_number: 'porque el otro es un número sin guardar',
	first_to_write: 'porque el cliente es quien escribió primero; conviene revisarlo',
};

export const WEEKDAYS = ['lun', 'mar', 'mié', 'jue', 'vie', 'sáb', 'dom'];

const numbers = new Intl.NumberFormat('es-CO');

export const number = (value: number): string => numbers.format(value);
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
export const counted = (count: number, one: string, many: string): string =>
	`${number(count)} ${count === 1 ? one : many}`;

export const conversations = (count: number): string => counted(count, 'conversación', 'conversaciones');

export function duration(minutes: number): string {
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
	return `${Math.floor(hours / 24)} días`;
}

const local = (iso: string, timeZone: string): DateTime => DateTime.fromISO(iso, { zone: timeZone }).setLocale('es');

export const day = (iso: string, timeZone: string): string => local(iso, timeZone).toFormat("d 'de' LLLL 'de' yyyy");
export const moment = (iso: string, timeZone: string): string => local(iso, timeZone).toFormat('d LLL yyyy, H:mm');
