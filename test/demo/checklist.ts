import { isDeepStrictEqual } from 'node:util';

import { expectedQuotationEnding, quotationBubbles } from '../support/host/quotationJourney';
import type { StoreEnding } from '../support/host/storeEnding';

/** One line of the demo's report. */
export interface CheckedLine {
	readonly fine: boolean;
	readonly line: string;
	/** What was expected and what was found, when it is not fine. */
	readonly detail?: string;
}

const shown = (value: unknown): string => JSON.stringify(value, null, 2);

function compared(line: string, expected: unknown, found: unknown): CheckedLine {
	if (isDeepStrictEqual(found, expected)) return { fine: true, line };
	return { fine: false, line, detail: `expected ${shown(expected)}\nfound    ${shown(found)}` };
}

/** Compares what the customer read and what the store holds with what the decisions promise. */
export function checkQuotation(ending: StoreEnding, bubbles: readonly string[]): readonly CheckedLine[] {
	const caseNumber = String(ending.cases[0]?.number ?? 'PS-?');
	const expected = expectedQuotationEnding(caseNumber);
	const [conversation] = ending.conversations;
	const [expectedConversation] = expected.conversations;
	const withNumber = bubbles.filter((text) => text.includes(caseNumber));
	return [
		compared(`${bubbles.length} bubbles, word for word and in order`, quotationBubbles(caseNumber), bubbles),
		compared(`one of them says the case number ${caseNumber}`, 1, withNumber.length),
		compared('one contact with name and identification', expected.contacts, ending.contacts),
		compared('one conversation', 1, ending.conversations.length),
		compared(
			`it holds all ${conversation?.received.length ?? 0} messages of the customer`,
			expectedConversation?.received,
			conversation?.received,
		),
		compared(
			`and all ${conversation?.sent.length ?? 0} answers, with their ticks`,
			expectedConversation?.sent,
			conversation?.sent,
		),
		compared('one case with its number and the photo', expected.cases, ending.cases),
		compared('one lead with the photo', expected.leads, ending.leads),
		compared('nothing is left to do', [], ending.unfinished),
	];
}
