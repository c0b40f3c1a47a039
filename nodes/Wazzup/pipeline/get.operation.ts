import type { WazzupClient } from '../../shared/clients/wazzup/client';
import type { Pipeline } from '../../shared/clients/wazzup/pipelines';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { getOperation } from '../entity/read';
import { pipelineField } from '../fields';

/** Wazzup has no route for one pipeline. */
async function findPipeline(client: WazzupClient, id: string): Promise<Pipeline> {
	const found = (await client.pipelines.list()).find((pipeline) => pipeline.id === id);
	if (found !== undefined) return found;
	throw new InvalidInput({
		message: `'Pipeline' is not known to Wazzup: '${id}'`,
		description: "Choose 'Pipeline' from the list, or save it first.",
		parameter: 'Pipeline',
	});
}

export const getPipeline = getOperation({
	one: 'pipeline',
	many: 'pipelines',
	field: pipelineField,
	calls: (client) => ({ get: async (id) => await findPipeline(client, id) }),
});
