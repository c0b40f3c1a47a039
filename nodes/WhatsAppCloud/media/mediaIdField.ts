import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, words } from '../../shared/n8n/parameters';

export const mediaIdField: INodeProperties = {
	displayName: 'Media ID',
	name: 'mediaId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 1013859600285441',
	description: 'From an incoming message (good for 7 days) or from Upload (30 days)',
};

/** @throws InvalidInput when it is empty: Meta would answer for another object. */
export function mediaIdOf(context: OperationContext): string {
	const mediaId = parameter(context, 'mediaId', 'Media ID', words).trim();
	if (mediaId !== '') return mediaId;
	throw new InvalidInput({
		message: "'Media ID' is empty",
		description: 'Take it from the incoming message or from Upload.',
		parameter: 'Media ID',
	});
}
