import { addNoteToCase } from './addNote.operation';
import { attachToCaseOperation } from './attach.operation';
import { createCase } from './create.operation';
import { getCase } from './get.operation';
import { getManyCases } from './getAll.operation';
import type { CaseResource } from './services';
import { updateCaseStatus } from './updateStatus.operation';

export const caseResources: readonly CaseResource[] = [
	{
		value: 'case',
		name: 'Case',
		operations: [createCase, addNoteToCase, attachToCaseOperation, getCase, getManyCases, updateCaseStatus],
	},
];
