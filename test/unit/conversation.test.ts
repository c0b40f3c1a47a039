import { step } from '../../nodes/shared/domain/conversation/step';
import { newConversation } from '../../nodes/shared/domain/conversation/newConversation';
import { businessProfileSchema } from '../../nodes/shared/domain/profile/businessProfile';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { advisors, Dialogue, known } from '../support/dialogue';

const MENU = ['option:quotation', 'option:order_status', 'option:other'];

describe('B4, D1: a new customer (flow A)', () => {
	test('“hola” → A1+A2 → A3 → A4 with three buttons → template D → one confirmation with the number', () => {
		const dialogue = new Dialogue();

		expect(dialogue.says('hola')?.keys).toEqual(['A1', 'A2']);
		expect(dialogue.says('Juan Pérez')?.keys).toEqual(['A3']);
		expect(dialogue.says('1020304050')).toMatchObject({ keys: ['A4'], choices: MENU });
		expect(dialogue.says({ tap: 'option:quotation' })?.keys).toEqual(['D1']);
		expect(dialogue.says('20 portátiles Lenovo')).toMatchObject({
			keys: ['D2'],
			choices: ['answer:detailLevel:formal', 'answer:detailLevel:general'],
		});
		expect(dialogue.says({ tap: 'answer:detailLevel:formal' })?.keys).toEqual(['D3']);
		expect(dialogue.cases).toEqual([
			expect.objectContaining({
				type: 'quotation',
				area: 'sales',
				option: 'quotation',
				subject: '20 portátiles Lenovo',
				createLead: true,
				fields: expect.objectContaining({
					name: 'Juan Pérez',
					identification: '1020304050',
					product: 'portátiles Lenovo',
					quantity: '20',
					detailLevel: 'formal',
				}),
			}),
		]);
		expect(dialogue.all('learn').map(({ field, value }) => [field, value])).toEqual([
			['name', 'Juan Pérez'],
			['identification', '1020304050'],
		]);
		expect(dialogue.bubbles).toHaveLength(6);
	});

	test('D2: a need that was said skips the menu, and what was said is not asked again (B6)', () => {
		const dialogue = new Dialogue();

		expect(dialogue.says('Buenas, necesito cotizar 20 portátiles')?.keys).toEqual(['A1', 'A2']);
		expect(dialogue.says('ana maría gómez')?.keys).toEqual(['A3']);
		expect(dialogue.says('900123456')?.keys).toEqual(['D2']);
		expect(dialogue.says('solo información')?.keys).toEqual(['D3']);
		expect(dialogue.cases[0]).toMatchObject({ type: 'information', createLead: false });
	});

	test('B6: name, identification and need in the first message leave only what is missing', () => {
		const dialogue = new Dialogue();
		const first = dialogue.says('Hola, soy Juan Pérez, cc 1020304050, necesito una cotización formal de 5 monitores');

		expect(first?.keys).toEqual(['D3']);
		expect(dialogue.cases[0]?.fields).toMatchObject({ product: 'monitores', quantity: '5', detailLevel: 'formal' });
	});

	test('D1: “menú” before the name shows it at once; the data is asked before the case is made', () => {
		const dialogue = new Dialogue();

		expect(dialogue.says('menú')).toMatchObject({ keys: ['menu'], choices: MENU });
		expect(dialogue.says('1')?.keys).toEqual(['A2']);
		expect(dialogue.says('Juan Pérez')?.keys).toEqual(['A3']);
		expect(dialogue.says('1020304050')?.keys).toEqual(['D1']);
	});

	test('D1: a profile that starts with the menu asks for the data after the flow', () => {
		const profile = businessProfileSchema.parse({ ...prosuministros, start: 'menu' });
		const dialogue = new Dialogue({ profile });

		expect(dialogue.says('hola')).toMatchObject({ keys: ['menu'], choices: MENU });
		expect(dialogue.says('1')?.keys).toEqual(['D1']);
		expect(dialogue.says('3 monitores')?.keys).toEqual(['D2']);
		expect(dialogue.says('formal')?.keys).toEqual(['A2']);
		expect(dialogue.says('Juan Pérez')?.keys).toEqual(['A3']);
		expect(dialogue.says('1020304050')?.keys).toEqual(['D3']);
	});

	test('B4: a wrong identification is asked again with an example and a way out, twice at most', () => {
		const dialogue = new Dialogue();
		dialogue.says('hola');
		dialogue.says('Juan Pérez');

		expect(dialogue.says('123')).toMatchObject({ keys: ['identification_invalid'], choices: ['skip:identification'] });
		expect(dialogue.says('12')?.keys).toEqual(['identification_invalid']);
		expect(dialogue.says('1')?.keys).toEqual(['A4']);
	});

	test.each(['No tengo', 'no tengo', { tap: 'skip:identification' }])(
		'B4: who has no identification goes on (%j)',
		(answer) => {
			const dialogue = new Dialogue();
			dialogue.says('hola');
			dialogue.says('Juan Pérez');

			expect(dialogue.says(answer)?.keys).toEqual(['A4']);
		},
	);

	test('D30: a name that is refused twice becomes the WhatsApp profile’s name, unverified', () => {
		const dialogue = new Dialogue({ contact: { profileName: 'Juanchito' } });
		dialogue.says('hola');

		expect(dialogue.says('12345')?.keys).toEqual(['name_invalid']);
		expect(dialogue.says('¿para qué?')?.keys).toEqual(['A3']);
		expect(dialogue.all('learn')).toContainEqual({ kind: 'learn', field: 'name', value: 'Juanchito', verified: false });
	});

	test('D25: the privacy notice is part of the first bubble when the profile has a policy, and consent is kept', () => {
		const profile = businessProfileSchema.parse({
			...prosuministros,
			consent: { privacyUrl: 'https://example.com/datos' },
		});
		const dialogue = new Dialogue({ profile });

		expect(dialogue.says('hola')?.keys).toEqual(['A1', 'privacy', 'A2']);
		expect(dialogue.all('learn')).toContainEqual(expect.objectContaining({ field: 'consent' }));
	});
});

describe('B2, D29: the menu', () => {
	const atMenu = () => {
		const dialogue = new Dialogue();
		dialogue.says('hola');
		dialogue.says('Juan Pérez');
		dialogue.says('1020304050');
		return dialogue;
	};

	test.each([
		'1',
		'1️⃣',
		'uno',
		'opción 1',
		'la primera',
		'la 1',
		'Cotización',
		'solicitar una cotización',
		'quiero cotizar',
	])('“%s” chooses option 1', (words) => {
		expect(atMenu().says(words)?.keys).toEqual(['D1']);
	});

	test.each([
		['2', 'C1'],
		['el segundo', 'C1'],
		['estado de pedido', 'C1'],
		['3', 'E1'],
		['otro motivo', 'E1'],
		['tres', 'E1'],
	])('“%s” leads to %s', (words, key) => {
		expect(atMenu().says(words)?.keys).toEqual([key]);
	});

	test.each(['menú', 'volver', 'inicio', 'Menu principal', 'quiero ver el menú'])(
		'“%s” works in the middle of a flow',
		(words) => {
			const dialogue = atMenu();
			dialogue.says('1');

			expect(dialogue.says(words)).toMatchObject({ keys: ['menu'], choices: MENU });
		},
	);

	test('D29: “3” is a quantity when a product was asked for, and the menu only while it is on screen', () => {
		const dialogue = atMenu();
		dialogue.says('1');
		dialogue.says('monitores');
		dialogue.says('formal');
		expect(dialogue.cases).toHaveLength(1);

		expect(dialogue.says('3')?.keys).not.toEqual(['E1']);
	});

	test('D29: a tap on an old button is routed by its id', () => {
		const dialogue = atMenu();
		dialogue.says('1');

		expect(dialogue.says({ tap: 'option:order_status', title: '2. Estado de pedido' })?.keys).toEqual(['C1']);
	});

	test('a second greeting shows the initial menu', () => {
		const dialogue = new Dialogue();
		dialogue.says('hola');

		expect(dialogue.says('hola')?.keys).toEqual(['menu']);
	});
});

