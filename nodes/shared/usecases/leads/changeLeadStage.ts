import { InvalidInput } from '../../domain/invalidInput';
import type { LeadStage } from '../../domain/leads/leadStage';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendAudit } from '../../store/repositories/auditLog';
import { touchConversationsOf } from '../../store/repositories/conversations';
import { getLead, updateLead, type LeadRow } from '../../store/repositories/leads';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { tagByRules } from '../contacts/tagTarget';

export interface StageChange {
	readonly leadId: string;
	readonly stage: LeadStage;
	/** Of a won lead: what it brought. */
	readonly amount?: number;
	/** ISO 4217. */
	readonly currency?: string;
	/** Of a lost lead: why. */
	readonly lostReason?: string;
	readonly note?: string;
	readonly requestId?: string;
	/** Who does it, for the bitácora; the workflow when absent. */
	readonly actor?: string;
}

export interface ChangedLead {
	readonly lead: LeadRow;
	readonly changed: boolean;
	readonly before: LeadStage;
}

/** A lead by id. @throws InvalidInput when there is none. */
export async function existingLead(executor: Executor, store: Store, leadId: string): Promise<LeadRow> {
	const found = await getLead(executor, store.workspaceId, leadId);
	if (found) return found;
	throw new InvalidInput({
		message: `There is no lead '${leadId}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Lead', or check the store credential.",
		parameter: 'Lead',
		reason: { code: 'notFound' },
	});
}

type Outcome = Pick<LeadRow, 'stage' | 'amount' | 'currency' | 'lost_reason' | 'closed_at'>;

function outcomeOf(store: Store, lead: LeadRow, change: StageChange): Outcome {
	const { stage } = change;
	if (stage === 'Won') {
		const amount = change.amount === undefined ? lead.amount : String(change.amount);
		if (amount === null || !(Number(amount) >= 0)) {
			throw new InvalidInput({
				message: "'Amount' is empty: a won lead says what it brought",
				description: "Fill 'Amount' with a number, for example 1250000.",
				parameter: 'Amount',
				reason: { code: 'wonWithoutAmount' },
			});
		}
		const currency = (change.currency ?? lead.currency ?? '').toUpperCase();
		if (!/^[A-Z]{3}$/.test(currency)) {
			throw new InvalidInput({
				message: `'Currency' is no currency: '${currency}'`,
				description: 'Use a code of three letters such as COP or USD.',
				parameter: 'Currency',
				reason: { code: 'unknownCurrency', values: { currency } },
			});
		}
		return {
			stage,
			amount,
			currency,
			lost_reason: null,
			closed_at: lead.stage === 'Won' ? lead.closed_at : store.now(),
		};
	}
	if (stage === 'Lost') {
		const reason = change.lostReason ?? lead.lost_reason;
		if (reason === null || reason.trim() === '') {
			throw new InvalidInput({
				message: "'Lost Reason' is empty: a lost lead says why",
				description: "Fill 'Lost Reason', for example: compró en otro lado.",
				parameter: 'Lost Reason',
				reason: { code: 'lostWithoutReason' },
			});
		}
		return {
			stage,
			amount: null,
			currency: null,
			lost_reason: reason,
			closed_at: lead.stage === 'Lost' ? lead.closed_at : store.now(),
		};
	}
	return { stage, amount: null, currency: null, lost_reason: null, closed_at: null };
}

function differs(lead: LeadRow, outcome: Outcome): boolean {
	const before = new Map<string, unknown>(Object.entries(lead));
	return Object.entries(outcome).some(([column, value]) => value !== before.get(column));
}

/** What the change would make of the lead, without changing it. @throws InvalidInput */
export async function previewLeadStage(store: Store, change: StageChange): Promise<ChangedLead> {
	const lead = await existingLead(store.db, store, change.leadId);
	const outcome = outcomeOf(store, lead, change);
	return { lead: { ...lead, ...outcome }, changed: differs(lead, outcome), before: lead.stage };
}

/** The same inside the caller's transaction, which holds the contact's lock. @throws InvalidInput */
export async function changeLeadStageInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	change: StageChange,
): Promise<ChangedLead> {
	const lead = await existingLead(tx, store, change.leadId);
	const outcome = outcomeOf(store, lead, change);
	if (!differs(lead, outcome)) return { lead, changed: false, before: lead.stage };
	const { contact_id: contactId } = lead;
	await updateLead(tx, store, lead.id, outcome);
	await appendAudit(tx, store, {
		contactId,
		actor: change.actor ?? 'workflow',
		action: 'lead.stage_changed',
		subjectKind: 'lead',
		subjectId: lead.id,
		payload: {
			before: lead.stage,
			after: outcome.stage,
			amount: outcome.amount,
			currency: outcome.currency,
			reason: outcome.lost_reason,
			note: change.note,
			requestId: change.requestId,
		},
	});
	await tagByRules(
		tx,
		store,
		profile,
		{ kind: 'lead', id: lead.id, contactId },
		{
			caseType: lead.request_type ?? undefined,
			text: lead.need ?? lead.product ?? undefined,
			stage: outcome.stage,
			score: lead.score,
		},
	);
	await touchConversationsOf(tx, store, contactId);
	return { lead: await existingLead(tx, store, lead.id), changed: true, before: lead.stage };
}

/**
 * Moves a lead on: Lead, MQL, SQL, Opportunity, Won with its amount, Lost with its reason. The same again changes nothing; a
 * lead that was won or lost may be opened again.
 * @throws InvalidInput when the lead does not exist, or amount or reason are missing.
 */
export async function changeLeadStage(store: Store, change: StageChange): Promise<ChangedLead> {
	const { profile } = await profileInForce(store);
	const { contact_id: contactId } = await existingLead(store.db, store, change.leadId);
	const [result] = await store.eachLocked(
		[`contact:${contactId}`],
		async (tx) => await changeLeadStageInside(tx, store, profile, change),
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The lead was not changed');
	return result.value;
}
