/**
 * Public types of the Graph API simulator. See `index.ts` for a tour with examples.
 */

export type Json = Record<string, unknown>;

/** A business number that the simulated WhatsApp Business Account owns. */
export interface SimulatedNumber {
	readonly wabaId: string;
	readonly phoneNumberId: string;
	/** As people see it, e.g. `+57 300 111 2233`. */
	readonly displayPhoneNumber: string;
	readonly verifiedName: string;
	/** ISO 3166-1 alpha-2; its calling code is put before recipients written without `+`. */
	readonly country?: string;
	/** Messages a second, in and out together (default 80). Infinity switches the limit off. */
	readonly throughput?: number;
	/** The number is also used in the WhatsApp Business app (coexistence). */
	readonly onBusinessApp?: boolean;
	/** An advisor's own: nobody of the company sees it until the advisor shares it in the signup dialog. */
	readonly ofAdvisor?: boolean;
}

/** What a person does in Meta's signup dialog. */
export interface SignupOutcome {
	readonly kind: 'finished' | 'cancelled' | 'error';
	/** The number that is confirmed; absent: every account of an advisor is shared. */
	readonly phoneNumberId?: string;
	readonly shareNothing?: boolean;
	/** The permission to send and receive is taken off the list. */
	readonly withoutMessaging?: boolean;
	/** For `error`. */
	readonly code?: string;
	readonly message?: string;
}

/** An advisor's telephone with the WhatsApp Business app. */
export interface AdvisorPhone {
	/** What is handed over when the contacts are asked for. */
	readonly addressBook: Array<{
		readonly phoneNumber: string;
		readonly fullName?: string;
		readonly firstName?: string;
	}>;
	/** Threads, as Meta writes them, that are handed over when the history is asked for. */
	readonly past: Array<{ readonly id: string; readonly messages: readonly Json[] }>;
	write(customer: Customer, text: string): Spoken;
	edit(customer: Customer, originalMessageId: string, text: string): Spoken;
	remove(customer: Customer, originalMessageId: string): Spoken;
	shareHistory(shared: boolean): void;
	/** Settings > Account > Business Platform > Disconnect Account. */
	disconnect(): Promise<DeliveryReport>;
	/** Nobody opens the app for two weeks. */
	fallAsleep(): Promise<DeliveryReport>;
	wakeUp(): Promise<DeliveryReport>;
	/** The permission ends and no webhook tells of it. */
	revokeSilently(): void;
	/** The number is not in the app any more. */
	leaveApp(): void;
}

export interface StatusOptions {
	readonly sent?: boolean;
	readonly delivered?: boolean;
	readonly read?: boolean;
	/** Between the acceptance and the first status, and between one status and the next (default 0). */
	readonly delayMs?: number;
	/** Statuses of one number that travel in one POST, at most (default 1, Meta's own bound is 1000). */
	readonly batch?: number;
	/** The `sent` status is delivered before the HTTP answer of the send is written. */
	readonly beforeAnswer?: boolean;
}

