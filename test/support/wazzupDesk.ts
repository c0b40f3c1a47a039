import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { INode, INodeExecutionData } from 'n8n-workflow';

import { OUTPUTS } from '../../nodes/WazzupTrigger/outputs';
import { WazzupTrigger } from '../../nodes/WazzupTrigger/WazzupTrigger.node';
import { accountFingerprint, readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, failEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import type { ItemJson } from '../../nodes/shared/usecases/emit/items';
import { saveAdvisor, type AdvisorInput } from '../../nodes/shared/usecases/team/saveAdvisor';
import { syncRunsOnChanges } from '../../nodes/shared/usecases/wazzup/dueSync';
import { startWazzupSimulator, type Person, type WazzupSimulator } from '../simulators/wazzup';
import { DeskClock } from './deskClock';
import { callWebhook, runWorkflow, type CredentialsOfTheTest, type RunOutcome } from './engine';
import { shippedWorkflow, type ShippedWorkflow } from './templateDesk';

/** A channel of WhatsApp, and one of WhatsApp Business API, which has buttons and templates. */
export const WHATSAPP = '7f3a0d54-3a4b-4c7e-9d3e-000000000001';
export const BUSINESS_API = '7f3a0d54-3a4b-4c7e-9d3e-000000000002';
export const TEMPLATE = '5f1b7c2e-0000-4000-8000-000000000001';

const API_KEY = 'key-of-the-wazzup-desk';
const SECRET = 'secret-of-the-wazzup-desk';
const KEY = 'cd'.repeat(32);

export interface WazzupDeskOptions {
	/** Files of the package; the first takes the webhooks, the others work on what is due. */
	readonly templates: readonly [string, ...string[]];
	/** Changes to the client's profile; answers come at once unless told otherwise. */
	readonly profile?: Readonly<Record<string, unknown>>;
	readonly advisors?: readonly AdvisorInput[];
	/** Other nodes or wires than the shipped ones. */
	readonly change?: (workflow: ShippedWorkflow) => ShippedWorkflow;
}

interface Placed {
	readonly workflow: ShippedWorkflow;
	readonly trigger: INode;
	readonly webhookId: string;
}

/** @param desk in the webhook id too: one process remembers for seconds which trigger has noted a channel. */
function place(workflow: ShippedWorkflow, desk: string, index: number): Placed {
	const trigger = workflow.nodes.find(({ type }) => type.endsWith('.wazzupTrigger'));
	if (trigger === undefined) throw new Error(`'${workflow.name}' has no Wazzup Trigger`);
	return { workflow, trigger, webhookId: `${desk}-${index}` };
}

/**
 * Shipped workflows of Wazzup on n8n's real engine, with the Wazzup simulator and a store of their own: webhooks are
 * taken by the real trigger node, executions carry what the journal and Due have, and their end is acknowledged, as the
 * trigger's pump does it.
 */
export class WazzupDesk {
	readonly runs: RunOutcome[] = [];

	private constructor(
		readonly wazzup: WazzupSimulator,
		readonly store: Store,
		readonly credentials: CredentialsOfTheTest,
		private readonly placed: readonly Placed[],
		private readonly receiver: Server,
		private readonly folder: string,
		private readonly clock: DeskClock,
	) {}

	static async open({ templates, profile, advisors = [], change }: WazzupDeskOptions): Promise<WazzupDesk> {
		const clock = new DeskClock();
		const folder = mkdtempSync(path.join(tmpdir(), 'wazzup-desk-'));
		const filePath = path.join(folder, 'store.sqlite');
		const wazzup = await startWazzupSimulator({
			apiKey: API_KEY,
			channels: [
				{ channelId: WHATSAPP, transport: 'whatsapp', plainId: '573001112201', name: 'Ventas' },
				{ channelId: BUSINESS_API, transport: 'wapi', plainId: '573001112202', name: 'Oficial' },
			],
			templates: [{ templateGuid: TEMPLATE, name: 'pedido', body: 'Hola {{1}}', channelId: BUSINESS_API }],
		});
		const store = await openStore({ database: 'sqlite', workspaceId: 'desk', path: filePath, encryptionKey: KEY });
		await saveProfile(store, { ...prosuministros, answerDelayMs: 0, ...profile }, 'test');
		for (const advisor of advisors) await saveAdvisor(store, advisor, 'test');
		const credentials = {
			wazzupApi: { apiKey: API_KEY, baseUrl: wazzup.baseUrl, webhookSecret: SECRET },
			whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'desk', filePath, encryptionKey: KEY },
		};
		const placed = templates.map((file, index) => {
			const shipped = shippedWorkflow(file);
			return place(change?.(shipped) ?? shipped, path.basename(folder), index);
		});
		const [first] = placed;
		if (first === undefined) throw new Error('A desk has a workflow');
		const account = accountFingerprint(readWazzupCredential(credentials.wazzupApi));
		for (const { trigger, webhookId } of placed) {
			const { syncOnChanges } = trigger.parameters.options as { syncOnChanges?: boolean };
			if (syncOnChanges === true) await syncRunsOnChanges(store, account, webhookId, true);
		}
		const receiver = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				callWebhook(WazzupTrigger, {
					body: Buffer.concat(chunks),
					headers: { 'content-type': 'application/json' },
					query: Object.fromEntries(new URL(request.url ?? '/', 'http://127.0.0.1').searchParams),
					credentials,
					parameters: first.trigger.parameters,
					webhookId: first.webhookId,
					// Webhook nodes remember a credential for a few seconds, by workflow.
					workflowId: folder,
					instanceBaseUrl: 'https://n8n.test/',
				}).then(
					({ status, headers, body }) =>
						response.writeHead(status, { 'content-type': headers['content-type'] ?? 'text/plain' }).end(body),
					() => response.writeHead(500).end(),
				);
			});
		});
		await new Promise<void>((resolve) => {
			receiver.listen(0, '127.0.0.1', resolve);
		});
		wazzup.account.webhooksUri = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/?secret=${SECRET}`;
		Object.assign(wazzup.account.subscriptions, {
			messagesAndStatuses: true,
			contactsAndDealsCreation: true,
			channelsUpdates: true,
			templateStatus: true,
		});
		return new WazzupDesk(wazzup, store, credentials, placed, receiver, folder, clock);
	}

	/** Somebody who writes to the channel of WhatsApp. */
	customer(chatId: string, name: string, channelId = WHATSAPP): Person {
		return this.wazzup.person({ channelId, chatId, name });
	}

	private async execute(
		{ workflow, trigger }: Placed,
		emissionId: string,
		items: Readonly<Partial<Record<string, readonly ItemJson[]>>>,
	): Promise<void> {
		const listOf = (json: readonly ItemJson[] = []): INodeExecutionData[] =>
			json.map((item) => ({ json: item as INodeExecutionData['json'] }));
		const run = await runWorkflow({
			nodes: workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
			connections: workflow.connections,
			settings: workflow.settings,
			credentials: this.credentials,
			startNode: trigger.name,
			inputItems: OUTPUTS.map((output) => listOf(items[output])),
			executionId: emissionId,
			instanceBaseUrl: 'https://n8n.test/',
		});
		this.runs.push(run);
		if (run.status === 'success') await finishEmission(this.store, emissionId);
		else await failEmission(this.store, emissionId, run.error?.message ?? run.status);
	}

	/** One execution for everything that waits. Says whether there was anything. */
	private async runOnce(): Promise<boolean> {
		let worked = false;
		for (const placed of this.placed) {
			const emission = await claimEmission(this.store, placed.webhookId, 100);
			if (emission) await this.execute(placed, emission.id, emission.items);
			const due = await collectDue(this.store, placed.webhookId);
			for (const { id, items } of due) await this.execute(placed, id, { due: items });
			worked ||= emission !== undefined || due.length > 0;
		}
		return worked;
	}

	/** Executes until nothing waits any more and every webhook has been taken. */
	async settle(): Promise<void> {
		for (;;) {
			await this.wazzup.settled();
			if (!(await this.runOnce())) return;
		}
	}

	/** Lets time pass, then executes what has fallen due. */
	async wait(minutes: number): Promise<void> {
		this.clock.forward(minutes * 60_000);
		await this.settle();
	}

	/** The workflow pressed by hand in the editor: from its button, else from the trigger with its pinned samples. */
	async pressByHand(): Promise<RunOutcome> {
		const [{ workflow, trigger }] = this.placed as readonly [Placed];
		const button = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		return await runWorkflow({
			nodes: workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
			connections: workflow.connections,
			settings: workflow.settings,
			credentials: this.credentials,
			startNode: (button ?? trigger).name,
			mode: 'manual',
			pinData: workflow.pinData,
			instanceBaseUrl: 'https://n8n.test/',
		});
	}

	/** Everything that is not at its end, in words; empty when the desk is at rest. */
	async unfinished(): Promise<readonly string[]> {
		const { db } = this.store;
		const [effects, outbox, journal] = await Promise.all([
			db.selectFrom('effects').select(['output', 'state', 'error']).where('state', '!=', 'done').execute(),
			db.selectFrom('outbox').select(['state', 'error']).where('state', 'not in', ['accepted', 'cancelled']).execute(),
			db.selectFrom('journal').select(['output', 'state', 'error']).where('state', '!=', 'done').execute(),
		]);
		return [...effects, ...outbox, ...journal].map((row) => JSON.stringify(row));
	}

	async close(): Promise<void> {
		await this.wazzup.close();
		this.receiver.closeAllConnections();
		await new Promise((resolve) => {
			this.receiver.close(resolve);
		});
		await this.store.close();
		await closeIdleStores();
		this.clock.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
