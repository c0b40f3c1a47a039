import { everybodysData } from '../../shared/n8n/everybodysData';
import { getOperation } from '../entity/read';
import { dealField } from '../fields';

export const getDeal = getOperation({
	one: 'deal',
	many: 'deals',
	field: dealField,
	customerOf: everybodysData,
	calls: (client) => client.deals,
});
