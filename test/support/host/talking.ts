import type { Customer } from '../../simulators/graph';

/** What the customer reads in answer to what they do. */
export async function answerTo(customer: Customer, act: () => unknown): Promise<string> {
	const before = customer.received.length;
	await act();
	const received = await customer.waitForCount(before + 1);
	return received[before]?.text ?? '';
}

/** Each text is written after the answer to the one before; the answers, in order. */
export async function talks(customer: Customer, ...texts: readonly string[]): Promise<string[]> {
	const answers: string[] = [];
	for (const text of texts) answers.push(await answerTo(customer, () => customer.text(text)));
	return answers;
}

/** Taps the newest button with this title; what is read then. */
export const tapping = (customer: Customer, title: string): Promise<string> =>
	answerTo(customer, () => customer.tapButton(title));
