import type { ApprovalState } from '../approvals/approval';
import type { CaseType, ConversationMode } from '../conversation/types';
import type { Failure } from '../failures/failure';
import type { LinkingProblem } from '../linkedNumbers/problems';
import type { LeadStage } from '../leads/leadStage';
import type { InboxRole, Permission } from './permissions';

/**
 * What the inbox page reads. Plain JSON, times as ISO 8601, money as decimal text with its ISO 4217 currency. Text of
 * customers is text: nothing here is ever markup.
 */

export interface PersonOfTeam {
	readonly id: string;
	readonly name: string;
}

/** Who is logged in, and the business they work for. */
export interface SessionView {
	readonly advisor: PersonOfTeam & {
		readonly role: InboxRole;
		/** Keys of areas. */
		readonly areas: readonly string[];
		readonly available: boolean;
		readonly absentUntil?: string;
		readonly phone?: string;
	};
	readonly permissions: readonly Permission[];
	/** Sent back with every command in the header `X-CSRF-Token`. */
	readonly csrfToken: string;
	/** From where on the page wants to be told, ms by the store's clock: what it asks for after this answer is as new at least. */
	readonly updatesFrom: number;
	readonly business: {
		readonly name: string;
		readonly language: string;
		/** ISO 3166. */
		readonly country: string;
		readonly timeZone: string;
		/** ISO 4217 of the country. */
		readonly currency: string;
		readonly areas: ReadonlyArray<{ readonly key: string; readonly name: string }>;
		/** Minutes that a customer may wait for a person; undefined: no limit is set. */
		readonly waitingMinutes?: number;
	};
	/** Bytes an upload may have at most. */
	readonly uploadLimit: number;
	/** What this installation can do, so that the page offers nothing that would fail. */
	readonly features: {
		readonly paymentLinks: boolean;
		readonly wazzup: boolean;
		/** Meta's embedded signup: app id and configuration are known. */
		readonly embeddedSignup: boolean;
	};
}

export type DeliveryStatus = 'queued' | 'accepted' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';

export interface ChannelView {
	readonly id: string;
	/** E.164 or a label. */
	readonly name: string;
	/** The company's number, an advisor's own linked number, or a Wazzup channel. */
	readonly kind: 'company' | 'linked' | 'wazzup';
	/** Of a linked number. */
	readonly advisor?: PersonOfTeam;
}

/** A row of the conversation list. */
export interface ConversationSummary {
	readonly id: string;
	readonly contactId: string;
	/** Name, else WhatsApp profile name, else the number. */
	readonly contactName: string;
	readonly phone?: string;
	readonly channel: ChannelView;
	readonly mode: ConversationMode;
	readonly owner?: PersonOfTeam;
	readonly areaName?: string;
	readonly lastMessage?: {
		readonly author: MessageView['author'];
		readonly type: string;
		/** First words, without line breaks. */
		readonly preview: string;
		readonly at: string;
		readonly status?: DeliveryStatus;
	};
	/** Customer messages since this advisor last read, 99 at most. */
	readonly unread: number;
	/** Since when the customer has waited for a person; absent when nobody waits. */
	readonly waitingSince?: string;
	/** Until when somebody should have answered, by the profile's limit and working hours. */
	readonly answerDueAt?: string;
	/** When WhatsApp's 24-hour window closes; absent or past: only templates. */
	readonly windowClosesAt?: string;
	readonly openCases: number;
	readonly tags: readonly string[];
	/** Lights «Crear Lead». */
	readonly commercialIntent: boolean;
	readonly leadStage?: string;
	/** The customer stopped answering and it was closed so (D19). */
	readonly incomplete: boolean;
	/** Something of this conversation could not be done: dead letters. */
	readonly trouble: boolean;
	/** Grows with every change; the page drops what is older than it has. */
	readonly revision: number;
}

export interface Page<Row> {
	readonly rows: readonly Row[];
	/** Absent on the last page. */
	readonly nextCursor?: string;
}

