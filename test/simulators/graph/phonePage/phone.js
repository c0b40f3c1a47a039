// @ts-check
/**
 * The telephone page. Everything that came in a message is put into the document as text, never as HTML.
 */

/**
 * @typedef {import('../types').Bubble} Bubble
 * @typedef {import('../types').BubbleButton} BubbleButton
 * @typedef {import('../types').BubbleMedia} BubbleMedia
 * @typedef {{ id: string, name: string, phone: string }} Business
 * @typedef {{ id: string, name: string, phone?: string, username?: string, business: Business, typing: boolean,
 *   bubbles: Bubble[], unread: number, reading?: number, typingEnd?: number }} Chat
 */

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const list = element('people-list');
const messages = element('messages');
const composer = /** @type {HTMLFormElement} */ (element('composer'));
const textBox = /** @type {HTMLTextAreaElement} */ (element('text'));
const sheet = /** @type {HTMLDialogElement} */ (element('sheet'));
const viewer = /** @type {HTMLDialogElement} */ (element('viewer'));

/** @type {Map<string, Chat>} */
const chats = new Map();
/** @type {Business[]} */
let businesses = [];
/** @type {string | undefined} */
let current;
/** @type {Bubble | undefined} */
let quoted;

// Small tools of the document

/**
 * @param {string} tag
 * @param {string} [className]
 * @param {...(Node | string | undefined | false)} children
 */
function make(tag, className, ...children) {
	const node = document.createElement(tag);
	if (className) node.className = className;
	for (const child of children) if (child) node.append(child);
	return node;
}

/** @param {string} name @param {string} [className] */
function icon(name, className) {
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	if (className) svg.setAttribute('class', className);
	svg.setAttribute('aria-hidden', 'true');
	const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
	use.setAttribute('href', `#i-${name}`);
	svg.append(use);
	return svg;
}

/** @param {string} name */
function initials(name) {
	const parts = name
		.trim()
		.split(/\s+/)
		.filter((part) => /^[\p{L}\p{N}]/u.test(part));
	return (
		parts
			.slice(0, 2)
			.map((part) => [...part][0].toUpperCase())
			.join('') || '?'
	);
}

