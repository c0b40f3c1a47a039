import type { WhatsAppClient } from '../../clients/whatsapp/client';
import type { MessageTemplate } from '../../clients/whatsapp/templates';
import { RequestFailure } from '../../http/failure';
import { listAdvisors } from '../../store/repositories/advisors';
import { listChannels, type ChannelRow } from '../../store/repositories/channels';
import type { Store } from '../../store/store';
import { contactHoursOf, lawfulHours, weekInWords } from '../../domain/consent/contactHours';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { templateStateInWords } from '../../text/starterTemplates';
import { profileInForce } from '../profile/businessProfile';
import { accountTemplates, keyOf } from '../starterTemplates/accountTemplates';

/** One thing that must be right before real customers write. */
export interface ReadinessRow {
	/** What was looked at. */
	readonly check: string;
	/** `unknown`: it cannot be seen from here. */
	readonly ok: boolean | 'unknown';
	/** What was found. */
	readonly what: string;
	/** What to do about it; empty when nothing. */
	readonly howToFix: string;
}

export interface ReadinessQuestion {
	/** The WhatsApp credential's client, or why there is none. */
	readonly client?: Pick<
		WhatsAppClient,
		'credential' | 'inspectToken' | 'listPhoneNumbers' | 'listAppSubscriptions' | 'listSubscribedApps' | 'listTemplates'
	>;
	readonly clientFailure?: string;
	/** Address under which n8n is reached from outside. */
	readonly baseUrl: string;
	/** Time zone of the workflow. */
	readonly workflowTimeZone: string;
	/** Settings of the n8n process. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** The workflow's error workflow, when it can be seen. */
	readonly hasErrorWorkflow?: boolean;
}

const NEEDED_SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];

/** Meta delivers nothing for this long at night; longer means that the address is wrong or nobody writes. */
const SILENCE = 24 * 3_600_000;

const row = (check: string, ok: ReadinessRow['ok'], what: string, howToFix = ''): ReadinessRow => ({
	check,
	ok,
	what,
	howToFix: ok === true ? '' : howToFix,
});

function failureOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** A row from a question to Meta; what Meta refuses is a row too. */
async function asked(check: string, howToFix: string, question: () => Promise<ReadinessRow>): Promise<ReadinessRow> {
	try {
		return await question();
	} catch (error) {
		const advice = error instanceof RequestFailure ? error.description : undefined;
		return row(check, false, failureOf(error), advice ?? howToFix);
	}
}

function storeRow(store: Store): ReadinessRow {
	return row('Store', true, `${store.product}, workspace '${store.workspaceId}'`);
}

function profileRow(profile: BusinessProfile, version: number): ReadinessRow {
	return version === 0
		? row(
				'Business profile',
				false,
				'Nothing is published: the bot answers with the example profile (PROSUMINISTROS)',
				'Run the setup workflow, or WhatsApp CRM → Business Profile → Save.',
			)
		: row('Business profile', true, `Version ${version} of ${profile.name} is published`);
}

function numbersRow(profile: BusinessProfile, channels: readonly ChannelRow[]): ReadinessRow {
	const known = new Set(channels.map((channel) => channel.channel_id));
	const missing = profile.channels.filter((id) => !known.has(id));
	if (profile.channels.length === 0) {
		return row('Numbers of the bot', true, 'The bot answers every number that the trigger receives');
	}
	return missing.length === 0
		? row('Numbers of the bot', true, `The bot answers ${profile.channels.join(', ')}`)
		: row(
				'Numbers of the bot',
				'unknown',
				`Nothing has arrived yet for ${missing.join(', ')}`,
				"Write to the number once. If nothing arrives, compare 'Numbers' of the profile with the phone number ID in Meta.",
			);
}

function teamRow(profile: BusinessProfile, areasWithPeople: ReadonlySet<string>, people: number): ReadinessRow {
	const empty = profile.areas.filter(({ key }) => !areasWithPeople.has(key)).map(({ name }) => name);
	if (people === 0) {
		return row(
			'Team',
			false,
			'No advisor is registered: nobody is told about requests',
			'Add the team in the setup workflow, or with WhatsApp CRM → Advisor → Create or Update.',
		);
	}
	return empty.length === 0
		? row('Team', true, `${people} advisors, every area has somebody`)
		: row('Team', false, `Nobody works in ${empty.join(', ')}`, 'Give an advisor these areas.');
}

