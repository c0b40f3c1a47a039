/** Writes chats as WhatsApp exports them, and makes up a whole shop's worth of them. Every name is invented. */

export interface WrittenMessage {
	/** The clock on the wall: year, month, day, hour, minute, second. */
	readonly at: readonly [number, number, number, number, number, number];
	/** Absent for WhatsApp's own notes. */
	readonly from?: string;
	readonly text: string;
}

export interface ExportFormat {
	readonly locale: string;
	readonly platform: 'android' | 'ios';
	readonly date: (year: number, month: number, day: number) => string;
	readonly time: (hour: number, minute: number, second: number) => string;
	readonly dateOrder: 'day_first' | 'month_first';
	/** Android writes no seconds. */
	readonly seconds: boolean;
	/** Between date and time. */
	readonly comma: string;
	readonly media: string;
}

const two = (value: number): string => String(value).padStart(2, '0');
const shortYear = (year: number): string => String(year).slice(2);
const NARROW = '\u202f';

const halfDay =
	(morning: string, afternoon: string, seconds: boolean) =>
	(hour: number, minute: number, second: number): string =>
		`${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)}${seconds ? `:${two(second)}` : ''}${NARROW}${hour < 12 ? morning : afternoon}`;
const dayClock =
	(seconds: boolean) =>
	(hour: number, minute: number, second: number): string =>
		`${two(hour)}:${two(minute)}${seconds ? `:${two(second)}` : ''}`;

/** As phones set to these languages write, on both systems. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
	{
		locale: 'es-CO',
		platform: 'android',
		date: (year, month, day) => `${day}/${two(month)}/${year}`,
		time: halfDay(`a.${'\u00a0'}m.`, `p.${'\u00a0'}m.`, false),
		dateOrder: 'day_first',
		seconds: false,
		comma: ', ',
		media: '<Multimedia omitido>',
	},
	{
		locale: 'es-CO',
		platform: 'ios',
		date: (year, month, day) => `${day}/${two(month)}/${shortYear(year)}`,
		time: halfDay(`a.${'\u00a0'}m.`, `p.${'\u00a0'}m.`, true),
		dateOrder: 'day_first',
		seconds: true,
		comma: ', ',
		media: '\u200eimagen omitida',
	},
	{
		locale: 'es-MX',
		platform: 'android',
		date: (year, month, day) => `${two(day)}/${two(month)}/${shortYear(year)}`,
		time: halfDay('a. m.', 'p. m.', false),
		dateOrder: 'day_first',
		seconds: false,
		comma: ' ',
		media: '<Multimedia omitido>',
	},
	{
		locale: 'es-ES',
		platform: 'android',
		date: (year, month, day) => `${day}/${month}/${shortYear(year)}`,
		time: (hour, minute) => `${hour}:${two(minute)}`,
		dateOrder: 'day_first',
		seconds: false,
		comma: ', ',
		media: '<Multimedia omitido>',
	},
	{
		locale: 'en-US',
		platform: 'android',
		date: (year, month, day) => `${month}/${day}/${shortYear(year)}`,
		time: halfDay('AM', 'PM', false),
		dateOrder: 'month_first',
		seconds: false,
		comma: ', ',
		media: '<Media omitted>',
	},
	{
		locale: 'en-US',
		platform: 'ios',
		date: (year, month, day) => `${month}/${day}/${shortYear(year)}`,
		time: halfDay('AM', 'PM', true),
		dateOrder: 'month_first',
		seconds: true,
		comma: ', ',
		media: '\u200eimage omitted',
	},
	{
		locale: 'en-GB',
		platform: 'android',
		date: (year, month, day) => `${two(day)}/${two(month)}/${year}`,
		time: dayClock(false),
		dateOrder: 'day_first',
		seconds: false,
		comma: ', ',
		media: '<Media omitted>',
	},
	{
		locale: 'pt-BR',
		platform: 'android',
		date: (year, month, day) => `${two(day)}/${two(month)}/${year}`,
		time: dayClock(false),
		dateOrder: 'day_first',
		seconds: false,
		comma: ' ',
		media: '<Mídia oculta>',
	},
	{
		locale: 'pt-BR',
		platform: 'ios',
		date: (year, month, day) => `${two(day)}/${two(month)}/${year}`,
		time: dayClock(true),
		dateOrder: 'day_first',
		seconds: true,
		comma: ', ',
		media: '\u200eimagem ocultada',
	},
];

/** The file that a phone of this format would write. */
export function exportedBy(format: ExportFormat, messages: readonly WrittenMessage[]): string {
	return messages
		.map(({ at: [year, month, day, hour, minute, second], from, text }) => {
			const stamp = `${format.date(year, month, day)}${format.comma}${format.time(hour, minute, second)}`;
			const said = from === undefined ? text : `${from}: ${text}`;
			return format.platform === 'ios' ? `[${stamp}] ${said}` : `${stamp} - ${said}`;
		})
		.join('\n');
}

