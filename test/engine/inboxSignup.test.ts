import type { LinkedNumberView } from '../../nodes/shared/domain/inbox/views';
import { saveInboxAddress } from '../../nodes/shared/store/repositories/inboxAddress';
import { INBOX_WEBHOOK, InboxDesk, type Answer, type Login } from '../support/inboxDesk';
import { openLinkingDesk, type LinkingDesk } from '../support/linkingDesk';
import type { SignupOutcome } from '../simulators/graph';

/** The inbox with a WhatsApp credential, as a client who links numbers has it. */
class DeskWithWhatsApp extends InboxDesk {
	private linking: LinkingDesk | undefined;

	override given(workspace = 'acme') {
		const given = super.given(workspace);
		const { linking } = this;
		return linking === undefined
			? given
			: { ...given, credentials: { ...given.credentials, whatsAppCloudApi: { ...linking.credential } } };
	}

	/** The inbox again, behind the public address at which Meta finds the trigger too. */
	async link(linking: LinkingDesk): Promise<this> {
		this.linking = linking;
		return await this.open({ publicAddress: `${linking.base}/${INBOX_WEBHOOK}/inbox` });
	}
}

let desk: DeskWithWhatsApp;
let plain: InboxDesk;
let linking: LinkingDesk;
let caro: Login;

beforeEach(async () => {
	plain = await new InboxDesk().open();
	linking = await openLinkingDesk(plain.store, { now: () => Date.now() });
	desk = await new DeskWithWhatsApp(plain.filePath).link(linking);
	await saveInboxAddress(desk.store.db, 'acme', {
		url: `${linking.base}/${INBOX_WEBHOOK}/inbox`,
		webhookId: INBOX_WEBHOOK,
	});
	caro = await desk.loginOf(linking.advisorId);
});

afterEach(async () => {
	expect(desk.thrown).toEqual([]);
	await linking.close();
	await desk.close();
	await plain.close();
});

const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']?.[0]).split(';')[0] ?? '';
const numbers = async (as: Login): Promise<readonly LinkedNumberView[]> =>
	(await desk.ask(as, 'query=linkedNumbers')).json<readonly LinkedNumberView[]>();

/** The browser follows Meta's redirect: another site sends it, so only the Lax cookie comes along. */
async function comeBack(url: string, cookie: string | undefined, outcome?: SignupOutcome): Promise<Answer> {
	const back = new URL(
		linking.simulator.finishSignup(url, outcome ?? { kind: 'finished', phoneNumberId: linking.own.phoneNumberId }),
	);
	expect(back.pathname).toMatch(/\/inbox\/signup$/);
	return await desk.call({
		path: '/signup',
		query: back.search.slice(1),
		headers: { 'sec-fetch-site': 'cross-site', ...(cookie === undefined ? {} : { cookie }) },
	});
}

