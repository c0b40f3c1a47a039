import type { ModelPurpose, ModelUsage } from '../../domain/metrics/modelUsage';
import type { Executor, Store } from '../store';

export interface ModelCallOf {
	/** Whose message it was asked about; absent: nobody's of the store. */
	readonly contactId?: string;
	readonly conversationId?: string;
	readonly purpose: ModelPurpose;
}

/** Writes down that a connected model answered, and what it is billed by. */
export async function insertModelCall(
	executor: Executor,
	store: Store,
	{ contactId, conversationId, purpose }: ModelCallOf,
	usage: ModelUsage,
): Promise<void> {
	await executor
		.insertInto('model_calls')
		.values({
			id: store.newId(),
			workspace_id: store.workspaceId,
			contact_id: contactId ?? null,
			conversation_id: conversationId ?? null,
			purpose,
			model: usage.model,
			input_tokens: usage.inputTokens,
			output_tokens: usage.outputTokens,
			estimated: usage.estimated ? 1 : 0,
			at: store.now(),
		})
		.execute();
}

/** All calls of a model in a conversation, those that were counted and those that were guessed. */
export interface ModelTotal {
	readonly model: string;
	readonly calls: number;
	readonly estimated: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
}

/** What models were asked in a conversation, by model. */
export async function modelCallsOfConversation(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
): Promise<ModelTotal[]> {
	const rows = await executor
		.selectFrom('model_calls')
		.select(({ fn }) => [
			'model',
			fn.countAll<number | string>().as('calls'),
			fn.sum<number | string>('estimated').as('estimated'),
			fn.sum<number | string>('input_tokens').as('input'),
			fn.sum<number | string>('output_tokens').as('output'),
		])
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.groupBy('model')
		.orderBy('model')
		.execute();
	return rows.map((row) => ({
		model: row.model,
		calls: Number(row.calls),
		estimated: Number(row.estimated),
		inputTokens: Number(row.input),
		outputTokens: Number(row.output),
	}));
}
