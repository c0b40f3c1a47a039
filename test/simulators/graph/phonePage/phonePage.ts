import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { kindOfMimeType } from '../media';
import type { Chat } from '../people';
import { comesFromElsewhere, readBytes } from '../requestReader';
import type { Bubble, CustomerOptions, Json } from '../types';
import type { World } from '../world';

const contentSecurityPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' blob: data:",
	"media-src 'self' blob:",
	"connect-src 'self'",
	"form-action 'none'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
	'Content-Security-Policy': contentSecurityPolicy,
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

const files: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
	'/': { name: 'phone.html', type: 'text/html; charset=utf-8' },
	'/phone.css': { name: 'phone.css', type: 'text/css; charset=utf-8' },
	'/phone.js': { name: 'phone.js', type: 'text/javascript; charset=utf-8' },
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Other pages of the same demonstration. */
function linksTo(pages: ReadonlyArray<{ readonly title: string; readonly url: string }>): string {
	if (pages.length === 0) return '';
	const links = pages.map(
		({ title, url }) => `<a href="${escaped(url)}" target="_blank" rel="noopener">${escaped(title)}</a>`,
	);
	return `<nav class="people-pages" aria-label="Otras páginas">${links.join('')}</nav>`;
}

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A sentence for the page when something cannot be done. */
class PageRefusal extends Error {}

function shownPhone(waId: string | undefined): string | undefined {
	if (waId === undefined) return undefined;
	// Colombians write their mobiles as 300 123 4567; the library leaves the last seven digits together.
	const colombian = /^57(3\d\d)(\d{3})(\d{4})$/.exec(waId);
	if (colombian) return `+57 ${colombian.slice(1).join(' ')}`;
	return parsePhoneNumberFromString(`+${waId}`)?.formatInternational() ?? `+${waId}`;
}

function summaryOf(chat: Chat): Json {
	return {
		id: chat.id,
		name: chat.profileName,
		phone: shownPhone(chat.waId),
		username: chat.person.username,
		business: { id: chat.phoneNumberId, name: chat.number.verifiedName, phone: chat.number.displayPhoneNumber },
		typing: chat.typing,
	};
}

/** Only pictures, sound and film are shown in place; everything else is handed over as a file. */
const shownInPlace = /^(?:image\/(?:jpeg|png|webp|gif)|audio\/|video\/)/;

/**
 * The page that looks like a telephone, and its own small interface under `/phone/`. Answers whether it took the request.
 */