/** @param {string} name @param {string} [extra] */
function avatar(name, extra) {
	const node = make('span', `avatar ${extra ?? ''}`.trim(), initials(name));
	node.setAttribute('aria-hidden', 'true');
	node.dataset.tint = String([...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6);
	return node;
}

const timeFormat = new Intl.DateTimeFormat('es-CO', { hour: 'numeric', minute: '2-digit', hour12: true });
const dayFormat = new Intl.DateTimeFormat('es-CO', { weekday: 'long', day: 'numeric', month: 'long' });
/** @param {number} at */
const clockText = (at) => timeFormat.format(at).replace(/\s/g, '\u00a0');

/** @param {number} at */
function dayText(at) {
	const day = new Date(at).toDateString();
	if (day === new Date().toDateString()) return 'Hoy';
	if (day === new Date(Date.now() - 86_400_000).toDateString()) return 'Ayer';
	return dayFormat.format(at);
}

/** @param {number | undefined} bytes */
function sizeText(bytes) {
	if (bytes === undefined) return '';
	if (bytes < 1024) return `${bytes} B`;
	if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
	return `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`;
}

const styles = /** @type {const} */ ({ '*': 'strong', _: 'em', '~': 's' });
const markup =
	/```([^`]+)```|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]+?)(?<=\S)\2(?![\p{L}\p{N}])|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/gu;

/**
 * WhatsApp's own marks (*bold*, _italic_, ~struck~, ```code```) and addresses, as elements around text nodes.
 * @param {HTMLElement} target @param {string} text
 */
function write(target, text) {
	let at = 0;
	for (const match of text.matchAll(markup)) {
		target.append(text.slice(at, match.index));
		at = match.index + match[0].length;
		const [, code, mark, inner, address] = match;
		if (code !== undefined) {
			target.append(make('code', '', code));
		} else if (mark !== undefined) {
			const styled = make(styles[/** @type {keyof typeof styles} */ (mark)]);
			write(styled, inner);
			target.append(styled);
		} else {
			target.append(anchor(address, address));
		}
	}
	target.append(text.slice(at));
}

/** @param {string} address @param {...(Node | string)} content */
function anchor(address, ...content) {
	const link = /** @type {HTMLAnchorElement} */ (make('a', '', ...content));
	if (/^https?:\/\//i.test(address)) link.href = address;
	link.target = '_blank';
	link.rel = 'noopener noreferrer';
	return link;
}

/** @param {string} address @param {unknown} [body] */
async function post(address, body) {
	const file = body instanceof Blob;
	try {
		const response = await fetch(address, {
			method: 'POST',
			headers: { 'Content-Type': file ? 'application/octet-stream' : 'application/json' },
			body: file ? body : JSON.stringify(body ?? {}),
		});
		const answer = await response.json();
		if (!response.ok) throw new Error(answer.error);
		return answer;
	} catch (error) {
		const lost = error instanceof TypeError;
		const sentence = lost ? 'No hay conexión con el simulador. ¿Sigue abierto?' : /** @type {Error} */ (error).message;
		complain(sentence);
		throw new Error(sentence);
	}
}

/** @type {number | undefined} */
let complaint;
/** @param {string} sentence */
function complain(sentence) {
	const notice = element('notice');
	notice.textContent = sentence;
	notice.hidden = false;
	clearTimeout(complaint);
	complaint = window.setTimeout(() => {
		notice.hidden = true;
	}, 6000);
}

/** @param {string} action @param {unknown} [body] */
const act = (action, body) => post(`/phone/customers/${current}/${action}`, body);

// What a message looks like

/** @param {Bubble} bubble */
function shortText(bubble) {
	if (bubble.revoked) return 'Mensaje eliminado';
	const names = {
		image: '📷 Foto',
		video: '🎬 Video',
		audio: '🎤 Nota de voz',
		document: '📄 Documento',
		sticker: 'Sticker',
		location: '📍 Ubicación',
		contacts: '👤 Contacto',
		order: '🛒 Pedido',
		unsupported: 'Mensaje no compatible',
	};
	const kind = /** @type {Record<string, string>} */ (names)[bubble.media?.kind ?? bubble.type];
	return (
		[kind, bubble.text]
			.filter(Boolean)
			.join(' · ')
			.replace(/\s+/g, ' ')
			.replace(/(?<![\p{L}\p{N}])([*_~])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2') || '…'
	);
}

/** @param {string} source @param {boolean} voice */
function soundView(source, voice) {
	const player = new Audio(source);
	player.preload = 'metadata';
	const button = /** @type {HTMLButtonElement} */ (make('button', 'play', icon('play')));
	button.type = 'button';
	const wave = make('span', 'wave');
	wave.setAttribute('aria-hidden', 'true');
	// The shape is the same for every note: it shows how far the sound is, not how it sounds.
	const bars = [5, 9, 14, 8, 17, 11, 6, 12, 19, 13, 7, 10, 16, 9, 5, 12, 18, 10, 6, 13, 8, 15, 9, 5, 11, 7];
	for (const height of bars) {
		const bar = make('i');
		bar.style.height = `${height}px`;
		wave.append(bar);
	}
	const length = make('span', 'sound-time', voice ? 'Nota de voz' : 'Audio');
	const show = () => {
		const playing = !player.paused && !player.ended;
		button.replaceChildren(icon(playing ? 'pause' : 'play'));
		button.setAttribute('aria-label', playing ? 'Pausar' : 'Escuchar');
		const share = Number.isFinite(player.duration) && player.duration > 0 ? player.currentTime / player.duration : 0;
		[...wave.children].forEach((bar, index) => bar.classList.toggle('heard', index < share * bars.length));
		if (Number.isFinite(player.duration) && player.duration > 0) {
			const seconds = Math.round(playing ? player.currentTime : player.duration);
			length.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
		}
	};
	for (const event of ['play', 'pause', 'ended', 'timeupdate', 'loadedmetadata']) player.addEventListener(event, show);
	button.addEventListener('click', () => {
		if (player.paused) player.play().catch(() => complain('Este audio es una muestra y no tiene sonido.'));
		else player.pause();
	});
	show();
	return make('div', 'sound', button, make('span', 'sound-body', wave, length));
}

/** @param {BubbleMedia} media @param {string} caption */
function fileView(media, caption) {
	const source = media.mediaId ? `/phone/media/${media.mediaId}` : (media.link ?? '');
	// What the business sent by address is opened where it is: the page itself loads nothing from elsewhere.
	const here = media.mediaId !== undefined;
	if (here && (media.kind === 'image' || media.kind === 'sticker')) {
		const image = /** @type {HTMLImageElement} */ (make('img'));
		image.src = source;
		image.alt = caption || (media.kind === 'image' ? 'Foto' : 'Sticker');
		const open = make('button', 'picture', image);
		open.setAttribute('type', 'button');
		open.setAttribute('aria-label', 'Ver la imagen en grande');
		open.addEventListener('click', () => {
			const large = /** @type {HTMLImageElement} */ (element('viewer-image'));
			large.src = source;
			large.alt = image.alt;
			viewer.showModal();
		});
		image.addEventListener('load', () => keepAtEnd());
		return open;
	}
	if (here && media.kind === 'video') {
		const film = /** @type {HTMLVideoElement} */ (make('video', 'film'));
		film.src = source;
		film.controls = true;
		film.preload = 'metadata';
		return film;
	}
	if (here && media.kind === 'audio') return soundView(source, media.voice === true);
	const name = media.filename ?? (/^https?:\/\/[^?#]*\/([^/?#]+)/.exec(media.link ?? '')?.[1] || 'Documento');
	const ending = (/\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? 'doc').toUpperCase();
	const paper = /** @type {HTMLAnchorElement} */ (
		make(
			'a',
			'paper',
			make('span', 'paper-icon', ending),
			make(
				'span',
				'',
				make('span', 'paper-name', name),
				make('span', 'paper-note', [ending, sizeText(media.sizeBytes)].filter(Boolean).join(' · ')),
			),
		)
	);
	if (here || /^https?:\/\//i.test(source)) paper.href = source;
	paper.target = '_blank';
	paper.rel = 'noopener noreferrer';
	return paper;
}

/** @param {NonNullable<Bubble['location']>} place */
function placeView(place) {
	const where = `${place.latitude},${place.longitude}`;
	const lines = make('div', 'place', [place.name, place.address].filter(Boolean).join('\n') || where, '\n');
	lines.append(
		anchor(
			`https://www.openstreetmap.org/?mlat=${encodeURIComponent(place.latitude)}&mlon=${encodeURIComponent(place.longitude)}#map=16/${encodeURIComponent(place.latitude)}/${encodeURIComponent(place.longitude)}`,
			'Ver en el mapa',
		),
	);
	return make('div', '', make('div', 'place-map', icon('pin')), lines);
}

