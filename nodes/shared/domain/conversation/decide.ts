import { areaOf } from '../cases/areaRouting';
import { findDuplicate } from '../cases/duplicateRule';
import { classify } from '../classifier/classify';
import { plain } from '../classifier/normalise';
import type { Intent } from '../classifier/types';
import type { KnowledgeFinding } from '../knowledge/knowledge';
import { scoreLead } from '../leads/leadDraft';
import { ownValue } from '../ownValue';
import type { MenuOption, Question } from '../profile/businessProfile';
import { chooseOption, giveUp, placeLeftovers, prefill, sessionCase } from './absorb';
import { isOpen } from './businessHours';
import { explain, isAboutEntries, isWholeAnswer, takeAnswers } from './knowledgeAnswers';
import { caseStatus } from './caseStatus';
import { choicesOf, menuChoices } from './questions';
import type { Turn } from './turn';
import type { CaseType, ChoicePart, HandoffEffect, OpenCaseEffect, SayEffect, TextPart } from './types';

/** What a turn comes to: at most one bubble, and in words what comes next. */
export interface Decision {
	readonly parts: readonly TextPart[];
	readonly choices?: readonly ChoicePart[];
	readonly link?: SayEffect['link'];
	readonly next: string;
	/** Nothing to say, and why. */
	readonly silence?: string;
}

const silent = (reason: string): Decision => ({ parts: [], next: reason, silence: reason });

/** A turn of more words than this, that no rule can place, is one to be put in order (D15). */
const LONG_TURN_WORDS = 25;
const MANY_MESSAGES = 3;
/** No question is asked more often in a row, whatever happens. */
const MOST_ATTEMPTS = 3;

/**
 * What is said and done once everything of the turn has been taken in. The order of the checks is the order of importance:
 * wishes about being written to, people who have the conversation, people who need a person, then the flow.
 */
export function decide(turn: Turn): Decision {
	if (!turn.answerable) return silent(turn.quietReason ?? 'Nothing was said.');
	const decision = kindly(
		turn,
		decideConsent(turn) ??
			decideLink(turn) ??
			decideDroppedCase(turn) ??
			decideWithPerson(turn) ??
			decideTakeOver(turn) ??
			decideVoiceNotes(turn) ??
			decideCancel(turn) ??
			decideCaseStatus(turn) ??
			decideHours(turn) ??
			decideQuestion(turn) ??
			decideHeldNeed(turn) ??
			decideMenu(turn) ??
			decideNeed(turn) ??
			offerItems(turn) ??
			decideNext(turn),
	);
	return informed(turn, decision);
}

/** B20: what the business's own knowledge answers stands before what is asked next, in the same bubble. */
function informed(turn: Turn, decision: Decision): Decision {
	if (turn.state.mode !== 'bot') return decision;
	const answers = takeAnswers(turn);
	if (answers.length === 0) return decision;
	if (decision.silence === undefined) return { ...decision, parts: afterGreetings(decision.parts, answers) };
	// The case is on its way: its one confirmation says it.
	if (turn.state.openRequestId !== undefined) {
		turn.memory.answersWithCase = answers;
		return decision;
	}
	return { parts: answers, next: 'The question was answered.' };
}

const afterGreetings = (parts: readonly TextPart[], answers: readonly TextPart[]): TextPart[] => [
	...parts.filter((part) => GREETINGS.has(part.text)),
	...answers,
	...parts.filter((part) => !GREETINGS.has(part.text)),
];

/** Questions that are known to lead nowhere before a person is offered, and before one takes over. */
const MOST_UNANSWERED = 2;

/** B20: a message that only asks is answered from the business's knowledge; what was asked before still waits. */
function decideQuestion(turn: Turn): Decision | undefined {
	const { mode } = turn.state;
	if (mode !== 'bot' && mode !== 'closed') return undefined;
	if (turn.progress || turn.needs.length > 0 || turn.leftovers.length > 0 || turn.files.length > 0) return undefined;
	if (turn.commands.size > 0 && !turn.commands.has('greeting') && !turn.commands.has('thanks')) return undefined;
	const findings = turn.findings.filter((finding) => isWholeAnswer(turn, finding));
	if (findings.length === 0) return undefined;
	turn.state.mode = 'bot';
	const several = findings.find(isAboutEntries);
	if (several !== undefined) return offerEntries(turn, several);
	const unanswered = findings.every(({ kind }) => kind === 'none');
	const greeting = [...greetingParts(turn).filter(({ text }) => text !== 'B1'), ...outOfHours(turn)];
	const parts = [...greeting, ...takeAnswers(turn)];
	turn.progress = !unanswered;
	if (unanswered) {
		turn.memory.unanswered = (turn.memory.unanswered ?? 0) + 1;
		if (turn.memory.unanswered >= MOST_UNANSWERED)
			return takeOver(turn, 'not_answered', [{ text: 'knowledge_none' }, { text: 'take_over' }]);
	} else delete turn.memory.unanswered;
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	if (asked !== undefined) return goOnAsking(turn, parts, asked);
	if (unanswered)
		return {
			parts,
			choices: [
				{ id: 'person', text: 'choice_person' },
				{ id: 'menu', text: 'choice_menu' },
			],
			next: 'The customer chooses between a person and the menu.',
		};
	if (turn.option !== undefined || duplicateOfSession(turn) !== undefined)
		return { parts, next: 'The question was answered.' };
	turn.state.menuPending = true;
	turn.memory.menuShown = true;
	return {
		parts: [...parts, { text: 'A4' }],
		choices: menuChoices(turn.profile),
		next: 'The customer chooses from the menu.',
	};
}

