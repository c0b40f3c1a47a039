import { createExplain } from '../../nodes/shared/clients/stripe/errorTable';
import { readAmount, readQuantity } from '../../nodes/shared/domain/classifier/entities';
import { classify } from '../../nodes/shared/domain/classifier/classify';
import { valuesOfText } from '../../nodes/shared/domain/conversation/textValues';
import { applyPaymentEvent, newPayment } from '../../nodes/shared/domain/payments/payment';
import { changesBetween } from '../../nodes/shared/domain/profile/diff';
import { fieldName } from '../../nodes/shared/domain/profile/fieldNames';
import { businessProfileSchema, type BusinessProfile } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { validateProfile } from '../../nodes/shared/domain/profile/validateProfile';
import { readNotes } from '../../nodes/shared/domain/simulation/exportNotes';
import { chatTypeOfTransport, transportName } from '../../nodes/shared/domain/wazzup/chatTypes';
import { alertInWords } from '../../nodes/shared/text/alertTexts';
import { kindInWords } from '../../nodes/shared/text/bridgeTexts';
import { deadLetterInWords } from '../../nodes/shared/text/deadLetters';
import { handoffReason } from '../../nodes/shared/text/handoffReasons';
import { paymentInWords } from '../../nodes/shared/text/paymentTexts';
import { wordsOf } from '../../nodes/shared/text/render';
import { fieldWords, reasonWords } from '../../nodes/shared/text/simulationPage/words';
import { learntBetween } from '../../nodes/shared/usecases/dialogue/deskAfter';
import { mergeProfile } from '../../nodes/shared/usecases/profile/fillProfile';
import { profileDiagram } from '../../nodes/shared/usecases/profile/profileDiagram';
import { parseMetaWebhook } from '../../nodes/shared/webhooks/meta/parse';
import { parseWazzupWebhook } from '../../nodes/shared/webhooks/wazzup/parse';
import { Dialogue, known } from '../support/dialogue';

/** What every object of JavaScript answers to without having been given it. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

/** The preset with a question of its own under the name, and a sentence of its own. */
function profileAsking(field: string): BusinessProfile {
	const profile = structuredClone(prosuministros);
	const [first, ...others] = profile.options;
	return businessProfileSchema.parse({
		...profile,
		options: [{ ...first, questions: [{ field, type: 'text', textKey: 'own_question' }] }, ...others],
		texts: { ...profile.texts, es: { ...profile.texts.es, own_question: '¿Quién construye la obra?' } },
	});
}

/** The preset with a sentence of its own under the key. */
const profileSaying = (key: string): BusinessProfile => ({
	...prosuministros,
	texts: { es: Object.fromEntries([[key, 'Ya te ayudamos.']]) },
});

