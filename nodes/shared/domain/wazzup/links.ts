import { LONGEST_ADDRESS } from './limits';

export type LinkProblemKind = 'empty' | 'not_an_address' | 'not_https' | 'too_long' | 'wrong_host' | 'unreachable';

/** Why the link of a contact or deal does not lead to its card. */
export interface LinkProblem {
	readonly kind: LinkProblemKind;
	/** What is wrong, for people. */
	readonly message: string;
	/** What to do. */
	readonly description: string;
}

const SYNC_AGAIN = 'Save the contact or deal again with the address of its card.';

/** What is wrong with a link as it is written. Whether it can be reached is somebody else's question. */
export function linkProblem(uri: string | undefined, host?: string): LinkProblem | undefined {
	const link = uri?.trim() ?? '';
	if (link === '') {
		return { kind: 'empty', message: 'There is no link: the name in Wazzup leads nowhere', description: SYNC_AGAIN };
	}
	if (link.length > LONGEST_ADDRESS) {
		return {
			kind: 'too_long',
			message: `The link has ${link.length} characters; Wazzup keeps ${LONGEST_ADDRESS}`,
			description: 'Link to a shorter address.',
		};
	}
	if (!URL.canParse(link)) {
		return { kind: 'not_an_address', message: `'${link}' is not a web address`, description: SYNC_AGAIN };
	}
	const url = new URL(link);
	if (url.protocol !== 'https:') {
		return {
			kind: 'not_https',
			message: `The link begins with ${url.protocol}//`,
			description: 'Browsers do not open it from Wazzup. Serve the card by https.',
		};
	}
	const wanted = host?.trim().toLowerCase() ?? '';
	if (wanted !== '' && url.host !== wanted) {
		return {
			kind: 'wrong_host',
			message: `The link leads to ${url.host}, not to ${wanted}`,
			description: `${SYNC_AGAIN} It was written when the CRM had another address.`,
		};
	}
	return undefined;
}