/** @param {BubbleButton} button */
function actionView(button) {
	const names = {
		url: 'link',
		phone: 'phone',
		copy_code: 'copy',
		location: 'pin',
		contact: 'person',
		flow: 'list',
		other: 'list',
	};
	const symbol = /** @type {Record<string, string>} */ (names)[button.kind] ?? 'reply';
	if (button.kind === 'url') {
		const link = anchor(button.url ?? '', icon(symbol), button.title);
		link.className = 'action';
		return link;
	}
	const node = /** @type {HTMLButtonElement} */ (make('button', 'action', icon(symbol), button.title));
	node.type = 'button';
	node.dataset.button = button.id;
	const deeds = /** @type {Record<string, () => unknown>} */ ({
		reply: () => act('tap', { button: button.id }),
		template_reply: () => act('tap', { button: button.id }),
		location: () => chooseLocation(true),
		contact: () => act('contact'),
		copy_code: () => navigator.clipboard?.writeText(button.id),
	});
	const deed = deeds[button.kind];
	if (deed) node.addEventListener('click', () => void deed());
	else node.disabled = true;
	return node;
}

/** @param {Chat} chat @param {Bubble} bubble @param {Bubble} [before] */
function rowView(chat, bubble, before) {
	const turn = !before || before.direction !== bubble.direction || bubble.at - before.at > 300_000;
	const row = make('article', `row ${bubble.direction}${turn ? ' turn' : ''}${bubble.revoked ? ' revoked' : ''}`);
	row.dataset.wamid = bubble.wamid;
	const body = make('div', 'bubble');
	const original = bubble.replyTo && chat.bubbles.find((other) => other.wamid === bubble.replyTo);
	if (original && !bubble.revoked) body.append(make('span', 'quote', shortText(original)));
	if (bubble.revoked) {
		body.append(make('div', 'bubble-text', 'Eliminaste este mensaje'));
	} else {
		if (bubble.media) body.append(fileView(bubble.media, bubble.text));
		if (bubble.header) body.append(make('span', 'bubble-header', bubble.header));
		if (bubble.location) {
			body.append(placeView(bubble.location));
		} else if (bubble.contacts) {
			for (const card of bubble.contacts) {
				body.append(
					make(
						'div',
						'card-contact',
						avatar(card.name),
						make('span', '', card.name, make('small', '', card.phones.join(', '))),
					),
				);
			}
		} else if (bubble.type === 'unsupported') {
			body.append(make('div', 'bubble-text', 'Este tipo de mensaje no es compatible'));
		} else if (bubble.text) {
			const onlyEmoji =
				/^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,6}$/u.test(bubble.text) &&
				!/^[\d\s#*]+$/.test(bubble.text);
			const words = make('div', `bubble-text${onlyEmoji ? ' large' : ''}`);
			write(words, bubble.text);
			body.append(words);
		}
		if (bubble.footer) body.append(make('span', 'bubble-footer', bubble.footer));
	}
	const meta = make('span', 'meta', bubble.edited && !bubble.revoked ? 'Editado' : undefined, clockText(bubble.at));
	if (bubble.direction === 'written') {
		const states = {
			waiting: ['clock', 'Sin entregar todavía'],
			sent: ['tick', 'Enviado'],
			delivered: ['ticks', 'Entregado'],
			read: ['ticks', 'Leído'],
			failed: ['clock', 'Falló'],
		};
		const [symbol, label] = /** @type {Record<string, string[]>} */ (states)[bubble.status];
		const tick = icon(symbol, bubble.status === 'read' ? 'read' : '');
		tick.removeAttribute('aria-hidden');
		tick.setAttribute('role', 'img');
		tick.setAttribute('aria-label', label);
		meta.append(tick);
	}
	body.append(meta);
	row.append(body);
	if (bubble.media?.kind === 'sticker') row.classList.add('sticker-only');
	const actions = bubble.revoked ? [] : [...(bubble.buttons ?? [])];
	if (actions.length > 0 || bubble.list) {
		row.classList.add('with-actions');
		/** @type {HTMLElement[]} */
		const views = actions.map(actionView);
		if (bubble.list) views.push(listButton(bubble.list));
		row.append(make('div', 'actions', ...views));
	}
	const reactions = [bubble.reactions?.business, bubble.reactions?.person].filter(Boolean);
	if (reactions.length > 0) row.append(make('span', 'reactions', reactions.join(' ')));
	if (bubble.direction === 'received') {
		const answer = make('button', 'icon', icon('reply'));
		answer.setAttribute('type', 'button');
		answer.setAttribute('aria-label', 'Responder a este mensaje');
		answer.addEventListener('click', () => quote(chat.bubbles.find(({ wamid }) => wamid === bubble.wamid)));
		row.append(make('div', 'tools', answer));
	}
	return row;
}

