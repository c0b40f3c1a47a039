import type { EventEmitter } from 'node:events';
import { PATIENCE } from '../../support/patience';
import { bubbleText } from './bubbleText';
import { cardsOf } from './bubbles';
import { webhookError } from './graphErrors';
import type { Identifiers } from './identifiers';
import type { MediaKind, MediaShelf } from './media';
import { fileOf } from './sampleFiles';
import type {
	Bubble,
	Customer,
	CustomerOptions,
	DeliveryReport,
	Json,
	MediaExtras,
	MessageExtras,
	SimulatedNumber,
	Spoken,
} from './types';

const TYPING_MS = 25_000;

/** A human being with a telephone, whichever business they write to. */
export interface Person {
	waId?: string;
	userId: string;
	parentUserId?: string;
	username?: string;
	profileName: string;
	hidePhone: boolean;
	stoppedMarketing?: boolean;
	failsWith?: number;
}

/** What a customer said, on its way to the webhook. */
export interface Said {
	readonly chat: Chat;
	/** Entry of `value.messages`. */
	readonly message: Json;
}

/** What a chat needs from the rest of the simulator. */
export interface Surroundings {
	readonly identifiers: Identifiers;
	readonly media: MediaShelf;
	readonly live: EventEmitter;
	readonly now: () => number;
	readonly baseUrl: () => string;
	readonly mediaUrlInWebhooks: boolean;
	say(said: Said): Promise<DeliveryReport>;
	change(number: SimulatedNumber, field: string, value: Json): Promise<DeliveryReport>;
	/** Reports that the person has read a message of ours. */
	readStatus(chat: Chat, bubble: Bubble): void;
	/** Remembers whose message a wamid is. */
	remember(wamid: string, chat: Chat, bubble: Bubble): void;
	find(wamid: string): { readonly chat: Chat; readonly bubble: Bubble } | undefined;
	renamed(person: Person, before: { waId?: string; userId: string }): void;
}

interface Waiter {
	readonly check: () => boolean;
}

/** One person's conversation with one number of ours. */
export class Chat implements Customer {
	readonly chat: Bubble[] = [];
	readonly received: Bubble[] = [];
	/** When the customer service window was opened last. */
	lastInboundAt = Number.NEGATIVE_INFINITY;
	/** The business has written to the phone itself, so Meta shows it the phone. */
	phoneKnown = false;
	blocked = false;
	private typingUntil = 0;
	private readonly waiters = new Set<Waiter>();

	constructor(
		readonly id: string,
		readonly person: Person,
		readonly number: SimulatedNumber,
		private readonly around: Surroundings,
	) {}

	get waId(): string | undefined {
		return this.person.waId;
	}

	get userId(): string {
		return this.person.userId;
	}

	get profileName(): string {
		return this.person.profileName;
	}

	get phoneNumberId(): string {
		return this.number.phoneNumberId;
	}

	get failsWith(): number | undefined {
		return this.person.failsWith;
	}

	set failsWith(code: number | undefined) {
		this.person.failsWith = code;
	}

	get typing(): boolean {
		return this.typingUntil > this.around.now();
	}

	/** The phone as webhooks show it: left out, never empty. */
	get visibleWaId(): string | undefined {
		return this.person.hidePhone && !this.phoneKnown ? undefined : this.person.waId;
	}

	/** Entry of `value.contacts`. */
	contact(): Json {
		const profile: Json = { name: this.person.profileName };
		if (this.person.username) profile.username = this.person.username;
		const contact: Json = { profile };
		if (this.visibleWaId) contact.wa_id = this.visibleWaId;
		contact.user_id = this.person.userId;
		if (this.person.parentUserId) contact.parent_user_id = this.person.parentUserId;
		return contact;
	}

	private sender(): Json {
		const sender: Json = {};
		if (this.visibleWaId) sender.from = this.visibleWaId;
		sender.from_user_id = this.person.userId;
		if (this.person.parentUserId) sender.from_parent_user_id = this.person.parentUserId;
		return sender;
	}

	/** Shows the business as typing, or stops. */
	showTyping(on: boolean): void {
		this.typingUntil = on ? this.around.now() + TYPING_MS : 0;
		this.around.live.emit('typing', this, on);
	}

