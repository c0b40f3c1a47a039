import { findDuplicate } from '../../cases/duplicateRule';
import { plain } from '../../classifier/normalise';
import { ownValue } from '../../ownValue';
import type { MenuOption } from '../../profile/businessProfile';
import { sessionCase } from '../absorb/flow';
import { caseStatus } from '../caseStatus';
import type { Turn } from '../turn';
import type { CaseType } from '../types';
import { type Decision, silent } from './decision';
import { greetingParts, outOfHours } from './greeting';
import { chosenAnswer } from './openCase';

/** Under which it is remembered that a case is not wanted any more: what is asked for next is another one. */
const droppedKey = (caseId: string): string => `dropped:${caseId}`;

/** "ya no, déjenlo así" after the confirmation: the team reads it on the case, and nobody is asked anything more. */
export function decideDroppedCase(turn: Turn): Decision | undefined {
	const { mode } = turn.state;
	const caseId = sessionCase(turn);
	if (!turn.commands.has('drop_case') || caseId === undefined || turn.needs.length > 0) return undefined;
	if (mode === 'human' || mode === 'mirrored') return undefined;
	turn.understood.push('the request is not wanted any more');
	noteOnCase(turn, caseId);
	turn.progress = true;
	if (!turn.firstTime(droppedKey(caseId))) return silent('Noted on the case; the customer was told so.');
	return { parts: [{ text: 'cancelled' }], next: 'The team reads on the case that it is not wanted any more.' };
}

/** How a registered case is asked after, as opposed to an order. */
const ASKS_AFTER_CASE =
	/\b(?:(?:mi|el|la|este|esta|ese|esa) (?:caso|solicitud|reclamo|requerimiento|ticket|tiquete|radicado|consulta)|(?:cuanto|cuando) (?:se )?(?:demora\w*|tarda\w*)|cuanto tiempo|cuando (?:me|nos) (?:respond\w+|contest\w+|contact\w+|llam\w+|escrib\w+|atiend\w+|dan respuesta)|(?:ya|alguna|hay) (?:respuesta|novedad|noticia)\w*|numero de(?:l| mi)? caso|my (?:case|request))\b/;

/** "¿cómo va mi caso?": its state is said at once (D6). */
export function decideCaseStatus(turn: Turn): Decision | undefined {
	const asks = turn.written.some((text) => ASKS_AFTER_CASE.test(plain(text)));
	const other = turn.needs.some(({ intent, asks: wants }) => wants && intent !== 'order_status' && intent !== 'human');
	if (!asks || other || turn.option !== undefined || turn.state.asked !== undefined) return undefined;
	const { openCases } = turn.contact;
	const open = openCases.find(({ id }) => id === turn.memory.caseId) ?? openCases[0];
	if (open === undefined) return undefined;
	const files = turn.files.length > 0 ? turn.files : [];
	turn.effects.push({
		kind: 'addToCase',
		requestId: `${turn.requestId}:note`,
		caseId: open.id,
		text: turn.written.join('\n'),
		attachments: files,
	});
	const greeting = greetingParts(turn).filter(({ text }) => text !== 'B1');
	turn.memory.caseId = open.id;
	turn.progress = true;
	turn.understood.push(`asks after case ${open.number}`);
	return {
		parts: [...greeting, ...outOfHours(turn), caseStatus(turn, open)],
		next: 'The state of the open case was said.',
	};
}

/** The kind of case that the answers so far lead to. */
function caseTypesOf(turn: Turn, option: MenuOption): CaseType[] {
	const chosen = chosenAnswer(turn, option)?.caseType;
	if (chosen !== undefined && option.caseType !== 'quotation') return [chosen];
	const types = option.questions.flatMap(({ choices }) =>
		choices.flatMap(({ caseType }) => (caseType === undefined ? [] : [caseType])),
	);
	return option.intents.includes('quotation') ? [option.caseType, ...types] : [option.caseType];
}

function aboutOf(turn: Turn): string | undefined {
	return turn.fields['product'] || turn.fields['orderNumber'] || turn.fields['details'] || undefined;
}

/** D16: the same subject inside the window goes on in the same case, and is said once. */
export function decideDuplicate(turn: Turn): Decision | undefined {
	const { option } = turn;
	if (option === undefined || turn.memory.anotherRequest === true || turn.state.asked !== undefined) return undefined;
	const about = aboutOf(turn);
	const duplicate = findDuplicate(
		turn.contact.openCases.filter(({ id }) => !turn.memory.told?.includes(droppedKey(id))),
		{ types: caseTypesOf(turn, option), ...(about === undefined ? {} : { about }) },
		turn.at,
		turn.profile.times.duplicateHours,
	);
	if (duplicate === undefined) return undefined;
	turn.memory.caseOption = option.id;
	turn.leaveFlow();
	return continueCase(turn, duplicate.id);
}

/** The session's own case, while it is open and no menu waits. */
export const duplicateOfSession = (turn: Turn): string | undefined =>
	turn.state.menuPending ? undefined : sessionCase(turn);

/** After the confirmation: text without a need of its own, and files, belong to the case. */
export function decideMoreOfTheSame(turn: Turn): Decision | undefined {
	const caseId = duplicateOfSession(turn);
	if (caseId === undefined) return undefined;
	const more = turn.leftovers.length > 0 || turn.files.length > 0 || turn.locations > 0;
	return more ? continueCase(turn, caseId) : undefined;
}

/** What was written and sent in this turn goes to the case. */
function noteOnCase(turn: Turn, caseId: string): void {
	turn.effects.push({
		kind: 'addToCase',
		requestId: `${turn.requestId}:note`,
		caseId,
		...(turn.written.length === 0 ? {} : { text: turn.written.join('\n') }),
		attachments: turn.files,
	});
	const filed = new Set(turn.files.map(({ messageId }) => messageId));
	turn.state.attachments = turn.state.attachments.filter(({ messageId }) => !filed.has(messageId));
}

/** D16: what was said goes to this open case; the customer is told once (template H) that it goes on. */
export function continueCase(turn: Turn, caseId: string): Decision {
	noteOnCase(turn, caseId);
	turn.memory.caseId = caseId;
	if (turn.written.length > 0) turn.memory.lastAdded = turn.written.join('\n').slice(0, 1000);
	turn.progress = true;
	const told = turn.memory.duplicateTold ?? {};
	const toldAt = ownValue(told, caseId);
	if (toldAt !== undefined && turn.at.getTime() - Date.parse(toldAt) < turn.profile.times.duplicateHours * 3_600_000)
		return silent('Added to the open case; the customer knows that it goes on.');
	turn.memory.duplicateTold = { ...told, [caseId]: turn.at.toISOString() };
	turn.state.greeted = true;
	return {
		parts: [{ text: 'H1' }, { text: 'H2' }],
		choices: [{ id: 'another_request', text: 'choice_another_request' }],
		next: 'Added to the open case.',
	};
}

/** With a person on it, what comes in still reaches the case. */
export function addToOpenCase(turn: Turn): void {
	const { caseId } = turn.memory;
	if (caseId === undefined || turn.files.length === 0) return;
	turn.effects.push({ kind: 'addToCase', requestId: `${turn.requestId}:note`, caseId, attachments: turn.files });
	turn.state.attachments = [];
}
