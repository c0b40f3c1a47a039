import type { WorkflowFile } from './n8nApi';
import { shippedTemplate } from './templates';

/** What a consultant does who changes a setting of the published profile: one node, pressed once. */
export function publishing(settings: Readonly<Record<string, unknown>>, name: string): WorkflowFile {
	const setup = shippedTemplate('setup.json');
	const [start, form] = ['n8n-nodes-base.manualTrigger', 'n8n-nodes-whatsapp-crm.whatsAppCrm'].map((type) =>
		setup.nodes.find((node) => node.type === type),
	);
	if (start === undefined || form === undefined) throw new Error('setup.json has no button or no form');
	const parameters = {
		resource: 'businessProfile',
		operation: 'save',
		onlyEmpty: false,
		saveByHand: true,
		profileJson: JSON.stringify(settings),
	};
	return {
		name,
		nodes: [start, { ...form, parameters }],
		connections: { [start.name]: { main: [[{ node: form.name, type: 'main', index: 0 }]] } },
	};
}
