import type { RefusalCode, RefusalValues } from '../../../../shared/domain/inbox/refusals';

/** What the page says of everything that the desk refuses: what is the matter, and how to go on. */
export type RefusalWords = {
	readonly [Code in RefusalCode]: (values: RefusalValues<Code>) => { readonly text: string; readonly detail?: string };
};