/** Rows of a thread. */
export interface ThreadPage extends Page<MessageView> {
	/** How many messages of the customer there were when it was read: whoever has it on the screen has read as many. */
	readonly inboundCount: number;
}

export interface AttachmentView {
	readonly id: string;
	readonly kind: 'image' | 'audio' | 'video' | 'document' | 'sticker';
	readonly filename?: string;
	readonly mimeType?: string;
	/** Bytes. */
	readonly size?: number;
	readonly state: 'pending' | 'stored' | 'failed' | 'expired';
	/** What a transcription made of a voice note. */
	readonly transcript?: string;
}

/** A row of the thread: a message, a note of the team, or something that happened. */
export interface MessageView {
	readonly id: string;
	readonly kind: 'message' | 'note' | 'event';
	readonly direction?: 'in' | 'out';
	readonly author: 'customer' | 'bot' | 'advisor' | 'phone' | 'workflow' | 'system';
	readonly advisor?: PersonOfTeam;
	/** Of the command by which somebody wrote it on the page: what stood there meanwhile goes. */
	readonly requestId?: string;
	readonly type: string;
	readonly text?: string;
	readonly at: string;
	readonly status?: DeliveryStatus;
	/** Why it was not delivered. */
	readonly failure?: Failure;
	readonly possibleDuplicate?: boolean;
	readonly edited?: boolean;
	/** Deleted by who wrote it: the text is gone from the page, not from the record of the business. */
	readonly deleted?: boolean;
	readonly quoted?: { readonly id?: string; readonly author?: MessageView['author']; readonly preview: string };
	readonly attachment?: AttachmentView;
	readonly location?: {
		readonly latitude: number;
		readonly longitude: number;
		readonly name?: string;
		readonly address?: string;
	};
	readonly contacts?: ReadonlyArray<{ readonly name: string; readonly phones: readonly string[] }>;
	readonly choices?: readonly string[];
	readonly link?: { readonly label: string; readonly url: string };
	readonly reactions?: ReadonlyArray<{ readonly emoji: string; readonly author: MessageView['author'] }>;
	/** Name of the template it was sent with. */
	readonly template?: string;
	/** Whether «¿Por qué?» can be asked of it. */
	readonly explainable?: boolean;
	/** Of an event: which (`case.created`, `conversation.assigned` …) and its values, said by the page in its language. */
	readonly event?: {
		readonly action: string;
		readonly actor: string;
		readonly values: Readonly<Record<string, string>>;
	};
}

export interface CaseView {
	readonly id: string;
	readonly number: string;
	readonly type: CaseType;
	readonly areaName: string;
	readonly status: 'open' | 'in_progress' | 'waiting' | 'resolved' | 'closed' | 'incomplete';
	readonly subject: string;
	readonly fields: Readonly<Record<string, string>>;
	readonly priority: 'low' | 'normal' | 'high' | 'urgent';
	readonly advisor?: PersonOfTeam;
	readonly tags: readonly string[];
	readonly attachments: readonly AttachmentView[];
	readonly externalUrl?: string;
	readonly createdAt: string;
	readonly updatedAt: string;
}

export interface LeadView {
	readonly id: string;
	readonly stage: LeadStage;
	readonly score: number;
	/** Field → value, as createLead knows them. */
	readonly values: Readonly<Record<string, string>>;
	readonly summary: readonly string[];
	readonly keyQuestions: readonly string[];
	readonly objections: readonly string[];
	readonly advisor?: PersonOfTeam;
	readonly amount?: string;
	readonly currency?: string;
	readonly attachments: number;
	readonly messages: number;
	readonly createdAt: string;
	readonly updatedAt: string;
}

/** What «Crear Lead» or «Actualizar Lead» would do. */
export interface LeadPreview {
	readonly action: 'create' | 'update';
	readonly fields: ReadonlyArray<{
		readonly field: string;
		readonly before?: string;
		readonly after?: string;
		readonly changed: boolean;
	}>;
	readonly summary: readonly string[];
	readonly attachments: number;
	readonly messages: number;
}

