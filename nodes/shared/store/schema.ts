import type { Generated } from 'kysely';

import type { InboxRole } from '../domain/inbox/permissions';
import type { InboxClick } from '../domain/inbox/requests';
import type { PaymentNews } from '../domain/payments/outputs';
import type { LeadStage } from '../domain/leads/leadStage';

/**
 * The tables, the same on SQLite and PostgreSQL. Times are milliseconds since 1970 UTC as integers, flags are
 * 0 or 1, JSON is text: so one repository serves both databases. Ids are UUIDv7 text, made by us, so they sort by time.
 */
export interface Database {
	store_settings: StoreSettingsTable;
	instances: InstancesTable;
	channels: ChannelsTable;
	contacts: ContactsTable;
	contact_identities: ContactIdentitiesTable;
	conversations: ConversationsTable;
	messages: MessagesTable;
	attachments: AttachmentsTable;
	attachment_links: AttachmentLinksTable;
	attachment_bytes: AttachmentBytesTable;
	journal: JournalTable;
	effects: EffectsTable;
	outbox: OutboxTable;
	cases: CasesTable;
	counters: CountersTable;
	leads: LeadsTable;
	advisors: AdvisorsTable;
	notifications: NotificationsTable;
	bridges: BridgesTable;
	bridge_messages: BridgeMessagesTable;
	bridge_tasks: BridgeTasksTable;
	business_profiles: BusinessProfilesTable;
	profile_tests: ProfileTestsTable;
	catalogue_items: CatalogueItemsTable;
	knowledge_entries: KnowledgeEntriesTable;
	knowledge_search: KnowledgeSearchTable;
	unanswered_questions: UnansweredQuestionsTable;
	model_calls: ModelCallsTable;
	audit_log: AuditLogTable;
	audit_seals: AuditSealsTable;
	tag_links: TagLinksTable;
	linked_numbers: LinkedNumbersTable;
	linked_number_exclusions: LinkedNumberExclusionsTable;
	linked_contacts: LinkedContactsTable;
	signups: SignupsTable;
	advisor_passwords: AdvisorPasswordsTable;
	inbox_sessions: InboxSessionsTable;
	login_links: LoginLinksTable;
	login_failures: LoginFailuresTable;
	uploads: UploadsTable;
	conversation_reads: ConversationReadsTable;
	notes: NotesTable;
	follow_ups: FollowUpsTable;
	canned_answers: CannedAnswersTable;
	inbox_commands: InboxCommandsTable;
	search_entries: SearchEntriesTable;
	metrics_daily: MetricsDailyTable;
	metric_facts: MetricFactsTable;
	alerts: AlertsTable;
	early_statuses: EarlyStatusesTable;
	sync_state: SyncStateTable;
	sync_runs: SyncRunsTable;
	request_windows: RequestWindowsTable;
	payments: PaymentsTable;
	payment_events: PaymentEventsTable;
	refund_requests: RefundRequestsTable;
	proof_references: ProofReferencesTable;
	approvals: ApprovalsTable;
	event_webhooks: EventWebhooksTable;
	business_events: BusinessEventsTable;
}

/** What a workspace must remember about the store itself, such as which key it was first opened with. */
export interface StoreSettingsTable {
	workspace_id: string;
	name: string;
	value: string;
}

/** A process that works on this store; its claims die with its heartbeat. */
export interface InstancesTable {
	boot_id: string;
	started_at: number;
	heartbeat_at: number;
	host: string;
	pid: number;
}

/** A number of ours. */
export interface ChannelsTable {
	workspace_id: string;
	/** Meta's phone_number_id, or Wazzup's channelId. */
	channel_id: string;
	vendor: 'whatsapp' | 'wazzup';
	waba_id: string | null;
	display_phone_number: string | null;
	/** The trigger node that receives for it. */
	webhook_id: string | null;
	/** When Meta or Wazzup last delivered anything for it: tells whether statuses can be expected (unknown sends). */
	last_webhook_at: number | null;
	created_at: number;
	updated_at: number;
}

export interface ContactsTable {
	id: string;
	workspace_id: string;
	name: string | null;
	name_verified: number;
	identification: string | null;
	identification_type: string | null;
	/** E.164. */
	phone: string | null;
	email: string | null;
	company: string | null;
	city: string | null;
	language: string | null;
	profile_name: string | null;
	username: string | null;
	owner_advisor_id: string | null;
	opted_out_at: number | null;
	/** JSON: date, source and text version of each consent. */
	consent: string | null;
	/** JSON array of strings; `tag_links` finds them. */
	tags: string | null;
	/** JSON: ad referral of the first message. */
	source: string | null;
	external_id: string | null;
	external_url: string | null;
	imported: number;
	/** 1 once a case or lead was registered: "returning" (D3). */
	registered: number;
	merged_into: string | null;
	/** When everything personal was erased on request; the row stays for what refers to it. */
	erased_at: number | null;
	created_at: number;
	updated_at: number;
}

