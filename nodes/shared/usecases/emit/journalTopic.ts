/** The signal that wakes the trigger pump of a node in this process. */
export function journalTopic(webhookId: string): string {
	return `journal:${webhookId}`;
}