export function phonePage(world: World, customer: (options: CustomerOptions) => Chat) {
	const listeners = new Set<ServerResponse>();
	const tell = (event: string, data: Json): void => {
		if (listeners.size === 0) return;
		const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
		for (const listener of listeners) listener.write(text);
	};
	world.live.on('chat', (chat: Chat) => tell('chat', summaryOf(chat)));
	world.live.on('bubble', (chat: Chat, bubble: Bubble) => tell('bubble', { chat: chat.id, bubble }));
	world.live.on('typing', (chat: Chat, typing: boolean) => tell('typing', { chat: chat.id, typing }));
	world.live.once('close', () => {
		for (const listener of listeners) listener.end();
		listeners.clear();
	});

	const chatOf = (id: string): Chat => {
		const chat = world.people.byId(id);
		if (!chat) throw new PageRefusal('Ese cliente ya no existe. Recarga la página.');
		return chat;
	};

	const newCustomer = (order: Json): Json => {
		const name = words(order.name).trim();
		if (name === '') throw new PageRefusal('Escribe el nombre del cliente.');
		const digits = words(order.phone).replace(/\D/g, '');
		const username = words(order.username).trim();
		if (digits.length < 8 || digits.length > 15) {
			throw new PageRefusal('Escribe el teléfono con indicativo, por ejemplo +57 300 123 4567.');
		}
		return summaryOf(
			customer({
				waId: digits,
				profileName: name,
				username: username || undefined,
				hidePhone: order.hidePhone === true,
				phoneNumberId: words(order.business) || undefined,
			}),
		);
	};

	const actions: Readonly<Partial<Record<string, (chat: Chat, order: Json) => void>>> = {
		say(chat, order) {
			const text = words(order.text);
			if (text.trim() === '') throw new PageRefusal('El mensaje está vacío.');
			chat.text(text, { replyTo: words(order.replyTo) || undefined });
		},
		tap: (chat, order) => void chat.tapButton(words(order.button)),
		choose: (chat, order) => void chat.chooseRow(words(order.row)),
		voice: (chat) => void chat.voice(),
		contact: (chat) => void chat.shareContact(),
		location(chat, order) {
			const request = chat.received.findLast(({ buttons }) => buttons?.some(({ kind }) => kind === 'location'));
			chat.location(
				{
					latitude: Number(order.latitude),
					longitude: Number(order.longitude),
					name: words(order.name) || undefined,
					address: words(order.address) || undefined,
				},
				{ replyTo: order.answer === true ? request?.wamid : undefined },
			);
		},
		react: (chat, order) => void chat.reaction(words(order.wamid), words(order.emoji) || undefined),
		read: (chat) => chat.read(),
	};

	const sendFile = (chat: Chat, query: URLSearchParams, bytes: Buffer): void => {
		if (bytes.byteLength === 0) throw new PageRefusal('El archivo está vacío.');
		const filename = query.get('name') ?? 'archivo';
		const mimeType = query.get('type') || 'application/octet-stream';
		const caption = query.get('caption') || undefined;
		const extras = { filename, mimeType };
		switch (query.get('as') === 'document' ? 'document' : kindOfMimeType(mimeType)) {
			case 'image':
				chat.image(bytes, caption, extras);
				return;
			case 'video':
				chat.video(bytes, caption, extras);
				return;
			case 'audio':
				chat.voice(bytes, extras);
				return;
			case 'sticker':
				chat.sticker(bytes, extras);
				return;
			default:
				chat.document(bytes, caption, extras);
		}
	};

	const json = (response: ServerResponse, status: number, body: unknown): void => {
		response
			.writeHead(status, {
				...securityHeaders,
				'Content-Type': 'application/json; charset=utf-8',
				'Cache-Control': 'no-store',
			})
			.end(JSON.stringify(body));
	};

	const serveApi = async (message: IncomingMessage, response: ServerResponse, address: URL): Promise<void> => {
		const [, , resource, id, action] = address.pathname.split('/');
		if (message.method === 'GET' && resource === 'state') {
			json(response, 200, {
				businesses: [...world.numbers.values()].map(({ number }) => ({
					id: number.phoneNumberId,
					name: number.verifiedName,
					phone: number.displayPhoneNumber,
				})),
				chats: world.people.all.map((chat) => ({ ...summaryOf(chat), bubbles: chat.chat })),
			});
			return;
		}
		if (message.method === 'GET' && resource === 'live') {
			response.writeHead(200, {
				...securityHeaders,
				'Content-Type': 'text/event-stream',
				'Cache-Control': 'no-store',
				Connection: 'keep-alive',
			});
			response.write('retry: 1000\n\n');
			listeners.add(response);
			response.on('close', () => listeners.delete(response));
			return;
		}
		if (message.method === 'GET' && resource === 'media') {
			const media = world.media.find(id ?? '');
			if (!media) throw new PageRefusal('Ese archivo ya no está.');
			const inPlace = shownInPlace.test(media.mimeType);
			const name = encodeURIComponent(media.filename ?? media.id);
			response
				.writeHead(200, {
					...securityHeaders,
					'Content-Security-Policy': "default-src 'none'; sandbox",
					'Content-Type': inPlace ? media.mimeType : 'application/octet-stream',
					'Content-Length': media.bytes.byteLength,
					'Content-Disposition': `${inPlace ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
				})
				.end(media.bytes);
			return;
		}
		if (message.method !== 'POST' || resource !== 'customers') throw new PageRefusal('Esa dirección no existe.');
		const bytes = await readBytes(message);
		if (action === 'file') {
			sendFile(chatOf(id ?? ''), address.searchParams, bytes);
			json(response, 200, {});
			return;
		}
		const body: unknown = bytes.byteLength > 0 ? JSON.parse(bytes.toString('utf8')) : {};
		const order = isObject(body) ? body : {};
		if (id === undefined) {
			json(response, 200, newCustomer(order));
			return;
		}
		const perform = actions[action ?? ''];
		if (!perform) throw new PageRefusal('Esa acción no existe.');
		perform(chatOf(id), order);
		json(response, 200, {});
	};

	return async (message: IncomingMessage, response: ServerResponse): Promise<boolean> => {
		const target = message.url ?? '/';
		const page = target === '/' || target.startsWith('/phone') || target.startsWith('/?');
		if (!page) return false;
		const address = new URL(target, 'http://127.0.0.1');
		const file = message.method === 'GET' ? files[address.pathname] : undefined;
		if (file) {
			const text = readFileSync(join(__dirname, file.name), 'utf8');
			response
				.writeHead(200, { ...securityHeaders, 'Content-Type': file.type, 'Cache-Control': 'no-cache' })
				.end(text.replace('<!-- pages -->', () => linksTo(world.options.pages ?? [])));
			return true;
		}
		if (!address.pathname.startsWith('/phone/')) return false;
		if (comesFromElsewhere(message)) {
			json(response, 403, { error: 'Solo desde esta página.' });
			return true;
		}
		try {
			await serveApi(message, response, address);
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			json(response, 400, { error: error.message });
		}
		return true;
	};
}
