import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { contactsWithPhones } from '../../store/repositories/contacts';
import { updateConversation } from '../../store/repositories/conversations';
import { countTurnAttempt, pendingMessages } from '../../store/repositories/messages';
import type { Store } from '../../store/store';
import { advisorWithPhone } from '../bridge/attendance';
import { runAskedTasks } from '../bridge/runTasks';
import { handToPerson, RETRY_TIERS } from '../emit/emissions';
import type { ModelCall } from '../models/modelReply';
import { profileInForce } from '../profile/businessProfile';
import { advisorFacts } from '../team/assignAdvisor';
import { classifyUnsure, lookUp } from './askBeforeTurns';
import { carryOn } from './carryOn';
import { crmOf, type StepOrigin } from './stepWriter';
import { takeTurn } from './takeTurn';
import { ownerOf, type BotInput, type BotItem, type TurnContext } from './turnContext';

export interface TurnSettings {
	/**
	 * A connected model, where there is one: asked what messages mean where the rules are unsure, and to put found passages into
	 * words (B20). Asked before any lock is taken; answers or is given up within 4 s.
	 */
	readonly model?: ModelCall;
	/** How long the turn of a voice note waits for its transcript, ms; 0 where nobody transcribes (D18). */
	readonly transcriptWaitMs?: number;
	/** How long an assistant has to answer before the dialogue does, ms; 0 where there is none (S11). */
	readonly assistantWaitMs?: number;
	/** The execution of n8n that takes the turns, for «¿Por qué?». */
	readonly execution?: StepOrigin['execution'];
}

interface Due {
	readonly input: BotInput;
	readonly index: number;
}

/** The advisors who may write to the company's number from their own phone: never customers (B1). */
async function attendantsOf(
	store: Store,
	team: readonly AdvisorRow[],
	profile: BusinessProfile,
): Promise<ReadonlyMap<string, AdvisorRow>> {
	const phones = team.flatMap(({ phone }) => (phone === null ? [] : [phone]));
	const attendants = new Map<string, AdvisorRow>();
	for (const [contactId, phone] of await contactsWithPhones(store.db, store.workspaceId, phones)) {
		const advisor = advisorWithPhone(team, phone, profile);
		if (advisor) attendants.set(contactId, advisor);
	}
	return attendants;
}

/** What the turns asked of others' conversations, done; whoever has something to be sent leaves on Reply. */
async function passOnAsked(store: Store, asked: readonly string[], due: Due | undefined): Promise<BotItem[]> {
	if (due === undefined) return [];
	const { input, index } = due;
	const waiting = await runAskedTasks(store, asked, { carried: true, owner: ownerOf(store, input.emissionId) });
	return waiting.map((conversation) => ({
		output: 'reply',
		inputIndex: index,
		json: { crm: crmOf(conversation, input.emissionId, `bridge:${conversation.id}`) },
	}));
}

/** A turn that failed is tried again after 1 s and 30 s; after the third time its messages go to a person. */
async function postpone(store: Store, input: BotInput, error: Error): Promise<void> {
	await store.transaction(async (tx) => {
		const attempts =
			input.due === 'turn' ? undefined : await countTurnAttempt(tx, store.workspaceId, input.conversationId);
		const pending = await pendingMessages(tx, store.workspaceId, input.conversationId);
		const made = attempts ?? Math.max(0, ...pending.map((message) => message.turn_attempts));
		const tier = RETRY_TIERS[made - 1];
		if (tier === undefined) {
			await handToPerson(tx, store, {
				conversationId: input.conversationId,
				messageIds: pending.map((message) => message.id),
				requestId: `dead:${pending[0]?.id ?? input.conversationId}`,
				error: error.message,
			});
			return;
		}
		await updateConversation(tx, store, input.conversationId, { turn_due_at: store.now() + tier });
	});
}

/**
 * Answers customers: for each conversation named by the items one turn over everything that it has not answered yet,
 * under the contact's lock, with what the turn asks for written in the same transaction. Items that find nothing to do
 * (a duplicate, an answer that is not due yet) give nothing.
 */
export async function takeTurns(
	store: Store,
	inputs: readonly BotInput[],
	{ model, transcriptWaitMs = 0, assistantWaitMs = 0, execution }: TurnSettings = {},
): Promise<BotItem[]> {
	const { profile, version: profileVersion } = await profileInForce(store);
	const items: BotItem[] = [];
	const turns = new Map<string, Due[]>();
	const seen = new Set<string>();
	for (const [index, input] of inputs.entries()) {
		// A task of the team, not of the dialogue.
		if (input.due === 'follow_up') continue;
		if (input.due === 'effect' || input.due === 'outbox' || input.due === 'attachment') {
			const outgoing = await carryOn(store, input);
			items.push(...outgoing.map((item) => ({ ...item, inputIndex: index })));
			continue;
		}
		if (seen.has(input.conversationId)) continue;
		seen.add(input.conversationId);
		turns.set(input.contactId, [...(turns.get(input.contactId) ?? []), { input, index }]);
	}
	const [classified, knowledge] = await Promise.all([
		classifyUnsure(store, profile, model, [...seen]),
		lookUp(store, profile, [...seen], model),
	]);
	const team = await listAdvisors(store.db, store.workspaceId);
	const advisors = team.length > 0 ? team.map(advisorFacts) : undefined;
	const context: TurnContext = {
		store,
		profile,
		profileVersion,
		classified,
		knowledge,
		advisors,
		attendants: await attendantsOf(store, team, profile),
		asked: [],
		transcriptWaitMs,
		assistantWaitMs,
		execution,
	};
	const contactIds = [...turns.keys()];
	const results = await store.eachLocked(
		contactIds.map((id) => `contact:${id}`),
		async (tx, key) => {
			const found: BotItem[] = [];
			for (const due of turns.get(key.slice('contact:'.length)) ?? []) {
				const outgoing = await takeTurn(tx, context, due.input);
				found.push(...outgoing.map((item) => ({ ...item, inputIndex: due.index })));
			}
			return found;
		},
	);
	for (const [position, result] of results.entries()) {
		if ('value' in result) {
			items.push(...result.value);
			continue;
		}
		for (const due of turns.get(contactIds[position] ?? '') ?? []) await postpone(store, due.input, result.error);
	}
	items.push(...(await passOnAsked(store, context.asked, [...turns.values()][0]?.[0])));
	return items;
}
