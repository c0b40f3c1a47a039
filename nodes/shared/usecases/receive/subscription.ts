import { z } from 'zod';

/**
 * Which of Meta's three levels sends its webhooks here, and what may be changed to get there. Decisions only: nothing is
 * called (registerWebhook.ts does). The rule above all: nobody else's address is touched without permission, and what is
 * left behind is what was found.
 */

/** `manual`: the person enters the address in Meta's dashboard. */
export type SubscriptionLevel = 'manual' | 'businessAccount' | 'phoneNumber' | 'app';

/** Longest address that Meta takes for an override (webhooks/override, 28 Jun 2026). */
const LONGEST_OVERRIDE = 200;

/** What the app's callback is subscribed to: everything that this package understands. */
export const APP_FIELDS: readonly string[] = [
	'messages',
	'smb_message_echoes',
	'smb_app_state_sync',
	'history',
	'account_update',
	'account_alerts',
	'account_review_update',
	'business_capability_update',
	'message_template_status_update',
	'message_template_quality_update',
	'message_template_components_update',
	'template_category_update',
	'phone_number_quality_update',
	'phone_number_name_update',
	'user_preferences',
	'user_id_update',
	'business_username_updates',
	'security',
];

/** What one node asks for. */
export interface SubscriptionRequest {
	readonly level: Exclude<SubscriptionLevel, 'manual'>;
	/** `test`: somebody listens for a test event in the editor, for two minutes at most. */
	readonly purpose: 'production' | 'test';
	/** The address that n8n gave this node for this purpose. */
	readonly callbackUrl: string;
	/** End of the path of this node's addresses, the same for production and test: `<webhook id>/<path>`. */
	readonly nodePath: string;
	readonly businessAccountId: string;
	/** For `phoneNumber`: which. */
	readonly phoneNumberIds: readonly string[];
	/** The person allowed to replace an address that somebody else registered. */
	readonly replaceExisting: boolean;
	/** The person allowed to take production's messages while listening for a test event. */
	readonly useTestUrl: boolean;
	/** The API is a simulator on this machine, which reaches addresses of this machine. */
	readonly vendorIsLocal: boolean;
}

/** What is registered at Meta now. Absent addresses: none at that level. */
export interface RegisteredWebhooks {
	/** The app receives the account's webhooks at all. */
	readonly subscribed: boolean;
	readonly businessAccount?: string;
	readonly phoneNumbers: Readonly<Record<string, string | undefined>>;
	readonly app?: { readonly callbackUrl: string; readonly fields: readonly string[] };
	/** The app's callback, or another number's override, needs the account to stay subscribed. */
	readonly othersDepend: boolean;
}

const registeredTargetSchema = z.object({
	level: z.enum(['businessAccount', 'phoneNumber', 'app']),
	/** Business account, phone number or app. */
	id: z.string(),
	/** The address that was there before, replaced with permission. */
	previous: z.string().optional(),
	previousFields: z.array(z.string()).optional(),
});

/** What a node did, so that it can be undone. Holds no secret: it is kept in the workflow's static data. */
export const registrationSchema = z.object({
	url: z.string(),
	businessAccountId: z.string(),
	targets: z.array(registeredTargetSchema),
	/** The app was not subscribed to the account before. */
	subscribedAccount: z.boolean(),
});

export type RegisteredTarget = z.output<typeof registeredTargetSchema>;
export type Registration = z.output<typeof registrationSchema>;

export type SubscriptionStep =
	| { readonly do: 'subscribeAccount'; readonly businessAccountId: string }
	| { readonly do: 'unsubscribeAccount'; readonly businessAccountId: string }
	| { readonly do: 'overrideAccount'; readonly businessAccountId: string; readonly url: string }
	| { readonly do: 'clearAccount'; readonly businessAccountId: string }
	| { readonly do: 'overrideNumber'; readonly phoneNumberId: string; readonly url: string }
	| { readonly do: 'clearNumber'; readonly phoneNumberId: string }
	| { readonly do: 'setApp'; readonly url: string; readonly fields: readonly string[] }
	| { readonly do: 'deleteApp' };

export type SubscriptionPlan =
	| { readonly kind: 'registered' }
	| { readonly kind: 'refused'; readonly message: string; readonly description: string }
	| { readonly kind: 'register'; readonly steps: readonly SubscriptionStep[]; readonly registration: Registration };