describe('B5, D3: a returning customer (flow B)', () => {
	test('no need said: B1+B2 with the three buttons, B1 once per session', () => {
		const dialogue = new Dialogue({ contact: known });

		expect(dialogue.says('hola')).toMatchObject({ keys: ['B1', 'B2'], choices: MENU });
		expect(dialogue.says('1')?.keys).toEqual(['D1']);
	});

	test('need said: B1 and the first missing question', () => {
		expect(new Dialogue({ contact: known }).says('cotizar 3 monitores')?.keys).toEqual(['B1', 'D2']);
	});

	test('the identification is asked first when it is missing', () => {
		const dialogue = new Dialogue({ contact: { ...known, identification: undefined } });

		expect(dialogue.says('hola')?.keys).toEqual(['B1', 'A3']);
		expect(dialogue.says('1020304050')).toMatchObject({ keys: ['B2'], choices: MENU });
	});

	test('the next day greets again', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('hola');
		dialogue.waits(26 * 60);

		expect(dialogue.says('hola')?.keys[0]).toMatch(/^B1$|^resumed$/);
	});
});

describe('B8: option 2, the order (template C)', () => {
	test('asks the advisor, notifies, registers, and says both in one bubble (D4, D7)', () => {
		const dialogue = new Dialogue({ contact: known, advisors });

		expect(dialogue.says('mi pedido 4521 no llega')?.keys).toEqual(['B1', 'C1']);
		expect(dialogue.says('carlos ramires')).toMatchObject({ keys: ['C2', 'I'] });
		expect(dialogue.lastBubble?.text).toContain('Ya notifiqué a Carlos Ramírez');
		expect(dialogue.cases[0]).toMatchObject({
			type: 'order_status',
			advisorName: 'Carlos Ramírez',
			fields: { orderNumber: '4521', advisor: 'Carlos Ramírez' },
		});
	});

	test('D8: the bubble names who was really notified', () => {
		const dialogue = new Dialogue({ contact: known, advisors, notifies: () => 'Carla Rojas' });
		dialogue.says('dónde está mi pedido');
		dialogue.says('Carlos Ramírez');

		expect(dialogue.lastBubble?.text).toContain('Ya notifiqué a Carla Rojas');
	});

	test('D7: nobody notified, nobody named', () => {
		const dialogue = new Dialogue({ contact: known, advisors, notifies: () => undefined });
		dialogue.says('dónde está mi pedido');

		expect(dialogue.says('Carlos Ramírez')?.keys).toEqual(['area_notified', 'I']);
	});

	test('D9: a name that fits two people is offered as buttons', () => {
		const dialogue = new Dialogue({ contact: known, advisors });
		dialogue.says('dónde está mi pedido');

		expect(dialogue.says('Carl')).toMatchObject({
			keys: ['advisor_ambiguous'],
			choices: ['answer:advisor:Carla Rojas', 'answer:advisor:Carlos Ramírez', 'skip:advisor'],
		});
		expect(dialogue.says({ tap: 'answer:advisor:Carla Rojas' })?.keys).toEqual(['C2', 'I']);
	});

	test('D9: a second miss ends with whoever is on duty, and no stranger’s name', () => {
		const dialogue = new Dialogue({
			contact: { ...known, ownerName: undefined },
			advisors,
			notifies: () => 'Andrés Felipe Peña',
		});
		dialogue.says('dónde está mi pedido');

		expect(dialogue.says('Zoraida Quintero')?.keys).toEqual(['advisor_not_found']);
		expect(dialogue.lastBubble?.choices).toEqual(['skip:advisor']);
		expect(dialogue.says('Zoraida Quintero')?.keys).toEqual(['advisor_given_up', 'I']);
		expect(dialogue.lastBubble?.text).not.toContain('Andrés');
	});

	test.each(['no recuerdo', 'ni idea', 'no sé'])(
		'D9: “%s” goes to the owner on record, whom the customer knows',
		(words) => {
			const dialogue = new Dialogue({ contact: known, advisors });
			dialogue.says('dónde está mi pedido');

			expect(dialogue.says(words)?.text).toContain('Laura Gómez');
		},
	);

	test('D9: “el de siempre” is the owner on record', () => {
		const dialogue = new Dialogue({ contact: known, advisors });
		dialogue.says('dónde está mi pedido');
		dialogue.says('la de siempre');

		expect(dialogue.cases[0]?.advisorName).toBe('Laura Gómez');
	});

	test('D6: the state of an earlier case of that subject stands before C2', () => {
		const openCases = [
			{
				id: 'old',
				number: 'PS-2026-000777',
				type: 'order_status' as const,
				status: 'in_progress',
				subject: '9999',
				updatedAt: '2026-11-21T15:00:00.000Z',
				ownerName: 'Laura Gómez',
			},
		];
		const dialogue = new Dialogue({ contact: { ...known, openCases }, advisors });
		dialogue.says('mi pedido 4521 no llega');

		expect(dialogue.says('Laura Gómez')?.keys).toEqual(['order_status', 'C2', 'I']);
		expect(dialogue.lastBubble?.text).toMatch(/caso PS-2026-000777, en proceso, a cargo de Laura Gómez/);
	});
});

describe('D5: what is only taken when it is offered may be asked, in a sentence of its own', () => {
	const asking = (field: string) =>
		businessProfileSchema.parse({
			...prosuministros,
			options: prosuministros.options.map((option) => ({
				...option,
				questions: option.questions.map((question) =>
					question.field === field ? { ...question, ask: true } : question,
				),
			})),
		});

	test('the order number is asked for before the advisor, and may be missing', () => {
		const dialogue = new Dialogue({ profile: asking('orderNumber'), contact: known, advisors });

		expect(dialogue.says('estado de mi pedido')).toMatchObject({
			keys: ['B1', 'order_number'],
			text: expect.stringContaining('¿Cuál es el número de tu pedido?'),
		});
		expect(dialogue.says('no lo tengo')?.keys).toEqual(['C1']);
		expect(dialogue.says('Carlos Ramírez')?.keys).toEqual(['C2', 'I']);

		const other = new Dialogue({ profile: asking('orderNumber'), contact: known, advisors });
		other.says('estado de mi pedido');
		expect(other.says('55231')?.keys).toEqual(['C1']);
		other.says('Carlos Ramírez');
		expect(other.cases[0]?.fields).toMatchObject({ orderNumber: '55231', advisor: 'Carlos Ramírez' });
	});

	test('how many are wanted is asked for, unless it was said', () => {
		const dialogue = new Dialogue({ profile: asking('quantity'), contact: known });
		dialogue.says('cotizar sillas');

		expect(dialogue.says('formal')).toMatchObject({ keys: ['quantity'], text: '¿Cuántas unidades necesitas?' });
		expect(dialogue.says('unas 5')?.keys).toEqual(['D3']);
		expect(dialogue.cases[0]).toMatchObject({ subject: '5 sillas' });

		const other = new Dialogue({ profile: asking('quantity'), contact: known });
		other.says('cotizar 3 sillas');
		expect(other.says('formal')?.keys).toEqual(['D3']);
	});
});

