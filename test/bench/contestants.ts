import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { openStore } from '../../nodes/shared/store/open';
import { settingsFromCredential } from '../../nodes/shared/store/settings';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import type { GraphSimulatorOptions } from '../simulators/graph/types';
import { keptSecret } from '../support/host/keptSecret';
import type { RunningN8n } from '../support/host/n8n';
import type { CredentialFile, SavedWorkflow, WorkflowFile } from '../support/host/n8nApi';
import { inviteCustomers, type Customers } from './customers';

/** One of the two workflows that are compared: prepared once, then switched on for each of its measurements. */
export interface Contestant {
	readonly name: 'this package' | "n8n's own nodes";
	readonly customers: Customers;
	/** Publishes the workflow and lets Meta post to it. */
	switchOn(n8n: RunningN8n): Promise<void>;
	/** Takes it off the air: an idle contestant must not slow the other one down. */
	switchOff(n8n: RunningN8n): Promise<void>;
}

const workspaceId = 'bench';

/** Meta without its own limits in the way: two numbers at 1,000 messages a second, statuses of ten in a POST. */
function metaOf(place: number): GraphSimulatorOptions & { readonly verifyToken: string } {
	return {
		appId: `67041234567890${place}`,
		appSecret: randomBytes(16).toString('hex'),
		accessToken: `EAA${randomBytes(24).toString('hex')}`,
		verifyToken: randomBytes(12).toString('hex'),
		numbers: [1, 2].map((number) => ({
			wabaId: `10229012934039${place}`,
			phoneNumberId: `1065403522429${place}${number}`,
			displayPhoneNumber: `+57 300 000 00${place}${number}`,
			verifiedName: 'PROSUMINISTROS',
			country: 'CO',
			throughput: 1_000,
		})),
		statuses: { sent: true, delivered: true, read: true, batch: 10 },
		pairRate: false,
		record: 'sends',
		concurrentDeliveries: 256,
		redeliver: { delaysMs: [1_000], timeoutMs: 20_000 },
	};
}

/** Saves the workflow at its first switching on and publishes it; another start of the same n8n finds it again. */
async function published(n8n: RunningN8n, file: WorkflowFile): Promise<SavedWorkflow> {
	const saved = (await n8n.api.workflowNamed(file.name)) ?? (await n8n.api.importWorkflow(file));
	if (!saved.active) await n8n.api.publish(saved.id);
	return await n8n.api.workflow(saved.id);
}

async function unpublish(n8n: RunningN8n, file: WorkflowFile): Promise<void> {
	const saved = await n8n.api.workflowNamed(file.name);
	if (saved?.active === true) await n8n.api.unpublish(saved.id);
}

/** The bot that the package ships, its data on SQLite, its profile answering at once. */
export async function ourContestant(folder: string, template: WorkflowFile): Promise<Contestant> {
	const meta = metaOf(1);
	const customers = await inviteCustomers(meta);
	const storeFolder = join(folder, 'store');
	mkdirSync(storeFolder, { recursive: true, mode: 0o700 });
	const storeCredential = {
		database: 'sqlite',
		workspace: workspaceId,
		filePath: join(storeFolder, 'whatsapp-crm.sqlite'),
		encryptionKey: keptSecret(folder, 'store.key', 32),
	};
	const store = await openStore(settingsFromCredential(storeCredential));
	await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'bench');
	await store.close();

	const typed: Record<string, Record<string, unknown>> = {
		whatsAppCloudApi: {
			appId: meta.appId,
			appSecret: meta.appSecret,
			accessToken: meta.accessToken,
			verifyToken: meta.verifyToken,
			businessAccountId: meta.numbers[0]?.wabaId,
			baseUrl: customers.baseUrl,
			messagesPerSecond: 1_000,
		},
		whatsAppCrmStoreApi: storeCredential,
	};
	const credentials = new Map<string, CredentialFile>();
	for (const node of template.nodes) {
		for (const [type, { name }] of Object.entries(node.credentials ?? {})) {
			const data = typed[type];
			if (data === undefined)
				throw new Error(`The template names a credential '${type}' that this benchmark cannot fill`);
			credentials.set(`${type} ${name}`, { type, name, data });
		}
	}
	return {
		name: 'this package',
		customers,
		switchOn: async (n8n) => {
			for (const credential of credentials.values()) await n8n.api.saveCredential(credential);
			const { nodes } = await published(n8n, template);
			const trigger = nodes.find(({ type }) => type.endsWith('.whatsAppCloudTrigger'));
			if (trigger?.webhookId === undefined)
				throw new Error('The template has no WhatsApp Cloud Trigger with an address');
			await customers.writeTo(n8n.webhookAddress(trigger.webhookId, 'whatsapp'), true);
		},
		switchOff: async (n8n) => await unpublish(n8n, template),
	};
}

interface DataTable {
	readonly id: string;
}

/** A Data Table with the conversation's step by customer, made as the editor makes it. */
async function conversationTable(n8n: RunningN8n): Promise<DataTable> {
	const { id: projectId } = await n8n.api.request<{ id: string }>('GET', '/projects/personal');
	return await n8n.api.request('POST', `/projects/${projectId}/data-tables`, {
		name: 'whatsapp_conversations',
		columns: [
			{ name: 'wa_id', type: 'string' },
			{ name: 'step', type: 'string' },
		],
	});
}

/** The same first turn as a competent n8n user builds it: `rival.json`. */
export async function rivalContestant(): Promise<Contestant> {
	const meta = metaOf(2);
	const customers = await inviteCustomers(meta);
	const drawn = JSON.parse(readFileSync(join(__dirname, 'rival.json'), 'utf8')) as WorkflowFile;
	const phoneNumberId = "{{ $('Webhook').item.json.body.entry[0].changes[0].value.metadata.phone_number_id }}";

	const filled = (table: DataTable): WorkflowFile => ({
		...drawn,
		nodes: drawn.nodes.map((node) => {
			if (node.type.endsWith('.dataTable')) {
				return {
					...node,
					parameters: { ...node.parameters, dataTableId: { __rl: true, mode: 'id', value: table.id } },
				};
			}
			if (node.type.endsWith('.httpRequest')) {
				return {
					...node,
					parameters: { ...node.parameters, url: `=${customers.baseUrl}/v25.0/${phoneNumberId}/messages` },
				};
			}
			return node;
		}),
	});
	const prepare = async (n8n: RunningN8n): Promise<void> => {
		await n8n.api.saveCredential({ type: 'crypto', name: 'Meta app secret', data: { hmacSecret: meta.appSecret } });
		await n8n.api.saveCredential({
			type: 'httpHeaderAuth',
			name: 'Meta access token',
			data: { name: 'Authorization', value: `Bearer ${meta.accessToken}` },
		});
		await n8n.api.importWorkflow(filled(await conversationTable(n8n)));
	};
	return {
		name: "n8n's own nodes",
		customers,
		switchOn: async (n8n) => {
			if ((await n8n.api.workflowNamed(drawn.name)) === undefined) await prepare(n8n);
			const { nodes } = await published(n8n, drawn);
			const webhook = nodes.find(({ type }) => type.endsWith('.webhook'));
			await customers.writeTo(`${n8n.webhookUrl}/webhook/${String(webhook?.parameters.path)}`, false);
		},
		switchOff: async (n8n) => await unpublish(n8n, drawn),
	};
}
