/** What is known of how somebody is called. */
interface Called {
	readonly name: string | null;
	readonly profile_name: string | null;
	readonly phone: string | null;
}

/** How a customer is known: by name, else as WhatsApp shows them, else by number; nothing where none of it is known. */
export const knownName = (contact: Called | undefined): string | null | undefined =>
	contact?.name ?? contact?.profile_name ?? contact?.phone;