describe('B9: option 3, another reason (template E)', () => {
	test('E1 with the three buttons, then the details, then the case in the right area', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('hola');

		expect(dialogue.says('3')).toMatchObject({
			keys: ['E1'],
			choices: ['answer:process:support', 'answer:process:documents', 'answer:process:billing'],
		});
		expect(dialogue.says({ tap: 'answer:process:documents' })?.keys).toEqual(['F2']);
		expect(dialogue.says('el certificado de calidad del tóner')?.keys).toEqual(['E2', 'I']);
		expect(dialogue.cases[0]).toMatchObject({ type: 'documents', area: 'documents' });
	});

	test.each([
		['mi impresora no enciende', 'support', 'support'],
		['necesito el RUT de la empresa', 'documents', 'documents'],
		['no me ha llegado la factura del pedido', 'billing', 'finance'],
	])('D11: “%s” is registered at once as %s', (words, type, area) => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says(words);

		expect(dialogue.cases[0]).toMatchObject({ type, area, advisorName: 'Laura Gómez' });
		expect(dialogue.bubbles).toHaveLength(1);
	});

	test('D22: a bare “ayuda” still asks for the details', () => {
		expect(new Dialogue({ contact: known }).says('ayuda')?.keys).toEqual(['B1', 'F2']);
	});

	test('D10: without owner and without anybody on duty the area is named', () => {
		const dialogue = new Dialogue({ contact: { ...known, ownerName: undefined } });

		expect(dialogue.says('mi impresora no enciende')?.text).toContain('nuestra área de Soporte técnico');
	});
});

describe('B10, D15: messages without structure (template F)', () => {
	test('F1 replaces the other question for a long turn that no rule can place; then the menu, then a person', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('hola');
		const long = Array.from({ length: 30 }, (_, index) => `blablu${index}`).join(' ');

		expect(dialogue.says(long)).toMatchObject({ keys: ['F1'], choices: [] });
		expect(dialogue.says('blablu')?.keys).toEqual(['not_understood', 'A4']);
		expect(dialogue.says('blablu')?.keys).toEqual(['take_over']);
		expect(dialogue.all('handoff')).toContainEqual(
			expect.objectContaining({ strength: 'take_over', reason: 'not_understood' }),
		);
	});

	test('three messages of one turn are put together (D35: one bubble)', () => {
		const dialogue = new Dialogue();

		expect(dialogue.says('hola', 'necesito cotizar', '20 portatiles')?.keys).toEqual(['A1', 'A2']);
		expect(dialogue.says('Juan Perez', '1020304050')?.keys).toEqual(['D2']);
	});

	test('two needs: the customer chooses, the other is kept and offered next', () => {
		const dialogue = new Dialogue({ contact: known });

		expect(dialogue.says('necesito cotizar 2 portátiles', 'y también la factura del mes pasado')).toMatchObject({
			keys: ['B1', 'two_needs'],
			choices: ['option:quotation', 'option:other'],
		});
		expect(dialogue.says({ tap: 'option:quotation' })?.keys).toEqual(['D2']);
		expect(dialogue.says('formal')).toMatchObject({ keys: ['D3', 'another_need'], choices: ['resume', 'no_thanks'] });
		expect(dialogue.says({ tap: 'resume' })?.keys).toEqual(['E2', 'I']);
		expect(dialogue.cases.map(({ type }) => type)).toEqual(['quotation', 'billing']);
	});

	test('a change of subject in the middle is followed, and the old one is offered afterwards', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('necesito cotizar');

		expect(dialogue.says('se me dañó la impresora epson y no imprime')?.keys).toEqual(['E2', 'I', 'another_need']);
		expect(dialogue.says('sí')?.keys).toEqual(['D1']);
	});

	test('a correction replaces: “no, mejor 5”', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('cotizar 20 portátiles');
		dialogue.says('no, mejor 5');
		dialogue.says('formal');

		expect(dialogue.cases[0]?.fields).toMatchObject({ quantity: '5', product: 'portátiles' });
	});
});

describe('B11: attachments (flow C, scenario 4)', () => {
	test.each([
		['image', 'attachment_image'],
		['document', 'attachment_document'],
		['video', 'attachment_video'],
	] as const)('a lone %s is asked about by its kind (D17)', (file, key) => {
		const dialogue = new Dialogue({ contact: known });

		expect(dialogue.says({ file })).toMatchObject({ keys: [key], choices: MENU });
	});

	test('a new customer who begins with a photo is greeted and asked about it', () => {
		expect(new Dialogue().says({ file: 'image' })?.keys).toEqual(['A1', 'attachment_image']);
	});

	test('files sent before and between the questions are acknowledged once and end up on the case', () => {
		const dialogue = new Dialogue();
		dialogue.says('necesito cotizar 5 teclados', { file: 'image' });
		expect(dialogue.lastBubble?.keys).toEqual(['A1', 'attachment_received', 'A2']);
		dialogue.says('Juan Pérez', { file: 'document' });
		expect(dialogue.lastBubble?.keys).toEqual(['A3']);
		dialogue.says('1020304050');
		dialogue.says('formal');

		expect(dialogue.cases[0]?.attachments.map(({ media }) => media.type)).toEqual(['image', 'document']);
		expect(dialogue.all('keepAttachment')).toHaveLength(2);
	});

	test('a caption is read like any text', () => {
		const dialogue = new Dialogue({ contact: known });

		expect(dialogue.says({ file: 'image', caption: 'cotizar 3 de estos monitores' })?.keys).toContain('D2');
	});

	test('a sticker is no answer', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('hola');

		expect(dialogue.says({ file: 'sticker' })).toBeUndefined();
		expect(dialogue.lastExplanation.next).toMatch(/sticker/);
	});

	test('a reaction is no message', () => {
		const dialogue = new Dialogue({ contact: known });

		expect(dialogue.says({ content: { type: 'reaction', reaction: { messageId: 'x', emoji: '👍' } } })).toBeUndefined();
		expect(dialogue.lastExplanation.next).toBe('A reaction needs no answer.');
	});

	test('B19, D18: a voice note is asked about once; the second one goes to a person with a case', () => {
		const dialogue = new Dialogue({ contact: known });

		expect(dialogue.says({ file: 'voice' })?.keys).toEqual(['voice_note']);
		expect(dialogue.says({ file: 'voice' })?.keys).toEqual(['B3']);
		expect(dialogue.cases[0]).toMatchObject({ type: 'other', attachments: [expect.anything(), expect.anything()] });
		expect(dialogue.all('handoff')[0]).toMatchObject({ strength: 'take_over' });
	});

	test('B19: a transcript is the message', () => {
		const state = newConversation(prosuministros);
		const dialogue = new Dialogue({ contact: known });
		const message = dialogue.message({ file: 'voice' });
		const { effects } = step(
			state,
			{
				kind: 'turn',
				at: message.at,
				requestId: 'r1',
				messages: [message],
				contact: dialogue.contact,
				transcripts: { [message.id]: 'necesito cotizar tres monitores' },
			},
			prosuministros,
		);

		expect(effects).toContainEqual(
			expect.objectContaining({
				kind: 'say',
				parts: [{ text: 'B1' }, { text: 'attachment_received' }, { text: 'D2' }],
			}),
		);
	});
});

