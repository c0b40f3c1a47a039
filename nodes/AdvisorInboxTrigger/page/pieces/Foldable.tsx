import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** What is folded away until somebody opens it, or something inside is wrong. Its inside is made when it is first opened. */
export function Foldable({
	look,
	summary,
	isWrong = false,
	isOpen = false,
	children,
}: {
	look: string;
	summary: ComponentChildren;
	isWrong?: boolean;
	/** At first. */
	isOpen?: boolean;
	children: ComponentChildren;
}) {
	const [open, setOpen] = useState(isOpen || isWrong);
	const [made, setMade] = useState(open);
	useEffect(() => {
		if (isWrong) setOpen(true);
	}, [isWrong]);
	useEffect(() => {
		if (open) setMade(true);
	}, [open]);
	return (
		<details class={look} open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
			<summary>{summary}</summary>
			{open || made ? children : null}
		</details>
	);
}
