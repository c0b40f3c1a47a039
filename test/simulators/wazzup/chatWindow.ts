import type { IncomingMessage, ServerResponse } from 'node:http';

import { comesFromElsewhere, readBytes } from '../graph/requestReader';
import type { WindowRequest, World } from './endpoints';
import type { Bubble, Chat } from './types';
import type { VendorEvents } from './vendorEvents';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `
:root{color-scheme:light dark;--ground:#f3f5f8;--sheet:#fff;--line:#dde2ea;--ink:#1b2430;--soft:#5f6b7a;--mine:#dfeeff;--accent:#1769c2;--on-accent:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#12161c;--sheet:#1b212a;--line:#303947;--ink:#e8edf4;--soft:#9aa7b8;--mine:#1d3b5c;--accent:#6db1ff;--on-accent:#0c1622}}
*{box-sizing:border-box}html,body{height:100%}body{margin:0;font:15px/1.45 system-ui,sans-serif;background:var(--ground);color:var(--ink);display:grid;grid-template-columns:minmax(14rem,20rem) 1fr}
nav{border-right:1px solid var(--line);background:var(--sheet);overflow:auto}nav h1{font-size:1rem;margin:0;padding:1rem}
nav a{display:flex;gap:.6rem;align-items:center;padding:.7rem 1rem;color:inherit;text-decoration:none;border-top:1px solid var(--line)}
nav a[aria-current]{background:var(--mine)}nav span{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}nav small{color:var(--soft);display:block;overflow:hidden;text-overflow:ellipsis}
.count{flex:none;background:#c9302c;color:#fff;border-radius:1rem;padding:0 .5rem;font-size:.8rem}
main{display:flex;flex-direction:column;min-width:0;min-height:0}header{display:flex;gap:1rem;align-items:center;padding:.7rem 1rem;background:var(--sheet);border-bottom:1px solid var(--line)}header strong{flex:1}
ol{list-style:none;margin:0;padding:1rem;display:flex;flex-direction:column;gap:.4rem;flex:1;overflow:auto}
li{max-width:75%;align-self:flex-start;padding:.5rem .8rem;border-radius:12px;background:var(--sheet);border:1px solid var(--line);overflow-wrap:anywhere;white-space:pre-wrap}li.mine{align-self:flex-end;background:var(--mine)}li small{display:block;color:var(--soft)}
form{display:flex;gap:.5rem;padding:.8rem 1rem;background:var(--sheet);border-top:1px solid var(--line)}input{flex:1;min-width:0;font:inherit;color:inherit;background:transparent;border:1px solid var(--soft);border-radius:8px;padding:.6rem .8rem}
button,summary{font:inherit;cursor:pointer;border:1px solid var(--line);border-radius:8px;padding:.5rem .9rem;background:var(--ground);color:inherit}form button{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}details{position:relative}summary{list-style:none}
details>div{position:absolute;right:0;top:calc(100% + .4rem);min-width:17rem;background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:.5rem;display:grid;gap:.3rem;z-index:1;box-shadow:0 6px 24px #0003}
details>div button{text-align:left;background:transparent;border-color:transparent}details>div button:hover{background:var(--ground)}details .add{color:var(--accent);font-weight:600}p{color:var(--soft);padding:1rem;margin:0}p.none{margin:auto;text-align:center}
@media (max-width:40rem){body{grid-template-columns:1fr;grid-template-rows:auto 1fr}nav{max-height:11rem;border-right:0;border-bottom:1px solid var(--line)}}`;

const keyOf = ({ channelId, chatType, chatId }: Chat): string => `${channelId}:${chatType}:${chatId}`;

function chatsOf({ account }: World, { scope, filter }: WindowRequest): readonly Chat[] {
	const chats = [...account.chats.values()];
	if (scope === 'global') return chats;
	return chats.filter(({ chatType, chatId }) =>
		(filter ?? []).some((wanted) => wanted.chatType === chatType && wanted.chatId === chatId),
	);
}

function chatShown(chats: readonly Chat[], { activeChat }: WindowRequest, asked: string | null): Chat | undefined {
	return (
		chats.find((chat) => keyOf(chat) === asked) ??
		chats.find(({ chatType, chatId }) => chatType === activeChat?.chatType && chatId === activeChat.chatId) ??
		chats[0]
	);
}

const said = ({ text, contentUri, isDeleted }: Bubble): string =>
	isDeleted ? 'Mensaje eliminado' : (text ?? contentUri ?? '');

function listItem(chat: Chat, shown: Chat | undefined): string {
	const last = chat.bubbles.at(-1);
	return `<a href="?chat=${encodeURIComponent(keyOf(chat))}"${chat === shown ? ' aria-current="true"' : ''}><span>${escaped(chat.name)}<small>${escaped(last === undefined ? '' : said(last))}</small></span>${chat.unanswered > 0 ? `<b class="count" aria-label="${chat.unanswered} sin responder">${chat.unanswered}</b>` : ''}</a>`;
}

/** The deals of everybody who has this chat. */
function dealsOf({ account }: World, { chatType, chatId }: Chat) {
	const contacts = [...account.contacts.values()].filter(({ contactData }) =>
		contactData.some((entry) => entry.chatType === chatType && (entry.chatId === chatId || entry.phone === chatId)),
	);
	const ids = new Set(contacts.map(({ id }) => id));
	return { contacts, deals: [...account.deals.values()].filter((deal) => deal.contacts.some((id) => ids.has(id))) };
}

