import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { everybodysData } from '../../shared/n8n/everybodysData';
import { parameter } from '../../shared/n8n/parameters';
import { checkAlerts } from '../../shared/usecases/alerts/checkAlerts';
import { observeNumbers } from '../../shared/usecases/alerts/observeNumbers';
import { openAlerts } from '../../shared/usecases/alerts/openAlerts';
import { clientIfAny } from '../clientIfAny';
import type { WhatsAppCrmOperation } from '../services';

export const getAlerts: WhatsAppCrmOperation = {
	value: 'getAlerts',
	name: 'Get Alerts',
	action: 'Get alerts of metrics',
	description:
		'Retrieve what is unusual: volume, errors, quality of a number, the token, customers who wait, dead letters',
	properties: [
		{
			displayName: 'Return',
			name: 'which',
			type: 'options',
			options: [
				{ name: 'All Open', value: 'open', description: 'Every alert that is not over' },
				{ name: 'What Changed', value: 'changes', description: 'New ones, worse ones and those that are over, once' },
			],
			default: 'open',
			description: 'Which alerts leave as items',
		},
		{
			displayName:
				'With a WhatsApp credential in this node, Meta is asked for quality and token too. A run by hand only shows what is known: it tells nobody.',
			name: 'alertsNotice',
			type: 'notice',
			default: '',
		},
	],
	customerOf: everybodysData,
	async execute(context, { store }) {
		const which = parameter(context, 'which', 'Return', z.enum(['changes', 'open']).default('open'));
		if (context.manual) return (await openAlerts(store)).map((alert): IDataObject => ({ simulated: true, ...alert }));
		const { client } = await clientIfAny(context.node);
		const told = await checkAlerts(store, client === undefined ? undefined : await observeNumbers(client));
		return (which === 'changes' ? told : await openAlerts(store)).map((alert): IDataObject => ({ ...alert }));
	},
};
