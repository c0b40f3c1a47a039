import type { IAuthenticateGeneric, ICredentialType, INodeProperties } from 'n8n-workflow';

/** An account of Wazzup. Tested by the nodes that use it. */
export class WazzupApi implements ICredentialType {
	name = 'wazzupApi';

	displayName = 'Wazzup API';

	icon = { light: 'file:wazzup.svg', dark: 'file:wazzup.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-whatsapp-crm/n8n-nodes-whatsapp-crm#connect-wazzup';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In Wazzup under Integrations, API. A key that Wazzup made for the integration of another CRM (sidecar key) opens channels, messages, templates and webhooks only.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"Any text of 16 to 64 characters that you make up. Wazzup signs nothing: this secret in the address is what tells its webhooks from anybody else's. Empty to have one made from the key of the store.",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.wazzup24.com/v3',
			description: 'Change it only for a proxy or a simulator. Encrypted (https) unless it is this machine.',
		},
	];

	/** For the HTTP Request node; our own nodes send the same header. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};
}
