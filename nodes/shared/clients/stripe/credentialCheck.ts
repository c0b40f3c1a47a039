import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { InvalidInput } from '../../domain/invalidInput';
import { RequestFailure } from '../../http/failure';
import { getAccount } from './account';
import { listCheckoutSessions } from './checkoutSessions';
import { modeOf, readStripeCredential } from './credential';
import { listDisputes } from './disputes';
import { listInvoicePayments } from './invoicePayments';
import { listInvoices } from './invoices';
import { listPaymentIntents } from './paymentIntents';
import { listPaymentLinks } from './paymentLinks';
import { listPrices } from './prices';
import { listRefunds } from './refunds';
import { openStripe, type Stripe } from './stripe';
import { listWebhookEndpoints } from './webhookEndpoints';

/** What the credential's Test button says. */
export interface CredentialCheck {
	readonly ok: boolean;
	readonly message: string;
}

const ONE = { limit: 1 };

/** What our nodes need to read, by its name in the Dashboard. */
const PERMISSIONS: ReadonlyArray<readonly [name: string, ask: (stripe: Stripe) => Promise<unknown>]> = [
	['Checkout Sessions', async (stripe) => await listCheckoutSessions(stripe, ONE)],
	['Disputes', async (stripe) => await listDisputes(stripe, ONE)],
	['Invoices', async (stripe) => await Promise.all([listInvoices(stripe, ONE), listInvoicePayments(stripe, ONE)])],
	['Payment Intents and Charges', async (stripe) => await listPaymentIntents(stripe, ONE)],
	['Payment Links', async (stripe) => await listPaymentLinks(stripe, ONE)],
	['Prices and Products', async (stripe) => await listPrices(stripe, ONE)],
	['Refunds', async (stripe) => await listRefunds(stripe, ONE)],
	['Webhook Endpoints', async (stripe) => await listWebhookEndpoints(stripe, ONE)],
];

/** What our nodes need to write; who keeps the webhook endpoint by hand needs no permission for it. */
const WRITES: ReadonlyArray<readonly [name: string, path: string]> = [
	['Checkout Sessions', '/checkout/sessions'],
	['Payment Links', '/payment_links'],
	['Refunds', '/refunds'],
];

/**
 * Asks for something that Stripe can only refuse: for the permission, or else because it knows no such parameter. Nothing is made in
 * either case.
 */
async function tryToWrite(stripe: Stripe, path: string): Promise<unknown> {
	try {
		return await stripe.post({
			path,
			body: { permission_check: 'true' },
			idempotencyKey: randomUUID(),
			answer: z.unknown(),
			purpose: 'Check permission',
		});
	} catch (error) {
		if (error instanceof RequestFailure && error.kind === 'rejected') return undefined;
		throw error;
	}
}

/** Whether a restricted key may do something; anything but a refusal of the key is thrown. */
async function isAllowed(ask: Promise<unknown>): Promise<boolean> {
	try {
		await ask;
		return true;
	} catch (error) {
		if (error instanceof RequestFailure && error.status === 403) return false;
		throw error;
	}
}

/** Says whose account it is, whether payments are real, and which permissions are missing. Never throws. */
export async function checkStripeCredential(values: unknown): Promise<CredentialCheck> {
	try {
		const credential = readStripeCredential(values);
		const stripe = openStripe(credential);
		const allowed = await Promise.all(
			PERMISSIONS.map(async ([name, ask]) => ((await isAllowed(ask(stripe))) ? [] : [name])),
		);
		const written = await Promise.all(
			WRITES.map(async ([name, path]) => ((await isAllowed(tryToWrite(stripe, path))) ? [] : [`${name} (write)`])),
		);
		const missing = [...allowed.flat(), ...written.flat()];
		if (missing.length > 0) {
			return {
				ok: false,
				message: `The key may not use ${missing.join(', ')}. Allow it in the Dashboard under Developers, API keys.`,
			};
		}
		const mode = modeOf(credential) === 'live' ? 'Live mode: payments are real' : 'Test mode: no real money moves';
		return { ok: true, message: `Connected${await accountInWords(stripe)}. ${mode}.` };
	} catch (error) {
		if (error instanceof InvalidInput || error instanceof RequestFailure) {
			return { ok: false, message: `${error.message}. ${error.description ?? 'Check the credential.'}` };
		}
		return {
			ok: false,
			message: `The credential could not be tested. ${error instanceof Error ? error.message : String(error)}`,
		};
	}
}

/** Restricted keys may have no view of the account itself, which our nodes do not need. */
async function accountInWords(stripe: Stripe): Promise<string> {
	try {
		const { id, name, country, chargesEnabled } = await getAccount(stripe);
		const place = country === undefined ? '' : `, ${country}`;
		return ` to ${name ?? id} (${id}${place})${chargesEnabled ? '' : ', which may not collect yet: finish its activation in the Dashboard'}`;
	} catch (error) {
		if (error instanceof RequestFailure && error.status === 403) return '';
		throw error;
	}
}
