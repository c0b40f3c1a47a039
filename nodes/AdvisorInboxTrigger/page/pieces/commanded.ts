import { useRef, useState } from 'preact/hooks';

import type { CommandName } from '../../../shared/domain/inbox/requests';
import { command, newRequestId, NoConnection, Refusal, type CommandRequest } from '../server/ask';
import { inWords, notify, notifyTrouble, type Said } from '../state/notices';

export interface Commanded {
	readonly busy: boolean;
	readonly said?: Said;
	/** Gives the command; true when it is done. The same wish after no answer carries the same request id. */
	readonly give: <Name extends CommandName>(
		name: Name,
		input: CommandRequest<Name>,
		done?: string,
	) => Promise<{ readonly answer: unknown } | undefined>;
}

/** Commands of one form or button. `quiet`: the form says what went wrong, not a notice. */
export function useCommand({ quiet = false }: { quiet?: boolean } = {}): Commanded {
	const [busy, setBusy] = useState(false);
	const [said, setSaid] = useState<Said>();
	const open = useRef<{ wish: string; requestId: string } | undefined>(undefined);
	async function give<Name extends CommandName>(
		name: Name,
		input: CommandRequest<Name>,
		done?: string,
	): Promise<{ readonly answer: unknown } | undefined> {
		const wish = JSON.stringify([name, input]);
		const requestId = open.current?.wish === wish ? open.current.requestId : newRequestId();
		open.current = { wish, requestId };
		setBusy(true);
		setSaid(undefined);
		try {
			const answer = await command(name, input, requestId);
			open.current = undefined;
			if (done) notify('done', done);
			return { answer };
		} catch (reason) {
			// Refused: nothing happened, another try is another wish. No answer: it may have happened.
			if (!(reason instanceof NoConnection) && reason instanceof Refusal && reason.status !== 401)
				open.current = undefined;
			if (quiet) setSaid(inWords(reason));
			else notifyTrouble(reason);
			return undefined;
		} finally {
			setBusy(false);
		}
	}
	return { busy, ...(said ? { said } : {}), give };
}
