import type { Insertable, Selectable, Transaction } from 'kysely';

import type { Database, EffectsTable } from '../schema';
import type { Executor, Store } from '../store';

export type EffectRow = Selectable<EffectsTable>;

/** Writes effects; one that exists already (a repeated turn) stays as it is. */
export async function insertEffects(
	tx: Transaction<Database>,
	rows: ReadonlyArray<Insertable<EffectsTable>>,
): Promise<void> {
	if (rows.length === 0) return;
	await tx
		.insertInto('effects')
		.values([...rows])
		.onConflict((conflict) => conflict.column('id').doNothing())
		.execute();
}

export async function getEffect(executor: Executor, workspaceId: string, id: string): Promise<EffectRow | undefined> {
	return await executor
		.selectFrom('effects')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** The execution that carried them succeeded. */
export async function finishEffects(tx: Transaction<Database>, store: Store, emissionId: string): Promise<void> {
	await tx
		.updateTable('effects')
		.set({ state: 'done', finished_at: store.now(), error: null })
		.where('emission_id', '=', emissionId)
		.where('state', '=', 'emitted')
		.execute();
}

export async function effectsOfEmission(tx: Transaction<Database>, emissionId: string): Promise<EffectRow[]> {
	return await tx
		.selectFrom('effects')
		.selectAll()
		.where('emission_id', '=', emissionId)
		.where('state', '=', 'emitted')
		.execute();
}

/** Effects whose branch must be walked again: released after a failure, or carried by a process that is gone. */
export async function dueEffects(
	executor: Executor,
	store: Store,
	webhookId: string,
	livingOwners: readonly string[],
	limit: number,
): Promise<EffectRow[]> {
	return await executor
		.selectFrom('effects')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where('state', 'in', ['ready', 'emitted'])
		.where((row) =>
			row.or([
				row.and([row('state', '=', 'ready'), row('ready_at', '<=', store.now())]),
				row.and([
					row('state', '=', 'emitted'),
					row.or([row('owner', 'is', null), row('owner', 'not in', livingOwners)]),
				]),
			]),
		)
		.orderBy('id')
		.limit(limit)
		.execute();
}

export async function claimEffect(
	tx: Transaction<Database>,
	store: Store,
	id: string,
	emissionId: string,
): Promise<number> {
	const row = await tx
		.updateTable('effects')
		.set((effect) => ({
			state: 'emitted',
			owner: store.bootId,
			emission_id: emissionId,
			attempts: effect('attempts', '+', 1),
		}))
		.where('id', '=', id)
		.returning('attempts')
		.executeTakeFirstOrThrow();
	return row.attempts;
}

/** Back to ready at `readyAt`, or to the dead letter with the reason. */
export async function releaseEffect(
	tx: Transaction<Database>,
	id: string,
	next: { readonly state: 'ready' | 'dead'; readonly readyAt: number; readonly error: string },
): Promise<void> {
	await tx
		.updateTable('effects')
		.set({ state: next.state, ready_at: next.readyAt, error: next.error, owner: null, emission_id: null })
		.where('id', '=', id)
		.execute();
}