const nearEnd = () => messages.scrollHeight - messages.scrollTop - messages.clientHeight < 120;
let following = true;
messages.addEventListener('scroll', () => {
	following = nearEnd();
});
function keepAtEnd() {
	if (following) messages.scrollTop = messages.scrollHeight;
}

// Panels and keyboards take room from below; what was being read stays in sight.
new ResizeObserver(keepAtEnd).observe(messages);

function drawTyping() {
	messages.querySelector('.typing-row')?.remove();
	const chat = chats.get(current ?? '');
	const note = element('business-note');
	note.className = chat?.typing ? 'typing' : '';
	note.textContent = chat ? (chat.typing ? 'escribiendo…' : chat.business.phone) : '';
	if (!chat?.typing) return;
	const row = make(
		'div',
		'row received turn typing-row',
		make('div', 'bubble', make('div', 'dots', make('i'), make('i'), make('i'))),
	);
	row.setAttribute('aria-hidden', 'true');
	messages.append(row);
	keepAtEnd();
}

function drawChat() {
	const chat = chats.get(current ?? '');
	element('empty').hidden = Boolean(chat);
	composer.classList.toggle('off', !chat);
	document.body.classList.toggle('in-chat', Boolean(chat) || sheet.open);
	messages.replaceChildren();
	element('speaker').replaceChildren();
	quote(undefined);
	if (!chat) {
		element('business-name').textContent = businesses[0]?.name ?? 'Teléfono de prueba';
		element('business-avatar').textContent = initials(businesses[0]?.name ?? 'T');
		drawTyping();
		return;
	}
	element('business-name').textContent = chat.business.name;
	element('business-avatar').textContent = initials(chat.business.name);
	element('speaker').append(
		'Escribes como ',
		make('strong', '', chat.name),
		chat.username ? ` · @${chat.username}` : '',
		chat.phone ? ` · ${chat.phone}` : '',
	);
	/** @type {Bubble | undefined} */
	let before;
	for (const bubble of chat.bubbles) {
		if (!before || new Date(before.at).toDateString() !== new Date(bubble.at).toDateString()) {
			messages.append(make('div', 'day', dayText(bubble.at)));
		}
		messages.append(rowView(chat, bubble, before));
		before = bubble;
	}
	following = true;
	drawTyping();
	requestAnimationFrame(keepAtEnd);
	markRead(chat);
}

/**
 * Makes a row what it is now and leaves alone what has not changed: a button that is being pressed stays the same button.
 * @param {Element} shown @param {Element} now
 */
function renew(shown, now) {
	shown.className = now.className;
	const before = [...shown.children];
	const after = [...now.children];
	after.forEach((part, index) => {
		const place = before[index];
		if (!place) shown.append(part);
		else if (place.matches('.bubble') && part.matches('.bubble')) renew(place, part);
		// A sound plays on.
		else if (place.matches('.sound') && part.matches('.sound')) return;
		else if (!place.isEqualNode(part)) place.replaceWith(part);
	});
	for (const gone of before.slice(after.length)) gone.remove();
}

