import { RotateCw } from 'lucide';
import { useState } from 'preact/hooks';

import { IconButton } from '../../pieces/Button';
import { words } from '../../words/words';
import { ChatWindow } from './ChatWindow';

/** Every chat that Wazzup gives to whoever is logged in. */
export function WazzupView() {
	const { wazzup } = words.value;
	const [round, setRound] = useState(0);
	return (
		<section class="wazzupPlace" aria-label={wazzup.title}>
			<header class="wazzupHead">
				<h1>{wazzup.title}</h1>
				<IconButton icon={RotateCw} size={16} name={wazzup.again} onClick={() => setRound(round + 1)} />
			</header>
			<ChatWindow key={round} />
		</section>
	);
}