	/** A bubble of the business has arrived. */
	receive(bubble: Bubble): void {
		this.chat.push(bubble);
		this.received.push(bubble);
		this.around.remember(bubble.wamid, this, bubble);
		if (this.typingUntil > 0) this.showTyping(false);
		this.changed(bubble);
		for (const waiter of [...this.waiters]) if (waiter.check()) this.waiters.delete(waiter);
	}

	/** Something of a bubble is different now. */
	changed(bubble: Bubble): void {
		this.around.live.emit('bubble', this, bubble);
	}

	private speak(
		type: string,
		content: Json,
		draft: Partial<Bubble> & { text: string },
		extras: MessageExtras = {},
	): Spoken {
		const wamid = this.around.identifiers.wamid(this.person.waId ?? this.person.userId, 'inbound');
		const at = extras.at ?? this.around.now();
		const message: Json = { ...this.sender(), id: wamid, timestamp: String(Math.floor(at / 1000)), type, ...content };
		const context: Json = {};
		if (extras.replyTo !== undefined) {
			context.from = this.number.displayPhoneNumber.replace(/\D/g, '');
			context.id = extras.replyTo;
		}
		if (extras.forwarded) context.forwarded = true;
		if (extras.frequentlyForwarded) context.frequently_forwarded = true;
		if (extras.referredProduct) {
			context.referred_product = {
				catalog_id: extras.referredProduct.catalogId,
				product_retailer_id: extras.referredProduct.productRetailerId,
			};
		}
		if (Object.keys(context).length > 0) message.context = context;
		if (extras.referral) message.referral = extras.referral;
		const bubble: Bubble = {
			type,
			...draft,
			wamid,
			at,
			direction: 'written',
			replyTo: extras.replyTo,
			status: 'waiting',
			reactions: {},
		};
		const visible = !['reaction', 'edit', 'revoke'].includes(type);
		if (visible) this.chat.push(bubble);
		this.around.remember(wamid, this, bubble);
		if (type !== 'system') this.lastInboundAt = Math.max(this.lastInboundAt, this.around.now());
		if (visible) this.changed(bubble);
		const delivered = this.around.say({ chat: this, message });
		void delivered.then((report) => {
			if (!report.acknowledged || bubble.status !== 'waiting') return;
			bubble.status = 'delivered';
			if (visible) this.changed(bubble);
		});
		return { wamid, delivered };
	}

	text(body: string, extras?: MessageExtras): Spoken {
		return this.speak('text', { text: { body } }, { text: body }, extras);
	}

	private file(
		kind: MediaKind,
		file: Uint8Array | string,
		fallback: string,
		extras: MediaExtras & { readonly voice?: boolean },
		caption?: string,
	): Spoken {
		const sent = fileOf(file, fallback, extras.mimeType, extras.filename);
		const media = this.around.media.put(this.phoneNumberId, sent, 7);
		const object: Json = {
			mime_type: media.mimeType,
			sha256: Buffer.from(media.sha256, 'hex').toString('base64'),
			id: media.id,
		};
		if (caption !== undefined) object.caption = caption;
		if (kind === 'document') object.filename = sent.filename;
		if (kind === 'audio') object.voice = extras.voice === true;
		if (kind === 'sticker') object.animated = extras.animated === true;
		if (this.around.mediaUrlInWebhooks) object.url = this.around.media.address(this.around.baseUrl(), media);
		return this.speak(
			kind,
			{ [kind]: object },
			{
				text: caption ?? '',
				media: {
					kind,
					mediaId: media.id,
					mimeType: media.mimeType,
					filename: sent.filename,
					sizeBytes: media.bytes.byteLength,
					voice: extras.voice,
				},
			},
			extras,
		);
	}

	image(file: Uint8Array | string, caption?: string, extras: MediaExtras = {}): Spoken {
		return this.file('image', file, 'foto.jpg', extras, caption);
	}

	document(file: Uint8Array | string, caption?: string, extras: MediaExtras = {}): Spoken {
		return this.file('document', file, 'documento.pdf', extras, caption);
	}

	video(file: Uint8Array | string, caption?: string, extras: MediaExtras = {}): Spoken {
		return this.file('video', file, 'video.mp4', extras, caption);
	}

	audio(file: Uint8Array | string, extras: MediaExtras & { readonly voice?: boolean } = {}): Spoken {
		return this.file('audio', file, 'audio.mp3', extras);
	}

