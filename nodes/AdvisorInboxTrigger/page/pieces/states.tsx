import { CircleAlert, RotateCw, type IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';

import type { Said } from '../state/notices';
import { words } from '../words/words';
import { Button } from './Button';
import { Icon } from './Icon';

/** Nothing there yet, and what will be. */
export function Empty({ icon, title, children }: { icon: IconNode; title: string; children?: ComponentChildren }) {
	return (
		<div class="state">
			<span class="stateIcon">
				<Icon of={icon} size={26} />
			</span>
			<p class="stateTitle">{title}</p>
			{children ? <p>{children}</p> : null}
		</div>
	);
}

/** It could not be loaded, why, and another try. */
export function Failed({ said, onRetry }: { said: Said; onRetry: () => void }) {
	return (
		<div class="state" role="alert">
			<span class="stateIcon trouble">
				<Icon of={CircleAlert} size={26} />
			</span>
			<p class="stateTitle">{said.text}</p>
			{said.detail ? <p>{said.detail}</p> : null}
			<Button icon={RotateCw} onClick={onRetry}>
				{words.value.actions.retry}
			</Button>
		</div>
	);
}

/** Grey lines where rows will be. */
export function Skeleton({ rows = 6, look = 'lines' }: { rows?: number; look?: 'lines' | 'bubble' | 'block' }) {
	return (
		<div class={`skeleton ${look}`} aria-hidden="true">
			{Array.from({ length: rows }, (_, index) => (
				<div key={index}>
					<i />
					<b />
					<b />
				</div>
			))}
		</div>
	);
}
