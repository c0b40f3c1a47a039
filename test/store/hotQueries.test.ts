import { listAttachments } from '../../nodes/shared/store/repositories/attachments';
import { auditOfChain, listAudit } from '../../nodes/shared/store/repositories/auditLog';
import { listSeals } from '../../nodes/shared/store/repositories/auditSeals';
import { casesOfContact, listCases } from '../../nodes/shared/store/repositories/cases';
import { findContact } from '../../nodes/shared/store/repositories/contactLookup';
import { listContacts } from '../../nodes/shared/store/repositories/contacts';
import { listConversations, listLatestConversations } from '../../nodes/shared/store/repositories/conversations';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import { messagesOfConversation } from '../../nodes/shared/store/repositories/messages';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { countTags } from '../../nodes/shared/store/repositories/tags';
import { assignCase } from '../../nodes/shared/usecases/cases/assignCase';
import { historyOfCase } from '../../nodes/shared/usecases/cases/caseHistory';
import { changeCaseStatus } from '../../nodes/shared/usecases/cases/changeCase';
import { changeLeadStage } from '../../nodes/shared/usecases/leads/changeLeadStage';
import { changeConversation } from '../../nodes/shared/usecases/dialogue/conversationMode';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { collectDue } from '../../nodes/shared/usecases/emit/due';
import { editCase } from '../../nodes/shared/usecases/cases/editCase';
import {
	claimEmission,
	failEmission,
	finishEmission,
	recoverOrphans,
} from '../../nodes/shared/usecases/emit/emissions';
import { erasePerson } from '../../nodes/shared/usecases/contacts/erasePerson';
import { exportPerson } from '../../nodes/shared/usecases/contacts/exportPerson';
import { importContacts } from '../../nodes/shared/usecases/contacts/importContacts';
import { mergePeople } from '../../nodes/shared/usecases/contacts/mergePeople';
import { openCase } from '../../nodes/shared/usecases/cases/openCase';
import { pruneFinished } from '../../nodes/shared/usecases/emit/pruneFinished';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { sealAudit } from '../../nodes/shared/usecases/audit/sealAudit';
import { sendQueued } from '../../nodes/shared/usecases/send/sendQueued';
import { takeTurns } from '../../nodes/shared/usecases/dialogue/takeTurns';
import { verifyAudit } from '../../nodes/shared/usecases/audit/verifyAudit';
import { echoTo, messageFrom, statusOf, webhookId } from '../support/events';
import { watched } from '../support/plans';
import { caseOf, customerWho } from '../support/records';
import { eachDatabase } from '../support/stores';

const emit = { messages: true, statuses: true, echoes: true, account: true };