describe('B12: no answer (flow D, template G)', () => {
	test('G1 after 15 minutes, G2 after two hours, G3 and an incomplete case after twelve', () => {
		const dialogue = new Dialogue({ start: '2026-11-23T13:00:00.000Z' });
		dialogue.says('necesito cotizar 3 monitores', { file: 'image' });

		expect(dialogue.waits(14)).toEqual([]);
		expect(dialogue.waits(2).map(({ keys }) => keys)).toEqual([['G1']]);
		expect(dialogue.waits(100)).toEqual([]);
		expect(dialogue.waits(10).map(({ keys }) => keys)).toEqual([['G2']]);
		expect(dialogue.waits(10 * 60).map(({ keys }) => keys)).toEqual([['G3']]);
		expect(dialogue.all('close')).toEqual([
			expect.objectContaining({
				reason: 'incomplete',
				openCase: expect.objectContaining({ type: 'quotation', attachments: [expect.anything()], createLead: false }),
			}),
		]);
		expect(dialogue.waits(48 * 60)).toEqual([]);
	});

	test('an answer cancels the reminder, and the next question has its own', () => {
		const dialogue = new Dialogue();
		dialogue.says('hola');
		dialogue.waits(14);
		dialogue.says('Juan Pérez');

		expect(dialogue.waits(14)).toEqual([]);
		expect(dialogue.waits(2).map(({ keys }) => keys)).toEqual([['G1']]);
	});

	test('D19: nothing leaves between 21:00 and 07:00; what would be late is closed silently', () => {
		const dialogue = new Dialogue({ start: '2026-11-24T01:50:00.000Z' });
		dialogue.says('hola');
		const said = dialogue.waits(11 * 60);

		expect(said.map(({ keys }) => keys)).toEqual([['G1'], ['G2']]);
		expect(dialogue.all('say').length).toBe(3);
	});

	test('after the confirmation nothing is awaited', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('mi impresora no enciende');

		expect(dialogue.waits(48 * 60)).toEqual([]);
	});

	test('a late answer resumes where it was', () => {
		const dialogue = new Dialogue({ start: '2026-11-23T13:00:00.000Z' });
		dialogue.says('necesito cotizar 3 monitores');
		dialogue.waits(13 * 60);

		expect(dialogue.state.mode).toBe('closed');
		expect(dialogue.says('Juan Pérez')?.keys).toEqual(['resumed', 'A3']);
		dialogue.says('1020304050');
		dialogue.says('formal');
		expect(dialogue.cases[0]?.fields).toMatchObject({ product: 'monitores', name: 'Juan Pérez' });
	});
});

describe('B13, D16: duplicates (template H)', () => {
	const withCase = () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('cotizar 3 monitores');
		dialogue.says('formal');
		expect(dialogue.cases).toHaveLength(1);
		return dialogue;
	};

	test('more of the same: H1+H2 once, then silence; text and files are added', () => {
		const dialogue = withCase();

		expect(dialogue.says('son con 16 gb de ram', { file: 'image' })).toMatchObject({
			keys: ['H1', 'H2'],
			choices: ['another_request'],
		});
		expect(dialogue.says('y que sean negros')).toBeUndefined();
		expect(dialogue.all('addToCase')).toEqual([
			expect.objectContaining({ caseId: 'case-1', text: 'son con 16 gb de ram', attachments: [expect.anything()] }),
			expect.objectContaining({ caseId: 'case-1', text: 'y que sean negros', attachments: [] }),
		]);
	});

	test('the same product again is the same case', () => {
		expect(withCase().says('necesito cotizar monitores')?.keys).toEqual(['H1', 'H2']);
	});

	test('another product is another case', () => {
		const dialogue = withCase();

		expect(dialogue.says('quiero cotizar 2 impresoras epson')?.keys).toEqual(['D2']);
		dialogue.says('formal');
		expect(dialogue.cases).toHaveLength(2);
	});

	test('another subject is another case', () => {
		const dialogue = withCase();
		dialogue.says('mi impresora no enciende');

		expect(dialogue.cases.map(({ type }) => type)).toEqual(['quotation', 'support']);
	});

	test('the button «Es otra solicitud» opens a new one', () => {
		const dialogue = withCase();
		dialogue.says('necesito cotizar monitores');
		expect(dialogue.says({ tap: 'another_request' })?.keys).toEqual(['D2']);
		dialogue.says('formal');

		expect(dialogue.cases).toHaveLength(2);
	});

	test('after the window a new case is made', () => {
		const dialogue = withCase();
		dialogue.waits(25 * 60);
		dialogue.says('necesito cotizar monitores');
		dialogue.says('formal');

		expect(dialogue.cases).toHaveLength(2);
	});

	test('thanks and “ok” after the confirmation add nothing to the case', () => {
		const dialogue = withCase();

		expect(dialogue.says('gracias')?.keys).toEqual(['thanks']);
		expect(dialogue.says('muchas gracias')).toBeUndefined();
		expect(dialogue.says('ok')).toBeUndefined();
		expect(dialogue.all('addToCase')).toEqual([]);
	});
});

describe('B14, D33: handing over to a person', () => {
	test.each([
		['quiero hablar con un asesor', 'asked_for_person', 'take_over'],
		['pésimo servicio, llevo un mes esperando', 'complaint', 'take_over_complaint'],
		['son unos idiotas', 'insult', 'take_over_complaint'],
		['ya no sé qué hacer', 'despair', 'take_over_complaint'],
	])('“%s”: confirmed first, then silent', (words, reason, key) => {
		const dialogue = new Dialogue({ contact: known });

		expect(dialogue.says(words)?.keys).toEqual([key]);
		expect(dialogue.all('handoff')).toEqual([
			expect.objectContaining({ strength: 'take_over', reason, advisorName: 'Laura Gómez' }),
		]);
		expect(dialogue.state.mode).toBe('waiting');
	});

	test('D13: who waits is told once, then the bot is silent, without menus', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('quiero hablar con un asesor');

		expect(dialogue.says('hola?')?.keys).toEqual(['human_waiting']);
		expect(dialogue.says('menú')).toBeUndefined();
	});

	test('the bot is silent while a person has the conversation, and answers again when it is given back', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('hola');
		dialogue.person('wrote');

		expect(dialogue.says('necesito cotizar 3 monitores')).toBeUndefined();
		dialogue.person('gave_back');
		expect(dialogue.says('necesito cotizar 3 monitores')?.keys).toEqual(['D2']);
	});

	test('D33: twelve idle hours give the conversation back', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('quiero hablar con un asesor');
		dialogue.person('accepted');
		dialogue.waits(12 * 60 + 1);

		expect(dialogue.state.mode).toBe('bot');
		expect(dialogue.says('hola')?.keys).toEqual(['B1', 'B2']);
	});

	test('D33: a formal quotation is notified and the bot goes on answering', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('cotizar 3 monitores');
		dialogue.says('formal');

		expect(dialogue.all('handoff')).toEqual([
			expect.objectContaining({ strength: 'notify', reason: 'formal_quotation' }),
		]);
		expect(dialogue.says('gracias')?.keys).toEqual(['thanks']);
	});

	test('D14: six turns without progress', () => {
		const profile = businessProfileSchema.parse({ ...prosuministros, handoff: { stalledTurns: 3 } });
		const dialogue = new Dialogue({ contact: known, profile });
		dialogue.says('menú');
		dialogue.says('menú');

		expect(dialogue.says('menú')?.keys).toEqual(['take_over']);
		expect(dialogue.all('handoff')[0]?.reason).toBe('no_progress');
	});

	test('D14: the happy path never triggers it', () => {
		const dialogue = new Dialogue();
		for (const words of ['hola', 'Juan Pérez', '1020304050', '1', '3 monitores', 'formal', 'gracias'])
			dialogue.says(words);

		expect(dialogue.all('handoff').filter(({ strength }) => strength === 'take_over')).toEqual([]);
	});

	test('a concrete need wins over the wish for a person', () => {
		expect(
			new Dialogue({ contact: known }).says('quiero hablar con un asesor para cotizar 5 portátiles')?.keys,
		).toEqual(['B1', 'D2']);
	});
});