	voice(file: Uint8Array | string = 'nota.ogg', extras: MediaExtras = {}): Spoken {
		return this.file('audio', file, 'nota.ogg', { ...extras, voice: true });
	}

	sticker(file: Uint8Array | string = 'sticker.webp', extras: MediaExtras = {}): Spoken {
		return this.file('sticker', file, 'sticker.webp', extras);
	}

	location(
		place: { latitude: number; longitude: number; name?: string; address?: string },
		extras?: MessageExtras,
	): Spoken {
		const text = [place.name, place.address].filter((line) => line !== undefined).join('\n');
		return this.speak('location', { location: { ...place } }, { text, location: place }, extras);
	}

	contacts(cards: readonly Json[], extras?: MessageExtras): Spoken {
		const shown = cardsOf(cards);
		return this.speak(
			'contacts',
			{ contacts: cards },
			{ text: shown.map(({ name }) => name).join(', '), contacts: shown },
			extras,
		);
	}

	shareContact(): Spoken {
		const request = this.received.findLast(({ buttons }) => buttons?.some(({ kind }) => kind === 'contact'));
		this.person.hidePhone = false;
		const card: Json = {
			name: { formatted_name: this.person.profileName, first_name: this.person.profileName.split(' ')[0] },
			phones: [{ phone: `+${this.person.waId ?? ''}`, wa_id: this.person.waId, type: 'CELL' }],
			origin: request ? 'contact_request' : 'other',
		};
		return this.contacts([card], { replyTo: request?.wamid });
	}

	tapButton(titleOrId: string): Spoken {
		const bubble = this.received.findLast(({ buttons }) =>
			buttons?.some(
				({ id, title, kind }) =>
					(kind === 'reply' || kind === 'template_reply') && (title === titleOrId || id === titleOrId),
			),
		);
		const button = bubble?.buttons?.find(({ id, title }) => title === titleOrId || id === titleOrId);
		if (!bubble || !button) {
			const offered = this.received.flatMap(({ buttons }) => buttons?.map(({ title }) => `'${title}'`) ?? []);
			throw new Error(`There is no button '${titleOrId}' to tap. Buttons so far: ${offered.join(', ') || 'none'}.`);
		}
		if (button.kind === 'template_reply') {
			return this.speak(
				'button',
				{ button: { payload: button.id, text: button.title } },
				{ text: button.title },
				{ replyTo: bubble.wamid },
			);
		}
		return this.speak(
			'interactive',
			{ interactive: { type: 'button_reply', button_reply: { id: button.id, title: button.title } } },
			{ text: button.title },
			{ replyTo: bubble.wamid },
		);
	}

	chooseRow(titleOrId: string): Spoken {
		const rowsOf = ({ list }: Bubble) => list?.sections.flatMap(({ rows }) => rows) ?? [];
		const fits = (row: { id: string; title: string }): boolean => row.title === titleOrId || row.id === titleOrId;
		const bubble = this.received.findLast((candidate) => rowsOf(candidate).some(fits));
		const row = bubble && rowsOf(bubble).find(fits);
		if (!bubble || !row) {
			const offered = this.received.flatMap(rowsOf).map(({ title }) => `'${title}'`);
			throw new Error(`There is no row '${titleOrId}' to choose. Rows so far: ${offered.join(', ') || 'none'}.`);
		}
		const reply: Json = { id: row.id, title: row.title };
		if (row.description !== undefined) reply.description = row.description;
		return this.speak(
			'interactive',
			{ interactive: { type: 'list_reply', list_reply: reply } },
			{ text: row.title },
			{ replyTo: bubble.wamid },
		);
	}

	reaction(wamid: string, emoji?: string): Spoken {
		const target = this.around.find(wamid);
		if (target) {
			target.bubble.reactions.person = emoji;
			this.changed(target.bubble);
		}
		const reaction: Json = { message_id: wamid };
		if (emoji !== undefined) reaction.emoji = emoji;
		return this.speak('reaction', { reaction }, { text: emoji ?? '' });
	}

	edit(wamid: string, text: string): Spoken {
		const target = this.around.find(wamid);
		if (target) {
			target.bubble.text = text;
			target.bubble.edited = true;
			this.changed(target.bubble);
		}
		return this.speak(
			'edit',
			{ edit: { original_message_id: wamid, message: { context: { id: wamid }, type: 'text', text: { body: text } } } },
			{ text },
		);
	}

