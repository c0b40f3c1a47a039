import { normalizePhone } from '../../domain/identity/phone';
import { InvalidInput } from '../../domain/invalidInput';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { insertAdvisor, listAdvisors, updateAdvisor, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import type { Store } from '../../store/store';
import { nothingMore, type AlsoWith } from '../alsoInside';
import { profileInForce } from '../profile/businessProfile';

/** What is said of a person of the team; what is left out stays as it is. */
export interface AdvisorInput {
	/** The person who is meant; absent: found by external id, phone or name, or new. */
	readonly advisorId?: string;
	readonly name: string;
	readonly aliases?: readonly string[];
	/** As typed; kept as E.164. */
	readonly phone?: string;
	readonly email?: string;
	/** Keys of areas of the business profile. */
	readonly areas?: readonly string[];
	readonly role?: AdvisorRow['role'];
	readonly available?: boolean;
	/** Absent until this time. */
	readonly absentUntil?: Date;
	/** Who stands in while the person is away (D8). */
	readonly substituteId?: string;
	readonly externalId?: string;
	readonly externalUrl?: string;
}

export interface SavedAdvisor {
	readonly advisor: AdvisorRow;
	readonly action: 'created' | 'updated' | 'unchanged';
}

const plainName = (name: string): string =>
	name.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();

function checked(input: AdvisorInput, profile: BusinessProfile): AdvisorInput {
	const name = input.name.replace(/\s+/g, ' ').trim();
	if (name === '') {
		throw new InvalidInput({
			message: "'Name' is empty",
			description: 'Give the name by which customers know the person.',
			parameter: 'Name',
			reason: { code: 'noName' },
		});
	}
	const unknown = (input.areas ?? []).filter((key) => !profile.areas.some((area) => area.key === key));
	if (unknown.length > 0) {
		throw new InvalidInput({
			message: `'Areas' of ${name} names ${unknown.map((key) => `'${key}'`).join(', ')}, which the business profile does not have`,
			description: `Its areas are ${profile.areas.map(({ key }) => key).join(', ')}. Save the business profile first to add one.`,
			parameter: 'Areas',
			reason: { code: 'noSuchArea', values: { area: unknown.join(', ') } },
		});
	}
	const phone = input.phone === undefined ? undefined : normalizePhone(input.phone, profile.country)?.e164;
	if (input.phone !== undefined && phone === undefined) {
		throw new InvalidInput({
			message: `'Phone' of ${name} is not a phone number: '${input.phone}'`,
			description: 'Write it with its country code, for example +57 300 123 4567.',
			parameter: 'Phone',
			reason: { code: 'notAPhone', values: { phone: input.phone } },
		});
	}
	return { ...input, name, phone };
}

/** The person who is meant: by the id in another system, else by phone, else by name. */
function samePerson(team: readonly AdvisorRow[], input: AdvisorInput): AdvisorRow | undefined {
	if (input.advisorId !== undefined) return team.find(({ id }) => id === input.advisorId);
	return (
		team.find((advisor) => input.externalId !== undefined && advisor.external_id === input.externalId) ??
		team.find((advisor) => input.phone !== undefined && advisor.phone === input.phone) ??
		team.find((advisor) => plainName(advisor.name) === plainName(input.name))
	);
}

type Columns = Pick<
	AdvisorRow,
	| 'name'
	| 'aliases'
	| 'phone'
	| 'email'
	| 'areas'
	| 'role'
	| 'available'
	| 'absent_until'
	| 'substitute_id'
	| 'external_id'
	| 'external_url'
>;

function columnsOf(input: AdvisorInput, known: AdvisorRow | undefined): Columns {
	return {
		name: input.name,
		aliases: input.aliases === undefined ? (known?.aliases ?? null) : JSON.stringify(input.aliases),
		phone: input.phone ?? known?.phone ?? null,
		email: input.email ?? known?.email ?? null,
		areas: input.areas === undefined ? (known?.areas ?? '[]') : JSON.stringify(input.areas),
		role: input.role ?? known?.role ?? 'advisor',
		available: input.available === undefined ? (known?.available ?? 1) : input.available ? 1 : 0,
		absent_until: input.absentUntil === undefined ? (known?.absent_until ?? null) : input.absentUntil.getTime(),
		substitute_id: input.substituteId ?? known?.substitute_id ?? null,
		external_id: input.externalId ?? known?.external_id ?? null,
		external_url: input.externalUrl ?? known?.external_url ?? null,
	};
}

function planned(store: Store, team: readonly AdvisorRow[], input: AdvisorInput): SavedAdvisor {
	const known = samePerson(team, input);
	const columns = columnsOf(input, known);
	if (!known) {
		const now = store.now();
		const advisor: AdvisorRow = {
			id: store.newId(),
			workspace_id: store.workspaceId,
			...columns,
			last_assigned_at: null,
			created_at: now,
			updated_at: now,
		};
		return { advisor, action: 'created' };
	}
	const advisor = { ...known, ...columns };
	return { advisor, action: JSON.stringify(advisor) === JSON.stringify(known) ? 'unchanged' : 'updated' };
}

/** What saving would do, without doing it. @throws InvalidInput */
export async function previewAdvisor(store: Store, input: AdvisorInput): Promise<SavedAdvisor> {
	const { profile } = await profileInForce(store);
	return planned(store, await listAdvisors(store.db, store.workspaceId), checked(input, profile));
}

/**
 * Adds a person to the team or brings what is known of them up to date. The same person is recognised by the id in
 * another system, the phone or the name, so that a setup may run again.
 * @throws InvalidInput for an unknown area, an empty name or a phone that is none.
 */
export async function saveAdvisor(
	store: Store,
	input: AdvisorInput,
	actor: string,
	also: AlsoWith<SavedAdvisor> = nothingMore,
): Promise<SavedAdvisor> {
	const { profile } = await profileInForce(store);
	const wanted = checked(input, profile);
	return await store.transaction(async (tx) => {
		await store.lock(tx, 'advisors');
		const saved = planned(store, await listAdvisors(tx, store.workspaceId), wanted);
		await also(tx, saved);
		if (saved.action === 'unchanged') return saved;
		if (saved.action === 'created') await insertAdvisor(tx, saved.advisor);
		else await updateAdvisor(tx, store, saved.advisor.id, columnsOf(wanted, saved.advisor));
		await appendAudit(tx, store, {
			actor,
			action: `advisor.${saved.action}`,
			subjectKind: 'advisor',
			subjectId: saved.advisor.id,
			payload: { name: saved.advisor.name, areas: saved.advisor.areas, role: saved.advisor.role },
		});
		return saved;
	});
}