eachDatabase((_name, open) => {
	test('every list is read page by page from an index', async () => {
		const { store, assertNoScan } = watched(await open());
		const { db, workspaceId } = store;
		for (const before of [undefined, store.newId()]) {
			await listContacts(db, workspaceId, { before, limit: 50 });
			await listConversations(db, workspaceId, { before, limit: 50 });
			const latest = before === undefined ? undefined : { activity_at: 1, id: before };
			await listLatestConversations(db, workspaceId, { before: latest, limit: 50 });
			await listCases(db, workspaceId, { before, limit: 50 });
			await listCases(db, workspaceId, { before, limit: 50, status: 'open' });
			await listLeads(db, workspaceId, { before, limit: 50 });
			for (const tag of [undefined, 'vip']) {
				const advisorId = 'carolina';
				await listContacts(db, workspaceId, { before, limit: 50, tag, ownerAdvisorId: advisorId });
				await listCases(db, workspaceId, { before, limit: 50, tag, advisorId, area: 'sales', priority: 'high' });
				await listLeads(db, workspaceId, { before, limit: 50, tag, advisorId, stage: 'SQL', minScore: 70 });
			}
			await listConversations(db, workspaceId, { before, limit: 50, mode: 'human', ownerAdvisorId: 'carolina' });
			await listNotifications(db, workspaceId, { before, limit: 50 });
			await listNotifications(db, workspaceId, { before, limit: 50, advisorId: 'carolina', state: 'unread' });
			await listAttachments(db, workspaceId, { before, limit: 50 });
			await listAttachments(db, workspaceId, { before, limit: 50, contactId: 'laura' });
			await countTags(db, workspaceId, 'contact', { after: before, limit: 50 });
			await listSeals(db, workspaceId, { after: before, limit: 50 });
			await listAudit(db, workspaceId, { limit: 50, actor: 'bot', action: 'case.opened', from: 1, to: 2 });
			await listAudit(db, workspaceId, { limit: 50, subjectId: 'case' });
			await listAudit(db, workspaceId, { before: before === undefined ? undefined : { at: 1, id: before }, limit: 50 });
		}
		await findContact(db, workspaceId, '+573001234567');
		await assertNoScan();
	});

	test('what is done with the records reads no whole table', async () => {
		let now = 1_760_000_000_000;
		const { store, assertNoScan, queries } = watched(await open({ clock: () => now }));
		await saveAdvisor(store, { name: 'Carolina Rojas', areas: ['sales'] }, 'test');
		const laura = await customerWho(store, '573001234567', 'hola');
		const { case: made } = await caseOf(store, laura, { requestId: 'r1', continueOpenCase: true });
		const { lead } = await createLead(store, { ...laura, requestId: 'l1', addTags: ['vip'] });
		await editCase(store, { caseKey: made.id, priority: 'high', addTags: ['vip'], removeTags: ['otro'] });
		for (const rule of ['roundRobin', 'leastBusy'] as const) {
			await assignCase(store, { caseKey: made.id, assignment: { rule }, requestId: rule });
		}
		await changeLeadStage(store, { leadId: lead.id, stage: 'Won', amount: 1, currency: 'COP' });
		await changeConversation(store, { conversationId: laura.conversationId, act: 'took_over', actor: 'test' });
		await changeCaseStatus(store, { caseKey: made.id, status: 'closed', requestId: 's1' });
		await historyOfCase(store.db, made);
		await saveContact(store, { person: { phone: '3001234567', email: 'laura@example.com', externalId: '7' } });
		await importContacts(store, [{ name: 'Ana', phone: '3009998877', nit: '900123456-8', email: 'a@example.com' }], {
			dryRun: false,
			replace: true,
			merge: true,
		});
		await mergePeople(store, { fromKey: '+573009998877', intoKey: laura.contactId });
		await exportPerson(store, laura.contactId, { actor: 'test', log: true });
		await erasePerson(store, { contactKey: laura.contactId, confirm: laura.contactId, actor: 'test' });
		now += 72 * 3_600_000;
		await sealAudit(store);
		await verifyAudit(store);

		expect(queries().length).toBeGreaterThan(100);
		await assertNoScan();
	});

	test('a customer’s journey asks nothing that reads a whole table: its cost does not grow with history', async () => {
		let now = 1_760_000_000_000;
		const { store, assertNoScan, queries } = watched(await open({ clock: () => now }));
		const receive = async (...events: Parameters<typeof receiveEvents>[1]['events']): Promise<void> => {
			await receiveEvents(store, { webhookId, vendor: 'whatsapp', events, emit });
		};
		const media = { type: 'image', mediaId: '1037', mimeType: 'image/jpeg' } as const;
		await receive(
			messageFrom('573001234567', 'hola', { at: now }),
			messageFrom('573001234567', 'foto', { at: now + 1, media }),
		);
		await receive(messageFrom('', 'por usuario', { at: now, userId: 'CO.77' }));
		await receive(messageFrom('573001234567', 'las dos cosas', { at: now + 2, userId: 'CO.77' }));
		const emission = await claimEmission(store, webhookId, 100);
		const conversation = await store.db
			.selectFrom('conversations')
			.select(['id', 'contact_id', 'channel_id'])
			.where('webhook_id', '=', webhookId)
			.where('turn_due_at', 'is not', null)
			.executeTakeFirstOrThrow();
		now += 60_000;
		const input = {
			contactId: conversation.contact_id,
			conversationId: conversation.id,
			channelId: conversation.channel_id,
			emissionId: emission?.id,
		};
		await takeTurns(store, [input]);
		await openCase(store, {
			...input,
			requestId: 'case-1',
			type: 'quotation',
			area: 'sales',
			subject: 'Portátiles',
			fields: {},
			attachments: [],
		});
		await createLead(store, { ...input, requestId: 'lead-1' });
		await sendQueued(store, [conversation.contact_id], async ({ outboxId }) => ({ vendorId: `wamid.out.${outboxId}` }));
		await receive(statusOf('wamid.out.unknown', 'read'), echoTo('573001234567', 'Soy Laura'));
		await collectDue(store, webhookId);
		await recoverOrphans(store, webhookId);
		await finishEmission(store, emission?.id ?? '');
		const next = await claimEmission(store, webhookId, 100);
		await failEmission(store, next?.id ?? '', 'the execution failed');
		now += 24 * 60 * 60 * 1_000;
		await collectDue(store, webhookId);
		await messagesOfConversation(store.db, store, conversation.id, { limit: 50, before: now });
		await casesOfContact(store.db, store.workspaceId, conversation.contact_id, { onlyOpen: true, limit: 5 });
		await auditOfChain(store.db, store.workspaceId, conversation.contact_id, { limit: 50 });
		await pruneFinished(store);

		expect(queries().length).toBeGreaterThan(60);
		await assertNoScan();
	});
});