export interface PaymentView {
	readonly id: string;
	readonly status: string;
	readonly amount: string;
	readonly currency: string;
	readonly description?: string;
	readonly url?: string;
	/** In cash, when it is delivered: a person says that it came (`collectCash`). */
	readonly onDelivery?: {
		/** Of the case that is delivered. */
		readonly number?: string;
		/** What came, where it is another amount than was agreed. */
		readonly collected?: string;
		readonly collectedBy?: string;
		readonly note?: string;
	};
	readonly createdAt: string;
	readonly updatedAt: string;
}

export interface FollowUpView {
	readonly id: string;
	readonly conversationId: string;
	readonly contactName: string;
	readonly text: string;
	readonly dueAt: string;
	readonly advisor?: PersonOfTeam;
	readonly state: 'open' | 'done' | 'cancelled';
	/** `quotation_sent`, `appointment`, `repurchase`, or `hand`. */
	readonly kind: string;
}

/** The side panel of a conversation. */
export interface ConversationDetail {
	readonly conversation: ConversationSummary;
	readonly contact: {
		readonly id: string;
		readonly name?: string;
		readonly nameVerified: boolean;
		readonly profileName?: string;
		readonly username?: string;
		readonly phone?: string;
		readonly identification?: string;
		readonly identificationType?: string;
		readonly email?: string;
		readonly company?: string;
		readonly city?: string;
		readonly language?: string;
		readonly tags: readonly string[];
		readonly owner?: PersonOfTeam;
		readonly optedOutAt?: string;
		readonly consents: ReadonlyArray<{ readonly kind: string; readonly at: string; readonly source: string }>;
		readonly source?: string;
		readonly externalUrl?: string;
	};
	readonly cases: readonly CaseView[];
	readonly lead?: LeadView;
	readonly payments: readonly PaymentView[];
	/** Newest first. */
	readonly approvals: readonly ApprovalView[];
	readonly followUps: readonly FollowUpView[];
	/** What this conversation cost and brought (O12); decimal text by currency. */
	readonly cost: ReadonlyArray<{
		readonly kind: 'messages' | 'model' | 'collected';
		readonly amount: string;
		readonly currency: string;
		readonly count: number;
		/** Of these the tokens are a guess of ours, because the model did not count them. */
		readonly estimated?: number;
	}>;
	/** What the advisor may do here. */
	readonly allowed: {
		readonly reply: boolean;
		readonly takeOver: boolean;
		readonly giveBack: boolean;
		readonly close: boolean;
		readonly offerLink: boolean;
		readonly lead: boolean;
	};
}

/** «¿Por qué?»: what led the bot to say something. */
export interface ExplanationView {
	readonly messageId: string;
	/** What was understood: the intent, in the profile's words, and how sure. */
	readonly understood?: string;
	readonly confidence?: number;
	/** The rule that decided, and the words that matched. */
	readonly rule?: string;
	readonly matched: readonly string[];
	/** What was known of the customer before and after. */
	readonly before: Readonly<Record<string, string>>;
	readonly after: Readonly<Record<string, string>>;
	/** What was asked, and what comes next. */
	readonly asked?: string;
	readonly next?: string;
	/** Branch of the workflow. */
	readonly branch?: string;
	/** The n8n execution, when n8n keeps it. */
	readonly executionUrl?: string;
	readonly profileVersion?: number;
}

export interface AuditLineView {
	readonly id: string;
	readonly at: string;
	readonly actor: string;
	readonly action: string;
	readonly subjectKind?: string;
	readonly subjectId?: string;
	/** Whom it is about. */
	readonly contactName?: string;
	readonly payload?: Readonly<Record<string, unknown>>;
}

export interface NotificationView {
	readonly id: string;
	readonly kind: string;
	readonly text: string;
	readonly conversationId?: string;
	readonly contactName?: string;
	readonly at: string;
	readonly read: boolean;
}

