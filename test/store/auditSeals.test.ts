import { auditCsv } from '../../nodes/shared/usecases/audit/auditCsv';
import { appendAudit, listAudit } from '../../nodes/shared/store/repositories/auditLog';
import { listSeals } from '../../nodes/shared/store/repositories/auditSeals';
import type { Store } from '../../nodes/shared/store/store';
import { pruneFinished } from '../../nodes/shared/usecases/emit/pruneFinished';
import { sealAudit } from '../../nodes/shared/usecases/audit/sealAudit';
import { verifyAudit } from '../../nodes/shared/usecases/audit/verifyAudit';
import { eachDatabase } from '../support/stores';

const HOUR = 3_600_000;

eachDatabase((name, open) => {
	describe(`the bitácora's seals on ${name}`, () => {
		let now: number;
		let store: Store;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T22:00:00Z');
			store = await open({ clock: () => now });
		});

		const happens = async (contactId: string, action: string, text = '') =>
			await store.transaction(
				async (tx) => await appendAudit(tx, store, { contactId, actor: 'bot', action, payload: { text } }),
			);
		const seals = async () => await listSeals(store.db, store.workspaceId, { limit: 50 });

		test('P7: a day is sealed once it is over for an hour, days without lines too, and twice is once', async () => {
			await happens('ana', 'message.received');
			await happens('luis', 'message.received');
			expect(await sealAudit(store)).toEqual([]);
			now += 2 * HOUR + 59 * 60_000;
			expect(await sealAudit(store)).toEqual([]);
			now += 60_000 + 24 * HOUR;
			expect(await Promise.all([sealAudit(store), pruneFinished(store)])).toHaveLength(2);
			expect(await seals()).toMatchObject([
				{ day: '2026-03-10', lines: 2, new_chains: 2 },
				{ day: '2026-03-11', lines: 0, new_chains: 0 },
			]);
			expect(await verifyAudit(store)).toMatchObject({ intact: true, sealedDays: 2, brokenDays: [] });
		});

		test('P7: an empty bitácora has nothing to seal', async () => {
			expect(await sealAudit(store)).toEqual([]);
		});

		test("P7: a chain whose end was cut off is seen by the day's seal, though the chain itself still fits", async () => {
			await happens('ana', 'case.opened');
			await happens('ana', 'payment.confirmed');
			now += 48 * HOUR;
			await sealAudit(store);
			await store.db
				.deleteFrom('audit_log')
				.where('workspace_id', '=', store.workspaceId)
				.where('action', '=', 'payment.confirmed')
				.execute();
			expect(await verifyAudit(store)).toMatchObject({ intact: false, broken: [], brokenDays: ['2026-03-10'] });
		});

		test('P7: a seal that was made to fit is seen, because nobody else has the key', async () => {
			await happens('ana', 'case.opened');
			now += 48 * HOUR;
			await sealAudit(store);
			await store.db
				.updateTable('audit_seals')
				.set({ lines: 0, digest: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })
				.where('workspace_id', '=', store.workspaceId)
				.where('day', '=', '2026-03-10')
				.execute();
			await store.db.deleteFrom('audit_log').where('workspace_id', '=', store.workspaceId).execute();
			expect(await verifyAudit(store)).toMatchObject({ intact: false, brokenDays: ['2026-03-10'] });
		});

		test('P7: the bitácora is searched by actor, action and time, and exported so that no spreadsheet runs it', async () => {
			await happens('ana', 'message.received', '=HYPERLINK("http://evil")');
			now += HOUR;
			await happens('ana', 'case.opened', 'dijo "hola", y más');
			const page = { limit: 10 };
			const actions = async (filter: object) =>
				(await listAudit(store.db, store.workspaceId, { ...page, ...filter })).map(({ action }) => action);

			expect(await actions({ action: 'case.opened' })).toEqual(['case.opened']);
			expect(await actions({ from: now })).toEqual(['case.opened']);
			expect(await actions({ to: now })).toEqual(['message.received']);
			expect(await actions({ actor: 'customer' })).toEqual([]);
			const [header, line] = auditCsv(await listAudit(store.db, store.workspaceId, page)).split('\r\n');
			expect(header).toBe('\uFEFFat,actor,action,subjectKind,subjectId,details,chain,sequence,digest,hmac');
			expect(line).toContain('"{""text"":""dijo \\""hola\\"", y más""}"');
		});

		test('P7: a cell that looks like a formula is text', () => {
			const row = { at: 0, actor: '=1+1', action: '@x', payload: null, chain: '-1', sequence: 1, digest: '', hmac: '' };
			const csv = auditCsv([
				{ ...row, id: '1', workspace_id: 'w', salt: null, told_at: null, subject_kind: null, subject_id: null },
			]);
			expect(csv).toContain("'=1+1,'@x");
		});
	});
});
