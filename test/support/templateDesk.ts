import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { IConnections, IDataObject, INode, INodeExecutionData, IPinData, IWorkflowSettings } from 'n8n-workflow';

import { WhatsAppCloudTrigger } from '../../nodes/WhatsAppCloudTrigger/WhatsAppCloudTrigger.node';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import { findContact } from '../../nodes/shared/store/repositories/contactLookup';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, failEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import { saveAdvisor, type AdvisorInput } from '../../nodes/shared/usecases/team/saveAdvisor';
import { startGraphSimulator, type GraphSimulator } from '../simulators/graph';
import { DeskClock } from './deskClock';
import { callWebhook, runWorkflow, type CredentialsOfTheTest, type RunOutcome } from './engine';
import { projectFolder } from './registered';

/** A workflow file of the package. */
export interface ShippedWorkflow {
	readonly name: string;
	readonly nodes: INode[];
	readonly connections: IConnections;
	readonly pinData?: IPinData;
	readonly settings: IWorkflowSettings;
	readonly meta?: Readonly<Record<string, unknown>>;
}

export function shippedWorkflow(file: string): ShippedWorkflow {
	return JSON.parse(readFileSync(path.join(projectFolder, 'workflows', file), 'utf8')) as ShippedWorkflow;
}

export const PHONE_NUMBER_ID = '106540352242922';
const APP = { appId: '670412345678901', appSecret: 'app-secret-of-the-desk', verifyToken: 'verify-of-the-desk' };
const ACCESS_TOKEN = 'EAAaccessOfTheDesk';
const ACCOUNT = '102290129340398';
const WEBHOOK_ID = '5d2c1f7e-0000-4000-8000-00000000d35c';
const KEY = 'cd'.repeat(32);

export interface TemplateDeskOptions {
	/** Changes to the client's profile; answers come at once unless told otherwise. */
	readonly profile?: Readonly<Record<string, unknown>>;
	readonly advisors?: readonly AdvisorInput[];
	/** False: nothing is published yet, as before the setup. */
	readonly publish?: boolean;
	/** Other nodes or wires than the shipped ones. */
	readonly change?: (workflow: ShippedWorkflow) => ShippedWorkflow;
}

/**
 * The shipped bot workflow on n8n's real engine, with the Graph simulator and a store of its own: webhooks are journaled
 * by the real trigger node, executions carry what the journal and Due have, and their end is acknowledged, as the
 * trigger's pump does it.
 */
export class TemplateDesk {
	readonly runs: RunOutcome[] = [];

	private constructor(
		readonly simulator: GraphSimulator,
		readonly store: Store,
		readonly credentials: CredentialsOfTheTest,
		readonly workflow: ShippedWorkflow,
		private readonly receiver: Server,
		private readonly folder: string,
		private readonly clock: DeskClock,
	) {}