/** B20: several answers fit alike: the customer says which was meant; what was asked before still waits. */
function offerEntries(turn: Turn, several: KnowledgeFinding): Decision {
	explain(turn, several);
	turn.progress = true;
	const greeting = [...greetingParts(turn).filter(({ text }) => text !== 'B1'), ...outOfHours(turn)];
	return {
		parts: [...greeting, ...takeAnswers(turn), ...several.parts],
		...(several.choices === undefined ? {} : { choices: several.choices }),
		next: 'The customer says which question is meant.',
	};
}

/** The question that waits is asked again under an answer, as often as any other. */
function goOnAsking(turn: Turn, parts: readonly TextPart[], asked: Question): Decision {
	const next = `The customer answers ${asked.field}.`;
	if (turn.state.askedTimes >= MOST_ATTEMPTS) return { parts, next };
	turn.state.askedTimes += 1;
	const choices = choicesOf(turn, asked, false) ?? [];
	return { parts: [...parts, { text: asked.textKey }], ...(choices.length === 0 ? {} : { choices }), next };
}

/** B20: several things of the catalogue may be meant: the customer says which, and the flow goes on with it. */
function offerItems(turn: Turn): Decision | undefined {
	const several = turn.findings.find((finding) => finding.kind === 'several' && !isAboutEntries(finding));
	const question = turn.option?.questions.find(({ type }) => type === 'product');
	if (several === undefined || question === undefined || turn.state.mode === 'waiting') return undefined;
	if (!turn.firstTime(`knowledge_several:${several.sources.map(({ id }) => id).join()}`)) return undefined;
	turn.state.mode = 'bot';
	explain(turn, several);
	const answers = takeAnswers(turn);
	delete turn.fields[question.field];
	turn.state.asked = question.field;
	turn.state.askedTimes = 1;
	turn.state.menuPending = false;
	turn.progress = true;
	return {
		parts: [...greetingParts(turn), ...outOfHours(turn), ...answers, ...several.parts],
		...(several.choices === undefined ? {} : { choices: several.choices }),
		next: `The customer answers ${question.field}.`,
	};
}

/** P8: what the bot cannot do is said once, kindly, and what it can do goes on. */
function kindly(turn: Turn, decision: Decision): Decision {
	const { outOfScope } = turn;
	if (outOfScope === undefined || turn.state.mode !== 'bot') return decision;
	const text = `out_of_scope_${outOfScope}`;
	if (decision.silence !== undefined) {
		// The case is on its way: its one confirmation says it.
		if (turn.state.openRequestId !== undefined && turn.firstTime(text)) turn.memory.withCase = [text];
		return decision;
	}
	if (decision.parts.length === 0 || !turn.firstTime(text)) return decision;
	turn.understood.push(`out of scope: ${outOfScope}`);
	const greetings = decision.parts.filter((part) => GREETINGS.has(part.text));
	const others = decision.parts.filter((part) => !GREETINGS.has(part.text));
	return { ...decision, parts: [...greetings, { text }, ...others] };
}

/** Parts that come before anything else of a bubble. */
const GREETINGS: ReadonlySet<string> = new Set(['A1', 'B1', 'privacy', 'out_of_hours', 'resumed']);

/** Template K: the customer takes the direct link, or stays where everything is on record (D20). */
function decideLink(turn: Turn): Decision | undefined {
	const { linkOffer } = turn.memory;
	if (linkOffer === undefined) return undefined;
	if (turn.commands.has('stay_here')) {
		delete turn.memory.linkOffer;
		turn.understood.push('stays in this conversation');
		return { parts: [{ text: 'link_kept_here' }], next: 'The conversation goes on here.' };
	}
	if (!turn.commands.has('send_link')) return undefined;
	delete turn.memory.linkOffer;
	const advisor = linkOffer.advisor ?? `+${linkOffer.number}`;
	turn.understood.push(`accepted the link to +${linkOffer.number}; what is said there is not on record`);
	return {
		parts: [{ text: 'link_sent', values: { advisor } }],
		link: { text: 'link_label', url: `https://wa.me/${linkOffer.number}` },
		next: 'The customer may write to the advisor directly.',
	};
}

