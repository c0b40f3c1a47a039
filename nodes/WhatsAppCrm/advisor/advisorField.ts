import type { INodeProperties } from 'n8n-workflow';

import { advisorOption } from '../../shared/n8n/storeLists';

export const advisorField: INodeProperties = { ...advisorOption, required: true };
