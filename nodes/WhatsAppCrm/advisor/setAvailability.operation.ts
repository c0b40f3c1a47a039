import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { flag, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { chooseField, chosenOption } from '../../shared/n8n/storeLists';
import { advisorCard } from '../../shared/usecases/cards';
import { previewAvailability, setAvailability } from '../../shared/usecases/team/setAvailability';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { advisorField } from './advisorField';

const optionalDate = z
	.union([z.literal(''), z.coerce.date()])
	.optional()
	.transform((value) => (value instanceof Date ? value : undefined));

export const setAvailabilityOperation: WhatsAppCrmOperation = {
	value: 'setAvailability',
	name: 'Set Availability',
	action: 'Set availability of advisor',
	description: 'Say whether a person is there, until when not, and who stands in',
	properties: [
		advisorField,
		{
			displayName: 'Available',
			name: 'available',
			type: 'boolean',
			default: true,
			description: 'Whether requests are assigned to the person',
		},
		saveByHandField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Absent Until',
					name: 'absentUntil',
					type: 'dateTime',
					default: '',
					description: 'Nothing is assigned to the person before; empty when they are there',
				},
				chooseField({
					displayName: 'Substitute',
					name: 'substitute',
					description: 'Who stands in while the person is away',
					search: 'searchAdvisors',
					by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
				}),
			],
		},
	],
	async execute(context, { store }) {
		const { absentUntil, substitute } = parameter(
			context,
			'options',
			'Options',
			optionsOf({ absentUntil: optionalDate, substitute: chosenOption }),
		);
		const wanted = {
			advisorId: parameter(context, 'advisor', 'Advisor', words).trim(),
			available: parameter(context, 'available', 'Available', flag.default(true)),
			absentUntil,
			substituteId: substitute,
			actor: SETTINGS_ACTOR,
		};
		const saves = changesNow(context);
		const { advisor, changed } = saves
			? await setAvailability(store, wanted)
			: await previewAvailability(store, wanted);
		return { ...(saves ? {} : { simulated: true }), ...advisorCard(advisor), changed } as IDataObject;
	},
};
