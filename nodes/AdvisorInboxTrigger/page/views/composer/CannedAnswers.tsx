import { useState } from 'preact/hooks';

import type { CannedAnswerView } from '../../../../shared/domain/inbox/views';
import { useAsked } from '../../pieces/asked';
import { words } from '../../words/words';

/** Answers that are offered at once. */
const MOST_OFFERED = 8;

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What is offered for the text of a message, and how keys go through it. */
export interface OfferedAnswers {
	/** The text begins with a "/". */
	readonly isAsked: boolean;
	readonly answers: readonly CannedAnswerView[];
	readonly active: number;
	/** Back to the first. */
	readonly restart: () => void;
	/** Takes a key that is meant for the list. @returns whether it did */
	readonly onKey: (event: KeyboardEvent) => boolean;
}

/** What is typed after a "/" at the beginning finds canned answers. */
export function useCannedAnswers(text: string, pick: (answer: CannedAnswerView) => void): OfferedAnswers {
	const canned = useAsked('cannedAnswers', {});
	const [active, setActive] = useState(0);
	const asked = /^\/[\p{L}\d_-]*$/u.test(text) ? fold(text.slice(1)) : undefined;
	const answers =
		asked === undefined
			? []
			: (canned.answer ?? [])
					.filter((answer) => fold(answer.shortcut).includes(asked) || fold(answer.text).includes(asked))
					.slice(0, MOST_OFFERED);
	const onKey = (event: KeyboardEvent): boolean => {
		const chosen = answers[Math.min(active, answers.length - 1)];
		if (chosen === undefined) return false;
		if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
			setActive((active + (event.key === 'ArrowDown' ? 1 : answers.length - 1)) % answers.length);
		else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen);
		else return false;
		event.preventDefault();
		return true;
	};
	return { isAsked: asked !== undefined, answers, active, restart: () => setActive(0), onKey };
}

/** The canned answers that fit what is typed. */
export function CannedAnswers({
	offered: { answers, active },
	onPick,
}: {
	offered: OfferedAnswers;
	onPick: (answer: CannedAnswerView) => void;
}) {
	const { composer } = words.value;
	return (
		<div class="canned" role="listbox" id="canned" aria-label={composer.canned}>
			{answers.length === 0 ? <p>{composer.cannedEmpty}</p> : null}
			{answers.map((answer, index) => (
				<div
					key={answer.id}
					id={`canned-${index}`}
					role="option"
					aria-selected={index === active}
					class={index === active ? 'active' : ''}
					onMouseDown={(event) => {
						event.preventDefault();
						onPick(answer);
					}}
				>
					<b>/{answer.shortcut}</b>
					<span>{answer.text}</span>
				</div>
			))}
		</div>
	);
}
