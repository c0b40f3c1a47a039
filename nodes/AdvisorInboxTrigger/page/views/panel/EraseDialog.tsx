import { Trash2 } from 'lucide';
import { useState } from 'preact/hooks';

import { Button } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { Dialog } from '../../pieces/Dialog';
import { Check } from '../../pieces/fields';
import { words } from '../../words/words';

/** Erases everything personal of somebody, after a second question. */
export function EraseDialog({ contactId, onClose }: { contactId: string; onClose: () => void }) {
	const { erase, actions } = words.value;
	const [sure, setSure] = useState(false);
	const { give, busy } = useCommand();
	return (
		<Dialog
			title={erase.title}
			onClose={onClose}
			footer={
				<>
					<Button onClick={onClose}>{actions.cancel}</Button>
					<Button
						look="danger"
						icon={Trash2}
						disabled={!sure}
						busy={busy}
						onClick={() =>
							void give('erasePerson', { contactId, confirmed: true }, erase.done).then((done) => {
								if (done !== undefined) onClose();
							})
						}
					>
						{erase.do}
					</Button>
				</>
			}
		>
			<p>{erase.explains}</p>
			<Check label={erase.confirm} checked={sure} onCheck={setSure} />
		</Dialog>
	);
}
