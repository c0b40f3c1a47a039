import type { IconNode } from 'lucide';
import { createElement } from 'preact';

/** A drawing beside words, or alone in a control that has a name: never read aloud. */
export function Icon({ of, size = 18 }: { of: IconNode; size?: number }) {
	return (
		<svg
			class="icon"
			width={size}
			height={size}
			viewBox="0 0 24 24"
			fill="none"
			stroke="currentColor"
			stroke-width="1.75"
			stroke-linecap="round"
			stroke-linejoin="round"
			aria-hidden="true"
			focusable="false"
		>
			{of.map(([tag, attributes], index) => createElement(tag, { key: index, ...attributes }))}
		</svg>
	);
}