	revoke(wamid: string): Spoken {
		const target = this.around.find(wamid);
		if (target) {
			target.bubble.revoked = true;
			this.changed(target.bubble);
		}
		return this.speak('revoke', { revoke: { original_message_id: wamid } }, { text: '' });
	}

	unsupported(type = 'poll_creation', code: 131051 | 131060 = 131051): Spoken {
		const error = webhookError(
			code,
			code === 131051 ? 'Message type is currently not supported.' : 'This message is currently unavailable.',
		);
		if (code === 131051) {
			error.title = 'Message type unknown';
			error.message = 'Message type unknown';
		}
		return this.speak('unsupported', { errors: [error], unsupported: { type } }, { text: '' });
	}

	order(
		items: ReadonlyArray<{ productRetailerId: string; quantity: number; itemPrice: number; currency: string }>,
		text?: string,
	): Spoken {
		const order: Json = {
			catalog_id: '194836987003835',
			product_items: items.map((item) => ({
				product_retailer_id: item.productRetailerId,
				quantity: item.quantity,
				item_price: item.itemPrice,
				currency: item.currency,
			})),
		};
		if (text !== undefined) order.text = text;
		return this.speak('order', { order }, { text: text ?? '' });
	}

	flowReply(response: Json): Spoken {
		const request = this.received.findLast(({ buttons }) => buttons?.some(({ kind }) => kind === 'flow'));
		return this.speak(
			'interactive',
			{
				interactive: {
					type: 'nfm_reply',
					nfm_reply: { name: 'flow', body: 'Sent', response_json: JSON.stringify(response) },
				},
			},
			{ text: 'Sent' },
			{ replyTo: request?.wamid },
		);
	}

	changeNumber(newWaId: string): Spoken {
		const before = { waId: this.person.waId, userId: this.person.userId };
		const shown = this.sender();
		this.person.waId = newWaId;
		// Scoped ids are made anew when the number changes: MD/business-scoped-user-ids.
		this.person.userId = this.around.identifiers.userId(before.userId.slice(0, 2));
		this.around.renamed(this.person, before);
		const timestamp = String(Math.floor(this.around.now() / 1000));
		const wamid = this.around.identifiers.wamid(newWaId, 'inbound');
		const message: Json = {
			...shown,
			id: wamid,
			timestamp,
			type: 'system',
			system: {
				body: `User ${this.person.profileName} changed from ${before.waId ?? before.userId} to ${newWaId}`,
				wa_id: newWaId,
				type: 'user_changed_number',
			},
		};
		const delivered = this.around.say({ chat: this, message });
		void this.around.change(this.number, 'user_id_update', {
			messaging_product: 'whatsapp',
			contacts: [this.contact()],
			user_id_update: [
				{
					wa_id: newWaId,
					detail: `User ${this.person.profileName} changed user id`,
					user_id: { previous: before.userId, current: this.person.userId },
					timestamp,
				},
			],
		});
		return { wamid, delivered };
	}

	raw(message: Json): Spoken {
		const type = typeof message.type === 'string' ? message.type : 'unknown';
		const wamid =
			typeof message.id === 'string'
				? message.id
				: this.around.identifiers.wamid(this.person.waId ?? this.person.userId, 'inbound');
		const complete: Json = {
			...this.sender(),
			id: wamid,
			timestamp: String(Math.floor(this.around.now() / 1000)),
			...message,
		};
		const bubble: Bubble = {
			wamid,
			at: this.around.now(),
			direction: 'written',
			type,
			text: bubbleText(message),
			status: 'delivered',
			reactions: {},
		};
		this.chat.push(bubble);
		this.around.remember(wamid, this, bubble);
		this.lastInboundAt = Math.max(this.lastInboundAt, this.around.now());
		return { wamid, delivered: this.around.say({ chat: this, message: complete }) };
	}

	private preference(value: 'stop' | 'resume'): Spoken {
		this.person.stoppedMarketing = value === 'stop';
		const preference: Json = {
			user_id: this.person.userId,
			detail: `User requested to ${value} marketing messages`,
			category: 'marketing_messages',
			value,
			timestamp: Math.floor(this.around.now() / 1000),
		};
		if (this.visibleWaId) preference.wa_id = this.visibleWaId;
		const delivered = this.around.change(this.number, 'user_preferences', {
			messaging_product: 'whatsapp',
			contacts: [this.contact()],
			user_preferences: [preference],
		});
		return { wamid: '', delivered };
	}

