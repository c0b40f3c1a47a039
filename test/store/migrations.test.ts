import { sql } from 'kysely';

import { openStore } from '../../nodes/shared/store/open';
import type { Database } from '../../nodes/shared/store/schema';
import { eachDatabase } from '../support/stores';

/** Checked by the compiler against the schema: a column that is missing here, or too many, does not compile. */
type Columns = { readonly [Table in keyof Database]: { readonly [Column in keyof Database[Table]]: true } };

const on = true as const;

const expected: Columns = {
	store_settings: { workspace_id: on, name: on, value: on },
	early_statuses: { workspace_id: on, vendor_id: on, status: on, event: on, created_at: on },
	sync_state: {
		workspace_id: on,
		account: on,
		kind: on,
		id: on,
		digest: on,
		parent_id: on,
		problem: on,
		attempts: on,
		ready_at: on,
		changed_at: on,
	},
	sync_runs: {
		workspace_id: on,
		account: on,
		cursors: on,
		owner: on,
		claimed_at: on,
		finished_at: on,
		webhook_id: on,
		wake_at: on,
	},
	request_windows: { account: on, starts_at: on, taken: on },
	instances: { boot_id: on, started_at: on, heartbeat_at: on, host: on, pid: on },
	channels: {
		workspace_id: on,
		channel_id: on,
		vendor: on,
		waba_id: on,
		display_phone_number: on,
		webhook_id: on,
		last_webhook_at: on,
		created_at: on,
		updated_at: on,
	},
	contacts: {
		id: on,
		workspace_id: on,
		name: on,
		name_verified: on,
		identification: on,
		identification_type: on,
		phone: on,
		email: on,
		company: on,
		city: on,
		language: on,
		profile_name: on,
		username: on,
		owner_advisor_id: on,
		opted_out_at: on,
		consent: on,
		tags: on,
		source: on,
		external_id: on,
		external_url: on,
		imported: on,
		registered: on,
		merged_into: on,
		erased_at: on,
		created_at: on,
		updated_at: on,
	},
	contact_identities: {
		workspace_id: on,
		kind: on,
		value: on,
		contact_id: on,
		created_at: on,
	},
	conversations: {
		id: on,
		workspace_id: on,
		channel_id: on,
		contact_id: on,
		webhook_id: on,
		mode: on,
		owner_advisor_id: on,
		area: on,
		last_message_id: on,
		activity_at: on,
		inbound_count: on,
		waiting_since: on,
		commercial_intent: on,
		incomplete_at: on,
		revision: on,
		state: on,
		version: on,
		turn_due_at: on,
		wake_at: on,
		last_inbound_at: on,
		last_outbound_at: on,
		created_at: on,
		updated_at: on,
	},
	messages: {
		id: on,
		workspace_id: on,
		channel_id: on,
		contact_id: on,
		conversation_id: on,
		direction: on,
		author: on,
		advisor_id: on,
		vendor_id: on,
		type: on,
		text: on,
		content: on,
		at: on,
		created_at: on,
		changed_at: on,
		edited_at: on,
		deleted_at: on,
		about_vendor_id: on,
		turn_state: on,
		turn_attempts: on,
		request_id: on,
		delivery_status: on,
		delivery_at: on,
		error: on,
		pricing: on,
		transcript_due_at: on,
		transcript_at: on,
		transcript_language: on,
		transcript_source: on,
	},
	attachments: {
		id: on,
		workspace_id: on,
		channel_id: on,
		contact_id: on,
		message_id: on,
		media_id: on,
		type: on,
		mime_type: on,
		filename: on,
		caption: on,
		sha256: on,
		size: on,
		state: on,
		attempts: on,
		ready_at: on,
		owner: on,
		claimed_at: on,
		error: on,
		created_at: on,
	},
	attachment_links: {
		attachment_id: on,
		kind: on,
		target_id: on,
		created_at: on,
	},
	attachment_bytes: {
		workspace_id: on,
		sha256: on,
		bytes: on,
		created_at: on,
		orphaned_at: on,
	},
	journal: {
		id: on,
		workspace_id: on,
		webhook_id: on,
		channel_id: on,
		output: on,
		contact_id: on,
		conversation_id: on,
		message_id: on,
		dedupe_key: on,
		payload: on,
		state: on,
		attempts: on,
		ready_at: on,
		owner: on,
		emission_id: on,
		error: on,
		created_at: on,
	},
	effects: {
		id: on,
		workspace_id: on,
		webhook_id: on,
		channel_id: on,
		contact_id: on,
		conversation_id: on,
		output: on,
		payload: on,
		state: on,
		attempts: on,
		ready_at: on,
		owner: on,
		emission_id: on,
		error: on,
		created_at: on,
		finished_at: on,
	},
	outbox: {
		id: on,
		workspace_id: on,
		webhook_id: on,
		channel_id: on,
		contact_id: on,
		conversation_id: on,
		request_id: on,
		sequence: on,
		message: on,
		state: on,
		attempts: on,
		ready_at: on,
		wake_at: on,
		owner: on,
		claimed_at: on,
		vendor_id: on,
		error: on,
		possible_duplicate: on,
		cancel_on_reply: on,
		created_at: on,
		finished_at: on,
	},
	cases: {
		id: on,
		workspace_id: on,
		channel_id: on,
		contact_id: on,
		conversation_id: on,
		request_id: on,
		number: on,
		type: on,
		area: on,
		option: on,
		status: on,
		subject: on,
		fields: on,
		priority: on,
		tags: on,
		advisor_id: on,
		lead_id: on,
		external_id: on,
		external_url: on,
		created_at: on,
		updated_at: on,
		closed_at: on,
	},
	counters: {
		workspace_id: on,
		name: on,
		value: on,
	},
	leads: {
		id: on,
		workspace_id: on,
		channel_id: on,
		contact_id: on,
		conversation_id: on,
		request_id: on,
		case_id: on,
		name: on,
		phone: on,
		identification: on,
		email: on,
		company: on,
		city: on,
		request_type: on,
		product: on,
		quantity: on,
		budget: on,
		urgency: on,
		need: on,
		next_step: on,
		summary: on,
		key_questions: on,
		objections: on,
		tags: on,
		source: on,
		consent: on,
		stage: on,
		score: on,
		amount: on,
		currency: on,
		lost_reason: on,
		closed_at: on,
		message_ids: on,
		advisor_id: on,
		external_id: on,
		external_url: on,
		created_at: on,
		updated_at: on,
	},
	advisors: {
		id: on,
		workspace_id: on,
		name: on,
		aliases: on,
		phone: on,
		email: on,
		areas: on,
		role: on,
		available: on,
		absent_until: on,
		substitute_id: on,
		external_id: on,
		external_url: on,
		last_assigned_at: on,
		created_at: on,
		updated_at: on,
	},
	notifications: {
		id: on,
		workspace_id: on,
		advisor_id: on,
		contact_id: on,
		case_id: on,
		conversation_id: on,
		area: on,
		request_id: on,
		kind: on,
		text: on,
		state: on,
		created_at: on,
		read_at: on,
	},
	bridges: {
		id: on,
		workspace_id: on,
		conversation_id: on,
		advisor_id: on,
		contact_id: on,
		state: on,
		opened_at: on,
		ended_at: on,
	},
	bridge_messages: {
		id: on,
		workspace_id: on,
		advisor_id: on,
		contact_id: on,
		conversation_id: on,
		kind: on,
		state: on,
		notification_id: on,
		message_id: on,
		waiting: on,
		request_id: on,
		created_at: on,
	},
	bridge_tasks: {
		id: on,
		workspace_id: on,
		webhook_id: on,
		contact_id: on,
		kind: on,
		payload: on,
		state: on,
		attempts: on,
		ready_at: on,
		error: on,
		created_at: on,
		finished_at: on,
	},
	business_profiles: {
		id: on,
		workspace_id: on,
		version: on,
		status: on,
		profile: on,
		base_version: on,
		note: on,
		created_at: on,
		created_by: on,
		published_at: on,
	},
	profile_tests: {
		id: on,
		workspace_id: on,
		name: on,
		conversation_id: on,
		contact_id: on,
		until_at: on,
		expected: on,
		created_at: on,
		created_by: on,
	},
	catalogue_items: {
		id: on,
		workspace_id: on,
		sku: on,
		name: on,
		variants: on,
		description: on,
		price: on,
		currency: on,
		price_valid_until: on,
		promotion_price: on,
		promotion_from: on,
		promotion_until: on,
		stock: on,
		delivery_time: on,
		link: on,
		active: on,
		external_id: on,
		created_at: on,
		updated_at: on,
	},
	knowledge_entries: {
		id: on,
		workspace_id: on,
		entry_key: on,
		title: on,
		questions: on,
		answer: on,
		source: on,
		language: on,
		area: on,
		active: on,
		created_at: on,
		updated_at: on,
	},
	knowledge_search: { place: on, id: on, scope: on, words: on },
	unanswered_questions: {
		id: on,
		workspace_id: on,
		contact_id: on,
		conversation_id: on,
		message_id: on,
		question_key: on,
		question: on,
		at: on,
	},
	audit_log: {
		id: on,
		workspace_id: on,
		chain: on,
		sequence: on,
		at: on,
		actor: on,
		action: on,
		subject_kind: on,
		subject_id: on,
		payload: on,
		salt: on,
		digest: on,
		hmac: on,
		told_at: on,
	},
	audit_seals: { workspace_id: on, day: on, lines: on, new_chains: on, digest: on, hmac: on, created_at: on },
	tag_links: { workspace_id: on, kind: on, tag: on, target_id: on, origin: on, created_at: on },
	advisor_passwords: { advisor_id: on, workspace_id: on, hash: on, changed_at: on },
	inbox_sessions: {
		token_hash: on,
		workspace_id: on,
		advisor_id: on,
		role: on,
		address: on,
		created_at: on,
		seen_at: on,
		expires_at: on,
	},
	login_links: {
		token_hash: on,
		workspace_id: on,
		advisor_id: on,
		created_at: on,
		expires_at: on,
		used_at: on,
	},
	login_failures: { workspace_id: on, subject: on, failures: on, since: on },
	uploads: {
		id: on,
		workspace_id: on,
		advisor_id: on,
		filename: on,
		mime_type: on,
		sha256: on,
		size: on,
		created_at: on,
		used_at: on,
	},
	conversation_reads: { workspace_id: on, advisor_id: on, conversation_id: on, read_count: on, read_at: on },
	notes: { id: on, workspace_id: on, contact_id: on, conversation_id: on, advisor_id: on, text: on, at: on },
	follow_ups: {
		id: on,
		workspace_id: on,
		webhook_id: on,
		channel_id: on,
		contact_id: on,
		conversation_id: on,
		advisor_id: on,
		kind: on,
		text: on,
		due_at: on,
		wake_at: on,
		state: on,
		origin: on,
		request_id: on,
		created_at: on,
		updated_at: on,
	},
	canned_answers: {
		id: on,
		workspace_id: on,
		shortcut: on,
		text: on,
		advisor_id: on,
		created_at: on,
		updated_at: on,
	},
	inbox_commands: { workspace_id: on, request_id: on, advisor_id: on, digest: on, answer: on, created_at: on },
	search_entries: { entry: on, id: on, workspace_id: on, contact_id: on, conversation_id: on, words: on },
	linked_numbers: {
		id: on,
		workspace_id: on,
		advisor_id: on,
		channel_id: on,
		waba_id: on,
		display_phone_number: on,
		verified_name: on,
		access_token: on,
		code: on,
		redirect_uri: on,
		receiver_url: on,
		inbox_webhook_id: on,
		state: on,
		problem: on,
		problem_detail: on,
		history: on,
		history_progress: on,
		contacts: on,
		contacts_synced: on,
		facts: on,
		onboarded_at: on,
		linked_at: on,
		unlinked_at: on,
		attempts: on,
		due_at: on,
		created_at: on,
		updated_at: on,
	},
	linked_number_exclusions: {
		workspace_id: on,
		linked_number_id: on,
		digest: on,
	},
	linked_contacts: {
		id: on,
		workspace_id: on,
		linked_number_id: on,
		address: on,
		full_name: on,
		first_name: on,
		contact_id: on,
		removed: on,
		at: on,
	},
	signups: {
		workspace_id: on,
		nonce_hash: on,
		linked_number_id: on,
		advisor_id: on,
		browser_hash: on,
		redirect_uri: on,
		expires_at: on,
		used_at: on,
		created_at: on,
	},
	metrics_daily: { workspace_id: on, day: on, name: on, dimension: on, key: on, unit: on, count: on, sum: on },
	metric_facts: { workspace_id: on, subject: on, parts: on },
	alerts: {
		id: on,
		workspace_id: on,
		kind: on,
		subject: on,
		state: on,
		facts: on,
		level: on,
		revision: on,
		since: on,
		changed_at: on,
		resolved_at: on,
	},
	payments: {
		id: on,
		workspace_id: on,
		contact_id: on,
		conversation_id: on,
		case_id: on,
		lead_id: on,
		request_id: on,
		digest: on,
		provider: on,
		mode: on,
		kind: on,
		amount: on,
		currency: on,
		description: on,
		details: on,
		state: on,
		facts: on,
		amount_paid: on,
		amount_refunded: on,
		paid_at: on,
		provider_id: on,
		url: on,
		idempotency_key: on,
		owner: on,
		claimed_at: on,
		error: on,
		expires_at: on,
		created_by: on,
		created_at: on,
		updated_at: on,
	},
	payment_events: {
		id: on,
		workspace_id: on,
		webhook_id: on,
		provider: on,
		event_id: on,
		hint: on,
		at: on,
		state: on,
		attempts: on,
		ready_at: on,
		error: on,
		payment_id: on,
		created_at: on,
	},
};

