import type { INode, IWorkflowMetadata } from 'n8n-workflow';

interface NodeInWorkflow {
	getNode(): INode;
	getWorkflow(): IWorkflowMetadata;
}

/**
 * What journal and due work of a trigger node belong to. A workflow that was imported from the command line may lack the
 * node's webhook id; its place in the workflow stands in.
 */
export function webhookIdOf(context: NodeInWorkflow): string {
	const { webhookId, id } = context.getNode();
	return webhookId ?? `${context.getWorkflow().id}/${id}`;
}