function decideConsent(turn: Turn): Decision | undefined {
	const out = turn.memory.optedOut ?? turn.contact.optedOut ?? false;
	if (turn.commands.has('opt_out')) {
		if (out) return silent('The customer had already opted out.');
		turn.memory.optedOut = true;
		turn.leaveFlow();
		turn.learn({ kind: 'learn', field: 'optOut', value: turn.at.toISOString() });
		turn.effects.push({ kind: 'close', requestId: `${turn.requestId}:close`, reason: 'opted_out' });
		turn.state.mode = 'closed';
		return { parts: [{ text: 'opted_out' }], next: 'No more messages.' };
	}
	if (!out) return undefined;
	if (turn.commands.has('opt_in')) {
		turn.memory.optedOut = false;
		turn.memory.told = (turn.memory.told ?? []).filter((key) => key !== 'opted_out_before');
		turn.learn({ kind: 'learn', field: 'optIn', value: turn.at.toISOString() });
		turn.state.mode = 'bot';
		turn.state.greeted = true;
		turn.state.menuPending = true;
		return { parts: [{ text: 'opted_in' }, { text: 'menu' }], choices: menuChoices(turn.profile), next: 'Menu.' };
	}
	if (!turn.firstTime('opted_out_before'))
		return silent('The customer opted out and was asked once whether to come back.');
	return {
		parts: [{ text: 'opted_out_before' }],
		choices: [
			{ id: 'opt_in', text: 'choice_attend_me' },
			{ id: 'no_thanks', text: 'choice_no_thanks' },
		],
		next: 'The customer decides whether to be written to again.',
	};
}

/** B14, D13: who waits for a person is told so once; who talks to a person is not disturbed. */
function decideWithPerson(turn: Turn): Decision | undefined {
	const { mode } = turn.state;
	if (mode === 'human' || mode === 'mirrored') {
		addToOpenCase(turn);
		return silent('A person has the conversation.');
	}
	if (mode !== 'waiting') return undefined;
	return decideWhileWaiting(turn);
}

/** D13: nobody has it yet. What is said reaches the open case and is acknowledged once; menus and questions rest. */
function decideWhileWaiting(turn: Turn): Decision {
	const caseId = turn.contact.openCases.some(({ id }) => id === turn.memory.caseId) ? turn.memory.caseId : undefined;
	const says = turn.leftovers.length > 0 || turn.needs.length > 0 || turn.files.length > 0 || turn.locations > 0;
	const hours = outOfHours(turn);
	if (caseId !== undefined && says) {
		const decision = continueCase(turn, caseId);
		return decision.silence === undefined
			? { parts: [...hours, ...decision.parts], next: decision.next }
			: spoken(hours, decision.next);
	}
	if (turn.firstTime('human_waiting'))
		return { parts: [...hours, { text: 'human_waiting' }], next: 'A person answers.' };
	return spoken(hours, 'A person was told and will answer.');
}

const spoken = (parts: readonly TextPart[], next: string): Decision =>
	parts.length === 0 ? silent(next) : { parts, next };

function decideTakeOver(turn: Turn): Decision | undefined {
	if (turn.commands.has('upset'))
		return takeOver(turn, turn.upsetReason ?? 'complaint', [{ text: 'take_over_complaint' }]);
	// A concrete need wins over the wish for a person, who is told of the case anyway.
	const concrete = turn.needs.some(({ intent }) => intent !== 'human');
	// Only a person can give a number of their own.
	if (turn.outOfScope === 'transfer' && turn.option === undefined)
		return takeOver(turn, 'wants_another_number', [{ text: 'out_of_scope_transfer' }, { text: 'take_over' }]);
	if (turn.commands.has('person') && !concrete) return takeOver(turn, 'asked_for_person', [{ text: 'take_over' }]);
	return undefined;
}

/** Confirms first, then the bot is silent (D33). */
export function takeOver(turn: Turn, reason: string, parts: readonly TextPart[]): Decision {
	const advisorName = turn.contact.ownerName;
	const handoff: HandoffEffect = {
		kind: 'handoff',
		requestId: `${turn.requestId}:handoff`,
		strength: 'take_over',
		reason,
		area: turn.option?.area ?? turn.profile.withoutOption.area,
		...(advisorName === undefined ? {} : { advisorName }),
	};
	turn.effects.push(handoff);
	turn.state.mode = 'waiting';
	turn.memory.personSince = turn.at.toISOString();
	turn.state.menuPending = false;
	delete turn.state.asked;
	turn.state.askedTimes = 0;
	const greeting = greetingParts(turn);
	return {
		parts: [...greeting.filter(({ text }) => text === 'A1'), ...outOfHours(turn), ...parts],
		next: `A person takes over (${reason}).`,
	};
}