describe('a name from outside that every object inherits is only a name', () => {
	describe('S3: what Wazzup posts', () => {
		test.each(INHERITED)('a field named %s is news that nobody knows', (name) => {
			const body: unknown = JSON.parse(`{${JSON.stringify(name)}: [{"id": "1"}]}`);
			expect(parseWazzupWebhook(body)).toEqual([expect.objectContaining({ kind: 'unknown', field: name })]);
		});

		test.each(INHERITED)('a status, an error and a kind of message named %s', (name) => {
			const [status] = parseWazzupWebhook({ statuses: [{ messageId: 'm1', status: name }] });
			expect(status).toMatchObject({ kind: 'unknown' });
			const message = {
				messageId: 'm1',
				channelId: 'c1',
				chatType: 'whatsapp',
				chatId: '573001234567',
				type: name,
				contentUri: 'https://store.wazzup24.com/a.bin',
				error: { error: name },
			};
			const [event] = parseWazzupWebhook({ messages: [message] });
			expect(event).toMatchObject({ kind: 'message', content: { errors: [{ code: 0 }] } });
			expect(JSON.parse(JSON.stringify(event))).toEqual(JSON.parse(JSON.stringify(event, withFunctions)));
		});

		test.each(INHERITED)('a transport named %s is called as it is', (name) => {
			expect(chatTypeOfTransport(name)).toBeUndefined();
			expect(transportName(name)).toBe(name);
		});
	});

	test.each(INHERITED)('S1: a message of Meta of the type %s is kept as unknown', (name) => {
		const message = Object.fromEntries([
			...Object.entries({ id: 'wamid.1', from: '573001234567', timestamp: '1700000000', type: name }),
			[name, { body: 'hola' }],
		]);
		const value = {
			messaging_product: 'whatsapp',
			metadata: { phone_number_id: '1' },
			messages: [message],
			statuses: [{ id: 'wamid.2', status: name, timestamp: '1700000000', recipient_id: '573001234567' }],
		};
		const events = parseMetaWebhook({
			object: 'whatsapp_business_account',
			entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
		});
		expect(JSON.parse(JSON.stringify(events))).toEqual(JSON.parse(JSON.stringify(events, withFunctions)));
		expect(events).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ kind: 'message', content: expect.objectContaining({ type: 'unknown' }) }),
			]),
		);
	});

	test.each(INHERITED)('S5: an error of Stripe with the code and type %s has its status’s words', (name) => {
		const explained = createExplain()({ status: 401, body: { error: { code: name, type: name } }, headers: {} });
		expect(explained?.message).toBe(`Stripe did not accept the key in 'Secret Key' (${name})`);
	});

	test.each(INHERITED)('S5: an attempt, a refund and a dispute with the id %s count once', (name) => {
		const base = { at: 1_000, amount: 500, currency: 'COP' };
		let payment = newPayment({ amount: 500, currency: 'COP' });
		const effects = (
			[
				{ ...base, id: 'e1', kind: 'paid', attempt: name },
				{ ...base, id: 'e2', kind: 'dispute', dispute: name, state: 'open' },
				{ ...base, id: 'e3', at: 2_000, kind: 'dispute', dispute: name, state: 'won' },
				{ ...base, id: 'e4', kind: 'refund', refund: name, state: 'succeeded' },
			] as const
		).flatMap((event) => {
			const next = applyPaymentEvent(payment, event);
			payment = next.payment;
			return next.effects.map(({ kind }) => kind);
		});
		expect(effects).toEqual(['paid', 'dispute_opened', 'dispute_closed', 'refunded']);
		expect(payment).toMatchObject({ state: 'refunded', amountPaid: 500, amountRefunded: 500 });
	});

	describe('B10: what a customer writes', () => {
		test('a builder is no amount of money and no number', () => {
			expect(readAmount('soy constructor, millones de gracias')).toBeUndefined();
			expect(readAmount('constructor millones')).toBe(readAmount('albañil millones'));
			expect(readQuantity(['constructor', 'docenas'], 0)).toBeUndefined();
			expect(readQuantity(['20', 'constructor'], 0)).toEqual({ value: 20, length: 1 });
		});

		test.each(INHERITED)('“%s” is classified like any other word', (name) => {
			const { intent, entities } = classify(`${name}`);
			expect({ intent, entities: JSON.parse(JSON.stringify(entities)) }).toEqual({
				intent: classify('albañil').intent,
				entities,
			});
		});
	});

	test.each(INHERITED)('U8: an attached file that ends in .%s is a document', (name) => {
		expect(readNotes(`<adjunto: obra.${name}>`)).toMatchObject({
			media: { type: 'document', filename: `obra.${name}` },
		});
	});

	describe('U1: what a business calls its own things', () => {
		const names = INHERITED.filter((name) => /^[a-z]/.test(name));

		test.each(names)('a question that keeps its answer under %s is asked, answered and drawn', (name) => {
			const profile = profileAsking(name);
			expect(validateProfile(profile)).toHaveProperty('profile');
			const ana = new Dialogue({ profile, contact: known });
			expect(ana.says({ tap: `option:${profile.options[0]?.id ?? ''}` })?.text).toContain('¿Quién construye la obra?');
			ana.says('Constructora Andina');
			expect(ana.cases[0]?.fields).toMatchObject({ [name]: 'Constructora Andina' });
			expect(profileDiagram(profile, 'es').svg).toContain(`${name} (`);
			const before = JSON.stringify({ ...ana.state, fields: {} });
			const learnt = learntBetween(before, { ...ana.state, fields: { [name]: 'Constructora Andina' } });
			expect(learnt).toEqual({ before: {}, after: { [name]: 'Constructora Andina' } });
		});

		test.each(names)('a sentence of its own under the key %s is checked, merged, compared and said', (name) => {
			const profile = profileSaying(name);
			expect(validateProfile(profile)).toEqual({ profile: businessProfileSchema.parse(profile) });
			expect(valuesOfText(name, false)).toEqual(valuesOfText('own', false));
			expect(wordsOf(name, profile, 'es')).toBe('Ya te ayudamos.');
			expect(() => wordsOf(name, prosuministros, 'es')).toThrow(`There is no text '${name}'`);
			const plain = { ...profile, texts: { es: { own: 'x' } } };
			const rules = { onlyEmpty: true, keepOtherOptions: true };
			expect(mergeProfile(plain, [{ texts: profile.texts }], rules)).toMatchObject({
				texts: { es: { own: 'x', [name]: 'Ya te ayudamos.' } },
			});
			expect(changesBetween({ ...profile, texts: { es: {} } }, profile)).toEqual([
				{ path: [{ field: 'texts' }, { field: 'es' }, { field: name }], kind: 'added', after: 'Ya te ayudamos.' },
			]);
		});
	});

	test.each(INHERITED)('%s stands in a sentence as it was given', (name) => {
		expect(fieldName(name)).toBe(name);
		expect(fieldWords(name)).toBe(name);
		expect(reasonWords(name)).toBe(name);
		expect(handoffReason(name, 'es')).toBe(name);
		expect(deadLetterInWords(name, name, 'es')).toBe(name);
		expect(kindInWords(name, 'es')).toBe('…');
		expect(alertInWords({ kind: name, level: name, facts: {}, isOver: false }, 'es')).toBe(name);
		expect(paymentInWords('failed', 'es', { amount: '$ 1', reason: name })).toContain('el banco no lo autorizó');
	});
});

/** Makes what JSON leaves out of an event visible: a function where a word should be. */
function withFunctions(_name: string, value: unknown): unknown {
	return typeof value === 'function' ? `function ${value.name}` : value;
}