describe('D33: what a person dealt with is theirs, and nothing of it goes into the next request', () => {
	test.each(['gave_back', 'closed'] as const)('%s: the next quotation is of what is asked for then', (action) => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('cotizar 2 mouse');
		dialogue.person('took_over');
		dialogue.person(action);

		dialogue.says('cotizar una impresora');
		dialogue.says('formal');

		expect(dialogue.cases).toEqual([
			expect.objectContaining({ subject: 'impresora', fields: expect.objectContaining({ product: 'impresora' }) }),
		]);
		expect(dialogue.cases[0]?.fields).not.toHaveProperty('quantity');
	});

	test.each(['gave_back', 'closed'] as const)('%s: a second need that waited is not offered any more', (action) => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('cotizar 2 mouse y la factura de ayer');
		dialogue.says('1');
		dialogue.says('formal');
		expect(dialogue.lastBubble?.choices).toContain('resume');
		dialogue.person('took_over');
		dialogue.person(action);

		dialogue.says('hola');
		dialogue.says('sí');

		expect(dialogue.cases.map(({ type }) => type)).toEqual(['quotation']);
	});

	test('who somebody is stays known', () => {
		const dialogue = new Dialogue();
		dialogue.says('hola');
		dialogue.says('Ana Ruiz');
		dialogue.person('took_over');
		dialogue.person('gave_back');

		expect(dialogue.says('buenas, cotizar 3 ups')?.keys).toEqual(['A3']);
		expect(dialogue.state.fields).toMatchObject({ name: 'Ana Ruiz' });
	});
});

describe('B3: a need that is said with the wish for a person wins, and a person is offered', () => {
	test('once, as a button beside the answers, which hands over', () => {
		const dialogue = new Dialogue({ contact: known });

		expect(dialogue.says('quiero hablar con un asesor para cotizar 3 ups')).toMatchObject({
			keys: ['B1', 'D2'],
			choices: ['answer:detailLevel:formal', 'answer:detailLevel:general', 'person'],
		});
		expect(dialogue.says('mejor 4')?.choices).not.toContain('person');
		expect(dialogue.says({ tap: 'person' })?.keys).toEqual(['take_over']);
		expect(dialogue.all('handoff')).toEqual([
			expect.objectContaining({ strength: 'take_over', reason: 'asked_for_person' }),
		]);
	});

	test('nobody is offered who was not asked for', () => {
		expect(new Dialogue({ contact: known }).says('cotizar 3 ups')?.choices).not.toContain('person');
	});
});

describe('P11: a company that is named beside its number is learnt', () => {
	test.each([
		['Distribuciones El Faro S.A.S.', '900.123.456-8', 'Distribuciones El Faro S.A.S.'],
		['Luz Dary Ospina', 'el nit de la empresa es 900.123.456-8 Suministros Alfa', 'Suministros Alfa'],
	])('“%s”, “%s”', (name, identification, company) => {
		const dialogue = new Dialogue();

		dialogue.says('hola');
		dialogue.says(name);
		dialogue.says(identification);

		expect(dialogue.all('learn')).toContainEqual(expect.objectContaining({ field: 'company', value: company }));
		expect(dialogue.contact).toMatchObject({ name, identification: '900123456-8' });
	});
});

describe('B16: opt-out and opt-in', () => {
	test('one message, confirmed once, respected by every later send', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('hola');

		expect(dialogue.says('BAJA')?.keys).toEqual(['opted_out']);
		expect(dialogue.says('no me escriban más')).toBeUndefined();
		expect(dialogue.waits(48 * 60)).toEqual([]);
		expect(dialogue.all('learn')).toContainEqual(expect.objectContaining({ field: 'optOut' }));
		expect(dialogue.all('close')).toEqual([expect.objectContaining({ reason: 'opted_out' })]);
	});

	test('who writes again is asked once, and comes back by a tap or a word', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('STOP');

		expect(dialogue.says('hola')?.choices).toEqual(['opt_in', 'no_thanks']);
		expect(dialogue.says('necesito algo')).toBeUndefined();
		expect(dialogue.says('ALTA')?.keys).toEqual(['opted_in', 'menu']);
		expect(dialogue.says('1')?.keys).toContain('D1');
	});
});

describe('B17: out of hours', () => {
	const profile = businessProfileSchema.parse({
		...prosuministros,
		hours: { ...prosuministros.hours, announce: true, holidays: ['2026-11-23'] },
	});

	test.each([
		['2026-11-22T15:00:00.000Z', true, 'a Sunday'],
		['2026-11-23T15:00:00.000Z', true, 'a holiday'],
		['2026-11-25T02:00:00.000Z', true, 'an evening'],
		['2026-11-24T15:00:00.000Z', false, 'a Tuesday morning'],
	])('%s: told %s once (%s)', (start, told) => {
		const dialogue = new Dialogue({ profile, start, contact: known });
		const first = dialogue.says('hola');

		expect(first?.keys.includes('out_of_hours')).toBe(told);
		expect(dialogue.says('1')?.keys).not.toContain('out_of_hours');
	});
});

describe('D4: exactly one message carries the case number', () => {
	test.each([
		[['cotizar 3 monitores', 'formal']],
		[['mi pedido no llega', 'Carlos Ramírez']],
		[['mi impresora no enciende']],
	])('%j', (lines) => {
		const dialogue = new Dialogue({ contact: known, advisors });
		for (const line of lines) dialogue.says(line);
		dialogue.says('gracias');

		expect(dialogue.bubbles.filter(({ text }) => text.includes('PS-2026-000001'))).toHaveLength(1);
	});

	test('a case that is registered twice is said once', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('mi impresora no enciende');
		const [request] = dialogue.cases;

		expect(
			dialogue.caseOpened({
				requestId: request?.requestId ?? '',
				type: 'support',
				caseId: 'case-1',
				number: 'PS-2026-000001',
			}),
		).toBeUndefined();
	});

	test('what is written while the case is registered is added to it', () => {
		const dialogue = new Dialogue({ contact: known, registers: false });
		dialogue.says('mi impresora no enciende');
		expect(dialogue.says('es una epson')).toBeUndefined();
		const requestId = dialogue.all('openCase')[0]?.requestId ?? '';
		dialogue.caseOpened({ requestId, type: 'support', caseId: 'case-9', number: 'PS-2026-000009' });

		expect(dialogue.all('addToCase')).toEqual([expect.objectContaining({ caseId: 'case-9', text: 'es una epson' })]);
	});
});

