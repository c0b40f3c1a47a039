import type { BridgeButton } from './types';

/** What a button of the bridge comes back as. WhatsApp allows 200 characters for a list's row. */
export function buttonId(button: BridgeButton): string {
	switch (button.kind) {
		case 'take':
		case 'pass':
			return `bridge:${button.kind}:${button.cardId}`;
		case 'template':
			return `bridge:template:${button.conversationId}`;
		case 'answer':
			return `bridge:answer:${button.questionId}:${button.conversationId}`;
	}
}

/** The button of ours behind a reply's id; undefined for any other. */
export function readButton(id: string | undefined): BridgeButton | undefined {
	const [prefix, kind, first, second] = (id ?? '').split(':');
	if (prefix !== 'bridge' || first === undefined || first === '') return undefined;
	switch (kind) {
		case 'take':
		case 'pass':
			return { kind, cardId: first };
		case 'template':
			return { kind, conversationId: first };
		case 'answer':
			return second === undefined || second === '' ? undefined : { kind, questionId: first, conversationId: second };
		default:
			return undefined;
	}
}
