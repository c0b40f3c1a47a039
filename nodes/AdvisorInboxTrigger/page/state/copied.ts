import { words } from '../words/words';
import { notify } from './notices';

/** Hands words to the clipboard. A browser without a safe connection, or one that was told not to, takes none. */
export async function isCopied(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// Whoever asked says so, and how it is done by hand.
		return false;
	}
}

/** Takes words along to somewhere else, and says whether that worked. */
export async function copy(text: string): Promise<void> {
	const { copied, notCopied } = words.value.actions;
	if (await isCopied(text)) notify('done', copied);
	else notify('trouble', notCopied);
}
