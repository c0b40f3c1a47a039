import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { whatsAppCrmResources } from '../../nodes/WhatsAppCrm/resources';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { profileInForce } from '../../nodes/shared/usecases/profile/businessProfile';
import { pressNode, readBinary, searchList } from '../support/engine';
import { TemplateDesk } from '../support/templateDesk';

const NODE = 'n8n-nodes-whatsapp-crm.whatsAppCrm';
const LAURA = '573001112233';

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open();
});

afterEach(async () => {
	await desk.close();
});

interface Pressing {
	/** `trigger` unless told: the workflow runs for real. */
	readonly mode?: 'manual' | 'trigger';
	readonly inputItems?: readonly INodeExecutionData[];
}

/** The node run with a form as a person filled it in. */
async function press(
	operation: string,
	form: INodeParameters = {},
	{ mode = 'trigger', inputItems }: Pressing = {},
): Promise<INodeExecutionData[]> {
	const { outputs, error } = await pressNode({
		node: NODE,
		mode,
		parameters: { resource: 'businessProfile', operation, ...form },
		...(inputItems === undefined ? {} : { inputItems }),
		credentials: desk.credentials,
	});
	if (error) throw new Error(error.message);
	return outputs.flat();
}

const only = (items: readonly INodeExecutionData[]): IDataObject => {
	expect(items).toHaveLength(1);
	expect(items[0]?.pairedItem).toEqual({ item: 0 });
	return items[0]?.json ?? {};
};

/** A customer writes line by line and reads every answer. */
async function talk(...lines: readonly string[]): Promise<string[]> {
	const customer = desk.simulator.customer({ waId: LAURA, profileName: 'Laura' });
	const before = desk.bubbles(LAURA).length;
	for (const line of lines) {
		await customer.text(line).delivered;
		await desk.settle();
	}
	return desk.bubbles(LAURA).slice(before);
}

const newestConversation = async (): Promise<string> => {
	const [newest] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	return newest?.id ?? '';
};

const warranty: INodeParameters = {
	areas: { area: [{ key: 'warranty', name: 'Garantías' }] },
	menuOptions: {
		option: [
			{
				id: 'warranty',
				title: '4. Garantía',
				label: 'Solicitar una garantía',
				area: 'warranty',
				caseType: 'support',
				keywords: 'garantía, devolución',
				confirmation: 'Listo, tu garantía quedó registrada con el número {case_number}.',
				questions: {
					question: [
						{ type: 'text', words: '¿Cuál es el serial del equipo?', field: 'serialNumber' },
						{
							type: 'choice',
							words: '¿Qué pasó con el equipo?',
							field: 'fault',
							buttons: {
								button: [
									{ title: 'No enciende', keywords: 'no prende' },
									{ title: 'Llegó roto', area: 'support', caseType: 'support' },
								],
							},
						},
					],
				},
			},
		],
	},
};