export type IdentityKind = 'wa_id' | 'bsuid' | 'parent_bsuid' | 'email' | 'wazzup' | 'stripe';

/** Unique per workspace: (workspace_id, kind, value). */
export interface ContactIdentitiesTable {
	workspace_id: string;
	kind: IdentityKind;
	value: string;
	contact_id: string;
	created_at: number;
}

/** One per workspace + channel + contact. */
export interface ConversationsTable {
	id: string;
	workspace_id: string;
	channel_id: string;
	contact_id: string;
	/** Origin: the trigger node whose Due wakes this conversation. */
	webhook_id: string;
	mode: 'bot' | 'waiting' | 'human' | 'mirrored' | 'closed';
	owner_advisor_id: string | null;
	/** Key of the area that a person was last wanted from. */
	area: string | null;
	/** Newest message that people read, and when it was written: the inbox is sorted by it. */
	last_message_id: string | null;
	activity_at: number;
	/** What the customer wrote so far; what an advisor has read is counted against it. */
	inbound_count: number;
	/** Since when the customer has waited for a person's answer. */
	waiting_since: number | null;
	/** 1 once the customer asked for something to buy. */
	commercial_intent: number;
	/** When it was closed because the customer stopped answering; null again once they write. */
	incomplete_at: number | null;
	/** Counts up with every change that people see. */
	revision: number;
	/** JSON of ConversationState; null before the first turn. */
	state: string | null;
	/** Counts up with every write of `state`. */
	version: number;
	/** When the pending messages are due to be answered (answer delay). */
	turn_due_at: number | null;
	/** Reminder or close wanted by the dialogue. */
	wake_at: number | null;
	last_inbound_at: number | null;
	last_outbound_at: number | null;
	created_at: number;
	updated_at: number;
}

export interface MessagesTable {
	id: string;
	workspace_id: string;
	channel_id: string;
	contact_id: string;
	conversation_id: string;
	direction: 'in' | 'out';
	/** Who wrote it. */
	author: 'customer' | 'bot' | 'advisor' | 'phone' | 'workflow';
	/** Of an advisor's message: whose. */
	advisor_id: string | null;
	/** wamid; null until accepted. Unique per workspace and channel. */
	vendor_id: string | null;
	type: string;
	/** What a person reads of it: what was written, or the transcript of what was spoken. */
	text: string | null;
	/** JSON: the parsed event (in) or the OutboundMessage (out). */
	content: string;
	/** Vendor's time (in) or time of queueing (out). */
	at: number;
	created_at: number;
	/** When anything that people see of it changed last. */
	changed_at: number;
	/** When whoever wrote it changed it (`text` is the new one, `content` the first) or took it back. */
	edited_at: number | null;
	deleted_at: number | null;
	/** Of a reaction, an edit or a deletion: the vendor's id of the message it is about. */
	about_vendor_id: string | null;
	/** Inbound only: whether the bot's turn has taken it. */
	turn_state: 'pending' | 'done' | 'dead' | null;
	turn_attempts: number;
	/** The turn that took it (in) or made it (out). */
	request_id: string | null;
	/** Outbound: queued, accepted, sent, delivered, read, failed. */
	delivery_status: string | null;
	delivery_at: number | null;
	/** JSON of vendor errors. */
	error: string | null;
	/** JSON of Meta's pricing block. */
	pricing: string | null;
	/** Until when the turn of a voice note waits for its transcript; set while one is wanted. */
	transcript_due_at: number | null;
	/** When the transcript came; it is the `text`, which stays null when nothing could be understood. */
	transcript_at: number | null;
	transcript_language: string | null;
	/** The node that transcribed it. */
	transcript_source: string | null;
	/** The assistant's turn that it was handed out in, and until when that may answer it. */
	assistant_turn: string | null;
	assistant_due_at: number | null;
	/** What came of it; null while the assistant works, or once its time is over. */
	assistant_outcome: 'answered' | 'person' | 'failed' | null;
}

export interface AttachmentsTable {
	id: string;
	workspace_id: string;
	channel_id: string;
	contact_id: string;
	message_id: string;
	media_id: string | null;
	type: string;
	mime_type: string | null;
	filename: string | null;
	caption: string | null;
	/** Hex; null until downloaded. */
	sha256: string | null;
	size: number | null;
	state: 'pending' | 'stored' | 'failed' | 'expired';
	attempts: number;
	ready_at: number;
	owner: string | null;
	claimed_at: number | null;
	error: string | null;
	created_at: number;
}

/** An attachment on a case or lead. */
export interface AttachmentLinksTable {
	attachment_id: string;
	kind: 'case' | 'lead';
	target_id: string;
	created_at: number;
}

