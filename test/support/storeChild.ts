/** Another process on a store, for tests of several processes: does what it is told, and says so on standard output. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import { createRequestPace } from '../../nodes/shared/clients/wazzup/requestPace';
import { openStore } from '../../nodes/shared/store/open';
import type { StoreSettings } from '../../nodes/shared/store/store';
import { countRequests } from '../../nodes/shared/usecases/countRequests';

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
	| { readonly act: 'hold file'; readonly path: string; readonly milliseconds: number };

const say = (line: string): void => {
	process.stdout.write(`${line}\n`);
};

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
