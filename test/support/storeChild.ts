/** Another process on a store, for tests of several processes: does what it is told, and says so on standard output. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import { v7 as uuid } from 'uuid';

import { readStripeCredential } from '../../nodes/shared/clients/stripe/credential';
import { openStripe } from '../../nodes/shared/clients/stripe/stripe';
import { createRequestPace } from '../../nodes/shared/clients/wazzup/requestPace';
import type { PaymentProvider } from '../../nodes/shared/domain/payments/provider';
import { openStore } from '../../nodes/shared/store/open';
import type { StoreSettings } from '../../nodes/shared/store/store';
import { countRequests } from '../../nodes/shared/usecases/send/countRequests';
import { reconcilePayments } from '../../nodes/shared/usecases/payments/reconcilePayments';
import { settlePaymentEvents } from '../../nodes/shared/usecases/payments/settlePaymentEvents';
import { stripeProvider } from '../../nodes/shared/usecases/stripe/stripeProvider';

/** What the process is told, as JSON in its first argument. */
export type ChildTask =
	| { readonly act: 'open'; readonly settings: StoreSettings }
	| { readonly act: 'forget to close'; readonly settings: StoreSettings }
	| { readonly act: 'live'; readonly settings: StoreSettings; readonly bootId: string }
	| { readonly act: 'write without end'; readonly settings: StoreSettings }
	| { readonly act: 'count up'; readonly settings: StoreSettings; readonly name: string; readonly times: number }
	| {
			readonly act: 'make requests';
			readonly settings: StoreSettings;
			readonly account: string;
			readonly times: number;
			/** Where the requests go. */
			readonly url: string;
	  }
	| {
			readonly act: 'settle payments';
			readonly settings: StoreSettings;
			readonly webhookId: string;
			/** Values of the credential. */
			readonly stripe: object;
			/** The time of the whole process, and since when it is reconciled, ms. */
			readonly now: number;
			readonly since: number;
			/** The step at which it kills itself: an id that is made inside a transaction, or an answer of Stripe. */
			readonly dieAt?: number;
	  }
	| { readonly act: 'hold file'; readonly path: string; readonly milliseconds: number };

const say = (line: string): void => {
	process.stdout.write(`${line}\n`);
};

async function settlePayments(task: ChildTask & { readonly act: 'settle payments' }): Promise<void> {
	let steps = 0;
	const pass = (): void => {
		steps += 1;
		if (steps === task.dieAt) process.kill(process.pid, 'SIGKILL');
	};
	const store = await openStore(task.settings, {
		clock: () => task.now,
		newId: () => {
			pass();
			return uuid({ msecs: task.now });
		},
	});
	const stripe = stripeProvider(openStripe(readStripeCredential(task.stripe)), () => task.now);
	const provider: PaymentProvider = {
		name: stripe.name,
		mode: stripe.mode,
		lookAgain: async (open) => await stripe.lookAgain(open),
		list: async (page) => await stripe.list(page),
		readBack: async (hint) => {
			pass();
			const truth = await stripe.readBack(hint);
			pass();
			return truth;
		},
	};
	while ((await settlePaymentEvents(store, task.webhookId, provider)) > 0);
	await reconcilePayments(store, provider, { since: task.since, webhookId: task.webhookId });
	await store.close();
}

async function perform(task: ChildTask): Promise<void> {
	if (task.act === 'hold file') {
		const database = new DatabaseSync(task.path);
		database.exec('begin immediate');
		say('ready');
		await sleep(task.milliseconds);
		database.exec('commit');
		database.close();
		return;
	}
	if (task.act === 'settle payments') return await settlePayments(task);
	const store = await openStore(task.settings, task.act === 'live' ? { bootId: task.bootId } : {});
	if (task.act === 'open') say('ready');
	if (task.act === 'forget to close') return;
	if (task.act === 'live') {
		say('ready');
		await sleep(600_000);
	}
	if (task.act === 'write without end') {
		for (let round = 0; ; round += 1) {
			await store.transaction(async (tx) => {
				for (const half of ['left', 'right']) {
					await tx
						.insertInto('counters')
						.values({ workspace_id: store.workspaceId, name: `${half}-${round}`, value: round })
						.execute();
				}
			});
			if (round === 20) say('ready');
		}
	}
	if (task.act === 'make requests') {
		say('ready');
		const pace = createRequestPace(countRequests(store, task.account));
		await Promise.all(
			Array.from({ length: task.times }, async () => {
				await pace.take();
				await fetch(`${task.url}?at=${Date.now()}`);
			}),
		);
	}
	if (task.act === 'count up') {
		say('ready');
		for (let time = 0; time < task.times; time += 1) {
			const [result] = await store.eachLocked([task.name], async (tx) => {
				const counter = await tx
					.selectFrom('counters')
					.select('value')
					.where('workspace_id', '=', store.workspaceId)
					.where('name', '=', task.name)
					.executeTakeFirstOrThrow();
				await tx
					.updateTable('counters')
					.set({ value: counter.value + 1 })
					.where('workspace_id', '=', store.workspaceId)
					.where('name', '=', task.name)
					.execute();
			});
			if (result !== undefined && 'error' in result) throw result.error;
		}
	}
	await store.close();
}

perform(JSON.parse(process.argv[2] ?? '{}') as ChildTask).catch((error: Error) => {
	process.stderr.write(`${error.stack ?? error.message}\n`);
	process.exitCode = 1;
});
