import { Quote, X } from 'lucide';

import { ownValue } from '../../../../shared/domain/ownValue';
import { IconButton } from '../../pieces/Button';
import { Icon } from '../../pieces/Icon';
import type { Draft } from '../../state/drafts';
import { words } from '../../words/words';

/** The message that is answered. */
export function Quoting({
	quoted: { author, text, type },
	onStop,
}: {
	quoted: NonNullable<Draft['quoted']>;
	onStop: () => void;
}) {
	const { composer, authors, types } = words.value;
	return (
		<p class="quoting">
			<Icon of={Quote} size={15} />
			<span>
				<b>{composer.quoting(authors[author])}</b>
				<span>{text ?? ownValue(types, type) ?? type}</span>
			</span>
			<IconButton icon={X} size={15} name={composer.stopQuoting} onClick={onStop} />
		</p>
	);
}
