import { classify } from '../../nodes/shared/domain/classifier/classify';
import { moodOf } from '../../nodes/shared/domain/classifier/mood';
import { INTENTS, type Intent } from '../../nodes/shared/domain/classifier/types';
import { businessProfileSchema } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import tuning from '../fixtures/classifierTuning.json';
import named from '../fixtures/entityEvaluation.json';
import { evaluation, evaluationBatches, type Labelled } from '../support/labelledMessages';
import * as fc from '../support/properties';

const intentOf = (text: string): Intent => classify(text, { profile: prosuministros }).intent;

/** Share of right answers, and the mean over the intents of F1, so that a rare intent counts as much as a common one. */
function measure(set: Labelled) {
	const wrong: string[] = [];
	const right = new Map<Intent, number>();
	const given = new Map<Intent, number>();
	const wanted = new Map<Intent, number>();
	const count = (map: Map<Intent, number>, intent: Intent) => map.set(intent, (map.get(intent) ?? 0) + 1);
	for (const intent of INTENTS)
		for (const text of set[intent] ?? []) {
			const answer = intentOf(text);
			count(wanted, intent);
			count(given, answer);
			if (answer === intent) count(right, intent);
			else wrong.push(`${intent}, not ${answer}: ${text}`);
		}
	const of = (map: Map<Intent, number>, intent: Intent) => map.get(intent) ?? 0;
	const f1 = INTENTS.map((intent) => (2 * of(right, intent)) / (of(given, intent) + of(wanted, intent)));
	const total = [...wanted.values()].reduce((sum, value) => sum + value, 0);
	return {
		total,
		accuracy: (total - wrong.length) / total,
		macroF1: f1.reduce((sum, value) => sum + value, 0) / INTENTS.length,
		wrong,
	};
}

/**
 * The evaluation set was written in batches, each before the rules had seen it. The first ten were 90.9, 85.2, 89.2, 91.6,
 * 90.4, 94.7, 95.8, 95.6, 95.3 and 94.2 % right at first sight; what the later ones were stands beside them in the fixture.
 * The eleventh to fourteenth look for trouble (changes of mind, other trades, three countries' words for one thing), the
 * fifteenth and sixteenth are ordinary days. The seventeenth is one more, the eighteenth is full of traps; the nineteenth was
 * written with them and first looked at when both had been learnt from. Seven of their labels were put right to the
 * requirement's words afterwards (a certificate is a document, whatever it certifies); as first written they were 95.0, 94.1
 * and 95.1 % right. The twentieth to twenty-third are whole sentences of people who talk as they type; the twentieth is by
 * a reader who knew none of the rules, the next three were each written when the one before had been learnt from. The
 * twenty-fourth is by another such reader: half of it short, half talkative, an eighth of it traps; one of its labels was put
 * right (a "paz y salvo" is a document too), its figures are as first written. What was missed was then put into the rules as
 * concepts. From the twenty-fifth on most of a batch tells a story in several sentences, with the wish first, last or
 * between. What stands beside the twenty-fifth to twenty-seventh is by rules alone; from the twenty-eighth on weights
 * learned from all batches before it stand beside the rules (test/learning), which alone would have been 69.3, 72.4, 59.3,
 * 84.6, 79.0 and 95.8 % right. The thirtieth keeps clear of every usual word on purpose, the thirty-third is an ordinary day
 * with some traps. So the set is a floor
 * that nothing may fall below; how good the classifier is on new messages, only a new batch tells, and the last fifth that
 * the weights were not learned from (classifierLearning.test.ts).
 */
