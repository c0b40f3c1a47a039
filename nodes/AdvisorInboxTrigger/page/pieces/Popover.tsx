import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { IconButton } from './Button';
import { useWindowEvent } from './windowEvent';

/** A button with something that opens beside it; closes on Escape, on a click elsewhere and when focus leaves. */
export function Popover({
	icon,
	name,
	side = 'below',
	class: look = '',
	badge,
	children,
}: {
	icon: IconNode;
	name: string;
	side?: 'below' | 'above' | 'right';
	class?: string;
	badge?: ComponentChildren;
	children: (close: () => void) => ComponentChildren;
}) {
	const [open, setOpen] = useState(false);
	const place = useRef<HTMLDivElement>(null);
	const elsewhere = (event: PointerEvent): void => {
		if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false);
	};
	useWindowEvent('pointerdown', open ? elsewhere : undefined, [open]);
	const close = (): void => {
		setOpen(false);
		place.current?.querySelector('button')?.focus();
	};
	return (
		<div
			class={`popoverPlace ${look}`}
			ref={place}
			onKeyDown={(event) => {
				if (event.key !== 'Escape' || !open) return;
				event.stopPropagation();
				close();
			}}
		>
			<IconButton
				icon={icon}
				name={name}
				aria-expanded={open}
				aria-haspopup="true"
				onClick={() => setOpen((before) => !before)}
			/>
			{badge}
			{open ? (
				<div class={`popover ${side}`} role="group" aria-label={name}>
					{children(close)}
				</div>
			) : null}
		</div>
	);
}
