import type { IDataObject } from 'n8n-workflow';

import { optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { chooseField, chosenOption } from '../../shared/n8n/storeLists';
import { deleteAdvisor, previewAdvisorDeletion } from '../../shared/usecases/team/deleteAdvisor';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { advisorField } from './advisorField';

export const deleteAdvisorOperation: WhatsAppCrmOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete advisor',
	description: 'Take a person out of the team and hand over what is theirs',
	needsApproval: true,
	properties: [
		advisorField,
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				chooseField({
					displayName: 'Hand Over To',
					name: 'successor',
					description: 'Who takes over open cases, customers and conversations; needed when there are open cases',
					search: 'searchAdvisors',
					by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
				}),
			],
		},
	],
	async execute(context, { store }) {
		const { successor } = parameter(context, 'options', 'Options', optionsOf({ successor: chosenOption }));
		const request = {
			advisorId: parameter(context, 'advisor', 'Advisor', words).trim(),
			successorId: successor,
			actor: SETTINGS_ACTOR,
		};
		const saves = changesNow(context);
		const deleted = saves ? await deleteAdvisor(store, request) : await previewAdvisorDeletion(store, request);
		return {
			...(saves ? {} : { simulated: true }),
			deleted: saves,
			advisorId: deleted.advisor.id,
			name: deleted.advisor.name,
			handedOverTo: deleted.successor?.name ?? null,
			cases: deleted.cases,
			needsSuccessor: deleted.cases > 0 && deleted.successor === undefined,
		} as IDataObject;
	},
};
