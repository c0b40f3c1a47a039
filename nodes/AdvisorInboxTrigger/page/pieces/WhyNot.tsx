import type { Failure } from '../../../shared/domain/failures/failure';
import { whyNot } from '../words/failures/words';
import { words } from '../words/words';

/** Why something could not be done, and what to do; until the words are there, that it failed. */
export function WhyNot({ of }: { of: Failure }) {
	const said = whyNot(of);
	if (said === undefined) return <>{words.value.thread.status.failed}</>;
	return (
		<>
			{said.text} {said.detail}
		</>
	);
}