describe('the reducer', () => {
	test.each(['revoke', 'system', 'reaction'] as const)('a %s after the last word opens nothing', (type) => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('cotizar 3 ups');
		dialogue.says('ya no, gracias');

		expect(dialogue.says({ content: { type } })).toBeUndefined();
		expect(dialogue.state.mode).toBe('closed');
	});

	test('accepts a single parsed message as a turn of one', () => {
		const message = new Dialogue().message('hola');
		const { effects } = step(newConversation(prosuministros), message, prosuministros);

		expect(effects).toContainEqual({ kind: 'say', parts: [{ text: 'A1' }, { text: 'A2' }] });
	});

	test.each(['status', 'echo', 'history', 'account', 'unknown'])('B14: a %s is never answered', (kind) => {
		const event = { ...new Dialogue().message('hola'), kind } as unknown as Parameters<typeof step>[1];

		expect(step(newConversation(prosuministros), event, prosuministros).effects).toEqual([]);
	});

	test('given a case that never came, when the customer writes the next day, then the bot answers', () => {
		const dialogue = new Dialogue({ contact: known, registers: false });
		dialogue.says('mi impresora no enciende');
		dialogue.waits(24 * 60);

		expect(dialogue.says('hola')?.keys).toEqual(['B1', 'B2']);
	});

	test('asks for the same case when the same turn is taken again', () => {
		const dialogue = new Dialogue({ contact: known });
		const event = {
			kind: 'turn' as const,
			at: dialogue.now,
			requestId: 'turn-7',
			messages: [dialogue.message('mi impresora no enciende')],
			contact: dialogue.contact,
		};
		const first = step(dialogue.state, event, prosuministros);

		expect(step(dialogue.state, event, prosuministros)).toEqual(first);
		expect(first.effects).toContainEqual(expect.objectContaining({ kind: 'openCase', requestId: 'turn-7:case' }));
	});

	test('a fourth option is data: its questions, branch, area and confirmation', () => {
		const profile = businessProfileSchema.parse({
			...prosuministros,
			options: [
				...prosuministros.options,
				{
					id: 'warranty',
					title: '4. Garantías',
					label: 'Garantías',
					area: 'support',
					caseType: 'support',
					questions: [
						{
							field: 'kind',
							type: 'choice',
							textKey: 'warranty_kind',
							choices: [
								{ value: 'product', title: 'Producto' },
								{ value: 'service', title: 'Servicio' },
							],
						},
						{
							field: 'serial',
							type: 'text',
							textKey: 'warranty_serial',
							onlyWhen: [{ field: 'kind', is: ['product'] }],
						},
						{ field: 'boughtOn', type: 'date', textKey: 'warranty_date' },
					],
					confirmation: ['I'],
				},
			],
			texts: {
				es: {
					warranty_kind: '¿Es por un producto o un servicio?',
					warranty_serial: '¿Cuál es el serial?',
					warranty_date: '¿Cuándo lo compraste?',
				},
			},
		});
		const dialogue = new Dialogue({ profile, contact: known });
		dialogue.says('hola');
		expect(dialogue.says('4')?.text).toBe('¿Es por un producto o un servicio?');
		expect(dialogue.says('producto')?.keys).toEqual(['warranty_serial']);
		expect(dialogue.says('XK-2231')?.keys).toEqual(['warranty_date']);
		expect(dialogue.says('25/12/2025')?.keys).toEqual(['I']);
		expect(dialogue.cases[0]).toMatchObject({
			option: 'warranty',
			fields: { serial: 'XK-2231', boughtOn: '2025-12-25' },
		});
	});
});

describe('U1: an option of the business itself', () => {
	const profile = businessProfileSchema.parse({
		...prosuministros,
		options: [
			...prosuministros.options,
			{
				id: 'rental',
				title: '4. Alquiler',
				label: 'Alquilar equipos',
				keywords: ['alquil*', 'en arriendo'],
				area: 'sales',
				caseType: 'other',
				questions: [{ field: 'days', type: 'number', textKey: 'rental_days' }],
				confirmation: ['I'],
			},
		],
		texts: { es: { rental_days: '¿Por cuántos días?' } },
	});

	test.each(['buenas, quiero alquilar un video beam', '¿tienen ALQUILER de sillas?', 'necesito 3 equipos en arriendo'])(
		'%s: its keywords in free words lead to it',
		(words) => {
			const dialogue = new Dialogue({ profile, contact: known });
			expect(dialogue.says(words)?.text).toContain('¿Por cuántos días?');
			dialogue.says('tres días');
			expect(dialogue.cases[0]).toMatchObject({ option: 'rental', fields: { days: '3' } });
		},
	);

	test('other words go where they went before', () => {
		const dialogue = new Dialogue({ profile, contact: known });
		expect(dialogue.says('necesito cotizar 3 monitores')?.keys).toContain('D2');
	});
});

describe('D3: a second need of a new customer in the same session', () => {
	test('is taken without a second greeting', () => {
		const dialogue = new Dialogue();
		for (const words of ['necesito cotizar 3 monitores', 'Juan Pérez', '1020304050', 'formal']) dialogue.says(words);

		expect(dialogue.says('mi impresora no enciende')?.keys).toEqual(['area_notified', 'I']);
	});
});

describe('B15, D30: other languages, when the profile enables them', () => {
	const profile = businessProfileSchema.parse({ ...prosuministros, languages: ['es', 'en', 'pt-BR'] });

	test.each([
		['Hello, I need a quote for 5 monitors', 'en', 'What is your full name?'],
		['Oi, bom dia, preciso de um orçamento', 'pt-BR', 'Qual é o seu nome completo?'],
		['hola, necesito cotizar', 'es', '¿Cuál es tu nombre completo?'],
	])('“%s” is answered in %s', (words, language, question) => {
		const dialogue = new Dialogue({ profile });

		expect(dialogue.says(words)?.text).toContain(question);
		expect(dialogue.state.language).toBe(language);
		expect(dialogue.says('Juan Pérez')?.text).not.toContain(question);
		expect(dialogue.state.language).toBe(language);
	});

	test('PROSUMINISTROS answers in Spanish', () => {
		expect(new Dialogue().says('Hello, I need a quote')?.text).toContain('¿Cuál es tu nombre completo?');
	});
});

