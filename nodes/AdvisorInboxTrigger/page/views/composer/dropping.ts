import type { TargetedDragEvent } from 'preact';
import { useState } from 'preact/hooks';

/** Files that are dragged over an element, and what it does with them when it takes any. */
export function useDropping(takesFiles: boolean, take: (files: Iterable<File>) => void) {
	const [dragging, setDragging] = useState(false);
	return {
		dragging,
		handlers: {
			onDragOver: (event: TargetedDragEvent<HTMLElement>): void => {
				if (!takesFiles) return;
				event.preventDefault();
				setDragging(true);
			},
			onDragLeave: (event: TargetedDragEvent<HTMLElement>): void => {
				if (event.currentTarget === event.target) setDragging(false);
			},
			onDrop: (event: TargetedDragEvent<HTMLElement>): void => {
				event.preventDefault();
				setDragging(false);
				if (takesFiles) take(event.dataTransfer?.files ?? []);
			},
		},
	};
}