export interface GraphSimulatorOptions {
	/** 0 or absent: a free port. */
	readonly port?: number;
	readonly host?: '127.0.0.1';
	readonly appId: string;
	readonly appSecret: string;
	/** Used by `setCallback` when it performs the handshake. */
	readonly verifyToken?: string;
	readonly accessToken: string;
	readonly numbers: readonly SimulatedNumber[];
	/** Milliseconds since the epoch: windows, limits and expiries follow it. Default: the real clock. */
	readonly now?: () => number;
	/** Makes every id (wamid, media, template, trace) repeatable. Default: different in each start. */
	readonly seed?: number;
	readonly statuses?: StatusOptions;
	readonly redeliver?: {
		/** Waits before the second, third … attempt; the last one repeats until a 200 comes. */
		readonly delaysMs?: readonly number[];
		/** How long the receiver may take to answer (default 10 s). */
		readonly timeoutMs?: number;
	};
	/** POSTs to the receiver that may be under way at once (default 64). */
	readonly concurrentDeliveries?: number;
	/** One message to one person each 6 s with 45 in advance (default true). */
	readonly pairRate?: boolean;
	/** Approved templates from the start, besides `hello_world`. */
	readonly templates?: readonly TemplateSeed[];
	/** What the ledger keeps: `sends` leaves out requests and webhook bodies (for long loads). Default `everything`. */
	readonly record?: 'everything' | 'sends';
	/** Webhooks of media carry a direct `url` besides the id, as Meta rolls out since November 2025. */
	readonly mediaUrlInWebhooks?: boolean;
	/** Embedded Signup of the app; absent: it has none. */
	readonly signup?: {
		readonly configurationId: string;
		/** Valid OAuth redirect URIs; absent: any. */
		readonly redirectUris?: readonly string[];
		/** False: the app is in development mode. */
		readonly live?: boolean;
	};
	/** Other pages of the same demonstration, as links on the phone page. */
	readonly pages?: ReadonlyArray<{ readonly title: string; readonly url: string }>;
	/** Until `setCallback` or a subscription is made, webhooks go here; the accounts count as subscribed. */
	readonly callbackUrl?: string;
}

export interface TemplateSeed {
	readonly name: string;
	readonly language: string;
	readonly category?: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
	readonly status?: string;
	readonly components: readonly Json[];
	readonly parameter_format?: 'POSITIONAL' | 'NAMED';
	/** Only for this account; absent: for all. */
	readonly wabaId?: string;
}

/** A send that was accepted (HTTP 200 with a wamid), in order. */
export interface AcceptedSend {
	readonly at: number;
	readonly phoneNumberId: string;
	/** `to` or `recipient` as the request had it. */
	readonly to: string;
	readonly payload: Json;
	readonly wamid: string;
	readonly callbackData?: string;
	/** What the person reads in the bubble, parameters filled in. */
	readonly bubbleText: string;
}

/** Any request that reached the Graph API, accepted or not. */
export interface RecordedRequest {
	readonly at: number;
	readonly method: string;
	/** With the query, without the access token. */
	readonly path: string;
	readonly operation: Operation;
	readonly body?: unknown;
	status: number;
	/** Graph error code of the answer. */
	errorCode?: number;
}

/** One POST to the receiver. */
export interface WebhookAttempt {
	readonly at: number;
	readonly url: string;
	readonly body: string;
	readonly attempt: number;
	/** Status of the answer, or what went wrong. */
	readonly outcome: number | string;
	readonly durationMs: number;
}

export interface Ledger {
	readonly sends: readonly AcceptedSend[];
	readonly requests: readonly RecordedRequest[];
	readonly webhooks: readonly WebhookAttempt[];
	/** Milliseconds that each acknowledged POST took, in order. Kept in every mode. */
	readonly acknowledgementsMs: readonly number[];
	readonly counters: Readonly<
		Record<'requests' | 'sends' | 'webhooksPosted' | 'webhooksAcknowledged' | 'webhooksUnheard', number>
	>;
	/** Bubble texts sent to one person, in order. */
	textsTo(waIdOrUserId: string): string[];
	clear(): void;
}

export type Operation =
	| 'send'
	| 'mark_read'
	| 'media_upload'
	| 'media_url'
	| 'media_download'
	| 'media_delete'
	| 'templates'
	| 'subscriptions'
	| 'numbers'
	| 'tokens'
	| 'other';

export interface FaultRule {
	readonly on: Operation | 'media' | 'any';
	/** How often it strikes (default 1). */
	readonly times?: number;
	/**
	 * A number is a Graph error code. `429` and `500` are HTTP statuses with Meta's bodies, `hang` never answers,
	 * `reset` cuts the connection, `malformed` answers 200 with something that is no JSON, `slow` waits `delayMs`.
	 */
	readonly kind: '429' | '500' | '503' | 'hang' | 'reset' | 'malformed' | 'slow' | number;
	readonly delayMs?: number;
	/** The request takes effect (the message goes out) although no usable answer comes. */
	readonly applied?: boolean;
	/** Seconds, as a `Retry-After` header. */
	readonly retryAfterSeconds?: number;
}

