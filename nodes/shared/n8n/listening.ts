import { LRUCache } from 'lru-cache';
import type { INodeExecutionData, ITriggerFunctions, ITriggerResponse, IWebhookFunctions } from 'n8n-workflow';

/**
 * "Listen for test event": n8n gets the test webhook's items, then runs `trigger()` of the same node by hand and takes
 * only what that emits (n8n 2.41, workflow-execute.ts `executeTriggerNode`). So the one hands over to the other here.
 */
const heard = new LRUCache<string, INodeExecutionData[][]>({ max: 100, ttl: 120_000 });

function keyOf(context: IWebhookFunctions | ITriggerFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

export function handOver(context: IWebhookFunctions, outputs: INodeExecutionData[][]): void {
	heard.set(keyOf(context), outputs);
}

/**
 * What `trigger()` answers in the editor: emits what was heard, once, and touches nothing of production.
 * @param outputs how many the node has.
 */
export function emitHeard(context: ITriggerFunctions, outputs: number): ITriggerResponse {
	return {
		manualTriggerFunction: async () => {
			const items = heard.get(keyOf(context)) ?? Array.from({ length: outputs }, () => []);
			heard.delete(keyOf(context));
			context.emit(items);
		},
	};
}
