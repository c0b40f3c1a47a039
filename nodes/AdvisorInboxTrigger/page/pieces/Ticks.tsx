import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from 'lucide';

import type { DeliveryStatus } from '../../../shared/domain/inbox/views';
import { words } from '../words/words';
import { Icon } from './Icon';

const ICONS = {
	queued: Clock,
	accepted: Clock,
	sent: Check,
	delivered: CheckCheck,
	read: CheckCheck,
	failed: CircleAlert,
	unknown: CircleHelp,
} as const;

/** How far a message has come. */
export function Ticks({ status }: { status: DeliveryStatus }) {
	const said = words.value.thread.status[status];
	return (
		<span class={`ticks ${status}`} title={said}>
			<Icon of={ICONS[status]} size={15} />
			<span class="unseen">{said}</span>
		</span>
	);
}
