export type Json = Record<string, unknown>;

export interface SimulatedChannel {
	readonly channelId: string;
	readonly transport: string;
	readonly plainId: string;
	readonly name?: string;
	state: string;
}

export interface SimulatedTemplate {
	readonly templateGuid: string;
	readonly name: string;
	/** `{{1}}` and so on stand for the values. */
	readonly body: string;
	readonly channelId: string;
	readonly language?: string;
	readonly category?: string;
	status: string;
}

export interface SimulatedUser {
	readonly id: string;
	readonly name: string;
	readonly phone?: string;
}

export interface SimulatedContact {
	readonly id: string;
	readonly responsibleUserId: string;
	readonly name: string;
	readonly contactData: ReadonlyArray<{
		readonly chatType: string;
		readonly chatId?: string;
		readonly username?: string;
		readonly phone?: string;
	}>;
	readonly uri?: string;
}

export interface SimulatedDeal {
	readonly id: string;
	readonly responsibleUserId: string;
	readonly name: string;
	readonly uri: string;
	readonly contacts: readonly string[];
	readonly closed: boolean;
}

export interface SimulatedPipeline {
	readonly id: string;
	readonly name: string;
	readonly stages?: ReadonlyArray<{ readonly id: string; readonly name: string }>;
}

export interface WazzupOptions {
	readonly port?: number;
	readonly apiKey: string;
	/** Keys of an integration of another CRM: 403 on everything but channels, messages, templates and webhooks. */
	readonly sidecarKeys?: readonly string[];
	readonly channels?: ReadonlyArray<Omit<SimulatedChannel, 'state'> & { readonly state?: string }>;
	readonly templates?: ReadonlyArray<Omit<SimulatedTemplate, 'status'> & { readonly status?: string }>;
	/** Milliseconds of Wazzup's clock. */
	readonly now?: () => number;
	/** 500 requests in 5 s for each key. Default true. */
	readonly rateLimit?: boolean;
	/** Whether `sent` and `delivered` follow a send by themselves. Default true. */
	readonly statuses?: boolean;
	/** Whether what the API sends comes back as a message with `isEcho`. Default true, as seen live. */
	readonly echoOwnSends?: boolean;
	/** How long Wazzup waits for the answer to a webhook. Default 30,000 ms. */
	readonly webhookTimeoutMs?: number;
	/** PATCH /webhooks takes subscriptions without the address, and then tests nothing; Wazzup does not say. Default false. */
	readonly subscriptionsAlone?: boolean;
	/** GET /webhooks answers texts, as documented, instead of truth values, as seen live. */
	readonly textBooleans?: boolean;
}

/** A message in a chat, as Wazzup's window shows it. */
export interface Bubble {
	readonly messageId: string;
	readonly at: number;
	readonly direction: 'inbound' | 'outbound';
	/** Of outgoing ones. */
	readonly by?: 'api' | 'phone' | 'window';
	readonly authorId?: string;
	readonly authorName?: string;
	type: string;
	text?: string;
	contentUri?: string;
	readonly templateId?: string;
	readonly buttons?: readonly string[];
	readonly refMessageId?: string;
	readonly crmMessageId?: string;
	readonly crmUserId?: string;
	readonly clearUnanswered?: boolean;
	status: string;
	isEdited: boolean;
	isDeleted: boolean;
}

export interface Chat {
	readonly channelId: string;
	readonly chatType: string;
	readonly chatId: string;
	readonly name: string;
	/** What the customer wrote and nobody has answered. */
	unanswered: number;
	readonly bubbles: Bubble[];
}

export interface RecordedRequest {
	readonly method: string;
	/** Below `/v3`. */
	readonly path: string;
	readonly body: unknown;
	readonly at: number;
	status: number;
}

export interface WebhookAttempt {
	readonly url: string;
	readonly body: Json;
	/** HTTP status, or why there was none. */
	readonly outcome: number | string;
	readonly answer?: unknown;
	readonly durationMs: number;
}

export interface FaultRule {
	/** `POST /contacts`, `PATCH /contacts/bulk_delete`, or `any`. */
	readonly on: string;
	/** HTTP status to answer, or a line that dies. */
	readonly kind: 401 | 403 | 429 | 500 | 502 | 'hang' | 'reset' | 'garbage';
	/** The request was carried out all the same; only its answer is lost. */
	readonly applied?: boolean;
	readonly times?: number;
	/** Let so many go first. */
	readonly skip?: number;
}

export interface WebhookFaults {
	readonly copies?: number;
	/** Two that follow each other change places. */
	readonly reorder?: boolean;
}

/** What came of a webhook that somebody waits for. */
export interface DeliveryReport {
	readonly delivered: boolean;
	readonly status?: number;
	readonly answer?: unknown;
}