export interface CannedAnswerView {
	readonly id: string;
	/** What is typed after "/". */
	readonly shortcut: string;
	/** May hold {name} and {advisor}. */
	readonly text: string;
	/** Whose it is; absent: everybody's. */
	readonly advisor?: PersonOfTeam;
}

/** An approved message template of a number, to write outside the window. */
export interface TemplateView {
	readonly name: string;
	readonly languageCode: string;
	readonly category: string;
	readonly status: string;
	/** With {{1}} or {{name}} placeholders, as Meta writes them. */
	readonly body: string;
	readonly header?: string;
	readonly footer?: string;
	/** In order: `1`, `2` … or names. */
	readonly variables: readonly string[];
	/** Samples of the variables, where Meta tells them. */
	readonly samples: readonly string[];
}

export interface AdvisorView extends PersonOfTeam {
	readonly phone?: string;
	readonly email?: string;
	readonly aliases: readonly string[];
	readonly areas: readonly string[];
	readonly role: InboxRole;
	readonly available: boolean;
	readonly absentUntil?: string;
	readonly substitute?: PersonOfTeam;
	/** Whether they have set a password. */
	readonly canLogIn: boolean;
	readonly openConversations: number;
}

/** An advisor's own WhatsApp Business number (P4), and how far its linking has come. */
export interface LinkedNumberView {
	readonly id: string;
	readonly advisor: PersonOfTeam;
	readonly phone?: string;
	readonly verifiedName?: string;
	readonly state: 'started' | 'linked' | 'mirroring' | 'unlinked' | 'failed';
	/** What went wrong or is missing, and what Meta says of it. */
	readonly problem?: { readonly key: LinkingProblem; readonly said?: string };
	readonly history: 'off' | 'requested' | 'running' | 'done' | 'declined' | 'too_late';
	/** 0 to 100. */
	readonly historyProgress?: number;
	readonly contactsSynced?: number;
	readonly linkedAt?: string;
}

/** What the assistant asked for and only a person may decide. */
export interface ApprovalView {
	readonly id: string;
	/** `A-12`. */
	readonly number: string;
	readonly conversationId: string;
	readonly contactName: string;
	/** What exactly will happen. */
	readonly summary: string;
	readonly state: ApprovalState;
	readonly reason?: string;
	readonly decidedBy?: PersonOfTeam;
	readonly askedAt: string;
	readonly expiresAt: string;
}

/** Something that nobody could do (O4), for a person within 24 h. */
export interface DeadLetterView {
	readonly id: string;
	readonly kind: string;
	readonly conversationId?: string;
	readonly contactName?: string;
	/** What exactly was left undone: an output, a kind of file, a provider. */
	readonly about: string;
	readonly why: Failure;
	readonly at: string;
	readonly retryable: boolean;
}

/** One number of the dashboard, with the same span before it. */
export interface MetricView {
	readonly name: string;
	readonly value: number | null;
	readonly previous: number | null;
	readonly unit: 'count' | 'share' | 'seconds' | 'money';
	readonly currency?: string;
}

export interface MetricsView {
	/** Local days, `2026-03-10`. */
	readonly from: string;
	readonly to: string;
	readonly metrics: readonly MetricView[];
	/** One series a metric, one point a day. */
	readonly daily: ReadonlyArray<{
		readonly name: string;
		readonly points: ReadonlyArray<{ readonly day: string; readonly value: number }>;
	}>;
	/** By `channel`, `advisor`, `option`, `area`, `template`. */
	readonly breakdowns: ReadonlyArray<{
		readonly by: string;
		readonly name: string;
		readonly rows: ReadonlyArray<{ readonly label: string; readonly value: number }>;
	}>;
	readonly alerts: ReadonlyArray<{
		readonly kind: string;
		readonly level: string;
		readonly facts: Readonly<Record<string, string | number>>;
		readonly since: string;
	}>;
}