export interface WebhookFaults {
	/** Each POST goes out this many times (1 = once). */
	readonly copies?: number;
	/** Copies leave at the same time instead of one after the other. */
	readonly concurrently?: boolean;
	/** Each pair of neighbouring POSTs changes places. */
	readonly reorder?: boolean;
	readonly delayMs?: number;
	/** Signs with another secret. */
	readonly badSignature?: boolean;
}

export interface Faults {
	inject(rule: FaultRule): void;
	webhooks(faults: WebhookFaults): void;
	clear(): void;
}

/** What happened with the POST that carried something. Never rejects. */
export interface DeliveryReport {
	readonly acknowledged: boolean;
	readonly attempts: number;
	readonly url?: string;
	readonly reason?: 'no_subscriber' | 'closed' | 'dropped';
}

export interface Spoken {
	readonly wamid: string;
	readonly delivered: Promise<DeliveryReport>;
}

export interface BubbleButton {
	readonly id: string;
	readonly title: string;
	readonly kind: 'reply' | 'template_reply' | 'url' | 'phone' | 'copy_code' | 'location' | 'contact' | 'flow' | 'other';
	readonly url?: string;
}

export interface BubbleMedia {
	readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
	readonly mediaId?: string;
	readonly link?: string;
	readonly mimeType?: string;
	readonly filename?: string;
	readonly sizeBytes?: number;
	readonly voice?: boolean;
}

/** A message as the person sees it on the telephone. */
export interface Bubble {
	readonly wamid: string;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** `received`: from the business; `written`: by the person. */
	readonly direction: 'received' | 'written';
	readonly type: string;
	/** Everything readable: body, caption, address … */
	text: string;
	readonly header?: string;
	readonly footer?: string;
	readonly media?: BubbleMedia;
	readonly buttons?: readonly BubbleButton[];
	readonly list?: {
		readonly button: string;
		readonly sections: ReadonlyArray<{
			readonly title?: string;
			readonly rows: ReadonlyArray<{ readonly id: string; readonly title: string; readonly description?: string }>;
		}>;
	};
	readonly location?: {
		readonly latitude: number;
		readonly longitude: number;
		readonly name?: string;
		readonly address?: string;
	};
	readonly contacts?: ReadonlyArray<{ readonly name: string; readonly phones: readonly string[] }>;
	readonly template?: string;
	/** wamid of the message that this one answers. */
	readonly replyTo?: string;
	/** Reactions of both sides by who made them. */
	reactions: { business?: string; person?: string };
	status: 'waiting' | 'sent' | 'delivered' | 'read' | 'failed';
	edited?: boolean;
	revoked?: boolean;
}

export interface CustomerOptions {
	/** Digits without `+`. Absent: a person known by `userId` only. */
	readonly waId?: string;
	/** Business-scoped user id; made from the seed when absent. */
	readonly userId?: string;
	readonly parentUserId?: string;
	readonly username?: string;
	readonly profileName?: string;
	/** Number of the business that this customer writes to (default: the first). */
	readonly phoneNumberId?: string;
	/** Webhooks leave out `wa_id` and `from` until the business writes to the phone itself. */
	readonly hidePhone?: boolean;
	/** Sends to this person are accepted and then fail with this code (131026, 131049, 131050 …). */
	readonly failsWith?: number;
}

export interface MessageExtras {
	/** wamid that is being answered. */
	readonly replyTo?: string;
	readonly forwarded?: boolean;
	readonly frequentlyForwarded?: boolean;
	/** Click-to-WhatsApp advertisement, Meta's own object. */
	readonly referral?: Json;
	readonly referredProduct?: { readonly catalogId: string; readonly productRetailerId: string };
	/** Vendor time in milliseconds; default now. */
	readonly at?: number;
}

export interface MediaExtras extends MessageExtras {
	readonly mimeType?: string;
	readonly filename?: string;
	readonly animated?: boolean;
}

