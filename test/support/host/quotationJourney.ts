import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { PATIENCE } from '../patience';
import type { Customer, GraphSimulator, ReleaseOptions } from '../../simulators/graph/types';
import type { StoreEnding } from './storeEnding';

/** A new customer who writes "hola" and wants a formal quotation with a photo: HU-0012 flow A, then template D. */
export const laura = {
	waId: '573001112233',
	phone: '+573001112233',
	profileName: 'Laura 🌻',
	name: 'Laura Gómez Restrepo',
	identification: '1020304050',
	need: '20 portátiles para la oficina, como el de la foto',
} as const;

/** A real one-pixel JPEG: its digest is what the store must hold. */
export const photo = Buffer.from(
	'/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
	'base64',
);

export const photoDigest = createHash('sha256').update(photo).digest('hex');

const paragraph = (...lines: string[]): string => lines.join('\n');

/** The bubbles that the decisions give for this customer, HU-0012 word for word; the last one carries the case number. */
export const quotationBubbles = (caseNumber: string): readonly string[] => [
	paragraph(
		'👋 ¡Hola! Bienvenido a PROSUMINISTROS 🧰',
		'Tu aliado en hardware, software, accesorios y servicios de infraestructura IT.',
		'',
		'¿Cuál es tu nombre completo?',
	),
	'Perfecto, gracias. ¿Podrías indicarme tu número de identificación o documento?',
	paragraph(
		'Gracias. Para poder atenderte mejor, por favor cuéntame qué deseas hacer hoy:',
		'1️⃣ Solicitar una cotización',
		'2️⃣ Consulta el estado de tu pedido',
		'3️⃣ Otro motivo (soporte técnico, documentación, facturación o área financiera)',
	),
	'Claro, con gusto te ayudo con información. ¿Sobre qué producto deseas recibir detalle?',
	paragraph(
		'Recibí lo que me enviaste 📎 y lo guardo con tu solicitud.',
		'',
		'¿Deseas una cotización formal o solo información general?',
	),
	`Perfecto. He registrado tu solicitud con el número ${caseNumber}. Un asesor te enviará la información.`,
];

export interface JourneyOptions {
	/** How the text and the photo of the burst leave; in the order written, one POST each, when absent. */
	readonly burst?: ReleaseOptions;
	/** Called before each thing the customer does, in words. */
	readonly narrate?: (line: string) => void;
	/** The time where the customer is; the machine's own unless told. */
	readonly now?: () => number;
	/** How long the customer waits for each answer; PATIENCE unless told. */
	readonly patience?: number;
}

/** Plays the customer, who writes the next thing only after reading the answer to the last. */
export async function playQuotation(
	simulator: GraphSimulator,
	customer: Customer,
	{ burst, narrate = () => undefined, now = Date.now, patience = PATIENCE }: JourneyOptions = {},
): Promise<void> {
	const reads = async (beginning: string): Promise<void> => {
		await customer.waitFor(({ text }) => text.includes(beginning), patience);
	};
	narrate('«hola»');
	customer.text('hola');
	await reads('¿Cuál es tu nombre completo?');
	narrate(`«${laura.name}»`);
	customer.text(laura.name);
	await reads('número de identificación');
	narrate(`«${laura.identification}»`);
	customer.text(laura.identification);
	await reads('qué deseas hacer hoy');
	narrate('[1. Cotización]');
	customer.tapButton('1. Cotización');
	const tappedAt = now();
	await reads('¿Sobre qué producto');
	narrate(`«${laura.need}» y una foto 📷`);
	// Meta tells whole seconds: only so can the store show which of the two was written first, and both after the tap.
	await setTimeout(Math.max(0, tappedAt + 1_000 - now()));
	simulator.hold();
	customer.text(laura.need, { at: now() - 1_000 });
	customer.image(photo, undefined, { mimeType: 'image/jpeg' });
	await simulator.release(burst);
	await reads('cotización formal');
	narrate('«formal»');
	customer.text('formal');
	await reads('He registrado tu solicitud');
}

/** The number of the first case that the store holds. Its year is the business's, which on 31 December is not the machine's. */
export function firstCaseNumber({ cases }: StoreEnding): string {
	const number = String(cases[0]?.number);
	if (!/^PS-20\d\d-000001$/.test(number)) throw new Error(`'${number}' is not the number of a first case`);
	return number;
}

/** What the store holds when all is well. `messages`: what the customer wrote, as the store shows it. */
export function expectedQuotationEnding(caseNumber: string): StoreEnding {
	const photoOnFile = { type: 'image', sha256: photoDigest, state: 'stored' };
	return {
		contacts: [{ name: laura.name, identification: laura.identification, phone: laura.phone, registered: 1 }],
		conversations: [
			{
				mode: 'bot',
				received: [
					{ type: 'text', text: 'hola', handled: 'done' },
					{ type: 'text', text: laura.name, handled: 'done' },
					{ type: 'text', text: laura.identification, handled: 'done' },
					{ type: 'reply', text: '1. Cotización', handled: 'done' },
					{ type: 'text', text: laura.need, handled: 'done' },
					{ type: 'image', text: null, handled: 'done' },
					{ type: 'text', text: 'formal', handled: 'done' },
				],
				sent: quotationBubbles(caseNumber).map((text, place) => ({
					type: place === 2 || place === 4 ? 'choices' : 'text',
					text,
					author: 'bot',
					delivery: 'read',
				})),
			},
		],
		cases: [{ number: caseNumber, type: 'quotation', area: 'sales', status: 'open', attachments: [photoOnFile] }],
		leads: [
			{
				name: laura.name,
				phone: laura.phone,
				identification: laura.identification,
				requestType: 'quotation',
				caseNumber,
				attachments: [photoOnFile],
			},
		],
		unfinished: [],
	};
}