describe('B3: at least 95 % of real messages are understood by rules', () => {
	const report: string[] = [];
	afterAll(() => process.stdout.write(`${report.join('\n')}\n`));

	test.each([
		['tuning', tuning as Labelled, 150],
		['evaluation', evaluation, 2_400],
	])('on the %s set', (name, set, atLeast) => {
		const { total, accuracy, macroF1, wrong } = measure(set);
		report.push(
			`classifier, ${name} set: ${total} messages, accuracy ${(accuracy * 100).toFixed(1)} %, macro-F1 ${(macroF1 * 100).toFixed(1)} %`,
		);

		expect(total).toBeGreaterThanOrEqual(atLeast);
		expect({ enough: accuracy >= 0.95, wrong: accuracy >= 0.95 ? [] : wrong }).toEqual({ enough: true, wrong: [] });
		expect(macroF1).toBeGreaterThanOrEqual(0.95);
	});

	test.each(evaluationBatches)('batch $batch', ({ batch, firstSight, messages }) => {
		const { total, accuracy, macroF1 } = measure(messages);
		const then =
			firstSight === undefined
				? ''
				: `; at first sight ${firstSight.accuracy.toFixed(1)} % and ${firstSight.macroF1.toFixed(1)} %`;
		report.push(
			`classifier, batch ${batch}: ${total} messages, accuracy ${(accuracy * 100).toFixed(1)} %, macro-F1 ${(macroF1 * 100).toFixed(1)} %${then}`,
		);

		expect(accuracy).toBeGreaterThanOrEqual(0.95);
	});

	test('the two sets share no message', () => {
		const tuned = new Set(Object.values(tuning).flat());
		expect(
			Object.values(evaluation)
				.flat()
				.filter((text) => tuned.has(text) && text.split(' ').length > 3),
		).toEqual([]);
	});
});

