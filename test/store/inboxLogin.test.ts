import { InvalidInput } from '../../nodes/shared/domain/invalidInput';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { unusedUploads, useUpload } from '../../nodes/shared/store/repositories/uploads';
import type { Store } from '../../nodes/shared/store/store';
import { deleteAdvisor } from '../../nodes/shared/usecases/team/deleteAdvisor';
import { changePassword } from '../../nodes/shared/usecases/inbox/changePassword';
import { logIn } from '../../nodes/shared/usecases/inbox/logIn';
import { createLoginLink, LOGIN_LINK_LIFE, setPasswordByLink } from '../../nodes/shared/usecases/inbox/loginLink';
import {
	countLoginFailure,
	FAILURE_WINDOW,
	networkOf,
	subjectsOf,
} from '../../nodes/shared/usecases/inbox/loginLimits';
import { pruneInbox } from '../../nodes/shared/usecases/inbox/pruneInbox';
import { Refusal } from '../../nodes/shared/usecases/inbox/refusal';
import { endSession, LONGEST_SESSION, sessionOf } from '../../nodes/shared/usecases/inbox/sessions';
import { cleanFilename, storeUpload, UPLOAD_LIFE } from '../../nodes/shared/usecases/inbox/upload';
import { pruneFinished } from '../../nodes/shared/usecases/emit/pruneFinished';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { watched } from '../support/plans';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;
const IDLE = 12 * HOUR;
const PASSWORD = 'cuatro palabras faciles 9';
const ADDRESS = '203.0.113.7';
const INBOX = 'https://desk.example.com/webhook/1/inbox';

const tokenIn = (url: string): string => new URL(url).hash.replace('#enlace=', '');

async function refusal(work: Promise<unknown>): Promise<Refusal> {
	const outcome = await work.catch((error: unknown) => error);
	if (outcome instanceof Refusal) return outcome;
	throw new Error(`Not refused: ${String(outcome)}`);
}