describe('U1: an operator changes the bot in the form, without code and without expressions', () => {
	test('the name of the business: the next customer is greeted with it', async () => {
		expect(only(await press('save', { businessName: 'Ferretería El Tornillo' }))).toMatchObject({
			action: 'published',
			version: 2,
			name: 'Ferretería El Tornillo',
			options: ['1. Cotización', '2. Estado de pedido', '3. Otro motivo'],
		});

		const [greeting] = await talk('hola');
		expect(greeting).toContain('Bienvenido a Ferretería El Tornillo');
	});

	test('a fourth menu option with questions, buttons and an area of its own: a case comes of it', async () => {
		expect(only(await press('save', warranty)).options).toEqual([
			'1. Cotización',
			'2. Estado de pedido',
			'3. Otro motivo',
			'4. Garantía',
		]);

		const read = await talk('hola', 'Laura Gómez Restrepo', '1020304050', '4', 'SN-778899', 'no prende');

		expect(read[2]).toContain('4️⃣ Solicitar una garantía');
		expect(read[3]).toContain('¿Cuál es el serial del equipo?');
		expect(read[4]).toContain('¿Qué pasó con el equipo?');
		const [registered] = await listCases(desk.store.db, 'desk', { limit: 1 });
		expect(registered).toMatchObject({ option: 'warranty', area: 'warranty', type: 'support' });
		expect(JSON.parse(registered?.fields ?? '{}')).toMatchObject({ serialNumber: 'SN-778899', fault: 'noEnciende' });
		expect(read.at(-1)).toBe(`Listo, tu garantía quedó registrada con el número ${registered?.number}.`);
	});

	test('an option’s keyword chooses it from the menu; a button leads where the form says', async () => {
		await press('save', warranty);
		await talk('hola', 'Laura Gómez Restrepo', '1020304050', 'devolución', 'SN-778899', 'Llegó roto');

		const [registered] = await listCases(desk.store.db, 'desk', { limit: 1 });
		expect(registered).toMatchObject({ option: 'warranty', area: 'support' });
	});

	test('words of the trade: a keyword added is understood, and none that was there is lost', async () => {
		const before = (await profileInForce(desk.store)).profile.keywords;
		await press('save', {
			additionalFields: {
				keywords: { keyword: [{ intent: 'quotation', phrase: 'regálame el tarifario', weight: 3 }] },
			},
		});

		const { keywords } = (await profileInForce(desk.store)).profile;
		expect(keywords).toEqual([...before, { intent: 'quotation', phrase: 'regálame el tarifario', weight: 3 }]);
		const read = await talk('regálame el tarifario de impresoras', 'Laura Gómez Restrepo', '1020304050');
		expect(read.join('\n')).not.toContain('cuéntame qué deseas hacer hoy');
	});

	test('a text in another language: an English customer reads it', async () => {
		await press('save', {
			additionalFields: {
				languages: ['en', 'es'],
				texts: {
					text: [
						{
							key: { __rl: true, mode: 'list', value: 'A2' },
							language: 'en',
							words: 'May I have your full name, please?',
						},
					],
				},
			},
		});

		const [greeting] = await talk('Hello, good morning, I need your help please');
		expect(greeting).toContain('May I have your full name, please?');
	});

	test('the list of texts shows what each one says now, the profile’s own too', async () => {
		await press('save', warranty);
		const found = async (filter: string) =>
			(await searchList(WhatsAppCrm, 'searchTexts', { filter, credentials: desk.credentials })).results.map(
				({ value }) => value,
			);

		expect(await found('nombre completo')).toContain('A2');
		expect(await found('serial del equipo')).toEqual(['warranty_serialNumber']);
	});

	test('what the form leaves empty stays as it is, also inside of an option', async () => {
		const before = (await profileInForce(desk.store)).profile.options[0];
		await press('save', { menuOptions: { option: [{ id: 'quotation', label: 'Pedir una cotización' }] } });

		const after = (await profileInForce(desk.store)).profile.options;
		expect(after).toHaveLength(3);
		expect(after[0]).toEqual({ ...before, label: 'Pedir una cotización' });
	});

	test('the listed options are the whole menu when the operator says so', async () => {
		await press('save', { menuOptions: { option: [{ id: 'quotation' }] }, keepOtherOptions: false });

		expect((await profileInForce(desk.store)).profile.options.map(({ id }) => id)).toEqual(['quotation']);
	});

	test('opening hours, holidays and languages are fields too', async () => {
		await press('save', {
			additionalFields: {
				announceHours: true,
				holidays: '2026-12-25, 2027-01-01',
				hoursInWords: 'lunes a sábado de 8 a 12',
				openingHours: { range: [{ days: ['monday', 'saturday'], from: '08:00', to: '12:00' }] },
			},
		});

		const { hours } = (await profileInForce(desk.store)).profile;
		expect(hours).toMatchObject({
			announce: true,
			inWords: 'lunes a sábado de 8 a 12',
			holidays: ['2026-12-25', '2027-01-01'],
		});
		expect(hours.week.monday).toEqual([{ from: '08:00', to: '12:00' }]);
		expect(hours.week.tuesday).toEqual([]);
	});

	describe('D25: hours of contact', () => {
		const contactHours = async () => (await profileInForce(desk.store)).profile.contactHours;
		const saturday = { range: [{ days: ['saturday'], from: '10:00', to: '12:30' }] };

		test('rows of days become own hours; what the form does not say stays as it counted', async () => {
			await press('save', { additionalFields: { contactHours: saturday } });
			expect(await contactHours()).toMatchObject({
				rule: 'own',
				onHolidays: false,
				collectionEveryDays: 1,
				week: { friday: [], saturday: [{ from: '10:00', to: '12:30' }] },
			});
			await press('save', { additionalFields: { contactOnHolidays: true } });
			await press('save', { additionalFields: { collectionEveryDays: 3 } });
			expect(await contactHours()).toMatchObject({
				onHolidays: true,
				collectionEveryDays: 3,
				week: { friday: [], saturday: [{ from: '10:00', to: '12:30' }] },
			});
		});

		test('one value alone keeps the hours of the law of the country that is chosen with it', async () => {
			await press('save', { additionalFields: { country: 'CL', collectionEveryDays: 7 } });
			expect(await contactHours()).toMatchObject({
				rule: 'own',
				collectionEveryDays: 7,
				week: { saturday: [{ from: '08:00', to: '20:00' }] },
			});
		});

		test('back to the law with the own hours kept for later, and there again', async () => {
			await press('save', { additionalFields: { contactHours: saturday, collectionEveryDays: 2 } });
			const own = await contactHours();
			await press('save', { additionalFields: { contactHoursRule: 'country' } });
			expect(await contactHours()).toEqual({ ...own, rule: 'country' });
			await press('save', { additionalFields: { contactHoursRule: 'own' } });
			expect(await contactHours()).toEqual(own);
		});

		test('chosen as own without a word of them they are those of the law', async () => {
			await press('save', { additionalFields: { contactHoursRule: 'own' } });
			expect(await contactHours()).toMatchObject({ rule: 'own', week: { monday: [{ from: '07:00', to: '19:00' }] } });
		});

		test.each([
			[{ contactHours: { range: [{ days: ['monday'], from: '18:00', to: '08:00' }] } }, 'Monday 1 › To must be later'],
			[{ contactHours: { range: [{ days: ['monday'], from: '8 a. m.', to: '18:00' }] } }, 'must be a time like 08:00'],
			[{ contactHours: { range: [{ days: [], from: '08:00', to: '18:00' }] } }, 'needs hours on at least one day'],
			[{ collectionEveryDays: 31 }, 'Collection Every (Days)'],
			[{ approvalHours: 0 }, 'Approval Time (Hours)'],
			[{ approvalHours: 169 }, 'Approval Time (Hours)'],
		])('%j is refused in the words of the form', async (additionalFields, said) => {
			await expect(press('save', { additionalFields: additionalFields as INodeParameters })).rejects.toThrow(said);
			expect((await profileInForce(desk.store)).version).toBe(1);
		});
	});

	test('C4: how long people have to decide is a field', async () => {
		await press('save', { additionalFields: { approvalHours: 4 } });
		expect((await profileInForce(desk.store)).profile.approvals).toEqual({ decisionHours: 4 });
	});

	describe('O12: rates of Meta and prices of models', () => {
		const costs = async () => (await profileInForce(desk.store)).profile.costs;
		const rates = { rate: [{ category: 'utility', amount: '0,0008', currency: 'usd' }] };
		const prices = {
			price: [
				{ model: ' gpt-4o-mini ', input: '0.15', output: '0,60', currency: 'USD' },
				{ model: '', input: '1', output: '2', currency: 'eur' },
			],
		};
		const kept = {
			messages: [{ category: 'utility', amount: '0.0008', currency: 'USD' }],
			models: [
				{ model: 'gpt-4o-mini', input: '0.15', output: '0.60', currency: 'USD' },
				{ model: '', input: '1', output: '2', currency: 'EUR' },
			],
		};

		test('are rows, written as people write numbers, and come back the same from Get', async () => {
			await press('save', { additionalFields: { messageRates: rates, modelPrices: prices } });
			expect(await costs()).toEqual(kept);
			expect(only(await press('get', { simplify: false }))).toMatchObject({ profile: { costs: kept } });
			expect(
				only(await press('save', { additionalFields: { messageRates: rates, modelPrices: prices } })),
			).toMatchObject({ action: 'unchanged' });
		});

		test('listed anew they replace the earlier ones; left out they stay', async () => {
			await press('save', { additionalFields: { messageRates: rates, modelPrices: prices } });
			await press('save', { businessName: 'Tornillos SAS' });
			expect(await costs()).toEqual(kept);
			const others = { rate: [{ category: 'marketing', amount: '0.0125', currency: 'USD' }] };
			await press('save', { additionalFields: { messageRates: others } });
			expect(await costs()).toEqual({ ...kept, messages: others.rate });
		});

		test.each([
			[
				{ messageRates: { rate: [{ category: 'service', amount: 'gratis', currency: 'USD' }] } },
				'must be a number like',
			],
			[{ messageRates: { rate: [{ category: 'service', amount: '1', currency: 'dólares' }] } }, 'currency code'],
			[{ messageRates: { rate: [{ category: 'constructor', amount: '1', currency: 'USD' }] } }, "'Additional Fields'"],
			[
				{ modelPrices: { price: [{ model: 'x', input: '-1', output: '2', currency: 'USD' }] } },
				'Input (Million Tokens)',
			],
		])('%j is refused', async (additionalFields, said) => {
			await expect(press('save', { additionalFields: additionalFields as INodeParameters })).rejects.toThrow(said);
			expect((await profileInForce(desk.store)).version).toBe(1);
		});
	});

	test('D13: how long a customer may wait for a person is a field, and a wrong one is told in its words', async () => {
		await press('save', { additionalFields: { waitingMinutes: 45, waitingInHoursOnly: false } });
		expect((await profileInForce(desk.store)).profile.handoff).toMatchObject({
			waitingMinutes: 45,
			waitingInHoursOnly: false,
			stalledTurns: 6,
		});

		await expect(press('save', { additionalFields: { waitingMinutes: -1 } })).rejects.toThrow('Waiting Time');
	});

	test('a mistake is told in the words of the form, and nothing is published', async () => {
		const wrong = structuredClone(warranty) as unknown as { menuOptions: { option: Array<{ area: string }> } };
		if (wrong.menuOptions.option[0]) wrong.menuOptions.option[0].area = 'moon';

		await expect(press('save', wrong as unknown as INodeParameters)).rejects.toThrow(
			"Menu Option “4. Garantía” › Area 'moon' is no area of this profile",
		);
		expect((await profileInForce(desk.store)).version).toBe(1);
	});
});

