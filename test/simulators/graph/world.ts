import type { EventEmitter } from 'node:events';
import type { FaultBoard } from './faults';
import type { Identifiers } from './identifiers';
import type { LedgerBook } from './ledger';
import type { MediaShelf } from './media';
import type { Chat, Directory } from './people';
import type { RateLimit } from './rateLimits';
import type { StatusDesk } from './statusDesk';
import type { TemplateCatalogue } from './templateCatalogue';
import type { AdvisorPhone, Bubble, GraphSimulatorOptions, Json, SimulatedNumber } from './types';
import type { WebhookCourier } from './webhookCourier';

export interface NumberState {
	readonly number: SimulatedNumber;
	readonly throughput: RateLimit;
	override?: string;
	profile: Json;
	readonly qrCodes: Map<string, Json>;
	readonly synced: Set<string>;
	registered: boolean;
	/** When an advisor shared it with us. */
	onboardedAt?: number;
	leftApp: boolean;
	sharesHistory: boolean;
	readonly addressBook: AdvisorPhone['addressBook'];
	readonly past: AdvisorPhone['past'];
}

export interface AccountState {
	readonly wabaId: string;
	readonly numbers: NumberState[];
	/** The app hears this account. */
	subscribed: boolean;
	/** An advisor's, not shared yet. */
	foreign: boolean;
	override?: string;
}

/** What the token of a signup is good for. */
export interface Grant {
	readonly token: string;
	readonly wabaIds: readonly string[];
	readonly scopes: readonly string[];
}

export interface SignupCode {
	readonly issuedAt: number;
	/** What the exchange must name again. */
	readonly redirectUri?: string;
	/** Absent: the company's own token. */
	readonly grant?: Grant;
}

export interface AppState {
	readonly id: string;
	callback?: string;
	/** Absent: all of them. */
	fields?: readonly string[];
}

/** Everything that the simulator knows, handed to each endpoint. */
export interface World {
	readonly options: GraphSimulatorOptions;
	readonly now: () => number;
	baseUrl: string;
	accessToken: string | undefined;
	readonly signupCodes: Map<string, SignupCode>;
	/** Tokens that advisors gave, until they take them back. */
	readonly grants: Map<string, Grant>;
	readonly identifiers: Identifiers;
	readonly app: AppState;
	readonly accounts: Map<string, AccountState>;
	readonly numbers: Map<string, NumberState>;
	readonly templates: TemplateCatalogue;
	readonly media: MediaShelf;
	readonly people: Directory;
	readonly messages: Map<string, { readonly chat: Chat; readonly bubble: Bubble }>;
	readonly ledger: LedgerBook;
	readonly faults: FaultBoard;
	readonly courier: WebhookCourier;
	readonly statuses: StatusDesk;
	readonly pairs: RateLimit | undefined;
	readonly live: EventEmitter;
}

/** A request after its bytes were read. */
export interface GraphRequest {
	readonly method: string;
	/** `23` of `v23.0`; Infinity when the path has no version. */
	readonly version: number;
	/** Path without the version, split. */
	readonly segments: readonly string[];
	readonly query: URLSearchParams;
	/** Query, form or JSON body together, as the Graph API sees them. */
	readonly parameters: Json;
	/** Parts of a multipart body that are files. */
	readonly files: ReadonlyMap<
		string,
		{ readonly bytes: Uint8Array; readonly mimeType: string; readonly filename: string }
	>;
	readonly token: string | undefined;
}

export interface GraphAnswer {
	readonly status?: number;
	readonly json?: unknown;
	readonly bytes?: { readonly content: Buffer; readonly mimeType: string; readonly filename?: string };
	/** Runs once the answer has been written. */
	readonly afterwards?: () => void;
	/** Runs before the answer is written. */
	readonly beforehand?: () => Promise<void>;
}

const overridable = new Set([
	'messages',
	'message_echoes',
	'calls',
	'consumer_profile',
	'messaging_handovers',
	'smb_message_echoes',
	'smb_app_state_sync',
	'history',
	'account_settings_update',
]);

/**
 * Where a webhook goes: the number's override, else the account's, else the app's callback. Only the fields of
 * Meta's "Webhook overrides" page (28 June 2026) follow an override; account and template webhooks go to the app.
 */
export function destinationOf(
	world: World,
	account: AccountState,
	state: NumberState | undefined,
	field: string,
): string | undefined {
	if (!account.subscribed) return undefined;
	if (overridable.has(field) || field.startsWith('group_')) {
		const override = state?.override ?? account.override;
		if (override) return override;
	}
	if (world.app.fields && !world.app.fields.includes(field)) return undefined;
	return world.app.callback;
}

export function metadataOf(number: SimulatedNumber): Json {
	return { display_phone_number: number.displayPhoneNumber.replace(/\D/g, ''), phone_number_id: number.phoneNumberId };
}

export function envelope(wabaId: string, changes: readonly Json[], time?: number): Json {
	const entry: Json = { id: wabaId };
	if (time !== undefined) entry.time = time;
	entry.changes = changes;
	return { object: 'whatsapp_business_account', entry: [entry] };
}