/** FTS5 keeps each of its indexes in tables of its own. */
const isOurs = ({ name }: { readonly name: string }): boolean => !/_words(?:_\w+)?$/.test(name);

const columnNames = Object.fromEntries(
	Object.entries(expected).map(([table, columns]) => [table, Object.keys(columns).sort()]),
);

eachDatabase((name, open, settings) => {
	test('the tables have exactly the columns of the schema', async () => {
		const store = await open();
		const tables = await store.db.introspection.getTables();
		const found = Object.fromEntries(
			tables.filter(isOurs).map((table) => [table.name, table.columns.map((column) => column.name).sort()]),
		);
		expect(found).toEqual(columnNames);
	});

	test('what the schema calls null may be null, and nothing else', async () => {
		const store = await open();
		const contact = { id: store.newId(), workspace_id: store.workspaceId, created_at: 1, updated_at: 1 };
		await expect(
			store.db
				.insertInto('contacts')
				.values({ ...contact, name_verified: 0, imported: 0, registered: null as unknown as number } as never)
				.execute(),
		).rejects.toThrow(/null/i);
	});

	test('a number column refuses text, so that neither database keeps what the other would not', async () => {
		const store = await open();
		await expect(
			store.db
				.insertInto('counters')
				.values({ workspace_id: store.workspaceId, name: 'cases', value: 'many' as unknown as number })
				.execute(),
		).rejects.toThrow(/INTEGER|bigint/);
	});

	const twice: ReadonlyArray<readonly [string, keyof Database, Readonly<Record<string, string | number>>]> = [
		['an address that leads to two contacts', 'contact_identities', { kind: 'wa_id', value: '573001112233' }],
		['two conversations of a contact on a channel', 'conversations', { channel_id: 'c', contact_id: 'x' }],
		['a wamid handled twice', 'messages', { channel_id: 'c', vendor_id: 'wamid.1' }],
		['an event journalled twice', 'journal', { webhook_id: 'w', dedupe_key: 'wamid.1' }],
		['two cases of one request', 'cases', { request_id: 'r' }],
		['two cases with one number', 'cases', { number: 'PS-2026-000001' }],
		['two leads of one request', 'leads', { request_id: 'r' }],
		['two advisors who attend one customer', 'bridges', { conversation_id: 'c' }],
		['one cause that goes through the bridge twice', 'bridge_messages', { request_id: 'r' }],
		['one advisor notified twice of one request', 'notifications', { advisor_id: 'a', request_id: 'r' }],
		['two profiles with one version', 'business_profiles', { version: 3 }],
		['one conversation as two tests of the profile', 'profile_tests', { conversation_id: 'c' }],
		['two entries at one place of an audit chain', 'audit_log', { chain: 'c', sequence: 1 }],
	];
	test.each(twice)('the database itself refuses %s, in one workspace only', async (_case, table, same) => {
		const store = await open();
		const other = await open({ workspaceId: `${store.workspaceId}-other` });
		const columns = columnNames[table] ?? [];
		let filler = 0;
		const row = async (workspaceId: string): Promise<unknown> => {
			const types = await store.db.introspection.getTables();
			const described = types.find((candidate) => candidate.name === table)?.columns ?? [];
			const values = columns.map((column) => {
				if (column === 'workspace_id') return workspaceId;
				if (column in same) return same[column];
				filler += 1;
				const type = described.find((candidate) => candidate.name === column);
				if (type?.isNullable) return null;
				return /int/i.test(type?.dataType ?? '') ? filler : `filler-${store.newId()}`;
			});
			return await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
				values (${sql.join(values)})`.execute(store.db);
		};
		await row(store.workspaceId);
		await expect(row(store.workspaceId)).rejects.toThrow(/unique|duplicate/i);
		await row(other.workspaceId);
	});

	test('messages that have no vendor id yet do not stand in each other’s way', async () => {
		const store = await open();
		const now = store.now();
		for (let count = 0; count < 2; count += 1) {
			await store.db
				.insertInto('messages')
				.values({
					id: store.newId(),
					workspace_id: store.workspaceId,
					channel_id: 'c',
					contact_id: 'x',
					conversation_id: 'v',
					direction: 'out',
					author: 'bot',
					vendor_id: null,
					type: 'text',
					text: 'hola',
					content: '{}',
					at: now,
					created_at: now,
					changed_at: now,
					turn_state: null,
					turn_attempts: 0,
					request_id: null,
					delivery_status: 'queued',
					delivery_at: null,
					error: null,
					pricing: null,
				})
				.execute();
		}
	});

	test('opening again changes nothing and asks for no lock', async () => {
		const first = await open();
		const before = await first.db.introspection.getTables({ withInternalKyselyTables: true });
		const again = await open();
		expect(await again.db.introspection.getTables({ withInternalKyselyTables: true })).toEqual(before);
	});

	// Last: it makes the database of this suite a newer one.
	test('a database of a newer package is refused in words, and left as it is', async () => {
		const store = await open();
		await sql`insert into kysely_migration (name, timestamp) values ('999_from_the_future', '2030-01-01T00:00:00.000Z')`.execute(
			store.db,
		);
		try {
			const elsewhere =
				name === 'SQLite' ? await copyOfFile(settings()) : { ...settings(), schema: undefined, host: 'localhost' };
			await expect(openStore(elsewhere as ReturnType<typeof settings>)).rejects.toMatchObject({
				name: 'StoreUnavailable',
				message: 'The database was last used by a newer version of n8n-nodes-whatsapp-crm',
				description: expect.stringContaining('999_from_the_future'),
			});
		} finally {
			await sql`delete from kysely_migration where name = '999_from_the_future'`.execute(store.db);
		}
	});
});

/** Another file with the same content: the suite keeps its own open, and an open database is not migrated again. */
async function copyOfFile(settings: { database: string; path?: string }): Promise<unknown> {
	const { backup, DatabaseSync } = jest.requireActual<typeof import('node:sqlite')>('node:sqlite');
	const source = new DatabaseSync(settings.path ?? '', { readOnly: true });
	const copy = `${settings.path}.copy`;
	await backup(source, copy);
	source.close();
	return { ...settings, path: copy };
}
