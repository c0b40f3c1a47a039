import type { WhatsAppClient } from '../../clients/whatsapp/client';
import { InvalidInput } from '../../domain/invalidInput';
import { RequestFailure } from '../../http/failure';
import {
	assumedRegistration,
	isRegistrationOf,
	planRegistration,
	planRemoval,
	type RegisteredWebhooks,
	type Registration,
	type SubscriptionRequest,
	type SubscriptionStep,
} from './subscription';

/** The calls that this needs of the client. */
export type SubscriptionClient = Pick<
	WhatsAppClient,
	| 'credential'
	| 'clearPhoneNumberWebhook'
	| 'deleteAppSubscription'
	| 'getPhoneNumberWebhooks'
	| 'listAppSubscriptions'
	| 'listPhoneNumbers'
	| 'listSubscribedApps'
	| 'setAppSubscription'
	| 'setPhoneNumberWebhook'
	| 'subscribeAccount'
	| 'unsubscribeAccount'
>;

const WHATSAPP_OBJECT = 'whatsapp_business_account';

/** Meta did not say no: it did not answer, or asked to wait. */
function isPassing(error: unknown): boolean {
	return (
		error instanceof RequestFailure && ['not_sent', 'rate_limited', 'temporary', 'unknown_outcome'].includes(error.kind)
	);
}

async function overridesOfNumbers(
	client: SubscriptionClient,
	phoneNumberIds: readonly string[],
): Promise<Record<string, string | undefined>> {
	const overrides: Record<string, string | undefined> = {};
	for (const phoneNumberId of phoneNumberIds) {
		overrides[phoneNumberId] = (await client.getPhoneNumberWebhooks(phoneNumberId)).phoneNumber;
	}
	return overrides;
}

/** Reads what is registered at Meta, as far as the question needs it. */
async function readRegistered(
	client: SubscriptionClient,
	businessAccountId: string,
	phoneNumberIds: readonly string[],
	question: { readonly app: boolean; readonly dependants: boolean },
	ownUrl: string,
): Promise<RegisteredWebhooks> {
	const { appId } = client.credential;
	const ourApp = (await client.listSubscribedApps(businessAccountId)).find((app) => app.appId === appId);
	const subscription =
		question.app || question.dependants
			? (await client.listAppSubscriptions()).find(({ object }) => object === WHATSAPP_OBJECT)
			: undefined;
	const numbers = question.dependants
		? [
				...new Set([
					...phoneNumberIds,
					...(await client.listPhoneNumbers({ businessAccountId })).rows.map(({ id }) => id),
				]),
			]
		: phoneNumberIds;
	const phoneNumbers = await overridesOfNumbers(client, numbers);
	const appUrl = subscription?.callbackUrl;
	return {
		subscribed: ourApp !== undefined,
		businessAccount: ourApp?.overrideCallbackUrl,
		phoneNumbers,
		...(subscription && appUrl !== undefined ? { app: { callbackUrl: appUrl, fields: subscription.fields } } : {}),
		othersDepend:
			(appUrl !== undefined && appUrl !== ownUrl) ||
			Object.values(phoneNumbers).some((url) => url !== undefined && url !== ownUrl),
	};
}

async function take(client: SubscriptionClient, step: SubscriptionStep): Promise<void> {
	const { verifyToken } = client.credential;
	switch (step.do) {
		case 'subscribeAccount':
		case 'clearAccount':
			return await client.subscribeAccount(step.businessAccountId);
		case 'unsubscribeAccount':
			return await client.unsubscribeAccount(step.businessAccountId);
		case 'overrideAccount':
			return await client.subscribeAccount(step.businessAccountId, { callbackUrl: step.url, verifyToken });
		case 'overrideNumber':
			return await client.setPhoneNumberWebhook(step.phoneNumberId, { callbackUrl: step.url, verifyToken });
		case 'clearNumber':
			return await client.clearPhoneNumberWebhook(step.phoneNumberId);
		case 'setApp':
			return await client.setAppSubscription({ callbackUrl: step.url, verifyToken, fields: step.fields });
		case 'deleteApp':
			return await client.deleteAppSubscription();
	}
}