describe('B6: what was said is kept, and a correction replaces it', () => {
	test.each<[string, string, Readonly<Record<string, string>>]>([
		['quiero cotizar una impresora', 'no, mejor 5 portátiles', { product: 'portátiles', quantity: '5' }],
		['cotizar 20 portátiles', 'perdón, era 10', { product: 'portátiles', quantity: '10' }],
		['cotizar 20 portátiles', 'son 15, no 20', { product: 'portátiles', quantity: '15' }],
		['cotizar 20 portátiles', 'no espera, 15 portátiles', { product: 'portátiles', quantity: '15' }],
		['cotizar una impresora', 'mejor la HP', { product: 'impresora HP' }],
		['cotizar 2 monitores', 'mejor de 27 pulgadas', { product: 'monitores de 27 pulgadas', quantity: '2' }],
		['cotizar computadores', 'cambié de idea, impresoras', { product: 'impresoras' }],
		['cotizar un monitor', 'no, quise decir 3 escáner', { product: 'escáner', quantity: '3' }],
		['cotizar un monitor', 'uy me equivoqué, es un teclado', { product: 'teclado' }],
		['cotizar un monitor', 'perdón, mi nombre es Ana Sofía Ruiz', { name: 'Ana Sofía Ruiz', product: 'monitor' }],
		['cotizar un monitor', 'corrijo, mi cédula es 79456123', { identification: '79456123', product: 'monitor' }],
	])('“%s”, then “%s”: the question goes on', (need, correction, fields) => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says(need);

		expect(dialogue.says(correction)?.keys).toEqual(['D2']);
		expect(dialogue.says('formal')?.keys).toEqual(['D3']);
		expect(dialogue.cases[0]?.fields).toMatchObject(fields);
	});

	test('a correction is no attempt: three of them and the question is answered after all', () => {
		const dialogue = new Dialogue({ contact: known });
		for (const words of ['cotizar una impresora', 'mejor 2', 'no, mejor 3']) dialogue.says(words);
		dialogue.says('solo información');

		expect(dialogue.cases[0]).toMatchObject({ type: 'information', fields: { quantity: '3' } });
	});

	test('“no, mejor quiero saber de mi pedido” is another need, not a correction', () => {
		const dialogue = new Dialogue({ contact: known, advisors });
		dialogue.says('cotizar 20 portátiles');

		expect(dialogue.says('no, mejor quiero saber dónde está mi pedido')?.keys).toEqual(['C1']);
	});

	test.each(['Luis Mora', 'Rosa Factura', 'Ángel Garantía', 'Pedro Cuenta', 'Pago Ruiz', 'Blanca Precio Plata'])(
		'“%s” as the answer to A2 is a name and no need',
		(name) => {
			const dialogue = new Dialogue();
			dialogue.says('hola');

			expect(dialogue.says(name)?.keys).toEqual(['A3']);
			expect(dialogue.says('79456123')).toMatchObject({ keys: ['A4'], choices: MENU });
			expect(dialogue.contact.name).toBe(name);
		},
	);

	test.each([
		['soy Carlos Ruiz cc 79456123', 'Carlos Ruiz', '79456123'],
		['Carlos Ruiz C.C. 79.456.123', 'Carlos Ruiz', '79456123'],
		['María López, nit 900123456', 'María López', '900123456-8'],
		['79456123 Jorge Peña', 'Jorge Peña', '79456123'],
		['Jorge Peña con cédula 79456123', 'Jorge Peña', '79456123'],
		['Ana Gil\n1020304050', 'Ana Gil', '1020304050'],
	])('“%s” is a name and an identification', (words, name, identification) => {
		const dialogue = new Dialogue();
		dialogue.says('hola');

		expect(dialogue.says(words)?.keys).toEqual(['A4']);
		expect(dialogue.contact).toMatchObject({ name, identification });
	});

	test('“Jorge Pérez cel 3101234567”: the name ends before the phone', () => {
		const dialogue = new Dialogue();
		dialogue.says('hola');

		expect(dialogue.says('Jorge Pérez cel 3101234567')?.keys).toEqual(['A3']);
		expect(dialogue.contact.name).toBe('Jorge Pérez');
	});

	test.each(['jajaja', 'jeje', 'mmm', 'nop', 'xd', 'soy distribuidor'])('“%s” is no name', (words) => {
		const dialogue = new Dialogue();
		dialogue.says('hola');

		expect(dialogue.says(words)?.keys).toEqual(['name_invalid']);
		expect(dialogue.contact.name).toBeUndefined();
	});

	test('an identification in place of the name is kept, and only the name is asked again', () => {
		const dialogue = new Dialogue();
		dialogue.says('hola');

		expect(dialogue.says('1020304050')?.keys).toEqual(['name_after_identification']);
		expect(dialogue.says('Pedro Páez')?.keys).toEqual(['A4']);
		expect(dialogue.contact).toMatchObject({ name: 'Pedro Páez', identification: '1020304050' });
	});

	test.each([
		['3101234567', 'identification_phone'],
		['900123456-1', 'identification_check_digit'],
		['12345678901234', 'identification_too_long'],
		['123', 'identification_invalid'],
	])('B4: “%s” as identification is refused with what is wrong with it', (words, key) => {
		const dialogue = new Dialogue();
		dialogue.says('hola');
		dialogue.says('Ana Gil');

		expect(dialogue.says(words)?.keys).toEqual([key]);
	});

	test('what is said where a choice was asked is part of the request', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('cotizar 3 portátiles');

		expect(dialogue.says('que tengan 16 GB de RAM y Windows Pro')?.keys).toEqual(['D2']);
		dialogue.says('formal');
		expect(dialogue.cases[0]?.subject).toContain('16 GB de RAM');
	});
});

describe('between asking for a case and its number', () => {
	const registering = () => {
		const dialogue = new Dialogue({ contact: known, registers: false });
		dialogue.says('mi impresora no enciende');
		return dialogue;
	};
	const opened = (dialogue: Dialogue) =>
		dialogue.caseOpened({
			requestId: dialogue.all('openCase')[0]?.requestId ?? '',
			type: 'support',
			caseId: 'case-9',
			number: 'PS-2026-000009',
		});

	test.each<[string, string[], string[]]>([
		['the menu', ['menú'], ['menu']],
		['an option by its number', ['2', 'gracias'], ['C1']],
		['the menu and an option', ['menú', '2'], ['C1']],
		['another need', ['y necesito cotizar 3 monitores', 'hola?'], ['D2']],
	])('%s is answered right after the confirmation', (_what, lines, keys) => {
		const dialogue = registering();
		for (const line of lines) expect(dialogue.says(line)).toBeUndefined();

		expect(opened(dialogue)?.keys).toEqual(['area_notified', 'I']);
		expect(dialogue.waits(0).map((bubble) => bubble.keys)).toEqual([keys]);
		expect(dialogue.all('addToCase')).toEqual([]);
	});

	test('a tap is not lost; a second tap on the button of the same request asks for nothing', () => {
		const dialogue = registering();
		dialogue.says({ tap: 'option:quotation' });
		dialogue.says({ tap: 'answer:process:support' });
		opened(dialogue);

		expect(dialogue.waits(0).map(({ keys }) => keys)).toEqual([['D1']]);
	});

	test('the next message comes before the timer: both are one turn', () => {
		const dialogue = registering();
		dialogue.says('2');
		opened(dialogue);

		dialogue.says('Carlos Ramírez');
		expect(dialogue.all('openCase').at(-1)).toMatchObject({ type: 'order_status', advisorName: 'Carlos Ramírez' });
	});

	test('details and files belong to the case; greetings and thanks are answered by the confirmation', () => {
		const dialogue = registering();
		for (const act of ['es una epson', { file: 'image' as const }, 'hola?', 'gracias']) dialogue.says(act);
		opened(dialogue);

		expect(dialogue.waits(60)).toEqual([]);
		expect(dialogue.all('addToCase')).toEqual([
			expect.objectContaining({ caseId: 'case-9', text: 'es una epson', attachments: [expect.anything()] }),
		]);
	});

	test.each<[string, string[]]>([
		['¿hasta qué hora atienden?', ['business_hours', 'A4']],
		['¿cuándo me responden?', ['order_status']],
		['¿y si yo misma se la llevo?', ['H1', 'H2']],
	])('the question “%s” is answered right after the confirmation', (question, keys) => {
		const dialogue = registering();
		expect(dialogue.says(question)).toBeUndefined();
		opened(dialogue);
		const updatedAt = dialogue.now.toISOString();
		dialogue.contact = {
			...dialogue.contact,
			openCases: [{ id: 'case-9', number: 'PS-2026-000009', type: 'support', status: 'open', updatedAt }],
		};

		expect(dialogue.waits(0).map((bubble) => bubble.keys)).toEqual([keys]);
		expect(dialogue.waits(0)).toEqual([]);
	});

	test('whoever asks for a person or wants no more messages is heard at once', () => {
		expect(registering().says('quiero hablar con un asesor')?.keys).toEqual(['take_over']);
		expect(registering().says('BAJA')?.keys).toEqual(['opted_out']);
	});
});

