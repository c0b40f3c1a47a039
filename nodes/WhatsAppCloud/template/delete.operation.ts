import { simulated } from '../../shared/n8n/manualMode';
import { flag, parameter } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { templateIdField, templateIdOf } from './templateIdField';

export const deleteTemplate: WhatsAppCloudOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete template',
	description: 'Delete a message template; its name cannot be used again for 30 days',
	needsApproval: true,
	properties: [
		templateIdField,
		{
			displayName: 'Delete All Languages',
			name: 'allLanguages',
			type: 'boolean',
			default: false,
			description: 'Whether to delete every language of the name instead of this one only',
		},
	],
	async execute(context, { client }) {
		const templateId = templateIdOf(context);
		const { name } = await client.getTemplate(templateId);
		const allLanguages = parameter(context, 'allLanguages', 'Delete All Languages', flag);
		const target = allLanguages ? { name } : { name, templateId };
		if (context.manual) {
			const query = new URLSearchParams({ name, ...(allLanguages ? {} : { hsm_id: templateId }) });
			const url = `${client.root}/${client.credential.businessAccountId}/message_templates?${query.toString()}`;
			return simulated({ method: 'DELETE', url });
		}
		await client.deleteTemplate(target);
		return { deleted: true, name, templateId };
	},
};
