import { X } from 'lucide';
import { useId, useRef, useState } from 'preact/hooks';

import { wordsIn } from '../state/profileEdit';
import { settingsWords } from '../words/settings/words';
import { Icon } from './Icon';

/** Words of which any counts: each by itself, so that one may contain a comma that somebody else put in. */
export function WordsField({
	label,
	hint,
	error,
	value,
	onWords,
	placeholder,
}: {
	label: string;
	hint?: string;
	error?: string;
	value: readonly string[];
	onWords: (words: string[]) => void;
	placeholder?: string;
}) {
	const { words: said } = settingsWords.value;
	const id = useId();
	const [typed, setTyped] = useState('');
	const field = useRef<HTMLInputElement>(null);
	const take = (text: string): void => {
		setTyped('');
		const news = wordsIn(text).filter((word) => !value.includes(word));
		if (news.length > 0) onWords([...value, ...news]);
	};
	return (
		<div class={error ? 'field wrong' : 'field'}>
			<label for={id}>{label}</label>
			<div class="wordsField">
				{value.map((word, index) => (
					<span key={`${index} ${word}`} class="word" dir="auto">
						<span>{word}</span>
						<button
							type="button"
							aria-label={said.remove(word)}
							title={said.remove(word)}
							onClick={() => {
								onWords(value.filter((_other, at) => at !== index));
								field.current?.focus();
							}}
						>
							<Icon of={X} size={13} />
						</button>
					</span>
				))}
				<input
					ref={field}
					id={id}
					type="text"
					value={typed}
					placeholder={value.length === 0 ? placeholder : undefined}
					aria-describedby={`${id}-about`}
					aria-invalid={error ? true : undefined}
					onInput={({ currentTarget }) => {
						if (/[,;\n]/.test(currentTarget.value)) take(currentTarget.value);
						else setTyped(currentTarget.value);
					}}
					onKeyDown={(event) => {
						if (event.isComposing) return;
						if (event.key === 'Enter') {
							event.preventDefault();
							take(typed);
						} else if (event.key === 'Backspace' && typed === '' && value.length > 0) onWords(value.slice(0, -1));
					}}
					onPaste={(event) => {
						const pasted = event.clipboardData?.getData('text/plain') ?? '';
						// A line of input would swallow the line breaks of what is pasted.
						if (!pasted.includes('\n')) return;
						event.preventDefault();
						take(`${typed}${pasted}`);
					}}
					onBlur={() => take(typed)}
				/>
			</div>
			<p class={error ? 'fieldError' : 'fieldHint'} id={`${id}-about`} role={error ? 'alert' : undefined}>
				{error ?? hint ?? said.hint}
			</p>
		</div>
	);
}