/** A person with WhatsApp. */
export interface Customer {
	readonly waId?: string;
	readonly userId: string;
	readonly profileName: string;
	readonly phoneNumberId: string;
	/** Set or clear at any time: sends fail with this code from now on. */
	failsWith?: number;
	text(body: string, extras?: MessageExtras): Spoken;
	/** Bytes, or a file name whose ending chooses a small genuine sample. */
	image(file: Uint8Array | string, caption?: string, extras?: MediaExtras): Spoken;
	document(file: Uint8Array | string, caption?: string, extras?: MediaExtras): Spoken;
	video(file: Uint8Array | string, caption?: string, extras?: MediaExtras): Spoken;
	/** A music file; see `voice` for a voice note. */
	audio(file: Uint8Array | string, extras?: MediaExtras & { readonly voice?: boolean }): Spoken;
	voice(file?: Uint8Array | string, extras?: MediaExtras): Spoken;
	sticker(file?: Uint8Array | string, extras?: MediaExtras): Spoken;
	location(
		place: { latitude: number; longitude: number; name?: string; address?: string },
		extras?: MessageExtras,
	): Spoken;
	contacts(cards: readonly Json[], extras?: MessageExtras): Spoken;
	/** Answers a contact request with the own number. */
	shareContact(): Spoken;
	/** Taps the newest button with this title or id. */
	tapButton(titleOrId: string): Spoken;
	/** Chooses the newest list row with this title or id. */
	chooseRow(titleOrId: string): Spoken;
	/** Absent emoji: the reaction is taken back. */
	reaction(wamid: string, emoji?: string): Spoken;
	edit(wamid: string, text: string): Spoken;
	revoke(wamid: string): Spoken;
	unsupported(type?: string, code?: 131051 | 131060): Spoken;
	order(
		items: ReadonlyArray<{ productRetailerId: string; quantity: number; itemPrice: number; currency: string }>,
		text?: string,
	): Spoken;
	flowReply(response: Json): Spoken;
	/** The person changed the number; also sent to the app's `user_id_update`. */
	changeNumber(newWaId: string): Spoken;
	/** A message object of the caller's own making; `id`, `from` and `timestamp` are filled in when absent. */
	raw(message: Json): Spoken;
	stopMarketing(): Spoken;
	resumeMarketing(): Spoken;
	/** Reads what came: emits `read` for every delivered message. */
	read(): void;
	/** Bubbles from the business, oldest first. */
	readonly received: readonly Bubble[];
	/** Both directions, oldest first. */
	readonly chat: readonly Bubble[];
	/** The business shows "typing…". */
	readonly typing: boolean;
	/** The first received bubble that fits, waiting for it when it has not come. */
	waitFor(predicate: (bubble: Bubble) => boolean, timeoutMs?: number): Promise<Bubble>;
	/** Until this many bubbles came. */
	waitForCount(count: number, timeoutMs?: number): Promise<readonly Bubble[]>;
}

export interface ReleaseOptions {
	/** `together`: one POST with all; `separately`: one POST each (default). */
	readonly as?: 'together' | 'separately';
	/** Places of the held messages, e.g. `[1, 0]`; or reversed. Default: as they were written. */
	readonly order?: 'as_written' | 'reversed' | readonly number[];
	readonly copies?: number;
	/** All at the same time instead of one after the other. */
	readonly concurrently?: boolean;
}

export interface RawDelivery {
	/** A string or bytes go out as they are; an object is written as Meta writes it. */
	readonly body: string | Uint8Array | Json | readonly unknown[] | null;
	readonly signature?: 'valid' | 'invalid' | 'missing' | { readonly header: string };
	readonly contentType?: string | null;
	/** Default: where the first number's messages go. */
	readonly url?: string;
	readonly method?: string;
}

export interface RawAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
}

