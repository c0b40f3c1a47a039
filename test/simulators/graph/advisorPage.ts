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
:root{color-scheme:light dark;--around:#e8eef0;--ground:#efeae2;--sheet:#fff;--ink:#111b21;--soft:#5b6b74;--mine:#d9fdd3;--bar:#008069;--accent:#008069;--line:#d5dce0}
@media (prefers-color-scheme:dark){:root{--around:#05090c;--ground:#0b141a;--sheet:#1f2c33;--ink:#e9edef;--soft:#9aabb5;--mine:#005c4b;--bar:#1f2c33;--accent:#25a98c;--line:#33434c}}
*{box-sizing:border-box}body{margin:0;min-height:100dvh;font:16px/1.45 system-ui,sans-serif;background:var(--around);color:var(--ink)}
.telephone{display:flex;flex-direction:column;max-width:28rem;min-height:100dvh;margin:0 auto;background:var(--ground)}
@media (min-width:30rem){.telephone{box-shadow:0 8px 40px #0003}}
header{display:flex;gap:.8rem;align-items:center;background:var(--bar);color:#fff;padding:.8rem 1rem}header div{flex:1;min-width:0}header small{display:block;opacity:.9}
header a{flex:none;padding:.45rem .9rem;border:1px solid #fff9;border-radius:20px;color:#fff;font-size:.875rem;text-decoration:none}header a:hover{background:#fff2}header a:focus-visible{outline-color:#fff}
main{flex:1;padding:1rem;display:grid;gap:1rem;align-content:start}
section{background:var(--sheet);border-radius:14px;padding:1rem}h2{font-size:1rem;margin:0 0 .5rem}
ol{list-style:none;margin:0 0 .8rem;padding:0;display:grid;gap:.35rem}
li{max-width:85%;justify-self:start;padding:.45rem .75rem;border-radius:10px;background:var(--ground);white-space:pre-wrap;overflow-wrap:anywhere}
li.mine{justify-self:end;background:var(--mine)}form{display:flex;gap:.5rem;flex-wrap:wrap}p+form{margin-top:.8rem}
input{flex:1;min-width:10rem;padding:.6rem .9rem;border:1px solid var(--soft);border-radius:20px;font:inherit;background:transparent;color:inherit}
button{padding:.6rem 1.1rem;border:0;border-radius:20px;background:#008069;color:#fff;font:inherit;cursor:pointer}
button.plain{background:transparent;color:var(--ink);border:1px solid var(--line)}p{margin:0;color:var(--soft)}main>p{padding:2rem 1rem;text-align:center}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`;

const page = (title: string, note: string, body: string): string =>
	`<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style><div class="telephone"><header><div><strong>${escaped(title)}</strong><small>${escaped(note)}</small></div><a href="">Actualizar</a></header><main>${body}</main></div></html>`;

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
		`<section><h2>Ajustes › Cuenta › Plataforma para empresas</h2><p>${state}</p><form method="post">${account.join('')}</form></section>${chats.map(thread).join('') || '<p>Nadie ha escrito a este número.<br>En el teléfono del cliente, «Nuevo cliente» puede elegirlo en «Escribe a».</p>'}`,
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
