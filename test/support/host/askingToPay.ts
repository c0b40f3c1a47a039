import type { Customer } from '../../simulators/graph';
import type { PersonAtInbox } from './inboxPage';

export interface AmountAsked {
	/** As the advisor writes it. */
	readonly amount: string;
	readonly description?: string;
	/** By which the conversation is found in the list; the name in their profile unless told. */
	readonly name?: string;
}

/** The addresses that the customer can tap, oldest first. */
export const addressesRead = ({ received }: Customer): string[] =>
	received.flatMap(({ buttons }) => buttons?.flatMap(({ url }) => (url === undefined ? [] : [url])) ?? []);

/** An advisor sets the amount in the inbox. @returns the address that the customer can tap */
export async function asksToPay(
	{ page, openConversation }: PersonAtInbox,
	customer: Customer,
	{ amount, description = '3 impresoras', name = customer.profileName }: AmountAsked,
): Promise<string> {
	const before = addressesRead(customer).length;
	await openConversation(name);
	await page.getByRole('button', { name: 'Pedir pago' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Valor').fill(amount);
	await dialog.getByLabel('Concepto').fill(description);
	await dialog.getByRole('button', { name: 'Crear y enviar enlace' }).click();
	await dialog.waitFor({ state: 'detached' });
	await customer.waitFor(() => addressesRead(customer).length > before);
	return addressesRead(customer)[before] ?? '';
}
