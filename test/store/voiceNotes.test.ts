import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { messageCard } from '../../nodes/shared/usecases/cards';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { downloadAttachment } from '../../nodes/shared/usecases/media/downloadAttachment';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { claimEmission, finishEmission } from '../../nodes/shared/usecases/emit/emissions';
import type { ItemJson } from '../../nodes/shared/usecases/emit/items';
import { pastConversation } from '../../nodes/shared/usecases/simulation/pastConversation';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import {
	previewTranscript,
	saveTranscript,
	type SavedTranscript,
} from '../../nodes/shared/usecases/dialogue/saveTranscript';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import type { BotInput, BotItem } from '../../nodes/shared/usecases/dialogue/turnContext';
import type { Store } from '../../nodes/shared/store/store';
import { messageFrom, webhookId } from '../support/events';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const SECOND = 1000;
const WAIT = 20 * SECOND;
const LAURA = '573001112233';
const NEED = 'necesito cotizar veinte portátiles';
const ASKED = 'Recibí tu nota de voz y ya la guardé';

eachDatabase((name, open) => {
	describe(`B19 D18 voice notes on ${name}`, () => {
		let now: number;
		let store: Store;
		/** The voice notes that the Attachment output has handed out, in order. */
		let handedOut: ItemJson[];
		let wait: number;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T13:00:00Z');
			handedOut = [];
			wait = WAIT;
			store = await open({ clock: () => now });
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'test');
		});

		async function receives(text: string, media?: 'voice' | 'image'): Promise<void> {
			now += SECOND;
			const options = media === undefined ? {} : { media: { type: media, mediaId: `media-${now}` } };
			const events = [messageFrom(LAURA, text, { at: now, ...options })];
			const emit = { messages: true, statuses: false, echoes: false, account: false };
			await receiveEvents(store, { webhookId, vendor: 'whatsapp', emit, events });
		}

		async function converse(items: readonly ItemJson[] = []): Promise<BotItem[]> {
			const inputs = items.map((item) => ({ ...(item.crm as BotInput), attachmentId: item.attachmentId as string }));
			const found = await takeTurns(store, inputs, { transcriptWaitMs: wait });
			handedOut.push(...found.filter(({ output }) => output === 'attachment').map(({ json }) => json));
			return found;
		}

		/** Everything that waits goes through Bot Conversation, as the trigger would bring it. */
		async function work(): Promise<BotItem[]> {
			const found: BotItem[] = [];
			for (
				let emission = await claimEmission(store, webhookId, 100);
				emission;
				emission = await claimEmission(store, webhookId, 100)
			) {
				found.push(...(await converse(emission.items.messages)));
				await finishEmission(store, emission.id);
			}
			for (const due of await collectDue(store, webhookId)) {
				found.push(...(await converse(due.items)));
				await finishEmission(store, due.id);
			}
			return found;
		}

		async function speaks(): Promise<string> {
			await receives('', 'voice');
			await work();
			return String((handedOut.at(-1)?.crm as ItemJson).messageId);
		}

		const download = async (item = handedOut.at(-1)) =>
			await downloadAttachment(store, String(item?.attachmentId), async ({ mediaId }) => {
				const bytes = new TextEncoder().encode(mediaId);
				const digest = await crypto.subtle.digest('SHA-256', bytes);
				const sha256 = Buffer.from(digest).toString('hex');
				return { bytes, mimeType: 'audio/ogg', sha256, size: bytes.length };
			});
		const save = async (messageId: string, text: string): Promise<SavedTranscript> =>
			await saveTranscript(store, { messageId, text, language: 'es', source: 'Transcribir', actor: 'workflow' });
		const said = async () =>
			(
				await store.db
					.selectFrom('messages')
					.select('text')
					.where('workspace_id', '=', store.workspaceId)
					.where('direction', '=', 'out')
					.orderBy('id')
					.execute()
			).map(({ text }) => text ?? '');
		const conversation = async () =>
			await store.db
				.selectFrom('conversations')
				.selectAll()
				.where('workspace_id', '=', store.workspaceId)
				.executeTakeFirstOrThrow();
		const fields = async () => (JSON.parse((await conversation()).state ?? '{}') as { flow?: string }).flow;
		const turns = async () =>
			await store.db
				.selectFrom('audit_log')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.where('action', '=', 'turn.taken')
				.execute();

		it('the note leaves on Attachment at once, its turn waits for the transcript and answers what was spoken', async () => {
			const messageId = await speaks();
			expect(handedOut).toEqual([
				expect.objectContaining({ type: 'voice', crm: expect.objectContaining({ messageId }) as unknown }),
			]);
			expect(await said()).toEqual([]);

			expect(await save(messageId, ` ${NEED} `)).toMatchObject({ outcome: 'saved', turn: 'next' });
			const items = await work();

			expect(items.some(({ output }) => output === 'reply')).toBe(true);
			expect(await said()).toHaveLength(1);
			expect(await fields()).toBe('quotation');
			expect((await said()).join()).not.toContain(ASKED);
		});

		it('the transcript is what the message says, everywhere: in items, and when the conversation is played again', async () => {
			const messageId = await speaks();
			const { message } = await save(messageId, NEED);

			expect(messageCard(message)).toMatchObject({
				text: NEED,
				type: 'voice',
				transcriptLanguage: 'es',
				transcribedBy: 'Transcribir',
				transcribedAt: new Date(now).toISOString(),
			});
			const past = await pastConversation(store, await conversation());
			expect(past?.messages.map(({ content }) => content.text)).toEqual([NEED]);
		});

		it('without a transcript the turn goes on after the wait, and the customer is asked once to write', async () => {
			await speaks();
			now += WAIT - 2 * SECOND;
			await work();
			expect(await said()).toEqual([]);
			now += 2 * SECOND;
			await work();

			expect(await said()).toEqual([expect.stringContaining(ASKED)]);
			expect(handedOut).toHaveLength(1);
			now += 60 * SECOND;
			await work();
			expect(await said()).toHaveLength(1);
		});

		it('an empty transcript ends the wait at once', async () => {
			const messageId = await speaks();
			expect(await save(messageId, '')).toMatchObject({ outcome: 'not_understood', turn: 'next' });
			await work();

			expect(await said()).toEqual([expect.stringContaining(ASKED)]);
		});

		it('a transcript that comes after the customer was asked to write is their answer, in one turn', async () => {
			const messageId = await speaks();
			now += WAIT;
			await work();
			expect(await save(messageId, NEED)).toMatchObject({ outcome: 'saved', turn: 'next' });
			await work();
			await work();

			expect(await said()).toEqual([expect.stringContaining(ASKED), expect.any(String)]);
			expect(await fields()).toBe('quotation');
			expect(await turns()).toHaveLength(2);
		});

		it('after one late transcript the next unreadable note is asked about again and is no second one', async () => {
			const first = await speaks();
			now += WAIT;
			await work();
			await save(first, NEED);
			await work();
			await speaks();
			now += WAIT;
			await work();

			expect((await conversation()).mode).toBe('bot');
		});

		it('a transcript that comes after the customer has written is kept and starts nothing', async () => {
			const messageId = await speaks();
			now += WAIT;
			await work();
			await receives('mi impresora no enciende');
			await work();
			const before = await said();

			expect(await save(messageId, NEED)).toMatchObject({ outcome: 'saved', turn: 'none', message: { text: NEED } });
			await work();
			expect(await said()).toEqual(before);
		});

		it('two notes of one turn: each late transcript is heard', async () => {
			await receives('', 'voice');
			const second = await speaks();
			const [first] = handedOut.map(({ crm }) => String((crm as ItemJson).messageId));
			now += WAIT;
			await work();
			expect(await said()).toHaveLength(1);

			expect(await save(first, NEED)).toMatchObject({ turn: 'next' });
			await work();
			expect(await save(second, 'me llamo Laura Gómez')).toMatchObject({ turn: 'next' });
			await work();
			expect(await turns()).toHaveLength(3);
		});

		it('a second note that nobody could read is registered and goes to a person', async () => {
			wait = 0;
			await speaks();
			await receives('', 'voice');
			const items = await work();

			expect((await conversation()).mode).toBe('waiting');
			expect(items.map(({ output }) => output)).toEqual(expect.arrayContaining(['case', 'handoff']));
		});

		it('arrives twice: the first transcript stays, and there is one turn', async () => {
			const messageId = await speaks();
			const [one, other] = await Promise.all([save(messageId, NEED), save(messageId, NEED)]);
			expect([one.outcome, other.outcome].sort()).toEqual(['saved', 'unchanged']);
			await work();
			expect(await save(messageId, 'otra cosa')).toMatchObject({ outcome: 'unchanged', message: { text: NEED } });
			expect(await save(messageId, '')).toMatchObject({ outcome: 'unchanged' });
			await work();

			expect(await said()).toHaveLength(1);
			expect(await turns()).toHaveLength(1);
		});

		it('two at once: the transcript comes while the turn without it is taken, and is answered once', async () => {
			const messageId = await speaks();
			now += WAIT;
			await Promise.all([work(), save(messageId, NEED)]);
			await work();
			await work();

			expect(await fields()).toBe('quotation');
			expect((await said()).filter((text) => !text.includes(ASKED))).toHaveLength(1);
		});

		it('dies between download and transcript: Due hands the note out again, on the same branch', async () => {
			const watchedStore = watched(store);
			const messageId = await speaks();
			await download();
			await store.db
				.updateTable('attachments')
				.set({ owner: 'a-process-that-died' })
				.where('message_id', '=', messageId)
				.execute();

			const [due] = await collectDue(watchedStore.store, webhookId);
			const again = await converse(due.items);
			expect(again).toEqual([
				expect.objectContaining({
					output: 'attachment',
					json: expect.objectContaining({
						type: 'voice',
						crm: expect.objectContaining({ messageId }) as unknown,
					}) as unknown,
				}),
			]);
			expect(await collectDue(store, webhookId)).toEqual([]);
			await save(messageId, NEED);
			await work();
			expect(await said()).toHaveLength(1);
			await watchedStore.assertNoScan();
		});

		it('no answer from the transcription: handed out three times, then never again', async () => {
			await speaks();
			await download();
			for (let hours = 0; hours < 6; hours += 1) {
				now += 3_600 * SECOND;
				await work();
			}

			expect(handedOut).toHaveLength(4);
		});

		it('a photo in the same turn is handed out once, with the turn', async () => {
			await receives('', 'image');
			const voice = await speaks();
			expect(handedOut.map(({ type }) => type)).toEqual(['voice']);
			await save(voice, NEED);
			await work();

			expect(handedOut.map(({ type }) => type)).toEqual(['voice', 'image']);
		});

		it('what cannot be heard has no transcript, and another workspace’s note is not there', async () => {
			const messageId = await speaks();
			await receives('hola');
			const text = await store.db
				.selectFrom('messages')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.where('text', '=', 'hola')
				.executeTakeFirstOrThrow();

			await expect(save(text.id, NEED)).rejects.toThrow('nothing that can be heard');
			const other = await open({ workspaceId: `${store.workspaceId}-other` });
			await expect(saveTranscript(other, { messageId, text: NEED, source: 'x', actor: 'workflow' })).rejects.toThrow(
				'There is no message',
			);
			expect(await previewTranscript(store, { messageId, text: NEED, source: 'x', actor: 'x' })).toMatchObject({
				outcome: 'saved',
				turn: 'next',
				message: { text: null },
			});
		});
	});
});