describe('U5, U6: a change is tried before customers meet it', () => {
	test('saved as a draft, looked at, rehearsed, published, rolled back', async () => {
		await talk('hola', 'Laura Gómez Restrepo', '1020304050', '3', 'Facturación y pagos', 'no llegó la factura');
		const drafted = only(await press('save', { ...warranty, businessName: 'Tornillos SAS', saveAs: 'draft' }));
		expect(drafted).toMatchObject({ action: 'drafted', version: 1 });
		expect((await profileInForce(desk.store)).profile.name).toBe('PROSUMINISTROS');
		expect(only(await press('get', { profile: 'draft' }))).toMatchObject({ name: 'Tornillos SAS', published: false });

		expect(only(await press('rehearse'))).toMatchObject({
			conversations: 1,
			wouldChange: ['La única conversación ensayada terminaría igual que hoy.'],
			differently: [],
			testsPassed: true,
		});

		const published = only(await press('publish', { options: { note: 'Garantías' } }));
		expect(published.version).toBe(2);
		expect(published.changes).toEqual([
			'Nombre: «PROSUMINISTROS» → «Tornillos SAS»',
			'Opción del menú «4. Garantía»: se añade',
			'Área «Garantías»: se añade',
			expect.stringMatching(/^Textos/),
		]);

		const history = (await press('getAll')).map(({ json }) => [json.version, json.inForce, json.note]);
		expect(history).toEqual([
			[2, true, 'Garantías'],
			[1, false, null],
		]);
		expect(only(await press('rollBack', { version: 1 }))).toMatchObject({ version: 3, rolledBackTo: 1 });
		expect((await profileInForce(desk.store)).profile.name).toBe('PROSUMINISTROS');
	});

	test('pressed by hand, publishing shows what it would do and does nothing', async () => {
		await press('save', { businessName: 'Tornillos SAS', saveAs: 'draft' });

		expect(only(await press('publish', {}, { mode: 'manual' }))).toMatchObject({
			simulated: true,
			wouldPublish: true,
			changes: ['Nombre: «PROSUMINISTROS» → «Tornillos SAS»'],
			rehearsal: { conversations: 0 },
		});
		expect((await profileInForce(desk.store)).version).toBe(1);

		expect(only(await press('publish', { saveByHand: true }, { mode: 'manual' }))).toMatchObject({ version: 2 });
	});

	test('a real conversation kept as a test stops a draft that ends it otherwise, and the report says how', async () => {
		await talk('hola', 'Laura Gómez Restrepo', '1020304050', '3', 'Facturación y pagos', 'no llegó la factura');
		const conversation = { __rl: true, mode: 'id', value: await newestConversation() };
		expect(only(await press('keepTest', { conversation, testName: 'Factura' }))).toMatchObject({
			name: 'Factura',
			expected: { area: 'finance', caseType: 'billing' },
		});
		await press('save', {
			saveAs: 'draft',
			menuOptions: {
				option: [
					{
						id: 'other',
						questions: {
							question: [
								{
									type: 'choice',
									words: '¿Qué necesitas?',
									field: 'process',
									buttons: {
										button: [
											{ title: 'Facturación y pagos', area: 'sales' },
											{ title: 'Documentos', area: 'documents' },
										],
									},
								},
							],
						},
					},
				],
			},
		});

		await expect(press('publish')).rejects.toThrow("The test 'Factura' ends differently: ");
		const rehearsed = only(await press('rehearse', { options: { reportLanguage: 'en' } }));
		expect(rehearsed.testsPassed).toBe(false);
		expect(rehearsed.wouldChange).toContain('1 of 1 would now go to Comercial.');

		expect(only(await press('deleteTest', { conversation }))).toMatchObject({ deleted: true });
		expect(only(await press('publish'))).toMatchObject({ version: 2 });
	});

	test('a draft can be given up; without one, publishing says where a draft comes from', async () => {
		await press('save', { businessName: 'Tornillos SAS', saveAs: 'draft' });
		expect(only(await press('deleteDraft'))).toEqual({ deleted: true });

		await expect(press('publish')).rejects.toThrow('There is no draft of the business profile');
	});
});

