import { CircleAlert, CircleCheck, X } from 'lucide';

import { dismiss, notices } from '../state/notices';
import { words } from '../words/words';
import { IconButton } from './Button';
import { Icon } from './Icon';

/** What was done, and what could not be done. */
export function Notices() {
	return (
		<div class="notices" role="region" aria-live="polite" aria-label={words.value.places.notifications}>
			{notices.value.map((notice) => (
				<div key={notice.id} class={`notice ${notice.kind}`} role={notice.kind === 'trouble' ? 'alert' : undefined}>
					<Icon of={notice.kind === 'trouble' ? CircleAlert : CircleCheck} />
					<div>
						<strong>{notice.text}</strong>
						{notice.detail ? <span>{notice.detail}</span> : null}
					</div>
					<IconButton icon={X} size={15} name={words.value.actions.close} onClick={() => dismiss(notice.id)} />
				</div>
			))}
		</div>
	);
}
