import type { AuditLineView } from '../../../../shared/domain/inbox/views';
import { ownValue } from '../../../../shared/domain/ownValue';
import { money } from '../../format';
import { me } from '../../state/session';
import { language, words } from '../words';
import { detailNames } from './detailNames';

type Payload = NonNullable<AuditLineView['payload']>;

/** They name rows, executions and bytes, which say nothing to people; the file that is downloaded has them. */
const NAMES_A_ROW = /(?:^id|Id|Ids)$/;
const OF_THE_MACHINE: ReadonlySet<string> = new Set(['branches', 'kind', 'operation', 'profileVersion', 'sha256']);

/** What the dialogue notes of itself; «¿Por qué?» tells it in the thread. Here stands what the customer read. */
const OF_A_TURN: ReadonlySet<string> = new Set(['understood', 'rule', 'confidence', 'asked', 'next', 'matched']);

function valueInWords(field: string, value: string): string {
	const { cases, lead, modes, approvals } = words.value;
	if (field === 'type') return ownValue(cases.types, value) ?? value;
	if (field === 'area') return me().business.areas.find(({ key }) => key === value)?.name ?? value;
	const states = [cases.statuses, lead.stages, modes, approvals.states, cases.priorities];
	return states.map((names) => ownValue(names, value)).find((name) => name !== undefined) ?? value;
}

/** A single value, or several of them, as text; what is nested is no detail for people. */
function flat(value: unknown): readonly string[] {
	if (Array.isArray(value)) return value.flatMap(flat);
	const { yes, no } = detailNames[language.value];
	if (typeof value === 'boolean') return [value ? yes : no];
	return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

function withMoney(payload: Payload): Payload {
	const { amount, currency, ...others } = payload;
	if (typeof amount !== 'string' || typeof currency !== 'string') return payload;
	return { ...others, amount: money(amount, currency) };
}

/** What a line of the audit log tells beside its action, for people. */
export function detailInWords({ payload = {} }: AuditLineView): string {
	// Its number is said with what the line is about.
	const { number: _number, ...told } = withMoney(payload);
	const isTurn = Array.isArray(payload.said);
	return Object.entries(told)
		.filter(([field]) => !NAMES_A_ROW.test(field) && !OF_THE_MACHINE.has(field))
		.filter(([field]) => !isTurn || !OF_A_TURN.has(field))
		.flatMap(([field, value]) => {
			const said = flat(value)
				.filter((one) => one !== '')
				.map((one) => valueInWords(field, one))
				.join(', ');
			if (said === '') return [];
			if (field === 'said' || field === 'text') return [said];
			const names = [detailNames[language.value], words.value.lead.fields];
			const name = names.map((known) => ownValue(known, field)).find((known) => known !== undefined);
			return [`${name ?? field}: ${said}`];
		})
		.join(' · ');
}
