import { newConversation } from '../../nodes/shared/domain/conversation/newConversation';
import { step } from '../../nodes/shared/domain/conversation/step';
import type { ConversationState } from '../../nodes/shared/domain/conversation/types';
import type { KnowledgeFinding } from '../../nodes/shared/domain/knowledge/knowledge';
import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { render } from '../../nodes/shared/text/render';
import * as fc from '../support/properties';

const profile = profiles.prosuministros;

const answer: KnowledgeFinding = {
	kind: 'answer',
	parts: [{ text: 'knowledge_answer', values: { answer: 'Sí, {business} menú 1' } }],
	sources: [{ kind: 'entry', id: '1', title: 'Envíos', score: 1 }],
	complete: true,
	by: 'rules',
};
const none: KnowledgeFinding = { ...answer, kind: 'none', parts: [{ text: 'knowledge_none' }], sources: [] };
const several: KnowledgeFinding = {
	...answer,
	kind: 'several',
	parts: [{ text: 'knowledge_several', values: { list: '• A\n• B' } }],
	choices: [
		{ id: 'answer:product:A', text: 'literal', values: { title: 'A' } },
		{ id: 'answer:product:B', text: 'literal', values: { title: 'B' } },
	],
	complete: false,
};

const said = fc.constantFrom(
	'hola',
	'Ana Ruiz',
	'1020304050',
	'¿cuánto vale la impresora?',
	'¿hacen envíos?',
	'formal',
	'menú',
	'2',
	'no sé',
	'mi pedido no llega',
	'quiero hablar con alguien',
	'gracias',
	'BAJA',
);
const finding = fc.constantFrom(
	undefined,
	answer,
	{ ...answer, complete: false },
	none,
	{ ...none, complete: false },
	several,
);
const turns = fc.array(fc.array(fc.tuple(said, finding), { minLength: 1, maxLength: 3 }), { maxLength: 12 });

test('B20, D35: whatever the knowledge says, a turn is one bubble at most, it can be rendered, and the state survives', () => {
	fc.assert(
		fc.property(turns, (conversation) => {
			let state: ConversationState = newConversation(profile);
			conversation.forEach((messages, turn) => {
				const at = new Date(Date.parse('2026-03-10T15:00:00Z') + turn * 60_000);
				const ids = messages.map((_, index) => `wamid.${turn}.${index}`);
				const result = step(
					state,
					{
						kind: 'turn',
						at,
						requestId: `r${turn}`,
						messages: messages.map(([text], index) => ({
							kind: 'message',
							id: ids[index] ?? '',
							at: new Date(at.getTime() + index),
							raw: {},
							from: { waId: '573001112233' },
							channel: { phoneNumberId: '1' },
							content: { type: 'text', text },
						})),
						contact: { contactId: 'c', returning: false, openCases: [] },
						knowledge: Object.fromEntries(
							messages.flatMap(([, found], index) => (found === undefined ? [] : [[ids[index], found]])),
						),
					},
					profile,
				);
				const bubbles = result.effects.filter((effect) => effect.kind === 'say');
				expect(bubbles.length).toBeLessThanOrEqual(1);
				for (const bubble of bubbles) {
					const message = render(bubble, profile, result.state.language);
					const text = 'text' in message ? message.text : '';
					// What an entry says is said as it stands, once.
					expect(text.split('Sí, {business} menú 1').length).toBeLessThanOrEqual(2);
				}
				expect(JSON.parse(JSON.stringify(result.state))).toEqual(result.state);
				state = result.state;
			});
		}),
		{ numRuns: 300 },
	);
});

test('B20: a question that comes while a case is being registered is answered with its confirmation, and is no note of it', () => {
	const at = new Date('2026-03-10T15:00:00Z');
	const contact = { contactId: 'c', name: 'Ana', identification: '1020304050', returning: true, openCases: [] };
	const says = (state: ConversationState, id: string, text: string, found?: KnowledgeFinding) =>
		step(
			state,
			{
				kind: 'turn',
				at,
				requestId: id,
				messages: [
					{
						kind: 'message',
						id,
						at,
						raw: {},
						from: { waId: '573001112233' },
						channel: { phoneNumberId: '1' },
						content: { type: 'text', text },
					},
				],
				contact,
				...(found === undefined ? {} : { knowledge: { [id]: found } }),
			},
			profile,
		);
	const asked = says(newConversation(profile), 'm1', 'mi impresora no enciende');
	const meanwhile = says(asked.state, 'm2', '¿hacen envíos?', answer);
	expect(meanwhile.effects.filter(({ kind }) => kind === 'say')).toEqual([]);
	const confirmed = step(
		meanwhile.state,
		{ kind: 'case_opened', at, requestId: 'm1:case', caseId: 'case-1', number: 'PS-1', type: 'support', contact },
		profile,
	);

	const [bubble] = confirmed.effects.filter((effect) => effect.kind === 'say');
	expect(bubble?.parts[0]).toEqual(answer.parts[0]);
	expect(confirmed.effects.filter(({ kind }) => kind === 'addToCase')).toEqual([]);
	expect(confirmed.state.memory['afterthoughts']).toBeUndefined();
});
