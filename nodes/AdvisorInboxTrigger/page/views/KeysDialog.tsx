import { Dialog } from '../pieces/Dialog';
import { words } from '../words/words';

/** What the keyboard does. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
	const { keys } = words.value;
	const rows: ReadonlyArray<readonly [readonly string[], string]> = [
		[['↑', '↓'], keys.move],
		[['Enter'], keys.open],
		[['/'], keys.search],
		[['r'], keys.reply],
		[['n'], keys.note],
		[['t'], keys.take],
		[['l'], keys.lead],
		[['i'], keys.panel],
		[['?'], keys.help],
		[['Enter'], keys.send],
		[['Shift', 'Enter'], keys.line],
		[['Esc'], keys.escape],
	];
	return (
		<Dialog title={keys.title} onClose={onClose}>
			<dl class="keys">
				{rows.map(([pressed, does]) => (
					<div key={does}>
						<dt>
							{pressed.map((key) => (
								<kbd key={key}>{key}</kbd>
							))}
						</dt>
						<dd>{does}</dd>
					</div>
				))}
			</dl>
		</Dialog>
	);
}
