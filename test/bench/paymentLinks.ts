/**
 * A payment link: what it costs beyond the answer of Stripe's API itself, measured side by side, and what a thousand identical
 * requests at once end in; on both databases.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { readStripeCredential } from '../../nodes/shared/clients/stripe/credential';
import { createPaymentLink } from '../../nodes/shared/clients/stripe/paymentLinks';
import { openStripe } from '../../nodes/shared/clients/stripe/stripe';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { openStore } from '../../nodes/shared/store/open';
import type { Store, StoreSettings } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectOrder, type PaymentOrder } from '../../nodes/shared/usecases/stripe/collectOrder';
import { startPostgres } from '../support/host/postgres';
import { startStripeSimulator } from '../simulators/stripe';
import { customerWho, type Customer } from '../support/records';
import { median } from './pureCosts';
import { shown, type Expectation, type Figure } from './report';

const EXPECTED = { addedMilliseconds: 30 } as const;

/** About what Stripe takes for a link. */
const ANSWER_OF_STRIPE_MS = 200;
const IDENTICAL = 1_000;

export interface LinkCosts {
	readonly database: 'SQLite' | 'PostgreSQL';
	/** Medians, ms. */
	readonly apiAlone: number;
	readonly withStore: number;
	readonly links: number;
	readonly identical: {
		readonly requests: number;
		readonly links: number;
		readonly messages: number;
		readonly milliseconds: number;
	};
}

const AMOUNT = 25_000_000;
const item = { currency: 'COP', unitAmount: AMOUNT, name: '3 impresoras', quantity: 1 } as const;

const orderOf = (requestId: string, customer: Customer): PaymentOrder => ({
	requestId,
	kind: 'full',
	item,
	amount: { minor: AMOUNT, currency: 'COP' },
	description: item.name,
	page: { kind: 'link', uses: 1 },
	collectPhone: false,
	metadata: {},
	customer,
});

async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

async function costsOn(database: LinkCosts['database'], store: Store, links: number): Promise<LinkCosts> {
	const simulator = await startStripeSimulator({ latencyMs: ANSWER_OF_STRIPE_MS });
	try {
		await saveProfile(store, profiles.prosuministros, 'bench');
		const customer = await customerWho(store, '573001112233', 'necesito cotizar 3 impresoras');
		const stripe = openStripe(readStripeCredential(simulator.credential));
		const ask = async (requestId: string) => await collectOrder(store, stripe, orderOf(requestId, customer));
		const askStripe = async (key: string) =>
			await createPaymentLink(stripe, { item, subscription: false, metadata: {}, uses: 1, collectPhone: false }, key);
		await ask('warm');
		await askStripe('warm alone');
		const alone: number[] = [];
		const whole: number[] = [];
		// One after the other in turns: whatever else the machine does disturbs both alike.
		for (let count = 0; count < links; count += 1) {
			alone.push(await timed(async () => await askStripe(`alone ${count}`)));
			whole.push(await timed(async () => await ask(`whole ${count}`)));
		}
		const before = simulator.all('payment_link').length;
		const milliseconds = await timed(
			async () => await Promise.all(Array.from({ length: IDENTICAL }, async () => await ask('the same'))),
		);
		const messages = await store.db
			.selectFrom('outbox')
			.select('id')
			.where('workspace_id', '=', store.workspaceId)
			.where('request_id', '=', 'payment:the same')
			.execute();
		return {
			database,
			links,
			apiAlone: median(alone),
			withStore: median(whole),
			identical: {
				requests: IDENTICAL,
				links: simulator.all('payment_link').length - before,
				messages: messages.length,
				milliseconds,
			},
		};
	} finally {
		await simulator.stop();
	}
}

/** Measures `links` links on each database. */
export async function paymentLinkCosts(
	folder: string,
	links: number,
	narrate: (line: string) => void,
): Promise<readonly LinkCosts[]> {
	const encryptionKey = randomBytes(32).toString('hex');
	const workspaceId = 'bench';
	const postgres = await startPostgres();
	try {
		const { database: databaseName, ...login } = await postgres.createDatabase('crm');
		const places: ReadonlyArray<readonly [LinkCosts['database'], StoreSettings]> = [
			['SQLite', { database: 'sqlite', workspaceId, path: join(folder, 'payments.sqlite'), encryptionKey }],
			['PostgreSQL', { database: 'postgres', workspaceId, ...login, databaseName, ssl: false, encryptionKey }],
		];
		const costs: LinkCosts[] = [];
		for (const [database, settings] of places) {
			narrate(`Payment links on ${database}: ${links} one by one, then ${shown(IDENTICAL)} identical requests at once`);
			const store = await openStore(settings);
			try {
				costs.push(await costsOn(database, store, links));
			} finally {
				await store.close();
			}
		}
		return costs;
	} finally {
		await postgres.stop();
	}
}

const added = ({ apiAlone, withStore }: LinkCosts): number => withStore - apiAlone;

export const linkRows = (costs: readonly LinkCosts[]): string[][] => [
	['', ...costs.map(({ database }) => database)],
	["Stripe's API alone, ms (median)", ...costs.map(({ apiAlone }) => shown(apiAlone))],
	['The whole link, ms (median)', ...costs.map(({ withStore }) => shown(withStore))],
	['Added, ms', ...costs.map((one) => shown(added(one)))],
	[
		`${shown(IDENTICAL)} identical requests at once: links / messages`,
		...costs.map(({ identical }) => `${identical.links} / ${identical.messages}`),
	],
	['All of them answered after, ms', ...costs.map(({ identical }) => shown(identical.milliseconds))],
];

export const linkExpectations = (costs: readonly LinkCosts[]): Expectation[] =>
	costs.flatMap((one) => [
		{
			expected: `Payment link on ${one.database}: half of them under ${EXPECTED.addedMilliseconds} ms above the API's own answer`,
			measured: `${shown(added(one))} ms`,
			fine: added(one) < EXPECTED.addedMilliseconds,
		},
		{
			expected: `Payment link on ${one.database}: ${shown(one.identical.requests)} identical requests at once make one link and one message`,
			measured: `${one.identical.links} and ${one.identical.messages}`,
			fine: one.identical.links === 1 && one.identical.messages === 1,
		},
	]);

export const linkFigures = (costs: readonly LinkCosts[]): Figure[] =>
	costs.flatMap((one) => [
		{ name: `payment link: API alone p50, ${one.database}`, value: Number(one.apiAlone.toPrecision(4)), unit: 'ms' },
		{
			name: `payment link: whole p50, ${one.database}`,
			value: Number(one.withStore.toPrecision(4)),
			unit: 'ms',
			ratio: Number((one.withStore / one.apiAlone).toPrecision(4)),
		},
		{
			name: `payment link: ${one.identical.requests} identical requests at once, ${one.database}`,
			value: Number(one.identical.milliseconds.toPrecision(4)),
			unit: 'ms',
		},
	]);
