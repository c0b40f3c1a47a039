import { may } from '../../../domain/inbox/permissions';
import type { CommandInput } from '../../../domain/inbox/requests';
import { countConversationsInHand, listAdvisors, type AdvisorRow } from '../../../store/repositories/advisors';
import { appendAudit } from '../../../store/repositories/auditLog';
import { getConversation, updateConversation } from '../../../store/repositories/conversations';
import type { StoreTransaction } from '../../../store/store';
import { onDutyIn, tellAdvisor } from '../../team/assignAdvisor';
import { noticeCard } from '../../notify/noticeCard';
import { Refusal } from '../refusal';
import { assertMay, notFound } from '../viewer';
import type { Command, CommandContext } from './command';
import { conversationSubject } from './locate';
import { requestOf } from '../requestOf';

type To = CommandInput<'assign'>['to'];

async function takerOf(tx: StoreTransaction, context: CommandContext, to: To): Promise<AdvisorRow | undefined> {
	if ('nobody' in to) return undefined;
	const { store, profile } = context;
	const team = await listAdvisors(tx, store.workspaceId);
	if ('advisorId' in to) {
		const chosen = team.find(({ id }) => id === to.advisorId);
		if (chosen) return chosen;
		throw notFound('advisor');
	}
	if (!profile.areas.some(({ key }) => key === to.area)) {
		throw new Refusal(422, {
			message: `There is no area '${to.area}'`,
			description: 'Choose one of the list.',
			field: 'to.area',
			code: 'noSuchArea',
			values: { area: to.area },
		});
	}
	const present = onDutyIn(team, to.area, store.now());
	const inHand =
		to.rule === 'leastBusy' ? await countConversationsInHand(tx, store.workspaceId) : new Map<string, number>();
	// The sort is stable: of two who have as many, whoever was assigned longest ago.
	const [taker] = [...present].sort((one, other) => (inHand.get(one.id) ?? 0) - (inHand.get(other.id) ?? 0));
	if (taker) return taker;
	throw new Refusal(409, {
		message: `Nobody of '${to.area}' is on duty`,
		description: 'Choose a person, or assign it later.',
		field: 'to',
		code: 'nobodyOnDuty',
		values: { area: profile.areas.find(({ key }) => key === to.area)?.name ?? to.area },
	});
}

/** Gives a conversation to a person, who is told in the same transaction; or to nobody, so that somebody takes it. */
export const assign: Command<'assign'> = {
	about: 'customer',
	locate: conversationSubject,
	async prepare({ viewer }, { to }) {
		// Taking it oneself, or handing one's own on by the rule, is everybody's; deciding about others is not.
		if ('advisorId' in to && to.advisorId !== viewer.advisorId) assertMay(viewer, 'assignOthers');
		return await Promise.resolve({});
	},
	async run(tx, context, { contactId }, { conversationId, to, reason }) {
		const { store, viewer, actor, requestId } = context;
		const conversation = await getConversation(tx, store.workspaceId, conversationId);
		if (!conversation) throw notFound('conversation');
		const isOwn = conversation.owner_advisor_id === null || conversation.owner_advisor_id === viewer.advisorId;
		if (!isOwn && !may(viewer.role, 'assignOthers') && !('advisorId' in to)) assertMay(viewer, 'assignOthers');
		// Two that are given out at once must not both see the same least busy person.
		await store.lock(tx, 'advisors');
		const taker = await takerOf(tx, context, to);
		const area = 'rule' in to ? to.area : conversation.area;
		if ((taker?.id ?? null) === conversation.owner_advisor_id && area === conversation.area) {
			return { answer: { advisorId: taker?.id ?? null } };
		}
		if (taker && taker.id !== viewer.advisorId) {
			await tellAdvisor(tx, store, taker, {
				contactId,
				conversationId,
				area: area ?? '',
				requestId: requestOf(context),
				kind: 'conversation.assigned',
				text: reason ?? viewer.name,
			});
		}
		await updateConversation(tx, store, conversationId, { owner_advisor_id: taker?.id ?? null, area });
		await appendAudit(tx, store, {
			contactId,
			actor,
			action: taker ? 'conversation.assigned' : 'conversation.unassigned',
			subjectKind: 'conversation',
			subjectId: conversationId,
			payload: {
				requestId,
				advisor: taker?.name,
				before: conversation.owner_advisor_id,
				after: taker?.id ?? null,
				rule: 'rule' in to ? to.rule : undefined,
				area,
				reason,
			},
		});
		return {
			answer: { advisorId: taker?.id ?? null },
			output: 'assign',
			item: {
				...(await noticeCard(store, { advisor: taker, text: reason ?? viewer.name, conversationId }, tx)),
				assignedBy: viewer.name,
				assignedTo: taker?.name,
				assignedToEmail: taker?.email ?? undefined,
				assignedToPhone: taker?.phone ?? undefined,
				area,
				reason,
			},
		};
	},
};
