import { createHash } from 'node:crypto';

import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { getAttachment, linkAttachments } from '../../nodes/shared/store/repositories/attachments';
import { updateConversation } from '../../nodes/shared/store/repositories/conversations';
import { updatePayment, type PaymentRow } from '../../nodes/shared/store/repositories/payments';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { downloadAttachment } from '../../nodes/shared/usecases/media/downloadAttachment';
import { checkReadProof } from '../../nodes/shared/usecases/paymentProofs/checkPaymentProof';
import { requestPayment } from '../../nodes/shared/usecases/payments/requestPayment';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { applyRetention } from '../../nodes/shared/usecases/retention/applyRetention';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { messageFrom, webhookId } from '../support/events';
import { watched } from '../support/plans';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

eachDatabase((name, open) => {
	describe(`S14: proofs of payment on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;
		let files = 0;
		const amount = 25_000_000;
		const emit = { messages: true, statuses: false, echoes: false, account: false };

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(store, profiles.prosuministros, 'test');
			await saveAdvisor(store, { name: 'Diana', phone: '+573009990000', areas: ['sales'], role: 'supervisor' }, 'test');
			laura = await customerWho(store, '573001112233', 'hola');
		});

		const link = async (customer: Customer = laura): Promise<PaymentRow> =>
			await requestPayment(
				store,
				{
					requestId: `pay-${customer.contactId}`,
					provider: 'cashier',
					mode: 'test',
					kind: 'full',
					amount,
					currency: 'COP',
					...customer,
				},
				async () => await Promise.resolve({ providerId: `link_${customer.contactId}`, url: 'https://pay.example/1' }),
			);

		const pay = async ({ id }: PaymentRow): Promise<void> => {
			await store.transaction(async (tx) => {
				await updatePayment(tx, store, id, { state: 'paid', amount_paid: amount, paid_at: now });
			});
		};

		/** A file of these bytes arrives and is stored. */
		const sends = async (bytes: string, caption = '', waId = '573001112233', times = 1): Promise<string> => {
			files += 1;
			const id = `wamid.file.${files}`;
			const media = { type: 'image' as const, mediaId: `media-${files}`, mimeType: 'image/jpeg', caption };
			await receiveEvents(store, {
				webhookId,
				vendor: 'whatsapp',
				emit,
				events: [messageFrom(waId, caption, { id, at: now, media })],
			});
			const attachment = await store.db
				.selectFrom('attachments')
				.innerJoin('messages', 'messages.id', 'attachments.message_id')
				.select('attachments.id')
				.where('attachments.workspace_id', '=', store.workspaceId)
				.where('attachments.media_id', '=', `media-${files}`)
				.executeTakeFirstOrThrow();
			const content = Buffer.from(bytes);
			const file = {
				bytes: content,
				mimeType: 'image/jpeg',
				sha256: createHash('sha256').update(content).digest('hex'),
				size: content.length,
			};
			const all = Array.from(
				{ length: times },
				async () => await downloadAttachment(store, attachment.id, async () => await Promise.resolve(file)),
			);
			await Promise.all(all);
			return attachment.id;
		};

		const said = async (customer: Customer = laura) =>
			(
				await store.db
					.selectFrom('messages')
					.select(['text', 'type'])
					.where('conversation_id', '=', customer.conversationId)
					.where('direction', '=', 'out')
					.orderBy('id')
					.execute()
			).map(({ text }) => text ?? '');
		const told = async () =>
			(
				await store.db
					.selectFrom('notifications')
					.select('text')
					.where('workspace_id', '=', store.workspaceId)
					.where('kind', '=', 'payment.proof_checked')
					.orderBy('id')
					.execute()
			).map(({ text }) => text);
		const paymentsNow = async () =>
			await store.db
				.selectFrom('payments')
				.select(['state', 'amount_paid'])
				.where('workspace_id', '=', store.workspaceId)
				.execute();
		const lines = async () =>
			(await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 200 })).filter(
				({ action }) => action === 'payment.proof_checked',
			);

		test('nothing is confirmed by it: the customer reads so with the link to pay, the team that nothing fits', async () => {
			await link();
			await sends('picture', 'ya pagué, va el comprobante');
			expect(await paymentsNow()).toEqual([{ state: 'requested', amount_paid: 0 }]);
			expect(await said()).toEqual([
				expect.stringMatching(/Un comprobante no confirma el pago[\s\S]*puedes hacerlo aquí de forma segura/u),
			]);
			expect(await told()).toEqual(['Comprobante de Ana: ningún pago confirmado coincide. No lo des por pagado.']);
			const [queued] = await store.db
				.selectFrom('outbox')
				.select('message')
				.where('workspace_id', '=', store.workspaceId)
				.execute();
			expect(JSON.parse(queued?.message ?? '{}')).toMatchObject({ type: 'url_button', url: 'https://pay.example/1' });
		});

		test('a signed payment of the customer fits it: the team and the customer learn which', async () => {
			await pay(await link());
			await sends('picture', 'comprobante');
			expect(await told()).toEqual([expect.stringMatching(/coincide con un pago confirmado de \$\s?250\.000\./u)]);
			expect(await said()).toEqual([expect.stringMatching(/^Tu pago de \$\s?250\.000 ya está confirmado/u)]);
		});

		test('with another amount than was paid nothing fits', async () => {
			await pay(await link());
			await sends('picture', 'comprobante por $ 90.000');
			expect(await told()).toEqual([expect.stringContaining('ningún pago confirmado coincide')]);
		});

		test('the payment of somebody else fits nothing', async () => {
			const pedro = await customerWho(store, '573004445566', 'hola');
			await pay(await link(pedro));
			await sends('picture', 'comprobante');
			expect(await told()).toEqual([expect.stringContaining('ningún pago confirmado coincide')]);
		});

		test('the same file again, of whomever: used before, in which case, and never a match', async () => {
			const pedro = await customerWho(store, '573004445566', 'hola');
			const first = await sends('picture', 'comprobante', '573004445566');
			const opened = await caseOf(store, pedro, { requestId: 'case-1' });
			await store.transaction(async (tx) => {
				await linkAttachments(tx, store, 'case', opened.case.id, [first]);
			});
			await pay(await link());
			now += 60_000;
			await sends('picture', 'comprobante');
			expect((await told()).at(-1)).toBe(
				`Comprobante de Ana: el mismo archivo ya se usó en el caso ${opened.case.number}, el 10/3/2026. No lo des por pagado.`,
			);
			// To the customer nobody is accused.
			expect((await said()).at(-1)).toContain('Un comprobante no confirma el pago');
			expect(JSON.parse((await lines()).at(-1)?.payload ?? '{}')).toMatchObject({
				verdict: 'used',
				number: opened.case.number,
			});
		});

		describe('the same receipt in another picture', () => {
			const reads = async (id: string, reference: string, amountRead?: number) => {
				const attachment = await getAttachment(store.db, store.workspaceId, id);
				if (attachment === undefined) throw new Error('The file is not in the store');
				const read = { reference, ...(amountRead === undefined ? {} : { amount: amountRead }) };
				return await checkReadProof(store, attachment, read);
			};

			test('is known by the number that was read from it, of whomever and however it is written', async () => {
				const pedro = await customerWho(store, '573004445566', 'hola');
				const first = await sends('picture', 'comprobante', '573004445566');
				const opened = await caseOf(store, pedro, { requestId: 'case-1' });
				await store.transaction(async (tx) => {
					await linkAttachments(tx, store, 'case', opened.case.id, [first]);
				});
				await pay(await link());
				expect(await reads(first, 'M-1234 5678')).toMatchObject({ verdict: 'none' });
				now += 60_000;
				const second = await sends('the picture, compressed once more', 'comprobante');
				expect(await reads(second, 'm12345678', 250_000)).toMatchObject({
					verdict: 'used',
					usedBy: 'reference',
					usedInCase: opened.case.number,
				});
				expect((await told()).at(-1)).toBe(
					`Comprobante de Ana: la referencia m12345678 ya se usó en el caso ${opened.case.number}, con otro archivo del 10/3/2026. No lo des por pagado.`,
				);
				// Of its own reading nobody learns that it was another's.
				expect((await said()).at(-1)).not.toContain('referencia');
			});

			test('read again from the file that came with it first it is no second use, however often', async () => {
				const first = await sends('picture', 'comprobante');
				const second = await sends('another picture', 'comprobante');
				// The one that came later was read first.
				expect((await reads(second, 'M12345678'))?.verdict).toBe('none');
				expect(await reads(first, 'M12345678')).toMatchObject({ verdict: 'used', usedBy: 'reference' });
				expect((await reads(second, 'M12345678', 90_000))?.verdict).toBe('none');
				expect((await reads(first, 'M12345678', 90_000))?.verdict).toBe('used');
			});

			test('two customers at once: one of them is the first', async () => {
				await customerWho(store, '573004445566', 'hola');
				const files = [
					await sends('one picture', 'comprobante', '573004445566'),
					await sends('another picture', 'comprobante'),
				];
				const verdicts = await Promise.all(files.map(async (id) => (await reads(id, 'M12345678'))?.verdict));
				expect([...verdicts].sort()).toEqual(['none', 'used']);
			});

			test('the same file is told as such, also where its number was read', async () => {
				const first = await sends('picture', 'comprobante');
				await reads(first, 'M12345678');
				const second = await sends('picture', 'comprobante');
				expect(await reads(second, 'M12345678')).toMatchObject({ verdict: 'used', usedBy: 'file' });
			});

			test('an amount that was taken for the number is none', async () => {
				await reads(await sends('one picture', 'comprobante'), '1.250.000', 1_250_000);
				const second = await reads(await sends('another picture', 'comprobante'), '1250000', 1_250_000);
				expect(second?.verdict).toBe('none');
			});

			test('it is found without reading a whole table', async () => {
				const files = [await sends('one picture', 'comprobante'), await sends('another picture', 'comprobante')];
				const { store: looked, assertNoScan } = watched(store);
				for (const id of files) {
					const attachment = await getAttachment(store.db, store.workspaceId, id);
					if (attachment !== undefined) await checkReadProof(looked, attachment, { reference: 'M12345678' });
				}
				expect((await told()).at(-1)).toContain('M12345678');
				await assertNoScan();
			});

			test.each(['Nequi', '10:24', '', 'ABCDEF1', '$ 9.999'])('%j is no number to know a receipt by', async (text) => {
				await reads(await sends('one picture', 'comprobante'), text);
				const second = await reads(await sends('another picture', 'comprobante'), text);
				expect(second?.verdict).toBe('none');
			});

			test('of somebody who is erased nothing of it is left', async () => {
				await reads(await sends('picture', 'comprobante'), 'M12345678');
				await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'test' });
				const left = await store.db
					.selectFrom('proof_references')
					.select('id')
					.where('workspace_id', '=', store.workspaceId)
					.execute();
				expect(left).toEqual([]);
			});

			test('O11: with the file that is too old what was read from it goes too', async () => {
				const retention = { ...profiles.prosuministros.retention, messagesDays: 90 };
				await saveProfile(store, { ...profiles.prosuministros, retention }, 'test');
				await reads(await sends('picture', 'comprobante'), 'M12345678');
				await store.db
					.updateTable('messages')
					.set({ turn_state: 'done' })
					.where('workspace_id', '=', store.workspaceId)
					.execute();
				now += 100 * 86_400_000;
				await applyRetention(store, { dryRun: false, actor: 'test' });
				expect((await reads(await sends('another picture', 'comprobante'), 'M12345678'))?.verdict).toBe('none');
			});

			test('the number itself is nowhere in the table: it is known by its digest', async () => {
				await reads(await sends('picture', 'comprobante'), 'M12345678');
				const [row] = await store.db
					.selectFrom('proof_references')
					.selectAll()
					.where('workspace_id', '=', store.workspaceId)
					.execute();
				expect(row?.digest).toMatch(/^[0-9a-f]{64}$/u);
				expect(Object.values(row ?? {})).not.toContain('m12345678');
			});
		});

		test('a file without a word is one only of who owes; other photos are left alone', async () => {
			await sends('a product');
			await sends('another', 'cotízame 20 como este');
			expect(await told()).toEqual([]);
			await link();
			now += 300_000;
			await sends('a third');
			expect(await told()).toHaveLength(1);
		});

		test('while a person has the conversation the bot says nothing, and the team knows', async () => {
			await updateConversation(store.db, store, laura.conversationId, { mode: 'human' });
			await sends('picture', 'comprobante');
			expect(await said()).toEqual([]);
			expect(await told()).toHaveLength(1);
		});

		test('what a model reads from it afterwards tells the team once more, and the customer nothing', async () => {
			await pay(await link());
			const id = await sends('picture', 'comprobante');
			const attachment = await getAttachment(store.db, store.workspaceId, id);
			if (attachment === undefined) throw new Error('The file is not in the store');
			expect(await checkReadProof(store, attachment, { amount: 90_000 })).toMatchObject({ verdict: 'none' });
			const again = [1, 2, 3].map(async () => await checkReadProof(store, attachment, { amount: 250_000 }));
			expect((await Promise.all(again)).map((checked) => checked?.verdict)).toEqual(['match', 'match', 'match']);
			expect(await told()).toHaveLength(3);
			expect(await said()).toHaveLength(1);
			expect(await paymentsNow()).toEqual([{ state: 'paid', amount_paid: amount }]);
		});

		test('stored twice at once it is checked, said and on record once; the case has its note', async () => {
			await caseOf(store, laura, { requestId: 'case-1' });
			const before = (await said()).length;
			await sends('picture', 'comprobante', '573001112233', 3);
			expect(await said()).toHaveLength(before + 1);
			expect(await told()).toHaveLength(1);
			expect(await lines()).toHaveLength(1);
			const notes = (await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 200 })).filter(
				({ action }) => action === 'case.note_added',
			);
			expect(notes).toHaveLength(1);
		});
	});
});