/** Bytes, once per workspace and digest. On SQLite `bytes` is null and the file lies beside the database. */
export interface AttachmentBytesTable {
	workspace_id: string;
	sha256: string;
	bytes: Uint8Array | null;
	created_at: number;
	/** When the last attachment that had them was erased: the bytes are to be removed. */
	orphaned_at: number | null;
}

/** What a webhook acknowledged and a trigger still has to emit. */
export interface JournalTable {
	id: string;
	workspace_id: string;
	webhook_id: string;
	channel_id: string | null;
	output:
		| 'messages'
		| 'statuses'
		| 'echoes'
		| 'account'
		| 'createContact'
		| 'createDeal'
		| 'channels'
		| 'templates'
		| InboxClick
		| PaymentNews;
	contact_id: string | null;
	conversation_id: string | null;
	message_id: string | null;
	/** Unique per workspace and webhook: the vendor's id of the event. */
	dedupe_key: string;
	/** JSON of the item to emit; emptied when done. */
	payload: string;
	state: 'ready' | 'claimed' | 'done' | 'dead';
	attempts: number;
	ready_at: number;
	owner: string | null;
	emission_id: string | null;
	error: string | null;
	created_at: number;
}

/** What a turn or a click asks of a branch; the item on the canvas is this row. */
export interface EffectsTable {
	/** The request id that every node of the branch is idempotent by. */
	id: string;
	workspace_id: string;
	webhook_id: string;
	channel_id: string;
	contact_id: string;
	conversation_id: string;
	output: string;
	/** JSON. */
	payload: string;
	state: 'emitted' | 'ready' | 'done' | 'dead';
	attempts: number;
	ready_at: number;
	owner: string | null;
	emission_id: string | null;
	error: string | null;
	created_at: number;
	finished_at: number | null;
}

/** The queue of sends; `id` is the id of the message row and our `biz_opaque_callback_data`. */
export interface OutboxTable {
	id: string;
	workspace_id: string;
	webhook_id: string;
	channel_id: string;
	contact_id: string;
	conversation_id: string;
	request_id: string;
	/** Order inside the contact: time-sorted id of the row decides between turns, this inside one. */
	sequence: number;
	/** JSON of OutboundMessage. */
	message: string;
	state: 'queued' | 'sending' | 'accepted' | 'unknown' | 'failed' | 'cancelled';
	attempts: number;
	/** Not sent before this time. */
	ready_at: number;
	/** Due brings it to Send Queued at this time, when no execution has done so before. */
	wake_at: number;
	/** queued: who carries it to Send Queued; sending: who sends it. */
	owner: string | null;
	claimed_at: number | null;
	vendor_id: string | null;
	error: string | null;
	/** 1 when it was sent again after an unknown outcome. */
	possible_duplicate: number;
	/** 1 for reminders: not sent once the customer has written after it was queued. */
	cancel_on_reply: number;
	created_at: number;
	finished_at: number | null;
}

export interface CasesTable {
	id: string;
	workspace_id: string;
	channel_id: string;
	contact_id: string;
	conversation_id: string | null;
	/** Unique per workspace: one request makes one case. */
	request_id: string;
	/** Unique per workspace. */
	number: string;
	type: string;
	area: string;
	option: string | null;
	status: 'open' | 'in_progress' | 'waiting' | 'resolved' | 'closed' | 'incomplete';
	subject: string;
	/** JSON of the collected answers. */
	fields: string;
	priority: 'low' | 'normal' | 'high' | 'urgent';
	/** JSON array of strings; `tag_links` finds them. */
	tags: string | null;
	advisor_id: string | null;
	lead_id: string | null;
	external_id: string | null;
	external_url: string | null;
	created_at: number;
	updated_at: number;
	closed_at: number | null;
}

export interface CountersTable {
	workspace_id: string;
	name: string;
	value: number;
}

export interface LeadsTable {
	id: string;
	workspace_id: string;
	channel_id: string | null;
	contact_id: string;
	conversation_id: string | null;
	/** Unique per workspace. */
	request_id: string;
	case_id: string | null;
	name: string | null;
	phone: string | null;
	identification: string | null;
	email: string | null;
	company: string | null;
	city: string | null;
	request_type: string | null;
	product: string | null;
	quantity: string | null;
	budget: string | null;
	urgency: string | null;
	need: string | null;
	next_step: string | null;
	/** JSON array of one to three points. */
	summary: string | null;
	/** JSON arrays. */
	key_questions: string | null;
	objections: string | null;
	tags: string | null;
	/** JSON: source and referral. */
	source: string | null;
	consent: string | null;
	stage: LeadStage;
	score: number;
	/** What a won lead brought, as a decimal number, and in which currency (ISO 4217). */
	amount: string | null;
	currency: string | null;
	lost_reason: string | null;
	/** When it was won or lost. */
	closed_at: number | null;
	/** JSON array of ids of the messages that matter. */
	message_ids: string | null;
	advisor_id: string | null;
	external_id: string | null;
	external_url: string | null;
	created_at: number;
	updated_at: number;
}