const refused = (message: string, description: string): SubscriptionPlan => ({ kind: 'refused', message, description });

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** An address for people: without a query, which may hold somebody's token. */
function shown(url: string): string {
	if (!URL.canParse(url)) return 'another address';
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`;
}

function refuseAddress(request: SubscriptionRequest): SubscriptionPlan | undefined {
	const fix = "Set the environment variable WEBHOOK_URL to this n8n's public https address and restart n8n.";
	if (!URL.canParse(request.callbackUrl)) {
		return refused('This n8n has no valid webhook address', fix);
	}
	const { protocol, hostname } = new URL(request.callbackUrl);
	if (LOOPBACK.test(hostname)) {
		if (request.vendorIsLocal) return undefined;
		return refused(`Meta cannot reach '${shown(request.callbackUrl)}', which is this machine's own address`, fix);
	}
	if (protocol !== 'https:') {
		return refused(`Meta calls only https addresses, and this n8n's is '${shown(request.callbackUrl)}'`, fix);
	}
	if (request.level !== 'app' && request.callbackUrl.length > LONGEST_OVERRIDE) {
		return refused(
			`The webhook address has ${request.callbackUrl.length} characters, and Meta takes ${LONGEST_OVERRIDE} at most`,
			"Shorten WEBHOOK_URL, or set 'Subscription' to 'At the App'.",
		);
	}
	return undefined;
}

/** Whether an address leads to the same node of the same n8n, in production or in test. */
function leadsToThisNode(url: string, request: SubscriptionRequest): boolean {
	if (!URL.canParse(url) || !URL.canParse(request.callbackUrl)) return false;
	const other = new URL(url);
	return other.origin === new URL(request.callbackUrl).origin && other.pathname.endsWith(`/${request.nodePath}`);
}

const LEVEL_NAMES = { businessAccount: 'WhatsApp Business Account', phoneNumber: 'phone number', app: 'app' } as const;

function refuseOccupied(target: RegisteredTarget, current: string): SubscriptionPlan {
	return refused(
		`Webhooks of the ${LEVEL_NAMES[target.level]} ${target.id} already go to '${shown(current)}'`,
		target.level === 'app'
			? "Set 'Subscription' to 'Automatic per Business Account' or 'Automatic per Phone Number', which leave the app's address alone, or turn on 'Replace Existing Address' in the options."
			: "Deactivate the workflow or system that listens there, or turn on 'Replace Existing Address' in the options. What is there now is restored when this workflow is deactivated.",
	);
}

const refuseTest = (current: string): SubscriptionPlan =>
	refused(
		`Listening now would take the messages that go to '${shown(current)}'`,
		"Turn on 'Use Test URL While Listening' in the options to redirect them until you stop listening, or test with pinned data.",
	);

function targetsOf(request: SubscriptionRequest, appId: string): RegisteredTarget[] {
	switch (request.level) {
		case 'businessAccount':
			return [{ level: 'businessAccount', id: request.businessAccountId }];
		case 'phoneNumber':
			return request.phoneNumberIds.map((id) => ({ level: 'phoneNumber', id }));
		case 'app':
			return [{ level: 'app', id: appId }];
	}
}

function currentAddress(target: RegisteredTarget, registered: RegisteredWebhooks): string | undefined {
	switch (target.level) {
		case 'businessAccount':
			return registered.businessAccount;
		case 'phoneNumber':
			return registered.phoneNumbers[target.id];
		case 'app':
			return registered.app?.callbackUrl;
	}
}

/** Where the messages of a target go now: the narrowest level wins. */
function effectiveAddress(target: RegisteredTarget, registered: RegisteredWebhooks): string | undefined {
	const ofAccount = registered.businessAccount ?? (registered.subscribed ? registered.app?.callbackUrl : undefined);
	return target.level === 'phoneNumber' ? (registered.phoneNumbers[target.id] ?? ofAccount) : ofAccount;
}

function pointTo(
	target: RegisteredTarget,
	url: string,
	businessAccountId: string,
	fields = APP_FIELDS,
): SubscriptionStep {
	switch (target.level) {
		case 'businessAccount':
			return { do: 'overrideAccount', businessAccountId, url };
		case 'phoneNumber':
			return { do: 'overrideNumber', phoneNumberId: target.id, url };
		case 'app':
			return { do: 'setApp', url, fields };
	}
}

function clear(target: RegisteredTarget, businessAccountId: string): SubscriptionStep {
	switch (target.level) {
		case 'businessAccount':
			return { do: 'clearAccount', businessAccountId };
		case 'phoneNumber':
			return { do: 'clearNumber', phoneNumberId: target.id };
		case 'app':
			return { do: 'deleteApp' };
	}
}