/** @param {Chat} chat @param {Bubble} bubble */
function drawBubble(chat, bubble) {
	if (chat.id !== current) return;
	const index = chat.bubbles.findIndex((other) => other.wamid === bubble.wamid);
	const before = chat.bubbles[index - 1];
	const row = rowView(chat, bubble, before);
	const shown = messages.querySelector(`[data-wamid="${CSS.escape(bubble.wamid)}"]`);
	if (shown) {
		renew(shown, row);
	} else {
		if (!before || new Date(before.at).toDateString() !== new Date(bubble.at).toDateString()) {
			messages.append(make('div', 'day', dayText(bubble.at)));
		}
		row.classList.add('arriving');
		messages.append(row);
		if (bubble.direction === 'written') following = true;
		drawTyping();
		keepAtEnd();
	}
}

/** @type {Map<string, HTMLElement>} */
const people = new Map();

/** @param {string} id */
function personRow(id) {
	const row = make('button');
	row.setAttribute('type', 'button');
	row.dataset.chat = id;
	row.addEventListener('click', () => openChat(id));
	people.set(id, row);
	return row;
}

/** @param {Chat} chat */
function personView(chat) {
	const last = chat.bubbles.at(-1);
	const view = make(
		'span',
		`person ${chat.unread > 0 ? 'has-unread' : ''}`.trim(),
		avatar(chat.name),
		make('span', 'person-name', chat.name),
		make('span', 'person-time', last ? clockText(last.at) : ''),
		make(
			'span',
			'person-last',
			last ? `${last.direction === 'written' ? 'Tú: ' : ''}${shortText(last)}` : (chat.phone ?? `@${chat.username}`),
		),
	);
	if (chat.unread > 0) {
		const badge = make('span', 'unread', String(chat.unread));
		badge.setAttribute('aria-label', `${chat.unread} sin leer`);
		view.append(badge);
	}
	return view;
}

function drawPeople() {
	const sorted = [...chats.values()].sort(
		(one, other) => (other.bubbles.at(-1)?.at ?? Infinity) - (one.bubbles.at(-1)?.at ?? Infinity),
	);
	sorted.forEach((chat, place) => {
		const row = people.get(chat.id) ?? personRow(chat.id);
		renew(row, personView(chat));
		if (chat.id === current) row.setAttribute('aria-current', 'true');
		else row.removeAttribute('aria-current');
		const there = list.children[place];
		if (there !== row) list.insertBefore(row, there ?? null);
	});
	for (const [id, row] of people) {
		if (chats.has(id)) continue;
		row.remove();
		people.delete(id);
	}
	const unread = [...chats.values()].reduce((sum, chat) => sum + chat.unread, 0);
	document.title = `${unread > 0 ? `(${unread}) ` : ''}Teléfono de prueba`;
}

/** @param {Chat} chat */
function markRead(chat) {
	if (document.visibilityState !== 'visible' || chat.id !== current) return;
	chat.unread = 0;
	const news = chat.bubbles.some(
		({ direction, status }) => direction === 'received' && status !== 'read' && status !== 'failed',
	);
	if (news && !chat.reading) {
		// One call for all that came together.
		chat.reading = window.setTimeout(() => {
			chat.reading = undefined;
			void post(`/phone/customers/${chat.id}/read`).catch(() => undefined);
		}, 400);
	}
	drawPeople();
}

/** @param {string | undefined} id */
function openChat(id) {
	current = id;
	closePanels();
	drawChat();
	drawPeople();
	if (id && matchMedia('(min-width: 46.01rem)').matches) textBox.focus();
}

// Writing

/** @param {Bubble | undefined} bubble */
function quote(bubble) {
	quoted = bubble;
	element('quoting').hidden = !bubble;
	element('quoted').textContent = bubble ? shortText(bubble) : '';
	if (bubble) textBox.focus();
}

function closePanels() {
	element('emojis').hidden = true;
	element('emoji').setAttribute('aria-expanded', 'false');
	if (sheet.open) sheet.close();
}

textBox.addEventListener('input', () => composer.classList.toggle('has-text', textBox.value.trim() !== ''));
textBox.addEventListener('keydown', (event) => {
	if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		composer.requestSubmit();
	}
});

