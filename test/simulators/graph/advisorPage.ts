import type { IncomingMessage, ServerResponse } from 'node:http';
import { comesFromElsewhere, readBytes } from './requestReader';
import type { Chat } from './people';
import type { GraphSimulator } from './types';
import type { NumberState, World } from './world';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);

const HEADERS = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy':
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'same-origin',
	'Cache-Control': 'no-store',
} as const;

const STYLE = `
:root{color-scheme:light dark;--ground:#efeae2;--sheet:#fff;--ink:#111b21;--soft:#667781;--mine:#d9fdd3;--bar:#008069}
@media (prefers-color-scheme:dark){:root{--ground:#0b141a;--sheet:#1f2c33;--ink:#e9edef;--soft:#8696a0;--mine:#005c4b;--bar:#1f2c33}}
*{box-sizing:border-box}body{margin:0;font:16px/1.4 system-ui;background:var(--ground);color:var(--ink)}
header{background:var(--bar);color:#fff;padding:.8rem 1rem}header small{display:block;opacity:.85}
main{max-width:44rem;margin:0 auto;padding:1rem;display:grid;gap:1rem}
section{background:var(--sheet);border-radius:12px;padding:1rem}h2{font-size:1rem;margin:0 0 .6rem}
ol{list-style:none;margin:0 0 .8rem;padding:0;display:grid;gap:.35rem}
li{max-width:80%;padding:.4rem .7rem;border-radius:10px;background:var(--ground);white-space:pre-wrap;overflow-wrap:anywhere}
li.mine{justify-self:end;background:var(--mine)}form{display:flex;gap:.5rem;flex-wrap:wrap}
input{flex:1;min-width:12rem;padding:.6rem .8rem;border:1px solid var(--soft);border-radius:20px;font:inherit;background:transparent;color:inherit}
button{padding:.6rem 1rem;border:0;border-radius:20px;background:#008069;color:#fff;font:inherit;cursor:pointer}
button.plain{background:transparent;color:var(--ink);border:1px solid var(--soft)}p{margin:.2rem 0;color:var(--soft)}`;

const page = (title: string, note: string, body: string): string =>
	`<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style><header><strong>${escaped(title)}</strong><small>${escaped(note)}</small></header><main>${body}</main></html>`;

/** What the advisor has said is `received` for the customer. */
function thread(chat: Chat): string {
	const bubbles = chat.chat.slice(-30).map(({ direction, text, type }) => {
		const mine = direction === 'received' ? ' class="mine"' : '';
		return `<li${mine}>${escaped(text === '' ? `(${type})` : text)}</li>`;
	});
	return `<section><h2>${escaped(chat.profileName)}</h2><ol>${bubbles.join('')}</ol><form method="post"><input type="hidden" name="do" value="write"><input type="hidden" name="chat" value="${escaped(chat.id)}"><input name="text" aria-label="Mensaje a ${escaped(chat.profileName)}" placeholder="Mensaje" required autocomplete="off"><button>Enviar</button></form></section>`;
}

function telephone(world: World, { number, sharesHistory, onboardedAt }: NumberState): string {
	const chats = world.people.all.filter((chat) => chat.phoneNumberId === number.phoneNumberId);
	const linked = [...world.grants.values()].some(({ wabaIds }) => wabaIds.includes(number.wabaId));
	const act = (name: string, label: string): string =>
		`<button class="plain" name="do" value="${name}">${label}</button>`;
	const account = [
		linked ? act('disconnect', 'Desconectar de la plataforma') : '',
		sharesHistory ? act('keepHistory', 'No compartir el historial') : act('shareHistory', 'Compartir el historial'),
	];
	const state = linked
		? 'Vinculado con la plataforma.'
		: onboardedAt === undefined
			? 'Sin vincular. Empieza en la bandeja con «Vincular mi WhatsApp Business».'
			: 'Desconectado de la plataforma.';
	return page(
		number.displayPhoneNumber,
		`WhatsApp Business de ${number.verifiedName} (simulado)`,
		`<section><h2>Ajustes › Cuenta › Plataforma para empresas</h2><p>${state}</p><form method="post">${account.join('')}</form></section>${chats.map(thread).join('') || '<p>Nadie ha escrito a este número.</p>'}`,
	);
}

/**
 * The telephone of an advisor with the WhatsApp Business app: `/advisor` is the first one, `/advisor/<phone number id>` any.
 * Answers whether it took the request.
 */
export function advisorPage(world: World, simulator: () => GraphSimulator) {
	const act = async (state: NumberState, form: URLSearchParams): Promise<void> => {
		const phone = simulator().advisorPhone(state.number.phoneNumberId);
		const text = (form.get('text') ?? '').trim().slice(0, 4096);
		const chat = world.people.all.find(({ id }) => id === form.get('chat'));
		switch (form.get('do')) {
			case 'write':
				if (text !== '' && chat?.phoneNumberId === state.number.phoneNumberId) phone.write(chat, text);
				return;
			case 'disconnect':
				await phone.disconnect();
				return;
			case 'shareHistory':
			case 'keepHistory':
				phone.shareHistory(form.get('do') === 'shareHistory');
		}
	};
	return async (message: IncomingMessage, response: ServerResponse): Promise<boolean> => {
		const [, first, wanted] = (message.url ?? '/').split(/[/?]/);
		if (first !== 'advisor') return false;
		const state = [...world.numbers.values()].find(
			({ number }) => number.ofAdvisor === true && (!wanted || number.phoneNumberId === wanted),
		);
		if (message.method === 'POST' && comesFromElsewhere(message)) {
			response.writeHead(403).end();
			return true;
		}
		if (state === undefined) {
			response
				.writeHead(404, HEADERS)
				.end(page('WhatsApp Business', 'Simulado', '<p>Aquí no hay teléfono de asesor.</p>'));
			return true;
		}
		if (message.method === 'POST') {
			await act(state, new URLSearchParams((await readBytes(message)).toString('utf8')));
			response.writeHead(303, { Location: `/advisor/${state.number.phoneNumberId}` }).end();
			return true;
		}
		response.writeHead(200, HEADERS).end(telephone(world, state));
		return true;
	};
}
