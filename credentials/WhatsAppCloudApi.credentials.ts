import type { IAuthenticateGeneric, ICredentialType, INodeProperties } from 'n8n-workflow';

/** The Meta app and the WhatsApp Business account that messages come from and go to. Tested by the nodes that use it. */
export class WhatsAppCloudApi implements ICredentialType {
	name = 'whatsAppCloudApi';

	displayName = 'WhatsApp Cloud API';

	icon = { light: 'file:whatsAppCloud.svg', dark: 'file:whatsAppCloud.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-whatsapp-crm/n8n-nodes-whatsapp-crm#connect-a-whatsapp-number';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Permanent token of a system user in Meta Business Settings, with the permissions whatsapp_business_messaging and whatsapp_business_management. The token of the app dashboard ends after a day.',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1234567890123456',
			description: 'In the app dashboard of Meta, on top of the page',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In the app dashboard of Meta under App Settings, Basic. Proves that a webhook comes from Meta: without it nothing is taken.',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Any long text that you make up. Meta shows it when it asks whether a webhook address is yours; enter the same text there when you set the address by hand.',
		},
		{
			displayName: 'WhatsApp Business Account ID',
			name: 'businessAccountId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 102290129340398',
			description: 'In the app dashboard under WhatsApp, API Setup; also called WABA ID',
		},
		{
			displayName: 'Messages per Second',
			name: 'messagesPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: 80,
			description:
				'The throughput of a number: 80 for most, 20 for a number that is also used in the WhatsApp Business app, 1000 after an upgrade by Meta',
		},
		{
			displayName: 'Embedded Signup Configuration ID',
			name: 'signupConfigurationId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1122334455667788',
			description:
				'Only to let advisors link their own WhatsApp Business number: in the app dashboard under Facebook Login for Business, Configurations. Meta gives it to Tech Providers; without it, numbers are linked with pasted IDs.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://graph.facebook.com',
			description: 'Change it only for a proxy or a simulator. Encrypted (https) unless it is this machine.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: 'v25.0',
			placeholder: 'e.g. v25.0',
			description: 'Version of the Graph API',
		},
	];

	/** For the HTTP Request node; our own nodes send the same header. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};
}
