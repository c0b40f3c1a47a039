import type { OperationContext } from '../shared/n8n/operation';
import { parameter, words } from '../shared/n8n/parameters';
import { existingCase } from '../shared/usecases/cases/changeCase';
import type { CaseServices } from './services';

/** Whose case the parameter 'Case' names. */
export async function caseCustomer(context: OperationContext, { store }: CaseServices): Promise<string | undefined> {
	return (await existingCase(store.db, store, parameter(context, 'case', 'Case', words))).contact_id;
}