function receivingRow(channels: readonly ChannelRow[], now: number): ReadinessRow {
	const last = Math.max(0, ...channels.map((channel) => channel.last_webhook_at ?? 0));
	if (last === 0) {
		return row(
			'Messages arrive',
			'unknown',
			'No webhook has arrived yet',
			'Activate the bot workflow and write to the number from a telephone.',
		);
	}
	const when = new Date(last).toISOString();
	return now - last > SILENCE
		? row(
				'Messages arrive',
				'unknown',
				`The last webhook arrived at ${when}`,
				'Write to the number. If nothing arrives, look at the subscription below.',
			)
		: row('Messages arrive', true, `The last webhook arrived at ${when}`);
}

function isPublic(url: URL): boolean {
	const { hostname } = url;
	return !(
		hostname === 'localhost' ||
		hostname.endsWith('.local') ||
		/^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.|\[)/.test(hostname)
	);
}

function addressRow(baseUrl: string): ReadinessRow {
	const advice =
		'Set WEBHOOK_URL of n8n to the public https address of your server, restart n8n and publish the workflow again.';
	if (!URL.canParse(baseUrl)) return row('Public address', false, 'n8n does not know its own address', advice);
	const url = new URL(baseUrl);
	if (url.protocol !== 'https:') {
		return row('Public address', false, `${baseUrl} is not encrypted: Meta delivers to https only`, advice);
	}
	return isPublic(url)
		? row('Public address', true, baseUrl)
		: row('Public address', false, `${baseUrl} cannot be reached from outside`, advice);
}

async function tokenRow(client: NonNullable<ReadinessQuestion['client']>, now: number): Promise<ReadinessRow> {
	const check = 'Access token';
	return await asked(check, 'Check App ID and App Secret of the credential.', async () => {
		const token = await client.inspectToken();
		if (!token.valid) {
			return row(check, false, 'Meta says that the token is not valid', 'Create a new one for a system user.');
		}
		const missing = NEEDED_SCOPES.filter((scope) => !token.scopes.includes(scope));
		if (missing.length > 0) {
			return row(check, false, `The token lacks ${missing.join(' and ')}`, 'Create it again with these permissions.');
		}
		if (token.expiresAt === undefined) return row(check, true, 'Valid, does not end');
		const ends = token.expiresAt.toISOString().slice(0, 10);
		const days = (token.expiresAt.getTime() - now) / 86_400_000;
		return days < 14
			? row(check, false, `The token ends on ${ends}`, 'Create a permanent token for a system user in Meta Business.')
			: row(check, true, `Valid until ${ends}`);
	});
}

async function subscriptionRows(client: NonNullable<ReadinessQuestion['client']>): Promise<ReadinessRow[]> {
	const app = await asked('App subscription', 'Subscribe the app to messages in its dashboard.', async () => {
		const found = (await client.listAppSubscriptions()).find(({ object }) => object === 'whatsapp_business_account');
		if (!found?.active) {
			return row(
				'App subscription',
				'unknown',
				'The app itself has no webhook address',
				"Only needed for account and template news: choose 'At the App' in one trigger. Make sure that the app is live, else Meta sends test data only.",
			);
		}
		return found.fields.includes('messages')
			? row('App subscription', true, `The app sends ${found.fields.length} fields`)
			: row('App subscription', false, "The app is not subscribed to 'messages'", 'Subscribe it in the app dashboard.');
	});
	const account = await asked('Account subscription', 'Check the WhatsApp Business Account ID.', async () => {
		const { appId, businessAccountId } = client.credential;
		const ours = (await client.listSubscribedApps(businessAccountId)).find((found) => found.appId === appId);
		if (!ours) {
			return row(
				'Account subscription',
				false,
				'The WhatsApp account is not connected to the app: nothing is delivered',
				"Choose 'Automatic per Business Account' in the trigger and publish the workflow.",
			);
		}
		const where = ours.overrideCallbackUrl ?? 'the address of the app';
		return row('Account subscription', true, `Messages go to ${where}`);
	});
	return [app, account];
}