describe('P4, scenario 6: an advisor links their number in the inbox', () => {
	it('from the button to the linked number, over HTTP', async () => {
		const started = await desk.command(caro, 'startSignup', { excludedNumbers: ['+57 300 999 0000'] });
		expect(started.status).toBe(200);
		const { url } = started.json<{ url: string }>();
		expect(String(started.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/);
		// What binds the dialog to this browser is out of reach of any script.
		expect(started.text).not.toContain(cookieOf(started).split('=')[1]);

		const answer = await comeBack(url, cookieOf(started));
		expect(answer.status).toBe(303);
		expect(answer.headers.location).toMatch(/\/inbox#\/numbers$/);
		expect(String(answer.headers['set-cookie'])).toContain('Max-Age=0');
		expect(await numbers(caro)).toMatchObject([{ state: 'linked', phone: linking.own.phone, history: 'off' }]);
		await linking.simulator
			.customer({ waId: '573001234567', profileName: 'Ana', phoneNumberId: linking.own.phoneNumberId })
			.text('hola Carolina').delivered;
		const shown = (await desk.ask(caro, 'query=conversations')).json<{ rows: readonly object[] }>();
		expect(shown.rows).toMatchObject([
			{ contactName: 'Ana', mode: 'mirrored', channel: { kind: 'linked', advisor: { name: 'Carolina Rojas' } } },
		]);
	});

	it('D32: pasted ids that are sent twice are one number, and both answers name it', async () => {
		const pasted = {
			advisorId: caro.advisorId,
			phoneNumberId: linking.own.phoneNumberId,
			businessAccountId: linking.own.wabaId,
			accessToken: 'EAAnotGivenByAnybody00000',
		};
		const boss = await desk.advisor('Elena Ruiz', 'administrator', ['sales']);
		const first = await desk.command(boss, 'linkManually', pasted, 'pasted-once');
		const again = await desk.command(boss, 'linkManually', pasted, 'pasted-once');
		const [number, ...others] = await numbers(boss);
		expect(others).toEqual([]);
		expect([first.status, again.status]).toEqual([200, 200]);
		expect(first.json()).toEqual({ linkedNumberId: number?.id });
		expect(again.json()).toEqual(first.json());
	});

	it('the mirrored conversation is the advisor’s: another advisor does not see it', async () => {
		const started = await desk.command(caro, 'startSignup', {});
		await comeBack(started.json<{ url: string }>().url, cookieOf(started));
		await linking.simulator
			.customer({ waId: '573001234567', profileName: 'Ana', phoneNumberId: linking.own.phoneNumberId })
			.text('hola').delivered;
		const marta = await desk.advisor('Marta Díaz', 'advisor', ['sales']);
		expect((await desk.ask(marta, 'query=conversations&list=all')).json()).toMatchObject({ rows: [] });
		expect(await numbers(marta)).toEqual([]);
	});

	it('the redirect without the browser’s cookie links nothing: login CSRF with somebody else’s number', async () => {
		const started = await desk.command(caro, 'startSignup', {});
		const answer = await comeBack(started.json<{ url: string }>().url, undefined);
		expect(answer.status).toBe(400);
		expect(answer.text).toContain('otro navegador');
		expect(await numbers(caro)).toMatchObject([{ state: 'started' }]);
	});

	it.each<readonly [SignupOutcome, LinkedNumberView['problem']]>([
		[{ kind: 'cancelled' }, { key: 'cancelled' }],
		[
			{ kind: 'error', code: '7', message: 'Nope' },
			{ key: 'dialog_refused', said: 'Nope (7)' },
		],
		[{ kind: 'finished', shareNothing: true }, { key: 'no_account' }],
	])('%o: the page is told what happened, and what Meta says of it', async (outcome, problem) => {
		const started = await desk.command(caro, 'startSignup', {});
		const answer = await comeBack(started.json<{ url: string }>().url, cookieOf(started), outcome);
		expect(answer.status).toBe(303);
		const [view] = await numbers(caro);
		expect(view?.state).toBe('failed');
		expect(view?.problem).toEqual(problem);
	});

	it('inviting somebody else is for administrators; the invited one finishes it in any browser', async () => {
		const diana = await desk.loginOf(
			(
				await desk.store.db
					.selectFrom('advisors')
					.select('id')
					.where('name', '=', 'Diana Torres')
					.executeTakeFirstOrThrow()
			).id,
		);
		const marta = await desk.advisor('Marta Díaz');
		expect((await desk.command(marta, 'startSignup', { advisorId: caro.advisorId })).status).toBe(403);
		const invited = await desk.command(diana, 'startSignup', { advisorId: caro.advisorId });
		expect(invited.headers['set-cookie']).toBeUndefined();
		expect((await comeBack(invited.json<{ url: string }>().url, undefined)).status).toBe(303);
		expect(await numbers(caro)).toMatchObject([{ state: 'linked', advisor: { name: 'Carolina Rojas' } }]);
	});

	it('syncs and unlinks from the page, one’s own only', async () => {
		const started = await desk.command(caro, 'startSignup', {});
		await comeBack(started.json<{ url: string }>().url, cookieOf(started));
		const [{ id: linkedNumberId } = { id: '' }] = await numbers(caro);
		const marta = await desk.advisor('Marta Díaz');
		for (const command of ['requestSync', 'unlinkNumber'])
			expect((await desk.command(marta, command, { linkedNumberId })).status).toBe(404);
		expect((await desk.command(caro, 'requestSync', { linkedNumberId })).status).toBe(200);
		await linking.simulator.settled();
		expect(await numbers(caro)).toMatchObject([{ history: 'done' }]);
		expect((await desk.command(caro, 'unlinkNumber', { linkedNumberId })).status).toBe(200);
		expect(await numbers(caro)).toMatchObject([{ state: 'unlinked' }]);
	});

	it.each([
		[131031, 422, { reason: 'accountBlocked', vendor: 'whatsapp', code: '131031' }],
		[139999, 422, { vendor: 'whatsapp', code: '139999' }],
		[4, 503, { reason: 'tooManyCalls', vendor: 'whatsapp', code: '4' }],
	] as const)(
		'P3: what Meta refuses of a click is told by its code %i, in Meta’s words and in no others',
		async (code, status, failure) => {
			const started = await desk.command(caro, 'startSignup', {});
			await comeBack(started.json<{ url: string }>().url, cookieOf(started));
			const [{ id: linkedNumberId } = { id: '' }] = await numbers(caro);
			linking.simulator.faults.inject({ on: 'any', kind: code, times: 50 });
			const answer = await desk.command(caro, 'unlinkNumber', { linkedNumberId });
			expect([answer.status, answer.json()]).toEqual([
				status,
				{
					message: expect.stringContaining(`(${code})`),
					description: expect.any(String),
					failure: { ...failure, said: expect.any(String) },
				},
			]);
			expect(await numbers(caro)).toMatchObject([{ state: 'linked' }]);
		},
	);

	it('D32: without a WhatsApp credential the inbox says which ways there are', async () => {
		const answer = await plain.command(caro, 'startSignup', {});
		expect(answer.status).toBe(422);
		expect(answer.json()).toMatchObject({ description: expect.stringContaining('Wazzup') });
	});
});
