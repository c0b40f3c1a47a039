import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether a model runs the node as its tool. Agents of n8n before 2.0 call it within themselves; later ones ask the engine to run
 * it like any node, which only shows in where its output is written (n8n-core, requests-response.ts).
 */
export function isToolExecution(node: Pick<IExecuteFunctions, 'isToolExecution' | 'getNode'>): boolean {
	return node.isToolExecution() || node.getNode().rewireOutputLogTo === 'ai_tool';
}