async function numberRows(client: NonNullable<ReadinessQuestion['client']>): Promise<ReadinessRow[]> {
	const check = 'Numbers at Meta';
	try {
		const { rows } = await client.listPhoneNumbers();
		if (rows.length === 0) {
			return [row(check, false, 'The account has no number', 'Add a number in WhatsApp Manager and verify it.')];
		}
		return rows.map((number) => {
			const quality = number.qualityRating ?? 'UNKNOWN';
			const what = `${number.displayPhoneNumber} (${number.id}): quality ${quality}, ${number.throughputLevel ?? 'standard'} throughput`;
			return quality === 'RED'
				? row(check, false, what, 'Meta limits this number: send fewer unasked messages until its quality recovers.')
				: row(check, true, what);
		});
	} catch (error) {
		return [row(check, false, failureOf(error), 'Check the WhatsApp Business Account ID and the token.')];
	}
}

interface NamedTemplate {
	readonly name: string;
	/** Field of the profile that names it. */
	readonly field: string;
	/** What does not happen without it. */
	readonly purpose: string;
}

/** The templates that the profile's own settings send. */
function templatesOf({ notifications, bridge }: BusinessProfile): NamedTemplate[] {
	const tells = bridge.enabled || notifications.channels.includes('whatsapp');
	return [
		...(tells
			? [
					{
						name: notifications.template,
						field: 'notifications.template',
						purpose: 'an advisor who has not written for 24 hours is told nothing on WhatsApp',
					},
				]
			: []),
		...(bridge.enabled
			? [
					{
						name: bridge.continueTemplate,
						field: 'bridge.continueTemplate',
						purpose: 'an advisor cannot write to a customer of yesterday',
					},
				]
			: []),
	];
}

function namedTemplateRow(
	{ name, field, purpose }: NamedTemplate,
	language: string,
	account: ReadonlyMap<string, MessageTemplate>,
): ReadinessRow {
	const check = `Template '${name}'`;
	const found = account.get(keyOf(name, language));
	const elsewhere = [...account.values()].filter((template) => template.name === name);
	if (found === undefined) {
		const others = elsewhere.map((template) => template.language).join(', ');
		return row(
			check,
			false,
			`Missing in '${language}'${others === '' ? '' : `, the account has it in ${others}`}: ${purpose}`,
			`Create it with WhatsApp Cloud → Template → Create Starter Set, or name an approved one in '${field}' of the business profile.`,
		);
	}
	const state = templateStateInWords(found.status, found.rejected_reason);
	return found.status.toUpperCase() === 'APPROVED'
		? row(check, true, `Approved in '${language}'`)
		: row(
				check,
				false,
				`${state}: until it is approved ${purpose}`,
				`Follow it in WhatsApp Manager, or name an approved one in '${field}' of the business profile.`,
			);
}

async function templateRows(
	client: NonNullable<ReadinessQuestion['client']>,
	profile: BusinessProfile,
): Promise<ReadinessRow[]> {
	const check = 'Message templates';
	const language = profile.notifications.templateLanguage;
	let account: ReadonlyMap<string, MessageTemplate> | undefined;
	const summary = await asked(check, 'Check the token.', async () => {
		account = await accountTemplates(client);
		const approved = [...account.values()].filter(({ status }) => status === 'APPROVED');
		return approved.length > 0
			? row(check, true, `${approved.length} of ${account.size} templates are approved`)
			: row(
					check,
					false,
					'No template is approved: after 24 hours of silence nobody can be written to',
					'Create templates with WhatsApp Cloud → Template → Create Starter Set, and wait for the approval.',
				);
	});
	const known = account;
	if (known === undefined) return [summary];
	return [summary, ...templatesOf(profile).map((named) => namedTemplateRow(named, language, known))];
}

async function vendorRows(question: ReadinessQuestion, profile: BusinessProfile, now: number): Promise<ReadinessRow[]> {
	const { client } = question;
	if (!client) {
		return [
			row(
				'WhatsApp credential',
				question.clientFailure === undefined ? 'unknown' : false,
				question.clientFailure ?? 'This node has no WhatsApp credential, so Meta was not asked',
				"Choose the credential 'WhatsApp Cloud API' in this node.",
			),
		];
	}
	return [
		await tokenRow(client, now),
		...(await numberRows(client)),
		...(await subscriptionRows(client)),
		...(await templateRows(client, profile)),
	];
}

