import type { RefusalCause } from './inbox/refusals';

/** What somebody typed or passed on cannot be used. Found before any call was made. */
export class InvalidInput extends Error {
	/** How to fix it. */
	readonly description?: string;
	/** Display name of the parameter, as the editor shows it. */
	readonly parameter?: string;
	/** Why, for the inbox's own words, where its page can meet this. */
	readonly reason?: RefusalCause;

	/** @param details.message What happened, with the parameter's display name in '…'. */
	constructor(details: {
		readonly message: string;
		readonly description?: string;
		readonly parameter?: string;
		readonly reason?: RefusalCause;
	}) {
		super(details.message);
		this.name = 'InvalidInput';
		this.description = details.description;
		this.parameter = details.parameter;
		this.reason = details.reason;
	}
}
