import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { ApprovalParameters } from '../domain/approvals/approval';
import type { ApprovedRequest } from '../usecases/approvals/useApproval';

/** What an operation sees of the item it works on. */
export interface OperationContext {
	readonly node: IExecuteFunctions;
	readonly item: INodeExecutionData;
	readonly itemIndex: number;
	/**
	 * Run by hand in the editor: nothing of production is claimed, sent or counted (spec/decisions.md, last section).
	 * The operation answers with `simulated: true` and the exact request instead.
	 */
	readonly manual: boolean;
}

interface OperationDescription {
	/** Stored in workflows. Never rename once released. */
	readonly value: string;
	readonly name: string;
	/** Sentence case, no article, names the resource: "Send text message". */
	readonly action: string;
	readonly description: string;
	/** Without displayOptions for resource and operation: the description builder adds them. */
	readonly properties: readonly INodeProperties[];
	/** Moves money or destroys something: a model may not do it without an approval of a person (runner.ts). */
	readonly needsApproval?: boolean;
}

/** One operation, one file. Plain objects are wrapped into items paired with the input item. */
export interface Operation<Services> extends OperationDescription {
	execute(context: OperationContext, services: Services): Promise<IDataObject | IDataObject[] | INodeExecutionData[]>;
	/**
	 * The contact that the parameters of the item name, for operations on a customer's data; undefined when they name none, which
	 * means everybody's. A model may run them only for the customer whose conversation its agent works on (runner.ts).
	 */
	customerOf?(context: OperationContext, services: Services): Promise<string | undefined>;
	/**
	 * How a model asks a person for it. Absent: an operation that needs approval is refused to models altogether. The person who
	 * approves it approves exactly these parameters, and `run` does them and nothing of what the model writes the second time.
	 */
	readonly approval?: ApprovalOfOperation<Services>;
}

/** What a person would be asked, and the doing of what they approved. */
export interface ApprovalOfOperation<Services> {
	/** Of `approvals.operation`: never rename once released. */
	readonly operation: string;
	wish(context: OperationContext, services: Services): Promise<ApprovalWish>;
	run(services: Services, approved: ApprovedRequest): Promise<IDataObject>;
}

export interface ApprovalWish {
	/** Whose it is; undefined: nobody's, so no model may ask for it. */
	readonly contactId: string | undefined;
	readonly parameters: ApprovalParameters;
	/** A sentence in the language of the business. */
	readonly summary: string;
}

/** An operation that works on all items together (Send Queued). Every returned item carries its own pairedItem. */
export interface BatchOperation<Services> extends OperationDescription {
	executeAll(
		node: IExecuteFunctions,
		items: readonly INodeExecutionData[],
		manual: boolean,
		services: Services,
	): Promise<INodeExecutionData[]>;
}

export interface Resource<Services> {
	readonly value: string;
	readonly name: string;
	readonly description?: string;
	readonly operations: ReadonlyArray<Operation<Services> | BatchOperation<Services>>;
}
