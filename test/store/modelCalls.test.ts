/** What connected models are asked, counted by the conversation that they were asked for (O12). */
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { countedModel } from '../../nodes/shared/usecases/models/countedModel';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { mergePeople } from '../../nodes/shared/usecases/contacts/mergePeople';
import type { ModelCall } from '../../nodes/shared/usecases/models/modelReply';
import { simulateTurns } from '../../nodes/shared/usecases/simulation/simulateTurns';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { messageFrom } from '../support/events';
import { ask, viewer } from '../support/inbox';
import { watched } from '../support/plans';
import { customerWho } from '../support/records';
import { eachDatabase } from '../support/stores';

const UNSURE = 'eso que hablamos la otra vez con el muchacho';
const ANSWER = {
	content: '{"intent": "quotation", "confidence": 0.9}',
	usage_metadata: { input_tokens: 400, output_tokens: 12 },
	response_metadata: { model_name: 'gpt-4o-mini-2024-07-18' },
};
const answers: ModelCall = async () => await Promise.resolve(ANSWER);

eachDatabase((name, open) => {
	describe(`model calls on ${name}`, () => {
		let store: Store;

		beforeEach(async () => {
			store = await open({ clock: () => Date.parse('2026-03-10T15:00:00Z') });
			await saveProfile(store, { ...profiles.prosuministros, answerDelayMs: 0 }, 'test');
		});
		afterEach(async () => await store.close());

		const calls = async () =>
			await store.db
				.selectFrom('model_calls')
				.select(['conversation_id', 'purpose', 'model', 'input_tokens', 'output_tokens', 'estimated'])
				.where('workspace_id', '=', store.workspaceId)
				.orderBy('conversation_id')
				.execute();
		const costOf = async (conversationId: string) =>
			(await ask(store, await viewer(store, 'Laura Gómez', [], 'supervisor'), 'conversation', { conversationId })).cost;

		test('O12: each customer’s conversation bears what was asked about its own messages', async () => {
			const [ana, luis] = [
				await customerWho(store, '573001112233', UNSURE),
				await customerWho(store, '573004445566', UNSURE, `${UNSURE} hoy`),
			];
			await takeTurns(store, [ana, luis], { model: answers });
			const of = (conversationId: string) => ({
				conversation_id: conversationId,
				purpose: 'classify',
				model: 'gpt-4o-mini-2024-07-18',
				input_tokens: 400,
				output_tokens: 12,
				estimated: 0,
			});
			expect(await calls()).toEqual(
				[of(ana.conversationId), of(luis.conversationId), of(luis.conversationId)].sort((one, other) =>
					one.conversation_id < other.conversation_id ? -1 : 1,
				),
			);
		});

		test('O12: nothing is asked, and nothing counted, where the rules are sure', async () => {
			const ana = await customerWho(store, '573001112233', 'necesito cotizar 20 portátiles');
			await takeTurns(store, [ana], { model: answers });
			expect(await calls()).toEqual([]);
		});

		test('a model that fails costs nothing, and the customer is answered by the rules', async () => {
			const ana = await customerWho(store, '573001112233', UNSURE);
			const fails: ModelCall = async () => await Promise.reject(new Error('401'));
			expect(await takeTurns(store, [ana], { model: fails })).not.toEqual([]);
			expect(await calls()).toEqual([]);
		});

		test('an answer that nobody waited for any more is counted when it comes', async () => {
			const ana = await customerWho(store, '573001112233', UNSURE);
			let arrive: (reply: unknown) => void = () => undefined;
			const late: ModelCall = async () =>
				await new Promise((resolve) => {
					arrive = resolve;
				});
			const counted = countedModel(store, late, { ...ana, purpose: 'lead' })([{ role: 'user', content: 'x' }]);
			expect(await calls()).toEqual([]);
			arrive('words without any count');
			await counted;
			expect(await calls()).toMatchObject([
				{ purpose: 'lead', model: '', input_tokens: 1, output_tokens: 6, estimated: 1 },
			]);
		});

		test('U3: by hand nothing is written down', async () => {
			await customerWho(store, '573001112233', UNSURE);
			await simulateTurns(
				store,
				[{ message: messageFrom('573001112233', UNSURE, { at: store.now() }), inputIndex: 0, crm: {} }],
				answers,
			);
			expect(await calls()).toEqual([]);
		});

		test('O12: the panel says how many, for how much by the prices of the profile, and which are guessed', async () => {
			const ana = await customerWho(store, '573001112233', UNSURE);
			await takeTurns(store, [ana], { model: answers });
			await countedModel(store, async () => await Promise.resolve('abcd'), { ...ana, purpose: 'knowledge' })([
				{ role: 'user', content: 'abcdefgh' },
			]);
			expect(await costOf(ana.conversationId)).toEqual([
				{ kind: 'model', amount: '0', currency: 'COP', count: 2, estimated: 1 },
			]);
			const models = [
				{ model: 'gpt-4o-mini', input: '0.15', output: '0.6', currency: 'USD' },
				{ model: '', input: '1', output: '1', currency: 'USD' },
			];
			await saveProfile(store, { ...profiles.prosuministros, costs: { messages: [], models } }, 'test');
			// 400 × 0.15 + 12 × 0.6 + (2 + 1) × 1 millionths.
			expect(await costOf(ana.conversationId)).toEqual([
				{ kind: 'model', amount: '0.0000702', currency: 'USD', count: 2, estimated: 1 },
			]);
		});

		test('O11: two people who are one bear the calls together; an erasure leaves none', async () => {
			const ana = await customerWho(store, '573001112233', UNSURE);
			const again = await customerWho(store, '573004445566', UNSURE);
			await takeTurns(store, [ana, again], { model: answers });
			await mergePeople(store, { fromKey: again.contactId, intoKey: ana.contactId });
			const rows = await calls();
			expect(new Set(rows.map((row) => row.conversation_id)).size).toBe(1);
			await erasePerson(store, { contactKey: ana.contactId, confirm: ana.contactId, actor: 'test' });
			expect(await calls()).toEqual([]);
		});

		test('what a conversation cost is found by an index', async () => {
			const ana = await customerWho(store, '573001112233', UNSURE);
			await takeTurns(store, [ana], { model: answers });
			const { store: observed, assertNoScan } = watched(store);
			await ask(observed, await viewer(store, 'Laura Gómez', [], 'supervisor'), 'conversation', {
				conversationId: ana.conversationId,
			});
			await assertNoScan();
		});
	});
});
