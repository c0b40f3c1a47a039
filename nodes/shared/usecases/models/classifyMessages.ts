import type { Classification } from '../../domain/classifier/types';
import type { MessageEvent } from '../../domain/messages/events';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { classifyWithModel } from './classifyWithModel';
import type { ModelCall } from './modelReply';

/**
 * What messages mean where the rules are unsure and a connected model is not, all asked at the same time.
 *
 * @param modelFor the model, as it is asked about this message
 * @returns by message id; what the rules decided is left to them
 */
export async function classifyMessages(
	messages: readonly MessageEvent[],
	profile: BusinessProfile,
	modelFor: (messageId: string) => ModelCall,
): Promise<Readonly<Record<string, Classification>>> {
	const classified = await Promise.all(
		messages.map(async ({ id, content }): Promise<ReadonlyArray<readonly [string, Classification]>> => {
			const said = await classifyWithModel(content.text ?? '', profile, modelFor(id));
			return said.by === 'model' ? [[id, said]] : [];
		}),
	);
	return Object.fromEntries(classified.flat());
}
