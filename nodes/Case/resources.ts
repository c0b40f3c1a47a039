import { addNoteToCase } from './addNote.operation';
import { assignCaseOperation } from './assign.operation';
import { attachToCaseOperation } from './attach.operation';
import { closeCase } from './close.operation';
import { createCase } from './create.operation';
import { getCase } from './get.operation';
import { getManyCases } from './getAll.operation';
import { recordCashOnDeliveryOperation } from './recordCashOnDelivery.operation';
import type { CaseResource } from './services';
import { updateCaseOperation } from './update.operation';
import { updateCaseStatus } from './updateStatus.operation';

export const caseResources: readonly CaseResource[] = [
	{
		value: 'case',
		name: 'Case',
		operations: [
			createCase,
			addNoteToCase,
			assignCaseOperation,
			attachToCaseOperation,
			closeCase,
			getCase,
			getManyCases,
			recordCashOnDeliveryOperation,
			updateCaseOperation,
			updateCaseStatus,
		],
	},
];
