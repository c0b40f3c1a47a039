/**
 * What every item of ours carries in `json.crm`, so that any n8n node may stand between two of our nodes: the ids are
 * read from the item, else through pairedItem, else the node fails with a sentence.
 */
export interface CrmItem {
	readonly workspaceId: string;
	readonly channelId: string;
	readonly contactId: string;
	readonly conversationId: string;
	/** The id that everything done for this item is idempotent by. */
	readonly requestId?: string;
	readonly outboxIds?: readonly string[];
	/** The trigger node that the item comes from. */
	readonly webhookId?: string;
	/** The trigger's emission that carries the item: when its execution succeeds, its effects are finished. */
	readonly emissionId?: string;
	/** Kind of a Due item. */
	readonly due?: 'turn' | 'wake' | 'effect' | 'outbox' | 'attachment';
}
