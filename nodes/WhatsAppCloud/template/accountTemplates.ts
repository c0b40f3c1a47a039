import type { IDataObject } from 'n8n-workflow';

import type { MessageTemplate } from '../../shared/clients/whatsapp/templates';

/** A template as an item: Meta's fields, without what it leaves empty. */
export function templateItem(template: MessageTemplate): IDataObject {
	return Object.fromEntries(Object.entries(template).filter(([, value]) => value !== undefined)) as IDataObject;
}
