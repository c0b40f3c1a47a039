import { getManyOperation } from '../entity/read';

export const getManyPipelines = getManyOperation({
	many: 'pipelines',
	paged: false,
	calls: (client) => client.pipelines,
});