eachDatabase((_name, open) => {
	let now = Date.parse('2026-03-10T15:00:00Z');
	let store: Store;
	let advisorId = '';

	beforeEach(async () => {
		now = Date.parse('2026-03-10T15:00:00Z');
		store = await open({ clock: () => now });
		const { advisor } = await saveAdvisor(
			store,
			{ name: 'Carolina Rojas', email: 'caro@example.com', phone: '+57 300 123 4567', role: 'advisor' },
			'workflow',
		);
		advisorId = advisor.id;
	});

	const linkFor = async (id = advisorId) =>
		tokenIn((await createLoginLink(store, { advisorId: id, actor: 'workflow', address: INBOX })).url);
	const enrol = async () =>
		await setPasswordByLink(store, { token: await linkFor(), password: PASSWORD, address: ADDRESS });
	const enter = async (account: string, password = PASSWORD, address = ADDRESS) =>
		await logIn(store, { account, password, address });
	const whose = async (token: string) => (await sessionOf(store, token, { idleMs: IDLE }))?.advisor.id;
	const actions = async (actor: string) =>
		(await auditOfChain(store.db, store.workspaceId, `actor:${actor}`, { limit: 100 })).map((line) => line.action);

	it('P7: a login link opens once, for fifteen minutes, and only the newest one', async () => {
		const older = await linkFor();
		const token = await linkFor();
		const use = async (link: string) =>
			await setPasswordByLink(store, { token: link, password: PASSWORD, address: ADDRESS });
		expect((await refusal(use(older))).status).toBe(403);
		const both = await Promise.allSettled([use(token), use(token)]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect((await refusal(use(token))).status).toBe(403);

		const late = await linkFor();
		now += LOGIN_LINK_LIFE;
		expect((await refusal(use(late))).status).toBe(403);
		expect((await refusal(use('../../etc/passwd'))).status).toBe(403);
	});

	it('a login link of another workspace opens nothing here', async () => {
		const other = await open({ clock: () => now, workspaceId: `${store.workspaceId}-other` });
		const token = await linkFor();
		expect((await refusal(setPasswordByLink(other, { token, password: PASSWORD, address: ADDRESS }))).status).toBe(403);
	});

	it('the store keeps neither password, link nor cookie, and the bitácora tells of each without them', async () => {
		const link = await linkFor();
		const cookie = await setPasswordByLink(store, { token: link, password: PASSWORD, address: ADDRESS });
		const second = await enter('caro@example.com');
		await refusal(enter('caro@example.com', 'otra-clave-distinta'));
		const tables = ['advisor_passwords', 'inbox_sessions', 'login_links', 'login_failures', 'audit_log'] as const;
		const rows = await Promise.all(tables.map(async (table) => await store.db.selectFrom(table).selectAll().execute()));
		const everything = JSON.stringify(rows);
		for (const secret of [PASSWORD, 'otra-clave-distinta', link, cookie, second]) {
			expect(everything).not.toContain(secret);
		}
		expect(await actions('workflow')).toContain('login_link.created');
		expect(await actions(`advisor:${advisorId}`)).toEqual(['password.set', 'login.succeeded', 'login.failed']);
	});

	it.each(['caro@example.com', 'CARO@example.com', '300 123 4567', '+573001234567', 'carolina  rójas'])(
		'an advisor logs in as %s',
		async (account) => {
			await enrol();
			expect(await whose(await enter(account))).toBe(advisorId);
		},
	);

	it('two advisors of one name are nobody: they use their e-mail', async () => {
		await enrol();
		await store.db
			.insertInto('advisors')
			.values({
				...(await store.db.selectFrom('advisors').selectAll().where('id', '=', advisorId).executeTakeFirstOrThrow()),
				id: 'namesake',
				email: null,
				phone: null,
			})
			.execute();
		expect((await refusal(enter('Carolina Rojas'))).status).toBe(401);
		expect(await whose(await enter('caro@example.com'))).toBe(advisorId);
	});

	it('brute force: an unknown account, one without a password and a wrong password get the same answer', async () => {
		const { advisor } = await saveAdvisor(store, { name: 'Sin Clave', email: 'sin@example.com' }, 'workflow');
		await enrol();
		const answers = [
			await refusal(enter('nadie@example.com')),
			await refusal(enter('sin@example.com')),
			await refusal(enter('caro@example.com', 'una clave equivocada')),
		].map(({ status, message, description }) => ({ status, message, description }));
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0].status).toBe(401);
		expect(advisor.id).not.toBe(advisorId);
	});

	it('brute force: after ten failures the account waits, whatever the address, even for the right password', async () => {
		await enrol();
		for (let attempt = 0; attempt < 10; attempt += 1) {
			const account = attempt % 2 === 0 ? 'caro@example.com' : 'Carolina Rojas';
			expect((await refusal(enter(account, `clave-${attempt}-xyz`, `198.51.100.${attempt}`))).status).toBe(401);
		}
		const locked = await refusal(enter('caro@example.com', PASSWORD, '192.0.2.1'));
		expect(locked.status).toBe(429);
		expect(locked.retryAfter).toBe(FAILURE_WINDOW / 1000);
		expect(await actions(`advisor:${advisorId}`)).toContain('login.locked');

		const otherProcess = await open({ clock: () => now, bootId: 'another-process' });
		expect(
			(await refusal(logIn(otherProcess, { account: 'caro@example.com', password: PASSWORD, address: ADDRESS })))
				.status,
		).toBe(429);

		now += FAILURE_WINDOW + 1;
		expect(await whose(await enter('caro@example.com'))).toBe(advisorId);
	});

	it.each([
		['203.0.113.7', '203.0.113.7'],
		['::ffff:203.0.113.7', '203.0.113.7'],
		['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
		['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
		['2001:db8::1', '2001:db8:0:0::/64'],
		['::1', '0:0:0:0::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64'],
		['unknown', 'unknown'],
	])('brute force: %s counts as %s', (address, network) => {
		expect(networkOf(address)).toBe(network);
	});

	it('brute force: forty failures from one network, whatever the accounts, and it waits; others do not', async () => {
		await enrol();
		await store.transaction(async (tx) => {
			for (let failure = 0; failure < 40; failure += 1) {
				await countLoginFailure(tx, store, subjectsOf(store, `account-${failure}`, `2001:db8:1:2::${failure}`));
			}
		});
		expect((await refusal(enter('caro@example.com', PASSWORD, '2001:db8:1:2:ffff::1'))).status).toBe(429);
		expect(await whose(await enter('caro@example.com', PASSWORD, '2001:db8:1:3::1'))).toBe(advisorId);
	});

	it('brute force: many attempts at once do not get past the count', async () => {
		await enrol();
		const statuses: number[] = [];
		for (let round = 0; round < 3; round += 1) {
			const at = Array.from(
				{ length: 6 },
				async (_, index) => await refusal(enter('caro@example.com', `x-${round}-${index}-yyyy`)),
			);
			statuses.push(...(await Promise.all(at)).map(({ status }) => status));
		}
		// Two at a time are worked on, so the count may be passed by two at most.
		expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(12);
		expect((await refusal(enter('caro@example.com'))).status).toBe(429);
	});

	it('a login link ends a lock-out', async () => {
		await enrol();
		for (let attempt = 0; attempt < 10; attempt += 1) await refusal(enter('caro@example.com', `clave-${attempt}-xyz`));
		expect((await refusal(enter('caro@example.com'))).status).toBe(429);
		await setPasswordByLink(store, { token: await linkFor(), password: `${PASSWORD}!`, address: ADDRESS });
		expect(await whose(await enter('caro@example.com', `${PASSWORD}!`, '192.0.2.2'))).toBe(advisorId);
	});

	it('a session ends unused after twelve hours, and after seven days however used', async () => {
		const token = await enrol();
		now += IDLE - 1;
		expect(await whose(token)).toBe(advisorId);
		now += IDLE - 1;
		expect(await whose(token)).toBe(advisorId);
		now += IDLE;
		expect(await whose(token)).toBeUndefined();

		const busy = await enter('caro@example.com');
		const end = now + LONGEST_SESSION;
		while (now < end - 6 * HOUR) {
			now += 6 * HOUR;
			expect(await whose(busy)).toBe(advisorId);
		}
		now = end;
		expect(await whose(busy)).toBeUndefined();
	});

	it('an open page does not keep a session alive', async () => {
		const token = await enrol();
		now += IDLE - 1;
		expect(await sessionOf(store, token, { idleMs: IDLE, touch: false })).toBeDefined();
		now += 1;
		expect(await whose(token)).toBeUndefined();
	});

	it('nobody stays logged in with another role, another password, or after leaving the team', async () => {
		const [first, second] = [await enrol(), await enter('caro@example.com')];
		await saveAdvisor(store, { name: 'Carolina Rojas', role: 'administrator' }, 'workflow');
		expect([await whose(first), await whose(second)]).toEqual([undefined, undefined]);

		const [here, there] = [await enter('caro@example.com'), await enter('caro@example.com')];
		const session = await sessionOf(store, here, { idleMs: IDLE });
		if (!session) throw new Error('No session');
		const next = await changePassword(store, session, {
			current: PASSWORD,
			next: `${PASSWORD} nueva`,
			address: ADDRESS,
		});
		expect([await whose(here), await whose(there), await whose(next)]).toEqual([undefined, undefined, advisorId]);
		expect((await refusal(enter('caro@example.com'))).status).toBe(401);

		await deleteAdvisor(store, { advisorId, actor: 'workflow' });
		expect(await whose(next)).toBeUndefined();
	});

	it('a password is not changed by who does not know it, and trying counts', async () => {
		const session = await sessionOf(store, await enrol(), { idleMs: IDLE });
		if (!session) throw new Error('No session');
		for (let attempt = 0; attempt < 10; attempt += 1) {
			const refused = await refusal(
				changePassword(store, session, {
					current: `mala-${attempt}-xyz`,
					next: 'otra frase bien larga',
					address: ADDRESS,
				}),
			);
			expect([refused.status, refused.field]).toEqual([422, 'current']);
		}
		const locked = await refusal(
			changePassword(store, session, { current: PASSWORD, next: 'otra frase bien larga', address: ADDRESS }),
		);
		expect(locked.status).toBe(429);
	});

	it('logging out ends this session and no other', async () => {
		const [here, there] = [await enrol(), await enter('caro@example.com')];
		const session = await sessionOf(store, here, { idleMs: IDLE });
		if (!session) throw new Error('No session');
		await endSession(store, session);
		await endSession(store, session);
		expect([await whose(here), await whose(there)]).toEqual([undefined, advisorId]);
		expect((await actions(`advisor:${advisorId}`)).filter((action) => action === 'login.ended')).toHaveLength(1);
	});

	it('a cookie of one workspace is nobody in another', async () => {
		const token = await enrol();
		const other = await open({ clock: () => now, workspaceId: `${store.workspaceId}-other` });
		expect(await sessionOf(other, token, { idleMs: IDLE })).toBeUndefined();
	});

	it.each(['corta', 'aaaaaaaaaaaaaa', 'Carolina99', 'caro-rojas1', 'x'.repeat(201)])(
		'a password that would be guessed is refused: %s',
		async (password) => {
			const refused = await refusal(setPasswordByLink(store, { token: await linkFor(), password, address: ADDRESS }));
			expect([refused.status, refused.field]).toEqual([422, 'password']);
		},
	);

	it('a refused password leaves the link as good as it was', async () => {
		const token = await linkFor();
		await refusal(setPasswordByLink(store, { token, password: 'corta', address: ADDRESS }));
		expect(await whose(await setPasswordByLink(store, { token, password: PASSWORD, address: ADDRESS }))).toBe(
			advisorId,
		);
	});

	it('no link without an address, and none for nobody', async () => {
		await expect(createLoginLink(store, { advisorId, actor: 'workflow' })).rejects.toThrow(
			"'Inbox Address' is not known yet",
		);
		await expect(createLoginLink(store, { advisorId: 'nobody', actor: 'workflow', address: INBOX })).rejects.toThrow(
			InvalidInput,
		);
	});

	const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

	it('an upload waits an hour for its reply, then its bytes go too', async () => {
		const { uploadId, kind } = await storeUpload(store, { advisorId, filename: 'foto.png', bytes: png });
		expect(kind).toBe('image');
		const [upload] = await unusedUploads(store.db, store.workspaceId, advisorId, [uploadId]);
		expect(await store.readBytes(upload.sha256)).toBeDefined();
		now += UPLOAD_LIFE - 1;
		await pruneInbox(store);
		expect(await unusedUploads(store.db, store.workspaceId, advisorId, [uploadId])).toHaveLength(1);
		now += 2;
		await pruneFinished(store);
		expect(await unusedUploads(store.db, store.workspaceId, advisorId, [uploadId])).toEqual([]);
		expect(await store.readBytes(upload.sha256)).toBeUndefined();
	});

	it('the same bytes, chosen again before they are gone, stay', async () => {
		const first = await storeUpload(store, { advisorId, filename: 'a.png', bytes: png });
		const [{ sha256 }] = await unusedUploads(store.db, store.workspaceId, advisorId, [first.uploadId]);
		now += UPLOAD_LIFE - 1;
		await storeUpload(store, { advisorId, filename: 'b.png', bytes: png });
		now += 2;
		await pruneFinished(store);
		expect(await store.readBytes(sha256)).toBeDefined();
	});

	it('of two replies at once one gets the upload, and nobody else’s upload is taken', async () => {
		const { uploadId } = await storeUpload(store, { advisorId, filename: 'foto.png', bytes: png });
		expect(await unusedUploads(store.db, store.workspaceId, 'somebody-else', [uploadId])).toEqual([]);
		const both = await Promise.all(
			[0, 1].map(async () => await store.transaction(async (tx) => await useUpload(tx, store, uploadId))),
		);
		expect(both.sort()).toEqual([false, true]);
	});

	it.each([
		['page.html', '<html><script>alert(1)</script></html>'],
		['dibujo.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
		['foto.png', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
		['nota.txt', '<script>alert(1)</script>'],
		['programa.exe', 'MZ\u0000\u0000'],
		['contacto.vcf', 'BEGIN:VCARD\nFN:<img src=x onerror=alert(1)>\nEND:VCARD'],
	])('stored XSS: %s is not taken as an upload', async (filename, content) => {
		const refused = await refusal(storeUpload(store, { advisorId, filename, bytes: Buffer.from(content) }));
		expect(refused.status).toBe(415);
	});

	it.each([
		['../../etc/passwd.txt', 'passwd.txt'],
		['C:\\Users\\x\\factura.pdf', 'factura.pdf'],
		['a\u0000b\r\nSet-Cookie: x.png', 'abSet-Cookie x.png'],
		['.htaccess', 'htaccess'],
		['…/\u202Egnp.exe', 'gnp.exe'],
		['', 'archivo'],
		[`${'á'.repeat(500)}.pdf`, `${'á'.repeat(116)}.pdf`],
	])('path traversal: the file name %j becomes %j', (given, expected) => {
		expect(cleanFilename(given)).toBe(expected);
	});

	it('O2: nothing of a login reads a whole table', async () => {
		const token = await enrol();
		const spied = watched(store);
		await logIn(spied.store, { account: 'caro@example.com', password: PASSWORD, address: ADDRESS });
		await refusal(logIn(spied.store, { account: 'caro@example.com', password: 'no es la clave', address: ADDRESS }));
		await sessionOf(spied.store, token, { idleMs: IDLE });
		await createLoginLink(spied.store, { advisorId, actor: 'workflow', address: INBOX });
		await storeUpload(spied.store, { advisorId, filename: 'foto.png', bytes: png });
		await pruneInbox(spied.store);
		await spied.assertNoScan();
	});
});
