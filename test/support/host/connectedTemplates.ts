import type { N8nApi, SavedWorkflow, WorkflowNode } from './n8nApi';
import { shippedTemplate } from './templates';

/** Nodes that ship switched off because only a person can say which workflow they call, and the template meant for them. */
const CALLS: ReadonlyMap<string, string> = new Map([
	['Crear y enviar el enlace', 'customer-payment-link.json'],
	['Recuperar lo que no se pagó', 'customer-payment-recovery.json'],
]);
/** Once a link is made by itself, nobody is asked to collect. */
const NOT_NEEDED = 'Avisar a quien cobra';
/** Do what was approved in the inbox. */
const APPROVED: ReadonlySet<string> = new Set(['Devolver lo aprobado', 'Cobrar lo aprobado']);

const callsNothing = ({ parameters: { workflowId } }: WorkflowNode): boolean =>
	typeof workflowId === 'object' && workflowId !== null && 'value' in workflowId && workflowId.value === '';

/**
 * What the stickies ask a consultant to do after the import: nodes call the imported workflows that they are meant for,
 * the inbox does what was approved, and takes the account of Wazzup where one is on the desk. What was connected
 * before is left as a person made it. Workflows that change are published again.
 */
export async function connectTemplates(api: N8nApi, workflows: readonly SavedWorkflow[]): Promise<void> {
	const idOf = (file: string): string | undefined =>
		workflows.find(({ name }) => name === shippedTemplate(file).name)?.id;
	const wazzupApi = workflows
		.flatMap(({ nodes }) => nodes.map(({ credentials }) => credentials?.wazzupApi))
		.find(Boolean);

	const connected = (node: WorkflowNode): WorkflowNode => {
		const called = CALLS.get(node.name);
		const value = called === undefined || !callsNothing(node) ? undefined : idOf(called);
		if (value !== undefined) {
			const workflowId = { __rl: true, mode: 'id', value };
			return { ...node, disabled: false, parameters: { ...node.parameters, workflowId } };
		}
		const takesWazzup = node.type.endsWith('.advisorInboxTrigger') && node.credentials?.wazzupApi === undefined;
		if (takesWazzup && wazzupApi !== undefined) return { ...node, credentials: { ...node.credentials, wazzupApi } };
		return node;
	};

	for (const { id } of workflows) {
		const saved = await api.workflow(id);
		const nodes = saved.nodes.map(connected);
		if (nodes.every((node, place) => node === saved.nodes[place])) continue;
		const makesLinks = nodes.some(({ name, disabled }) => name === 'Crear y enviar el enlace' && disabled === false);
		const switched = nodes.map((node) => {
			if (node.name === NOT_NEEDED && makesLinks) return { ...node, disabled: true };
			return APPROVED.has(node.name) ? { ...node, disabled: false } : node;
		});
		const { name, connections, settings, versionId, active } = saved;
		await api.request('PATCH', `/workflows/${id}`, { name, nodes: switched, connections, settings, versionId });
		if (active) await api.publish(id);
	}
}
