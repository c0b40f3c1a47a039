import type { ICredentialType, INodeProperties } from 'n8n-workflow';

const onlySqlite = { show: { database: ['sqlite'] } };
const onlyPostgres = { show: { database: ['postgres'] } };

/** Where the package keeps its data. Tested by the nodes that use it, which open the database. */
export class WhatsAppCrmStoreApi implements ICredentialType {
	name = 'whatsAppCrmStoreApi';

	displayName = 'WhatsApp CRM Store API';

	icon = { light: 'file:whatsAppCrmStore.svg', dark: 'file:whatsAppCrmStore.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-whatsapp-crm/n8n-nodes-whatsapp-crm#the-store';

	properties: INodeProperties[] = [
		{
			displayName: 'Database',
			name: 'database',
			type: 'options',
			options: [
				{
					name: 'PostgreSQL',
					value: 'postgres',
					description: 'Needed in queue mode, where several n8n processes work together',
				},
				{
					name: 'SQLite',
					value: 'sqlite',
					description: 'A file on the disk of the only n8n process; nothing to install',
				},
			],
			default: 'sqlite',
			description: 'Where contacts, conversations, cases and leads are kept',
		},
		{
			displayName: 'Workspace',
			name: 'workspace',
			type: 'string',
			default: 'default',
			placeholder: 'e.g. acme',
			description:
				'The client business whose data this credential opens. Workspaces in the same database never see each other. Lower-case letters, digits, hyphens and underscores.',
		},
		{
			displayName: 'File Path',
			name: 'filePath',
			type: 'string',
			default: '',
			placeholder: 'e.g. /home/node/.n8n/whatsapp-crm/store.sqlite',
			description:
				'The whole path of the database file, made when there is none. Empty for the file whatsapp-crm/store.sqlite in the .n8n folder of n8n. In Docker it must lie on a volume.',
			displayOptions: onlySqlite,
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'localhost',
			placeholder: 'e.g. postgres',
			required: true,
			displayOptions: onlyPostgres,
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 5432,
			required: true,
			displayOptions: onlyPostgres,
		},
		{
			displayName: 'Database Name',
			name: 'databaseName',
			type: 'string',
			default: '',
			placeholder: 'e.g. whatsapp_crm',
			required: true,
			description: 'A database that exists; its tables are made by the package',
			displayOptions: onlyPostgres,
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			placeholder: 'e.g. whatsapp_crm',
			required: true,
			displayOptions: onlyPostgres,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: onlyPostgres,
		},
		{
			displayName: 'SSL',
			name: 'ssl',
			type: 'boolean',
			default: false,
			description: 'Whether to encrypt the connection and check the certificate of the server',
			displayOptions: onlyPostgres,
		},
		{
			displayName: 'Schema',
			name: 'schema',
			type: 'string',
			default: '',
			placeholder: 'e.g. whatsapp_crm',
			description: 'The schema for the tables, made when there is none. Empty for the default schema of the user.',
			displayOptions: onlyPostgres,
		},
		{
			displayName: 'Encryption Key',
			name: 'encryptionKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. the output of: openssl rand -hex 32',
			description:
				'64 hexadecimal characters, the same in every n8n process. Protects stored tokens and the audit log. Keep a copy: it cannot be changed or recovered.',
			displayOptions: onlyPostgres,
		},
		{
			displayName: 'Encryption Key',
			name: 'encryptionKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. the output of: openssl rand -hex 32',
			description:
				'64 hexadecimal characters. Empty for a key that is made once and kept in a file beside the database: back up both together.',
			displayOptions: onlySqlite,
		},
	];
}
