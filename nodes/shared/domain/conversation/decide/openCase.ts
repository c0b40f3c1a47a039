import { areaOf } from '../../cases/areaRouting';
import { scoreLead } from '../../leads/leadDraft';
import { ownValue } from '../../ownValue';
import type { MenuOption } from '../../profile/businessProfile';
import type { Turn } from '../turn';
import type { CaseType, OpenCaseEffect } from '../types';
import { type Decision, silent } from './decision';

/** The last answered choice that leads to a kind of case or an area of its own. */
export function chosenAnswer(
	turn: Turn,
	option: MenuOption | undefined,
): { caseType?: CaseType; area?: string } | undefined {
	return (option?.questions ?? [])
		.flatMap(({ field, choices }) => choices.filter(({ value }) => ownValue(turn.fields, field) === value))
		.findLast(({ caseType, area }) => caseType !== undefined || area !== undefined);
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
export function registerCase(turn: Turn): Decision {
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