export interface AdvisorsTable {
	id: string;
	workspace_id: string;
	name: string;
	/** JSON array of other names people use. */
	aliases: string | null;
	/** E.164. */
	phone: string | null;
	email: string | null;
	/** JSON array of area keys. */
	areas: string;
	role: 'advisor' | 'supervisor' | 'administrator';
	available: number;
	absent_until: number | null;
	substitute_id: string | null;
	external_id: string | null;
	external_url: string | null;
	last_assigned_at: number | null;
	created_at: number;
	updated_at: number;
}

export interface NotificationsTable {
	id: string;
	workspace_id: string;
	advisor_id: string;
	contact_id: string | null;
	case_id: string | null;
	/** What it is about; null for news of the team. */
	conversation_id: string | null;
	/** Key of the area that asked for the person: who is next is found in it. */
	area: string | null;
	/** Unique per workspace and advisor. */
	request_id: string;
	kind: string;
	text: string;
	state: 'unread' | 'read';
	created_at: number;
	read_at: number | null;
}

/** A customer whom an advisor attends from their ordinary WhatsApp, through the company's number. */
export interface BridgesTable {
	id: string;
	workspace_id: string;
	/** The customer's. Unique: one advisor at a time. */
	conversation_id: string;
	advisor_id: string;
	contact_id: string;
	state: 'open' | 'ended';
	opened_at: number;
	ended_at: number | null;
}

/** What went through the bridge: a quote leads from the advisor's message to the customer it is about. */
export interface BridgeMessagesTable {
	id: string;
	workspace_id: string;
	advisor_id: string;
	/** The customer it is about; null for news of the team. */
	contact_id: string | null;
	conversation_id: string | null;
	/** Card, customer's words and questions go to the advisor, replies to the customer. */
	kind: 'card' | 'relay' | 'notice' | 'question' | 'reply';
	/** Card: whether somebody answered it. */
	state: 'open' | 'taken' | 'passed' | 'withdrawn' | 'failed' | null;
	notification_id: string | null;
	/** The message row; null until it is queued. */
	message_id: string | null;
	/** Question: ids of the messages that wait for the answer; JSON. */
	waiting: string | null;
	/** One cause makes one message. Unique per workspace. */
	request_id: string;
	created_at: number;
}

/**
 * What one person's message asks of another's conversation: done under the other's lock, in a transaction of its own, so that no
 * two people are ever locked at once.
 */
export interface BridgeTasksTable {
	id: string;
	workspace_id: string;
	/** The trigger node whose Due does what was left. */
	webhook_id: string;
	/** The customer; null for news of the team. */
	contact_id: string | null;
	kind: string;
	/** JSON. */
	payload: string;
	state: 'ready' | 'done' | 'dead';
	attempts: number;
	ready_at: number;
	error: string | null;
	created_at: number;
	finished_at: number | null;
}

export interface BusinessProfilesTable {
	id: string;
	workspace_id: string;
	/** Counts up with every publication; 0 is the draft, so there is at most one. */
	version: number;
	status: 'draft' | 'published' | 'archived';
	/** JSON of BusinessProfile. */
	profile: string;
	/** The version in force when it was begun; null where nothing was published before. */
	base_version: number | null;
	/** Why, in the words of whoever published it. */
	note: string | null;
	created_at: number;
	created_by: string | null;
	published_at: number | null;
}

/**
 * A real conversation that every new profile is checked with. Its messages stay where they are, so that erasing the person erases
 * them here too.
 */
export interface ProfileTestsTable {
	id: string;
	workspace_id: string;
	name: string;
	/** Unique per workspace. */
	conversation_id: string;
	contact_id: string;
	/** Messages up to this time belong to the test, vendor's time. */
	until_at: number;
	/** JSON of Expectation. */
	expected: string;
	created_at: number;
	created_by: string | null;
}

/** What the business sells (C7). */
export interface CatalogueItemsTable {
	id: string;
	workspace_id: string;
	/** Unique per workspace: an import knows the item again by it. */
	sku: string;
	name: string;
	/** JSON array of strings. */
	variants: string | null;
	description: string | null;
	/** Decimal number as text, in `currency` (ISO 4217). */
	price: string | null;
	currency: string | null;
	/** Calendar days of the business, `2026-12-31`. */
	price_valid_until: string | null;
	promotion_price: string | null;
	promotion_from: string | null;
	promotion_until: string | null;
	/** JSON: pieces by branch; the empty name is the whole business. */
	stock: string | null;
	delivery_time: string | null;
	link: string | null;
	active: number;
	external_id: string | null;
	created_at: number;
	updated_at: number;
}