function isComplete(target: RegisteredTarget, request: SubscriptionRequest, registered: RegisteredWebhooks): boolean {
	if (!registered.subscribed || currentAddress(target, registered) !== request.callbackUrl) return false;
	if (target.level !== 'app') return true;
	const fields = registered.app?.fields ?? [];
	return registered.businessAccount === undefined && APP_FIELDS.every((field) => fields.includes(field));
}

/**
 * Decides what has to be done so that webhooks come to this node.
 * @param appId the credential's app
 */
export function planRegistration(
	request: SubscriptionRequest,
	registered: RegisteredWebhooks,
	appId: string,
): SubscriptionPlan {
	const refusal = refuseAddress(request);
	if (refusal) return refusal;
	const targets = targetsOf(request, appId);
	if (targets.length === 0) {
		return refused(
			"'Phone Number Names or IDs' is empty",
			"Choose the numbers whose messages this workflow receives, or set 'Subscription' to 'Automatic per Business Account'.",
		);
	}
	if (targets.every((target) => isComplete(target, request, registered))) return { kind: 'registered' };
	const { businessAccountId, callbackUrl } = request;
	const override: RegisteredTarget = { level: 'businessAccount', id: businessAccountId };
	// An override of the account would keep its messages from the app's callback.
	const inTheWay =
		request.level === 'app' && registered.businessAccount !== undefined
			? [{ target: override, current: registered.businessAccount }]
			: [];
	const steps: SubscriptionStep[] = registered.subscribed ? [] : [{ do: 'subscribeAccount', businessAccountId }];
	const done: RegisteredTarget[] = [];
	for (const { target, current } of [
		...targets.map((aim) => ({ target: aim, current: currentAddress(aim, registered) })),
		...inTheWay,
	]) {
		const receiving = request.purpose === 'test' ? effectiveAddress(target, registered) : undefined;
		if (receiving !== undefined && receiving !== callbackUrl && !request.useTestUrl) return refuseTest(receiving);
		const foreign = current !== undefined && current !== callbackUrl && !leadsToThisNode(current, request);
		if (foreign && !request.replaceExisting) return refuseOccupied(target, current);
		// Production that finds its own old or test address takes it over for good; a test gives it back.
		const keep = current !== undefined && current !== callbackUrl && (foreign || request.purpose === 'test');
		const previousFields = keep && target.level === 'app' ? [...(registered.app?.fields ?? [])] : undefined;
		done.push({ ...target, ...(keep ? { previous: current } : {}), ...(previousFields ? { previousFields } : {}) });
		steps.push(
			target === override ? clear(override, businessAccountId) : pointTo(target, callbackUrl, businessAccountId),
		);
	}
	return {
		kind: 'register',
		steps,
		registration: { url: callbackUrl, businessAccountId, targets: done, subscribedAccount: !registered.subscribed },
	};
}

/** Whether a registration is what a request would make: then it can be trusted while Meta does not answer. */
export function isRegistrationOf(registration: Registration, request: SubscriptionRequest, appId: string): boolean {
	const wanted = targetsOf(request, appId);
	return (
		registration.url === request.callbackUrl &&
		registration.businessAccountId === request.businessAccountId &&
		wanted.every(({ level, id }) => registration.targets.some((target) => target.level === level && target.id === id))
	);
}

/** What a node without a record of its deeds must have registered, if anything. */
export function assumedRegistration(request: SubscriptionRequest, appId: string): Registration {
	return {
		url: request.callbackUrl,
		businessAccountId: request.businessAccountId,
		targets: targetsOf(request, appId),
		subscribedAccount: false,
	};
}

/**
 * Decides how to undo a registration: only where its own address still stands, back to what was there before.
 */
export function planRemoval(registration: Registration, registered: RegisteredWebhooks): SubscriptionStep[] {
	const { businessAccountId, url } = registration;
	const unsubscribe = registration.subscribedAccount && registered.subscribed && !registered.othersDepend;
	const steps = registration.targets.flatMap((target): SubscriptionStep[] => {
		const current = currentAddress(target, registered);
		const clearedByUs =
			target.level === 'businessAccount' &&
			target.previous !== undefined &&
			current === undefined &&
			registration.targets.some(({ level }) => level === 'app');
		if (current !== url && !clearedByUs) return [];
		if (target.previous !== undefined) {
			return [pointTo(target, target.previous, businessAccountId, target.previousFields)];
		}
		if (unsubscribe && target.level === 'businessAccount') return [];
		return [clear(target, businessAccountId)];
	});
	const ownOverrideOnly = registered.businessAccount === undefined || registered.businessAccount === url;
	return unsubscribe && ownOverrideOnly ? [...steps, { do: 'unsubscribeAccount', businessAccountId }] : steps;
}