composer.addEventListener('submit', async (event) => {
	event.preventDefault();
	const text = textBox.value.trim();
	const replyTo = quoted?.wamid;
	if (text === '') {
		await act('voice');
		return;
	}
	textBox.value = '';
	composer.classList.remove('has-text');
	quote(undefined);
	closePanels();
	textBox.focus();
	try {
		await act('say', { text, replyTo });
	} catch {
		// The sentence is on the screen already; the words go back to where they were written.
		if (textBox.value === '') textBox.value = text;
		composer.classList.add('has-text');
	}
});

const emojis =
	'😊 😀 😂 😍 🤔 😅 😢 😡 👍 👎 👏 🙏 🙌 💪 👋 👀 ❤️ 🎉 🔥 ✅ ❌ ⚠️ ⏳ 📅 📦 🧾 💳 💰 🛒 📄 📷 🎤 📍 📞 💻 🖥️ 🖨️ 🔧 🧰 🚚 1️⃣ 2️⃣ 3️⃣ 🇨🇴'.split(
		' ',
	);
element('emojis').append(
	...emojis.map((emoji) => {
		const button = make('button', '', emoji);
		button.setAttribute('type', 'button');
		button.setAttribute('role', 'option');
		button.addEventListener('click', () => {
			textBox.setRangeText(emoji, textBox.selectionStart, textBox.selectionEnd, 'end');
			composer.classList.add('has-text');
			textBox.focus();
		});
		return button;
	}),
);
element('emoji').addEventListener('click', () => {
	const panel = element('emojis');
	panel.hidden = !panel.hidden;
	element('emoji').setAttribute('aria-expanded', String(!panel.hidden));
});
element('unquote').addEventListener('click', () => quote(undefined));

// Sheets

/** @param {string} title @param {...Node} content */
function openSheet(title, ...content) {
	element('sheet-title').textContent = title;
	element('sheet-body').replaceChildren(...content);
	element('emojis').hidden = true;
	if (!sheet.open) sheet.show();
	const first = /** @type {HTMLElement | null} */ (
		sheet.querySelector('.sheet-body input, .sheet-body button, .sheet-body select')
	);
	first?.focus();
}
element('sheet-close').addEventListener('click', () => sheet.close());
sheet.addEventListener('keydown', (event) => {
	if (event.key === 'Escape') sheet.close();
});

/** @param {NonNullable<Bubble['list']>} offered */
function listButton(offered) {
	const button = make('button', 'action', icon('list'), offered.button);
	button.setAttribute('type', 'button');
	button.addEventListener('click', () => openList(offered));
	return button;
}

/** @param {NonNullable<Bubble['list']>} offered */
function openList(offered) {
	/** @type {Node[]} */
	const content = [];
	const confirm = /** @type {HTMLButtonElement} */ (make('button', 'primary wide', 'Enviar'));
	confirm.type = 'button';
	confirm.disabled = true;
	/** @type {string | undefined} */
	let chosen;
	for (const section of offered.sections) {
		const group = make('div', '');
		if (section.title) group.append(make('div', 'section-title', section.title));
		for (const row of section.rows) {
			const radio = /** @type {HTMLInputElement} */ (make('input'));
			radio.type = 'radio';
			radio.name = 'row';
			radio.addEventListener('change', () => {
				chosen = row.id;
				confirm.disabled = false;
			});
			group.append(
				make(
					'label',
					'option',
					make('span', '', row.title, row.description ? make('small', '', row.description) : undefined),
					radio,
				),
			);
		}
		content.push(group);
	}
	confirm.addEventListener('click', async () => {
		await act('choose', { row: chosen });
		sheet.close();
	});
	openSheet(offered.button, ...content, confirm);
}

const places = [
	{ name: 'Oficina en Bogotá', address: 'Carrera 7 # 71-21, Bogotá', latitude: 4.65637, longitude: -74.05485 },
	{ name: 'Bodega en Medellín', address: 'Calle 10 # 43-30, Medellín', latitude: 6.20928, longitude: -75.56974 },
	{ name: 'Sede en Cali', address: 'Avenida 6N # 23-45, Cali', latitude: 3.46383, longitude: -76.53118 },
];
/** @param {boolean} answer */
function chooseLocation(answer) {
	openSheet(
		'Enviar ubicación',
		make(
			'div',
			'',
			...places.map((place) => {
				const row = make(
					'button',
					'option',
					icon('pin'),
					make('span', '', place.name, make('small', '', place.address)),
				);
				row.setAttribute('type', 'button');
				row.addEventListener('click', async () => {
					await act('location', { ...place, answer });
					sheet.close();
				});
				return row;
			}),
		),
	);
}