/** An answer that the business gives to everybody, or a passage of one of its documents (B20). */
export interface KnowledgeEntriesTable {
	id: string;
	workspace_id: string;
	/** Unique per workspace: writing it down again replaces it. */
	entry_key: string;
	title: string;
	/** JSON array: other ways in which it is asked. */
	questions: string | null;
	answer: string;
	/** Document that it is a passage of. */
	source: string | null;
	language: string | null;
	area: string | null;
	active: number;
	created_at: number;
	updated_at: number;
}

/** The words that an active item or entry is found by. */
export interface KnowledgeSearchTable {
	/** Number for SQLite's index. */
	place: Generated<number>;
	/** The item's or entry's id. */
	id: string;
	/** `item/<workspace>` or `entry/<workspace>`. */
	scope: string;
	words: string;
}

/** What was asked and nothing answered: the business sees what it should write down (O15). */
export interface UnansweredQuestionsTable {
	id: string;
	workspace_id: string;
	contact_id: string;
	conversation_id: string;
	/** Unique per workspace: one message counts once. */
	message_id: string;
	/** The words that decide, in order: the same question in other words has the same key. */
	question_key: string;
	question: string;
	at: number;
}

/** Answers of connected models, with what they are billed by; never what was asked or answered. */
export interface ModelCallsTable {
	id: string;
	workspace_id: string;
	/** Null when it was asked about no customer's message. */
	contact_id: string | null;
	conversation_id: string | null;
	/** ModelPurpose. */
	purpose: string;
	/** As its provider calls it; empty where it did not say. */
	model: string;
	input_tokens: number;
	output_tokens: number;
	/** 1 where the tokens are a guess of ours. */
	estimated: number;
	at: number;
}

/** Append-only, chained per contact or actor by HMAC. */
export interface AuditLogTable {
	id: string;
	workspace_id: string;
	/** Contact id, or `actor:<name>` when no contact is concerned. */
	chain: string;
	sequence: number;
	at: number;
	actor: string;
	action: string;
	subject_kind: string | null;
	subject_id: string | null;
	/** JSON; null after erasure, the digest stays. */
	payload: string | null;
	salt: string | null;
	digest: string;
	hmac: string;
	/** `at`, for lines that are told in the thread of the conversation; they are found by it. */
	told_at: number | null;
}

/** One row a day and workspace: how many lines the day has, and a digest over them, chained by HMAC. */
export interface AuditSealsTable {
	workspace_id: string;
	/** UTC, `2026-03-10`. */
	day: string;
	lines: number;
	/** Chains that began on this day. */
	new_chains: number;
	digest: string;
	hmac: string;
	created_at: number;
}

export type TaggedKind = 'contact' | 'lead' | 'case';

/** Finds and counts what carries a tag; the row itself shows its own. */
export interface TagLinksTable {
	workspace_id: string;
	kind: TaggedKind;
	tag: string;
	target_id: string;
	/** `hand`, or `rule` of the business profile. */
	origin: 'hand' | 'rule';
	created_at: number;
}

/** With which an advisor logs in to the inbox. */
export interface AdvisorPasswordsTable {
	advisor_id: string;
	workspace_id: string;
	/** `scrypt$N$r$p$salt$hash`. */
	hash: string;
	changed_at: number;
}

/** A browser that is logged in. Of its cookie only a digest is kept, so that a copy of the table opens nothing. */
export interface InboxSessionsTable {
	/** SHA-256 of the cookie's value, hex. */
	token_hash: string;
	workspace_id: string;
	advisor_id: string;
	/** The advisor's at login: the session ends when it is another. */
	role: InboxRole;
	address: string | null;
	created_at: number;
	seen_at: number;
	/** At the latest, however busy. */
	expires_at: number;
}

/** A link with which an advisor sets a password, once. */
export interface LoginLinksTable {
	/** SHA-256 of the link's secret, hex. */
	token_hash: string;
	workspace_id: string;
	advisor_id: string;
	created_at: number;
	expires_at: number;
	used_at: number | null;
}

/** Failed logins of an account or from an address, counted by all processes together. */
export interface LoginFailuresTable {
	workspace_id: string;
	/** `account:<digest>` or `address:<digest>`. */
	subject: string;
	failures: number;
	/** Of the first one that counts. */
	since: number;
}

/** A file that an advisor chose in the inbox, until a reply takes it. Its bytes lie where attachments' bytes do. */
export interface UploadsTable {
	id: string;
	workspace_id: string;
	advisor_id: string;
	filename: string;
	mime_type: string;
	sha256: string;
	size: number;
	created_at: number;
	used_at: number | null;
}

