import { everybodysData } from '../../shared/n8n/everybodysData';
import { getManyOperation } from '../entity/read';

export const getManyDeals = getManyOperation({
	many: 'deals',
	paged: true,
	customerOf: everybodysData,
	calls: (client) => client.deals,
});