element('attach').addEventListener('click', () => {
	/** @type {Array<[string, string, () => unknown]>} */
	const choices = [
		['photo', 'Foto o video', () => element('pick-photo').click()],
		['file', 'Documento', () => element('pick-document').click()],
		['audio', 'Nota de voz', () => element('pick-audio').click()],
		['pin', 'Ubicación', () => chooseLocation(false)],
		[
			'person',
			'Mi contacto',
			async () => {
				await act('contact');
				sheet.close();
			},
		],
	];
	openSheet(
		'Adjuntar',
		make(
			'div',
			'menu',
			...choices.map(([symbol, label, deed]) => {
				const button = make('button', '', icon(symbol), label);
				button.setAttribute('type', 'button');
				button.addEventListener('click', () => void deed());
				return button;
			}),
		),
	);
});

/** @param {File} file @param {string} as */
function offerFile(file, as) {
	const address = (/** @type {string} */ caption) =>
		`file?${new URLSearchParams({ name: file.name, type: file.type, as, caption })}`;
	if (as === 'audio') {
		sheet.close();
		void act(address(''), file).catch(() => undefined);
		return;
	}
	const caption = /** @type {HTMLInputElement} */ (make('input'));
	caption.maxLength = 1024;
	caption.placeholder = 'Añade un comentario (opcional)';
	const send = make('button', 'primary wide', 'Enviar');
	send.setAttribute('type', 'submit');
	const form = make('form', 'form');
	const image = as === 'photo' && file.type.startsWith('image/');
	/** @type {string | undefined} */
	let preview;
	if (image) {
		preview = URL.createObjectURL(file);
		const picture = /** @type {HTMLImageElement} */ (make('img', 'preview'));
		picture.src = preview;
		picture.alt = file.name;
		form.append(picture);
	} else {
		form.append(fileView({ kind: 'document', filename: file.name, sizeBytes: file.size, link: '#' }, ''));
	}
	form.append(make('label', '', 'Comentario', caption), send);
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		await act(address(caption.value.trim()), file);
		if (preview) URL.revokeObjectURL(preview);
		sheet.close();
	});
	openSheet(as === 'photo' ? 'Enviar foto o video' : 'Enviar documento', form);
}
for (const as of ['photo', 'document', 'audio']) {
	const picker = /** @type {HTMLInputElement} */ (element(`pick-${as}`));
	picker.addEventListener('change', () => {
		const [file] = picker.files ?? [];
		picker.value = '';
		if (file) offerFile(file, as);
	});
}

// New customers

const names = [
	'Laura Gómez',
	'Andrés Rojas',
	'Camila Torres',
	'Julián Pérez',
	'Valentina Ruiz',
	'Santiago Díaz',
	'Paula Ortiz',
	'Mateo Castro',
];
const anyOf = (/** @type {string[]} */ choices) => choices[Math.floor(Math.random() * choices.length)];
/** A mobile number of a Colombian operator (300-305, 310-324). */
function newPhone() {
	const prefix = anyOf(['300', '301', '304', '310', '311', '312', '315', '318', '320', '321']);
	const digits = String(Math.floor(Math.random() * 1e7)).padStart(7, '0');
	return `+57 ${prefix} ${digits.slice(0, 3)} ${digits.slice(3)}`;
}
const freeName = () =>
	anyOf(
		names
			.filter((name) => ![...chats.values()].some((chat) => chat.name === name))
			.concat(chats.size >= names.length ? names : []),
	);

/** @param {unknown} order */
async function addCustomer(order) {
	// What is written meanwhile would go to whoever is open.
	textBox.disabled = true;
	/** @type {Chat} */
	let summary;
	try {
		summary = await post('/phone/customers', order);
		// A state on its way was perhaps read before they came: it would take them off the screen again.
		await loaded;
	} finally {
		textBox.disabled = false;
	}
	if (!chats.has(summary.id)) chats.set(summary.id, { ...summary, bubbles: [], unread: 0 });
	openChat(summary.id);
}

