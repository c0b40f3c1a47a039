import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { z } from 'zod';

import { comesFromElsewhere, readBytes } from '../graph/requestReader';
import type { Account } from './account';
import type { Person } from './wazzupSimulator';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `
:root{color-scheme:light dark;--ground:#f3f5f8;--sheet:#fff;--line:#dde2ea;--ink:#1b2430;--soft:#5f6b7a;--accent:#1769c2;--on-accent:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#12161c;--sheet:#1b212a;--line:#303947;--ink:#e8edf4;--soft:#9aa7b8;--accent:#6db1ff;--on-accent:#0c1622}}
*{box-sizing:border-box}html,body{height:100%}body{margin:0;font:15px/1.45 system-ui,sans-serif;background:var(--ground);color:var(--ink);display:grid;grid-template-columns:minmax(17rem,22rem) minmax(0,1fr)}
aside{display:flex;flex-direction:column;gap:1rem;padding:1.2rem;background:var(--sheet);border-right:1px solid var(--line);overflow:auto}
h1{font-size:1.15rem;margin:0}h2{font-size:.95rem;margin:0 0 .5rem}p{margin:0;color:var(--soft)}section{border-top:1px solid var(--line);padding-top:1rem}
form{display:grid;gap:.5rem}label{display:grid;gap:.2rem;color:var(--soft);font-size:.85rem}label.row{display:flex;align-items:center;gap:.5rem;font-size:.95rem;color:var(--ink)}
input,select{font:inherit;background:transparent;border:1px solid var(--soft);border-radius:8px;padding:.5rem .7rem;width:100%;color:var(--ink)}select{background:var(--sheet)}input[type=checkbox]{width:auto;margin:0}
button{font:inherit;cursor:pointer;border:1px solid var(--accent);border-radius:8px;padding:.55rem .9rem;background:var(--accent);color:var(--on-accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}iframe{border:0;width:100%;height:100%;display:block}
dl{display:grid;grid-template-columns:1fr auto;gap:.2rem .8rem;margin:0}dt{color:var(--soft)}dd{margin:0;font-variant-numeric:tabular-nums;text-align:right}
ol{list-style:none;margin:0;padding:0;display:grid;gap:.4rem;font:12px/1.45 ui-monospace,monospace}li{background:var(--ground);border-radius:8px;padding:.5rem .6rem;overflow-wrap:anywhere}
[role=status]{min-height:1.4em}
@media (max-width:48rem){body{grid-template-columns:1fr;grid-template-rows:auto minmax(26rem,1fr);height:auto;min-height:100%}aside{border-right:0;border-bottom:1px solid var(--line)}iframe{height:75vh}}`;

const said = z.object({
	channelId: z.string(),
	name: z.string().trim().min(1),
	phone: z.string().transform((text) => text.replace(/\D/g, '')),
	text: z.string().trim().min(1),
});

/** Anything that the page shows has changed when this has. */
function stateOf(account: Account) {
	const bubbles = [...account.chats.values()].flatMap((chat) => chat.bubbles);
	return {
		revision: [bubbles.length, ...bubbles.slice(-3).map(({ status }) => status), account.contacts.size].join('.'),
		facts: {
			Usuarios: account.users.size,
			Contactos: account.contacts.size,
			'Negocios abiertos': [...account.deals.values()].filter(({ closed }) => !closed).length,
			'Negocios cerrados': [...account.deals.values()].filter(({ closed }) => closed).length,
			Embudos: account.pipelines.size,
		},
		webhooks: account.webhooksUri === undefined ? 'sin dirección' : 'activos',
	};
}

