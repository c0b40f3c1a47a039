import { profiles } from '../../nodes/shared/domain/profile/prosuministros';
import { auditOfChain } from '../../nodes/shared/store/repositories/auditLog';
import { findCase, updateCase } from '../../nodes/shared/store/repositories/cases';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import type { Store } from '../../nodes/shared/store/store';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { changeLeadStage, previewLeadStage } from '../../nodes/shared/usecases/leads/changeLeadStage';
import { createLead, previewLead } from '../../nodes/shared/usecases/leads/createLead';
import { describeLeadWithModel } from '../../nodes/shared/usecases/leads/leadWithModel';
import { caseOf, customerWho, type Customer } from '../support/records';
import { eachDatabase } from '../support/stores';

eachDatabase((name, open) => {
	describe(`leads on ${name}`, () => {
		let now: number;
		let store: Store;
		let laura: Customer;

		beforeEach(async () => {
			now = Date.parse('2026-03-10T15:00:00Z');
			store = await open({ clock: () => now });
			await saveProfile(
				store,
				{ ...profiles.prosuministros, tags: { rules: [{ tag: 'cliente', on: 'contact', stages: ['Won'] }] } },
				'test',
			);
			laura = await customerWho(
				store,
				'573001112233',
				'necesito cotizar 20 portátiles',
				'tengo un presupuesto de 40 millones',
				'me parece muy caro',
			);
		});

		const made = async () => (await createLead(store, { ...laura, requestId: 'l1' })).lead;
		const lines = async (action: string) =>
			(await auditOfChain(store.db, store.workspaceId, laura.contactId, { limit: 99 })).filter(
				(row) => row.action === action,
			);

		const wanted = { product: 'portátiles', quantity: '20', detailLevel: 'formal' };

		test('P2: «Crear Lead» after the case has its number knows what the case knows, and belongs to it', async () => {
			const { case: quotation } = await caseOf(store, laura, { requestId: 'c1', fields: wanted });
			await caseOf(store, laura, { requestId: 'c2', type: 'support', subject: 'la impresora no prende' });

			const lead = await made();

			expect(lead).toMatchObject({
				case_id: quotation.id,
				request_type: 'quotation',
				product: 'portátiles',
				quantity: '20',
				need: '20 portátiles para la oficina',
				next_step: 'Enviar cotización formal',
			});
			expect(await findCase(store.db, store.workspaceId, quotation.id)).toMatchObject({ lead_id: lead.id });
		});

		test('P2: «Actualizar Lead» takes nothing away from a lead whose case is done', async () => {
			const { case: quotation } = await caseOf(store, laura, { requestId: 'c1', fields: wanted });
			const { lead } = await createLead(store, { ...laura, requestId: 'l1', caseKey: quotation.id });
			await updateCase(store.db, store, quotation.id, { status: 'resolved', closed_at: now });

			const request = { ...laura, requestId: 'l2' };
			expect((await previewLead(store, request)).changes).toEqual({});
			const { lead: updated } = await createLead(store, request);
			expect(updated).toMatchObject({ score: lead.score, next_step: lead.next_step, summary: lead.summary });
		});

		test('P2: the open case of a sale that was made says nothing of the next one', async () => {
			const { case: sold } = await caseOf(store, laura, { requestId: 'c1', fields: wanted });
			const { lead } = await createLead(store, { ...laura, requestId: 'l1', caseKey: sold.id });
			await changeLeadStage(store, { leadId: lead.id, stage: 'Won', amount: 1, currency: 'COP' });

			const { lead: next, action } = await createLead(store, { ...laura, requestId: 'l2' });

			expect(action).toBe('created');
			expect(next).toMatchObject({ case_id: null, product: null });
		});

		test('P2: a lead moves on to won with its amount, once; the contact gets the tag of the rule', async () => {
			const lead = await made();
			await changeLeadStage(store, { leadId: lead.id, stage: 'SQL' });
			const won = { leadId: lead.id, stage: 'Won', amount: 1_250_000, currency: 'cop' } as const;
			expect(await previewLeadStage(store, won)).toMatchObject({ changed: true, before: 'SQL' });

			expect((await changeLeadStage(store, won)).lead).toMatchObject({
				stage: 'Won',
				amount: '1250000',
				currency: 'COP',
				closed_at: now,
			});
			now += 1000;
			expect(await changeLeadStage(store, won)).toMatchObject({ changed: false });
			expect(await lines('lead.stage_changed')).toHaveLength(2);
			const contact = await store.db
				.selectFrom('contacts')
				.select('tags')
				.where('id', '=', laura.contactId)
				.executeTakeFirstOrThrow();
			expect(contact.tags).toBe('["cliente"]');
		});

		test('P2: won without an amount and lost without a reason are refused by the name of the field', async () => {
			const lead = await made();
			await expect(changeLeadStage(store, { leadId: lead.id, stage: 'Won' })).rejects.toMatchObject({
				parameter: 'Amount',
			});
			await expect(
				changeLeadStage(store, { leadId: lead.id, stage: 'Won', amount: 5, currency: 'pesos' }),
			).rejects.toMatchObject({ message: "'Currency' is no currency: 'PESOS'" });
			await expect(changeLeadStage(store, { leadId: lead.id, stage: 'Lost' })).rejects.toMatchObject({
				parameter: 'Lost Reason',
			});
			expect(await listLeads(store.db, store.workspaceId, { limit: 9 })).toMatchObject([{ stage: lead.stage }]);
		});

		test('P2: a lost lead may be opened again, and says nothing of its loss any more', async () => {
			const lead = await made();
			await changeLeadStage(store, { leadId: lead.id, stage: 'Lost', lostReason: 'compró en otro lado' });
			expect((await changeLeadStage(store, { leadId: lead.id, stage: 'Opportunity' })).lead).toMatchObject({
				stage: 'Opportunity',
				lost_reason: null,
				closed_at: null,
			});
		});

		test('P2: "Actualizar Lead" that arrives twice is written once', async () => {
			await made();
			const update = { ...laura, requestId: 'l2', values: { phone: '300 999 8877', city: 'Cali' } };
			expect(await createLead(store, update)).toMatchObject({
				action: 'updated',
				lead: { phone: '+573009998877', city: 'Cali' },
			});
			expect(await createLead(store, update)).toMatchObject({ action: 'unchanged' });
			expect(await lines('lead.updated')).toHaveLength(1);
		});

		test('P9: leads are found by tag, score and stage', async () => {
			const { lead } = await createLead(store, { ...laura, requestId: 'l1', addTags: ['caliente'] });
			const found = async (filter: object) =>
				(await listLeads(store.db, store.workspaceId, { limit: 9, ...filter })).map(({ id }) => id);
			expect(await found({ tag: 'caliente', stage: lead.stage, minScore: lead.score })).toEqual([lead.id]);
			expect(await found({ tag: 'frío' })).toEqual([]);
			expect(await found({ minScore: lead.score + 1 })).toEqual([]);
		});

		const answer = {
			summary: ['Quiere 20 portátiles', 'Le parece caro'],
			objections: ['precio'],
			budget: '40 millones',
			urgency: 'high',
			nextStep: 'Ofrecer un descuento por volumen',
		};
		const described = async (reply: unknown, patience?: number) =>
			await describeLeadWithModel(
				store,
				{ ...laura, requestId: 'l1' },
				async () => await Promise.resolve(reply),
				patience,
			);

		test('P12: a connected model writes summary, objections, budget, urgency and next step; what people say wins', async () => {
			const lines = jest.fn(
				async () => await Promise.resolve({ content: `\`\`\`json\n${JSON.stringify(answer)}\n\`\`\`` }),
			);
			const request = { ...laura, requestId: 'l1' };
			const said = await describeLeadWithModel(store, request, lines);
			expect(said).toEqual(answer);
			expect(JSON.stringify(lines.mock.calls)).toContain('Customer: necesito cotizar 20 portátiles');
			const { lead } = await createLead(store, { ...request, described: said, values: { nextStep: 'Llamar hoy' } });
			expect(lead).toMatchObject({ budget: '40 millones', urgency: 'high', next_step: 'Llamar hoy' });
			expect(JSON.parse(lead.summary ?? '')).toEqual(answer.summary);
		});

		test.each([
			['prose', 'El cliente quiere portátiles'],
			['another shape', JSON.stringify({ ...answer, discount: 90 })],
			['an unknown urgency', JSON.stringify({ ...answer, urgency: 'yesterday' })],
			['nothing', undefined],
		])('P12: a model that answers %s changes nothing: the rules stand', async (_case, reply) => {
			expect(await described(reply)).toEqual({});
		});

		test('P12: a budget whose numbers the customer never wrote is not taken', async () => {
			expect(await described(JSON.stringify({ ...answer, budget: '90 millones' }))).not.toHaveProperty('budget');
		});

		test('P12: a model that fails or is late does not hold the lead up', async () => {
			const request = { ...laura, requestId: 'l1' };
			const failing = async () => await Promise.reject(new Error('overloaded'));
			expect(await describeLeadWithModel(store, request, failing)).toEqual({});
			const never = async () => await new Promise(() => undefined);
			expect(await describeLeadWithModel(store, request, never, 5)).toEqual({});
		});
	});
});