	stopMarketing(): Spoken {
		return this.preference('stop');
	}

	resumeMarketing(): Spoken {
		return this.preference('resume');
	}

	read(): void {
		for (const bubble of this.received) {
			if (bubble.status === 'sent' || bubble.status === 'delivered') this.around.readStatus(this, bubble);
		}
	}

	waitFor(predicate: (bubble: Bubble) => boolean, timeoutMs = PATIENCE): Promise<Bubble> {
		return this.until(() => this.received.find(predicate), timeoutMs, 'the expected message');
	}

	waitForCount(count: number, timeoutMs = PATIENCE): Promise<readonly Bubble[]> {
		return this.until(
			() => (this.received.length >= count ? this.received : undefined),
			timeoutMs,
			`${count} messages`,
		);
	}

	private until<Found>(look: () => Found | undefined, timeoutMs: number, what: string): Promise<Found> {
		const already = look();
		if (already !== undefined) return Promise.resolve(already);
		return new Promise((resolve, reject) => {
			const waiter: Waiter = {
				check: () => {
					const found = look();
					if (found === undefined) return false;
					clearTimeout(timer);
					resolve(found);
					return true;
				},
			};
			const timer = setTimeout(() => {
				this.waiters.delete(waiter);
				const texts = this.received.map(({ text, type }) => `  [${type}] ${text}`).join('\n');
				reject(
					new Error(
						`${this.profileName} did not receive ${what} within ${timeoutMs} ms. Received so far:\n${texts || '  nothing'}`,
					),
				);
			}, timeoutMs);
			this.waiters.add(waiter);
		});
	}
}

/** Everybody with WhatsApp, found by phone or by scoped id. */
export class Directory {
	private readonly byPhone = new Map<string, Person>();
	private readonly byUserId = new Map<string, Person>();
	private readonly chats = new Map<Person, Map<string, Chat>>();
	private count = 0;

	constructor(private readonly around: Surroundings) {}

	get all(): Chat[] {
		return [...this.chats.values()].flatMap((chats) => [...chats.values()]);
	}

	byId(id: string): Chat | undefined {
		return this.all.find((chat) => chat.id === id);
	}

	person(options: CustomerOptions, number: SimulatedNumber): Person {
		const waId = options.waId?.replace(/\D/g, '');
		const known =
			(waId ? this.byPhone.get(waId) : undefined) ?? (options.userId ? this.byUserId.get(options.userId) : undefined);
		if (known) {
			if (options.profileName) known.profileName = options.profileName;
			if (options.username) known.username = options.username;
			if (options.hidePhone !== undefined) known.hidePhone = options.hidePhone;
			if (options.failsWith !== undefined) known.failsWith = options.failsWith;
			return known;
		}
		const person: Person = {
			waId,
			userId: options.userId ?? this.around.identifiers.userId(number.country ?? 'CO'),
			parentUserId: options.parentUserId,
			username: options.username,
			profileName: options.profileName ?? options.username ?? 'Cliente de prueba',
			hidePhone: options.hidePhone ?? false,
			failsWith: options.failsWith,
		};
		if (waId) this.byPhone.set(waId, person);
		this.byUserId.set(person.userId, person);
		if (person.parentUserId) this.byUserId.set(person.parentUserId, person);
		return person;
	}

	knownUserId(userId: string): Person | undefined {
		return this.byUserId.get(userId);
	}

	rename(person: Person, before: { waId?: string; userId: string }): void {
		if (before.waId) this.byPhone.delete(before.waId);
		this.byUserId.delete(before.userId);
		if (person.waId) this.byPhone.set(person.waId, person);
		this.byUserId.set(person.userId, person);
	}

	chat(person: Person, number: SimulatedNumber): Chat {
		let chats = this.chats.get(person);
		if (!chats) {
			chats = new Map();
			this.chats.set(person, chats);
		}
		let chat = chats.get(number.phoneNumberId);
		if (!chat) {
			this.count += 1;
			chat = new Chat(`c${this.count}`, person, number, this.around);
			chats.set(number.phoneNumberId, chat);
			this.around.live.emit('chat', chat);
		}
		return chat;
	}
}