function page(account: Account, userId: string | undefined, withEvents: boolean): string {
	const users = [...account.users.values()];
	const user = users.find(({ id }) => id === userId) ?? users[0] ?? { id: 'demo', name: 'Demo' };
	const token = randomUUID();
	account.windows.set(token, {
		request: { user, scope: 'global', options: { useDealsEvents: withEvents, useMessageEvents: false } },
	});
	const option = (value: string, name: string, isChosen: boolean): string =>
		`<option value="${escaped(value)}"${isChosen ? ' selected' : ''}>${escaped(name)}</option>`;
	const people = (users.length === 0 ? [user] : users).map(({ id, name }) => option(id, name, id === user.id)).join('');
	const channels = [...account.channels.values()]
		.map(({ channelId, name, plainId }) => option(channelId, `${name ?? plainId} · ${plainId}`, false))
		.join('');
	return `<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Wazzup de prueba</title><link rel="icon" href="data:,"><style>${STYLE}</style>
<aside><header><h1>Wazzup de prueba</h1><p>La ventana de chats, como la ve tu equipo. Todo ocurre en este equipo: nada sale a Wazzup.</p></header>
<section><h2>Escribir como cliente</h2><form id="say"><label>Canal<select name="channelId">${channels}</select></label><label>Nombre<input name="name" value="Ana Pérez" required autocomplete="off"></label><label>Teléfono<input name="phone" value="+57 300 123 4567" required inputmode="tel" autocomplete="off"></label><label>Mensaje<input name="text" value="hola" required autocomplete="off"></label><button>Enviar como cliente</button><p role="status" id="told"></p></form></section>
<section><h2>La ventana</h2><form method="get" id="view"><label>La mira<select name="user">${people}</select></label><label class="row"><input type="checkbox" name="events" value="1"${withEvents ? ' checked' : ''}>El «+» avisa a la página, no por webhook</label></form></section>
<section><h2>La cuenta</h2><dl id="facts"></dl></section>
<section><h2>Avisos de la ventana</h2><ol id="events"><li>WZ_CREATE_ENTITY y WZ_OPEN_ENTITY aparecen aquí.</li></ol></section></aside>
<iframe id="window" title="Chats de Wazzup" src="/chat-window/${token}" allow="microphone; clipboard-write"></iframe><script>
const frame=document.getElementById('window');
const facts=document.getElementById('facts');
const told=document.getElementById('told');
document.getElementById('view').addEventListener('change',(event)=>event.currentTarget.submit());
addEventListener('message',({source,origin,data})=>{
	if(source!==frame.contentWindow||origin!==location.origin)return;
	const line=document.createElement('li');
	line.textContent=data.type+' '+JSON.stringify(data.data);
	document.getElementById('events').replaceChildren(line,...[...document.getElementById('events').children].filter((one)=>one.textContent.startsWith('WZ_')&&!one.textContent.endsWith('aquí.')).slice(0,9));
});
document.getElementById('say').addEventListener('submit',async(event)=>{
	event.preventDefault();
	const form=event.currentTarget;
	told.textContent='Enviando…';
	const answer=await fetch('/team/say',{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(Object.fromEntries(new FormData(form)))});
	const {delivered,error}=await answer.json();
	told.textContent=error??(delivered?'Entregado al CRM.':'Guardado en Wazzup; el CRM no lo recibió: activa el flujo.');
	if(!error){form.elements.text.value='';form.elements.text.focus();}
});
let shown;
const look=async()=>{
	try{
		const state=await(await fetch('/team/state')).json();
		facts.replaceChildren(...Object.entries({...state.facts,Webhooks:state.webhooks}).flatMap(([name,value])=>{
			const term=document.createElement('dt');term.textContent=name;
			const detail=document.createElement('dd');detail.textContent=value;
			return[term,detail];
		}));
		const writing=frame.contentDocument?.querySelector('input[name=text]')?.value||frame.contentDocument?.querySelector('details[open]');
		if(shown!==undefined&&shown!==state.revision&&!writing)frame.contentWindow.location.reload();
		if(!writing)shown=state.revision;
	}catch{told.textContent='La demostración se detuvo.';}
};
setInterval(look,1500);look();
</script></html>`;
}

/** A page around Wazzup's chat window, as a CRM would have it, from which one can also write as a customer. */
export function teamPage(
	account: Account,
	person: (who: { channelId: string; chatId: string; name: string }) => Person,
) {
	const json = (response: ServerResponse, status: number, body: unknown): void => {
		response
			.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
			.end(JSON.stringify(body));
	};
	return async (message: IncomingMessage, response: ServerResponse): Promise<boolean> => {
		const address = new URL(message.url ?? '/', 'http://127.0.0.1');
		const operation = `${message.method ?? 'GET'} ${address.pathname}`;
		if (operation === 'GET /') {
			const { searchParams: query } = address;
			response
				.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
				.end(page(account, query.get('user') ?? undefined, query.get('events') === '1'));
			return true;
		}
		if (operation === 'GET /team/state') {
			json(response, 200, stateOf(account));
			return true;
		}
		if (operation !== 'POST /team/say') return false;
		if (comesFromElsewhere(message)) {
			json(response, 403, { error: 'Solo desde esta página.' });
			return true;
		}
		const order = said.safeParse(JSON.parse((await readBytes(message)).toString('utf8')));
		if (!order.success || order.data.phone.length < 8) {
			json(response, 400, { error: 'Escribe el nombre, el teléfono con indicativo y el mensaje.' });
			return true;
		}
		const { channelId, name, phone: chatId, text } = order.data;
		json(response, 200, await person({ channelId, chatId, name }).text(text).delivered);
		return true;
	};
}