element('quick-start').addEventListener('click', () => void addCustomer({ name: freeName(), phone: newPhone() }));
element('new-customer').addEventListener('click', () => {
	document.body.classList.add('in-chat');
	/** @param {string} value @param {string} placeholder */
	const input = (value, placeholder) => {
		const node = /** @type {HTMLInputElement} */ (make('input'));
		node.value = value;
		node.placeholder = placeholder;
		return node;
	};
	const name = input(freeName(), 'Nombre del perfil');
	const phone = input(newPhone(), '+57 300 123 4567');
	phone.inputMode = 'tel';
	const username = input('', 'opcional, por ejemplo laura.gomez');
	const hide = /** @type {HTMLInputElement} */ (make('input'));
	hide.type = 'checkbox';
	const business = /** @type {HTMLSelectElement} */ (make('select'));
	for (const one of businesses) {
		const option = /** @type {HTMLOptionElement} */ (make('option', '', `${one.name} · ${one.phone}`));
		option.value = one.id;
		business.append(option);
	}
	const problem = make('p', 'error');
	problem.setAttribute('role', 'alert');
	const create = make('button', 'primary wide', 'Crear cliente');
	create.setAttribute('type', 'submit');
	const form = make(
		'form',
		'form',
		make('label', '', 'Nombre', name),
		make('label', '', 'Teléfono', phone),
		make('label', '', 'Usuario de WhatsApp', username),
		make(
			'label',
			'check',
			hide,
			make(
				'span',
				'',
				'Ocultar el teléfono',
				make('small', '', 'La empresa solo recibe un identificador, como con los usuarios de WhatsApp desde 2026.'),
			),
		),
		businesses.length > 1 ? make('label', '', 'Escribe a', business) : undefined,
		problem,
		create,
	);
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		try {
			await addCustomer({
				name: name.value,
				phone: phone.value,
				username: username.value,
				hidePhone: hide.checked,
				business: business.value,
			});
			sheet.close();
		} catch (error) {
			problem.textContent = /** @type {Error} */ (error).message;
		}
	});
	openSheet('Nuevo cliente', form);
});

// Around the telephone

element('back').addEventListener('click', () => {
	closePanels();
	document.body.classList.remove('in-chat');
	current = undefined;
	drawPeople();
});
element('viewer-close').addEventListener('click', () => viewer.close());
viewer.addEventListener('click', (event) => {
	if (event.target === viewer) viewer.close();
});
element('theme').addEventListener('click', () => {
	const root = document.documentElement;
	const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
	root.dataset.theme = dark ? 'light' : 'dark';
	localStorage.setItem('theme', root.dataset.theme);
});
const remembered = localStorage.getItem('theme');
if (remembered) document.documentElement.dataset.theme = remembered;

function tick() {
	element('clock').textContent = new Intl.DateTimeFormat('es-CO', {
		hour: 'numeric',
		minute: '2-digit',
		hour12: false,
	}).format(Date.now());
}
tick();
setInterval(tick, 10_000);
document.addEventListener('visibilitychange', () => {
	const chat = chats.get(current ?? '');
	if (chat) markRead(chat);
});

// News from the simulator

async function load() {
	const state = await (await fetch('/phone/state')).json();
	businesses = state.businesses;
	const unread = new Map([...chats].map(([id, chat]) => [id, chat.unread]));
	chats.clear();
	for (const chat of state.chats) chats.set(chat.id, { ...chat, unread: unread.get(chat.id) ?? 0 });
	if (!current || !chats.has(current))
		current = matchMedia('(min-width: 46.01rem)').matches ? [...chats.keys()].at(-1) : undefined;
	drawChat();
	drawPeople();
}

const live = new EventSource('/phone/live');
/** News wait for the state that they change: one that overtook it would be lost. */
let loaded = Promise.resolve();
/**
 * @template News
 * @param {string} name @param {(news: News) => void} take
 */
function hear(name, take) {
	live.addEventListener(name, (event) => void loaded.then(() => take(JSON.parse(event.data))));
}
live.addEventListener('open', () => {
	element('notice').hidden = true;
	loaded = loaded.then(load).catch(() => complain('No se pudo leer lo que hay en el simulador. Recarga la página.'));
});
live.addEventListener('error', () => complain('Se perdió la conexión con el simulador. Reintentando…'));
hear('chat', (/** @type {Omit<Chat, 'bubbles' | 'unread'>} */ summary) => {
	const known = chats.get(summary.id);
	chats.set(summary.id, { bubbles: [], unread: 0, ...known, ...summary });
	drawPeople();
});
hear('typing', (/** @type {{ chat: string, typing: boolean }} */ { chat: id, typing }) => {
	const chat = chats.get(id);
	if (!chat) return;
	chat.typing = typing;
	clearTimeout(chat.typingEnd);
	// Meta shows it for 25 seconds at most: MD/typing-indicators.
	if (typing) {
		chat.typingEnd = window.setTimeout(() => {
			chat.typing = false;
			if (id === current) drawTyping();
		}, 25_000);
	}
	if (id === current) drawTyping();
});
hear('bubble', (/** @type {{ chat: string, bubble: Bubble }} */ { chat: id, bubble }) => {
	const chat = chats.get(id);
	if (!chat) return;
	const index = chat.bubbles.findIndex((other) => other.wamid === bubble.wamid);
	if (index >= 0) {
		chat.bubbles[index] = bubble;
	} else {
		chat.bubbles.push(bubble);
		if (bubble.direction === 'received') chat.unread += 1;
	}
	drawBubble(chat, bubble);
	if (index < 0) {
		if (id === current) markRead(chat);
		drawPeople();
	}
});
