import { InvalidInput } from '../../shared/domain/invalidInput';
import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, words } from '../../shared/n8n/parameters';

/** The chosen file, else that of the item. @throws InvalidInput when there is neither */
export function attachmentIdOf(context: OperationContext): string {
	const chosen = parameter(context, 'attachment', 'Attachment', words).trim();
	if (chosen !== '') return chosen;
	const { attachmentId } = context.item.json;
	if (typeof attachmentId === 'string') return attachmentId;
	throw new InvalidInput({
		message: "The item has no file, and 'Attachment' is empty",
		description: "Choose one from the list in 'Attachment', or connect this node behind the Attachment output.",
		parameter: 'Attachment',
	});
}
