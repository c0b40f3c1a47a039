import { phraseIndexOf } from '../../nodes/shared/domain/classifier/phraseIndex';
import { read } from '../../nodes/shared/domain/classifier/reading';
import { signsOf, type Shown } from '../../nodes/shared/domain/classifier/signs';
import { INTENTS } from '../../nodes/shared/domain/classifier/types';
import type { Labelled } from '../support/labelledMessages';
import type { Example } from './learnWeights';

/** From so many words on a message tells a story around its wish. */
const TALKATIVE = 15;
/** Most messages are short; what talkative ones teach would be lost among them. */
const TIMES_TALKATIVE = 4;

/** Labelled messages as they are read, with the signs that they show. */
export function examplesOf(messages: Labelled): Array<Example & { readonly shown: Shown }> {
	const index = phraseIndexOf();
	return INTENTS.flatMap((intent) =>
		(messages[intent] ?? []).map((text) => {
			const reading = read(text, index);
			const times = reading.words.length >= TALKATIVE ? TIMES_TALKATIVE : 1;
			return { intent, signs: signsOf(reading), times, shown: reading };
		}),
	);
}