describe('B3: precedence, negation and the traps of the language', () => {
	test.each<[string, Intent]>([
		['no es soporte, es para cotizar', 'quotation'],
		['no quiero cotizar, quiero saber dónde está mi pedido', 'order_status'],
		['ya no quiero cotizar, mejor dígame dónde está mi pedido', 'order_status'],
		['mi pedido llegó dañado', 'support'],
		['no me ha llegado la factura del pedido', 'billing'],
		['información de mi pedido', 'order_status'],
		['soporte de pago', 'billing'],
		['ayuda para cotizar', 'quotation'],
		['quiero cancelar mi deuda', 'billing'],
		['quiero cancelar mi pedido', 'order_status'],
		['carta de garantía', 'documents'],
		['quiero hacer efectiva la garantía', 'support'],
		['cuánta garantía tiene', 'quotation'],
		['cuánto vale arreglar mi portátil', 'support'],
		['quiero hablar con un asesor para cotizar 5 portátiles', 'quotation'],
		['no quiero hablar con un robot', 'human'],
		['gracias por la cotización', 'thanks'],
		['la tinta no baja', 'support'],
		['BAJA', 'opt_out'],
		['iba a preguntar por mi pedido pero ya llegó, más bien dígame si tienen cargadores', 'quotation'],
		['iba a comprar tinta pero mejor ayúdenme que la impresora no prende', 'support'],
		['preguntaba por el envío pero ya llegó, ahora lo que necesito es la factura', 'billing'],
		['la factura no tanto, el rut es lo que necesito', 'documents'],
		['emiten factura a empresas?', 'quotation'],
		['no me han hecho la factura electrónica del portátil', 'billing'],
		['si soy cliente nuevo dan crédito o hay que pagar todo antes para que despachen?', 'quotation'],
		['ya pagué todo, qué más falta para que despachen la mercancía', 'order_status'],
		['a qué hora puedo pasar por mis cajas ya pagadas', 'order_status'],
		['puedo pasar por mi portátil que está en garantía?', 'support'],
		['la factura ya pagada me la vuelven a cobrar', 'billing'],
		['el otro pedido, el de las sillas, ya viene?', 'order_status'],
		['el router pierde señal a cada rato', 'support'],
		['mi hijo tiene una tablet que les compramos y olvidó el pin', 'support'],
		['necesito la ficha técnica de la ups porque se quemó y la aseguradora la exige', 'documents'],
		['necesito el manual y ayuda porque la impresora no prende', 'support'],
		['no más bots por favor', 'human'],
		['¿está Luz?', 'human'],
		['buenas, se encuentra don Jairo?', 'human'],
		['esta luz no prende', 'support'],
		['esta Navidad nos vemos', 'unknown'],
		['está Juliana? es que mi pedido no ha llegado', 'order_status'],
		['está disponible el portátil?', 'quotation'],
		['se me borró el contacto de la asesora, me lo pasan?', 'human'],
		['buenas tardes, les saluda Jorge desde Tunja, espero que todos se encuentren muy bien por allá', 'greeting'],
		['hola les saluda Pedro de ferretería sol, me cotizan dos ups', 'quotation'],
		['obrigada, já está funcionando a impressora', 'thanks'],
		['gracias ya quedó el portátil pero ahora la impresora no prende', 'support'],
		['gracias, ya me llegó, pero falta la factura', 'billing'],
		['não funcionou, obrigado', 'support'],
		['les pido quitarme de sus envíos masivos', 'opt_out'],
		['no paran de mandarme publicidad', 'opt_out'],
		['no paran de mandarme cobros de una factura que ya pagué', 'billing'],
		['la impresora no para de sacar hojas en blanco', 'support'],
		['quiten el mouse de mi pedido', 'order_status'],
		['me prestas plata parce, te pago el viernes', 'unknown'],
		['me prestan un equipo mientras arreglan el mío?', 'support'],
		['acuérdate de comprar la leche y los huevos', 'unknown'],
		['profe, el taller de matemáticas es para mañana?', 'unknown'],
		['el taller me devolvió el equipo igual', 'support'],
	])('“%s” is %s', (text, intent) => {
		expect(intentOf(text)).toBe(intent);
	});

	test.each<[string, Intent]>([
		['ayuda', 'support'],
		['soporte', 'support'],
		['fallo', 'support'],
		['dañada', 'support'],
		['información', 'quotation'],
		['quiero saber', 'quotation'],
		['me gustaría saber', 'quotation'],
		['precio', 'quotation'],
		['cotización', 'quotation'],
	])('D22: the bare word “%s” is %s', (text, intent) => {
		expect(intentOf(text)).toBe(intent);
	});

	test.each<[string, string]>([
		['NECESITO COTIZAR 20 PORTATILES', 'capitals'],
		['nesesito cotisar 20 portatiles', 'spelling'],
		['necesito cotizaaaar 20 portatiles!!!', 'repeated letters'],
		['ncsito cotizar 20 portatiles x fa', 'abbreviations'],
		['necesito coti\u0301zar 20 porta\u0301tiles 💻', 'decomposed accents and emoji'],
	])('“%s” is still a quotation (%s)', (text) => {
		expect(intentOf(text)).toBe('quotation');
	});
});

describe('B6: what a message says besides its intent', () => {
	test.each<[string, object]>([
		['necesito cotizar 20 portátiles lenovo', { product: 'portátiles lenovo', quantity: 20 }],
		['precio de una docena de mouse logitech', { product: 'mouse logitech', quantity: 12 }],
		['cotización de 1.500 memorias usb', { product: 'memorias usb', quantity: 1500 }],
		['mi pedido 4521 no llega', { orderNumber: '4521' }],
		['hola, soy Juan Pérez y mi cédula es 1.020.304.050', { name: 'Juan Pérez', identification: '1020304050' }],
		['mi correo es Ana.Ruiz@Empresa.com.co', { email: 'ana.ruiz@empresa.com.co' }],
		['tengo 1,5 millones para un portátil', { amount: 1_500_000 }],
		['les saluda Marta Gil, mi pedido 4521 no llega', { name: 'Marta Gil', orderNumber: '4521' }],
		['me atendió Carlos Ramírez', { advisor: 'Carlos Ramírez' }],
		['hacen envíos a medellin?', { city: 'Medellín' }],
	])('“%s”', (text, entities) => {
		expect(classify(text, { profile: prosuministros }).entities).toMatchObject(entities);
	});
});