describe('a profile goes from one client to another', () => {
	test('exported as a file and imported: the same bot, without the other one’s numbers', async () => {
		await press('save', { ...warranty, additionalFields: { testNumbers: '+57 300 123 4567' } });
		const exported = await press('export');
		const [file] = exported;
		expect(file?.json).toMatchObject({
			fileName: 'prosuministros.profile.json',
			business: 'PROSUMINISTROS',
			version: 2,
		});
		expect((await readBinary(file?.binary?.data)).toString()).not.toContain('300 123 4567');
		const { profile: before } = await profileInForce(desk.store);
		await press('rollBack', { version: 1 });

		const imported = only(await press('import', { importFrom: 'file', saveAs: 'published' }, { inputItems: exported }));

		expect(imported).toMatchObject({ action: 'published', version: 4, name: 'PROSUMINISTROS' });
		expect((await profileInForce(desk.store)).profile).toEqual({ ...before, testNumbers: [] });
	});

	test('a file that is no profile is refused in words', async () => {
		const data = {
			data: Buffer.from('hola').toString('base64'),
			mimeType: 'text/plain',
		};
		await expect(
			press('import', { importFrom: 'file' }, { inputItems: [{ json: {}, binary: { data } }] }),
		).rejects.toThrow("The file in 'data' cannot be used: it is not JSON");
		await expect(press('import', { profileJson: '{"name":"X"}' })).rejects.toThrow('Menu Option is missing');
	});

	test('the dialogue as a picture: SVG in the file, Mermaid on the item', async () => {
		await press('save', warranty);
		const [item] = await press('getDiagram');
		const svg = (await readBinary(item?.binary?.data)).toString();

		expect(item?.binary?.data).toMatchObject({ mimeType: 'image/svg+xml', fileName: 'prosuministros.svg' });
		expect(svg).toContain('4. Garantía');
		expect(svg).toContain('¿Cuál es el serial del equipo?');
		expect(String(item?.json.mermaid)).toContain('flowchart TD');
	});
});

test('U7: what everybody is answered by is not changed by a model alone; looking and trying is free', () => {
	const operations = whatsAppCrmResources.find(({ value }) => value === 'businessProfile')?.operations ?? [];
	const approved = operations.filter(({ needsApproval }) => needsApproval).map(({ value }) => value);

	expect(approved.sort()).toEqual(['deleteDraft', 'deleteTest', 'import', 'keepTest', 'publish', 'rollBack', 'save']);
});