/** An advisor's own WhatsApp Business number (P4), from the wish to link it to its end. */
export interface LinkedNumbersTable {
	id: string;
	workspace_id: string;
	advisor_id: string;
	/** Meta's phone_number_id; null until the person has chosen the number. */
	channel_id: string | null;
	waba_id: string | null;
	display_phone_number: string | null;
	verified_name: string | null;
	/** Encrypted. */
	access_token: string | null;
	/** Encrypted; only while it is being exchanged, which Meta allows for 30 s. */
	code: string | null;
	/** Where Meta sent the person back to: the exchange of the code names it again. */
	redirect_uri: string | null;
	/** Where Meta shall deliver what happens on the number. */
	receiver_url: string | null;
	/** The inbox trigger that started it: its Due goes on with it, its Onboarding output tells of it. */
	inbox_webhook_id: string | null;
	state:
		| 'started'
		| 'exchanging'
		| 'authorized'
		| 'located'
		| 'subscribed'
		| 'linked'
		| 'mirroring'
		| 'disconnected'
		| 'unlinked'
		| 'failed';
	/** Key of the sentence that says what went wrong or is missing. */
	problem: string | null;
	/** What Meta said of it. */
	problem_detail: string | null;
	history: 'off' | 'wanted' | 'requesting' | 'requested' | 'running' | 'done' | 'declined' | 'too_late';
	/** 0 to 100. */
	history_progress: number | null;
	contacts: 'wanted' | 'requesting' | 'requested' | 'too_late';
	contacts_synced: number;
	/** JSON of what Meta says about the number's health. */
	facts: string | null;
	/** When its account was opened to us: the syncs are possible for 24 h from then. */
	onboarded_at: number | null;
	linked_at: number | null;
	unlinked_at: number | null;
	attempts: number;
	/** When its next step or check is due. */
	due_at: number | null;
	created_at: number;
	updated_at: number;
}

/** People whose conversations on a linked number are nobody's business: HMACs of their addresses, never the addresses (D31). */
export interface LinkedNumberExclusionsTable {
	workspace_id: string;
	linked_number_id: string;
	digest: string;
}

/** The address book of a linked number's phone. */
export interface LinkedContactsTable {
	id: string;
	workspace_id: string;
	linked_number_id: string;
	/** WhatsApp id or user id. Unique per linked number. */
	address: string;
	full_name: string | null;
	first_name: string | null;
	/** Known since they have a conversation. */
	contact_id: string | null;
	/** 1 when it was taken out of the address book. */
	removed: number;
	/** Vendor's time: an older change never undoes a newer one. */
	at: number;
}

/** One way into Meta's dialog: signed, for one person, once, for a quarter of an hour. */
export interface SignupsTable {
	workspace_id: string;
	nonce_hash: string;
	linked_number_id: string;
	advisor_id: string;
	/** Hash of the cookie of the browser that started it; null when the link was sent to the advisor. */
	browser_hash: string | null;
	redirect_uri: string;
	expires_at: number;
	used_at: number | null;
	created_at: number;
}

/** How far an advisor has read a conversation. */
export interface ConversationReadsTable {
	workspace_id: string;
	advisor_id: string;
	conversation_id: string;
	/** The conversation's `inbound_count` at that time. */
	read_count: number;
	read_at: number;
}

/** What the team writes for itself; no customer ever gets it. */
export interface NotesTable {
	id: string;
	workspace_id: string;
	contact_id: string;
	conversation_id: string;
	advisor_id: string;
	text: string;
	at: number;
	/** Of the inbox's command that wrote it; null from a phone. */
	request_id: string | null;
}

/** Something to do for a customer at a time. */
export interface FollowUpsTable {
	id: string;
	workspace_id: string;
	webhook_id: string;
	channel_id: string;
	contact_id: string;
	conversation_id: string;
	advisor_id: string | null;
	kind: 'quotation_sent' | 'appointment' | 'repurchase' | 'hand';
	text: string;
	due_at: number;
	/** When it must be told of; null once told, done or cancelled. */
	wake_at: number | null;
	state: 'open' | 'done' | 'cancelled';
	/** `rule`: made by the desk, and cancelled by it when the customer writes. */
	origin: 'hand' | 'rule';
	/** One request makes one. */
	request_id: string;
	created_at: number;
	updated_at: number;
}

/** Sentences that advisors write often. */
export interface CannedAnswersTable {
	id: string;
	workspace_id: string;
	shortcut: string;
	text: string;
	/** Null: everybody's. */
	advisor_id: string | null;
	created_at: number;
	updated_at: number;
}

/** What was commanded in the inbox: one request has one effect, and one answer however often it is asked. */
export interface InboxCommandsTable {
	workspace_id: string;
	request_id: string;
	advisor_id: string;
	/** SHA-256 over name and input. */
	digest: string;
	/** JSON, of ids only. */
	answer: string;
	created_at: number;
}

/** What the inbox finds: words of people, cases and messages, folded. Full text is indexed over it. */
export interface SearchEntriesTable {
	/** Counts up, so that the newest are found first. */
	entry: Generated<number>;
	/** Id of the contact, case, message or note. */
	id: string;
	workspace_id: string;
	contact_id: string;
	/** Null: every conversation of the contact. */
	conversation_id: string | null;
	words: string;
}

