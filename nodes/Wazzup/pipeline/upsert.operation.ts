import { z } from 'zod';

import { LONGEST_ID, LONGEST_PIPELINE_NAME, withinLimit } from '../../shared/domain/wazzup/limits';
import { parameter, rowsOf, words } from '../../shared/n8n/parameters';
import { idField, nameField } from '../entity/idField';
import { saveOperation } from '../entity/upsert';

export const savePipeline = saveOperation({
	one: 'pipeline',
	many: 'pipelines',
	properties: [
		idField('pipeline'),
		nameField('pipeline', 'e.g. Ventas'),
		{
			displayName: 'Stages',
			name: 'stages',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Stage',
			default: {},
			description: 'In their order. Wazzup uses them only to ask where the deals that it creates begin.',
			options: [
				{
					displayName: 'Stage',
					name: 'stage',
					values: [
						{ displayName: 'ID', name: 'id', type: 'string', default: '', placeholder: 'e.g. new' },
						{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Nuevo' },
					],
				},
			],
		},
	],
	read(context) {
		const stages = parameter(context, 'stages', 'Stages', rowsOf('stage', z.object({ id: words, name: words }))).map(
			({ id, name }) => ({
				id: withinLimit(id, 'Stage ID', LONGEST_ID),
				name: withinLimit(name, 'Stage Name', LONGEST_PIPELINE_NAME),
			}),
		);
		return {
			id: withinLimit(parameter(context, 'id', 'ID', words), 'ID', LONGEST_ID),
			name: withinLimit(parameter(context, 'name', 'Name', words), 'Name', LONGEST_PIPELINE_NAME),
			...(stages.length === 0 ? {} : { stages }),
		};
	},
	calls: (client) => client.pipelines,
});
