import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

export const saveAsField: INodeProperties = {
	displayName: 'Save As',
	name: 'saveAs',
	type: 'options',
	options: [
		{ name: 'Draft', value: 'draft', description: 'Nobody is answered by it until it is published' },
		{ name: 'Published', value: 'published', description: 'Customers are answered by it from their next message' },
	],
	default: 'published',
	description: 'Whether it takes effect at once',
};

export const saveAs = z.enum(['draft', 'published']).default('published');
