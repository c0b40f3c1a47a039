/** The store cannot be used. `message` says what happened, `description` how to put it right; neither holds a secret. */
export class StoreUnavailable extends Error {
	readonly description: string;

	constructor(message: string, description: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.name = 'StoreUnavailable';
		this.description = description;
	}
}
