import { isCommercial } from '../../domain/cases/commercial';
import type { ConversationState, StepResult } from '../../domain/conversation/types';
import { ownValue } from '../../domain/ownValue';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import type { ConversationRow } from '../../store/repositories/conversations';

type Desk = Partial<Pick<ConversationRow, 'area' | 'waiting_since' | 'commercial_intent' | 'incomplete_at'>>;

/** What the team's list shows of a conversation after a step: who waits, in which area, whether there is something to sell. */
export function deskAfter(
	conversation: ConversationRow,
	{ state, effects }: StepResult,
	profile: BusinessProfile,
	now: number,
): Desk {
	const desk: Desk = {};
	for (const effect of effects) {
		if (effect.kind === 'openCase') desk.area = effect.area;
		if (effect.kind === 'handoff') desk.area ??= effect.area ?? conversation.area ?? profile.withoutOption.area;
		if (effect.kind === 'close' && effect.reason === 'incomplete') {
			desk.incomplete_at = now;
			desk.area ??= effect.openCase?.area ?? conversation.area ?? profile.withoutOption.area;
		}
		if (effect.kind === 'openCase' && isCommercial(effect.type)) desk.commercial_intent = 1;
	}
	const chosen = profile.options.find(({ id }) => id === state.flow);
	if (state.intent === 'quotation' || isCommercial(chosen?.caseType)) desk.commercial_intent = 1;
	if (state.mode === 'waiting') desk.waiting_since = conversation.waiting_since ?? now;
	if (state.mode === 'bot' || state.mode === 'closed') desk.waiting_since = null;
	return desk;
}

/** Longer answers are cut in the bitácora: the messages themselves are kept beside it. */
const SHOWN_LENGTH = 200;

function known(state: ConversationState): Record<string, string> {
	const { fields, subject, intent, flow, asked, mode } = state;
	return Object.fromEntries(
		Object.entries({ ...fields, subject, intent, flow, asked, mode }).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, value.slice(0, SHOWN_LENGTH)]],
		),
	);
}

/** What was known before and after a step where it differs, for «¿Por qué?». */
export function learntBetween(
	before: string | null,
	after: ConversationState,
): { readonly before: Readonly<Record<string, string>>; readonly after: Readonly<Record<string, string>> } {
	const old = before === null ? {} : known(JSON.parse(before) as ConversationState);
	const now = known(after);
	const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
		(name) => ownValue(old, name) !== ownValue(now, name),
	);
	const only = (facts: Record<string, string>) =>
		Object.fromEntries(Object.entries(facts).filter(([name]) => changed.includes(name)));
	return { before: only(old), after: only(now) };
}