/** Webhooks that are not a person writing. Each goes where Meta would send it. */
export interface VendorEvents {
	/** The owner of the number wrote from the WhatsApp Business app. */
	echo(customer: Customer, message: Json & { readonly type: string }): Spoken;
	/** Past messages of a linked number. */
	history(
		phoneNumberId: string,
		chunk: {
			phase: 0 | 1 | 2;
			chunkOrder: number;
			progress: number;
			threads: ReadonlyArray<{ id: string; messages: readonly Json[] }>;
		},
	): Promise<DeliveryReport>;
	historyDeclined(phoneNumberId: string): Promise<DeliveryReport>;
	/** The file of a `media_placeholder` of the history. */
	historyMedia(phoneNumberId: string, message: Json): Promise<DeliveryReport>;
	contactSync(
		phoneNumberId: string,
		contacts: ReadonlyArray<{ action: 'add' | 'remove'; phoneNumber: string; fullName?: string; firstName?: string }>,
	): Promise<DeliveryReport>;
	accountUpdate(wabaId: string, value: Json & { readonly event: string }): Promise<DeliveryReport>;
	templateStatus(
		wabaId: string,
		template: { name: string; language: string },
		event: string,
		reason?: string,
	): Promise<DeliveryReport>;
	phoneQuality(phoneNumberId: string, event: string, tier: string): Promise<DeliveryReport>;
	/** Any `field`, known or not. */
	change(target: { wabaId?: string; phoneNumberId?: string }, field: string, value: Json): Promise<DeliveryReport>;
	/** `value.errors` with neither messages nor statuses. */
	systemError(phoneNumberId: string, code: number): Promise<DeliveryReport>;
	/** A status that no send asked for, e.g. a late `read` or a `failed`. */
	status(
		wamid: string,
		status: 'sent' | 'delivered' | 'read' | 'played' | 'failed',
		errorCode?: number,
	): Promise<DeliveryReport>;
}

/** The four ways a person can be known since 2026 (no username; username, no phone; username and phone; parent id). */
export interface IdentityScenarios {
	readonly noUsername: Customer;
	readonly usernameWithoutPhone: Customer;
	readonly usernameWithPhone: Customer;
	readonly parentUserId: Customer;
}

export interface GraphSimulator {
	/** `http://127.0.0.1:<port>`: put it where a credential asks for the base URL. The phone page is at its root. */
	readonly baseUrl: string;
	readonly port: number;
	readonly ledger: Ledger;
	readonly faults: Faults;
	readonly events: VendorEvents;
	/** Everybody who wrote or was written to. */
	readonly customers: readonly Customer[];
	/** The person with this phone or id, made on first use. */
	customer(options: CustomerOptions): Customer;
	identityScenarios(phoneNumberId?: string): IdentityScenarios;
	/** The app's own callback, with every account subscribed. `verify` performs Meta's handshake first and throws when it fails. */
	setCallback(url: string | undefined, options?: { verify?: boolean; verifyToken?: string }): Promise<void>;
	/** Where a number's messages would go now. */
	callbackOf(phoneNumberId: string): string | undefined;
	/** From here on nothing leaves: everything said is kept until `release`. */
	hold(): void;
	release(options?: ReleaseOptions): Promise<readonly DeliveryReport[]>;
	/** Posts anything, once, and tells what came back. */
	deliverRaw(delivery: RawDelivery): Promise<RawAnswer>;
	/** Nothing waits to be delivered and nothing is under way. Rejects after `timeoutMs` (PATIENCE unless told). */
	settled(timeoutMs?: number): Promise<void>;
	/** Adds or replaces an approved template. */
	addTemplate(template: TemplateSeed): void;
	/** From now on the access token is refused with 190. */
	revokeToken(): void;
	/** What the browser is sent back to when the person does this in the dialog at `url`. */
	finishSignup(url: string, outcome: SignupOutcome): string;
	/** The telephone of an advisor's own number. */
	advisorPhone(phoneNumberId: string): AdvisorPhone;
	/** A code of Embedded Signup, good for one exchange within 30 s. */
	issueSignupCode(): string;
	close(): Promise<void>;
}