/** The figures of the desk, a row a day and what they are counted by (O9). Nothing personal. */
export interface MetricsDailyTable {
	workspace_id: string;
	/** By the clock of the business, `2026-03-10`. */
	day: string;
	name: string;
	/** `all`, `channel`, `advisor`, `area`, `option`, `template`, `hour`. */
	dimension: string;
	key: string;
	/** Currency of money, category of billed messages; empty for all else. */
	unit: string;
	count: number;
	/** Seconds, hits, or money in ten-thousandths. */
	sum: number;
}

/** What one subject adds to the daily figures: read again, it is replaced, so that nothing is counted twice. */
export interface MetricFactsTable {
	workspace_id: string;
	/** `conversation:<id>:<day>`, `case:<id>`, `lead:<id>`, `trouble:<day>`. */
	subject: string;
	/** JSON of its parts. */
	parts: string;
}

/** What the team must know about the desk itself (O10): told once, again when it changes, and when it is over. */
export interface AlertsTable {
	id: string;
	workspace_id: string;
	kind: string;
	/** What it is about: a number, a conversation, a day; empty for the desk. Unique per workspace and kind. */
	subject: string;
	state: 'open' | 'resolved';
	/** JSON of the figures that it is told with. */
	facts: string;
	/** How bad: a change of it is told. */
	level: string;
	/** Counts up with everything that is told. */
	revision: number;
	since: number;
	changed_at: number;
	resolved_at: number | null;
}

/** Money that was asked for, whoever collects it. Amounts are whole numbers in minor units of the currency. */
export interface PaymentsTable {
	id: string;
	workspace_id: string;
	/** Null when it was asked for without a customer of the store. */
	contact_id: string | null;
	conversation_id: string | null;
	case_id: string | null;
	lead_id: string | null;
	/** Unique per workspace: one request makes one payment. */
	request_id: string;
	/** SHA-256 over what was asked: a request id that comes back with something else is refused. */
	digest: string;
	/** Who collects it: `stripe`, …; `cash_on_delivery` when the courier does. */
	provider: string;
	mode: 'live' | 'test';
	kind: 'full' | 'deposit' | 'subscription';
	amount: number;
	/** ISO 4217, upper case. */
	currency: string;
	description: string | null;
	/** JSON: how many may be bought, what a deposit is part of, data for the invoice. */
	details: string;
	state: 'requested' | 'pending' | 'paid' | 'failed' | 'expired' | 'partially_refunded' | 'refunded' | 'disputed';
	/** JSON of PaymentFacts. */
	facts: string;
	amount_paid: number;
	amount_refunded: number;
	/** The provider's time of the first money. */
	paid_at: number | null;
	/** The provider's id of the link or session. Unique per workspace and provider. */
	provider_id: string | null;
	/** Where the customer pays. */
	url: string | null;
	/** With which the provider knows the request again. */
	idempotency_key: string;
	/** How often it was asked under another key made of this one, because it repeats its own failure; null: never. */
	provider_attempt: number | null;
	/** Which process asks the provider for the link now. */
	owner: string | null;
	claimed_at: number | null;
	/** Why the provider refused it, until it is asked again. */
	error: string | null;
	expires_at: number | null;
	/** The payment whose page had expired and that this one asks for again. */
	replaces_id: string | null;
	/** The payment that asks for it again. */
	replaced_by: string | null;
	/** 1: money on its way, a refund or a dispute has not come to its end; null: nothing is open. */
	open_matters: number | null;
	/** How often the customer was reminded, those that it replaces included; null: never. */
	reminders: number | null;
	/** When they were reminded last. */
	reminded_at: number | null;
	/** When they are to be reminded, or until when an execution has it in hand; null: not any more. */
	reminder_due_at: number | null;
	/** Executions that were started for the reminder that is due. */
	reminder_attempts: number | null;
	created_by: string | null;
	created_at: number;
	updated_at: number;
}

/** Another system that is told of business events (O16). */
export interface EventWebhooksTable {
	id: string;
	workspace_id: string;
	/** As people call it. Unique per workspace. */
	name: string;
	url: string;
	/** JSON list of BusinessEvent; empty: all. */
	events: string;
	/** What deliveries are signed with, encrypted. */
	secret: string;
	/** 1: the address may be inside the business's own network. */
	allows_private: number;
	created_at: number;
	updated_at: number;
}

/** One business event for one webhook: delivered in order within an aggregate. */
export interface BusinessEventsTable {
	/** Told to the receiver, who knows by it what it has had. */
	id: string;
	workspace_id: string;
	event_webhook_id: string;
	/** A BusinessEvent. */
	type: string;
	/** What must arrive in order: a customer, or the record where there is none. */
	aggregate: string;
	subject_kind: string;
	subject_id: string;
	contact_id: string | null;
	/** JSON: what changed. */
	payload: string;
	state: 'queued' | 'sending' | 'sent' | 'dead';
	attempts: number;
	ready_at: number;
	owner: string | null;
	/** Why it was not taken. */
	error: string | null;
	created_at: number;
	finished_at: number | null;
}

