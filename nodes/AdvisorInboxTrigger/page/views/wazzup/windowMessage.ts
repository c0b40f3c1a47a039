/** What Wazzup's window tells the page that shows it. */
export type WindowMessage =
	/** "+" in the Deals menu of a chat. */
	| { readonly kind: 'create'; readonly chatType: string; readonly chatId: string }
	/** A deal of the menu. */
	| { readonly kind: 'open'; readonly dealId: string };

const LONGEST = 128;

function wordsOf(value: unknown, name: string): string | undefined {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
	const found: unknown = (value as Readonly<Record<string, unknown>>)[name];
	return typeof found === 'string' && found !== '' && found.length <= LONGEST ? found : undefined;
}

function partOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Readonly<Record<string, unknown>>)[name]
		: undefined;
}

/** Undefined for whatever is none of these: a window says many things. */
export function readWindowMessage(said: unknown): WindowMessage | undefined {
	const data = partOf(said, 'data');
	switch (wordsOf(said, 'type')) {
		case 'WZ_CREATE_ENTITY': {
			const [chatType, chatId] = [wordsOf(data, 'chatType'), wordsOf(data, 'chatId')];
			return chatType === undefined || chatId === undefined ? undefined : { kind: 'create', chatType, chatId };
		}
		case 'WZ_OPEN_ENTITY': {
			const dealId = wordsOf(partOf(data, 'entity'), 'id');
			return dealId === undefined ? undefined : { kind: 'open', dealId };
		}
		default:
			return undefined;
	}
}