	static async open(options: TemplateDeskOptions = {}): Promise<TemplateDesk> {
		const clock = new DeskClock();
		const folder = mkdtempSync(path.join(tmpdir(), 'template-desk-'));
		const filePath = path.join(folder, 'store.sqlite');
		const simulator = await startGraphSimulator({
			...APP,
			accessToken: ACCESS_TOKEN,
			seed: 3,
			numbers: [
				{
					wabaId: ACCOUNT,
					phoneNumberId: PHONE_NUMBER_ID,
					displayPhoneNumber: '+57 300 999 8877',
					verifiedName: 'PROSUMINISTROS',
					country: 'CO',
					throughput: Infinity,
				},
			],
			pairRate: false,
			redeliver: { delaysMs: [20, 50] },
		});
		const store = await openStore({ database: 'sqlite', workspaceId: 'desk', path: filePath, encryptionKey: KEY });
		if (options.publish !== false)
			await saveProfile(store, { ...prosuministros, answerDelayMs: 0, ...options.profile }, 'test');
		for (const advisor of options.advisors ?? []) await saveAdvisor(store, advisor, 'test');
		const credentials = {
			whatsAppCloudApi: {
				...APP,
				accessToken: ACCESS_TOKEN,
				businessAccountId: ACCOUNT,
				baseUrl: simulator.baseUrl,
				messagesPerSecond: 1000,
			},
			whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'desk', filePath, encryptionKey: KEY },
		};
		const receiver = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				callWebhook(WhatsAppCloudTrigger, {
					body: Buffer.concat(chunks),
					headers: {
						'content-type': 'application/json',
						'x-hub-signature-256': String(request.headers['x-hub-signature-256']),
					},
					credentials,
					webhookId: WEBHOOK_ID,
					// Webhook nodes remember a credential for a few seconds, by workflow.
					workflowId: folder,
				}).then(
					({ status }) => response.writeHead(status).end(),
					() => response.writeHead(500).end(),
				);
			});
		});
		await new Promise<void>((resolve) => {
			receiver.listen(0, '127.0.0.1', resolve);
		});
		await simulator.setCallback(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
		const shipped = shippedWorkflow('customer-service-bot.json');
		const workflow = options.change?.(shipped) ?? shipped;
		return new TemplateDesk(simulator, store, credentials, workflow, receiver, folder, clock);
	}

	get triggerName(): string {
		const trigger = this.workflow.nodes.find(({ type }) => type.endsWith('.whatsAppCloudTrigger'));
		if (!trigger) throw new Error('The workflow has no WhatsApp Cloud Trigger');
		return trigger.name;
	}

	private async execute(
		emissionId: string,
		items: { messages?: readonly object[]; due?: readonly object[] },
	): Promise<void> {
		const listOf = (json: readonly object[] = []): INodeExecutionData[] =>
			json.map((item) => ({ json: item as INodeExecutionData['json'] }));
		const run = await runWorkflow({
			nodes: this.workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
			connections: this.workflow.connections,
			settings: this.workflow.settings,
			credentials: this.credentials,
			startNode: this.triggerName,
			inputItems: [listOf(items.messages), [], [], [], listOf(items.due)],
			executionId: emissionId,
		});
		this.runs.push(run);
		if (run.status === 'success') await finishEmission(this.store, emissionId);
		else await failEmission(this.store, emissionId, run.error?.message ?? run.status);
	}

	/** One execution for everything that waits. Says whether there was anything. */
	async runOnce(): Promise<boolean> {
		const emission = await claimEmission(this.store, WEBHOOK_ID, 100);
		if (emission) await this.execute(emission.id, emission.items);
		const due = await collectDue(this.store, WEBHOOK_ID);
		for (const { id, items } of due) await this.execute(id, { due: items });
		return emission !== undefined || due.length > 0;
	}

	/** Somebody writes for the first time and is answered. @returns what items carry of their conversation */
	async newcomer(waId: string, profileName: string): Promise<IDataObject> {
		await this.simulator.customer({ waId, profileName }).text('hola').delivered;
		await this.settle();
		const { id: contactId } = (await findContact(this.store.db, this.store.workspaceId, `+${waId}`)) ?? {};
		const conversations = await listConversations(this.store.db, this.store.workspaceId, { limit: 100 });
		return {
			workspaceId: this.store.workspaceId,
			channelId: PHONE_NUMBER_ID,
			contactId,
			conversationId: conversations.find(({ contact_id: of }) => of === contactId)?.id,
			requestId: `turn-${waId}`,
		};
	}

	/** Executes until nothing waits any more and every webhook has been taken. */
	async settle(): Promise<void> {
		for (;;) {
			await this.simulator.settled();
			if (!(await this.runOnce())) return;
		}
	}

	/** Lets time pass, then executes what has fallen due. */
	async wait(minutes: number): Promise<void> {
		this.clock.forward(minutes * 60_000);
		await this.settle();
	}

	/** What the customer has read so far. */
	bubbles(waId: string): string[] {
		return this.simulator.ledger.textsTo(waId);
	}

	/** The workflow pressed by hand in the editor with its pinned samples. */
	async pressByHand(): Promise<RunOutcome> {
		return await runWorkflow({
			nodes: this.workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
			connections: this.workflow.connections,
			settings: this.workflow.settings,
			credentials: this.credentials,
			startNode: this.triggerName,
			mode: 'manual',
			pinData: this.workflow.pinData,
		});
	}

	async close(): Promise<void> {
		await this.simulator.close();
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
