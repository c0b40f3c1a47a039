import type { RunningN8n } from './n8n';
import type { WorkflowFile, WorkflowNode } from './n8nApi';
import { shippedTemplate } from './templates';

/** Somebody of the team who attends in the inbox. */
export interface TeamMember {
	readonly name: string;
	readonly role: 'administrator' | 'advisor' | 'supervisor';
	/** Keys of areas, separated by commas. */
	readonly areas: string;
	readonly email: string;
	readonly phone?: string;
}

/** Who runs the desk of the demo and of the tests; not in the example of setup.json. */
export const paula: TeamMember = {
	name: 'Paula Restrepo',
	role: 'administrator',
	areas: 'sales, support, documents, finance',
	email: 'paula@prosuministros.example',
};

/** The first of the example team, as she is when she has a telephone and attends. */
export const carolina: TeamMember = {
	name: 'Carolina Rojas',
	role: 'advisor',
	areas: 'sales',
	email: 'carolina@prosuministros.example',
	phone: '+57 311 555 0001',
};

/** A workflow with which whoever runs n8n registers people and makes their way in. */
function invitation(members: readonly TeamMember[]): WorkflowFile {
	const { nodes } = shippedTemplate('setup.json');
	const node = (type: string): WorkflowNode => {
		const found = nodes.find((one) => one.type === type);
		if (found === undefined) throw new Error(`setup.json has no node of the type '${type}'`);
		return found;
	};
	const button = node('n8n-nodes-base.manualTrigger');
	const crm = node('n8n-nodes-whatsapp-crm.whatsAppCrm');
	const step = (name: string, place: number, parameters: Record<string, unknown>): WorkflowNode => ({
		...crm,
		id: `invitation-${place}`,
		name,
		position: [place * 240, 0],
		parameters: { resource: 'advisor', saveByHand: true, ...parameters },
	});
	const person = step('Personas del equipo', 1, {
		operation: 'upsert',
		advisors: { advisor: members.map((member) => ({ ...member, phone: member.phone ?? '' })) },
	});
	const link = step('Enlaces de acceso', 2, {
		operation: 'createLoginLink',
		advisor: { __rl: true, mode: 'id', value: '={{ $json.advisorId }}' },
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: `Enlace de acceso: ${members[0]?.name ?? 'nadie'}`,
		nodes: [button, person, link],
		connections: { [button.name]: to(person.name), [person.name]: to(link.name) },
	};
}

/** Registers people, as they are now, and gives the links with which each sets a password, once, within 15 minutes. */
export async function loginLinksFor({ api }: RunningN8n, members: readonly TeamMember[]): Promise<readonly string[]> {
	const file = invitation(members);
	const workflow = (await api.workflowNamed(file.name)) ?? (await api.importWorkflow(file));
	const execution = await api.runByHand(workflow.id, file.nodes[0]?.name ?? '');
	const told = await api.executionData(execution.id);
	const links = [...new Set(told.match(/https?:\/\/[^"\\]+#enlace=[^"\\]+/g))];
	if (links.length !== members.length) {
		throw new Error(`${links.length} of ${members.length} login links were made: it ended with '${execution.status}'`);
	}
	return links;
}

/** The same for one person. */
export async function loginLinkFor(n8n: RunningN8n, member: TeamMember): Promise<string> {
	const [link = ''] = await loginLinksFor(n8n, [member]);
	return link;
}
