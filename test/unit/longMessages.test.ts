import { classify, saysDetails } from '../../nodes/shared/domain/classifier/classify';
import { languageOf } from '../../nodes/shared/domain/classifier/language';
import { foldedWords } from '../../nodes/shared/domain/inbox/searchWords';
import { asksAboutItem, asksPrice, asksWhere, isQuestion } from '../../nodes/shared/domain/knowledge/asking';
import { prosuministros as profile } from '../../nodes/shared/domain/profile/prosuministros';
import { Dialogue, known } from '../support/dialogue';

/** What a person can write into one message of WhatsApp. */
const LONGEST = 65_536;
/** Of the processor's time, whatever else runs: hundreds of times what an ordinary message takes, and nobody waits for it. */
const MOST_SECONDS = 3;

function secondsOf(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
}

const REPEATED = [
	...[
		'a',
		'a@',
		'b-',
		'x_',
		"d'",
		'a/',
		'1',
		'1.',
		'1,',
		'00',
		'1-',
		'.',
		'. ',
		' ',
		'\n',
		'\t',
		'-',
		'¿',
		'(',
		'*a*',
		'_',
	],
	...[
		'hola ',
		'no ',
		'no, mejor 5 ',
		'y ',
		'la ',
		'un ',
		'de ',
		'mil ',
		'docena ',
		'1 millones ',
		'$ 1.000 ',
		'calle 1 # 2 ',
	],
	...[
		'cotizar 2 monitores y ',
		'la impresora hp ',
		'cc 1020304050 ',
		'nit 900123456-8 ',
		'3001234567 ',
		'+57 ',
		'a.b@c.co ',
	],
	...[
		'soy Ana ',
		'Z z ',
		'1. x\n',
		'- x\n',
		'el lunes ',
		'perdón, era 10. ',
		'¿cuánto vale? ',
		'http://',
		'👍',
		'a\u0301',
		'\u0000',
		'\ud800',
	],
];

describe('B15: no message keeps the desk from its other customers', () => {
	test.each(REPEATED.map((unit) => [unit, unit.repeat(Math.ceil(LONGEST / unit.length)).slice(0, LONGEST)]))(
		'as much of %j as WhatsApp takes is read in time',
		(_unit, text) => {
			const fresh = new Dialogue();
			const asked = new Dialogue({ contact: known });
			asked.says({ tap: 'option:quotation' });
			fresh.says('hola');
			const work: ReadonlyArray<readonly [string, () => unknown]> = [
				['classified', () => [classify(text), saysDetails(text), languageOf(text)]],
				[
					'looked up',
					() => [isQuestion(text), asksAboutItem(text), asksPrice(text), asksWhere(text), foldedWords(text)],
				],
				['as the first thing said', () => new Dialogue({ profile, contact: known }).says(text)],
				['as a name', () => fresh.says(text)],
				['as a product', () => asked.says(text)],
			];
			expect(work.filter(([, does]) => secondsOf(does) > MOST_SECONDS).map(([what]) => what)).toEqual([]);
		},
	);

	test('what stands at the beginning of a long text counts', () => {
		const text = `Necesito cotizar 20 monitores de 24 pulgadas. ${'Detalle. '.repeat(2_000)} FIN`;
		const ana = new Dialogue({ contact: known });
		ana.says(text);
		ana.says('solo información');
		const [opened] = ana.cases;
		expect(opened).toMatchObject({ type: 'information', fields: { quantity: '20' } });
	});

	test('a letter of two units is not cut in the middle', () => {
		const { entities } = classify(`${'a'.repeat(3_999)}👍${'b'.repeat(100)}`);
		expect(JSON.stringify(entities)).not.toMatch(/\\ud8/i);
	});
});
