import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

import { moved, replaced, without } from '../state/profileEdit';
import { settingsWords } from '../words/settings/words';
import { Button, IconButton } from './Button';

type Does = 'up' | 'down' | 'remove';

let lastRow = 0;
const newRow = (): number => (lastRow += 1);

/** Rows keep their place on the screen, and what is open in them, while the list around them changes. */
function useRowIds(count: number) {
	const ids = useRef<number[]>([]);
	while (ids.current.length < count) ids.current.push(newRow());
	ids.current.length = count;
	return ids;
}

/** A list to add to, take from and put in order, with the mouse or the keyboard. */
export function ListEditor<Row>({
	label,
	rows,
	onRows,
	nameOf,
	add,
	most = Infinity,
	least = 0,
	isOrdered = true,
	look = 'listEdit',
	error,
	children,
}: {
	/** What the list is, read aloud. */
	label: string;
	rows: readonly Row[];
	onRows: (rows: Row[]) => void;
	/** What the buttons of a row call it. */
	nameOf: (row: Row, index: number) => string;
	/** The button that adds, and what it adds. */
	add: { readonly name: string; readonly row: () => NoInfer<Row> };
	most?: number;
	least?: number;
	/** Whether the order means anything. */
	isOrdered?: boolean;
	look?: string;
	error?: string;
	children: (row: Row, put: (to: Partial<Row>) => void, index: number) => ComponentChildren;
}) {
	const { list } = settingsWords.value;
	const place = useRef<HTMLDivElement>(null);
	const ids = useRowIds(rows.length);
	const wanted = useRef<{ readonly id?: number; readonly does?: Does } | undefined>(undefined);
	const labelId = useId();

	// The focus stays with the row that was moved, and goes to the next when one was taken away.
	useLayoutEffect(() => {
		const focus = wanted.current;
		if (focus === undefined) return;
		wanted.current = undefined;
		const row = place.current?.querySelector(`:scope > ul > [data-row="${focus.id ?? ''}"]`);
		const fold = focus.does === undefined ? row?.querySelector<HTMLDetailsElement>(':scope > details') : undefined;
		if (fold) fold.open = true;
		const buttons =
			focus.does === undefined
				? [row?.querySelector<HTMLElement>('textarea, input, select, summary')]
				: [focus.does, 'up', 'down', 'remove'].map((does) =>
						row?.querySelector<HTMLButtonElement>(`:scope > .rowTools > [data-does="${does}"]:not(:disabled)`),
					);
		const target = buttons.find(Boolean) ?? place.current?.querySelector<HTMLElement>(':scope > .addRow > button');
		target?.focus();
	});

	const move = (at: number, by: number): void => {
		wanted.current = { id: ids.current[at], does: by < 0 ? 'up' : 'down' };
		ids.current = moved(ids.current, at, by);
		onRows(moved(rows, at, by));
	};
	const remove = (at: number): void => {
		ids.current = without(ids.current, at);
		wanted.current = { id: ids.current[Math.min(at, ids.current.length - 1)], does: 'remove' };
		onRows(without(rows, at));
	};
	const append = (): void => {
		const id = newRow();
		ids.current = [...ids.current, id];
		wanted.current = { id };
		onRows([...rows, add.row()]);
	};
	return (
		<div class="listEditor" ref={place} role="group" aria-labelledby={labelId}>
			<span class="unseen" id={labelId}>
				{label}
			</span>
			<ul class={look}>
				{rows.map((row, index) => {
					const name = nameOf(row, index);
					return (
						<li key={ids.current[index]} data-row={ids.current[index]}>
							{children(row, (to) => onRows(replaced(rows, index, to)), index)}
							<span class="rowTools">
								{isOrdered && rows.length > 1 ? (
									<>
										<IconButton
											data-does="up"
											icon={ArrowUp}
											size={16}
											name={list.up(name)}
											disabled={index === 0}
											onClick={() => move(index, -1)}
										/>
										<IconButton
											data-does="down"
											icon={ArrowDown}
											size={16}
											name={list.down(name)}
											disabled={index === rows.length - 1}
											onClick={() => move(index, 1)}
										/>
									</>
								) : null}
								<IconButton
									data-does="remove"
									icon={Trash2}
									size={16}
									name={list.remove(name)}
									disabled={rows.length <= least}
									onClick={() => remove(index)}
								/>
							</span>
						</li>
					);
				})}
			</ul>
			{error ? (
				<p class="fieldError" role="alert">
					{error}
				</p>
			) : null}
			<div class="addRow">
				<Button small icon={Plus} disabled={rows.length >= most} onClick={append}>
					{add.name}
				</Button>
			</div>
		</div>
	);
}
