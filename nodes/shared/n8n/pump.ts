import type { IDataObject, INodeExecutionData, IRun, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import type { Store } from '../store/store';
import { watchDesk } from '../usecases/alerts/watchDesk';
import { collectDue } from '../usecases/emit/due';
import {
	claimEmission,
	failEmission,
	finishEmission,
	recoverOrphans,
	type Emission,
	type TriggerOutput,
} from '../usecases/emit/emissions';
import type { ItemJson } from '../usecases/emit/items';
import { pruneFinished } from '../usecases/emit/pruneFinished';
import { journalTopic } from '../usecases/emit/journalTopic';

/** Executions of one trigger node under way at once. */
const CONCURRENT_EMISSIONS = 4;

/** Events in one execution at most. */
const BATCH = 100;

/** How long events are gathered while an execution is under way, ms. An idle trigger emits at once. */
const GATHER = 250;

/** How often the store is asked: a separate webhook process cannot signal into this one. */
const POLL = 250;

/** How often reminders, closures, unfinished effects and unsent messages are looked for, ms. */
const DUE_INTERVAL = 1_000;

/** How often finished rows are removed, ms. */
const PRUNE_INTERVAL = 3_600_000;

/** How often the figures are brought up to date and looked at for what is unusual, ms. */
const WATCH_INTERVAL = 60_000;

export interface PumpOptions {
	readonly store: Store;
	/** The node's webhook id: a pump claims only what its own node received. */
	readonly webhookId: string;
	/** The node's outputs in their order on the canvas. */
	readonly outputs: ReadonlyArray<TriggerOutput | 'due'>;
}

function toItems(json: readonly ItemJson[]): INodeExecutionData[] {
	return json.map((item) => ({ json: item as IDataObject }));
}

/** What an execution that did not succeed says, with the node's name. */
function failureOf(run: IRun | undefined): string | undefined {
	if (run?.status === 'success') return undefined;
	const { resultData } = run?.data ?? {};
	const node = resultData?.lastNodeExecuted;
	const message = resultData?.error?.message ?? `The execution ended as '${run?.status ?? 'unknown'}'`;
	return node === undefined ? message : `${node}: ${message}`;
}

/**
 * Turns journal rows and due work of one trigger node into executions, and their end into acknowledgements. Nothing
 * that a webhook acknowledged is forgotten: a row is done when the execution that carried it succeeded.
 */
class TriggerPump {
	private readonly running = new Set<Promise<void>>();
	/** Ends that could not be written yet (the store was away): written again before the next due work. */
	private readonly unwritten = new Map<string, string | undefined>();
	private stopped = false;
	private busy = false;
	private again = false;
	private lastEmission = 0;
	private gathering: NodeJS.Timeout | undefined;
	private readonly timers: NodeJS.Timeout[] = [];
	private readonly unsubscribe: () => void;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly options: PumpOptions,
	) {
		this.unsubscribe = options.store.onSignal(journalTopic(options.webhookId), () => this.gather());
		this.timers.push(
			setInterval(() => this.gather(), POLL),
			setInterval(() => this.guard(async () => await this.emitDue()), DUE_INTERVAL),
			setInterval(() => this.guard(async () => await pruneFinished(options.store)), PRUNE_INTERVAL),
			setInterval(() => this.guard(async () => void (await watchDesk(options.store))), WATCH_INTERVAL),
		);
		this.guard(async () => {
			await recoverOrphans(options.store, options.webhookId);
			await this.emitDue();
			await this.emitReady();
		});
	}

	/** Stops claiming. Executions under way end as they will; their acknowledgements are still written. */
	async stop(): Promise<void> {
		this.stopped = true;
		this.unsubscribe();
		clearTimeout(this.gathering);
		for (const timer of this.timers) clearInterval(timer);
		await Promise.allSettled(this.running);
		await this.options.store.close();
	}

	private guard(work: () => Promise<void>): void {
		if (this.stopped) return;
		work().catch((error: unknown) => {
			this.context.logger.warn(`WhatsApp CRM: ${error instanceof Error ? error.message : String(error)}`, {
				node: this.context.getNode().name,
			});
		});
	}

	private gather(): void {
		if (this.gathering !== undefined || this.stopped) return;
		const wait = this.running.size === 0 ? 0 : Math.max(0, this.lastEmission + GATHER - Date.now());
		this.gathering = setTimeout(() => {
			this.gathering = undefined;
			this.guard(async () => await this.emitReady());
		}, wait);
	}

	private async emitReady(): Promise<void> {
		if (this.busy) {
			this.again = true;
			return;
		}
		this.busy = true;
		try {
			while (!this.stopped && this.running.size < CONCURRENT_EMISSIONS) {
				this.again = false;
				const emission = await claimEmission(this.options.store, this.options.webhookId, BATCH);
				if (emission === undefined) {
					if (this.again) continue;
					return;
				}
				this.emit(emission.id, this.outputsOf(emission));
				// A full batch means that more waits; a part of one means that gathering pays.
				if (emission.count < BATCH) return;
			}
		} finally {
			this.busy = false;
		}
	}

	private outputsOf(emission: Emission): INodeExecutionData[][] {
		return this.options.outputs.map((output) => (output === 'due' ? [] : toItems(emission.items[output] ?? [])));
	}

	private async emitDue(): Promise<void> {
		for (const [emissionId, failure] of this.unwritten) await this.writeEnd(emissionId, failure);
		await recoverOrphans(this.options.store, this.options.webhookId);
		for (const due of await collectDue(this.options.store, this.options.webhookId)) {
			this.emit(
				due.id,
				this.options.outputs.map((output) => (output === (due.output ?? 'due') ? toItems(due.items) : [])),
			);
		}
	}

	private emit(emissionId: string, outputs: INodeExecutionData[][]): void {
		const done = this.context.helpers.createDeferredPromise<IRun>();
		this.lastEmission = Date.now();
		const ended = this.acknowledge(emissionId, done.promise).finally(() => {
			this.running.delete(ended);
			this.gather();
		});
		this.running.add(ended);
		this.context.emit(outputs, undefined, done);
	}

	private async acknowledge(emissionId: string, done: Promise<IRun>): Promise<void> {
		const failure = await done.then(failureOf, (error: unknown) =>
			error instanceof Error ? error.message : String(error),
		);
		this.unwritten.set(emissionId, failure);
		try {
			await this.writeEnd(emissionId, failure);
		} catch (error) {
			this.context.logger.warn(`WhatsApp CRM will acknowledge an execution later: ${String(error)}`);
		}
	}

	private async writeEnd(emissionId: string, failure: string | undefined): Promise<void> {
		if (failure === undefined) await finishEmission(this.options.store, emissionId);
		else await failEmission(this.options.store, emissionId, failure);
		this.unwritten.delete(emissionId);
	}
}

/**
 * Starts the pump of a trigger node. Called by `trigger()` in production; the store is closed with the trigger.
 */
export function startTriggerPump(context: ITriggerFunctions, options: PumpOptions): ITriggerResponse {
	const pump = new TriggerPump(context, options);
	return { closeFunction: async () => await pump.stop() };
}
