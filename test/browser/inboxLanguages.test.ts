/**
 * What the desk says in English is never read by who reads another language: every view, and every refusal, of a desk in trouble
 * (P3, U6, O4). Words of vendors are quoted, and said to be theirs.
 */
import type { Page } from 'playwright-core';

import { FAILURE_REASONS, type Failure } from '../../nodes/shared/domain/failures/failure';
import { LINKING_PROBLEMS } from '../../nodes/shared/domain/linkedNumbers/problems';
import { inBrowser } from '../support/chromium';
import { inboxOfEachTest, type OpenInbox } from '../support/inboxPage/browser';
import { ago } from '../support/inboxPage/desk';
import type { StandIn } from '../support/inboxPage/standIn';

type Reader = 'es' | 'pt-BR';

const MARIANA = '/conversations/conv-mariana';
const SAID = 'The vendor says that this could not be done with your message';

/** Places, and what shows that everything of them is there. */
const VIEWS: ReadonlyArray<readonly [place: string, ready: string]> = [
	['', '.row'],
	[MARIANA, '.failure:has-text("(WhatsApp 131026)")'],
	['/conversations/conv-closed-window', '.composer'],
	['/followUps', '.listCard'],
	['/approvals', '.approval, .listCard'],
	['/metrics', '.chart canvas'],
	['/problems', '.problem:has-text("(Wazzup BRAND_NEW)")'],
	['/audit', '.table td, .auditLines li, td'],
	['/numbers', '.numberCard'],
	['/settings/me', '.settingsCard'],
	['/settings/canned', '.settingsBody li, .settingsCard'],
	['/settings/business', '.settingsCard input'],
	['/settings/hours', '.settingsCard input'],
	['/settings/menu', '.optionCard'],
	['/settings/texts', '.settingsBody textarea'],
	['/settings/rules', '.settingsCard input'],
	['/settings/notices', '.settingsCard input'],
	['/settings/data', '.settingsCard input'],
	['/settings/team', '.settingsBody li, .settingsCard'],
	['/settings/history', '.changesList li'],
];

/** What everybody reads of a page: its text, and what is read aloud. */
async function readIn(page: Page): Promise<string> {
	return await page.evaluate<string>(`
		[
			document.body.innerText,
			...[...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')].flatMap((one) =>
				['aria-label', 'title', 'placeholder', 'alt'].map((name) => one.getAttribute(name) ?? ''),
			),
		].join('\\n')
	`);
}

/** Words that hardly an English sentence does without, and that neither Spanish nor Portuguese knows. */
const ENGLISH =
	/^.*\b(?:the|of|is|are|was|were|been|with|not|cannot|could|this|that|which|did|does|from|your|their|and)\b.*$/gim;

/** `America/Port of Spain`: zones have their names in no language. */
const ZONE = /^[A-Z][A-Za-z]+\/.*$/gm;

/** English lines but for what is quoted. */
const englishIn = (text: string): string[] =>
	text
		.replace(/«[^»]*»/g, '«»')
		.replace(ZONE, '')
		.match(ENGLISH) ?? [];

/** A desk at which everything went wrong that can: each reason once, and once a code that nobody knows. */
function everythingWrong({ desk }: StandIn, reader: Reader): void {
	desk.session.business = { ...desk.session.business, language: reader };
	const failures: readonly Failure[] = [
		...FAILURE_REASONS.map((reason): Failure => ({ reason, vendor: 'whatsapp', code: '131026', said: SAID })),
		{ vendor: 'wazzup', code: 'BRAND_NEW', said: SAID },
		{ said: SAID },
		{},
	];
	const thread = desk.conversations.get('conv-mariana');
	thread?.rows.unshift(
		...failures.map((failure, place) => ({
			id: `failed-${place}`,
			kind: 'message' as const,
			direction: 'out' as const,
			author: 'bot' as const,
			type: 'text',
			text: 'Hola',
			at: ago(86_400_000),
			status: 'failed' as const,
			failure,
		})),
	);
	const [letter] = desk.deadLetters;
	const kinds = ['received', 'step', 'message', 'file', 'bridge', 'payment'];
	const letters = kinds.map((kind, place) => ({
		...letter,
		id: `dead-${place}`,
		kind,
		about: 'case',
		why: failures.at(-1 - place) ?? {},
	}));
	desk.deadLetters.splice(0, Infinity, ...letters);
	const [number] = desk.numbers;
	const numbers = LINKING_PROBLEMS.map((key) => ({
		...number,
		id: key,
		state: 'failed' as const,
		problem: { key, said: SAID },
	}));
	desk.numbers.splice(0, Infinity, ...numbers);
	const facts = {
		hour: 10,
		count: 3,
		usual: 9,
		percent: 30,
		errors: 2,
		messages: 9,
		name: 'Ana',
		minutes: 40,
		days: 2,
	};
	desk.alerts = ['volume', 'errors', 'dead_letters', 'sla', 'quality', 'template', 'token'].flatMap((kind) =>
		['low', 'high', 'ended'].map((level, place) => ({ kind, level, facts, since: ago(1000 * place) })),
	);
	desk.history = desk.history.map((one) => ({ ...one, restores: 5 }));
}

test('the check sees English where there is some', () => {
	expect(englishIn('WhatsApp dice: «this is theirs» Espera.')).toEqual([]);
	expect(englishIn('The number is blocked')).toHaveLength(1);
	expect(englishIn('Ok\nCould not be sent\nYa está')).toEqual(['Could not be sent']);
});

