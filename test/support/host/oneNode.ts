import type { RunningN8n } from './n8n';
import type { WorkflowFile, WorkflowNode } from './n8nApi';

export interface OneNode {
	/** The name of the workflow. */
	readonly name: string;
	/** The node of the package, e.g. `case`; `whatsAppCrm` unless told. */
	readonly node?: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** n8n fills it by its name. */
const STORE = { whatsAppCrmStoreApi: { id: null, name: 'WhatsApp CRM Store' } };

function workflowOf(trigger: WorkflowNode, { name, node: kind = 'whatsAppCrm', parameters }: OneNode): WorkflowFile {
	const node: WorkflowNode = {
		name: 'Hacerlo',
		type: `n8n-nodes-whatsapp-crm.${kind}`,
		typeVersion: 1,
		position: [240, 0],
		parameters,
		credentials: STORE,
	};
	return {
		name,
		nodes: [trigger, node],
		connections: { [trigger.name]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	};
}

/** One thing that an operator does once, with the button of the editor. @returns what n8n kept of it */
export async function doneByHand({ api }: RunningN8n, one: OneNode): Promise<string> {
	const button: WorkflowNode = {
		name: 'Al pulsar',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const { id } = await api.importWorkflow(workflowOf(button, one));
	const execution = await api.runByHand(id, button.name);
	const kept = await api.executionData(execution.id);
	if (execution.status !== 'success') throw new Error(`«${one.name}» ended with '${execution.status}': ${kept}`);
	return kept;
}

/** A workflow of the client's own that does one thing whenever its address is asked. @returns asks it, and gives what it answers */
export async function atAnAddress({ api, webhookUrl }: RunningN8n, one: OneNode): Promise<() => Promise<unknown>> {
	const path = one.name.toLowerCase().replace(/[^a-z0-9]+/gu, '-');
	const trigger: WorkflowNode = {
		name: 'Cuando lo pidan',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		parameters: { path, responseMode: 'lastNode' },
		webhookId: path,
	};
	const { id } = await api.importWorkflow(workflowOf(trigger, one));
	await api.publish(id);
	return async () => {
		const answer = await fetch(`${webhookUrl}/webhook/${path}`);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`«${one.name}» answered ${answer.status}: ${text}`);
		return JSON.parse(text);
	};
}
