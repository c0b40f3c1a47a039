import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Choice } from '../../shared/domain/messages/outbound';
import { optionalWords, words } from '../../shared/n8n/parameters';

/** The body of everything with buttons. */
export const bodyField = (limit: number): INodeProperties => ({
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. ¿En qué te puedo ayudar?',
	description: `What the person reads above, up to ${limit} characters`,
});

export const footerField: INodeProperties = {
	displayName: 'Footer',
	name: 'footer',
	type: 'string',
	default: '',
	placeholder: 'e.g. Horario: lunes a viernes, 8 a. m. a 6 p. m.',
	description: 'Small grey text below, up to 60 characters',
};

export const otherwiseField: INodeProperties = {
	displayName: 'When It Does Not Fit',
	name: 'otherwise',
	type: 'options',
	options: [
		{
			name: 'Send Numbered Text',
			value: 'numbered_text',
			description: 'The options as a numbered list in a text, so that the person can answer with a number',
		},
		{ name: 'Stop With an Explanation', value: 'stop', description: 'Send nothing and say which limit is broken' },
	],
	default: 'numbered_text',
	description: 'What to do when there are too many options or their texts are too long for WhatsApp',
};

export const otherwise = z.enum(['numbered_text', 'stop']).default('numbered_text');

/** Id, title and description of something tappable, as typed. */
export const choiceShape = { id: optionalWords, title: words, description: optionalWords };

/** What is sent: without an id the title comes back as the id. */
export function choiceOf({ id, title, description }: z.output<z.ZodObject<typeof choiceShape>>): Choice {
	return { id: (id ?? title).trim(), title: title.trim(), description };
}