describe('B6: everything that 121 messages say besides their intent', () => {
	const at = new Date(named.at);
	const read = (text: string): Record<string, unknown> => {
		const { identificationType, ...entities } = classify(text, { profile: prosuministros, at }).entities;
		expect(identificationType === undefined).toBe(entities.identification === undefined);
		return entities;
	};

	test.each(named.messages)('$text', ({ text, entities }) => {
		expect(read(text)).toEqual(entities);
	});

	test('their figures are told', () => {
		const whole = named.messages.filter(({ text, entities }) => {
			const said = read(text);
			return JSON.stringify(Object.entries(said).sort()) === JSON.stringify(Object.entries(entities).sort());
		});
		process.stdout.write(
			`classifier, entities: ${named.messages.length} messages, ${whole.length} read whole; at first sight ${named.firstSight.wholeMessages}, and ${named.firstSight.values} % of the values\n`,
		);
		expect(whole).toHaveLength(named.messages.length);
	});

	test.each([
		['entrega el 31/02', undefined],
		['lo compré el lunes', undefined],
		['me llegó mañana y tarde', undefined],
		['lo necesito en 8 días', '2026-12-01'],
		['llega por la mañana?', undefined],
		['para el primero de marzo', '2027-03-01'],
	])('a day is read only where one is wanted by: “%s”', (text, date) => {
		expect(classify(text, { profile: prosuministros, at }).entities.date).toBe(date);
	});

	test('without a clock no day is guessed', () => {
		expect(classify('para mañana', { profile: prosuministros }).entities.date).toBeUndefined();
	});
});

describe('B3: an operator can see and change the rules', () => {
	test('every decision names the rules and the words that led to it', () => {
		const { matched } = classify('Necesito una Cotización urgente', { profile: prosuministros });

		expect(matched).toContainEqual(expect.objectContaining({ intent: 'quotation', found: 'Cotización' }));
	});

	test('a keyword added to the profile decides, and one set to zero is switched off', () => {
		const withKeywords = businessProfileSchema.parse({
			...prosuministros,
			keywords: [
				{ intent: 'documents', phrase: 'kardex*', weight: 4 },
				{ intent: 'quotation', phrase: 'precio*', weight: 0 },
			],
		});

		expect(classify('me pasan el kardexito', { profile: withKeywords }).intent).toBe('documents');
		expect(intentOf('me pasan el kardexito')).toBe('unknown');
		expect(classify('precio', { profile: withKeywords }).intent).toBe('unknown');
	});
});

describe('B14: moods that no menu answers', () => {
	test.each([
		['pésimo servicio', 'complaint'],
		['los voy a demandar', 'complaint'],
		['son unos ladrones', 'complaint'],
		['malparidos', 'insult'],
		['ya no sé qué hacer', 'despair'],
		['no me entiendes', 'despair'],
		['necesito cotizar un robot aspirador', undefined],
	])('“%s” is %s', (text, mood) => {
		expect(moodOf(text)).toBe(mood);
	});
});

describe('whatever is written', () => {
	test('given any text, classify answers with a known intent and a confidence between 0 and 1, and never throws', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
				const { intent, confidence } = classify(text, { profile: prosuministros });
				expect(INTENTS).toContain(intent);
				expect(confidence).toBeGreaterThanOrEqual(0);
				expect(confidence).toBeLessThanOrEqual(1);
			}),
		);
	});

	test('given a very long text, the answer takes no longer than its length deserves', () => {
		const long = 'necesito cotizar portatiles no llega mi pedido '.repeat(90);
		const before = process.cpuUsage();
		classify(long, { profile: prosuministros });
		const { user, system } = process.cpuUsage(before);
		expect((user + system) / 1e3).toBeLessThan(500);
	});

	test('given the same text, capitals and accents change nothing', () => {
		const all = Object.values(tuning).flat();
		fc.assert(
			fc.property(fc.constantFrom(...all.filter((text) => !text.includes('ó'))), (text) => {
				const bare = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
				expect(intentOf(bare.toUpperCase())).toBe(intentOf(text));
			}),
			{ numRuns: 60 },
		);
	});
});