inBrowser('The inbox page for who reads no English', () => {
	const openOne = inboxOfEachTest();
	let inbox: OpenInbox;
	let page: Page;

	async function open(reader: Reader, place = ''): Promise<void> {
		inbox = await openOne({ place, prepare: (standIn) => everythingWrong(standIn, reader) });
		page = inbox.page;
		await page.locator(`html[lang="${reader}"]`).waitFor({ state: 'attached' });
	}

	test.each(['es', 'pt-BR'] as const)('P3: nothing but quotations is English in any view, in %s', async (reader) => {
		await open(reader);
		const found: Record<string, string[]> = {};
		for (const [place, ready] of VIEWS) {
			await page.goto('about:blank');
			await page.goto(`${inbox.standIn.url}#${place}`);
			await page.locator(ready).first().waitFor();
			const those = englishIn(await readIn(page));
			if (those.length > 0) found[place] = those;
		}
		expect(found).toEqual({});
	});

	/** English for logs and other callers, as the desk answers it. */
	const english = { message: 'This could not be done', description: 'Do something about that.' };

	/** What is said when publishing is refused; nothing of it is English but for quotations. */
	async function refusedToPublish(body: object): Promise<string> {
		inbox.standIn.refuse('publishDraft', { status: 422, body: { ...english, ...body } });
		await page.locator('.draftBar .button.primary').click();
		const dialog = page.getByRole('dialog');
		await dialog.locator('.button.primary').click();
		const text = (await dialog.getByRole('alert').innerText()).replace(/\s+/g, ' ');
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
		expect(englishIn(text)).toEqual([]);
		return text;
	}

	test.each([
		[
			'es',
			'La prueba «Factura» terminaría distinto: área: «Comercial» en vez de «Financiera».',
			'También otras: 2.',
			'El borrador nació de la versión 3, y desde entonces se publicó la 5.',
			'Al texto «warranty» le falta algo para poder decirse.',
			'WhatsApp no lo aceptó.',
			`WhatsApp dice: «${SAID}»`,
			'El acceso a Wazzup venció o ya no es válido.',
			'Hay un dato que no sirve así. «This could not be done. Do something about that.»',
		],
		[
			'pt-BR',
			'O teste «Factura» terminaria diferente: área: «Comercial» em vez de «Financiera».',
			'Também outros: 2.',
			'O rascunho nasceu da versão 3, e desde então foi publicada a 5.',
			'Falta algo ao texto «warranty» para poder ser dito.',
			'WhatsApp não aceitou.',
			`WhatsApp diz: «${SAID}»`,
			'O acesso ao Wazzup expirou ou não vale mais.',
			'Há um dado que não serve assim. «This could not be done. Do something about that.»',
		],
	] as const)(
		'P3, U6: why a draft is not published is said in %s; a vendor without known words is quoted',
		async (reader, test, others, outdated, text, unknown, quoted, known, uncoded) => {
			await open(reader, '/settings/business');
			await page.locator('.settingsCard input').first().fill('Otro nombre');
			await page.locator('.draftBar .button.primary').click();
			await page.locator('.draftBar .button.primary').filter({ hasText: 'Publicar' }).waitFor();

			const values = { test: 'Factura', aspect: 'area', found: 'Comercial', wanted: 'Financiera', others: 2 };
			const tested = await refusedToPublish({ code: 'testEndsDifferently', values });
			expect([tested.includes(test), tested.includes(others)]).toEqual([true, true]);
			expect(await refusedToPublish({ code: 'draftOutdated', values: { base: 3, version: 5 } })).toContain(outdated);
			expect(await refusedToPublish({ code: 'textNotSayable', values: { text: 'warranty' } })).toContain(text);
			const strange = await refusedToPublish({ failure: { vendor: 'whatsapp', code: 'NEW', said: SAID } });
			expect([strange.includes(unknown), strange.includes(quoted)]).toEqual([true, true]);
			const failure = { vendor: 'wazzup', code: 'UNAUTHORIZED', reason: 'accessEnded', said: SAID };
			expect(await refusedToPublish({ failure })).toMatch(new RegExp(`^${known}`));
			expect(await refusedToPublish({})).toContain(uncoded);
		},
	);

	test.each([
		['es', 'La clave de Wazzup no alcanza para esto: es de otra integración.', 'Meta retuvo el mensaje'],
		['pt-BR', 'A chave do Wazzup não basta para isto: é de outra integração.', 'A Meta reteve a mensagem'],
	] as const)(
		'P6, P4: what Wazzup refuses in the place of its window, and Meta at a number, is said in %s',
		async (reader, window, number) => {
			inbox = await openOne({
				place: '/wazzup',
				prepare: ({ desk, failQuery }) => {
					desk.session.business = { ...desk.session.business, language: reader };
					desk.session.features = { ...desk.session.features, wazzup: true };
					const failure = { vendor: 'wazzup', code: 'FORBIDDEN', reason: 'keyLimited', said: SAID };
					failQuery('chatWindow', 422, { ...english, failure });
				},
			});
			page = inbox.page;
			const place = page.locator('.state[role="alert"]');
			await place.getByText(window).waitFor();
			expect(englishIn(await place.innerText())).toEqual([]);

			const failure = { vendor: 'whatsapp', code: '131049', reason: 'heldBack' };
			inbox.standIn.refuse('requestSync', { status: 422, body: { ...english, failure } });
			await page.goto(`${inbox.standIn.url}#/numbers`);
			await page.locator('.numberCard button').first().click();
			await page.locator('.notice.trouble').getByText(number).waitFor();
			expect(englishIn(await page.locator('.notice.trouble').innerText())).toEqual([]);
		},
	);
});