function settingRows({ environment }: ReadinessQuestion): ReadinessRow[] {
	const fast = environment.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE === 'true';
	const allowed = environment.N8N_UNVERIFIED_PACKAGES_ENABLED === 'true';
	return [
		row(
			'Speed of n8n',
			fast,
			fast ? 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE is true' : 'n8n takes about 20 messages a second',
			'Start n8n with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true to take ten times as many.',
		),
		row(
			'Community packages',
			allowed ? true : 'unknown',
			allowed ? 'N8N_UNVERIFIED_PACKAGES_ENABLED is true' : 'A later n8n will not load this package by itself',
			'Start n8n with N8N_UNVERIFIED_PACKAGES_ENABLED=true.',
		),
	];
}

/** Nobody may be asked for money at an hour that nobody has looked at. */
function contactHoursRow(profile: BusinessProfile): ReadinessRow {
	const hours = weekInWords(contactHoursOf(profile));
	const { law } = lawfulHours(profile.country);
	if (profile.contactHours.rule === 'own') return row('Contact hours', true, `Your own: ${hours}`);
	if (law !== undefined) return row('Contact hours', true, `${law}: ${hours}`);
	return row(
		'Contact hours',
		'unknown',
		`No rule of ${profile.country} for reminders of payments and advertising is known here; cautious hours count: ${hours}`,
		"Ask who advises you, and set 'Contact Hours' of the business profile.",
	);
}

function profileRows(question: ReadinessQuestion, profile: BusinessProfile): ReadinessRow[] {
	const { privacyUrl } = profile.consent;
	const sameZone = question.workflowTimeZone === profile.timeZone;
	return [
		row(
			'Privacy policy',
			privacyUrl !== '',
			privacyUrl === '' ? 'Customers are not told about your privacy policy' : privacyUrl,
			"Set 'Privacy Policy URL' of the business profile (in Colombia, Ley 1581 asks for it).",
		),
		contactHoursRow(profile),
		row(
			'Time zone',
			sameZone ? true : 'unknown',
			sameZone ? profile.timeZone : `The profile says ${profile.timeZone}, the workflow ${question.workflowTimeZone}`,
			"The bot keeps to the profile. Set 'Timezone' in the workflow's settings if your own nodes shall agree.",
		),
	];
}

function operationRows({ hasErrorWorkflow }: ReadinessQuestion, store: Store): ReadinessRow[] {
	return [
		row(
			'Error workflow',
			hasErrorWorkflow ?? 'unknown',
			hasErrorWorkflow === true
				? 'Set in this workflow'
				: 'It cannot be seen from here whether you are told of failures',
			"Choose an error workflow in the settings of the bot workflow: it begins with n8n's Error Trigger and tells you.",
		),
		row(
			'Backup',
			'unknown',
			store.dialect === 'sqlite' ? 'The data is a file on the disk of n8n' : 'The data is in PostgreSQL',
			store.dialect === 'sqlite'
				? 'Back up the whole folder of the database file every day: database, key file and attachments together.'
				: 'Back up the database every day, and keep a copy of the Encryption Key of the credential elsewhere.',
		),
	];
}

/**
 * Whether everything is ready for real customers (O13): a row for each thing, with what was found and how to put it
 * right. Asks Meta only to read. Never throws for what it finds.
 */
export async function checkReadiness(store: Store, question: ReadinessQuestion): Promise<ReadinessRow[]> {
	const { profile, version } = await profileInForce(store);
	const channels = await listChannels(store.db, store.workspaceId);
	const team = await listAdvisors(store.db, store.workspaceId);
	const areas = new Set(team.flatMap((advisor) => JSON.parse(advisor.areas) as string[]));
	const now = store.now();
	return [
		storeRow(store),
		profileRow(profile, version),
		teamRow(profile, areas, team.length),
		numbersRow(profile, channels),
		...(await vendorRows(question, profile, now)),
		addressRow(question.baseUrl),
		receivingRow(channels, now),
		...profileRows(question, profile),
		...settingRows(question),
		...operationRows(question, store),
	];
}
