import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { parameter } from '../shared/n8n/parameters';

const WAIT_SECONDS = 20;
const MOST_SECONDS = 300;

/** What the bot does with a voice note (D18). */
export const voiceNoteFields: readonly INodeProperties[] = [
	{
		displayName: 'Voice Notes',
		name: 'voiceNotes',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Ask to Write',
				value: 'askToWrite',
				description: 'The voice note is kept and the customer asked once to write what they need',
			},
			{
				name: 'Wait for Transcript',
				value: 'waitForTranscript',
				description:
					'The voice note leaves on Attachment first and is answered when WhatsApp CRM: Save Transcript has its words',
			},
		],
		default: 'askToWrite',
		description: 'What happens to a message that was spoken',
	},
	{
		displayName: 'Wait at Most (Seconds)',
		name: 'transcriptSeconds',
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: 1, maxValue: MOST_SECONDS },
		default: WAIT_SECONDS,
		displayOptions: { show: { voiceNotes: ['waitForTranscript'] } },
		description:
			'After this the customer is asked to write. A transcript that comes later still counts, unless they have written.',
	},
];

/** How long the turn of a voice note waits for its transcript, ms; 0 when the customer is asked to write. */
export function transcriptWaitOf(node: IExecuteFunctions): number {
	const context = { node, itemIndex: 0, item: { json: {} }, manual: false };
	const wish = parameter(
		context,
		'voiceNotes',
		'Voice Notes',
		z.enum(['askToWrite', 'waitForTranscript']).default('askToWrite'),
	);
	if (wish === 'askToWrite') return 0;
	const seconds = parameter(
		context,
		'transcriptSeconds',
		'Wait at Most (Seconds)',
		z.coerce.number().min(1).max(MOST_SECONDS).default(WAIT_SECONDS),
	);
	return seconds * 1000;
}