/** D18: a voice note nobody could read is asked about once; the second goes to a person with a case. */
function decideVoiceNotes(turn: Turn): Decision | undefined {
	if (turn.voiceNotes.length === 0 || turn.needs.length > 0 || turn.progress) return undefined;
	const before = turn.memory.voiceNotes ?? 0;
	turn.memory.voiceNotes = before + turn.voiceNotes.length;
	if (duplicateOfSession(turn) !== undefined) return undefined;
	if (before === 0) {
		turn.memory.misses = 0;
		turn.memory.untranscribed = turn.voiceNotes;
		return {
			parts: [...greetingParts(turn).filter(({ text }) => text !== 'B1'), { text: 'voice_note' }],
			next: 'The customer writes what the voice note says.',
		};
	}
	const request = openCase(turn, turn.option);
	takeOver(turn, 'voice_notes', []);
	turn.effects.push(request);
	turn.understood.push('two voice notes');
	return silent('The case is registered and its number is said then.');
}

/** "ya no, gracias": what is under way is left, and nobody is reminded of it. */
function decideCancel(turn: Turn): Decision | undefined {
	if (!turn.commands.has('cancel') || turn.needs.length > 0) return undefined;
	turn.understood.push(`${turn.option?.label ?? 'the request'} cancelled`);
	turn.leaveFlow();
	delete turn.memory.heldNeed;
	delete turn.memory.severalNeeds;
	turn.state.mode = 'closed';
	turn.memory.closedAs = 'cancelled';
	return { parts: [{ text: 'cancelled' }], next: 'The customer does not want to go on.' };
}

/** Under which it is remembered that a case is not wanted any more: what is asked for next is another one. */
const droppedKey = (caseId: string): string => `dropped:${caseId}`;

