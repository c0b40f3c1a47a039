import type { MessageEvent } from '../../nodes/shared/domain/messages/events';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { messageFrom, webhookId } from '../support/events';
import { eachDatabase } from '../support/stores';

/** What comes, and how it is kept. */
const WORDS: ReadonlyArray<readonly [what: string, given: string, kept: string]> = [
	['a zero byte', 'ho\u0000la', 'hola'],
	['nothing but zero bytes', '\u0000\u0000', ''],
	['half a letter', 'hola \ud83d', 'hola \ufffd'],
	['both halves of one', 'hola 👍', 'hola 👍'],
	['what every object inherits', '__proto__', '__proto__'],
	['as much as WhatsApp takes', 'a@'.repeat(32_768), 'a@'.repeat(32_768)],
	["an apostrophe and a comment of the database's", `'; drop table messages; --`, `'; drop table messages; --`],
];

/** A message that says the same words wherever a message has words. */
function sayingEverywhere(words: string): MessageEvent {
	const said = messageFrom('573001234567', words, { id: `wamid.${words.slice(0, 20)}` });
	return {
		...said,
		from: { ...said.from, profileName: words, username: words },
		content: {
			type: 'document',
			text: words,
			media: { type: 'document', mediaId: words, filename: words, caption: words, mimeType: words },
			reply: { id: words, title: words, via: 'list' },
		},
		context: { messageId: words },
		raw: { [words]: words },
	};
}

eachDatabase((name, open) => {
	describe(`B1: whatever a person sends is kept once on ${name}`, () => {
		test.each(WORDS)('%s', async (_what, given, kept) => {
			const store = await open({ clock: () => 1_760_000_000_000 });
			try {
				const delivery = {
					webhookId,
					vendor: 'whatsapp',
					events: [sayingEverywhere(given)],
					emit: { messages: true, statuses: true, echoes: true, account: true },
				} as const;
				expect(await receiveEvents(store, delivery)).toEqual({ stored: 1, duplicates: 0 });
				expect(await receiveEvents(store, delivery)).toEqual({ stored: 0, duplicates: 1 });
				const messages = await store.db
					.selectFrom('messages')
					.select(['text', 'vendor_id'])
					.where('workspace_id', '=', store.workspaceId)
					.execute();
				expect(messages).toEqual([{ text: kept, vendor_id: `wamid.${kept.slice(0, 20)}` }]);
				const contacts = await store.db
					.selectFrom('contacts')
					.select('profile_name')
					.where('workspace_id', '=', store.workspaceId)
					.execute();
				expect(contacts).toEqual([{ profile_name: kept }]);
			} finally {
				await store.close();
			}
		});
	});
});