/** What a provider told of payments: each of its events once. No card, no address, no name. */
export interface PaymentEventsTable {
	id: string;
	workspace_id: string;
	/** The trigger node that received it. */
	webhook_id: string;
	provider: string;
	/** The provider's id of the event. Unique per workspace and provider. */
	event_id: string;
	/** JSON of ProviderHint: what happened to which of the provider's objects. */
	hint: string;
	/** The provider's time. */
	at: number;
	/** `received`: acknowledged, still to be read back. `ignored`: no payment of ours. */
	state: 'received' | 'settled' | 'ignored' | 'dead';
	attempts: number;
	ready_at: number;
	/** Why it could not be read back yet. */
	error: string | null;
	payment_id: string | null;
	created_at: number;
}

/** Money that somebody asked to be given back, and how far that has come with a provider that fails. */
export interface RefundRequestsTable {
	id: string;
	workspace_id: string;
	/** Unique per workspace: one request gives back once. */
	request_id: string;
	payment_id: string;
	/** The provider's key of the request is made of it: the next one is asked under a key of its own. */
	attempt: number;
	/** When the provider was first seen to keep a failure of its own under that key; null: it has not. */
	failed_at: number | null;
	created_at: number;
	updated_at: number;
}

/** What was read from files that customers sent as proof: a receipt that comes again in another picture is known by it. */
export interface ProofReferencesTable {
	id: string;
	workspace_id: string;
	contact_id: string;
	/** Unique with the digest. */
	attachment_id: string;
	/** HMAC of the number of the payment on the receipt. */
	digest: string;
	created_at: number;
}

/**
 * Statuses of Wazzup that overtook the answer to their own send: Wazzup names a message only by an id that the answer tells
 * us. Applied when it comes, forgotten after an hour.
 */
export interface EarlyStatusesTable {
	workspace_id: string;
	vendor_id: string;
	status: string;
	/** JSON of the StatusEvent. */
	event: string;
	created_at: number;
}

/**
 * What another system has of ours: a row for everything that was sent. Holds ids only, and outlives the erasure of the
 * person until the other system has been told.
 */
export interface SyncStateTable {
	workspace_id: string;
	/** Fingerprint of the account; tells nothing of its key. */
	account: string;
	kind: 'user' | 'contact' | 'deal' | 'pipeline';
	id: string;
	/** SHA-256 of what was sent last; null while it was never taken. */
	digest: string | null;
	/** Of a deal: whose it is. */
	parent_id: string | null;
	/** Why it was not taken. */
	problem: string | null;
	attempts: number;
	/** When one that was not taken is tried again. */
	ready_at: number | null;
	changed_at: number;
}

/** How far the changes of a workspace were carried to an account, and who carries them now. */
export interface SyncRunsTable {
	workspace_id: string;
	account: string;
	/** JSON: the last row that was carried, by table. */
	cursors: string;
	/** Boot id and run. */
	owner: string | null;
	claimed_at: number | null;
	finished_at: number | null;
	/** The trigger whose Due asks for a run when something has changed, and until when it does not ask again. */
	webhook_id: string | null;
	wake_at: number | null;
}

/**
 * How many requests a vendor's account has made in the current window, by all processes on this database. Of no
 * workspace: the limit is the account's.
 */
export interface RequestWindowsTable {
	/** Fingerprint of the account; tells nothing of its key. */
	account: string;
	starts_at: number;
	taken: number;
}

/** What a model asked to have done and only a person may decide: exactly this, once. */
export interface ApprovalsTable {
	id: string;
	workspace_id: string;
	/** Counts up; people say `A-12`. Unique per workspace. */
	number: number;
	contact_id: string;
	conversation_id: string;
	/** `stripePaymentLink.refund.create`: node, resource and operation. */
	operation: string;
	/** JSON: exactly with what. Never a secret. */
	parameters: string;
	/** HMAC over operation and parameters by the key of the store: another amount is another request. */
	digest: string;
	/** What will happen, in the language of the business. */
	summary: string;
	/** The node that the model used. */
	asked_by: string;
	state: 'pending' | 'approved' | 'rejected' | 'expired' | 'used';
	/** Why it was rejected, in the words of whoever did. */
	reason: string | null;
	/** Advisor. */
	decided_by: string | null;
	decided_at: number | null;
	/** Until when it may be decided, and from the approval on: be done. */
	expires_at: number;
	used_at: number | null;
	/** JSON of ids: what came of it. */
	result: string | null;
	created_at: number;
	updated_at: number;
}