describe('P5, D20: the link to an advisor’s own number (template K)', () => {
	const offered = () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('mi impresora no enciende');
		dialogue.person('accepted');
		dialogue.person('offer_link', { number: '+57 301 555 0101', advisorName: 'Laura Gómez' });
		return dialogue;
	};

	test('K with its two buttons; the link only after the customer agreed, as a URL button', () => {
		const dialogue = offered();
		expect(dialogue.lastBubble).toMatchObject({ keys: ['K'], choices: ['send_link', 'stay_here'] });
		dialogue.says({ tap: 'send_link' });

		expect(dialogue.all('say').at(-1)).toMatchObject({
			parts: [{ text: 'link_sent', values: { advisor: 'Laura Gómez' } }],
			link: { url: 'https://wa.me/573015550101' },
		});
		expect(dialogue.lastExplanation.understood).toContain('not on record');
		expect(dialogue.says({ tap: 'send_link' })).toBeUndefined();
	});

	test.each<[string, string]>([
		['sí', 'link_sent'],
		['envíame el enlace', 'link_sent'],
		['no, gracias', 'link_kept_here'],
		['mejor por aquí', 'link_kept_here'],
	])('“%s” answers it too', (words, key) => {
		expect(offered().says(words)?.keys).toEqual([key]);
	});

	test.each<[string, string]>([
		['sí, envíame el enlace', 'link_sent'],
		['sí', 'link_sent'],
		['pásame ese link porfa', 'link_sent'],
		['no gracias', 'link_kept_here'],
	])('“%s” answers the offer although the name was asked before it', (words, key) => {
		const dialogue = new Dialogue();
		dialogue.says('hola');
		dialogue.person('offer_link', { number: '+573015550101', advisorName: 'Laura Gómez' });

		expect(dialogue.says(words)?.keys).toEqual([key]);
		expect(dialogue.contact.name).toBeUndefined();
		expect(dialogue.says('Ana Ruiz')?.keys).toEqual(['A3']);
	});

	test('once the customer went on with the question, a bare “sí” answers the question again, the link by its name', () => {
		const dialogue = new Dialogue();
		dialogue.says('hola');
		dialogue.person('offer_link', { number: '+573015550101' });
		dialogue.says('Ana Ruiz');

		expect(dialogue.says('sí')?.keys).toEqual(['identification_missing']);
		expect(dialogue.says('me envías el link de pago')?.keys).not.toContain('link_sent');
		expect(dialogue.says('envíame el enlace')?.keys).toEqual(['link_sent']);
	});

	test('nothing is offered outside the 24-hour window, to whom opted out, or for a number that is none', () => {
		const late = new Dialogue({ contact: known });
		late.says('mi impresora no enciende');
		late.waits(25 * 60);
		late.person('offer_link', { number: '+573015550101' });
		const none = new Dialogue({ contact: known });
		none.says('mi impresora no enciende');
		none.person('offer_link', { number: '12' });

		for (const dialogue of [late, none]) expect(dialogue.bubbles.some(({ keys }) => keys.includes('K'))).toBe(false);
	});
});

describe('P8: what is out of scope is said kindly, once, and what can be done goes on', () => {
	test.each<[string, string[]]>([
		['mándeme ya mismo el certificado de existencia en automático', ['out_of_scope_documents', 'E2', 'I']],
		['pueden subir la factura directo a mi siigo?', ['out_of_scope_accounting', 'E2', 'I']],
		['qué daño tiene mi impresora? no prende', ['out_of_scope_diagnosis', 'E2', 'I']],
		['sigamos por mi otro número', ['out_of_scope_transfer', 'take_over']],
	])('“%s”', (words, keys) => {
		expect(new Dialogue({ contact: known }).says(words)?.keys).toEqual(keys);
	});

	test.each(['necesito el certificado de existencia', 'venden el programa siigo?', 'mi impresora no prende'])(
		'“%s” is nothing out of scope',
		(words) => {
			const bubble = new Dialogue({ contact: known }).says(words);
			expect(bubble?.keys.filter((key) => key.startsWith('out_of_scope'))).toEqual([]);
		},
	);
});

describe('B14: a promising request is told to a person by its score', () => {
	const profile = businessProfileSchema.parse({
		...prosuministros,
		handoff: { formalQuotation: false, leadScore: 35 },
	});

	test('from the profile’s threshold on', () => {
		const dialogue = new Dialogue({ contact: known, profile });
		dialogue.says('información general de 20 portátiles');

		expect(dialogue.all('handoff')).toEqual([expect.objectContaining({ strength: 'notify', reason: 'lead_score' })]);
	});

	test('not below it', () => {
		const dialogue = new Dialogue({ contact: { ...known, identification: undefined }, profile });
		for (const words of ['información general de un mouse', 'no tengo']) dialogue.says(words);

		expect(dialogue.all('handoff')).toEqual([]);
	});
});

describe('D13: while nobody has the conversation yet', () => {
	test('details reach the open case, H once, then silence; opting out works', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('mi impresora no enciende');
		dialogue.says('quiero hablar con un asesor');

		expect(dialogue.says('es una epson l3250')?.keys).toEqual(['H1', 'H2']);
		expect(dialogue.says('y huele a quemado')).toBeUndefined();
		expect(dialogue.all('addToCase').map(({ text }) => text)).toEqual(['es una epson l3250', 'y huele a quemado']);
		expect(dialogue.says('BAJA')?.keys).toEqual(['opted_out']);
	});

	test('the hours are said to whoever writes outside of them', () => {
		const profile = businessProfileSchema.parse({
			...prosuministros,
			hours: { ...prosuministros.hours, announce: true },
		});
		const dialogue = new Dialogue({ contact: known, profile, start: '2026-11-25T02:00:00.000Z' });

		expect(dialogue.says('quiero hablar con un asesor')?.keys).toEqual(['out_of_hours', 'take_over']);
		expect(dialogue.says('hola?')?.keys).toEqual(['human_waiting']);
	});
});

describe('B17: public holidays are the country’s', () => {
	const profileOf = (country: string) =>
		businessProfileSchema.parse({
			...prosuministros,
			country,
			hours: { ...prosuministros.hours, announce: true },
		});

	test.each([
		['CO', '2026-07-20T15:00:00.000Z', true, 'Independencia'],
		['CO', '2026-11-16T15:00:00.000Z', true, 'a holiday moved to Monday'],
		['MX', '2026-07-20T15:00:00.000Z', false, 'no holiday in Mexico'],
		['CO', '2026-07-21T15:00:00.000Z', false, 'the day after'],
	])('%s, %s: closed is %s (%s)', (country, start, closed) => {
		const dialogue = new Dialogue({ profile: profileOf(country), start, contact: known });

		expect(dialogue.says('hola')?.keys.includes('out_of_hours')).toBe(closed);
	});
});

describe('D19: an incomplete case goes on with the later message', () => {
	test('what is asked for after the silence takes the place of what was asked for before it', () => {
		const dialogue = new Dialogue({ contact: known });
		dialogue.says('cotizar 2 mouse');
		dialogue.waits(900);

		expect(dialogue.says('cotizar una impresora')?.keys).toEqual(['resumed', 'D2']);
		dialogue.says('formal');

		expect(dialogue.cases.at(-1)).toMatchObject({ subject: 'impresora', fields: { product: 'impresora' } });
	});

	test('the new request names the incomplete one, and only once', () => {
		const dialogue = new Dialogue({ contact: known, start: '2026-11-23T13:00:00.000Z' });
		dialogue.says('cotizar 3 monitores');
		dialogue.waits(13 * 60);
		const incomplete = dialogue.all('close')[0]?.openCase?.requestId;
		dialogue.says('formal');
		dialogue.says('mi impresora no enciende');

		expect(dialogue.cases.map(({ reopens }) => reopens)).toEqual([incomplete, undefined]);
	});

	test('after days it is over', () => {
		const dialogue = new Dialogue({ contact: known, start: '2026-11-23T13:00:00.000Z' });
		dialogue.says('cotizar 3 monitores');
		dialogue.waits(5 * 24 * 60);

		expect(dialogue.says('hola')?.keys).toEqual(['B1', 'B2']);
	});
});
