import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';

import { Icon } from '../../pieces/Icon';

/** A part of what is beside the thread, which folds. */
export function Section({
	title,
	icon,
	action,
	children,
	isOpen = true,
}: {
	title: string;
	icon?: IconNode;
	action?: ComponentChildren;
	children: ComponentChildren;
	isOpen?: boolean;
}) {
	return (
		<details class="section" open={isOpen}>
			<summary>
				{icon ? <Icon of={icon} size={16} /> : null}
				<h3>{title}</h3>
			</summary>
			{action ? <span class="sectionAction">{action}</span> : null}
			<div class="sectionBody">{children}</div>
		</details>
	);
}

/** A fact and its name; nothing where there is none. */
export const Line = ({ name, children }: { name: string; children: ComponentChildren }) =>
	children ? (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	) : null;
