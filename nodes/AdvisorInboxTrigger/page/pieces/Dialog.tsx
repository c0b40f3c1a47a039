import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

import { words } from '../words/words';
import { IconButton } from './Button';

/** A dialog of the browser's own: it keeps the focus, closes on Escape, and gives the focus back. */
export function Dialog({
	title,
	onClose,
	wide = false,
	children,
	footer,
}: {
	title: string;
	onClose: () => void;
	wide?: boolean;
	children: ComponentChildren;
	footer?: ComponentChildren;
}) {
	const dialog = useRef<HTMLDialogElement>(null);
	const titleId = useId();
	// As soon as it is drawn: a key pressed in between would be the page's.
	useLayoutEffect(() => {
		const shown = dialog.current;
		const before = document.activeElement;
		shown?.showModal();
		return () => {
			// While it is open nothing outside takes the focus.
			shown?.close();
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		};
	}, []);
	return (
		<dialog
			ref={dialog}
			class={wide ? 'dialog wide' : 'dialog'}
			aria-labelledby={titleId}
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
			onMouseDown={(event) => {
				if (event.target === dialog.current) onClose();
			}}
			onKeyDown={(event) => event.stopPropagation()}
		>
			<div class="dialogBox">
				<header>
					<h2 id={titleId}>{title}</h2>
					<IconButton icon={X} name={words.value.actions.close} onClick={onClose} />
				</header>
				<div class="dialogBody">{children}</div>
				{footer ? <footer>{footer}</footer> : null}
			</div>
		</dialog>
	);
}
