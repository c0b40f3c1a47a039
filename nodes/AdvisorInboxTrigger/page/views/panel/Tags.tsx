import { X } from 'lucide';
import { useState } from 'preact/hooks';

import { IconButton } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { words } from '../../words/words';

/** Labels that are seen at first: more would push away what is below. */
const TAGS_SHOWN = 10;

/** Labels of a contact, case or lead, put on and taken off at once. */
export function Tags({
	kind,
	targetId,
	tags,
	onDone,
}: {
	kind: 'contact' | 'case';
	targetId: string;
	tags: readonly string[];
	onDone: () => void;
}) {
	const { panel } = words.value;
	const [adding, setAdding] = useState('');
	const [all, setAll] = useState(false);
	const hidden = all ? 0 : Math.max(0, tags.length - TAGS_SHOWN);
	const { give, busy } = useCommand();
	const change = async (to: { add?: string[]; remove?: string[] }): Promise<void> => {
		if ((await give('tag', { kind, targetId, ...to })) !== undefined) onDone();
	};
	return (
		<div class="tags">
			{tags.slice(0, tags.length - hidden).map((tag) => (
				<span key={tag} class="chip tag">
					<bdi>{tag}</bdi>
					<IconButton
						icon={X}
						size={12}
						name={panel.removeTag(tag)}
						disabled={busy}
						onClick={() => void change({ remove: [tag] })}
					/>
				</span>
			))}
			{hidden > 0 ? (
				<button
					type="button"
					class="chip moreTags"
					aria-label={`${words.value.actions.show}: +${hidden}`}
					onClick={() => setAll(true)}
				>
					+{hidden}
				</button>
			) : null}
			<form
				class="tagForm"
				onSubmit={(event) => {
					event.preventDefault();
					const tag = adding.trim();
					if (tag === '') return;
					setAdding('');
					void change({ add: [tag] });
				}}
			>
				<input
					type="text"
					aria-label={panel.addTag}
					placeholder={panel.addTag}
					maxLength={40}
					value={adding}
					onInput={({ currentTarget }) => setAdding(currentTarget.value)}
				/>
			</form>
		</div>
	);
}
