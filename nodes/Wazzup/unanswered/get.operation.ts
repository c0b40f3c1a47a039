import type { IDataObject } from 'n8n-workflow';

import { LONGEST_ID, withinLimit } from '../../shared/domain/wazzup/limits';
import { parameter, words } from '../../shared/n8n/parameters';
import { userField } from '../fields';
import type { WazzupOperation } from '../services';

export const getUnanswered: WazzupOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get unanswered counter',
	description: 'Count the messages of the last 7 days that wait for an answer of a user',
	properties: [userField('User', 'userId', 'Whose counter')],
	async execute(context, { client }) {
		const userId = withinLimit(parameter(context, 'userId', 'User', words), 'User', LONGEST_ID);
		const { count, type, raw } = await client.getUnanswered(userId);
		return { ...(raw as IDataObject), userId, count, ...(type === undefined ? {} : { type }) };
	},
};
