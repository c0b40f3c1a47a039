/** What is known of how somebody is called. */
interface Called {
	readonly name: string | null;
	readonly profile_name: string | null;
	readonly phone: string | null;
	readonly username: string | null;
}

/**
 * How a customer is known: by name, else as WhatsApp shows them, else by number, else by their username, which is all that
 * somebody without a number shows. Nothing where none of it is known: then whoever asks says what else there is.
 */
export const knownName = (contact: Called | undefined): string | undefined =>
	[contact?.name, contact?.profile_name, contact?.phone, contact?.username].find(
		(called): called is string => typeof called === 'string' && called.trim() !== '',
	);

/** How the team reads a customer's name, also of one of whom nothing is known but that they write on WhatsApp. */
export const customerName = (contact: Called | undefined): string => knownName(contact) ?? 'WhatsApp';