/** "ya no, déjenlo así" after the confirmation: the team reads it on the case, and nobody is asked anything more. */
function decideDroppedCase(turn: Turn): Decision | undefined {
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
function decideCaseStatus(turn: Turn): Decision | undefined {
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

/** The hours are known: they are said, and what was asked before still waits. */
function decideHours(turn: Turn): Decision | undefined {
	if (!turn.commands.has('hours') || turn.progress || turn.state.mode !== 'bot') return undefined;
	const needs = turn.needs.filter(({ text }) => !turn.written.includes(text) || classifiesWithoutHours(turn, text));
	if (needs.length > 0) return undefined;
	turn.needs.splice(0);
	const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
	const parts = [...greetingParts(turn).filter(({ text }) => text !== 'B1'), { text: 'business_hours' }];
	if (asked !== undefined) return goOnAsking(turn, parts, asked);
	if (turn.option === undefined) turn.state.menuPending = true;
	return {
		parts: [...parts, { text: 'A4' }],
		choices: menuChoices(turn.profile),
		next: 'The customer chooses from the menu.',
	};
}

/** Whether a message that asks for the hours names a thing as well ("precio de la impresora y hasta qué hora atienden"). */
function classifiesWithoutHours(turn: Turn, text: string): boolean {
	const { entities, intent } = classify(text, { profile: turn.profile });
	return entities.product !== undefined || entities.orderNumber !== undefined || intent !== 'quotation';
}

/** "nada, gracias" at the menu: nobody is reminded of it. */
function nothingNeeded(turn: Turn): Decision {
	turn.state.menuPending = false;
	turn.state.mode = 'closed';
	delete turn.state.asked;
	turn.state.askedTimes = 0;
	turn.memory.closedAs = 'nothing_needed';
	return {
		parts: [...greetingParts(turn).filter(({ text }) => text !== 'B1'), { text: 'thanks' }],
		next: 'Nothing is needed.',
	};
}

function decideHeldNeed(turn: Turn): Decision | undefined {
	const held = turn.memory.heldNeed;
	if (held === undefined && turn.commands.has('no_thanks') && turn.needs.length === 0 && turn.option === undefined)
		return nothingNeeded(turn);
	if (held === undefined || turn.option !== undefined) return undefined;
	if (turn.commands.has('no_thanks')) {
		delete turn.memory.heldNeed;
		return turn.firstTime('thanks')
			? { parts: [{ text: 'thanks' }], next: 'Nothing more.' }
			: silent('The customer needs nothing more.');
	}
	if (!turn.commands.has('resume')) return undefined;
	delete turn.memory.heldNeed;
	const option = turn.profile.options.find(({ id }) => id === held.option);
	if (option === undefined) return undefined;
	chooseOption(turn, option);
	turn.state.subject = held.subject;
	prefill(turn, held.subject, classify(held.subject, { profile: turn.profile }));
	return undefined;
}

function decideMenu(turn: Turn): Decision | undefined {
	const greetedAgain =
		turn.commands.has('greeting') &&
		turn.state.greeted &&
		turn.needs.length === 0 &&
		!turn.progress &&
		turn.files.length === 0;
	const returnedToday = turn.state.mode === 'closed';
	if (!turn.commands.has('menu') && !(greetedAgain && !returnedToday)) return undefined;
	if (turn.commands.has('menu') && turn.progress && turn.option !== undefined) return undefined;
	return showMenu(turn, turn.commands.has('menu') ? 'The customer asked for the menu.' : 'Greeted again.');
}

function showMenu(turn: Turn, why: string): Decision {
	turn.leaveFlow();
	delete turn.memory.severalNeeds;
	turn.memory.menuShown = true;
	turn.state.menuPending = true;
	turn.state.greeted = true;
	turn.rules.push(why);
	return {
		parts: [...outOfHours(turn), { text: 'menu' }],
		choices: menuChoices(turn.profile),
		next: 'The customer chooses from the menu.',
	};
}

/** Finds the flow for what was said; more of the same goes to the open case (D16), a second need waits (D15). */
function decideNeed(turn: Turn): Decision | undefined {
	if (turn.commands.has('another_request')) {
		turn.memory.anotherRequest = true;
		const option = turn.profile.options.find(({ id }) => id === turn.memory.caseOption);
		if (option === undefined) return showMenu(turn, 'Another request.');
		const subject = turn.memory.lastAdded;
		chooseOption(turn, option);
		if (subject !== undefined) prefill(turn, subject, classify(subject, { profile: turn.profile }));
		delete turn.memory.lastAdded;
		return undefined;
	}
	const wanted = wantedOptions(turn);
	const [first, second] = wanted;
	if (first !== undefined && second !== undefined && turn.option === undefined && !continuesSessionCase(turn)) {
		turn.memory.severalNeeds = wanted.slice(0, 2).map(({ option, text }) => ({ option: option.id, text }));
		turn.progress = true;
		turn.understood.push(...wanted.slice(0, 2).map(({ option }) => option.label));
		return undefined;
	}
	if (turn.option !== undefined && turn.memory.severalNeeds !== undefined) takeFirstNeed(turn, turn.option);
	if (first === undefined) return turn.option === undefined ? decideMoreOfTheSame(turn) : decideDuplicate(turn);
	if (turn.option === undefined && continuesSessionCase(turn)) return continueCase(turn, turn.memory.caseId ?? '');
	if (first.option.id !== turn.option?.id) changeTo(turn, first);
	else turn.progress = true;
	if (turn.option !== undefined && turn.memory.severalNeeds !== undefined) takeFirstNeed(turn, turn.option);
	turn.state.intent = first.intent;
	return decideDuplicate(turn);
}

/** "no, mejor no, lo que necesito es …": what was under way is not wanted any more. */
const DROPPED =
	/\b(?:mejor no|ya no (?:quiero|necesito|me interesa)|olvid(?:a|e|alo|elo|ate|ese)|dej(?:a|e|emos) (?:eso|asi|lo)|cambie de (?:idea|opinion)|no (?:es|era) (?:una |para )?cotiza\w*)\b/;

/** Goes over to another need; the one that was under way is kept and offered afterwards. */
function changeTo(turn: Turn, wanted: WantedOption): void {
	const left = turn.option;
	const subject = turn.state.subject ?? '';
	chooseOption(turn, wanted.option);
	for (const need of turn.needs)
		if (wanted.option.intents.includes(need.intent))
			prefill(turn, need.text, classify(need.text, { profile: turn.profile }));
	placeLeftovers(turn);
	if (left === undefined) return;
	turn.understood.push(`changed from “${left.label}”`);
	turn.state.subject = wanted.text;
	if (!DROPPED.test(plain(turn.written.join(' ')))) turn.memory.heldNeed ??= { option: left.id, subject };
}

/** The customer said which of several needs comes first: the other waits. */
function takeFirstNeed(turn: Turn, option: MenuOption): void {
	const needs = turn.memory.severalNeeds ?? [];
	delete turn.memory.severalNeeds;
	for (const { option: id, text } of needs) {
		if (id === option.id) prefill(turn, text, classify(text, { profile: turn.profile }));
		else turn.memory.heldNeed = { option: id, subject: text };
	}
}

/** Whether what was said only tells more about the case of this session ("con 16 GB de RAM"). */
function continuesSessionCase(turn: Turn): boolean {
	return duplicateOfSession(turn) !== undefined && turn.needs.every(({ asks }) => !asks);
}

interface WantedOption {
	readonly option: MenuOption;
	readonly intent: Intent;
	readonly text: string;
}

/** Options for the needs of this turn, without repetition, in the order they were said. */
function wantedOptions(turn: Turn): WantedOption[] {
	const wanted = new Map<string, WantedOption>();
	for (const { intent, text } of turn.needs) {
		const option = turn.profile.options.find(({ intents }) => intents.includes(intent));
		if (option !== undefined && !wanted.has(option.id)) wanted.set(option.id, { option, intent, text });
	}
	return [...wanted.values()];
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

/** The last answered choice that leads to a kind of case or an area of its own. */
function chosenAnswer(turn: Turn, option: MenuOption | undefined): { caseType?: CaseType; area?: string } | undefined {
	return (option?.questions ?? [])
		.flatMap(({ field, choices }) => choices.filter(({ value }) => ownValue(turn.fields, field) === value))
		.findLast(({ caseType, area }) => caseType !== undefined || area !== undefined);
}

function aboutOf(turn: Turn): string | undefined {
	return turn.fields['product'] || turn.fields['orderNumber'] || turn.fields['details'] || undefined;
}

/** D16: the same subject inside the window goes on in the same case, and is said once. */
function decideDuplicate(turn: Turn): Decision | undefined {
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
const duplicateOfSession = (turn: Turn): string | undefined => (turn.state.menuPending ? undefined : sessionCase(turn));

/** After the confirmation: text without a need of its own, and files, belong to the case. */
function decideMoreOfTheSame(turn: Turn): Decision | undefined {
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

function continueCase(turn: Turn, caseId: string): Decision {
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
function addToOpenCase(turn: Turn): void {
	const { caseId } = turn.memory;
	if (caseId === undefined || turn.files.length === 0) return;
	turn.effects.push({ kind: 'addToCase', requestId: `${turn.requestId}:note`, caseId, attachments: turn.files });
	turn.state.attachments = [];
}

/** Greeting of the session, once: A1 for the new, B1 for the known (D3). */
function greetingParts(turn: Turn): TextPart[] {
	// A case of this very session makes the contact a returning one; that is no reason to greet again.
	if (turn.state.greeted) return [];
	turn.state.greeted = true;
	if (turn.contact.returning) {
		turn.state.returningGreeted = true;
		return [{ text: 'B1' }];
	}
	const privacy: TextPart[] = turn.profile.consent.privacyUrl === '' ? [] : [{ text: 'privacy' }];
	if (privacy.length > 0)
		turn.learn({
			kind: 'learn',
			field: 'consent',
			value: JSON.stringify({ at: turn.at.toISOString(), textVersion: turn.profile.consent.textVersion }),
		});
	return [{ text: 'A1' }, ...privacy];
}

function outOfHours(turn: Turn): TextPart[] {
	const { hours } = turn.profile;
	if (!hours.announce || hours.inWords === '' || isOpen(turn.profile, turn.at)) return [];
	return turn.firstTime('out_of_hours') ? [{ text: 'out_of_hours' }] : [];
}

/** Files that came with words, or before the need is known, are acknowledged once. */
function fileParts(turn: Turn): TextPart[] {
	if (turn.files.length === turn.stickers || turn.files.length === turn.voiceNotes.length) return [];
	return turn.firstTime('attachment_received') ? [{ text: 'attachment_received' }] : [];
}

/** Scenario 4: nothing but files, and no need known yet. Names the kind (D17). */
function fileQuestion(turn: Turn): string | undefined {
	const files = turn.files.filter(({ media }) => media.type !== 'sticker' && media.type !== 'voice');
	if (files.length === 0) return turn.locations > 0 ? 'location_received' : undefined;
	const kinds = new Set(files.map(({ media }) => media.type));
	const [kind] = kinds;
	if (kinds.size > 1) return 'attachment_several';
	return kind === 'image' || kind === 'document' || kind === 'video' || kind === 'audio'
		? `attachment_${kind}`
		: undefined;
}

/** The next question, the menu, or the case. */
function decideNext(turn: Turn): Decision {
	const reopened = turn.state.mode === 'closed';
	turn.state.mode = 'bot';
	const wasGreeted = turn.state.greeted;
	const onlyFiles =
		turn.written.length === 0 && (turn.files.length > turn.stickers + turn.voiceNotes.length || turn.locations > 0);
	if (turn.stickers > 0 && turn.stickers === turn.files.length && turn.written.length === 0 && wasGreeted)
		return silent('A sticker is no answer; the question stays.');

	const greeting = greetingParts(turn);
	const lead: TextPart[] = [
		...greeting,
		...outOfHours(turn),
		...(reopened && greeting.length === 0 ? [{ text: 'resumed' }] : []),
	];

	if (onlyFiles) {
		const question = fileQuestion(turn);
		const asked = turn.state.asked === undefined ? undefined : turn.question(turn.state.asked);
		const needed = turn.option === undefined && asked === undefined && turn.missingContact().length > 0;
		const needUnknown = turn.option === undefined && asked === undefined;
		if (question !== undefined && (needUnknown || asked?.type === 'product') && turn.firstTime(question)) {
			turn.state.menuPending = turn.option === undefined && !needed;
			return {
				parts: [...lead.filter(({ text }) => text !== 'B1'), { text: question }],
				...(turn.option === undefined ? { choices: menuChoices(turn.profile) } : {}),
				next: 'The customer says what the file is for.',
			};
		}
		if (asked?.type === 'text' && turn.option !== undefined) turn.keep(asked.field, turn.state.subject ?? asked.field);
	}

	const quiet = decideSmallTalk(turn, wasGreeted);
	if (quiet !== undefined) return quiet;

	const [question] = turn.missing();
	if (question !== undefined && !(turn.option === undefined && turn.profile.start === 'menu')) {
		const asked = ask(turn, lead, question);
		if (asked !== undefined) return asked;
	}
	const rest = turn.missing()[0];
	if (rest !== undefined && (turn.option !== undefined || turn.profile.start === 'data')) {
		const asked = ask(turn, lead, rest);
		if (asked !== undefined) return asked;
	}
	if (turn.option !== undefined) return registerCase(turn);
	if (turn.memory.severalNeeds !== undefined) return askWhichFirst(turn, lead, turn.memory.severalNeeds);
	return askForNeed(turn, lead, wasGreeted);
}

/** "gracias", "ok": answered once when nothing is open, and never in place of a question. */
function decideSmallTalk(turn: Turn, wasGreeted: boolean): Decision | undefined {
	if (!wasGreeted || turn.progress || turn.needs.length > 0 || turn.leftovers.length > 0 || turn.option !== undefined)
		return undefined;
	// "ok, gracias" under the menu that came with the opening hours: that was all.
	if (turn.commands.has('thanks') && turn.state.menuPending && turn.files.length === 0) return nothingNeeded(turn);
	if (turn.state.asked !== undefined || turn.state.menuPending || turn.files.length > 0 || turn.unreadable > 0)
		return undefined;
	if (turn.missingContact().length > 0 && turn.profile.start === 'data') return undefined;
	if (turn.commands.has('thanks'))
		return turn.firstTime('thanks')
			? { parts: [{ text: 'thanks' }], next: 'Nothing is open.' }
			: silent('Thanked already.');
	if (turn.commands.has('acknowledgement') && turn.state.caseNumber !== undefined)
		return silent('An acknowledgement after the confirmation needs no answer.');
	return undefined;
}

/** Asks a question, or gives it up when it was asked often enough; then the next one is asked. */
function ask(turn: Turn, lead: readonly TextPart[], question: Question): Decision | undefined {
	const times = turn.timesAsked(question.field);
	const again = times > 0;
	// Who answers something else, or corrects, has not failed to answer; three times is enough all the same.
	const attempts = turn.progress && turn.refused?.field !== question.field ? MOST_ATTEMPTS : question.attempts;
	if (times >= attempts) {
		giveUp(turn, question.field);
		const [next] = turn.missing();
		return next === undefined ? undefined : ask(turn, lead, next);
	}
	const refused = turn.refused?.field === question.field ? turn.refused : undefined;
	turn.state.askedTimes = times + 1;
	turn.state.asked = question.field;
	turn.state.menuPending = false;
	const parts = refused?.parts ?? [{ text: question.textKey }];
	const choices = choicesOf(turn, question, again);
	const unreadable: TextPart[] =
		turn.unreadable > 0 && turn.written.length === 0 ? [{ text: 'unreadable_message' }] : [];
	return {
		parts: [...lead, ...fileParts(turn), ...unreadable, ...parts],
		...(choices === undefined || choices.length === 0 ? {} : { choices }),
		next: `The customer answers ${question.field}.`,
	};
}

/** D15: the customer chooses which need comes first. */
function askWhichFirst(
	turn: Turn,
	lead: readonly TextPart[],
	needs: ReadonlyArray<{ readonly option: string }>,
): Decision {
	if (turn.memory.told?.includes('two_needs')) {
		const option = turn.profile.options.find(({ id }) => id === needs[0]?.option);
		if (option !== undefined) {
			chooseOption(turn, option);
			takeFirstNeed(turn, option);
			return decideNext(turn);
		}
	}
	turn.firstTime('two_needs');
	turn.state.menuPending = true;
	return {
		parts: [...lead, ...fileParts(turn), { text: 'two_needs' }],
		choices: needs.map(({ option }) => ({ id: `option:${option}`, text: `option:${option}` })),
		next: 'The customer says which need comes first.',
	};
}

/** Nothing is missing of the person, and no need is known. */
function askForNeed(turn: Turn, lead: readonly TextPart[], wasGreeted: boolean): Decision {
	const choices = menuChoices(turn.profile);
	const files = fileParts(turn);
	const menu = (parts: readonly TextPart[], next = 'The customer chooses from the menu.'): Decision => {
		delete turn.state.asked;
		turn.state.askedTimes = 0;
		turn.state.menuPending = true;
		turn.memory.menuShown = true;
		return { parts: [...lead, ...files, ...parts], choices, next };
	};
	if (turn.contact.returning && !turn.progress && turn.leftovers.length === 0 && lead.some(({ text }) => text === 'B1'))
		return menu([{ text: 'B2' }]);
	if (turn.progress && turn.leftovers.length === 0) return menu([{ text: turn.contact.returning ? 'B2' : 'A4' }]);
	if (!wasGreeted && turn.leftovers.length === 0)
		return turn.profile.start === 'menu' ? withoutSecondGreeting(menu([{ text: 'menu' }])) : menu([{ text: 'A4' }]);
	return decideNotUnderstood(turn, menu);
}

/** D15, B14: the menu first, or template F for a long or scattered turn; then the menu again; then a person. */
function decideNotUnderstood(turn: Turn, menu: (parts: readonly TextPart[], next?: string) => Decision): Decision {
	const misses = (turn.memory.misses ?? 0) + 1;
	turn.memory.misses = misses;
	const words = turn.written.join(' ').split(/\s+/).length;
	const scattered = words > LONG_TURN_WORDS || turn.written.length >= MANY_MESSAGES;
	if (scattered && turn.firstTime('F1')) {
		const decision = menu([{ text: 'F1' }], 'The customer says it in one sentence.');
		turn.state.menuPending = false;
		return { parts: decision.parts, next: decision.next };
	}
	if (misses >= 3) return takeOver(turn, 'not_understood', [{ text: 'take_over' }]);
	if (misses === 1) return withoutSecondGreeting(menu([{ text: 'menu' }]));
	const decision = menu([{ text: 'not_understood' }, { text: 'A4' }]);
	return turn.profile.options.length < 10
		? { ...decision, choices: [...(decision.choices ?? []), { id: 'person', text: 'choice_person' }] }
		: decision;
}

/** The initial menu brings its own greeting. */
function withoutSecondGreeting(decision: Decision): Decision {
	return { ...decision, parts: decision.parts.filter(({ text }) => text !== 'A1' && text !== 'B1') };
}

function subjectOf(turn: Turn): string {
	const { product, quantity, details, orderNumber } = turn.fields;
	const named = [quantity, product].filter((part) => part).join(' ');
	return (
		[named, orderNumber, details].filter((part) => part).join(' · ') ||
		(turn.state.subject ?? '') ||
		(turn.option?.label ?? '')
	);
}

/** The request for a case, with everything that is known. */
export function openCase(turn: Turn, option: MenuOption | undefined): OpenCaseEffect {
	const chosen = chosenAnswer(turn, option);
	const type = chosen?.caseType ?? option?.caseType ?? turn.profile.withoutOption.caseType;
	const area = chosen?.area ?? option?.area ?? areaOf(type, turn.profile);
	const requestId = `${turn.requestId}:case`;
	const { rule } = turn.profile.leads;
	const advisorName = turn.fields['advisor'] || turn.contact.ownerName;
	const fields = Object.fromEntries(
		Object.entries({
			...(turn.contact.name === undefined ? {} : { name: turn.contact.name }),
			...(turn.contact.identification === undefined ? {} : { identification: turn.contact.identification }),
			...turn.fields,
		}).filter(([, value]) => value !== ''),
	);
	turn.state.openRequestId = requestId;
	turn.memory.caseSubject = subjectOf(turn);
	turn.memory.openArea = area;
	if (option === undefined) delete turn.memory.openOption;
	else turn.memory.openOption = option.id;
	return {
		kind: 'openCase',
		requestId,
		type,
		area,
		...(option === undefined ? {} : { option: option.id }),
		subject: subjectOf(turn),
		fields,
		attachments: turn.state.attachments,
		createLead: rule === 'all' || (rule === 'formal' && type === 'quotation' && turn.fields['detailLevel'] !== ''),
		...(advisorName === undefined ? {} : { advisorName }),
		...(turn.memory.incompleteRequestId === undefined ? {} : { reopens: turn.memory.incompleteRequestId }),
	};
}

/** Why a person is told of the request at once, while the bot goes on (D33). */
function reasonToNotify(turn: Turn, request: OpenCaseEffect): string | undefined {
	const { handoff } = turn.profile;
	if (request.type === 'quotation' && handoff.formalQuotation) return 'formal_quotation';
	if (request.type !== 'quotation' && request.type !== 'information') return undefined;
	const { product, quantity, identification, company, email, amount, detailLevel } = request.fields;
	const score = scoreLead(
		{ product, quantity, identification, company, email, budget: amount, need: request.subject },
		detailLevel === 'formal',
	);
	return score >= handoff.leadScore ? 'lead_score' : undefined;
}

/** Everything is known: the case is asked for; its number is said when it has one (D4). */
function registerCase(turn: Turn): Decision {
	const request = openCase(turn, turn.option);
	turn.effects.push(request);
	const reason = reasonToNotify(turn, request);
	if (reason !== undefined)
		turn.effects.push({
			kind: 'handoff',
			requestId: `${turn.requestId}:handoff`,
			strength: 'notify',
			reason,
			area: request.area,
			caseRequestId: request.requestId,
			...(request.advisorName === undefined ? {} : { advisorName: request.advisorName }),
		});
	delete turn.state.asked;
	turn.state.askedTimes = 0;
	turn.state.menuPending = false;
	delete turn.memory.anotherRequest;
	return silent('The case is registered; its number is said then.');
}
