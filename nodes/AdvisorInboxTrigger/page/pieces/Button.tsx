import type { IconNode } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';

import { Icon } from './Icon';

interface ButtonParts {
	readonly icon?: IconNode;
	readonly look?: 'primary' | 'quiet' | 'plain' | 'danger' | 'glow';
	readonly busy?: boolean;
	readonly small?: boolean;
	readonly children: ComponentChildren;
}

/** A button that says its word. */
export function Button({
	icon,
	look = 'plain',
	busy = false,
	small = false,
	children,
	disabled,
	type = 'button',
	...rest
}: ButtonParts & Omit<JSX.IntrinsicElements['button'], 'icon'>) {
	return (
		<button
			{...rest}
			type={type}
			class={`button ${look}${small ? ' small' : ''}`}
			disabled={disabled === true || busy}
			aria-busy={busy}
		>
			{busy ? <span class="spinner" aria-hidden="true" /> : icon ? <Icon of={icon} size={small ? 15 : 17} /> : null}
			<span>{children}</span>
		</button>
	);
}

/** A button that is a drawing: its name is read aloud and shown when pointed at. */
export function IconButton({
	icon,
	name,
	size = 18,
	pressed,
	class: look = '',
	...rest
}: {
	icon: IconNode;
	name: string;
	size?: number;
	pressed?: boolean;
	class?: string;
} & Omit<JSX.IntrinsicElements['button'], 'icon' | 'size' | 'name' | 'class'>) {
	return (
		<button type="button" {...rest} class={`iconButton ${look}`} aria-label={name} title={name} aria-pressed={pressed}>
			<Icon of={icon} size={size} />
		</button>
	);
}