function page(world: World, token: string, request: WindowRequest, asked: string | null): string {
	const chats = chatsOf(world, request);
	const shown = chatShown(chats, request, asked);
	const menu =
		shown === undefined
			? ''
			: `<details><summary>Negocios</summary><div>${dealsOf(world, shown)
					.deals.map(
						({ id, name, uri, closed, responsibleUserId }) =>
							`<button type="button" data-deal="${escaped(JSON.stringify({ id, name, link: uri, closed, responsibleUserName: world.account.users.get(responsibleUserId)?.name ?? '' }))}">${escaped(name)}${closed ? ' (cerrado)' : ''}</button>`,
					)
					.join('')}<button type="button" class="add" data-add>+ Nuevo negocio</button></div></details>`;
	const thread =
		shown === undefined
			? '<p class="none">Todavía no hay chats.<br>Cuando un cliente escriba, aparece aquí.</p>'
			: `<header><strong>${escaped(shown.name)}</strong>${menu}</header><ol>${shown.bubbles
					.map(
						(bubble) =>
							`<li class="${bubble.direction === 'outbound' ? 'mine' : ''}">${escaped(said(bubble))}${bubble.buttons?.length ? `<small>${escaped(bubble.buttons.join(' · '))}</small>` : ''}</li>`,
					)
					.join(
						'',
					)}</ol><form method="post" action="/chat-window/${token}/write"><input type="hidden" name="chat" value="${escaped(keyOf(shown))}"><input name="text" required autocomplete="off" aria-label="Mensaje" placeholder="Mensaje"><button>Enviar</button></form>`;
	const facts = JSON.stringify({
		events: request.options?.useDealsEvents === true,
		token,
		data: shown && {
			chatType: shown.chatType,
			chatId: shown.chatId,
			channelId: shown.channelId,
			userId: request.user.id,
			integrationId: 'simulated',
		},
	}).replace(/</g, '\\u003c');
	return `<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Chats de Wazzup</title><style>${STYLE}</style><nav aria-label="Chats"><h1>Chats</h1>${chats.map((chat) => listItem(chat, shown)).join('')}</nav><main>${thread}</main><script>
const facts=${facts};
const tell=(type,data)=>window.parent.postMessage({type,data},'*');
document.addEventListener('click',async(event)=>{
	const button=event.target.closest('button[data-deal],button[data-add]');
	if(!button)return;
	button.closest('details').open=false;
	if(button.dataset.deal){
		const entity=JSON.parse(button.dataset.deal);
		if(facts.events)tell('WZ_OPEN_ENTITY',{...facts.data,entity});
		else window.open(entity.link,'_blank','noopener');
		return;
	}
	if(facts.events){tell('WZ_CREATE_ENTITY',facts.data);return;}
	const answer=await fetch('/chat-window/'+facts.token+'/deal',{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(facts.data)});
	const {uri}=await answer.json();
	if(uri)window.open(uri,'_blank','noopener');
	location.reload();
});
document.querySelector('ol')?.scrollTo(0,1e9);
</script></html>`;
}

/** Wazzup's chat window, as its iframe shows it: the chats, what was said, and the menu of deals with its "+". */
export function chatWindow(world: World, events: VendorEvents) {
	const { account } = world;
	return async (message: IncomingMessage, response: ServerResponse): Promise<boolean> => {
		const address = new URL(message.url ?? '/', 'http://127.0.0.1');
		const [place, token = '', action] = address.pathname.split('/').filter(Boolean);
		if (place !== 'chat-window') return false;
		const request = account.windows.get(token)?.request as WindowRequest | undefined;
		if (request === undefined) {
			response.writeHead(404, { 'Content-Type': 'text/plain' }).end('This link is not known.');
			return true;
		}
		if (message.method !== 'POST') {
			response
				.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
				.end(page(world, token, request, address.searchParams.get('chat')));
			return true;
		}
		if (comesFromElsewhere(message)) {
			response.writeHead(403).end();
			return true;
		}
		const body = (await readBytes(message)).toString('utf8');
		if (action === 'write') {
			const fields = new URLSearchParams(body);
			const chat = account.chats.get(fields.get('chat') ?? '');
			const text = fields.get('text')?.trim() ?? '';
			if (chat !== undefined && text !== '') {
				chat.unanswered = 0;
				const { id, name } = request.user;
				const said = { authorId: id, authorName: name ?? account.users.get(id)?.name };
				void events.message(
					chat,
					account.add(chat, { direction: 'outbound', by: 'window', type: 'text', text, status: 'sent', ...said }),
				);
			}
			const back = `/chat-window/${token}?chat=${encodeURIComponent(fields.get('chat') ?? '')}`;
			response.writeHead(303, { Location: back }).end();
			return true;
		}
		const { chatType, chatId, channelId } = JSON.parse(body) as Record<string, string>;
		response.writeHead(200, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify({ uri: await createDeal(account.chat(channelId, chatType, chatId), request.user.id) }));
		return true;
	};

	/** The "+" without events: the contact is asked for first where Wazzup has none, then the deal. */
	async function createDeal(chat: Chat, responsibleUserId: string): Promise<unknown> {
		if (dealsOf(world, chat).contacts.length === 0) {
			const { chatType, chatId, name } = chat;
			await events.createContact({ responsibleUserId, name, contactData: [{ chatType, chatId }], source: 'byUser' });
		}
		const contacts = dealsOf(world, chat).contacts.map(({ id }) => id);
		const { answer } = await events.createDeal({ responsibleUserId, contacts, source: 'byUser' });
		return typeof answer === 'object' && answer !== null && 'uri' in answer ? answer.uri : undefined;
	}
}
