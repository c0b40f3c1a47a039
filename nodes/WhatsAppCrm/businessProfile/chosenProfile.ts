import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { OperationContext } from '../../shared/n8n/operation';
import { amount, parameter } from '../../shared/n8n/parameters';
import type { WhichProfile } from '../../shared/usecases/profile/profileVersions';

type Chosen = 'draft' | 'published' | 'version';

/** Which of the profiles an operation is about. */
export function chosenProfileFields(byDefault: Chosen): INodeProperties[] {
	return [
		{
			displayName: 'Profile',
			name: 'profile',
			type: 'options',
			options: [
				{ name: 'Draft', value: 'draft', description: 'The one being worked on' },
				{ name: 'Published', value: 'published', description: 'The one that customers are answered by' },
				{ name: 'Version', value: 'version', description: 'An earlier one' },
			],
			default: byDefault,
			description: 'Which profile is meant',
		},
		{ ...versionField, displayOptions: { show: { profile: ['version'] } } },
	];
}

export const versionField: INodeProperties = {
	displayName: 'Version',
	name: 'version',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'Number of the version, as Get Many lists it',
};

export function chosenVersion(context: OperationContext): number {
	return parameter(context, 'version', 'Version', amount);
}

export function chosenProfile(context: OperationContext): WhichProfile {
	const chosen = parameter(context, 'profile', 'Profile', z.enum(['draft', 'published', 'version']));
	return chosen === 'version' ? { version: chosenVersion(context) } : chosen;
}