/** A small generator of numbers that is the same on every run. */
function sequence(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
		return state / 4_294_967_296;
	};
}

const FIRST = ['Laura', 'Andrea', 'Camilo', 'Jorge', 'Paula', 'Ricardo', 'Natalia', 'Felipe', 'Diana', 'Óscar'];
const LAST = ['Gómez', 'Rincón', 'Salazar', 'Bernal', 'Ospina', 'Cárdenas', 'Rueda', 'Zapata', 'Peña', 'Lozano'];
const THINGS = ['portátiles Lenovo', 'monitores de 24', 'licencias de Office', 'impresoras láser', 'diademas', 'UPS'];

/** What people write, each as one conversation: lines of the customer, `>` for the business. */
const STORIES: ReadonlyArray<readonly string[]> = [
	[
		'Buenas, necesito cotizar {n} {thing}',
		'> Hola {name}, te habla {advisor}, con gusto',
		'para entrega en Medellín',
		'gracias',
	],
	['hola', 'qué precio tienen los {thing}?', '> Buenos días, ya le paso el precio'],
	['Buenos días, en qué va mi pedido 10{n}?', '> Su pedido sale hoy'],
	['la impresora que les compré no prende, me pueden ayudar?', '> Claro, le agendo una visita'],
	['Me regalan la factura del mes pasado por favor', '> Se la envío al correo', 'mil gracias'],
	['ya hice el pago de la factura, les mando el soporte', '<Multimedia omitido>', '> Recibido'],
	['quiero hablar con un asesor', '> Hola, soy {advisor}, cuénteme'],
	['qué pésimo servicio, nadie me responde', '> Disculpe, ya reviso'],
	['Hola buenas tardes', '> Buenas tardes, ¿en qué le puedo ayudar?', 'gracias, ya no'],
	['tienen toner para la sucursal de Envigado?', '> Sí señor'],
];

/** Chats of a made-up shop with at least so many messages: exports of Android in Spanish, by file name. */
export function chatsOfAShop(messages: number, business = 'PROSUMINISTROS'): Array<{ title: string; text: string }> {
	const next = sequence(7);
	const pick = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(next() * things.length)] ?? things[0];
	const [format] = EXPORT_FORMATS;
	const chats: Array<{ title: string; text: string }> = [];
	for (let written = 0, customer = 0; written < messages; customer += 1) {
		const name = [
			FIRST[customer % FIRST.length],
			LAST[Math.floor(customer / FIRST.length) % LAST.length],
			LAST[(3 + Math.floor(customer / (FIRST.length * LAST.length))) % LAST.length],
		].join(' ');
		const lines: WrittenMessage[] = [
			{
				at: [2026, 3, 2, 8, 0, 0],
				text: 'Los mensajes y las llamadas están cifrados de extremo a extremo. Nadie fuera de este chat puede leerlos.',
			},
		];
		const visits = 1 + Math.floor(next() * 5);
		for (let visit = 0; visit < visits; visit += 1) {
			const values: Record<string, string> = {
				n: String(2 + Math.floor(next() * 40)),
				thing: pick(THINGS),
				name: name.split(' ')[0] ?? '',
				advisor: pick(['Carolina Rojas', 'Andrés Mejía']),
			};
			const late = next() < 0.25;
			let minute = (8 + Math.floor(next() * 8)) * 60 + Math.floor(next() * 60);
			const day = Math.min(28, 2 + visit * 4 + Math.floor(next() * 3));
			for (const line of pick(STORIES)) {
				const fromBusiness = line.startsWith('> ');
				minute += fromBusiness ? (late ? 150 : 6) : 1;
				lines.push({
					at: [2026, 3, day, Math.min(23, Math.floor(minute / 60)), minute % 60, 0],
					from: fromBusiness ? business : name,
					text: line.replace(/^> /, '').replace(/\{(\w+)\}/g, (_all, key: string) => values[key] ?? ''),
				});
			}
		}
		written += lines.length - 1;
		chats.push({
			title: `Chat de WhatsApp con ${name}.txt`,
			text: format === undefined ? '' : exportedBy(format, lines),
		});
	}
	return chats;
}