/** The step that leaves nothing where `step` would have put an address. */
function clearingInsteadOf(step: SubscriptionStep): SubscriptionStep | undefined {
	switch (step.do) {
		case 'overrideAccount':
			return { do: 'clearAccount', businessAccountId: step.businessAccountId };
		case 'overrideNumber':
			return { do: 'clearNumber', phoneNumberId: step.phoneNumberId };
		case 'setApp':
			return { do: 'deleteApp' };
		default:
			return undefined;
	}
}

/**
 * Meta asks the address for our verify token before it restores it. Where somebody else's server keeps another token,
 * nothing of ours may stay: the level above takes over.
 */
async function takeBack(client: SubscriptionClient, step: SubscriptionStep): Promise<void> {
	try {
		await take(client, step);
	} catch (error) {
		const instead = clearingInsteadOf(step);
		if (instead === undefined || isPassing(error)) throw error;
		await take(client, instead);
	}
}

function numbersOf(registration: Registration): string[] {
	return registration.targets.filter(({ level }) => level === 'phoneNumber').map(({ id }) => id);
}

/**
 * Undoes a registration, wherever its address still stands.
 * @throws RequestFailure
 */
export async function unregisterWebhook(client: SubscriptionClient, registration: Registration): Promise<void> {
	const registered = await readRegistered(
		client,
		registration.businessAccountId,
		numbersOf(registration),
		{
			app: registration.targets.some(({ level }) => level === 'app'),
			dependants: registration.subscribedAccount,
		},
		registration.url,
	);
	for (const step of planRemoval(registration, registered)) await takeBack(client, step);
}

/** The registration to undo when a node stops: what it recorded, else what it must have done. */
export function registrationToUndo(
	client: SubscriptionClient,
	request: SubscriptionRequest | undefined,
	recorded: Registration | undefined,
): Registration | undefined {
	if (recorded !== undefined) return recorded;
	return request === undefined ? undefined : assumedRegistration(request, client.credential.appId);
}

async function plan(client: SubscriptionClient, request: SubscriptionRequest) {
	const registered = await readRegistered(
		client,
		request.businessAccountId,
		request.level === 'phoneNumber' ? request.phoneNumberIds : [],
		{ app: request.level === 'app' || request.purpose === 'test', dependants: false },
		request.callbackUrl,
	);
	return planRegistration(request, registered, client.credential.appId);
}

/**
 * Says whether webhooks come to this node already. While Meta does not answer, the record is believed: a workflow must
 * not stay off after a restart, with acknowledged messages waiting, because Meta is slow.
 * @throws RequestFailure
 */
export async function isWebhookRegistered(
	client: SubscriptionClient,
	request: SubscriptionRequest,
	recorded: Registration | undefined,
): Promise<boolean> {
	try {
		return (await plan(client, request)).kind === 'registered';
	} catch (error) {
		if (isPassing(error) && recorded && isRegistrationOf(recorded, request, client.credential.appId)) return true;
		throw error;
	}
}

/**
 * Makes webhooks come to this node, and says what was changed. A registration of earlier (another address, another
 * level) is undone first; when a step fails, the steps before it are undone.
 * @throws InvalidInput when somebody else's address is in the way, or ours cannot be registered
 * @throws RequestFailure
 */
export async function registerWebhook(
	client: SubscriptionClient,
	request: SubscriptionRequest,
	recorded: Registration | undefined,
): Promise<Registration> {
	const { appId } = client.credential;
	if (recorded !== undefined && !isRegistrationOf(recorded, request, appId)) await unregisterWebhook(client, recorded);
	const decided = await plan(client, request);
	if (decided.kind === 'refused')
		throw new InvalidInput({ message: decided.message, description: decided.description });
	if (decided.kind === 'registered') return recorded ?? assumedRegistration(request, appId);
	try {
		for (const step of decided.steps) await take(client, step);
	} catch (error) {
		try {
			await unregisterWebhook(client, decided.registration);
		} catch (second) {
			throw withAftermath(error, second);
		}
		throw error;
	}
	return decided.registration;
}

/** The first failure, with what it left behind. */
function withAftermath(first: unknown, second: unknown): Error {
	const why = second instanceof Error ? second.message : String(second);
	return new InvalidInput({
		message: first instanceof Error ? first.message : String(first),
		description: `What had been registered until then could not be undone (${why}). Activate the workflow again when Meta answers.`,
	});
}
